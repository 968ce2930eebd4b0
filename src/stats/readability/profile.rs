//! The integers that readability formulas are made of.

use crate::error::{Error, Result};

/// One count of a [`Profile`]: its name, its definition and the way to it.
#[derive(Debug)]
pub struct Field {
    /// The name in the API and of the column.
    pub name: &'static str,
    /// What is counted, precisely.
    pub definition: &'static str,
    /// True if no text alone answers it: a list or a tagger must be given.
    pub optional: bool,
    get: fn(&Profile) -> Option<u64>,
    set: fn(&mut Profile, u64),
}

impl Field {
    /// The count in `profile`; none if it is optional and was not given.
    pub fn get(&self, profile: &Profile) -> Option<u64> {
        (self.get)(profile)
    }

    /// Stores the count in `profile`.
    pub fn set(&self, profile: &mut Profile, count: u64) {
        (self.set)(profile, count);
    }
}

/// Writes the struct and its table of fields from one list, so that they cannot disagree.
macro_rules! profile {
    (
        counted { $($counted:ident: $counted_text:literal,)* }
        given { $($given:ident: $given_text:literal,)* }
    ) => {
        /// Counts of a text, a sentence or a group of texts. All but `types` add up over parts.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
        pub struct Profile {
            $(#[doc = $counted_text] pub $counted: u64,)*
            $(#[doc = $given_text] pub $given: Option<u64>,)*
        }

        impl Profile {
            /// Every count with its definition, in the order of the struct.
            pub const FIELDS: &'static [Field] = &[
                $(Field {
                    name: stringify!($counted),
                    definition: $counted_text,
                    optional: false,
                    get: |p| Some(p.$counted),
                    set: |p, count| p.$counted = count,
                },)*
                $(Field {
                    name: stringify!($given),
                    definition: $given_text,
                    optional: true,
                    get: |p| p.$given,
                    set: |p, count| p.$given = Some(count),
                },)*
            ];
        }
    };
}

profile! {
    counted {
        sentences: "Sentences.",
        words: "Words. A hyphenated compound is one word, a contraction is one word, numbers count.",
        types: "Distinct words, case folded.",
        letters: "Letters (Unicode alphabetic characters) in words.",
        letters_squared: "The sum over all words of the square of the word's number of letters.",
        characters: "Letters and digits in words: no apostrophes, hyphens or other punctuation.",
        visible_characters: "All characters that are not white space, punctuation included. White space is what Python's `str.isspace` says, and a byte order mark.",
        syllables: "Syllables in words.",
        monosyllables: "Words of one syllable.",
        polysyllables: "Words of three or more syllables.",
        words_5plus_syllables: "Words of five or more syllables.",
        complex_words: "Gunning's hard words: three or more syllables, without proper names, compounds of short words and verbs that reach the third syllable by -ed or -es.",
        words_3minus: "Words of three or fewer letters.",
        words_6plus: "Words of six or more letters.",
        words_7plus: "Words of seven or more letters (\"more than six\").",
    }
    given {
        unfamiliar_dale_chall: "Words that are not on Dale's list of 3,000 familiar words, every occurrence counted.",
        unfamiliar_spache: "Words that are not on Spache's list (the revised one for 1974), every occurrence counted.",
        unfamiliar_harris_jacobson: "Words that are not on Harris and Jacobson's list for grades 1 and 2, every occurrence counted.",
        pronouns: "Pronouns.",
        prepositions: "Prepositions.",
        conjunctions: "Conjunctions, coordinating and subordinating.",
        faseeh_words: "Arabic words of five or more syllables that hold one of ء ئ ؤ ظ ذ or end in وا or ون.",
    }
}

/// Counts of words with some property: none can exceed the number of words.
const SUBSETS: [&str; 14] = [
    "types",
    "monosyllables",
    "polysyllables",
    "words_5plus_syllables",
    "complex_words",
    "words_3minus",
    "words_6plus",
    "words_7plus",
    "unfamiliar_dale_chall",
    "unfamiliar_spache",
    "unfamiliar_harris_jacobson",
    "pronouns",
    "prepositions",
    "conjunctions",
];

impl Profile {
    /// The field named `name`; the caller's error names `argument`.
    pub fn field(argument: &str, name: &str) -> Result<&'static Field> {
        Self::FIELDS.iter().find(|f| f.name == name).ok_or_else(|| {
            let names: Vec<&str> = Self::FIELDS.iter().map(|f| f.name).collect();
            Error::choice(argument, name, &names)
        })
    }

    /// A profile of named counts. Counts that are not named are 0; whether a formula needs one of
    /// them, [`super::needs`] tells. Counts that contradict each other are an error.
    ///
    /// ```
    /// use lexmill::stats::readability::Profile;
    /// let p = Profile::from_counts(&[("words", 13), ("sentences", 1), ("syllables", 24)]).unwrap();
    /// assert_eq!((p.words, p.letters, p.pronouns), (13, 0, None));
    /// ```
    pub fn from_counts(counts: &[(&str, u64)]) -> Result<Self> {
        let mut profile = Self::default();
        for &(name, count) in counts {
            Self::field("counts", name)?.set(&mut profile, count);
        }
        let given = |name: &str| counts.iter().find(|c| c.0 == name).map(|c| c.1);
        if let Some(words) = given("words") {
            for name in SUBSETS {
                if let Some(count) = given(name).filter(|&count| count > words) {
                    return Err(Error::value(format!(
                        "counts: {name}={count} is larger than words={words}, of which it is a part"
                    )));
                }
            }
        }
        for (part, whole) in [("words_7plus", "words_6plus"), ("words_5plus_syllables", "polysyllables")] {
            if let (Some(p), Some(w)) = (given(part), given(whole))
                && p > w
            {
                return Err(Error::value(format!("counts: {part}={p} is larger than {whole}={w}")));
            }
        }
        Ok(profile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_read_what_they_write() {
        let mut profile = Profile::default();
        for (i, field) in (1..).zip(Profile::FIELDS) {
            assert_eq!(field.get(&profile), if field.optional { None } else { Some(0) });
            field.set(&mut profile, i);
        }
        for (i, field) in (1..).zip(Profile::FIELDS) {
            assert_eq!(field.get(&profile), Some(i), "{}", field.name);
        }
        assert!(SUBSETS.iter().all(|name| Profile::field("counts", name).is_ok()));
    }

    #[test]
    fn contradictions_are_named() {
        let message = |counts: &[(&str, u64)]| Profile::from_counts(counts).unwrap_err().to_string();
        assert!(message(&[("word", 1)]).contains("counts=\"word\" is unknown. Did you mean \"words\"?"));
        assert!(message(&[("words", 3), ("polysyllables", 4)]).contains("polysyllables=4"));
        assert!(message(&[("words_6plus", 3), ("words_7plus", 4)]).contains("words_6plus=3"));
    }
}
