//! Corpus to mentions of names:
//!
//! * [`gazetteer`]: the names to look for, with aliases, types and case policies
//! * [`pattern`]: an alias as words and the gaps between them
//! * [`matcher`]: the longest name at each place, over token ids
//! * [`spans`]: mentions that another tool found, checked against the texts

pub mod gazetteer;
pub mod matcher;
pub mod pattern;
pub mod spans;

pub use gazetteer::{Alias, CasePolicy, Entity, Gazetteer, Overlap};
pub use matcher::{Mention, mentions};
pub use spans::{Names, Span, Spans};
