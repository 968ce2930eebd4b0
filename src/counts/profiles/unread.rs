//! Profiles of texts that are not kept: each is read once, sentence by sentence, and nothing stays of it but its
//! counts. The answer is that of [`super`] for a corpus of the same texts.

use std::ops::Range;

use super::counter::{Counter, Held};
use super::{Counted, Unit};
use crate::corpus::build::{PIECE, paragraph_break};
use crate::corpus::chunks::HUGE;
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
            match text {
                None => worker.missing(doc),
                Some(text) => worker.read(doc, text, corpus, unit, job, &mut each)?,
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

/// Words that are read before their forms are looked at: many new forms at once, few words that are far.
const BATCH: usize = 1 << 13;

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

    fn missing(&mut self, doc: usize) {
        self.batch.parts.push(Part { doc, sentences: None, last: true });
    }

    /// Reads a document, and counts whenever enough is read.
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
        loop {
            job.check()?;
            let end = paragraph_break(text, (start + PIECE).min(text.len()), &self.reader.splitter);
            let sentences = self.batch.read(text, start..end, self.reader, &mut self.vocabulary)?;
            let last = end == text.len();
            self.batch.parts.push(Part { doc, sentences: Some(sentences), last });
            if self.batch.words.len() >= BATCH {
                self.count(corpus, unit, job, each)?;
            }
            if last {
                return Ok(());
            }
            start = end;
        }
    }

    /// Calls `each` with the units of what was read, and forgets it.
    fn count(
        &mut self,
        corpus: &Corpus,
        unit: Unit,
        job: &Job,
        each: &mut impl FnMut(usize, Option<&Counted>) -> Result<()>,
    ) -> Result<()> {
        self.forms.extend(&self.vocabulary, None, job)?;
        for part in std::mem::take(&mut self.batch.parts) {
            job.check()?;
            let (doc, text) = (part.doc, corpus.texts().text(part.doc));
            match part.sentences {
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
    parts: Vec<Part>,
    sentences: Vec<Sentence>,
    /// For each sentence the number of words up to its end.
    ends: Vec<usize>,
    words: Vec<(usize, usize)>,
    ids: Vec<u32>,
}

impl Batch {
    fn clear(&mut self) {
        self.sentences.clear();
        self.ends.clear();
        self.words.clear();
        self.ids.clear();
    }

    /// Reads a piece of the document `text` that no sentence crosses the ends of; gives its sentences.
    fn read(
        &mut self,
        text: &str,
        range: Range<usize>,
        reader: &Reader,
        vocabulary: &mut Vocabulary,
    ) -> Result<Range<usize>> {
        let (first, mut next, offset) = (self.sentences.len(), self.words.len(), range.start);
        reader.splitter.for_each(&text[range.clone()], |sentence| self.sentences.push(sentence));
        words::append_words(&text[range], offset, &mut self.words);
        vocabulary.intern_words(text, &self.words[next..], Case::Keep, &mut self.ids)?;
        for i in first..self.sentences.len() {
            // A word belongs to the last sentence that starts at or before it.
            let after = self.sentences.get(i + 1).map_or(usize::MAX, |s| s.start + offset);
            let count = self.words[next..].iter().take_while(|w| w.0 < after).count();
            let sentence = &mut self.sentences[i];
            (sentence.start, sentence.end) = (sentence.start + offset, sentence.end + offset);
            if count > 0 {
                // A word may hold the white space that a sentence was trimmed of.
                sentence.start = sentence.start.min(self.words[next].0);
            }
            next += count;
            self.ends.push(next);
        }
        Ok(first..self.sentences.len())
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
