//! Mini-batches out of a data set.
#![allow(unsafe_code)]

use core::mem::MaybeUninit;
use core::slice;

use crate::error::LengthMismatch;
use crate::init::Rng;
use crate::kernels::{Available, prefetch};
use crate::memory::{Aligned, AtLeastOneSample, Capacity, assert_capacity};
use crate::params::{Zeroable, zeroed};
use crate::samples::{Gathers, Kind, Sample, Samples, ScaledFrom};
use crate::scalar::Scalar;
use crate::shape::Width;

/// The order in which one epoch visits the samples of a data set: every index below the length once.
///
/// A shuffled order takes no memory: it is a permutation that is computed index by index.
///
/// ```
/// use chainrule::prelude::*;
///
/// assert!(Order::in_order(4).eq([0, 1, 2, 3]));
/// let mut order: Vec<usize> = Order::shuffled(1000, &mut Rng::new(7)).collect();
/// assert_ne!(order[..3], [0, 1, 2]);
/// order.sort();
/// assert!(order.into_iter().eq(0..1000));
/// ```
#[derive(Clone, Debug)]
pub struct Order {
    next: u32,
    len: u32,
    shuffle: Option<Permutation>,
}

impl Order {
    /// From the first sample to the last. Data sets have at most 2³² − 1 samples.
    pub fn in_order(len: usize) -> Self {
        Self { next: 0, len: u32::try_from(len).unwrap_or(u32::MAX), shuffle: None }
    }

    /// In random order, another one for every call with the same generator.
    pub fn shuffled(len: usize, rng: &mut Rng) -> Self {
        let order = Self::in_order(len);
        Self { shuffle: Some(Permutation::new(order.len, rng)), ..order }
    }
}

impl Iterator for Order {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.next >= self.len {
            return None;
        }
        let index = match &self.shuffle {
            None => self.next,
            Some(permutation) => permutation.apply(self.next, self.len),
        };
        self.next += 1;
        Some(index as usize)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.len.saturating_sub(self.next) as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Order {}

/// A random permutation of the numbers below a length: a Feistel network over the smallest even number of
/// bits that holds them, applied until the result is below the length.
///
/// # Source
/// Luby and Rackoff, *How to construct pseudorandom permutations from pseudorandom functions*, SIAM Journal on
/// Computing 17 (1988); Black and Rogaway, *Ciphers with arbitrary finite domains*, CT-RSA 2002, section 3.
#[derive(Clone, Debug)]
struct Permutation {
    half: u32,
    keys: [u32; 6],
}

impl Permutation {
    fn new(len: u32, rng: &mut Rng) -> Self {
        let bits = u32::BITS - len.saturating_sub(1).leading_zeros();
        Self { half: bits.div_ceil(2).max(1), keys: core::array::from_fn(|_| rng.below(u32::MAX)) }
    }

