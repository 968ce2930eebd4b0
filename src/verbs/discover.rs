//! The names of a corpus with their aliases.

use crate::corpus::Corpus;
use crate::entities::discover::{Candidate, Discovered, Found, snippet};
use crate::error::Result;
use crate::table::{Column, Strings, Table};

/// One row an alias: `canonical, alias, type, rule, count, documents, examples`; the canonical name is an
/// alias of itself. Examples are separated by a line break.
pub fn table(corpus: &Corpus, found: &Discovered) -> Result<Table> {
    let rows: Vec<(&Candidate, &Found)> =
        found.entities.iter().flat_map(|c| c.aliases.iter().map(move |a| (c, a))).collect();
    let mut kinds = Strings::default();
    rows.iter().for_each(|(c, _)| kinds.push_option(c.kind));
    let examples = |a: &Found| -> String {
        a.examples.iter().map(|place| snippet(corpus, place)).collect::<Vec<_>>().join("\n")
    };
    Ok(Table::new()
        .with("canonical", Column::texts(rows.iter().map(|(c, _)| &c.name)))
        .with("alias", Column::texts(rows.iter().map(|(_, a)| &a.alias)))
        .with("type", Column::Text(kinds))
        .with("rule", Column::texts(rows.iter().map(|(_, a)| a.rule.name())))
        .with("count", Column::ints(rows.iter().map(|(_, a)| a.count))?)
        .with("documents", Column::ints(rows.iter().map(|(_, a)| a.documents))?)
        .with("examples", Column::texts(rows.iter().map(|(_, a)| examples(a)))))
}
