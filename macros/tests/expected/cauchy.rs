#[derive(
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::fmt::Debug,
    ::core::default::Default,
    ::core::cmp::PartialEq
)]
#[derive(::chainrule::Params)]
pub struct Cauchy;
const _: () = {
    /// The values of [`Cauchy`]'s formula at one point.
    #[allow(non_snake_case)]
    #[derive(
        ::core::clone::Clone,
        ::core::marker::Copy,
        ::core::fmt::Debug,
        ::core::default::Default,
        ::core::cmp::PartialEq
    )]
    pub struct CauchyGraph<T> {
        /// An input.
        pub y: T,
        /// An input.
        pub d: T,
        /// `y - d`
        pub sub1: T,
        /// `powi(sub1, 2)`
        pub powi1: T,
        /// `1 + powi1`
        pub add1: T,
        /// `ln(add1)`
        pub ln1: T,
    }
    /// The derivatives of [`CauchyGraph`]'s output by every value.
    #[allow(non_snake_case)]
    #[derive(
        ::core::clone::Clone,
        ::core::marker::Copy,
        ::core::fmt::Debug,
        ::core::default::Default,
        ::core::cmp::PartialEq
    )]
    pub struct CauchyGraphGradient<T> {
        /// By `y`.
        pub y: T,
        /// By `d`.
        pub d: T,
        /// By `sub1`.
        pub sub1: T,
        /// By `powi1`.
        pub powi1: T,
        /// By `add1`.
        pub add1: T,
        /// By `ln1`.
        pub ln1: T,
    }
    #[allow(non_snake_case, clippy::too_many_arguments)]
    impl<T: ::chainrule::Scalar> CauchyGraph<T> {
        /// Computes every value of the graph from its inputs.
        #[inline]
        pub fn forward(__y: T, __d: T) -> Self {
            let __sub1: T = __y - __d;
            let __powi1: T = ::chainrule::graph::functions::powi(__sub1, 2);
            let __add1: T = <T as ::chainrule::Scalar>::from_f64(1.0) + __powi1;
            let __ln1: T = ::chainrule::graph::functions::ln(__add1);
            Self {
                y: __y,
                d: __d,
                sub1: __sub1,
                powi1: __powi1,
                add1: __add1,
                ln1: __ln1,
            }
        }
        /// The output.
        #[inline]
        pub fn output(&self) -> T {
            self.ln1
        }
        /// The derivatives of the output by every value.
        #[inline]
        pub fn backward(&self) -> CauchyGraphGradient<T> {
            self.backward_from(<T as ::chainrule::Scalar>::ONE)
        }
        /// The derivatives by every value of something that is computed from the output, whose own derivative by
        /// the output is given.
        #[inline]
        pub fn backward_from(&self, __dy: T) -> CauchyGraphGradient<T> {
            let mut __d = <CauchyGraphGradient<
                T,
            > as ::core::default::Default>::default();
            __d.ln1 = __dy;
            __d.add1 = __d.ln1
                * ::chainrule::graph::derivatives::ln(self.add1, self.ln1);
            __d.powi1 = __d.add1;
            __d.sub1 = __d.powi1
                * ::chainrule::graph::derivatives::powi(self.sub1, 2, self.powi1);
            __d.d = -__d.sub1;
            __d.y = __d.sub1;
            __d
        }
    }
    impl<T: ::chainrule::Scalar> ::chainrule::graph::Graph for CauchyGraph<T> {
        type Scalar = T;
        type Gradient = CauchyGraphGradient<T>;
        type Values = [T; 6];
        type Flows = [T; 5];
        const NAME: &'static str = "CauchyGraph";
        const NODES: &'static [::chainrule::graph::Node] = &[
            ::chainrule::graph::Node {
                name: "y",
                operation: ::chainrule::graph::Operation::Input,
                operands: &[],
            },
            ::chainrule::graph::Node {
                name: "d",
                operation: ::chainrule::graph::Operation::Input,
                operands: &[],
            },
            ::chainrule::graph::Node {
                name: "sub1",
                operation: ::chainrule::graph::Operation::Sub,
                operands: &[
                    ::chainrule::graph::Operand::Node(0),
                    ::chainrule::graph::Operand::Node(1),
                ],
            },
            ::chainrule::graph::Node {
                name: "powi1",
                operation: ::chainrule::graph::Operation::Powi,
                operands: &[
                    ::chainrule::graph::Operand::Node(2),
                    ::chainrule::graph::Operand::Constant(2.0),
                ],
            },
            ::chainrule::graph::Node {
                name: "add1",
                operation: ::chainrule::graph::Operation::Add,
                operands: &[
                    ::chainrule::graph::Operand::Constant(1.0),
                    ::chainrule::graph::Operand::Node(3),
                ],
            },
            ::chainrule::graph::Node {
                name: "ln1",
                operation: ::chainrule::graph::Operation::Ln,
                operands: &[::chainrule::graph::Operand::Node(4)],
            },
        ];
        const OUTPUTS: &'static [usize] = &[5];
        fn values(&self) -> Self::Values {
            [self.y, self.d, self.sub1, self.powi1, self.add1, self.ln1]
        }
        fn derivatives(__d: &Self::Gradient) -> Self::Values {
            [__d.y, __d.d, __d.sub1, __d.powi1, __d.add1, __d.ln1]
        }
        #[allow(clippy::possible_missing_comma)]
        fn flows(&self, __d: &Self::Gradient) -> Self::Flows {
            [
                __d.sub1,
                -__d.sub1,
                __d.powi1
                    * ::chainrule::graph::derivatives::powi(self.sub1, 2, self.powi1),
                __d.add1,
                __d.ln1 * ::chainrule::graph::derivatives::ln(self.add1, self.ln1),
            ]
        }
    }
    impl Cauchy {
        /// The formula at one point as a graph, whose values and derivatives can be read and drawn.
        #[inline]
        #[allow(non_snake_case)]
        pub fn graph<T: ::chainrule::Scalar>(__y: T, __d: T) -> CauchyGraph<T> {
            CauchyGraph::forward(__y, __d)
        }
        /// Compares the derivative with central differences over many points; returns the worst of them.
        pub fn gradient_check() -> ::chainrule::graph::Check {
            ::chainrule::graph::check_pairs(
                |__y, __d| CauchyGraph::<f64>::forward(__y, __d).output(),
                |__y, __d| CauchyGraph::<f64>::forward(__y, __d).backward().y,
            )
        }
    }
    #[inline]
    fn __each<T: ::chainrule::Scalar>(__y: T, __d: T) -> (T, T) {
        let __graph = CauchyGraph::forward(__y, __d);
        (__graph.output(), __graph.backward().y)
    }
    ::chainrule::sums_over_outputs!(Cauchy, __each);
};
