//! 64 bytes a step, each class by one look-up, positions squeezed out by one instruction.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use crate::text::words::Sink;
use crate::text::words::blocks::{Bytes, Masks, Positions, Vector, scan};

/// A value is the proof that the machine has AVX-512 with its byte instructions, and the bit
/// instructions that came before: only `detect` makes one.
#[derive(Clone, Copy)]
pub(super) struct Avx512(());

impl Avx512 {
    pub(super) fn detect() -> Option<Self> {
        let all = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vbmi")
            && is_x86_feature_detected!("avx512vbmi2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("lzcnt")
            && is_x86_feature_detected!("popcnt");
        all.then_some(Self(()))
    }
}

/// The whole scan compiled for AVX-512, so that the masks are inlined into it.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn scan_avx512<S: Sink>(avx512: Avx512, text: &str, sink: &mut S) {
    scan(avx512, text, sink);
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn run<R>(_: Avx512, f: impl FnOnce() -> R) -> R {
    f()
}

impl Vector for Avx512 {
    #[inline(always)]
    fn masks(self, block: &Bytes) -> Masks {
        // SAFETY: `self` proves the features.
        unsafe { masks(block) }
    }

    #[inline(always)]
    fn leads(self, block: &Bytes) -> u64 {
        // SAFETY: as above.
        unsafe { leads(block) }
    }

    #[inline(always)]
    fn letters(self, block: &Bytes) -> u64 {
        // SAFETY: as above.
        unsafe { letters(block) }
    }

    #[inline(always)]
    fn positions(self, ones: u64, offset: u16, to: &mut Positions) {
        // SAFETY: as above.
        unsafe { positions(ones, offset, to) }
    }
}

const LETTER: i8 = 1;
const DIGIT: i8 = 2;
const CONNECTOR: i8 = 4;
const MID_LETTER: i8 = 8;
const MID_NUMBER: i8 = 16;
const STOP: i8 = 32;

/// The classes of every ASCII byte.
static CLASSES: [i8; 128] = classes();

const fn classes() -> [i8; 128] {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'_' => CONNECTOR,
            b'.' => MID_LETTER | MID_NUMBER | STOP,
            b'\'' => MID_LETTER | MID_NUMBER,
            b':' => MID_LETTER,
            b',' | b';' => MID_NUMBER,
            b'!' | b'?' | b'\n'..=b'\r' => STOP,
            _ => 0,
        };
        byte += 1;
    }
    table
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn masks(block: &Bytes) -> Masks {
    // SAFETY: unaligned loads, of 64 bytes of `block` and of the two halves of `CLASSES`.
    let (x, lower, upper) = unsafe {
        (
            _mm512_loadu_si512(block.as_ptr().cast()),
            _mm512_loadu_si512(CLASSES.as_ptr().cast()),
            _mm512_loadu_si512(CLASSES.as_ptr().add(64).cast()),
        )
    };
    let high = _mm512_movepi8_mask(x);
    // The look-up takes the seven lowest bits of a byte; those outside of ASCII have no class.
    let class = _mm512_maskz_permutex2var_epi8(!high, lower, x, upper);
    let of = |bit| _mm512_test_epi8_mask(class, _mm512_set1_epi8(bit));
    Masks {
        letter: of(LETTER),
        digit: of(DIGIT),
        connector: of(CONNECTOR),
        mid_letter: of(MID_LETTER),
        mid_number: of(MID_NUMBER),
        high,
        stop: of(STOP),
    }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn leads(block: &Bytes) -> u64 {
    // SAFETY: an unaligned load of 64 bytes of `block`.
    let x = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
    _mm512_cmpge_epu8_mask(x, _mm512_set1_epi8(0xc0_u8 as i8))
}

/// The comparisons of the other instruction sets, see there for the alphabets.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn letters(block: &Bytes) -> u64 {
    // SAFETY: unaligned loads of 64 of the 65 bytes of `block`.
    let (x, y) = unsafe {
        (_mm512_loadu_si512(block.as_ptr().cast()), _mm512_loadu_si512(block.as_ptr().add(1).cast()))
    };
    let set = |byte: u8| _mm512_set1_epi8(byte as i8);
    let lead = |byte| _mm512_cmpeq_epi8_mask(x, set(byte));
    let leads = |low: u8, top: u8| _mm512_cmple_epu8_mask(_mm512_sub_epi8(x, set(low)), set(top - low));
    let tail = |byte| _mm512_cmpeq_epi8_mask(y, set(byte));
    let up_to = |byte| _mm512_cmple_epu8_mask(y, set(byte));
    let from = |byte| _mm512_cmpge_epu8_mask(y, set(byte));
    let all = leads(0xc4, 0xca) | leads(0xd0, 0xd1) | lead(0xda);
    let latin = lead(0xc3) & !(tail(0x97) | tail(0xb7));
    let greek = lead(0xce) & from(0x8e) & !tail(0xa2) | lead(0xcf) & !tail(0xb6);
    let arabic = lead(0xd8) & from(0xa0) | lead(0xdb) & up_to(0x93) | lead(0xd9) & (up_to(0x8a) | from(0xb1));
    all | latin | greek | arabic
}

/// The numbers of all positions in a block.
static ALL: [u8; 64] = {
    let mut all = [0; 64];
    let mut i = 0;
    while i < 64 {
        all[i] = i as u8;
        i += 1;
    }
    all
};

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi2")]
fn positions(ones: u64, offset: u16, to: &mut Positions) {
    // SAFETY: an unaligned load of 64 bytes and unaligned stores of 32 numbers each into 64.
    unsafe {
        let found = _mm512_maskz_compress_epi8(ones, _mm512_loadu_si512(ALL.as_ptr().cast()));
        let offset = _mm512_set1_epi16(offset as i16);
        let wide = |half| _mm512_add_epi16(_mm512_cvtepu8_epi16(half), offset);
        _mm512_storeu_si512(to.as_mut_ptr().cast(), wide(_mm512_castsi512_si256(found)));
        if ones.count_ones() > 32 {
            let rest = wide(_mm512_extracti64x4_epi64::<1>(found));
            _mm512_storeu_si512(to.as_mut_ptr().add(32).cast(), rest);
        }
    }
}
