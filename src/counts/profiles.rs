//! The integers behind every readability score, counted per sentence, paragraph, document or group.
//!
//! A word here is what a reader takes as one: hyphenated compounds are joined, whatever `Tokens`
//! says, because the formulas were fitted to such words. What depends on a form alone (letters,
//! syllables) is worked out once per distinct form.

use ahash::AHashSet;
use std::ops::Range;

use super::familiar::WordLists;
use super::forms::{ADDED, Form, Forms, WIDE, unpack};
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
    /// What its parts contribute together.
    form: Form,
    parts: u32,
    /// No part has more than two syllables.
    short_parts: bool,
    first: bool,
}

impl Word {
    fn alone(form: Form, first: bool) -> Self {
        Self { form, parts: 1, short_parts: form.syllables <= 2, first }
    }

    /// Adds a part.
    fn join(&mut self, part: &Form) {
        let form = &mut self.form;
        form.letters += part.letters;
        form.characters += part.characters;
        form.syllables += part.syllables;
        form.estimated |= part.estimated;
        form.inflected = part.inflected;
        form.unfamiliar |= part.unfamiliar;
        self.parts += 1;
        self.short_parts &= part.syllables <= 2;
    }

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
        WordLists::add(f.unfamiliar, profile);
    }

    /// Gunning's hard words, see the field's definition.
    fn is_complex(&self) -> bool {
        let name = self.form.capital && !self.first;
        let compound = self.parts > 1 && self.short_parts;
        self.form.is_hard() && !name && !compound
    }
}

/// Distinct words of a unit. Single forms are marked in a table that is seldom cleared: a mark is the
/// number of the unit that saw it last.
struct Types {
    marks: Vec<u32>,
    unit: u32,
    compounds: AHashSet<Vec<u32>>,
}

impl Types {
    fn next_unit(&mut self) {
        if self.unit == u32::MAX {
            self.marks.fill(0);
            self.unit = 0;
        }
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
        let (words, characters) = (profile.words, profile.characters);
        let text = self.corpus.texts().text(doc);
        let seen = Seen::new(&text[self.corpus.columns().sentence_span(sentence)]);
        profile.visible_characters += seen.visible;
        let tokens = self.corpus.columns().tokens_of_sentence(sentence);
        let estimated = if self.spread.is_some() || !self.forms.lists.is_empty() {
            self.each_word(text, sentence, tokens, true, profile)
        } else {
            self.words(text, sentence, tokens, seen.hyphens, profile)
        };
        profile.sentences += u64::from(profile.words > words);
        if let Some(spread) = &mut self.spread {
            spread.sentence(profile.words - words, profile.characters - characters);
        }
        estimated
    }

    /// Adds the words of a sentence: compounds one by one, what stands between them packed.
    fn words(
        &mut self,
        text: &str,
        sentence: usize,
        tokens: Range<usize>,
        hyphens: bool,
        profile: &mut Profile,
    ) -> u64 {
        let (columns, forms) = (self.corpus.columns(), self.forms);
        let joined = |token: usize| {
            let last = token - 1;
            let end =
                columns.token_start(sentence, last) + forms.packed[columns.form(last) as usize].len as usize;
            fold::joins_compound(&text[end..columns.token_start(sentence, token)])
        };
        let mut estimated = 0;
        // Where the words begin that are not added yet.
        let mut open = tokens.start;
        let mut token = tokens.start + 1;
        while hyphens && token < tokens.end {
            if !joined(token) {
                token += 1;
                continue;
            }
            let begin = token - 1;
            while token < tokens.end && joined(token) {
                token += 1;
            }
            estimated += self.plain(open..begin, open == tokens.start, profile);
            estimated += self.each_word(text, sentence, begin..token, begin == tokens.start, profile);
            open = token;
            token += 1;
        }
        estimated + self.plain(open..tokens.end, open == tokens.start, profile)
    }

    /// Adds tokens that are words of their own; `first`: the sentence begins with them.
    fn plain(&mut self, tokens: Range<usize>, first: bool, profile: &mut Profile) -> u64 {
        let ids = &self.corpus.columns().forms()[tokens];
        let Some(&begin) = ids.first() else { return 0 };
        let form = &self.forms.forms[begin as usize];
        // A name that begins a sentence looks like any other word there.
        profile.complex_words += u64::from(first && form.capital && form.is_hard());
        profile.words += ids.len() as u64;
        let (packed, marks, unit) = (&self.forms.packed, self.types.marks.as_mut_slice(), self.types.unit);
        let mut estimated = 0;
        for ids in ids.chunks(ADDED) {
            let (mut flags, mut sums, mut types) = (0, 0, 0);
            for &id in ids {
                let form = &packed[id as usize];
                let mark = &mut marks[form.fold as usize];
                types += u64::from(std::mem::replace(mark, unit) != unit);
                if form.sums == WIDE {
                    let word = Word::alone(self.forms.forms[id as usize], false);
                    word.add_to(profile);
                    profile.words -= 1;
                    estimated += u64::from(word.form.estimated);
                    continue;
                }
                flags += form.flags;
                sums += form.sums;
            }
            profile.types += types;
            estimated += unpack(flags, sums, profile);
        }
        estimated
    }

