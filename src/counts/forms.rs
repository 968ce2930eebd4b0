//! What depends on a form alone, worked out once per distinct form.

use ahash::AHashMap;

use super::familiar::WordLists;
use crate::corpus::Corpus;
use crate::error::Result;
use crate::parallel::Job;
use crate::text::fold;
use crate::text::syllables::{How, syllables};

/// What a form contributes wherever it stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Form {
    /// The form folded, as a number.
    pub(super) fold: u32,
    pub(super) letters: u32,
    pub(super) characters: u32,
    pub(super) syllables: u32,
    pub(super) estimated: bool,
    /// Starts with a capital: a proper name unless it starts a sentence.
    pub(super) capital: bool,
    /// Ends in -ed or -es.
    pub(super) inflected: bool,
    /// The lists of familiar words that lack it.
    pub(super) unfamiliar: u8,
}

/// What every form of a corpus contributes.
pub struct Forms {
    pub(super) forms: Vec<Form>,
    pub(super) folds: usize,
    pub(super) lists: WordLists,
}

impl Forms {
    /// Looks at every form of `corpus` once.
    pub fn new(corpus: &Corpus, lists: &WordLists, job: &Job) -> Result<Self> {
        let language = corpus.reader().language;
        let vocabulary = corpus.forms();
        let mut folds: AHashMap<String, u32> = AHashMap::with_capacity(vocabulary.len());
        let mut forms = Vec::with_capacity(vocabulary.len());
        for id in 0..vocabulary.len() {
            if id % 4096 == 0 {
                job.check()?;
            }
            let text = vocabulary.str(id as u32);
            let folded = fold::apostrophes(text).to_lowercase();
            let inflected = folded.ends_with("ed") || folded.ends_with("es");
            let next = folds.len() as u32;
            let counted = syllables(text, language);
            forms.push(Form {
                fold: *folds.entry(folded).or_insert(next),
                letters: text.chars().filter(|c| c.is_alphabetic()).count() as u32,
                characters: text.chars().filter(|c| c.is_alphanumeric()).count() as u32,
                syllables: counted.count,
                estimated: counted.how == How::Rule,
                capital: text.chars().next().is_some_and(char::is_uppercase),
                inflected,
                unfamiliar: lists.unfamiliar(text),
            });
        }
        Ok(Self { forms, folds: folds.len(), lists: lists.clone() })
    }
}
