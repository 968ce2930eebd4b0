//! What a look at the bytes of a text tells, before its words are known.

use crate::text::words::widest;

/// What was seen.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// Characters that are no white space.
    pub(super) visible: u64,
    /// Whether there is a hyphen of ASCII.
    pub(super) hyphens: bool,
    /// Whether there is another hyphen that joins words.
    pub(super) other_hyphens: bool,
}

/// Bytes that are looked at together, without a branch, in vector registers.
const BLOCK: usize = 64;

impl Seen {
    /// Looks at `text`.
    pub(super) fn new(text: &str) -> Self {
        widest(
            #[inline(always)]
            || Self::look(text),
        )
    }

    #[inline(always)]
    fn look(text: &str) -> Self {
        // The rest is filled up with spaces.
        let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
        let mut last = [b' '; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        let mut seen = Self::default();
        for (place, block) in blocks.iter().chain([&last]).enumerate() {
            let (mut count, mut hyphen, mut other) = (0u8, 0u8, 0u8);
            for &b in block {
                let space = b == b' ' || b.wrapping_sub(b'\t') < 5 || b.wrapping_sub(0x1c) < 4;
                count += u8::from((b as i8) >= -0x40 && !space);
                hyphen |= u8::from(b == b'-');
                other |= u8::from(is_lead(b));
            }
            seen.visible += u64::from(count);
            seen.hyphens |= hyphen != 0;
            if other != 0 {
                seen.leads(text, place * BLOCK);
            }
        }
        seen
    }

    /// Looks at the characters that a block of bytes from `start` on holds no more of than the lead.
    #[inline(never)]
    fn leads(&mut self, text: &str, start: usize) {
        let block = text.as_bytes()[start..].iter().take(BLOCK);
        for at in block.zip(start..).filter(|&(&b, _)| is_lead(b)).map(|(_, at)| at) {
            let c = text[at..].chars().next();
            self.visible -= u64::from(c.is_some_and(|c| !is_visible(c)));
            self.other_hyphens |= matches!(c, Some('\u{2010}' | '\u{2011}'));
        }
    }
}

/// Whether white space, a hyphen or a byte order mark may begin with the byte and not be ASCII.
#[inline(always)]
fn is_lead(b: u8) -> bool {
    b == 0xC2 || b.wrapping_sub(0xE1) < 3 || b == 0xEF
}

/// Whether a character is no white space, as Python and the sentences understand it, and no byte order mark.
fn is_visible(c: char) -> bool {
    !(c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}' | '\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_what_each_character_says() {
        let every = (0..=0x3_0000).filter_map(char::from_u32);
        for c in every.chain(['-', '\u{2010}', '\u{2011}']) {
            for padding in [0, 61, 62, 63, 64, 127] {
                let text = format!("{}{c}b", " ".repeat(padding));
                let visible = 1 + u64::from(is_visible(c));
                let expected =
                    Seen { visible, hyphens: c == '-', other_hyphens: matches!(c, '\u{2010}' | '\u{2011}') };
                assert_eq!(Seen::new(&text), expected, "{c:?} behind {padding}");
            }
        }
        assert_eq!(Seen::new(""), Seen::default());
    }
}