    #[inline]
    fn apply(&self, mut x: u32, len: u32) -> u32 {
        let mask = (1 << self.half) - 1;
        loop {
            let (mut left, mut right) = (x >> self.half, x & mask);
            for key in self.keys {
                (left, right) = (right, left ^ (mix(right ^ key) & mask));
            }
            x = left << self.half | right;
            if x < len {
                return x;
            }
        }
    }
}

/// Spreads every bit of x over all bits: the finaliser of MurmurHash3 (Appleby 2011).
#[inline]
fn mix(mut x: u32) -> u32 {
    x = (x ^ x >> 16).wrapping_mul(0x85eb_ca6b);
    x = (x ^ x >> 13).wrapping_mul(0xc2b2_ae35);
    x ^ x >> 16
}

/// A mini-batch of up to `B` samples, collected from a data set in an [`Order`].
///
/// ```
/// use chainrule::prelude::*;
///
/// let inputs = [[1.0], [2.0], [3.0], [4.0], [5.0]];
/// let targets = inputs.map(|[x]| [2.0 * x]);
///
/// let mut batch = Batch::<_, _, 2>::new();
/// let mut order = Order::shuffled(inputs.len(), &mut Rng::new(1));
/// let mut sizes = vec![];
/// while let Some((x, d)) = batch.gather(&mut order, &inputs, &targets)? {
///     sizes.push(x.len());
/// }
/// assert_eq!(sizes, [2, 2, 1]);
/// # Ok::<(), LengthMismatch>(())
/// ```
#[derive(Debug)]
pub struct Batch<X, Y, const B: usize> {
    inputs: Aligned<[MaybeUninit<X>; B]>,
    targets: Aligned<[MaybeUninit<Y>; B]>,
}

/// How many samples are asked for before they are copied.
const AHEAD: usize = 4;

/// The inputs and targets of a mini-batch.
type Gathered<'a, X, Y> = (&'a [X], &'a [Y]);

// SAFETY: nothing is taken for a sample before one was written, unless zeros are one.
#[diagnostic::do_not_recommend]
unsafe impl<X, Y, const B: usize> Zeroable for Batch<X, Y, B> {}

impl<X, Y, const B: usize> Batch<X, Y, B> {
    /// An empty mini-batch for a static or, if the samples are small, a local variable.
    pub const fn new<CapacityIsAtLeastOne>() -> Self
    where
        Capacity<B>: AtLeastOneSample<CapacityIsAtLeastOne>,
    {
        const { assert_capacity(B) };
        zeroed()
    }

    /// An empty mini-batch on the heap, made in place.
    #[cfg(feature = "alloc")]
    pub fn boxed<CapacityIsAtLeastOne>() -> alloc::boxed::Box<Self>
    where
        Capacity<B>: AtLeastOneSample<CapacityIsAtLeastOne>,
    {
        const { assert_capacity(B) };
        crate::params::zeroed_box()
    }

    /// The next samples in `order`, written in place by `load`, which is given each one's index; at most `B`,
    /// fewer at the end, `None` when the order has come to its end.
    pub fn fill(
        &mut self,
        order: &mut impl Iterator<Item = usize>,
        mut load: impl FnMut(usize, &mut X, &mut Y),
    ) -> Option<Gathered<'_, X, Y>>
    where
        X: Zeroable,
        Y: Zeroable,
    {
        let mut len = 0;
        for (x, y) in self.inputs.iter_mut().zip(self.targets.iter_mut()) {
            let Some(index) = order.next() else { break };
            // SAFETY: both are what was written last or else zeros, which `Zeroable` promises to be a value.
            let (x, y) = unsafe { (x.assume_init_mut(), y.assume_init_mut()) };
            load(index, x, y);
            len += 1;
        }
        self.first(len)
    }

    /// The next samples in `order` out of two slices; at most `B`, fewer at the end, `None` when the order
    /// has come to its end. An index that the slices do not have is passed over.
    ///
    /// # Errors
    /// [`LengthMismatch`] if the slices are not of the same length.
    pub fn gather<I, D>(
        &mut self,
        order: &mut impl Iterator<Item = usize>,
        inputs: &I,
        targets: &D,
    ) -> Result<Option<Gathered<'_, X, Y>>, LengthMismatch>
    where
        I: Samples<Item = X> + ?Sized,
        D: Samples<Item = Y> + ?Sized,
        Width<B>: Gathers<X, I::Kind> + Gathers<Y, D::Kind>,
    {
        self.collect::<X, D::Kind>(order, inputs.items(), targets.items(), |from, x| {
            Width::<B>::copy(from).map(|copy| x.write(copy)).is_some()
        })
    }

