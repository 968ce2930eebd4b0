//! Finding the places where a sentence might end.

use super::chars::{at, is_break, is_bullet, stop};

/// Bytes at which [`next`] looks closer: the ASCII candidates, and lead bytes of the blocks that
/// hold a stop, a line break or a bullet.
const LOOK: [bool; 256] = {
    let mut t = [false; 256];
    let ascii = b".!?\n\r\x0b\x0c)*=_~";
    let mut i = 0;
    while i < ascii.len() {
        t[ascii[i] as usize] = true;
        i += 1;
    }
    let lead = [
        0xC2, 0xCD, 0xD6, 0xD8, 0xDB, 0xDC, 0xDF, 0xE0, 0xE1, 0xE2, 0xE3, 0xEA, 0xEF, 0xF0, b':', b';', b'-',
    ];
    let mut i = 0;
    while i < lead.len() {
        t[lead[i] as usize] = true;
        i += 1;
    }
    t
};

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
        b':' => (0xD4..=0xD6).contains(&previous_lead(bytes, i)) || previous.is_ascii_digit(),
        b';' => (0xCD..=0xCF).contains(&previous_lead(bytes, i)),
        0xE1 if next(1) >= 0xBC => false,
        0xC2..=0xF4 => at(text, i).is_some_and(|c| stop(c).is_some() || is_break(c) || is_bullet(c)),
        _ => false,
    }
}

/// The lead byte of the two-byte character that ends at `i`, or 0.
fn previous_lead(bytes: &[u8], i: usize) -> u8 {
    if i >= 2 && bytes[i - 1] & 0xC0 == 0x80 { bytes[i - 2] } else { 0 }
}

/// The first candidate at or after `from`.
pub(super) fn next(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut i = from;
    loop {
        // The table is the whole work on most bytes.
        i += bytes.get(i..)?.iter().position(|&b| LOOK[usize::from(b)])?;
        if is_candidate(text, bytes, i) {
            return Some(i);
        }
        i += 1;
    }
}
