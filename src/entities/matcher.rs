//! The names in a corpus: a walk over token ids and the gaps between tokens. Boundaries come for
//! free because tokens are words; a possessive `'s` and a hyphen end a name as a space does.

use super::gazetteer::{Gazetteer, NO_GAP, Overlap};
use super::pattern;
use crate::corpus::{Corpus, Vocabulary};
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::text::fold;

/// A name found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The document.
    pub doc: usize,
    /// The sentence in which the name starts, counted over the corpus.
    pub sentence: usize,
    /// Where it starts, in bytes of the document.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The entity.
    pub entity: u32,
    /// The entry of the gazetteer, see [`Gazetteer::alias`].
    pub alias: u32,
}

/// Every mention of the names of `gazetteer` in `corpus`, in the order of the texts.
pub fn mentions(corpus: &Corpus, gazetteer: &Gazetteer, job: &Job) -> Result<Vec<Mention>> {
    let words = Words::new(corpus.forms(), gazetteer);
    let sizes = corpus.texts().sizes();
    let chunks = parallel::balance(&sizes, job.threads());
    let found = parallel::map(job, chunks.len(), sizes.iter().sum(), |chunk| {
        let mut found = Vec::new();
        let mut walk = Walk { corpus, gazetteer, words: &words, tokens: Vec::new() };
        for doc in chunks[chunk].clone() {
            job.check()?;
            walk.doc(doc, &mut found);
            job.advance(1);
        }
        Ok(found)
    })?;
    Ok(found.concat())
}

/// What the gazetteer knows of each form: its word, and the word that is left without a possessive
/// ending. 0 is a word that no name holds.
struct Words {
    of_form: Vec<(u32, u32)>,
}

impl Words {
    fn new(forms: &Vocabulary, gazetteer: &Gazetteer) -> Self {
        let word = |text: &str| gazetteer.words.get(&pattern::word(text)).copied().unwrap_or(0);
        let of = |id: usize| {
            let form = forms.str(id as u32);
            let stem = fold::possessive_stem(form);
            (word(form), if stem < form.len() { word(&form[..stem]) } else { 0 })
        };
        Self { of_form: (0..forms.len()).map(of).collect() }
    }
}

/// A token that may be part of a name.
struct Token {
    sentence: usize,
    start: usize,
    end: usize,
    /// Where it ends without its possessive ending.
    stem_end: usize,
    word: u32,
    stem: u32,
}

struct Walk<'a> {
    corpus: &'a Corpus,
    gazetteer: &'a Gazetteer,
    words: &'a Words,
    tokens: Vec<Token>,
}

impl Walk<'_> {
    fn doc(&mut self, doc: usize, found: &mut Vec<Mention>) {
        self.read(doc);
        let text = self.corpus.texts().text(doc);
        let all = self.gazetteer.overlap() == Overlap::All;
        let mut i = 0;
        while i < self.tokens.len() {
            let first = found.len();
            let next = self.at(text, doc, i, found);
            if !all && found.len() > first {
                // The walk adds longer matches later: keep the last.
                let longest = found.len() - 1;
                found.swap(first, longest);
                found.truncate(first + 1);
                i = next;
            } else {
                i += 1;
            }
        }
    }

    /// Looks up every token of the document; tokens of no name have word 0.
    fn read(&mut self, doc: usize) {
        let columns = self.corpus.columns();
        self.tokens.clear();
        for sentence in columns.sentences_of(doc) {
            for token in columns.tokens_of_sentence(sentence) {
                let form = columns.form(token);
                let (word, stem) = self.words.of_form[form as usize];
                let span = self.corpus.token_span(sentence, token);
                let stem_end = if stem == 0 {
                    span.end
                } else {
                    span.start + fold::possessive_stem(self.corpus.forms().str(form))
                };
                self.tokens.push(Token { sentence, start: span.start, end: span.end, stem_end, word, stem });
            }
        }
    }

    /// Adds the names that start at token `i`, the shortest first; gives the token after the longest.
    fn at(&self, text: &str, doc: usize, i: usize, found: &mut Vec<Mention>) -> usize {
        let (mut node, mut gap, mut next) = (0, NO_GAP, i + 1);
        for j in i..self.tokens.len() {
            let token = &self.tokens[j];
            if j > i {
                match self.gap(&text[self.tokens[j - 1].end..token.start]) {
                    Some(g) => gap = g,
                    None => break,
                }
            }
            let ends: [(u32, usize); 2] = [(token.stem, token.stem_end), (token.word, token.end)];
            let mut on = None;
            for (word, end) in ends {
                let child = (word != 0).then(|| self.gazetteer.edges.get(&(node, gap, word))).flatten();
                let Some(&child) = child else { continue };
                if let Some(mention) = self.accept(text, doc, i, child, end) {
                    found.push(mention);
                    next = j + 1;
                }
                // A possessive ending closes a name; only the whole word goes on.
                on = (word == token.word).then_some(child).or(on);
            }
            match on {
                Some(child) => node = child,
                None => break,
            }
        }
        next
    }

    /// The gap's number in the gazetteer, if any name has it.
    fn gap(&self, between: &str) -> Option<u32> {
        if between == " " {
            return Some(1);
        }
        // No name has a gap this long once white space is one space; do not read pages of it.
        if between.len() > 256 {
            return None;
        }
        self.gazetteer.gaps.get(&pattern::gap(between)?).copied()
    }

    /// The closest entry that ends at `node` and agrees with the text.
    fn accept(&self, text: &str, doc: usize, i: usize, node: u32, end: usize) -> Option<Mention> {
        let token = &self.tokens[i];
        for &alias in &self.gazetteer.ends[node as usize] {
            let entry = &self.gazetteer.entries[alias as usize];
            let Some(start) = before(&text[..token.start], &entry.prefix) else { continue };
            let Some(suffix) = after(&text[end..], &entry.suffix) else { continue };
            let end = end + suffix;
            if entry.accepts(&text[start..end]) {
                let (sentence, entity) = (token.sentence, entry.entity);
                return Some(Mention { doc, sentence, start, end, entity, alias });
            }
        }
        None
    }
}

/// Where `prefix` starts at the end of `text`.
fn before(text: &str, prefix: &str) -> Option<usize> {
    if prefix.is_empty() {
        return Some(text.len());
    }
    let (start, _) = text.char_indices().rev().nth(prefix.chars().count() - 1)?;
    (pattern::surface(&text[start..]) == prefix).then_some(start)
}

/// The length of `suffix` at the start of `text`.
fn after(text: &str, suffix: &str) -> Option<usize> {
    if suffix.is_empty() {
        return Some(0);
    }
    let end = text.char_indices().nth(suffix.chars().count()).map_or(text.len(), |(i, _)| i);
    (pattern::surface(&text[..end]) == suffix).then_some(end)
}
