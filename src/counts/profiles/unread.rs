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
                worker.waiting.push((doc, text.is_some()));
                if worker.short.push(text.unwrap_or_default()) {
                    worker.together(unit, job, &mut each)?;
                }
            } else if let Some(text) = text {
                worker.together(unit, job, &mut each)?;
                worker.long(doc, text, unit, job, &mut each)?;
            }
            job.advance(1);
        }
        worker.together(unit, job, &mut each)?;
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
    /// Short documents that are still to be read, and which they are; false: it is missing.
    short: Short,
    waiting: Vec<(usize, bool)>,
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
            short: Short::default(),
            waiting: Vec::new(),
        }
    }

    /// Reads and counts the documents that wait: their words at once, which is far faster.
    fn together(
        &mut self,
        unit: Unit,
        job: &Job,
        each: &mut impl FnMut(usize, Option<&Counted>) -> Result<()>,
    ) -> Result<()> {
        let mut short = std::mem::take(&mut self.short);
        self.words(&short.text, 0..short.text.len(), job)?;
        for ((doc, is_there), range) in self.waiting.drain(..).zip(short.docs()) {
            job.check()?;
            if !is_there {
                each(doc, None)?;
                continue;
            }
            let sentences = self.batch.sentences(&short.text, range.clone(), self.reader);
            let Self { forms, counter, batch, .. } = self;
            counter.units(forms, &short.text, range, batch, sentences, true, unit, job, |c| {
                each(doc, Some(c))
            })?;
        }
        short.clear();
        self.short = short;
        Ok(())
    }

    /// Reads and counts a long document piece by piece.
    fn long(
        &mut self,
        doc: usize,
        text: &str,
        unit: Unit,
        job: &Job,
        each: &mut impl FnMut(usize, Option<&Counted>) -> Result<()>,
    ) -> Result<()> {
        let mut start = 0;
        while start < text.len() {
            job.check()?;
            // No sentence crosses the end of a piece.
            let end = paragraph_break(text, (start + PIECE).min(text.len()), &self.reader.splitter);
            self.words(text, start..end, job)?;
            let sentences = self.batch.sentences(text, start..end, self.reader);
            let (last, Self { forms, counter, batch, .. }) = (end == text.len(), &mut *self);
            let doc_range = 0..text.len();
            counter
                .units(forms, text, doc_range, batch, sentences, last, unit, job, |c| each(doc, Some(c)))?;
            start = end;
        }
        Ok(())
    }

    /// Reads the words of `text[range]`, which take the place of those before.
    fn words(&mut self, text: &str, range: Range<usize>, job: &Job) -> Result<()> {
        let Batch { sentences, ends, words, ids } = &mut self.batch;
        sentences.clear();
        ends.clear();
        words.clear();
        ids.clear();
        words::append_words(&text[range.clone()], range.start, words);
        self.vocabulary.intern_words(text, words, Case::Keep, ids)?;
        self.forms.extend(&self.vocabulary, None, job)
    }
}

/// What is read at a time: words and their sentences, of one document or of several in one text.
#[derive(Default)]
struct Batch {
    sentences: Vec<Sentence>,
    /// For each sentence the number of words up to its end.
    ends: Vec<usize>,
    words: Vec<(usize, usize)>,
    ids: Vec<u32>,
}

impl Batch {
    /// Adds the sentences of `text[range]`, whose words follow those of the sentences before.
    fn sentences(&mut self, text: &str, range: Range<usize>, reader: &Reader) -> Range<usize> {
        let (first, offset) = (self.sentences.len(), range.start);
        reader.splitter.for_each(&text[range.clone()], |sentence| {
            let (start, end) = (sentence.start + offset, sentence.end + offset);
            self.sentences.push(Sentence { start, end, ..sentence });
        });
        let mut next = self.ends.last().copied().unwrap_or(0);
        for i in first..self.sentences.len() {
            // A word belongs to the last sentence that starts at or before it.
            let end = self.sentences.get(i + 1).map_or(range.end, |following| following.start);
            let words = words_before(&self.words[next..], end);
            if words > 0 {
                // A word may hold the white space that a sentence was trimmed of.
                let sentence = &mut self.sentences[i];
                sentence.start = sentence.start.min(self.words[next].0);
            }
            next += words;
            self.ends.push(next);
        }
        first..self.sentences.len()
    }
}

/// How many of `words`, which are in order, begin before byte `end`: not many, so they are counted, eight at once.
fn words_before(words: &[(usize, usize)], end: usize) -> usize {
    let mut all = 0;
    while words.get(all + 7).is_some_and(|word| word.0 < end) {
        all += 8;
    }
    all + words[all..].iter().take(8).filter(|word| word.0 < end).count()
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
