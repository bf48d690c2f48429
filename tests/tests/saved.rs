//! Networks and training states as bytes.

use chainrule::layer_prelude::*;
use chainrule::layers::Affine;
use chainrule::optim::Optimizer;
use chainrule::saved::ChainDifference;
use proptest::prelude::{any, proptest};

/// y = g ∘ x
#[derive(Params)]
#[repr(C)]
pub struct Gain<const N: usize>(SVector<f32, N>);

impl<const N: usize> Layer<f32, Width<N>, Width<N>> for Gain<N> {
    type Gradient = Self;
    type Scratch = ();
    type Tape = ();

    fn infer(&self, x: &[SVector<f32, N>], y: &mut [SVector<f32, N>], _: ()) {
        for (x, y) in x.iter().zip(y) {
            *y = self.0.component_mul(x);
        }
    }

    fn forward(&self, x: &[SVector<f32, N>], y: &mut [SVector<f32, N>], _: ()) {
        self.infer(x, y, ());
    }

    fn backward_input(
        &self,
        _: &[SVector<f32, N>],
        _: &[SVector<f32, N>],
        dy: &mut [SVector<f32, N>],
        dx: &mut [SVector<f32, N>],
        _: (),
    ) {
        self.infer(dy, dx, ());
    }

    fn backward_params(
        &self,
        x: &[SVector<f32, N>],
        dy: &[SVector<f32, N>],
        gradient: &mut Self,
        accumulate: Accumulate,
        _: (),
    ) {
        accumulate.start(gradient);
        for (x, dy) in x.iter().zip(dy) {
            gradient.0 += x.component_mul(dy);
        }
    }

    fn trainable_mut(&mut self, visit: &mut impl FnMut(&mut [f32])) {
        visit(self.as_mut_slice());
    }
}

/// y = TIMES · factor · x
pub struct Scale<const TIMES: usize>(f32);

impl<const N: usize, const TIMES: usize> Layer<f32, Width<N>, Width<N>> for Scale<TIMES> {
    chainrule::no_gradient!(f32, Width<N>, Width<N>);

    type Scratch = ();
    type Tape = ();

    fn infer(&self, x: &[SVector<f32, N>], y: &mut [SVector<f32, N>], _: ()) {
        for (x, y) in x.iter().zip(y) {
            *y = x * self.0 * TIMES as f32;
        }
    }

    fn forward(&self, x: &[SVector<f32, N>], y: &mut [SVector<f32, N>], _: ()) {
        self.infer(x, y, ());
    }

    fn backward_input(
        &self,
        _: &[SVector<f32, N>],
        _: &[SVector<f32, N>],
        dy: &mut [SVector<f32, N>],
        dx: &mut [SVector<f32, N>],
        _: (),
    ) {
        self.infer(dy, dx, ());
    }
}

const HIDDEN: usize = 6;
const SLOPE: f32 = 0.2;
const ALPHA: f64 = 0.5;

network! { Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }
network! { Double<f64>: 2 => Affine => LeakyRelu(0.01) => 8 => Affine => SigmoidLoss => 1 }
network! { Generic<T, const N: usize>: N => Affine => LeakyRelu(0.01) => HIDDEN => Elu(ALPHA) => Affine => Elu => 2 }
network! {
    Everything<const N: usize>: N => LeakyRelu(SLOPE) => #[frozen] Affine => HIDDEN => Scale<2>(0.5) => self::Gain<6>
        => Generic<f32, 6> => 2 => #[frozen] Whole => Affine => MseLoss => 1
}
network! { Whole: 2 => Affine => Gelu => 2 }

