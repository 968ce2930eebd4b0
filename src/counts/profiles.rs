//! The integers behind every readability score, counted per sentence, paragraph, document or group.
//!
//! A word here is what a reader takes as one: hyphenated compounds are joined, whatever `Tokens`
//! says, because the formulas were fitted to such words. What depends on a form alone (letters,
//! syllables) is worked out once per distinct form.

use ahash::AHashSet;
use std::ops::Range;

use super::familiar::WordLists;
use super::forms::{FIRST, Form, Forms, Sum, WIDE};
use super::groups::Groups;
use super::spreads::Spread;
use crate::corpus::Corpus;
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::stats::readability::Profile;
use crate::text::fold;
use crate::text::words::prefetch;

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

/// Counts the current unit, sentence by sentence.
pub(super) struct Counter<'a> {
    corpus: &'a Corpus,
    forms: &'a Forms,
    types: Types,
    /// The counts but for what is still in `sum`, and the words with estimated syllables.
    profile: Profile,
    estimated: u64,
    sum: Sum,
    /// The folds of the parts of the current word.
    parts: Vec<u32>,
    /// The tokens of the current sentence that a hyphen joins to the one before.
    joined: Vec<usize>,
    /// Filled where asked for.
    pub(super) spread: Option<Box<Spread>>,
}

/// How many words before its turn a form's place is asked for.
const AHEAD: usize = 24;

impl<'a> Counter<'a> {
    pub(super) fn new(corpus: &'a Corpus, forms: &'a Forms) -> Self {
        Self {
            corpus,
            forms,
            types: Types { marks: vec![0; forms.folds], unit: 1, compounds: AHashSet::new() },
            profile: forms.lists.blank(),
            estimated: 0,
            sum: Sum::default(),
            parts: Vec::new(),
            joined: Vec::new(),
            spread: None,
        }
    }

    /// The counts of the unit that ends here, and its words with estimated syllables.
    pub(super) fn finish(&mut self) -> (Profile, u64) {
        self.estimated += self.sum.pour(&mut self.profile);
        self.types.next_unit();
        let blank = self.forms.lists.blank();
        (std::mem::replace(&mut self.profile, blank), std::mem::take(&mut self.estimated))
    }

    /// Adds a sentence of the document `text`.
    pub(super) fn sentence(&mut self, text: &str, sentence: usize) {
        let columns = self.corpus.columns();
        let span = columns.sentence_span(sentence);
        let tokens = columns.tokens_of_sentence(sentence);
        let seen = Seen::new(&text[span.clone()]);
        self.profile.visible_characters += seen.visible;
        self.profile.sentences += u64::from(!tokens.is_empty());
        if self.spread.is_some() || !self.forms.lists.is_empty() {
            let (words, characters) = (self.profile.words, self.profile.characters);
            self.each_word(text, sentence, tokens, true);
            if let Some(spread) = &mut self.spread {
                spread.sentence(self.profile.words - words, self.profile.characters - characters);
            }
        } else if seen.hyphens {
            self.words(text, sentence, tokens, span);
        } else {
            self.plain(tokens, true);
        }
    }

    /// Adds the words of the sentence at `span`: compounds one by one, what stands between them packed.
    fn words(&mut self, text: &str, sentence: usize, tokens: Range<usize>, span: Range<usize>) {
        self.find_joined(text, sentence, tokens.clone(), span);
        let joined = std::mem::take(&mut self.joined);
        let mut rest = joined.iter().copied().peekable();
        let mut open = tokens.start;
        while let Some(second) = rest.next() {
            let begin = second - 1;
            let mut end = second + 1;
            while rest.next_if_eq(&end).is_some() {
                end += 1;
            }
            self.plain(open..begin, open == tokens.start);
            self.each_word(text, sentence, begin..end, begin == tokens.start);
            open = end;
        }
        self.joined = joined;
        self.plain(open..tokens.end, open == tokens.start);
    }

    /// Puts the tokens that a hyphen joins to the one before into `self.joined`.
    fn find_joined(&mut self, text: &str, sentence: usize, tokens: Range<usize>, span: Range<usize>) {
        let columns = self.corpus.columns();
        self.joined.clear();
        let mut next = tokens.start;
        for at in memchr::memchr2_iter(b'-', 0xE2, &text.as_bytes()[span.clone()]) {
            let begin = span.start + at;
            let end = if text.as_bytes()[begin] == b'-' { begin + 1 } else { begin + 3 };
            if !fold::joins_compound(&text[begin..end]) {
                continue;
            }
            // The first token behind the hyphen.
            let mut beyond = tokens.end;
            while next < beyond {
                let middle = next.midpoint(beyond);
                if columns.token_start(sentence, middle) < end {
                    next = middle + 1;
                } else {
                    beyond = middle;
                }
            }
            if next > tokens.start && next < tokens.end && columns.token_start(sentence, next) == end {
                let before = self.forms.packed[columns.form(next - 1) as usize].len as usize;
                if columns.token_start(sentence, next - 1) + before == begin {
                    self.joined.push(next);
                }
            }
        }
    }

