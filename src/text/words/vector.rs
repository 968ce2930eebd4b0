//! The byte classes of 64 bytes as bit masks, by vector instructions, and the choice between
//! them. The only files of `text::words` with `unsafe` are this one and its parts; their
//! safe twin is `portable`.
#![allow(unsafe_code)]

use super::blocks::{Bytes, Masks, Vector, scan};
use super::portable::Portable;
use super::{Level, Sink};

#[cfg(target_arch = "x86_64")]
mod avx512;
mod lines;
#[cfg(target_arch = "x86_64")]
use avx512::Avx512;
pub(crate) use lines::{BATCH, Key, Line, PLACES, find, prefetch_lines};

/// The best instruction set of this machine.
pub(super) fn detect() -> Level {
    #[cfg(target_arch = "x86_64")]
    {
        if Avx512::detect().is_some() {
            Level::Avx512
        } else if Avx2::detect().is_some() {
            Level::Avx2
        } else {
            Level::Sse2
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        Level::Portable
    }
}

/// Scans with the instruction set of `level`, or the portable path where the machine lacks it.
pub(super) fn scan_at<S: Sink>(level: Level, text: &str, sink: &mut S) {
    #[cfg(target_arch = "x86_64")]
    match level {
        Level::Avx512 => {
            if let Some(avx512) = Avx512::detect() {
                // SAFETY: the value exists, so this machine has the features.
                return unsafe { avx512::scan_avx512(avx512, text, sink) };
            }
        }
        Level::Avx2 => {
            if let Some(avx2) = Avx2::detect() {
                // SAFETY: as above.
                return unsafe { scan_avx2(avx2, text, sink) };
            }
        }
        Level::Sse2 => return scan(Sse2, text, sink),
        Level::Portable => {}
    }
    let _ = level;
    scan(Portable, text, sink);
}

/// Asks for the cache line of `place`, which is going to be read soon. A hint: it changes nothing.
#[inline(always)]
pub(crate) fn prefetch<T>(place: &T) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a prefetch never faults, and the address is that of a reference.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(place).cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = place;
}

/// Calls `f` with `state` and each of `items`, after `ask` was called for it and for many that follow: what
/// they lead to is far apart, and its memory comes while others are worked on.
#[inline(always)]
pub(crate) fn for_each_far<I: Copy, S: ?Sized>(
    items: &[I],
    state: &mut S,
    ask: impl Fn(&S, I),
    mut f: impl FnMut(&mut S, I),
) {
    const AHEAD: usize = 64;
    let mut chunks = items.chunks(AHEAD).peekable();
    if let Some(first) = chunks.peek() {
        first.iter().for_each(|&i| ask(state, i));
    }
    while let Some(chunk) = chunks.next() {
        if let Some(next) = chunks.peek() {
            next.iter().for_each(|&i| ask(state, i));
        }
        chunk.iter().for_each(|&i| f(state, i));
    }
}

/// Runs `f` compiled for the best instruction set of this machine. It must be inlined to gain by it.
#[inline(always)]
pub(crate) fn widest<R>(f: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    {
        if let Some(avx512) = Avx512::detect() {
            // SAFETY: the value exists, so this machine has the features.
            return unsafe { avx512::run(avx512, f) };
        }
        if let Some(avx2) = Avx2::detect() {
            // SAFETY: as above.
            return unsafe { run_avx2(avx2, f) };
        }
    }
    f()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn run_avx2<R>(_: Avx2, f: impl FnOnce() -> R) -> R {
    f()
}

/// The whole scan compiled for AVX2, so that the masks are inlined into it.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn scan_avx2<S: Sink>(avx2: Avx2, text: &str, sink: &mut S) {
    scan(avx2, text, sink);
}

