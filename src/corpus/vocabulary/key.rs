//! A word as a table entry holds it, and its hash.

/// The longest word, in bytes, that an entry holds whole.
const INLINE: usize = 16;

/// Sixteen bytes.
pub(super) type Word = [u64; 2];

/// A word of at most sixteen bytes, padded with zeros; of a longer one its hash.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Key {
    pub(super) word: Word,
    /// The length plus one; `LONG`; 0 in an empty entry.
    pub(super) tag: u32,
}

pub(super) const LONG: u32 = u32::MAX;

/// What is left of sixteen bytes that begin with a word of each length.
static KEEP: [Word; INLINE + 1] = keep();

const fn keep() -> [Word; INLINE + 1] {
    let mut masks = [[0; 2]; INLINE + 1];
    let mut len = 1;
    while len <= INLINE {
        let ones = u128::MAX >> (128 - 8 * len);
        masks[len] = [ones as u64, (ones >> 64) as u64];
        len += 1;
    }
    masks
}

impl Key {
    /// The key of `text[start..end]`; of a long word as if ASCII letters were lower-cased if `LOWER`.
    ///
    /// Reads sixteen bytes at once where the text is that long, and copies where it is not.
    #[inline(always)]
    pub(super) fn at<const LOWER: bool>(text: &[u8], start: usize, end: usize, seeds: &Seeds) -> Self {
        let len = end - start;
        if len > INLINE {
            return Self { word: long::<LOWER>(&text[start..end], seeds), tag: LONG };
        }
        let rest = &text[start..];
        let [low, high] = match rest.first_chunk() {
            Some(chunk) => halves(chunk),
            None => {
                let mut chunk = [0; INLINE];
                chunk[..rest.len()].copy_from_slice(rest);
                halves(&chunk)
            }
        };
        let keep = KEEP[len];
        Self { word: [low & keep[0], high & keep[1]], tag: len as u32 + 1 }
    }

    /// The key of a whole string.
    #[inline]
    pub(super) fn new(word: &str, seeds: &Seeds) -> Self {
        Self::at::<false>(word.as_bytes(), 0, word.len(), seeds)
    }

    /// Whether two keys are the same; of long words that is not yet proof.
    #[inline(always)]
    pub(super) fn matches(&self, other: &Self) -> bool {
        let differ = (self.word[0] ^ other.word[0]) | (self.word[1] ^ other.word[1]);
        differ | u64::from(self.tag ^ other.tag) == 0
    }

    /// Whether the word is too long for the entry: equal keys must then be checked by the text.
    #[inline(always)]
    pub(super) fn is_long(&self) -> bool {
        self.tag == LONG
    }

    /// Whether this is the key of an empty entry.
    #[inline(always)]
    pub(super) fn is_empty(&self) -> bool {
        self.tag == 0
    }
}

/// What the key of a word holds that is longer than an entry. No byte of it is an ASCII letter, so
/// that the keys of a batch can be lower-cased without a look at what they are.
#[inline(never)]
fn long<const LOWER: bool>(word: &[u8], seeds: &Seeds) -> Word {
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
    [fold(hash ^ seeds.0[0], seeds.0[1]), fold(hash ^ seeds.0[1], seeds.0[2])].map(|x| x | (ONES * 0x80))
}

/// Whether the lower-cased `word`, longer than an entry, is `known`.
#[inline]
pub(super) fn same_lowered(word: &[u8], known: &[u8]) -> bool {
    let same = |a: &[u8; INLINE], b: &[u8; INLINE]| halves(a).map(lower) == halves(b);
    word.len() == known.len()
        && word.as_chunks().0.iter().zip(known.as_chunks().0).all(|(a, b)| same(a, b))
        && word.last_chunk().zip(known.last_chunk()).is_some_and(|(a, b)| same(a, b))
}

#[inline(always)]
fn halves(chunk: &[u8; INLINE]) -> Word {
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
    pub(super) fn hash(&self, [low, high]: Word) -> u64 {
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