    /// As [`gather`](Self::gather) out of inputs that are whole numbers q, such as the bytes of images: of each,
    /// x = `scale` · q + `shift`. A data set then takes a quarter of the memory that it takes as `f32`, and comes from
    /// there in a quarter of the time.
    ///
    /// ```
    /// use chainrule::prelude::*;
    ///
    /// let images = [[0u8, 51, 255], [102, 153, 204]];
    /// let labels = [0, 1].map(|label| Class::<2>::new(label).unwrap());
    /// let mut batch = Batch::<[f32; 3], _, 2>::new();
    /// let gathered = batch.gather_scaled(&mut Order::in_order(2), &images, &labels, 1.0 / 255.0, 0.0)?;
    /// let (x, _) = gathered.unwrap();
    /// assert!((SVector::from(x[1]) - SVector::from([0.4, 0.6, 0.8])).amax() < 1e-6);
    /// # Ok::<(), LengthMismatch>(())
    /// ```
    ///
    /// # Errors
    /// [`LengthMismatch`] if the slices are not of the same length.
    pub fn gather_scaled<I, D, T>(
        &mut self,
        order: &mut impl Iterator<Item = usize>,
        inputs: &I,
        targets: &D,
        scale: T,
        shift: T,
    ) -> Result<Option<Gathered<'_, X, Y>>, LengthMismatch>
    where
        I: Samples + ?Sized,
        D: Samples<Item = Y> + ?Sized,
        X: Sample + Zeroable,
        X::Kind: ScaledFrom<I::Kind, Scalar = T>,
        Width<B>: Gathers<Y, D::Kind>,
        T: Scalar,
    {
        let at = Available::current();
        self.collect::<_, D::Kind>(order, inputs.samples(), targets.items(), |from, x| {
            // SAFETY: what was written last or else zeros, which `Zeroable` promises to be a value.
            let x = X::all_mut(slice::from_mut(unsafe { x.assume_init_mut() }));
            x.first_mut().map(|x| X::Kind::scale(at, from, (scale, shift), x)).is_some()
        })
    }

    /// Copies the next samples in `order`, the inputs by `load`, which says whether it has written one.
    fn collect<Q, K: Kind>(
        &mut self,
        order: &mut impl Iterator<Item = usize>,
        inputs: &[Q],
        targets: &[Y],
        load: impl Fn(&Q, &mut MaybeUninit<X>) -> bool,
    ) -> Result<Option<Gathered<'_, X, Y>>, LengthMismatch>
    where
        Width<B>: Gathers<Y, K>,
    {
        LengthMismatch::check(inputs.len(), targets.len(), "targets")?;
        let mut left = B;
        let mut inside = order.filter_map(|index| inputs.get(index).zip(targets.get(index))).fuse();
        // Samples in random order lie far away: each is asked for while those before it are copied.
        let mut ask = || {
            left = left.checked_sub(1)?;
            let (x, y) = inside.next()?;
            prefetch(x);
            Some((x, y))
        };
        let mut asked: [_; AHEAD] = core::array::from_fn(|_| ask());
        let mut len = 0;
        for ((x, y), next) in self.inputs.iter_mut().zip(self.targets.iter_mut()).zip((0..AHEAD).cycle()) {
            let Some(place) = asked.get_mut(next) else { break };
            let Some((from_x, from_y)) = core::mem::replace(place, ask()) else { break };
            let Some(copy) = <Width<B> as Gathers<Y, K>>::copy(from_y) else { break };
            if !load(from_x, x) {
                break;
            }
            y.write(copy);
            len += 1;
        }
        Ok(self.first(len))
    }

    /// The first samples, if there is one; each of them has been written.
    fn first(&self, len: usize) -> Option<Gathered<'_, X, Y>> {
        let (inputs, targets) = self.inputs.get(..len).zip(self.targets.get(..len)).filter(|_| len > 0)?;
        // SAFETY: a `MaybeUninit` is what it may be, and all of these have been written.
        Some(unsafe { (&*(inputs as *const [_] as *const [X]), &*(targets as *const [_] as *const [Y])) })
    }
}

