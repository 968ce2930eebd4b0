//! The short way to a frequency list: words are counted as they are read and kept nowhere.

use std::ops::Range;

use super::reading::{Reading, Stretch};
use super::terms::{Count, GroupCounts};
use crate::corpus::chunks::{Chunk, chunks};
use crate::corpus::{Texts, Tokens};
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::text::words;

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
                worker.docs(texts.pass(docs.clone()).map(|(_, text)| text), job)?;
                Ok(None)
            }
            Chunk::Part { doc, range, last } => {
                job.advance(u64::from(*last));
                Ok(Some((*doc, worker.part(&texts.text(*doc)[range.clone()], job)?)))
            }
        })?;
    let mut docs = workers.iter().map(|w| w.docs).sum();
    if let ([worker], true) = (&workers[..], outputs.iter().all(|(_, part)| part.is_none()))
        && let Some(open) = worker.counts.all_open()
    {
        // Nothing to add up.
        return Ok(GroupCounts::of_terms(worker.reading.names(), open, docs, least));
    }
    let mut workers = workers.into_iter().map(|w| (w.counts.finish(), w.reading.into_names()));
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

    fn docs<'t>(&mut self, texts: impl Iterator<Item = Option<&'t str>>, job: &Job) -> Result<()> {
        let Self { reading, counts, docs } = self;
        let texts = texts.map(|text| {
            *docs += u64::from(text.is_some());
            text.unwrap_or_default()
        });
        reading.docs(texts, job, |stretch| {
            counts.add(stretch);
            job.advance(stretch.ends.len() as u64);
            Ok(())
        })
    }

    /// Counts a part of a document by itself: each of its terms and how often.
    fn part(&mut self, text: &str, job: &Job) -> Result<Vec<(u32, u64)>> {
        let mut part = Counts::default();
        self.reading.docs(std::iter::once(text), job, |stretch| {
            part.add(stretch);
            Ok(())
        })?;
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
    /// The number of the current document since the numbers were last put aside.
    doc: u16,
    /// Occurrences since then.
    since: u32,
}

/// An eighth of a cache line.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(8))]
struct Seen {
    count: u32,
    docs: u16,
    /// One more than the number of the document seen last: tells a second occurrence in it from a first.
    last: u16,
}

impl From<Seen> for Count {
    fn from(seen: Seen) -> Self {
        Self { count: u64::from(seen.count), docs: u64::from(seen.docs) }
    }
}

impl Counts {
    fn next_doc(&mut self) {
        self.doc += 1;
        if self.doc == u16::MAX {
            self.put_aside();
            self.open.iter_mut().for_each(|seen| seen.last = 0);
            self.doc = 0;
        }
    }

    fn add(&mut self, stretch: Stretch<'_>) {
        if stretch.terms > self.open.len() {
            self.open.resize(stretch.terms, Seen::default());
        }
        let mut start = 0;
        for &end in stretch.ends {
            self.count(stretch.ids, start..end);
            self.next_doc();
            start = end;
        }
        self.count(stretch.ids, start..stretch.ids.len());
    }

    /// Counts those of `ids` that are in `range`, all in the current document; what follows them comes soon.
    fn count(&mut self, ids: &[u32], mut range: Range<usize>) {
        const MOST: u32 = 1 << 30;
        while !range.is_empty() {
            let end = range.end.min(range.start + MOST as usize);
            if MOST > u32::MAX - self.since {
                // The document goes on: it must not be counted again, so what was seen last stays.
                self.put_aside();
            }
            self.since += (end - range.start) as u32;
            let mark = self.doc + 1;
            for &id in &ids[range.start..end] {
                let seen = &mut self.open[id as usize];
                seen.count += 1;
                seen.docs += u16::from(seen.last != mark);
                seen.last = mark;
            }
            range.start = end;
        }
    }

    #[cold]
    fn put_aside(&mut self) {
        self.closed.resize(self.open.len(), Count::default());
        for (closed, seen) in self.closed.iter_mut().zip(&mut self.open) {
            closed.add((*seen).into());
            (seen.count, seen.docs) = (0, 0);
        }
        self.since = 0;
    }

    /// The counts so far, if none were put aside.
    fn all_open(&self) -> Option<&[Seen]> {
        self.closed.is_empty().then_some(&self.open)
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
        let mut counts = Counts { doc: u16::MAX - 2, ..Counts::default() };
        for _ in 0..3 {
            for (ids, ends) in [(&[0, 1], &[][..]), (&[0, 1], &[1])] {
                counts.since = u32::MAX - 1;
                counts.add(Stretch { ids, ends, terms: 2 });
            }
        }
        let count = |count, docs| Count { count, docs };
        // The second term opens the next document each time.
        assert_eq!((counts.doc, counts.finish()), (1, vec![count(6, 3), count(6, 4)]));
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
