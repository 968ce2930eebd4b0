//! Words: every path gives what the Unicode files say and what the naive twin gives.

mod files;
mod generate;
mod random;

use lexmill::text::words::{self, Sink, twin};

/// What one scan found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) words: Vec<(usize, usize)>,
    pub(crate) stops: Vec<usize>,
}

impl Sink for Found {
    fn word(&mut self, start: usize, end: usize) {
        self.words.push((start, end));
    }
    fn stop(&mut self, position: usize) {
        self.stops.push(position);
    }
}

pub(crate) fn scalar(text: &str) -> Found {
    let mut found = Found::default();
    words::scan_scalar(text, &mut found);
    found
}

/// The obviously right answer; quadratic on long runs of marks.
pub(crate) fn naive(text: &str) -> Found {
    use words::properties::{class, is_stop, property};
    let stops = text.char_indices().filter(|&(_, c)| is_stop(class(property(c)))).map(|(i, _)| i);
    Found { words: twin::words(text), stops: stops.collect() }
}

/// A text as code points, for messages.
pub(crate) fn show(text: &str) -> String {
    let codes: Vec<String> = text.chars().map(|c| format!("{:04X}", c as u32)).collect();
    codes.join(" ")
}

/// Every path gives the same on `text`, and that is what the twin gives.
pub(crate) fn check(text: &str) {
    let expected = naive(text);
    assert_eq!(scalar(text), expected, "scalar machine on {}", show(text));
}
