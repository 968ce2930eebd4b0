//! A vocabulary: strings to dense numbers and back.
//!
//! Made for the words of a text: most are at most sixteen bytes long and most have been seen
//! before. The table has lines of as many places as fill a cache line and holds a short word whole. A batch of
//! words is hashed and its lines are asked for first, then looked up without a branch that depends on
//! the words, so that the machine waits for many lines at once. What is not found in its home line takes the long
//! way, from line to line until one has a free place.
//!
//! The hash is seeded anew for every vocabulary; a probe that gets suspiciously long reseeds it.
//! Numbers follow first occurrence, so nothing that a caller sees depends on the seed.

mod batch;
mod key;

use crate::error::{Error, Kind, Result};
use crate::text::words::{self, BATCH, Key, Line, PLACES, widest};
use batch::Batch;
use key::{FREE, Seeds, is_long, key};

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
    /// The keys of the words, and the number of each; the free places of a line are its last.
    lines: Vec<Line>,
    /// `hash >> shift` is the home line: there is a power of two of them.
    shift: u32,
    seeds: Seeds,
    /// How often words got other lines.
    rebuilt: u64,
    /// All strings, one after another, and where each ends.
    text: String,
    ends: Vec<usize>,
    /// How many strings there may be.
    limit: u32,
}

/// Where a new word belongs: a free place and how many lines it is from home.
struct Place {
    line: usize,
    at: usize,
    distance: usize,
}

