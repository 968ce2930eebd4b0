//! [`Corpus`]: the texts with their columns. A token is a form id and its distance from the start
//! of its sentence; its length follows from the form. That keeps a token at 8 bytes and has no limit
//! on the size of a document.

use std::ops::Range;
use std::sync::Arc;

use super::terms::NONE;
use super::{Labels, Reader, Terms, Texts, Vocabulary};
use crate::error::{Error, Kind, Result};
use crate::parallel::Job;
use crate::text::sentences::Sentence;

/// The columns of integers that a corpus consists of; also what each chunk of the pass fills.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    forms: Vec<u32>,
    starts: Vec<u32>,
    sentence_starts: Vec<u64>,
    sentence_lengths: Vec<u32>,
    /// For each sentence the number of tokens up to its end.
    sentence_tokens: Vec<u64>,
    ends_paragraph: Vec<bool>,
    /// For each document the number of sentences up to its end.
    doc_sentences: Vec<u64>,
}

/// A place in columns.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mark {
    tokens: usize,
    sentences: usize,
    docs: usize,
}

/// The columns of all workers in the order of the chunks: `chunks` has for each its worker and the
/// stretch of that worker's columns, `names` for each worker the new names of its forms. Those of a
/// single worker are handed on as they are.
pub(super) fn gather(
    mut parts: Vec<Columns>,
    names: &[Option<Vec<u32>>],
    chunks: &[(usize, Range<Mark>)],
    job: &Job,
) -> Result<Columns> {
    if parts.len() == 1 {
        let mut only = parts.swap_remove(0);
        only.shrink();
        return Ok(only);
    }
    let mut all = Columns::with_room_for(&parts);
    for (worker, range) in chunks {
        job.check()?;
        all.extend(&parts[*worker], range, names[*worker].as_deref());
    }
    Ok(all)
}

/// The number of sentences between two places.
pub(super) fn sentences_in(range: &Range<Mark>) -> usize {
    range.end.sentences - range.start.sentences
}

impl Columns {
    /// Adds a sentence of the current document with its words. Sentence and words count their bytes
    /// from `offset` of the document, which is negative where they begin before it; there is an id for
    /// each word, and maybe more.
    pub(super) fn push(
        &mut self,
        sentence: Sentence,
        offset: isize,
        words: &[(usize, usize)],
        ids: &[u32],
    ) -> Result<()> {
        // A word may hold the white space that a sentence was trimmed of.
        let start = words.first().map_or(sentence.start, |w| w.0.min(sentence.start));
        let last = words.last().map_or(start, |w| w.0);
        let length = u32::try_from(sentence.end.max(last) - start)
            .map_err(|_| Error::new(Kind::Limit, "a sentence of more than 4 GiB; cut the document"))?;
        self.forms.extend_from_slice(&ids[..words.len()]);
        // No word starts further from the start than `last`, which was checked.
        self.starts.extend(words.iter().map(|w| (w.0 - start) as u32));
        self.sentence_starts.push(start.wrapping_add_signed(offset) as u64);
        self.sentence_lengths.push(length.min((sentence.end - start) as u32));
        self.ends_paragraph.push(sentence.paragraph);
        self.sentence_tokens.push(self.forms.len() as u64);
        Ok(())
    }

    /// Adds a sentence of the current document without its words.
    pub(crate) fn push_sentence(&mut self, sentence: Sentence, offset: usize) -> Result<()> {
        self.push(sentence, offset.cast_signed(), &[], &[])
    }

    /// Lets `sentence` begin no later than the word at byte `start` of its document, its first.
    pub(crate) fn reach(&mut self, sentence: usize, start: usize) {
        let more = (self.sentence_starts[sentence] as usize).saturating_sub(start);
        self.sentence_starts[sentence] -= more as u64;
        self.sentence_lengths[sentence] = self.sentence_lengths[sentence].saturating_add(more as u32);
    }

    /// Ends the current document.
    pub(crate) fn close_doc(&mut self) {
        self.doc_sentences.push(self.sentence_starts.len() as u64);
    }

    /// Renames the forms.
    pub(super) fn rename(&mut self, names: &[u32]) {
        self.forms.iter_mut().for_each(|f| *f = names[*f as usize]);
    }

    /// Where the columns end now.
    pub(super) fn mark(&self) -> Mark {
        Mark { tokens: self.n_tokens(), sentences: self.n_sentences(), docs: self.n_docs() }
    }

