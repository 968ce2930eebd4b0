//! Documents by terms, as compressed rows.

use std::cmp::Reverse;
use std::ops::{Range, RangeInclusive};
use std::sync::{Mutex, PoisonError};

use ahash::AHashSet;

use super::grams::{self, Grams, MOST_WORDS, Sink, check_sizes, walk};
use super::order::Sorted;
use super::rows::Rows;
use super::source::{Fresh, Kept, Source};
use super::terms::Count;
use crate::corpus::{Corpus, Texts, Tokens};
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

/// Counts the n-grams of `sizes` words in each document. `boolean` counts an n-gram once a document.
pub fn matrix(
    corpus: &Corpus,
    sizes: RangeInclusive<usize>,
    selection: &Selection,
    boolean: bool,
    job: &Job,
) -> Result<Matrix> {
    check_sizes(&sizes)?;
    let names = corpus.terms().names();
    let sorted = Sorted::new(names);
    let source = Kept { corpus, sorted: &sorted };
    let docs = runs(&source, corpus.texts().len(), &sizes, job);
    if sizes == (1..=1) {
        return words(source, &docs, &sorted, selection, boolean, job);
    }
    count(&source, docs, &sorted, &sizes, boolean, job)?.into_matrix(&sorted, selection, job)
}

/// [`matrix`] of texts that are not kept. Compounds are never joined: that needs a corpus.
pub fn of_texts(
    texts: &Texts,
    tokens: &Tokens,
    sizes: RangeInclusive<usize>,
    selection: &Selection,
    boolean: bool,
    job: &Job,
) -> Result<Matrix> {
    if tokens.keep_hyphens {
        return Err(Error::value("hyphens=\"keep\" needs a Corpus: build one and ask it for its matrix"));
    }
    check_sizes(&sizes)?;
    let (source, sorted) = Fresh::read(texts, tokens, job)?;
    let docs = runs(&source, texts.len(), &sizes, job);
    if sizes == (1..=1) {
        return words(source, &docs, &sorted, selection, boolean, job);
    }
    let counted = count(&source, docs, &sorted, &sizes, boolean, job)?;
    drop(source);
    counted.into_matrix(&sorted, selection, job)
}

/// The n-grams of a run of documents, and where they are.
struct Cells {
    boolean: bool,
    grams: Grams,
    columns: Columns,
}

/// The documents of each n-gram of a run.
#[derive(Default)]
struct Columns {
    /// The place of each n-gram among all; `None` where they are the same.
    places: Option<Vec<u32>>,
    /// The number of documents of each n-gram.
    docs: Vec<u32>,
    /// One n-gram after the other, for each of its documents the number of the document in the run, and how
    /// often it is there: a run has no more than 2^24 documents.
    cells: Vec<u32>,
    /// What is too often for a cell, in the order of the cells.
    often: Vec<u32>,
}

/// The count of a cell whose count stands apart.
const OFTEN: u32 = 255;

impl Sink for Cells {
    #[inline]
    fn gram<T: Copy>(&mut self, words: &[u32], places: &[T], doc: impl Fn(T) -> u32) {
        let Columns { docs, cells, often, .. } = &mut self.columns;
        let before = cells.len();
        if let [place] = places {
            cells.push(doc(*place) << 8 | 1);
        } else {
            // Every place is written, but the next one stays the same until the document ends: no branch
            // depends on the text.
            cells.resize(before + places.len(), 0);
            let (mut at, mut count, mut most) = (before, 0u32, 0);
            let next = places[1..].iter().map(|&p| doc(p)).chain([u32::MAX]);
            for (&place, next) in places.iter().zip(next) {
                let doc = doc(place);
                count += 1;
                most = most.max(count);
                cells[at] = doc << 8 | if self.boolean { 1 } else { count.min(OFTEN) };
                at += usize::from(doc != next);
                count = if doc == next { count } else { 0 };
            }
            cells.truncate(at);
            if most >= OFTEN && !self.boolean {
                let same = places.chunk_by(|&a, &b| doc(a) == doc(b)).map(<[T]>::len);
                // Fewer than 2^32 places are walked at a time.
                often.extend(same.map(|count| count as u32).filter(|&count| count >= OFTEN));
            }
        }
        let there = cells.len() - before;
        docs.push(there as u32);
        self.grams.push(words, Count { count: places.len() as u64, docs: there as u64 });
    }
}

/// What all documents hold.
struct Counted {
    grams: Grams,
    /// For each run of documents their number, and the cells of its n-grams.
    runs: Vec<(usize, Columns)>,
}

