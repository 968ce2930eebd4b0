//! The counts of one unit after the other, from sentences with their words.

use std::ops::Range;

use ahash::AHashSet;

use super::visible::Seen;
use super::{Counted, Unit};
use crate::corpus::Corpus;
use crate::counts::familiar::WordLists;
use crate::counts::forms::{Brief, FIRST, Form, Forms, Sum, WIDE};
use crate::counts::spreads::Spread;
use crate::error::Result;
use crate::parallel::Job;
use crate::stats::readability::Profile;
use crate::text::fold;
use crate::text::words::prefetch;

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
    forms: Vec<Brief>,
    unit: u16,
    compounds: AHashSet<Vec<u32>>,
}

impl Default for Types {
    fn default() -> Self {
        Self { forms: Vec::new(), unit: 1, compounds: AHashSet::new() }
    }
}

impl Types {
    /// Takes up the forms that came since the last call.
    fn reach(&mut self, forms: &Forms) {
        self.forms.extend_from_slice(&forms.briefs[self.forms.len()..]);
    }

    fn next_unit(&mut self) {
        if self.unit == u16::MAX {
            self.forms.iter_mut().for_each(|form| form.mark = 0);
            self.unit = 0;
        }
        self.unit += 1;
        self.compounds.clear();
    }

    /// Whether the form `id` is a hard word if it begins a sentence and else a name.
    fn is_hard_first(&self, id: u32) -> bool {
        self.forms[id as usize].kind & FIRST != 0
    }

    /// Whether the word was not met in this unit before.
    fn is_new(&mut self, parts: &[u32]) -> bool {
        match parts {
            [one] => {
                let mark = &mut self.forms[*one as usize].mark;
                std::mem::replace(mark, self.unit) != self.unit
            }
            _ if self.compounds.contains(parts) => false,
            _ => self.compounds.insert(parts.to_vec()),
        }
    }
}

/// Sentences with their words, wherever they are held.
pub(in crate::counts) trait Held {
    /// The bytes of a sentence in the text.
    fn span(&self, sentence: usize) -> Range<usize>;

    /// Whether a paragraph ends with it.
    fn ends_paragraph(&self, sentence: usize) -> bool;

    /// Its words; those of the next sentence follow.
    fn words(&self, sentence: usize) -> Range<usize>;

    /// The forms of all words.
    fn forms(&self) -> &[u32];

    /// The first byte of one of its words in the text.
    fn word_start(&self, sentence: usize, word: usize) -> usize;

    /// All bytes of it, which may take longer to find.
    fn word(&self, sentence: usize, word: usize) -> Range<usize>;
}

impl Held for Corpus {
    fn span(&self, sentence: usize) -> Range<usize> {
        self.columns().sentence_span(sentence)
    }

    fn ends_paragraph(&self, sentence: usize) -> bool {
        self.columns().ends_paragraph(sentence)
    }

    fn words(&self, sentence: usize) -> Range<usize> {
        self.columns().tokens_of_sentence(sentence)
    }

    fn forms(&self) -> &[u32] {
        self.columns().forms()
    }

    fn word_start(&self, sentence: usize, word: usize) -> usize {
        self.columns().token_start(sentence, word)
    }

    fn word(&self, sentence: usize, word: usize) -> Range<usize> {
        self.token_span(sentence, word)
    }
}

/// Counts the current unit.
#[derive(Default)]
pub(in crate::counts) struct Counter {
    types: Types,
    /// The counts but for what is still in `sum`, and the words with estimated syllables.
    profile: Profile,
    estimated: u64,
    sum: Sum,
    /// The folds of the parts of the current word.
    parts: Vec<u32>,
    /// The words that a hyphen joins to the one before, with their sentences.
    joined: Vec<(usize, usize)>,
    /// Filled where asked for.
    pub(in crate::counts) spread: Option<Box<Spread>>,
}

impl Counter {
    pub(in crate::counts) fn new(lists: &WordLists) -> Self {
        Self { profile: lists.blank(), ..Self::default() }
    }

    /// The counts of the unit that ends here, and its words with estimated syllables.
    pub(in crate::counts) fn finish(&mut self, forms: &Forms) -> (Profile, u64) {
        self.estimated += self.sum.pour(&mut self.profile);
        self.types.next_unit();
        let blank = forms.lists.blank();
        (std::mem::replace(&mut self.profile, blank), std::mem::take(&mut self.estimated))
    }

