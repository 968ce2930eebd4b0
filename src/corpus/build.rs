//! The pass that reads texts into a [`Corpus`]: words and sentences of each document, forms
//! interned per worker, workers merged at the end.

use std::sync::Arc;

use super::chunks::{Chunk, chunks};
use super::columns::Columns;
use super::vocabulary::{Case, Vocabulary};
use super::{Corpus, Texts, Tokens};
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::text::sentences::{Options, Sentence, Splitter};
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
    let cut = |text: &str, at: usize| paragraph_break(text, at, &reader.splitter);
    let chunks = chunks(&texts, &sizes, job.threads(), cut);
    let bytes = sizes.iter().sum();
    let init = || Worker { forms: Vocabulary::default(), words: Vec::new(), ids: Vec::new() };
    let (workers, mut outputs) = parallel::fold(job, chunks.len(), bytes, init, |worker, chunk| {
        let mut columns = Columns::default();
        match &chunks[chunk] {
            Chunk::Docs(docs) => {
                for doc in docs.clone() {
                    worker.read(texts.text(doc), 0, &reader.splitter, &mut columns, job)?;
                    columns.close_doc();
                    job.advance(1);
                }
            }
            Chunk::Part { doc, range, last } => {
                let part = &texts.text(*doc)[range.clone()];
                worker.read(part, range.start, &reader.splitter, &mut columns, job)?;
                if *last {
                    columns.close_doc();
                    job.advance(1);
                }
            }
        }
        Ok(columns)
    })?;
    let forms = merge(workers, &mut outputs, job)?;
    let columns = Columns::concat(outputs.into_iter().map(|(_, c)| c).collect());
    Corpus::new(texts, reader, forms, columns)
}

/// Brings the workers' vocabularies together and renames the forms of their chunks.
fn merge(workers: Vec<Worker>, outputs: &mut [(usize, Columns)], job: &Job) -> Result<Vocabulary> {
    let mut workers = workers.into_iter().map(|w| w.forms);
    let mut forms = workers.next().unwrap_or_default();
    for (i, other) in workers.enumerate() {
        job.check()?;
        let names = forms.merge(&other)?;
        outputs.iter_mut().filter(|(w, _)| *w == i + 1).for_each(|(_, c)| c.rename(&names));
    }
    Ok(forms)
}

/// What one worker keeps between chunks.
struct Worker {
    forms: Vocabulary,
    /// The words of the current piece, and their forms.
    words: Vec<(usize, usize)>,
    ids: Vec<u32>,
}

impl Worker {
    /// Reads `text`, which starts at byte `offset` of its document: its sentences, and the words of
    /// each.
    fn read(
        &mut self,
        text: &str,
        offset: usize,
        splitter: &Splitter,
        columns: &mut Columns,
        job: &Job,
    ) -> Result<()> {
        let mut start = 0;
        while start < text.len() {
            job.check()?;
            let end = paragraph_break(text, (start + PIECE).min(text.len()), splitter);
            self.piece(&text[start..end], offset + start, splitter, columns)?;
            start = end;
        }
        Ok(())
    }

    fn piece(&mut self, text: &str, offset: usize, splitter: &Splitter, columns: &mut Columns) -> Result<()> {
        self.words.clear();
        self.ids.clear();
        words::for_each_word(text, |start, end| self.words.push((start, end)));
        self.forms.intern_words(text, &self.words, Case::Keep, &mut self.ids)?;
        let mut next = 0;
        let mut open: Option<Sentence> = None;
        let mut result = Ok(());
        splitter.for_each(text, |sentence| {
            if let Some(before) = open.replace(sentence)
                && result.is_ok()
            {
                // A word belongs to the last sentence that starts at or before it.
                let count = self.words[next..].partition_point(|w| w.0 < sentence.start);
                result = columns.push(before, offset, &self.words[next..next + count], &self.ids[next..]);
                next += count;
            }
        });
        result?;
        match open {
            Some(last) => columns.push(last, offset, &self.words[next..], &self.ids[next..]),
            None => Ok(()),
        }
    }
}

/// Long documents are read piece by piece, and a stop request is seen in between.
const PIECE: usize = 64 * 1024;

/// The first place at or after byte `at` behind a blank line: a paragraph break ends a sentence for
/// certain. The end of the text where the splitter may look beyond.
fn paragraph_break(text: &str, at: usize, splitter: &Splitter) -> usize {
    if splitter.repairs_breaks() {
        return text.len();
    }
    memchr::memmem::find(&text.as_bytes()[at..], b"\n\n").map_or(text.len(), |found| at + found + 2)
}
