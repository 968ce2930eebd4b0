//! What the segmenter knows of each language: abbreviations and a few closed classes of words.
//!
//! The data are the files of `src/text/lists/sentences/`; `lists/SOURCES.md` says where they come from.

use ahash::{AHashMap, AHashSet};

use crate::error::{Error, Result, nearest};

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
    /// The last three letters of abbreviations that have more, as bits: tells most other words apart sooner.
    tails: Box<[u64; 512]>,
    /// Words that begin a sentence and are no names.
    pub(super) starters: Words,
    /// Verbs that say who spoke.
    pub(super) speech: Words,
    /// Words that cannot end a sentence: articles, prepositions, conjunctions.
    pub(super) open: Words,
    /// Words that close a letter.
    pub(super) letters: Words,
    /// Words that open a letter.
    pub(super) greetings: Words,
    /// Month names and other nouns that follow an ordinal.
    pub(super) after_ordinal: Words,
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
            let hint =
                nearest(language, CODES).map_or(String::new(), |code| format!(" Did you mean {code:?}?"));
            let codes = CODES.join(", ");
            return Err(Error::value(format!(
                "language={language:?} is unknown.{hint} Give a code, such as \"en\" for English: {codes}."
            )));
        };
        let mut lexicon = Self {
            any: AHashMap::new(),
            capital: AHashMap::new(),
            endings: Vec::new(),
            longest: 0,
            shapes: Box::new([0; 1024]),
            tails: Box::new([0; 512]),
            starters: Words::new(),
            speech: Words::new(),
            open: Words::new(),
            letters: Words::new(),
            greetings: Words::new(),
            after_ordinal: Words::new(),
            ordinals: flags.contains("ordinals"),
            capital_nouns: flags.contains("nouns"),
            small_starts: flags.contains("small"),
            own_stops: flags.contains("own"),
        };
        lexicon.read(data);
        lexicon.read(COMMON);
        for word in user {
            if !word.contains(char::is_alphanumeric) {
                return Err(Error::value(format!(
                    "abbreviations: {word:?} holds no letter or digit; leave it out"
                )));
            }
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
                match section {
                    "title" => self.add(word, Class::Title),
                    "number" => self.add(word, Class::Number),
                    "end" => self.add(word, Class::End),
                    "mid" => self.add(word, Class::Mid),
                    "starters" => self.starters.insert(word),
                    "speech" => self.speech.insert(word),
                    "open" => self.open.insert(word),
                    "letters" => self.letters.insert(word),
                    "greetings" => self.greetings.insert(word),
                    "after_ordinal" => self.after_ordinal.insert(word),
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
        match key.strip_prefix('*').unwrap_or(&key).as_bytes() {
            [.., a, b, c] if key.len() > 3 => {
                let (place, bit) = tail(&[*a, *b, *c]);
                self.tails[place] |= bit;
            }
            // An ending this short may be that of any word.
            _ if key.starts_with('*') => self.tails.fill(u64::MAX),
            _ => {}
        }
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

    /// Whether no word that ends like this can be an abbreviation, an initial or a number: four ASCII letters,
    /// of which the last is a small one, and no abbreviation ends with the last three.
    #[inline]
    pub(super) fn never_abbreviates(&self, word: &[u8; 4]) -> bool {
        let [_, rest @ ..] = word;
        let (place, bit) = tail(rest);
        word.iter().fold(true, |all, b| all & b.is_ascii_alphabetic())
            && rest[2].is_ascii_lowercase()
            && self.tails[place] & bit == 0
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
}

/// A closed class of words.
#[derive(Debug)]
pub(super) struct Words {
    set: AHashSet<Box<str>>,
    /// As [`Lexicon::shapes`].
    shapes: Box<[u16; 1024]>,
}

impl Words {
    fn new() -> Self {
        Self { set: AHashSet::new(), shapes: Box::new([0; 1024]) }
    }

    fn insert(&mut self, word: &str) {
        let word = word.to_lowercase().into_boxed_str();
        let (place, length) = shape(&word);
        self.shapes[place] |= length;
        self.set.insert(word);
    }

    /// Whether `word`, in any case, is one of them; `buffer` is for its small letters.
    pub(super) fn contains(&self, word: &str, buffer: &mut String) -> bool {
        let (place, length) = shape(word);
        if self.shapes[place] & length == 0 && word.is_ascii() {
            return false;
        }
        fold(word, buffer);
        self.set.contains(buffer.as_str())
    }
}

/// Puts `word` in small letters into `buffer`.
pub(super) fn fold(word: &str, buffer: &mut String) {
    buffer.clear();
    if word.is_ascii() {
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
    } else {
        buffer.extend(word.chars().flat_map(char::to_lowercase));
    }
}

/// First and last letter of a word, in any case, and its length as a bit.
fn shape(word: &str) -> (usize, u16) {
    let b = word.as_bytes();
    let letter = |b: Option<&u8>| usize::from(b.map_or(0, |b| b & 31));
    (letter(b.first()) << 5 | letter(b.last()), 1 << b.len().min(15))
}

/// Where the bit of three letters, in any case, is.
#[inline]
fn tail(letters: &[u8; 3]) -> (usize, u64) {
    let number = letters.iter().fold(0, |n, b| n << 5 | usize::from(b & 31));
    (number >> 6, 1 << (number & 63))
}
