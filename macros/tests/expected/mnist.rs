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
        pub fn seeded(seed: u64) -> Self {
            let mut network = Self::new();
            ::chainrule::network::Network::init(&mut network, seed);
            network
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
            parameters: [f32; <Mnist as ::chainrule::network::Network>::PARAMS],
        ) -> Self {
            ::chainrule::params::from_array(parameters)
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
    fn _fields_are_parameters() {
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
    }
    const _: () = {
        let _ = || -> Mnist {
            Mnist {
                affine1: ::chainrule::params::some::<
                    ::chainrule::layers::Affine<f32, 784, 50>,
                >(),
                affine2: ::chainrule::params::some::<
                    ::chainrule::layers::Affine<f32, 50, 10>,
                >(),
            }
        };
        ::chainrule::params::assert_len::<
            f32,
            Mnist,
        >(
            "Mnist",
            0
                + ::chainrule::params::len::<
                    f32,
                    ::chainrule::layers::Affine<f32, 784, 50>,
                >()
                + ::chainrule::params::len::<
                    f32,
                    ::chainrule::layers::Affine<f32, 50, 10>,
                >(),
        );
    };
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
            x: &[::chainrule::nalgebra::SVector<f32, 784>],
            y: &mut [::chainrule::nalgebra::SVector<f32, 10>],
            scratch: ::chainrule::memory::View<'_, Self::Scratch>,
        ) {
            ::chainrule::kernels::chain::infer(
                x,
                (
                    (&self.affine1, &::chainrule::layers::Relu),
                    ((&self.affine2, &::chainrule::layer::Identity), ()),
                ),
                y,
                scratch,
            );
        }
        fn forward(
            &self,
            x: &[::chainrule::nalgebra::SVector<f32, 784>],
            y: &mut [::chainrule::nalgebra::SVector<f32, 10>],
            tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            let (y_relu1, (_, ())) = tape;
            ::chainrule::kernels::chain::forward(
                x,
                (
                    (&self.affine1, &::chainrule::layers::Relu, &mut *y_relu1),
                    ((&self.affine2, &::chainrule::layer::Identity, &mut *y), ()),
                ),
            );
        }
        fn backward_input(
            &self,
            x: &[::chainrule::nalgebra::SVector<f32, 784>],
            y: &[::chainrule::nalgebra::SVector<f32, 10>],
            dy: &mut [::chainrule::nalgebra::SVector<f32, 10>],
            dx: &mut [::chainrule::nalgebra::SVector<f32, 784>],
            tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            let _ = y;
            let (y_relu1, (dy_relu1, ())) = tape;
            ::chainrule::kernels::chain::backward(
                dy,
                (
                    (
                        &self.affine2,
                        &::chainrule::layers::Relu,
                        &*y_relu1,
                        &mut *dy_relu1,
                    ),
                    ((&self.affine1, &::chainrule::layer::Identity, &*x, &mut *dx), ()),
                ),
            );
        }
        fn backward_inner(
            &self,
            x: &[::chainrule::nalgebra::SVector<f32, 784>],
            y: &[::chainrule::nalgebra::SVector<f32, 10>],
            dy: &mut [::chainrule::nalgebra::SVector<f32, 10>],
            tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            let _ = x;
            let _ = y;
            let (y_relu1, (dy_relu1, ())) = tape;
            self.affine2
                .backward_input_into(&::chainrule::layers::Relu, y_relu1, dy, dy_relu1);
        }
        fn backward_params(
            &self,
            x: &[::chainrule::nalgebra::SVector<f32, 784>],
            dy: &[::chainrule::nalgebra::SVector<f32, 10>],
            gradient: &mut Self::Gradient,
            accumulate: ::chainrule::layer::Accumulate,
            tape: ::chainrule::memory::Shared<'_, Self::Tape>,
        ) {
            let mut part = ::chainrule::phases::GradientPart::whole(
                gradient,
                accumulate,
            );
            ::chainrule::network::Network::backward_part(self, x, dy, tape, &mut part);
        }
        fn trainable_mut(&mut self, visit: &mut impl ::core::ops::FnMut(&mut [f32])) {
            visit(::chainrule::params::Params::<f32>::as_mut_slice(self));
        }
        fn descend(
            &mut self,
            x: &[::chainrule::nalgebra::SVector<f32, 784>],
            dy: &[::chainrule::nalgebra::SVector<f32, 10>],
            tape: ::chainrule::memory::Shared<'_, Self::Tape>,
        ) {
            let (y_relu1, (dy_relu1, ())) = tape;
            ::chainrule::kernels::chain::gradient(
                (
                    (&mut self.affine1, &*x, &*dy_relu1),
                    ((&mut self.affine2, &*y_relu1, &*dy), ()),
                ),
                ::chainrule::layer::Accumulate::Add,
            );
        }
        fn init_params(&mut self, rng: &mut ::chainrule::init::Rng) {
            self.affine1.init(::chainrule::init::Init::HeNormal, rng);
            self.affine2.init(::chainrule::init::Init::XavierUniform, rng);
        }
    }
    impl ::chainrule::network::Network for Mnist {
        type Scalar = f32;
        type Input = ::chainrule::shape::Width<784>;
        type Output = ::chainrule::shape::Width<10>;
        type Loss = ::chainrule::loss::SoftmaxLoss;
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
            x: &[::chainrule::nalgebra::SVector<f32, 784>],
            dy: &[::chainrule::nalgebra::SVector<f32, 10>],
            tape: ::chainrule::memory::Shared<'_, Self::Tape>,
            part: &mut ::chainrule::phases::GradientPart<'_, f32>,
        ) {
            let (y_relu1, (dy_relu1, ())) = tape;
            part.affines(((x, dy_relu1), ((y_relu1, dy), ())));
        }
        fn descend_then_forward(
            &mut self,
            x: &[::chainrule::nalgebra::SVector<f32, 784>],
            dy: &[::chainrule::nalgebra::SVector<f32, 10>],
            next: &[::chainrule::nalgebra::SVector<f32, 784>],
            y: &mut [::chainrule::nalgebra::SVector<f32, 10>],
            tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) -> bool {
            if ::chainrule::kernels::chain::is_small(&self.affine1) {
                return false;
            }
            let (y_relu1, (dy_relu1, ())) = tape;
            self.affine2.accumulate(y_relu1, dy, ::chainrule::layer::Accumulate::Add);
            self.affine1
                .descend_then_forward(
                    &::chainrule::layers::Relu,
                    (x, dy_relu1),
                    next,
                    y_relu1,
                );
            self.affine2.forward(y_relu1, y);
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
            x: &[::chainrule::nalgebra::SVector<f32, 784>],
        ) -> &[::chainrule::nalgebra::SVector<f32, 784>] {
            x
        }
    }
    impl ::chainrule::budget::Counted for Mnist {
        type Params = ::chainrule::__count!(
            < Mnist as ::chainrule::network::Network > ::PARAMS
        );
    }
};
