//! Documents by single words. The columns are the words in their order, which their ranks are in, so a
//! document is its row as soon as its words are counted.

use super::grams::Grams;
use super::order::Sorted;
use super::source::Source;
use super::terms::Count;
use crate::error::Result;
use crate::parallel::Job;

/// The rows of a run of documents.
#[derive(Default)]
pub(super) struct Rows {
    /// Where each row ends.
    pub(super) ends: Vec<usize>,
    /// Words by rank, ascending in each row, and how often they are there.
    pub(super) ranks: Vec<i32>,
    pub(super) counts: Vec<i64>,
    /// Of each rank in all rows; there is no rank 0.
    pub(super) totals: Vec<Count>,
}

impl Rows {
    /// The rows of the documents `docs`. `boolean` counts a word once a document.
    pub(super) fn count(
        source: &impl Source,
        docs: impl ExactSizeIterator<Item = usize>,
        sorted: &Sorted,
        boolean: bool,
        job: &Job,
    ) -> Result<Self> {
        let mut rows = Self { ends: Vec::with_capacity(docs.len()), ..Self::default() };
        let mut sorter = Sorter::new(sorted.len() + 1);
        let mut words = Vec::new();
        for doc in docs {
            job.check()?;
            words.clear();
            source.append(doc, &mut words);
            sorter.row(&mut words, |rank, count| {
                // No rank that is not a column is shown, and there are no more columns than fit.
                rows.ranks.push(rank as i32);
                rows.counts.push(i64::from(count));
            });
            rows.ends.push(rows.ranks.len());
        }
        rows.totals = vec![Count::default(); sorted.len() + 1];
        for (ranks, counts) in rows.ranks.chunks(1 << 16).zip(rows.counts.chunks(1 << 16)) {
            job.check()?;
            // Apart from the above: what is far from each other is best fetched in one short loop.
            for (&rank, &count) in ranks.iter().zip(counts) {
                rows.totals[rank as u32 as usize].add(Count { count: count as u64, docs: 1 });
            }
        }
        if boolean {
            rows.counts.fill(1);
        }
        Ok(rows)
    }

    /// The words that are there.
    pub(super) fn grams(&self) -> Grams {
        let mut grams = Grams::new(1);
        let there = self.totals.iter().zip(0u32..).filter(|(total, _)| total.count > 0);
        there.for_each(|(&total, rank)| grams.push(&[rank], total));
        grams
    }

    /// Replaces each rank by its column in `columns`, and leaves out those that have none.
    pub(super) fn rename(&mut self, columns: &[Option<i32>], job: &Job) -> Result<()> {
        let (mut start, mut kept) = (0, 0);
        for end in &mut self.ends {
            job.check()?;
            for at in start..*end {
                if let Some(column) = columns[self.ranks[at] as u32 as usize] {
                    self.ranks[kept] = column;
                    self.counts[kept] = self.counts[at];
                    kept += 1;
                }
            }
            start = std::mem::replace(end, kept);
        }
        self.ranks.truncate(kept);
        self.counts.truncate(kept);
        Ok(())
    }
}

/// Counts and sorts the words of a document without comparing: a rank is a bit in a map of all ranks, and which
/// words of the map are not zero is known from a map above it.
struct Sorter {
    /// The count of each rank in the current document: zero between documents.
    counts: Vec<u32>,
    bits: Vec<u64>,
    above: Vec<u64>,
    /// The distinct ranks, in the order of the text.
    touched: Vec<u32>,
}

impl Sorter {
    fn new(ranks: usize) -> Self {
        let bits = vec![0; ranks.div_ceil(64)];
        Self { counts: vec![0; ranks], above: vec![0; bits.len().div_ceil(64)], bits, touched: Vec::new() }
    }

    /// Calls `f` with each of `words` and how often it is there, ascending.
    #[inline(always)]
    fn row(&mut self, words: &mut [u32], mut f: impl FnMut(u32, u32)) {
        if words.len() < self.above.len() {
            words.sort_unstable();
            words.chunk_by(|a, b| a == b).for_each(|same| f(same[0], same.len() as u32));
            return;
        }
        if self.touched.len() < words.len() {
            self.touched.resize(words.len(), 0);
        }
        // Every place is written, but the next one stays the same unless the word is new: no branch
        // depends on the text.
        let mut distinct = 0;
        for &rank in &*words {
            let count = &mut self.counts[rank as usize];
            self.touched[distinct] = rank;
            distinct += usize::from(*count == 0);
            *count += 1;
        }
        for &rank in &self.touched[..distinct] {
            self.bits[(rank >> 6) as usize] |= 1 << (rank & 63);
            self.above[(rank >> 12) as usize] |= 1 << (rank >> 6 & 63);
        }
        for (above, i) in self.above.iter_mut().zip(0..) {
            drain(above, i, |i| {
                drain(&mut self.bits[i as usize], i, |rank| {
                    f(rank, std::mem::take(&mut self.counts[rank as usize]));
                });
            });
        }
    }
}

/// Clears word `i` of a map and calls `f` with the place of each bit that was set.
#[inline(always)]
fn drain(word: &mut u64, i: u32, mut f: impl FnMut(u32)) {
    let mut bits = std::mem::take(word);
    while bits != 0 {
        f(i << 6 | bits.trailing_zeros());
        bits &= bits - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_sorts_rows_of_any_length() {
        let mut state = 3u64;
        for (ranks, length) in [(2, 1), (40, 23), (70, 70), (5_000, 600), (700_000, 500), (700_000, 3)] {
            let mut sorter = Sorter::new(ranks);
            for _ in 0..3 {
                let mut words = Vec::new();
                let mut expected = std::collections::BTreeMap::new();
                for _ in 0..length {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    let rank = (state >> 33) as u32 % (ranks as u32 / (1 + (state >> 60) as u32)).max(1);
                    words.push(rank);
                    *expected.entry(rank).or_insert(0) += 1;
                }
                let mut found = Vec::new();
                sorter.row(&mut words, |rank, count| found.push((rank, count)));
                assert!(expected.into_iter().eq(found));
            }
        }
    }
}
