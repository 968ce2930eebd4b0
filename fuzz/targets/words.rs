//! Every way to words and stops gives what the rules of UAX #29, written down one by one, give.
#![no_main]

use lexmill::text::words::properties::{class, is_stop, property};
use lexmill::text::words::{self, Level, Sink, twin};
use libfuzzer_sys::fuzz_target;

#[derive(Debug, Default, PartialEq)]
struct Found {
    words: Vec<(usize, usize)>,
    stops: Vec<usize>,
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

fuzz_target!(|text: &str| {
    let stops = text.char_indices().filter(|&(_, c)| is_stop(class(property(c)))).map(|(i, _)| i);
    let expected = Found { words: twin::words(text), stops: stops.collect() };
    let mut scalar = Found::default();
    words::scan_scalar(text, &mut scalar);
    assert_eq!(scalar, expected, "scalar machine");
    for level in Level::ALL {
        let mut found = Found::default();
        words::scan_at(level, text, &mut found);
        assert_eq!(found, expected, "{level:?}");
    }
    let mut appended = Vec::new();
    words::append_words(text, 7, &mut appended);
    assert!(appended.iter().map(|&(start, end)| (start - 7, end - 7)).eq(expected.words));
});
