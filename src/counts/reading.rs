//! Texts to term ids on the fly, for counts that keep no corpus: nothing stays of a text but its
//! words' places in the vocabulary.

use crate::corpus::short::Short;
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
    short: Short,
    /// Where the documents of the current stretch end, first in bytes, then in ids.
    ends: Vec<usize>,
}

/// The counted terms of a stretch of text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch<'a> {
    pub(super) ids: &'a [u32],
    /// How many of the ids stand before the end of each document that ends here. What follows the last end
    /// belongs to a document that goes on in the next stretch.
    pub(super) ends: &'a [usize],
    /// How many terms are known.
    pub(super) terms: usize,
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
        Self {
            tokens,
            forms: Vocabulary::default(),
            numbers,
            words: Vec::new(),
            ids: Vec::new(),
            short: Short::default(),
            ends: Vec::new(),
        }
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
        self.docs(std::iter::once(text), job, |stretch| {
            f(stretch.ids, stretch.terms);
            Ok(())
        })
    }

    /// Calls `f` with every stretch of the documents `texts`, in order.
    pub(super) fn docs<'t>(
        &mut self,
        texts: impl Iterator<Item = &'t str>,
        job: &Job,
        mut f: impl FnMut(Stretch<'_>) -> Result<()>,
    ) -> Result<()> {
        for text in texts {
            if Short::takes(text) {
                if self.short.push(text) {
                    self.together(job, &mut f)?;
                }
            } else {
                self.together(job, &mut f)?;
                self.long(text, job, &mut f)?;
            }
        }
        self.together(job, &mut f)
    }

    /// Reads the short documents that have come together.
    fn together(&mut self, job: &Job, f: &mut impl FnMut(Stretch<'_>) -> Result<()>) -> Result<()> {
        let mut short = std::mem::take(&mut self.short);
        self.ends.extend_from_slice(&short.ends);
        let done = if short.ends.is_empty() { Ok(()) } else { self.next(&short.text, job, f) };
        short.clear();
        self.short = short;
        done
    }

    /// Reads one document window by window.
    fn long(&mut self, text: &str, job: &Job, f: &mut impl FnMut(Stretch<'_>) -> Result<()>) -> Result<()> {
        let mut start = 0;
        while start < text.len() {
            let end =
                if text.len() - start <= WINDOW { text.len() } else { words::next_cut(text, start + WINDOW) };
            if end == text.len() {
                self.ends.push(end - start);
            }
            self.next(&text[start..end], job, f)?;
            start = end;
        }
        Ok(())
    }

    /// Hands over the stretch `text`.
    fn next(&mut self, text: &str, job: &Job, f: &mut impl FnMut(Stretch<'_>) -> Result<()>) -> Result<()> {
        job.check()?;
        self.window(text)?;
        f(Stretch { ids: &self.ids, ends: &self.ends, terms: self.names().len() })?;
        self.ends.clear();
        Ok(())
    }

    /// Puts the terms of `text` into `ids`, and makes of the bytes in `ends` numbers of ids.
    fn window(&mut self, text: &str) -> Result<()> {
        self.words.clear();
        self.ids.clear();
        words::append_words(text, 0, &mut self.words);
        let mut words = 0;
        for end in &mut self.ends {
            words += self.words[words..].partition_point(|word| word.0 < *end);
            *end = words;
        }
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
                let (mut kept, mut from) = (0, 0);
                let mut keep = |ids: &mut [u32], to: usize| {
                    for i in from..to {
                        ids[kept] = terms.of_form(ids[i]);
                        kept += usize::from(ids[kept] != NONE);
                    }
                    from = to;
                    kept
                };
                for end in &mut self.ends {
                    *end = keep(&mut self.ids, *end);
                }
                let all = self.ids.len();
                let kept = keep(&mut self.ids, all);
                self.ids.truncate(kept);
            }
        }
        Ok(())
    }
}

/// Finds the terms of the forms that are new, adding those that are no form yet.
#[inline(never)]
fn share(forms: &mut Vocabulary, of_form: &mut Vec<u32>, same: &mut bool, tokens: &Tokens) -> Result<()> {
    let (text, ends) = forms.joined();
    let known = of_form.len();
    if text.as_bytes()[known.checked_sub(1).map_or(0, |last| ends[last])..].is_ascii() {
        of_form.extend(known as u32..forms.len() as u32);
        return Ok(());
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::twin;

    const PIECES: [&str; 24] = [
        "word", "Wörter", "É", "e\u{301}", "\u{301}", "\u{200d}", "🏽", "👩", "'", "’s", ".", "3", ",", "_",
        "\r", "\n", " ", "\u{a0}", "カ", "漢", "א\"", "\u{85}", "🇫", "-",
    ];

    /// The terms of each document, read together.
    fn docs(texts: &[String], tokens: &Tokens) -> Vec<Vec<String>> {
        let mut reading = Reading::new(tokens);
        let (mut docs, mut open) = (Vec::new(), Vec::new());
        reading
            .docs(texts.iter().map(String::as_str), &Job::new(Some(1)), |stretch| {
                let mut start = 0;
                for &end in stretch.ends {
                    open.extend_from_slice(&stretch.ids[start..end]);
                    docs.push(std::mem::take(&mut open));
                    start = end;
                }
                open.extend_from_slice(&stretch.ids[start..]);
                Ok(())
            })
            .unwrap();
        assert!(open.is_empty());
        let spelled = |ids: Vec<u32>| ids.iter().map(|&id| reading.names().str(id).to_owned()).collect();
        docs.into_iter().map(spelled).collect()
    }

    #[test]
    fn documents_read_together_are_as_if_read_alone() {
        let mut state = 7u64;
        let mut random = |n: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % n
        };
        let mut texts = vec![String::new()];
        for round in 0..3000 {
            let pieces = if round % 700 == 699 { 90_000 } else { random(12) };
            texts.push((0..pieces).map(|_| PIECES[random(PIECES.len())]).collect());
        }
        let apart = Tokens { drop_numbers: true, ..Tokens::default() };
        for tokens in [Tokens::default(), apart] {
            let together = docs(&texts, &tokens);
            assert_eq!(together.len(), texts.len());
            for (text, terms) in texts.iter().zip(together) {
                let mut expected = Vec::new();
                for (start, end) in twin::words(text) {
                    let mut term = String::new();
                    if tokens.term(&text[start..end], &mut term) {
                        expected.push(term);
                    }
                }
                assert_eq!(terms, expected, "{text:?}");
            }
        }
    }
}
