//! `&str` to spans: words, sentences, paragraphs, syllables. Never counts.
//!
//! * [`words`]: exact UAX #29 words
//! * [`sentences`]: where sentences and paragraphs end
//! * [`syllables`]: the syllables of a word
//! * [`fold`]: one spelling for apostrophes, hyphens, possessives
//! * `letters`: short words as numbers
//! * `bytes`: words read sixteen bytes at once
//! * [`lists`]: word lists that ship with the crate
//! * [`offsets`]: bytes to code points

pub(crate) mod bytes;
pub mod fold;
pub(crate) mod letters;
pub mod lists;
pub mod offsets;
pub mod sentences;
pub mod syllables;
pub mod words;

/// Builds every table now: one half built when a process forks would stay so in the child.
pub fn warm() {
    lists::warm();
    syllables::warm();
}