    /// Adds sentences of a document that follow each other in `text`.
    pub(in crate::counts) fn add(
        &mut self,
        forms: &Forms,
        text: &str,
        held: &impl Held,
        sentences: Range<usize>,
    ) {
        if sentences.is_empty() {
            return;
        }
        // Between sentences nothing is visible.
        let (first, last) = (sentences.start, sentences.end - 1);
        let span = held.span(first).start..held.span(last).end;
        let seen = Seen::new(&text[span.clone()]);
        self.profile.visible_characters += seen.visible;
        self.types.reach(forms);
        if self.spread.is_some() || !forms.lists.is_empty() {
            sentences.for_each(|sentence| self.one_by_one(forms, text, held, sentence));
            return;
        }
        let words = held.words(first).start..held.words(last).end;
        let mut joined = 0;
        if seen.hyphens || seen.other_hyphens {
            self.joined.clear();
            let (bytes, begin) = (&text.as_bytes()[span.clone()], span.start);
            if seen.other_hyphens {
                let hyphens = memchr::memchr2_iter(b'-', 0xE2, bytes).map(|at| begin + at);
                self.find_joined(forms, text, held, sentences.clone(), hyphens);
            } else {
                let hyphens = memchr::memchr_iter(b'-', bytes).map(|at| begin + at);
                self.find_joined(forms, text, held, sentences.clone(), hyphens);
            }
            joined = self.words(forms, text, held, words);
        } else {
            self.plain(forms, held.forms(), words);
        }
        // What is known of the words is near now.
        let mut hard = 0;
        for words in sentences.map(|sentence| held.words(sentence)).filter(|words| !words.is_empty()) {
            self.profile.sentences += 1;
            hard += u64::from(self.types.is_hard_first(held.forms()[words.start]));
        }
        self.profile.complex_words += hard - joined;
    }

    /// Adds the words of a sentence one by one: the plain way, and what is asked seldom.
    fn one_by_one(&mut self, forms: &Forms, text: &str, held: &impl Held, sentence: usize) {
        let words = held.words(sentence);
        self.profile.sentences += u64::from(!words.is_empty());
        let (n_words, n_characters) = (self.profile.words, self.profile.characters);
        self.each_word(forms, text, held, sentence, words);
        if let Some(spread) = &mut self.spread {
            spread.sentence(self.profile.words - n_words, self.profile.characters - n_characters);
        }
    }

    /// Adds words: compounds, which are known, one by one, and what stands between them packed. How many of
    /// those that begin a sentence and are hard there are parts of compounds.
    fn words(&mut self, forms: &Forms, text: &str, held: &impl Held, words: Range<usize>) -> u64 {
        let mut hard = 0;
        let joined = std::mem::take(&mut self.joined);
        let mut rest = joined.iter().copied().peekable();
        let mut open = words.start;
        while let Some((sentence, second)) = rest.next() {
            let begin = second - 1;
            let mut end = second + 1;
            while rest.next_if_eq(&(sentence, end)).is_some() {
                end += 1;
            }
            self.plain(forms, held.forms(), open..begin);
            if begin == held.words(sentence).start {
                hard += u64::from(self.types.is_hard_first(held.forms()[begin]));
            }
            self.each_word(forms, text, held, sentence, begin..end);
            open = end;
        }
        self.joined = joined;
        self.plain(forms, held.forms(), open..words.end);
        hard
    }

    /// Puts the words that a hyphen joins to the one before into `self.joined`; `hyphens`: where hyphens may stand.
    fn find_joined(
        &mut self,
        forms: &Forms,
        text: &str,
        held: &impl Held,
        mut sentences: Range<usize>,
        hyphens: impl Iterator<Item = usize>,
    ) {
        let Some(mut sentence) = sentences.next() else { return };
        let mut words = held.words(sentence);
        let mut next = words.start;
        for begin in hyphens {
            let end = if text.as_bytes()[begin] == b'-' { begin + 1 } else { begin + 3 };
            if !fold::joins_compound(&text[begin..end]) {
                continue;
            }
            while held.span(sentence).end <= begin {
                let Some(following) = sentences.next() else { return };
                sentence = following;
                words = held.words(sentence);
                next = words.start;
            }
            // The first word behind the hyphen.
            while next + 4 < words.end && held.word_start(sentence, next + 3) < end {
                next += 4;
            }
            while next < words.end && held.word_start(sentence, next) < end {
                next += 1;
            }
            if next > words.start
                && next < words.end
                && held.word_start(sentence, next) == end
                && held.word(sentence, next - 1).end == begin
            {
                self.joined.push((sentence, next));
                held.forms()[next - 1..=next].iter().for_each(|&id| prefetch(&forms.forms[id as usize]));
            }
        }
    }

