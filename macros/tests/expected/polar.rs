#[allow(non_snake_case)]
#[derive(
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::fmt::Debug,
    ::core::default::Default,
    ::core::cmp::PartialEq
)]
struct Polar<T> {
    /// An input.
    pub x: T,
    /// An input.
    pub angle: T,
    /// `powi(x, 2)`
    pub powi1: T,
    /// `powi1 / -3`
    pub r: T,
    /// `cos(angle)`
    pub cos1: T,
    /// `r * cos1`
    pub a: T,
    /// `sin(angle)`
    pub sin1: T,
    /// `max(r, sin1)`
    pub b: T,
}
/// The derivatives of [`Polar`]'s output by every value.
#[allow(non_snake_case)]
#[derive(
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::fmt::Debug,
    ::core::default::Default,
    ::core::cmp::PartialEq
)]
struct PolarGradient<T> {
    /// By `x`.
    pub x: T,
    /// By `angle`.
    pub angle: T,
    /// By `powi1`.
    pub powi1: T,
    /// By `r`.
    pub r: T,
    /// By `cos1`.
    pub cos1: T,
    /// By `a`.
    pub a: T,
    /// By `sin1`.
    pub sin1: T,
    /// By `b`.
    pub b: T,
}
/// The outputs of [`Polar`], or the derivatives by them.
#[allow(non_snake_case)]
#[derive(
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::fmt::Debug,
    ::core::default::Default,
    ::core::cmp::PartialEq
)]
struct PolarOutputs<T> {
    /// `a`
    pub a: T,
    /// `b`
    pub b: T,
}
#[allow(non_snake_case, clippy::too_many_arguments)]
impl<T: ::chainrule::Scalar> Polar<T> {
    /// Computes every value of the graph from its inputs.
    #[inline]
    pub fn forward(x: T, angle: T) -> Self {
        let __powi1: T = ::chainrule::graph::functions::powi(x, 2);
        let __r: T = __powi1 / <T as ::chainrule::Scalar>::from_f64(-3.0);
        let __cos1: T = ::chainrule::graph::functions::cos(angle);
        let __a: T = __r * __cos1;
        let __sin1: T = ::chainrule::graph::functions::sin(angle);
        let __b: T = ::chainrule::graph::functions::max(__r, __sin1);
        Self {
            x,
            angle,
            powi1: __powi1,
            r: __r,
            cos1: __cos1,
            a: __a,
            sin1: __sin1,
            b: __b,
        }
    }
    /// The outputs.
    #[inline]
    pub fn outputs(&self) -> PolarOutputs<T> {
        PolarOutputs {
            a: self.a,
            b: self.b,
        }
    }
    /// The derivatives by every value of something that is computed from the output, whose own derivative by
    /// the output is given.
    #[inline]
    pub fn backward_from(&self, __dy: PolarOutputs<T>) -> PolarGradient<T> {
        let mut __d = <PolarGradient<T> as ::core::default::Default>::default();
        __d.b = __dy.b;
        __d.sin1 = __d.b
            * ::chainrule::graph::derivatives::max_right(self.r, self.sin1, self.b);
        __d.a = __dy.a;
        __d.cos1 = __d.a * self.r;
        __d.r = __d.a * self.cos1
            + __d.b
                * ::chainrule::graph::derivatives::max_left(self.r, self.sin1, self.b);
        __d.powi1 = __d.r / <T as ::chainrule::Scalar>::from_f64(-3.0);
        __d.angle = __d.cos1
            * ::chainrule::graph::derivatives::cos(self.angle, self.cos1)
            + __d.sin1 * ::chainrule::graph::derivatives::sin(self.angle, self.sin1);
        __d.x = __d.powi1 * ::chainrule::graph::derivatives::powi(self.x, 2, self.powi1);
        __d
    }
}
impl<T: ::chainrule::Scalar> ::chainrule::graph::Graph for Polar<T> {
    type Scalar = T;
    type Gradient = PolarGradient<T>;
    type Values = [T; 8];
    type Flows = [T; 8];
    const NAME: &'static str = "Polar";
    const NODES: &'static [::chainrule::graph::Node] = &[
        ::chainrule::graph::Node {
            name: "x",
            operation: ::chainrule::graph::Operation::Input,
            operands: &[],
        },
        ::chainrule::graph::Node {
            name: "angle",
            operation: ::chainrule::graph::Operation::Input,
            operands: &[],
        },
        ::chainrule::graph::Node {
            name: "powi1",
            operation: ::chainrule::graph::Operation::Powi,
            operands: &[
                ::chainrule::graph::Operand::Node(0),
                ::chainrule::graph::Operand::Constant(2.0),
            ],
        },
        ::chainrule::graph::Node {
            name: "r",
            operation: ::chainrule::graph::Operation::Div,
            operands: &[
                ::chainrule::graph::Operand::Node(2),
                ::chainrule::graph::Operand::Constant(-3.0),
            ],
        },
        ::chainrule::graph::Node {
            name: "cos1",
            operation: ::chainrule::graph::Operation::Cos,
            operands: &[::chainrule::graph::Operand::Node(1)],
        },
        ::chainrule::graph::Node {
            name: "a",
            operation: ::chainrule::graph::Operation::Mul,
            operands: &[
                ::chainrule::graph::Operand::Node(3),
                ::chainrule::graph::Operand::Node(4),
            ],
        },
        ::chainrule::graph::Node {
            name: "sin1",
            operation: ::chainrule::graph::Operation::Sin,
            operands: &[::chainrule::graph::Operand::Node(1)],
        },
        ::chainrule::graph::Node {
            name: "b",
            operation: ::chainrule::graph::Operation::Max,
            operands: &[
                ::chainrule::graph::Operand::Node(3),
                ::chainrule::graph::Operand::Node(6),
            ],
        },
    ];
    const OUTPUTS: &'static [usize] = &[5, 7];
    fn values(&self) -> Self::Values {
        [self.x, self.angle, self.powi1, self.r, self.cos1, self.a, self.sin1, self.b]
    }
    fn derivatives(__d: &Self::Gradient) -> Self::Values {
        [__d.x, __d.angle, __d.powi1, __d.r, __d.cos1, __d.a, __d.sin1, __d.b]
    }
    #[allow(clippy::possible_missing_comma)]
    fn flows(&self, __d: &Self::Gradient) -> Self::Flows {
        [
            __d.powi1 * ::chainrule::graph::derivatives::powi(self.x, 2, self.powi1),
            __d.r / <T as ::chainrule::Scalar>::from_f64(-3.0),
            __d.cos1 * ::chainrule::graph::derivatives::cos(self.angle, self.cos1),
            __d.a * self.cos1,
            __d.a * self.r,
            __d.sin1 * ::chainrule::graph::derivatives::sin(self.angle, self.sin1),
            __d.b * ::chainrule::graph::derivatives::max_left(self.r, self.sin1, self.b),
            __d.b * ::chainrule::graph::derivatives::max_right(self.r, self.sin1, self.b),
        ]
    }
}
