//! A statistic is one row of its family's table: name, formula, source, range, undefined cases,
//! code. Look-up, error text, `lexmill.measures()`, the docs page and the golden test read the row.

use crate::error::{Error, Result};

/// One statistic over inputs of type `I`.
#[derive(Debug)]
pub struct Measure<I: 'static> {
    /// The name in the API and of the column.
    pub name: &'static str,
    /// The formula in the notation of the family's input.
    pub formula: &'static str,
    /// Who published it.
    pub source: &'static str,
    /// The values it can take.
    pub range: &'static str,
    /// When it has no value: the result is NaN, shown as null.
    pub undefined: &'static str,
    /// The code.
    pub compute: fn(&I) -> f64,
}

impl<I> Measure<I> {
    /// The value for `input`; NaN where undefined, never an infinity that the row does not document.
    pub fn of(&self, input: &I) -> f64 {
        (self.compute)(input)
    }
}

/// The rows named `names` of `family`, in that order; `argument` is what the caller's error names.
pub fn select<I>(
    family: &'static [Measure<I>],
    argument: &str,
    names: &[impl AsRef<str>],
) -> Result<Vec<&'static Measure<I>>> {
    names
        .iter()
        .map(|name| {
            let name = name.as_ref();
            family.iter().find(|m| m.name == name).ok_or_else(|| {
                let allowed: Vec<&str> = family.iter().map(|m| m.name).collect();
                Error::choice(argument, name, &allowed)
            })
        })
        .collect()
}
