/// Apples and oranges, taxed.
#[allow(non_snake_case)]
#[derive(
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::fmt::Debug,
    ::core::default::Default,
    ::core::cmp::PartialEq
)]
pub struct Basket {
    /// An input.
    pub apple: f32,
    /// An input.
    pub apples: f32,
    /// An input.
    pub orange: f32,
    /// An input.
    pub oranges: f32,
    /// An input.
    pub tax: f32,
    /// `apple * apples`
    pub mul1: f32,
    /// `orange * oranges`
    pub mul2: f32,
    /// `mul1 + mul2`
    pub add1: f32,
    /// `add1 * tax`
    pub mul3: f32,
}
/// The derivatives of [`Basket`]'s output by every value.
#[allow(non_snake_case)]
#[derive(
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::fmt::Debug,
    ::core::default::Default,
    ::core::cmp::PartialEq
)]
pub struct BasketGradient {
    /// By `apple`.
    pub apple: f32,
    /// By `apples`.
    pub apples: f32,
    /// By `orange`.
    pub orange: f32,
    /// By `oranges`.
    pub oranges: f32,
    /// By `tax`.
    pub tax: f32,
    /// By `mul1`.
    pub mul1: f32,
    /// By `mul2`.
    pub mul2: f32,
    /// By `add1`.
    pub add1: f32,
    /// By `mul3`.
    pub mul3: f32,
}
#[allow(non_snake_case, clippy::too_many_arguments)]
impl Basket {
    /// Computes every value of the graph from its inputs.
    #[inline]
    pub fn forward(
        apple: f32,
        apples: f32,
        orange: f32,
        oranges: f32,
        tax: f32,
    ) -> Self {
        let __mul1: f32 = apple * apples;
        let __mul2: f32 = orange * oranges;
        let __add1: f32 = __mul1 + __mul2;
        let __mul3: f32 = __add1 * tax;
        Self {
            apple,
            apples,
            orange,
            oranges,
            tax,
            mul1: __mul1,
            mul2: __mul2,
            add1: __add1,
            mul3: __mul3,
        }
    }
    /// The output.
    #[inline]
    pub fn output(&self) -> f32 {
        self.mul3
    }
    /// The derivatives of the output by every value.
    #[inline]
    pub fn backward(&self) -> BasketGradient {
        self.backward_from(<f32 as ::chainrule::Scalar>::ONE)
    }
    /// The derivatives by every value of something that is computed from the output, whose own derivative by
    /// the output is given.
    #[inline]
    pub fn backward_from(&self, __dy: f32) -> BasketGradient {
        let mut __d = <BasketGradient as ::core::default::Default>::default();
        __d.mul3 = __dy;
        __d.add1 = __d.mul3 * self.tax;
        __d.mul2 = __d.add1;
        __d.mul1 = __d.add1;
        __d.tax = __d.mul3 * self.add1;
        __d.oranges = __d.mul2 * self.orange;
        __d.orange = __d.mul2 * self.oranges;
        __d.apples = __d.mul1 * self.apple;
        __d.apple = __d.mul1 * self.apples;
        __d
    }
}
impl ::chainrule::graph::Graph for Basket {
    type Scalar = f32;
    type Gradient = BasketGradient;
    type Values = [f32; 9];
    type Flows = [f32; 8];
    const NAME: &'static str = "Basket";
    const NODES: &'static [::chainrule::graph::Node] = &[
        ::chainrule::graph::Node {
            name: "apple",
            operation: ::chainrule::graph::Operation::Input,
            operands: &[],
        },
        ::chainrule::graph::Node {
            name: "apples",
            operation: ::chainrule::graph::Operation::Input,
            operands: &[],
        },
        ::chainrule::graph::Node {
            name: "orange",
            operation: ::chainrule::graph::Operation::Input,
            operands: &[],
        },
        ::chainrule::graph::Node {
            name: "oranges",
            operation: ::chainrule::graph::Operation::Input,
            operands: &[],
        },
        ::chainrule::graph::Node {
            name: "tax",
            operation: ::chainrule::graph::Operation::Input,
            operands: &[],
        },
        ::chainrule::graph::Node {
            name: "mul1",
            operation: ::chainrule::graph::Operation::Mul,
            operands: &[
                ::chainrule::graph::Operand::Node(0),
                ::chainrule::graph::Operand::Node(1),
            ],
        },
        ::chainrule::graph::Node {
            name: "mul2",
            operation: ::chainrule::graph::Operation::Mul,
            operands: &[
                ::chainrule::graph::Operand::Node(2),
                ::chainrule::graph::Operand::Node(3),
            ],
        },
        ::chainrule::graph::Node {
            name: "add1",
            operation: ::chainrule::graph::Operation::Add,
            operands: &[
                ::chainrule::graph::Operand::Node(5),
                ::chainrule::graph::Operand::Node(6),
            ],
        },
        ::chainrule::graph::Node {
            name: "mul3",
            operation: ::chainrule::graph::Operation::Mul,
            operands: &[
                ::chainrule::graph::Operand::Node(7),
                ::chainrule::graph::Operand::Node(4),
            ],
        },
    ];
    const OUTPUTS: &'static [usize] = &[8];
    fn values(&self) -> Self::Values {
        [
            self.apple,
            self.apples,
            self.orange,
            self.oranges,
            self.tax,
            self.mul1,
            self.mul2,
            self.add1,
            self.mul3,
        ]
    }
    fn derivatives(__d: &Self::Gradient) -> Self::Values {
        [
            __d.apple,
            __d.apples,
            __d.orange,
            __d.oranges,
            __d.tax,
            __d.mul1,
            __d.mul2,
            __d.add1,
            __d.mul3,
        ]
    }
    #[allow(clippy::possible_missing_comma)]
    fn flows(&self, __d: &Self::Gradient) -> Self::Flows {
        [
            __d.mul1 * self.apples,
            __d.mul1 * self.apple,
            __d.mul2 * self.oranges,
            __d.mul2 * self.orange,
            __d.add1,
            __d.add1,
            __d.mul3 * self.tax,
            __d.mul3 * self.add1,
        ]
    }
}