    /// Appends the stretch `range` of `other`, its forms renamed.
    fn extend(&mut self, other: &Self, range: &Range<Mark>, names: Option<&[u32]>) {
        let (from, to) = (range.start, range.end);
        // What is added to a count of `other` to count from the beginning of `self`.
        let tokens = (self.n_tokens() as u64).wrapping_sub(from.tokens as u64);
        let sentences = (self.n_sentences() as u64).wrapping_sub(from.sentences as u64);
        let forms = &other.forms[from.tokens..to.tokens];
        match names {
            None => self.forms.extend_from_slice(forms),
            Some(names) => self.forms.extend(forms.iter().map(|&f| names[f as usize])),
        }
        self.starts.extend_from_slice(&other.starts[from.tokens..to.tokens]);
        let (s, d) = (from.sentences..to.sentences, from.docs..to.docs);
        self.sentence_starts.extend_from_slice(&other.sentence_starts[s.clone()]);
        self.sentence_lengths.extend_from_slice(&other.sentence_lengths[s.clone()]);
        self.ends_paragraph.extend_from_slice(&other.ends_paragraph[s.clone()]);
        self.sentence_tokens.extend(other.sentence_tokens[s].iter().map(|t| t.wrapping_add(tokens)));
        self.doc_sentences.extend(other.doc_sentences[d].iter().map(|s| s.wrapping_add(sentences)));
    }

    /// Empty columns with room for just as much as `parts` hold.
    fn with_room_for(parts: &[Self]) -> Self {
        let total = |f: fn(&Self) -> usize| parts.iter().map(f).sum::<usize>();
        let (tokens, sentences) = (total(Self::n_tokens), total(Self::n_sentences));
        Self {
            forms: Vec::with_capacity(tokens),
            starts: Vec::with_capacity(tokens),
            sentence_starts: Vec::with_capacity(sentences),
            sentence_lengths: Vec::with_capacity(sentences),
            sentence_tokens: Vec::with_capacity(sentences),
            ends_paragraph: Vec::with_capacity(sentences),
            doc_sentences: Vec::with_capacity(total(Self::n_docs)),
        }
    }

    /// Those of `parts` one behind the other.
    fn concat(parts: &[Self]) -> Self {
        let mut all = Self::with_room_for(parts);
        parts.iter().for_each(|part| all.extend(part, &(Mark::default()..part.mark()), None));
        all
    }

    fn shrink(&mut self) {
        self.forms.shrink_to_fit();
        self.starts.shrink_to_fit();
        self.sentence_starts.shrink_to_fit();
        self.sentence_lengths.shrink_to_fit();
        self.sentence_tokens.shrink_to_fit();
        self.ends_paragraph.shrink_to_fit();
        self.doc_sentences.shrink_to_fit();
    }

    /// The columns of the documents `docs` alone.
    fn select(&self, docs: &[usize]) -> Self {
        let mut out = Self::default();
        for &doc in docs {
            for sentence in self.sentences_of(doc) {
                let tokens = self.tokens_of_sentence(sentence);
                out.forms.extend_from_slice(&self.forms[tokens.clone()]);
                out.starts.extend_from_slice(&self.starts[tokens]);
                out.sentence_starts.push(self.sentence_starts[sentence]);
                out.sentence_lengths.push(self.sentence_lengths[sentence]);
                out.ends_paragraph.push(self.ends_paragraph[sentence]);
                out.sentence_tokens.push(out.forms.len() as u64);
            }
            out.close_doc();
        }
        out.shrink();
        out
    }

    /// The number of documents.
    pub fn n_docs(&self) -> usize {
        self.doc_sentences.len()
    }

    /// The number of sentences.
    pub fn n_sentences(&self) -> usize {
        self.sentence_starts.len()
    }

    /// The number of UAX #29 words, whether counted or not.
    pub fn n_tokens(&self) -> usize {
        self.forms.len()
    }

    /// The sentences of document `doc`.
    pub fn sentences_of(&self, doc: usize) -> Range<usize> {
        before(&self.doc_sentences, doc)..self.doc_sentences[doc] as usize
    }

    /// The tokens of sentence `sentence`.
    pub fn tokens_of_sentence(&self, sentence: usize) -> Range<usize> {
        before(&self.sentence_tokens, sentence)..self.sentence_tokens[sentence] as usize
    }

    /// The tokens of document `doc`.
    pub fn tokens_of(&self, doc: usize) -> Range<usize> {
        let sentences = self.sentences_of(doc);
        let upto = |s: usize| if s == 0 { 0 } else { self.sentence_tokens[s - 1] as usize };
        upto(sentences.start)..upto(sentences.end)
    }

    /// The bytes of sentence `sentence` in its document.
    pub fn sentence_span(&self, sentence: usize) -> Range<usize> {
        let start = self.sentence_starts[sentence] as usize;
        start..start + self.sentence_lengths[sentence] as usize
    }

    /// Whether a paragraph ends with sentence `sentence`.
    pub fn ends_paragraph(&self, sentence: usize) -> bool {
        self.ends_paragraph[sentence]
    }

    /// The form of `token`.
    pub fn form(&self, token: usize) -> u32 {
        self.forms[token]
    }

    /// The forms of all tokens.
    pub fn forms(&self) -> &[u32] {
        &self.forms
    }

    /// Where `token` of `sentence` starts, in bytes of its document.
    pub fn token_start(&self, sentence: usize, token: usize) -> usize {
        self.sentence_starts[sentence] as usize + self.starts[token] as usize
    }

    /// Bytes of memory held.
    pub fn bytes(&self) -> usize {
        8 * self.forms.capacity()
            + 8 * (self.sentence_starts.capacity() + self.sentence_tokens.capacity())
            + 5 * self.sentence_lengths.capacity()
            + 8 * self.doc_sentences.capacity()
    }
}

