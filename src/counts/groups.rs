//! Documents by group: what `by=` means in every verb.

use crate::error::{Error, Result};
use crate::parallel;
use crate::table::Column;

/// The group of each document. Documents without a value form a group of their own, shown as null:
/// none is left out.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    /// The value of each group, as in the column that made them; none without such a column.
    values: Option<Column>,
    names: Vec<Option<String>>,
    of_doc: Option<Vec<u32>>,
}

/// A run of documents of one group, taken by one worker.
#[derive(Debug, Clone)]
pub struct Chunk {
    /// The group.
    pub group: usize,
    /// The documents.
    pub docs: Vec<usize>,
}

impl Groups {
    /// All documents in one group without a name.
    pub fn one() -> Self {
        Self { names: vec![None], ..Self::default() }
    }

    /// The groups that `column` makes of `n_docs` documents.
    pub fn by(column: &Column, n_docs: usize) -> Result<Self> {
        if column.len() != n_docs {
            return Err(Error::value(format!(
                "by= has {} values for {n_docs} documents; give the name of one column, or a value for each document",
                column.len()
            )));
        }
        let (rows, codes) = column.groups();
        let missing = rows.len() as u32;
        let any_missing = codes.iter().any(Option::is_none);
        let rows: Vec<Option<usize>> =
            rows.into_iter().map(Some).chain(any_missing.then_some(None)).collect();
        let names = rows.iter().map(|row| row.and_then(|row| column.label(row))).collect();
        let of_doc = codes.into_iter().map(|code| code.unwrap_or(missing)).collect();
        Ok(Self { values: Some(column.take(&rows)), names, of_doc: Some(of_doc) })
    }

    /// Whether documents are told apart.
    pub fn is_grouped(&self) -> bool {
        self.of_doc.is_some()
    }

    /// The number of groups.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is no group, as in an empty collection.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name of group `group`, `None` for documents without a value.
    pub fn name(&self, group: usize) -> Option<&str> {
        self.names[group].as_deref()
    }

    /// The groups `of_row` by their values, of the type of the column that made them; `None` gives a missing
    /// row. No column where documents are not told apart.
    pub fn column(&self, of_row: &[Option<usize>]) -> Option<Column> {
        self.values.as_ref().map(|values| values.take(of_row))
    }

    /// The group of document `doc`.
    pub fn of(&self, doc: usize) -> usize {
        self.of_doc.as_ref().map_or(0, |codes| codes[doc] as usize)
    }

    /// Chunks of documents balanced by `sizes`, none of which holds two groups.
    pub fn chunks(&self, sizes: &[u64], threads: usize) -> Vec<Chunk> {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.len()];
        (0..sizes.len()).for_each(|doc| members[self.of(doc)].push(doc));
        let mut chunks = Vec::new();
        for (group, docs) in members.into_iter().enumerate() {
            let sizes: Vec<u64> = docs.iter().map(|&d| sizes[d]).collect();
            let ranges = parallel::balance(&sizes, threads);
            chunks.extend(ranges.into_iter().map(|r| Chunk { group, docs: docs[r].to_vec() }));
        }
        chunks
    }
}
