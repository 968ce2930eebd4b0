//! Terms in the order of their strings.

use std::cmp::Ordering;

use super::grams::Grams;
use crate::corpus::Vocabulary;
use crate::error::Result;
use crate::parallel::Job;
use crate::table::Strings;
use crate::text::words::{for_each_far, prefetch};

/// Puts terms into the order of their strings.
pub(super) struct ByName<'a> {
    names: &'a Vocabulary,
    /// The beginning of each string as a number, while they are sorted.
    keys: Vec<(u64, u32)>,
}

impl<'a> ByName<'a> {
    pub(super) fn new(names: &'a Vocabulary) -> Self {
        Self { names, keys: Vec::new() }
    }

    /// Sorts ids by their strings.
    pub(super) fn sort(&mut self, ids: &mut [u32]) {
        if ids.len() < 2 {
            return;
        }
        let Self { names, keys } = self;
        let (text, ends) = names.joined();
        keys.clear();
        keys.extend(ids.iter().map(|&id| {
            let at = id as usize;
            (prefix(text.as_bytes(), if at == 0 { 0 } else { ends[at - 1] }, ends[at]), id)
        }));
        keys.sort_unstable_by_key(|key| key.0);
        // Few begin with the same eight bytes.
        for same in keys.chunk_by_mut(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            same.sort_unstable_by(|a, b| names.str(a.1).cmp(names.str(b.1)));
        }
        ids.iter_mut().zip(keys).for_each(|(id, key)| *id = key.1);
    }
}

/// Places by descending counts; those of equal counts stay in their order.
pub(crate) fn by_count(len: usize, count: impl Fn(usize) -> u64) -> Vec<u32> {
    // Nearly all are rare: those go into a bucket for each count, without comparisons.
    const RARE: u64 = 256;
    let mut ends = [0usize; RARE as usize];
    let mut out: Vec<u32> = Vec::with_capacity(len);
    // There are fewer terms and n-grams than 2^32.
    for place in 0..len as u32 {
        match count(place as usize) {
            rare @ 0..RARE => ends[rare as usize] += 1,
            _ => out.push(place),
        }
    }
    out.sort_by_key(|&place| std::cmp::Reverse(count(place as usize)));
    let mut start = out.len();
    for end in ends.iter_mut().rev() {
        (*end, start) = (start, start + *end);
    }
    out.resize(len, 0);
    for place in 0..len as u32 {
        if let Some(next) = ends.get_mut(count(place as usize).min(RARE) as usize) {
            out[*next] = place;
            *next += 1;
        }
    }
    out
}

/// The strings of `ids`, which are all over the place.
pub(super) fn strings(names: &Vocabulary, ids: &[u32]) -> Strings {
    let mut out = Strings::default();
    out.reserve(ids.len(), ids.iter().map(|&id| names.str(id).len()).sum());
    let ask = |_: &Strings, id| names.str(id).as_bytes().first().into_iter().for_each(prefetch);
    for_each_far(ids, &mut out, ask, |out, id| out.push(names.str(id)));
    out
}

/// The first eight bytes of `text[start..end]` as a number that sorts as they do.
pub(crate) fn prefix(text: &[u8], start: usize, end: usize) -> u64 {
    let rest = &text[start..];
    let first = match rest.first_chunk() {
        Some(chunk) => u64::from_be_bytes(*chunk),
        None => rest.iter().zip(1..).fold(0, |sum, (&byte, i)| sum | u64::from(byte) << (64 - 8 * i)),
    };
    let beyond = u64::MAX.checked_shr(8 * (end - start).min(8) as u32).unwrap_or(0);
    first & !beyond
}

/// The strings of a vocabulary in their own order. A word's rank counts from 1: 0 is no word.
pub(super) struct Sorted {
    /// The rank of each id.
    pub(super) ranks: Vec<u32>,
    /// The strings, with room behind them for a copy of [`WIDE`] bytes.
    text: Vec<u8>,
    /// Where the string of each rank ends in `text`.
    ends: Vec<usize>,
}

/// Nearly every word fits; a copy of this many bytes is one instruction.
const WIDE: usize = 16;

impl Sorted {
    pub(super) fn new(names: &Vocabulary) -> Self {
        // A vocabulary holds fewer than 2^32 strings.
        let mut order: Vec<u32> = (0..names.len() as u32).collect();
        ByName::new(names).sort(&mut order);
        let mut ranks = vec![0u32; names.len()];
        let mut text = Vec::with_capacity(names.joined().0.len() + WIDE);
        let mut ends = Vec::with_capacity(names.len() + 1);
        ends.push(0);
        for (&id, rank) in order.iter().zip(1..) {
            ranks[id as usize] = rank;
            text.extend_from_slice(names.str(id).as_bytes());
            ends.push(text.len());
        }
        text.resize(text.len() + WIDE, 0);
        Self { ranks, text, ends }
    }

