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

/// The letters of `word` (ASCII letters in any case and apostrophes) that carry a syllable.
/// Zero where there is no vowel at all.
pub(super) fn syllables(word: &str) -> u32 {
    let mut short = [0; 32];
    let mut long = Vec::new();
    let codes = match short.get_mut(..word.len() + 2) {
        Some(codes) => codes,
        None => {
            long.resize(word.len() + 2, 0);
            &mut long
        }
    };
    codes[0] = code(b'^');
    codes[1..].iter_mut().zip(word.bytes().chain([b'$'])).for_each(|(c, b)| *c = code(b));
    let table: &Table = &TABLE;
    let carries = |&i: &usize| is_candidate(codes, i) && table.score(codes, i) > 0;
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
        b'a'..=b'z' | b'A'..=b'Z' => (b & 31) as u32,
        b'^' => 27,
        b'$' => 28,
        _ => 29,
    }
}

/// A hash table with open addressing; 0 marks a free slot. With each pattern it holds those that are left
/// if letters are taken off its right end, and then off its left, so that a search may stop at the first
/// that is not there; where the list has none the weight is 0.
struct Table {
    slots: Vec<u32>,
    /// Of each slot. Apart, because most searches end at a slot that is free.
    weights: Vec<i16>,
    shift: u32,
}

impl Table {
    fn read(text: &str) -> Self {
        let slots = (text.lines().count() * 3).next_power_of_two().max(2);
        let mut table =
            Self { slots: vec![0; slots], weights: vec![0; slots], shift: 32 - slots.trailing_zeros() };
        for line in text.lines() {
            let Some((pattern, weight)) = line.split_once(' ') else { continue };
            let left = pattern.bytes().position(|b| b.is_ascii_uppercase()).unwrap_or(0);
            let mut codes = [0; MAX_PIECE];
            codes.iter_mut().zip(pattern.bytes()).for_each(|(c, b)| *c = code(b));
            let codes = &codes[..pattern.len().min(MAX_PIECE)];
            for from in 0..=left {
                let ends = if from == 0 { left + 1..codes.len() + 1 } else { left + 1..left + 2 };
                for end in ends {
                    table.entry(key(&codes[from..end], left - from));
                }
            }
            *table.entry(key(codes, left)) = weight.parse().unwrap_or(0);
        }
        table
    }

    fn slot(&self, key: u32) -> usize {
        (key.wrapping_mul(0x9E37_79B1) >> self.shift) as usize
    }

    fn entry(&mut self, key: u32) -> &mut i16 {
        let mut slot = self.slot(key);
        while self.slots[slot] != 0 && self.slots[slot] != key {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.slots[slot] = key;
        &mut self.weights[slot]
    }

    fn weight(&self, key: u32) -> Option<i32> {
        let mut slot = self.slot(key);
        loop {
            match self.slots[slot] {
                0 => return None,
                k if k == key => return Some(i32::from(self.weights[slot])),
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// The weights of all patterns around letter `i`, added.
    fn score(&self, codes: &[u32], i: usize) -> i32 {
        let mut sum = 0;
        for left in 0..=MAX_LEFT.min(i) {
            let reach = MAX_RIGHT.min(MAX_PIECE - 1 - left).min(codes.len() - 1 - i);
            let mut next = key(&codes[i - left..=i], left);
            let Some(weight) = self.weight(next) else { break };
            sum += weight;
            for &c in &codes[i + 1..=i + reach] {
                next = (next - PLACE * left as u32) * BASE + c + PLACE * left as u32;
                let Some(weight) = self.weight(next) else { break };
                sum += weight;
            }
        }
        sum
    }
}

/// The number of a pattern with `left` letters before the one that is asked for.
fn key(codes: &[u32], left: usize) -> u32 {
    codes.iter().fold(0, |value, c| value * BASE + c) + PLACE * left as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_without_loss() {
        assert_eq!(TABLE.weights.iter().filter(|&&weight| weight != 0).count(), TEXT.lines().count());
        let filled = TABLE.slots.iter().filter(|&&key| key != 0).count();
        assert!(filled * 3 < TABLE.slots.len() * 2, "{filled} of {}", TABLE.slots.len());
    }

    #[test]
    fn a_search_that_stops_early_misses_nothing() {
        // Every pattern that fits, one by one.
        let weights: std::collections::HashMap<&str, i32> =
            TEXT.lines().filter_map(|l| l.split_once(' ')).map(|(p, w)| (p, w.parse().unwrap())).collect();
        for (word, _) in super::super::dictionary::words().step_by(7) {
            if word.contains(['-', '.']) {
                continue;
            }
            let framed = format!("^{word}$");
            let codes: Vec<u32> = framed.bytes().map(code).collect();
            for i in (1..codes.len() - 1).filter(|&i| is_candidate(&codes, i)) {
                let mut sum = 0;
                for from in i.saturating_sub(MAX_LEFT)..=i {
                    for end in i + 1..=codes.len().min(i + 1 + MAX_RIGHT) {
                        let mut piece = framed[from..end].to_owned();
                        piece[i - from..=i - from].make_ascii_uppercase();
                        sum += weights.get(piece.as_str()).copied().unwrap_or(0);
                    }
                }
                assert_eq!(TABLE.score(&codes, i), sum, "{word} {i}");
            }
        }
    }

    #[test]
    fn rules_alone_agree_with_the_dictionary() {
        // The tenth that the fit never saw is judged in tests/rust/syllables.rs.
        let (mut right, mut all) = (0, 0);
        for (word, count) in super::super::dictionary::words() {
            if word.bytes().all(|b| b.is_ascii_lowercase()) {
                all += 1;
                right += u32::from(
                    super::super::syllables_by_rule(&word, super::super::Language::English).count == count,
                );
            }
        }
        assert!(f64::from(right) / f64::from(all) > 0.97, "{right} of {all}");
    }
}
