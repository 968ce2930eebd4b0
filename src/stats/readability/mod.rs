//! Readability: formulas over the counts of a text.
//!
//! Coefficients stand in the rows as they are printed. Where published versions differ, each has a
//! name of its own. Formulas that need a word list or a tagger take the count from the caller and
//! are undefined without it; no other count is put in its place.

mod english;
mod other;
mod profile;

pub use profile::{Field, Profile};

use crate::error::{Error, Result};
use crate::measure::Measure;
use english::ENGLISH;
use other::OTHER;

/// The family `readability`: English formulas, then those of other languages and of any.
pub static READABILITY: &[Measure<Rates>] = &ALL;

const COUNT: usize = ENGLISH.len() + OTHER.len();

const NONE: Measure<Rates> =
    Measure { name: "", formula: "", source: "", range: "", undefined: "", compute: |_| f64::NAN };

static ALL: [Measure<Rates>; COUNT] = {
    let mut all = [const { NONE }; COUNT];
    let mut i = 0;
    while i < COUNT {
        let m = if i < ENGLISH.len() { &ENGLISH[i] } else { &OTHER[i - ENGLISH.len()] };
        all[i] = Measure { ..*m };
        i += 1;
    }
    all
};

/// The counts that the formula reads, in the order of [`Profile::FIELDS`]: what must be given to
/// compute it. Found by asking it: a count is needed if changing it changes the answer.
pub fn needs(measure: &Measure<Rates>) -> Vec<&'static str> {
    // Two texts, one with short words and sentences and one with long ones, so that a formula with
    // cases (linsear_write, dale_chall_adjusted) or a median shows all that it reads.
    let texts: [[u64; 2]; 2] = [[40, 600], [5, 400]];
    let profiles = texts.map(|[sentences, words]| {
        let mut p = Profile::default();
        for (i, field) in (1..).zip(Profile::FIELDS) {
            field.set(&mut p, words / 8 + 7 * i);
        }
        let letters = words * 5;
        Profile {
            sentences,
            words,
            letters,
            characters: letters,
            letters_squared: letters * 9,
            syllables: words * 2,
            ..p
        }
    });
    let reads = |field: &Field| {
        profiles.iter().any(|p| {
            let here = measure.of(&Rates::of(p));
            [1, 11, 100_000].into_iter().any(|count| {
                let mut changed = *p;
                field.set(&mut changed, count);
                measure.of(&Rates::of(&changed)).total_cmp(&here).is_ne()
            })
        })
    };
    Profile::FIELDS.iter().filter(|f| reads(f)).map(|f| f.name).collect()
}

/// The scores of a text of which only these counts are known. A count that a formula needs and that
/// is not given is an error, never a zero.
///
/// ```
/// use lexmill::measure::select;
/// use lexmill::stats::readability::{READABILITY, scores_from_counts};
/// let counts = [("words", 13), ("sentences", 1), ("syllables", 24)];
/// let flesch = select(READABILITY, "measures", &["flesch"]).unwrap();
/// assert_eq!(format!("{:.1}", scores_from_counts(&flesch, &counts).unwrap()[0]), "37.5");
/// let smog = select(READABILITY, "measures", &["smog"]).unwrap();
/// let error = scores_from_counts(&smog, &counts).unwrap_err();
/// assert!(error.to_string().contains("\"smog\" needs polysyllables"));
/// ```
pub fn scores_from_counts(measures: &[&Measure<Rates>], counts: &[(&str, u64)]) -> Result<Vec<f64>> {
    let rates = Rates::of(&Profile::from_counts(counts)?);
    measures
        .iter()
        .map(|m| {
            let given = |name: &&str| counts.iter().any(|c| c.0 == *name);
            let missing: Vec<&str> = needs(m).into_iter().filter(|name| !given(name)).collect();
            if missing.is_empty() {
                Ok(m.of(&rates))
            } else {
                let missing = missing.join(", ");
                Err(Error::value(format!("counts: {:?} needs {missing}, which is not given", m.name)))
            }
        })
        .collect()
}

