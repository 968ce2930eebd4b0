//! How names begin: by the first four bytes of their first two words, so that most places of a text are ruled out
//! before a word is hashed. "No" is certain, "yes" is a reason to look.

use unicode_normalization::UnicodeNormalization;

use super::filter::Initial;
use crate::text::bytes;

/// The first bytes of a word, small and capital letters alike but for the first, and whether they are all there is to
/// compare: not so with an apostrophe, which may begin a possessive ending, or with what is not ASCII and must be
/// folded.
#[inline(always)]
fn front(text: &[u8], start: usize, end: usize) -> (u32, bool) {
    let [one, two, three, four, ..] = bytes::first(&text[start..]);
    let word = u32::from_le_bytes([one, two, three, four]);
    let keep = u32::MAX >> (32 - 8 * (end - start).clamp(1, 4));
    let word = word & keep;
    let apostrophe = word ^ every(b'\'');
    let apostrophe = apostrophe.wrapping_sub(every(1)) & !apostrophe;
    ((word | every(0x20) & !SMALL) & keep, (word | apostrophe) & every(0x80) == 0)
}

/// The bit that tells a small first letter from a capital one.
const SMALL: u32 = u32::from_le_bytes([0x20, 0, 0, 0]);

const fn every(byte: u8) -> u32 {
    u32::from_le_bytes([byte; 4])
}

/// What stands for the second word of a name of one; no word begins so.
const NO_WORD: u32 = 0;

/// The beginnings of names.
#[derive(Debug, Clone)]
pub(super) struct Openings {
    /// A bit for each.
    bits: Vec<u64>,
    shift: u32,
}

/// Bits for each beginning: so few of a text are let through in vain.
const SPARSE: usize = 16;
const SIZES: [usize; 2] = [1 << 12, 1 << 22];

impl Openings {
    /// Those of names, as [`of`] gives them.
    pub(super) fn new(openings: &[u64]) -> Self {
        let bits = (openings.len() * SPARSE).next_power_of_two().clamp(SIZES[0], SIZES[1]);
        let mut out = Self { bits: vec![0; bits / 64], shift: 64 - bits.trailing_zeros() };
        for &opening in openings {
            let at = out.place(opening);
            out.bits[at / 64] |= 1 << (at % 64);
        }
        out
    }

    #[inline(always)]
    fn place(&self, opening: u64) -> usize {
        ((opening ^ opening >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize
    }

    #[inline(always)]
    fn has(&self, first: u32, second: u32) -> bool {
        let at = self.place(key(first, second));
        self.bits[at / 64] >> (at % 64) & 1 != 0
    }

    /// Whether a name may begin with the word `first` of a text, which `second` follows, if any does.
    #[inline(always)]
    pub(super) fn may_open(
        &self,
        text: &[u8],
        first: (usize, usize),
        second: Option<&(usize, usize)>,
    ) -> bool {
        let (first, sure) = front(text, first.0, first.1);
        let (second, both) = second.map_or((NO_WORD, true), |&(start, end)| front(text, start, end));
        self.has(first, second) | self.has(first, NO_WORD) | !sure | !both
    }
}

#[inline(always)]
fn key(first: u32, second: u32) -> u64 {
    u64::from(first) | u64::from(second) << 32
}

/// Adds to `openings` those of a name of these folded words, which begin so. What a text may hold for them is ASCII,
/// and then one of these, or it is let through anyway.
pub(super) fn of(words: &[String], initial: impl Fn(usize) -> Initial, openings: &mut Vec<u64>) {
    let fronts = |i: usize| {
        let mut found: Vec<u32> = Vec::with_capacity(4);
        let mut add = |word: &str| {
            let (front, _) = front(word.as_bytes(), 0, word.len());
            found.extend(match initial(i) {
                Initial::Small => [front | SMALL; 2],
                Initial::Capital => [front & !SMALL; 2],
                Initial::Either => [front | SMALL, front & !SMALL],
            });
        };
        add(&words[i]);
        // A letter and its accent may be two characters in a text; then the letter comes first.
        if !words[i].is_ascii() {
            add(&words[i].nfd().collect::<String>());
        }
        found.dedup();
        found
    };
    if words.is_empty() {
        return;
    }
    let seconds = if words.len() > 1 { fronts(1) } else { vec![NO_WORD] };
    for first in fronts(0) {
        openings.extend(seconds.iter().map(|&second| key(first, second)));
    }
}
