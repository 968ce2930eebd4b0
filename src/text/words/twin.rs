//! The word rules of UAX #29 written down one by one, to check the fast paths with: obviously
//! right and slow.

use super::properties::{ALPHANUMERIC, Class, class, property};

/// The boundaries of `text`: byte positions, the first 0 and the last its length.
pub fn boundaries(text: &str) -> Vec<usize> {
    let chars: Vec<u8> = text.chars().map(|c| class(property(c))).collect();
    let mut found: Vec<usize> = text
        .char_indices()
        .enumerate()
        .filter(|&(i, _)| is_boundary(&chars, i))
        .map(|(_, (byte, _))| byte)
        .collect();
    if !text.is_empty() {
        found.push(text.len());
    }
    found
}

/// The segments of `text` that hold an alphanumeric character: start and end byte.
pub fn words(text: &str) -> Vec<(usize, usize)> {
    boundaries(text)
        .windows(2)
        .map(|w| (w[0], w[1]))
        .filter(|&(start, end)| text[start..end].chars().any(|c| property(c) & ALPHANUMERIC != 0))
        .collect()
}

const LETTERS: &[Class] = &[Class::ALetter, Class::ALetterPict, Class::Hebrew];
const MID_NUM_LET_Q: &[Class] = &[Class::MidNumLet, Class::MidNumLetStop, Class::SingleQuote];
const LINE_ENDS: &[Class] = &[Class::Newline, Class::Cr, Class::Lf];
const INVISIBLE: &[Class] = &[Class::Extend, Class::Format, Class::Zwj];

fn is_in(class: u8, set: &[Class]) -> bool {
    set.iter().any(|&c| c as u8 == class)
}

fn is_mid_letter(class: u8) -> bool {
    class == Class::MidLetter as u8 || is_in(class, MID_NUM_LET_Q)
}

fn is_mid_number(class: u8) -> bool {
    is_in(class, &[Class::MidNum, Class::MidNumStop]) || is_in(class, MID_NUM_LET_Q)
}

/// Whether there is a boundary before character `i`.
fn is_boundary(chars: &[u8], i: usize) -> bool {
    // WB1
    if i == 0 {
        return true;
    }
    let (before, after) = (chars[i - 1], chars[i]);
    // WB3, WB3a, WB3b
    if before == Class::Cr as u8 && after == Class::Lf as u8 {
        return false;
    }
    if is_in(before, LINE_ENDS) || is_in(after, LINE_ENDS) {
        return true;
    }
    // WB3c
    if before == Class::Zwj as u8 && is_in(after, &[Class::Pict, Class::PictStop, Class::ALetterPict]) {
        return false;
    }
    // WB3d
    if before == Class::WSegSpace as u8 && after == Class::WSegSpace as u8 {
        return false;
    }
    // WB4: Extend, Format and the joiner belong to what is before them ...
    if is_in(after, INVISIBLE) {
        return false;
    }
    // ... and the rules below do not see them. At the start of a text or line they are seen.
    let visible = |j: usize| {
        !is_in(chars[j], INVISIBLE)
            || j == 0
            || (is_in(chars[j - 1], LINE_ENDS) && is_in(chars[j], INVISIBLE))
    };
    let mut left = (0..i).rev().filter(|&j| visible(j)).map(|j| chars[j]);
    let a = left.next().unwrap_or(0);
    let a_before = left.next().unwrap_or(0);
    let b = after;
    let b_after = chars[i + 1..].iter().copied().find(|&c| !is_in(c, INVISIBLE)).unwrap_or(0);
    let letter = |c: u8| is_in(c, LETTERS);
    let (hebrew, numeric, katakana, connector) = (
        |c: u8| c == Class::Hebrew as u8,
        |c: u8| c == Class::Numeric as u8,
        |c: u8| c == Class::Katakana as u8,
        |c: u8| c == Class::ExtendNumLet as u8,
    );
    let double_quote = |c: u8| c == Class::DoubleQuote as u8;
    let flags = (0..i)
        .rev()
        .filter(|&j| visible(j))
        .take_while(|&j| chars[j] == Class::RegionalIndicator as u8)
        .count();
    let joined = [
        ("WB5", letter(a) && letter(b)),
        ("WB6", letter(a) && is_mid_letter(b) && letter(b_after)),
        ("WB7", letter(a_before) && is_mid_letter(a) && letter(b)),
        ("WB7a", hebrew(a) && b == Class::SingleQuote as u8),
        ("WB7b", hebrew(a) && double_quote(b) && hebrew(b_after)),
        ("WB7c", hebrew(a_before) && double_quote(a) && hebrew(b)),
        ("WB8", numeric(a) && numeric(b)),
        ("WB9", letter(a) && numeric(b)),
        ("WB10", numeric(a) && letter(b)),
        ("WB11", numeric(a_before) && is_mid_number(a) && numeric(b)),
        ("WB12", numeric(a) && is_mid_number(b) && numeric(b_after)),
        ("WB13", katakana(a) && katakana(b)),
        ("WB13a", (letter(a) || numeric(a) || katakana(a) || connector(a)) && connector(b)),
        ("WB13b", connector(a) && (letter(b) || numeric(b) || katakana(b))),
        ("WB15, WB16", b == Class::RegionalIndicator as u8 && flags % 2 == 1),
    ];
    // WB999
    !joined.iter().any(|&(_, holds)| holds)
}
