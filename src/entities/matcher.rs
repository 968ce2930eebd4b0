//! The names in a corpus: a walk over token ids and the gaps between tokens. Boundaries come for
//! free because tokens are words; a possessive `'s` and a hyphen end a name as a space does.
//!
//! What can be known of a form is worked out once: which word of a name it is, and whether a name
//! can begin with it. A scan over the forms of a document collects the places where a name may begin
//! without a branch that depends on the text; only there is the trie walked.

use ahash::AHashMap;

use super::filter::{FIRST, LATER, POSSESSIVE, Seen, WHOLE};
use super::gazetteer::Gazetteer;
use super::pattern;
use super::walk::{self, Walk};
use crate::corpus::columns::Columns;
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
    let forms = Forms::new(corpus.forms(), gazetteer, job)?;
    let sizes = corpus.texts().sizes();
    let chunks = parallel::balance(&sizes, job.threads());
    let init = || Scan { corpus, gazetteer, forms: &forms, places: Vec::new() };
    let (_, found) = parallel::fold(job, chunks.len(), sizes.iter().sum(), init, |scan, chunk| {
        let mut found = Vec::new();
        for doc in chunks[chunk].clone() {
            scan.doc(doc, job, &mut found)?;
            job.advance(1);
        }
        Ok(found)
    })?;
    let mut found = found.into_iter().map(|(_, found)| found);
    let mut all = found.next().unwrap_or_default();
    found.for_each(|more| all.extend(more));
    gazetteer.hush(corpus, &mut all);
    Ok(all)
}

/// 1 if a name may begin with a word of the marks `marks`, which one of the marks `next` follows; else 0.
#[inline(always)]
pub(super) fn begins(marks: u8, next: u8) -> u8 {
    // It begins a name, and is one or is followed by a word that goes on with one.
    marks & FIRST & ((marks / WHOLE) | (next / LATER))
}

/// Whether the word `first`, with which a name begins, is one by itself or is followed by the second word of one.
#[inline(always)]
pub(super) fn is_followed(gazetteer: &Gazetteer, first: Seen, second: Seen) -> bool {
    let unsure = second.marks & POSSESSIVE != 0;
    let goes_on = unsure | gazetteer.filter.may_go_on(first.hash, second.hash);
    (first.marks & WHOLE != 0) | (second.marks & LATER != 0) & goes_on
}

/// What the gazetteer knows of each form.
struct Forms {
    marks: Vec<u8>,
    hashes: Vec<u64>,
    /// The hash of what is left of a form without a possessive ending, for the few where that matters.
    stems: AHashMap<u32, u64>,
}

impl Forms {
    fn new(forms: &Vocabulary, gazetteer: &Gazetteer, job: &Job) -> Result<Self> {
        let Gazetteer { filter, hasher, nodes, .. } = gazetteer;
        let n = forms.len();
        let mut out = Self { marks: vec![0; n], hashes: vec![0; n], stems: AHashMap::new() };
        // "it" is not "IT": what the case rules out needs no walk.
        let accepted = |hash: u64, text: &str| {
            nodes.get(hash).is_some_and(|node| {
                nodes.names(node).any(|name| {
                    let entry = &gazetteer.entries[name as usize];
                    entry.affixes != 0 || entry.accepts(gazetteer.text(name), text)
                })
            })
        };
        let (text, ends) = forms.joined();
        let (mut folded, mut start) = (String::new(), 0);
        for (i, &end) in ends.iter().enumerate() {
            if i % 4096 == 0 {
                job.check()?;
            }
            let form = &text[start..end];
            let seen = filter.plain(text.as_bytes(), start, end);
            let Seen { hash, mut marks } = seen.unwrap_or_else(|| filter.written(form, &mut folded));
            start = end;
            if marks == 0 {
                continue;
            }
            let mut whole = accepted(hash, form);
            if marks & POSSESSIVE != 0 {
                let stem = &form[..fold::possessive_stem(form)];
                pattern::fold_into(stem, &mut folded);
                let hash = hasher.word(&folded);
                whole |= accepted(hash, stem);
                out.stems.insert(i as u32, hash);
            }
            if !whole {
                marks &= !WHOLE;
            }
            (out.marks[i], out.hashes[i]) = (marks, hash);
        }
        Ok(out)
    }
}

/// The words of a document of the corpus.
struct Tokens<'a> {
    forms: &'a Forms,
    corpus: &'a Corpus,
    columns: &'a Columns,
    /// The sentence of the token that was asked for last; a walk asks for tokens in their order.
    sentence: usize,
    /// The token after the last of the document.
    end: usize,
}

impl walk::Tokens for Tokens<'_> {
    fn hashes(&mut self, token: usize) -> (u64, Option<u64>) {
        let form = self.columns.form(token);
        let hash = self.forms.hashes[form as usize];
        if self.forms.marks[form as usize] & POSSESSIVE == 0 {
            return (hash, None);
        }
        (hash, self.forms.stems.get(&form).copied())
    }

    fn may_go_on(&mut self, token: usize) -> bool {
        token < self.end && self.forms.marks[self.columns.form(token) as usize] & LATER != 0
    }

    fn span(&mut self, token: usize) -> (usize, usize) {
        while self.columns.tokens_of_sentence(self.sentence).end <= token {
            self.sentence += 1;
        }
        let start = self.columns.token_start(self.sentence, token);
        (start, start + self.corpus.forms().str(self.columns.form(token)).len())
    }
}

/// How many tokens are looked at between two looks at a stop request.
const STRETCH: usize = 1 << 15;

struct Scan<'a> {
    corpus: &'a Corpus,
    gazetteer: &'a Gazetteer,
    forms: &'a Forms,
    /// The tokens of the current stretch with which a name may begin.
    places: Vec<usize>,
}

impl Scan<'_> {
    fn doc(&mut self, doc: usize, job: &Job, found: &mut Vec<Mention>) -> Result<()> {
        let (forms, columns) = (self.forms, self.corpus.columns());
        let tokens = columns.tokens_of(doc);
        let text = self.corpus.texts().text(doc);
        let mut walk = Walk::new(self.gazetteer, text);
        let mut sentence = columns.sentences_of(doc).start;
        let mut start = tokens.start;
        while start < tokens.end {
            job.check()?;
            let stop = tokens.end.min(start + STRETCH);
            let form = |token: usize| columns.form(token) as usize;
            let marks = |token: usize| forms.marks[form(token)];
            let mut count = 0;
            self.places.resize(stop - start + 1, 0);
            let mut mark = marks(start);
            for token in start..stop {
                let next = if token + 1 < tokens.end { marks(token + 1) } else { 0 };
                self.places[count] = token;
                count += usize::from(begins(mark, next));
                mark = next;
            }
            self.places.truncate(count);
            let seen = |token: usize| match token < tokens.end {
                true => Seen { hash: forms.hashes[form(token)], marks: marks(token) },
                false => Seen::default(),
            };
            self.places.retain(|&token| is_followed(self.gazetteer, seen(token), seen(token + 1)));
            for &token in &self.places {
                while columns.tokens_of_sentence(sentence).end <= token {
                    sentence += 1;
                }
                let mut own = Tokens { forms, corpus: self.corpus, columns, sentence, end: tokens.end };
                let at = Mention { doc, sentence, start: 0, end: 0, entity: 0, alias: 0 };
                let alone = marks(token) & WHOLE != 0;
                walk.names_at(token, alone, at, &mut own, found);
            }
            start = stop;
        }
        Ok(())
    }
}
