//! Scores of documents, paragraphs, sentences or groups, with the counts behind them.

use super::scored::{Asked, Counts, Scored};
use super::stretches::Stretches;
use super::{doc_columns, group_column};
use crate::corpus::Corpus;
use crate::counts::familiar::WordLists;
use crate::counts::groups::Groups;
use crate::counts::profiles::{self, Unit};
use crate::error::Result;
use crate::parallel::Job;
use crate::table::Table;

/// What a row is about.
pub enum By {
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
    /// A document.
    Document,
    /// A group of documents, with the name of its column.
    Group(Groups, String),
}

/// What a table of scores shows beside them.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The counts behind the scores.
    pub counts: bool,
    /// The Flesch score if every estimated word had a syllable more, and one less.
    pub band: bool,
    /// Lists of familiar words, for the formulas that need one.
    pub lists: WordLists,
}

/// One row a unit: what it is, the counts if asked for, the scores `measures`. Missing documents are
/// rows of nulls; a text without a word has counts of 0 and no scores.
pub fn table(corpus: &Corpus, measures: &[String], by: &By, shown: &Shown, job: &Job) -> Result<Table> {
    let counts = if shown.counts { Counts::All } else { Counts::None };
    let asked = Asked::new(measures, &shown.lists, counts, shown.band)?;
    let (head, scored) = match by {
        By::Group(groups, name) => {
            let mut scored = Scored::new(&asked, groups.len());
            for (profile, estimated) in profiles::groups(corpus, &shown.lists, groups, job)? {
                scored.push(Some((&profile, estimated)));
            }
            let rows: Vec<usize> = (0..groups.len()).collect();
            (group_column(groups, name, &rows), vec![scored])
        }
        By::Document => {
            let init = |docs| Scored::new(&asked, docs);
            let scored =
                profiles::units(corpus, &shown.lists, Unit::Document, job, init, |scored, _, unit| {
                    scored.push(unit.map(|u| (&u.profile, u.estimated)));
                    Ok(())
                })?;
            let docs: Vec<usize> = (0..corpus.texts().len()).collect();
            (doc_columns(corpus, &docs)?, scored)
        }
        By::Paragraph => smaller(corpus, &shown.lists, Unit::Paragraph, &asked, job)?,
        By::Sentence => smaller(corpus, &shown.lists, Unit::Sentence, &asked, job)?,
    };
    Ok(head.join(Scored::table(scored, &asked)))
}

/// Sentences or paragraphs: where they are, counts and scores. A missing document has none.
fn smaller<'a>(
    corpus: &Corpus,
    lists: &WordLists,
    unit: Unit,
    asked: &'a Asked,
    job: &Job,
) -> Result<(Table, Vec<Scored<'a>>)> {
    let init = |_| (Stretches::new(corpus.texts(), false), Scored::new(asked, 0));
    let parts = profiles::units(corpus, lists, unit, job, init, |(rows, scored), doc, unit| {
        if let Some(unit) = unit {
            rows.push(doc, Some(unit.span.clone()));
            scored.push(Some((&unit.profile, unit.estimated)));
        }
        Ok(())
    })?;
    let (rows, scored): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    let ids = corpus.labels().ids.as_ref();
    let name = if unit == Unit::Sentence { "sentence" } else { "paragraph" };
    Ok((Stretches::chain(rows, corpus.texts(), false).columns(ids, name).0, scored))
}
