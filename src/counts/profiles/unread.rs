//! Profiles of texts that are not kept: each is read once, sentence by sentence, and nothing stays of it but its
//! counts. The answer is that of [`super`] for a corpus of the same texts.

use std::ops::Range;

use super::counter::{Counter, Held};
use super::{Counted, Unit};
use crate::corpus::build::{PIECE, paragraph_break};
use crate::corpus::chunks::HUGE;
use crate::corpus::vocabulary::Case;
use crate::corpus::{Corpus, Reader, Terms, Tokens, Vocabulary};
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
        for (doc, text) in corpus.texts().pass(chunks[chunk].clone()) {
            job.check()?;
            match text {
                None => each(&mut out, doc, None)?,
                Some(text) => worker.doc(text, unit, job, |c| each(&mut out, doc, Some(c)))?,
            }
            job.advance(1);
        }
        Ok(out)
    })?;
    Ok(parts.into_iter().map(|(_, part)| part).collect())
}

/// What one worker knows of the words that it has met.
struct Worker<'a> {
    reader: &'a Reader,
    vocabulary: Vocabulary,
    /// By which words are told apart.
    folding: Tokens,
    folds: Terms,
    forms: Forms,
    counter: Counter,
    piece: Piece,
}

impl<'a> Worker<'a> {
    fn new(reader: &'a Reader, bytes: u64, lists: &WordLists) -> Self {
        // A megabyte of text has some ten thousand forms.
        let forms = usize::try_from(bytes / 100).unwrap_or(usize::MAX);
        Self {
            reader,
            vocabulary: Vocabulary::default(),
            folding: Tokens::default(),
            folds: Terms::default(),
            forms: Forms::new(reader.language, forms, lists),
            counter: Counter::new(lists),
            piece: Piece::default(),
        }
    }

    /// Calls `each` with the units of a document.
    fn doc(
        &mut self,
        text: &str,
        unit: Unit,
        job: &Job,
        mut each: impl FnMut(&Counted) -> Result<()>,
    ) -> Result<()> {
        let mut start = 0;
        loop {
            job.check()?;
            let end = paragraph_break(text, (start + PIECE).min(text.len()), &self.reader.splitter);
            self.read(text, start..end, job)?;
            let (sentences, last) = (0..self.piece.sentences.len(), end == text.len());
            self.counter.units(&self.forms, text, &self.piece, sentences, last, unit, job, &mut each)?;
            if last {
                return Ok(());
            }
            start = end;
        }
    }

    /// Reads a piece of the document `text` that no sentence crosses the ends of.
    fn read(&mut self, text: &str, range: Range<usize>, job: &Job) -> Result<()> {
        let piece = &mut self.piece;
        piece.clear();
        self.reader.splitter.for_each(&text[range.clone()], |sentence| piece.sentences.push(sentence));
        words::append_words(&text[range.clone()], range.start, &mut piece.words);
        self.vocabulary.intern_words(text, &piece.words, Case::Keep, &mut piece.ids)?;
        piece.close(range.start);
        self.folds.extend(&self.vocabulary, &self.folding)?;
        self.forms.extend(&self.vocabulary, &self.folds, job)
    }
}

/// What is read at a time.
#[derive(Default)]
struct Piece {
    sentences: Vec<Sentence>,
    /// For each sentence the number of words up to its end.
    ends: Vec<usize>,
    words: Vec<(usize, usize)>,
    ids: Vec<u32>,
}

impl Piece {
    fn clear(&mut self) {
        self.sentences.clear();
        self.ends.clear();
        self.words.clear();
        self.ids.clear();
    }

    /// Gives each sentence its words; `offset`: where the piece begins, which the sentences count from.
    fn close(&mut self, offset: usize) {
        let mut next = 0;
        for i in 0..self.sentences.len() {
            // A word belongs to the last sentence that starts at or before it.
            let after = self.sentences.get(i + 1).map_or(usize::MAX, |s| s.start + offset);
            let first = next;
            while self.words.get(next).is_some_and(|w| w.0 < after) {
                next += 1;
            }
            let sentence = &mut self.sentences[i];
            (sentence.start, sentence.end) = (sentence.start + offset, sentence.end + offset);
            if first < next {
                // A word may hold the white space that a sentence was trimmed of.
                sentence.start = sentence.start.min(self.words[first].0);
            }
            self.ends.push(next);
        }
    }
}

impl Held for Piece {
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

    fn word(&self, _: usize, word: usize) -> Range<usize> {
        self.words[word].0..self.words[word].1
    }
}
