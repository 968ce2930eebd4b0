//! Finding the places where a sentence might end.

use super::chars::{at, is_break, is_bullet, stop};

/// Two Ethiopic word spaces, `፡፡`: how the Ethiopic full stop is typed on many keyboards.
pub(super) const TWO_WORDSPACES: &[u8] = "\u{1361}\u{1361}".as_bytes();

/// Is there a candidate at the byte `i`, whose value is worth a look?
fn is_candidate(text: &str, bytes: &[u8], i: usize) -> bool {
    let next = |k: usize| bytes.get(i + k).copied().unwrap_or(0);
    let previous = if i == 0 { b' ' } else { bytes[i - 1] };
    match bytes[i] {
        b'.' | b'!' | b'?' | b'\n' | b'\r' | 0x0b | 0x0c => true,
        // A list marker such as `2)`.
        b')' => previous.is_ascii_alphanumeric() || previous == b'.',
        // A ruled line; a stamp's clock.
        b @ (b'*' | b'=' | b'_' | b'~' | b'-') => next(1) == b && next(2) == b && previous != b,
        // The Armenian full stop and the Greek question mark as typed on most keyboards; a clock.
        b':' => previous.is_ascii_digit() || (0xD4..=0xD6).contains(&lead_before(bytes, i)),
        b';' => (0xCD..=0xCF).contains(&lead_before(bytes, i)),
        0xE1 if next(1) >= 0xBC => false,
        0xE1 if bytes[i..].starts_with(TWO_WORDSPACES) => true,
        0xC2..=0xF4 => at(text, i).is_some_and(|c| stop(c).is_some() || is_break(c) || is_bullet(c)),
        _ => false,
    }
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

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// 0x80 if `b` is worth a look, else 0: the ASCII candidates, and lead bytes of the blocks that hold a stop, a
/// line break or a bullet (and of some that do not). Without a branch, for vector code.
fn mark(b: u8) -> u8 {
    let mark = (b == b'!') | (b == b')') | (b == b'*') | (b == b'-') | (b == b'.') | (b == b'?');
    let other = (b == b':') | (b == b';') | (b == b'=') | (b == b'_') | (b == b'~');
    let control = b.wrapping_sub(b'\n') <= b'\r' - b'\n';
    u8::from(mark | other | control | (b >= 0xC2)) << 7
}

/// The bytes of `block` that are worth a look, the first in the lowest bit.
fn marks(block: &[u8; BLOCK]) -> u64 {
    let flags = block.map(mark);
    let mut all = 0;
    for (i, eight) in flags.as_chunks().0.iter().enumerate() {
        // Moves the highest bits of eight bytes next to each other.
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0002_0408_1020_4081) >> 56;
        all |= bits << (8 * i);
    }
    all
}

/// Finds candidates in ascending order, reading each block once.
pub(super) struct Scan<'a> {
    text: &'a str,
    /// Where the current block begins, and its marks.
    block: usize,
    marks: u64,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut scan = Self { text, block: 0, marks: 0 };
        scan.read(0);
        scan
    }

    fn read(&mut self, block: usize) {
        self.block = block;
        let rest = &self.text.as_bytes()[block..];
        self.marks = match rest.first_chunk() {
            Some(block) => marks(block),
            None => {
                let mut last = [0; BLOCK];
                last[..rest.len()].copy_from_slice(rest);
                marks(&last)
            }
        };
    }

    /// The first candidate at or after `from`, which never goes back.
    #[inline]
    pub(super) fn next(&mut self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if from >= self.block + BLOCK {
            if from >= bytes.len() {
                return None;
            }
            self.read(from - from % BLOCK);
        }
        // What lies before `from` is done with.
        self.marks &= u64::MAX << from.saturating_sub(self.block);
        loop {
            while self.marks != 0 {
                let i = self.block + self.marks.trailing_zeros() as usize;
                self.marks &= self.marks - 1;
                if is_candidate(self.text, bytes, i) {
                    return Some(i);
                }
            }
            if self.block + BLOCK >= bytes.len() {
                return None;
            }
            self.read(self.block + BLOCK);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_those_of_the_bytes() {
        for start in 0..=255u8 {
            let block: [u8; BLOCK] = std::array::from_fn(|i| start.wrapping_add((i * 7) as u8));
            let expected = block.iter().rev().fold(0, |all, &b| all << 1 | u64::from(mark(b) != 0));
            assert_eq!(marks(&block), expected, "{start}");
        }
    }

    #[test]
    fn candidates_are_found_from_anywhere() {
        let text = "One. Two! (3) a—b… c\nd。e: 5:1 * *** f; ".repeat(9) + "end";
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
