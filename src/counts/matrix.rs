//! Documents by terms, as compressed rows.

use ahash::AHashMap;
use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::grams::{Grams, Sorted};
use super::reading::Reading;
use super::rows::{NONE, Rows, fill};
use super::terms::{Entry, Worker, merge};
use crate::corpus::{Corpus, Texts, Tokens, Vocabulary};
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

/// The names of all terms, and for each reader the ids of its terms among them; `None` where they are
/// the same, as they are for the first.
type Names<'a> = (Cow<'a, Vocabulary>, Vec<Option<Vec<u32>>>);

/// Where the words of documents come from.
trait Source: Sync {
    /// What one worker needs to read.
    type Reader: Send;

    fn reader(&self) -> Self::Reader;

    /// Appends the terms of document `doc` to `out`; gives how many terms there are.
    fn read(&self, reader: &mut Self::Reader, doc: usize, out: &mut Vec<u32>, job: &Job) -> Result<usize>;

    /// The names of what the readers have met.
    fn names(&self, readers: Vec<Self::Reader>) -> Result<Names<'_>>;
}

/// Texts that were read before.
struct Kept<'a>(&'a Corpus);

impl Source for Kept<'_> {
    type Reader = ();

    fn reader(&self) {}

    fn read(&self, (): &mut (), doc: usize, out: &mut Vec<u32>, _: &Job) -> Result<usize> {
        self.0.append_terms(doc, out);
        Ok(self.0.terms().names().len())
    }

    fn names(&self, readers: Vec<()>) -> Result<Names<'_>> {
        Ok((Cow::Borrowed(self.0.terms().names()), vec![None; readers.len()]))
    }
}

/// Texts that are read now.
struct Fresh<'a> {
    texts: &'a Texts,
    tokens: &'a Tokens,
}

impl<'a> Source for Fresh<'a> {
    type Reader = Reading<'a>;

    fn reader(&self) -> Reading<'a> {
        Reading::new(self.tokens)
    }

    fn read(&self, reader: &mut Reading<'a>, doc: usize, out: &mut Vec<u32>, job: &Job) -> Result<usize> {
        reader.read(self.texts.text(doc), job, |ids, _| out.extend_from_slice(ids))?;
        Ok(reader.names().len())
    }

    fn names(&self, readers: Vec<Reading<'a>>) -> Result<Names<'_>> {
        let mut readers = readers.into_iter().map(Reading::into_names);
        let mut names = readers.next().unwrap_or_default();
        let mut ids = vec![None];
        for other in readers {
            ids.push(Some(names.merge(&other)?));
        }
        Ok((Cow::Owned(names), ids))
    }
}

/// Counts the n-grams of `sizes` words in each document. `boolean` counts an n-gram once a document.
pub fn matrix(
    corpus: &Corpus,
    sizes: RangeInclusive<usize>,
    selection: &Selection,
    boolean: bool,
    job: &Job,
) -> Result<Matrix> {
    count(&Kept(corpus), corpus.texts(), &sizes, selection, boolean, job)
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
    count(&Fresh { texts, tokens }, texts, &sizes, selection, boolean, job)
}

/// How many words are read before they are counted.
const BATCH: usize = 1 << 16;

/// What one worker has.
struct State<R> {
    worker: Worker,
    reader: R,
    terms: Vec<u32>,
}