    /// Adds tokens that are words of their own; `first`: the sentence begins with them.
    fn plain(&mut self, tokens: Range<usize>, first: bool) {
        let all = &self.corpus.columns().forms()[tokens.start..];
        let (packed, unit) = (self.forms.packed.as_slice(), self.types.unit);
        let mut left = tokens.len();
        let mut all = all;
        if first && left > 0 {
            self.profile.complex_words += u64::from(packed[all[0] as usize].sums & FIRST != 0);
        }
        while left > 0 {
            if self.sum.room() == 0 {
                self.estimated += self.sum.pour(&mut self.profile);
            }
            let (ids, rest) = all.split_at(left.min(self.sum.room()));
            let marks = self.types.marks.as_mut_slice();
            let (mut flags, mut sums, mut types, mut wide) = (0, 0, 0, 0);
            for (i, &id) in ids.iter().enumerate() {
                // What is met seldom lies far away: it is asked for early.
                if let Some(&later) = all.get(i + 2 * AHEAD) {
                    prefetch(&packed[later as usize]);
                }
                if let Some(&later) = all.get(i + AHEAD) {
                    prefetch(&marks[packed[later as usize].fold as usize]);
                }
                let form = &packed[id as usize];
                let mark = &mut marks[form.fold as usize];
                types += u64::from(std::mem::replace(mark, unit) != unit);
                flags += form.flags;
                sums += form.sums & !(FIRST | WIDE);
                wide |= form.sums;
            }
            self.profile.types += types;
            self.sum.add(ids.len(), flags, sums);
            if wide & WIDE != 0 {
                self.wide(ids);
            }
            left -= ids.len();
            all = rest;
        }
    }

    /// Adds what the sum could not hold of `ids`.
    #[cold]
    fn wide(&mut self, ids: &[u32]) {
        for &id in ids.iter().filter(|&&id| self.forms.packed[id as usize].sums & WIDE != 0) {
            let word = Word::alone(self.forms.forms[id as usize], false);
            word.add_to(&mut self.profile);
            // These it has.
            self.profile.words -= 1;
            self.estimated += u64::from(word.form.estimated);
        }
    }

    /// Adds words one by one, joined where a hyphen joins them; `first`: the sentence begins with them.
    fn each_word(&mut self, text: &str, sentence: usize, tokens: Range<usize>, mut first: bool) {
        let mut word: Option<Word> = None;
        let (mut start, mut end) = (0, 0);
        for token in tokens {
            let form = self.forms.forms[self.corpus.columns().form(token) as usize];
            let span = self.corpus.token_span(sentence, token);
            match &mut word {
                Some(word) if fold::joins_compound(&text[end..span.start]) => word.join(&form),
                _ => {
                    self.close(&text[start..end], word.take());
                    word = Some(Word::alone(form, std::mem::take(&mut first)));
                    start = span.start;
                }
            }
            self.parts.push(form.fold);
            end = span.end;
        }
        self.close(&text[start..end], word);
    }

    fn close(&mut self, written: &str, word: Option<Word>) {
        let Some(mut word) = word else { return };
        if word.parts > 1 {
            word.form.unfamiliar = self.forms.lists.unfamiliar_compound(word.form.unfamiliar, written);
        }
        if let Some(spread) = &mut self.spread {
            spread.word(word.form.syllables, word.form.characters);
        }
        word.add_to(&mut self.profile);
        self.profile.types += u64::from(self.types.is_new(&self.parts));
        self.parts.clear();
        self.estimated += u64::from(word.form.estimated);
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
        let text = self.corpus.texts().text(doc);
        let sentences = columns.sentences_of(doc);
        let mut start = sentences.start;
        for sentence in sentences.clone() {
            if sentence % 1024 == 0 {
                job.check()?;
            }
            self.sentence(text, sentence);
            let ends = match unit {
                Unit::Sentence => true,
                Unit::Paragraph => columns.ends_paragraph(sentence) || sentence + 1 == sentences.end,
                Unit::Document => false,
            };
            if ends {
                let (profile, estimated) = self.finish();
                each(&Counted { sentences: start..sentence + 1, profile, estimated })?;
                start = sentence + 1;
            }
        }
        if unit == Unit::Document {
            let (profile, estimated) = self.finish();
            each(&Counted { sentences, profile, estimated })?;
        }
        Ok(())
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
/// stretch of the corpus fills a state of its own, made by `init` for so many documents; these come in order.
pub fn units<'a, R: Send>(
    corpus: &'a Corpus,
    forms: &'a Forms,
    unit: Unit,
    job: &Job,
    init: impl Fn(usize) -> R + Sync,
    each: impl Fn(&mut R, usize, Option<&Counted>) -> Result<()> + Sync,
) -> Result<Vec<R>> {
    let sizes = corpus.texts().sizes();
    let chunks = parallel::shares(&sizes, job.threads());
    let bytes = sizes.iter().sum();
    let (_, parts) = parallel::fold(
        job,
        chunks.len(),
        bytes,
        || Counter::new(corpus, forms),
        |counter, chunk| {
            let mut out = init(chunks[chunk].len());
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
        for &doc in &members[group] {
            job.check()?;
            let text = corpus.texts().text(doc);
            corpus.columns().sentences_of(doc).for_each(|sentence| counter.sentence(text, sentence));
        }
        Ok(counter.finish())
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
                    let each = |c: &Counted| {
                        out.push(c.clone());
                        Ok(())
                    };
                    counter.doc(doc, unit, &job, each).unwrap();
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
