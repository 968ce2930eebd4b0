//! The Rust test suite: one binary, one module per subject.

mod discover;
mod golden;
mod stats;
mod words;
