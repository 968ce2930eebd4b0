//! How often each term and n-gram occurs, and in how many documents.

use super::grams::{DocCounter, Grams, Sorted};
use super::groups::Groups;
use super::order::ordered;
use crate::corpus::{Corpus, Vocabulary};
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::table::Strings;
use crate::text::words::{for_each_far, prefetch};

/// The counts of one group of documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupCounts {
    /// The terms, the most frequent first, ties in the order of their strings.
    pub terms: Strings,
    /// The counts of each.
    pub counts: Vec<Count>,
    /// Counted tokens or n-grams, also of terms that were left out as too rare.
    pub total: u64,
    /// Documents that are there.
    pub docs: u64,
}

/// Occurrences and documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Occurrences.
    pub count: u64,
    /// Documents with at least one.
    pub docs: u64,
}

impl Count {
    pub(super) fn add(&mut self, other: Self) {
        self.count += other.count;
        self.docs += other.docs;
    }
}

impl GroupCounts {
    /// The terms with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Count)> {
        (0..self.terms.len()).filter_map(|i| Some((self.terms.get(i)?, self.counts[i])))
    }

    /// The counts of the terms `names` by their ids; those below `least` are left out of the list.
    pub(super) fn of_terms(names: &Vocabulary, counts: &[Count], docs: u64, least: u64) -> Self {
        let there = counts.iter().zip(0..).filter(|(c, _)| c.count >= least.max(1));
        let order = ordered(names, there.map(|(c, id)| (!c.count, id)));
        Self {
            total: counts.iter().map(|c| c.count).sum(),
            docs,
            terms: order.iter().map(|&id| names.str(id)).collect(),
            counts: order.iter().map(|&id| counts[id as usize]).collect(),
        }
    }
}

/// Counts the n-grams of `sizes` words in each group of documents of `corpus`; those that occur less
/// than `least` times in a group are in its total alone. An n-gram may cross the end of a sentence,
/// never that of a document; words left out do not stand between their neighbours.
pub fn ngrams(
    corpus: &Corpus,
    sizes: std::ops::RangeInclusive<usize>,
    groups: &Groups,
    least: u64,
    job: &Job,
) -> Result<Vec<GroupCounts>> {
    let names = corpus.terms().names();
    let grams = Grams::new(sizes)?;
    let bytes = corpus.texts().sizes();
    let chunks = groups.chunks(&bytes, job.threads());
    let grouped = groups.len() > 1;
    let init = || (Worker::new(grams.clone()), Vec::new());
    let (workers, _) =
        parallel::fold(job, chunks.len(), bytes.iter().sum(), init, |(worker, terms), chunk| {
            let chunk = &chunks[chunk];
            worker.turn_to(chunk.group);
            for &doc in &chunk.docs {
                job.check()?;
                terms.clear();
                corpus.append_terms(doc, terms);
                if grouped {
                    worker.doc_of_group(terms, names.len(), job)?;
                } else {
                    worker.doc(terms, names.len(), job, |_, _, _| {})?;
                }
                job.advance(1);
            }
            Ok(())
        })?;
    let n_terms = names.len();
    let of_worker = vec![None; workers.len()];
    let mut merged = merge(workers.into_iter().map(|w| w.0).collect(), of_worker, n_terms, job)?;
    let mut out = vec![GroupCounts::default(); groups.len()];
    (0..corpus.texts().len())
        .for_each(|d| out[groups.of(d)].docs += u64::from(corpus.texts().get(d).is_some()));
    let sorted = Sorted::new(names);
    // The runs of a group stand together, so that each group looks at its own alone.
    merged.runs.sort_by_key(|(group, _)| *group);
    for (group, slice) in out.iter_mut().enumerate() {
        job.check()?;
        let mut run = merged.run(group);
        slice.total = run.iter().map(|e| e.count.count).sum();
        run.retain(|e| e.count.count >= least);
        let places = by_count(&run, merged.grams.order(&sorted, &run, job)?);
        slice.terms = merged.grams.spelled(names, &sorted, &run, &places, job)?;
        slice.counts = places.iter().map(|&place| run[place as usize].count).collect();
    }
    Ok(out)
}

