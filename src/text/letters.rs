//! Short words of ASCII letters as numbers: the same number for the same letters, small or capital.
//!
//! Most words are such words. A number is compared and hashed at once, without a look at the word.

use super::bytes;

/// What is not a letter and yet may stand in a number, see [`number`].
const OTHERS: &[u8] = b"'-.";

/// A word of at most [`LONGEST`](Self::LONGEST) ASCII letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Letters {
    /// Five bits a letter, the first in the lowest; no letter is 0.
    pub(crate) number: u64,
    /// A bit for each letter, the first lowest: whether it is a capital.
    capitals: u16,
    /// How many letters.
    pub(crate) len: u32,
}

impl Letters {
    /// The longest word that has a number.
    pub(crate) const LONGEST: usize = 12;
    /// The bits of a number.
    pub(crate) const BITS: u32 = 60;

    /// The word `text[start..end]`, if it is short and of nothing but ASCII letters. Reads some bytes behind
    /// it where there are any, so that no step depends on its length.
    #[inline]
    pub(crate) fn at(text: &[u8], start: usize, end: usize) -> Option<Self> {
        let len = end - start;
        if len == 0 || len > Self::LONGEST {
            return None;
        }
        let bytes = u128::from_le_bytes(bytes::first(&text[start..]));
        // What is behind the word becomes a small letter.
        let of_word = u128::MAX >> (128 - 8 * len);
        let filled = (bytes & of_word) | (every(b'a') & !of_word);
        let small = filled | every(0x20);
        // The highest bit of each byte: whether it is at least 'a', and whether it is above 'z'. ASCII bytes do
        // not run over into their neighbours.
        let (low, above) = (small.wrapping_add(every(0x80 - b'a')), small.wrapping_add(every(0x7f - b'z')));
        if (!low | above | filled) & every(0x80) != 0 {
            return None;
        }
        let fives = small & every(0x1f) & of_word;
        let capitals = !filled & every(0x20);
        Some(Self {
            number: packed(fives as u64) | packed((fives >> 64) as u64) << 40,
            capitals: u16::from(lowest_bits(capitals as u64 >> 5))
                | u16::from(lowest_bits((capitals >> 64) as u64 >> 5)) << 8,
            len: len as u32,
        })
    }

    /// A whole word.
    pub(crate) fn of(word: &str) -> Option<Self> {
        Self::at(word.as_bytes(), 0, word.len())
    }

    /// The number of the word with `'s` behind it, if that is short enough.
    pub(crate) fn possessive(&self) -> Option<u64> {
        let ending = u64::from(b's' & 31) << 5 | 27;
        (self.len as usize + 2 <= Self::LONGEST).then(|| self.number | ending << (5 * self.len))
    }

    /// Whether the first letter is a capital.
    #[inline]
    pub(crate) fn begins_capital(&self) -> bool {
        self.capitals & 1 != 0
    }

    /// Whether no letter but the first is a capital.
    #[inline]
    pub(crate) fn goes_on_small(&self) -> bool {
        self.capitals <= 1
    }

    /// Whether all letters are capitals.
    #[inline]
    pub(crate) fn all_capitals(&self) -> bool {
        self.capitals.count_ones() == self.len
    }

    /// Whether it ends with two small letters, whatever their case here.
    #[inline]
    pub(crate) fn ends_with(&self, ending: [u8; 2]) -> bool {
        let [a, b] = ending.map(|letter| u64::from(letter & 31));
        self.len >= 2 && self.number >> (5 * (self.len - 2)) == b << 5 | a
    }
}

/// The number of a word in small letters that may hold apostrophes, hyphens and full stops, as [`Letters`] has it
/// where it holds none.
#[inline]
pub(crate) fn number(word: &[u8]) -> Option<u64> {
    if word.is_empty() || word.len() > Letters::LONGEST {
        return None;
    }
    word.iter().rev().try_fold(0, |number, &b| {
        let code = match b {
            b'a'..=b'z' => b & 31,
            _ => 27 + OTHERS.iter().position(|&other| other == b)? as u8,
        };
        Some(number << 5 | u64::from(code))
    })
}

