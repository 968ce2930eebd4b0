//! Finding the places where a sentence might end.

use super::chars::{at, is_break, is_bullet, stop};
use crate::text::words::widest;

/// Two Ethiopic word spaces, `፡፡`: how the Ethiopic full stop is typed on many keyboards.
pub(super) const TWO_WORDSPACES: &[u8] = "\u{1361}\u{1361}".as_bytes();

/// Is there a candidate at the byte `i`, whose value is worth a look?
#[inline]
fn is_candidate(text: &str, bytes: &[u8], i: usize) -> bool {
    let next = |k: usize| bytes.get(i + k).copied().unwrap_or(0);
    let previous = if i == 0 { b' ' } else { bytes[i - 1] };
    match bytes[i] {
        b'.' | b'!' | b'?' | b'\n' | b'\r' | 0x0b | 0x0c => true,
        // A list marker such as `2)`.
        b')' => previous.is_ascii_alphanumeric() || previous == b'.',
        // A ruled line; a stamp's clock.
        b @ (b'*' | b'=' | b'_' | b'~' | b'-') => next(1) == b && next(2) == b && previous != b,
        // A smiley; the Armenian full stop and the Greek question mark as typed on most keyboards; a clock.
        b':' | b';' if previous == b' ' => matches!(next(1), b')' | b'(' | b'-' | b'D' | b'P'),
        b':' => previous.is_ascii_digit() || (0xD4..=0xD6).contains(&lead_before(bytes, i)),
        b';' => (0xCD..=0xCF).contains(&lead_before(bytes, i)),
        // The danda as typed on many keyboards, behind a letter of India.
        b'|' => is_danda(bytes, i),
        0xE1 if next(1) >= 0xBC => false,
        0xE1 if bytes[i..].starts_with(TWO_WORDSPACES) => true,
        // Arabic letters and kana, which are frequent.
        0xD8 if next(1) >= 0xA0 => false,
        0xE3 if next(1) > 0x80 => false,
        0xC2..=0xF4 => at(text, i).is_some_and(|c| stop(c).is_some() || is_break(c) || is_bullet(c)),
        _ => false,
    }
}

/// Does a bar at `i` stand behind a letter of Devanagari, Bengali or a script near them, with white space behind it?
#[cold]
fn is_danda(bytes: &[u8], i: usize) -> bool {
    let end = if i > 0 && bytes[i - 1] == b' ' { i - 1 } else { i };
    let letter = matches!(bytes[..end], [.., 0xE0, 0xA4..=0xB7, last] if last & 0xC0 == 0x80);
    letter && bytes.get(i + 1).is_none_or(u8::is_ascii_whitespace)
}

/// The lead byte of the two-byte letter that ends at `i` or before a closing mark that does, or 0.
fn lead_before(bytes: &[u8], i: usize) -> u8 {
    let end = match &bytes[..i] {
        [.., 0xC2, 0xBB] => i - 2,
        [.., b')' | b'"' | b'.'] => i - 1,
        _ => i,
    };
    if end >= 2 && bytes[end - 1] & 0xC0 == 0x80 { bytes[end - 2] } else { 0 }
}

/// How many bytes are read at a time.
const BATCH: usize = 1024;
/// A bit for each of them.
type Bits = [u8; BATCH / 8];
/// How many of the bits are looked at together.
const BLOCK: usize = 64;

/// 0x80 if `b`, before `next`, is worth a look, else 0: the ASCII candidates, and lead bytes of the blocks that
/// hold a stop, a line break or a bullet (and of some that do not). Without a branch, for vector code.
#[inline(always)]
fn mark(b: u8, next: u8) -> u8 {
    let within = |low: u8, top: u8| b.wrapping_sub(low) <= top - low;
    let mark = (b == b'!') | (b == b')') | (b == b'.') | (b == b'?') | (b == b'|') | within(b':', b';');
    // Ruled lines, of which single hyphens are none.
    let ruled = (b == b'*') | (b == b'-') | (b == b'=') | (b == b'_') | (b == b'~');
    let control = within(b'\n', b'\r');
    let two = (b == 0xC2) | (b == 0xCD);
    let lead = two | within(0xD6, 0xE3) | (b == 0xEA) | within(0xEF, 0xF4);
    u8::from(mark | (ruled & (b == next)) | control | lead) << 7
}

