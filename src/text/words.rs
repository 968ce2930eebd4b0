//! Words: segments between the word boundaries of UAX #29 (Unicode 17) that hold a letter, a
//! digit or an ideograph.
//!
//! ```
//! let mut words = Vec::new();
//! let text = "Can’t stop: 3.14 km/h!";
//! lexmill::text::words::for_each_word(text, |start, end| words.push(&text[start..end]));
//! assert_eq!(words, ["Can’t", "stop", "3.14", "km", "h"]);
//! ```
//!
//! There are three ways to the same answer: [`scan`], which reads 64 bytes at a time and hands
//! what that cannot express to the second; [`scan_scalar`], the rules as a table of states; and
//! [`twin`], the rules as they are printed, to check the others with.

mod blocks;
mod machine;
mod portable;
pub mod properties;
mod table;
#[doc(hidden)]
pub mod twin;
mod vector;

use properties::{Class, class, property_of};
pub(crate) use vector::{BATCH, Key, Line, PLACES, find, for_each_far, prefetch, prefetch_lines, widest};

/// Receives what one scan of a text finds. Words come in the order of the text, and so do stops;
/// nothing is promised about a word relative to a stop.
pub trait Sink {
    /// Whether [`stop`](Sink::stop) is wanted. If not, the search for stops compiles away.
    const STOPS: bool;

    /// A word from byte `start` to byte `end`.
    fn word(&mut self, start: usize, end: usize);

    /// Words from byte `base + start` to byte `base + end`, in order.
    #[inline(always)]
    fn words(&mut self, base: usize, words: &[[u16; 2]]) {
        for &[start, end] in words {
            self.word(base + usize::from(start), base + usize::from(end));
        }
    }

    /// A character at byte `position` that may end a sentence or that ends a line: `. ! ? …`,
    /// line feed, carriage return and their kin in other scripts.
    fn stop(&mut self, position: usize);
}

/// A sink for words alone.
struct WordsOnly<F>(F);

impl<F: FnMut(usize, usize)> Sink for WordsOnly<F> {
    const STOPS: bool = false;

    #[inline(always)]
    fn word(&mut self, start: usize, end: usize) {
        (self.0)(start, end);
    }

    #[inline(always)]
    fn stop(&mut self, _: usize) {}
}

/// Collects the words of a text.
struct Collected<'a> {
    words: &'a mut Vec<(usize, usize)>,
    /// Where the text begins.
    origin: usize,
}

impl Sink for Collected<'_> {
    const STOPS: bool = false;

    #[inline(always)]
    fn word(&mut self, start: usize, end: usize) {
        self.words.push((self.origin + start, self.origin + end));
    }

    #[inline(always)]
    fn words(&mut self, base: usize, words: &[[u16; 2]]) {
        // The vector grows once for all of them.
        let base = self.origin + base;
        let span = |&[start, end]: &[u16; 2]| (base + usize::from(start), base + usize::from(end));
        self.words.extend(words.iter().map(span));
    }

    #[inline(always)]
    fn stop(&mut self, _: usize) {}
}

/// The instruction set that a scan uses. All give the same words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Ordinary 64-bit registers.
    Portable,
    /// 16 bytes at a time; every x86-64 has it.
    Sse2,
    /// 32 bytes at a time.
    Avx2,
    /// 64 bytes at a time.
    Avx512,
}

impl Level {
    /// All levels, the plainest first.
    pub const ALL: [Level; 4] = [Level::Portable, Level::Sse2, Level::Avx2, Level::Avx512];
}

/// The best level of this machine, which [`scan`] uses.
pub fn level() -> Level {
    vector::detect()
}

/// Calls `f` with the start and end byte of every word of `text`, in order.
pub fn for_each_word(text: &str, f: impl FnMut(usize, usize)) {
    scan(text, &mut WordsOnly(f));
}

/// Appends the start and end byte of every word of `text`, which begins at byte `origin` of something
/// larger, to `words`, in order.
pub fn append_words(text: &str, origin: usize, words: &mut Vec<(usize, usize)>) {
    scan(text, &mut Collected { words, origin });
}

/// [`for_each_word`] with a level chosen by hand.
pub fn for_each_word_at(level: Level, text: &str, f: impl FnMut(usize, usize)) {
    scan_at(level, text, &mut WordsOnly(f));
}

/// Reports every word and every stop of `text` in one pass.
pub fn scan<S: Sink>(text: &str, sink: &mut S) {
    scan_at(level(), text, sink);
}

/// [`scan`] with a level chosen by hand, for tests and benchmarks. A level that the machine lacks
/// falls back to the portable one.
pub fn scan_at<S: Sink>(level: Level, text: &str, sink: &mut S) {
    vector::scan_at(level, text, sink);
}

/// [`scan`] by the exact machine alone, one character at a time.
pub fn scan_scalar<S: Sink>(text: &str, sink: &mut S) {
    let whole = machine::Span { from: 0, words_from: 0, stops_from: 0, at_least: usize::MAX };
    machine::run(text, whole, sink);
}

/// Whether a text can be cut before byte `position`, which must not lie inside a character: both
/// sides give the same words and stops alone as together.
///
/// True at both ends and before ASCII white space, unless it continues a run of spaces or a line
/// end. A text can be long without any white space; then it has no other cut.
#[inline]
pub fn is_cut(text: &[u8], position: usize) -> bool {
    let Some((before, [next, ..])) = text.split_at_checked(position) else { return true };
    match *next {
        b' ' => !ends_with_space(before),
        b'\n' => before.last() != Some(&b'\r'),
        b'\t' | 0x0b | 0x0c | b'\r' => true,
        _ => before.is_empty(),
    }
}

/// The first place at or after byte `at` where a text can be cut, see [`is_cut`]; its end if there is none.
pub fn next_cut(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&i| is_cut(text.as_bytes(), i)).unwrap_or(text.len())
}

/// Whether the last character is horizontal white space, which a space would be joined to.
#[inline]
fn ends_with_space(text: &[u8]) -> bool {
    match *text {
        [.., last] if last.is_ascii() => last == b' ',
        // All others are three bytes long: U+1680, U+2000 to U+205F, U+3000.
        [.., a @ 0xe1..=0xe3, b, c] => {
            let code = u32::from(a & 0x0f) << 12 | u32::from(b & 0x3f) << 6 | u32::from(c & 0x3f);
            class(property_of(code)) == Class::WSegSpace as u8
        }
        _ => false,
    }
}
