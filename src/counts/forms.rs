//! What depends on a form alone, worked out once per distinct form.

use ahash::AHashMap;

use super::familiar::WordLists;
use super::folds::{Fold, Folds};
use crate::corpus::{Corpus, Terms, Vocabulary};
use crate::error::Result;
use crate::parallel::Job;
use crate::stats::readability::Profile;
use crate::text::letters::Letters;
use crate::text::syllables::{Counter, How, Language};

/// What a form contributes wherever it stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Form {
    /// The first form that folds to the same.
    pub(super) fold: u32,
    pub(super) letters: u32,
    pub(super) characters: u32,
    pub(super) syllables: u32,
    pub(super) estimated: bool,
    /// Starts with a capital: a proper name unless it starts a sentence.
    pub(super) capital: bool,
    /// Ends in -ed or -es.
    pub(super) inflected: bool,
    /// The lists of familiar words that lack it.
    pub(super) unfamiliar: u8,
}

/// What is read for every word: where to find what its form adds, and its fold. Small and all that is far, so
/// that a word is one access to memory.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Brief {
    /// The place in [`Forms::kinds`], and [`WIDE`] and [`FIRST`] above it.
    pub(super) kind: u16,
    /// The number of the unit that saw the fold last, kept with the form that the fold is called by. It is the
    /// counter's own, which has a copy of all this.
    pub(super) mark: u16,
    pub(super) fold: u32,
}

/// What forms alike add to a profile as words of their own that do not begin a sentence, packed so that two
/// additions do for most counts. There are few kinds: forms alike in all that is counted are one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    /// Counts that no word raises by more than one, eight bits each, see [`FLAGS`].
    pub(super) flags: u64,
    /// Letters, characters, syllables (14 bits each), squares of letters.
    pub(super) sums: u64,
}

/// Words with more letters, characters or syllables are added one by one; the squares of 255 that are not
/// fit 20 bits.
const MOST: u32 = 63;
pub(super) const WIDE: u16 = 1 << 15;
/// A name that begins a sentence looks like any other word there: it may be hard.
pub(super) const FIRST: u16 = 1 << 14;

/// The counts in [`Kind::flags`]; behind them stand the words whose syllables are estimated.
pub(super) const FLAGS: [fn(&mut Profile) -> &mut u64; 7] = [
    |p| &mut p.monosyllables,
    |p| &mut p.polysyllables,
    |p| &mut p.words_5plus_syllables,
    |p| &mut p.complex_words,
    |p| &mut p.words_3minus,
    |p| &mut p.words_6plus,
    |p| &mut p.words_7plus,
];

impl Kind {
    /// The kind of `form`; none if it is too long to be packed.
    fn of(form: &Form) -> Option<Self> {
        let (letters, characters, syllables) = (form.letters, form.characters, form.syllables);
        if letters.max(characters).max(syllables) > MOST {
            return None;
        }
        let flags = [
            syllables == 1,
            syllables >= 3,
            syllables >= 5,
            form.is_hard() && !form.capital,
            letters <= 3,
            letters >= 6,
            letters >= 7,
            form.estimated,
        ];
        let flags = flags.iter().rev().fold(0, |all, &flag| all << 8 | u64::from(flag));
        let sums = [letters * letters, syllables, characters, letters];
        let sums = sums.iter().fold(0, |all, &n| all << 14 | u64::from(n));
        Some(Self { flags, sums })
    }
}

/// The kinds there are, by number.
pub(super) struct Kinds {
    /// The first stands for the forms that are of no kind.
    pub(super) all: Vec<Kind>,
    numbers: AHashMap<Kind, u16>,
    /// The numbers of the kinds of most forms, 0 where none is known, see [`Kinds::place`].
    usual: [u16; 1 << 10],
}

impl Default for Kinds {
    fn default() -> Self {
        Self { all: vec![Kind::default()], numbers: AHashMap::new(), usual: [0; 1 << 10] }
    }
}

impl Kinds {
    /// The kind of a form: [`WIDE`] if it is too long to be packed.
    #[inline]
    fn of(&mut self, form: &Form) -> u16 {
        let Some(place) = Self::place(form) else { return self.number(form) };
        if self.usual[place] == 0 {
            self.usual[place] = self.number(form);
        }
        self.usual[place]
    }