fn count(
    source: &impl Source,
    Runs { docs, words }: Runs,
    sorted: &Sorted,
    sizes: &RangeInclusive<usize>,
    boolean: bool,
    job: &Job,
) -> Result<Counted> {
    let counted = parallel::map(job, docs.len(), words * 8, |run| {
        let mut cells = Cells { boolean, grams: Grams::new(*sizes.end()), columns: Columns::default() };
        walk(source, docs[run].clone(), sorted.len(), sizes, job, &mut cells)?;
        Ok(cells)
    })?;
    let (grams, columns): (Vec<_>, Vec<_>) = counted.into_iter().map(|c| (c.grams, c.columns)).unzip();
    let (grams, places) = Grams::merge(grams, job)?;
    let columns = columns.into_iter().zip(places).map(|(columns, places)| Columns { places, ..columns });
    Ok(Counted { grams, runs: docs.iter().map(Range::len).zip(columns).collect() })
}

/// The documents that are counted together.
struct Runs {
    docs: Vec<Range<usize>>,
    /// Their words.
    words: u64,
}

fn runs(source: &impl Source, docs: usize, sizes: &RangeInclusive<usize>, job: &Job) -> Runs {
    let lengths: Vec<usize> = (0..docs).map(|doc| source.size(doc)).collect();
    // Single words need no places.
    let most = if *sizes.end() == 1 { usize::MAX } else { MOST_WORDS };
    Runs { docs: grams::runs(&lengths, most, job.threads()), words: lengths.iter().sum::<usize>() as u64 }
}

/// The matrix of single words.
fn words(
    source: impl Source,
    runs: &Runs,
    sorted: &Sorted,
    selection: &Selection,
    boolean: bool,
    job: &Job,
) -> Result<Matrix> {
    let rows = parallel::map(job, runs.docs.len(), runs.words * 8, |run| {
        Rows::count(&source, runs.docs[run].clone(), sorted, boolean, job)
    })?;
    // Its words are in the rows now: what follows takes their place.
    drop(source);
    let (grams, _) = Grams::merge(rows.iter().map(Rows::grams).collect(), job)?;
    let (columns, terms) = choose(&grams, sorted, selection, job)?;
    let mut of_rank = vec![None; sorted.len() + 1];
    for place in 0..grams.len() {
        let column = columns.as_ref().map_or(place as u32, |columns| columns[place]);
        of_rank[grams.words(place)[0] as usize] = (column != NONE).then_some(column as i32);
    }
    let rows: Vec<_> = rows.into_iter().map(Mutex::new).collect();
    let mut rows = parallel::map(job, rows.len(), runs.words * 8, |i| {
        let mut rows = std::mem::take(&mut *rows[i].lock().unwrap_or_else(PoisonError::into_inner));
        rows.rename(&of_rank, job)?;
        if selection.vocabulary.is_some() {
            let mut start = 0;
            for &end in &rows.ends {
                job.check()?;
                sort_row(&mut rows.ranks[start..end], &mut rows.counts[start..end]);
                start = end;
            }
        }
        Ok(rows)
    })?
    .into_iter();
    let first = rows.next().unwrap_or_default();
    let mut indptr = vec![0];
    indptr.extend(first.ends.iter().map(|&end| end as i64));
    let mut out = Matrix { indptr, indices: first.ranks, data: first.counts, terms };
    for mut rows in rows {
        let before = out.indices.len();
        out.indptr.extend(rows.ends.iter().map(|end| (before + end) as i64));
        out.indices.append(&mut rows.ranks);
        out.data.append(&mut rows.counts);
    }
    Ok(out)
}

/// Puts the columns of a row in order.
fn sort_row(indices: &mut [i32], data: &mut [i64]) {
    let mut row: Vec<(i32, i64)> = indices.iter().copied().zip(data.iter().copied()).collect();
    row.sort_unstable();
    for ((index, value), cell) in indices.iter_mut().zip(data).zip(row) {
        (*index, *value) = cell;
    }
}

/// The mark of an n-gram that is no column.
const NONE: u32 = u32::MAX;

impl Counted {
    fn into_matrix(self, sorted: &Sorted, selection: &Selection, job: &Job) -> Result<Matrix> {
        let (columns, terms) = choose(&self.grams, sorted, selection, job)?;
        drop(self.grams);
        let columns = columns.as_deref();
        let runs = self.runs;
        let entries: usize = runs.iter().map(|(_, run)| run.cells.len()).sum();
        let lengths = parallel::map(job, runs.len(), entries as u64 * 8, |i| {
            let (docs, run) = &runs[i];
            let mut lengths = vec![0i64; *docs];
            run.each(columns, job, |column, cells| {
                let cells = if column == NONE { &[] } else { cells };
                cells.iter().for_each(|cell| lengths[(cell >> 8) as usize] += 1)
            })?;
            Ok(lengths)
        })?;
        let mut indptr = vec![0];
        let mut end = 0;
        for &length in lengths.iter().flatten() {
            end += length;
            indptr.push(end);
        }
        let mut out = Matrix { indptr, indices: vec![0; end as usize], data: vec![1; end as usize], terms };
        let (mut starts, mut indices, mut data) =
            (&out.indptr[..], out.indices.as_mut_slice(), out.data.as_mut_slice());
        let mut parts = Vec::with_capacity(runs.len());
        for (docs, columns) in runs {
            let rows = &starts[..=docs];
            starts = &starts[docs..];
            let length = (rows[docs] - rows[0]) as usize;
            let part = Part {
                columns,
                rows,
                indices: indices.split_off_mut(..length).unwrap_or_default(),
                data: data.split_off_mut(..length).unwrap_or_default(),
            };
            parts.push(Mutex::new(Some(part)));
        }
        parallel::map(job, parts.len(), entries as u64 * 8, |i| {
            // Taken out, so that its cells are freed as soon as they are in the result.
            let part = parts[i].lock().unwrap_or_else(PoisonError::into_inner).take();
            part.map_or(Ok(()), |part| part.fill(columns, selection.vocabulary.is_some(), job))
        })?;
        drop(parts);
        Ok(out)
    }
}

