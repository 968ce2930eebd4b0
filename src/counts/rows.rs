//! Rows of (n-gram, count) to compressed rows of sorted columns.

use std::ops::RangeInclusive;
use std::sync::{Mutex, PoisonError};

use super::matrix::Matrix;
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::table::Strings;
use crate::text::words::prefetch;

/// The mark of an n-gram that is no column.
pub(super) const NONE: u32 = u32::MAX;

/// The rows of a chunk before columns are chosen. A row has its n-grams by size.
#[derive(Default)]
pub(super) struct Rows {
    /// For each document and each size the number of n-grams.
    lengths: Vec<u32>,
    /// N-gram and count.
    entries: Vec<(u32, u32)>,
}

impl Rows {
    /// Starts the row of the next document, with `sizes` sizes.
    pub(super) fn open(&mut self, sizes: usize) {
        self.lengths.resize(self.lengths.len() + sizes, 0);
    }

    /// Adds to the open row an n-gram of the size that is `before_last` sizes before the largest.
    #[inline]
    pub(super) fn push(&mut self, before_last: usize, id: u32, count: u32) {
        let at = self.lengths.len() - 1 - before_last;
        self.lengths[at] += 1;
        self.entries.push((id, count));
    }

    /// Calls `f` with (size, n-grams) of each stretch of n-grams of one size.
    fn each(&self, sizes: &RangeInclusive<usize>, mut f: impl FnMut(usize, &[(u32, u32)])) {
        let mut at = 0;
        for (&length, size) in self.lengths.iter().zip(sizes.clone().cycle()) {
            f(size, &self.entries[at..at + length as usize]);
            at += length as usize;
        }
    }
}

/// The part of the result that a chunk fills.
struct Part<'a> {
    rows: Rows,
    columns: &'a [Vec<u32>],
    indptr: &'a mut [i64],
    indices: &'a mut [i32],
    data: &'a mut [i64],
    /// Entries before it.
    before: i64,
}

/// Renames n-grams to columns, leaves out those that are none, and sorts each row. `columns_of` has
/// for each worker and size the column of each n-gram; `whole` tells that none is left out.
pub(super) fn fill(
    rows: Vec<(usize, Rows)>,
    columns_of: &[Vec<Vec<u32>>],
    sizes: &RangeInclusive<usize>,
    terms: Strings,
    whole: bool,
    job: &Job,
) -> Result<Matrix> {
    let per_doc = sizes.clone().count();
    let kept = |(worker, rows): &(usize, Rows)| {
        if whole {
            return rows.entries.len();
        }
        let mut kept = 0;
        rows.each(sizes, |size, entries| {
            let columns = &columns_of[*worker][size - 1];
            kept += entries.iter().filter(|(id, _)| columns[*id as usize] != NONE).count();
        });
        kept
    };
    let lengths: Vec<usize> = rows.iter().map(kept).collect();
    let entries = lengths.iter().sum();
    let docs: usize = rows.iter().map(|(_, r)| r.lengths.len() / per_doc).sum();
    let n_columns = terms.len();
    let mut out =
        Matrix { indptr: vec![0; docs + 1], indices: vec![0; entries], data: vec![0; entries], terms };
    let (mut indptr, mut indices, mut data) =
        (&mut out.indptr[1..], out.indices.as_mut_slice(), out.data.as_mut_slice());
    let mut before = 0;
    let mut parts = Vec::with_capacity(rows.len());
    for ((worker, rows), length) in rows.into_iter().zip(lengths) {
        let part = Part {
            columns: &columns_of[worker],
            indptr: indptr.split_off_mut(..rows.lengths.len() / per_doc).unwrap_or_default(),
            indices: indices.split_off_mut(..length).unwrap_or_default(),
            data: data.split_off_mut(..length).unwrap_or_default(),
            before,
            rows,
        };
        before += length as i64;
        parts.push(Mutex::new(Some(part)));
    }
    let init = || Sorter::new(n_columns);
    parallel::fold(job, parts.len(), entries as u64 * 8, init, |sorter, i| {
        // Taken out, so that its rows are freed as soon as they are in the result.
        let part = parts[i].lock().unwrap_or_else(PoisonError::into_inner).take();
        part.map_or(Ok(()), |part| part.fill(per_doc, sizes, sorter, job))
    })?;
    drop(parts);
    Ok(out)
}