    /// Adds words one by one, joined where a hyphen joins them; `first`: the sentence begins with them.
    fn each_word(
        &mut self,
        text: &str,
        sentence: usize,
        tokens: Range<usize>,
        mut first: bool,
        profile: &mut Profile,
    ) -> u64 {
        let mut estimated = 0;
        let mut word: Option<Word> = None;
        let (mut start, mut end) = (0, 0);
        for token in tokens {
            let form = self.forms.forms[self.corpus.columns().form(token) as usize];
            let span = self.corpus.token_span(sentence, token);
            match &mut word {
                Some(word) if fold::joins_compound(&text[end..span.start]) => word.join(&form),
                _ => {
                    estimated += self.close(&text[start..end], word.take(), profile);
                    word = Some(Word::alone(form, std::mem::take(&mut first)));
                    start = span.start;
                }
            }
            self.parts.push(form.fold);
            end = span.end;
        }
        estimated + self.close(&text[start..end], word, profile)
    }

    fn close(&mut self, written: &str, word: Option<Word>, profile: &mut Profile) -> u64 {
        let Some(mut word) = word else { return 0 };
        if word.parts > 1 {
            word.form.unfamiliar = self.forms.lists.unfamiliar_compound(word.form.unfamiliar, written);
        }
        if let Some(spread) = &mut self.spread {
            spread.word(word.form.syllables, word.form.characters);
        }
        word.add_to(profile);
        profile.types += u64::from(self.types.is_new(&self.parts));
        self.parts.clear();
        u64::from(word.form.estimated)
    }

    /// Calls `each` with the units of a document.
    fn doc(
        &mut self,
        doc: usize,
        unit: Unit,
        job: &Job,
        mut each: impl FnMut(&Counted) -> Result<()>,
    ) -> Result<()> {
        let columns = self.corpus.columns();
        let sentences = columns.sentences_of(doc);
        let blank = self.forms.lists.blank();
        let start = sentences.start;
        let mut open = Counted { doc, sentences: start..start, profile: blank, estimated: 0 };
        self.types.next_unit();
        for sentence in sentences.clone() {
            if sentence % 1024 == 0 {
                job.check()?;
            }
            open.estimated += self.sentence(doc, sentence, &mut open.profile);
            open.sentences.end = sentence + 1;
            let ends = match unit {
                Unit::Sentence => true,
                Unit::Paragraph => columns.ends_paragraph(sentence) || sentence + 1 == sentences.end,
                Unit::Document => false,
            };
            if ends {
                each(&open)?;
                let next = sentence + 1;
                open = Counted { doc, sentences: next..next, profile: blank, estimated: 0 };
                self.types.next_unit();
            }
        }
        if unit == Unit::Document { each(&open) } else { Ok(()) }
    }
}

/// What a look at the bytes of a sentence tells.
struct Seen {
    /// Characters that are no white space.
    visible: u64,
    /// Whether a hyphen may stand between two words.
    hyphens: bool,
}

impl Seen {
    fn new(text: &str) -> Self {
        // Blocks without a branch, which become vector code; the rest is filled up with spaces.
        let (blocks, rest) = text.as_bytes().as_chunks::<32>();
        let mut last = [b' '; 32];
        last[..rest.len()].copy_from_slice(rest);
        let (mut visible, mut hyphens, mut special) = (0, false, false);
        for block in blocks.iter().chain([&last]) {
            let (mut count, mut hyphen, mut other) = (0u8, 0u8, 0u8);
            for &b in block {
                let space = b == b' ' || b.wrapping_sub(b'\t') < 5;
                count += u8::from((b as i8) >= -0x40 && !space);
                hyphen |= u8::from(b == b'-');
                // What all other white space and hyphens begin with: U+0085 to U+3000.
                other |= u8::from(b == 0xC2 || b.wrapping_sub(0xE1) < 3);
            }
            visible += u64::from(count);
            hyphens |= hyphen != 0;
            special |= other != 0;
        }
        if special {
            let wide = |c: char| !c.is_ascii() && c.is_whitespace();
            visible -= text.chars().filter(|&c| wide(c)).count() as u64;
            hyphens |= text.contains(['\u{2010}', '\u{2011}']);
        }
        Self { visible, hyphens }
    }
}

