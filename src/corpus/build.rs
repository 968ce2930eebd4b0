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
                for (_, text) in texts.pass(docs.clone()) {
                    worker.read(text.unwrap_or_default(), 0, &reader.splitter, job)?;
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
            self.piece(&text[start..end], offset + start, splitter, job)?;
            start = end;
        }
        Ok(())
    }

    /// Reads a piece that is cut off from the rest of the document. Words are read window by window, only
    /// as far as the sentences have come: one paragraph of many megabytes is not held twice.
    fn piece(&mut self, text: &str, offset: usize, splitter: &Splitter, job: &Job) -> Result<()> {
        self.words.clear();
        self.ids.clear();
        let (mut scanned, mut next) = (0, 0);
        let mut open: Option<Sentence> = None;
        let mut result = Ok(());
        splitter.while_each(text, |sentence| {
            if let Some(before) = open.replace(sentence) {
                result = self.close(text, before, Some(sentence.start), offset, &mut scanned, &mut next, job);
            }
            result.is_ok()
        });
        result?;
        open.map_or(Ok(()), |last| self.close(text, last, None, offset, &mut scanned, &mut next, job))
    }

    /// Adds a sentence with its words: those before the start of the sentence `after` it.
    #[expect(clippy::too_many_arguments, reason = "the state of one loop")]
    fn close(
        &mut self,
        text: &str,
        sentence: Sentence,
        after: Option<usize>,
        offset: usize,
        scanned: &mut usize,
        next: &mut usize,
        job: &Job,
    ) -> Result<()> {
        let after = after.unwrap_or(text.len());
        while *scanned < after {
            job.check()?;
            // What the sentences have taken is not needed any more.
            self.words.drain(..*next);
            self.ids.drain(..*next);
            *next = 0;
            let end = words::next_cut(text, text.len().min(*scanned + WINDOW));
            let known = self.words.len();
            let start = *scanned;
            words::append_words(&text[start..end], start, &mut self.words);
            self.forms.intern_words(text, &self.words[known..], Case::Keep, &mut self.ids)?;
            *scanned = end;
        }
        // A word belongs to the last sentence that starts at or before it.
        let count = self.words[*next..].iter().take_while(|w| w.0 < after).count();
        let words = &self.words[*next..*next + count];
        self.columns.push(sentence, offset, words, &self.ids[*next..])?;
        *next += count;
        Ok(())
    }
}

/// How much text is read between two looks at a stop request.
const WINDOW: usize = 256 * 1024;

/// Long documents are read piece by piece, and a stop request is seen in between.
pub(crate) const PIECE: usize = 64 * 1024;

/// The first place at or after byte `at` behind a blank line: a paragraph break ends a sentence for
/// certain. The end of the text where the splitter may look beyond.
pub(crate) fn paragraph_break(text: &str, at: usize, splitter: &Splitter) -> usize {
    if splitter.repairs_breaks() {
        return text.len();
    }
    let bytes = text.as_bytes();
    let blank = |&end: &usize| matches!(bytes[end..], [b'\n', ..] | [b'\r', b'\n', ..]);
    let ends = memchr::memchr_iter(b'\n', &bytes[at..]).map(|found| at + found + 1);
    let found = ends.into_iter().find(blank);
    found.map_or(text.len(), |end| end + if bytes[end] == b'\n' { 1 } else { 2 })
}
