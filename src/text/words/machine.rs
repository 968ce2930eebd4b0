//! The exact word rules of UAX #29, one character at a time, on any text.
//!
//! A state is the class of the last character that counts (WB4 makes Extend, Format and the
//! joiner invisible) plus one bit for "the very last character is a joiner" (WB3c). Only the
//! rules that look past a punctuation mark (WB6, WB7b, WB12) need more than a table look-up:
//! they look ahead once, so a run of combining marks is read at most twice.

use super::properties::{ALPHANUMERIC, CLASSES, Class, class, is_hard, is_stop, property};
use super::{Sink, is_cut};

/// What the characters so far allow to be joined.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum State {
    /// Start of the text or after an end of line: nothing is joined, not even Extend.
    Start,
    /// After a carriage return: a line feed is joined.
    Cr,
    /// After a character that joins nothing but Extend.
    Other,
    Space,
    Letter,
    Hebrew,
    Numeric,
    Katakana,
    Connector,
    /// After an unpaired regional indicator.
    Flag,
}

/// A joiner was the last character.
const ZWJ: u8 = 0x10;
/// The character is joined to the segment before it.
const JOIN: u8 = 0x20;
/// Joined if the character after it is of the right class; else a boundary.
const LOOK: u8 = 0x40;

const STATES: usize = 32;
const ROW: usize = 32;

/// `NEXT[state * ROW + class]`: the next state with `JOIN` or `LOOK`.
static NEXT: [u8; STATES * ROW] = transitions();

const fn transitions() -> [u8; STATES * ROW] {
    let mut table = [0; STATES * ROW];
    let mut state = 0;
    while state <= State::Flag as usize {
        let mut class = 1;
        while class < CLASSES {
            let plain = transition(state as u8, class as u8);
            table[state * ROW + class] = plain;
            // WB3c: a joiner holds on to a pictograph whatever came before.
            let pict = class == Class::Pict as usize
                || class == Class::PictStop as usize
                || class == Class::ALetterPict as usize;
            // A joiner before a space is not a space before it (WB3d).
            let hidden = if state == State::Space as usize { State::Other as u8 } else { state as u8 };
            let after = transition(hidden, class as u8);
            table[(state | ZWJ as usize) * ROW + class] = if pict { after | JOIN } else { after };
            class += 1;
        }
        state += 1;
    }
    table
}

const fn is(class: u8, other: Class) -> bool {
    class == other as u8
}

/// One row of the rules: the state before, the class of the next character.
const fn transition(state: u8, class: u8) -> u8 {
    const START: u8 = State::Start as u8;
    const CR: u8 = State::Cr as u8;
    const SPACE: u8 = State::Space as u8;
    const LETTER: u8 = State::Letter as u8;
    const HEBREW: u8 = State::Hebrew as u8;
    const NUMERIC: u8 = State::Numeric as u8;
    const KATAKANA: u8 = State::Katakana as u8;
    const CONNECTOR: u8 = State::Connector as u8;
    const FLAG: u8 = State::Flag as u8;
    const OTHER: u8 = State::Other as u8;

    let letter = state == LETTER || state == HEBREW;
    let mid_number_letter =
        is(class, Class::MidNumLet) || is(class, Class::MidNumLetStop) || is(class, Class::SingleQuote);
    let mid_letter = is(class, Class::MidLetter) || mid_number_letter;
    let mid_number = is(class, Class::MidNum) || is(class, Class::MidNumStop) || mid_number_letter;

    if is(class, Class::Cr) {
        return CR;
    }
    if is(class, Class::Lf) {
        return if state == CR { START | JOIN } else { START };
    }
    if is(class, Class::Newline) {
        return START;
    }
    if is(class, Class::Extend) || is(class, Class::Format) || is(class, Class::Zwj) {
        let zwj = if is(class, Class::Zwj) { ZWJ } else { 0 };
        return match state {
            START | CR => OTHER | zwj,
            SPACE => OTHER | zwj | JOIN,
            _ => state | zwj | JOIN,
        };
    }
    if is(class, Class::WSegSpace) {
        return if state == SPACE { SPACE | JOIN } else { SPACE };
    }
    if is(class, Class::ALetter) || is(class, Class::ALetterPict) {
        let join = letter || state == NUMERIC || state == CONNECTOR;
        return if join { LETTER | JOIN } else { LETTER };
    }
    if is(class, Class::Hebrew) {
        let join = letter || state == NUMERIC || state == CONNECTOR;
        return if join { HEBREW | JOIN } else { HEBREW };
    }
    if is(class, Class::Numeric) {
        let join = letter || state == NUMERIC || state == CONNECTOR;
        return if join { NUMERIC | JOIN } else { NUMERIC };
    }
    if is(class, Class::Katakana) {
        let join = state == KATAKANA || state == CONNECTOR;
        return if join { KATAKANA | JOIN } else { KATAKANA };
    }
    if is(class, Class::ExtendNumLet) {
        let join = letter || state == NUMERIC || state == KATAKANA || state == CONNECTOR;
        return if join { CONNECTOR | JOIN } else { CONNECTOR };
    }
    if is(class, Class::RegionalIndicator) {
        return if state == FLAG { OTHER | JOIN } else { FLAG };
    }
    if (letter && mid_letter)
        || (state == NUMERIC && mid_number)
        || (state == HEBREW && is(class, Class::DoubleQuote))
    {
        return OTHER | LOOK;
    }
    OTHER
}

