//! Sentences: one linear pass over the text, rules and word lists, no model.
//!
//! - `scan` finds the places where a sentence might end (candidates)
//! - `walk` keeps the state between candidates and hands each to the rule that knows it
//! - `cluster` reads what belongs to a stop, `stops` decides at a terminator, `dot` at a full stop,
//!   `lines` at a line break
//! - `common` decides the most frequent full stops without them
//! - `item` reads list markers, `chars` classifies characters, `language` holds the word lists
//! - `rule` names every reason
//!
//! Each candidate costs a bounded amount of work: runs of stops, closing marks and white space are
//! consumed once, and nothing looks further than a fixed number of bytes back or ahead.

mod chars;
mod cluster;
mod common;
mod dot;
mod item;
mod language;
mod lines;
mod rule;
mod scan;
mod stops;
mod walk;

#[cfg(test)]
mod tests;

pub use rule::Rule;

use crate::error::Result;
use language::Lexicon;
use scan::Scan;
use walk::{Sink, Walk};

/// A sentence: byte offsets without the white space around it. Sentences are ordered, disjoint and
/// not empty; between them is white space only (and, before the first, a byte order mark).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Why it ended.
    pub rule: Rule,
    /// A paragraph, a heading or the text ends with it.
    pub paragraph: bool,
}

/// A place that looked like the end of a sentence, and what was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// The byte offset at which a sentence ends or would have ended.
    pub offset: usize,
    /// Does a sentence end here?
    pub is_boundary: bool,
    /// Why.
    pub rule: Rule,
}

/// What a line break within a paragraph means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineBreaks {
    /// A space, unless the line was plainly ended on purpose: list items, headings, short lines.
    #[default]
    Auto,
    /// Always a space.
    Space,
    /// Always the end of a sentence.
    End,
}

impl LineBreaks {
    /// The names of the choices.
    pub const NAMES: &'static [&'static str] = &["auto", "space", "end"];

    /// The choice called `name`.
    pub fn from_name(name: &str) -> Result<Self> {
        match name {
            "auto" => Ok(Self::Auto),
            "space" => Ok(Self::Space),
            "end" => Ok(Self::End),
            _ => Err(crate::error::Error::choice("line_breaks", name, Self::NAMES)),
        }
    }
}

/// How to split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// One of [`languages`], with or without a region (`en`, `en-GB`).
    pub language: String,
    /// Further abbreviations, with or without their full stop; none of them ends a sentence.
    pub abbreviations: Vec<String>,
    /// Join sentences that a blank line interrupts, as page breaks do.
    pub repair_breaks: bool,
    /// What a line break within a paragraph means.
    pub line_breaks: LineBreaks,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            language: "en".into(),
            abbreviations: Vec::new(),
            repair_breaks: false,
            line_breaks: LineBreaks::Auto,
        }
    }
}

/// The languages that have data, as codes.
pub fn languages() -> &'static [&'static str] {
    language::codes()
}

/// Splits texts into sentences. Make one, use it for many texts and from many threads.
#[derive(Debug)]
pub struct Splitter {
    lexicon: Lexicon,
    repair: bool,
    lines: LineBreaks,
}

impl Splitter {
    /// A splitter for `options`.
    ///
    /// # Errors
    /// If the language is not one of [`languages`].
    pub fn new(options: &Options) -> Result<Self> {
        let lexicon = Lexicon::new(&options.language, &options.abbreviations)?;
        Ok(Self { lexicon, repair: options.repair_breaks, lines: options.line_breaks })
    }

    /// Calls `f` with every sentence of `text`, in order.
    pub fn for_each(&self, text: &str, f: impl FnMut(Sentence)) {
        self.run(text, Ends(f));
    }

    /// Calls `f` with the sentences of `text`, in order, for as long as it answers true.
    pub fn while_each(&self, text: &str, f: impl FnMut(Sentence) -> bool) {
        self.run(text, Until { f, goes_on: true });
    }

    /// Whether a blank line may stand within a sentence; if not, a text may be cut at any.
    pub fn repairs_breaks(&self) -> bool {
        self.repair
    }

    /// The sentences of `text`.
    pub fn split(&self, text: &str) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        self.for_each(text, |s| sentences.push(s));
        sentences
    }

    /// Every boundary and every near miss, ordered by offset.
    pub fn explain(&self, text: &str) -> Vec<Decision> {
        self.explain_while(text, || true)
    }

    /// [`explain`](Self::explain), for as long as `goes_on` answers true; it is asked again and again.
    pub fn explain_while(&self, text: &str, mut goes_on: impl FnMut() -> bool) -> Vec<Decision> {
        let mut decisions = Vec::new();
        self.run(text, All(&mut decisions, &mut goes_on));
        decisions.sort_by_key(|d: &Decision| d.offset);
        decisions
    }

    fn run(&self, text: &str, sink: impl Sink) {
        let mut walk = Walk::new(self, text, sink);
        let mut from = walk.position();
        let mut scan = Scan::new(text);
        while let Some(candidate) = scan.next(from) {
            from = walk.candidate(candidate);
            if !walk.sink.goes_on() {
                return;
            }
        }
        walk.finish();
    }
}

/// Passes the sentences on until it is told to stop.
struct Until<F> {
    f: F,
    goes_on: bool,
}

impl<F: FnMut(Sentence) -> bool> Sink for Until<F> {
    fn end(&mut self, sentence: Sentence) {
        self.goes_on = self.goes_on && (self.f)(sentence);
    }

    fn near(&mut self, _: usize, _: Rule) {}

    fn goes_on(&mut self) -> bool {
        self.goes_on
    }
}

/// Passes the sentences on.
struct Ends<F>(F);

impl<F: FnMut(Sentence)> Sink for Ends<F> {
    fn end(&mut self, sentence: Sentence) {
        (self.0)(sentence);
    }

    fn near(&mut self, _: usize, _: Rule) {}
}

/// Collects every decision until it is told to stop.
struct All<'a>(&'a mut Vec<Decision>, &'a mut dyn FnMut() -> bool);

impl Sink for All<'_> {
    fn end(&mut self, s: Sentence) {
        self.0.push(Decision { offset: s.end, is_boundary: true, rule: s.rule });
    }

    fn near(&mut self, offset: usize, rule: Rule) {
        self.0.push(Decision { offset, is_boundary: false, rule });
    }

    fn goes_on(&mut self) -> bool {
        (self.1)()
    }
}