/// The lowest and the highest Flesch score of a text of which `estimated` words have an estimated
/// number of syllables, each of which may be off by one either way. No word has less than one syllable.
///
/// ```
/// use lexmill::stats::readability::{Profile, flesch_band};
/// let p = Profile::from_counts(&[("words", 10), ("sentences", 1), ("syllables", 15)]).unwrap();
/// let (low, high) = flesch_band(&p, 1);
/// // 206.835 - 1.015 x 10 - 84.6 x 16 / 10, and with 14 syllables.
/// assert_eq!((format!("{low:.3}"), format!("{high:.3}")), ("61.325".into(), "78.245".into()));
/// ```
pub fn flesch_band(profile: &Profile, estimated: u64) -> (f64, f64) {
    let with = |syllables| {
        let p = Rates::of(&Profile { syllables, ..*profile });
        206.835 - 1.015 * asl(&p) - 84.6 * asw(&p)
    };
    let most = profile.syllables.saturating_add(estimated);
    let least = profile.syllables.saturating_sub(estimated).max(profile.words.min(profile.syllables));
    (with(most), with(least))
}

/// Counts with the ratios that most formulas read, each divided once. What a formula is computed from.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    profile: Profile,
    words_per_sentence: f64,
    syllables_per_word: f64,
    letters_per_word: f64,
    characters_per_word: f64,
}

impl Rates {
    /// Those of `profile`.
    pub fn of(profile: &Profile) -> Self {
        Self {
            profile: *profile,
            words_per_sentence: ratio(profile.words, profile.sentences),
            syllables_per_word: ratio(profile.syllables, profile.words),
            letters_per_word: ratio(profile.letters, profile.words),
            characters_per_word: ratio(profile.characters, profile.words),
        }
    }
}

/// The counts are read as they are in a profile.
impl std::ops::Deref for Rates {
    type Target = Profile;

    fn deref(&self) -> &Profile {
        &self.profile
    }
}

/// a / b, NaN for b = 0.
fn ratio(a: u64, b: u64) -> f64 {
    if b == 0 { f64::NAN } else { a as f64 / b as f64 }
}

/// Words per sentence.
fn asl(p: &Rates) -> f64 {
    p.words_per_sentence
}

/// Syllables per word.
fn asw(p: &Rates) -> f64 {
    p.syllables_per_word
}

fn letters_per_word(p: &Rates) -> f64 {
    p.letters_per_word
}

fn characters_per_word(p: &Rates) -> f64 {
    p.characters_per_word
}

fn per_word(count: u64, p: &Profile) -> f64 {
    ratio(count, p.words)
}

fn per_sentence(count: u64, p: &Profile) -> f64 {
    ratio(count, p.sentences)
}

/// 100·count / words.
fn percent(count: u64, p: &Profile) -> f64 {
    100.0 * ratio(count, p.words)
}

/// The same for a count that may not have been given; NaN if so.
fn percent_given(count: Option<u64>, p: &Profile) -> f64 {
    count.map_or(f64::NAN, |count| percent(count, p))
}

/// Dale and Chall's constant, in common use added only above 5 % of unfamiliar words.
fn adjusted(unfamiliar: Option<u64>, p: &Profile) -> f64 {
    let above = unfamiliar.is_some_and(|count| u128::from(count) * 20 > u128::from(p.words));
    if above { 3.6365 } else { 0.0 }
}

/// The middle of five, NaN if one is missing.
fn median(mut values: [f64; 5]) -> f64 {
    values.sort_by(f64::total_cmp);
    if values.iter().any(|v| v.is_nan()) { f64::NAN } else { values[2] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::select;

    fn needs_of(name: &str) -> Vec<&'static str> {
        needs(select(READABILITY, "measures", &[name]).unwrap()[0])
    }

    #[test]
    fn needs_are_found() {
        assert_eq!(needs_of("flesch"), ["sentences", "words", "syllables"]);
        assert_eq!(needs_of("linsear_write"), ["sentences", "words", "polysyllables"]);
        assert_eq!(needs_of("dale_chall_adjusted"), ["sentences", "words", "unfamiliar_dale_chall"]);
        assert_eq!(needs_of("mu"), ["words", "letters", "letters_squared"]);
        assert_eq!(needs_of("reading_time"), ["visible_characters"]);
        let all =
            ["sentences", "words", "letters", "characters", "syllables", "polysyllables", "complex_words"];
        assert_eq!(needs_of("consensus_grade"), all);
        assert!(READABILITY.iter().all(|m| !needs(m).is_empty()));
    }

    #[test]
    fn an_optional_count_is_needed_where_the_row_says_so() {
        for m in READABILITY {
            for field in Profile::FIELDS.iter().filter(|f| f.optional) {
                let stated = m.undefined.contains(field.name);
                assert_eq!(needs(m).contains(&field.name), stated, "{} and {}", m.name, field.name);
            }
        }
    }
}
