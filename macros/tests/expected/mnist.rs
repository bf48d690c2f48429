/// Handwritten digits, 28×28 pixels, row by row.
#[repr(C)]
pub struct Mnist {
    /// `Affine`, 784 to 50 values.
    pub affine1: ::chainrule::layers::Affine<f32, 784, 50>,
    /// `Affine`, 50 to 10 values.
    pub affine2: ::chainrule::layers::Affine<f32, 50, 10>,
}
const _: () = {
    impl Mnist {
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
            ::chainrule::params::zeroed()
        }
        /// A network with these parameters, in the order of its flat slice, as a constant for statics.
        #[allow(clippy::large_types_passed_by_value)]
        pub const fn from_array(
            __parameters: [f32; <Mnist as ::chainrule::network::Network>::PARAMS],
        ) -> Self {
            ::chainrule::params::from_array(__parameters)
        }
    }
    /// The gradient of [`Mnist`]: the fields of the layers that are trained.
    #[repr(C)]
    pub struct MnistGradient {
        /// `Affine`, 784 to 50 values.
        pub affine1: ::chainrule::layers::Affine<f32, 784, 50>,
        /// `Affine`, 50 to 10 values.
        pub affine2: ::chainrule::layers::Affine<f32, 50, 10>,
    }
    #[diagnostic::do_not_recommend]
    unsafe impl ::chainrule::params::Zeroable for Mnist {}
    #[diagnostic::do_not_recommend]
    unsafe impl ::chainrule::params::Params<f32> for Mnist {}
    #[diagnostic::do_not_recommend]
    unsafe impl ::chainrule::params::Zeroable for MnistGradient {}
    #[diagnostic::do_not_recommend]
    unsafe impl ::chainrule::params::Params<f32> for MnistGradient {}
    fn _fields_are_parameters() -> Mnist {
        let _ = ::chainrule::params::len::<
            f32,
            ::chainrule::layers::Affine<f32, 784, 50>,
        >();
        let _ = ::chainrule::params::len::<
            f32,
            ::chainrule::layers::Affine<f32, 50, 10>,
        >();
        let _ = ::chainrule::params::len::<
            f32,
            ::chainrule::layers::Affine<f32, 784, 50>,
        >();
        let _ = ::chainrule::params::len::<
            f32,
            ::chainrule::layers::Affine<f32, 50, 10>,
        >();
        Mnist {
            affine1: ::chainrule::params::field::<f32, _>(),
            affine2: ::chainrule::params::field::<f32, _>(),
        }
    }
    impl ::chainrule::layer::Layer<
        f32,
        ::chainrule::shape::Width<784>,
        ::chainrule::shape::Width<10>,
    > for Mnist {
        type Gradient = MnistGradient;
        type Scratch = (
            ::chainrule::memory::Slot<f32, (::chainrule::shape::Width<50>, ())>,
            (),
        );
        type Tape = (
            ::chainrule::memory::Columns<f32, ::chainrule::shape::Width<50>>,
            (::chainrule::memory::Columns<f32, ::chainrule::shape::Width<50>>, ()),
        );
        const FORWARD_FLOPS: usize = 2 * 784 * 50 + 2 * 50 * 10;
        const CHAIN: &'static [::chainrule::saved::LayerText] = &[
            ::chainrule::saved::LayerText::layer::<
                ::chainrule::shape::Width<50>,
            >("Affine", &[]),
            ::chainrule::saved::LayerText::activation("Relu"),
            ::chainrule::saved::LayerText::layer::<
                ::chainrule::shape::Width<10>,
            >("Affine", &[]),
        ];
        const DESCENDS: bool = true;
        fn infer(
            &self,
            __x: &[::chainrule::nalgebra::SVector<f32, 784>],
            __y: &mut [::chainrule::nalgebra::SVector<f32, 10>],
            __scratch: ::chainrule::memory::View<'_, Self::Scratch>,
        ) {
            ::chainrule::kernels::chain::infer(
                __x,
                (
                    (&self.affine1, &::chainrule::layers::Relu),
                    ((&self.affine2, &::chainrule::layer::Identity), ()),
                ),
                __y,
                __scratch,
            );
        }
        fn forward(
            &self,
            __x: &[::chainrule::nalgebra::SVector<f32, 784>],
            __y: &mut [::chainrule::nalgebra::SVector<f32, 10>],
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            let (__y_relu1, (_, ())) = __tape;
            ::chainrule::kernels::chain::forward(
                __x,
                (
                    (&self.affine1, &::chainrule::layers::Relu, &mut *__y_relu1),
                    ((&self.affine2, &::chainrule::layer::Identity, &mut *__y), ()),
                ),
            );
        }
        fn backward_input(
            &self,
            __x: &[::chainrule::nalgebra::SVector<f32, 784>],
            __y: &[::chainrule::nalgebra::SVector<f32, 10>],
            __dy: &mut [::chainrule::nalgebra::SVector<f32, 10>],
            __dx: &mut [::chainrule::nalgebra::SVector<f32, 784>],
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            let _ = __y;
            let (__y_relu1, (__dy_relu1, ())) = __tape;
            ::chainrule::kernels::chain::backward(
                __dy,
                (
                    (
                        &self.affine2,
                        &::chainrule::layers::Relu,
                        &*__y_relu1,
                        &mut *__dy_relu1,
                    ),
                    (
                        (
                            &self.affine1,
                            &::chainrule::layer::Identity,
                            &*__x,
                            &mut *__dx,
                        ),
                        (),
                    ),
                ),
            );
        }
        fn backward_inner(
            &self,
            __x: &[::chainrule::nalgebra::SVector<f32, 784>],
            __y: &[::chainrule::nalgebra::SVector<f32, 10>],
            __dy: &mut [::chainrule::nalgebra::SVector<f32, 10>],
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            let _ = __x;
            let _ = __y;
            let (__y_relu1, (__dy_relu1, ())) = __tape;
            self.affine2
                .backward_input_into(
                    &::chainrule::layers::Relu,
                    __y_relu1,
                    __dy,
                    __dy_relu1,
                );
        }
        fn backward_params(
            &self,
            __x: &[::chainrule::nalgebra::SVector<f32, 784>],
            __dy: &[::chainrule::nalgebra::SVector<f32, 10>],
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
        fn trainable_mut(&mut self, __visit: &mut impl ::core::ops::FnMut(&mut [f32])) {
            __visit(::chainrule::params::Params::<f32>::as_mut_slice(self));
        }
        fn descend(
            &mut self,
            __x: &[::chainrule::nalgebra::SVector<f32, 784>],
            __dy: &[::chainrule::nalgebra::SVector<f32, 10>],
            __tape: ::chainrule::memory::Shared<'_, Self::Tape>,
        ) {
            let (__y_relu1, (__dy_relu1, ())) = __tape;
            ::chainrule::kernels::chain::gradient(
                (
                    (&mut self.affine1, &*__x, &*__dy_relu1),
                    ((&mut self.affine2, &*__y_relu1, &*__dy), ()),
                ),
                ::chainrule::layer::Accumulate::Add,
            );
        }
        fn init_params(&mut self, __rng: &mut ::chainrule::init::Rng) {
            self.affine1.init(::chainrule::init::Init::HeNormal, __rng);
            self.affine2.init(::chainrule::init::Init::XavierUniform, __rng);
        }
    }
    impl ::chainrule::network::Network for Mnist {
        type Scalar = f32;
        type Input = ::chainrule::shape::Width<784>;
        type Output = ::chainrule::shape::Width<10>;
        type Loss = ::chainrule::loss::SoftmaxLoss;
        type Descends = ::chainrule::network::Answer<{ true }>;
        const LAYERS: &'static [::chainrule::network::LayerInfo] = &[
            ::chainrule::network::LayerInfo {
                name: "affine1",
                params: ::chainrule::params::len::<
                    f32,
                    ::chainrule::layers::Affine<f32, 784, 50>,
                >(),
                trainable: ::chainrule::params::len::<
                    f32,
                    ::chainrule::layers::Affine<f32, 784, 50>,
                >(),
                column: 50,
            },
            ::chainrule::network::LayerInfo {
                name: "affine2",
                params: ::chainrule::params::len::<
                    f32,
                    ::chainrule::layers::Affine<f32, 50, 10>,
                >(),
                trainable: ::chainrule::params::len::<
                    f32,
                    ::chainrule::layers::Affine<f32, 50, 10>,
                >(),
                column: 10,
            },
        ];
        fn backward_part(
            &self,
            __x: &[::chainrule::nalgebra::SVector<f32, 784>],
            __dy: &[::chainrule::nalgebra::SVector<f32, 10>],
            __tape: ::chainrule::memory::Shared<'_, Self::Tape>,
            __part: &mut ::chainrule::phases::GradientPart<'_, f32>,
        ) {
            let (__y_relu1, (__dy_relu1, ())) = __tape;
            __part.affines(((__x, __dy_relu1), ((__y_relu1, __dy), ())));
        }
        fn descend_then_forward(
            &mut self,
            __x: &[::chainrule::nalgebra::SVector<f32, 784>],
            __dy: &[::chainrule::nalgebra::SVector<f32, 10>],
            __next: &[::chainrule::nalgebra::SVector<f32, 784>],
            __y: &mut [::chainrule::nalgebra::SVector<f32, 10>],
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) -> bool {
            if ::chainrule::kernels::chain::is_small(&self.affine1) {
                return false;
            }
            let (__y_relu1, (__dy_relu1, ())) = __tape;
            self.affine2
                .accumulate(__y_relu1, __dy, ::chainrule::layer::Accumulate::Add);
            self.affine1
                .descend_then_forward(
                    &::chainrule::layers::Relu,
                    (__x, __dy_relu1),
                    __next,
                    __y_relu1,
                );
            self.affine2.forward(__y_relu1, __y);
            true
        }
    }
    impl ::chainrule::network::Trainable for Mnist {
        type Objective = ::chainrule::loss::SoftmaxLoss;
        fn objective() -> ::chainrule::loss::SoftmaxLoss {
            ::chainrule::loss::SoftmaxLoss
        }
    }
    impl ::chainrule::network::Takes<::chainrule::samples::Values<f32, 784>> for Mnist {
        fn inputs(
            __x: &[::chainrule::nalgebra::SVector<f32, 784>],
        ) -> &[::chainrule::nalgebra::SVector<f32, 784>] {
            __x
        }
    }
    impl ::chainrule::budget::Counted for Mnist {
        type Params = ::chainrule::__count!(
            < Mnist as ::chainrule::network::Network > ::PARAMS
        );
    }
};
