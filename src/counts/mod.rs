//! Corpus to integers that merge exactly:
//!
//! * [`groups`]: documents by a metadata column, the slices that every verb counts in
//! * [`grams`]: n-grams in the order of their strings
//! * [`matrix`]: documents by terms, as compressed rows
//! * [`terms`]: how often each term and n-gram occurs and in how many documents
//! * [`stream`]: the same for the words of texts that are not kept
//! * `rows`: the same for single words
//! * `source`: where the words of documents come from
//! * `reading`: texts to term ids on the fly
//! * [`pairs`]: which entities occur in the same unit, and where
//! * `places`: the places kept of each pair
//! * [`forms`]: what each form contributes to a profile wherever it stands
//! * `folds`: which forms are the same word
//! * [`familiar`]: lists of familiar words
//! * [`units`]: the stretch of text within which names occur together, and how it counts
//! * `windows`: pairs in windows of words and of sentences
//! * [`shuffle`]: how often documents put in random order have as many units with both
//! * [`profiles`]: the integers behind every readability score
//! * [`spreads`]: the profiles of each group's documents, and how its words and sentences are spread

pub mod familiar;
mod folds;
pub mod forms;
pub mod grams;
pub mod groups;
pub mod matrix;
pub(crate) mod order;
pub mod pairs;
mod places;
pub mod profiles;
mod reading;
mod rows;
pub mod shuffle;
mod source;
pub mod spreads;
pub mod stream;
pub mod terms;
pub mod units;
mod windows;
