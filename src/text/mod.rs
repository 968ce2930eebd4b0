//! `&str` to spans: words, sentences, paragraphs, syllables. Never counts.

pub mod syllables;