fn before(ends: &[u64], i: usize) -> usize {
    if i == 0 { 0 } else { ends[i - 1] as usize }
}

/// Texts held with their columns: every question is answered from here without reading the texts
/// again, and every answer can point to the characters it came from.
#[derive(Debug, Clone)]
pub struct Corpus {
    texts: Texts,
    reader: Arc<Reader>,
    forms: Arc<Vocabulary>,
    columns: Arc<Columns>,
    terms: Arc<Terms>,
    labels: Arc<Labels>,
}

impl Corpus {
    pub(super) fn new(
        texts: Texts,
        reader: Arc<Reader>,
        forms: Vocabulary,
        columns: Columns,
    ) -> Result<Self> {
        let mut terms = Terms::of_forms(&forms, &reader.tokens)?;
        if reader.tokens.keep_hyphens {
            terms.join_compounds(&texts, &columns, &forms, &reader.tokens)?;
        }
        Ok(Self {
            texts,
            reader,
            forms: Arc::new(forms),
            columns: Arc::new(columns),
            terms: Arc::new(terms),
            labels: Arc::default(),
        })
    }

    /// Texts that are not read yet.
    pub fn unread(texts: Texts, reader: Arc<Reader>) -> Result<Self> {
        Self::new(texts, reader, Vocabulary::default(), Columns::default())
    }

    /// These texts, of which the sentences are known but no word: what asks for words finds none.
    pub(crate) fn with_sentences(&self, columns: Columns) -> Result<Self> {
        let (texts, reader) = (self.texts.clone(), Arc::clone(&self.reader));
        Ok(Self {
            labels: Arc::clone(&self.labels),
            ..Self::new(texts, reader, Vocabulary::default(), columns)?
        })
    }

    /// These texts read.
    pub fn read(&self, job: &Job) -> Result<Self> {
        let read = super::build(self.texts.clone(), Arc::clone(&self.reader), job)?;
        Ok(Self { labels: Arc::clone(&self.labels), ..read })
    }

    /// This corpus with what is known of its documents.
    pub fn with_labels(mut self, labels: Labels) -> Result<Self> {
        labels.check(self.texts.len())?;
        self.labels = Arc::new(labels);
        Ok(self)
    }

    /// What is known of the documents: ids and metadata.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The texts.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The options that the texts were read with.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The forms as they stand in the texts.
    pub fn forms(&self) -> &Vocabulary {
        &self.forms
    }

    /// The columns.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The counted vocabulary.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The bytes of `token` of `sentence` in its document.
    pub fn token_span(&self, sentence: usize, token: usize) -> Range<usize> {
        let start = self.columns.token_start(sentence, token);
        start..start + self.forms.str(self.columns.form(token)).len()
    }

    /// The terms counted in `tokens`, in the order of the text.
    pub fn terms_in(&self, tokens: Range<usize>) -> impl Iterator<Item = u32> + '_ {
        tokens.map(|t| self.terms.of(t, self.columns.form(t))).filter(|&term| term != NONE)
    }

    /// Appends the terms counted in document `doc` to `out`, in the order of the text.
    pub fn append_terms(&self, doc: usize, out: &mut Vec<u32>) {
        let tokens = self.columns.tokens_of(doc);
        let forms = &self.columns.forms[tokens.clone()];
        let first = out.len();
        self.terms.extend_into(tokens.start, forms, out);
        let mut kept = first;
        for i in first..out.len() {
            let term = out[i];
            out[kept] = term;
            kept += usize::from(term != NONE);
        }
        out.truncate(kept);
    }

    /// The number of counted tokens.
    pub fn n_tokens(&self) -> usize {
        self.terms_in(0..self.columns.n_tokens()).count()
    }

    /// The number of distinct terms in use.
    pub fn n_types(&self) -> usize {
        let mut seen = vec![false; self.terms.names().len()];
        self.terms_in(0..self.columns.n_tokens()).for_each(|t| seen[t as usize] = true);
        seen.into_iter().filter(|&s| s).count()
    }

    /// The documents `docs` alone, in that order.
    pub fn select(&self, docs: &[usize]) -> Result<Self> {
        let columns = self.columns.select(docs);
        let texts = self.texts.select(docs.to_vec());
        let labels = self.labels.select(docs);
        Self::new(texts, Arc::clone(&self.reader), Vocabulary::clone(&self.forms), columns)?
            .with_labels(labels)
    }

    /// The documents of this corpus followed by those of `other`, which must have been read alike.
    pub fn chain(&self, other: &Self) -> Result<Self> {
        let mut forms = Vocabulary::clone(&self.forms);
        let names = forms.merge(&other.forms)?;
        let mut columns = Columns::clone(&other.columns);
        columns.rename(&names);
        let columns = Columns::concat(&[Columns::clone(&self.columns), columns]);
        let labels = self.labels.chain(&other.labels)?;
        Self::new(self.texts.chain(&other.texts), Arc::clone(&self.reader), forms, columns)?
            .with_labels(labels)
    }
}
