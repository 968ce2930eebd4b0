//! CMUdict's syllable counts, looked up in the packed text itself.
//!
//! `lists/cmudict-syllables.txt` holds the words in byte order, front-coded, 16 to a line
//! (`benches/tools/syllables/build_dictionary.py` explains the code and writes the file). A look-up is
//! a binary search over the openings of the lines, 90 kB noted at first use, and a walk along one line.
//! Who has thousands of words to look up makes a [`Table`] of the short ones first.

use std::cmp::Ordering;
use std::sync::{Arc, LazyLock, Mutex};

use ahash::AHashMap;

use crate::text::letters::{self, Letters};
use crate::text::words::prefetch;

const PACKED: &[u8] = include_bytes!("../lists/cmudict-syllables.txt");

/// No word of the dictionary is longer; what is longer need not be looked for.
const LONGEST: usize = 34;

/// The syllables of `word` (lower case, straight apostrophes) if the dictionary has it.
pub(super) fn lookup(word: &str) -> Option<u32> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    find(line_of(word.as_bytes()), word.as_bytes())
}

/// Every word with its count, in order. For tests: the table against the rules, and the rules against it.
pub fn words() -> impl Iterator<Item = (String, u32)> {
    PACKED.split(|&b| b == b'\n').flat_map(|line| {
        let mut entries = Entries { rest: line, count: 0 };
        let mut word = String::new();
        std::iter::from_fn(move || {
            let (count, shared, tail) = entries.next()?;
            word.truncate(shared);
            word.extend(tail.iter().map(|&b| char::from(b)));
            Some((word.clone(), count))
        })
    })
}

/// Where each line starts, with the first eight letters of its first word.
struct Index {
    openings: Vec<u64>,
    starts: Vec<u32>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let (mut openings, mut starts, mut at) = (Vec::new(), Vec::new(), 0);
    for line in PACKED.split(|&b| b == b'\n').filter(|l| !l.is_empty()) {
        openings.push(opening(first_word(line)));
        starts.push(at as u32);
        at += line.len() + 1;
    }
    Index { openings, starts }
});

/// Builds the index now instead of at the first word.
pub(super) fn warm() {
    LazyLock::force(&INDEX);
}

/// The first eight letters as a number that sorts as they do.
fn opening(word: &[u8]) -> u64 {
    word.iter().take(8).enumerate().fold(0, |n, (i, &b)| n | u64::from(b) << (56 - 8 * i))
}

fn first_word(line: &[u8]) -> &[u8] {
    Entries { rest: line, count: 0 }.next().map_or(&[], |(_, _, tail)| tail)
}

/// The last line whose first word is not after `word`: the only one that can hold it.
fn line_of(word: &[u8]) -> &'static [u8] {
    let wanted = opening(word);
    let mut n = INDEX.openings.partition_point(|&o| o <= wanted);
    while n > 0 {
        n -= 1;
        let start = INDEX.starts[n] as usize;
        let end = memchr::memchr(b'\n', &PACKED[start..]).map_or(PACKED.len(), |length| start + length);
        let line = &PACKED[start..end];
        // Openings that are alike say nothing of the letters after them.
        if INDEX.openings[n] != wanted || first_word(line) <= word {
            return line;
        }
    }
    &[]
}

fn find(line: &[u8], word: &[u8]) -> Option<u32> {
    // How many letters of `word` the entry before agrees with: an entry that shares fewer with its
    // neighbour is past the word, one that shares more is still as far before it.
    let mut agreed = 0;
    let mut entries = Entries { rest: line, count: 0 };
    while let Some((count, shared, tail)) = entries.next() {
        match shared.cmp(&agreed) {
            Ordering::Less => return None,
            Ordering::Greater => continue,
            Ordering::Equal => {}
        }
        let more = tail.iter().zip(&word[agreed..]).take_while(|(a, b)| a == b).count();
        agreed += more;
        if more == tail.len() {
            if agreed == word.len() {
                return Some(count);
            }
        } else if word.get(agreed).is_none_or(|&b| tail[more] > b) {
            return None;
        }
    }
    None
}

/// The entries of a line: syllables, letters shared with the word before, letters that follow.
struct Entries<'a> {
    rest: &'a [u8],
    count: u32,
}

impl<'a> Entries<'a> {
    fn next(&mut self) -> Option<(u32, usize, &'a [u8])> {
        let mut at = 0;
        if let Some(&digit @ b'0'..=b'?') = self.rest.first() {
            self.count = u32::from(digit - b'0');
            at = 1;
        }
        let shared = usize::from(self.rest.get(at)?.wrapping_sub(b'A'));
        let body = &self.rest[at + 1..];
        let end = body.iter().position(|b| matches!(b, b'0'..=b'?' | b'A'..=b'Z')).unwrap_or(body.len());
        self.rest = &body[end..];
        Some((self.count, shared, &body[..end]))
    }
}

