//! Networks and training states as bytes.

use chainrule::layers::Affine;
use chainrule::optim::Optimizer;
use chainrule::prelude::*;
use proptest::prelude::{any, proptest};

network! { Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }
network! { Other: 2 => Affine => Relu => 8 => Affine => SigmoidLoss => 1 }
network! { Wider: 2 => Affine => Tanh => 9 => Affine => SigmoidLoss => 1 }
network! { Double<f64>: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }
network! { Pretrained: 2 => #[frozen] Affine => Tanh => 8 => Affine => MseLoss => 1 }
network! { Nested: 2 => Inner => 8 => Affine => SigmoidLoss => 1 }
network! { Inner: 2 => Affine => Tanh => 8 }
network! { Small: 1 => Affine => 1 }
network! { Line: 1 => Affine => 1 => #[frozen] Affine => 1 => Affine => MseLoss => 1 }

static XOR: Xor = chainrule::include_network!(Xor, "../saved/xor.bin");

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

/// The file that `include_network!` reads, and the format of version 1, must stay what they are.
#[test]
fn a_network_saved_by_the_first_version_is_still_read() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/saved/xor.bin");
    let xor = network::<Xor>(1);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(path, bytes(&**xor)).unwrap();
    }
    let saved = std::fs::read(path).unwrap();
    assert_eq!(saved, bytes(&**xor));
    assert_eq!(saved[..8], *b"CHRL\x01\0\x01\0");
    let mut read = Xor::new();
    read.read_bytes(&saved).unwrap();
    assert_eq!(read.as_slice(), xor.as_slice());
    assert_eq!(XOR.as_slice(), xor.as_slice());
}

/// The moments of all trainable parameters, then what corrects them: after one step with the gradient −2, −2, −½, −1.
#[test]
fn a_training_state_saved_by_the_first_version_is_still_read() {
    const SAVED: &str = concat!(
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
    fn damage_of_any_kind_is_an_error(start in 0usize..160, noise in proptest::collection::vec(any::<u8>(), 1..20)) {
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

#[test]
fn bytes_of_another_chain_are_an_error_that_names_both_hashes() {
    let mut xor = network::<Xor>(2);
    for foreign in [
        bytes(&**network::<Other>(1)),
        bytes(&**network::<Wider>(1)),
        bytes(&**network::<Double>(1)),
        bytes(&**network::<Nested>(1)),
    ] {
        let error = assert_refused(&mut xor, &foreign, "foreign");
        assert!(matches!(error, BytesError::Chain { expected, found } if expected != found), "{error}");
    }
    let training = Training::<Xor, Adam<f32>, 1>::new(Adam::new(0.1));
    let mut state = [0; Training::<Xor, Adam<f32>, 1>::SAVED_BYTES];
    training.write_bytes(&mut state).unwrap();
    let error = assert_refused(&mut xor, &state, "state");
    assert_eq!(error, BytesError::Kind { expected: 1, found: 2 });
    assert_eq!(error.to_string(), "a network is expected, found the state of training");
    let mut newer = bytes(&**network::<Xor>(1));
    newer[4] = 2;
    assert_eq!(assert_refused(&mut xor, &newer, "newer"), BytesError::Version { expected: 1, found: 2 });
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
    assert_eq!(error.to_string(), "160 bytes are expected, found 159");
    let mut long = [7; Xor::SAVED_BYTES + 3];
    assert_eq!(xor.write_bytes(&mut long).unwrap().len(), Xor::SAVED_BYTES);
    assert_eq!(long[Xor::SAVED_BYTES..], [7; 3]);
}

#[test]
fn a_training_state_of_another_optimiser_or_with_other_frozen_layers_is_an_error() {
    type Saved = Training<Xor, Momentum<f32>, 1>;
    let mut state = [0; Saved::SAVED_BYTES];
    Saved::new(Momentum::new(0.1, 0.9)).write_bytes(&mut state).unwrap();
    let refused = [
        Training::<Xor, Nesterov<f32>, 1>::new(Nesterov::new(0.1, 0.9)).read_bytes(&state),
        Training::<Xor, AdaGrad<f32>, 1>::new(AdaGrad::new(0.1)).read_bytes(&state),
        Training::<Xor, Adam<f32>, 1>::new(Adam::new(0.1)).read_bytes(&state),
        Training::<Pretrained, Momentum<f32>, 1>::new(Momentum::new(0.1, 0.9)).read_bytes(&state),
    ];
    assert!(refused.iter().all(|outcome| matches!(outcome, Err(BytesError::Chain { .. }))), "{refused:?}");
    // The capacity and the settings are not part of the state.
    assert_eq!(Training::<Xor, Momentum<f32>, 4>::new(Momentum::new(0.2, 0.5)).read_bytes(&state), Ok(()));
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
