//! The fast path: 64 bytes become bit masks, words become runs of ones.
//!
//! Of the rules of UAX #29 only these can occur between characters that the masks know: letters,
//! digits and connectors join each other (WB5, 8–10, 13a, 13b), a mark between two letters or two
//! digits joins them (WB6, 7, 11, 12), and Extend and Format take over the mask of the character
//! before them (WB4). A word is then a maximal run of ones, and its ends are where the mask
//! differs from itself shifted by one. Whatever the masks cannot express (ideographs, Katakana,
//! Hebrew, joiners, marks on marks) sends the text from the last cut before it to the machine,
//! until it has been quiet for a while.

use super::machine::{self, Span};
use super::properties::{ALPHANUMERIC, Class, class, is_hard, is_stop, property, property_of};
use super::{Sink, is_cut};

/// Byte classes of 64 bytes, one bit a byte.
#[derive(Clone, Copy, Default)]
pub(super) struct Masks {
    pub(super) letter: u64,
    pub(super) digit: u64,
    /// The underscore.
    pub(super) connector: u64,
    /// `: . '`, which join letters.
    pub(super) mid_letter: u64,
    /// `, ; . '`, which join digits.
    pub(super) mid_number: u64,
    /// Bytes of characters outside of ASCII.
    pub(super) high: u64,
    /// `. ! ?` and ASCII line ends.
    pub(super) stop: u64,
}

/// A block and the byte after it.
pub(super) type Bytes = [u8; 65];

/// A way to compute the masks.
pub(super) trait Vector: Copy {
    /// The ASCII classes.
    fn masks(self, block: &Bytes) -> Masks;
    /// First bytes of characters outside of ASCII.
    fn leads(self, block: &Bytes) -> u64;
    /// First bytes of letters of two bytes, as far as they can be told by a few comparisons; the
    /// others are looked up one by one.
    fn letters(self, block: &Bytes) -> u64;

    /// The positions of the ones of a block, each plus `offset`, then don't-care.
    #[inline(always)]
    fn positions(self, ones: u64, offset: u16, to: &mut Positions) {
        let (mut len, mut offset) = (0, offset);
        for byte in ones.to_le_bytes() {
            let byte = usize::from(byte);
            // Always in bounds: at most eight each; no panic to slow the loop down.
            if let Some(to) = to[len..].first_chunk_mut::<8>() {
                *to = ONES[byte].map(|one| one.wrapping_add(offset));
            }
            len += usize::from(COUNT[byte]);
            offset = offset.wrapping_add(8);
        }
    }
}

/// Room for the positions of a block.
pub(super) type Positions = [u16; 64];

/// The machine hands back once it has met nothing hard for this many bytes.
const QUIET: usize = 32;
/// With more characters outside of ASCII than this in a block, the letters are told by vector.
const MANY: u32 = 6;
/// Positions in a batch: a loop over many words at once mispredicts its end once.
const BATCH: usize = 1024;
/// Blocks add at most 64 positions; a mark at the end one more.
const ROOM: usize = BATCH + 64 + 64;
/// Positions are relative to the batch, in 16 bits.
const REACH: usize = u16::MAX as usize - 128;
const NONE: usize = usize::MAX;

/// The positions of the ones in a byte, then don't-care; and how many there are.
static ONES: [[u16; 8]; 256] = ones();
static COUNT: [u8; 256] = count();

const fn ones() -> [[u16; 8]; 256] {
    let mut table = [[0; 8]; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut bit, mut n) = (0, 0);
        while bit < 8 {
            if byte >> bit & 1 == 1 {
                table[byte][n] = bit as u16;
                n += 1;
            }
            bit += 1;
        }
        byte += 1;
    }
    table
}

const fn count() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte as u8).count_ones() as u8;
        byte += 1;
    }
    table
}

/// Ones in the lowest `n` bits, `1 <= n <= 64`.
#[inline(always)]
fn low(n: usize) -> u64 {
    u64::MAX >> (64 - n)
}

