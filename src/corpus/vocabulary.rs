//! A vocabulary: strings to dense numbers and back.
//!
//! Made for the words of a text: most are at most sixteen bytes long and most have been seen
//! before. The table is open-addressed, an entry holds a short word whole, and a batch of words
//! is hashed and its entries are asked for first, then looked up without a branch that depends on
//! the words, so that the machine waits for many entries at once. What is not found at its home slot takes the long way.
//!
//! The hash is seeded anew for every vocabulary; a probe that gets suspiciously long reseeds it.
//! Numbers follow first occurrence, so nothing that a caller sees depends on the seed.

mod batch;
mod key;

use crate::error::{Error, Kind, Result};
use crate::text::words::widest;
use batch::{BATCH, Batch};
use key::{Key, Seeds};

/// What happens to a word before it is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Case {
    /// Nothing.
    #[default]
    Keep,
    /// `A` to `Z` become `a` to `z`; other letters stay.
    AsciiLower,
}

/// Distinct strings, numbered from 0 in the order in which they first came.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    table: Vec<Entry>,
    /// `hash >> shift` is the home slot: the table is a power of two long.
    shift: u32,
    seeds: Seeds,
    /// How often entries got other slots.
    rebuilt: u64,
    /// All strings, one after another, and where each ends.
    text: String,
    ends: Vec<usize>,
    /// How many strings there may be.
    limit: u32,
}

/// Half a cache line.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(32))]
struct Entry {
    key: Key,
    id: u32,
}

/// Where a new word belongs: an empty slot and how far it is from home.
struct Place {
    slot: usize,
    distance: usize,
}

const SMALLEST: usize = 64;
/// No random hash makes a probe this long at our load, at any size that fits a machine.
const LONGEST_PROBE: usize = 1024;

impl Default for Vocabulary {
    fn default() -> Self {
        Self::new()
    }
}

impl Vocabulary {
    /// An empty vocabulary.
    pub fn new() -> Self {
        Self::with(Seeds::random(), u32::MAX)
    }

    fn with(seeds: Seeds, limit: u32) -> Self {
        Self {
            table: vec![Entry::default(); SMALLEST],
            shift: shift(SMALLEST),
            seeds,
            rebuilt: 0,
            text: String::new(),
            ends: Vec::new(),
            limit,
        }
    }

    /// How many distinct strings there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The string of a number that this vocabulary gave; panics on any other.
    pub fn str(&self, id: u32) -> &str {
        let (start, end) = self.span(id as usize);
        &self.text[start..end]
    }

