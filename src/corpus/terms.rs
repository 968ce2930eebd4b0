//! [`Terms`]: which term each form counts as. Folding, stop words and stems are worked out once per
//! distinct form, never per token.

use super::columns::Columns;
use super::vocabulary::Case;
use super::{Texts, Tokens, Vocabulary};
use crate::error::Result;
use crate::text::fold;

/// The mark of a token that is not counted.
pub const NONE: u32 = u32::MAX;

/// The counted vocabulary and the way from forms to it.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    names: Vocabulary,
    of_form: Vec<u32>,
    /// Where compounds are one token, the term of each token: the compound's at its first part,
    /// [`NONE`] at the others.
    of_token: Option<Vec<u32>>,
}

impl Terms {
    /// The terms of every form in `forms`.
    pub fn of_forms(forms: &Vocabulary, tokens: &Tokens) -> Result<Self> {
        let mut terms = Self::default();
        terms.extend(forms, tokens)?;
        Ok(terms)
    }

    /// Adds the terms of the forms that came since the last call.
    pub fn extend(&mut self, forms: &Vocabulary, tokens: &Tokens) -> Result<()> {
        let known = self.of_form.len();
        if known == forms.len() {
            return Ok(());
        }
        let mut spans: Vec<(usize, usize)> = Vec::new();
        let (text, ends) = forms.joined();
        if tokens.is_default() {
            // Most forms are ASCII, and their terms are found many at a time.
            let mut start = if known == 0 { 0 } else { ends[known - 1] };
            for &end in &ends[known..] {
                if text.as_bytes()[start..end].is_ascii() {
                    spans.push((start, end));
                }
                start = end;
            }
        }
        let mut ids = Vec::new();
        self.names.intern_words(text, &spans, Case::AsciiLower, &mut ids)?;
        let mut found = spans.iter().zip(ids).peekable();
        let mut out = String::new();
        let mut start = if known == 0 { 0 } else { ends[known - 1] };
        self.of_form.reserve(forms.len() - known);
        for &end in &ends[known..] {
            let term = match found.next_if(|(span, _)| **span == (start, end)) {
                Some((_, id)) => id,
                None if tokens.term(&text[start..end], &mut out) => self.names.intern(&out)?,
                None => NONE,
            };
            self.of_form.push(term);
            start = end;
        }
        Ok(())
    }

    /// Looks at the gaps between tokens and makes hyphenated compounds one term.
    pub(super) fn join_compounds(
        &mut self,
        texts: &Texts,
        columns: &Columns,
        forms: &Vocabulary,
        tokens: &Tokens,
    ) -> Result<()> {
        let mut of_token = vec![NONE; columns.n_tokens()];
        let (mut compound, mut out) = (String::new(), String::new());
        for doc in 0..columns.n_docs() {
            let text = texts.text(doc);
            let mut open: Option<(usize, usize)> = None;
            let mut close = |open: Option<(usize, usize)>, compound: &str| -> Result<()> {
                if let Some((first, _)) = open
                    && tokens.term(compound, &mut out)
                {
                    of_token[first] = self.names.intern(&out)?;
                }
                Ok(())
            };
            for sentence in columns.sentences_of(doc) {
                for token in columns.tokens_of_sentence(sentence) {
                    let form = forms.str(columns.form(token));
                    let start = columns.token_start(sentence, token);
                    match &mut open {
                        Some((_, end)) if fold::joins_compound(&text[*end..start]) => {
                            compound.push('-');
                            *end = start + form.len();
                        }
                        _ => {
                            close(open, &compound)?;
                            compound.clear();
                            open = Some((token, start + form.len()));
                        }
                    }
                    compound.push_str(form);
                }
            }
            close(open, &compound)?;
            compound.clear();
        }
        self.of_token = Some(of_token);
        Ok(())
    }

    /// The term of `token`, whose form is `form`; [`NONE`] if it is not counted.
    pub fn of(&self, token: usize, form: u32) -> u32 {
        match &self.of_token {
            None => self.of_form[form as usize],
            Some(of_token) => of_token[token],
        }
    }

    /// Appends the terms of the tokens from `first` on, whose forms are `forms`.
    pub(super) fn extend_into(&self, first: usize, forms: &[u32], out: &mut Vec<u32>) {
        match &self.of_token {
            None => out.extend(forms.iter().map(|&f| self.of_form[f as usize])),
            Some(of_token) => out.extend_from_slice(&of_token[first..first + forms.len()]),
        }
    }

    /// The term of the form `form`, compounds apart.
    pub fn of_form(&self, form: u32) -> u32 {
        self.of_form[form as usize]
    }

    /// The counted vocabulary alone.
    pub(crate) fn into_names(self) -> Vocabulary {
        self.names
    }

    /// The counted vocabulary; a superset of the terms in use where documents were filtered.
    pub fn names(&self) -> &Vocabulary {
        &self.names
    }
}