/// Defines `masks`, `leads` and `letters` over one register width; the formulas are the same.
#[cfg(target_arch = "x86_64")]
macro_rules! byte_classes {
    ($features:literal, $lanes:literal, $load:ident, $set:ident, $or:ident, $sub:ident, $min:ident,
     $max:ident, $eq:ident, $and:ident, $and_not:ident, $gather:ident) => {
        use std::arch::x86_64::*;

        #[inline]
        #[target_feature(enable = $features)]
        pub(super) fn masks(block: &super::Bytes) -> super::Masks {
            let mut m = super::Masks::default();
            for (i, chunk) in block.as_chunks::<$lanes>().0.iter().enumerate() {
                // SAFETY: an unaligned load of exactly the bytes of `chunk`.
                let x = unsafe { $load(chunk.as_ptr().cast()) };
                let equal = |byte: u8| $eq(x, $set(byte as i8));
                let within = |x, low: u8, top: u8| {
                    let distance = $sub(x, $set(low as i8));
                    $eq($min(distance, $set((top - low) as i8)), distance)
                };
                // The lanes have at most 32 bits: through u32, or the sign would spread.
                let bits = |v| u64::from($gather(v) as u32) << ($lanes * i);
                let full_stop = equal(b'.');
                let either = $or(full_stop, equal(b'\''));
                m.letter |= bits(within($or(x, $set(0x20)), b'a', b'z'));
                m.digit |= bits(within(x, b'0', b'9'));
                m.connector |= bits(equal(b'_'));
                m.mid_letter |= bits($or(either, equal(b':')));
                m.mid_number |= bits($or(either, $or(equal(b','), equal(b';'))));
                m.high |= bits(x);
                let mark = $or(full_stop, $or(equal(b'!'), equal(b'?')));
                m.stop |= bits($or(mark, within(x, b'\n', b'\r')));
            }
            m
        }

        #[inline]
        #[target_feature(enable = $features)]
        pub(super) fn leads(block: &super::Bytes) -> u64 {
            let (chunks, _) = block.as_chunks::<$lanes>();
            chunks.iter().enumerate().fold(0, |mask, (i, chunk)| {
                // SAFETY: as above.
                let x = unsafe { $load(chunk.as_ptr().cast()) };
                let lead = $eq($max(x, $set(0xc0_u8 as i8)), x);
                mask | u64::from($gather(lead) as u32) << ($lanes * i)
            })
        }

        #[inline]
        #[target_feature(enable = $features)]
        pub(super) fn letters(block: &super::Bytes) -> u64 {
            let (chunks, _) = block.as_chunks::<$lanes>();
            let (nexts, _) = block[1..].as_chunks::<$lanes>();
            chunks.iter().zip(nexts).enumerate().fold(0, |mask, (i, (chunk, next))| {
                // SAFETY: as above.
                let (x, y) = unsafe { ($load(chunk.as_ptr().cast()), $load(next.as_ptr().cast())) };
                let lead = |byte: u8| $eq(x, $set(byte as i8));
                let leads = |low: u8, top: u8| {
                    let distance = $sub(x, $set(low as i8));
                    $eq($min(distance, $set((top - low) as i8)), distance)
                };
                let tail = |byte: u8| $eq(y, $set(byte as i8));
                let up_to = |byte: u8| $eq($min(y, $set(byte as i8)), y);
                let from = |byte: u8| $eq($max(y, $set(byte as i8)), y);
                // U+0100 to U+02BF, U+0400 to U+047F, U+0680 to U+06BF: letters all.
                let all = $or($or(leads(0xc4, 0xca), leads(0xd0, 0xd1)), lead(0xda));
                // U+00C0 to U+00FF without the signs of multiplication and division.
                let latin = $and_not($or(tail(0x97), tail(0xb7)), lead(0xc3));
                // U+038E to U+03BF without the unassigned U+03A2, then to U+03FF without U+03F6.
                let greek = $and_not(tail(0xa2), $and(lead(0xce), from(0x8e)));
                let greek = $or(greek, $and_not(tail(0xb6), lead(0xcf)));
                // U+0620 to U+064A, U+0671 to U+067F, U+06C0 to U+06D3.
                let arabic = $or($and(lead(0xd8), from(0xa0)), $and(lead(0xdb), up_to(0x93)));
                let arabic = $or(arabic, $and(lead(0xd9), $or(up_to(0x8a), from(0xb1))));
                let letter = $or($or(all, latin), $or(greek, arabic));
                mask | u64::from($gather(letter) as u32) << ($lanes * i)
            })
        }
    };
}

#[cfg(target_arch = "x86_64")]
mod sse2 {
    byte_classes!(
        "sse2",
        16,
        _mm_loadu_si128,
        _mm_set1_epi8,
        _mm_or_si128,
        _mm_sub_epi8,
        _mm_min_epu8,
        _mm_max_epu8,
        _mm_cmpeq_epi8,
        _mm_and_si128,
        _mm_andnot_si128,
        _mm_movemask_epi8
    );
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    byte_classes!(
        "avx2",
        32,
        _mm256_loadu_si256,
        _mm256_set1_epi8,
        _mm256_or_si256,
        _mm256_sub_epi8,
        _mm256_min_epu8,
        _mm256_max_epu8,
        _mm256_cmpeq_epi8,
        _mm256_and_si256,
        _mm256_andnot_si256,
        _mm256_movemask_epi8
    );
}

/// Sixteen bytes a step; every x86-64 has it.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
struct Sse2;

#[cfg(target_arch = "x86_64")]
impl Vector for Sse2 {
    #[inline(always)]
    fn masks(self, block: &Bytes) -> Masks {
        // SAFETY: SSE2 belongs to the x86-64 baseline.
        unsafe { sse2::masks(block) }
    }

    #[inline(always)]
    fn leads(self, block: &Bytes) -> u64 {
        // SAFETY: as above.
        unsafe { sse2::leads(block) }
    }

    #[inline(always)]
    fn letters(self, block: &Bytes) -> u64 {
        // SAFETY: as above.
        unsafe { sse2::letters(block) }
    }
}

/// Thirty-two bytes a step. A value is the proof that the machine has AVX2 and the bit
/// instructions that came with it: only `detect` makes one.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
struct Avx2(());

#[cfg(target_arch = "x86_64")]
impl Avx2 {
    fn detect() -> Option<Self> {
        let all = is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("lzcnt")
            && is_x86_feature_detected!("popcnt");
        all.then_some(Self(()))
    }
}

#[cfg(target_arch = "x86_64")]
impl Vector for Avx2 {
    #[inline(always)]
    fn masks(self, block: &Bytes) -> Masks {
        // SAFETY: `self` proves the feature.
        unsafe { avx2::masks(block) }
    }

    #[inline(always)]
    fn leads(self, block: &Bytes) -> u64 {
        // SAFETY: as above.
        unsafe { avx2::leads(block) }
    }

    #[inline(always)]
    fn letters(self, block: &Bytes) -> u64 {
        // SAFETY: as above.
        unsafe { avx2::letters(block) }
    }
}
