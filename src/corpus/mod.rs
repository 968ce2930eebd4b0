//! Texts to interned columns, built in one parallel pass:
//!
//! * [`texts`]: a column of texts, owned or borrowed
//! * [`tokens`]: the options that say what counts as a word
//! * [`vocabulary`]: string to id and back
//! * [`columns`]: the [`Corpus`]: token ids and spans, sentences, paragraphs, documents
//! * [`labels`]: ids and metadata of the documents
//! * `chunks`: what workers take at a time
//! * [`mod@build`]: the pass that fills it
//! * `short`: short documents, to be read together
//! * `pieces`: the pass where only sentences are kept
//! * [`terms`]: which term each form counts as

pub mod build;
pub(crate) mod chunks;
pub mod columns;
pub mod labels;
pub(crate) mod pieces;
pub(crate) mod short;
pub mod terms;
pub mod texts;
pub mod tokens;
pub mod vocabulary;

pub use build::{Reader, build};
pub use columns::Corpus;
pub use labels::Labels;
pub use terms::Terms;
pub use texts::{Source, Texts};
pub use tokens::Tokens;
pub use vocabulary::Vocabulary;
