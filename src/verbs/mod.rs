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
//! * `scored`, `stretches`: the columns that these share
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
mod scored;
pub mod sentences;
mod stretches;
pub mod tokens;

use crate::corpus::{Corpus, Texts};
use crate::counts::groups::Groups;
use crate::error::Result;
use crate::table::{Column, Table};
use crate::text::offsets::CodePoints;

/// The columns that say which document a row is about: `doc`, and `doc_id` where ids were given.
fn doc_columns(corpus: &Corpus, docs: &[usize]) -> Result<Table> {
    let table = Table::new().with("doc", Column::ints(docs.iter().copied())?);
    Ok(match &corpus.labels().ids {
        None => table,
        Some(ids) => table.with("doc_id", ids.take(&docs.iter().map(|&d| Some(d)).collect::<Vec<_>>())),
    })
}

/// The column that says which group a row is about; none if documents are not told apart.
pub fn group_column(groups: &Groups, name: &str, of_row: &[usize]) -> Table {
    let of_row: Vec<Option<usize>> = of_row.iter().copied().map(Some).collect();
    match groups.column(&of_row) {
        Some(column) => Table::new().with(name, column),
        None => Table::new(),
    }
}

/// Byte offsets of documents as code point positions. Rows are best given in the order of the texts:
/// then each text is read once.
struct Positions<'a> {
    texts: &'a Texts,
    doc: usize,
    points: CodePoints<'a>,
}

impl<'a> Positions<'a> {
    fn new(corpus: &'a Corpus) -> Self {
        Self::of(corpus.texts())
    }

    fn of(texts: &'a Texts) -> Self {
        Self { texts, doc: usize::MAX, points: CodePoints::new("") }
    }

    fn at(&mut self, doc: usize, byte: usize) -> u64 {
        self.of_doc(doc).at(byte)
    }

    /// Those of document `doc`.
    #[inline]
    fn of_doc(&mut self, doc: usize) -> &mut CodePoints<'a> {
        if doc != self.doc {
            (self.doc, self.points) = (doc, CodePoints::new(self.texts.text(doc)));
        }
        &mut self.points
    }
}
