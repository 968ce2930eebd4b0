//! The integers behind every readability score, counted per sentence, paragraph, document or group.
//!
//! A word here is what a reader takes as one: hyphenated compounds are joined, whatever `Tokens`
//! says, because the formulas were fitted to such words. What depends on a form alone (letters,
//! syllables) is worked out once per distinct form.

use ahash::AHashSet;
use std::ops::Range;

use super::familiar::WordLists;
use super::forms::{Form, Forms};
use super::groups::Groups;
use super::spreads::Spread;
use crate::corpus::Corpus;
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::stats::readability::Profile;
use crate::text::fold;

/// The stretch of text that one profile is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
    /// A document.
    Document,
}

/// A unit with its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The document.
    pub doc: usize,
    /// Its sentences, counted over the corpus.
    pub sentences: Range<usize>,
    /// The counts.
    pub profile: Profile,
    /// Words whose syllables were estimated by rule, not looked up or read out.
    pub estimated: u64,
}

/// A word of one token or of several joined by hyphens.
struct Word {
    form: Form,
    parts: u32,
    /// No part has more than two syllables.
    short_parts: bool,
    first: bool,
    /// The lists of familiar words that lack it, or one of its parts.
    unfamiliar: u8,
    /// Its bytes in the document.
    span: Range<usize>,
}

impl Word {
    fn add_to(&self, profile: &mut Profile) {
        let f = &self.form;
        let letters = u64::from(f.letters);
        profile.words += 1;
        profile.letters += letters;
        profile.letters_squared += letters * letters;
        profile.characters += u64::from(f.characters);
        profile.syllables += u64::from(f.syllables);
        profile.monosyllables += u64::from(f.syllables == 1);
        profile.polysyllables += u64::from(f.syllables >= 3);
        profile.words_5plus_syllables += u64::from(f.syllables >= 5);
        profile.complex_words += u64::from(self.is_complex());
        profile.words_3minus += u64::from(letters <= 3);
        profile.words_6plus += u64::from(letters >= 6);
        profile.words_7plus += u64::from(letters >= 7);
        WordLists::add(self.unfamiliar, profile);
    }

    /// Gunning's hard words, see the field's definition.
    fn is_complex(&self) -> bool {
        let f = &self.form;
        let name = f.capital && !self.first;
        let compound = self.parts > 1 && self.short_parts;
        let least = if f.inflected { 4 } else { 3 };
        f.syllables >= least && !name && !compound
    }
}

/// Distinct words of a unit. Single forms are marked in a table that is never cleared: a mark is the
/// number of the unit that saw it last.
struct Types {
    marks: Vec<u64>,
    unit: u64,
    compounds: AHashSet<Vec<u32>>,
}

impl Types {
    fn next_unit(&mut self) {
        self.unit += 1;
        self.compounds.clear();
    }

    /// Whether the word was not met in this unit before.
    fn is_new(&mut self, parts: &[u32]) -> bool {
        match parts {
            [one] => {
                let mark = &mut self.marks[*one as usize];
                std::mem::replace(mark, self.unit) != self.unit
            }
            _ if self.compounds.contains(parts) => false,
            _ => self.compounds.insert(parts.to_vec()),
        }
    }
}

pub(super) struct Counter<'a> {
    corpus: &'a Corpus,
    forms: &'a Forms,
    types: Types,
    /// The folds of the parts of the current word.
    parts: Vec<u32>,
    /// Filled where asked for.
    pub(super) spread: Option<Box<Spread>>,
}

impl<'a> Counter<'a> {
    pub(super) fn new(corpus: &'a Corpus, forms: &'a Forms) -> Self {
        let types = Types { marks: vec![0; forms.folds], unit: 0, compounds: AHashSet::new() };
        Self { corpus, forms, types, parts: Vec::new(), spread: None }
    }

