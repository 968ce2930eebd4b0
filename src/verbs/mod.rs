//! One file per question a user asks, each answering with a [`Table`]:
//!
//! * [`frequencies`]: how often, in how many documents
//! * [`discover`]: the names of a corpus, with the rule and the sentences behind each alias
//! * [`mentions`]: where each name stands
//! * [`cooccurrences`]: which entities occur together, how strongly, and the sentences that show it
//! * [`sentences`]: one row a sentence, with its counts and scores
//! * [`boundaries`]: why each sentence ends where it does, and where it nearly ended
//! * [`paragraphs`], [`tokens`]: one row a paragraph, one row a word
//! * [`describe`]: how long and hard the texts of each group are, with intervals
//! * [`readability`]: scores of documents, paragraphs, sentences or groups, with the counts behind them
//!
//! Keyness, dispersion, collocations, KWIC, diversity and matrices get a file each beside these.

pub mod boundaries;
pub mod cooccurrences;
pub mod describe;
pub mod discover;
pub mod frequencies;
pub mod mentions;
pub mod paragraphs;
pub mod readability;
pub mod sentences;
pub mod tokens;

use crate::corpus::Corpus;
use crate::counts::groups::Groups;
use crate::error::Result;
use crate::table::{Column, Strings, Table};
use crate::text::offsets::CodePoints;

/// The columns that say which document a row is about: `doc`, and `doc_id` where ids were given.
fn doc_columns(corpus: &Corpus, docs: &[usize]) -> Result<Table> {
    let table = Table::new().with("doc", Column::ints(docs.iter().copied())?);
    Ok(match &corpus.labels().ids {
        None => table,
        Some(ids) => table.with("doc_id", ids.take(&docs.iter().map(|&d| Some(d)).collect::<Vec<_>>())),
    })
}

/// `rows` of units with a row for each missing document, in the order of the documents.
fn with_missing<T>(corpus: &Corpus, rows: impl IntoIterator<Item = (usize, T)>) -> Vec<(usize, Option<T>)> {
    let missing = (0..corpus.texts().len()).filter(|&d| corpus.texts().get(d).is_none());
    let mut rows: Vec<(usize, Option<T>)> = rows.into_iter().map(|(doc, t)| (doc, Some(t))).collect();
    rows.extend(missing.map(|d| (d, None)));
    // Stable: the units of a document stay in order.
    rows.sort_by_key(|r| r.0);
    rows
}

/// The column that says which group a row is about; none if documents are not told apart.
pub fn group_column(groups: &Groups, name: &str, of_row: &[usize]) -> Table {
    if !groups.is_grouped() {
        return Table::new();
    }
    let mut column = Strings::default();
    of_row.iter().for_each(|&g| column.push_option(groups.name(g)));
    Table::new().with(name, Column::Text(column))
}

/// Byte offsets of documents as code point positions. Rows are best given in the order of the texts:
/// then each text is read once.
struct Positions<'a> {
    corpus: &'a Corpus,
    doc: usize,
    points: CodePoints<'a>,
}

impl<'a> Positions<'a> {
    fn new(corpus: &'a Corpus) -> Self {
        Self { corpus, doc: usize::MAX, points: CodePoints::new("") }
    }

    fn at(&mut self, doc: usize, byte: usize) -> u64 {
        if doc != self.doc {
            (self.doc, self.points) = (doc, CodePoints::new(self.corpus.texts().text(doc)));
        }
        self.points.at(byte)
    }
}
