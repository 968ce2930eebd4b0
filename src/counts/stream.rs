//! The short way to a frequency list: words are counted as they are read and kept nowhere.

use super::reading::Reading;
use super::terms::{Count, GroupCounts};
use crate::corpus::chunks::{Chunk, chunks};
use crate::corpus::{Texts, Tokens};
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::text::words::{self, for_each_far, prefetch};

/// Counts the words of `texts` without keeping where they stand. Terms that occur less than `least`
/// times are in the totals alone.
pub fn stream(texts: &Texts, tokens: &Tokens, least: u64, job: &Job) -> Result<GroupCounts> {
    let sizes = texts.sizes();
    let chunks = chunks(texts, &sizes, job.threads(), words::next_cut);
    let bytes = sizes.iter().sum();
    let init = || Worker::new(Reading::new(tokens));
    let (workers, outputs) =
        parallel::fold(job, chunks.len(), bytes, init, |worker, chunk| match &chunks[chunk] {
            Chunk::Docs(docs) => {
                for (_, text) in texts.pass(docs.clone()) {
                    if let Some(text) = text {
                        worker.doc(text, job)?;
                    }
                    job.advance(1);
                }
                Ok(None)
            }
            Chunk::Part { doc, range, last } => {
                job.advance(u64::from(*last));
                Ok(Some((*doc, worker.part(&texts.text(*doc)[range.clone()], job)?)))
            }
        })?;
    let mut docs = 0;
    let mut workers = workers.into_iter().map(|w| {
        docs += w.docs;
        (w.counts.finish(), w.reading.into_names())
    });
    let (mut counts, mut names) = workers.next().unwrap_or_default();
    // The first worker's names are the names of all; those of the others are looked up in them.
    let mut renamed = vec![None];
    for (theirs, other) in workers {
        job.check()?;
        let ids = names.merge(&other)?;
        counts.resize(names.len(), Count::default());
        ids.iter().zip(theirs).for_each(|(&id, count)| counts[id as usize].add(count));
        renamed.push(Some(ids));
    }
    counts.resize(names.len(), Count::default());
    // The parts of one document stand together: a term is in it once, whichever workers met it.
    let mut last_doc = usize::MAX;
    let mut last = Vec::new();
    for (worker, part) in outputs {
        let Some((doc, part)) = part else { continue };
        docs += u64::from(doc != last_doc);
        last_doc = doc;
        last.resize(names.len(), usize::MAX);
        for (id, count) in part {
            let id = renamed[worker].as_ref().map_or(id, |ids| ids[id as usize]) as usize;
            counts[id].count += count;
            counts[id].docs += u64::from(std::mem::replace(&mut last[id], doc) != doc);
        }
    }
    Ok(GroupCounts::of_terms(&names, &counts, docs, least))
}

/// What one worker has counted.
struct Worker<'a> {
    reading: Reading<'a>,
    counts: Counts,
    docs: u64,
}

impl<'a> Worker<'a> {
    fn new(reading: Reading<'a>) -> Self {
        Self { reading, counts: Counts::default(), docs: 0 }
    }

    fn doc(&mut self, text: &str, job: &Job) -> Result<()> {
        self.docs += 1;
        self.counts.next_doc();
        self.reading.read(text, job, |ids, terms| self.counts.add(ids, terms))
    }

    /// Counts a part of a document by itself: each of its terms and how often.
    fn part(&mut self, text: &str, job: &Job) -> Result<Vec<(u32, u64)>> {
        let mut part = Counts::default();
        self.reading.read(text, job, |ids, terms| part.add(ids, terms))?;
        let counts = part.finish().into_iter().zip(0..);
        Ok(counts.filter(|(c, _)| c.count > 0).map(|(c, id)| (id, c.count)).collect())
    }
}

/// Occurrences and documents of each term: small numbers while counting, which are added to large
/// ones before they can wrap.
#[derive(Default)]
struct Counts {
    open: Vec<Seen>,
    closed: Vec<Count>,
    /// The number of the current document, from 1.
    doc: u32,
    /// Occurrences since the numbers were last put aside.
    since: u32,
}

/// A quarter of a cache line.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(16))]
struct Seen {
    count: u32,
    docs: u32,
    /// The document seen last: tells a second occurrence in it from a first.
    last: u32,
}

impl Counts {
    fn next_doc(&mut self) {
        if self.doc == u32::MAX {
            self.put_aside();
            self.open.iter_mut().for_each(|s| s.last = 0);
            self.doc = 0;
        }
        self.doc += 1;
    }

    fn add(&mut self, ids: &[u32], terms: usize) {
        if terms > self.open.len() {
            self.open.resize(terms, Seen::default());
        }
        for ids in ids.chunks(1 << 30) {
            // A chunk fits 32 bits.
            let count = ids.len() as u32;
            if count > u32::MAX - self.since {
                self.put_aside();
            }
            self.since += count;
            let (open, doc) = (self.open.as_mut_slice(), self.doc);
            for_each_far(
                ids,
                open,
                |open, id| prefetch(&open[id as usize]),
                |open, id| {
                    let seen = &mut open[id as usize];
                    seen.count += 1;
                    seen.docs += u32::from(seen.last != doc);
                    seen.last = doc;
                },
            );
        }
    }

    #[cold]
    fn put_aside(&mut self) {
        self.closed.resize(self.open.len(), Count::default());
        for (closed, seen) in self.closed.iter_mut().zip(&mut self.open) {
            closed.add(Count { count: u64::from(seen.count), docs: u64::from(seen.docs) });
            (seen.count, seen.docs) = (0, 0);
        }
        self.since = 0;
    }

    fn finish(mut self) -> Vec<Count> {
        self.put_aside();
        self.closed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_would_wrap_are_put_aside() {
        let mut counts = Counts { doc: u32::MAX - 1, ..Counts::default() };
        for _ in 0..3 {
            counts.next_doc();
            counts.add(&[0, 1, 0], 2);
            counts.since = u32::MAX - 1;
        }
        assert_eq!(counts.doc, 2);
        assert_eq!(counts.finish(), [Count { count: 6, docs: 3 }, Count { count: 3, docs: 3 }]);
    }

    #[test]
    fn documents_in_parts_count_once() {
        let huge = "Word other ".repeat(600_000);
        let texts = || Texts::new(vec![Some("other"), None, Some("word’s")]);
        let huge = Texts::new(vec![Some(huge)]).chain(&texts());
        for threads in [1, 2, 3] {
            let counted = stream(&huge, &Tokens::default(), 1, &Job::new(Some(threads))).unwrap();
            let rows: Vec<_> = counted.iter().collect();
            let count = |count, docs| Count { count, docs };
            let expected =
                [("other", count(600_001, 2)), ("word", count(600_000, 1)), ("word's", count(1, 1))];
            assert_eq!(rows, expected);
            assert_eq!((counted.total, counted.docs), (1_200_002, 3));
        }
    }
}
