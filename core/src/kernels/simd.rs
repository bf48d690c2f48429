//! What the kernels ask of a vector unit.
#![allow(unsafe_op_in_unsafe_fn)]

/// No vector has more lanes.
pub(super) const MAX_LANES: usize = 16;

/// Vectors of one scalar on one instruction set.
///
/// # Safety
/// Every function may run only where the machine has the instruction set, and is fast only where it is
/// inlined into a function that has it enabled. Pointers are good for as many elements as the name says:
/// [`LANES`](Self::LANES), or `n` for the partial forms; none needs an alignment beyond the scalar's.
pub trait Simd: Copy {
    /// The scalar.
    type T: Copy + PartialEq;
    /// A vector of them.
    type V: Copy;
    /// The vectors for a stream whose columns do not begin where vectors do: half of the wider ones would lie
    /// across two lines of the cache.
    type Narrow: Simd<T = Self::T>;
    /// How many there are in it.
    const LANES: usize = size_of::<Self::V>() / size_of::<Self::T>();
    /// How wide, in columns, a block of the result is that stays in registers.
    const COLUMNS: usize;
    /// How high it is, in vectors.
    const HEIGHT: usize;
    /// From which distance between the columns of a matrix, in bytes, it pays to copy a strip as high as the block: the
    /// strip then fills whole lines of the cache and stays in it. A high block computes so long with every line that
    /// it can wait for the next until columns are so far apart that they fall out of the second cache too.
    const FAR: usize = 128;

    /// Whether the vectors of a large product run along its sums. The lanes are then added up in the end, but no element
    /// of b has to be repeated in all of them, which is a quarter of the work where no instruction loads it so.
    const DOTS: bool = false;

    /// How many vectors of y stay in registers where a matrix is multiplied by one vector: 4 or 8.
    const STRIP: usize = 4;
    /// Whether [small layers](super::small) have code of their own.
    const SMALL: bool = true;

    /// Whether a b + c is rounded once.
    const FUSED: bool = true;

    /// 0.
    const ZERO: Self::T;
    /// −0.
    const MINUS_ZERO: Self::T;

    /// 1.5 · 2ᵐ with the m bits of the mantissa: added to a number it rounds to an integer.
    const MAGIC: Self::T;

    /// Runs a task in a function of its own that has the instruction set enabled.
    unsafe fn call<K: Task<Self::T>>(task: K);