    /// The number of strings.
    pub(super) fn len(&self) -> usize {
        self.ranks.len()
    }

    /// The rank of a string, if it is there.
    pub(super) fn rank(&self, word: &str) -> Option<u32> {
        let (mut low, mut high) = (1, self.ends.len());
        while low < high {
            let middle = low.midpoint(high);
            let found = &self.text[self.ends[middle - 1]..self.ends[middle]];
            match found.cmp(word.as_bytes()) {
                Ordering::Less => low = middle + 1,
                // There are fewer than 2^32 strings.
                Ordering::Equal => return Some(middle as u32),
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The strings of the n-grams at `places` of `grams`, their words joined by spaces.
    pub(super) fn spelled(&self, grams: &Grams, places: &[u32], job: &Job) -> Result<Strings> {
        let mut offsets = Vec::with_capacity(places.len() + 1);
        offsets.push(0);
        let (mut bytes, mut end) = (Vec::new(), 0);
        let mut spans = Vec::new();
        let mut blocks = places.chunks(BLOCK).peekable();
        let ask = |block: &[u32]| block.iter().for_each(|&place| grams.prefetch(place as usize));
        blocks.peek().iter().for_each(|block| ask(block));
        let mut stretch = 0;
        while let Some(block) = blocks.next() {
            if stretch % (STRETCH / BLOCK) == 0 {
                job.check()?;
            }
            stretch += 1;
            blocks.peek().iter().for_each(|block| ask(block));
            spans.clear();
            let start = end;
            for &place in block {
                for &word in grams.words(place as usize) {
                    let span = (self.ends[word as usize - 1], self.ends[word as usize]);
                    end += span.1 - span.0 + 1;
                    spans.push(span);
                }
                if let Some((_, last)) = spans.last_mut() {
                    *last |= LAST;
                }
                end -= 1;
                // A Vec never holds more than isize::MAX bytes, so the cast keeps the value.
                offsets.push(end as i64);
            }
            // What is copied beyond the end of a word is overwritten by what follows.
            bytes.resize(end + WIDE, 0);
            let mut at = start;
            for &(start, last) in &spans {
                let end = last & !LAST;
                bytes[at..at + WIDE].copy_from_slice(&self.text[start..start + WIDE]);
                if end - start > WIDE {
                    bytes[at + WIDE..at + end - start].copy_from_slice(&self.text[start + WIDE..end]);
                }
                at += end - start;
                bytes[at] = b' ';
                at += usize::from(last & LAST == 0);
            }
        }
        bytes.truncate(end);
        Ok(Strings::joined(bytes, offsets))
    }
}

/// Marks the end of the last word of an n-gram.
const LAST: usize = 1 << (usize::BITS - 1);

/// How many n-grams are asked for before the first of them is spelled: they are far apart.
const BLOCK: usize = 64;

/// How many n-grams are spelled between two looks at a stop request.
const STRETCH: usize = 1 << 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_strings_sort() {
        let words = ["b", "", "abcdefgh", "abcdefghi", "abcdefg", "é", "ab", "abcdefghij", "ab\0", "z"];
        let mut names = Vocabulary::new();
        words.iter().for_each(|word| assert!(names.intern(word).is_ok()));
        let mut order: Vec<u32> = (0..words.len() as u32).collect();
        ByName::new(&names).sort(&mut order[1..]);
        let mut expected = words.to_vec();
        expected[1..].sort_unstable();
        assert_eq!(order.iter().map(|&id| names.str(id)).collect::<Vec<_>>(), expected);
        assert_eq!(strings(&names, &order), expected.into_iter().collect());
    }

    #[test]
    fn words_of_any_length_are_joined() {
        let words = ["", "a", "fifteen letters", "sixteen letters.", "seventeen letters", "éé"];
        let mut names = Vocabulary::new();
        words.iter().for_each(|word| assert!(names.intern(word).is_ok()));
        let sorted = Sorted::new(&names);
        let mut grams = Grams::new(3);
        let mut expected = Vec::new();
        for a in 0..words.len() {
            for b in 0..words.len() {
                for size in 1..=3 {
                    let ids = [a, b, a];
                    let ranks = ids.map(|id| sorted.ranks[id]);
                    grams.push(&[&ranks[..size], &[0; 3]].concat()[..3], Default::default());
                    expected.push(ids[..size].iter().map(|&id| words[id]).collect::<Vec<_>>().join(" "));
                }
            }
        }
        let job = Job::new(Some(1));
        let places: Vec<u32> = (0..grams.len() as u32).rev().collect();
        let found = sorted.spelled(&grams, &places, &job).unwrap();
        assert!((0..found.len()).map(|i| found.get(i).unwrap()).eq(expected.iter().rev().map(|s| &s[..])));
    }
}
