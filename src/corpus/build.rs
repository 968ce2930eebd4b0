//! The pass that reads texts into a [`Corpus`]: words and sentences of each document, forms
//! interned per worker, workers merged at the end.

use std::sync::Arc;

use super::chunks::{Chunk, chunks};
use super::columns::{self, Columns};
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
    let init = || Worker {
        forms: Vocabulary::default(),
        columns: Columns::default(),
        words: Vec::new(),
        ids: Vec::new(),
    };
    // A worker's columns grow from chunk to chunk; what a chunk gives is the stretch that it filled.
    let (workers, chunks) = parallel::fold(job, chunks.len(), bytes, init, |worker, chunk| {
        let before = worker.columns.mark();
        match &chunks[chunk] {
            Chunk::Docs(docs) => {
                for doc in docs.clone() {
                    worker.read(texts.text(doc), 0, &reader.splitter, job)?;
                    worker.columns.close_doc();
                    job.advance(1);
                }
            }
            Chunk::Part { doc, range, last } => {
                let part = &texts.text(*doc)[range.clone()];
                worker.read(part, range.start, &reader.splitter, job)?;
                if *last {
                    worker.columns.close_doc();
                    job.advance(1);
                }
            }
        }
        Ok(before..worker.columns.mark())
    })?;
    let mut forms: Option<Vocabulary> = None;
    let (mut parts, mut names) = (Vec::with_capacity(workers.len()), Vec::with_capacity(workers.len()));
    for worker in workers {
        job.check()?;
        parts.push(worker.columns);
        names.push(match &mut forms {
            None => {
                forms = Some(worker.forms);
                None
            }
            Some(forms) => Some(forms.merge(&worker.forms)?),
        });
    }
    let columns = columns::gather(parts, &names, &chunks, job)?;
    Corpus::new(texts, reader, forms.unwrap_or_default(), columns)
}

/// What one worker keeps between chunks.
struct Worker {
    forms: Vocabulary,
    columns: Columns,
    /// The words of the current piece, and their forms.
    words: Vec<(usize, usize)>,
    ids: Vec<u32>,
}

impl Worker {
    /// Reads `text`, which starts at byte `offset` of its document: its sentences, and the words of
    /// each.
    fn read(&mut self, text: &str, offset: usize, splitter: &Splitter, job: &Job) -> Result<()> {
        let mut start = 0;
        while start < text.len() {
            job.check()?;
            let end = paragraph_break(text, (start + PIECE).min(text.len()), splitter);
            self.piece(&text[start..end], offset + start, splitter)?;
            start = end;
        }
        Ok(())
    }

    fn piece(&mut self, text: &str, offset: usize, splitter: &Splitter) -> Result<()> {
        self.words.clear();
        words::for_each_word(text, |start, end| self.words.push((start, end)));
        self.ids.clear();
        self.forms.intern_words(text, &self.words, Case::Keep, &mut self.ids)?;
        let (words, ids, columns) = (self.words.as_slice(), self.ids.as_slice(), &mut self.columns);
        let mut next = 0;
        let mut open: Option<Sentence> = None;
        let mut result = Ok(());
        splitter.for_each(text, |sentence| {
            if let Some(before) = open.replace(sentence)
                && result.is_ok()
            {
                // A word belongs to the last sentence that starts at or before it.
                let count = words[next..].iter().take_while(|w| w.0 < sentence.start).count();
                result = columns.push(before, offset, &words[next..next + count], &ids[next..]);
                next += count;
            }
        });
        result?;
        match open {
            Some(last) => columns.push(last, offset, &words[next..], &ids[next..]),
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