impl<X, Y, const B: usize> Default for Batch<X, Y, B> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::init::tests::assert_orders_are_equally_likely;

    #[test]
    fn a_shuffled_order_visits_every_sample_once_whatever_the_length() {
        for len in (0..70).chain([255, 256, 257, 1000]) {
            let mut seen = [false; 1000];
            let order = Order::shuffled(len, &mut Rng::new(len as u64));
            assert_eq!(order.len(), len);
            for index in order {
                assert!(!core::mem::replace(&mut seen[index], true), "{index} twice of {len}");
            }
            assert_eq!(seen.iter().filter(|&&seen| seen).count(), len);
        }
    }

    #[test]
    fn every_sample_comes_at_every_place_equally_often() {
        let mut counts = [[0u32; 10]; 10];
        let mut rng = Rng::new(1);
        for _ in 0..10_000 {
            for (place, index) in Order::shuffled(10, &mut rng).enumerate() {
                counts[place][index] += 1;
            }
        }
        // 1000 expected, standard deviation 30
        assert!(counts.iter().flatten().all(|&n| n.abs_diff(1000) < 150), "{counts:?}");
    }

    #[test]
    fn every_order_of_a_small_set_comes_up_equally_often() {
        let mut rng = Rng::new(1);
        assert_orders_are_equally_likely(|| {
            let mut order = Order::shuffled(4, &mut rng);
            core::array::from_fn(|_| order.next().unwrap())
        });
    }

    #[test]
    fn an_order_is_not_asked_beyond_its_end() {
        let data: Vec<[f32; 1]> = (0..16).map(|i| [i as f32]).collect();
        let mut batch = Batch::<[f32; 1], [f32; 1], 40>::new();
        let mut asked = 0;
        // It ends after 8 samples and would then begin again.
        let mut order = core::iter::from_fn(|| {
            asked += 1;
            (asked % 9 != 0).then_some(asked % 9)
        });
        for _ in 0..3 {
            let (x, _) = batch.gather(&mut order, &data, &data).unwrap().unwrap();
            assert_eq!(x, [[1.0], [2.0], [3.0], [4.0], [5.0], [6.0], [7.0], [8.0]]);
        }
        assert_eq!(asked, 27);
    }

    #[test]
    fn a_mini_batch_that_is_filled_holds_what_was_loaded_and_nothing_else() {
        let mut batch = Batch::<f32, f32, 3>::new();
        let mut order = Order::in_order(5);
        let mut fill = || {
            let filled = batch.fill(&mut order, |index, x, y| (*x, *y) = (index as f32, -(index as f32)));
            filled.map(|(x, y)| (x.to_vec(), y.to_vec()))
        };
        assert_eq!(fill(), Some((vec![0.0, 1.0, 2.0], vec![0.0, -1.0, -2.0])));
        assert_eq!(fill(), Some((vec![3.0, 4.0], vec![-3.0, -4.0])));
        assert_eq!(fill(), None);
    }

    #[test]
    fn mini_batches_of_an_order_leave_nothing_out() {
        let data: Vec<[f32; 1]> = (0..11).map(|i| [i as f32]).collect();
        let mut batch = Batch::<[f32; 1], [f32; 1], 3>::new();
        let (mut order, mut seen) = (Order::in_order(11), Vec::new());
        while let Some((x, y)) = batch.gather(&mut order, &data, &data).unwrap() {
            assert_eq!(x, y);
            seen.extend_from_slice(x);
        }
        assert_eq!(seen, data);
    }

    #[test]
    fn whole_numbers_are_scaled_and_then_shifted() {
        let mut batch = Batch::<[f32; 2], [f32; 1], 1>::new();
        let gathered = batch.gather_scaled(&mut Order::in_order(1), &[[4u8, 8]], &[[1.0]], 0.5, 10.0);
        assert_eq!(gathered, Ok(Some((&[[12.0, 14.0]][..], &[[1.0]][..]))));
    }

    #[test]
    fn slices_of_different_lengths_are_an_error_and_foreign_indices_are_passed_over() {
        let mut batch = Batch::<_, _, 4>::new();
        let mismatch = batch.gather(&mut Order::in_order(2), &[[1.0], [2.0]], &[[1.0]]).unwrap_err();
        assert_eq!(mismatch, LengthMismatch { inputs: 2, others: 1, of: "targets" });
        let (x, _) = batch.gather(&mut [5, 1, 9].into_iter(), &[[1.0], [2.0]], &[[3.0], [4.0]]).unwrap().unwrap();
        assert_eq!(x, [[2.0]]);
    }
}
