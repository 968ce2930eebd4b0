//! The profiles of each group's documents, and how long its words and sentences are, one by one: what
//! descriptives and their bootstrap are made of.

use super::familiar::WordLists;
use super::forms::Forms;
use super::groups::Groups;
use super::profiles::Counter;
use crate::corpus::Corpus;
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::stats::readability::Profile;
use crate::stats::spread::Histogram;

/// How words and sentences are spread. Sentences without a word are left out, as from every score.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spread {
    /// Words per sentence.
    pub words_per_sentence: Histogram,
    /// Letters and digits per sentence.
    pub characters_per_sentence: Histogram,
    /// Syllables per word.
    pub syllables_per_word: Histogram,
    /// Letters and digits per word.
    pub characters_per_word: Histogram,
}

impl Spread {
    pub(super) fn word(&mut self, syllables: u32, characters: u32) {
        self.syllables_per_word.add(u64::from(syllables));
        self.characters_per_word.add(u64::from(characters));
    }

    pub(super) fn sentence(&mut self, words: u64, characters: u64) {
        if words > 0 {
            self.words_per_sentence.add(words);
            self.characters_per_sentence.add(characters);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.words_per_sentence.merge(&other.words_per_sentence);
        self.characters_per_sentence.merge(&other.characters_per_sentence);
        self.syllables_per_word.merge(&other.syllables_per_word);
        self.characters_per_word.merge(&other.characters_per_word);
    }
}

/// A group of documents, missing ones left out.
#[derive(Debug, Clone, Default)]
pub struct Described {
    /// The counts of each document, in the order of the texts; all that add up, so not `types`.
    pub docs: Vec<Profile>,
    /// Its words and sentences.
    pub spread: Spread,
}

/// Each group of `corpus`.
pub fn described(corpus: &Corpus, lists: &WordLists, groups: &Groups, job: &Job) -> Result<Vec<Described>> {
    let forms = Forms::of(corpus, lists, job)?;
    let sizes = corpus.texts().sizes();
    let chunks = groups.chunks(&sizes, job.threads());
    let init = || Counter::new(lists);
    let (_, parts) = parallel::fold(job, chunks.len(), sizes.iter().sum(), init, |counter, chunk| {
        counter.spread = Some(Box::default());
        let mut docs = Vec::new();
        for &doc in chunks[chunk].docs.iter().filter(|&&d| corpus.texts().get(d).is_some()) {
            job.check()?;
            let text = corpus.texts().text(doc);
            counter.add(&forms, text, corpus, corpus.columns().sentences_of(doc));
            docs.push(counter.finish(&forms).0);
            job.advance(1);
        }
        Ok((docs, counter.spread.take().unwrap_or_default()))
    })?;
    let mut out: Vec<Described> = (0..groups.len()).map(|_| Described::default()).collect();
    for ((_, (docs, spread)), chunk) in parts.into_iter().zip(&chunks) {
        out[chunk.group].docs.extend(docs);
        out[chunk.group].spread.merge(&spread);
    }
    Ok(out)
}
