//! How many syllables a word has, and how we know.
//!
//! English asks CMUdict first (first pronunciation), then rules fitted to it; capitals are
//! spelled unless they are said as a word, numbers are read out, compounds are counted by part.
//! Other languages count vowel groups. Everything is a pure function of the word: a caller with many
//! tokens asks once per distinct word.
//!
//! A count is one reading of a word: "US" in capitals is the country and "us" the pronoun, "1984" is
//! a year and "1,984" a number. The word's own case matters, so ask before folding it.

mod acronyms;
mod dictionary;
mod english;
mod numbers;
mod patterns;
mod vowels;

use std::sync::Arc;

use crate::error::{Error, Result};
use crate::text::letters::Letters;
use english::Lexicon;

pub use dictionary::words as dictionary_words;

/// How a count was found. Ordered from the surest; a compound has the least sure of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum How {
    /// Nothing to say: no letter and no digit.
    Silent,
    /// In the pronunciation dictionary, as it stands or with a regular ending such as 's.
    Dictionary,
    /// Spelled letter by letter.
    Acronym,
    /// Read out as a number.
    Number,
    /// By the language's rules: an estimate.
    Rule,
}

/// The syllables of a word and how they were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Syllables {
    /// How many; at least 1 where there is a letter or a digit, else 0.
    pub count: u32,
    /// How we know.
    pub how: How,
}

impl Syllables {
    const SILENT: Self = Self { count: 0, how: How::Silent };

    fn new(count: u32, how: How) -> Self {
        Self { count, how }
    }

    fn and(self, next: Self) -> Self {
        Self { count: self.count.saturating_add(next.count), how: self.how.max(next.how) }
    }
}

/// A language whose syllables can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// English: dictionary, fitted rules, numbers and acronyms.
    English,
    /// German.
    German,
    /// French, as spoken in the north: a final e is silent.
    French,
    /// Spanish.
    Spanish,
    /// Italian.
    Italian,
    /// Portuguese.
    Portuguese,
    /// Dutch.
    Dutch,
    /// Russian.
    Russian,
    /// Polish.
    Polish,
    /// Swedish.
    Swedish,
    /// Danish.
    Danish,
    /// Norwegian.
    Norwegian,
    /// Finnish.
    Finnish,
    /// Turkish.
    Turkish,
    /// Any other: every group of vowels, whatever the script.
    Generic,
}

impl Language {
    /// The languages by the code that names them; `"any"` is [`Language::Generic`].
    pub const ALL: [(&'static str, Self); 15] = [
        ("en", Self::English),
        ("de", Self::German),
        ("fr", Self::French),
        ("es", Self::Spanish),
        ("it", Self::Italian),
        ("pt", Self::Portuguese),
        ("nl", Self::Dutch),
        ("ru", Self::Russian),
        ("pl", Self::Polish),
        ("sv", Self::Swedish),
        ("da", Self::Danish),
        ("no", Self::Norwegian),
        ("fi", Self::Finnish),
        ("tr", Self::Turkish),
        ("any", Self::Generic),
    ];

    /// The language with this code; an unknown one is an error that names those there are.
    pub fn named(code: &str) -> Result<Self> {
        Self::ALL.iter().find(|(c, _)| *c == code).map(|&(_, language)| language).ok_or_else(|| {
            let codes: Vec<&str> = Self::ALL.iter().map(|&(c, _)| c).collect();
            Error::choice("language", code, &codes)
        })
    }
}

/// The syllables of a word as it stands in a text.
///
/// ```
/// use lexmill::text::syllables::{How, Language, syllables};
/// let en = |word| syllables(word, Language::English);
/// assert_eq!((en("government’s").count, en("government’s").how), (3, How::Dictionary));
/// assert_eq!((en("US").count, en("us").count), (2, 1));
/// assert_eq!((en("2023").count, en("2,023").count), (5, 6));
/// assert_eq!((en("TTP-led").count, en("—").count), (4, 0));
/// ```
pub fn syllables(word: &str, language: Language) -> Syllables {
    count(word, language, Lexicon::Open)
}

/// [`syllables`] for many words, faster: where it pays the dictionary is made ready first.
#[derive(Debug)]
pub struct Counter {
    language: Language,
    table: Option<Arc<dictionary::Table>>,
}

impl Counter {
    /// From so many words on the table is made: the time it takes.
    const MANY: usize = 10_000;

