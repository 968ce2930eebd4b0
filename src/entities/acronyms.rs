//! Acronyms and what they stand for, in both orders: "polymerase chain reaction (PCR)" and "IMF
//! (International Monetary Fund)".
//!
//! The base is Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation
//! definitions in biomedical text": brackets give the candidates, the letters of the short form must
//! occur in order in the words before the bracket, the first one at the start of a word. They take
//! the first match from the right; here every start is scored, so that a letter is matched with
//! the start of a word wherever it can be and the long form is the best aligned one, the shortest of
//! equals.

mod align;
mod words;

use std::ops::Range;

use crate::text::fold;
use words::Word;

/// How a pair is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Order {
    /// "International Monetary Fund (IMF)".
    LongFirst,
    /// "IMF (International Monetary Fund)".
    ShortFirst,
}

/// A short form and its long form, in bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acronym {
    /// The short form, without brackets and quotes.
    pub short: Range<usize>,
    /// The long form, without a possessive ending and quotes.
    pub long: Range<usize>,
    /// How the two are written.
    pub order: Order,
}

/// A bracket longer than this holds no definition.
const LONGEST_BRACKET: usize = 300;

/// The pairs that `text` defines, in the order of their brackets. Work is linear in the text: each
/// bracket looks at a bounded number of bytes around it.
pub fn acronyms(text: &str) -> Vec<Acronym> {
    let bytes = text.as_bytes();
    let mut found: Vec<Acronym> = Vec::new();
    for open in memchr::memchr2_iter(b'(', b'[', bytes) {
        // `[Ca2+]` in "calcium ([Ca2+]i)" is part of what stands in the outer one.
        if open > 0 && bytes[open] == b'[' && bytes[open - 1] == b'(' {
            continue;
        }
        let Some(inner) = bracket(bytes, open) else { continue };
        let defined = found.last().map_or(0, |pair| pair.short.end.max(pair.long.end));
        if let Some(pair) = short_in_bracket(text, open, inner.clone(), defined)
            .or_else(|| long_in_bracket(text, open, inner))
        {
            found.push(pair);
        }
    }
    found
}

/// What stands in the bracket that opens at `open`.
fn bracket(bytes: &[u8], open: usize) -> Option<Range<usize>> {
    let (opening, closing) = if bytes[open] == b'(' { (b'(', b')') } else { (b'[', b']') };
    let limit = bytes.len().min(open + 1 + LONGEST_BRACKET);
    let mut depth = 0;
    for (i, &b) in bytes[open + 1..limit].iter().enumerate() {
        if b == opening {
            depth += 1;
        } else if b == closing {
            if depth == 0 {
                return (i > 0).then_some(open + 1..open + 1 + i);
            }
            depth -= 1;
        } else if b == b'\n' && bytes.get(open + 2 + i) == Some(&b'\n') {
            return None;
        }
    }
    None
}

/// "long form (SF)": the parts of the bracket that look like a short form, against the words before.
fn short_in_bracket(text: &str, open: usize, inner: Range<usize>, defined: usize) -> Option<Acronym> {
    // The widest window any short form can ask for, read once.
    let mut before: Option<Vec<Word>> = None;
    for short in short_candidates(text, inner.clone()) {
        let before = before.get_or_insert_with(|| words::before(text, open));
        // "(tumour necrosis factor, TNF)": all that stands before it in the bracket.
        let own = words::within(text, inner.start..short.start);
        let long = long_before(text, &short, before)
            .or_else(|| long_before(text, &short, &own).filter(|long| long.start == own[0].start))
            .or_else(|| long_around_bracket(text, &short, before, defined));
        if let Some(long) = long {
            return Some(Acronym { short, long, order: Order::LongFirst });
        }
    }
    None
}

