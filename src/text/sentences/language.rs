//! What the segmenter knows of each language: abbreviations and a few closed classes of words.
//!
//! The data are the files of `src/text/lists/sentences/`; `lists/SOURCES.md` says where they come from.

use ahash::{AHashMap, AHashSet};

use crate::error::{Error, Result};

/// What an abbreviation does at the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Always precedes something: never ends a sentence (`Dr.`, `e.g.`).
    Title,
    /// An abbreviation only before a number (`No.`, `p.`).
    Number,
    /// May end a sentence, and does unless what follows shows otherwise (`etc.`, `p.m.`).
    End,
    /// May end a sentence, and does only if what follows shows it (`Inc.`, `U.S.`).
    Mid,
    /// Added by the user: never ends a sentence.
    User,
}

/// Abbreviations, in small letters and without the last full stop.
type Abbreviations = AHashMap<Box<str>, Class>;

/// One language's data, ready to be asked.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Those that count however they are written.
    any: Abbreviations,
    /// Those that count only with a capital: `Sun.` but not `sun.`
    capital: Abbreviations,
    /// Endings that make any word an abbreviation: `Hauptstr.`
    endings: Vec<(Box<str>, Class)>,
    longest: usize,
    /// By first and last letter, the lengths that abbreviations have: tells most words apart at a glance.
    shapes: Box<[u16; 1024]>,
    /// Words that begin a sentence and are no names.
    starters: AHashSet<Box<str>>,
    /// Verbs that say who spoke.
    speech: AHashSet<Box<str>>,
    /// Words that cannot end a sentence: articles, prepositions, conjunctions.
    open: AHashSet<Box<str>>,
    /// Words that close a letter.
    letters: AHashSet<Box<str>>,
    /// Words that open a letter.
    greetings: AHashSet<Box<str>>,
    /// Month names and other nouns that follow an ordinal.
    after_ordinal: AHashSet<Box<str>>,
    /// A number with a full stop is an ordinal.
    pub(super) ordinals: bool,
    /// All nouns have a capital.
    pub(super) capital_nouns: bool,
    /// A small letter after a full stop begins a sentence (loosely written text).
    pub(super) small_starts: bool,
    /// Sentences end with a mark of the script; a full stop stands for less.
    pub(super) own_stops: bool,
}

macro_rules! table {
    ($($code:literal $flags:literal)*) => {
        /// Code, flags and data of each language.
        const TABLE: &[(&str, &str, &str)] = &[
            $(($code, $flags, include_str!(concat!("../lists/sentences/", $code, ".txt"))),)*
        ];
        const CODES: &[&str] = &[$($code,)*];
    };
}

table! {
    "en" "small" "de" "ordinals nouns" "fr" "" "es" "" "it" "" "pt" "" "nl" "" "ca" "" "ro" ""
    "ru" "" "uk" "" "bg" "" "kk" "" "pl" "ordinals" "cs" "ordinals" "sk" "ordinals" "sl" "ordinals" "hr" "ordinals"
    "sv" "" "da" "ordinals" "no" "ordinals" "fi" "ordinals" "hu" "ordinals" "tr" "ordinals" "id" "" "sw" ""
    "el" "" "hy" "own" "ar" "" "fa" "" "ur" "" "hi" "" "mr" "" "bn" "" "am" "" "my" "" "zh" "" "ja" "" "ko" ""
    "he" ""
}

/// Abbreviations found in texts of any language.
const COMMON: &str = include_str!("../lists/sentences/common.txt");

/// The languages that have data of their own.
pub(super) fn codes() -> &'static [&'static str] {
    CODES
}

