//! English words: the dictionary first, then contractions, capitals and rules.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::acronyms::{self, Said};
use super::{How, Syllables, dictionary, numbers, patterns, vowels};
use crate::text::letters::Letters;
use crate::text::syllables::Language;

/// How the dictionary may be asked. Closed, it shows what the rules alone can do.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lexicon<'a> {
    Open,
    /// The same for many words.
    Table(&'a dictionary::Table),
    Closed,
}

impl Lexicon<'_> {
    /// The syllables of a word in small letters.
    pub(super) fn lookup(self, word: &str) -> Option<u32> {
        match self {
            Self::Open => dictionary::lookup(word),
            Self::Table(table) => table.lookup(word),
            Self::Closed => None,
        }
    }
}

/// Two ASCII letters or more, the first in any case and the others small, or all of them capitals: no apostrophe,
/// no end of an acronym. Most words are; they need no copy.
pub(super) fn plain(word: &str, lexicon: Lexicon<'_>) -> Option<Syllables> {
    let (first, rest) = word.as_bytes().split_first()?;
    if rest.is_empty() || !first.is_ascii_alphabetic() {
        return None;
    }
    if rest.iter().all(u8::is_ascii_uppercase) && first.is_ascii_uppercase() {
        let lower = word.to_ascii_lowercase();
        return Some(acronym(&lower, || lexicon.lookup(&lower)));
    }
    rest.iter().all(u8::is_ascii_lowercase).then(|| {
        let known = if first.is_ascii_lowercase() {
            lexicon.lookup(word)
        } else {
            lexicon.lookup(&word.to_ascii_lowercase())
        };
        known_or_by_rule(known, word)
    })
}

/// [`plain`] for a word that is known to be of letters, with the table.
#[inline]
pub(super) fn plain_letters(word: &str, letters: &Letters, table: &dictionary::Table) -> Option<Syllables> {
    if letters.len < 2 {
        return None;
    }
    if letters.goes_on_small() {
        return Some(known_or_by_rule(table.lookup_letters(letters), word));
    }
    let mut small = [0; Letters::LONGEST];
    let small = small.get_mut(..word.len()).filter(|_| letters.all_capitals())?;
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    std::str::from_utf8(small).ok().map(|small| acronym(small, || table.lookup_letters(letters)))
}

#[inline]
fn known_or_by_rule(known: Option<u32>, letters: &str) -> Syllables {
    match known {
        Some(n) => Syllables::new(n, How::Dictionary),
        None => Syllables::new(letters_by_rule(letters), How::Rule),
    }
}

/// A stretch of letters and apostrophes, in the case it stood in; `beside_digits` as in "F16".
pub(super) fn word(word: &str, beside_digits: bool, lexicon: Lexicon<'_>) -> Syllables {
    let folded = fold(word);
    if !folded.is_ascii() {
        return Syllables::new(vowels::count(&folded, Language::Generic), How::Rule);
    }
    // A leading quotation mark is none of the word's, an elision as in "'em" is.
    let folded = match folded.strip_prefix('\'') {
        Some(rest) if lexicon.lookup(&folded).is_none() => rest.trim_start_matches('\''),
        _ => &folded,
    };
    let capitals = folded.bytes().filter(u8::is_ascii_uppercase).count();
    let lower = folded.to_ascii_lowercase();
    // A capital alone is a letter, and so is a small one beside digits ("b2b"); "I" and "A" are both.
    if let Some(base) = shouted(folded, capitals).or((beside_digits && lower.len() == 1).then_some(1)) {
        let (name, ending) = lower.split_at(base);
        if ending.is_empty() {
            return acronym(name, || lexicon.lookup(name));
        }
        let plural = u32::from(name.ends_with(['s', 'x', 'h']));
        return match acronyms::said(name, || lexicon.lookup(name)) {
            Said::Spelled(n) => Syllables::new(n.saturating_add(plural), How::Acronym),
            Said::Numeral(n) => numeral(n),
            Said::Known(_) | Said::Word => lower_case(&lower, lexicon),
        };
    }
    let counted = lower_case(&lower, lexicon);
    // Of a word of the rules a final é is said: "Dembélé", "soufflés".
    if counted.how == How::Rule && ends_in_spoken_e(word) && !by_rule_carries_last(&lower) {
        return Syllables::new(counted.count.saturating_add(1), How::Rule);
    }
    counted
}