    /// Adds the sentence to the profile; gives its words with estimated syllables.
    pub(super) fn sentence(&mut self, doc: usize, sentence: usize, profile: &mut Profile) -> u64 {
        let columns = self.corpus.columns();
        let text = self.corpus.texts().text(doc);
        let (mut estimated, before, characters) = (0, profile.words, profile.characters);
        let mut word: Option<Word> = None;
        let mut end = 0;
        for token in columns.tokens_of_sentence(sentence) {
            let form = self.forms.forms[columns.form(token) as usize];
            let span = self.corpus.token_span(sentence, token);
            match &mut word {
                Some(word) if fold::joins_compound(&text[end..span.start]) => {
                    word.form.letters += form.letters;
                    word.form.characters += form.characters;
                    word.form.syllables += form.syllables;
                    word.form.estimated |= form.estimated;
                    word.form.inflected = form.inflected;
                    word.parts += 1;
                    word.short_parts &= form.syllables <= 2;
                    word.unfamiliar |= form.unfamiliar;
                    word.span.end = span.end;
                    self.parts.push(form.fold);
                }
                _ => {
                    estimated += self.close(text, word.take(), profile);
                    self.parts.push(form.fold);
                    let first = profile.words == before;
                    let (short_parts, unfamiliar) = (form.syllables <= 2, form.unfamiliar);
                    word = Some(Word { form, parts: 1, short_parts, first, unfamiliar, span: span.clone() });
                }
            }
            end = span.end;
        }
        estimated += self.close(text, word, profile);
        profile.sentences += u64::from(profile.words > before);
        let visible = text[columns.sentence_span(sentence)].chars().filter(|c| !c.is_whitespace());
        profile.visible_characters += visible.count() as u64;
        if let Some(spread) = &mut self.spread {
            spread.sentence(profile.words - before, profile.characters - characters);
        }
        estimated
    }

    fn close(&mut self, text: &str, word: Option<Word>, profile: &mut Profile) -> u64 {
        let Some(mut word) = word else { return 0 };
        if word.parts > 1 {
            let compound = &text[word.span.clone()];
            word.unfamiliar = self.forms.lists.unfamiliar_compound(word.unfamiliar, compound);
        }
        if let Some(spread) = &mut self.spread {
            spread.word(word.form.syllables, word.form.characters);
        }
        word.add_to(profile);
        profile.types += u64::from(self.types.is_new(&self.parts));
        self.parts.clear();
        u64::from(word.form.estimated)
    }

    /// Adds the units of a document.
    fn doc(&mut self, doc: usize, unit: Unit, out: &mut Vec<Counted>, job: &Job) -> Result<()> {
        let columns = self.corpus.columns();
        let sentences = columns.sentences_of(doc);
        let mut start = sentences.start;
        let mut open = (self.forms.lists.blank(), 0);
        self.types.next_unit();
        for sentence in sentences.clone() {
            if sentence % 1024 == 0 {
                job.check()?;
            }
            open.1 += self.sentence(doc, sentence, &mut open.0);
            let ends = match unit {
                Unit::Sentence => true,
                Unit::Paragraph => columns.ends_paragraph(sentence) || sentence + 1 == sentences.end,
                Unit::Document => false,
            };
            if ends {
                let (profile, estimated) = std::mem::replace(&mut open, (self.forms.lists.blank(), 0));
                out.push(Counted { doc, sentences: start..sentence + 1, profile, estimated });
                start = sentence + 1;
                self.types.next_unit();
            }
        }
        if unit == Unit::Document {
            out.push(Counted { doc, sentences, profile: open.0, estimated: open.1 });
        }
        Ok(())
    }
}

/// The units of `corpus` with their counts, in the order of the texts. Every document is one unit,
/// even an empty one; smaller units are those there are.
pub fn units(corpus: &Corpus, forms: &Forms, unit: Unit, job: &Job) -> Result<Vec<Counted>> {
    let sizes = corpus.texts().sizes();
    let chunks = parallel::balance(&sizes, job.threads());
    let bytes = sizes.iter().sum();
    let init = || Counter::new(corpus, forms);
    let (_, parts) = parallel::fold(job, chunks.len(), bytes, init, |counter, chunk| {
        let mut out = Vec::new();
        for doc in chunks[chunk].clone() {
            job.check()?;
            counter.doc(doc, unit, &mut out, job)?;
            job.advance(1);
        }
        Ok(out)
    })?;
    Ok(parts.into_iter().flat_map(|(_, part)| part).collect())
}

/// The counts of each group of documents, and its words with estimated syllables.
pub fn groups(corpus: &Corpus, forms: &Forms, groups: &Groups, job: &Job) -> Result<Vec<(Profile, u64)>> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    (0..corpus.texts().len()).for_each(|doc| members[groups.of(doc)].push(doc));
    let bytes = corpus.texts().sizes().iter().sum();
    // A group is one unit: its distinct words are counted over all of its documents.
    let init = || Counter::new(corpus, forms);
    let (_, parts) = parallel::fold(job, groups.len(), bytes, init, |counter, group| {
        let mut out = (forms.lists.blank(), 0);
        counter.types.next_unit();
        for &doc in &members[group] {
            job.check()?;
            for sentence in corpus.columns().sentences_of(doc) {
                out.1 += counter.sentence(doc, sentence, &mut out.0);
            }
        }
        Ok(out)
    })?;
    Ok(parts.into_iter().map(|(_, part)| part).collect())
}
