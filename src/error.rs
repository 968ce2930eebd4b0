//! One error for the whole crate. A message names the argument or the document, what was wrong
//! with it and what to do; the kind decides which Python exception it becomes.

use std::fmt;

/// What went wrong, as far as a caller can react to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// An argument of the wrong type (`TypeError`).
    Type,
    /// An argument of the right type with a value that cannot be used (`ValueError`).
    Value,
    /// A column that the table does not have (`lexmill.ColumnError`, a `KeyError`).
    Column,
    /// A name that is not there: an entity, a document id (`KeyError`).
    Key,
    /// A position outside of the collection (`IndexError`).
    Index,
    /// The answer would not fit the stated limit (`MemoryError`).
    Limit,
    /// The caller asked to stop; never shown, the caller's own exception is.
    Interrupted,
    /// A defect of lexmill (`lexmill.InternalError`, a `RuntimeError`).
    Internal,
}

/// The crate's error: a [`Kind`] and a message for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
    message: String,
}

/// The crate's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error of `kind` with a message that names the argument and the remedy.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// A value that cannot be used.
    pub fn value(message: impl Into<String>) -> Self {
        Self::new(Kind::Value, message)
    }

    /// An argument whose value is not one of a closed set: names the nearest allowed one.
    pub fn choice<S: AsRef<str>>(argument: &str, value: &str, allowed: &[S]) -> Self {
        let names: Vec<&str> = allowed.iter().map(AsRef::as_ref).collect();
        let hint = nearest(value, &names).map_or(String::new(), |n| format!(" Did you mean {n:?}?"));
        Self::value(format!("{argument}={value:?} is unknown.{hint} Allowed: {}.", names.join(", ")))
    }

    /// The work was stopped on request.
    pub fn interrupted() -> Self {
        Self::new(Kind::Interrupted, "stopped on request")
    }

    /// The kind of this error.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The message for a person.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// The candidate closest to `value`, if close enough to be what was meant.
pub fn nearest<'a>(value: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let value = value.to_lowercase();
    candidates
        .iter()
        .map(|&c| (edit_distance(&value, &c.to_lowercase()), c))
        .min_by_key(|&(d, c)| (d, c.chars().count().abs_diff(value.chars().count())))
        .filter(|&(d, c)| d <= 1 + c.chars().count() / 3)
        .map(|(_, c)| c)
}

/// Levenshtein distance in characters.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &cb) in b.iter().enumerate() {
            let substitution = diagonal + usize::from(ca != cb);
            diagonal = row[j + 1];
            row[j + 1] = substitution.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_typing_errors_and_no_more() {
        assert_eq!(nearest("nmpi", &["pmi", "npmi", "dice"]), Some("npmi"));
        assert_eq!(nearest("Log-Likelihood", &["log_likelihood", "dice"]), Some("log_likelihood"));
        assert_eq!(nearest("banana", &["pmi", "npmi", "dice"]), None);
        assert_eq!(nearest("x", &[]), None);
    }

    #[test]
    fn choice_names_argument_value_and_allowed() {
        let e = Error::choice("within", "sentense", &["sentence", "document"]);
        assert_eq!(e.kind(), Kind::Value);
        assert_eq!(
            e.to_string(),
            "within=\"sentense\" is unknown. Did you mean \"sentence\"? Allowed: sentence, document."
        );
    }
}
