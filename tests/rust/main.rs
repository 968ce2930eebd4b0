//! The Rust test suite: one binary, one module per subject.
// `cfg(test)` is what tells clippy that these are tests.
#![cfg(test)]

mod discover;
mod discover_links;
mod engine;
mod golden;
mod sentences;
mod stats;
mod syllables;
mod vocabulary;
mod words;