/// The places of `entries` by descending counts; ties stay as they are in `places`.
fn by_count(entries: &[Entry], places: Vec<u32>) -> Vec<u32> {
    // Nearly all n-grams are rare: those go into a bucket for each count, without comparisons.
    const RARE: u64 = 256;
    let count = |place: u32| entries[place as usize].count.count;
    let mut ends = vec![0usize; RARE as usize];
    let mut out: Vec<u32> = Vec::with_capacity(places.len());
    let ask = |(): &(), place: u32| prefetch(&entries[place as usize]);
    for_each_far(&places, &mut (), ask, |(), place| match count(place) {
        rare @ 0..RARE => ends[rare as usize] += 1,
        _ => out.push(place),
    });
    out.sort_by_key(|&place| std::cmp::Reverse(count(place)));
    let mut start = out.len();
    for end in ends.iter_mut().rev() {
        (*end, start) = (start, start + *end);
    }
    out.resize(places.len(), 0);
    for_each_far(&places, &mut (), ask, |(), place| {
        if let Some(next) = ends.get_mut(count(place).min(RARE) as usize) {
            out[*next] = place;
            *next += 1;
        }
    });
    out
}

/// An n-gram with its counts in a run of documents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) id: u32,
    pub(super) size: u32,
    pub(super) count: Count,
}

/// What all workers have counted, by n-grams that they share.
pub(super) struct Merged {
    pub(super) grams: Grams,
    /// For each worker and size our ids of its n-grams; `None` for the first, whose ids are ours.
    pub(super) renamed: Vec<Option<Vec<Vec<u32>>>>,
    /// The n-grams of each run of documents, with the group of the run.
    runs: Vec<(usize, Vec<Entry>)>,
    n_terms: usize,
}

/// Brings workers together. `terms` has for each the ids of its terms, `None` where they are those of
/// all; there are `n_terms` of them.
pub(super) fn merge(
    workers: Vec<Worker>,
    terms: Vec<Option<Vec<u32>>>,
    n_terms: usize,
    job: &Job,
) -> Result<Merged> {
    let mut merged: Option<Merged> = None;
    for (mut worker, terms) in workers.into_iter().zip(terms) {
        job.check()?;
        worker.turn_to(usize::MAX);
        let grams = worker.counter.grams;
        let Some(all) = &mut merged else {
            merged = Some(Merged { grams, renamed: vec![None], runs: worker.runs, n_terms });
            continue;
        };
        let terms = terms.unwrap_or_else(|| (0..n_terms as u32).collect());
        let ids = all.grams.merge(&grams, terms)?;
        for (group, mut run) in worker.runs {
            run.iter_mut().for_each(|e| e.id = ids[e.size as usize - 1][e.id as usize]);
            all.runs.push((group, run));
        }
        all.renamed.push(Some(ids));
    }
    merged.ok_or_else(|| crate::error::Error::new(crate::error::Kind::Internal, "no worker has counted"))
}

impl Merged {
    /// The n-grams of group `group`, each once; in no order that means anything. Runs stand in the order
    /// of their groups.
    pub(super) fn run(&mut self, group: usize) -> Vec<Entry> {
        let first = self.runs.partition_point(|(g, _)| *g < group);
        let count = self.runs[first..].partition_point(|(g, _)| *g == group);
        let mut parts: Vec<Vec<Entry>> =
            self.runs[first..first + count].iter_mut().map(|(_, run)| std::mem::take(run)).collect();
        if parts.len() < 2 {
            return parts.pop().unwrap_or_default();
        }
        let sizes = 1..=*self.grams.sizes().end();
        let dense: usize = sizes.clone().map(|size| self.grams.len(size, self.n_terms)).sum();
        if parts.iter().map(Vec::len).sum::<usize>() < dense / 8 {
            // A small group: sorting its few n-grams is less than going through all there are.
            let mut all = parts.concat();
            all.sort_unstable_by_key(|e| (e.size, e.id));
            all.dedup_by(|next, kept| {
                let same = (next.size, next.id) == (kept.size, kept.id);
                if same {
                    kept.count.add(next.count);
                }
                same
            });
            return all;
        }
        let zeros = |size| vec![Count::default(); self.grams.len(size, self.n_terms)];
        let mut all: Vec<Vec<Count>> = sizes.map(zeros).collect();
        for entry in parts.drain(..).flatten() {
            all[entry.size as usize - 1][entry.id as usize].add(entry.count);
        }
        let mut run = Vec::new();
        for (counts, size) in all.iter_mut().zip(1..) {
            take(counts, size, &mut run, |c| c);
        }
        run
    }
}

