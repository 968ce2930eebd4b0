//! What is read of a run before it is taken apart: its words with what the lists and the corpus know of them.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use ahash::{AHashMap, AHashSet};

use super::forms::{self, Forms, Shape, Word};
use super::gaps::Gap;
use super::scan::{Run, Runs};
use super::split::Split;
use crate::corpus::Vocabulary;
use crate::error::Result;
use crate::text::lists::names::Roles;
use crate::text::{fold, words};

/// A name found in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The name in bytes of the run.
    pub(super) name: Range<usize>,
    /// The name with the title before it.
    pub(super) titled: Option<Range<usize>>,
}

/// How often names stand by themselves, by their keys.
#[derive(Debug, Default)]
pub(super) struct Alone {
    keys: Vocabulary,
    counts: Vec<u64>,
}

impl Alone {
    pub(super) fn add(&mut self, key: &str, count: u64) -> Result<()> {
        let id = self.keys.intern(key)? as usize;
        self.counts.resize(self.counts.len().max(id + 1), 0);
        self.counts[id] += count;
        Ok(())
    }

    pub(super) fn merge(&mut self, other: &Self) -> Result<()> {
        other.keys.iter().zip(&other.counts).try_for_each(|(key, &count)| self.add(key, count))
    }

    pub(super) fn get(&self, key: &str) -> u64 {
        self.keys.get(key).map_or(0, |id| self.counts[id as usize])
    }
}

/// What is known of the corpus when runs are taken apart.
pub(super) struct Context<'a> {
    pub(super) forms: &'a Forms<'a>,
    /// How often a name stands by itself, by its key.
    pub(super) alone: Alone,
    /// How often two words stand with a hyphen or "and" between them.
    pub(super) compounds: AHashMap<String, u64>,
    /// Keys of long forms that an acronym confirms.
    pub(super) long_forms: AHashSet<String>,
    /// Keys of the acronyms that the corpus defines.
    pub(super) acronyms: AHashSet<String>,
    /// Whether nationalities are names.
    pub(super) demonyms: bool,
}

/// A word of a run.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub(super) start: usize,
    /// Without a possessive ending.
    pub(super) end: usize,
    pub(super) text: Cow<'a, str>,
    pub(super) shape: Shape,
    pub(super) roles: Roles,
    pub(super) word: Word,
    /// What stands before it.
    pub(super) gap: Gap,
}

impl Token<'_> {
    pub(super) fn any(&self, roles: Roles) -> bool {
        self.roles.any(roles)
    }

    /// An ordinary word that is no name by itself.
    pub(super) fn is_plain(&self) -> bool {
        let cue =
            Roles::MODIFIER.or(Roles::ORG).or(Roles::ORG_FOR).or(Roles::LOC).or(Roles::FAC).or(Roles::WORK);
        (self.word.common || self.any(cue))
            && !self.any(Roles::COUNTRY.or(Roles::FORENAME).or(Roles::DEMONYM))
            && self.shape == Shape::Capital
    }
}

/// Makes `out` the words of `run`.
pub(super) fn tokens<'a>(runs: &Runs<'_>, run: &'a Run<'_>, forms: &'a Forms<'_>, out: &mut Vec<Token<'a>>) {
    let surface: &str = &run.surface;
    out.clear();
    let mut before = 0;
    for word in runs.words(run) {
        let (form, start) = (&forms.of[word.form as usize], word.start as usize);
        let gap = if out.is_empty() { Gap::End } else { Gap::of(&surface[before..start]) };
        before = start + form.len as usize;
        let (end, shape, roles) = (start + form.stem as usize, form.shape, form.roles);
        // Figures have no word.
        let known = forms.words.get(form.word as usize);
        let text = match known {
            Some(_) => Cow::Borrowed(forms.spelled(form.word)),
            None => forms::spelled(&surface[start..end]).into(),
        };
        out.push(Token { start, end, text, shape, roles, word: known.copied().unwrap_or_default(), gap });
    }
    if !out.is_empty() {
        return;
    }
    words::for_each_word(surface, |start, end| {
        let form = &surface[start..end];
        let gap = if out.is_empty() { Gap::End } else { Gap::of(&surface[before..start]) };
        before = end;
        if let Some((known, word, text)) = forms.get(form) {
            let (end, text) = (start + known.stem as usize, Cow::Borrowed(text));
            out.push(Token { start, end, text, shape: known.shape, roles: known.roles, word, gap });
            return;
        }
        // Spelled otherwise in the text, such as with combining accents.
        let stem = fold::possessive_stem(form);
        let shape = Shape::of(&form[..stem]);
        let text = forms::spelled(&form[..stem]);
        let (word, roles) = (forms.word(&text), forms::roles(&text, shape));
        out.push(Token { start, end: start + stem, text: text.into(), shape, roles, word, gap });
    });
}

/// Takes runs apart, one after another.
pub(super) struct Splitter<'a> {
    runs: &'a Runs<'a>,
    context: &'a Context<'a>,
    tokens: Vec<Token<'a>>,
    pieces: Vec<Piece>,
    scratch: RefCell<String>,
}

impl<'a> Splitter<'a> {
    pub(super) fn new(runs: &'a Runs<'a>, context: &'a Context<'a>) -> Self {
        Self { runs, context, tokens: Vec::new(), pieces: Vec::new(), scratch: RefCell::default() }
    }

    /// The names of a run. With `certain` only those that no joint and no first word makes doubtful.
    pub(super) fn read(&mut self, run: &'a Run<'a>, certain: bool) -> &[Piece] {
        tokens(self.runs, run, self.context.forms, &mut self.tokens);
        self.pieces.clear();
        let (tokens, context, scratch) = (&self.tokens, self.context, &self.scratch);
        let place = run.places > 0;
        let split = Split { surface: &run.surface, tokens, context, certain, place, scratch };
        split.names_of(run.initial, &mut self.pieces);
        &self.pieces
    }

    /// The ordinary words with a capital of the run read last that belong to no name.
    pub(super) fn left(&self) -> impl Iterator<Item = &str> {
        let left = |t: &&Token| {
            let outside = |p: &Piece| t.start < p.name.start || p.name.end <= t.start;
            t.shape == Shape::Capital && t.word.common && self.pieces.iter().all(outside)
        };
        self.tokens.iter().filter(left).map(|t| t.text.as_ref())
    }
}
