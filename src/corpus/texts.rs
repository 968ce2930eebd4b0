//! [`Texts`]: a column of texts, owned or borrowed from whoever holds them, never copied.

use std::ops::Range;
use std::sync::Arc;

use crate::text::words::prefetch;

/// The bytes at the beginning of a text that are asked for: the machine sees by itself what follows.
const AHEAD: usize = 1024;

/// Something that holds texts for as long as it lives: Python strings, Arrow buffers, a `Vec`.
pub trait Source: Send + Sync {
    /// The number of rows.
    fn len(&self) -> usize;

    /// Whether there is no row.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text of `row`, `None` where missing.
    fn get(&self, row: usize) -> Option<&str>;
}

impl<S: AsRef<str> + Send + Sync> Source for Vec<Option<S>> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn get(&self, row: usize) -> Option<&str> {
        self[row].as_ref().map(AsRef::as_ref)
    }
}

/// A shared column of texts.
#[derive(Clone)]
pub struct Texts(Arc<dyn Source>);

impl Texts {
    /// The texts that `source` holds.
    pub fn new(source: impl Source + 'static) -> Self {
        Self(Arc::new(source))
    }

    /// The number of documents, missing ones included.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of document `doc`, `None` where missing.
    pub fn get(&self, doc: usize) -> Option<&str> {
        self.0.get(doc)
    }

    /// The text of document `doc`, empty where missing: for code that has offsets into it.
    pub fn text(&self, doc: usize) -> &str {
        self.get(doc).unwrap_or("")
    }

    /// The documents `docs` with their texts, `None` where missing, for a pass over all of them. The
    /// next text lies anywhere in memory, so its beginning is asked for while this one is read.
    pub fn pass(&self, docs: Range<usize>) -> impl Iterator<Item = (usize, Option<&str>)> {
        let get = move |doc: usize| {
            let text = self.get(doc);
            text.iter().flat_map(|t| t.as_bytes().iter().take(AHEAD).step_by(64)).for_each(prefetch);
            (doc, text)
        };
        let mut rest = docs.map(get);
        let mut next = rest.next();
        std::iter::from_fn(move || std::mem::replace(&mut next, rest.next()))
    }

    /// The size in bytes of each document.
    pub fn sizes(&self) -> Vec<u64> {
        (0..self.len()).map(|i| self.text(i).len() as u64).collect()
    }

    /// The documents `docs` of these texts.
    #[must_use]
    pub fn select(&self, docs: Vec<usize>) -> Self {
        Self::new(Subset { texts: self.clone(), docs })
    }

    /// These texts followed by those.
    #[must_use]
    pub fn chain(&self, other: &Self) -> Self {
        Self::new(Chain { first: self.clone(), second: other.clone() })
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Texts({} documents)", self.len())
    }
}

struct Subset {
    texts: Texts,
    docs: Vec<usize>,
}

impl Source for Subset {
    fn len(&self) -> usize {
        self.docs.len()
    }

    fn get(&self, row: usize) -> Option<&str> {
        self.texts.get(self.docs[row])
    }
}

struct Chain {
    first: Texts,
    second: Texts,
}

impl Source for Chain {
    fn len(&self) -> usize {
        self.first.len() + self.second.len()
    }

    fn get(&self, row: usize) -> Option<&str> {
        row.checked_sub(self.first.len()).map_or_else(|| self.first.get(row), |r| self.second.get(r))
    }
}
