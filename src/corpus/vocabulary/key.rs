//! A word as a table entry holds it, and its hash.

/// The longest word, in bytes, that an entry holds whole.
const INLINE: usize = 16;

/// A word of at most sixteen bytes, padded with zeros; of a longer one the hash and the length.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Key {
    low: u64,
    high: u64,
    /// The length plus one; `LONG`; 0 in an empty entry.
    tag: u64,
}

const LONG: u64 = u64::MAX;

/// What is left of sixteen bytes that begin with a word of each length.
static KEEP: [[u64; 2]; INLINE + 1] = keep();

const fn keep() -> [[u64; 2]; INLINE + 1] {
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
    /// The key of `text[start..end]`, with ASCII letters lower-cased if `LOWER`.
    ///
    /// Reads sixteen bytes at once where the text is that long, and copies where it is not.
    #[inline(always)]
    pub(super) fn at<const LOWER: bool>(text: &[u8], start: usize, end: usize, seeds: &Seeds) -> Self {
        let len = end - start;
        if len > INLINE {
            let low = long::<LOWER>(&text[start..end], seeds);
            return Self { low, high: len as u64, tag: LONG };
        }
        let rest = &text[start..];
        let [low, high] = match rest.first_chunk::<INLINE>() {
            Some(chunk) => words(chunk),
            None => {
                let mut chunk = [0; INLINE];
                chunk[..rest.len()].copy_from_slice(rest);
                words(&chunk)
            }
        };
        let keep = KEEP[len];
        let (low, high) = (low & keep[0], high & keep[1]);
        let tag = len as u64 + 1;
        if LOWER { Self { low: lower(low), high: lower(high), tag } } else { Self { low, high, tag } }
    }

    /// The key of a whole string.
    #[inline]
    pub(super) fn new(word: &str, seeds: &Seeds) -> Self {
        Self::at::<false>(word.as_bytes(), 0, word.len(), seeds)
    }

    /// The hash; its highest bits are the best.
    #[inline(always)]
    pub(super) fn hash(&self, seeds: &Seeds) -> u64 {
        if self.tag == LONG {
            return self.low;
        }
        fold(self.low ^ seeds.0[0], (self.high ^ seeds.0[1]).wrapping_add(self.tag))
    }

    /// Whether two keys are the same; of long words that is not yet proof.
    #[inline(always)]
    pub(super) fn matches(&self, other: &Self) -> bool {
        (self.low ^ other.low) | (self.high ^ other.high) | (self.tag ^ other.tag) == 0
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

/// The hash of a word that is longer than an entry.
#[inline(never)]
fn long<const LOWER: bool>(word: &[u8], seeds: &Seeds) -> u64 {
    let mut hash = seeds.0[2] ^ word.len() as u64;
    let mut mix = |chunk: &[u8; INLINE]| {
        let [low, high] = words(chunk);
        let (low, high) = if LOWER { (lower(low), lower(high)) } else { (low, high) };
        hash = fold(low ^ hash, high ^ seeds.0[1]) ^ hash.rotate_left(23);
    };
    word.as_chunks::<INLINE>().0.iter().for_each(&mut mix);
    // The last sixteen bytes, some of them for the second time: no padding needed.
    if let Some(last) = word.last_chunk::<INLINE>() {
        mix(last);
    }
    fold(hash ^ seeds.0[0], seeds.0[1])
}

/// Whether the lower-cased `word`, longer than an entry, is `known`.
#[inline]
pub(super) fn same_lowered(word: &[u8], known: &[u8]) -> bool {
    let same = |a: &[u8; INLINE], b: &[u8; INLINE]| words(a).map(lower) == words(b);
    word.len() == known.len()
        && word.as_chunks().0.iter().zip(known.as_chunks().0).all(|(a, b)| same(a, b))
        && word.last_chunk().zip(known.last_chunk()).is_some_and(|(a, b)| same(a, b))
}

#[inline(always)]
fn words(chunk: &[u8; INLINE]) -> [u64; 2] {
    let whole = u128::from_le_bytes(*chunk);
    [whole as u64, (whole >> 64) as u64]
}

/// Lower-cases `A` to `Z` in eight bytes at once.
#[inline(always)]
fn lower(x: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
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
    /// Seeds that nobody can foresee.
    pub(super) fn random() -> Self {
        let state = ahash::RandomState::new();
        Self([0, 1, 2].map(|i| state.hash_one(i)))
    }

    /// Seeds under which all words of at most eight bytes collide, to test the guard with.
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
