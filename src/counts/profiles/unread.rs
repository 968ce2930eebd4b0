//! Profiles of texts that are not kept: each is read once, sentence by sentence, and nothing stays of it but its
//! counts. The answer is that of [`super`] for a corpus of the same texts.

use std::ops::Range;

use super::counter::{Counter, Held};
use super::{Counted, Unit};
use crate::corpus::build::{PIECE, paragraph_break};
use crate::corpus::chunks::HUGE;
use crate::corpus::short::Short;
use crate::corpus::vocabulary::Case;
use crate::corpus::{Corpus, Reader, Vocabulary};
use crate::counts::familiar::WordLists;
use crate::counts::forms::Forms;
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::text::sentences::Sentence;
use crate::text::words;

/// Whether the texts of `corpus` are not read yet.
pub(super) fn is_unread(corpus: &Corpus) -> bool {
    corpus.columns().n_docs() < corpus.texts().len()
}

/// Whether the texts are better read here than into a corpus: a large document is one worker's here and all
/// workers' there.
pub(super) fn suits(corpus: &Corpus) -> bool {
    is_unread(corpus) && corpus.texts().sizes().iter().all(|&size| size <= HUGE)
}

/// As [`super::units`].
pub(super) fn units<R: Send>(
    corpus: &Corpus,
    lists: &WordLists,
    unit: Unit,
    job: &Job,
    init: impl Fn(usize) -> R + Sync,
    each: impl Fn(&mut R, usize, Option<&Counted>) -> Result<()> + Sync,
) -> Result<Vec<R>> {
    let sizes = corpus.texts().sizes();
    let chunks = parallel::shares(&sizes, job.threads());
    let bytes = sizes.iter().sum();
    let worker = || Worker::new(corpus.reader(), bytes, lists);
    let (_, parts) = parallel::fold(job, chunks.len(), bytes, worker, |worker, chunk| {
        let mut out = init(chunks[chunk].len());
        let mut each = |doc: usize, counted: Option<&Counted>| each(&mut out, doc, counted);
        for (doc, text) in corpus.texts().pass(chunks[chunk].clone()) {
            if text.is_none_or(Short::takes) {
                if worker.batch.wait(doc, text) {
                    worker.count(corpus, unit, job, &mut each)?;
                }
            } else if let Some(text) = text {
                worker.count(corpus, unit, job, &mut each)?;
                worker.read(doc, text, corpus, unit, job, &mut each)?;
            }
            job.advance(1);
        }
        worker.count(corpus, unit, job, &mut each)?;
        Ok(out)
    })?;
    Ok(parts.into_iter().map(|(_, part)| part).collect())
}

/// What one worker knows of the words that it has met.
struct Worker<'a> {
    reader: &'a Reader,
    vocabulary: Vocabulary,
    forms: Forms,
    counter: Counter,
    batch: Batch,
}

impl<'a> Worker<'a> {
    fn new(reader: &'a Reader, bytes: u64, lists: &WordLists) -> Self {
        // A megabyte of text has some ten thousand forms.
        let forms = usize::try_from(bytes / 100).unwrap_or(usize::MAX);
        Self {
            reader,
            vocabulary: Vocabulary::default(),
            forms: Forms::new(reader.language, forms, lists),
            counter: Counter::new(lists),
            batch: Batch::default(),
        }
    }

    /// Reads and counts a long document piece by piece.
    fn read(
        &mut self,
        doc: usize,
        text: &str,
        corpus: &Corpus,
        unit: Unit,
        job: &Job,
        each: &mut impl FnMut(usize, Option<&Counted>) -> Result<()>,
    ) -> Result<()> {
        let mut start = 0;
        while start < text.len() {
            job.check()?;
            let end = paragraph_break(text, (start + PIECE).min(text.len()), &self.reader.splitter);
            self.batch.read(doc, text, start..end, self.reader, &mut self.vocabulary)?;
            self.count(corpus, unit, job, each)?;
            start = end;
        }
        Ok(())
    }

    /// Calls `each` with the units of what was read and of what waits, and forgets it.
    fn count(
        &mut self,
        corpus: &Corpus,
        unit: Unit,
        job: &Job,
        each: &mut impl FnMut(usize, Option<&Counted>) -> Result<()>,
    ) -> Result<()> {
        self.batch.together(self.reader, &mut self.vocabulary)?;
        self.forms.extend(&self.vocabulary, None, job)?;
        for part in &self.batch.parts {
            job.check()?;
            let (doc, text) = (part.doc, corpus.texts().text(part.doc));
            match part.sentences.clone() {
                None => each(doc, None)?,
                Some(sentences) => {
                    let each = |c: &Counted| each(doc, Some(c));
                    let (forms, batch) = (&self.forms, &self.batch);
                    self.counter.units(forms, text, batch, sentences, part.last, unit, job, each)?;
                }
            }
        }
        self.batch.clear();
        Ok(())
    }
}

