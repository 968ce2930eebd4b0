//! lexmill counts, connects and measures text: tokenise once, ask anything.
//!
//! The layers, lowest first; each may use only those before it (a test reads the `use` lines):
//!
//! 1. [`error`], [`measure`], [`mod@memory`], [`table`], [`parallel`]: what every layer needs
//! 2. [`stats`]: numbers to numbers, never sees a string
//! 3. [`text`]: `&str` to spans, never counts (`stats` and `text` do not know each other)
//! 4. [`corpus`]: texts to interned columns, built in one parallel pass
//! 5. [`entities`]: corpus to mentions of names
//! 6. [`counts`]: corpus to integers that merge exactly
//! 7. [`verbs`]: one file per question a user asks, each answering with a [`table::Table`]
//! 8. `py`: the Python bindings (feature `python`), the only place that names pyo3

pub mod error;
pub mod measure;
#[cfg(target_os = "linux")]
pub mod memory;
pub mod parallel;
pub mod table;

pub mod stats;
pub mod text;

pub mod corpus;
pub mod counts;
pub mod entities;
pub mod verbs;

#[cfg(feature = "python")]
mod py;

pub use error::{Error, Result};