    /// A counter for about `words` words of `language`.
    pub fn new(language: Language, words: usize) -> Self {
        let many = language == Language::English && words >= Self::MANY;
        Self { language, table: many.then(dictionary::Table::get) }
    }

    /// Asks for the memory that the count of a short word of letters is going to need.
    #[inline]
    pub(crate) fn ask(&self, letters: &Letters) {
        if let Some(table) = &self.table {
            table.ask(letters.number);
        }
    }

    /// The same for a word that is not of letters alone: what it is most often is a possessive.
    pub(crate) fn ask_possessive(&self, word: &str) {
        let Some(table) = &self.table else { return };
        let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
        if let Some(owner) = owner.and_then(Letters::of) {
            table.ask(owner.number);
            owner.possessive().into_iter().for_each(|number| table.ask(number));
        }
    }

    /// [`count`](Self::count) for who knows that the word is short and of letters.
    #[inline]
    pub(crate) fn count_letters(&self, word: &str, letters: &Letters) -> Syllables {
        let table = self.table.as_deref();
        let counted = table.and_then(|table| english::plain_letters(word, letters, table));
        counted.unwrap_or_else(|| self.count(word))
    }

    /// The syllables of a word as it stands in a text.
    pub fn count(&self, word: &str) -> Syllables {
        count(word, self.language, self.table.as_deref().map_or(Lexicon::Open, Lexicon::Table))
    }
}

/// The same by rules alone, as if the dictionary were empty: what a word outside of it would get.
pub fn syllables_by_rule(word: &str, language: Language) -> Syllables {
    count(word, language, Lexicon::Closed)
}

/// Builds the two small tables of the English dictionary and rules now (a millisecond) instead of at the
/// first word. A process that forks while other threads count should have called it.
pub fn warm() {
    dictionary::warm();
    patterns::warm();
}

fn count(word: &str, language: Language, lexicon: Lexicon<'_>) -> Syllables {
    if language == Language::English
        && let Some(counted) = english::plain(word, lexicon)
    {
        return counted;
    }
    if let Some(n) = numbers::plain(word, language) {
        return Syllables::new(n, How::Number);
    }
    if !word.contains(char::is_alphanumeric) {
        return Syllables::SILENT;
    }
    if language == Language::English
        && let Some(n) = as_listed(word, lexicon)
    {
        return Syllables::new(n, How::Dictionary);
    }
    let counted = Parts::of(word)
        .map(|part| match part {
            Part::Number { digits, ending } => {
                Syllables::new(numbers::syllables(digits, ending, language), How::Number)
            }
            Part::Letters { letters, beside_digits } => match language {
                Language::English => english::word(letters, beside_digits, lexicon),
                _ => foreign(letters, language),
            },
            Part::Dot if language == Language::English => Syllables::new(1, How::Rule),
            Part::Dot => Syllables::SILENT,
        })
        .fold(Syllables::SILENT, Syllables::and);
    Syllables { count: counted.count.max(1), how: counted.how.max(How::Dictionary) }
}

/// A stretch of letters in another language than English. Capitals without a vowel are spelled.
fn foreign(letters: &str, language: Language) -> Syllables {
    match vowels::count(letters, language) {
        0 if letters.chars().all(char::is_uppercase) => {
            let each = letters.chars().fold(0u32, |n, _| n.saturating_add(1));
            Syllables::new(each, How::Acronym)
        }
        n => Syllables::new(n.max(1), How::Rule),
    }
}

/// Words that the dictionary lists with their hyphens and stops: "co-op", "a.m.", "U.S.", also
/// where the last stop was taken for the sentence's.
fn as_listed(word: &str, lexicon: Lexicon<'_>) -> Option<u32> {
    let joined = |c: char| matches!(c, '-' | '.' | '‐' | '‑');
    if word.len() > 40 || !word.contains(joined) || word.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut form = english::fold(&word.replace(['‐', '‑'], "-")).to_ascii_lowercase();
    // With its stop first: CMUdict's "u.s" is several u's, "u.s." the country.
    let inner_stop = form.contains('.') && !form.ends_with('.');
    if inner_stop {
        form.push('.');
        if let Some(n) = lexicon.lookup(&form) {
            return Some(n);
        }
        form.pop();
    }
    lexicon.lookup(&form)
}

/// What a word is read as, piece by piece.
#[derive(Debug, PartialEq, Eq)]
enum Part<'a> {
    Number {
        digits: &'a str,
        ending: numbers::Ending,
    },
    Letters {
        letters: &'a str,
        beside_digits: bool,
    },
    /// The "dot" of "example.com".
    Dot,
}

