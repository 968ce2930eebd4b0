//! One row a sentence, with its counts and scores.

use super::readability::{count_columns, list_columns, score_columns, scores};
use super::{Positions, boundaries, doc_columns, with_missing};
use crate::corpus::Corpus;
use crate::counts::familiar::WordLists;
use crate::counts::forms::Forms;
use crate::counts::profiles::{self, Counted, Unit};
use crate::entities::{self, Gazetteer};
use crate::error::Result;
use crate::parallel::Job;
use crate::table::{Column, Strings, Table};

/// What a row shows beside offsets, counts and scores.
#[derive(Debug, Default)]
pub struct Shown<'a> {
    /// The sentence itself.
    pub text: bool,
    /// The name of the rule that ended it.
    pub rule: bool,
    /// The names in it.
    pub entities: Option<&'a Gazetteer>,
    /// Lists of familiar words, for the formulas that need one.
    pub lists: WordLists,
}

/// `doc, [doc_id], sentence, start, end`, the counts, the scores `measures`, on request `rule`,
/// `entities`, `text`. A missing document is one row of nulls; a document without sentences has no row.
pub fn table(corpus: &Corpus, measures: &[String], shown: &Shown<'_>, job: &Job) -> Result<Table> {
    let measures = scores(measures, &shown.lists)?;
    let forms = Forms::new(corpus, &shown.lists, job)?;
    let counted = profiles::units(corpus, &forms, Unit::Sentence, job)?;
    let rows = with_missing(corpus, counted.into_iter().map(|u| (u.doc, u)));
    let docs: Vec<usize> = rows.iter().map(|r| r.0).collect();
    let mut positions = Positions::new(corpus);
    let (mut sentence, mut start, mut end) = (Vec::new(), Vec::new(), Vec::new());
    let mut texts = Strings::default();
    for (row, (doc, unit)) in rows.iter().enumerate() {
        if row % 4096 == 0 {
            job.check()?;
        }
        let span = unit.as_ref().map(|u| {
            let first = u.sentences.start;
            sentence.push(Some(first - corpus.columns().sentences_of(*doc).start));
            corpus.columns().sentence_span(first)
        });
        match span {
            Some(span) => {
                start.push(Some(positions.at(*doc, span.start)));
                end.push(Some(positions.at(*doc, span.end)));
                if shown.text {
                    texts.push(&corpus.texts().text(*doc)[span]);
                }
            }
            None => {
                sentence.push(None);
                start.push(None);
                end.push(None);
                texts.push_null();
            }
        }
    }
    job.check()?;
    let units: Vec<Option<&Counted>> = rows.iter().map(|r| r.1.as_ref()).collect();
    let profiles: Vec<_> = units.iter().map(|u| u.map(|u| u.profile)).collect();
    let mut table = doc_columns(corpus, &docs)?
        .with("sentence", Column::optional_ints(sentence)?)
        .with("start", Column::optional_ints(start)?)
        .with("end", Column::optional_ints(end)?)
        .join(count_columns(&profiles, false)?)
        .join(list_columns(&profiles, &shown.lists)?)
        .join(score_columns(&profiles, &measures));
    if shown.rule {
        let rules = boundaries::rules(corpus, job)?;
        let name = |u: &Option<&Counted>| u.and_then(|u| rules[u.sentences.start]).map(|rule| rule.name());
        table = table.with("rule", optional_texts(units.iter().map(name)));
    }
    if let Some(gazetteer) = shown.entities {
        let names = names(corpus, gazetteer, job)?;
        let of = |u: &Option<&Counted>| u.map(|u| names[u.sentences.start].as_str());
        table = table.with("entities", optional_texts(units.iter().map(of)));
    }
    Ok(if shown.text { table.with("text", Column::Text(texts)) } else { table })
}

/// The names in each sentence of the corpus, each once, in the order in which they are first mentioned.
fn names(corpus: &Corpus, gazetteer: &Gazetteer, job: &Job) -> Result<Vec<String>> {
    let mut names = vec![String::new(); corpus.columns().n_sentences()];
    let mut seen: Vec<u32> = Vec::new();
    let mut last = None;
    for mention in entities::mentions(corpus, gazetteer, job)? {
        if last.replace(mention.sentence) != Some(mention.sentence) {
            seen.clear();
        }
        if !seen.contains(&mention.entity) {
            seen.push(mention.entity);
            let told = &mut names[mention.sentence];
            if !told.is_empty() {
                told.push_str("; ");
            }
            told.push_str(&gazetteer.entities()[mention.entity as usize].name);
        }
    }
    Ok(names)
}

fn optional_texts<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Column {
    let mut column = Strings::default();
    values.for_each(|v| column.push_option(v));
    Column::Text(column)
}
