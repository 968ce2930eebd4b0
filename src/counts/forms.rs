//! What depends on a form alone, worked out once per distinct form.

use super::familiar::WordLists;
use crate::corpus::{Corpus, Terms, Tokens};
use crate::error::Result;
use crate::parallel::Job;
use crate::stats::readability::Profile;
use crate::text::syllables::{Counter, How};

/// What a form contributes wherever it stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Form {
    /// The form folded, as a number.
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

/// What a form adds to a profile as a word of its own that does not begin a sentence, packed so that two
/// additions do for most counts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Packed {
    /// Counts that no word raises by more than one, eight bits each, see [`FLAGS`].
    pub(super) flags: u64,
    /// Letters, characters, syllables (14 bits each), squares of letters (20 bits); above them [`FIRST`],
    /// and [`WIDE`] where they do not fit.
    pub(super) sums: u64,
    pub(super) fold: u32,
    /// The length in bytes, at most [`u32::MAX`].
    pub(super) len: u32,
}

/// Words with more letters, characters or syllables are added one by one; the squares of 255 that are not
/// fit 20 bits.
const MOST: u32 = 63;
pub(super) const WIDE: u64 = 1 << 63;
/// A name that begins a sentence looks like any other word there: it may be hard.
pub(super) const FIRST: u64 = 1 << 62;

/// The counts in [`Packed::flags`]; behind them stand the words whose syllables are estimated.
pub(super) const FLAGS: [fn(&mut Profile) -> &mut u64; 7] = [
    |p| &mut p.monosyllables,
    |p| &mut p.polysyllables,
    |p| &mut p.words_5plus_syllables,
    |p| &mut p.complex_words,
    |p| &mut p.words_3minus,
    |p| &mut p.words_6plus,
    |p| &mut p.words_7plus,
];

impl Packed {
    fn new(form: &Form, len: usize) -> Self {
        let len = u32::try_from(len).unwrap_or(u32::MAX);
        let (letters, characters, syllables) = (form.letters, form.characters, form.syllables);
        let first = if form.is_hard() && form.capital { FIRST } else { 0 };
        if letters.max(characters).max(syllables) > MOST {
            return Self { flags: 0, sums: WIDE | first, fold: form.fold, len };
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
        Self { flags, sums: sums | first, fold: form.fold, len }
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

/// What every form of a corpus contributes.
pub struct Forms {
    pub(super) forms: Vec<Form>,
    pub(super) packed: Vec<Packed>,
    pub(super) folds: usize,
    pub(super) lists: WordLists,
}

impl Forms {
    /// Looks at every form of `corpus` once.
    pub fn new(corpus: &Corpus, lists: &WordLists, job: &Job) -> Result<Self> {
        let vocabulary = corpus.forms();
        let counter = Counter::new(corpus.reader().language, vocabulary.len());
        // Words are told apart as the default options fold them, whatever the corpus counts.
        let default = Tokens::default();
        let own = if corpus.reader().tokens.is_default() {
            None
        } else {
            Some(Terms::of_forms(vocabulary, &default)?)
        };
        let terms = own.as_ref().unwrap_or(corpus.terms());
        let mut forms = Vec::with_capacity(vocabulary.len());
        let mut packed = Vec::with_capacity(vocabulary.len());
        let (all, ends) = vocabulary.joined();
        let mut start = 0;
        for (id, &end) in ends.iter().enumerate() {
            if id % 4096 == 0 {
                job.check()?;
            }
            let text = &all[start..end];
            start = end;
            let (letters, characters) = if text.is_ascii() {
                let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
                (letters, letters + text.bytes().filter(u8::is_ascii_digit).count())
            } else {
                let letters = text.chars().filter(|c| c.is_alphabetic()).count();
                (letters, text.chars().filter(|c| c.is_alphanumeric()).count())
            };
            let counted = counter.count(text);
            let ending = &text.as_bytes()[text.len().saturating_sub(2)..];
            let form = Form {
                fold: terms.of_form(id as u32),
                letters: letters as u32,
                characters: characters as u32,
                syllables: counted.count,
                estimated: counted.how == How::Rule,
                capital: text.chars().next().is_some_and(char::is_uppercase),
                inflected: ending.eq_ignore_ascii_case(b"ed") || ending.eq_ignore_ascii_case(b"es"),
                unfamiliar: lists.unfamiliar(text),
            };
            packed.push(Packed::new(&form, text.len()));
            forms.push(form);
        }
        Ok(Self { forms, packed, folds: terms.names().len(), lists: lists.clone() })
    }
}
