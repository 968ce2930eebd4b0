//! Lists of familiar words, and whether a word is on one: what the word-list formulas (Dale-Chall,
//! Spache, Harris-Jacobson and their kin) count.
//!
//! The lists hold base forms; their instructions take the regular inflections of a listed word as
//! familiar too. Which endings these are stands in `docs/definitions.md`, and nothing else is stripped.

use std::sync::Arc;

use ahash::AHashSet;

use crate::error::{Error, Result};
use crate::stats::readability::Profile;
use crate::text::fold;

type Words = Arc<AHashSet<String>>;

/// Up to three lists of familiar words, by the names in [`WordLists::NAMES`].
#[derive(Debug, Clone, Default)]
pub struct WordLists {
    lists: [Option<Words>; 3],
    /// Whether an entry holds a hyphen.
    compounds: bool,
}

impl WordLists {
    /// The names of the lists that formulas ask for.
    pub const NAMES: [&'static str; 3] = ["dale_chall", "spache", "harris_jacobson"];

    /// Sets the list `name`. Case, kind of apostrophe and hyphen, and a final full stop of an entry
    /// do not matter.
    ///
    /// # Errors
    /// If no list is called `name`, or it is empty.
    pub fn set<S: AsRef<str>>(&mut self, name: &str, words: impl IntoIterator<Item = S>) -> Result<()> {
        let Some(place) = Self::NAMES.iter().position(|n| *n == name) else {
            return Err(Error::choice("word_lists", name, &Self::NAMES));
        };
        let words: AHashSet<String> =
            words.into_iter().map(|w| entry(w.as_ref())).filter(|w| !w.is_empty()).collect();
        if words.is_empty() {
            return Err(Error::value(format!("word_lists[{name:?}] holds no word; give the familiar words")));
        }
        self.compounds |= words.iter().any(|w| w.contains('-'));
        self.lists[place] = Some(Arc::new(words));
        Ok(())
    }

    /// Whether no list is set.
    pub(super) fn is_empty(&self) -> bool {
        self.lists.iter().all(Option::is_none)
    }

    /// The profile of an empty text: 0 unfamiliar words by the lists that there are.
    pub fn blank(&self) -> Profile {
        let [dale_chall, spache, harris_jacobson] = &self.lists;
        Profile {
            unfamiliar_dale_chall: dale_chall.as_ref().map(|_| 0),
            unfamiliar_spache: spache.as_ref().map(|_| 0),
            unfamiliar_harris_jacobson: harris_jacobson.as_ref().map(|_| 0),
            ..Profile::default()
        }
    }

    /// Adds a word that is unfamiliar by the lists in `marks`.
    pub(super) fn add(marks: u8, profile: &mut Profile) {
        let counts = [
            &mut profile.unfamiliar_dale_chall,
            &mut profile.unfamiliar_spache,
            &mut profile.unfamiliar_harris_jacobson,
        ];
        for (list, count) in counts.into_iter().enumerate() {
            if let Some(count) = count {
                *count += u64::from(marks >> list & 1);
            }
        }
    }

    /// The lists by which `word` is unfamiliar, one bit each.
    pub fn unfamiliar(&self, word: &str) -> u8 {
        if self.is_empty() {
            return 0;
        }
        let word = entry(word);
        // Numerals are familiar.
        let numeral = word.starts_with(|c: char| c.is_numeric());
        self.marks(|words| numeral || is_familiar(words, &word))
    }

    /// The same for a hyphenated compound whose parts are unfamiliar by `parts`: it is familiar if all
    /// of its parts are, or if it is listed as it stands.
    pub(super) fn unfamiliar_compound(&self, parts: u8, compound: &str) -> u8 {
        if !self.compounds || parts == 0 {
            return parts;
        }
        let compound = entry(compound);
        parts & self.marks(|words| is_familiar(words, &compound))
    }

    fn marks(&self, familiar: impl Fn(&AHashSet<String>) -> bool) -> u8 {
        let unknown = |list: &Option<Words>| list.as_ref().is_some_and(|words| !familiar(words));
        (0..3).map(|i| u8::from(unknown(&self.lists[i])) << i).sum()
    }
}

/// A word as it is compared.
fn entry(word: &str) -> String {
    let one = |c: char| match c {
        c if fold::is_apostrophe(c) => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        c => c,
    };
    let folded: String = word.trim().chars().map(one).collect();
    folded.to_lowercase().trim_end_matches('.').to_owned()
}

fn is_familiar(words: &AHashSet<String>, word: &str) -> bool {
    if words.contains(word) || inflected(words, word) {
        return true;
    }
    let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix('\''));
    owner.is_some_and(|w| words.contains(w) || inflected(words, w))
}