/// Starts and ends of words that are not reported yet, in turn.
struct Batch {
    positions: [u16; ROOM],
    len: usize,
    base: usize,
    /// The start of a word whose end is not in the batch, or `NONE`.
    open: usize,
    /// Some word may hold no letter or digit, only connectors and their like.
    dubious: bool,
    /// The end of the last word that was reported.
    done: usize,
}

impl Batch {
    /// Notes the position of each one in `changes`, a mask at byte `at` of the text.
    #[inline(always)]
    fn push<V: Vector>(&mut self, vector: V, changes: u64, at: usize) {
        // Always in bounds: `ROOM`; no panic to slow the loop down.
        if let Some(to) = self.positions[self.len..].first_chunk_mut() {
            vector.positions(changes, (at - self.base) as u16, to);
        }
        self.len += changes.count_ones() as usize;
    }

    /// Reports the words of the batch; the next batch begins at `base`.
    #[inline(always)]
    fn flush<S: Sink>(&mut self, text: &str, base: usize, sink: &mut S) {
        let mut found = &self.positions[..self.len];
        if self.open != NONE
            && let Some((&end, rest)) = found.split_first()
        {
            self.done = self.base + usize::from(end);
            if !self.dubious || has_alphanumeric(&text[self.open..self.done]) {
                sink.word(self.open, self.done);
            }
            self.open = NONE;
            found = rest;
        }
        let (pairs, odd) = found.as_chunks();
        if self.dubious {
            for &[start, end] in pairs {
                let (start, end) = (self.base + usize::from(start), self.base + usize::from(end));
                if has_alphanumeric(&text[start..end]) {
                    sink.word(start, end);
                }
            }
        } else {
            sink.words(self.base, pairs);
        }
        if let Some(&[_, end]) = pairs.last() {
            self.done = self.base + usize::from(end);
        }
        if let Some(&start) = odd.first() {
            self.open = self.base + usize::from(start);
        }
        self.dubious &= self.open != NONE;
        self.base = base;
        self.len = 0;
    }
}

#[cold]
fn has_alphanumeric(word: &str) -> bool {
    word.chars().any(|c| property(c) & ALPHANUMERIC != 0)
}

/// The classes of the byte before a block, each 0 or 1.
#[derive(Clone, Copy, Default)]
struct Before {
    letter: u64,
    digit: u64,
    connector: u64,
    word: u64,
}

/// What the rules made of a block.
struct Block {
    /// How many of its bytes are decided; the next block begins after them.
    take: usize,
    word: u64,
    /// Parts of words that are neither letter nor digit.
    weak: u64,
    /// The first byte of a character that needs the machine, or 64.
    hard: usize,
}

