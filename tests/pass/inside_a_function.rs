fn main() {
    use chainrule::prelude::*;

    const HIDDEN: usize = 3;
    network! { Local: 2 => Affine => Relu => HIDDEN => Affine => SoftmaxLoss => 2 }
    let classes: Class<2> = Local::new().classify(&[0.5, 1.0], &mut Inference::<_, 1>::new());
    assert_eq!(classes.index(), 0);
}
