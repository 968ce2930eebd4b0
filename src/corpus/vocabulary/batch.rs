//! Many words looked up at once.

use super::key::{Key, LONG, Seeds, Word, lower, same_lowered};
use super::{Entry, Vocabulary};
use crate::text::words::prefetch;

/// Words that are hashed before the first of them is looked up.
pub(super) const BATCH: usize = 64;

/// The keys of a batch of words and their home slots.
///
/// Kept apart from each other, and every loop does one thing to all words without a branch that
/// depends on them: the compiler takes several words into one register, and the machine waits for
/// many entries of the table at once.
pub(super) struct Batch {
    words: [Word; BATCH],
    tags: [u32; BATCH],
    homes: [u64; BATCH],
    /// A mask of the words that are longer than an entry.
    long: u64,
    /// How often the table had been rebuilt when the slots were asked for.
    rebuilt: u64,
}

impl Batch {
    pub(super) fn new() -> Self {
        Self { words: [[0; 2]; BATCH], tags: [0; BATCH], homes: [0; BATCH], long: 0, rebuilt: 0 }
    }

    /// The key of word `i`.
    pub(super) fn key(&self, i: usize) -> Key {
        Key { word: self.words[i], tag: self.tags[i] }
    }

    /// Takes the words at `spans` and asks the memory for their home slots.
    #[inline(always)]
    pub(super) fn ask<const LOWER: bool>(
        &mut self,
        vocabulary: &Vocabulary,
        text: &str,
        spans: &[(usize, usize)],
    ) {
        let (seeds, shift) = (&vocabulary.seeds, vocabulary.shift);
        self.long = self.read::<LOWER>(text.as_bytes(), spans, seeds);
        for (&word, home) in self.words.iter().zip(&mut self.homes) {
            *home = seeds.hash(word) >> shift;
        }
        for &home in &self.homes[..spans.len()] {
            prefetch(&vocabulary.table[home as usize]);
        }
        self.rebuilt = vocabulary.rebuilt;
    }

    /// Looks at the home slots of the words that were asked for. Returns a mask of the words that are
    /// not there; the others have their number.
    #[inline(always)]
    pub(super) fn look<const LOWER: bool>(
        &mut self,
        vocabulary: &Vocabulary,
        text: &str,
        spans: &[(usize, usize)],
        ids: &mut [u32],
    ) -> u64 {
        if self.rebuilt != vocabulary.rebuilt {
            // The slots are others by now.
            self.ask::<LOWER>(vocabulary, text, spans);
        }
        let table = &vocabulary.table[..];
        let mut missing = 0;
        let keys = self.words.iter().zip(&self.tags).zip(&self.homes);
        for (i, (((&word, &tag), &home), id)) in keys.zip(ids.iter_mut()).enumerate() {
            let entry: &Entry = &table[home as usize];
            *id = entry.id;
            missing |= u64::from(!entry.key.matches(&Key { word, tag })) << i;
        }
        let mut unsure = self.long & !missing;
        while unsure != 0 {
            let i = unsure.trailing_zeros() as usize;
            unsure &= unsure - 1;
            let (word, known) = (&text[spans[i].0..spans[i].1], vocabulary.str(ids[i]));
            let same = if LOWER { same_lowered(word.as_bytes(), known.as_bytes()) } else { word == known };
            missing |= u64::from(!same) << i;
        }
        missing
    }

    /// Fills in the keys of the words, and returns a mask of the long ones.
    #[inline(always)]
    fn read<const LOWER: bool>(&mut self, text: &[u8], spans: &[(usize, usize)], seeds: &Seeds) -> u64 {
        let mut long = 0;
        let keys = self.words.iter_mut().zip(&mut self.tags);
        for (i, (&(start, end), (word, tag))) in spans.iter().zip(keys).enumerate() {
            let key = Key::at::<LOWER>(text, start, end, seeds);
            (*word, *tag) = (key.word, key.tag);
            if key.tag == LONG {
                long |= 1 << i;
            }
        }
        if LOWER {
            self.words.as_flattened_mut().iter_mut().for_each(|half| *half = lower(*half));
        }
        long
    }
}