    /// All strings in the order of their numbers.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|id| {
            let (start, end) = self.span(id);
            &self.text[start..end]
        })
    }

    /// All strings without a copy: joined into one text in the order of their numbers, and where
    /// each ends in it.
    pub fn joined(&self) -> (&str, &[usize]) {
        (&self.text, &self.ends)
    }

    /// The bytes that the vocabulary takes.
    pub fn memory(&self) -> usize {
        self.table.capacity() * size_of::<Entry>()
            + self.text.capacity()
            + self.ends.capacity() * size_of::<usize>()
    }

    /// The number of a string, if it is there.
    pub fn get(&self, word: &str) -> Option<u32> {
        self.find(&Key::new(word, &self.seeds), word).ok()
    }

    /// The number of a string, which is added if it is new. Fails when there are too many.
    pub fn intern(&mut self, word: &str) -> Result<u32> {
        let key = Key::new(word, &self.seeds);
        match self.find(&key, word) {
            Ok(id) => Ok(id),
            Err(place) => self.insert::<false>(key, place, word),
        }
    }

    /// Interns `text[start..end]` of each span, in order, and appends the numbers to `ids`.
    ///
    /// Far faster than one [`intern`](Self::intern) after the other. On an error `ids` is as
    /// before; the strings before the one that did not fit stay.
    pub fn intern_words(
        &mut self,
        text: &str,
        spans: &[(usize, usize)],
        case: Case,
        ids: &mut Vec<u32>,
    ) -> Result<()> {
        let first = ids.len();
        ids.resize(first + spans.len(), 0);
        let done = match case {
            Case::Keep => self.fill::<false>(text, spans, &mut ids[first..]),
            Case::AsciiLower => self.fill::<true>(text, spans, &mut ids[first..]),
        };
        if done.is_err() {
            ids.truncate(first);
        }
        done
    }

    /// Adds the strings of `other`, in its order; the result maps its numbers to ours.
    pub fn merge(&mut self, other: &Vocabulary) -> Result<Vec<u32>> {
        // The result has at least as many strings as the larger one.
        let slots = (other.len() + other.len() / 2 + 1).next_power_of_two();
        if slots > self.table.len() {
            self.rebuild(slots)?;
        }
        let mut ids = Vec::with_capacity(other.len());
        let spans: Vec<(usize, usize)> = (0..other.len()).map(|id| other.span(id)).collect();
        self.intern_words(&other.text, &spans, Case::Keep, &mut ids)?;
        Ok(ids)
    }

    fn fill<const LOWER: bool>(
        &mut self,
        text: &str,
        spans: &[(usize, usize)],
        ids: &mut [u32],
    ) -> Result<()> {
        widest(
            #[inline(always)]
            || {
                // While one batch is looked up, the slots of the next are on their way.
                let (mut batch, mut next) = (&mut Batch::new(), &mut Batch::new());
                let mut rest = spans.chunks(BATCH).peekable();
                if let Some(first) = rest.peek() {
                    batch.ask::<LOWER>(self, text, first);
                }
                for ids in ids.chunks_mut(BATCH) {
                    let Some(spans) = rest.next() else { break };
                    if let Some(following) = rest.peek() {
                        next.ask::<LOWER>(self, text, following);
                    }
                    let mut missing = batch.look::<LOWER>(self, text, spans, ids);
                    while missing != 0 {
                        let i = missing.trailing_zeros() as usize;
                        missing &= missing - 1;
                        let word = &text[spans[i].0..spans[i].1];
                        ids[i] = self.elsewhere::<LOWER>(&batch.key(i), word)?;
                    }
                    std::mem::swap(&mut batch, &mut next);
                }
                Ok(())
            },
        )
    }

    /// The number of a word that is not in its home slot.
    #[inline(never)]
    fn elsewhere<const LOWER: bool>(&mut self, key: &Key, word: &str) -> Result<u32> {
        if key.is_long() {
            // The key is stale if the seeds have changed since.
            return if LOWER { self.intern(&word.to_ascii_lowercase()) } else { self.intern(word) };
        }
        match self.find_by(key, |_| true) {
            Ok(id) => Ok(id),
            Err(place) => self.insert::<LOWER>(*key, place, word),
        }
    }

    /// The number of a word, or where it belongs.
    #[inline]
    fn find(&self, key: &Key, word: &str) -> Result<u32, Place> {
        self.find_by(key, |id| !key.is_long() || self.str(id) == word)
    }

    /// The number of the entry with `key` that is `right`, or where one belongs.
    #[inline]
    fn find_by(&self, key: &Key, right: impl Fn(u32) -> bool) -> Result<u32, Place> {
        let mask = self.table.len() - 1;
        let home = self.home(key);
        let mut distance = 0;
        loop {
            let slot = (home + distance) & mask;
            let entry = &self.table[slot];
            if entry.key.matches(key) && right(entry.id) {
                return Ok(entry.id);
            }
            // There always is an empty slot: the table is never full.
            if entry.key.is_empty() {
                return Err(Place { slot, distance });
            }
            distance += 1;
        }
    }

    /// Adds a word that is not there, lower-cased if `LOWER`, at the place where it belongs.
    #[inline(never)]
    fn insert<const LOWER: bool>(&mut self, key: Key, place: Place, word: &str) -> Result<u32> {
        let id = u32::try_from(self.len()).ok().filter(|&id| id < self.limit).ok_or_else(too_many)?;
        self.text.try_reserve(word.len()).map_err(no_memory)?;
        self.ends.try_reserve(1).map_err(no_memory)?;
        let crowded = (self.len() + 1) * 3 > self.table.len() * 2;
        if crowded {
            // Small tables grow faster: they cost little, and each step costs a pass.
            let factor = if self.table.len() < 1 << 14 { 4 } else { 2 };
            self.rebuild(self.table.len() * factor)?;
        }
        let start = self.text.len();
        self.text.push_str(word);
        if LOWER {
            self.text[start..].make_ascii_lowercase();
        }
        self.ends.push(self.text.len());
        let distance = if crowded {
            // The seeds may be new.
            self.place(Entry { key: Key::new(&self.text[start..], &self.seeds), id })
        } else {
            self.table[place.slot] = Entry { key, id };
            place.distance
        };
        if distance > LONGEST_PROBE {
            self.reseed()?;
        }
        Ok(id)
    }

    /// Puts an entry as near to its home as older ones let it, as if all had come in the order of
    /// their numbers; returns the longest distance of the entries that moved. What comes first in a
    /// text comes often, and is best found at home.
    #[inline]
    fn place(&mut self, mut entry: Entry) -> usize {
        let mask = self.table.len() - 1;
        let mut slot = self.home(&entry.key);
        let (mut distance, mut longest) = (0, 0);
        while !self.table[slot].key.is_empty() {
            if entry.id < self.table[slot].id {
                longest = longest.max(distance);
                std::mem::swap(&mut entry, &mut self.table[slot]);
                distance = slot.wrapping_sub(self.home(&entry.key)) & mask;
            }
            slot = (slot + 1) & mask;
            distance += 1;
        }
        self.table[slot] = entry;
        longest.max(distance)
    }

    /// Moves all entries into a table of `slots` slots.
    fn rebuild(&mut self, slots: usize) -> Result<()> {
        let mut table = Vec::new();
        table.try_reserve_exact(slots).map_err(no_memory)?;
        table.resize(slots, Entry::default());
        let old = std::mem::replace(&mut self.table, table);
        self.shift = shift(slots);
        self.rebuilt += 1;
        let mut longest = 0;
        for entry in old {
            if !entry.key.is_empty() {
                longest = longest.max(self.place(entry));
            }
        }
        if longest > LONGEST_PROBE { self.reseed() } else { Ok(()) }
    }

    /// Changes the seeds: chance or an adversary has made a probe too long. Until the new table
    /// is good, since only chance can spoil fresh seeds.
    #[cold]
    fn reseed(&mut self) -> Result<()> {
        loop {
            self.seeds = Seeds::random();
            self.rebuilt += 1;
            self.table.fill(Entry::default());
            let mut longest = 0;
            for id in 0..self.len() {
                let (start, end) = self.span(id);
                let key = Key::new(&self.text[start..end], &self.seeds);
                longest = longest.max(self.place(Entry { key, id: id as u32 }));
            }
            if longest <= LONGEST_PROBE {
                return Ok(());
            }
        }
    }

    #[inline(always)]
    fn home(&self, key: &Key) -> usize {
        (self.seeds.hash(key.word) >> self.shift) as usize
    }

    #[inline]
    fn span(&self, id: usize) -> (usize, usize) {
        (if id == 0 { 0 } else { self.ends[id - 1] }, self.ends[id])
    }
}