/// Where the machine starts and what has been reported already.
#[derive(Clone, Copy)]
pub(super) struct Span {
    /// A cut: a boundary at which the text before does not matter.
    pub(super) from: usize,
    /// Words that start before are known to the sink.
    pub(super) words_from: usize,
    /// Stops before are known to the sink.
    pub(super) stops_from: usize,
    /// The machine returns at the first cut that lies this far behind `from` and behind the last
    /// character that only it can handle.
    pub(super) at_least: usize,
}

/// Reports the words and stops of `text` from `span.from` on; returns where it stopped.
pub(super) fn run<S: Sink>(text: &str, span: Span, sink: &mut S) -> usize {
    let bytes = text.as_bytes();
    let mut state = State::Start as u8;
    let mut start = span.from;
    let mut alphanumeric = 0;
    let mut quiet_from = span.from;
    let mut chars = text[span.from..].chars();
    loop {
        let rest = chars.as_str();
        let position = text.len() - rest.len();
        let Some(c) = chars.next() else { break };
        let property = property(c);
        let class = class(property);
        if is_hard(class) {
            quiet_from = position;
        } else if c <= ' '
            && position - quiet_from >= span.at_least
            && position > span.from
            && is_cut(bytes, position)
        {
            if alphanumeric != 0 && start >= span.words_from {
                sink.word(start, position);
            }
            return position;
        }
        if S::STOPS && is_stop(class) && position >= span.stops_from {
            sink.stop(position);
        }
        let mut next = NEXT[usize::from(state & 0x1f) * ROW + usize::from(class)];
        if next & LOOK != 0 {
            next = look_ahead(state, class, chars.as_str());
        }
        if next & JOIN == 0 {
            if alphanumeric != 0 && start >= span.words_from {
                sink.word(start, position);
            }
            start = position;
            alphanumeric = 0;
        }
        alphanumeric |= property & ALPHANUMERIC;
        state = next & !JOIN;
    }
    if alphanumeric != 0 && start >= span.words_from {
        sink.word(start, text.len());
    }
    text.len()
}

/// Decides WB6, WB7a, WB7b and WB12 at a mark of `class` that is followed by `rest`.
///
/// A mark that joins leaves the state as it was: the next character that counts is of a class
/// that this state joins anyway.
#[inline(never)]
fn look_ahead(state: u8, mark: u8, rest: &str) -> u8 {
    let state = state & !ZWJ;
    let next = rest
        .chars()
        .map(|c| class(property(c)))
        .find(|&c| !is(c, Class::Extend) && !is(c, Class::Format) && !is(c, Class::Zwj))
        .unwrap_or(0);
    let letter = is(next, Class::ALetter) || is(next, Class::ALetterPict) || is(next, Class::Hebrew);
    let joins = if state == State::Numeric as u8 {
        is(next, Class::Numeric)
    } else if is(mark, Class::DoubleQuote) {
        is(next, Class::Hebrew)
    } else {
        letter
    };
    if joins {
        state | JOIN
    } else if state == State::Hebrew as u8 && is(mark, Class::SingleQuote) {
        State::Other as u8 | JOIN
    } else {
        State::Other as u8
    }
}
