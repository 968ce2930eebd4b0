//! Texts read piece by piece where only their sentences are kept: the chunks that workers take, short documents
//! together and long ones cut at paragraph breaks, and the columns gathered in the order of the texts.

use std::ops::Range;

use super::Texts;
use super::build::{PIECE, paragraph_break};
use super::chunks::{Chunk, chunks};
use super::columns::{self, Columns};
use super::short::Short;
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::text::sentences::Splitter;

/// What is read at a time.
pub(crate) enum Piece<'a> {
    /// Short documents, numbered from `first`.
    Short {
        /// The number of the first.
        first: usize,
        /// Their texts.
        short: &'a Short,
    },
    /// A stretch of a long document that no sentence crosses the ends of.
    Long {
        /// The document.
        doc: usize,
        /// All of its text.
        document: &'a str,
        /// The bytes of the stretch.
        range: Range<usize>,
    },
}

/// What was read.
pub(crate) struct Read<T> {
    /// The sentences of all texts.
    pub(crate) columns: Columns,
    /// For each chunk, in the order of the texts, the number of sentences before it, and its output.
    pub(crate) outputs: Vec<(usize, T)>,
}

/// Calls `each` with every piece, and the columns that it adds the sentences to; it closes short documents,
/// long ones are closed here. `close` gives the output of a chunk once it is read; it gets the number of sentences
/// that the columns had before.
pub(crate) fn fold<S: Send, T: Send>(
    texts: &Texts,
    splitter: &Splitter,
    job: &Job,
    init: impl Fn() -> S + Sync,
    each: impl Fn(&mut S, &mut Columns, Piece<'_>) -> Result<()> + Sync,
    close: impl Fn(&mut S, usize) -> T + Sync,
) -> Result<Read<T>> {
    let sizes = texts.sizes();
    let chunks = chunks(texts, &sizes, job.threads(), |text, at| paragraph_break(text, at, splitter));
    let init = || Worker { state: init(), columns: Columns::default(), short: Short::default() };
    let step = |worker: &mut Worker<S>, chunk: usize| {
        let (before, sentences) = (worker.columns.mark(), worker.columns.n_sentences());
        match &chunks[chunk] {
            Chunk::Docs(docs) => {
                for (doc, text) in texts.pass(docs.clone()) {
                    let text = text.unwrap_or_default();
                    if Short::takes(text) {
                        if worker.short.push(text) {
                            worker.together(doc + 1, job, &each)?;
                        }
                        continue;
                    }
                    worker.together(doc, job, &each)?;
                    worker.long(doc, text, 0..text.len(), splitter, job, &each)?;
                    worker.columns.close_doc();
                    job.advance(1);
                }
                worker.together(docs.end, job, &each)?;
            }
            Chunk::Part { doc, range, last } => {
                worker.long(*doc, texts.text(*doc), range.clone(), splitter, job, &each)?;
                if *last {
                    worker.columns.close_doc();
                    job.advance(1);
                }
            }
        }
        Ok((before..worker.columns.mark(), close(&mut worker.state, sentences)))
    };
    let (workers, outputs) = parallel::fold(job, chunks.len(), sizes.iter().sum(), init, step)?;
    let parts: Vec<Columns> = workers.into_iter().map(|worker| worker.columns).collect();
    let names = vec![None; parts.len()];
    let mut sentences = 0;
    let (mut ranges, mut found) = (Vec::with_capacity(outputs.len()), Vec::with_capacity(outputs.len()));
    for (worker, (range, output)) in outputs {
        found.push((sentences, output));
        sentences += columns::sentences_in(&range);
        ranges.push((worker, range));
    }
    Ok(Read { columns: columns::gather(parts, &names, &ranges, job)?, outputs: found })
}

struct Worker<S> {
    state: S,
    columns: Columns,
    /// Documents that wait for others.
    short: Short,
}

impl<S> Worker<S> {
    /// Reads the documents that wait, the last of which comes before `end`.
    fn together(
        &mut self,
        end: usize,
        job: &Job,
        each: impl Fn(&mut S, &mut Columns, Piece<'_>) -> Result<()>,
    ) -> Result<()> {
        job.check()?;
        let docs = self.short.ends.len();
        let piece = Piece::Short { first: end - docs, short: &self.short };
        each(&mut self.state, &mut self.columns, piece)?;
        self.short.clear();
        job.advance(docs as u64);
        Ok(())
    }

    fn long(
        &mut self,
        doc: usize,
        document: &str,
        range: Range<usize>,
        splitter: &Splitter,
        job: &Job,
        each: impl Fn(&mut S, &mut Columns, Piece<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut start = range.start;
        while start < range.end {
            job.check()?;
            let end = paragraph_break(&document[..range.end], (start + PIECE).min(range.end), splitter);
            each(&mut self.state, &mut self.columns, Piece::Long { doc, document, range: start..end })?;
            start = end;
        }
        Ok(())
    }
}
