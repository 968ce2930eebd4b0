//! Corpus to mentions of names:
//!
//! * [`gazetteer`]: the names to look for, with aliases, types and case policies
//! * [`pattern`]: an alias as words and the gaps between them
//! * [`matcher`]: the longest name at each place, over token ids

pub mod gazetteer;
pub mod matcher;
pub mod pattern;

pub use gazetteer::{Alias, CasePolicy, Entity, Gazetteer, Overlap};
pub use matcher::{Mention, mentions};