impl Lexicon {
    /// The data of `language`: a code such as `en`, with or without a region (`en-GB`).
    pub(super) fn new(language: &str, user: &[String]) -> Result<Self> {
        let code = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let code = if code == "nb" || code == "nn" { "no" } else { code.as_str() };
        let Some((_, flags, data)) = TABLE.iter().find(|row| row.0 == code) else {
            return Err(Error::choice("language", language, CODES));
        };
        let mut lexicon = Self {
            any: AHashMap::new(),
            capital: AHashMap::new(),
            endings: Vec::new(),
            longest: 0,
            shapes: Box::new([0; 1024]),
            starters: AHashSet::new(),
            speech: AHashSet::new(),
            open: AHashSet::new(),
            letters: AHashSet::new(),
            greetings: AHashSet::new(),
            after_ordinal: AHashSet::new(),
            ordinals: flags.contains("ordinals"),
            capital_nouns: flags.contains("nouns"),
            small_starts: flags.contains("small"),
            own_stops: flags.contains("own"),
        };
        lexicon.read(data);
        lexicon.read(COMMON);
        for word in user {
            lexicon.add(word, Class::User);
        }
        Ok(lexicon)
    }

    fn read(&mut self, data: &str) {
        let mut section = "";
        for line in data.lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                section = name;
                continue;
            }
            for word in line.split_whitespace() {
                let low = || word.to_lowercase().into_boxed_str();
                match section {
                    "title" => self.add(word, Class::Title),
                    "number" => self.add(word, Class::Number),
                    "end" => self.add(word, Class::End),
                    "mid" => self.add(word, Class::Mid),
                    "starters" => drop(self.starters.insert(low())),
                    "speech" => drop(self.speech.insert(low())),
                    "open" => drop(self.open.insert(low())),
                    "letters" => drop(self.letters.insert(low())),
                    "greetings" => drop(self.greetings.insert(low())),
                    "after_ordinal" => drop(self.after_ordinal.insert(low())),
                    _ => debug_assert!(false, "unknown section {section:?}"),
                }
            }
        }
    }

    /// Adds an abbreviation (the first class given to it stays); white space within it is dropped (`z. B.` is looked up as `z.b`).
    fn add(&mut self, word: &str, class: Class) {
        let word: String = word.chars().filter(|c| !c.is_whitespace()).collect();
        let key = word.trim_end_matches('.').to_lowercase();
        if key.is_empty() {
            return;
        }
        self.longest = self.longest.max(key.len());
        let (place, length) = shape(&key);
        self.shapes[place] |= length;
        let key = key.into_boxed_str();
        if let Some(ending) = key.strip_prefix('*') {
            self.endings.push((ending.into(), class));
        } else if class == Class::User {
            self.capital.remove(&key);
            self.any.insert(key, class);
        } else if word.starts_with(char::is_uppercase) {
            self.capital.entry(key).or_insert(class);
        } else {
            self.any.entry(key).or_insert(class);
        }
    }

    /// Whether `word`, ASCII letters in any case, may be an abbreviation; for most words the answer is no.
    pub(super) fn may_abbreviate(&self, word: &str) -> bool {
        let (place, length) = shape(word);
        !self.endings.is_empty() || self.shapes[place] & length != 0
    }

    /// The class of the abbreviation `folded` (small letters, no final stop).
    pub(super) fn class(&self, folded: &str, capital: bool) -> Option<Class> {
        let ending = || self.endings.iter().find(|(e, _)| folded.ends_with(&**e)).map(|&(_, class)| class);
        if folded.len() > self.longest {
            return ending();
        }
        let written = if capital { self.capital.get(folded) } else { None };
        written.or_else(|| self.any.get(folded)).copied().or_else(ending)
    }

    pub(super) fn is_starter(&self, folded: &str) -> bool {
        self.starters.contains(folded)
    }

    pub(super) fn is_speech(&self, folded: &str) -> bool {
        self.speech.contains(folded)
    }

    pub(super) fn is_open(&self, folded: &str) -> bool {
        self.open.contains(folded)
    }

    pub(super) fn is_letter_word(&self, folded: &str) -> bool {
        self.letters.contains(folded)
    }

    pub(super) fn is_greeting(&self, folded: &str) -> bool {
        self.greetings.contains(folded)
    }

    pub(super) fn is_after_ordinal(&self, folded: &str) -> bool {
        self.after_ordinal.contains(folded)
    }
}

/// First and last letter of a word, in any case, and its length as a bit.
fn shape(word: &str) -> (usize, u16) {
    let b = word.as_bytes();
    let letter = |b: Option<&u8>| usize::from(b.map_or(0, |b| b & 31));
    (letter(b.first()) << 5 | letter(b.last()), 1 << b.len().min(15))
}