/// Reports the words and stops of `text`.
#[inline(always)]
pub(super) fn scan<V: Vector, S: Sink>(vector: V, text: &str, sink: &mut S) {
    let bytes = text.as_bytes();
    let mut batch = Batch { positions: [0; ROOM], len: 0, base: 0, open: NONE, dubious: false, done: 0 };
    let mut before = Before::default();
    let mut at = 0;
    // The last place the machine handed back at: no need to look for a cut before it.
    let mut floor = 0;
    let mut tail;
    while at < bytes.len() {
        let (block, valid) = match bytes[at..].first_chunk() {
            Some(block) => (block, 64),
            None => {
                // Zeros are no part of a word, as the end of the text is not.
                tail = [0; 65];
                tail[..bytes.len() - at].copy_from_slice(&bytes[at..]);
                (&tail, bytes.len() - at)
            }
        };
        let mut m = vector.masks(block);
        let found = if m.high == 0 {
            ascii(&m, before, valid, block[64])
        } else {
            let leads = vector.leads(block);
            let letters = if leads.count_ones() > MANY { vector.letters(block) } else { 0 };
            wide(leads, letters, block, &mut m, before, valid)
        };
        let mut take = found.take;
        let mut keep = low(take);
        let mut from = at;
        if found.hard < 64 {
            from = cut_before(bytes, at + found.hard, floor);
            take = from.saturating_sub(at);
            keep = if take == 0 { 0 } else { low(take) };
        }
        if take > 0 {
            let changes = found.word ^ (found.word << 1 | before.word);
            if changes & found.word & keep & found.weak != 0 {
                batch.dubious = true;
            }
            batch.push(vector, changes & keep, at);
            if S::STOPS {
                let mut stops = m.stop & keep;
                while stops != 0 {
                    sink.stop(at + stops.trailing_zeros() as usize);
                    stops &= stops - 1;
                }
            }
            let last = take - 1;
            before = Before {
                letter: m.letter >> last & 1,
                digit: m.digit >> last & 1,
                connector: m.connector >> last & 1,
                word: found.word >> last & 1,
            };
            at += take;
        }
        if found.hard < 64 {
            if from == at && before.word == 1 {
                // A cut ends every word.
                batch.push(vector, 1, at);
            }
            batch.flush(text, at, sink);
            let span = Span { from, words_from: batch.done, stops_from: at, at_least: QUIET };
            at = machine::run(text, span, sink);
            floor = at;
            before = Before::default();
            batch.open = NONE;
            batch.dubious = false;
            batch.base = at;
        } else if batch.len > BATCH - 64 || at - batch.base > REACH - 64 {
            batch.flush(text, at, sink);
        }
    }
    if before.word == 1 {
        batch.push(vector, 1, at);
    }
    batch.flush(text, at, sink);
}

/// The last cut at or before `position`, at least `floor`.
fn cut_before(text: &[u8], position: usize, floor: usize) -> usize {
    (floor + 1..position).rev().find(|&p| is_cut(text, p)).unwrap_or(floor)
}

/// The rules on a block of ASCII that is followed by the byte `next`.
#[inline(always)]
fn ascii(m: &Masks, before: Before, valid: usize, next: u8) -> Block {
    // Marks join by what follows them, so the last byte needs a look at the next one.
    let next_letter = u64::from(next.is_ascii_alphabetic()) << 63;
    let next_digit = u64::from(next.is_ascii_digit()) << 63;
    let letters = m.mid_letter & (m.letter << 1 | before.letter) & (m.letter >> 1 | next_letter);
    let digits = m.mid_number & (m.digit << 1 | before.digit) & (m.digit >> 1 | next_digit);
    // A character outside of ASCII may do anything there: that is left to the next block.
    let open_end = next >= 0x80 && valid == 64 && (m.mid_letter | m.mid_number) >> 63 != 0;
    Block {
        take: if open_end { 63 } else { valid },
        word: m.letter | m.digit | m.connector | letters | digits,
        weak: m.connector,
        hard: 64,
    }
}

