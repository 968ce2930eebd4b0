//! Markers of list items: `1.`, `2.1.`, `2)`, `(c)`, `a.)`, `•`, `• 9.`

use super::chars::{at, is_bullet, is_space};

/// A marker at the beginning of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    /// The bullet, if one stands first.
    pub(super) bullet: Option<char>,
    /// How its number is written; items of one list share it.
    shape: Shape,
    value: u32,
    /// Where the marker ends.
    pub(super) end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    letter: bool,
    capital: bool,
    /// Bit 0: opening bracket, bit 1: full stop, bit 2: closing bracket, bit 3: more than one number. 0: a
    /// bullet alone.
    marks: u8,
}

impl Item {
    /// Is this the marker that comes after `previous` in one list?
    pub(super) fn follows(&self, previous: &Item) -> bool {
        let numbered = self.shape.marks != 0 && self.value == previous.value + 1;
        // `A. Smith and B. Jones` is no list.
        let initials = self.shape.letter && self.shape.capital && self.shape.marks == 2;
        self.shape == previous.shape && self.bullet == previous.bullet && numbered && !initials
    }

    /// A bullet, or a number or letter that no prose line begins with.
    pub(super) fn is_plain(&self) -> bool {
        self.bullet.is_some() || self.shape.marks & 4 != 0 || !self.shape.letter
    }

    /// The first of its list.
    pub(super) fn is_first(&self) -> bool {
        self.value <= 1
    }
}

/// The marker at `i`, if there is one and white space or nothing follows it.
#[inline]
pub(super) fn parse(text: &str, i: usize) -> Option<Item> {
    // Prose begins with a word: two letters, or one and a space; often behind a quotation mark.
    match text.as_bytes()[i..] {
        [a, b, ..] if a.is_ascii_alphabetic() && (b.is_ascii_alphabetic() || b == b' ') => None,
        [b'"' | b'\'', ..] => None,
        _ => parse_any(text, i),
    }
}

fn parse_any(text: &str, i: usize) -> Option<Item> {
    let bytes = text.as_bytes();
    let first = at(text, i)?;
    let mut k = i;
    let bullet = is_bullet(first).then_some(first);
    if bullet.is_some() {
        k += first.len_utf8();
        while k < i + 8 && at(text, k).is_some_and(is_space) {
            k += 1;
            while bytes.get(k).is_some_and(|b| b & 0xC0 == 0x80) {
                k += 1;
            }
        }
    }
    let number = number(text, k);
    match (number, bullet) {
        (Some((shape, value, end)), _) => Some(Item { bullet, shape, value, end }),
        (None, Some(b)) => {
            let shape = Shape { letter: false, capital: false, marks: 0 };
            Some(Item { bullet: Some(b), shape, value: 0, end: i + b.len_utf8() })
        }
        _ => None,
    }
}

fn number(text: &str, i: usize) -> Option<(Shape, u32, usize)> {
    let bytes = text.as_bytes();
    let byte = |k: usize| bytes.get(k).copied().unwrap_or(0);
    let mut k = i;
    let mut marks = 0;
    if byte(k) == b'(' {
        marks = 1;
        k += 1;
    }
    let digits = bytes.get(k..)?.iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    let (letter, capital, mut value) = match (digits, byte(k)) {
        (0, b @ b'a'..=b'z') => (true, false, u32::from(b - b'a') + 1),
        (0, b @ b'A'..=b'Z') => (true, true, u32::from(b - b'A') + 1),
        (1..=3, _) => (false, false, text.get(k..k + digits)?.parse().ok()?),
        _ => return None,
    };
    k += digits.max(1);
    // `2.1.`
    while !letter && byte(k) == b'.' && byte(k + 1).is_ascii_digit() && k < i + 12 {
        let from = k + 1;
        k = from;
        marks |= 8;
        value = 0;
        // Longer ones number no items: what follows then is no mark.
        while byte(k).is_ascii_digit() && k < from + 3 {
            value = value * 10 + u32::from(byte(k) - b'0');
            k += 1;
        }
    }
    for (mark, bit) in [(b'.', 2), (b')', 4)] {
        if byte(k) == mark {
            marks |= bit;
            k += 1;
        }
    }
    let closed = marks & 1 == 0 || marks & 4 != 0;
    let spaced = at(text, k).is_none_or(is_space);
    (marks & 6 != 0 && closed && spaced).then_some((Shape { letter, capital, marks }, value, k))
}
