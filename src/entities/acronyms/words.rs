//! The words around a bracket, with what a definition leaves out.

use std::ops::Range;

use crate::text::fold;

/// A word of a long form: a stretch without white space, trimmed of quotes and marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The most words of a long form.
const MOST_WORDS: usize = 16;

/// The most bytes looked at before a bracket.
const MOST_BYTES: usize = 400;

/// The words before `open`, in order, up to the start of their sentence or clause.
pub(super) fn before(text: &str, open: usize) -> Vec<Word> {
    let mut from = open.saturating_sub(MOST_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut out = Vec::new();
    let mut end = text[..open].trim_end().len();
    while end > from && out.len() < MOST_WORDS {
        let start = text[from..end]
            .rfind(char::is_whitespace)
            .map_or(from, |i| from + i + text[from + i..].chars().next().map_or(1, char::len_utf8));
        let piece = &text[start..end];
        if piece.starts_with(['<', '|']) {
            break;
        }
        // A mark that ends a clause bounds the long form, unless it stands right before the bracket.
        if !out.is_empty() && ends_clause(piece) {
            break;
        }
        let word = trim(text, start..end);
        if !word.is_empty() {
            out.extend(after_dash(text, word));
            // A dash ends the clause; what follows it is already there.
            if piece.contains(['\u{2014}', '\u{2015}']) {
                break;
            }
        }
        if start <= from {
            break;
        }
        let gap = text[from..start].trim_end();
        if text[from + gap.len()..start].matches('\n').count() > 1 {
            break;
        }
        end = from + gap.len();
    }
    out.reverse();
    out
}

/// The words of `range`.
pub(super) fn within(text: &str, range: Range<usize>) -> Vec<Word> {
    let mut out = Vec::new();
    let mut start = range.start;
    for piece in text[range].split(char::is_whitespace) {
        let word = trim(text, start..start + piece.len());
        if !word.is_empty() {
            out.push(Word { start: word.start, end: word.end });
        }
        start += piece.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
    }
    out
}

/// A dash between clauses glues words together: "leadership—including Munir".
fn after_dash(text: &str, word: Range<usize>) -> Option<Word> {
    let dash = text[word.clone()].rfind(['\u{2014}', '\u{2015}']);
    let start = dash.map_or(word.start, |i| word.start + i + '\u{2014}'.len_utf8());
    (start < word.end).then_some(Word { start, end: word.end })
}

/// Whether a clause or sentence ends with `piece`, which stands before white space.
fn ends_clause(piece: &str) -> bool {
    let bare = piece.trim_end_matches(['"', '\'', '\u{201D}', '\u{2019}']);
    match bare.chars().next_back() {
        Some('!' | '?' | ';' | ':') => true,
        // "poly(ADP-ribose)" is one word.
        Some(')') => piece.find('(').is_none_or(|i| i == 0),
        Some(']') => piece.find('[').is_none_or(|i| i == 0),
        // "U.S.", "St.", "i.e.": a stop after a short word or one with inner stops ends nothing.
        Some('.') => {
            let stem = &bare[..bare.len() - 1];
            stem.chars().count() > 3 && !stem.contains('.')
        }
        _ => false,
    }
}

/// `range` without white space, quotes, commas and stops at its ends, and without a possessive ending.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let noise = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '\u{201C}'
                    | '\u{201D}'
                    | '\u{201E}'
                    | '\u{AB}'
                    | '\u{BB}'
                    | ','
                    | ';'
                    | ':'
                    | '*'
                    | '_'
                    | '`'
            )
            || fold::is_apostrophe(c)
    };
    let piece = &text[range.clone()];
    let left = piece.len() - piece.trim_start_matches(noise).len();
    let mut right = piece.trim_end_matches(noise).len();
    if right > left && piece[..right].ends_with('.') && !piece[left..right - 1].contains('.') {
        right -= 1;
    }
    if right <= left {
        return range.start..range.start;
    }
    let stem = fold::possessive_stem(&piece[left..right]);
    let bare = piece[left..left + stem].trim_end_matches(noise).len();
    range.start + left..range.start + left + bare
}

/// Words that introduce a short or long form without being part of it.
pub(super) fn is_lead_in(word: &str) -> bool {
    matches!(
        word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str(),
        "or" | "the"
            | "a"
            | "an"
            | "i.e"
            | "ie"
            | "eg"
            | "e.g"
            | "also"
            | "called"
            | "so-called"
            | "abbreviated"
            | "as"
            | "hereafter"
            | "hereinafter"
            | "henceforth"
            | "formerly"
            | "now"
            | "known"
            | "termed"
            | "named"
            | "designated"
            | "denoted"
            | "here"
            | "referred"
            | "to"
            | "short"
            | "for"
            | "acronym"
            | "abbreviation"
            | "and"
            | "in"
            | "by"
    )
}

/// What is written in brackets often and abbreviates nothing near it.
pub(super) fn is_never_short(text: &str) -> bool {
    let lower = text.trim_end_matches('.').to_lowercase();
    if matches!(
        lower.as_str(),
        "see"
            | "left"
            | "right"
            | "top"
            | "bottom"
            | "above"
            | "below"
            | "ie"
            | "i.e"
            | "eg"
            | "e.g"
            | "figure"
            | "table"
            | "yes"
            | "no"
            | "and"
            | "or"
            | "not"
            | "sic"
            | "aged"
            | "both"
            | "none"
            | "part"
            | "who"
            | "which"
            | "that"
            | "in"
            | "on"
            | "of"
            | "at"
            | "by"
            | "to"
            | "as"
            | "it"
            | "he"
            | "she"
            | "we"
            | "us"
            | "for"
            | "the"
            | "all"
    ) {
        // In capitals these are names: "World Health Organization (WHO)".
        return !(text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
            && text.chars().count() > 1);
    }
    let first = lower.split_whitespace().next().unwrap_or("");
    // "A beta" is one.
    lower.contains(' ')
        && !text.starts_with("A ")
        && (first.chars().all(|c| c.is_ascii_digit())
            || matches!(
                first,
                "fig"
                    | "table"
                    | "see"
                    | "the"
                    | "a"
                    | "an"
                    | "in"
                    | "n"
                    | "p"
                    | "ref"
                    | "no"
                    | "mean"
                    | "from"
                    | "at"
                    | "by"
                    | "and"
            ))
}

/// Words of a long form that a short form may leave out at no cost.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "of" | "the"
            | "and"
            | "for"
            | "in"
            | "on"
            | "to"
            | "a"
            | "an"
            | "by"
            | "with"
            | "from"
            | "at"
            | "or"
            | "as"
            | "de"
            | "del"
            | "la"
            | "le"
            | "les"
            | "des"
            | "du"
            | "et"
            | "i"
            | "e"
            | "y"
            | "und"
            | "der"
            | "die"
            | "das"
            | "von"
            | "van"
            | "di"
            | "da"
            | "do"
            | "dos"
            | "al"
            | "el"
            | "ul"
            | "&"
            | "its"
            | "into"
            | "per"
            | "using"
            | "through"
    )
}
