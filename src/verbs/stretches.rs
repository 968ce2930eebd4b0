//! Where stretches of text stand: the columns that tables of sentences and paragraphs begin with.

use std::ops::Range;

use super::{Positions, doc_columns};
use crate::corpus::Corpus;
use crate::error::Result;
use crate::table::{Column, Strings, Table};

/// Rows of stretches, filled in the order of the texts.
pub(super) struct Stretches<'a> {
    corpus: &'a Corpus,
    positions: Positions<'a>,
    docs: Vec<usize>,
    /// The place among the stretches of the document.
    places: Vec<i64>,
    starts: Vec<i64>,
    ends: Vec<i64>,
    /// Which rows are there: a missing document has one of nulls.
    there: Vec<bool>,
    texts: Option<Strings>,
}

impl<'a> Stretches<'a> {
    /// No row yet; `text`: whether the stretch itself is kept.
    pub(super) fn new(corpus: &'a Corpus, text: bool) -> Self {
        Self {
            corpus,
            positions: Positions::new(corpus),
            docs: Vec::new(),
            places: Vec::new(),
            starts: Vec::new(),
            ends: Vec::new(),
            there: Vec::new(),
            texts: text.then(Strings::default),
        }
    }

    /// Adds the stretch `span` of document `doc` in bytes, or a row of nulls.
    pub(super) fn push(&mut self, doc: usize, span: Option<Range<usize>>) {
        let place = if self.docs.last() == Some(&doc) { self.places.last().map_or(0, |p| p + 1) } else { 0 };
        self.docs.push(doc);
        self.there.push(span.is_some());
        self.places.push(place);
        // No text is 2^63 bytes long.
        let mut at = |byte: usize| self.positions.at(doc, byte) as i64;
        let (start, end) = span.as_ref().map_or((0, 0), |s| (at(s.start), at(s.end)));
        self.starts.push(start);
        self.ends.push(end);
        if let Some(texts) = &mut self.texts {
            texts.push_option(span.map(|s| &self.corpus.texts().text(doc)[s]));
        }
    }

    /// The rows of `parts` one behind the other.
    pub(super) fn chain(parts: impl IntoIterator<Item = Self>, corpus: &'a Corpus) -> Self {
        let mut parts = parts.into_iter();
        let mut all = parts.next().unwrap_or_else(|| Self::new(corpus, false));
        for part in parts {
            all.docs.extend(part.docs);
            all.places.extend(part.places);
            all.starts.extend(part.starts);
            all.ends.extend(part.ends);
            all.there.extend(part.there);
            if let (Some(texts), Some(more)) = (&mut all.texts, part.texts) {
                texts.append(more);
            }
        }
        all
    }

    /// Which rows are there.
    pub(super) fn there(&self) -> &[bool] {
        &self.there
    }

    /// `doc, [doc_id]`, the place under the name `place`, `start, end`, and the texts if they were kept.
    pub(super) fn columns(self, place: &str) -> Result<(Table, Option<Column>)> {
        let there = (!self.there.iter().all(|&t| t)).then_some(self.there);
        let table = doc_columns(self.corpus, &self.docs)?
            .with(place, Column::Int(self.places, there.clone()))
            .with("start", Column::Int(self.starts, there.clone()))
            .with("end", Column::Int(self.ends, there));
        Ok((table, self.texts.map(Column::Text)))
    }
}
