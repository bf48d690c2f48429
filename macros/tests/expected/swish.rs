#[derive(
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::fmt::Debug,
    ::core::default::Default,
    ::core::cmp::PartialEq
)]
#[derive(::chainrule::Params)]
pub struct Swish;
const _: () = {
    /// The values of [`Swish`]'s formula at one point.
    #[allow(non_snake_case)]
    #[derive(
        ::core::clone::Clone,
        ::core::marker::Copy,
        ::core::fmt::Debug,
        ::core::default::Default,
        ::core::cmp::PartialEq
    )]
    pub struct SwishGraph<T> {
        /// An input.
        pub x: T,
        /// `-x`
        pub neg1: T,
        /// `exp(neg1)`
        pub exp1: T,
        /// `1 + exp1`
        pub add1: T,
        /// `x / add1`
        pub div1: T,
    }
    /// The derivatives of [`SwishGraph`]'s output by every value.
    #[allow(non_snake_case)]
    #[derive(
        ::core::clone::Clone,
        ::core::marker::Copy,
        ::core::fmt::Debug,
        ::core::default::Default,
        ::core::cmp::PartialEq
    )]
    pub struct SwishGraphGradient<T> {
        /// By `x`.
        pub x: T,
        /// By `neg1`.
        pub neg1: T,
        /// By `exp1`.
        pub exp1: T,
        /// By `add1`.
        pub add1: T,
        /// By `div1`.
        pub div1: T,
    }
    #[allow(non_snake_case, clippy::too_many_arguments)]
    impl<T: ::chainrule::Scalar> SwishGraph<T> {
        /// Computes every value of the graph from its inputs.
        #[inline]
        pub fn forward(__x: T) -> Self {
            let __neg1: T = -__x;
            let __exp1: T = ::chainrule::graph::functions::exp(__neg1);
            let __add1: T = <T as ::chainrule::Scalar>::from_f64(1.0) + __exp1;
            let __div1: T = __x / __add1;
            Self {
                x: __x,
                neg1: __neg1,
                exp1: __exp1,
                add1: __add1,
                div1: __div1,
            }
        }
        /// The output.
        #[inline]
        pub fn output(&self) -> T {
            self.div1
        }
        /// The derivatives of the output by every value.
        #[inline]
        pub fn backward(&self) -> SwishGraphGradient<T> {
            self.backward_from(<T as ::chainrule::Scalar>::ONE)
        }
        /// The derivatives by every value of something that is computed from the output, whose own derivative by
        /// the output is given.
        #[inline]
        pub fn backward_from(&self, __dy: T) -> SwishGraphGradient<T> {
            let mut __d = <SwishGraphGradient<T> as ::core::default::Default>::default();
            __d.div1 = __dy;
            __d.add1 = -(__d.div1 / self.add1) * self.div1;
            __d.exp1 = __d.add1;
            __d.neg1 = __d.exp1
                * ::chainrule::graph::derivatives::exp(self.neg1, self.exp1);
            __d.x = -__d.neg1 + __d.div1 / self.add1;
            __d
        }
    }
    impl<T: ::chainrule::Scalar> ::chainrule::graph::Graph for SwishGraph<T> {
        type Scalar = T;
        type Gradient = SwishGraphGradient<T>;
        type Values = [T; 5];
        type Flows = [T; 5];
        const NAME: &'static str = "SwishGraph";
        const NODES: &'static [::chainrule::graph::Node] = &[
            ::chainrule::graph::Node {
                name: "x",
                operation: ::chainrule::graph::Operation::Input,
                operands: &[],
            },
            ::chainrule::graph::Node {
                name: "neg1",
                operation: ::chainrule::graph::Operation::Neg,
                operands: &[
                    ::chainrule::graph::Operand::Node(0),
                    ::chainrule::graph::Operand::Constant(-1.0),
                ],
            },
            ::chainrule::graph::Node {
                name: "exp1",
                operation: ::chainrule::graph::Operation::Exp,
                operands: &[::chainrule::graph::Operand::Node(1)],
            },
            ::chainrule::graph::Node {
                name: "add1",
                operation: ::chainrule::graph::Operation::Add,
                operands: &[
                    ::chainrule::graph::Operand::Constant(1.0),
                    ::chainrule::graph::Operand::Node(2),
                ],
            },
            ::chainrule::graph::Node {
                name: "div1",
                operation: ::chainrule::graph::Operation::Div,
                operands: &[
                    ::chainrule::graph::Operand::Node(0),
                    ::chainrule::graph::Operand::Node(3),
                ],
            },
        ];
        const OUTPUTS: &'static [usize] = &[4];
        fn values(&self) -> Self::Values {
            [self.x, self.neg1, self.exp1, self.add1, self.div1]
        }
        fn derivatives(__d: &Self::Gradient) -> Self::Values {
            [__d.x, __d.neg1, __d.exp1, __d.add1, __d.div1]
        }
        #[allow(clippy::possible_missing_comma)]
        fn flows(&self, __d: &Self::Gradient) -> Self::Flows {
            [
                -__d.neg1,
                __d.exp1 * ::chainrule::graph::derivatives::exp(self.neg1, self.exp1),
                __d.add1,
                __d.div1 / self.add1,
                -(__d.div1 / self.add1) * self.div1,
            ]
        }
    }
    impl Swish {
        /// The formula at one point as a graph, whose values and derivatives can be read and drawn.
        #[inline]
        #[allow(non_snake_case)]
        pub fn graph<T: ::chainrule::Scalar>(__x: T) -> SwishGraph<T> {
            SwishGraph::forward(__x)
        }
        /// Compares the derivative with central differences over many points; returns the worst of them.
        pub fn gradient_check() -> ::chainrule::graph::Check {
            ::chainrule::graph::check(
                |__x| SwishGraph::<f64>::forward(__x).output(),
                |__x| SwishGraph::<f64>::forward(__x).backward().x,
            )
        }
    }
    impl<T: ::chainrule::Scalar> ::chainrule::layer::InPlace<T> for Swish {
        const KEEPS: ::chainrule::layer::Keeps = ::chainrule::layer::Keeps::Input;
        #[inline]
        fn forward<V: ::chainrule::params::Params<T>>(&self, __xy: &mut [V]) {
            ::chainrule::layer::map(__xy, |__x: T| SwishGraph::forward(__x).output());
        }
        #[inline]
        fn backward<V: ::chainrule::params::Params<T>>(
            &self,
            __kept: &[V],
            __d: &mut [V],
        ) {
            ::chainrule::layer::multiply(
                __kept,
                __d,
                |__x: T| SwishGraph::forward(__x).backward().x,
            );
        }
    }
    ::chainrule::keeps_width!(Swish);
};