/// Lines of the smallest table.
const SMALLEST: usize = 16;
/// Words for each line of a table that is to grow.
const FULL: usize = 2;
/// No random hash makes a probe of so many lines at our load, at any size that fits a machine.
const LONGEST_PROBE: usize = 256;

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
            lines: vec![Line::default(); SMALLEST],
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
        self.lines.capacity() * size_of::<Line>()
            + self.text.capacity()
            + self.ends.capacity() * size_of::<usize>()
    }

    /// The number of a string, if it is there.
    pub fn get(&self, word: &str) -> Option<u32> {
        self.find(whole(word, &self.seeds), word).ok()
    }

    /// The number of a string, which is added if it is new. Fails when there are too many.
    pub fn intern(&mut self, word: &str) -> Result<u32> {
        let key = whole(word, &self.seeds);
        match self.find(key, word) {
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
        let lines = (other.len() / FULL + 1).next_power_of_two();
        if lines > self.lines.len() {
            self.rebuild(lines)?;
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
                let level = words::level();
                // While one batch is looked up, the lines of the next are on their way.
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
                    let mut missing = batch.look::<LOWER>(level, self, text, spans, ids);
                    while missing != 0 {
                        let i = missing.trailing_zeros() as usize;
                        missing &= missing - 1;
                        let word = &text[spans[i].0..spans[i].1];
                        ids[i] = self.elsewhere::<LOWER>(batch.keys[i], word)?;
                    }
                    std::mem::swap(&mut batch, &mut next);
                }
                Ok(())
            },
        )
    }

    /// The number of a word that is not in its home line.
    #[inline(never)]
    fn elsewhere<const LOWER: bool>(&mut self, key: Key, word: &str) -> Result<u32> {
        if is_long(key) {
            // The key is stale if the seeds have changed since.
            return if LOWER { self.intern(&word.to_ascii_lowercase()) } else { self.intern(word) };
        }
        match self.find_by(key, |_| true) {
            Ok(id) => Ok(id),
            Err(place) => self.insert::<LOWER>(key, place, word),
        }
    }

    /// The number of a word, or where it belongs.
    #[inline]
    fn find(&self, key: Key, word: &str) -> Result<u32, Place> {
        self.find_by(key, |id| !is_long(key) || self.str(id) == word)
    }

    /// The number of the place with `key` that is `right`, or where one belongs.
    #[inline]
    fn find_by(&self, key: Key, right: impl Fn(u32) -> bool) -> Result<u32, Place> {
        let mask = self.lines.len() - 1;
        let home = self.home(key);
        let mut distance = 0;
        loop {
            let line = (home + distance) & mask;
            let Line { keys, ids } = &self.lines[line];
            for (at, &known) in keys.iter().enumerate() {
                if known == key && right(ids[at]) {
                    return Ok(ids[at]);
                }
                // There always is a free place: the table is never full.
                if known == FREE {
                    return Err(Place { line, at, distance });
                }
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
        let crowded = self.len() + 1 > self.lines.len() * FULL;
        if crowded {
            // Small tables grow faster: they cost little, and each step costs a pass.
            let factor = if self.lines.len() < 1 << 12 { 4 } else { 2 };
            self.rebuild(self.lines.len() * factor)?;
        }
        let start = self.text.len();
        self.text.push_str(word);
        if LOWER {
            self.text[start..].make_ascii_lowercase();
        }
        self.ends.push(self.text.len());
        let distance = if crowded {
            // The seeds may be new.
            self.place(whole(&self.text[start..], &self.seeds), id)
        } else {
            let line = &mut self.lines[place.line];
            (line.keys[place.at], line.ids[place.at]) = (key, id);
            place.distance
        };
        if distance > LONGEST_PROBE {
            self.reseed()?;
        }
        Ok(id)
    }

    /// Puts a word as near to its home as older ones let it, as if all had come in the order of
    /// their numbers; returns the longest distance of the words that moved. What comes first in a
    /// text comes often, and is best found at home.
    #[inline]
    fn place(&mut self, mut key: Key, mut id: u32) -> usize {
        let mask = self.lines.len() - 1;
        let mut line = self.home(key);
        let (mut distance, mut longest) = (0, 0);
        loop {
            let Line { keys, ids } = &mut self.lines[line];
            if let Some(free) = keys.iter().position(|&known| known == FREE) {
                (keys[free], ids[free]) = (key, id);
                return longest.max(distance);
            }
            let youngest = (1..PLACES).fold(0, |a, b| if ids[a] < ids[b] { b } else { a });
            if id < ids[youngest] {
                longest = longest.max(distance);
                std::mem::swap(&mut key, &mut keys[youngest]);
                std::mem::swap(&mut id, &mut ids[youngest]);
                distance = line.wrapping_sub(self.home(key)) & mask;
            }
            line = (line + 1) & mask;
            distance += 1;
        }
    }

    /// Moves all words into a table of `lines` lines.
    fn rebuild(&mut self, lines: usize) -> Result<()> {
        let mut new = Vec::new();
        new.try_reserve_exact(lines).map_err(no_memory)?;
        new.resize(lines, Line::default());
        let old = std::mem::replace(&mut self.lines, new);
        self.shift = shift(lines);
        self.rebuilt += 1;
        let mut longest = 0;
        for line in old {
            for (&key, &id) in line.keys.iter().zip(&line.ids) {
                if key != FREE {
                    longest = longest.max(self.place(key, id));
                }
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
            self.lines.fill(Line::default());
            let mut longest = 0;
            for id in 0..self.len() {
                let (start, end) = self.span(id);
                let key = whole(&self.text[start..end], &self.seeds);
                longest = longest.max(self.place(key, id as u32));
            }
            if longest <= LONGEST_PROBE {
                return Ok(());
            }
        }
    }

    #[inline(always)]
    fn home(&self, key: Key) -> usize {
        (self.seeds.hash(key) >> self.shift) as usize
    }

    #[inline]
    fn span(&self, id: usize) -> (usize, usize) {
        (if id == 0 { 0 } else { self.ends[id - 1] }, self.ends[id])
    }
}

/// The key of a whole string.
#[inline]
fn whole(word: &str, seeds: &Seeds) -> Key {
    key::<false>(word.as_bytes(), 0, word.len(), seeds)
}

/// How far a hash is shifted to number the lines of a table, a power of two.
fn shift(lines: usize) -> u32 {
    64 - lines.trailing_zeros()
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
