//! Where stretches of text stand: the columns that tables of sentences and paragraphs begin with.

use std::ops::Range;

use super::Positions;
use crate::corpus::Texts;
use crate::table::{Column, Strings, Table};

/// A short sentence of prose in bytes.
const SENTENCE: usize = 80;

/// Rows of stretches, filled in the order of the texts.
pub(super) struct Stretches<'a> {
    texts: &'a Texts,
    positions: Positions<'a>,
    docs: Vec<i64>,
    /// The place among the stretches of the document.
    places: Vec<i64>,
    starts: Vec<i64>,
    ends: Vec<i64>,
    /// Which rows are there: a missing document has one of nulls.
    there: Vec<bool>,
    written: Option<Strings>,
}

impl<'a> Stretches<'a> {
    /// No row yet; `written`: whether the stretch itself is kept.
    pub(super) fn new(texts: &'a Texts, written: bool) -> Self {
        Self {
            texts,
            positions: Positions::of(texts),
            docs: Vec::new(),
            places: Vec::new(),
            starts: Vec::new(),
            ends: Vec::new(),
            there: Vec::new(),
            written: written.then(Strings::default),
        }
    }

    /// Makes room for about as many rows as `bytes` of prose have sentences: columns that grow step by step are
    /// touched page by page. Where there is no room for so many, they may do with less.
    pub(super) fn reserve(&mut self, bytes: u64) {
        let bytes = usize::try_from(bytes).unwrap_or(0);
        let rows = bytes / SENTENCE;
        for column in [&mut self.docs, &mut self.places, &mut self.starts, &mut self.ends] {
            let _ = column.try_reserve(rows);
        }
        let _ = self.there.try_reserve(rows);
        if let Some(written) = &mut self.written {
            written.reserve(rows, bytes);
        }
    }

    /// Adds the stretch `span` of document `doc` in bytes, or a row of nulls.
    pub(super) fn push(&mut self, doc: usize, span: Option<Range<usize>>) {
        if let Some(span) = span {
            return self.extend(doc, &[span]);
        }
        if let Some(written) = &mut self.written {
            written.push_null();
        }
        self.place(doc, 1, false);
        self.starts.push(0);
        self.ends.push(0);
    }

    /// Adds the stretches `spans` of document `doc`, in bytes and in their order.
    pub(super) fn extend(&mut self, doc: usize, spans: &[Range<usize>]) {
        if let Some(written) = &mut self.written {
            let text = self.texts.text(doc);
            spans.iter().for_each(|span| written.push(&text[span.clone()]));
        }
        self.place(doc, spans.len(), true);
        // No text is 2^63 bytes long.
        let points = self.positions.of_doc(doc);
        self.starts.reserve(spans.len());
        self.ends.reserve(spans.len());
        for span in spans {
            self.starts.push(points.at(span.start) as i64);
            self.ends.push(points.at(span.end) as i64);
        }
    }

    /// Says of which document and the how-manieth of it the next `rows` rows are, and whether they are there.
    fn place(&mut self, doc: usize, rows: usize, there: bool) {
        // There are no more documents than bytes of memory, and no more rows.
        let (doc, more) = (doc as i64, rows as i64);
        let first = match (self.docs.last(), self.places.last()) {
            (Some(&last), Some(place)) if last == doc => place + 1,
            _ => 0,
        };
        self.docs.resize(self.docs.len() + rows, doc);
        self.places.extend(first..first + more);
        self.there.resize(self.there.len() + rows, there);
    }

    /// The rows of `parts`, made as [`Stretches::new`] makes them, one behind the other.
    pub(super) fn chain(parts: Vec<Self>, texts: &'a Texts, written: bool) -> Self {
        let mut parts = parts.into_iter();
        let mut all = parts.next().unwrap_or_else(|| Self::new(texts, written));
        for part in parts {
            all.docs.extend(part.docs);
            all.places.extend(part.places);
            all.starts.extend(part.starts);
            all.ends.extend(part.ends);
            all.there.extend(part.there);
            if let (Some(written), Some(more)) = (&mut all.written, part.written) {
                written.append(more);
            }
        }
        all
    }

    /// Which rows are there.
    pub(super) fn there(&self) -> &[bool] {
        &self.there
    }

    /// `doc, [doc_id]`, the place under the name `place`, `start, end`, and what was written there if it
    /// was kept.
    pub(super) fn columns(self, ids: Option<&Column>, place: &str) -> (Table, Option<Column>) {
        let there = (!self.there.iter().all(|&t| t)).then_some(self.there);
        let ids = ids.map(|ids| ids.take(&self.docs.iter().map(|&d| Some(d as usize)).collect::<Vec<_>>()));
        let table = Table::new().with("doc", Column::Int(self.docs, None));
        let table = ids.into_iter().fold(table, |table, ids| table.with("doc_id", ids));
        let table = table
            .with(place, Column::Int(self.places, there.clone()))
            .with("start", Column::Int(self.starts, there.clone()))
            .with("end", Column::Int(self.ends, there));
        (table, self.written.map(Column::Text))
    }
}
