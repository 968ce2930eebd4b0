//! String to id and back.

use crate::error::{Error, Kind, Result};
use ahash::AHashMap;

/// Distinct strings with dense ids in the order of their first occurrence.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    ids: AHashMap<Box<str>, u32>,
    strings: Vec<Box<str>>,
}

impl Vocabulary {
    /// The id of `text`, a new one if it was not met before.
    pub fn intern(&mut self, text: &str) -> Result<u32> {
        if let Some(&id) = self.ids.get(text) {
            return Ok(id);
        }
        let id = u32::try_from(self.strings.len())
            .map_err(|_| Error::new(Kind::Limit, "more than 4,294,967,295 distinct words"))?;
        self.ids.insert(text.into(), id);
        self.strings.push(text.into());
        Ok(id)
    }

    /// The id of `text`, if it has one.
    pub fn get(&self, text: &str) -> Option<u32> {
        self.ids.get(text).copied()
    }

    /// The string with id `id`.
    pub fn str(&self, id: u32) -> &str {
        &self.strings[id as usize]
    }

    /// The number of distinct strings.
    pub fn len(&self) -> usize {
        self.strings.len()
    }

    /// Whether there is no string.
    pub fn is_empty(&self) -> bool {
        self.strings.is_empty()
    }
}
