//! One row a sentence, with its counts and scores.

use std::borrow::Cow;
use std::ops::Range;

use super::boundaries;
use super::scored::{Asked, Counts, Scored};
use super::stretches::Stretches;
use crate::corpus::{Corpus, Texts};
use crate::counts::familiar::WordLists;
use crate::counts::profiles::{self, Unit};
use crate::entities::{self, Gazetteer};
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::table::{Column, Strings, Table};
use crate::text::sentences::Splitter;

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
    // What is not counted while the texts are read is asked of a corpus.
    let kept = asked.is_nothing() || shown.rule || shown.entities.is_some();
    let corpus = &*if kept { profiles::read(corpus, job)? } else { Cow::Borrowed(corpus) };
    let (rows, scored) = if asked.is_nothing() {
        (stretches(corpus, shown.text, job)?, Table::new())
    } else {
        let init = |_| (Stretches::new(corpus.texts(), shown.text), Scored::new(&asked, 0));
        let parts =
            profiles::units(corpus, &shown.lists, Unit::Sentence, job, init, |(rows, scored), doc, unit| {
                rows.push(doc, unit.map(|u| u.span.clone()));
                scored.push(unit.map(|u| (&u.profile, u.estimated)));
                Ok(())
            })?;
        let (rows, scored): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
        (Stretches::chain(rows, corpus.texts(), shown.text), Scored::table(scored, &asked))
    };
    job.check()?;
    // The sentences of the corpus stand in the order of the rows.
    let mut next = 0..corpus.columns().n_sentences();
    let sentences: Vec<Option<usize>> =
        rows.there().iter().map(|&there| if there { next.next() } else { None }).collect();
    let (head, texts) = rows.columns(corpus.labels().ids.as_ref(), "sentence");
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
    Ok(texts.into_iter().fold(table, |table, texts| table.with("text", texts)))
}

/// The sentences of the corpus, and nothing counted.
fn stretches<'a>(corpus: &'a Corpus, text: bool, job: &Job) -> Result<Stretches<'a>> {
    let columns = corpus.columns();
    let parts = in_chunks(corpus.texts(), job, |docs, bytes| {
        let mut rows = Stretches::new(corpus.texts(), text);
        rows.reserve(bytes);
        let mut spans = Vec::with_capacity(MANY);
        for doc in docs {
            job.check()?;
            match corpus.texts().get(doc) {
                None => rows.push(doc, None),
                Some(_) => {
                    let sentences = columns.sentences_of(doc);
                    for first in sentences.clone().step_by(MANY) {
                        let some = first..sentences.end.min(first + MANY);
                        spans.clear();
                        spans.extend(some.map(|s| columns.sentence_span(s)));
                        rows.extend(doc, &spans);
                    }
                }
            }
            job.advance(1);
        }
        Ok(rows)
    })?;
    Ok(Stretches::chain(parts, corpus.texts(), text))
}

/// How many sentences of a document become rows together.
const MANY: usize = 1024;

/// The sentences of texts that are not kept: as [`table`] has them, without counts and scores.
pub fn of_texts(
    texts: &Texts,
    ids: Option<&Column>,
    splitter: &Splitter,
    (text, rule): (bool, bool),
    job: &Job,
) -> Result<Table> {
    let parts = in_chunks(texts, job, |docs, bytes| {
        let (mut rows, mut rules) = (Stretches::new(texts, text), Strings::default());
        rows.reserve(bytes);
        let mut found = Vec::with_capacity(MANY);
        for (doc, whole) in texts.pass(docs) {
            job.check()?;
            let Some(whole) = whole else {
                rows.push(doc, None);
                rules.push_null();
                continue;
            };
            let mut checked = Ok(());
            splitter.while_each(whole, |sentence| {
                found.push(sentence.start..sentence.end);
                if rule {
                    rules.push(sentence.rule.name());
                }
                if found.len() == MANY {
                    rows.extend(doc, &found);
                    found.clear();
                    checked = job.check();
                }
                checked.is_ok()
            });
            checked?;
            rows.extend(doc, &found);
            found.clear();
            job.advance(1);
        }
        Ok((rows, rules))
    })?;
    let (rows, rules): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    let (mut table, texts) = Stretches::chain(rows, texts, text).columns(ids, "sentence");
    if rule {
        let mut all = Strings::default();
        rules.into_iter().for_each(|r| all.append(r));
        table = table.with("rule", Column::Text(all));
    }
    Ok(texts.into_iter().fold(table, |table, texts| table.with("text", texts)))
}

/// What `f` makes of each stretch of documents, of so many bytes, in order.
fn in_chunks<T: Send>(
    texts: &Texts,
    job: &Job,
    f: impl Fn(Range<usize>, u64) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let sizes = texts.sizes();
    let chunks = parallel::shares(&sizes, job.threads());
    parallel::map(job, chunks.len(), sizes.iter().sum(), |chunk| {
        f(chunks[chunk].clone(), sizes[chunks[chunk].clone()].iter().sum())
    })
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
