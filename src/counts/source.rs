//! Where the words of documents come from: a corpus, or texts that are read now.

use super::order::Sorted;
use super::reading::Reading;
use crate::corpus::chunks::{Chunk, chunks};
use crate::corpus::{Corpus, Texts, Tokens, Vocabulary};
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::text::words;

/// The words of documents, by their ranks among the strings of the vocabulary.
pub(super) trait Source: Sync {
    /// The number of counted words of document `doc`, or a little more.
    fn size(&self, doc: usize) -> usize;

    /// Appends the ranks of the words of document `doc`.
    fn append(&self, doc: usize, out: &mut Vec<u32>);
}

/// Texts that were read before.
pub(super) struct Kept<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) sorted: &'a Sorted,
}

impl Source for Kept<'_> {
    fn size(&self, doc: usize) -> usize {
        self.corpus.columns().tokens_of(doc).len()
    }

    fn append(&self, doc: usize, out: &mut Vec<u32>) {
        let first = out.len();
        self.corpus.append_terms(doc, out);
        out[first..].iter_mut().for_each(|term| *term = self.sorted.ranks[*term as usize]);
    }
}

/// Texts that are read now.
pub(super) struct Fresh {
    /// What each worker has read.
    ids: Vec<Vec<u32>>,
    /// The ranks of each worker's ids.
    ranks: Vec<Vec<u32>>,
    pieces: Vec<Piece>,
}

/// Documents that a worker has read, or a part of one.
struct Piece {
    worker: usize,
    /// The first document.
    doc: usize,
    /// Where the first begins and each ends in what the worker has read.
    start: usize,
    ends: Vec<usize>,
}

impl Fresh {
    /// Reads `texts`. Compounds are never joined: that needs a corpus.
    pub(super) fn read(texts: &Texts, tokens: &Tokens, job: &Job) -> Result<(Self, Sorted)> {
        let sizes = texts.sizes();
        let chunks = chunks(texts, &sizes, job.threads(), words::next_cut);
        let init = || (Reading::new(tokens), Vec::new());
        let step = |(reading, all): &mut (Reading, Vec<u32>), chunk: usize| {
            let (start, mut ends) = (all.len(), Vec::new());
            let doc = match &chunks[chunk] {
                Chunk::Docs(docs) => {
                    let texts = texts.pass(docs.clone()).map(|(_, text)| text.unwrap_or_default());
                    reading.docs(texts, job, |stretch| {
                        ends.extend(stretch.ends.iter().map(|end| all.len() + end));
                        all.extend_from_slice(stretch.ids);
                        job.advance(stretch.ends.len() as u64);
                        Ok(())
                    })?;
                    docs.start
                }
                Chunk::Part { doc, range, last } => {
                    let text = &texts.text(*doc)[range.clone()];
                    reading.read(text, job, |ids, _| all.extend_from_slice(ids))?;
                    ends.push(all.len());
                    job.advance(u64::from(*last));
                    *doc
                }
            };
            Ok((doc, start, ends))
        };
        let (workers, pieces) = parallel::fold(job, chunks.len(), sizes.iter().sum(), init, step)?;
        let mut ids = Vec::with_capacity(workers.len());
        let mut all: Vec<Vocabulary> = Vec::with_capacity(workers.len());
        for (reading, read) in workers {
            ids.push(read);
            all.push(reading.into_names());
        }
        // The first worker's names become the names of all.
        let mut rest = all.into_iter();
        let mut names = rest.next().unwrap_or_default();
        let renamed = rest.map(|other| names.merge(&other)).collect::<Result<Vec<_>>>()?;
        let sorted = Sorted::new(&names);
        let of_worker = |ids: Vec<u32>| ids.into_iter().map(|id| sorted.ranks[id as usize]).collect();
        let ranks = std::iter::once(sorted.ranks.clone()).chain(renamed.into_iter().map(of_worker)).collect();
        let piece = |(worker, (doc, start, ends))| Piece { worker, doc, start, ends };
        Ok((Self { ids, ranks, pieces: pieces.into_iter().map(piece).collect() }, sorted))
    }

    /// The ids of document `doc`, in parts, each with the worker that read it.
    fn parts(&self, doc: usize) -> impl Iterator<Item = (usize, &[u32])> {
        let first = self.pieces.partition_point(|p| p.doc + p.ends.len() <= doc);
        self.pieces[first..].iter().take_while(move |p| p.doc <= doc).map(move |p| {
            let place = doc - p.doc;
            let start = if place == 0 { p.start } else { p.ends[place - 1] };
            (p.worker, &self.ids[p.worker][start..p.ends[place]])
        })
    }
}

impl Source for Fresh {
    fn size(&self, doc: usize) -> usize {
        self.parts(doc).map(|(_, ids)| ids.len()).sum()
    }

    fn append(&self, doc: usize, out: &mut Vec<u32>) {
        for (worker, ids) in self.parts(doc) {
            let ranks = &self.ranks[worker];
            out.extend(ids.iter().map(|&id| ranks[id as usize]));
        }
    }
}
