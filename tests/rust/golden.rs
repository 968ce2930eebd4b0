//! Every measure against worked examples from elsewhere: `tests/data/*.toml`, which the Python
//! tests read too, and tables scored by other tools. A measure without an example fails.

// clippy.toml allows these in functions marked #[test]; here the functions they call need them too.
#![allow(clippy::unwrap_used, clippy::panic)]

mod association;
mod inference;
mod networks;
mod readability;

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Deserialize;

/// One worked example.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    measure: String,
    input: toml::Table,
    expected: toml::Value,
    /// Half a unit of this decimal is accepted: the digits that the source prints.
    decimals: Option<i32>,
    /// This relative error is accepted.
    tolerance: Option<f64>,
    /// Who says so.
    how: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Suite {
    case: Vec<Case>,
}

impl Case {
    /// The number named `name` of the input.
    fn number(&self, name: &str) -> f64 {
        let value = self.input.get(name).unwrap_or_else(|| panic!("{self:?}: no input {name}"));
        float(value).unwrap_or_else(|| panic!("{self:?}: {name} is no number"))
    }

    /// The count named `name` of the input.
    fn count(&self, name: &str) -> u64 {
        let value = self.input.get(name).and_then(toml::Value::as_integer);
        value.and_then(|v| u64::try_from(v).ok()).unwrap_or_else(|| panic!("{self:?}: no count {name}"))
    }

    /// What is wrong with `got`, if anything is.
    fn complaint(&self, got: &[f64]) -> Option<String> {
        let expected: Vec<f64> = match &self.expected {
            toml::Value::Array(values) => values.iter().filter_map(float).collect(),
            value => float(value).into_iter().collect(),
        };
        let agree =
            got.len() == expected.len() && got.iter().zip(&expected).all(|(&g, &e)| self.accepts(g, e));
        let name = &self.measure;
        (!agree)
            .then(|| format!("{name} of {:?}: expected {expected:?}, got {got:?} ({})", self.input, self.how))
    }

    fn accepts(&self, got: f64, expected: f64) -> bool {
        if expected.is_nan() || expected.is_infinite() {
            return got.total_cmp(&expected).is_eq() || (got.is_nan() && expected.is_nan());
        }
        let limit = match (self.decimals, self.tolerance) {
            (Some(d), None) => 0.5 * 10f64.powi(-d) * (1.0 + 1e-9),
            (None, Some(t)) => t * expected.abs(),
            _ => panic!("{self:?}: give decimals or tolerance"),
        };
        (got - expected).abs() <= limit
    }
}

fn float(value: &toml::Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|i| i as f64))
}

fn data(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Runs the suite `file` with `answer` and demands an example for each of `names`.
fn run(file: &str, names: &[&str], answer: impl Fn(&Case) -> Vec<f64>) {
    let suite: Suite = toml::from_str(&data(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
    let unnamed: Vec<_> = suite.case.iter().filter(|c| c.how.trim().is_empty()).collect();
    assert!(unnamed.is_empty(), "{file}: cases that do not say where they come from: {unnamed:?}");
    let complaints: Vec<String> = suite.case.iter().filter_map(|c| c.complaint(&answer(c))).collect();
    assert!(complaints.is_empty(), "{file}: {} cases fail:\n{}", complaints.len(), complaints.join("\n"));

    // A case of an undefined value shows nothing about the formula.
    let shown = |c: &&Case| !matches!(&c.expected, toml::Value::Float(f) if f.is_nan());
    let have: BTreeSet<&str> = suite.case.iter().filter(shown).map(|c| c.measure.as_str()).collect();
    let missing: Vec<_> = names.iter().filter(|n| !have.contains(**n)).collect();
    assert!(missing.is_empty(), "{file}: no worked example for {missing:?}");
}