fn count<S: Source>(
    source: &S,
    texts: &Texts,
    sizes: &RangeInclusive<usize>,
    selection: &Selection,
    boolean: bool,
    job: &Job,
) -> Result<Matrix> {
    let grams = Grams::new(sizes.clone())?;
    let bytes = texts.sizes();
    let chunks = parallel::balance(&bytes, job.threads());
    let total = bytes.iter().sum();
    let init = || State { worker: Worker::new(grams.clone()), reader: source.reader(), terms: Vec::new() };
    let (per_doc, high) = (sizes.clone().count(), *sizes.end());
    let step = |state: &mut State<S::Reader>, chunk: usize| {
        let State { worker, reader, terms } = state;
        worker.turn_to(0);
        let mut rows = Rows::default();
        let mut docs = chunks[chunk].clone().peekable();
        let mut ends = Vec::new();
        while docs.peek().is_some() {
            // Reading and counting each want the caches for themselves, so they take turns.
            terms.clear();
            ends.clear();
            let mut n_terms = 0;
            while let Some(doc) = docs.next_if(|_| terms.len() < BATCH) {
                job.check()?;
                n_terms = source.read(reader, doc, terms, job)?;
                ends.push(terms.len());
            }
            let mut start = 0;
            for &end in &ends {
                rows.open(per_doc);
                worker.doc(&terms[start..end], n_terms, job, |size, id, count| {
                    rows.push(high - size, id, if boolean { 1 } else { count });
                })?;
                start = end;
            }
            job.advance(ends.len() as u64);
        }
        Ok(rows)
    };
    let (workers, rows) = parallel::fold(job, chunks.len(), total, init, step)?;
    let (workers, readers) = workers.into_iter().map(|s| (s.worker, s.reader)).unzip();
    let (names, terms) = source.names(readers)?;
    let mut merged = merge(workers, terms, names.len(), job)?;
    let run = merged.run(0);
    let all = run.len();
    let (columns, terms) = choose(&names, &merged.grams, run, selection, job)?;
    // Every worker's n-grams by the columns that all share.
    let renamed = std::mem::take(&mut merged.renamed);
    drop(merged);
    let of_worker = |ids: Option<Vec<Vec<u32>>>| match ids {
        None => columns.clone(),
        Some(ids) => {
            let of_size = |(ids, columns): (Vec<u32>, &Vec<u32>)| -> Vec<u32> {
                ids.into_iter().map(|id| columns[id as usize]).collect()
            };
            ids.into_iter().zip(&columns).map(of_size).collect()
        }
    };
    let columns_of: Vec<Vec<Vec<u32>>> = renamed.into_iter().map(of_worker).collect();
    let whole = selection.vocabulary.is_none() && terms.len() == all;
    fill(rows, &columns_of, sizes, terms, whole, job)
}

/// For each size the column of each n-gram, and the names of the columns.
fn choose(
    names: &Vocabulary,
    grams: &Grams,
    mut all: Vec<Entry>,
    selection: &Selection,
    job: &Job,
) -> Result<(Vec<Vec<u32>>, Strings)> {
    let mut columns: Vec<Vec<u32>> =
        (1..=*grams.sizes().end()).map(|size| vec![NONE; grams.len(size, names.len())]).collect();
    if let Some(vocabulary) = &selection.vocabulary {
        let (mut terms, mut text) = (Strings::default(), String::new());
        let mut place: AHashMap<&str, u32> = AHashMap::with_capacity(vocabulary.len());
        for (term, i) in vocabulary.iter().zip(0..) {
            if place.insert(term, i).is_some() {
                return Err(Error::value(format!("vocabulary: {term:?} stands there twice")));
            }
            terms.push(term);
        }
        for entry in &all {
            text.clear();
            grams.spell(names, entry.size as usize, entry.id, &mut text);
            if let Some(&column) = place.get(text.as_str()) {
                columns[entry.size as usize - 1][entry.id as usize] = column;
            }
        }
        return Ok((columns, terms));
    }
    let most = selection.max_docs.unwrap_or(u64::MAX);
    all.retain(|e| e.count.docs >= selection.min_docs && e.count.docs <= most);
    let sorted = Sorted::new(names);
    let mut order = grams.order(&sorted, &all, job)?;
    if let Some(limit) = selection.max_terms.filter(|&limit| limit < all.len()) {
        let mut best: Vec<usize> = (0..order.len()).collect();
        // Stable: ties stay in the order of their strings.
        best.sort_by_key(|&i| std::cmp::Reverse(all[order[i] as usize].count.count));
        best.truncate(limit);
        best.sort_unstable();
        order = best.into_iter().map(|i| order[i]).collect();
    }
    let terms = grams.spelled(names, &sorted, &all, &order, job)?;
    if i32::try_from(order.len()).is_err() {
        return Err(Error::new(
            Kind::Limit,
            "more than 2,147,483,647 columns; raise min_df= or set max_features=",
        ));
    }
    for (entry, column) in order.into_iter().map(|i| &all[i as usize]).zip(0..) {
        columns[entry.size as usize - 1][entry.id as usize] = column;
    }
    Ok((columns, terms))
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