/// Letters that stood in capitals, in small ones; `known`: what the dictionary has of them.
fn acronym(letters: &str, known: impl FnOnce() -> Option<u32>) -> Syllables {
    match acronyms::said(letters, known) {
        Said::Spelled(n) => Syllables::new(n, How::Acronym),
        Said::Numeral(n) => numeral(n),
        Said::Known(n) => Syllables::new(n, How::Dictionary),
        Said::Word => Syllables::new(letters_by_rule(letters), How::Rule),
    }
}

fn numeral(n: u8) -> Syllables {
    Syllables::new(numbers::syllables(&n.to_string(), numbers::Ending::None, Language::English), How::Number)
}

/// Lower-case ASCII letters and apostrophes.
fn lower_case(word: &str, lexicon: Lexicon<'_>) -> Syllables {
    let trimmed = word.trim_matches('\'');
    let bare = || if trimmed.len() < word.len() { lexicon.lookup(trimmed) } else { None };
    if let Some(known) = lexicon.lookup(word).or_else(bare) {
        return Syllables::new(known, How::Dictionary);
    }
    if let Some((base, more)) = contraction(trimmed) {
        // A regular ending on a word of the dictionary is as sure as the word itself: of
        // CMUdict's own possessives all follow the rule but those that the table keeps.
        let base = lexicon.lookup(base).map_or_else(
            || Syllables::new(letters_by_rule(base), How::Rule),
            |n| Syllables::new(n, How::Dictionary),
        );
        return Syllables::new(base.count.saturating_add(more), base.how);
    }
    Syllables::new(letters_by_rule(trimmed), How::Rule)
}

/// Splits an ending off and says what it adds to the base.
fn contraction(word: &str) -> Option<(&str, u32)> {
    const ENDINGS: [&str; 7] = ["'s", "'ll", "'ve", "'re", "'d", "'m", "n't"];
    if !word.contains('\'') {
        return None;
    }
    let ending = *ENDINGS.iter().find(|e| word.len() > e.len() && word.ends_with(**e))?;
    let base = &word[..word.len() - ending.len()];
    let after_consonant = !base.ends_with(['a', 'e', 'i', 'o', 'u', 'y', 'w']);
    let more = match ending {
        "'s" => u32::from(sibilant(base)),
        "'d" => u32::from(base.ends_with(['t', 'd']) || base.ends_with("te") || base.ends_with("de")),
        "'ve" | "'re" => u32::from(after_consonant),
        "'m" => 0,
        _ => 1,
    };
    Some((base, more))
}

/// Whether 's makes a syllable; the twin of `possessive` in build_dictionary.py.
fn sibilant(base: &str) -> bool {
    const ENDS: [&str; 11] = ["s", "x", "z", "ch", "sh", "ce", "ge", "se", "ze", "che", "she"];
    ENDS.iter().any(|e| base.ends_with(e))
}

/// The count by the patterns alone; the case of the letters does not matter.
fn letters_by_rule(word: &str) -> u32 {
    match patterns::syllables(word) {
        0 if word.contains(['a', 'e', 'i', 'o', 'u', 'y', 'A', 'E', 'I', 'O', 'U', 'Y']) => 1,
        0 => without_vowels(&word.to_ascii_lowercase()),
        n => n,
    }
}

/// "hmm", "brrr", "psst" and "tsk" are one breath; what else has no vowel is spelled ("hsbc").
fn without_vowels(word: &str) -> u32 {
    const BREATHS: [&str; 9] = ["hm", "mm", "sh", "pst", "tsk", "pfft", "ng", "nth", "th"];
    let b = word.as_bytes();
    let doubled = b.len() > 2 && b[b.len() - 1] == b[b.len() - 2];
    if doubled || BREATHS.contains(&word) || b.contains(&b'\'') {
        return 1;
    }
    acronyms::spelled(word).max(1)
}

