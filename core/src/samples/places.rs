//! Slices and what points to them.

use core::ops::{Deref, DerefMut};

use super::{Kind, OneSample, Place, PlaceMut, Sample, Samples};
use crate::memory::Aligned;

#[diagnostic::do_not_recommend]
impl<V: Sample> Place for [V] {
    type Kind = V::Kind;

    #[inline]
    fn samples(&self) -> &[<V::Kind as Kind>::Sample] {
        V::all(self)
    }
}

#[diagnostic::do_not_recommend]
impl<V: Sample> PlaceMut for [V] {
    type Kind = V::Kind;

    #[inline]
    fn samples_mut(&mut self) -> &mut [<V::Kind as Kind>::Sample] {
        V::all_mut(self)
    }
}

#[diagnostic::do_not_recommend]
impl<V: Sample, const K: usize> Place for [V; K] {
    type Kind = V::Kind;

    #[inline]
    fn samples(&self) -> &[<V::Kind as Kind>::Sample] {
        V::all(self)
    }
}

#[diagnostic::do_not_recommend]
impl<V: Sample, const K: usize> PlaceMut for [V; K] {
    type Kind = V::Kind;

    #[inline]
    fn samples_mut(&mut self) -> &mut [<V::Kind as Kind>::Sample] {
        V::all_mut(self)
    }
}

/// What points to a place is one.
macro_rules! pointers {
    ($([$($lifetime:lifetime)?] $pointer:ty, $place:ident;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($lifetime,)? X: $place + ?Sized> $place for $pointer {
            type Kind = X::Kind;

            pointers!($place);
        }
    )*};
    (Place) => {
        #[inline]
        fn samples(&self) -> &[<X::Kind as Kind>::Sample] {
            X::samples(self.deref())
        }
    };
    (PlaceMut) => {
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
    ['x] &'x X, Place;
    ['x] &'x mut X, Place;
    ['x] &'x mut X, PlaceMut;
    ['x] &'x X, OneSample;
    ['x] &'x mut X, OneSample;
}

#[cfg(feature = "alloc")]
pointers! {
    [] alloc::boxed::Box<X>, Place;
    [] alloc::boxed::Box<X>, PlaceMut;
    [] alloc::boxed::Box<X>, OneSample;
    [] alloc::rc::Rc<X>, Place;
    [] alloc::rc::Rc<X>, OneSample;
    [] alloc::sync::Arc<X>, Place;
    [] alloc::sync::Arc<X>, OneSample;
}

macro_rules! aligned {
    ($($place:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<X: $place> $place for Aligned<X> {
            type Kind = X::Kind;

            pointers!($place);
        }
    )*};
}
aligned!(Place PlaceMut OneSample);

#[cfg(feature = "alloc")]
#[diagnostic::do_not_recommend]
impl<V: Sample> Place for alloc::vec::Vec<V> {
    type Kind = V::Kind;

    #[inline]
    fn samples(&self) -> &[<V::Kind as Kind>::Sample] {
        V::all(self)
    }
}

#[cfg(feature = "alloc")]
#[diagnostic::do_not_recommend]
impl<V: Sample> PlaceMut for alloc::vec::Vec<V> {
    type Kind = V::Kind;

    #[inline]
    fn samples_mut(&mut self) -> &mut [<V::Kind as Kind>::Sample] {
        V::all_mut(self)
    }
}

#[cfg(feature = "alloc")]
#[diagnostic::do_not_recommend]
impl<'x, X: alloc::borrow::ToOwned<Owned: core::borrow::Borrow<X>> + Place + ?Sized> Place
    for alloc::borrow::Cow<'x, X>
{
    type Kind = X::Kind;

    #[inline]
    fn samples(&self) -> &[<X::Kind as Kind>::Sample] {
        X::samples(self)
    }
}

macro_rules! passed {
    ($([$($generics:tt)*] $argument:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Samples for $argument {
            type Kind = <Self as Place>::Kind;

            #[inline]
            fn samples(&self) -> &[<Self::Kind as Kind>::Sample] {
                Place::samples(self)
            }
        }
    )*};
}

passed! {
    ['x, X: Place + ?Sized] &'x X;
    ['x, X: Place + ?Sized] &'x mut X;
    [V: Sample, const K: usize] [V; K];
}
