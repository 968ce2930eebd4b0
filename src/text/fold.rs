//! One spelling for what readers take as one word: apostrophes, hyphens, possessives, case.

use std::borrow::Cow;

/// The characters that people type for an apostrophe; all become `'`.
pub const APOSTROPHES: [char; 6] = ['\'', '\u{2019}', '\u{2018}', '\u{201B}', '\u{02BC}', '\u{FF07}'];

/// The quotation marks that are `"` where names are compared.
const QUOTES: [char; 5] = ['\u{201C}', '\u{201D}', '\u{201E}', '\u{201F}', '\u{FF02}'];

/// Whether it is a curly `"`.
pub fn is_quote(c: char) -> bool {
    QUOTES.contains(&c)
}

/// Whether it is one of [`APOSTROPHES`].
pub fn is_apostrophe(c: char) -> bool {
    APOSTROPHES.contains(&c)
}

/// The characters that join the parts of a compound; all become `-` where names are compared.
/// The dashes that separate clauses (U+2014, U+2015) are not among them.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{FE63}' | '\u{FF0D}')
}

/// The text with every apostrophe as `'`; borrowed where it already is.
pub fn apostrophes(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(|c| c != '\'' && is_apostrophe(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_apostrophe(c) { '\'' } else { c }).collect())
}

/// Appends `c` as it is compared where case does not matter: full Unicode case folding, by which ß is ss and
/// ς is σ, in no particular language. (The letters of Cherokee fold to small ones; what is equal is the same.)
pub fn push_caseless(c: char, out: &mut String) {
    match c {
        // Its capital is that of i.
        '\u{131}' => out.push(c),
        // Is its own capital.
        '\u{1E9E}' => out.push_str("ss"),
        _ => c.to_uppercase().for_each(|upper| out.extend(upper.to_lowercase())),
    }
}

/// The text as it is compared where case does not matter.
pub fn caseless(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_caseless(c, &mut out));
    out
}

/// The length in bytes of `word` without a possessive `'s` (any apostrophe, any case), or all of it.
/// A word that is nothing but the ending stays whole.
pub fn possessive_stem(word: &str) -> usize {
    let mut chars = word.char_indices().rev();
    match (chars.next(), chars.next()) {
        (Some((_, 's' | 'S')), Some((at, c))) if at > 0 && is_apostrophe(c) => at,
        _ => word.len(),
    }
}

/// Whether what stands between two words joins them to one compound: exactly one hyphen.
pub fn joins_compound(gap: &str) -> bool {
    // The common gap is one space; answer it without decoding.
    match gap.as_bytes() {
        [byte] => *byte == b'-',
        [] => false,
        _ => {
            let mut chars = gap.chars();
            matches!((chars.next(), chars.next()), (Some(c @ ('\u{2010}' | '\u{2011}')), None) if is_hyphen(c))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn possessives() {
        let stem = |w: &'static str| &w[..possessive_stem(w)];
        assert_eq!(stem("Pakistan's"), "Pakistan");
        assert_eq!(stem("Pakistan\u{2019}s"), "Pakistan");
        assert_eq!(stem("PAKISTAN'S"), "PAKISTAN");
        assert_eq!(stem("boss"), "boss");
        assert_eq!(stem("'s"), "'s");
        assert_eq!(stem("O'Brien"), "O'Brien");
        assert_eq!(stem(""), "");
    }

    #[test]
    fn compounds() {
        assert!(joins_compound("-") && joins_compound("\u{2010}") && joins_compound("\u{2011}"));
        for gap in ["", " ", "--", "\u{2014}", "\u{2013}", "- ", " -"] {
            assert!(!joins_compound(gap), "{gap:?}");
        }
    }

    #[test]
    fn case_does_not_matter() {
        let same = [
            ("Straße", "STRASSE"),
            ("STRAẞE", "strasse"),
            ("ΟΔΟΣ", "οδος"),
            ("οδοσ", "οδος"),
            ("ﬁre", "FIRE"),
            ("ŉ", "ʼN"),
            ("ꭰ", "Ꭰ"),
        ];
        same.iter().for_each(|(a, b)| assert_eq!(caseless(a), caseless(b)));
        assert_ne!(caseless("ı"), caseless("i"));
        assert_ne!(caseless("İ"), caseless("i"));
        // What was folded stays.
        let all = ('\u{80}'..=char::MAX).map(|c| caseless(&c.to_string()));
        all.for_each(|folded| assert_eq!(caseless(&folded), folded));
    }

    #[test]
    fn apostrophes_become_one() {
        assert_eq!(apostrophes("don\u{2019}t \u{02BC}"), "don't '");
        assert!(matches!(apostrophes("plain"), Cow::Borrowed(_)));
    }
}