/// A piece of a document.
struct Part {
    doc: usize,
    /// Its place among the sentences of the batch; none of a missing document.
    sentences: Option<Range<usize>>,
    /// Whether the document ends with it.
    last: bool,
}

/// What is read at a time: sentences of one or more documents with their words, each counting its bytes in its
/// own document.
#[derive(Default)]
struct Batch {
    /// Short documents that are still to be read, and which they are; false: it is missing.
    short: Short,
    waiting: Vec<(usize, bool)>,
    parts: Vec<Part>,
    sentences: Vec<Sentence>,
    /// For each sentence the number of words up to its end.
    ends: Vec<usize>,
    words: Vec<(usize, usize)>,
    ids: Vec<u32>,
}

impl Batch {
    fn clear(&mut self) {
        self.parts.clear();
        self.sentences.clear();
        self.ends.clear();
        self.words.clear();
        self.ids.clear();
    }

    /// Lets a short or missing document wait; whether that is enough now.
    fn wait(&mut self, doc: usize, text: Option<&str>) -> bool {
        self.waiting.push((doc, text.is_some()));
        self.short.push(text.unwrap_or_default())
    }

    /// Reads the documents that wait: their words at once, which is far faster.
    fn together(&mut self, reader: &Reader, vocabulary: &mut Vocabulary) -> Result<()> {
        let (mut short, mut waiting) = (std::mem::take(&mut self.short), std::mem::take(&mut self.waiting));
        let mut next = self.words.len();
        words::append_words(&short.text, 0, &mut self.words);
        vocabulary.intern_words(&short.text, &self.words[next..], Case::Keep, &mut self.ids)?;
        for (&(doc, is_there), range) in waiting.iter().zip(short.docs()) {
            let words = next + self.words[next..].partition_point(|word| word.0 < range.end);
            for word in &mut self.words[next..words] {
                *word = (word.0 - range.start, word.1 - range.start);
            }
            let sentences = is_there.then(|| self.sentences(&short.text[range], 0, next..words, reader));
            self.parts.push(Part { doc, sentences, last: true });
            next = words;
        }
        short.clear();
        waiting.clear();
        (self.short, self.waiting) = (short, waiting);
        Ok(())
    }

    /// Reads a piece of the document `text` that no sentence crosses the ends of.
    fn read(
        &mut self,
        doc: usize,
        text: &str,
        range: Range<usize>,
        reader: &Reader,
        vocabulary: &mut Vocabulary,
    ) -> Result<()> {
        let (first, offset, last) = (self.words.len(), range.start, range.end == text.len());
        words::append_words(&text[range.clone()], offset, &mut self.words);
        vocabulary.intern_words(text, &self.words[first..], Case::Keep, &mut self.ids)?;
        let sentences = self.sentences(&text[range], offset, first..self.words.len(), reader);
        self.parts.push(Part { doc, sentences: Some(sentences), last });
        Ok(())
    }

    /// Adds the sentences of `text`, which begins at byte `offset` of its document and has the words `words`.
    fn sentences(&mut self, text: &str, offset: usize, words: Range<usize>, reader: &Reader) -> Range<usize> {
        let (first, mut next) = (self.sentences.len(), words.start);
        reader.splitter.for_each(text, |sentence| self.sentences.push(sentence));
        for i in first..self.sentences.len() {
            // A word belongs to the last sentence that starts at or before it.
            let after = self.sentences.get(i + 1).map_or(usize::MAX, |s| s.start + offset);
            let count = self.words[next..words.end].iter().take_while(|w| w.0 < after).count();
            let sentence = &mut self.sentences[i];
            (sentence.start, sentence.end) = (sentence.start + offset, sentence.end + offset);
            if count > 0 {
                // A word may hold the white space that a sentence was trimmed of.
                sentence.start = sentence.start.min(self.words[next].0);
            }
            next += count;
            self.ends.push(next);
        }
        first..self.sentences.len()
    }
}

impl Held for Batch {
    fn span(&self, sentence: usize) -> Range<usize> {
        self.sentences[sentence].start..self.sentences[sentence].end
    }

    fn ends_paragraph(&self, sentence: usize) -> bool {
        self.sentences[sentence].paragraph
    }

    fn words(&self, sentence: usize) -> Range<usize> {
        let start = if sentence == 0 { 0 } else { self.ends[sentence - 1] };
        start..self.ends[sentence]
    }

    fn forms(&self) -> &[u32] {
        &self.ids
    }

    fn word_start(&self, _: usize, word: usize) -> usize {
        self.words[word].0
    }

    fn word(&self, _: usize, word: usize) -> Range<usize> {
        self.words[word].0..self.words[word].1
    }
}
