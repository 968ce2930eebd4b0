//! The Rust test suite: one binary, one module per subject.

mod golden;
mod stats;
mod words;