/// Calls `each` with every unit of `corpus`, in the order of the texts, and with `None` for a missing
/// document. Every other document is one unit, even an empty one; smaller units are those there are. Each
/// stretch of the corpus fills a state of its own; these come in order.
pub fn units<'a, R: Send>(
    corpus: &'a Corpus,
    forms: &'a Forms,
    unit: Unit,
    job: &Job,
    init: impl Fn() -> R + Sync,
    each: impl Fn(&mut R, usize, Option<&Counted>) -> Result<()> + Sync,
) -> Result<Vec<R>> {
    let sizes = corpus.texts().sizes();
    let chunks = if job.threads() == 1 {
        // Nothing to share out, nothing to put together.
        vec![0..sizes.len()]
    } else {
        parallel::balance(&sizes, job.threads())
    };
    let bytes = sizes.iter().sum();
    let (_, parts) = parallel::fold(
        job,
        chunks.len(),
        bytes,
        || Counter::new(corpus, forms),
        |counter, chunk| {
            let mut out = init();
            for doc in chunks[chunk].clone() {
                job.check()?;
                if corpus.texts().get(doc).is_some() {
                    counter.doc(doc, unit, job, |counted| each(&mut out, doc, Some(counted)))?;
                } else {
                    each(&mut out, doc, None)?;
                }
                job.advance(1);
            }
            Ok(out)
        },
    )?;
    Ok(parts.into_iter().map(|(_, part)| part).collect())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Reader, Texts, Tokens, build};
    use crate::text::sentences::Options;
    use std::sync::Arc;

    const PIECES: [&str; 34] = [
        "the",
        "The",
        "well",
        "known",
        "Taliban",
        "led",
        "area",
        "hated",
        "U.S",
        "US",
        "NATO",
        "3.5",
        "1,984",
        "o’clock",
        "don't",
        "café",
        "東京",
        "Москва",
        "\u{1F600}",
        "x",
        "-",
        "-",
        "-",
        "\u{2010}",
        "\u{2011}",
        "--",
        ". ",
        "! ",
        ".\n\n",
        " ",
        " ",
        " ",
        "\u{a0}",
        "\u{2009}\u{3000}\u{85}",
    ];

    #[test]
    fn packed_words_count_as_one_by_one() {
        let mut state = 7u64;
        let mut random = move |n: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % n
        };
        let mut texts: Vec<Option<String>> = vec![None, Some(String::new()), Some("a ".repeat(700))];
        texts.push(Some(format!("{0} {0}-{0} w{1} {0}.", "inter".repeat(20), "-a".repeat(300))));
        for round in 0..600 {
            let mut text = String::new();
            for _ in 0..random(if round % 9 == 0 { 900 } else { 60 }) {
                text.push_str(PIECES[random(PIECES.len())]);
                if random(3) > 0 {
                    text.push(' ');
                }
            }
            texts.push(Some(text));
        }
        let reader = Arc::new(Reader::new(Tokens::default(), &Options::default()).unwrap());
        let corpus = build(Texts::new(texts), reader, &Job::new(Some(1))).unwrap();
        let forms = Forms::new(&corpus, &WordLists::default(), &Job::new(Some(1))).unwrap();
        let (mut fast, mut slow) = (Counter::new(&corpus, &forms), Counter::new(&corpus, &forms));
        slow.spread = Some(Box::default());
        for unit in [Unit::Sentence, Unit::Paragraph, Unit::Document] {
            for doc in 0..corpus.texts().len() {
                let [mut a, mut b] = [Vec::new(), Vec::new()];
                for (counter, out) in [(&mut fast, &mut a), (&mut slow, &mut b)] {
                    let job = Job::default();
                    counter.doc(doc, unit, &job, |c| Ok(out.push(c.clone()))).unwrap();
                }
                assert_eq!(a, b, "{:?}", corpus.texts().get(doc));
                let visible: u64 = a.iter().map(|c| c.profile.visible_characters).sum();
                let expected = corpus.texts().text(doc).chars().filter(|c| !c.is_whitespace()).count();
                assert_eq!(visible, expected as u64);
            }
        }
    }

    #[test]
    fn numbers_of_units_may_run_out() {
        let mut types = Types { marks: vec![0; 2], unit: u32::MAX - 1, compounds: AHashSet::new() };
        for _ in 0..3 {
            types.next_unit();
            assert_eq!(
                [&[0][..], &[0], &[1], &[0, 1], &[0, 1]].map(|w| types.is_new(w)),
                [true, false, true, true, false]
            );
        }
    }
}