impl Part<'_> {
    fn fill(
        self,
        per_doc: usize,
        sizes: &RangeInclusive<usize>,
        sorter: &mut Sorter,
        job: &Job,
    ) -> Result<()> {
        let (mut at, mut rest) = (0, self.rows.entries.as_slice());
        let mut row: Vec<(u32, u32)> = Vec::new();
        for (lengths, end) in self.rows.lengths.chunks(per_doc).zip(self.indptr) {
            job.check()?;
            row.clear();
            let short = lengths.iter().map(|&l| l as usize).sum::<usize>() < SHORT;
            for (&length, size) in lengths.iter().zip(sizes.clone()) {
                let (entries, others) = rest.split_at(length as usize);
                rest = others;
                let columns = &self.columns[size - 1];
                // There can be millions of columns: they are asked for before the first is read.
                entries.iter().take(AHEAD).for_each(|&(id, _)| prefetch(&columns[id as usize]));
                let named = entries.iter().map(|&(id, count)| (columns[id as usize], count));
                let named = named.filter(|&(column, _)| column != NONE);
                if short {
                    row.extend(named);
                } else {
                    named.for_each(|(column, count)| sorter.put(column, count));
                }
            }
            let (indices, data) = (&mut self.indices[at..], &mut self.data[at..]);
            if short {
                row.sort_unstable();
                for ((&(column, count), index), value) in row.iter().zip(indices).zip(data) {
                    // No column is beyond i32: `choose` made sure.
                    *index = column as i32;
                    *value = i64::from(count);
                }
                at += row.len();
            } else {
                at += sorter.take(indices, data);
            }
            *end = self.before + at as i64;
        }
        Ok(())
    }
}

/// The entries of a row whose columns are asked for at once.
const AHEAD: usize = 4096;

/// Rows shorter than this are sorted by comparison.
const SHORT: usize = 24;

/// Sorts rows by column without comparing: a column is a bit in a map of all columns, and which words
/// of the map are not zero is known from a map above it, and so again.
struct Sorter {
    /// The count of each column, of use where the column is in the row.
    counts: Vec<u32>,
    bits: Vec<u64>,
    above: Vec<u64>,
    top: Vec<u64>,
}

impl Sorter {
    fn new(columns: usize) -> Self {
        let words = |n: usize| vec![0u64; n.div_ceil(64)];
        let bits = words(columns);
        let above = words(bits.len());
        Self { counts: vec![0; columns], top: words(above.len()), bits, above }
    }

    #[inline(always)]
    fn put(&mut self, column: u32, count: u32) {
        let at = column as usize;
        self.counts[at] = count;
        self.bits[at >> 6] |= 1 << (at & 63);
        self.above[at >> 12] |= 1 << (at >> 6 & 63);
        self.top[at >> 18] |= 1 << (at >> 12 & 63);
    }

    /// Writes the row out and clears it; gives its length.
    fn take(&mut self, indices: &mut [i32], data: &mut [i64]) -> usize {
        let mut out = indices.iter_mut().zip(data);
        let counts = &self.counts;
        let mut length = 0;
        for (i, top) in self.top.iter_mut().enumerate() {
            drain(top, i, |i| {
                drain(&mut self.above[i], i, |i| {
                    drain(&mut self.bits[i], i, |i| {
                        if let Some((index, value)) = out.next() {
                            *index = i as i32;
                            *value = i64::from(counts[i]);
                            length += 1;
                        }
                    });
                });
            });
        }
        length
    }
}

/// Clears word `i` of a map and calls `f` with the place of each bit that was set.
#[inline(always)]
fn drain(word: &mut u64, i: usize, mut f: impl FnMut(usize)) {
    let mut bits = std::mem::take(word);
    while bits != 0 {
        f(i << 6 | bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_rows_of_any_length() {
        let mut state = 3u64;
        for (columns, length) in [(1, 1), (40, 23), (70, 70), (5_000, 60), (700_000, 500), (700_000, 3)] {
            let mut sorter = Sorter::new(columns);
            for _ in 0..3 {
                let mut row = std::collections::BTreeMap::new();
                while row.len() < length {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    row.insert((state >> 33) as u32 % columns as u32, (state >> 50) as u32 + 1);
                }
                let mut mixed: Vec<(u32, u32)> = row.iter().map(|(&c, &n)| (c, n)).collect();
                mixed.sort_by_key(|(c, _)| c.wrapping_mul(2_654_435_761));
                mixed.into_iter().for_each(|(c, n)| sorter.put(c, n));
                let (mut indices, mut data) = (vec![0; length + 1], vec![0; length + 1]);
                assert_eq!(sorter.take(&mut indices, &mut data), length);
                indices.truncate(length);
                data.truncate(length);
                assert!(row.keys().map(|&c| c as i32).eq(indices));
                assert!(row.values().map(|&n| i64::from(n)).eq(data));
            }
        }
    }
}
