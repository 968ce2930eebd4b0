//! The most frequent full stops, decided at a glance. Nothing here is a rule of its own: each answer is
//! the one that the general rules give, which a test compares with them.

use super::Rule;
use super::chars::gap;
use super::walk::{Sink, Walk};

impl<S: Sink> Walk<'_, S> {
    /// Decides at the full stop at `i` and returns where to go on, if it is clear from a few bytes around it.
    #[inline]
    pub(super) fn common(&mut self, i: usize) -> Option<usize> {
        if self.item.is_some() || self.splitter.lexicon.own_stops {
            return None;
        }
        match self.bytes.get(i + 1)? {
            // `3.5`, `e.g`: only a capital may begin a sentence without a space.
            b'a'..=b'z' | b'0'..=b'9' => {
                self.sink.near(i + 1, Rule::Inside);
                Some(i + 1)
            }
            b'\n' => {
                let g = gap(self.text, i + 1);
                (g.breaks >= 2 || g.end == self.bytes.len()).then(|| self.end(i + 1, Rule::FullStop, g))
            }
            b' ' => {
                let begins = |b: Option<&u8>| matches!(b, Some(b'A'..=b'Z' | b'0'..=b'9'));
                let opens = |b: Option<&u8>| matches!(b, Some(b'"' | b'\'' | b'('));
                let next = self.bytes.get(i + 2);
                let begun = begins(next) || opens(next) && begins(self.bytes.get(i + 3));
                let word = self.bytes[self.start..i].last_chunk()?;
                (begun && self.splitter.lexicon.never_abbreviates(word)).then(|| {
                    let g = gap(self.text, i + 1);
                    self.end(i + 1, Rule::FullStop, g)
                })
            }
            _ => None,
        }
    }
}
