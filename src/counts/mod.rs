//! Corpus to integers that merge exactly:
//!
//! * [`groups`]: documents by a metadata column, the slices that every verb counts in
//! * [`grams`]: n-grams as numbers, and their counts in a document
//! * [`matrix`]: documents by terms, as compressed rows
//! * [`terms`]: how often each term and n-gram occurs and in how many documents
//! * [`pairs`]: which entities occur in the same unit, and where
//! * [`units`]: the stretch of text within which names occur together, and how it counts
//! * `windows`: pairs in windows of words and of sentences
//! * [`shuffle`]: how often documents put in random order have as many units with both
//! * [`profiles`]: the integers behind every readability score

pub mod grams;
pub mod groups;
pub mod matrix;
pub mod pairs;
pub mod profiles;
pub mod shuffle;
pub mod terms;
pub mod units;
mod windows;
