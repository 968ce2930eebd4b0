//! A word as the table holds it, and its hash.

use crate::text::bytes;
use crate::text::words::Key;

/// The longest word, in bytes, that a key holds whole.
pub(super) const INLINE: usize = bytes::WIDE;

/// What a free place of the table holds, and no key.
pub(super) const FREE: Key = [0; 2];

/// What is left of sixteen bytes that begin with a word of each length.
static KEEP: [Key; INLINE + 1] = keep();

const fn keep() -> [Key; INLINE + 1] {
    let mut masks = [[0; 2]; INLINE + 1];
    let mut len = 1;
    while len <= INLINE {
        let ones = u128::MAX >> (128 - 8 * len);
        masks[len] = [ones as u64, (ones >> 64) as u64];
        len += 1;
    }
    masks
}

/// The key of `text[start..end]`, of a long word as if ASCII letters were lower-cased if `LOWER`.
///
/// Of a word of one to sixteen bytes the complement of each, padded with zeros: no byte of UTF-8 has a complement
/// of zero, so no word's key is that of another or begins with a zero.
#[inline]
pub(super) fn key<const LOWER: bool>(text: &[u8], start: usize, end: usize, seeds: &Seeds) -> Key {
    let word = &text[start..end];
    if is_short(word.len()) {
        front(&bytes::first(&text[start..]), word.len())
    } else {
        long::<LOWER>(word, seeds)
    }
}

/// Whether a key holds words of so many bytes.
#[inline(always)]
pub(super) fn is_short(len: usize) -> bool {
    len.wrapping_sub(1) < INLINE
}

/// The key of the first `len` bytes of `chunk`, a short word.
#[inline(always)]
pub(super) fn front(chunk: &[u8; INLINE], len: usize) -> Key {
    let ([low, high], keep) = (halves(chunk), KEEP[len]);
    [!low & keep[0], !high & keep[1]]
}

/// Whether a key does not hold the word itself: equal keys must then be checked by the text.
#[inline(always)]
pub(super) fn is_long(key: Key) -> bool {
    key[0] & 0xff == 0
}

/// The key of a word that is not short: its hash behind a zero. No byte is the complement of an ASCII letter, so
/// that the keys of a batch can be lower-cased without a look at what they are.
#[inline(never)]
pub(super) fn long<const LOWER: bool>(word: &[u8], seeds: &Seeds) -> Key {
    let mut hash = seeds.0[2] ^ word.len() as u64;
    let mut mix = |chunk: &[u8; INLINE]| {
        let [low, high] = halves(chunk);
        let (low, high) = if LOWER { (lower(low), lower(high)) } else { (low, high) };
        hash = fold(low ^ hash, high ^ seeds.0[1]) ^ hash.rotate_left(23);
    };
    word.as_chunks::<INLINE>().0.iter().for_each(&mut mix);
    // The last sixteen bytes, some of them for the second time: no padding needed.
    if let Some(last) = word.last_chunk::<INLINE>() {
        mix(last);
    }
    let halves = [fold(hash ^ seeds.0[0], seeds.0[1]), fold(hash ^ seeds.0[1], seeds.0[2])];
    let [low, high] = halves.map(|x| x & (ONES * 0x7f));
    // Whatever the hash, the key is not that of a free place.
    [low & !0xff | 0x100, high]
}

/// Whether the lower-cased `word`, which is not short, is `known`.
#[inline]
pub(super) fn same_lowered(word: &[u8], known: &[u8]) -> bool {
    let same = |a: &[u8; INLINE], b: &[u8; INLINE]| halves(a).map(lower) == halves(b);
    word.len() == known.len()
        && word.as_chunks().0.iter().zip(known.as_chunks().0).all(|(a, b)| same(a, b))
        // There is none in an empty word.
        && word.last_chunk().zip(known.last_chunk()).is_none_or(|(a, b)| same(a, b))
}

/// Lower-cases `A` to `Z` in eight bytes of a key.
#[inline(always)]
pub(super) fn lower_key(half: u64) -> u64 {
    !lower(!half)
}

#[inline(always)]
fn halves(chunk: &[u8; INLINE]) -> Key {
    let whole = u128::from_le_bytes(*chunk);
    [whole as u64, (whole >> 64) as u64]
}

/// A one in every byte.
const ONES: u64 = 0x0101_0101_0101_0101;

/// Lower-cases `A` to `Z` in eight bytes at once.
#[inline(always)]
pub(super) fn lower(x: u64) -> u64 {
    let seven = x & (ONES * 0x7f);
    let at_least_a = seven + ONES * (0x80 - b'A' as u64);
    let above_z = seven + ONES * (0x7f - b'Z' as u64);
    x | (at_least_a & !above_z & !x & (ONES * 0x80)) >> 2
}

/// The product of two numbers, its halves folded together.
#[inline(always)]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// The secret of one vocabulary's hash.
#[derive(Debug, Clone)]
pub(super) struct Seeds([u64; 3]);

impl Seeds {
    /// The hash of what a key holds; its highest bits are the best. Few multiplications, and none
    /// that gives more than 64 bits: vector registers hash many words at once.
    #[inline(always)]
    pub(super) fn hash(&self, [low, high]: Key) -> u64 {
        let sum = low.wrapping_mul(self.0[0]).wrapping_add(high.wrapping_mul(self.0[1]));
        (sum ^ sum >> 32).wrapping_mul(self.0[2])
    }

    /// Seeds that nobody can foresee.
    pub(super) fn random() -> Self {
        let state = ahash::RandomState::new();
        // Odd, so that a multiplication loses nothing.
        Self([0, 1, 2].map(|i| state.hash_one(i) | 1))
    }

    /// Seeds under which all words collide, to test the guard with.
    #[cfg(test)]
    pub(super) fn worst() -> Self {
        Self([0, 0, 0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_is_ascii_lower_case() {
        for byte in 0..=255u8 {
            for at in 0..8 {
                let mut bytes = [b'Z'; 8];
                bytes[at] = byte;
                let expected = u64::from_le_bytes(bytes.map(|b| b.to_ascii_lowercase()));
                assert_eq!(lower(u64::from_le_bytes(bytes)), expected);
            }
        }
    }
}
