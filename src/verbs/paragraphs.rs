//! One row a paragraph, with its counts and scores.

use super::scored::{Asked, Counts, Scored};
use super::stretches::Stretches;
use crate::corpus::Corpus;
use crate::counts::familiar::WordLists;
use crate::counts::profiles::{self, Unit};
use crate::error::Result;
use crate::parallel::Job;
use crate::table::Table;

/// `doc, [doc_id], paragraph, start, end, n_sentences`, the counts, the scores `measures`, on request the
/// `text`. A missing document is one row of nulls; a document without sentences has no row.
pub fn table(
    corpus: &Corpus,
    measures: &[String],
    lists: &WordLists,
    text: bool,
    job: &Job,
) -> Result<Table> {
    let asked = Asked::new(measures, lists, Counts::Paragraph, false)?;
    let init = |_| (Stretches::new(corpus.texts(), text), Scored::new(&asked, 0));
    let parts = profiles::units(corpus, lists, Unit::Paragraph, job, init, |(rows, scored), doc, unit| {
        rows.push(doc, unit.map(|u| u.span.clone()));
        scored.push(unit.map(|u| (&u.profile, u.estimated)));
        Ok(())
    })?;
    let (rows, scored): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    let ids = corpus.labels().ids.as_ref();
    let (head, texts) = Stretches::chain(rows, corpus.texts(), text).columns(ids, "paragraph");
    let table = head.join(Scored::table(scored, &asked));
    Ok(texts.into_iter().fold(table, |table, texts| table.with("text", texts)))
}
