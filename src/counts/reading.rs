//! Texts to term ids on the fly, for counts that keep no corpus: nothing stays of a text but its
//! words' places in the vocabulary.

use crate::corpus::vocabulary::{Case, Vocabulary};
use crate::corpus::{Terms, Tokens, terms::NONE, tokens};
use crate::error::Result;
use crate::parallel::Job;
use crate::text::words;

/// How much text is read between two looks at a stop request.
const WINDOW: usize = 128 * 1024;

/// What one worker knows of the words it has met.
pub(super) struct Reading<'a> {
    tokens: &'a Tokens,
    forms: Vocabulary,
    numbers: Numbers,
    words: Vec<(usize, usize)>,
    ids: Vec<u32>,
}

/// How terms are numbered.
enum Numbers {
    /// Among the forms: nearly every form is its own term once ASCII is lower-cased, so a second
    /// vocabulary would hold the same strings again.
    Shared {
        of_form: Vec<u32>,
        /// Every form so far is its own term.
        same: bool,
    },
    /// Apart from them.
    Apart(Terms),
}

impl<'a> Reading<'a> {
    /// No word met yet.
    pub(super) fn new(tokens: &'a Tokens) -> Self {
        // Folding a folded word changes nothing, so the strings of terms may stand among the forms.
        let numbers = if tokens.is_default() {
            Numbers::Shared { of_form: Vec::new(), same: true }
        } else {
            Numbers::Apart(Terms::default())
        };
        Self { tokens, forms: Vocabulary::default(), numbers, words: Vec::new(), ids: Vec::new() }
    }

    /// The terms met so far, and maybe strings that are none.
    pub(super) fn names(&self) -> &Vocabulary {
        match &self.numbers {
            Numbers::Shared { .. } => &self.forms,
            Numbers::Apart(terms) => terms.names(),
        }
    }

    /// [`names`](Self::names), handed over.
    pub(super) fn into_names(self) -> Vocabulary {
        match self.numbers {
            Numbers::Shared { .. } => self.forms,
            Numbers::Apart(terms) => terms.into_names(),
        }
    }

    /// Calls `f` with the counted terms of each stretch of `text`, and how many terms are known.
    pub(super) fn read(&mut self, text: &str, job: &Job, mut f: impl FnMut(&[u32], usize)) -> Result<()> {
        let mut start = 0;
        loop {
            job.check()?;
            let end =
                if text.len() - start <= WINDOW { text.len() } else { words::next_cut(text, start + WINDOW) };
            self.window(&text[start..end])?;
            f(&self.ids, self.names().len());
            if end == text.len() {
                return Ok(());
            }
            start = end;
        }
    }

    /// Puts the terms of `text` into `ids`.
    fn window(&mut self, text: &str) -> Result<()> {
        self.words.clear();
        self.ids.clear();
        words::append_words(text, 0, &mut self.words);
        // Forms that differ in ASCII case alone need no entry of their own; the rest is folded by term.
        let case = if self.tokens.case == tokens::Case::Lower { Case::AsciiLower } else { Case::Keep };
        self.forms.intern_words(text, &self.words, case, &mut self.ids)?;
        match &mut self.numbers {
            Numbers::Shared { of_form, same } => {
                if of_form.len() < self.forms.len() {
                    share(&mut self.forms, of_form, same, self.tokens)?;
                }
                if !*same {
                    self.ids.iter_mut().for_each(|id| *id = of_form[*id as usize]);
                }
            }
            Numbers::Apart(terms) => {
                terms.extend(&self.forms, self.tokens)?;
                self.ids.retain_mut(|id| {
                    *id = terms.of_form(*id);
                    *id != NONE
                });
            }
        }
        Ok(())
    }
}

/// Finds the terms of the forms that are new, adding those that are no form yet.
#[inline(never)]
fn share(forms: &mut Vocabulary, of_form: &mut Vec<u32>, same: &mut bool, tokens: &Tokens) -> Result<()> {
    let mut term = String::new();
    while of_form.len() < forms.len() {
        let id = of_form.len() as u32;
        let form = forms.str(id);
        let own = form.is_ascii() || (tokens.term(form, &mut term) && term == form);
        of_form.push(if own { id } else { forms.intern(&term)? });
        *same &= own;
    }
    Ok(())
}