/// The long form of `short` that ends with the last of `words`.
fn long_before(text: &str, short: &Range<usize>, words: &[Word]) -> Option<Range<usize>> {
    let letters = align::letters(&text[short.clone()]);
    let start = align::best_start(text, &letters, words)
        .or_else(|| align::start_without_figures(text, &letters, words))
        .or_else(|| align::start_of_hydroxy(text, &letters, words))
        .or_else(|| align::start_with_greek(text, &letters, words))?;
    // "delta 9-tetrahydrocannabinol"
    let word = |i: usize| &text[words[i].start..words[i].end];
    let locant = start > 0 && word(start).starts_with(char::is_numeric) && align::is_greek(word(start - 1));
    let start = start - usize::from(locant);
    let long = opened(text, words::trim(text, words[start].start..words[words.len() - 1].end));
    plausible(&text[short.clone()], &text[long.clone()]).then_some(long)
}

/// "insulin-dependent (type I) diabetes mellitus (IDDM)": a long form with a remark in its midst, which defines
/// nothing itself (`defined` is where the last definition ends) and has no letter of the short form.
fn long_around_bracket(
    text: &str,
    short: &Range<usize>,
    words: &[Word],
    defined: usize,
) -> Option<Range<usize>> {
    let close = text[..words.first()?.start].trim_end().strip_suffix(')')?.len();
    let near = text.as_bytes()[..close].iter().rev().take(30).position(|&b| b == b'(')?;
    let open = Some(close - 1 - near).filter(|&open| open > defined)?;
    let mut around = words::before(text, open);
    let head = around.len();
    around.extend(words);
    let letters = align::letters(&text[short.clone()]);
    let start = align::best_start(text, &letters, &around).filter(|&start| start < head)?;
    let long = around[start].start..words[words.len() - 1].end;
    (around.len() - start <= letters.len() && plausible(&text[short.clone()], &text[long.clone()]))
        .then_some(long)
}

/// A long form without a bracket that closes after it: "(vestibulo-ocular reflex (VOR))".
fn opened(text: &str, long: Range<usize>) -> Range<usize> {
    let bytes = &text.as_bytes()[long.clone()];
    let stray = match bytes.first() {
        Some(b'(') => !bytes.contains(&b')'),
        Some(b'[') => !bytes.contains(&b']'),
        _ => false,
    };
    long.start + usize::from(stray)..long.end
}

/// "SF (long form)": the word before the bracket against all of the bracket, up to a comma or
/// semicolon.
fn long_in_bracket(text: &str, open: usize, inner: Range<usize>) -> Option<Acronym> {
    let before = text[..open].trim_end();
    let start =
        before.rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '\u{2014}' | '"' | '\u{201C}'));
    let start = start.map_or(0, |i| i + before[i..].chars().next().map_or(0, char::len_utf8));
    let short = words::trim(text, start..before.len());
    if !is_short_form(&text[short.clone()]) || !text[short.clone()].chars().any(char::is_uppercase) {
        return None;
    }
    let letters = align::letters(&text[short.clone()]);
    let stretch = text[inner.clone()].find([';', ',']).map_or(inner.end, |i| inner.start + i);
    for end in [inner.end, stretch] {
        let all = words::within(text, inner.start..end);
        // A single word must be one that the short form is short for: "ACh (acetylcholine)".
        let one = all.len() == 1
            && text[short.clone()].chars().filter(|c| c.is_uppercase()).count() > 1
            && is_term(&text[all[0].start..all[0].end])
            && all[0].end - all[0].start >= 3 * letters.len();
        if all.len() < 2 && !one || all.len() > letters.len() + 6 {
            continue;
        }
        // The long form is all that stands there, so only its own start is tried, "or", "the" apart (but "Called to
        // Account" begins as written), and behind figures that the short form leaves out.
        let word = |w: &Word| &text[w.start..w.end];
        let lead = all.iter().take_while(|w| words::is_lead_in(word(w))).count();
        let capital = word(&all[0]).starts_with(char::is_uppercase);
        for from in if lead > 0 && capital { vec![lead, 0] } else { vec![lead] } {
            let figures = all[from..].iter().take_while(|w| !word(w).contains(char::is_alphabetic)).count();
            let fits = |start: usize| start < all.len() && align::fits(text, &letters, &all[start..]);
            if !(fits(from) || figures > 0 && fits(from + figures)) {
                continue;
            }
            let long = words::trim(text, all[from].start..all[all.len() - 1].end);
            if plausible(&text[short.clone()], &text[long.clone()]) {
                return Some(Acronym { short, long, order: Order::ShortFirst });
            }
        }
    }
    None
}

