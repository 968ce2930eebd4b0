//! Certainty: p-values that do not underflow, confidence intervals of effect sizes, and the
//! adjustment of many p-values at once.

use std::f64::consts::LN_10;

use super::association::{chi_squared, chi_squared_yates, log_likelihood_2};
use super::contingency::Contingency;
use super::hypergeometric::{ln_lower, ln_two_sided, ln_upper, log_likelihood_ratio};
use super::special::{normal_quantile, normal_upper, normal_upper_log10};
use crate::error::{Error, Result};
use crate::measure::Measure;

/// The family `p_values`: tail probabilities of test statistics.
///
/// `chi_squared_p` takes `log_likelihood`, `log_likelihood_2`, `chi_squared` or `chi_squared_yates`,
/// which follow χ² with one degree of freedom when there is no association. It is no p-value of
/// pmi, t_score, dice or any other measure of strength.
pub static P_VALUES: &[Measure<f64>] = &[
    Measure {
        name: "chi_squared_p",
        formula: "P(X >= x), chi-squared with 1 degree of freedom: erfc(sqrt(x / 2))",
        source: "Pearson (1900), Philosophical Magazine 50; Wilks (1938), Annals 9, for G2",
        range: "[0, 1]; 0 where p < 1e-308, see chi_squared_log10_p",
        undefined: "x < 0",
        compute: |&x| chi_squared_p(x),
    },
    Measure {
        name: "chi_squared_log10_p",
        formula: "log10 P(X >= x), chi-squared with 1 degree of freedom",
        source: "Pearson (1900), Philosophical Magazine 50; Wilks (1938), Annals 9, for G2",
        range: "(-inf, 0]; does not underflow",
        undefined: "x < 0 or infinite",
        compute: |&x| chi_squared_log10_p(x),
    },
    Measure {
        name: "normal_p",
        formula: "P(|Z| >= |z|), standard normal: erfc(|z| / sqrt 2)",
        source: "de Moivre (1733); erfc of FreeBSD's msun",
        range: "[0, 1]; 0 where p < 1e-308, see normal_log10_p",
        undefined: "never",
        compute: |&z| 2.0 * normal_upper(z.abs()),
    },
    Measure {
        name: "normal_log10_p",
        formula: "log10 P(|Z| >= |z|), standard normal",
        source: "de Moivre (1733); Abramowitz & Stegun (1964) 7.1.23 in the far tail",
        range: "(-inf, 0]; does not underflow",
        undefined: "z infinite",
        compute: |&z| if z.is_finite() { two_sided_log10(z.abs()) } else { f64::NAN },
    },
];

fn chi_squared_p(x: f64) -> f64 {
    if x >= 0.0 { 2.0 * normal_upper(x.sqrt()) } else { f64::NAN }
}

fn chi_squared_log10_p(x: f64) -> f64 {
    if (0.0..f64::INFINITY).contains(&x) { two_sided_log10(x.sqrt()) } else { f64::NAN }
}

fn two_sided_log10(z: f64) -> f64 {
    (normal_upper_log10(z) + std::f64::consts::LOG10_2).min(0.0)
}

/// The lower and upper end of a confidence interval; NaN where undefined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// The end nearer to 0, or 0 if the interval holds 0: an effect size that errs on the side of
    /// caution, so that pairs seen a few times do not head a ranking (Evert 2022, DH).
    pub fn conservative(&self) -> f64 {
        if self.low.is_nan() || self.high.is_nan() {
            f64::NAN
        } else if self.low > 0.0 {
            self.low
        } else if self.high < 0.0 {
            self.high
        } else {
            0.0
        }
    }

    fn around(centre: f64, variance: f64, z: f64) -> Self {
        let reach = z * variance.sqrt();
        let (low, high) = (centre - reach, centre + reach);
        if low.is_finite() && high.is_finite() {
            Self { low, high }
        } else {
            Self { low: f64::NAN, high: f64::NAN }
        }
    }
}

/// A two-sided interval over a [`Contingency`] at a confidence level such as 0.95.
#[derive(Debug)]
pub struct IntervalMeasure {
    /// The name in the API; the columns are `{name}_low` and `{name}_high`.
    pub name: &'static str,
    /// The formula, z being the normal quantile of the level.
    pub formula: &'static str,
    /// Who published it.
    pub source: &'static str,
    /// The values its ends can take.
    pub range: &'static str,
    /// When it has no value.
    pub undefined: &'static str,
    /// The code, given z.
    compute: fn(&Contingency, f64) -> Interval,
}

impl IntervalMeasure {
    /// The interval at `level`; an error if that is not between 0 and 1.
    pub fn of(&self, table: &Contingency, level: f64) -> Result<Interval> {
        Ok((self.compute)(table, z_of_level(level)?))
    }
}