    /// The place of a form of a few letters, which all that is counted follows from.
    #[inline]
    fn place(form: &Form) -> Option<usize> {
        let is_usual = form.letters == form.characters && form.letters < 16 && form.syllables < 16;
        let hard = usize::from(form.is_hard() && !form.capital);
        let place = (form.syllables as usize) << 4 | form.letters as usize;
        is_usual.then_some(place | hard << 8 | usize::from(form.estimated) << 9)
    }

    /// [`WIDE`] of all kinds that are new once there are more than numbers below [`FIRST`].
    #[inline(never)]
    fn number(&mut self, form: &Form) -> u16 {
        let Some(kind) = Kind::of(form) else { return WIDE };
        let next = u16::try_from(self.all.len()).ok().filter(|&next| next < FIRST);
        match (self.numbers.get(&kind), next) {
            (Some(&number), _) => number,
            (None, None) => WIDE,
            (None, Some(next)) => {
                self.all.push(kind);
                self.numbers.insert(kind, next);
                next
            }
        }
    }
}

/// Packed forms added up.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    flags: u64,
    sums: u64,
    words: usize,
}

impl Sum {
    /// How many words may be added before a count of 8 bits could run over.
    pub(super) fn room(&self) -> usize {
        255 - self.words
    }

    /// Adds `words` words, no more than there is room for, whose counts add up to `flags` and `sums`.
    pub(super) fn add(&mut self, words: usize, flags: u64, sums: u64) {
        self.words += words;
        self.flags += flags;
        self.sums += sums;
    }

    /// Empties it into a profile; gives the words with estimated syllables.
    pub(super) fn pour(&mut self, profile: &mut Profile) -> u64 {
        const LOW: u64 = (1 << 14) - 1;
        let Self { flags, sums, words } = std::mem::take(self);
        let flags = flags.to_le_bytes();
        FLAGS.iter().zip(flags).for_each(|(of, count)| *of(profile) += u64::from(count));
        profile.words += words as u64;
        profile.letters += sums & LOW;
        profile.characters += sums >> 14 & LOW;
        profile.syllables += sums >> 28 & LOW;
        profile.letters_squared += sums >> 42;
        u64::from(flags[FLAGS.len()])
    }
}

impl Form {
    /// Gunning's hard words but for names and compounds, see the field's definition.
    pub(super) fn is_hard(&self) -> bool {
        self.syllables >= if self.inflected { 4 } else { 3 }
    }
}

/// Forms that are looked at together.
const RUN: usize = 64;

/// What every form contributes, for the words of a corpus or of texts that are just being read.
pub struct Forms {
    pub(super) forms: Vec<Form>,
    pub(super) briefs: Vec<Brief>,
    pub(super) kinds: Kinds,
    folds: Folds,
    pub(super) lists: WordLists,
    syllables: Counter,
}

impl Forms {
    /// No form yet, and about `forms` to come.
    pub(super) fn new(language: Language, forms: usize, lists: &WordLists) -> Self {
        // A column that grows is copied and takes new memory, again and again.
        let room = forms.min(1 << 18);
        Self {
            forms: Vec::with_capacity(room),
            briefs: Vec::with_capacity(room),
            kinds: Kinds::default(),
            folds: Folds::new(),
            lists: lists.clone(),
            syllables: Counter::new(language, forms),
        }
    }

    /// Looks at every form of `corpus` once.
    pub(super) fn of(corpus: &Corpus, lists: &WordLists, job: &Job) -> Result<Self> {
        let mut forms = Self::new(corpus.reader().language, corpus.forms().len(), lists);
        let terms = corpus.reader().tokens.is_default().then(|| corpus.terms());
        forms.extend(corpus.forms(), terms, job)?;
        Ok(forms)
    }

