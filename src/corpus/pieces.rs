//! Texts read piece by piece where only their sentences are kept: the chunks that workers take, cut at
//! paragraph breaks into pieces, and the columns gathered in the order of the texts.

use std::ops::Range;

use super::Texts;
use super::build::{PIECE, paragraph_break};
use super::chunks::{Chunk, chunks};
use super::columns::{self, Columns};
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::text::sentences::Splitter;

/// A stretch of a document that no sentence crosses the ends of.
pub(crate) struct Piece<'a> {
    /// The document.
    pub(crate) doc: usize,
    /// All of its text.
    pub(crate) document: &'a str,
    /// The bytes of the piece.
    pub(crate) range: Range<usize>,
    /// The number of sentences that the columns had when the chunk began.
    pub(crate) sentences: usize,
}

/// What was read.
pub(crate) struct Read<T> {
    /// The sentences of all texts.
    pub(crate) columns: Columns,
    /// For each chunk, in the order of the texts, the number of sentences before it, and its output.
    pub(crate) outputs: Vec<(usize, T)>,
}

/// Calls `each` with every piece, and the columns that it may add sentences to; `close` gives the output of a
/// chunk once it is read.
pub(crate) fn fold<S: Send, T: Send>(
    texts: &Texts,
    splitter: &Splitter,
    job: &Job,
    init: impl Fn() -> S + Sync,
    each: impl Fn(&mut S, &mut Columns, Piece<'_>) -> Result<()> + Sync,
    close: impl Fn(&mut S) -> T + Sync,
) -> Result<Read<T>> {
    let sizes = texts.sizes();
    let chunks = chunks(texts, &sizes, job.threads(), |text, at| paragraph_break(text, at, splitter));
    let init = || (init(), Columns::default());
    let step = |(state, columns): &mut (S, Columns), chunk: usize| {
        let before = columns.mark();
        let sentences = columns.n_sentences();
        let mut read = |columns: &mut Columns, doc: usize, range: Range<usize>| -> Result<()> {
            let document = texts.text(doc);
            let mut start = range.start;
            while start < range.end {
                job.check()?;
                let end = paragraph_break(&document[..range.end], (start + PIECE).min(range.end), splitter);
                each(state, columns, Piece { doc, document, range: start..end, sentences })?;
                start = end;
            }
            Ok(())
        };
        match &chunks[chunk] {
            Chunk::Docs(docs) => {
                for doc in docs.clone() {
                    read(columns, doc, 0..texts.text(doc).len())?;
                    columns.close_doc();
                    job.advance(1);
                }
            }
            Chunk::Part { doc, range, last } => {
                read(columns, *doc, range.clone())?;
                if *last {
                    columns.close_doc();
                    job.advance(1);
                }
            }
        }
        Ok((before..columns.mark(), close(state)))
    };
    let (workers, outputs) = parallel::fold(job, chunks.len(), sizes.iter().sum(), init, step)?;
    let parts: Vec<Columns> = workers.into_iter().map(|(_, columns)| columns).collect();
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
