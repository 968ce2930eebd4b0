//! Words: segments between the word boundaries of UAX #29 (Unicode 17) that hold a letter, a
//! digit or an ideograph.
//!
//! ```
//! let mut words = Vec::new();
//! let text = "Can’t stop: 3.14 km/h!";
//! lexmill::text::words::for_each_word(text, |start, end| words.push(&text[start..end]));
//! assert_eq!(words, ["Can’t", "stop", "3.14", "km", "h"]);
//! ```

mod machine;
pub mod properties;
mod table;
#[doc(hidden)]
pub mod twin;

use properties::{Class, class, property};

/// Receives what one scan of a text finds. Words come in the order of the text, and so do stops;
/// nothing is promised about a word relative to a stop.
pub trait Sink {
    /// A word from byte `start` to byte `end`.
    fn word(&mut self, start: usize, end: usize);

    /// A character at byte `position` that may end a sentence or that ends a line: `. ! ? …`,
    /// line feed, carriage return and their kin in other scripts. Left out, the search for it
    /// compiles away.
    #[inline(always)]
    fn stop(&mut self, position: usize) {
        let _ = position;
    }
}

/// A sink for words alone.
struct WordsOnly<F>(F);

impl<F: FnMut(usize, usize)> Sink for WordsOnly<F> {
    #[inline(always)]
    fn word(&mut self, start: usize, end: usize) {
        (self.0)(start, end);
    }
}

/// Calls `f` with the start and end byte of every word of `text`, in order.
pub fn for_each_word(text: &str, f: impl FnMut(usize, usize)) {
    scan(text, &mut WordsOnly(f));
}

/// Reports every word and every stop of `text` in one pass.
pub fn scan<S: Sink>(text: &str, sink: &mut S) {
    scan_scalar(text, sink);
}

/// [`scan`] by the exact machine alone, one character at a time.
pub fn scan_scalar<S: Sink>(text: &str, sink: &mut S) {
    let whole = machine::Span { from: 0, words_from: 0, stops_from: 0, at_least: usize::MAX };
    machine::run(text, whole, sink);
}

/// Whether a text can be cut before byte `position`, which must not be 0 nor inside a character:
/// both sides give the same words alone as together.
///
/// True before ASCII white space, unless it continues a run of spaces or a line end. Text can be
/// long without any; then it has no cut.
#[inline]
pub fn is_cut(text: &[u8], position: usize) -> bool {
    match text[position] {
        b' ' => !ends_with_space(&text[..position]),
        b'\n' => text[position - 1] != b'\r',
        b'\t' | 0x0b | 0x0c | b'\r' => true,
        _ => false,
    }
}

/// Whether the last character is horizontal white space, which a space would be joined to.
#[inline]
fn ends_with_space(text: &[u8]) -> bool {
    match text {
        [.., last] if last.is_ascii() => *last == b' ',
        [.., a, b, c] => std::str::from_utf8(&[*a, *b, *c])
            .ok()
            .and_then(|s| s.chars().next())
            .is_some_and(|c| c.len_utf8() == 3 && class(property(c)) == Class::WSegSpace as u8),
        _ => false,
    }
}