/// The rules on a block with characters outside of ASCII, whose first bytes are `leads`; those of
/// `letters` are known to be letters of two bytes.
#[inline(always)]
fn wide(leads: u64, letters: u64, block: &Bytes, m: &mut Masks, before: Before, valid: usize) -> Block {
    // A letter that does not end in the block is left to the next one.
    let mut take = if letters >> 63 == 0 { valid } else { 63 };
    m.letter |= letters | letters << 1;
    let mut hard = 64;
    let mut weak = m.connector;
    // Marks of two and of three bytes: their first bytes, and all bytes of all marks.
    let (mut letters2, mut letters3, mut digits2, mut digits3) = (0u64, 0u64, 0u64, 0u64);
    let mut marks = m.mid_letter | m.mid_number;
    let mut rest = leads & !letters;
    while rest != 0 {
        let p = rest.trailing_zeros() as usize;
        rest &= rest - 1;
        let (code, len) = decode(block, p);
        if p + len > 64 {
            take = p;
            break;
        }
        let property = property_of(code);
        let kind = class(property);
        let bits = low(len) << p;
        if kind == Class::ALetter as u8 || kind == Class::ALetterPict as u8 {
            m.letter |= bits;
            weak |= if property & ALPHANUMERIC == 0 { bits } else { 0 };
            continue;
        }
        if is_hard(kind) {
            hard = p;
            break;
        }
        if is_stop(kind) {
            m.stop |= 1 << p;
        }
        const EXTEND: u8 = Class::Extend as u8;
        const FORMAT: u8 = Class::Format as u8;
        const NUMERIC: u8 = Class::Numeric as u8;
        const CONNECTOR: u8 = Class::ExtendNumLet as u8;
        const MID_LETTER: u8 = Class::MidLetter as u8;
        const MID_NUM_LET: u8 = Class::MidNumLet as u8;
        const MID_NUM_LET_STOP: u8 = Class::MidNumLetStop as u8;
        const MID_NUM: u8 = Class::MidNum as u8;
        const MID_NUM_STOP: u8 = Class::MidNumStop as u8;
        match kind {
            EXTEND | FORMAT => {
                let previous = |mask: u64, carried: u64| {
                    if p == 0 { carried } else { mask >> (p - 1) & 1 }
                };
                if previous(m.letter, before.letter) != 0 {
                    m.letter |= bits;
                } else if previous(m.digit, before.digit) != 0 {
                    m.digit |= bits;
                } else if previous(m.connector, before.connector) != 0 {
                    m.connector |= bits;
                } else if property & ALPHANUMERIC != 0 || previous(marks, 0) != 0 {
                    hard = p;
                    break;
                }
            }
            NUMERIC => {
                m.digit |= bits;
                weak |= if property & ALPHANUMERIC == 0 { bits } else { 0 };
            }
            CONNECTOR => {
                m.connector |= bits;
                weak |= bits;
            }
            MID_LETTER | MID_NUM_LET | MID_NUM_LET_STOP | MID_NUM | MID_NUM_STOP => {
                let letters = kind != MID_NUM && kind != MID_NUM_STOP;
                let digits = kind != MID_LETTER;
                marks |= bits;
                match len {
                    2 => {
                        letters2 |= u64::from(letters) << p;
                        digits2 |= u64::from(digits) << p;
                    }
                    3 => {
                        letters3 |= u64::from(letters) << p;
                        digits3 |= u64::from(digits) << p;
                    }
                    _ => {
                        hard = p;
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    if take > 60 && valid == 64 && marks >> (take - 1) & 1 != 0 {
        // What follows the last mark is not known: leave it to the next block.
        let first = take - 1 - ((!leads & m.high) << (64 - take)).leading_ones() as usize;
        take = first;
    }
    let letter_before = m.letter << 1 | before.letter;
    let digit_before = m.digit << 1 | before.digit;
    let one = m.mid_letter & letter_before & m.letter >> 1 | m.mid_number & digit_before & m.digit >> 1;
    let two = letters2 & letter_before & m.letter >> 2 | digits2 & digit_before & m.digit >> 2;
    let three = letters3 & letter_before & m.letter >> 3 | digits3 & digit_before & m.digit >> 3;
    let joined = one | two | two << 1 | three | three << 1 | three << 2;
    Block { take, word: m.letter | m.digit | m.connector | joined, weak, hard }
}

/// The character whose first byte is at `p`, outside of ASCII. Where it does not end in the block
/// only the length is meant.
#[inline(always)]
fn decode(block: &Bytes, p: usize) -> (u32, usize) {
    let byte = |i: usize| u32::from(block[(p + i) & 63]);
    let tail = |i: usize| byte(i) & 0x3f;
    let lead = byte(0);
    if lead < 0xe0 {
        ((lead & 0x1f) << 6 | tail(1), 2)
    } else if lead < 0xf0 {
        ((lead & 0x0f) << 12 | tail(1) << 6 | tail(2), 3)
    } else {
        ((lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
    }
}
