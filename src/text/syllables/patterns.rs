//! English syllables by rule: a small table of letter patterns, for words outside of the dictionary.
//!
//! Of each letter that can carry a syllable the weights of all patterns that fit around it are
//! added; above zero it carries one. `lists/syllables-en.txt` has a pattern and its weight a line,
//! the asked letter in capitals, `^` and `$` the word's ends: `E$ -91` is the silent e,
//! `tEd$ 85` what keeps it in "acted". `benches/tools/syllables/fit_rules.py` fits the table and
//! is its twin: candidates and pieces must be chosen alike in both.

use std::sync::LazyLock;

const TEXT: &str = include_str!("../lists/syllables-en.txt");

/// How far a pattern may reach to the left and right of its letter, and its length.
const MAX_LEFT: usize = 4;
const MAX_RIGHT: usize = 5;
const MAX_PIECE: usize = 6;

/// Letters, both ends and the apostrophe in base 30; `30^6` times the place of the letter on top:
/// every pattern is its own number below `2^32`, and none is 0.
const BASE: u32 = 30;
const PLACE: u32 = BASE.pow(MAX_PIECE as u32);

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(TEXT));

/// Builds the table now instead of at the first word.
pub(super) fn warm() {
    LazyLock::force(&TABLE);
}

/// The letters of `word` (lower-case ASCII letters and apostrophes) that carry a syllable.
/// Zero where there is no vowel at all.
pub(super) fn syllables(word: &str) -> u32 {
    let mut codes = Vec::with_capacity(word.len() + 2);
    codes.push(code(b'^'));
    codes.extend(word.bytes().map(code));
    codes.push(code(b'$'));
    let carries = |&i: &usize| is_candidate(&codes, i) && TABLE.score(&codes, i) > 0;
    (1..codes.len() - 1).filter(carries).fold(0u32, |n, _| n.saturating_add(1))
}

/// Vowel letters, and the consonants that carry a syllable in -ism, -thm, Mc- and -n't.
fn is_candidate(codes: &[u32], i: usize) -> bool {
    const A: u32 = code(b'a');
    const E: u32 = code(b'e');
    const I: u32 = code(b'i');
    const O: u32 = code(b'o');
    const U: u32 = code(b'u');
    const Y: u32 = code(b'y');
    const M: u32 = code(b'm');
    const C: u32 = code(b'c');
    const N: u32 = code(b'n');
    match codes[i] {
        A | E | I | O | U | Y => true,
        M => codes[i - 1] == code(b's') || codes[i - 1] == code(b'h'),
        C => i == 2 && codes[1] == M,
        N => codes[i + 1] == code(b'\''),
        _ => false,
    }
}

const fn code(b: u8) -> u32 {
    match b {
        b'a'..=b'z' => (b - b'a') as u32 + 1,
        b'^' => 27,
        b'$' => 28,
        _ => 29,
    }
}

/// A hash table with open addressing; 0 marks a free slot.
struct Table {
    keys: Vec<u32>,
    weights: Vec<i16>,
    shift: u32,
}

impl Table {
    fn read(text: &str) -> Self {
        let slots = (text.lines().count() * 3 / 2).next_power_of_two().max(2);
        let mut table =
            Self { keys: vec![0; slots], weights: vec![0; slots], shift: 32 - slots.trailing_zeros() };
        for line in text.lines() {
            let Some((pattern, weight)) = line.split_once(' ') else { continue };
            let place = pattern.bytes().position(|b| b.is_ascii_uppercase()).unwrap_or(0);
            let value = pattern.bytes().fold(0, |v, b| v * BASE + code(b.to_ascii_lowercase()));
            let key = value + PLACE * place as u32;
            let mut slot = table.slot(key);
            while table.keys[slot] != 0 {
                slot = (slot + 1) & (slots - 1);
            }
            table.keys[slot] = key;
            table.weights[slot] = weight.parse().unwrap_or(0);
        }
        table
    }

    fn slot(&self, key: u32) -> usize {
        (key.wrapping_mul(0x9E37_79B1) >> self.shift) as usize
    }

    fn weight(&self, key: u32) -> i32 {
        let mut slot = self.slot(key);
        loop {
            match self.keys[slot] {
                0 => return 0,
                k if k == key => return i32::from(self.weights[slot]),
                _ => slot = (slot + 1) & (self.keys.len() - 1),
            }
        }
    }

    /// The weights of all patterns around letter `i`, added.
    fn score(&self, codes: &[u32], i: usize) -> i32 {
        let mut sum = 0;
        for left in 0..=MAX_LEFT.min(i) {
            let mut value = codes[i - left..i].iter().fold(0, |v, c| v * BASE + c);
            let reach = MAX_RIGHT.min(MAX_PIECE - 1 - left).min(codes.len() - 1 - i);
            for &c in &codes[i..=i + reach] {
                value = value * BASE + c;
                sum += self.weight(value + PLACE * left as u32);
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_without_loss() {
        let lines = TEXT.lines().count();
        assert_eq!(TABLE.keys.iter().filter(|&&k| k != 0).count(), lines);
        assert_eq!(TABLE.weights.iter().filter(|&&w| w != 0).count(), lines);
    }

    #[test]
    fn rules_alone_agree_with_the_dictionary() {
        // The tenth that the fit never saw is judged in tests/rust/syllables.rs.
        let (mut right, mut all) = (0, 0);
        for (word, count) in super::super::dictionary::words() {
            if word.bytes().all(|b| b.is_ascii_lowercase()) {
                all += 1;
                right += u32::from(super::super::english::by_rule(&word).count == count);
            }
        }
        assert!(f64::from(right) / f64::from(all) > 0.97, "{right} of {all}");
    }
}
