//! The names in a corpus: a walk over token ids and the gaps between tokens. Boundaries come for
//! free because tokens are words; a possessive `'s` and a hyphen end a name as a space does.
//!
//! What can be known of a form is worked out once: which word of a name it is, and whether a name
//! can begin with it. A scan over the forms of a document collects the places where a name may begin
//! without a branch that depends on the text; only there is the trie walked.

use super::gazetteer::{Gazetteer, Overlap, ROOT};
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
    let words = Words::new(corpus.forms(), gazetteer, job)?;
    let sizes = corpus.texts().sizes();
    let chunks = parallel::balance(&sizes, job.threads());
    let init = || Walk { corpus, gazetteer, words: &words, places: Vec::new() };
    let (_, found) = parallel::fold(job, chunks.len(), sizes.iter().sum(), init, |walk, chunk| {
        let mut found = Vec::new();
        for doc in chunks[chunk].clone() {
            walk.doc(doc, job, &mut found)?;
            job.advance(1);
        }
        Ok(found)
    })?;
    let mut found = found.into_iter().map(|(_, found)| found);
    let mut all = found.next().unwrap_or_default();
    found.for_each(|more| all.extend(more));
    Ok(all)
}

/// The mark of a word that no name holds, and of a child that is not there.
const NONE: u32 = u32::MAX;

/// A name begins with the form.
const FIRST: u8 = 1;
/// A name is nothing but the form, as far as can be told from the form.
const WHOLE: u8 = 2;
/// A name goes on with the form.
const LATER: u8 = 4;

/// What the gazetteer knows of each form.
struct Words {
    /// Its word, and the word that is left without a possessive ending.
    of_form: Vec<(u32, u32)>,
    /// The nodes that they lead to from the root.
    nodes: Vec<(u32, u32)>,
    /// The marks above, of either word.
    marks: Vec<u8>,
    openings: Openings,
}

impl Words {
    fn new(forms: &Vocabulary, gazetteer: &Gazetteer, job: &Job) -> Result<Self> {
        let known = &gazetteer.words;
        let mut marks_of = vec![0u8; known.len()];
        let nodes_of: Vec<u32> =
            (0..known.len() as u32).map(|word| gazetteer.word(ROOT, word).unwrap_or(NONE)).collect();
        for (mark, &node) in marks_of.iter_mut().zip(&nodes_of).filter(|(_, node)| **node != NONE) {
            *mark = FIRST | if gazetteer.ends(node).is_empty() { 0 } else { WHOLE };
        }
        gazetteer.later_words().for_each(|word| marks_of[word as usize] |= LATER);
        let mut folded = String::new();
        let mut word = |text: &str| {
            pattern::fold_into(text, &mut folded);
            known.get(&folded).unwrap_or(NONE)
        };
        // "it" is not "IT": what the case rules out needs no walk.
        let accepted = |word: u32, text: &str| {
            gazetteer.ends(nodes_of[word as usize]).iter().any(|&e| {
                let entry = &gazetteer.entries[e as usize];
                !(entry.prefix.is_empty() && entry.suffix.is_empty()) || entry.accepts(text)
            })
        };
        let mark = |word: u32, text: &str| {
            let mark = if word == NONE { 0 } else { marks_of[word as usize] };
            if mark & WHOLE != 0 && !accepted(word, text) { mark & !WHOLE } else { mark }
        };
        let node = |word: u32| nodes_of.get(word as usize).copied().unwrap_or(NONE);
        let (mut of_form, mut marks) = (Vec::with_capacity(forms.len()), Vec::with_capacity(forms.len()));
        let mut nodes = Vec::with_capacity(forms.len());
        for (i, form) in forms.iter().enumerate() {
            if i % 4096 == 0 {
                job.check()?;
            }
            let stem = &form[..fold::possessive_stem(form)];
            let two = (word(form), if stem.len() < form.len() { word(stem) } else { NONE });
            of_form.push(two);
            nodes.push((node(two.0), node(two.1)));
            marks.push(mark(two.0, form) | mark(two.1, stem));
        }
        Ok(Self { of_form, nodes, marks, openings: Openings::new(gazetteer) })
    }
}

/// The first two words of each name, as bits of a map that says "no" for certain and "yes" with little
/// doubt: most words that begin a name are not followed by its second.
struct Openings {
    bits: Vec<u64>,
    shift: u32,
}

impl Openings {
    fn new(gazetteer: &Gazetteer) -> Self {
        let pairs = gazetteer.openings();
        let bits = (pairs.len() * 16).next_power_of_two().max(1 << 10);
        let mut out = Self { bits: vec![0; bits / 64], shift: 64 - bits.trailing_zeros() };
        for (first, second) in pairs {
            let at = out.place(first, second);
            out.bits[at / 64] |= 1 << (at % 64);
        }
        out
    }

    #[inline(always)]
    fn place(&self, first: u32, second: u32) -> usize {
        let both = u64::from(first) << 32 | u64::from(second);
        (both.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }

    #[inline(always)]
    fn may_have(&self, first: u32, second: u32) -> bool {
        let at = self.place(first, second);
        self.bits[at / 64] >> (at % 64) & 1 != 0
    }
}

/// A word or a node, unless it is none.
fn there(id: u32) -> Option<u32> {
    (id != NONE).then_some(id)
}

struct Walk<'a> {
    corpus: &'a Corpus,
    gazetteer: &'a Gazetteer,
    words: &'a Words,
    /// The tokens of the current stretch with which a name may begin.
    places: Vec<usize>,
}

/// A token with the sentence that it is in.
#[derive(Clone, Copy)]
struct At {
    token: usize,
    sentence: usize,
}

