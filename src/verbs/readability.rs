//! Scores of documents, paragraphs, sentences or groups, with the counts behind them.

use super::{Positions, doc_columns, group_column};
use crate::corpus::Corpus;
use crate::counts::familiar::WordLists;
use crate::counts::forms::Forms;
use crate::counts::groups::Groups;
use crate::counts::profiles::{self, Unit};
use crate::error::{Error, Result};
use crate::measure::{self, Measure};
use crate::parallel::Job;
use crate::stats::readability::{Profile, READABILITY, flesch_band, needs};
use crate::table::{Column, Table};

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

/// The readability measures `names`, all of which can be computed from a text with the lists `lists`.
///
/// # Errors
/// If a formula needs a count that no text alone gives: the message says what to give. A score is
/// never silently undefined.
pub(super) fn scores(names: &[String], lists: &WordLists) -> Result<Vec<&'static Measure<Profile>>> {
    let measures = measure::select(READABILITY, "measures", names)?;
    let given = lists.blank();
    for m in &measures {
        for name in needs(m) {
            if Profile::field("counts", name)?.get(&given).is_some() {
                continue;
            }
            let remedy = match name.strip_prefix("unfamiliar_") {
                Some(list) => format!(
                    "a list of familiar words; give it as word_lists={{\"{list}\": [...]}} (lexmill ships none: \
                     the lists are not free)"
                ),
                None => format!(
                    "the count {name:?}, which takes a tagger; count it and use readability_from_counts"
                ),
            };
            return Err(Error::value(format!("measures: {:?} needs {remedy}", m.name)));
        }
    }
    Ok(measures)
}

/// One row a unit: what it is, the counts if asked for, the scores `measures`. Missing documents are
/// rows of nulls; a text without a word has counts of 0 and no scores.
pub fn table(corpus: &Corpus, measures: &[String], by: &By, shown: &Shown, job: &Job) -> Result<Table> {
    let measures = scores(measures, &shown.lists)?;
    let forms = Forms::new(corpus, &shown.lists, job)?;
    let (head, profiles) = match by {
        By::Group(groups, name) => {
            let counted = profiles::groups(corpus, &forms, groups, job)?;
            let rows: Vec<usize> = (0..groups.len()).collect();
            (group_column(groups, name, &rows), counted.into_iter().map(|(p, e)| (Some(p), e)).collect())
        }
        By::Document => units(corpus, &forms, Unit::Document, job)?,
        By::Paragraph => units(corpus, &forms, Unit::Paragraph, job)?,
        By::Sentence => units(corpus, &forms, Unit::Sentence, job)?,
    };
    let (profiles, estimated): (Vec<Option<Profile>>, Vec<u64>) = profiles.into_iter().unzip();
    let mut table = head;
    if shown.counts {
        let share = |(p, &e): (&Option<Profile>, &u64)| p.map_or(f64::NAN, |p| e as f64 / p.words as f64);
        let shares = profiles.iter().zip(&estimated).map(share).collect();
        table = table
            .join(count_columns(&profiles, true)?)
            .join(list_columns(&profiles, &shown.lists)?)
            .with("syllables_estimated", Column::Float(shares));
    }
    table = table.join(score_columns(&profiles, &measures));
    if shown.band {
        let undefined = (f64::NAN, f64::NAN);
        let band = |(p, &e): (&Option<Profile>, &u64)| p.as_ref().map_or(undefined, |p| flesch_band(p, e));
        let (low, high) = profiles.iter().zip(&estimated).map(band).unzip();
        table = table.with("flesch_low", Column::Float(low)).with("flesch_high", Column::Float(high));
    }
    Ok(table)
}

type Rows = (Table, Vec<(Option<Profile>, u64)>);

fn units(corpus: &Corpus, forms: &Forms, unit: Unit, job: &Job) -> Result<Rows> {
    let counted = profiles::units(corpus, forms, unit, job)?;
    let docs: Vec<usize> = counted.iter().map(|u| u.doc).collect();
    let mut table = doc_columns(corpus, &docs)?;
    if unit != Unit::Document {
        let mut positions = Positions::new(corpus);
        let columns = corpus.columns();
        let spans = counted.iter().map(|u| {
            let (first, last) = (u.sentences.start, u.sentences.end - 1);
            let start = positions.at(u.doc, columns.sentence_span(first).start);
            (start, positions.at(u.doc, columns.sentence_span(last).end))
        });
        let (start, end): (Vec<u64>, Vec<u64>) = spans.unzip();
        // The place of the unit in its document.
        let mut place = Vec::with_capacity(docs.len());
        for (i, doc) in docs.iter().enumerate() {
            place.push(if i > 0 && docs[i - 1] == *doc { place[i - 1] + 1 } else { 0u64 });
        }
        let name = if unit == Unit::Sentence { "sentence" } else { "paragraph" };
        table = table
            .with(name, Column::ints(place)?)
            .with("start", Column::ints(start)?)
            .with("end", Column::ints(end)?);
    }
    let there = |doc: usize| corpus.texts().get(doc).is_some();
    Ok((table, counted.into_iter().map(|u| (there(u.doc).then_some(u.profile), u.estimated)).collect()))
}

/// The counts as columns: those that a reader asks for, or all that the formulas read.
pub(super) fn count_columns(profiles: &[Option<Profile>], all: bool) -> Result<Table> {
    const SHORT: [(&str, &str); 6] = [
        ("n_words", "words"),
        ("n_characters", "characters"),
        ("n_letters", "letters"),
        ("n_syllables", "syllables"),
        ("n_polysyllables", "polysyllables"),
        ("n_long_words", "words_7plus"),
    ];
    let mut table = Table::new();
    let short = SHORT.iter().map(|&(column, field)| (column.to_owned(), field));
    let long = Profile::FIELDS.iter().filter(|f| !f.optional).map(|f| (format!("n_{}", f.name), f.name));
    let columns: Vec<(String, &str)> = if all { long.collect() } else { short.collect() };
    for (column, field) in columns {
        let field = Profile::field("counts", field)?;
        let values = profiles.iter().map(|p| p.as_ref().and_then(|p| field.get(p)));
        table = table.with(&column, Column::optional_ints(values)?);
    }
    Ok(table)
}

/// The unfamiliar words by each list that there is, as columns.
pub(super) fn list_columns(profiles: &[Option<Profile>], lists: &WordLists) -> Result<Table> {
    let given = lists.blank();
    let mut table = Table::new();
    for field in Profile::FIELDS.iter().filter(|f| f.optional && f.get(&given).is_some()) {
        let values = profiles.iter().map(|p| p.as_ref().and_then(|p| field.get(p)));
        table = table.with(&format!("n_{}", field.name), Column::optional_ints(values)?);
    }
    Ok(table)
}

/// The scores as columns, undefined where there is nothing to score.
pub(super) fn score_columns(profiles: &[Option<Profile>], measures: &[&Measure<Profile>]) -> Table {
    let score = |m: &Measure<Profile>| {
        Column::Float(profiles.iter().map(|p| p.as_ref().map_or(f64::NAN, |p| m.of(p))).collect())
    };
    measures.iter().fold(Table::new(), |table, m| table.with(m.name, score(m)))
}
