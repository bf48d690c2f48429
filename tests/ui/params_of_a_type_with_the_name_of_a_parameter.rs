use chainrule::layer_prelude::*;

type Scalar = Class<10>;

#[derive(Params)]
#[repr(C)]
struct Label {
    class: Scalar,
}

fn change(label: &mut Label) {
    Params::<f32>::as_mut_slice(label).fill(1.0);
}

fn main() {}