/// How many tokens are looked at between two looks at a stop request.
const STRETCH: usize = 1 << 15;

impl Walk<'_> {
    fn doc(&mut self, doc: usize, job: &Job, found: &mut Vec<Mention>) -> Result<()> {
        let columns = self.corpus.columns();
        let tokens = columns.tokens_of(doc);
        let all = self.gazetteer.overlap() == Overlap::All;
        let text = self.corpus.texts().text(doc);
        let mut sentence = columns.sentences_of(doc).start;
        let (mut start, mut free) = (tokens.start, tokens.start);
        while start < tokens.end {
            job.check()?;
            let stop = tokens.end.min(start + STRETCH);
            let count = self.collect(start, stop, tokens.end);
            for i in 0..count {
                let token = self.places[i];
                if token < free {
                    continue;
                }
                while columns.tokens_of_sentence(sentence).end <= token {
                    sentence += 1;
                }
                let first = found.len();
                let next = self.at(text, doc, At { token, sentence }, tokens.end, found);
                if !all && found.len() > first {
                    // The walk adds longer matches later: keep the last.
                    let longest = found.len() - 1;
                    found.swap(first, longest);
                    found.truncate(first + 1);
                    free = next;
                }
            }
            start = stop;
        }
        Ok(())
    }

    /// Puts the tokens from `start` to `stop` with which a name may begin into `places`, and gives
    /// their number. The document ends at token `end`.
    fn collect(&mut self, start: usize, stop: usize, end: usize) -> usize {
        let forms = self.corpus.columns().forms();
        let marks = self.words.marks.as_slice();
        if self.places.len() < stop - start + 1 {
            self.places.resize(stop - start + 1, 0);
        }
        let mut found = 0;
        let mut mark = marks[forms[start] as usize];
        for token in start..stop {
            let next = if token + 1 < end { marks[forms[token + 1] as usize] } else { 0 };
            self.places[found] = token;
            // It begins a name, and is one or is followed by a word that goes on with one.
            found += usize::from(mark & FIRST & ((mark / WHOLE) | (next / LATER)));
            mark = next;
        }
        // Of those that are no name by themselves, the ones followed by the second word of theirs.
        let mut count = 0;
        for i in 0..found {
            let token = self.places[i];
            let form = forms[token] as usize;
            let (first, _) = self.words.of_form[form];
            let second = forms.get(token + 1).map_or((NONE, NONE), |&f| self.words.of_form[f as usize]);
            let openings = &self.words.openings;
            let goes_on = openings.may_have(first, second.0) | openings.may_have(first, second.1);
            self.places[count] = token;
            self.gazetteer.prefetch(self.words.nodes[form].0, second.0);
            count += usize::from((marks[form] & WHOLE != 0) | goes_on);
        }
        count
    }

    /// Adds the names that start at a token, the shortest first; gives the token after the longest.
    fn at(&self, text: &str, doc: usize, first: At, end: usize, found: &mut Vec<Mention>) -> usize {
        let columns = self.corpus.columns();
        let forms = self.corpus.forms();
        let (mut node, mut next) = (ROOT, first.token + 1);
        let mut sentence = first.sentence;
        let mut begin = columns.token_start(first.sentence, first.token);
        let mut token = first.token;
        // Completed by `accept`.
        let first = Mention { doc, sentence, start: begin, end: begin, entity: 0, alias: 0 };
        loop {
            let form = columns.form(token);
            let (word, stem) = self.words.of_form[form as usize];
            // The first step is known; the others are looked for.
            let (by_word, by_stem) = if node == ROOT {
                let (by_word, by_stem) = self.words.nodes[form as usize];
                (there(by_word), there(by_stem))
            } else {
                let child = |word| there(word).and_then(|word| self.gazetteer.word(node, word));
                (child(word), child(stem))
            };
            let written = forms.str(form);
            let after = begin + written.len();
            if let Some(child) = by_stem
                && let Some(mention) = self.accept(text, first, child, begin + fold::possessive_stem(written))
            {
                // A possessive ending closes a name; only the whole word goes on.
                found.push(mention);
                next = token + 1;
            }
            let Some(child) = by_word else { return next };
            if let Some(mention) = self.accept(text, first, child, after) {
                found.push(mention);
                next = token + 1;
            }
            token += 1;
            if token == end || self.words.marks[columns.form(token) as usize] & LATER == 0 {
                return next;
            }
            while columns.tokens_of_sentence(sentence).end <= token {
                sentence += 1;
            }
            begin = columns.token_start(sentence, token);
            match self.gap(child, &text[after..begin]) {
                Some(after_gap) => node = after_gap,
                None => return next,
            }
        }
    }

    /// The node after `node` and a gap.
    fn gap(&self, node: u32, between: &str) -> Option<u32> {
        if between == " " {
            return Some(node);
        }
        // No name has a gap this long once white space is one space; do not read pages of it.
        if between.len() > 256 {
            return None;
        }
        let gap = pattern::gap(between)?;
        if gap == " " { Some(node) } else { self.gazetteer.gap(node, *self.gazetteer.gaps.get(&gap)?) }
    }

    /// The closest entry that ends at `node` and agrees with the text.
    fn accept(&self, text: &str, first: Mention, node: u32, end: usize) -> Option<Mention> {
        for &alias in self.gazetteer.ends(node) {
            let entry = &self.gazetteer.entries[alias as usize];
            let Some(start) = before(&text[..first.start], &entry.prefix) else { continue };
            let Some(suffix) = after(&text[end..], &entry.suffix) else { continue };
            let end = end + suffix;
            if entry.accepts(&text[start..end]) {
                return Some(Mention { start, end, entity: entry.entity, alias, ..first });
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
