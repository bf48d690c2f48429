#[repr(C)]
pub(crate) struct Everything<T: ::chainrule::Scalar, const N: usize> {
    /// `Affine`, N to 8 values, frozen.
    pub affine1: ::chainrule::layers::Affine<T, { N }, 8>,
    /// `Gain<8>`, 8 to 8 values.
    pub gain1: Gain<8>,
    /// `Affine`, 8 to HIDDEN values.
    pub affine2: ::chainrule::layers::Affine<T, 8, { HIDDEN }>,
    /// `Affine`, HIDDEN to 2 values.
    pub affine3: ::chainrule::layers::Affine<T, { HIDDEN }, 2>,
    #[doc(hidden)]
    pub __scalar: ::core::marker::PhantomData<T>,
}
const _: () = {
    impl<T: ::chainrule::Scalar, const N: usize> Everything<T, { N }> {
        /// A network whose parameters are drawn from a seed, as [`init`](::chainrule::network::Network::init) draws
        /// them. A large one is better made [`boxed`](::chainrule::network::Network::boxed_seeded).
        pub fn seeded(__seed: u64) -> Self {
            let mut __network: Self = ::chainrule::params::zeroed();
            ::chainrule::network::Network::init(&mut __network, __seed);
            __network
        }
        /// A network with all parameters zero, as a constant for statics: to be
        /// [initialised](::chainrule::network::Network::init), or to take parameters that are known. A large one is better
        /// made [`boxed`](::chainrule::network::Network::boxed).
        pub const fn new() -> Self {
            const {
                ::chainrule::widths::assert_flows::<{ N }>("N");
            };
            ::chainrule::params::zeroed()
        }
    }
    /// The gradient of [`Everything`]: the fields of the layers that are trained.
    #[repr(C)]
    pub(crate) struct EverythingGradient<T: ::chainrule::Scalar, const N: usize> {
        /// `Gain<8>`, 8 to 8 values.
        pub gain1: <__gain1<
            T,
            { N },
        > as ::chainrule::layer::Link<
            T,
            ::chainrule::shape::Width<8>,
            ::chainrule::shape::Width<8>,
        >>::Gradient,
        /// `Affine`, 8 to HIDDEN values.
        pub affine2: ::chainrule::layers::Affine<T, 8, { HIDDEN }>,
        /// `Affine`, HIDDEN to 2 values.
        pub affine3: ::chainrule::layers::Affine<T, { HIDDEN }, 2>,
        #[doc(hidden)]
        pub __scalar: ::core::marker::PhantomData<T>,
    }
    #[diagnostic::do_not_recommend]
    unsafe impl<T: ::chainrule::Scalar, const N: usize> ::chainrule::params::Zeroable
    for Everything<T, { N }> {}
    #[diagnostic::do_not_recommend]
    unsafe impl<T: ::chainrule::Scalar, const N: usize> ::chainrule::params::Params<T>
    for Everything<T, { N }> {}
    #[diagnostic::do_not_recommend]
    unsafe impl<T: ::chainrule::Scalar, const N: usize> ::chainrule::params::Zeroable
    for EverythingGradient<T, { N }> {}
    #[diagnostic::do_not_recommend]
    unsafe impl<T: ::chainrule::Scalar, const N: usize> ::chainrule::params::Params<T>
    for EverythingGradient<T, { N }> {}
    fn _fields_are_parameters<T: ::chainrule::Scalar, const N: usize>() -> Everything<
        T,
        { N },
    > {
        let _ = ::chainrule::params::len::<
            T,
            ::chainrule::layers::Affine<T, { N }, 8>,
        >();
        let _ = ::chainrule::params::len::<T, Gain<8>>();
        let _ = ::chainrule::params::len::<
            T,
            ::chainrule::layers::Affine<T, 8, { HIDDEN }>,
        >();
        let _ = ::chainrule::params::len::<
            T,
            ::chainrule::layers::Affine<T, { HIDDEN }, 2>,
        >();
        let _ = ::chainrule::params::len::<
            T,
            <__gain1<
                T,
                { N },
            > as ::chainrule::layer::Link<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::Gradient,
        >();
        let _ = ::chainrule::params::len::<
            T,
            ::chainrule::layers::Affine<T, 8, { HIDDEN }>,
        >();
        let _ = ::chainrule::params::len::<
            T,
            ::chainrule::layers::Affine<T, { HIDDEN }, 2>,
        >();
        Everything {
            affine1: ::chainrule::params::field::<T, _>(),
            gain1: ::chainrule::params::field::<T, _>(),
            affine2: ::chainrule::params::field::<T, _>(),
            affine3: ::chainrule::params::field::<T, _>(),
            __scalar: ::core::marker::PhantomData,
        }
    }
    #[doc(hidden)]
    #[allow(missing_docs, non_camel_case_types)]
    pub(crate) struct __gain1<T, const N: usize>(::core::marker::PhantomData<T>);
    impl<
        T: ::chainrule::Scalar,
        const N: usize,
    > ::chainrule::layer::Link<
        T,
        ::chainrule::shape::Width<8>,
        ::chainrule::shape::Width<8>,
    > for __gain1<T, { N }> {
        type Layer = Gain<8>;
        type Gradient = <Gain<
            8,
        > as ::chainrule::layer::Layer<
            T,
            ::chainrule::shape::Width<8>,
            ::chainrule::shape::Width<8>,
        >>::Gradient;
        type Scratch = <Gain<
            8,
        > as ::chainrule::layer::Layer<
            T,
            ::chainrule::shape::Width<8>,
            ::chainrule::shape::Width<8>,
        >>::Scratch;
        type Tape = <Gain<
            8,
        > as ::chainrule::layer::Layer<
            T,
            ::chainrule::shape::Width<8>,
            ::chainrule::shape::Width<8>,
        >>::Tape;
        const FORWARD_FLOPS: usize = <Gain<
            8,
        > as ::chainrule::layer::Layer<
            T,
            ::chainrule::shape::Width<8>,
            ::chainrule::shape::Width<8>,
        >>::FORWARD_FLOPS;
        const CHAIN: &'static [::chainrule::saved::LayerText] = <Gain<
            8,
        > as ::chainrule::layer::Layer<
            T,
            ::chainrule::shape::Width<8>,
            ::chainrule::shape::Width<8>,
        >>::CHAIN;
        const DESCENDS: bool = <Gain<
            8,
        > as ::chainrule::layer::Layer<
            T,
            ::chainrule::shape::Width<8>,
            ::chainrule::shape::Width<8>,
        >>::DESCENDS;
        fn infer(
            __layer: &Gain<8>,
            __x: &[::chainrule::nalgebra::SVector<T, 8>],
            __y: &mut [::chainrule::nalgebra::SVector<T, 8>],
            __scratch: ::chainrule::memory::View<'_, Self::Scratch>,
        ) {
            <Gain<
                8,
            > as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::infer(__layer, __x, __y, __scratch)
        }
        fn forward(
            __layer: &Gain<8>,
            __x: &[::chainrule::nalgebra::SVector<T, 8>],
            __y: &mut [::chainrule::nalgebra::SVector<T, 8>],
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            <Gain<
                8,
            > as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::forward(__layer, __x, __y, __tape)
        }
        fn backward_input(
            __layer: &Gain<8>,
            __x: &[::chainrule::nalgebra::SVector<T, 8>],
            __y: &[::chainrule::nalgebra::SVector<T, 8>],
            __dy: &mut [::chainrule::nalgebra::SVector<T, 8>],
            __dx: &mut [::chainrule::nalgebra::SVector<T, 8>],
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            <Gain<
                8,
            > as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::backward_input(__layer, __x, __y, __dy, __dx, __tape)
        }
        fn backward_inner(
            __layer: &Gain<8>,
            __x: &[::chainrule::nalgebra::SVector<T, 8>],
            __y: &[::chainrule::nalgebra::SVector<T, 8>],
            __dy: &mut [::chainrule::nalgebra::SVector<T, 8>],
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            <Gain<
                8,
            > as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::backward_inner(__layer, __x, __y, __dy, __tape)
        }
        fn backward_params(
            __layer: &Gain<8>,
            __x: &[::chainrule::nalgebra::SVector<T, 8>],
            __dy: &[::chainrule::nalgebra::SVector<T, 8>],
            __gradient: &mut Self::Gradient,
            __accumulate: ::chainrule::layer::Accumulate,
            __tape: ::chainrule::memory::Shared<'_, Self::Tape>,
        ) {
            <Gain<
                8,
            > as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::backward_params(__layer, __x, __dy, __gradient, __accumulate, __tape)
        }
        fn trainable_mut(
            __layer: &mut Gain<8>,
            __visit: &mut impl ::core::ops::FnMut(&mut [T]),
        ) {
            <Gain<
                8,
            > as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::trainable_mut(__layer, __visit)
        }
        fn descend(
            __layer: &mut Gain<8>,
            __x: &[::chainrule::nalgebra::SVector<T, 8>],
            __dy: &[::chainrule::nalgebra::SVector<T, 8>],
            __tape: ::chainrule::memory::Shared<'_, Self::Tape>,
        ) {
            <Gain<
                8,
            > as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::descend(__layer, __x, __dy, __tape)
        }
        fn init_params(__layer: &mut Gain<8>, __rng: &mut ::chainrule::init::Rng) {
            <Gain<
                8,
            > as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::init_params(__layer, __rng)
        }
    }
    #[doc(hidden)]
    #[allow(missing_docs, non_camel_case_types)]
    pub(crate) struct __power1<T, const N: usize>(::core::marker::PhantomData<T>);
    impl<
        T: ::chainrule::Scalar,
        const N: usize,
    > ::chainrule::layer::Link<
        T,
        ::chainrule::shape::Width<{ HIDDEN }>,
        ::chainrule::shape::Width<{ HIDDEN }>,
    > for __power1<T, { N }> {
        type Layer = Power;
        type Gradient = <Power as ::chainrule::layer::Layer<
            T,
            ::chainrule::shape::Width<{ HIDDEN }>,
            ::chainrule::shape::Width<{ HIDDEN }>,
        >>::Gradient;
        type Scratch = <Power as ::chainrule::layer::Layer<
            T,
            ::chainrule::shape::Width<{ HIDDEN }>,
            ::chainrule::shape::Width<{ HIDDEN }>,
        >>::Scratch;
        type Tape = <Power as ::chainrule::layer::Layer<
            T,
            ::chainrule::shape::Width<{ HIDDEN }>,
            ::chainrule::shape::Width<{ HIDDEN }>,
        >>::Tape;
        const FORWARD_FLOPS: usize = <Power as ::chainrule::layer::Layer<
            T,
            ::chainrule::shape::Width<{ HIDDEN }>,
            ::chainrule::shape::Width<{ HIDDEN }>,
        >>::FORWARD_FLOPS;
        const CHAIN: &'static [::chainrule::saved::LayerText] = <Power as ::chainrule::layer::Layer<
            T,
            ::chainrule::shape::Width<{ HIDDEN }>,
            ::chainrule::shape::Width<{ HIDDEN }>,
        >>::CHAIN;
        const DESCENDS: bool = <Power as ::chainrule::layer::Layer<
            T,
            ::chainrule::shape::Width<{ HIDDEN }>,
            ::chainrule::shape::Width<{ HIDDEN }>,
        >>::DESCENDS;
        fn infer(
            __layer: &Power,
            __x: &[::chainrule::nalgebra::SVector<T, { HIDDEN }>],
            __y: &mut [::chainrule::nalgebra::SVector<T, { HIDDEN }>],
            __scratch: ::chainrule::memory::View<'_, Self::Scratch>,
        ) {
            <Power as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<{ HIDDEN }>,
                ::chainrule::shape::Width<{ HIDDEN }>,
            >>::infer(__layer, __x, __y, __scratch)
        }
        fn forward(
            __layer: &Power,
            __x: &[::chainrule::nalgebra::SVector<T, { HIDDEN }>],
            __y: &mut [::chainrule::nalgebra::SVector<T, { HIDDEN }>],
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            <Power as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<{ HIDDEN }>,
                ::chainrule::shape::Width<{ HIDDEN }>,
            >>::forward(__layer, __x, __y, __tape)
        }
        fn backward_input(
            __layer: &Power,
            __x: &[::chainrule::nalgebra::SVector<T, { HIDDEN }>],
            __y: &[::chainrule::nalgebra::SVector<T, { HIDDEN }>],
            __dy: &mut [::chainrule::nalgebra::SVector<T, { HIDDEN }>],
            __dx: &mut [::chainrule::nalgebra::SVector<T, { HIDDEN }>],
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            <Power as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<{ HIDDEN }>,
                ::chainrule::shape::Width<{ HIDDEN }>,
            >>::backward_input(__layer, __x, __y, __dy, __dx, __tape)
        }
        fn backward_inner(
            __layer: &Power,
            __x: &[::chainrule::nalgebra::SVector<T, { HIDDEN }>],
            __y: &[::chainrule::nalgebra::SVector<T, { HIDDEN }>],
            __dy: &mut [::chainrule::nalgebra::SVector<T, { HIDDEN }>],
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            <Power as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<{ HIDDEN }>,
                ::chainrule::shape::Width<{ HIDDEN }>,
            >>::backward_inner(__layer, __x, __y, __dy, __tape)
        }
        fn backward_params(
            __layer: &Power,
            __x: &[::chainrule::nalgebra::SVector<T, { HIDDEN }>],
            __dy: &[::chainrule::nalgebra::SVector<T, { HIDDEN }>],
            __gradient: &mut Self::Gradient,
            __accumulate: ::chainrule::layer::Accumulate,
            __tape: ::chainrule::memory::Shared<'_, Self::Tape>,
        ) {
            <Power as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<{ HIDDEN }>,
                ::chainrule::shape::Width<{ HIDDEN }>,
            >>::backward_params(__layer, __x, __dy, __gradient, __accumulate, __tape)
        }
        fn trainable_mut(
            __layer: &mut Power,
            __visit: &mut impl ::core::ops::FnMut(&mut [T]),
        ) {
            <Power as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<{ HIDDEN }>,
                ::chainrule::shape::Width<{ HIDDEN }>,
            >>::trainable_mut(__layer, __visit)
        }
        fn descend(
            __layer: &mut Power,
            __x: &[::chainrule::nalgebra::SVector<T, { HIDDEN }>],
            __dy: &[::chainrule::nalgebra::SVector<T, { HIDDEN }>],
            __tape: ::chainrule::memory::Shared<'_, Self::Tape>,
        ) {
            <Power as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<{ HIDDEN }>,
                ::chainrule::shape::Width<{ HIDDEN }>,
            >>::descend(__layer, __x, __dy, __tape)
        }
        fn init_params(__layer: &mut Power, __rng: &mut ::chainrule::init::Rng) {
            <Power as ::chainrule::layer::Layer<
                T,
                ::chainrule::shape::Width<{ HIDDEN }>,
                ::chainrule::shape::Width<{ HIDDEN }>,
            >>::init_params(__layer, __rng)
        }
    }
    impl<
        T: ::chainrule::Scalar,
        const N: usize,
    > ::chainrule::layer::Layer<
        T,
        ::chainrule::shape::Width<{ N }>,
        ::chainrule::shape::Width<2>,
    > for Everything<T, { N }> {
        type Gradient = EverythingGradient<T, { N }>;
        type Scratch = (
            ::chainrule::memory::Slot<
                T,
                (
                    ::chainrule::shape::Width<{ N }>,
                    (
                        ::chainrule::shape::Width<8>,
                        (::chainrule::shape::Width<{ HIDDEN }>, ()),
                    ),
                ),
            >,
            (
                ::chainrule::memory::Slot<
                    T,
                    (
                        ::chainrule::shape::Width<8>,
                        (::chainrule::shape::Width<{ HIDDEN }>, ()),
                    ),
                >,
                (
                    <__gain1<
                        T,
                        { N },
                    > as ::chainrule::layer::Link<
                        T,
                        ::chainrule::shape::Width<8>,
                        ::chainrule::shape::Width<8>,
                    >>::Scratch,
                    (
                        <__power1<
                            T,
                            { N },
                        > as ::chainrule::layer::Link<
                            T,
                            ::chainrule::shape::Width<{ HIDDEN }>,
                            ::chainrule::shape::Width<{ HIDDEN }>,
                        >>::Scratch,
                        (),
                    ),
                ),
            ),
        );
        type Tape = (
            ::chainrule::memory::Columns<T, ::chainrule::shape::Width<{ N }>>,
            (
                ::chainrule::memory::Columns<T, ::chainrule::shape::Width<8>>,
                (
                    ::chainrule::memory::Columns<T, ::chainrule::shape::Width<8>>,
                    (
                        ::chainrule::memory::Columns<T, ::chainrule::shape::Width<8>>,
                        (
                            ::chainrule::memory::Columns<
                                T,
                                ::chainrule::shape::Width<{ HIDDEN }>,
                            >,
                            (
                                ::chainrule::memory::Columns<
                                    T,
                                    ::chainrule::shape::Width<{ HIDDEN }>,
                                >,
                                (
                                    ::chainrule::memory::Columns<
                                        T,
                                        ::chainrule::shape::Width<{ HIDDEN }>,
                                    >,
                                    (
                                        ::chainrule::memory::Columns<
                                            T,
                                            ::chainrule::shape::Width<{ N }>,
                                        >,
                                        (
                                            ::chainrule::memory::Columns<
                                                T,
                                                ::chainrule::shape::Width<8>,
                                            >,
                                            (
                                                ::chainrule::memory::Columns<
                                                    T,
                                                    ::chainrule::shape::Width<8>,
                                                >,
                                                (
                                                    ::chainrule::memory::Columns<
                                                        T,
                                                        ::chainrule::shape::Width<{ HIDDEN }>,
                                                    >,
                                                    (
                                                        ::chainrule::memory::Columns<
                                                            T,
                                                            ::chainrule::shape::Width<{ HIDDEN }>,
                                                        >,
                                                        (
                                                            <__gain1<
                                                                T,
                                                                { N },
                                                            > as ::chainrule::layer::Link<
                                                                T,
                                                                ::chainrule::shape::Width<8>,
                                                                ::chainrule::shape::Width<8>,
                                                            >>::Tape,
                                                            (
                                                                <__power1<
                                                                    T,
                                                                    { N },
                                                                > as ::chainrule::layer::Link<
                                                                    T,
                                                                    ::chainrule::shape::Width<{ HIDDEN }>,
                                                                    ::chainrule::shape::Width<{ HIDDEN }>,
                                                                >>::Tape,
                                                                (),
                                                            ),
                                                        ),
                                                    ),
                                                ),
                                            ),
                                        ),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
        );
        const FORWARD_FLOPS: usize = 2 * N * 8
            + <__gain1<
                T,
                { N },
            > as ::chainrule::layer::Link<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::FORWARD_FLOPS
            + 2 * 8
                * <::chainrule::shape::Width<
                    { HIDDEN },
                > as ::chainrule::shape::Shape>::LEN
            + <__power1<
                T,
                { N },
            > as ::chainrule::layer::Link<
                T,
                ::chainrule::shape::Width<{ HIDDEN }>,
                ::chainrule::shape::Width<{ HIDDEN }>,
            >>::FORWARD_FLOPS
            + 2
                * <::chainrule::shape::Width<
                    { HIDDEN },
                > as ::chainrule::shape::Shape>::LEN * 2;
        const CHAIN: &'static [::chainrule::saved::LayerText] = &[
            ::chainrule::saved::LayerText::activation("Tanh"),
            ::chainrule::saved::LayerText::layer::<
                ::chainrule::shape::Width<8>,
            >("Affine", &[])
                .frozen(),
            ::chainrule::saved::LayerText::activation("Gelu"),
            ::chainrule::saved::LayerText::layer::<
                ::chainrule::shape::Width<8>,
            >(
                "Gain<8>",
                <__gain1<
                    T,
                    { N },
                > as ::chainrule::layer::Link<
                    T,
                    ::chainrule::shape::Width<8>,
                    ::chainrule::shape::Width<8>,
                >>::CHAIN,
            ),
            ::chainrule::saved::LayerText::layer::<
                ::chainrule::shape::Width<{ HIDDEN }>,
            >("Affine", &[]),
            ::chainrule::saved::LayerText::activation("Relu"),
            ::chainrule::saved::LayerText::activation("Softplus"),
            ::chainrule::saved::LayerText::layer::<
                ::chainrule::shape::Width<{ HIDDEN }>,
            >(
                "Power(3)",
                <__power1<
                    T,
                    { N },
                > as ::chainrule::layer::Link<
                    T,
                    ::chainrule::shape::Width<{ HIDDEN }>,
                    ::chainrule::shape::Width<{ HIDDEN }>,
                >>::CHAIN,
            ),
            ::chainrule::saved::LayerText::layer::<
                ::chainrule::shape::Width<2>,
            >("Affine", &[]),
        ];
        const DESCENDS: bool = <__gain1<
            T,
            { N },
        > as ::chainrule::layer::Link<
            T,
            ::chainrule::shape::Width<8>,
            ::chainrule::shape::Width<8>,
        >>::DESCENDS;
        fn infer(
            &self,
            __x: &[::chainrule::nalgebra::SVector<T, { N }>],
            __y: &mut [::chainrule::nalgebra::SVector<T, 2>],
            __scratch: ::chainrule::memory::View<'_, Self::Scratch>,
        ) {
            const {
                ::chainrule::widths::assert_flows::<{ N }>("N");
            };
            let (mut __a, (mut __b, (__in_gain1, (__in_power1, ())))) = __scratch;
            let __y_tanh1 = __a.columns::<::chainrule::shape::Width<{ N }>>();
            ::chainrule::layer::copy::<T, _>(__x, __y_tanh1);
            ::chainrule::layer::InPlace::<
                T,
            >::forward(&::chainrule::layers::Tanh, __y_tanh1);
            let __y_affine1 = __b.columns::<::chainrule::shape::Width<8>>();
            self.affine1
                .forward_into(&::chainrule::layers::Gelu, __y_tanh1, __y_affine1);
            let __y_gain1 = __a.columns::<::chainrule::shape::Width<8>>();
            <__gain1<
                T,
                { N },
            > as ::chainrule::layer::Link<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::infer(&self.gain1, __y_affine1, __y_gain1, __in_gain1);
            let __y_affine2 = __b.columns::<::chainrule::shape::Width<{ HIDDEN }>>();
            self.affine2
                .forward_into(&::chainrule::layers::Relu, __y_gain1, __y_affine2);
            ::chainrule::layer::InPlace::<
                T,
            >::forward(&::chainrule::layers::Softplus, __y_affine2);
            let __y_power1 = __a.columns::<::chainrule::shape::Width<{ HIDDEN }>>();
            <__power1<
                T,
                { N },
            > as ::chainrule::layer::Link<
                T,
                ::chainrule::shape::Width<{ HIDDEN }>,
                ::chainrule::shape::Width<{ HIDDEN }>,
            >>::infer(&Power(3), __y_affine2, __y_power1, __in_power1);
            self.affine3.forward(__y_power1, __y);
        }
        fn forward(
            &self,
            __x: &[::chainrule::nalgebra::SVector<T, { N }>],
            __y: &mut [::chainrule::nalgebra::SVector<T, 2>],
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            const {
                ::chainrule::widths::assert_flows::<{ N }>("N");
            };
            let (
                __y_tanh1,
                (
                    __y_affine1,
                    (
                        __y_gelu1,
                        (
                            __y_gain1,
                            (
                                __y_relu1,
                                (
                                    __y_softplus1,
                                    (
                                        __y_power1,
                                        (_, (_, (_, (_, (_, (__in_gain1, (__in_power1, ()))))))),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            ) = __tape;
            ::chainrule::layer::copy::<T, _>(__x, __y_tanh1);
            ::chainrule::layer::InPlace::<
                T,
            >::forward(&::chainrule::layers::Tanh, __y_tanh1);
            self.affine1.forward(__y_tanh1, __y_affine1);
            ::chainrule::layer::copy::<T, _>(__y_affine1, __y_gelu1);
            ::chainrule::layer::InPlace::<
                T,
            >::forward(&::chainrule::layers::Gelu, __y_gelu1);
            <__gain1<
                T,
                { N },
            > as ::chainrule::layer::Link<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::forward(&self.gain1, __y_gelu1, __y_gain1, __in_gain1);
            self.affine2.forward_into(&::chainrule::layers::Relu, __y_gain1, __y_relu1);
            ::chainrule::layer::copy::<T, _>(__y_relu1, __y_softplus1);
            ::chainrule::layer::InPlace::<
                T,
            >::forward(&::chainrule::layers::Softplus, __y_softplus1);
            <__power1<
                T,
                { N },
            > as ::chainrule::layer::Link<
                T,
                ::chainrule::shape::Width<{ HIDDEN }>,
                ::chainrule::shape::Width<{ HIDDEN }>,
            >>::forward(&Power(3), __y_softplus1, __y_power1, __in_power1);
            self.affine3.forward(__y_power1, __y);
        }
        fn backward_input(
            &self,
            __x: &[::chainrule::nalgebra::SVector<T, { N }>],
            __y: &[::chainrule::nalgebra::SVector<T, 2>],
            __dy: &mut [::chainrule::nalgebra::SVector<T, 2>],
            __dx: &mut [::chainrule::nalgebra::SVector<T, { N }>],
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            let _ = __x;
            let _ = __y;
            let (
                __y_tanh1,
                (
                    __y_affine1,
                    (
                        __y_gelu1,
                        (
                            __y_gain1,
                            (
                                __y_relu1,
                                (
                                    __y_softplus1,
                                    (
                                        __y_power1,
                                        (
                                            __dy_tanh1,
                                            (
                                                __dy_gelu1,
                                                (
                                                    __dy_gain1,
                                                    (
                                                        __dy_softplus1,
                                                        (__dy_power1, (__in_gain1, (__in_power1, ()))),
                                                    ),
                                                ),
                                            ),
                                        ),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            ) = __tape;
            self.affine3.backward_input(__dy, __dy_power1);
            <__power1<
                T,
                { N },
            > as ::chainrule::layer::Link<
                T,
                ::chainrule::shape::Width<{ HIDDEN }>,
                ::chainrule::shape::Width<{ HIDDEN }>,
            >>::backward_input(
                &Power(3),
                __y_softplus1,
                __y_power1,
                __dy_power1,
                __dy_softplus1,
                __in_power1,
            );
            ::chainrule::layer::InPlace::<
                T,
            >::backward(&::chainrule::layers::Softplus, __y_softplus1, __dy_softplus1);
            ::chainrule::layer::InPlace::<
                T,
            >::backward(&::chainrule::layers::Relu, __y_relu1, __dy_softplus1);
            self.affine2.backward_input(__dy_softplus1, __dy_gain1);
            <__gain1<
                T,
                { N },
            > as ::chainrule::layer::Link<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::backward_input(
                &self.gain1,
                __y_gelu1,
                __y_gain1,
                __dy_gain1,
                __dy_gelu1,
                __in_gain1,
            );
            ::chainrule::layer::InPlace::<
                T,
            >::backward(&::chainrule::layers::Gelu, __y_affine1, __dy_gelu1);
            self.affine1.backward_input(__dy_gelu1, __dy_tanh1);
            ::chainrule::layer::copy::<T, _>(__dy_tanh1, __dx);
            ::chainrule::layer::InPlace::<
                T,
            >::backward(&::chainrule::layers::Tanh, __y_tanh1, __dx);
        }
        fn backward_inner(
            &self,
            __x: &[::chainrule::nalgebra::SVector<T, { N }>],
            __y: &[::chainrule::nalgebra::SVector<T, 2>],
            __dy: &mut [::chainrule::nalgebra::SVector<T, 2>],
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            let _ = __x;
            let _ = __y;
            let (
                _,
                (
                    __y_affine1,
                    (
                        __y_gelu1,
                        (
                            __y_gain1,
                            (
                                __y_relu1,
                                (
                                    __y_softplus1,
                                    (
                                        __y_power1,
                                        (
                                            __dy_tanh1,
                                            (
                                                __dy_gelu1,
                                                (
                                                    __dy_gain1,
                                                    (
                                                        __dy_softplus1,
                                                        (__dy_power1, (__in_gain1, (__in_power1, ()))),
                                                    ),
                                                ),
                                            ),
                                        ),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            ) = __tape;
            self.affine3.backward_input(__dy, __dy_power1);
            <__power1<
                T,
                { N },
            > as ::chainrule::layer::Link<
                T,
                ::chainrule::shape::Width<{ HIDDEN }>,
                ::chainrule::shape::Width<{ HIDDEN }>,
            >>::backward_input(
                &Power(3),
                __y_softplus1,
                __y_power1,
                __dy_power1,
                __dy_softplus1,
                __in_power1,
            );
            ::chainrule::layer::InPlace::<
                T,
            >::backward(&::chainrule::layers::Softplus, __y_softplus1, __dy_softplus1);
            ::chainrule::layer::InPlace::<
                T,
            >::backward(&::chainrule::layers::Relu, __y_relu1, __dy_softplus1);
            self.affine2.backward_input(__dy_softplus1, __dy_gain1);
            <__gain1<
                T,
                { N },
            > as ::chainrule::layer::Link<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::backward_input(
                &self.gain1,
                __y_gelu1,
                __y_gain1,
                __dy_gain1,
                __dy_gelu1,
                __in_gain1,
            );
            ::chainrule::layer::InPlace::<
                T,
            >::backward(&::chainrule::layers::Gelu, __y_affine1, __dy_gelu1);
            self.affine1.backward_input(__dy_gelu1, __dy_tanh1);
        }
        fn backward_params(
            &self,
            __x: &[::chainrule::nalgebra::SVector<T, { N }>],
            __dy: &[::chainrule::nalgebra::SVector<T, 2>],
            __gradient: &mut Self::Gradient,
            __accumulate: ::chainrule::layer::Accumulate,
            __tape: ::chainrule::memory::Shared<'_, Self::Tape>,
        ) {
            let mut __part = ::chainrule::phases::GradientPart::whole(
                __gradient,
                __accumulate,
            );
            ::chainrule::network::Network::backward_part(
                self,
                __x,
                __dy,
                __tape,
                &mut __part,
            );
        }
        fn trainable_mut(&mut self, __visit: &mut impl ::core::ops::FnMut(&mut [T])) {
            <__gain1<
                T,
                { N },
            > as ::chainrule::layer::Link<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::trainable_mut(&mut self.gain1, __visit);
            __visit(::chainrule::params::Params::<T>::as_mut_slice(&mut self.affine2));
            __visit(::chainrule::params::Params::<T>::as_mut_slice(&mut self.affine3));
        }
        fn descend(
            &mut self,
            __x: &[::chainrule::nalgebra::SVector<T, { N }>],
            __dy: &[::chainrule::nalgebra::SVector<T, 2>],
            __tape: ::chainrule::memory::Shared<'_, Self::Tape>,
        ) {
            let _ = __x;
            let (
                _,
                (
                    _,
                    (
                        __y_gelu1,
                        (
                            __y_gain1,
                            (
                                _,
                                (
                                    _,
                                    (
                                        __y_power1,
                                        (
                                            _,
                                            (
                                                _,
                                                (__dy_gain1, (__dy_softplus1, (_, (__in_gain1, (_, ()))))),
                                            ),
                                        ),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            ) = __tape;
            <__gain1<
                T,
                { N },
            > as ::chainrule::layer::Link<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::descend(&mut self.gain1, __y_gelu1, __dy_gain1, __in_gain1);
            ::chainrule::kernels::chain::gradient(
                (
                    (&mut self.affine2, &*__y_gain1, &*__dy_softplus1),
                    ((&mut self.affine3, &*__y_power1, &*__dy), ()),
                ),
                ::chainrule::layer::Accumulate::Add,
            );
        }
        fn init_params(&mut self, __rng: &mut ::chainrule::init::Rng) {
            self.affine1.init(::chainrule::init::Init::HeNormal, __rng);
            <__gain1<
                T,
                { N },
            > as ::chainrule::layer::Link<
                T,
                ::chainrule::shape::Width<8>,
                ::chainrule::shape::Width<8>,
            >>::init_params(&mut self.gain1, __rng);
            self.affine2
                .init(
                    ::chainrule::init::Init::Normal(::chainrule::Scalar::from_f64(0.1)),
                    __rng,
                );
            self.affine3.init(::chainrule::init::Init::XavierUniform, __rng);
        }
    }
    impl<T: ::chainrule::Scalar, const N: usize> ::chainrule::network::Network
    for Everything<T, { N }> {
        type Scalar = T;
        type Input = ::chainrule::shape::Width<{ N }>;
        type Output = ::chainrule::shape::Width<2>;
        type Loss = ::chainrule::loss::HuberLoss<T>;
        type Descends = ::chainrule::network::Answer<{ true }>;
        const LAYERS: &'static [::chainrule::network::LayerInfo] = &[
            ::chainrule::network::LayerInfo {
                name: "affine1",
                params: ::chainrule::params::len::<
                    T,
                    ::chainrule::layers::Affine<T, { N }, 8>,
                >(),
                trainable: 0,
                column: 8,
            },
            ::chainrule::network::LayerInfo {
                name: "gain1",
                params: ::chainrule::params::len::<T, Gain<8>>(),
                trainable: ::chainrule::params::len::<
                    T,
                    <__gain1<
                        T,
                        { N },
                    > as ::chainrule::layer::Link<
                        T,
                        ::chainrule::shape::Width<8>,
                        ::chainrule::shape::Width<8>,
                    >>::Gradient,
                >(),
                column: ::chainrule::params::len::<T, Gain<8>>(),
            },
            ::chainrule::network::LayerInfo {
                name: "affine2",
                params: ::chainrule::params::len::<
                    T,
                    ::chainrule::layers::Affine<T, 8, { HIDDEN }>,
                >(),
                trainable: ::chainrule::params::len::<
                    T,
                    ::chainrule::layers::Affine<T, 8, { HIDDEN }>,
                >(),
                column: HIDDEN,
            },
            ::chainrule::network::LayerInfo {
                name: "affine3",
                params: ::chainrule::params::len::<
                    T,
                    ::chainrule::layers::Affine<T, { HIDDEN }, 2>,
                >(),
                trainable: ::chainrule::params::len::<
                    T,
                    ::chainrule::layers::Affine<T, { HIDDEN }, 2>,
                >(),
                column: 2,
            },
        ];
        fn backward_part(
            &self,
            __x: &[::chainrule::nalgebra::SVector<T, { N }>],
            __dy: &[::chainrule::nalgebra::SVector<T, 2>],
            __tape: ::chainrule::memory::Shared<'_, Self::Tape>,
            __part: &mut ::chainrule::phases::GradientPart<'_, T>,
        ) {
            let _ = __x;
            let (
                _,
                (
                    _,
                    (
                        __y_gelu1,
                        (
                            __y_gain1,
                            (
                                _,
                                (
                                    _,
                                    (
                                        __y_power1,
                                        (
                                            _,
                                            (
                                                _,
                                                (__dy_gain1, (__dy_softplus1, (_, (__in_gain1, (_, ()))))),
                                            ),
                                        ),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            ) = __tape;
            __part
                .other(|__gradient, __accumulate| {
                    <__gain1<
                        T,
                        { N },
                    > as ::chainrule::layer::Link<
                        T,
                        ::chainrule::shape::Width<8>,
                        ::chainrule::shape::Width<8>,
                    >>::backward_params(
                        &self.gain1,
                        __y_gelu1,
                        __dy_gain1,
                        __gradient,
                        __accumulate,
                        __in_gain1,
                    )
                });
            __part.affines(((__y_gain1, __dy_softplus1), ((__y_power1, __dy), ())));
        }
    }
    impl<T: ::chainrule::Scalar, const N: usize> ::chainrule::network::Trainable
    for Everything<T, { N }> {
        type Objective = ::chainrule::loss::HuberLoss<T>;
        fn objective() -> ::chainrule::loss::HuberLoss<T> {
            ::chainrule::loss::HuberLoss(::chainrule::Scalar::from_f64(0.5))
        }
    }
    impl<
        T: ::chainrule::Scalar,
        const N: usize,
    > ::chainrule::network::Takes<::chainrule::samples::Values<T, { N }>>
    for Everything<T, { N }> {
        fn inputs(
            __x: &[::chainrule::nalgebra::SVector<T, { N }>],
        ) -> &[::chainrule::nalgebra::SVector<T, { N }>] {
            __x
        }
    }
    const _: () = ::chainrule::widths::assert_flows::<{ HIDDEN }>("HIDDEN");
};