/// The family `intervals`.
pub static INTERVALS: &[IntervalMeasure] = &[
    IntervalMeasure {
        name: "log_odds_ratio_ci",
        formula: "ln(o11 o22 / (o12 o21)) ± z sqrt(1/o11 + 1/o12 + 1/o21 + 1/o22)",
        source: "Woolf (1955), Annals of Human Genetics 19",
        range: "(-inf, inf)",
        undefined: "any oij = 0",
        compute: |t, z| log_odds_interval(t, 0.0, z),
    },
    IntervalMeasure {
        name: "log_odds_ratio_haldane_ci",
        formula: "log_odds_ratio_haldane ± z sqrt(sum(1 / (oij + 1/2)))",
        source: "Gart & Zweifel (1967), Biometrika 54, after Haldane (1956) and Anscombe (1956)",
        range: "(-inf, inf)",
        undefined: "never",
        compute: |t, z| log_odds_interval(t, 0.5, z),
    },
    IntervalMeasure {
        name: "log_ratio_ci",
        formula: "log2((o11 / r1) / (o21 / r2)) ± z sqrt(1/o11 - 1/r1 + 1/o21 - 1/r2) / ln 2",
        source: "Katz, Baptista, Azen & Pike (1978), Biometrics 34(3), in bits",
        range: "(-inf, inf)",
        undefined: "o11 = 0 or o21 = 0",
        compute: log_ratio_interval,
    },
];

fn log_odds_interval(t: &Contingency, added: f64, z: f64) -> Interval {
    let [o11, o12, o21, o22] = [t.o11, t.o12, t.o21, t.o22].map(|o| o as f64 + added);
    let centre = (o11 / o12).ln() + (o22 / o21).ln();
    Interval::around(centre, 1.0 / o11 + 1.0 / o12 + 1.0 / o21 + 1.0 / o22, z)
}

fn log_ratio_interval(t: &Contingency, z: f64) -> Interval {
    let [o11, r1, o21, r2] = [t.o11, t.r1(), t.o21, t.r2()].map(|o| o as f64);
    let variance = 1.0 / o11 - 1.0 / r1 + 1.0 / o21 - 1.0 / r2;
    let z_bits = z / std::f64::consts::LN_2;
    Interval::around(((o11 / r1) / (o21 / r2)).log2(), variance.max(0.0), z_bits)
}

/// The interval named `name`; the caller's error names `argument`.
pub fn interval(argument: &str, name: &str) -> Result<&'static IntervalMeasure> {
    INTERVALS.iter().find(|i| i.name == name).ok_or_else(|| {
        let names: Vec<&str> = INTERVALS.iter().map(|i| i.name).collect();
        Error::choice(argument, name, &names)
    })
}

/// The z of a two-sided interval: 1.96 for 0.95.
pub fn z_of_level(level: f64) -> Result<f64> {
    if level > 0.0 && level < 1.0 {
        Ok(normal_quantile(0.5 + level / 2.0))
    } else {
        Err(Error::value(format!("level={level} must lie between 0 and 1, for example 0.95")))
    }
}

/// A way to adjust many p-values so that their number is accounted for.
#[derive(Debug)]
pub struct Adjustment {
    /// The name in the API.
    pub name: &'static str,
    /// q of the i-th smallest of m p-values, before it is made monotone and cut at 1.
    pub formula: &'static str,
    /// Who published it.
    pub source: &'static str,
    /// What it controls.
    pub controls: &'static str,
    /// Over p-values in ascending order.
    compute: fn(&mut [f64]),
}

/// The family `p_adjust`.
pub static P_ADJUST: &[Adjustment] = &[
    Adjustment {
        name: "none",
        formula: "p",
        source: "-",
        controls: "the error rate of each single test",
        compute: |_| (),
    },
    Adjustment {
        name: "bonferroni",
        formula: "m p",
        source: "Bonferroni (1936); Dunn (1961), JASA 56",
        controls: "the chance of any false discovery",
        compute: |p| {
            let m = p.len() as f64;
            p.iter_mut().for_each(|p| *p *= m);
        },
    },
    Adjustment {
        name: "sidak",
        formula: "1 - (1 - p)^m",
        source: "Šidák (1967), JASA 62",
        controls: "the chance of any false discovery, for independent tests",
        compute: |p| {
            let m = p.len() as f64;
            p.iter_mut().for_each(|p| *p = -f64::exp_m1(m * f64::ln_1p(-*p)));
        },
    },
    Adjustment {
        name: "holm",
        formula: "(m - i + 1) p, cumulative maximum",
        source: "Holm (1979), Scandinavian Journal of Statistics 6",
        controls: "the chance of any false discovery",
        compute: |p| {
            let m = p.len();
            let mut largest = 0.0f64;
            for (i, p) in p.iter_mut().enumerate() {
                largest = largest.max(*p * (m - i) as f64);
                *p = largest;
            }
        },
    },
    Adjustment {
        name: "fdr_bh",
        formula: "m p / i, cumulative minimum from the largest",
        source: "Benjamini & Hochberg (1995), JRSS B 57(1)",
        controls: "the share of false discoveries, for independent or positively dependent tests",
        compute: |p| step_up(p, 1.0),
    },
    Adjustment {
        name: "fdr_by",
        formula: "m (1 + 1/2 + ... + 1/m) p / i, cumulative minimum from the largest",
        source: "Benjamini & Yekutieli (2001), Annals of Statistics 29(4)",
        controls: "the share of false discoveries, under any dependence",
        compute: |p| {
            // Summed from the smallest term, so that the digits do not depend on anything but m.
            let harmonic: f64 = (1..=p.len()).rev().map(|i| 1.0 / i as f64).sum();
            step_up(p, harmonic);
        },
    },
];