network! { Other: 2 => Affine => Relu => 8 => Affine => SigmoidLoss => 1 }
network! { Wider: 2 => Affine => Tanh => 9 => Affine => SigmoidLoss => 1 }
network! { Pretrained: 2 => #[frozen] Affine => Tanh => 8 => Affine => MseLoss => 1 }
network! { Nested: 2 => Inner => 8 => Affine => SigmoidLoss => 1 }
network! { Inner: 2 => Affine => Tanh => 8 }
network! { Small: 1 => Affine => 1 }
network! { Line: 1 => Affine => 1 => #[frozen] Affine => 1 => Affine => MseLoss => 1 }

static XOR: Xor = include_network!(Xor, "../saved/xor.bin");

fn network<N: Network>(seed: u64) -> Box<Aligned<N>> {
    let mut network = N::boxed();
    network.init(seed);
    network
}

fn bytes<N: Network>(network: &N) -> Vec<u8> {
    let mut bytes = vec![0; N::SAVED_BYTES];
    network.write_bytes(&mut bytes).unwrap();
    bytes
}

/// The file that `include_network!` reads, and the format of version 2, must stay what they are.
#[test]
fn a_network_saved_by_the_second_version_is_still_read() {
    let xor = network::<Xor>(1);
    // The second is for the example in the documentation.
    for path in ["saved/xor.bin", "../core/src/saved/xor.bin"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&path, bytes(&**xor)).unwrap();
        }
        assert_eq!(std::fs::read(path).unwrap(), bytes(&**xor));
    }
    let saved = bytes(&**xor);
    assert_eq!(saved[..20], *b"CHRL\x02\0\x01\0\0\0\0\0\x21\0\0\0\x2c\0\0\0");
    assert_eq!(saved[20..64], *b"f32: 2 => Affine => 8 => Tanh => Affine => 1");
    let mut read = Xor::new();
    read.read_bytes(&saved).unwrap();
    assert_eq!(read.as_slice(), xor.as_slice());
    assert_eq!(XOR.as_slice(), xor.as_slice());
}

/// The moments of all trainable parameters, then what corrects them: after one step with the gradient −2, −2, −½, −1.
#[test]
fn a_training_state_saved_by_either_version_is_still_read() {
    const SAVED: &str = concat!(
        "4348524c02000200010000000a00000047000000",
        "6633323a2031203d3e20416666696e65203d3e2031203d3e20235b66726f7a656e5d20416666696e65203d3e2031203d3e",
        "20416666696e65203d3e20312077697468204164616d",
        "d0cc4cbed0cc4cbed0cc4cbdd0ccccbd0012833b0012833b001283390012833ad0cccc3d0012833a",
        "89452a4c",
    );
    const SAVED_1: &str = concat!(
        "4348524c01000200f382443767efba2d010000000a000000",
        "d0cc4cbed0cc4cbed0cc4cbdd0ccccbd0012833b0012833b001283390012833ad0cccc3d0012833a",
        "983b143a",
    );
    type Saved = Training<Line, Adam<f32>, 1>;
    let mut network = Line::from_array([0.5, 0.0, 1.0, 0.0, 2.0, 0.0]);
    let mut training = Saved::new(Adam::new(0.125));
    training.step(&mut network, &[[1.0]], &[SVector::from([2.0])]).unwrap();
    let mut state = [0; Saved::SAVED_BYTES];
    training.write_bytes(&mut state).unwrap();
    let hex: String = state.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, SAVED);
    assert_eq!(Saved::new(Adam::new(0.125)).read_bytes(&state), Ok(()));

    let state_1: Vec<u8> =
        (0..SAVED_1.len()).step_by(2).map(|at| u8::from_str_radix(&SAVED_1[at..at + 2], 16).unwrap()).collect();
    let mut read = Saved::new(Adam::new(0.125));
    assert_eq!(read.read_bytes(&state_1), Ok(()));
    assert_eq!(read.steps(), 1);
    let mut again = [0; Saved::SAVED_BYTES];
    read.write_bytes(&mut again).unwrap();
    assert_eq!(again, state);
}

