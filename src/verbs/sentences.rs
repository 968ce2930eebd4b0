//! One row a sentence, with its counts and scores.

use super::readability::{count_columns, score_columns, scores};
use super::{Positions, doc_columns};
use crate::corpus::Corpus;
use crate::counts::profiles::{self, Counted, Forms, Unit};
use crate::error::Result;
use crate::parallel::Job;
use crate::table::{Column, Strings, Table};

/// `doc, [doc_id], sentence, start, end`, the counts, the scores `measures`, on request the `text`.
/// A missing document is one row of nulls; a document without sentences has no row.
pub fn table(corpus: &Corpus, measures: &[String], text: bool, job: &Job) -> Result<Table> {
    let measures = scores(measures)?;
    let counted = profiles::units(corpus, &Forms::new(corpus, job)?, Unit::Sentence, job)?;
    let rows = with_missing(corpus, counted);
    let docs: Vec<usize> = rows.iter().map(|r| r.0).collect();
    let mut positions = Positions::new(corpus);
    let (mut sentence, mut start, mut end) = (Vec::new(), Vec::new(), Vec::new());
    let mut texts = Strings::default();
    for (doc, unit) in &rows {
        let span = unit.as_ref().map(|u| {
            let first = u.sentences.start;
            sentence.push(Some(first - corpus.columns().sentences_of(*doc).start));
            corpus.columns().sentence_span(first)
        });
        match span {
            Some(span) => {
                start.push(Some(positions.at(*doc, span.start)));
                end.push(Some(positions.at(*doc, span.end)));
                texts.push(&corpus.texts().text(*doc)[span]);
            }
            None => {
                sentence.push(None);
                start.push(None);
                end.push(None);
                texts.push_null();
            }
        }
    }
    let units: Vec<Option<&Counted>> = rows.iter().map(|r| r.1.as_ref()).collect();
    let profiles: Vec<_> = units.iter().map(|u| u.map(|u| u.profile)).collect();
    let table = doc_columns(corpus, &docs)?
        .with("sentence", Column::optional_ints(sentence)?)
        .with("start", Column::optional_ints(start)?)
        .with("end", Column::optional_ints(end)?)
        .join(count_columns(&profiles, false)?)
        .join(score_columns(&profiles, &measures));
    Ok(if text { table.with("text", Column::Text(texts)) } else { table })
}

/// The units with a row for each missing document, in the order of the documents.
fn with_missing(corpus: &Corpus, counted: Vec<Counted>) -> Vec<(usize, Option<Counted>)> {
    let missing = (0..corpus.texts().len()).filter(|&d| corpus.texts().get(d).is_none());
    let mut rows: Vec<(usize, Option<Counted>)> = counted.into_iter().map(|u| (u.doc, Some(u))).collect();
    rows.extend(missing.map(|d| (d, None)));
    // Stable: the sentences of a document stay in order.
    rows.sort_by_key(|r| r.0);
    rows
}
