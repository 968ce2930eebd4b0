//! Where each name stands.

use std::cmp::Reverse;

use super::{Positions, doc_columns};
use crate::corpus::Corpus;
use crate::entities::{Mention, Names, Overlap};
use crate::error::Result;
use crate::table::{Column, Strings, Table};

/// One row a mention: `doc, [doc_id], sentence, start, end, [depth], entity, text, alias, type`. `sentence`
/// counts within the document; `start` and `end` are positions in its string; `depth` is there where names
/// may stand within names.
pub fn table(corpus: &Corpus, names: &Names, mentions: &[Mention]) -> Result<Table> {
    let docs: Vec<usize> = mentions.iter().map(|m| m.doc).collect();
    let sentence = mentions.iter().map(|m| m.sentence - corpus.columns().sentences_of(m.doc).start);
    let mut positions = Positions::new(corpus);
    let (mut start, mut end) = (Vec::with_capacity(docs.len()), Vec::with_capacity(docs.len()));
    let mut texts = Strings::with_capacity(docs.len());
    for m in mentions {
        // What the positions were counted in is near.
        start.push(positions.at(m.doc, m.start));
        end.push(positions.at(m.doc, m.end));
        texts.push(&corpus.texts().text(m.doc)[m.start..m.end]);
    }
    let entity = |m: Mention| &names.entities()[m.entity as usize];
    let entities: Strings = mentions.iter().map(|&m| &entity(m).name).collect();
    let mut kinds = Strings::with_capacity(docs.len());
    mentions.iter().for_each(|&m| kinds.push_option(entity(m).kind.as_deref()));
    let nested = matches!(names, Names::Gazetteer(g) if g.overlap() == Overlap::Nested);
    let table = doc_columns(corpus, &docs)?
        .with("sentence", Column::ints(sentence)?)
        .with("start", Column::ints(start)?)
        .with("end", Column::ints(end)?);
    let table = if nested { table.with("depth", Column::ints(depths(mentions))?) } else { table };
    Ok(table
        .with("entity", Column::Text(entities))
        .with("text", Column::Text(texts))
        .with("alias", Column::texts(mentions.iter().map(|m| names.alias(corpus, m))))
        .with("type", Column::Text(kinds)))
}

/// How many other mentions each one stands within; they are in the order of the texts.
fn depths(mentions: &[Mention]) -> impl Iterator<Item = usize> {
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    // What begins at the same place: the longer first.
    order.sort_by_key(|&i| (mentions[i].doc, mentions[i].start, Reverse(mentions[i].end)));
    let mut depths = vec![0; mentions.len()];
    let mut open: Vec<Mention> = Vec::new();
    for i in order {
        let m = mentions[i];
        open.retain(|o| o.doc == m.doc && o.end > m.start);
        depths[i] = open.iter().filter(|o| o.end >= m.end).count();
        open.push(m);
    }
    depths.into_iter()
}