/// The length of the base if `word` is an acronym by its case: all capitals ("TTP"), or capitals
/// with a plural or possessive ending ("TTPs", "TTP's", "TTPs'").
fn shouted(word: &str, capitals: usize) -> Option<usize> {
    if matches!(word, "A" | "I")
        || capitals == 0
        || !word.as_bytes()[..capitals].iter().all(u8::is_ascii_uppercase)
    {
        // "A" and "I" are words; "O'BRIEN" and "DON'T" are words in capitals, not letters to spell.
        return None;
    }
    match &word[capitals..] {
        "" | "'" | "'s" => Some(capitals),
        "s" | "s'" if capitals > 1 => Some(capitals),
        _ => None,
    }
}

/// Lower- and upper-case letters without accents; other scripts stay as they are.
pub(super) fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return word.into();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.nfkd() {
        match c {
            '’' | '‘' | 'ʼ' | '＇' | '`' => out.push('\''),
            'æ' => out.push_str("ae"),
            'Æ' => out.push_str("AE"),
            'œ' => out.push_str("oe"),
            'Œ' => out.push_str("OE"),
            'ß' => out.push_str("ss"),
            'þ' => out.push_str("th"),
            'Þ' => out.push_str("Th"),
            'ø' => out.push('o'),
            'Ø' => out.push('O'),
            'ð' | 'đ' => out.push('d'),
            'Ð' | 'Đ' => out.push('D'),
            'ł' => out.push('l'),
            'Ł' => out.push('L'),
            'ı' => out.push('i'),
            'ħ' => out.push('h'),
            _ if c.is_ascii() || c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
    out.into()
}

fn ends_in_spoken_e(word: &str) -> bool {
    if word.is_ascii() {
        return false;
    }
    let last: String = word.trim_end_matches(['s', 'S']).nfc().collect();
    last.ends_with(['é', 'è', 'ë', 'ê'])
}

/// Whether the patterns give the word's final e (before a plural s) a syllable already.
fn by_rule_carries_last(lower: &str) -> bool {
    let base = lower.trim_end_matches('s').trim_end_matches('e');
    letters_by_rule(lower) > letters_by_rule(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contractions_follow_the_dictionary() {
        // Every possessive that the packed table left out comes back by rule.
        for (w, expected) in [
            ("government's", 3),
            ("boss's", 2),
            ("church's", 2),
            ("dogs'", 1),
            ("pakistan's", 3),
            ("taliban's", 3),
            ("company'll", 4),
            ("that'd", 2),
        ] {
            assert_eq!(word(w, false, Lexicon::Open), Syllables::new(expected, How::Dictionary), "{w}");
        }
    }

    #[test]
    fn plain_words_are_counted_like_others() {
        let table = dictionary::Table::get();
        let more =
            ["x", "A", "I", "II", "xix", "XIX", "isaf", "nwfp", "hmm", "tsk", "ttps", "w", "qqqqqqqqqqqqqqq"];
        let words = dictionary::words().map(|(word, _)| word).step_by(5).chain(more.map(str::to_owned));
        for lower in words.flat_map(|word| [format!("{word}q"), word]) {
            let capitalised = lower[..1].to_ascii_uppercase() + &lower[1..];
            let mixed = lower.to_ascii_uppercase().replacen('E', "e", 1);
            for form in [&lower, &capitalised, &lower.to_ascii_uppercase(), &mixed] {
                let expected = word(form, false, Lexicon::Open);
                if let Some(counted) = plain(form, Lexicon::Open) {
                    assert_eq!(counted, expected, "{form}");
                }
                if let Some(counted) =
                    Letters::of(form).and_then(|letters| plain_letters(form, &letters, &table))
                {
                    assert_eq!(counted, expected, "{form}");
                    assert!(plain(form, Lexicon::Open).is_some(), "{form}");
                }
            }
        }
    }

    #[test]
    fn accents_fold_and_a_final_e_is_heard() {
        for (w, expected) in
            [("café", 2), ("Café", 2), ("Dembélé", 3), ("naïve", 2), ("Müller", 2), ("Zażółć", 2), ("Ærø", 2)]
        {
            assert_eq!(word(w, false, Lexicon::Open).count, expected, "{w}");
        }
    }
}
