//! Byte offsets to Python's string positions (code points).

/// Turns ascending byte offsets of one text into code point positions, reading the text once.
pub struct CodePoints<'a> {
    text: &'a str,
    ascii: bool,
    byte: usize,
    position: u64,
}

impl<'a> CodePoints<'a> {
    /// At the start of `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text, ascii: text.is_ascii(), byte: 0, position: 0 }
    }

    /// The position of the character at `byte`, which lies on a character boundary. Offsets that
    /// do not ascend are right too, at the price of reading the text again.
    #[inline]
    pub fn at(&mut self, byte: usize) -> u64 {
        if self.ascii { byte as u64 } else { self.counted(byte) }
    }

    fn counted(&mut self, byte: usize) -> u64 {
        if byte < self.byte {
            (self.byte, self.position) = (0, 0);
        }
        self.position += count(&self.text.as_bytes()[self.byte..byte]);
        self.byte = byte;
        self.position
    }
}

/// The number of characters that start within `bytes` of UTF-8.
pub fn count(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|&&b| (b as i8) >= -0x40).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_those_of_python() {
        let text = "a\u{2014}b\u{1F600}c";
        let mut points = CodePoints::new(text);
        let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let positions: Vec<u64> = bytes.iter().map(|&b| points.at(b)).collect();
        assert_eq!(positions, [0, 1, 2, 3, 4, 5]);
        assert_eq!(points.at(bytes[2]), 2, "going back");
        assert_eq!(CodePoints::new("plain").at(3), 3);
    }
}