    /// Adds the words `words` of `all`, of one form each, as if none of them began a sentence.
    fn plain(&mut self, forms: &Forms, all: &[u32], words: Range<usize>) {
        // What is known of a word is far; it comes while others are counted, whichever unit they are of.
        const AHEAD: usize = 32;
        let unit = self.types.unit;
        let mut start = words.start;
        while start < words.end {
            if self.sum.room() == 0 {
                self.estimated += self.sum.pour(&mut self.profile);
            }
            let end = words.end.min(start + self.sum.room());
            let (ids, ahead) = (&all[start..end], all.get(start + AHEAD..).unwrap_or_default());
            let briefs = self.types.forms.as_mut_slice();
            let (mut flags, mut sums, mut types, mut wide) = (0, 0, 0, 0);
            for (i, &id) in ids.iter().enumerate() {
                if let Some(&id) = ahead.get(i) {
                    prefetch(&briefs[id as usize]);
                }
                let Brief { kind, fold, .. } = briefs[id as usize];
                let mark = &mut briefs[fold as usize].mark;
                types += u64::from(std::mem::replace(mark, unit) != unit);
                let added = &forms.kinds.all[usize::from(kind & !(FIRST | WIDE))];
                flags += added.flags;
                sums += added.sums;
                wide |= kind;
            }
            self.profile.types += types;
            self.sum.add(ids.len(), flags, sums);
            if wide & WIDE != 0 {
                self.wide(forms, ids);
            }
            start = end;
        }
    }

    /// Adds what the sum could not hold of `ids`.
    #[cold]
    fn wide(&mut self, forms: &Forms, ids: &[u32]) {
        for &id in ids.iter().filter(|&&id| forms.briefs[id as usize].kind & WIDE != 0) {
            let word = Word::alone(forms.forms[id as usize], false);
            word.add_to(&mut self.profile);
            // These it has.
            self.profile.words -= 1;
            self.estimated += u64::from(word.form.estimated);
        }
    }

    /// Adds words of a sentence one by one, joined where a hyphen joins them.
    fn each_word(
        &mut self,
        forms: &Forms,
        text: &str,
        held: &impl Held,
        sentence: usize,
        words: Range<usize>,
    ) {
        let mut first = words.start == held.words(sentence).start;
        let mut word: Option<Word> = None;
        let (mut start, mut end) = (0, 0);
        for place in words {
            let form = forms.forms[held.forms()[place] as usize];
            let span = held.word(sentence, place);
            match &mut word {
                Some(word) if fold::joins_compound(&text[end..span.start]) => word.join(&form),
                _ => {
                    self.close(forms, &text[start..end], word.take());
                    word = Some(Word::alone(form, std::mem::take(&mut first)));
                    start = span.start;
                }
            }
            self.parts.push(form.fold);
            end = span.end;
        }
        self.close(forms, &text[start..end], word);
    }

    fn close(&mut self, forms: &Forms, written: &str, word: Option<Word>) {
        let Some(mut word) = word else { return };
        if word.parts > 1 {
            word.form.unfamiliar = forms.lists.unfamiliar_compound(word.form.unfamiliar, written);
        }
        if let Some(spread) = &mut self.spread {
            spread.word(word.form.syllables, word.form.characters);
        }
        word.add_to(&mut self.profile);
        self.profile.types += u64::from(self.types.is_new(&self.parts));
        self.parts.clear();
        self.estimated += u64::from(word.form.estimated);
    }

    /// Adds `sentences` of a document, which is `text[doc]`, and calls `each` with the units that end there: the
    /// document with the `last` of its sentences.
    #[expect(clippy::too_many_arguments, reason = "what is read, and what of it")]
    pub(in crate::counts) fn units(
        &mut self,
        forms: &Forms,
        text: &str,
        doc: Range<usize>,
        held: &impl Held,
        sentences: Range<usize>,
        last: bool,
        unit: Unit,
        job: &Job,
        mut each: impl FnMut(&Counted) -> Result<()>,
    ) -> Result<()> {
        let mut start = sentences.start;
        while unit != Unit::Document && start < sentences.end {
            let mut end = start + 1;
            while unit == Unit::Paragraph && end < sentences.end && !held.ends_paragraph(end - 1) {
                end += 1;
            }
            if start / 1024 != end / 1024 {
                job.check()?;
            }
            self.add(forms, text, held, start..end);
            let (profile, estimated) = self.finish(forms);
            let span = held.span(start).start - doc.start..held.span(end - 1).end - doc.start;
            each(&Counted { span, profile, estimated })?;
            start = end;
        }
        if unit == Unit::Document {
            self.add(forms, text, held, sentences);
            if last {
                let (profile, estimated) = self.finish(forms);
                each(&Counted { span: 0..doc.len(), profile, estimated })?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_units_may_run_out() {
        let mut types = Types { forms: vec![Brief::default(); 2], unit: u16::MAX - 1, ..Types::default() };
        for _ in 0..3 {
            types.next_unit();
            assert_eq!(
                [&[0][..], &[0], &[1], &[0, 1], &[0, 1]].map(|w| types.is_new(w)),
                [true, false, true, true, false]
            );
        }
    }
}