/// How far a hash is shifted to number the slots of a table, a power of two.
fn shift(slots: usize) -> u32 {
    64 - slots.trailing_zeros()
}

fn too_many() -> Error {
    Error::new(
        Kind::Limit,
        "more distinct words than a vocabulary can number (4,294,967,295): split the texts",
    )
}

fn no_memory<E>(_: E) -> Error {
    Error::new(Kind::Limit, "no memory for more distinct words: split the texts or raise min_count")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_that_collide_are_replaced() {
        let mut vocabulary = Vocabulary::with(Seeds::worst(), u32::MAX);
        for i in 0..5_000u32 {
            assert_eq!(vocabulary.intern(&i.to_string()).unwrap(), i);
        }
        for i in 0..5_000u32 {
            assert_eq!(vocabulary.get(&i.to_string()), Some(i));
            assert_eq!(vocabulary.str(i), i.to_string());
        }
    }

    #[test]
    fn the_limit_is_an_error_and_nothing_breaks() {
        let mut vocabulary = Vocabulary::with(Seeds::random(), 2);
        let mut ids = vec![9];
        vocabulary.intern_words("a b a", &[(0, 1), (2, 3), (4, 5)], Case::Keep, &mut ids).unwrap();
        assert_eq!(ids, [9, 0, 1, 0]);
        let error = vocabulary.intern("c").unwrap_err();
        assert_eq!(error.kind(), Kind::Limit);
        assert!(vocabulary.intern_words("a c", &[(0, 1), (2, 3)], Case::Keep, &mut ids).is_err());
        assert_eq!((ids.len(), vocabulary.len(), vocabulary.get("b")), (4, 2, Some(1)));
    }
}
