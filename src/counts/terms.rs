//! How often each term and n-gram occurs, and in how many documents.

use ahash::AHashMap;

use super::grams::{DocCounter, Grams};
use super::groups::Groups;
use crate::corpus::chunks::{Chunk, chunks};
use crate::corpus::vocabulary::{Case, Vocabulary};
use crate::corpus::{Corpus, Terms, Texts, Tokens, terms::NONE, tokens};
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::text::words;

/// The counts of one group of documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupCounts {
    /// For each term: occurrences, documents with it. Sorted by term.
    pub counts: Vec<(String, Count)>,
    /// Counted tokens or n-grams.
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
    /// The document seen last, counted from 1: tells a second occurrence in it from a first.
    last: u64,
}

impl Count {
    fn see(&mut self, doc: u64) {
        self.count += 1;
        self.docs += u64::from(self.last != doc);
        self.last = doc;
    }

    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.docs += other.docs;
    }
}

/// Counts the n-grams of `sizes` words in each group of documents of `corpus`. An n-gram may cross
/// the end of a sentence, never that of a document; words left out do not stand between their
/// neighbours.
pub fn ngrams(
    corpus: &Corpus,
    sizes: std::ops::RangeInclusive<usize>,
    groups: &Groups,
    job: &Job,
) -> Result<Vec<GroupCounts>> {
    let names = corpus.terms().names();
    let grams = Grams::new(sizes, names.len())?;
    let bytes = corpus.texts().sizes();
    let chunks = groups.chunks(&bytes, job.threads());
    let init = || Worker::new(grams.clone());
    let (mut workers, _) = parallel::fold(job, chunks.len(), bytes.iter().sum(), init, |worker, chunk| {
        let chunk = &chunks[chunk];
        worker.turn_to(chunk.group);
        for &doc in &chunk.docs {
            job.check()?;
            worker.doc(corpus, doc, |_, _, _| {})?;
            job.advance(1);
        }
        Ok(())
    })?;
    workers.iter_mut().for_each(|w| w.turn_to(usize::MAX));
    let mut out = vec![GroupCounts::default(); groups.len()];
    (0..corpus.texts().len())
        .for_each(|d| out[groups.of(d)].docs += u64::from(corpus.texts().get(d).is_some()));
    let mut workers = workers.into_iter();
    let Some(first) = workers.next() else { return Ok(out) };
    let mut grams = first.counter.grams;
    let mut runs = first.runs;
    for worker in workers {
        job.check()?;
        let ids = grams.merge(&worker.counter.grams)?;
        for (group, mut run) in worker.runs {
            run.iter_mut().for_each(|((size, id), _)| *id = ids[*size - 1][*id as usize]);
            runs.push((group, run));
        }
    }
    for (group, slice) in out.iter_mut().enumerate() {
        job.check()?;
        let parts = runs.iter_mut().filter(|(g, _)| *g == group).map(|(_, run)| std::mem::take(run));
        collect(slice, parts.collect(), &grams, names);
    }
    Ok(out)
}

/// (size, n-gram) with its counts in a run of documents of one group.
pub(super) type Run = Vec<((usize, u32), Count)>;

/// Adds up the runs of a group and spells its n-grams.
fn collect(slice: &mut GroupCounts, parts: Vec<Run>, grams: &Grams, names: &Vocabulary) {
    let mut run = add_up(parts);
    grams.sort_by_string(names, &mut run, |(gram, _)| *gram);
    slice.total = run.iter().map(|(_, c)| c.count).sum();
    let spelled = run.into_iter().map(|((size, id), count)| {
        let mut text = String::new();
        grams.spell(names, size, id, &mut text);
        (text, count)
    });
    slice.counts = spelled.collect();
}

/// The runs of one group as one.
pub(super) fn add_up(mut parts: Vec<Run>) -> Run {
    if parts.len() < 2 {
        return parts.pop().unwrap_or_default();
    }
    let mut all: AHashMap<(usize, u32), Count> = AHashMap::new();
    for (gram, count) in parts.into_iter().flatten() {
        all.entry(gram).or_default().add(count);
    }
    all.into_iter().collect()
}

