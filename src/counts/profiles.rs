//! The integers behind every readability score, counted per sentence, paragraph, document or group.
//!
//! A word here is what a reader takes as one: hyphenated compounds are joined, whatever `Tokens`
//! says, because the formulas were fitted to such words. What depends on a form alone (letters,
//! syllables) is worked out once per distinct form.

use ahash::AHashSet;
use std::ops::Range;

use super::groups::Groups;
use crate::corpus::{Corpus, Vocabulary};
use crate::error::{Error, Kind, Result};
use crate::parallel::{self, Job};
use crate::stats::readability::Profile;
use crate::text::fold;
use crate::text::syllables::{How, syllables};

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

/// What a form contributes wherever it stands.
#[derive(Debug, Clone, Copy, Default)]
struct Form {
    /// What it adds to the tallies as a word of its own, not the first of its sentence.
    tally: u64,
    /// Its length in bytes.
    len: u32,
    /// The form folded, as a number.
    fold: u32,
    letters: u32,
    characters: u32,
    syllables: u32,
    estimated: bool,
    /// Starts with a capital: a proper name unless it starts a sentence.
    capital: bool,
    /// Ends in -ed or -es.
    inflected: bool,
}

/// What every form of a corpus contributes.
pub struct Forms {
    forms: Vec<Form>,
    folds: usize,
}

impl Forms {
    /// Looks at every form of `corpus` once.
    pub fn new(corpus: &Corpus, job: &Job) -> Result<Self> {
        let language = corpus.reader().language;
        let vocabulary = corpus.forms();
        let mut folds = Vocabulary::new();
        let mut folded = String::new();
        let mut forms = Vec::with_capacity(vocabulary.len());
        for id in 0..vocabulary.len() {
            if id % 4096 == 0 {
                job.check()?;
            }
            let text = vocabulary.str(id as u32);
            let (letters, characters) = if text.is_ascii() {
                let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
                folded.clear();
                folded.push_str(text);
                folded.make_ascii_lowercase();
                (letters, letters + text.bytes().filter(u8::is_ascii_digit).count())
            } else {
                folded = fold::apostrophes(text).to_lowercase();
                let letters = text.chars().filter(|c| c.is_alphabetic()).count();
                (letters, text.chars().filter(|c| c.is_alphanumeric()).count())
            };
            let inflected = folded.ends_with("ed") || folded.ends_with("es");
            let counted = syllables(text, language);
            // No count of a form is longer than the form.
            let too_long = |_| Error::new(Kind::Limit, "a word of more than 4 GiB");
            let form = Form {
                tally: 0,
                len: u32::try_from(text.len()).map_err(too_long)?,
                fold: folds.intern(&folded)?,
                letters: letters as u32,
                characters: characters as u32,
                syllables: counted.count,
                estimated: counted.how == How::Rule,
                capital: text.chars().next().is_some_and(char::is_uppercase),
                inflected,
            };
            let alone = Word { form, parts: 1, short_parts: form.syllables <= 2, first: false };
            forms.push(Form { tally: alone.tally(), ..form });
        }
        Ok(Self { forms, folds: folds.len() })
    }
}

/// A word of one token or of several joined by hyphens.
struct Word {
    form: Form,
    parts: u32,
    /// No part has more than two syllables.
    short_parts: bool,
    first: bool,
}

/// Counts of one sentence that no word raises by more than one, eight bits each: one addition a word.
/// Emptied before any can run over.
const TALLIES: [fn(&mut Profile) -> &mut u64; 7] = [
    |p| &mut p.monosyllables,
    |p| &mut p.polysyllables,
    |p| &mut p.words_5plus_syllables,
    |p| &mut p.complex_words,
    |p| &mut p.words_3minus,
    |p| &mut p.words_6plus,
    |p| &mut p.words_7plus,
];
/// How many words are tallied at most: what eight bits hold.
const TALLIED: u32 = 255;
/// The tally of the words with estimated syllables, which is no count of the profile.
const ESTIMATED: usize = TALLIES.len();
const COMPLEX: usize = 3;

impl Word {
    /// What the word adds to each tally.
    fn tally(&self) -> u64 {
        let f = &self.form;
        let adds = [
            f.syllables == 1,
            f.syllables >= 3,
            f.syllables >= 5,
            self.is_complex(),
            f.letters <= 3,
            f.letters >= 6,
            f.letters >= 7,
            f.estimated,
        ];
        adds.iter().enumerate().fold(0, |tally, (i, &add)| tally | u64::from(add) << (8 * i))
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

struct Counter<'a> {
    corpus: &'a Corpus,
    forms: &'a Forms,
    types: Types,
    /// The folds of the parts of the current compound.
    parts: Vec<u32>,
}

/// The sums of the current sentence.
#[derive(Default)]
struct Sums {
    tally: u64,
    tallied: u32,
    words: u64,
    letters: u64,
    letters_squared: u64,
    characters: u64,
    syllables: u64,
    types: u64,
    estimated: u64,
}

impl Sums {
    #[inline(always)]
    fn add(&mut self, form: &Form, tally: u64, profile: &mut Profile) {
        if self.tallied == TALLIED {
            self.empty(profile);
        }
        let letters = u64::from(form.letters);
        self.tally += tally;
        self.tallied += 1;
        self.words += 1;
        self.letters += letters;
        self.letters_squared += letters * letters;
        self.characters += u64::from(form.characters);
        self.syllables += u64::from(form.syllables);
    }

