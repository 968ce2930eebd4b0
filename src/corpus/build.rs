//! The pass that reads texts into a [`Corpus`]: words and sentences of each document, forms
//! interned per worker, workers merged at the end.

use std::ops::Range;
use std::sync::Arc;

use super::chunks::{Chunk, chunks};
use super::columns::{self, Columns};
use super::short::Short;
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
    // A worker's columns grow from chunk to chunk; what a chunk gives is the stretch that it filled.
    let (workers, chunks) = parallel::fold(job, chunks.len(), bytes, Worker::default, |worker, chunk| {
        let before = worker.columns.mark();
        match &chunks[chunk] {
            Chunk::Docs(docs) => {
                for (_, text) in texts.pass(docs.clone()) {
                    worker.doc(text.unwrap_or_default(), &reader.splitter, job)?;
                }
                worker.together(&reader.splitter, job)?;
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
#[derive(Default)]
struct Worker {
    forms: Vocabulary,
    columns: Columns,
    short: Short,
    words: Words,
}

/// The words of the current piece of text that no sentence has taken yet, and their forms.
#[derive(Default)]
struct Words {
    spans: Vec<(usize, usize)>,
    ids: Vec<u32>,
    /// The first that is not taken.
    next: usize,
    /// How far the text has been read.
    read: usize,
}

impl Worker {
    /// Reads a whole document; a short one waits for others.
    fn doc(&mut self, text: &str, splitter: &Splitter, job: &Job) -> Result<()> {
        if Short::takes(text) {
            return if self.short.push(text) { self.together(splitter, job) } else { Ok(()) };
        }
        self.together(splitter, job)?;
        self.read(text, 0, splitter, job)?;
        self.columns.close_doc();
        job.advance(1);
        Ok(())
    }

    /// Reads the short documents: their words at once, which is far faster, and their sentences one by one.
    fn together(&mut self, splitter: &Splitter, job: &Job) -> Result<()> {
        let mut short = std::mem::take(&mut self.short);
        self.words.clear();
        self.words.read(&short.text, short.text.len(), &mut self.forms, job)?;
        for doc in short.docs() {
            let (begin, end) = (doc.start.cast_signed(), doc.end);
            self.sentences(&short.text, doc, -begin, splitter, job)?;
            // Without a sentence there is nobody to take a word.
            self.words.take(end);
            self.columns.close_doc();
        }
        job.advance(short.ends.len() as u64);
        short.clear();
        self.short = short;
        Ok(())
    }

    /// Reads `text`, which starts at byte `offset` of its document, piece by piece.
    fn read(&mut self, text: &str, offset: usize, splitter: &Splitter, job: &Job) -> Result<()> {
        let mut start = 0;
        while start < text.len() {
            job.check()?;
            let end = paragraph_break(text, (start + PIECE).min(text.len()), splitter);
            self.words.clear();
            let offset = (offset + start).cast_signed();
            self.sentences(&text[start..end], 0..end - start, offset, splitter, job)?;
            start = end;
        }
        Ok(())
    }

    /// Adds the sentences of `text[range]`, which is cut off from the rest; `offset` makes places in `text`
    /// places in the document.
    fn sentences(
        &mut self,
        text: &str,
        range: Range<usize>,
        offset: isize,
        splitter: &Splitter,
        job: &Job,
    ) -> Result<()> {
        let Self { forms, columns, words, .. } = self;
        let mut open: Option<Sentence> = None;
        let mut close = |sentence: Sentence, after: usize| {
            words.read(text, after, forms, job)?;
            let taken = words.take(after);
            columns.push(sentence, offset, &words.spans[taken.clone()], &words.ids[taken])
        };
        let mut result = Ok(());
        splitter.while_each(&text[range.clone()], |sentence| {
            let (start, end) = (range.start + sentence.start, range.start + sentence.end);
            if let Some(before) = open.replace(Sentence { start, end, ..sentence }) {
                result = close(before, start);
            }
            result.is_ok()
        });
        result?;
        open.map_or(Ok(()), |last| close(last, range.end))
    }
}

impl Words {
    fn clear(&mut self) {
        self.spans.clear();
        self.ids.clear();
        (self.next, self.read) = (0, 0);
    }

    /// Reads `text` on as far as byte `end` or somewhat further. Window by window, only as far as the sentences
    /// have come: one paragraph of many megabytes is not held twice.
    fn read(&mut self, text: &str, end: usize, forms: &mut Vocabulary, job: &Job) -> Result<()> {
        while self.read < end {
            job.check()?;
            // What the sentences have taken is not needed any more.
            self.spans.drain(..self.next);
            self.ids.drain(..self.next);
            self.next = 0;
            let (start, known) = (self.read, self.spans.len());
            self.read = words::next_cut(text, text.len().min(start + WINDOW));
            words::append_words(&text[start..self.read], start, &mut self.spans);
            forms.intern_words(text, &self.spans[known..], Case::Keep, &mut self.ids)?;
        }
        Ok(())
    }

    /// Takes the words that start before byte `end`: a word belongs to the last sentence that starts at or
    /// before it.
    fn take(&mut self, end: usize) -> Range<usize> {
        let first = self.next;
        self.next += self.spans[first..].iter().take_while(|word| word.0 < end).count();
        first..self.next
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::twin;

    const PIECES: [&str; 22] = [
        "Word", " is", ". ", "Wörter", "e\u{301}", "\u{301}", "\u{200d}", "’s", "3", "\r", "\n", "\n\n",
        "\u{a0}", "\u{2003}", "\u{93e}", "カ", "漢。", "\u{85}", "! ", "(", "\u{feff}", "p.m. ",
    ];

    #[test]
    fn every_document_is_as_if_alone() {
        let mut state = 5u64;
        let mut random = |n: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % n
        };
        let mut texts = vec![None];
        for round in 0..4000 {
            let pieces = if round % 900 == 899 { 40_000 } else { random(14) };
            let text: String = (0..pieces).map(|_| PIECES[random(PIECES.len())]).collect();
            texts.push((random(9) > 0).then_some(text));
        }
        let reader = Arc::new(Reader::new(Tokens::default(), &Options::default()).unwrap());
        for threads in [1, 3] {
            let all = Texts::new(texts.clone());
            let corpus = build(all, Arc::clone(&reader), &Job::new(Some(threads))).unwrap();
            let columns = corpus.columns();
            assert_eq!(columns.n_docs(), texts.len());
            for (doc, text) in texts.iter().enumerate() {
                let text = text.as_deref().unwrap_or_default();
                let sentences = reader.splitter.split(text);
                let mut words = twin::words(text).into_iter().peekable();
                let found = columns.sentences_of(doc);
                assert_eq!(found.len(), sentences.len(), "{text:?}");
                for (i, at) in found.enumerate() {
                    let next = sentences.get(i + 1).map_or(text.len(), |next| next.start);
                    let own: Vec<_> = std::iter::from_fn(|| words.next_if(|word| word.0 < next)).collect();
                    let start = own.first().map_or(sentences[i].start, |word| word.0.min(sentences[i].start));
                    assert_eq!(columns.sentence_span(at), start..sentences[i].end, "{text:?}");
                    assert_eq!(columns.ends_paragraph(at), sentences[i].paragraph, "{text:?}");
                    let tokens = columns.tokens_of_sentence(at);
                    let spans = tokens.map(|token| {
                        let start = columns.token_start(at, token);
                        (start, start + corpus.forms().str(columns.form(token)).len())
                    });
                    assert_eq!(spans.collect::<Vec<_>>(), own, "{text:?}");
                }
            }
        }
    }
}
