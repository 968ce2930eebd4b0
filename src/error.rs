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

/// The candidate closest to `value`, if close enough to be what was meant; else the shortest that is a word of it or
/// has it for a word, or begins with it: "gunning_fog" is "fog".
pub fn nearest<'a>(value: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let value = value.to_lowercase();
    let misspelled = candidates
        .iter()
        .map(|&c| (edit_distance(&value, &c.to_lowercase()), c))
        .min_by_key(|&(d, c)| (d, c.chars().count().abs_diff(value.chars().count())))
        .filter(|&(d, c)| d <= 1 + c.chars().count() / 3)
        .map(|(_, c)| c);
    misspelled.or_else(|| {
        let is_word_of = |word: &str, of: &str| {
            word.chars().count() > 2 && of.split(|c: char| !c.is_alphanumeric()).any(|part| part == word)
        };
        let akin = |c: &str| {
            let begins = c.strip_prefix(&*value).is_some_and(|rest| rest.starts_with('_'));
            begins || is_word_of(c, &value) || is_word_of(&value, c)
        };
        let alike = candidates.iter().filter(|c| akin(&c.to_lowercase()));
        alike.min_by_key(|c| c.chars().count()).copied()
    })
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
        let measures = ["flesch_kincaid", "fog_psk", "fog", "dale_chall_1948", "of"];
        for (value, meant) in [
            ("gunning_fog", Some("fog")),
            ("kincaid", Some("flesch_kincaid")),
            ("dale_chall", Some("dale_chall_1948")),
            ("index of nothing", None),
        ] {
            assert_eq!(nearest(value, &measures), meant, "{value}");
        }
        assert_eq!(nearest("trump", &["Melania Trump", "Donald Trump"]), Some("Donald Trump"));
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
