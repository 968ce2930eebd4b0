//! An alias as words and the gaps between them. Words are compared folded (case, apostrophes,
//! composition), gaps by what a reader takes as the same: any run of white space is a space, any
//! hyphen is a hyphen. The gap is part of the name: "Friday. The" is not "Friday The".

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

use crate::text::{fold, words};

/// An alias taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// What stands before the first word, such as `#` or `@`.
    pub prefix: String,
    /// The folded words.
    pub words: Vec<String>,
    /// What stands between them.
    pub gaps: Vec<String>,
    /// What stands after the last word, such as `)` or `!`.
    pub suffix: String,
}

impl Pattern {
    /// The pattern of `alias`; `None` if it holds no word.
    pub fn new(alias: &str) -> Option<Self> {
        let alias = alias.trim();
        let mut spans: Vec<Range<usize>> = Vec::new();
        words::for_each_word(alias, |start, end| spans.push(start..end));
        let (first, last) = (spans.first()?, spans.last()?);
        let gaps = spans.windows(2).map(|w| gap(&alias[w[0].end..w[1].start]).unwrap_or_default());
        Some(Self {
            prefix: surface(&alias[..first.start]),
            words: spans.iter().map(|s| word(&alias[s.clone()])).collect(),
            gaps: gaps.collect(),
            suffix: surface(&alias[last.end..]),
        })
    }
}

/// A word as patterns compare it: lower case, one apostrophe, composed.
pub fn word(form: &str) -> String {
    if form.is_ascii() {
        return form.to_ascii_lowercase();
    }
    fold::apostrophes(form).to_lowercase().nfc().collect()
}

/// A gap as patterns compare it; `None` across a paragraph break, which no name crosses.
pub fn gap(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut breaks = 0;
    for c in text.chars() {
        if c.is_whitespace() {
            breaks += usize::from(c == '\n');
            if breaks > 1 {
                return None;
            }
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            breaks = 0;
            out.push(spelled(c));
        }
    }
    Some(out)
}

/// A stretch of text as written but for apostrophes, hyphens, white space and composition: what
/// `exact` compares.
pub fn surface(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        if !c.is_whitespace() {
            out.push(spelled(c));
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

fn spelled(c: char) -> char {
    if fold::is_apostrophe(c) {
        '\''
    } else if fold::is_hyphen(c) {
        '-'
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_keep_gaps_and_edges() {
        let p = Pattern::new("Muslim  League (Nawaz)").unwrap();
        assert_eq!(p.words, ["muslim", "league", "nawaz"]);
        assert_eq!(p.gaps, [" ", " ("]);
        assert_eq!((p.prefix.as_str(), p.suffix.as_str()), ("", ")"));
        assert_eq!(Pattern::new("Tehrik\u{2011}i-Taliban").unwrap().gaps, ["-", "-"]);
        assert_eq!(Pattern::new("--- !"), None);
        assert_eq!(Pattern::new(""), None);
        assert_eq!(Pattern::new("Yahoo!").unwrap().suffix, "!");
    }

    #[test]
    fn a_paragraph_break_is_no_gap() {
        assert_eq!(gap(" \n ").as_deref(), Some(" "));
        assert_eq!(gap("\n\n"), None);
        assert_eq!(gap(". ").as_deref(), Some(". "));
    }
}
