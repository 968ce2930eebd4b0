//! One row a sentence, with its counts and scores.

use super::boundaries;
use super::scored::{Asked, Counts, Scored};
use super::stretches::Stretches;
use crate::corpus::Corpus;
use crate::counts::familiar::WordLists;
use crate::counts::forms::Forms;
use crate::counts::profiles::{self, Unit};
use crate::entities::{self, Gazetteer};
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::table::{Column, Strings, Table};

/// What a row shows beside offsets and scores.
#[derive(Debug, Default)]
pub struct Shown<'a> {
    /// The counts.
    pub counts: bool,
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
    let counts = if shown.counts { Counts::Short } else { Counts::None };
    let asked = Asked::new(measures, &shown.lists, counts, false)?;
    let (rows, scored) = if asked.is_nothing() {
        (stretches(corpus, shown.text, job)?, Table::new())
    } else {
        let forms = Forms::new(corpus, &shown.lists, job)?;
        let init = |_| (Stretches::new(corpus, shown.text), Scored::new(&asked, 0));
        let parts =
            profiles::units(corpus, &forms, Unit::Sentence, job, init, |(rows, scored), doc, unit| {
                rows.push(doc, unit.map(|u| corpus.columns().sentence_span(u.sentences.start)));
                scored.push(unit.map(|u| (&u.profile, u.estimated)));
                Ok(())
            })?;
        let (rows, scored): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
        (Stretches::chain(rows, corpus), Scored::table(scored, &asked))
    };
    job.check()?;
    // The sentences of the corpus stand in the order of the rows.
    let mut next = 0..corpus.columns().n_sentences();
    let sentences: Vec<Option<usize>> =
        rows.there().iter().map(|&there| if there { next.next() } else { None }).collect();
    let (head, texts) = rows.columns("sentence")?;
    let mut table = head.join(scored);
    if shown.rule {
        let rules = boundaries::rules(corpus, job)?;
        let names = sentences.iter().map(|s| s.and_then(|s| rules[s]).map(|rule| rule.name()));
        table = table.with("rule", optional_texts(names));
    }
    if let Some(gazetteer) = shown.entities {
        let names = names(corpus, gazetteer, job)?;
        let of = sentences.iter().map(|s| s.map(|s| names[s].as_str()));
        table = table.with("entities", optional_texts(of));
    }
    Ok(match texts {
        Some(texts) => table.with("text", texts),
        None => table,
    })
}

/// The sentences of the corpus, and nothing counted.
fn stretches<'a>(corpus: &'a Corpus, text: bool, job: &Job) -> Result<Stretches<'a>> {
    let sizes = corpus.texts().sizes();
    let chunks = parallel::balance(&sizes, job.threads());
    let parts = parallel::map(job, chunks.len(), sizes.iter().sum(), |chunk| {
        let mut rows = Stretches::new(corpus, text);
        for doc in chunks[chunk].clone() {
            job.check()?;
            match corpus.texts().get(doc) {
                None => rows.push(doc, None),
                Some(_) => {
                    for sentence in corpus.columns().sentences_of(doc) {
                        rows.push(doc, Some(corpus.columns().sentence_span(sentence)));
                    }
                }
            }
            job.advance(1);
        }
        Ok(rows)
    })?;
    Ok(Stretches::chain(parts, corpus))
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
