//! Words: every path gives what the Unicode files say and what the naive twin gives.

mod files;
mod generate;
mod random;

use lexmill::text::words::{self, Level, Sink, twin};

/// What one scan found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) words: Vec<(usize, usize)>,
    pub(crate) stops: Vec<usize>,
}

impl Sink for Found {
    const STOPS: bool = true;

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
    let same = |found: Found, path: &str| {
        let differs = |a: &[(usize, usize)], b: &[(usize, usize)]| a.iter().find(|w| !b.contains(w)).copied();
        assert!(
            found == expected,
            "{path}: missing word {:?}, false word {:?}, stops right: {}, on {}",
            differs(&expected.words, &found.words),
            differs(&found.words, &expected.words),
            found.stops == expected.stops,
            show(text)
        );
    };
    same(scalar(text), "scalar machine");
    for level in Level::ALL {
        let mut found = Found::default();
        words::scan_at(level, text, &mut found);
        same(found, &format!("{level:?}"));
    }
}