const fn every(byte: u8) -> u128 {
    u128::from_le_bytes([byte; 16])
}

/// Eight times five bits, one in each byte, next to each other.
fn packed(fives: u64) -> u64 {
    let tens = fives & 0x001f_001f_001f_001f | fives >> 3 & 0x03e0_03e0_03e0_03e0;
    let twenties = tens & 0x0000_03ff_0000_03ff | tens >> 6 & 0x000f_fc00_000f_fc00;
    twenties & 0x000f_ffff | twenties >> 12 & 0x00ff_fff0_0000
}

/// The lowest bit of each byte, where nothing else is set.
fn lowest_bits(bytes: u64) -> u8 {
    (bytes.wrapping_mul(0x0102_0408_1020_4080) >> 56) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, letter by letter.
    fn twin(word: &str) -> Option<Letters> {
        let is_one = (1..=12).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphabetic());
        let capitals = word.bytes().enumerate().filter(|(_, b)| b.is_ascii_uppercase());
        is_one.then(|| Letters {
            number: number(word.to_ascii_lowercase().as_bytes()).unwrap(),
            capitals: capitals.map(|(i, _)| 1 << i).sum(),
            len: word.len() as u32,
        })
    }

    #[test]
    fn a_word_is_what_its_letters_are() {
        let mut words: Vec<String> =
            ["", "a", "Zz", "abcdefghijkl", "ABCDEFGHIJKLM", "mNoPqRsTuVwX", "é", "aé", "ﬀ"]
                .map(str::to_owned)
                .to_vec();
        for c in (0..=0x250).filter_map(char::from_u32) {
            for len in 0..14 {
                for at in 0..=len {
                    words.push(format!(
                        "{}{c}{}",
                        "aZ".repeat(7).split_at(at).0,
                        "zA".repeat(7).split_at(len - at).0
                    ));
                }
            }
        }
        for word in &words {
            assert_eq!(Letters::of(word), twin(word), "{word:?}");
            for (before, behind) in [("", "s and more"), ("x\u{fffd}", "\u{10ffff}..........."), ("A", "B")] {
                let text = format!("{before}{word}{behind}");
                let (start, end) = (before.len(), before.len() + word.len());
                assert_eq!(Letters::at(text.as_bytes(), start, end), twin(word), "{word:?} in {text:?}");
            }
            let Some(letters) = Letters::of(word) else { continue };
            assert_eq!(letters.begins_capital(), word.starts_with(|c: char| c.is_ascii_uppercase()));
            assert_eq!(letters.goes_on_small(), word[1..].bytes().all(|b| b.is_ascii_lowercase()));
            assert_eq!(letters.possessive(), number(format!("{}'s", word.to_ascii_lowercase()).as_bytes()));
            assert_eq!(letters.all_capitals(), word.bytes().all(|b| b.is_ascii_uppercase()));
            for ending in [*b"az", *b"za", *b"aa", *b"zz"] {
                let expected = word.to_ascii_lowercase().as_bytes().ends_with(&ending);
                assert_eq!(letters.ends_with(ending), expected, "{word}");
            }
        }
    }

    #[test]
    fn a_number_is_one_words_alone() {
        let mut seen = std::collections::HashMap::new();
        for (word, _) in crate::text::syllables::dictionary_words() {
            let Some(number) = number(word.as_bytes()) else {
                assert!(word.len() > Letters::LONGEST, "{word}");
                continue;
            };
            assert!(number >> Letters::BITS == 0 && seen.insert(number, word).is_none());
        }
        assert_eq!([number(b""), number(b"a b"), number(b"A"), number(&[b'a'; 13])], [None; 4]);
    }
}