/// What one worker has counted.
pub(super) struct Worker {
    pub(super) counter: DocCounter,
    /// The counts of the current group, by size and n-gram; empty where zero.
    open: Vec<Vec<Count>>,
    group: usize,
    pub(super) runs: Vec<(usize, Run)>,
}

impl Worker {
    pub(super) fn new(grams: Grams) -> Self {
        let open = vec![Vec::new(); *grams.sizes().end()];
        Self { counter: DocCounter::new(grams), open, group: usize::MAX, runs: Vec::new() }
    }

    /// Counts a document; `see` gets (size, n-gram, count) of each of its n-grams.
    pub(super) fn doc(
        &mut self,
        corpus: &Corpus,
        doc: usize,
        mut see: impl FnMut(usize, u32, u32),
    ) -> Result<()> {
        let open = &mut self.open;
        self.counter.doc(corpus, doc, |size, id, count| {
            see(size, id, count);
            let counts = &mut open[size - 1];
            if id as usize >= counts.len() {
                counts.resize((id as usize + 1).next_power_of_two(), Count::default());
            }
            let into = &mut counts[id as usize];
            into.count += u64::from(count);
            into.docs += 1;
        })
    }

    /// Puts the counts of the current group aside and starts those of `group`.
    pub(super) fn turn_to(&mut self, group: usize) {
        if group == self.group {
            return;
        }
        let before = std::mem::replace(&mut self.group, group);
        let mut run = Run::new();
        for (counts, size) in self.open.iter_mut().zip(1..) {
            let there = counts.iter_mut().enumerate().filter(|(_, c)| c.count > 0);
            run.extend(there.map(|(id, c)| ((size, id as u32), std::mem::take(c))));
        }
        if !run.is_empty() {
            self.runs.push((before, run));
        }
    }
}

/// Counts the words of `texts` without keeping where they stand: the short way to a frequency list.
pub fn stream(texts: &Texts, tokens: &Tokens, job: &Job) -> Result<GroupCounts> {
    let sizes = texts.sizes();
    let chunks = chunks(texts, &sizes, job.threads(), word_cut);
    let bytes = sizes.iter().sum();
    let (workers, outputs) =
        parallel::fold(job, chunks.len(), bytes, Stream::default, |worker, chunk| match &chunks[chunk] {
            Chunk::Docs(docs) => {
                for doc in docs.clone() {
                    if let Some(text) = texts.get(doc) {
                        worker.doc(text, tokens, job)?;
                    }
                    job.advance(1);
                }
                Ok(None)
            }
            Chunk::Part { doc, range, last } => {
                job.advance(u64::from(*last));
                Ok(Some((*doc, worker.part(&texts.text(*doc)[range.clone()], tokens, job)?)))
            }
        })?;
    let mut all = GroupCounts::default();
    let mut merged = Vocabulary::default();
    let mut counts: Vec<Count> = Vec::new();
    let mut names_of = Vec::with_capacity(workers.len());
    for worker in workers {
        job.check()?;
        all.docs += worker.docs;
        let names = merged.merge(worker.terms.names())?;
        counts.resize(merged.len(), Count::default());
        for (&name, count) in names.iter().zip(&worker.counts) {
            counts[name as usize].add(*count);
        }
        names_of.push(names);
    }
    let mut last_doc = usize::MAX;
    // The parts of one document stand together: a term is in it once, whichever workers met it.
    for (worker, part) in outputs {
        let Some((doc, part)) = part else { continue };
        all.docs += u64::from(doc != last_doc);
        last_doc = doc;
        for (term, count) in part.counts {
            let into = &mut counts[names_of[worker][term as usize] as usize];
            into.docs += u64::from(into.last != doc as u64 + 1);
            into.last = doc as u64 + 1;
            into.count += count;
        }
    }
    all.total = counts.iter().map(|c| c.count).sum();
    let named = merged.iter().zip(counts).filter(|(_, c)| c.count > 0);
    all.counts = named.map(|(name, count)| (name.to_owned(), count)).collect();
    all.counts.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Ok(all)
}

