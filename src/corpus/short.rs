//! Short documents, copied one behind the other to be read together: the engine is at its best with many
//! words at once, and most documents have a few hundred.

use std::ops::Range;

/// Documents shorter than this wait for others, until about so many bytes have come together.
const SHORT: usize = 32 * 1024;

/// Documents that wait.
#[derive(Debug, Default)]
pub(crate) struct Short {
    /// The documents, each with a blank line behind it: no word, no sentence and no name crosses one, and none
    /// is another because of one.
    pub(crate) text: String,
    /// Where each document ends.
    pub(crate) ends: Vec<usize>,
}

const BLANK_LINE: &str = "\n\n";

impl Short {
    /// Whether a document of `text` is to wait.
    pub(crate) fn takes(text: &str) -> bool {
        text.len() < SHORT
    }

    /// Lets a document wait; whether that is enough now.
    pub(crate) fn push(&mut self, text: &str) -> bool {
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.text.push_str(BLANK_LINE);
        self.text.len() >= SHORT
    }

    /// Where the documents stand.
    pub(crate) fn docs(&self) -> impl Iterator<Item = Range<usize>> {
        let mut begin = 0;
        self.ends.iter().map(move |&end| std::mem::replace(&mut begin, end + BLANK_LINE.len())..end)
    }

    /// Nothing waits any more; the memory is kept.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }
}
