//! One view of all families, whatever their inputs: what `lexmill.measures()` and the docs list.

use super::association::ASSOCIATION;
use super::inference::{INTERVALS, P_ADJUST, P_VALUES};
use super::networks::{BACKBONE, DIFFERENCE, TREND};
use super::readability::READABILITY;
use super::resample::PERMUTATION;
use crate::measure::Measure;

/// A statistic as a person reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The name in the API.
    pub name: &'static str,
    /// The formula.
    pub formula: &'static str,
    /// Who published it.
    pub source: &'static str,
    /// The values it can take.
    pub range: &'static str,
    /// When it has no value.
    pub undefined: &'static str,
}

/// Statistics over the same kind of input.
#[derive(Debug, Clone)]
pub struct Family {
    /// The name in the API: the `kind` of `lexmill.measures(kind)`.
    pub name: &'static str,
    /// What its statistics are computed from and what for.
    pub about: &'static str,
    /// The statistics.
    pub rows: Vec<Row>,
}

/// All families, in the order in which they are documented.
pub fn families() -> Vec<Family> {
    vec![
        Family {
            name: "association",
            about: "How strongly two words or names attract one another: over the 2x2 table o11 (both), \
                    o12 (the first only), o21 (the second only), o22 (neither); r1 = o11 + o12, \
                    c1 = o11 + o21, n the sum, eij = ri cj / n.",
            rows: rows(ASSOCIATION),
        },
        Family { name: "p_values", about: "Tail probabilities of a test statistic.", rows: rows(P_VALUES) },
        Family {
            name: "intervals",
            about: "Confidence intervals over the 2x2 table; z is the normal quantile of the level.",
            rows: INTERVALS
                .iter()
                .map(|i| Row {
                    name: i.name,
                    formula: i.formula,
                    source: i.source,
                    range: i.range,
                    undefined: i.undefined,
                })
                .collect(),
        },
        Family {
            name: "p_adjust",
            about: "Adjustment of m p-values for their number; p is the i-th smallest. Results are at most 1.",
            rows: P_ADJUST
                .iter()
                .map(|a| Row {
                    name: a.name,
                    formula: a.formula,
                    source: a.source,
                    range: a.controls,
                    undefined: "p is NaN, which does not count among the m",
                })
                .collect(),
        },
        Family {
            name: "permutation",
            about: "Certainty by chance: what was observed against random orders of the documents.",
            rows: rows(PERMUTATION),
        },
        Family {
            name: "backbone",
            about: "Which edges of a network stand out among those of their nodes.",
            rows: rows(BACKBONE),
        },
        Family {
            name: "trend",
            about: "Rise and fall over slices of time t with hits among units.",
            rows: rows(TREND),
        },
        Family {
            name: "difference",
            about: "How the association of two names differs between two groups a and b of units, each with a 2x2 \
                    table of its own.",
            rows: rows(DIFFERENCE),
        },
        Family {
            name: "readability",
            about: "How hard a text is to read: over its counts. asl = words / sentences, \
                    asw = syllables / words, share(x) = 100 x / words.",
            rows: rows(READABILITY),
        },
    ]
}

/// The rows of a table without their code.
fn rows<I>(family: &[Measure<I>]) -> Vec<Row> {
    family
        .iter()
        .map(|m| Row {
            name: m.name,
            formula: m.formula,
            source: m.source,
            range: m.range,
            undefined: m.undefined,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn rows_are_complete_and_names_unique() {
        let mut seen = BTreeSet::new();
        for family in families() {
            assert!(!family.rows.is_empty() && !family.about.is_empty());
            for row in &family.rows {
                let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                assert!(!row.name.is_empty() && row.name.chars().all(plain), "{row:?}");
                assert!(![row.formula, row.source, row.range, row.undefined].contains(&""), "{row:?}");
                assert!(seen.insert(row.name), "{} appears twice", row.name);
            }
        }
    }
}
