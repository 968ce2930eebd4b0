//! What of the pairs is shown: measures, intervals, p-values, cells.

use crate::counts::pairs::Options;
use crate::counts::shuffle;
use crate::error::{Error, Result};
use crate::measure::{self, Measure};
use crate::stats::association::ASSOCIATION;
use crate::stats::contingency::Contingency;
use crate::stats::inference::{self, Adjustment, INTERVALS, IntervalMeasure, Test};
use crate::table::{Column, Table};

/// What of the pairs is shown.
pub struct Shown {
    measures: Vec<&'static Measure<Contingency>>,
    /// Measures with their intervals, and the level of confidence.
    intervals: Vec<(&'static str, &'static IntervalMeasure)>,
    confidence: f64,
    test: Option<&'static Test>,
    adjust: Option<&'static Adjustment>,
    contingency: bool,
    /// How many permutations, and the seed.
    pub(super) permutations: Option<(u64, u64)>,
}

/// What can be shown beside the measures.
#[derive(Debug, Clone, Default)]
pub struct Certainty {
    /// The measure whose p-value is shown.
    pub test: Option<String>,
    /// How p-values are adjusted for their number.
    pub adjust: Option<String>,
    /// The level of confidence of intervals, such as 0.95.
    pub confidence: Option<f64>,
    /// How many permutations, and the seed.
    pub permutations: Option<(u64, u64)>,
}

impl Shown {
    /// The measures `names`, with the cells of each table if `contingency`.
    pub fn new(names: &[impl AsRef<str>], contingency: bool, certainty: &Certainty) -> Result<Self> {
        let mut names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        let interval = |name: &str| INTERVALS.iter().find(|i| i.name.strip_suffix("_ci") == Some(name));
        let mut intervals = Vec::new();
        if let Some(level) = certainty.confidence {
            inference::z_of_level(level).map_err(|_| {
                Error::value(format!("ci={level} must lie between 0 and 1, for example 0.95"))
            })?;
            if !names.iter().any(|n| interval(n).is_some()) {
                names.push("log_odds_ratio");
            }
        }
        let measures = measure::select(ASSOCIATION, "measures", &names)?;
        if certainty.confidence.is_some() {
            intervals.extend(measures.iter().filter_map(|m| interval(m.name).map(|i| (m.name, i))));
        }
        let test = certainty.test.as_deref().map(test).transpose()?;
        let adjust = certainty.adjust.as_deref().map(|a| inference::adjustment("p_adjust", a)).transpose()?;
        let (confidence, permutations) = (certainty.confidence.unwrap_or(0.95), certainty.permutations);
        if permutations.is_some_and(|p| p.0 == 0) {
            return Err(Error::value("permutations=0: give a number from 1, such as 1000, or None"));
        }
        Ok(Self { measures, intervals, confidence, test, adjust, contingency, permutations })
    }

    /// Whether documents are put in random order.
    pub fn permutes(&self) -> bool {
        self.permutations.is_some()
    }

    /// An error if what is shown has no meaning for pairs counted so.
    pub fn check(&self, levels: &[Options]) -> Result<()> {
        for options in levels.iter().filter(|_| self.permutations.is_some()) {
            if options.ordered {
                return Err(Error::value(
                    "permutations= tells whether two entities stand together, not in which order; leave out \
                     ordered=True",
                ));
            }
            shuffle::check(options.within)?;
        }
        Ok(())
    }

    /// The columns of the pairs whose cells are `tables`, and whose p-values by permutation are `chance`. These
    /// are adjusted for the number of pairs in each of `families`, so many rows each.
    pub(super) fn columns(
        &self,
        tables: &[Contingency],
        chance: Option<Vec<f64>>,
        families: &[usize],
    ) -> Result<Table> {
        let mut out = Table::new();
        for measure in &self.measures {
            out = out.with(measure.name, Column::Float(tables.iter().map(|t| measure.of(t)).collect()));
            for (_, interval) in self.intervals.iter().filter(|i| i.0 == measure.name) {
                let ends = tables.iter().map(|t| interval.of(t, self.confidence));
                let ends: Vec<_> = ends.collect::<Result<_>>()?;
                let column =
                    |end: fn(&inference::Interval) -> f64| Column::Float(ends.iter().map(end).collect());
                out = out
                    .with(&format!("{}_low", measure.name), column(|i| i.low))
                    .with(&format!("{}_high", measure.name), column(|i| i.high));
            }
        }
        let certain = |out: Table, name: &str, p: Vec<f64>| -> Result<Table> {
            // Rounding may carry a sum of probabilities beyond 1.
            let p: Vec<f64> = p.into_iter().map(|p| if p > 1.0 { 1.0 } else { p }).collect();
            let adjusted = |adjust: &Adjustment| -> Result<Vec<f64>> {
                let mut rest = p.as_slice();
                let mut q = Vec::with_capacity(p.len());
                for &rows in families {
                    let (family, later) = rest.split_at(rows);
                    q.extend(adjust.of(family)?);
                    rest = later;
                }
                Ok(q)
            };
            let q = self.adjust.map(adjusted).transpose()?;
            let out = out.with(&format!("p_{name}"), Column::Float(p));
            Ok(q.into_iter().fold(out, |out, q| out.with(&format!("q_{name}"), Column::Float(q))))
        };
        if let Some(test) = self.test {
            out = certain(out, "value", tables.iter().map(|t| (test.p)(t)).collect())?;
        }
        if let Some(p) = chance {
            out = certain(out, "permutation", p)?;
        }
        if self.contingency {
            out = out
                .with("o11", Column::ints(tables.iter().map(|t| t.o11))?)
                .with("o12", Column::ints(tables.iter().map(|t| t.o12))?)
                .with("o21", Column::ints(tables.iter().map(|t| t.o21))?)
                .with("o22", Column::ints(tables.iter().map(|t| t.o22))?)
                .with("e11", Column::Float(tables.iter().map(Contingency::e11).collect()));
        }
        Ok(out)
    }
}

/// The test that the measure `name` is.
fn test(name: &str) -> Result<&'static Test> {
    measure::select(ASSOCIATION, "p_value", &[name])?;
    inference::test_of(name).ok_or_else(|| {
        let tests: Vec<&str> = inference::TESTS.iter().map(|t| t.measure).collect();
        Error::value(format!(
            "p_value={name:?} is a measure of strength, from which no probability follows; choose a test: {}",
            tests.join(", ")
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tests_have_p_values() {
        let of = |test: &str| {
            let certainty = Certainty { test: Some(test.to_owned()), ..Certainty::default() };
            Shown::new(&["npmi"], false, &certainty).err().map(|e| e.to_string())
        };
        assert_eq!(of("log_likelihood"), None);
        assert!(of("npmi").is_some_and(|e| e.contains("measure of strength") && e.contains("chi_squared")));
        assert!(of("log_likelyhood").is_some_and(|e| e.contains("log_likelihood")));
    }
}