/// Whether `word` is a listed word with one regular ending.
fn inflected(words: &AHashSet<String>, word: &str) -> bool {
    let with = |stem: &str, end: &str| !stem.is_empty() && words.contains(&format!("{stem}{end}"));
    // An ending that begins with a vowel drops a final e, doubles a consonant, turns y to i.
    let vowel = |ending: &str| {
        word.strip_suffix(ending).is_some_and(|stem| {
            with(stem, "")
                || with(stem, "e")
                || single(stem).is_some_and(|s| with(s, ""))
                || (ending != "ing" && stem.strip_suffix('i').is_some_and(|s| with(s, "y")))
        })
    };
    let plural = word.strip_suffix('s').is_some_and(|stem| with(stem, ""))
        || word.strip_suffix("es").is_some_and(|stem| with(stem, ""))
        || word.strip_suffix("ies").is_some_and(|stem| with(stem, "y"));
    let adverb = || {
        word.strip_suffix("ly").is_some_and(|stem| {
            // happily, gently
            with(stem, "") || with(stem, "le") || stem.strip_suffix('i').is_some_and(|s| with(s, "y"))
        })
    };
    plural
        || vowel("ed")
        || vowel("ing")
        || word.strip_suffix("ying").is_some_and(|stem| with(stem, "ie"))
        || vowel("er")
        || vowel("est")
        || adverb()
}

/// `stem` without the last of two equal consonants.
fn single(stem: &str) -> Option<&str> {
    let mut chars = stem.chars().rev();
    let (last, before) = (chars.next()?, chars.next()?);
    let doubled = last == before && last.is_alphabetic() && !"aeiou".contains(last);
    doubled.then(|| &stem[..stem.len() - last.len_utf8()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> WordLists {
        let mut lists = WordLists::default();
        let words = [
            "box", "carry", "love", "stop", "gentle", "happy", "quick", "lie", "can't", "good-by", "A.M.",
            "big", "boss",
        ];
        lists.set("dale_chall", words).unwrap();
        lists.set("spache", ["the"]).unwrap();
        lists
    }

    #[test]
    fn regular_inflections_of_listed_words_are_familiar() {
        let lists = lists();
        for word in [
            "box",
            "Box",
            "boxes",
            "box's",
            "boxes'",
            "boxing",
            "carries",
            "carried",
            "carrying",
            "carrier",
            "loves",
            "loved",
            "loving",
            "lover",
            "stopped",
            "stopping",
            "stops",
            "gently",
            "happily",
            "happiest",
            "quickly",
            "lying",
            "can\u{2019}t",
            "a.m",
            "bigger",
            "biggest",
            "1947",
            "3.5",
            "2nd",
            "bosses",
        ] {
            assert_eq!(lists.unfamiliar(word) & 1, 0, "{word}");
        }
        for word in ["unboxed", "boxlike", "sto", "stopp", "lovable", "carr", "happ", "s", "'s", "ing", "bos"]
        {
            assert_eq!(lists.unfamiliar(word) & 1, 1, "{word}");
        }
        assert_eq!(lists.unfamiliar("box"), 0b010, "each list for itself");
        assert_eq!(WordLists::default().unfamiliar("box"), 0);
    }

    #[test]
    fn compounds_are_listed_or_made_of_listed_words() {
        let lists = lists();
        assert_eq!(lists.unfamiliar_compound(0b11, "Good\u{2010}by") & 1, 0);
        assert_eq!(lists.unfamiliar_compound(0b11, "well-off") & 1, 1);
        assert_eq!(lists.unfamiliar_compound(0b10, "big-boxed") & 1, 0);
    }

    #[test]
    fn what_is_no_list_is_an_error() {
        let mut lists = WordLists::default();
        let message = lists.set("dale_chal", ["a"]).unwrap_err().to_string();
        assert!(message.contains("Did you mean \"dale_chall\"?"), "{message}");
        assert!(lists.set("spache", [" ", "."]).unwrap_err().to_string().contains("holds no word"));
        assert_eq!(lists.blank(), Profile::default());
    }
}