/// Words of up to twelve letters by [`letters::number`], the count in the four bits above it.
#[derive(Debug)]
pub(super) struct Table {
    /// Open-addressed, 0 marks a free slot. Two megabytes.
    slots: Vec<u64>,
    /// The few words of up to twice as many letters, by both halves.
    long: AHashMap<(u64, u64), u32>,
}

/// The table of this process. Only tried, never waited for: whoever held it when a process forked is
/// not there to let it go.
static TABLE: Mutex<Option<Arc<Table>>> = Mutex::new(None);

impl Table {
    const SLOTS: u32 = 18;
    const WORD: u64 = (1 << Letters::BITS) - 1;

    /// The table, made in two milliseconds when it is first asked for.
    pub(super) fn get() -> Arc<Self> {
        if let Ok(kept) = TABLE.try_lock()
            && let Some(table) = &*kept
        {
            return Arc::clone(table);
        }
        let table = Arc::new(Self::read());
        if let Ok(mut kept) = TABLE.try_lock() {
            *kept = Some(Arc::clone(&table));
        }
        table
    }

    fn read() -> Self {
        let mut table = Self { slots: vec![0; 1 << Self::SLOTS], long: AHashMap::new() };
        let mut word = Vec::new();
        for line in PACKED.split(|&b| b == b'\n') {
            let mut entries = Entries { rest: line, count: 0 };
            while let Some((count, shared, tail)) = entries.next() {
                word.truncate(shared);
                word.extend_from_slice(tail);
                if let Some(number) = letters::number(&word) {
                    let mut slot = Self::slot(number);
                    while table.slots[slot] != 0 {
                        slot = (slot + 1) % table.slots.len();
                    }
                    table.slots[slot] = number | u64::from(count) << Letters::BITS;
                } else if let Some(halves) = halves(&word) {
                    table.long.insert(halves, count);
                }
            }
        }
        table
    }

    #[inline]
    fn slot(number: u64) -> usize {
        (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - Self::SLOTS)) as usize
    }

    /// The syllables of `word`, as [`lookup`] has them.
    pub(super) fn lookup(&self, word: &str) -> Option<u32> {
        match letters::number(word.as_bytes()) {
            Some(number) => self.find(number),
            None if word.len() <= Letters::LONGEST => None,
            None if word.len() <= 2 * Letters::LONGEST => self.long.get(&halves(word.as_bytes())?).copied(),
            None => lookup(word),
        }
    }

    /// The same for a short word of letters, small or capital.
    #[inline]
    pub(super) fn lookup_letters(&self, letters: &Letters) -> Option<u32> {
        self.find(letters.number)
    }

    /// Asks for the place of a short word.
    pub(super) fn ask(&self, number: u64) {
        prefetch(&self.slots[Self::slot(number)]);
    }

    #[inline]
    fn find(&self, number: u64) -> Option<u32> {
        let mut slot = Self::slot(number);
        loop {
            match self.slots[slot] {
                0 => return None,
                found if found & Self::WORD == number => return Some((found >> Letters::BITS) as u32),
                _ => slot = (slot + 1) % self.slots.len(),
            }
        }
    }
}

/// The numbers of the first twelve letters of a word, and of as many more.
fn halves(word: &[u8]) -> Option<(u64, u64)> {
    let (first, rest) = word.split_at_checked(Letters::LONGEST)?;
    Some((letters::number(first)?, letters::number(rest)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_answers_like_the_text() {
        let table = Table::get();
        for (word, count) in words() {
            assert_eq!(table.lookup(&word), Some(count), "{word}");
            let mut others =
                [format!("{word}q"), word[..word.len() - 1].to_owned(), format!("é{word}"), word];
            others[3].make_ascii_uppercase();
            for other in &others {
                assert_eq!(table.lookup(other), lookup(other), "{other}");
            }
            if let Some(letters) = Letters::of(&others[3]) {
                assert_eq!(table.lookup_letters(&letters), Some(count), "{}", others[3]);
            }
        }
        assert_eq!(
            (table.lookup(""), table.lookup("a b"), table.lookup(&"a".repeat(99))),
            (None, None, None)
        );
    }

    #[test]
    fn every_word_is_found_and_its_neighbours_are_not() {
        let mut n = 0;
        for (word, count) in words() {
            assert_eq!(lookup(&word), Some(count), "{word}");
            assert!(word.len() <= LONGEST && count > 0);
            n += 1;
        }
        assert_eq!(n, 119_029);
        let all: std::collections::HashSet<String> = words().map(|(w, _)| w).collect();
        for (i, word) in all.iter().enumerate().filter(|(i, _)| i % 7 == 0) {
            for other in [format!("{word}q"), word[..word.len() - 1].to_owned(), format!("{}z", &word[1..])] {
                assert_eq!(lookup(&other).is_some(), all.contains(&other), "{other} {i}");
            }
        }
    }
}
