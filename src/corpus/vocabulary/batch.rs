//! Many words looked up at once.

use super::Vocabulary;
use super::key::{INLINE, Seeds, front, is_long, is_short, key, long, lower_key, same_lowered};
use crate::text::words::{self, BATCH, Key, Level, prefetch_lines};

/// The keys of a batch of words and their home lines.
///
/// Kept apart from each other, and every loop does one thing to all words without a branch that depends on them:
/// the compiler takes several words into one register, and the machine waits for many lines of the table at once.
pub(super) struct Batch {
    pub(super) keys: [Key; BATCH],
    homes: [u64; BATCH],
    /// A mask of the words that are not in their keys.
    long: u64,
    /// How often the table had been rebuilt when the lines were asked for.
    rebuilt: u64,
}

impl Batch {
    pub(super) fn new() -> Self {
        Self { keys: [[0; 2]; BATCH], homes: [0; BATCH], long: 0, rebuilt: 0 }
    }

    /// Takes the words at `spans` and asks the memory for their home lines.
    #[inline(always)]
    pub(super) fn ask<const LOWER: bool>(
        &mut self,
        vocabulary: &Vocabulary,
        text: &str,
        spans: &[(usize, usize)],
    ) {
        let (seeds, shift) = (&vocabulary.seeds, vocabulary.shift);
        self.long = self.read::<LOWER>(text.as_bytes(), spans, seeds);
        if LOWER {
            self.keys.as_flattened_mut().iter_mut().for_each(|half| *half = lower_key(*half));
        }
        for (&key, home) in self.keys.iter().zip(&mut self.homes) {
            *home = seeds.hash(key) >> shift;
        }
        prefetch_lines(&vocabulary.lines, &self.homes);
        self.rebuilt = vocabulary.rebuilt;
    }

    /// Looks at the home lines of the words that were asked for. Returns a mask of the words that are
    /// not there; the others have their number.
    #[inline(always)]
    pub(super) fn look<const LOWER: bool>(
        &mut self,
        level: Level,
        vocabulary: &Vocabulary,
        text: &str,
        spans: &[(usize, usize)],
        ids: &mut [u32],
    ) -> u64 {
        if self.rebuilt != vocabulary.rebuilt {
            // The lines are others by now.
            self.ask::<LOWER>(vocabulary, text, spans);
        }
        let mut missing = words::find(level, &vocabulary.lines, &self.homes, &self.keys, ids);
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
    #[inline(never)]
    fn read<const LOWER: bool>(&mut self, text: &[u8], spans: &[(usize, usize)], seeds: &Seeds) -> u64 {
        // The last place from which sixteen bytes can be read at once.
        let Some(last) = text.len().checked_sub(INLINE) else {
            return self.read_end::<LOWER>(text, spans, seeds);
        };
        let mut mask = 0;
        for (i, (&(start, end), key)) in spans.iter().zip(&mut self.keys).enumerate() {
            let len = end - start;
            if !is_short(len) {
                *key = long::<LOWER>(&text[start..end], seeds);
                mask |= 1 << i;
                continue;
            }
            if start > last {
                return self.read_end::<LOWER>(text, spans, seeds);
            }
            if let Some(chunk) = text[start..start + INLINE].first_chunk() {
                *key = front(chunk, len);
            }
        }
        mask
    }

    /// [`read`](Self::read) where the text ends soon.
    #[cold]
    #[inline(never)]
    fn read_end<const LOWER: bool>(&mut self, text: &[u8], spans: &[(usize, usize)], seeds: &Seeds) -> u64 {
        let mut mask = 0;
        for (i, (&(start, end), word)) in spans.iter().zip(&mut self.keys).enumerate() {
            *word = key::<LOWER>(text, start, end, seeds);
            mask |= u64::from(is_long(*word)) << i;
        }
        mask
    }
}
