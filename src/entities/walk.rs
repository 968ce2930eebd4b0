//! The walk along the trie from one word of a text to the names that begin with it.

use super::Mention;
use super::gazetteer::{Gazetteer, Overlap, SPACE};
use super::nodes::Node;
use super::pattern;
use crate::text::fold;

/// The words of a text as a walk sees them.
pub(super) trait Tokens {
    /// The hash of `token` as names compare it, and of what is left of it without a possessive ending, if it
    /// has one that matters.
    fn hashes(&mut self, token: usize) -> (u64, Option<u64>);

    /// Whether a name may go on with `token`; false behind the last. Asked before its hashes.
    fn may_go_on(&mut self, token: usize) -> bool;

    /// Where `token` stands, in bytes of the document.
    fn span(&mut self, token: usize) -> (usize, usize);
}

/// Walks from word to word of one document and keeps the names that the gazetteer's `overlap` asks for.
pub(super) struct Walk<'a> {
    gazetteer: &'a Gazetteer,
    text: &'a str,
    /// Behind the last word of the longest name found last.
    free: usize,
    /// Behind that name.
    reach: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(gazetteer: &'a Gazetteer, text: &'a str) -> Self {
        Self { gazetteer, text, free: 0, reach: 0 }
    }

    /// Goes on with another document.
    pub(super) fn turn_to(&mut self, text: &'a str) {
        (self.text, self.free, self.reach) = (text, 0, 0);
    }

    /// Adds the names that start at `token`, the shortest first; unless `alone`, none is that word. `at` says in
    /// which document and sentence.
    pub(super) fn names_at(
        &mut self,
        token: usize,
        alone: bool,
        at: Mention,
        tokens: &mut impl Tokens,
        found: &mut Vec<Mention>,
    ) {
        let start = tokens.span(token).0;
        let inside = start < self.free;
        if inside && self.gazetteer.overlap() == Overlap::Longest {
            return;
        }
        let first = found.len();
        let end = self.names(token, alone, Mention { start, end: start, ..at }, tokens, found);
        match self.gazetteer.overlap() {
            Overlap::All => {}
            // What reaches out of a longest name is none of it.
            Overlap::Nested if inside => {
                let mut kept = first;
                for i in first..found.len() {
                    found[kept] = found[i];
                    kept += usize::from(found[i].end <= self.reach);
                }
                found.truncate(kept);
            }
            Overlap::Nested | Overlap::Longest => {
                // The walk adds longer names later.
                let Some(&longest) = found.get(first..).and_then(<[_]>::last) else { return };
                (self.free, self.reach) = (end, longest.end);
                if self.gazetteer.overlap() == Overlap::Longest {
                    found[first] = longest;
                    found.truncate(first + 1);
                }
            }
        }
    }

    /// Adds all names that start at `token`; gives the end of the last word of the longest.
    fn names(
        &mut self,
        token: usize,
        alone: bool,
        first: Mention,
        tokens: &mut impl Tokens,
        found: &mut Vec<Mention>,
    ) -> usize {
        let Gazetteer { hasher, nodes, filter, .. } = self.gazetteer;
        let (mut token, mut last) = (token, first.start);
        let (mut begin, mut end) = tokens.span(token);
        // The path up to the gap, and the gap.
        let mut before: Option<(u64, u64)> = None;
        loop {
            let (word, stem) = tokens.hashes(token);
            let path = |word: u64| before.map_or(word, |(path, gap)| hasher.step(path, gap, word));
            let here = path(word);
            // What is far away is looked at where there may be something.
            if before.map_or(alone, |(path, _)| stem.is_some() || filter.may_go_on(path, word)) {
                if let Some(node) = stem.and_then(|stem| nodes.get(path(stem))) {
                    // A possessive ending closes a name; only the whole word goes on.
                    let stem = begin + fold::possessive_stem(&self.text[begin..end]);
                    if let Some(mention) = self.accept(first, node, stem) {
                        found.push(mention);
                        last = end;
                    }
                }
                let Some(node) = nodes.get(here) else { return last };
                if let Some(mention) = self.accept(first, node, end) {
                    found.push(mention);
                    last = end;
                }
                if !node.goes_on() {
                    return last;
                }
            } else if before.is_some() {
                return last;
            }
            token += 1;
            if !tokens.may_go_on(token) {
                return last;
            }
            let after = end;
            (begin, end) = tokens.span(token);
            let gap = match &self.text.as_bytes()[after..begin] {
                b" " => Some(SPACE),
                _ => self.gazetteer.gap(&self.text[after..begin]),
            };
            let Some(gap) = gap else { return last };
            before = Some((here, gap));
        }
    }

    /// The closest name that ends at `node` and is the words walked over, as the text has them.
    #[inline]
    fn accept(&self, first: Mention, node: Node, end: usize) -> Option<Mention> {
        // At most nodes there is one name, as written, and nothing around it.
        if let Some(alias) = node.only() {
            let entry = &self.gazetteer.entries[alias as usize];
            let found = &self.text.as_bytes()[first.start..end];
            if entry.is_plain() && self.gazetteer.text(alias).as_bytes() == found {
                return Some(Mention { end, entity: entry.entity, alias, ..first });
            }
        }
        if node.ends() { self.closest(first, node, end) } else { None }
    }

    /// The same, however the name is written.
    #[inline(never)]
    fn closest(&self, first: Mention, node: Node, end: usize) -> Option<Mention> {
        let text = self.text;
        let mut dropped = Vec::new();
        for alias in self.gazetteer.nodes.names(node) {
            let entry = &self.gazetteer.entries[alias as usize];
            let (mut start, mut end) = (first.start, end);
            if let Some((prefix, suffix)) = self.gazetteer.affixes(entry) {
                let Some(begins) = begin_of(&text[..start], prefix) else { continue };
                let Some(length) = length_of(&text[end..], suffix) else { continue };
                (start, end) = (begins, end + length);
            }
            let written = self.gazetteer.text(alias);
            if !dropped.contains(&(start, end)) && entry.accepts(written, &text[start..end]) {
                if entry.dropped {
                    dropped.push((start, end));
                    continue;
                }
                return Some(Mention { start, end, entity: entry.entity, alias, ..first });
            }
        }
        None
    }
}

/// Where `prefix` starts at the end of `text`.
fn begin_of(text: &str, prefix: &str) -> Option<usize> {
    if prefix.is_empty() {
        return Some(text.len());
    }
    let (start, _) = text.char_indices().rev().nth(prefix.chars().count() - 1)?;
    (*pattern::surface(&text[start..]) == *prefix).then_some(start)
}

/// The length of `suffix` at the start of `text`.
fn length_of(text: &str, suffix: &str) -> Option<usize> {
    if suffix.is_empty() {
        return Some(0);
    }
    let end = text.char_indices().nth(suffix.chars().count()).map_or(text.len(), |(i, _)| i);
    (*pattern::surface(&text[..end]) == *suffix).then_some(end)
}