fn version_1(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/saved/version_1/{name}.bin", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Every network was initialised with the seed 1.
fn assert_version_1_is_read<N: Network>(name: &str) {
    let saved = version_1(name);
    assert_eq!(saved[..8], *b"CHRL\x01\0\x01\0");
    let mut read = N::boxed();
    read.read_bytes(&saved).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(bytes(&**read), bytes(&**network::<N>(1)), "{name}");
}

#[test]
fn networks_saved_by_the_first_version_are_still_read() {
    assert_version_1_is_read::<Xor>("xor");
    assert_version_1_is_read::<Double>("double");
    assert_version_1_is_read::<Generic<f32, 3>>("generic");
    assert_version_1_is_read::<Everything<3>>("everything");
    let mut training = Training::<Everything<3>, Adam<f32>, 1>::new(Adam::new(0.125));
    assert_eq!(training.read_bytes(&version_1("state")), Ok(()));
    assert_eq!(training.steps(), 1);

    static OF_VERSION_1: Xor = include_network!(Xor, "../saved/version_1/xor.bin");
    assert_eq!(OF_VERSION_1.as_slice(), XOR.as_slice());
}

fn assert_refused(network: &mut Xor, bytes: &[u8], what: impl std::fmt::Debug) -> BytesError {
    let before = network.as_slice().to_vec();
    let error = network.read_bytes(bytes).expect_err(&format!("{what:?}"));
    assert!(network.as_slice() == before, "{what:?}");
    error
}

#[test]
fn every_flipped_bit_is_an_error_and_changes_nothing() {
    let good = bytes(&**network::<Xor>(1));
    let mut network = network::<Xor>(2);
    for bit in 0..8 * good.len() {
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        assert_refused(&mut network, &bad, bit);
    }
}

#[test]
fn every_truncation_is_an_error_and_so_is_every_byte_too_many() {
    let mut good = bytes(&**network::<Xor>(1));
    let mut network = network::<Xor>(2);
    good.push(0);
    for len in (0..good.len() - 1).chain([good.len()]) {
        let error = assert_refused(&mut network, &good[..len], len);
        assert_eq!(error, BytesError::Length { expected: Xor::SAVED_BYTES, found: len });
    }
}

proptest! {
    #[test]
    fn bytes_of_noise_are_an_error(noise in proptest::collection::vec(any::<u8>(), 0..300)) {
        assert_refused(&mut network::<Xor>(2), &noise, &noise);
    }

    #[test]
    fn damage_of_any_kind_is_an_error(start in 0usize..200, noise in proptest::collection::vec(any::<u8>(), 1..20)) {
        let mut bad = bytes(&**network::<Xor>(1));
        let good = bad.clone();
        for (byte, noise) in bad.iter_mut().skip(start).zip(&noise) {
            *byte = *noise;
        }
        if bad != good {
            assert_refused(&mut network::<Xor>(2), &bad, start);
        }
    }

    #[test]
    fn all_scalars_travel_bit_by_bit_even_those_that_are_no_numbers(bits in any::<[u32; 2]>()) {
        let mut from = Small::new();
        from.as_mut_slice().copy_from_slice(&bits.map(f32::from_bits));
        let mut to = Small::new();
        to.read_bytes(&bytes(&from)).unwrap();
        assert_eq!([to.as_slice()[0].to_bits(), to.as_slice()[1].to_bits()], bits);
    }
}

/// The text of the chain in saved bytes.
fn text(bytes: &[u8]) -> &str {
    let len = u32::from_le_bytes(bytes[16..20].try_into().unwrap()) as usize;
    std::str::from_utf8(&bytes[20..20 + len]).unwrap()
}

fn state<N: Network, O: Optimizer<N::Scalar>>(optimizer: O) -> Vec<u8> {
    let mut bytes = vec![0; Training::<N, O, 1>::SAVED_BYTES];
    Training::<N, O, 1>::new(optimizer).write_bytes(&mut bytes).unwrap();
    bytes
}

#[test]
fn saved_bytes_have_the_chain_as_one_would_write_it() {
    assert_eq!(text(&bytes(&Xor::new())), "f32: 2 => Affine => 8 => Tanh => Affine => 1");
    assert_eq!(text(&bytes(&Double::new())), "f64: 2 => Affine => 8 => LeakyRelu(0.01) => Affine => 1");
    let generic = "3 => Affine => 6 => LeakyRelu(0.01) => Elu(0.5) => Affine => 2 => Elu(1.0)";
    assert_eq!(text(&bytes(&Generic::<f32, 3>::new())), format!("f32: {generic}"));
    assert_eq!(text(&bytes(&Generic::<f64, 3>::new())), format!("f64: {generic}"));
    // Nothing is said of what is frozen, and names that the user gives to networks and numbers are not in it.
    assert_eq!(
        text(&bytes(&Everything::<5>::new())),
        "f32: 5 => LeakyRelu(0.2) => Affine => 6 => Scale<2>(0.5) => 6 => self::Gain<6> => 6 \
         => { Affine => 6 => LeakyRelu(0.01) => Elu(0.5) => Affine => 2 => Elu(1.0) } => 2 \
         => { Affine => 2 => Gelu } => 2 => Affine => 1",
    );
    assert_eq!(
        text(&state::<Everything<5>, _>(Nesterov::new(0.1, 0.9))),
        "f32: 5 => LeakyRelu(0.2) => #[frozen] Affine => 6 => Scale<2>(0.5) => 6 => self::Gain<6> => 6 \
         => { Affine => 6 => LeakyRelu(0.01) => Elu(0.5) => Affine => 2 => Elu(1.0) } => 2 \
         => #[frozen] { Affine => 2 => Gelu } => 2 => Affine => 1 with Nesterov",
    );
}

#[test]
fn every_kind_of_chain_comes_back_from_its_bytes() {
    fn assert_comes_back<N: Network>() {
        let (from, mut to) = (network::<N>(1), network::<N>(2));
        let saved = bytes(&**from);
        assert_eq!(saved.len(), N::SAVED_BYTES);
        to.read_bytes(&saved).unwrap();
        assert!(to.as_slice() == from.as_slice());
        // What fits nowhere is not written over.
        for len in (0..saved.len()).step_by(7) {
            assert!(to.read_bytes(&saved[..len]).is_err());
        }
    }
    assert_comes_back::<Xor>();
    assert_comes_back::<Double>();
    assert_comes_back::<Generic<f32, 3>>();
    assert_comes_back::<Generic<f64, 100>>();
    assert_comes_back::<Everything<3>>();
    assert_comes_back::<Nested>();
}

/// What is said where `N` is to read bytes of `M`.
fn assert_differs<N: Network, M: Network>(expected: &str) {
    let mut network = network::<N>(2);
    let before = bytes(&**network);
    let error = network.read_bytes(&bytes(&**self::network::<M>(1))).unwrap_err();
    assert_eq!(error.to_string(), format!("the bytes are of another chain: {expected}"));
    assert!(bytes(&**network) == before);
}

network! { Triple: 3 => Affine => Tanh => 8 => Affine => 1 }
network! { Deep: 2 => Affine => Tanh => 8 => Affine => 1 => Relu => Affine => 1 }
network! { Ends: 2 => Affine => Tanh => 8 => Affine => 1 => Sigmoid }
network! { Begins: 2 => Affine => 8 }
network! { One: 2 => Affine => 1 }
network! { Tenth: 2 => Affine => LeakyRelu(0.1) => 1 }
network! { Hundredth: 2 => Affine => LeakyRelu(0.01) => 1 }
network! { Named: 2 => Affine => LeakyRelu(TENTH) => 1 }
network! { Scaled: 2 => Affine => 1 => Scale<3>(0.5) => 1 }
network! { Elsewhere: 2 => Affine => 1 => Scale<2>(0.5) => 1 }
network! { LongName: 2 => Affine => 1 => a_module_with_a_long_name::äöüäöü::Scale<2>(0.5) => 1 }
network! { Nests<const N: usize>: 2 => Middle<N> => 3 => Affine => 1 }
network! { Middle<const N: usize>: 2 => Relu => Innermost<N> => 3 }
network! { Innermost<const N: usize>: 2 => Affine => N => Affine => 3 }
network! { NestsAnother: 2 => MiddleOfAnother => 3 => Affine => 1 }
network! { MiddleOfAnother: 2 => Relu => InnermostOfAnother => 3 }
network! { InnermostOfAnother: 2 => Affine => Tanh => 4 => Affine => 3 }
network! { NestsMore: 2 => MiddleWithMore => 3 => Affine => 1 }
network! { MiddleWithMore: 2 => Relu => Innermost<4> => 3 => Relu => Tanh }
const TENTH: f32 = 0.1;
mod a_module_with_a_long_name {
    pub mod äöüäöü {
        pub use super::super::Scale;
    }
}

#[test]
fn bytes_of_another_chain_are_an_error_that_says_what_differs() {
    assert_differs::<Xor, Double>("the scalar is `f64`, `f32` is expected");
    assert_differs::<Generic<f64, 3>, Generic<f32, 3>>("the scalar is `f32`, `f64` is expected");
    assert_differs::<Xor, Triple>("3 values go in, 2 are expected");
    assert_differs::<Small, Xor>("2 values go in, 1 is expected");
    assert_differs::<Xor, Small>("1 value goes in, 2 are expected");
    assert_differs::<Generic<f32, 31>, Generic<f32, 3>>("3 values go in, 31 are expected");
    assert_differs::<Generic<f32, 3>, Generic<f32, 31>>("31 values go in, 3 are expected");
    assert_differs::<Xor, Other>("layer 2 is `Relu`, `Tanh` is expected");
    assert_differs::<Xor, Wider>("layer 1 gives 9 values, 8 are expected");
    assert_differs::<Xor, One>("layer 1 gives 1 value, 8 are expected");
    assert_differs::<One, Xor>("layer 1 gives 8 values, 1 is expected");
    assert_differs::<Xor, Deep>("layer 4 is `Relu`, the end is expected");
    assert_differs::<Deep, Xor>("it ends before layer 4, `Relu`");
    assert_differs::<Xor, Ends>("layer 4 is `Sigmoid`, the end is expected");
    assert_differs::<Ends, Begins>("it ends before layer 2, `Tanh`");
    assert_differs::<Begins, Ends>("layer 2 is `Tanh`, the end is expected");
    assert_differs::<Tenth, Hundredth>("layer 2 is `LeakyRelu(0.01)`, `LeakyRelu(0.1)` is expected");
    assert_differs::<Hundredth, Named>("layer 2 is `LeakyRelu(0.1)`, `LeakyRelu(0.01)` is expected");
    assert_differs::<Elsewhere, Tenth>("layer 2 is `LeakyRelu(0.1)`, `Scale<2>(0.5)` is expected");
    assert_differs::<Elsewhere, Scaled>("layer 2 is `Scale<3>(0.5)`, `Scale<2>(0.5)` is expected");
    // Not in the middle of a letter.
    assert_differs::<Scaled, LongName>("layer 2 is `a_module_with_a_long_name::äö…`, `Scale<3>(0.5)` is expected");
    assert_differs::<Xor, Nested>("layer 1 is `{ Affine => 8 => Tanh }`, `Affine` is expected");
    assert_differs::<Nested, Xor>("layer 1 is `Affine`, `{ Affine => 8 => Tanh }` is expected");
    assert_differs::<Xor, Nests<12>>("layer 1 is `{ Relu => { Affine => 12 => Affi…`, `Affine` is expected");
    assert_differs::<Nests<4>, Nests<5>>("layer 1.2.1 gives 5 values, 4 are expected");
    assert_differs::<Nests<4>, NestsAnother>("layer 1.2.2 is `Tanh`, `Affine` is expected");
    assert_differs::<Nests<4>, NestsMore>("layer 1.3 is `Relu`, the end is expected");
    assert_differs::<NestsMore, Nests<4>>("it ends before layer 1.3, `Relu`");
}

#[test]
fn a_constant_is_read_where_its_value_is_written_and_the_other_way_round() {
    let mut named = Named::new();
    named.read_bytes(&bytes(&**network::<Tenth>(1))).unwrap();
    assert_eq!(named.as_slice(), network::<Tenth>(1).as_slice());
}

#[test]
fn a_difference_can_be_matched_on() {
    let error = Xor::new().read_bytes(&bytes(&**network::<Other>(1))).unwrap_err();
    let BytesError::Chain(other) = error else { panic!("{error}") };
    let ChainDifference::LayerName { layer, expected, found } = other.difference() else { panic!("{error}") };
    assert_eq!((layer.numbers(), layer.to_string()), (&[2][..], "2".to_owned()));
    assert_eq!((expected.as_str(), found.as_str()), ("Tanh", "Relu"));
    let error = Nests::<4>::new().read_bytes(&bytes(&**network::<NestsAnother>(1))).unwrap_err();
    let BytesError::Chain(other) = error else { panic!("{error}") };
    let ChainDifference::LayerName { layer, .. } = other.difference() else { panic!("{error}") };
    assert_eq!((layer.numbers(), layer.to_string()), (&[1, 2, 2][..], "1.2.2".to_owned()));
    assert!(size_of::<BytesError>() <= 128);
}

#[test]
fn bytes_of_another_chain_of_the_first_version_are_an_error_with_both_hashes() {
    let error = assert_refused(&mut network::<Xor>(2), &version_1("double"), "double");
    let BytesError::Hash { expected, found } = error else { panic!("{error}") };
    let message = format!("the bytes are of another chain: the hash is {found:016x}, not {expected:016x}");
    assert_eq!(error.to_string(), message);
}

#[test]
fn bytes_of_another_kind_or_version_are_an_error() {
    let mut xor = network::<Xor>(2);
    let error = assert_refused(&mut xor, &state::<Xor, _>(Adam::new(0.1)), "state");
    assert_eq!(error, BytesError::Kind { expected: 1, found: 2 });
    assert_eq!(error.to_string(), "a network is expected, found the state of training");
    let mut training = Training::<Xor, Adam<f32>, 1>::new(Adam::new(0.1));
    let error = training.read_bytes(&bytes(&**xor)).unwrap_err();
    assert_eq!(error.to_string(), "the state of training is expected, found a network");
    for found in [0, 3, 256] {
        let mut other = bytes(&**network::<Xor>(1));
        other[4..6].copy_from_slice(&u16::to_le_bytes(found));
        let error = assert_refused(&mut xor, &other, "newer");
        assert_eq!(error, BytesError::Version { expected: 2, found });
    }
    let error = assert_refused(&mut xor, b"\x89PNG\r\n", "picture");
    assert_eq!(error.to_string(), "these are no saved bytes: they begin with 89504e47, not with `CHRL`");
}

#[test]
fn damage_is_not_taken_for_another_chain() {
    let good = bytes(&**network::<Xor>(1));
    let mut network = network::<Xor>(2);
    for at in 8..good.len() {
        for changed in [good[at] ^ 1, good[at] ^ 0x80, b' ', b'9', b'}'] {
            let mut bad = good.clone();
            bad[at] = changed;
            if bad != good {
                let error = assert_refused(&mut network, &bad, at);
                assert!(matches!(error, BytesError::Checksum { .. }), "{at}: {error}");
            }
        }
    }
}

/// CRC-32 as zip has it.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

/// Bytes as another program might write them, with a checksum that is right.
fn written(text: &[u8], scalars: &[u8]) -> Vec<u8> {
    let mut bytes = b"CHRL\x02\0\x01\0\0\0\0\0\x21\0\0\0".to_vec();
    bytes.extend((text.len() as u32).to_le_bytes());
    bytes.extend(text);
    bytes.extend(scalars);
    bytes.extend(checksum(&bytes).to_le_bytes());
    bytes
}

#[test]
fn what_another_program_writes_in_this_format_is_read() {
    let xor = network::<Xor>(1);
    let scalars: Vec<u8> = xor.as_slice().iter().flat_map(|w| w.to_le_bytes()).collect();
    assert_eq!(written(b"f32: 2 => Affine => 8 => Tanh => Affine => 1", &scalars), bytes(&**xor));
}

#[test]
fn a_text_that_is_no_chain_is_an_error_that_says_where() {
    let mut xor = network::<Xor>(2);
    for (text, at) in [
        ("", 0),
        ("Xor", 0),
        ("f32", 3),
        ("f32: ", 5),
        ("f32: two => Affine => 8 => Tanh => Affine => 1", 5),
        ("f32: 2", 6),
        ("f32: 2 -> Affine => 8 => Tanh => Affine => 1", 6),
        ("f32: 2 => ", 10),
        ("f32: 2 =>  Affine => 8 => Tanh => Affine => 1", 10),
        ("f32: 2 => #[frozen] Affine => 8 => Tanh => Affine => 1", 20),
        ("f32: 2 => Affine => Tanh => 8 => Affine => 1", 20),
        ("f32: 2 => Affine", 16),
        ("f32: 2 => Affine => 8 => Tanh => 8 => Affine => 1", 33),
        ("f32: 2 => Affine => 8 => Tanh => Affine => 1 with Adam", 44),
        ("f32: 2 => Affine => 8 => Tanh => Affine => 1 }", 44),
        ("f32: 2 => Affine => 8 => Tanh => Affine => 1 ", 44),
        ("f32: 2 => Affine => 8 => Tanh => Affine => 1 => 1", 48),
    ] {
        let error = assert_refused(&mut xor, &written(text.as_bytes(), &[0; 4 * 33]), text);
        let BytesError::Chain(other) = error else { panic!("{text:?}: {error}") };
        assert_eq!(other.difference(), ChainDifference::Text { at }, "{text:?}: {error}");
    }
    let error = assert_refused(&mut xor, &written(b"f32: 2 ", &[]), "short");
    assert_eq!(error.to_string(), "the bytes are of another chain: its text is no chain from byte 6 on");
}

proptest! {
    /// The checksum is right, so that the text is looked at.
    #[test]
    fn any_text_but_the_right_one_is_an_error(noise in proptest::collection::vec(any::<u8>(), 0..80)) {
        assert_refused(&mut network::<Xor>(2), &written(&noise, &[0; 4 * 33]), &noise);
    }

    #[test]
    fn any_change_of_the_text_is_an_error(
        start in 0usize..60,
        len in 0usize..8,
        words in proptest::collection::vec(0usize..14, 0..4),
    ) {
        let good = b"f32: 2 => Affine => 8 => Tanh => Affine => 1";
        let (start, end) = (start.min(good.len()), (start + len).min(good.len()));
        let between = words.iter().map(|&word| {
            ["{", "}", " ", " => ", "2", "8", "Affine", "Tanh", "#[frozen]", " with ", "f32", ": ", "{ ", "ä"][word]
        });
        let text = [&good[..start], between.collect::<String>().as_bytes(), &good[end..]].concat();
        if text != good {
            assert_refused(&mut network::<Xor>(2), &written(&text, &[0; 4 * 33]), &text);
            let _ = Nests::<4>::new().read_bytes(&written(&text, &[0; 4 * 33])).unwrap_err();
        }
    }
}

#[test]
fn a_network_is_read_by_one_with_another_name_loss_and_frozen_layers() {
    let xor = network::<Xor>(1);
    let mut pretrained = Pretrained::new();
    pretrained.read_bytes(&bytes(&**xor)).unwrap();
    assert_eq!(pretrained.as_slice(), xor.as_slice());
}

#[test]
fn a_buffer_that_is_too_short_is_an_error_and_stays_as_it_is() {
    let xor = network::<Xor>(1);
    let mut short = [7; Xor::SAVED_BYTES - 1];
    let error = BytesError::Length { expected: Xor::SAVED_BYTES, found: short.len() };
    assert_eq!(xor.write_bytes(&mut short), Err(error));
    assert!(short.iter().all(|&byte| byte == 7));
    assert_eq!(error.to_string(), "200 bytes are expected, found 199");
    let mut long = [7; Xor::SAVED_BYTES + 3];
    assert_eq!(xor.write_bytes(&mut long).unwrap().len(), Xor::SAVED_BYTES);
    assert_eq!(long[Xor::SAVED_BYTES..], [7; 3]);
}

#[test]
fn a_training_state_of_another_optimiser_or_with_other_frozen_layers_is_an_error_that_says_which() {
    fn read<N: Network<Scalar = f32>, O: Optimizer<f32>>(optimizer: O, bytes: &[u8]) -> String {
        let mut training = Training::<N, O, 1>::new(optimizer);
        let error = training.read_bytes(bytes).unwrap_err().to_string();
        error.strip_prefix("the bytes are of another ").unwrap().to_owned()
    }
    let momentum = Momentum::new(0.1, 0.9);
    let state = state::<Xor, _>(momentum);
    let nesterov = read::<Xor, _>(Nesterov::new(0.1, 0.9), &state);
    assert_eq!(nesterov, "training: the optimiser is `Momentum`, `Nesterov` is expected");
    let adam = read::<Xor, _>(AdamW::new(Adam::new(0.1), 0.1), &state);
    assert_eq!(adam, "training: the optimiser is `Momentum`, `Adam` is expected");
    let frozen = read::<Pretrained, _>(momentum, &state);
    assert_eq!(frozen, "training: layer 1 is trained, and expected to be frozen");
    let trained = read::<Xor, _>(momentum, &self::state::<Pretrained, _>(momentum));
    assert_eq!(trained, "training: layer 1 is frozen, and expected to be trained");
    assert_eq!(read::<Other, _>(momentum, &state), "chain: layer 2 is `Tanh`, `Relu` is expected");
    // The capacity and the settings are not part of the state.
    assert_eq!(Training::<Xor, Momentum<f32>, 4>::new(Momentum::new(0.2, 0.5)).read_bytes(&state), Ok(()));
}

#[test]
fn what_is_frozen_within_a_network_counts_for_the_state_unless_all_of_it_is_frozen() {
    network! { Plain: 2 => Trained => 2 => Affine => MseLoss => 1 }
    network! { Within: 2 => Partly => 2 => Affine => MseLoss => 1 }
    network! { Around: 2 => #[frozen] Trained => 2 => Affine => MseLoss => 1 }
    network! { Both: 2 => #[frozen] Partly => 2 => Affine => MseLoss => 1 }
    network! { Trained: 2 => Affine => 2 => Affine => 2 }
    network! { Partly: 2 => Affine => 2 => #[frozen] Affine => 2 }
    fn read<N: Network<Scalar = f32>>(bytes: &[u8]) -> Result<(), String> {
        let mut training = Training::<N, Adam<f32>, 1>::new(Adam::new(0.1));
        training.read_bytes(bytes).map_err(|error| error.to_string())
    }
    let saved = state::<Partly, _>(Adam::new(0.1));
    assert!(text(&saved).contains("=> #[frozen] Affine"));
    let error = "the bytes are of another training: layer 1.2 is trained, and expected to be frozen";
    assert_eq!(read::<Within>(&state::<Plain, _>(Adam::new(0.1))), Err(error.to_owned()));
    assert_eq!(read::<Both>(&state::<Around, _>(Adam::new(0.1))), Ok(()));
}

/// 1000 steps at a stretch, and 500 steps, the power off, 500 steps.
fn assert_goes_on<O: Optimizer<f32> + Copy>(optimizer: O) {
    type Net = Pretrained;
    let inputs = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]].map(SVector::from);
    let targets = [[0.0], [1.0], [1.0], [0.0]].map(SVector::from);
    let fresh = || {
        let mut training = Training::<Net, O, 3>::boxed(optimizer);
        training.schedule = Schedule::cosine(900, 0.01).warm_up(50);
        training.clip = Clip::Norm(0.5);
        training
    };
    let run = |network: &mut Net, training: &mut Training<Net, O, 3>, steps: usize| {
        for _ in 0..steps {
            training.step(network, &inputs, &targets).unwrap();
        }
    };

    let (mut straight, mut training) = (network::<Net>(5), fresh());
    run(&mut straight, &mut training, 1000);

    let (mut first, mut before) = (network::<Net>(5), fresh());
    run(&mut first, &mut before, 500);
    let mut state = vec![0; Training::<Net, O, 3>::SAVED_BYTES];
    before.write_bytes(&mut state).unwrap();
    let parameters = bytes(&**first);
    drop((first, before));

    let (mut second, mut after) = (network::<Net>(99), fresh());
    run(&mut second, &mut after, 3);
    second.read_bytes(&parameters).unwrap();
    after.read_bytes(&state).unwrap();
    assert_eq!(after.steps(), 500);
    run(&mut second, &mut after, 500);
    let bits = |network: &Net| network.as_slice().iter().map(|w| w.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&second), bits(&straight), "{}", O::NAME);
    assert_eq!(after.steps(), 1000);
}

#[test]
fn training_goes_on_after_power_off_as_if_it_had_never_stopped() {
    assert_goes_on(Sgd::new(0.1));
    assert_goes_on(Momentum::new(0.1, 0.9));
    assert_goes_on(Nesterov::new(0.1, 0.9));
    assert_goes_on(AdaGrad::new(0.1));
    assert_goes_on(RmsProp::new(0.01));
    assert_goes_on(Adadelta::new());
    assert_goes_on(Adam::new(0.01));
    assert_goes_on(AdamW::new(Adam::new(0.01), 0.01));
}

static HALF: Small = Small::from_array([0.5, -1.0]);
static BY_LAYERS: Xor = Xor {
    affine1: Affine::from_columns([[1.0; 8], [2.0; 8]], [3.0; 8]),
    affine2: Affine::from_columns([[4.0]; 8], [5.0]),
};

#[test]
fn weights_are_constants_from_an_array_or_layer_by_layer() {
    assert_eq!((HALF.affine1.weight[0], HALF.affine1.bias[0]), (0.5, -1.0));
    assert_eq!(BY_LAYERS.as_slice()[..9], [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0]);
    assert_eq!(BY_LAYERS.as_slice()[31..], [4.0, 5.0]);
}

network! { FirstFrozen: 3 => #[frozen] Affine => 3 => Affine => MseLoss => 3 }
network! { LastFrozen: 3 => Affine => 3 => #[frozen] Affine => MseLoss => 3 }

#[test]
fn a_training_state_with_as_many_parameters_frozen_elsewhere_is_an_error() {
    let mut state = [0; Training::<FirstFrozen, Momentum<f32>, 1>::SAVED_BYTES];
    Training::<FirstFrozen, Momentum<f32>, 1>::new(Momentum::new(0.1, 0.9)).write_bytes(&mut state).unwrap();
    let outcome = Training::<LastFrozen, Momentum<f32>, 1>::new(Momentum::new(0.1, 0.9)).read_bytes(&state);
    assert!(matches!(outcome, Err(BytesError::Chain { .. })), "{outcome:?}");
}

activation! { Twice(x) = 2 * x }
activation! { Thrice(x) = 3 * x }
network! { OfTwice: 2 => Affine => 3 => Twice => Affine => 1 }
network! { OfThrice: 2 => Affine => 3 => Thrice => Affine => 1 }

#[test]
fn bytes_of_a_chain_with_another_layer_of_the_users_own_are_an_error() {
    let outcome = OfThrice::new().read_bytes(&bytes(&**network::<OfTwice>(1)));
    assert!(matches!(outcome, Err(BytesError::Chain { .. })), "{outcome:?}");
}

/// CRC-32 of Ethernet and zip.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

#[test]
fn the_counter_of_steps_stays_at_its_end_and_no_warm_up_begins_again() {
    type Saved = Training<Xor, Sgd<f32>, 1>;
    let mut state = [0; Saved::SAVED_BYTES];
    Saved::new(Sgd::new(0.1)).write_bytes(&mut state).unwrap();
    state[8..12].copy_from_slice(&u32::MAX.to_le_bytes());
    let end = state.len() - 4;
    let checksum = crc(&state[..end]);
    state[end..].copy_from_slice(&checksum.to_le_bytes());

    let mut training = Saved::new(Sgd::new(0.1));
    training.read_bytes(&state).unwrap();
    training.update(&mut network::<Xor>(1)).unwrap();
    assert_eq!(training.steps(), u32::MAX);
}