    fn empty(&mut self, profile: &mut Profile) {
        let tally = std::mem::take(&mut self.tally).to_le_bytes();
        TALLIES.iter().zip(tally).for_each(|(of, count)| *of(profile) += u64::from(count));
        self.estimated += u64::from(tally[ESTIMATED]);
        self.tallied = 0;
    }

    /// Adds the sums to the profile; gives the words with estimated syllables.
    fn close(mut self, profile: &mut Profile) -> u64 {
        self.empty(profile);
        profile.words += self.words;
        profile.letters += self.letters;
        profile.letters_squared += self.letters_squared;
        profile.characters += self.characters;
        profile.syllables += self.syllables;
        profile.types += self.types;
        profile.sentences += u64::from(self.words > 0);
        self.estimated
    }
}

/// The number of characters of `text` that are no white space.
fn visible(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|b| !matches!(b, b' ' | b'\t'..=b'\r')).count();
    }
    text.chars().filter(|c| !c.is_whitespace()).count()
}

impl<'a> Counter<'a> {
    fn new(corpus: &'a Corpus, forms: &'a Forms) -> Self {
        let types = Types { marks: vec![0; forms.folds], unit: 0, compounds: AHashSet::new() };
        Self { corpus, forms, types, parts: Vec::new() }
    }

    /// Adds the sentence to the profile; gives its words with estimated syllables.
    fn sentence(&mut self, doc: usize, sentence: usize, profile: &mut Profile) -> u64 {
        let columns = self.corpus.columns();
        let text = self.corpus.texts().text(doc);
        let forms = &self.forms.forms;
        let tokens = columns.tokens_of_sentence(sentence);
        let ids = &columns.forms()[tokens.clone()];
        let mut sums = Sums::default();
        let mut i = 0;
        while i < ids.len() {
            let form = &forms[ids[i] as usize];
            let start = columns.token_start(sentence, tokens.start + i);
            let mut end = start + form.len as usize;
            let first = i == 0;
            i += 1;
            let joined = |i: usize, end: usize| {
                i < ids.len() && {
                    let next = columns.token_start(sentence, tokens.start + i);
                    match next - end {
                        1 => text.as_bytes()[end] == b'-',
                        _ => fold::joins_compound(&text[end..next]),
                    }
                }
            };
            if !joined(i, end) {
                // A name that starts a sentence looks like any other word there.
                let least = if form.inflected { 4 } else { 3 };
                let hard = u64::from(first && form.capital && form.syllables >= least);
                sums.add(form, form.tally + (hard << (8 * COMPLEX)), profile);
                sums.types += u64::from(self.types.is_new(&[form.fold]));
                continue;
            }
            let mut word = Word { form: *form, parts: 1, short_parts: form.syllables <= 2, first };
            self.parts.clear();
            self.parts.push(form.fold);
            while joined(i, end) {
                let form = &forms[ids[i] as usize];
                end = columns.token_start(sentence, tokens.start + i) + form.len as usize;
                word.form.letters += form.letters;
                word.form.characters += form.characters;
                word.form.syllables += form.syllables;
                word.form.estimated |= form.estimated;
                word.form.inflected = form.inflected;
                word.parts += 1;
                word.short_parts &= form.syllables <= 2;
                self.parts.push(form.fold);
                i += 1;
            }
            sums.add(&word.form, word.tally(), profile);
            sums.types += u64::from(self.types.is_new(&self.parts));
        }
        profile.visible_characters += visible(&text[columns.sentence_span(sentence)]) as u64;
        sums.close(profile)
    }

    /// Adds the units of a document.
    fn doc(&mut self, doc: usize, unit: Unit, out: &mut Vec<Counted>) {
        let columns = self.corpus.columns();
        let sentences = columns.sentences_of(doc);
        let mut start = sentences.start;
        let mut open = (Profile::default(), 0);
        self.types.next_unit();
        for sentence in sentences.clone() {
            open.1 += self.sentence(doc, sentence, &mut open.0);
            let ends = match unit {
                Unit::Sentence => true,
                Unit::Paragraph => columns.ends_paragraph(sentence) || sentence + 1 == sentences.end,
                Unit::Document => false,
            };
            if ends {
                let (profile, estimated) = std::mem::take(&mut open);
                out.push(Counted { doc, sentences: start..sentence + 1, profile, estimated });
                start = sentence + 1;
                self.types.next_unit();
            }
        }
        if unit == Unit::Document {
            out.push(Counted { doc, sentences, profile: open.0, estimated: open.1 });
        }
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
            counter.doc(doc, unit, &mut out);
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
        let mut out = (Profile::default(), 0);
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