/// Whether a word in brackets is a term: "acetylcholine", "N-methyl-D-aspartate".
fn is_term(word: &str) -> bool {
    let compound =
        || word.split('-').any(|part| part.chars().count() > 3 && part.starts_with(char::is_lowercase));
    word.starts_with(char::is_lowercase) || compound()
}

/// The parts of a bracket that could be a short form: "(PCR)", "(PCR, ...)", "(PCR; ...)",
/// "(or PCR)", "(the so-called "PCR")".
fn short_candidates(text: &str, inner: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = inner.start;
    for part in text[inner.clone()].split([';', ',', ':', '=']) {
        let end = start + part.len();
        // "(TNF or cachectin)"
        let either = text[start..end].find(" or ").filter(|&i| i > 1).map_or(end, |i| start + i);
        let mut piece = words::trim(text, start..either);
        while let Some((head, _)) = text[piece.clone()].split_once(char::is_whitespace)
            && words::is_lead_in(head)
            && head != "A"
        {
            piece = words::trim(text, piece.start + head.len()..piece.end);
        }
        if is_short_form(&text[piece.clone()]) {
            out.push(piece);
        }
        start = end + 1;
        if out.len() == 3 {
            break;
        }
    }
    out
}

/// Whether `text` could be a short form: a word or two of at most twelve characters that start with
/// a letter or digit and hold a letter.
fn is_short_form(text: &str) -> bool {
    let chars = text.chars().count();
    let spaces = text.chars().filter(|c| c.is_whitespace()).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (2..=12).contains(&chars)
        && spaces <= 1
        && letters > 0
        && text.chars().next().is_some_and(char::is_alphanumeric)
        && !text.contains(['\n', '%', '\u{b1}', '<', '>'])
        && !is_contraction(text)
        && !words::is_never_short(text)
}

/// "[I'm]", "(they'll)".
fn is_contraction(text: &str) -> bool {
    let rest = text.find(fold::is_apostrophe).map_or("", |i| &text[i..]);
    let end = rest.trim_start_matches(fold::is_apostrophe);
    rest.len() < text.len() && matches!(end, "m" | "ll" | "re" | "ve" | "d" | "t")
}

/// Rejects pairs that align by accident.
fn plausible(short: &str, long: &str) -> bool {
    let letters = short.chars().filter(|c| c.is_alphanumeric()).count();
    let upper = short.chars().filter(|c| c.is_uppercase()).count();
    let words = long.split([' ', '-', '\n']).filter(|w| !w.is_empty()).count();
    let long_letters = long.chars().filter(|c| c.is_alphanumeric()).count();
    // A short form within its long form is a repetition ("Smith (Smith)"), not a definition.
    let repeated = long
        .split(|c: char| c.is_whitespace())
        .any(|w| w.trim_matches(|c: char| !c.is_alphanumeric()) == short);
    let digits = short.chars().any(|c| c.is_ascii_digit());
    // "SEC" begins "Securities", but "Austr" is no short form of "Australian". "Met", "L-Arg" are some of
    // "methionine", "L-arginine", "Lan" of the gene "Lantern" and "temp" of "temperature".
    let code = words == 1 && if upper == 0 { (3..=4).contains(&letters) } else { letters <= 3 };
    let begins = upper < letters
        && !code
        && long.to_lowercase().starts_with(&short.to_lowercase())
        && (upper == 0 || long.starts_with(char::is_uppercase) && !long.contains('-'));
    // "Australia (Australian dollar sector)", "overall (see the figure)": words, no short forms.
    // "T. brucei" is one.
    let word = !digits && letters > 5 && upper <= 1 && !short.contains(". ");
    let lower = upper == 0 && (letters > 5 || !digits && words < 2 && letters > 4);
    !(repeated || begins || word || lower) && long_letters > letters
}