impl Columns {
    /// Calls `f` with each column, by `columns` that of each n-gram among all, and its cells.
    #[inline(always)]
    fn each(&self, columns: Option<&[u32]>, job: &Job, mut f: impl FnMut(u32, &[u32])) -> Result<()> {
        let mut rest = self.cells.as_slice();
        for (&docs, gram) in self.docs.iter().zip(0u32..) {
            if gram % 4096 == 0 {
                job.check()?;
            }
            let (cells, others) = rest.split_at(docs as usize);
            rest = others;
            let place = self.places.as_ref().map_or(gram, |places| places[gram as usize]);
            f(columns.map_or(place, |columns| columns[place as usize]), cells);
        }
        Ok(())
    }
}

/// The part of the result that a run fills.
struct Part<'a> {
    columns: Columns,
    /// Where each row starts in the whole result, and the end.
    rows: &'a [i64],
    indices: &'a mut [i32],
    data: &'a mut [i64],
}

impl Part<'_> {
    /// Columns come in order, so each is the next of its rows.
    fn fill(self, columns: Option<&[u32]>, unordered: bool, job: &Job) -> Result<()> {
        let Self { columns: run, rows, indices, data } = self;
        let mut ends: Vec<usize> = rows.iter().map(|row| (row - rows[0]) as usize).collect();
        let mut often = run.often.iter();
        run.each(columns, job, |column, cells| {
            for &cell in cells {
                // Most are 1 and stand there already.
                let mut count = cell & OFTEN;
                if count == OFTEN {
                    count = often.next().map_or(OFTEN, |&count| count);
                }
                if column == NONE {
                    continue;
                }
                let end = &mut ends[(cell >> 8) as usize];
                // There are no more columns than fit.
                indices[*end] = column as i32;
                if count != 1 {
                    data[*end] = i64::from(count);
                }
                *end += 1;
            }
        })?;
        if unordered {
            for two in rows.windows(2) {
                job.check()?;
                let range = (two[0] - rows[0]) as usize..(two[1] - rows[0]) as usize;
                sort_row(&mut indices[range.clone()], &mut data[range]);
            }
        }
        Ok(())
    }
}

/// The column of each n-gram, `None` where all are columns, and the names of the columns.
fn choose(
    grams: &Grams,
    sorted: &Sorted,
    selection: &Selection,
    job: &Job,
) -> Result<(Option<Vec<u32>>, Strings)> {
    if let Some(vocabulary) = &selection.vocabulary {
        let mut columns = vec![NONE; grams.len()];
        let mut seen = AHashSet::with_capacity(vocabulary.len());
        for (term, column) in vocabulary.iter().zip(0..) {
            if !seen.insert(term.as_str()) {
                return Err(Error::value(format!("vocabulary: {term:?} stands there twice")));
            }
            let words: Option<Vec<u32>> = term.split(' ').map(|word| sorted.rank(word)).collect();
            if let Some(place) = words.and_then(|words| grams.find(&words)) {
                columns[place] = column;
            }
        }
        return Ok((Some(columns), vocabulary.iter().collect()));
    }
    let most = selection.max_docs.unwrap_or(u64::MAX);
    let fits = |c: &Count| c.docs >= selection.min_docs && c.docs <= most;
    let counts = |place: u32| &grams.counts[place as usize];
    let mut chosen: Vec<u32> = (0..grams.len() as u32).filter(|&place| fits(counts(place))).collect();
    if let Some(limit) = selection.max_terms.filter(|&limit| limit < chosen.len()) {
        // Stable: ties stay in the order of their strings.
        chosen.sort_by_key(|&place| Reverse(counts(place).count));
        chosen.truncate(limit);
        chosen.sort_unstable();
    }
    if i32::try_from(chosen.len()).is_err() {
        return Err(Error::new(
            Kind::Limit,
            "more than 2,147,483,647 columns; raise min_df= or set max_features=",
        ));
    }
    let terms = sorted.spelled(grams, &chosen, job)?;
    if chosen.len() == grams.len() {
        return Ok((None, terms));
    }
    let mut columns = vec![NONE; grams.len()];
    chosen.into_iter().zip(0..).for_each(|(place, column)| columns[place as usize] = column);
    Ok((Some(columns), terms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Reader, build};
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
