//! The pass that reads texts into a [`Corpus`]: words and sentences of each document, forms
//! interned per worker, workers merged at the end.

use std::ops::Range;
use std::sync::Arc;

use super::columns::Columns;
use super::{Corpus, Texts, Tokens, Vocabulary};
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::text::sentences::{Options, Splitter};
use crate::text::syllables::Language;
use crate::text::words;

/// How texts are read: what counts as a word, where sentences end.
#[derive(Debug)]
pub struct Reader {
    /// What counts as a word.
    pub tokens: Tokens,
    /// Where sentences end.
    pub splitter: Splitter,
    /// How syllables are counted.
    pub language: Language,
}

impl Reader {
    /// A reader for `tokens` and sentences by `sentences`.
    pub fn new(tokens: Tokens, sentences: &Options) -> Result<Self> {
        let code = sentences.language.split(['-', '_']).next().unwrap_or_default();
        let language = Language::named(code).unwrap_or(Language::Generic);
        Ok(Self { tokens, splitter: Splitter::new(sentences)?, language })
    }
}

/// Reads `texts` into a corpus. The result does not depend on the number of threads but for the ids
/// of forms, which no answer shows.
pub fn build(texts: Texts, reader: Arc<Reader>, job: &Job) -> Result<Corpus> {
    let sizes = texts.sizes();
    let chunks = parallel::balance(&sizes, job.threads());
    let read = |forms: &mut Vocabulary, chunk: usize| -> Result<Columns> {
        let mut columns = Columns::default();
        for doc in chunks[chunk].clone() {
            read_doc(texts.text(doc), &reader.splitter, forms, &mut columns, job)?;
            columns.close_doc();
            job.advance(1);
        }
        Ok(columns)
    };
    let bytes = sizes.iter().sum();
    let (states, mut outputs) = parallel::fold(job, chunks.len(), bytes, Vocabulary::default, read)?;
    let forms = merge(states, &mut outputs, job)?;
    let columns = Columns::concat(outputs.into_iter().map(|(_, c)| c).collect());
    Corpus::new(texts, reader, forms, columns)
}

/// Brings the workers' vocabularies together and renames the forms of their chunks.
fn merge(states: Vec<Vocabulary>, outputs: &mut [(usize, Columns)], job: &Job) -> Result<Vocabulary> {
    let mut states = states.into_iter();
    let mut forms = states.next().unwrap_or_default();
    for (worker, state) in states.enumerate() {
        job.check()?;
        let names: Result<Vec<u32>> = (0..state.len()).map(|id| forms.intern(state.str(id as u32))).collect();
        let names = names?;
        outputs.iter_mut().filter(|(w, _)| *w == worker + 1).for_each(|(_, c)| c.rename(&names));
    }
    Ok(forms)
}

/// Reads one document: its sentences, and the words of each.
fn read_doc(
    text: &str,
    splitter: &Splitter,
    forms: &mut Vocabulary,
    columns: &mut Columns,
    job: &Job,
) -> Result<()> {
    for piece in pieces(text, splitter) {
        job.check()?;
        let offset = piece.start;
        let sentences = splitter.split(&text[piece.clone()]);
        let mut next = 0;
        let mut result = Ok(());
        words::for_each_word(&text[piece], |start, end| {
            if result.is_err() {
                return;
            }
            // A word belongs to the last sentence that starts at or before it.
            while next < sentences.len() && (next == 0 || sentences[next].start <= start) {
                columns.close_sentence();
                let s = &sentences[next];
                // A word may hold the white space that the first sentence was trimmed of.
                let first = if next == 0 { s.start.min(start) } else { s.start };
                if let Err(e) = columns.push_sentence(offset + first, offset + s.end, s.paragraph) {
                    result = Err(e);
                    return;
                }
                next += 1;
            }
            result = forms
                .intern(&text[offset + start..offset + end])
                .and_then(|form| columns.push_token(form, offset + start));
        });
        result?;
        columns.close_sentence();
        for s in &sentences[next..] {
            columns.push_sentence(offset + s.start, offset + s.end, s.paragraph)?;
        }
    }
    Ok(())
}

/// Pieces of a document that can be read one by one: a paragraph break ends a sentence for certain,
/// so a long document is cut there and a stop request is seen in between.
fn pieces<'a>(text: &'a str, splitter: &Splitter) -> impl Iterator<Item = Range<usize>> + 'a {
    const PIECE: usize = 64 * 1024;
    let whole = splitter.repairs_breaks();
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let from = if whole || text.len() - start <= PIECE { text.len() } else { start + PIECE };
        let cut = memchr::memmem::find(&text.as_bytes()[from..], b"\n\n");
        let end = cut.map_or(text.len(), |at| from + at + 2);
        let piece = start..end;
        start = end;
        Some(piece)
    })
}