fn step_up(p: &mut [f64], factor: f64) {
    let m = p.len() as f64;
    let mut smallest = f64::INFINITY;
    for (i, p) in p.iter_mut().enumerate().rev() {
        smallest = smallest.min(*p * (m * factor / (i + 1) as f64));
        *p = smallest;
    }
}

/// The adjustment named `name`; the caller's error names `argument`.
pub fn adjustment(argument: &str, name: &str) -> Result<&'static Adjustment> {
    P_ADJUST.iter().find(|a| a.name == name).ok_or_else(|| {
        let names: Vec<&str> = P_ADJUST.iter().map(|a| a.name).collect();
        Error::choice(argument, name, &names)
    })
}

impl Adjustment {
    /// The adjusted p-values, in the order of `p`. NaN, a test that could not be made, stays NaN and
    /// does not count among the tests. Equal p-values get equal answers, so order does not matter.
    pub fn of(&self, p: &[f64]) -> Result<Vec<f64>> {
        if let Some((i, value)) = p.iter().enumerate().find(|(_, p)| **p < 0.0 || **p > 1.0) {
            return Err(Error::value(format!("p[{i}]={value} is no probability: expected 0 to 1 or NaN")));
        }
        let mut order: Vec<usize> = (0..p.len()).filter(|&i| !p[i].is_nan()).collect();
        order.sort_unstable_by(|&a, &b| p[a].total_cmp(&p[b]));
        let mut sorted: Vec<f64> = order.iter().map(|&i| p[i]).collect();
        (self.compute)(&mut sorted);
        let mut adjusted = vec![f64::NAN; p.len()];
        for (&i, q) in order.iter().zip(sorted) {
            adjusted[i] = q.min(1.0);
        }
        Ok(adjusted)
    }
}

/// [`Adjustment::of`] by name.
///
/// ```
/// use lexmill::stats::inference::p_adjust;
/// let q = p_adjust(&[0.04, f64::NAN, 0.01], "bonferroni").unwrap();
/// assert_eq!(q[0], 0.08);
/// assert!(q[1].is_nan());
/// assert!(p_adjust(&[0.04], "fdr").unwrap_err().to_string().contains("fdr_bh"));
/// ```
pub fn p_adjust(p: &[f64], method: &str) -> Result<Vec<f64>> {
    adjustment("p_adjust", method)?.of(p)
}

/// How a measure of association becomes a p-value.
#[derive(Debug)]
pub struct Test {
    /// The measure of `association`.
    pub measure: &'static str,
    /// The p-value of the table; 0 where it underflows.
    pub p: fn(&Contingency) -> f64,
    /// log10 of the p-value, which does not underflow.
    pub log10_p: fn(&Contingency) -> f64,
}

/// The measures that are test statistics or p-values. A measure of strength (pmi, dice, log_ratio)
/// is not among them: no table of χ² turns it into a probability.
pub static TESTS: &[Test] = &[
    Test {
        measure: "log_likelihood",
        p: |t| chi_squared_p(log_likelihood_ratio(t)),
        log10_p: |t| chi_squared_log10_p(log_likelihood_ratio(t)),
    },
    Test {
        measure: "log_likelihood_2",
        p: |t| chi_squared_p(log_likelihood_2(t)),
        log10_p: |t| chi_squared_log10_p(log_likelihood_2(t)),
    },
    Test {
        measure: "chi_squared",
        p: |t| chi_squared_p(chi_squared(t)),
        log10_p: |t| chi_squared_log10_p(chi_squared(t)),
    },
    Test {
        measure: "chi_squared_yates",
        p: |t| chi_squared_p(chi_squared_yates(t)),
        log10_p: |t| chi_squared_log10_p(chi_squared_yates(t)),
    },
    Test { measure: "fisher_p", p: |t| ln_upper(t).exp(), log10_p: |t| ln_upper(t) / LN_10 },
    Test { measure: "fisher_neg_log10_p", p: |t| ln_upper(t).exp(), log10_p: |t| ln_upper(t) / LN_10 },
    Test { measure: "fisher_p_less", p: |t| ln_lower(t).exp(), log10_p: |t| ln_lower(t) / LN_10 },
    Test {
        measure: "fisher_p_two_sided",
        p: |t| ln_two_sided(t).exp(),
        log10_p: |t| ln_two_sided(t) / LN_10,
    },
];

/// The test that belongs to an association measure, if it is one.
pub fn test_of(measure: &str) -> Option<&'static Test> {
    TESTS.iter().find(|t| t.measure == measure)
}
