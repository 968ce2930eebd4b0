//! Texts to interned columns.

pub mod vocabulary;