/// The marks of as many bytes as `bits` has bits for, the first in the lowest bit of the first.
#[inline(always)]
fn marks(bytes: &[u8], bits: &mut Bits) {
    // Two loops that vector code is made of, and neither with a branch.
    let mut flags = [0; BATCH];
    let here = bytes.iter().zip(bytes.iter().skip(1));
    flags.iter_mut().zip(here).for_each(|(flag, (&b, &next))| *flag = mark(b, next));
    if let Some(last) = bytes.len().checked_sub(1).filter(|&last| last < BATCH) {
        flags[last] = mark(bytes[last], 0);
    }
    for (bits, eight) in bits.iter_mut().zip(flags.as_chunks().0) {
        // Moves the highest bits of eight bytes next to each other.
        *bits = (u64::from_le_bytes(*eight).wrapping_mul(0x0002_0408_1020_4081) >> 56) as u8;
    }
}

/// Finds candidates in ascending order, reading each byte once.
pub(super) struct Scan<'a> {
    text: &'a str,
    /// The marks that were read together, those of block `first` and of some behind it.
    first: usize,
    read: Bits,
    /// The current block, and the marks in it that are not done with.
    block: usize,
    marks: u64,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut scan = Self { text, first: 0, read: [0; BATCH / 8], block: 0, marks: 0 };
        scan.fetch();
        scan
    }

    /// Reads the current block and those behind it.
    #[inline(never)]
    fn fetch(&mut self) {
        self.first = self.block;
        let rest = &self.text.as_bytes()[self.block * BLOCK..];
        let all = &mut self.read;
        widest(
            #[inline(always)]
            || marks(rest, all),
        );
        self.enter(self.block);
    }

    /// Goes to `block`, of which there is at least a byte.
    #[inline]
    fn enter(&mut self, block: usize) {
        self.block = block;
        match self.read.as_chunks().0.get(block - self.first) {
            Some(&marks) => self.marks = u64::from_le_bytes(marks),
            None => self.fetch(),
        }
    }

    /// The first candidate at or after `from`, which never goes back.
    #[inline]
    pub(super) fn next(&mut self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if from / BLOCK > self.block {
            if from >= bytes.len() {
                return None;
            }
            self.enter(from / BLOCK);
        }
        // What lies before `from` is done with.
        self.marks &= u64::MAX << from.saturating_sub(self.block * BLOCK);
        loop {
            while self.marks != 0 {
                let i = self.block * BLOCK + self.marks.trailing_zeros() as usize;
                self.marks &= self.marks - 1;
                if is_candidate(self.text, bytes, i) {
                    return Some(i);
                }
            }
            if (self.block + 1) * BLOCK >= bytes.len() {
                return None;
            }
            self.enter(self.block + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_those_of_the_bytes() {
        for start in 0..=255u8 {
            for length in [0, 1, 63, 64, 65, usize::from(start), BATCH - 1, BATCH, BATCH + 1] {
                let bytes: Vec<u8> = (0..length).map(|i| start.wrapping_add((i / 2 * 7) as u8)).collect();
                let mut bits = [0; BATCH / 8];
                marks(&bytes, &mut bits);
                for i in 0..BATCH {
                    let next = bytes.get(i + 1).copied().unwrap_or(0);
                    let expected = bytes.get(i).is_some_and(|&b| mark(b, next) != 0);
                    assert_eq!(bits[i / 8] >> (i % 8) & 1 == 1, expected, "{start} {length} {i}");
                }
            }
        }
    }

    /// Whatever can be a candidate is marked, and nothing is left out at a glance that is one.
    #[test]
    fn every_stop_break_and_bullet_is_marked() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            let text = format!("{c}\u{1361}");
            let bytes = text.as_bytes();
            let is_one = stop(c).is_some() || is_break(c) || is_bullet(c) || c == '\u{1361}';
            assert!(!is_one || mark(bytes[0], bytes[1]) != 0, "{c:?}");
            assert!(!is_one || c == ';' || c == ':' || is_candidate(&text, bytes, 0), "{c:?}");
        }
    }

    #[test]
    fn candidates_are_found_from_anywhere() {
        let text = "One. Two! (3) a—b… c\nd。e: 5:1 * *** f; ".repeat(70) + "end";
        let all: Vec<usize> = (0..text.len())
            .filter(|&i| text.is_char_boundary(i) && is_candidate(&text, text.as_bytes(), i))
            .collect();
        for step in [1, 2, 3, 63, 64, 65, 200] {
            let mut scan = Scan::new(&text);
            let mut from = 0;
            while from <= text.len() + 70 {
                let expected = all.iter().copied().find(|&i| i >= from);
                assert_eq!(scan.next(from), expected, "{from} {step}");
                from = expected.map_or(from, |i| i + 1).max(from + step);
            }
        }
        assert_eq!(Scan::new("").next(0), None);
    }
}
