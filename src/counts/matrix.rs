//! Documents by terms, as compressed rows.

use ahash::AHashMap;
use std::ops::RangeInclusive;
use std::sync::{Mutex, PoisonError};

use super::grams::Grams;
use super::groups::Groups;
use super::terms::{Count, Worker, add_up};
use crate::corpus::Corpus;
use crate::error::{Error, Kind, Result};
use crate::parallel::{self, Job};
use crate::table::Strings;

/// Which n-grams become columns.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// In at least so many documents.
    pub min_docs: u64,
    /// In at most so many; `None` for any number.
    pub max_docs: Option<u64>,
    /// The most frequent so many; ties in the order of their strings.
    pub max_terms: Option<usize>,
    /// These and no others, in this order.
    pub vocabulary: Option<Vec<String>>,
}

/// Compressed sparse rows: row i has the columns `indices[indptr[i]..indptr[i + 1]]`, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// Where each row starts, and the end.
    pub indptr: Vec<i64>,
    /// The columns.
    pub indices: Vec<i32>,
    /// The counts.
    pub data: Vec<i64>,
    /// What the columns are.
    pub terms: Strings,
}

/// The rows of a chunk before columns are chosen. A row has its n-grams by size.
struct Rows {
    /// For each document and each size the number of n-grams.
    lengths: Vec<u32>,
    ids: Vec<u32>,
    counts: Vec<u32>,
}

/// The mark of an n-gram that is no column.
const NONE: u32 = u32::MAX;

/// Counts the n-grams of `sizes` words in each document. `boolean` counts an n-gram once a document.
pub fn matrix(
    corpus: &Corpus,
    sizes: RangeInclusive<usize>,
    selection: &Selection,
    boolean: bool,
    job: &Job,
) -> Result<Matrix> {
    let grams = Grams::new(sizes.clone(), corpus.terms().names().len())?;
    let bytes = corpus.texts().sizes();
    let chunks = Groups::one().chunks(&bytes, job.threads());
    let total = bytes.iter().sum();
    let init = || Worker::new(grams.clone());
    let (mut workers, rows) = parallel::fold(job, chunks.len(), total, init, |worker, chunk| {
        worker.turn_to(0);
        let mut rows = Rows { lengths: Vec::new(), ids: Vec::new(), counts: Vec::new() };
        for &doc in &chunks[chunk].docs {
            job.check()?;
            let first = rows.lengths.len();
            rows.lengths.resize(first + sizes.clone().count(), 0);
            worker.doc(corpus, doc, |size, id, count| {
                rows.lengths[first + size - sizes.start()] += 1;
                rows.ids.push(id);
                rows.counts.push(if boolean { 1 } else { count });
            })?;
            job.advance(1);
        }
        Ok(rows)
    })?;
    workers.iter_mut().for_each(|w| w.turn_to(usize::MAX));
    // Every worker's n-grams by the names that all share.
    let mut grams = grams;
    let mut names = Vec::with_capacity(workers.len());
    let mut runs = Vec::new();
    for worker in workers {
        job.check()?;
        let ids = if names.is_empty() {
            grams = worker.counter.grams;
            (1..=*sizes.end()).map(|size| (0..grams.len(size) as u32).collect()).collect()
        } else {
            grams.merge(&worker.counter.grams)?
        };
        for (_, mut run) in worker.runs {
            run.iter_mut().for_each(|((size, id), _)| *id = ids[*size - 1][*id as usize]);
            runs.push(run);
        }
        names.push(ids);
    }
    let (columns, terms) = choose(corpus, &grams, add_up(runs), selection)?;
    let columns_of: Vec<Vec<Vec<u32>>> = names
        .into_iter()
        .map(|ids| {
            ids.into_iter()
                .zip(&columns)
                .map(|(ids, c)| ids.iter().map(|&id| c[id as usize]).collect())
                .collect()
        })
        .collect();
    fill(rows, &columns_of, sizes, terms, job)
}

/// For each size the column of each n-gram, and the names of the columns.
fn choose(
    corpus: &Corpus,
    grams: &Grams,
    mut all: Vec<((usize, u32), Count)>,
    selection: &Selection,
) -> Result<(Vec<Vec<u32>>, Strings)> {
    let names = corpus.terms().names();
    let mut columns: Vec<Vec<u32>> =
        (1..=*grams.sizes().end()).map(|size| vec![NONE; grams.len(size)]).collect();
    let mut terms = Strings::default();
    let mut text = String::new();
    if let Some(vocabulary) = &selection.vocabulary {
        let mut place: AHashMap<&str, u32> = AHashMap::with_capacity(vocabulary.len());
        for (term, i) in vocabulary.iter().zip(0..) {
            if place.insert(term, i).is_some() {
                return Err(Error::value(format!("vocabulary: {term:?} stands there twice")));
            }
            terms.push(term);
        }
        for ((size, id), _) in all {
            text.clear();
            grams.spell(names, size, id, &mut text);
            if let Some(&column) = place.get(text.as_str()) {
                columns[size - 1][id as usize] = column;
            }
        }
        return Ok((columns, terms));
    }
    let most = selection.max_docs.unwrap_or(u64::MAX);
    all.retain(|(_, c)| c.docs >= selection.min_docs && c.docs <= most);
    grams.sort_by_string(names, &mut all, |(gram, _)| *gram);
    if let Some(limit) = selection.max_terms.filter(|&limit| limit < all.len()) {
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|&i| std::cmp::Reverse(all[i].1.count));
        order.truncate(limit);
        order.sort_unstable();
        all = order.into_iter().map(|i| all[i]).collect();
    }
    if i32::try_from(all.len()).is_err() {
        return Err(Error::new(
            Kind::Limit,
            "more than 2,147,483,647 columns; raise min_df= or set max_features=",
        ));
    }
    for (((size, id), _), column) in all.into_iter().zip(0..) {
        text.clear();
        grams.spell(names, size, id, &mut text);
        terms.push(&text);
        columns[size - 1][id as usize] = column;
    }
    Ok((columns, terms))
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

