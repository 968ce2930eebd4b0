//! One row a paragraph, with its counts and scores.

use super::readability::{count_columns, list_columns, score_columns, scores};
use super::{Positions, doc_columns, with_missing};
use crate::corpus::Corpus;
use crate::counts::familiar::WordLists;
use crate::counts::forms::Forms;
use crate::counts::profiles::{self, Unit};
use crate::error::Result;
use crate::parallel::Job;
use crate::table::{Column, Strings, Table};

/// `doc, [doc_id], paragraph, start, end, n_sentences`, the counts, the scores `measures`, on request the
/// `text`. A missing document is one row of nulls; a document without sentences has no row.
pub fn table(
    corpus: &Corpus,
    measures: &[String],
    lists: &WordLists,
    text: bool,
    job: &Job,
) -> Result<Table> {
    let measures = scores(measures, lists)?;
    let counted = profiles::units(corpus, &Forms::new(corpus, lists, job)?, Unit::Paragraph, job)?;
    let rows = with_missing(corpus, counted.into_iter().map(|u| (u.doc, u)));
    let docs: Vec<usize> = rows.iter().map(|r| r.0).collect();
    let columns = corpus.columns();
    let mut positions = Positions::new(corpus);
    let (mut place, mut start, mut end) = (Vec::new(), Vec::new(), Vec::new());
    let mut texts = Strings::default();
    let mut next = 0u64;
    for (row, (doc, unit)) in rows.iter().enumerate() {
        next = if row > 0 && docs[row - 1] == *doc { next + 1 } else { 0 };
        place.push(unit.as_ref().map(|_| next));
        let span = unit.as_ref().map(|u| {
            let (first, last) = (u.sentences.start, u.sentences.end - 1);
            columns.sentence_span(first).start..columns.sentence_span(last).end
        });
        start.push(span.as_ref().map(|s| positions.at(*doc, s.start)));
        end.push(span.as_ref().map(|s| positions.at(*doc, s.end)));
        if text {
            texts.push_option(span.map(|s| &corpus.texts().text(*doc)[s]));
        }
    }
    let profiles: Vec<_> = rows.iter().map(|r| r.1.as_ref().map(|u| u.profile)).collect();
    let sentences = profiles.iter().map(|p| p.map(|p| p.sentences));
    let table = doc_columns(corpus, &docs)?
        .with("paragraph", Column::optional_ints(place)?)
        .with("start", Column::optional_ints(start)?)
        .with("end", Column::optional_ints(end)?)
        .with("n_sentences", Column::optional_ints(sentences)?)
        .join(count_columns(&profiles, false)?)
        .join(list_columns(&profiles, lists)?)
        .join(score_columns(&profiles, &measures));
    Ok(if text { table.with("text", Column::Text(texts)) } else { table })
}