/// Splits at hyphens and at borders between letters and digits.
struct Parts<'a> {
    rest: &'a str,
    /// Whether a digit stands right before `rest`.
    after_digit: bool,
    /// Whether a run of two letters or more stands right before `rest`.
    after_word: bool,
}

impl<'a> Parts<'a> {
    fn of(word: &'a str) -> Self {
        Self { rest: word, after_digit: false, after_word: false }
    }

    /// Takes `n` bytes off the front.
    fn take(&mut self, n: usize) -> &'a str {
        let (head, tail) = self.rest.split_at(n);
        self.rest = tail;
        (self.after_digit, self.after_word) = (false, false);
        head
    }

    fn number(&mut self) -> Part<'a> {
        let b = self.rest.as_bytes();
        let digit = |i: usize| b.get(i).is_some_and(u8::is_ascii_digit);
        let mut n = 0;
        while digit(n) || (matches!(b.get(n), Some(b'.' | b',')) && digit(n + 1)) {
            n += 1;
        }
        let digits = self.take(n);
        let letters = letters_at(self.rest);
        let ending = match self.rest[..letters].to_lowercase().as_str() {
            "st" | "nd" | "rd" | "th" => numbers::Ending::Ordinal,
            "s" | "'s" | "’s" => numbers::Ending::Plural,
            _ => numbers::Ending::None,
        };
        if ending == numbers::Ending::None {
            self.after_digit = true;
        } else {
            self.take(letters);
        }
        Part::Number { digits, ending }
    }

    fn letters(&mut self) -> Part<'a> {
        let after_digit = self.after_digit;
        let letters = self.take(letters_at(self.rest));
        self.after_word = letters.chars().nth(1).is_some();
        let before_digit = self.rest.starts_with(|c: char| c.is_ascii_digit());
        Part::Letters { letters, beside_digits: after_digit || before_digit }
    }

    /// Whether `rest` starts with the stop between two words that one says as "dot".
    fn at_dot(&self) -> bool {
        let after = self.rest.strip_prefix('.').unwrap_or("");
        self.after_word && after[..letters_at(after)].chars().nth(1).is_some()
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        loop {
            let c = self.rest.chars().next()?;
            if c.is_ascii_digit() {
                return Some(self.number());
            }
            if is_letter(c) {
                return Some(self.letters());
            }
            let dot = self.at_dot();
            self.take(c.len_utf8());
            if dot {
                return Some(Part::Dot);
            }
        }
    }
}

/// How many bytes of letters `text` starts with.
fn letters_at(text: &str) -> usize {
    text.find(|c: char| !is_letter(c)).unwrap_or(text.len())
}

/// Letters with their marks and apostrophes; digits of other scripts are read like letters.
fn is_letter(c: char) -> bool {
    let mark = matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}');
    (c.is_alphanumeric() && !c.is_ascii_digit())
        || matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇')
        || mark
        || is_spacing_mark(c)
}

/// Vowel signs of the Indic scripts and their neighbours, which are not letters to Unicode.
fn is_spacing_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
        && !c.is_alphanumeric()
        && !matches!(c, '।' | '॥')
}
