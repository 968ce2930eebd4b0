//! Corpus to mentions of names:
//!
//! * [`acronyms`]: short forms and what they stand for, as a text defines them
//! * [`mod@discover`]: the names of a corpus and their aliases, found by rule
//! * [`gazetteer`]: the names to look for, with aliases, types and case policies
//! * [`pattern`]: an alias as words and the gaps between them
//! * [`matcher`]: the longest name at each place, over token ids
//! * [`reading`]: the same without a corpus, as the texts are read
//! * [`spans`]: mentions that another tool found, checked against the texts
//! * [`terms`]: the counted words of a corpus in the place of names

pub mod acronyms;
pub mod discover;
mod filter;
pub mod gazetteer;
pub mod matcher;
mod nodes;
mod openings;
pub mod pattern;
pub mod reading;
pub mod spans;
pub mod terms;
mod walk;

pub use discover::discover;
pub use gazetteer::{Alias, Ambiguous, CasePolicy, Entity, Gazetteer, Overlap};
pub use matcher::{Mention, mentions};
pub use spans::{Names, Span, Spans};
pub use terms::TermNames;