/// The first place at or after byte `at` where words may be cut.
fn word_cut(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&i| words::is_cut(text.as_bytes(), i)).unwrap_or(text.len())
}

/// How much text is read between two looks at a stop request.
const WINDOW: usize = 256 * 1024;

/// What one worker has counted.
#[derive(Default)]
struct Stream {
    forms: Vocabulary,
    terms: Terms,
    counts: Vec<Count>,
    docs: u64,
    words: Vec<(usize, usize)>,
    ids: Vec<u32>,
}

/// What a part of a document adds: occurrences by the worker's term.
struct Part {
    counts: Vec<(u32, u64)>,
}

impl Stream {
    fn doc(&mut self, text: &str, tokens: &Tokens, job: &Job) -> Result<()> {
        self.docs += 1;
        self.windows(text, tokens, job)
    }

    /// Counts a part of a document by itself.
    fn part(&mut self, text: &str, tokens: &Tokens, job: &Job) -> Result<Part> {
        let mut whole = std::mem::take(&mut self.counts);
        self.counts.resize(whole.len(), Count::default());
        self.windows(text, tokens, job)?;
        let part = std::mem::take(&mut self.counts);
        whole.resize(part.len(), Count::default());
        self.counts = whole;
        let there = part.into_iter().enumerate().filter(|(_, c)| c.count > 0);
        Ok(Part { counts: there.map(|(id, c)| (id as u32, c.count)).collect() })
    }

    fn windows(&mut self, text: &str, tokens: &Tokens, job: &Job) -> Result<()> {
        let mut start = 0;
        loop {
            job.check()?;
            let end = word_cut(text, text.len().min(start + WINDOW));
            self.window(&text[start..end], tokens)?;
            if end == text.len() {
                return Ok(());
            }
            start = end;
        }
    }

    fn window(&mut self, text: &str, tokens: &Tokens) -> Result<()> {
        self.words.clear();
        self.ids.clear();
        words::for_each_word(text, |start, end| self.words.push((start, end)));
        // Forms that differ in ASCII case alone need no entry of their own; the rest is folded by term.
        let case = if tokens.case == tokens::Case::Lower { Case::AsciiLower } else { Case::Keep };
        self.forms.intern_words(text, &self.words, case, &mut self.ids)?;
        self.terms.extend(&self.forms, tokens)?;
        self.counts.resize(self.terms.names().len(), Count::default());
        for &form in &self.ids {
            let term = self.terms.of_form(form);
            if term != NONE {
                self.counts[term as usize].see(self.docs);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Reader, build};
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
        let streamed = stream(&texts(), &Tokens::default(), &job).unwrap();
        let corpus = build(texts(), reader(), &job).unwrap();
        let counted = ngrams(&corpus, 1..=1, &Groups::one(), &job).unwrap();
        let plain = |g: &GroupCounts| -> Vec<(String, u64, u64)> {
            g.counts.iter().map(|(t, c)| (t.clone(), c.count, c.docs)).collect()
        };
        assert_eq!(plain(&streamed), plain(&counted[0]));
        assert_eq!((streamed.total, streamed.docs), (6, 3));
        assert_eq!(plain(&streamed)[3], ("the".to_owned(), 2, 1));
    }

    #[test]
    fn ngrams_stay_within_documents() {
        let job = Job::new(Some(1));
        let corpus = build(texts(), reader(), &job).unwrap();
        let pairs = ngrams(&corpus, 2..=2, &Groups::one(), &job).unwrap();
        let terms: Vec<&str> = pairs[0].counts.iter().map(|(t, _)| t.as_str()).collect();
        assert_eq!(terms, ["a cat", "cat the", "the cat", "the dog"]);
        assert!(ngrams(&corpus, 7..=7, &Groups::one(), &job).is_err());
    }
}