    /// Looks at the forms of `vocabulary` that came since the last call; `terms`: theirs by the default options,
    /// if they are known.
    pub(super) fn extend(&mut self, vocabulary: &Vocabulary, terms: Option<&Terms>, job: &Job) -> Result<()> {
        let (text, ends) = vocabulary.joined();
        while self.forms.len() < ends.len() {
            job.check()?;
            // The tables are large: their places are on the way before the first is looked at. A vocabulary
            // numbers its strings by 32 bits.
            let known = self.forms.len();
            let ids = known as u32..ends.len().min(known + RUN) as u32;
            let mut start = known.checked_sub(1).map_or(0, |last| ends[last]);
            let mut asked = [(None, Fold::default()); RUN];
            for ((letters, fold), &end) in asked.iter_mut().zip(&ends[known..]) {
                *letters = Letters::at(text.as_bytes(), start, end);
                match letters {
                    Some(letters) => self.syllables.ask(letters),
                    None => self.syllables.ask_possessive(&text[start..end]),
                }
                if terms.is_none() {
                    *fold = self.folds.ask(&text[start..end], *letters);
                }
                start = end;
            }
            for (id, (letters, fold)) in ids.zip(asked) {
                let form = vocabulary.str(id);
                let fold = match terms {
                    Some(terms) => self.folds.first_of_term(id, terms.of_form(id)),
                    None => self.folds.first(id, fold, |id| vocabulary.str(id)),
                };
                let form = match letters {
                    Some(letters) => self.of_letters(form, letters, fold),
                    None => self.of_any(form, fold),
                };
                self.push(form);
            }
        }
        Ok(())
    }

    /// What a short word of letters contributes.
    #[inline]
    fn of_letters(&self, text: &str, letters: Letters, fold: u32) -> Form {
        let counted = self.syllables.count_letters(text, &letters);
        Form {
            fold,
            letters: letters.len,
            characters: letters.len,
            syllables: counted.count,
            estimated: counted.how == How::Rule,
            capital: letters.begins_capital(),
            inflected: letters.ends_with(*b"ed") || letters.ends_with(*b"es"),
            unfamiliar: self.lists.unfamiliar(text),
        }
    }

    /// What any form contributes.
    #[inline(never)]
    fn of_any(&self, text: &str, fold: u32) -> Form {
        let (letters, characters) = if text.is_ascii() {
            let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
            (letters, letters + text.bytes().filter(u8::is_ascii_digit).count())
        } else {
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            (letters, text.chars().filter(|c| c.is_alphanumeric()).count())
        };
        let counted = self.syllables.count(text);
        let ending = &text.as_bytes()[text.len().saturating_sub(2)..];
        Form {
            fold,
            letters: letters as u32,
            characters: characters as u32,
            syllables: counted.count,
            estimated: counted.how == How::Rule,
            capital: text.chars().next().is_some_and(char::is_uppercase),
            inflected: ending.eq_ignore_ascii_case(b"ed") || ending.eq_ignore_ascii_case(b"es"),
            unfamiliar: self.lists.unfamiliar(text),
        }
    }

    #[inline]
    fn push(&mut self, form: Form) {
        let first = if form.is_hard() && form.capital { FIRST } else { 0 };
        let kind = self.kinds.of(&form);
        self.briefs.push(Brief { kind: kind | first, fold: form.fold, mark: 0 });
        self.forms.push(form);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_of_one_kind_where_they_add_the_same() {
        let mut kinds = Kinds::default();
        let sizes = || [0, 1, 2, 3, 4, 6, 7, 15, 16, 63, 64];
        for _ in 0..2 {
            for (letters, characters) in sizes().into_iter().flat_map(|n| sizes().map(|m| (n, m))) {
                for (syllables, flags) in
                    sizes().into_iter().flat_map(|n| (0..8).map(move |flags| (n, flags)))
                {
                    let [estimated, capital, inflected] = [1, 2, 4].map(|bit| flags & bit != 0);
                    let form = Form {
                        letters,
                        characters,
                        syllables,
                        estimated,
                        capital,
                        inflected,
                        ..Form::default()
                    };
                    let number = kinds.of(&form);
                    match Kind::of(&form) {
                        Some(kind) => assert_eq!(kinds.all[usize::from(number)], kind, "{form:?}"),
                        None => assert_eq!(number, WIDE),
                    }
                }
            }
        }
    }

    #[test]
    fn kinds_are_numbered_until_the_numbers_run_out() {
        let mut kinds = Kinds::default();
        let form = |i: u32| {
            let (letters, characters, syllables) = (i % 30, i / 30 % 30, i / 900);
            Form { letters, characters, syllables, ..Form::default() }
        };
        let distinct = (0..30 * 30 * 30).filter(|&i| Kind::of(&form(i)).is_some()).count();
        assert!(distinct > usize::from(FIRST));
        for _ in 0..2 {
            for form in (0..30 * 30 * 30).map(form) {
                let number = kinds.of(&form);
                assert!(number == WIDE || Some(kinds.all[usize::from(number)]) == Kind::of(&form));
            }
            assert_eq!(kinds.all.len(), usize::from(FIRST));
        }
    }
}