/// Moves the counts of the n-grams that are there to `run`.
fn take<T: Copy + Default>(counts: &mut [T], size: u32, run: &mut Vec<Entry>, count: impl Fn(T) -> Count) {
    run.reserve(counts.iter().filter(|&&c| count(c).count > 0).count());
    let there = counts.iter_mut().zip(0..).filter(|(c, _)| count(**c).count > 0);
    run.extend(there.map(|(c, id)| Entry { id, size, count: count(std::mem::take(c)) }));
}

/// What one worker has counted.
pub(super) struct Worker {
    /// Holds the counts of the current group.
    counter: DocCounter,
    group: usize,
    /// Where documents are told apart, the (size, n-gram) of each document of the current group.
    met: Vec<(u32, u32)>,
    runs: Vec<(usize, Vec<Entry>)>,
}

impl Worker {
    pub(super) fn new(grams: Grams) -> Self {
        Self { counter: DocCounter::new(grams), group: usize::MAX, met: Vec::new(), runs: Vec::new() }
    }

    /// Counts a document of one group among others: with many groups, each must cost no more than its
    /// own n-grams.
    fn doc_of_group(&mut self, terms: &[u32], n_terms: usize, job: &Job) -> Result<()> {
        let met = &mut self.met;
        self.counter.doc(terms, n_terms, job, |size, id, _| met.push((size as u32, id)))
    }

    /// Counts a document of the words `terms`, which are below `n_terms`; `see` gets (size, n-gram,
    /// count) of each of its n-grams.
    pub(super) fn doc(
        &mut self,
        terms: &[u32],
        n_terms: usize,
        job: &Job,
        see: impl FnMut(usize, u32, u32),
    ) -> Result<()> {
        self.counter.doc(terms, n_terms, job, see)
    }

    /// Puts the counts of the current group aside and starts those of `group`.
    pub(super) fn turn_to(&mut self, group: usize) {
        if group == self.group {
            return;
        }
        let before = std::mem::replace(&mut self.group, group);
        let mut run = Vec::new();
        if self.met.is_empty() {
            for (counts, size) in self.counter.counts.iter_mut().zip(1..) {
                take(counts, size, &mut run, |s| Count { count: s.count, docs: u64::from(s.docs) });
            }
        }
        for (size, id) in self.met.drain(..) {
            let seen = std::mem::take(&mut self.counter.counts[size as usize - 1][id as usize]);
            // Another document of the group may have brought it already.
            if seen.count > 0 {
                run.push(Entry { id, size, count: Count { count: seen.count, docs: u64::from(seen.docs) } });
            }
        }
        self.counter.docs = 0;
        if !run.is_empty() {
            self.runs.push((before, run));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Reader, Texts, Tokens, build};
    use crate::counts::stream::stream;
    use crate::text::sentences;
    use std::sync::Arc;

    fn reader() -> Arc<Reader> {
        Arc::new(Reader::new(Tokens::default(), &sentences::Options::default()).unwrap())
    }

    fn texts() -> Texts {
        Texts::new(vec![Some("The cat. The dog"), None, Some(""), Some("a cat")])
    }

    #[test]
    fn the_stream_counts_what_the_corpus_counts() {
        let job = Job::new(Some(1));
        let streamed = stream(&texts(), &Tokens::default(), 1, &job).unwrap();
        let corpus = build(texts(), reader(), &job).unwrap();
        let counted = ngrams(&corpus, 1..=1, &Groups::one(), 1, &job).unwrap();
        assert_eq!(streamed, counted[0]);
        assert_eq!((streamed.total, streamed.docs), (6, 3));
        let rows: Vec<_> = streamed.iter().map(|(term, c)| (term, c.count, c.docs)).collect();
        assert_eq!(rows, [("cat", 2, 2), ("the", 2, 1), ("a", 1, 1), ("dog", 1, 1)]);
    }

    #[test]
    fn ngrams_stay_within_documents() {
        let job = Job::new(Some(1));
        let corpus = build(texts(), reader(), &job).unwrap();
        let pairs = ngrams(&corpus, 2..=2, &Groups::one(), 1, &job).unwrap();
        let terms: Vec<&str> = pairs[0].iter().map(|(t, _)| t).collect();
        assert_eq!(terms, ["a cat", "cat the", "the cat", "the dog"]);
        assert!(ngrams(&corpus, 7..=7, &Groups::one(), 1, &job).is_err());
    }
}
