//! The Rust test suite: one binary, one module per subject.

mod golden;
mod stats;
// `cfg(test)` is what tells clippy that these are tests.
#[cfg(test)]
mod vocabulary;
#[cfg(test)]
mod words;
// `cfg(test)` is what tells clippy that these are tests.
#[cfg(test)]
mod sentences;