    unsafe fn splat(x: Self::T) -> Self::V;
    unsafe fn load(from: *const Self::T) -> Self::V;
    unsafe fn store(to: *mut Self::T, v: Self::V);
    /// The first `n` lanes, zero in the others; `n` < `LANES`.
    unsafe fn load_part(from: *const Self::T, n: usize) -> Self::V;
    /// The first `n` lanes, and `fill` in the others; `n` < `LANES`.
    #[inline(always)]
    unsafe fn load_part_or(from: *const Self::T, n: usize, fill: Self::T) -> Self::V {
        let mut lanes = [fill; MAX_LANES];
        for (i, lane) in lanes.iter_mut().enumerate().take(n) {
            *lane = *from.add(i);
        }
        Self::load(lanes.as_ptr())
    }
    /// Stores the first `n` lanes, in pieces that later loads of the same memory can be served from at once;
    /// `n` < `LANES`.
    unsafe fn store_part(to: *mut Self::T, v: Self::V, n: usize);
    unsafe fn add(a: Self::V, b: Self::V) -> Self::V;
    unsafe fn sub(a: Self::V, b: Self::V) -> Self::V;
    unsafe fn mul(a: Self::V, b: Self::V) -> Self::V;
    unsafe fn div(a: Self::V, b: Self::V) -> Self::V;
    unsafe fn sqrt(v: Self::V) -> Self::V;
    unsafe fn abs(v: Self::V) -> Self::V;
    /// In every lane: a > b ? yes : no.
    unsafe fn if_greater(a: Self::V, b: Self::V, yes: Self::V, no: Self::V) -> Self::V;
    /// a > b ? a : b.
    #[inline(always)]
    unsafe fn max(a: Self::V, b: Self::V) -> Self::V {
        Self::if_greater(a, b, a, b)
    }
    /// a < b ? a : b.
    #[inline(always)]
    unsafe fn min(a: Self::V, b: Self::V) -> Self::V {
        Self::if_greater(b, a, a, b)
    }
    /// a b + c, with one rounding if [`FUSED`](Self::FUSED), or else two.
    unsafe fn mul_add(a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    /// 2ⁿ for n + [`MAGIC`](Self::MAGIC), where it is neither infinite nor denormal.
    unsafe fn power_of_2(n: Self::V) -> Self::V;
    unsafe fn exp(v: Self::V) -> Self::V;
    /// eˣ for x ≤ 0, which is 0 where it is below e⁻⁶⁴, or e⁻⁶⁰⁰ in `f64`.
    unsafe fn exp_flushed(v: Self::V) -> Self::V;
    unsafe fn exp_m1(v: Self::V) -> Self::V;
    unsafe fn ln(v: Self::V) -> Self::V;
    /// ln(1 + x) for x from 0 to 1.
    unsafe fn ln_1p_of_unit(v: Self::V) -> Self::V;
    /// 1 / (1 + e⁻ˣ).
    unsafe fn sigmoid(v: Self::V) -> Self::V;
    /// x / (1 + e⁻ˣ).
    unsafe fn silu(v: Self::V) -> Self::V;
    unsafe fn tanh(v: Self::V) -> Self::V;
    /// tanh of two vectors.
    #[inline(always)]
    unsafe fn tanh_of_two(a: Self::V, b: Self::V) -> (Self::V, Self::V) {
        (Self::tanh(a), Self::tanh(b))
    }
    /// x Φ(x) and its derivative.
    unsafe fn gelu(v: Self::V) -> (Self::V, Self::V);
    /// a + b.
    fn plus(a: Self::T, b: Self::T) -> Self::T;
    /// The sum of all lanes.
    unsafe fn sum(v: Self::V) -> Self::T;
    /// In lane j the sum of all lanes of `v[j]`.
    unsafe fn sums(v: &[Self::V; MAX_LANES]) -> Self::V;
    /// The largest of all lanes; any of them if one is NaN.
    unsafe fn largest(v: Self::V) -> Self::T;

    /// Each of some numbers so many times, 1, 2 or 4: in lane j is `from[j / times]`.
    #[inline(always)]
    unsafe fn load_repeated(from: *const Self::T, times: usize) -> Self::V {
        let mut lanes = [Self::ZERO; MAX_LANES];
        for (j, lane) in lanes.iter_mut().enumerate().take(Self::LANES) {
            *lane = *from.add(j / times);
        }
        Self::load(lanes.as_ptr())
    }
    /// 1, 2 or 4 numbers again and again: in lane j is `from[j % few]`.
    #[inline(always)]
    unsafe fn load_cycled(from: *const Self::T, few: usize) -> Self::V {
        let mut lanes = [Self::ZERO; MAX_LANES];
        for (j, lane) in lanes.iter_mut().enumerate().take(Self::LANES) {
            *lane = *from.add(j % few);
        }
        Self::load(lanes.as_ptr())
    }
    /// One number of every 1, 2 or 4: in lane j is `from[j * step + i]`, with `i` below `step`.
    #[inline(always)]
    unsafe fn load_apart(from: *const Self::T, step: usize, i: usize) -> Self::V {
        let mut lanes = [Self::ZERO; MAX_LANES];
        for (j, lane) in lanes.iter_mut().enumerate().take(Self::LANES) {
            *lane = *from.add(j * step + i);
        }
        Self::load(lanes.as_ptr())
    }
    /// In lane j, for j below 1, 2 or 4, the sum of the lanes j, j + `few`, j + 2 `few` and so on.
    #[inline(always)]
    unsafe fn sums_of_few(v: Self::V, few: usize) -> Self::V {
        let mut lanes = [Self::ZERO; MAX_LANES];
        let lanes = lanes.as_mut_ptr();
        Self::store(lanes, v);
        for j in few..Self::LANES {
            *lanes.add(j % few) = Self::plus(*lanes.add(j % few), *lanes.add(j));
        }
        Self::load(lanes)
    }

    /// Copies a block of 4 by 4, whose columns come to lie where its rows were: to\[i + q · column\] =
    /// from\[i · row + q\].
    #[inline(always)]
    unsafe fn transpose(from: *const Self::T, row: usize, to: *mut Self::T, column: usize) {
        for i in 0..4 {
            for q in 0..4 {
                *to.add(i + q * column) = *from.add(i * row + q);
            }
        }
    }

    /// Which lanes are not zero, a bit for each.
    #[inline(always)]
    unsafe fn nonzero(v: Self::V) -> u64 {
        let mut lanes = [Self::ZERO; MAX_LANES];
        Self::store(lanes.as_mut_ptr(), v);
        lanes.iter().take(Self::LANES).rev().fold(0, |bits, &lane| bits << 1 | u64::from(lane != Self::ZERO))
    }

    /// `LANES` lanes or fewer.
    #[inline(always)]
    unsafe fn load_up_to(from: *const Self::T, n: usize) -> Self::V {
        if n >= Self::LANES { Self::load(from) } else { Self::load_part(from, n) }
    }

    /// Stores `LANES` lanes or fewer.
    #[inline(always)]
    unsafe fn store_up_to(to: *mut Self::T, v: Self::V, n: usize) {
        if n >= Self::LANES { Self::store(to, v) } else { Self::store_part(to, v, n) }
    }
}

/// Work that is written once for every [`Simd`].
///
/// # Safety
/// Whoever runs it vouches for the pointers in it.
pub trait Task<T> {
    unsafe fn run<S: Simd<T = T>>(self);
}

/// Methods of a [`Simd`], one after the other: name, arguments and value. What is not a vector follows from the name.
macro_rules! methods {
    ($($name:ident($($argument:ident),*) = $value:expr;)*) => {$(
        methods!(@typed $name($($argument),*) = $value);
    )*};
    (@typed splat($x:ident) = $value:expr) => {
        methods!(@method splat($x: Self::T) -> Self::V = $value);
    };
    (@typed load($from:ident) = $value:expr) => {
        methods!(@method load($from: *const Self::T) -> Self::V = $value);
    };
    (@typed load_part($from:ident, $n:ident) = $value:expr) => {
        methods!(@method load_part($from: *const Self::T, $n: usize) -> Self::V = $value);
    };
    (@typed load_part_or($from:ident, $n:ident, $fill:ident) = $value:expr) => {
        methods!(@method load_part_or($from: *const Self::T, $n: usize, $fill: Self::T) -> Self::V = $value);
    };
    (@typed store($to:ident, $v:ident) = $value:expr) => {
        methods!(@method store($to: *mut Self::T, $v: Self::V) -> () = $value);
    };
    (@typed store_part($to:ident, $v:ident, $n:ident) = $value:expr) => {
        methods!(@method store_part($to: *mut Self::T, $v: Self::V, $n: usize) -> () = $value);
    };
    (@typed transpose($from:ident, $row:ident, $to:ident, $column:ident) = $value:expr) => {
        methods!(
            @method transpose($from: *const Self::T, $row: usize, $to: *mut Self::T, $column: usize) -> () = $value
        );
    };
    (@typed load_repeated($from:ident, $times:ident) = $value:expr) => {
        methods!(@method load_repeated($from: *const Self::T, $times: usize) -> Self::V = $value);
    };
    (@typed load_apart($from:ident, $step:ident, $i:ident) = $value:expr) => {
        methods!(@method load_apart($from: *const Self::T, $step: usize, $i: usize) -> Self::V = $value);
    };
    (@typed sums_of_few($v:ident, $few:ident) = $value:expr) => {
        methods!(@method sums_of_few($v: Self::V, $few: usize) -> Self::V = $value);
    };
    (@typed nonzero($v:ident) = $value:expr) => {
        methods!(@method nonzero($v: Self::V) -> u64 = $value);
    };
    (@typed sum($v:ident) = $value:expr) => {
        methods!(@method sum($v: Self::V) -> Self::T = $value);
    };
    (@typed sums($v:ident) = $value:expr) => {
        methods!(@method sums($v: &[Self::V; crate::kernels::simd::MAX_LANES]) -> Self::V = $value);
    };
    (@typed largest($v:ident) = $value:expr) => {
        methods!(@method largest($v: Self::V) -> Self::T = $value);
    };
    (@typed split($v:ident) = $value:expr) => {
        methods!(@method split($v: Self::V) -> (Self::V, Self::V) = $value);
    };
    (@typed $name:ident($($v:ident),*) = $value:expr) => {
        methods!(@method $name($($v: Self::V),*) -> Self::V = $value);
    };
    (@method $name:ident($($argument:ident: $type:ty),*) -> $result:ty = $value:expr) => {
        #[inline(always)]
        unsafe fn $name($($argument: $type),*) -> $result {
            $value
        }
    };
}

/// What depends on the scalar alone, for `f32`: the elementary functions as [`math`](super::math) has them, perhaps
/// `but tanh`.
macro_rules! of_f32 {
    () => {
        crate::kernels::simd::of_f32!(but tanh);
        crate::kernels::simd::of_f32!(tanh);
    };
    (but tanh) => {
        type T = f32;
        const ZERO: f32 = 0.0;
        const MINUS_ZERO: f32 = -0.0;
        const MAGIC: f32 = 12_582_912.0;

        #[inline(always)]
        fn plus(a: f32, b: f32) -> f32 {
            a + b
        }

        crate::kernels::simd::of_f32!(exp exp_flushed exp_m1 ln ln_1p_of_unit sigmoid silu);

        #[inline(always)]
        unsafe fn gelu(v: Self::V) -> (Self::V, Self::V) {
            Self::in_f64(v, crate::kernels::math::Gelu)
        }
    };
    ($($function:ident)*) => {$(
        #[inline(always)]
        unsafe fn $function(v: Self::V) -> Self::V {
            crate::kernels::math::$function::<Self>(v)
        }
    )*};
}

/// The same for `f64`: the elementary functions as the scalar has them, lane by lane.
macro_rules! of_f64 {
    () => {
        type T = f64;
        const ZERO: f64 = 0.0;
        const MINUS_ZERO: f64 = -0.0;
        const MAGIC: f64 = 6_755_399_441_055_744.0;

        #[inline(always)]
        fn plus(a: f64, b: f64) -> f64 {
            a + b
        }

        crate::kernels::simd::of_f64!(
            exp crate::layers::exp,
            exp_flushed crate::layers::exp_flushed,
            exp_m1 crate::scalar::Scalar::exp_m1,
            ln crate::scalar::Scalar::ln,
            ln_1p_of_unit crate::scalar::Scalar::ln_1p,
            sigmoid crate::layers::sigmoid,
            silu crate::layers::silu,
            tanh crate::scalar::Scalar::tanh
        );

        #[inline(always)]
        unsafe fn gelu(v: Self::V) -> (Self::V, Self::V) {
            let (mut values, mut derivatives) = ([0.0; Self::LANES], [0.0; Self::LANES]);
            Self::store(values.as_mut_ptr(), v);
            Self::store(derivatives.as_mut_ptr(), v);
            crate::kernels::simd::in_every_lane(&mut values, |x| crate::layers::gelu(x).0);
            crate::kernels::simd::in_every_lane(&mut derivatives, |x| crate::layers::gelu(x).1);
            (Self::load(values.as_ptr()), Self::load(derivatives.as_ptr()))
        }
    };
    ($($function:ident $scalar:path),*) => {$(
        #[inline(always)]
        unsafe fn $function(v: Self::V) -> Self::V {
            let mut lanes = [0.0; Self::LANES];
            Self::store(lanes.as_mut_ptr(), v);
            crate::kernels::simd::in_every_lane(&mut lanes, $scalar);
            Self::load(lanes.as_ptr())
        }
    )*};
}

/// One function for all, since a copy of `libm` in every loop would be most of this crate.
#[inline(never)]
pub(super) fn in_every_lane(lanes: &mut [f64], function: fn(f64) -> f64) {
    for x in lanes {
        *x = function(*x);
    }
}

pub(super) use {methods, of_f32, of_f64};
