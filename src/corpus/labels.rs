//! [`Labels`]: what is known of the documents beside their texts.

use crate::error::{Error, Result};
use crate::table::{Column, Table};

/// Ids and metadata, one row a document.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    /// The id of each document.
    pub ids: Option<Column>,
    /// The metadata columns.
    pub meta: Table,
}

impl Labels {
    /// An error unless there is one row for each of `n_docs` documents.
    pub fn check(&self, n_docs: usize) -> Result<()> {
        let ids = self.ids.iter().map(|c| ("ids".to_owned(), c.len()));
        let meta = self.meta.columns().iter().map(|(name, c)| (format!("meta[{name:?}]"), c.len()));
        for (name, rows) in ids.chain(meta) {
            if rows != n_docs {
                return Err(Error::value(format!(
                    "{name}: {rows} values for {n_docs} documents; give one for each document"
                )));
            }
        }
        Ok(())
    }

    /// The rows of the documents `docs`.
    pub(super) fn select(&self, docs: &[usize]) -> Self {
        let rows: Vec<Option<usize>> = docs.iter().map(|&d| Some(d)).collect();
        Self { ids: self.ids.as_ref().map(|c| c.take(&rows)), meta: self.meta.take(&rows) }
    }

    /// The rows of this followed by those of `other`, which must have the same columns.
    pub(super) fn chain(&self, other: &Self) -> Result<Self> {
        let unlike = |what: &str| {
            Error::value(format!("the two corpora differ in {what}; build both with the same ids= and meta="))
        };
        let ids = match (&self.ids, &other.ids) {
            (None, None) => None,
            (Some(a), Some(b)) => Some(a.chain(b).ok_or_else(|| unlike("the type of their ids"))?),
            _ => return Err(unlike("whether they have ids")),
        };
        let names = |t: &Table| -> Vec<String> { t.columns().iter().map(|(n, _)| n.clone()).collect() };
        if names(&self.meta) != names(&other.meta) {
            return Err(unlike("their metadata columns"));
        }
        let mut meta = Table::new();
        for ((name, a), (_, b)) in self.meta.columns().iter().zip(other.meta.columns()) {
            let column =
                a.chain(b).ok_or_else(|| unlike(&format!("the type of the metadata column {name:?}")))?;
            meta = meta.with(name, column);
        }
        Ok(Self { ids, meta })
    }
}
