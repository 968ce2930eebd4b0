//! An alias as words and the gaps between them. Words are compared folded (case, apostrophes,
//! composition), gaps by what a reader takes as the same: any run of white space is a space, any
//! hyphen is a hyphen, any curly quotation mark a straight one. The gap is part of the name: "Friday. The" is not "Friday The".

use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

use crate::text::{fold, words};

/// An alias taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pattern {
    /// What stands before the first word, such as `#` or `@`.
    pub prefix: String,
    /// The folded words.
    pub words: Vec<String>,
    /// What stands between them.
    pub gaps: Vec<String>,
    /// What stands after the last word, such as `)` or `!`.
    pub suffix: String,
    /// Where the words stand in the alias.
    spans: Vec<Range<usize>>,
}

impl Pattern {
    /// The pattern of `alias`; `None` if it holds no word.
    pub fn new(alias: &str) -> Option<Self> {
        let mut out = Self::default();
        out.read(alias).then_some(out)
    }

    /// Becomes the pattern of `alias`; `false` if that holds no word. Keeps its memory, which matters
    /// where there are a million names.
    pub(super) fn read(&mut self, alias: &str) -> bool {
        let alias = alias.trim();
        self.spans.clear();
        words::for_each_word(alias, |start, end| self.spans.push(start..end));
        let (Some(first), Some(last)) = (self.spans.first(), self.spans.last()) else { return false };
        set(&mut self.prefix, &alias[..first.start]);
        set(&mut self.suffix, &alias[last.end..]);
        self.words.resize_with(self.spans.len(), String::new);
        self.gaps.resize_with(self.spans.len() - 1, String::new);
        for (span, out) in self.spans.iter().zip(&mut self.words) {
            fold_into(&alias[span.clone()], out);
        }
        for (two, out) in self.spans.windows(2).zip(&mut self.gaps) {
            let between = &alias[two[0].end..two[1].start];
            if between == " " {
                out.clear();
                out.push(' ');
            } else {
                *out = gap(between).unwrap_or_default();
            }
        }
        true
    }

    /// Word `i` as it stands in `alias`, which was read last.
    pub(super) fn written<'a>(&self, alias: &'a str, i: usize) -> &'a str {
        &alias.trim()[self.spans[i].clone()]
    }
}

impl Pattern {
    /// Whether the two find the same texts.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        let parts = |p: &Self| (p.prefix.clone(), p.words.clone(), p.gaps.clone(), p.suffix.clone());
        parts(self) == parts(other)
    }
}

fn set(out: &mut String, text: &str) {
    out.clear();
    if !text.is_empty() {
        out.push_str(&surface(text));
    }
}

/// A word as patterns compare it: in no case, one apostrophe, composed.
pub fn word(form: &str) -> String {
    let mut out = String::new();
    fold_into(form, &mut out);
    out
}

/// [`word`], written over `out`.
pub(super) fn fold_into(form: &str, out: &mut String) {
    out.clear();
    if form.is_ascii() {
        out.push_str(form);
        out.make_ascii_lowercase();
    } else {
        out.extend(fold::apostrophes(&fold::caseless(form)).nfc());
    }
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
pub fn surface(text: &str) -> Cow<'_, str> {
    let spaced = |two: &[u8]| two == b"  ";
    if text.bytes().all(|b| (b' '..0x7f).contains(&b)) && !text.as_bytes().windows(2).any(spaced) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        for c in text.chars() {
            if !c.is_ascii_whitespace() && c != '\u{b}' {
                out.push(c);
            } else if !out.ends_with(' ') {
                out.push(' ');
            }
        }
        return Cow::Owned(out);
    }
    for c in text.nfc() {
        if !c.is_whitespace() {
            out.push(spelled(c));
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    Cow::Owned(out)
}

/// Whether `found` is `surface`, what [`surface()`] gives of an alias, but for case.
#[cold]
pub(super) fn is_same(surface: &str, found: &str) -> bool {
    word(surface) == word(&self::surface(found))
}

fn spelled(c: char) -> char {
    if fold::is_apostrophe(c) {
        '\''
    } else if fold::is_hyphen(c) {
        '-'
    } else if fold::is_quote(c) {
        '"'
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
