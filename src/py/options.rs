//! Options by name.

use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::columns;
use crate::corpus::{Corpus, Reader, Tokens};
use crate::counts::familiar::WordLists;
use crate::counts::groups::Groups;
use crate::text::sentences::{LineBreaks, Options};

/// The compiled form of `lexmill.Tokens`.
#[pyclass(name = "Tokens", module = "lexmill._core", frozen)]
pub(super) struct PyTokens(pub(super) Tokens);

#[pymethods]
impl PyTokens {
    #[new]
    #[pyo3(signature = (*, case, apostrophes, hyphens, possessives, numbers, normalize, stop_words, stop_language, stem, min_chars))]
    #[expect(clippy::too_many_arguments, reason = "one keyword an option")]
    fn new(
        case: &str,
        apostrophes: &str,
        hyphens: &str,
        possessives: &str,
        numbers: &str,
        normalize: Option<&str>,
        stop_words: Option<Vec<String>>,
        stop_language: Option<&str>,
        stem: Option<&str>,
        min_chars: usize,
    ) -> PyResult<Self> {
        let mut tokens = Tokens {
            case: Tokens::case(case)?,
            keep_apostrophes: choice("apostrophes", apostrophes, "fold", "keep")?,
            keep_hyphens: choice("hyphens", hyphens, "split", "keep")?,
            strip_possessives: choice("possessives", possessives, "keep", "strip")?,
            drop_numbers: choice("numbers", numbers, "keep", "drop")?,
            normalize: normalize.map(Tokens::normalize).transpose()?.unwrap_or_default(),
            stem: stem.map(Tokens::stemmer).transpose()?,
            min_chars,
            ..Tokens::default()
        };
        if let Some(language) = stop_language {
            tokens.set_stop_words(Tokens::nltk_stop_words(language)?);
        } else if let Some(words) = stop_words {
            tokens.set_stop_words(words);
        }
        Ok(Self(tokens))
    }
}

/// Whether the option `argument` has its second value.
fn choice(argument: &str, value: &str, first: &str, second: &str) -> PyResult<bool> {
    match value {
        v if v == first => Ok(false),
        v if v == second => Ok(true),
        _ => Err(crate::Error::choice(argument, value, &[first, second]).into()),
    }
}

/// How texts are read.
pub(super) fn reader(
    tokens: &PyTokens,
    language: &str,
    abbreviations: Vec<String>,
    repair_breaks: bool,
    line_breaks: &str,
) -> PyResult<Arc<Reader>> {
    let options = sentences(language, abbreviations, repair_breaks, line_breaks)?;
    Ok(Arc::new(Reader::new(tokens.0.clone(), &options)?))
}

/// Where sentences end.
pub(super) fn sentences(
    language: &str,
    abbreviations: Vec<String>,
    repair_breaks: bool,
    line_breaks: &str,
) -> PyResult<Options> {
    let line_breaks = LineBreaks::from_name(line_breaks)?;
    Ok(Options { language: language.to_owned(), abbreviations, repair_breaks, line_breaks })
}

/// Lists of familiar words by name.
pub(super) fn word_lists(lists: Vec<(String, Vec<String>)>) -> PyResult<WordLists> {
    let mut out = WordLists::default();
    for (name, words) in lists {
        out.set(&name, words)?;
    }
    Ok(out)
}

/// The groups that `by` makes: a metadata column by name, or a value for each document.
pub(super) fn groups(corpus: &Corpus, by: Option<&Bound<'_, PyAny>>) -> PyResult<(Groups, String)> {
    let Some(by) = by else { return Ok((Groups::one(), String::new())) };
    let n_docs = corpus.texts().len();
    if let Ok(name) = by.extract::<String>() {
        let column = corpus.labels().meta.column(&name).map_err(|e| {
            if corpus.labels().meta.columns().is_empty() {
                crate::Error::new(
                    e.kind(),
                    format!("by={name:?}: there is no metadata; give a table, build a Corpus with meta=[...], or pass by= a value for each document"),
                )
            } else {
                e
            }
        })?;
        return Ok((Groups::by(column, n_docs)?, name));
    }
    let name = by.getattr("name").and_then(|n| n.extract::<String>()).unwrap_or_else(|_| "group".to_owned());
    Ok((Groups::by(&columns::read("by", by)?, n_docs)?, name))
}

/// The sizes of n-grams: from `low` to `high` words.
pub(super) fn sizes(low: usize, high: usize) -> PyResult<std::ops::RangeInclusive<usize>> {
    let most = crate::counts::grams::MAX_NGRAM;
    if low < 1 || high < low || high > most {
        let given = if low == high { low.to_string() } else { format!("({low}, {high})") };
        return Err(PyValueError::new_err(format!(
            "ngrams={given}: choose a size from 1 to {most}, or (smallest, largest)"
        )));
    }
    Ok(low..=high)
}
