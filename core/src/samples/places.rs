//! Slices, and what points to them, as samples.

use core::ops::{Deref, DerefMut};

use super::{Kind, OneSample, Sample, Samples, SamplesMut};
use crate::memory::Aligned;

#[diagnostic::do_not_recommend]
impl<V: Sample> Samples for [V] {
    type Kind = V::Kind;
    type Item = V;

    #[inline]
    fn items(&self) -> &[V] {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<V: Sample> SamplesMut for [V] {
    type Kind = V::Kind;

    #[inline]
    fn samples_mut(&mut self) -> &mut [<V::Kind as Kind>::Sample] {
        V::all_mut(self)
    }
}

#[diagnostic::do_not_recommend]
impl<V: Sample, const K: usize> Samples for [V; K] {
    type Kind = V::Kind;
    type Item = V;

    #[inline]
    fn items(&self) -> &[V] {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<V: Sample, const K: usize> SamplesMut for [V; K] {
    type Kind = V::Kind;

    #[inline]
    fn samples_mut(&mut self) -> &mut [<V::Kind as Kind>::Sample] {
        V::all_mut(self)
    }
}

/// What points to samples is passed as they are.
macro_rules! pointers {
    ($([$($lifetime:lifetime)?] $pointer:ty, $as_what:ident;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($lifetime,)? X: $as_what + ?Sized> $as_what for $pointer {
            type Kind = X::Kind;

            pointers!($as_what);
        }
    )*};
    (Samples) => {
        type Item = X::Item;

        #[inline]
        fn items(&self) -> &[X::Item] {
            X::items(self.deref())
        }
    };
    (SamplesMut) => {
        #[inline]
        fn samples_mut(&mut self) -> &mut [<X::Kind as Kind>::Sample] {
            X::samples_mut(self.deref_mut())
        }
    };
    (OneSample) => {
        #[inline]
        fn one(&self) -> &<X::Kind as Kind>::Sample {
            X::one(self.deref())
        }
    };
}

pointers! {
    ['x] &'x X, Samples;
    ['x] &'x mut X, Samples;
    ['x] &'x mut X, SamplesMut;
    ['x] &'x X, OneSample;
    ['x] &'x mut X, OneSample;
}

#[cfg(feature = "alloc")]
pointers! {
    [] alloc::boxed::Box<X>, Samples;
    [] alloc::boxed::Box<X>, SamplesMut;
    [] alloc::boxed::Box<X>, OneSample;
    [] alloc::rc::Rc<X>, Samples;
    [] alloc::rc::Rc<X>, OneSample;
    [] alloc::sync::Arc<X>, Samples;
    [] alloc::sync::Arc<X>, OneSample;
}

macro_rules! aligned {
    ($($as_what:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<X: $as_what> $as_what for Aligned<X> {
            type Kind = X::Kind;

            pointers!($as_what);
        }
    )*};
}
aligned!(Samples SamplesMut OneSample);

#[cfg(feature = "alloc")]
#[diagnostic::do_not_recommend]
impl<V: Sample> Samples for alloc::vec::Vec<V> {
    type Kind = V::Kind;
    type Item = V;

    #[inline]
    fn items(&self) -> &[V] {
        self
    }
}

#[cfg(feature = "alloc")]
#[diagnostic::do_not_recommend]
impl<V: Sample> SamplesMut for alloc::vec::Vec<V> {
    type Kind = V::Kind;

    #[inline]
    fn samples_mut(&mut self) -> &mut [<V::Kind as Kind>::Sample] {
        V::all_mut(self)
    }
}

#[cfg(feature = "alloc")]
#[diagnostic::do_not_recommend]
impl<'x, X: alloc::borrow::ToOwned<Owned: core::borrow::Borrow<X>> + Samples + ?Sized> Samples
    for alloc::borrow::Cow<'x, X>
{
    type Kind = X::Kind;

    type Item = X::Item;

    #[inline]
    fn items(&self) -> &[X::Item] {
        X::items(self)
    }
}