/// Renames n-grams to columns, leaves out those that are none, and sorts each row.
fn fill(
    rows: Vec<(usize, Rows)>,
    columns_of: &[Vec<Vec<u32>>],
    sizes: RangeInclusive<usize>,
    terms: Strings,
    job: &Job,
) -> Result<Matrix> {
    let per_doc = sizes.clone().count();
    let kept = |worker: usize, rows: &Rows| {
        let mut kept = 0usize;
        each(rows, per_doc, &sizes, |_, size, id, _| {
            kept += usize::from(columns_of[worker][size - 1][id as usize] != NONE);
        });
        kept
    };
    let lengths: Vec<usize> = rows.iter().map(|(worker, rows)| kept(*worker, rows)).collect();
    let entries = lengths.iter().sum();
    let docs: usize = rows.iter().map(|(_, r)| r.lengths.len() / per_doc).sum();
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
    parallel::map(job, parts.len(), entries as u64 * 8, |i| {
        job.check()?;
        let part = parts[i].lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(part) = part {
            part.fill(per_doc, &sizes);
        }
        Ok(())
    })?;
    drop(parts);
    Ok(out)
}

/// Calls `f` with (document of the chunk, size, n-gram, count) of every entry.
fn each(
    rows: &Rows,
    per_doc: usize,
    sizes: &RangeInclusive<usize>,
    mut f: impl FnMut(usize, usize, u32, u32),
) {
    let mut at = 0;
    for (i, &length) in rows.lengths.iter().enumerate() {
        let (doc, size) = (i / per_doc, sizes.start() + i % per_doc);
        for entry in at..at + length as usize {
            f(doc, size, rows.ids[entry], rows.counts[entry]);
        }
        at += length as usize;
    }
}

impl Part<'_> {
    fn fill(self, per_doc: usize, sizes: &RangeInclusive<usize>) {
        let mut row: Vec<(u32, u32)> = Vec::new();
        let (mut at, mut entry) = (0, 0);
        for (lengths, end) in self.rows.lengths.chunks(per_doc).zip(self.indptr) {
            row.clear();
            for (&length, size) in lengths.iter().zip(sizes.clone()) {
                let columns = &self.columns[size - 1];
                for i in entry..entry + length as usize {
                    let column = columns[self.rows.ids[i] as usize];
                    if column != NONE {
                        row.push((column, self.rows.counts[i]));
                    }
                }
                entry += length as usize;
            }
            row.sort_unstable();
            for &(column, count) in &row {
                // `choose` gave no column beyond i32.
                self.indices[at] = column as i32;
                self.data[at] = i64::from(count);
                at += 1;
            }
            *end = self.before + at as i64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Reader, Texts, Tokens, build};
    use crate::text::sentences::Options;
    use std::sync::Arc;

    fn counted(
        texts: &[Option<&'static str>],
        sizes: RangeInclusive<usize>,
        selection: &Selection,
    ) -> Matrix {
        let reader = Reader::new(Tokens::default(), &Options::default()).unwrap();
        let job = Job::new(Some(1));
        let corpus = build(Texts::new(texts.to_vec()), Arc::new(reader), &job).unwrap();
        matrix(&corpus, sizes, selection, false, &job).unwrap()
    }

    fn terms(m: &Matrix) -> Vec<&str> {
        (0..m.terms.len()).filter_map(|i| m.terms.get(i)).collect()
    }

    #[test]
    fn rows_have_sorted_columns_and_missing_documents_are_empty_rows() {
        let m = counted(&[Some("b a b"), None, Some("c a")], 1..=1, &Selection::default());
        assert_eq!(terms(&m), ["a", "b", "c"]);
        assert_eq!((m.indptr, m.indices, m.data), (vec![0, 2, 2, 4], vec![0, 1, 0, 2], vec![1, 2, 1, 1]));
    }

    #[test]
    fn bigrams_stand_where_their_strings_do() {
        let m = counted(&[Some("new york new"), Some("newer x")], 1..=2, &Selection::default());
        let mut sorted = terms(&m);
        sorted.sort_unstable();
        assert_eq!(terms(&m), sorted);
        assert_eq!(terms(&m), ["new", "new york", "newer", "newer x", "x", "york", "york new"]);
    }

    #[test]
    fn selections() {
        let texts = [Some("a b b"), Some("a c"), Some("a b")];
        let select = |s: Selection| terms(&counted(&texts, 1..=1, &s)).join(" ");
        assert_eq!(select(Selection { min_docs: 2, ..Selection::default() }), "a b");
        assert_eq!(select(Selection { max_docs: Some(2), ..Selection::default() }), "b c");
        assert_eq!(select(Selection { max_terms: Some(1), ..Selection::default() }), "a");
        let given = Selection { vocabulary: Some(vec!["z".into(), "b".into()]), ..Selection::default() };
        let m = counted(&texts, 1..=1, &given);
        assert_eq!(terms(&m), ["z", "b"]);
        assert_eq!((m.indices, m.data), (vec![1, 1], vec![2, 1]));
    }
}
