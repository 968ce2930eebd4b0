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

/// Two Ethiopic word spaces, `፡፡`: how the Ethiopic full stop is typed on many keyboards.
pub(super) const TWO_WORDSPACES: &[u8] = "\u{1361}\u{1361}".as_bytes();

/// How many bytes are looked at together.
const BLOCK: usize = 32;

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

/// Does `block` hold no byte of [`LOOK`]? Written for the compiler to turn into vector code.
fn is_quiet(block: &[u8; BLOCK]) -> bool {
    let mut hits = 0;
    for &b in block {
        // Two ranges and a few single bytes cover the table, with `,` and `<` and `>` spared.
        let mark = (b == b'!') | (b == b')') | (b == b'*') | (b == b'-') | (b == b'.') | (b == b'?');
        let other = (b == b':') | (b == b';') | (b == b'=') | (b == b'_') | (b == b'~');
        let control = b.wrapping_sub(b'\n') <= b'\r' - b'\n';
        hits |= u8::from(mark | other | control | (b >= 0xC2));
    }
    hits == 0
}

/// The first candidate at or after `from`.
pub(super) fn next(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut i = from;
    loop {
        while let Some(block) = bytes.get(i..).and_then(|rest| rest.first_chunk()) {
            if !is_quiet(block) {
                break;
            }
            i += BLOCK;
        }
        let end = bytes.len().min(i + BLOCK);
        while i < end {
            if LOOK[usize::from(bytes[i])] && is_candidate(text, bytes, i) {
                return Some(i);
            }
            i += 1;
        }
        if i >= bytes.len() {
            return None;
        }
    }
}
