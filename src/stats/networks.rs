//! Statistics of edges: which stand out among those of their nodes, which rise or fall over time, which differ
//! between two groups.

use super::contingency::Contingency;
use crate::measure::Measure;

/// An edge as one of its nodes sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The weight of the edge.
    pub weight: f64,
    /// The sum of the weights of the node's edges.
    pub strength: f64,
    /// The number of the node's edges.
    pub degree: u64,
}

/// The family `backbone`.
pub static BACKBONE: &[Measure<Share>] = &[Measure {
    name: "disparity",
    formula: "(1 - weight / strength)^(degree - 1)",
    source: "Serrano, Boguñá & Vespignani (2009), PNAS 106(16), eq. 2",
    range: "[0, 1]: the chance of so large a share, if the strength were spread over the edges at random; \
            1 for the only edge of a node, which cannot stand out",
    undefined: "weight < 0 or strength = 0",
    compute: disparity,
}];

fn disparity(s: &Share) -> f64 {
    let share = s.weight / s.strength;
    if !(0.0..=1.0 + 1e-9).contains(&share) {
        return f64::NAN;
    }
    if s.degree <= 1 {
        return 1.0;
    }
    // Sums of fractions may be rounded to just below one of their terms.
    ((s.degree - 1) as f64 * f64::ln_1p(-share.min(1.0))).exp()
}

/// How often something happened at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slice {
    /// When, on any scale.
    pub time: f64,
    /// Units in which it happened.
    pub hits: u64,
    /// Units in all.
    pub units: u64,
}

/// The family `trend`, over slices in any order.
pub static TREND: &[Measure<Vec<Slice>>] = &[
    Measure {
        name: "trend_z",
        formula: "sum(t (hits - units p)) / sqrt(p (1 - p) (sum(units t^2) - sum(units t)^2 / n)), \
                  p = hits / units over all slices, n = all units",
        source: "Cochran (1954), Biometrics 10(4); Armitage (1955), Biometrics 11(3)",
        range: "(-inf, inf): above 0 where it rises",
        undefined: "fewer than two times with units; never or always",
        compute: |slices| trend_z(slices),
    },
    Measure {
        name: "trend_slope",
        formula: "(sum(t hits) - sum(units t) p) / (sum(units t^2) - sum(units t)^2 / n): the change of the \
                  share of units in one step of time, by least squares over units",
        source: "Agresti (2002), Categorical Data Analysis, 5.3.5",
        range: "(-inf, inf)",
        undefined: "fewer than two times with units",
        compute: |slices| trend_slope(slices),
    },
];

/// The covariance of time and hits, the variance of time (both times n), and the share of hits.
fn moments(slices: &[Slice]) -> (f64, f64, f64) {
    let n: u64 = slices.iter().map(|s| s.units).sum();
    let hits: u64 = slices.iter().map(|s| s.hits).sum();
    let n_real = n as f64;
    let share = hits as f64 / n_real;
    // From the mean time, so that years and seconds keep their digits.
    let mean = slices.iter().map(|s| s.units as f64 * (s.time / n_real)).sum::<f64>();
    let covariance = slices.iter().map(|s| (s.time - mean) * (s.hits as f64 - s.units as f64 * share)).sum();
    let variance = slices.iter().map(|s| s.units as f64 * (s.time - mean).powi(2)).sum();
    (covariance, variance, share)
}

fn varies(slices: &[Slice]) -> bool {
    let mut times = slices.iter().filter(|s| s.units > 0).map(|s| s.time);
    times.next().is_some_and(|first| times.any(|t| t.total_cmp(&first).is_ne()))
}

fn trend_z(slices: &[Slice]) -> f64 {
    let (covariance, variance, share) = moments(slices);
    let spread = share * (1.0 - share) * variance;
    if varies(slices) && spread > 0.0 { covariance / spread.sqrt() } else { f64::NAN }
}

fn trend_slope(slices: &[Slice]) -> f64 {
    let (covariance, variance, _) = moments(slices);
    if varies(slices) { covariance / variance } else { f64::NAN }
}

/// The same two events in two groups of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Two {
    /// The one group.
    pub a: Contingency,
    /// The other group.
    pub b: Contingency,
}

impl Two {
    fn cells(&self) -> [u64; 8] {
        let cells = |t: &Contingency| [t.o11, t.o22, t.o12, t.o21];
        let [[a, b, c, d], [e, f, g, h]] = [cells(&self.a), cells(&self.b)];
        [a, b, c, d, e, f, g, h]
    }

    /// Whether both events happen in both groups, and neither happens always.
    pub fn varies(&self) -> bool {
        [self.a, self.b].iter().all(varied)
    }
}

/// Whether both events of `table` happen, and neither happens always: else it knows nothing of their association.
pub fn varied(table: &Contingency) -> bool {
    [table.r1(), table.r2(), table.c1(), table.c2()].iter().all(|&margin| margin > 0)
}

/// The family `difference`.
pub static DIFFERENCE: &[Measure<Two>] = &[
    Measure {
        name: "log_odds_ratio_difference",
        formula: "log_odds_ratio of a - log_odds_ratio of b",
        source: "Woolf (1955), Annals of Human Genetics 19; Altman & Bland (2003), BMJ 326, 219",
        range: "(-inf, inf): above 0 where the association is stronger in a",
        undefined: "any oij = 0 in either group",
        compute: |t| if t.cells().contains(&0) { f64::NAN } else { difference(t, 0.0) },
    },
    Measure {
        name: "log_odds_ratio_difference_se",
        formula: "sqrt(sum(1 / oij)), the eight cells of both groups; the interval is the difference ± z se, the \
                  p-value normal_p of difference / se",
        source: "Woolf (1955), Annals of Human Genetics 19; Altman & Bland (2003), BMJ 326, 219",
        range: "(0, inf)",
        undefined: "any oij = 0 in either group",
        compute: |t| if t.cells().contains(&0) { f64::NAN } else { error(t, 0.0) },
    },
    Measure {
        name: "log_odds_ratio_haldane_difference",
        formula: "log_odds_ratio_haldane of a - log_odds_ratio_haldane of b",
        source: "Gart & Zweifel (1967), Biometrika 54, for each group; Altman & Bland (2003), BMJ 326, 219",
        range: "(-inf, inf): above 0 where the association is stronger in a",
        undefined: "r1, r2, c1 or c2 = 0 in either group, which then knows nothing of the association",
        compute: |t| if t.varies() { difference(t, 0.5) } else { f64::NAN },
    },
    Measure {
        name: "log_odds_ratio_haldane_difference_se",
        formula: "sqrt(sum(1 / (oij + 1/2))), the eight cells of both groups; interval and p-value as above",
        source: "Gart & Zweifel (1967), Biometrika 54, for each group; Altman & Bland (2003), BMJ 326, 219",
        range: "(0, inf)",
        undefined: "r1, r2, c1 or c2 = 0 in either group",
        compute: |t| if t.varies() { error(t, 0.5) } else { f64::NAN },
    },
];

fn difference(two: &Two, add: f64) -> f64 {
    let logs = two.cells().map(|cell| (cell as f64 + add).ln());
    let odds = |l: &[f64]| (l[0] - l[2]) + (l[1] - l[3]);
    odds(&logs[..4]) - odds(&logs[4..])
}

fn error(two: &Two, add: f64) -> f64 {
    two.cells().iter().map(|&cell| 1.0 / (cell as f64 + add)).sum::<f64>().sqrt()
}
