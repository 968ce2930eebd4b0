//! Where each name stands.

use super::{Positions, doc_columns};
use crate::corpus::Corpus;
use crate::entities::{Mention, Names};
use crate::error::Result;
use crate::table::{Column, Strings, Table};

/// One row a mention: `doc, [doc_id], sentence, start, end, entity, text, alias, type`. `sentence`
/// counts within the document; `start` and `end` are positions in its string.
pub fn table(corpus: &Corpus, names: &Names, mentions: &[Mention]) -> Result<Table> {
    let docs: Vec<usize> = mentions.iter().map(|m| m.doc).collect();
    let sentence = mentions.iter().map(|m| m.sentence - corpus.columns().sentences_of(m.doc).start);
    let mut positions = Positions::new(corpus);
    let spans = mentions.iter().map(|m| (positions.at(m.doc, m.start), positions.at(m.doc, m.end)));
    let (start, end): (Vec<u64>, Vec<u64>) = spans.unzip();
    let entity = |m: &Mention| &names.entities()[m.entity as usize];
    let mut kinds = Strings::default();
    mentions.iter().for_each(|m| kinds.push_option(entity(m).kind.as_deref()));
    Ok(doc_columns(corpus, &docs)?
        .with("sentence", Column::ints(sentence)?)
        .with("start", Column::ints(start)?)
        .with("end", Column::ints(end)?)
        .with("entity", Column::texts(mentions.iter().map(|m| &entity(m).name)))
        .with("text", Column::texts(mentions.iter().map(|m| &corpus.texts().text(m.doc)[m.start..m.end])))
        .with("alias", Column::texts(mentions.iter().map(|m| names.alias(corpus, m))))
        .with("type", Column::Text(kinds)))
}
