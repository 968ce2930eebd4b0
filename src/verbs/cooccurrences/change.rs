//! How pairs change from slice to slice, and which differ between two groups.

use std::collections::BTreeMap;

use super::{Network, Shown};
use crate::counts::pairs::{GroupPairs, Pair};
use crate::error::{Error, Kind, Result};
use crate::measure::{self, Measure};
use crate::stats::association::ASSOCIATION;
use crate::stats::contingency::Contingency;
use crate::stats::inference::{self, Adjustment, P_VALUES};
use crate::stats::networks::{DIFFERENCE, Slice, TREND, Two, varied};
use crate::table::{Column, Strings, Table};

/// The name of a group, and its table.
type Side = (&'static str, fn(&Two) -> &Contingency);

/// How two groups are compared: what is shown of the differences between their associations.
#[derive(Debug)]
pub struct Differing {
    measure: &'static Measure<Contingency>,
    difference: &'static Measure<Two>,
    error: &'static Measure<Two>,
    adjust: &'static Adjustment,
    confidence: f64,
}

impl Differing {
    /// The differences of `measure`, a log odds ratio.
    pub fn new(measure: &str, adjust: &str, confidence: f64) -> Result<Self> {
        let rows = |name: &str| DIFFERENCE.iter().find(|m| m.name == name);
        let found = rows(&format!("{measure}_difference")).zip(rows(&format!("{measure}_difference_se")));
        let Some((difference, error)) = found else {
            let of = |m: &Measure<Two>| m.name.strip_suffix("_difference");
            return Err(Error::choice(
                "measure",
                measure,
                &DIFFERENCE.iter().filter_map(of).collect::<Vec<_>>(),
            ));
        };
        inference::z_of_level(confidence).map_err(|_| {
            Error::value(format!("ci={confidence} must lie between 0 and 1, for example 0.95"))
        })?;
        let adjust = inference::adjustment("p_adjust", adjust)?;
        let measure = measure::select(ASSOCIATION, "measure", &[measure])?[0];
        Ok(Self { measure, difference, error, adjust, confidence })
    }
}

fn normal_p() -> Result<&'static Measure<f64>> {
    P_VALUES.iter().find(|p| p.name == "normal_p").ok_or_else(|| Error::new(Kind::Internal, "normal_p"))
}

/// A pair and what is known of it in each group that has it.
type Across<'a> = ((u32, u32), BTreeMap<usize, &'a Pair>);

impl Network {
    /// The pairs of all groups, in the order of the names: for each the groups that have it.
    fn across(&self, level: usize) -> Result<Vec<Across<'_>>> {
        let level = self.level(level)?;
        let mut all: BTreeMap<(u32, u32), BTreeMap<usize, &Pair>> = BTreeMap::new();
        for (group, slice) in level.groups.iter().enumerate() {
            for (&key, pair) in &slice.pairs {
                let (source, target) = self.shown_order(level, key);
                let by_name = (self.ranks[source as usize], self.ranks[target as usize]);
                all.entry(by_name).or_default().insert(group, pair);
            }
        }
        let mut by_rank = vec![0; self.ranks.len()];
        self.ranks.iter().zip(0..).for_each(|(&rank, entity)| by_rank[rank as usize] = entity);
        let entity = |rank: u32| by_rank[rank as usize];
        Ok(all.into_iter().map(|((s, t), groups)| ((entity(s), entity(t)), groups)).collect())
    }

    fn grouped(&self, verb: &str) -> Result<()> {
        if self.groups.is_grouped() {
            return Ok(());
        }
        Err(Error::value(format!(
            "{verb} needs groups: count with by=, as in cooccurrences(names, by=\"year\")"
        )))
    }

    /// One row a pair: `source, target, count, slices, first_seen, last_seen, n, trend_slope, trend_z, p_value,
    /// q_value`, the most frequent first. `times` has a value for each group, NaN for one to be left out.
    pub fn trends(&self, level: usize, times: &[f64], min_count: u64, adjust: &str) -> Result<Table> {
        self.grouped("trends")?;
        let adjust = inference::adjustment("p_adjust", adjust)?;
        let groups: &[GroupPairs] = &self.level(level)?.groups;
        if times.len() != groups.len() {
            return Err(Error::new(Kind::Internal, "a time for each group"));
        }
        let timed: Vec<usize> = (0..groups.len()).filter(|&g| times[g].is_finite()).collect();
        let mut in_time = timed.clone();
        in_time.sort_by(|&a, &b| times[a].total_cmp(&times[b]));
        let n: u64 = timed.iter().map(|&g| groups[g].n_units).sum();

        struct Line {
            key: (u32, u32),
            count: u64,
            seen: Vec<usize>,
            scores: Vec<f64>,
        }
        let mut lines = Vec::new();
        for (key, pairs) in self.across(level)? {
            let hits = |g: &usize| pairs.get(g).map_or(0, |p| p.units);
            let seen: Vec<usize> = in_time.iter().filter(|g| hits(g) > 0).copied().collect();
            let count: u64 = seen.iter().map(&hits).sum();
            if count == 0 || count < min_count {
                continue;
            }
            let slice = |&g: &usize| Slice { time: times[g], hits: hits(&g), units: groups[g].n_units };
            let slices: Vec<Slice> = in_time.iter().map(slice).collect();
            let scores = TREND.iter().map(|m| m.of(&slices)).collect();
            lines.push(Line { key, count, seen, scores });
        }
        // Stable: pairs of the same count stay in the order of their names.
        lines.sort_by_key(|l| std::cmp::Reverse(l.count));
        let normal = normal_p()?;
        let z = TREND.iter().position(|m| m.name == "trend_z").unwrap_or(0);
        let p: Vec<f64> = lines.iter().map(|l| normal.of(&l.scores[z])).collect();
        let q = adjust.of(&p)?;
        let seen = |at: fn(&[usize]) -> Option<&usize>| {
            let of_row: Vec<Option<usize>> = lines.iter().map(|l| at(&l.seen).copied()).collect();
            self.groups.column(&of_row).unwrap_or_else(|| Column::Text(Strings::default()))
        };
        let mut table = Table::new()
            .with("source", Column::texts(lines.iter().map(|l| self.name(l.key.0))))
            .with("target", Column::texts(lines.iter().map(|l| self.name(l.key.1))))
            .with("count", Column::ints(lines.iter().map(|l| l.count))?)
            .with("n", Column::ints(lines.iter().map(|_| n))?)
            .with("slices", Column::ints(lines.iter().map(|l| l.seen.len()))?)
            .with("first_seen", seen(<[usize]>::first))
            .with("last_seen", seen(<[usize]>::last));
        for (i, measure) in TREND.iter().enumerate() {
            table = table.with(measure.name, Column::Float(lines.iter().map(|l| l.scores[i]).collect()));
        }
        Ok(table.with("p_value", Column::Float(p)).with("q_value", Column::Float(q)))
    }

    /// One row a pair of either group: `source, target, count_a, count_b, n_a, n_b, share_a, share_b` and what is
    /// asked for, over the table of units with and without the pair in the one and the other group.
    pub fn compare(
        &self,
        level: usize,
        a: Option<&str>,
        b: Option<&str>,
        min_count: u64,
        shown: &Shown,
    ) -> Result<Table> {
        self.grouped("compare")?;
        let (a, b) = (self.group("a", a)?, self.group("b", b)?);
        if a == b {
            return Err(Error::value("a and b are the same group; name two"));
        }
        let groups = &self.level(level)?.groups;
        let (n_a, n_b) = (groups[a].n_units, groups[b].n_units);
        let mut lines = Vec::new();
        for (key, pairs) in self.across(level)? {
            let hits = |g: usize| pairs.get(&g).map_or(0, |p| p.units);
            let (in_a, in_b) = (hits(a), hits(b));
            if in_a + in_b == 0 || in_a + in_b < min_count {
                continue;
            }
            lines.push((key, Contingency::from_cells(in_a, n_a - in_a, in_b, n_b - in_b)?));
        }
        lines.sort_by_key(|l| std::cmp::Reverse(l.1.c1()));
        let tables: Vec<Contingency> = lines.iter().map(|l| l.1).collect();
        let share = |hits: u64, n: u64| if n == 0 { f64::NAN } else { hits as f64 / n as f64 };
        let table = Table::new()
            .with("source", Column::texts(lines.iter().map(|l| self.name(l.0.0))))
            .with("target", Column::texts(lines.iter().map(|l| self.name(l.0.1))))
            .with("count_a", Column::ints(tables.iter().map(|t| t.o11))?)
            .with("count_b", Column::ints(tables.iter().map(|t| t.o21))?)
            .with("n_a", Column::ints(tables.iter().map(|_| n_a))?)
            .with("n_b", Column::ints(tables.iter().map(|_| n_b))?)
            .with("share_a", Column::Float(tables.iter().map(|t| share(t.o11, n_a)).collect()))
            .with("share_b", Column::Float(tables.iter().map(|t| share(t.o21, n_b)).collect()));
        Ok(table.join(shown.columns(&tables, None, &[tables.len()])?))
    }

    /// One row a pair of either group, the most certain difference first: `source, target, count_a, n_source_a,
    /// n_target_a, n_a`, the same of b, the measure of each, their difference with its interval, `p_value, q_value`.
    /// The tables are those of the two names in the units of each group.
    pub fn differences(
        &self,
        level: usize,
        (a, b): (Option<&str>, Option<&str>),
        min_count: u64,
        shown: &Differing,
    ) -> Result<Table> {
        self.grouped("differences")?;
        let (a, b) = (self.group("a", a)?, self.group("b", b)?);
        if a == b {
            return Err(Error::value("a and b are the same group; name two"));
        }
        let groups = &self.level(level)?.groups;
        let mut lines = Vec::new();
        for ((source, target), pairs) in self.across(level)? {
            let both = |g: usize| pairs.get(&g).map_or(0, |p| p.both);
            if both(a) + both(b) < min_count.max(1) {
                continue;
            }
            let table = |g: usize| {
                let (first, second) = (groups[g].first(source), groups[g].second(target));
                Contingency::from_counts(both(g), first, second, groups[g].n_units)
            };
            let two = Two { a: table(a)?, b: table(b)? };
            let (difference, error) = (shown.difference.of(&two), shown.error.of(&two));
            lines.push(((source, target), two, difference, error));
        }
        let certain = |line: &((u32, u32), Two, f64, f64)| -(line.2 / line.3).abs();
        // Stable: the others stay in the order of their names; what is undefined comes last.
        lines.sort_by(|x, y| {
            certain(x).is_nan().cmp(&certain(y).is_nan()).then(certain(x).total_cmp(&certain(y)))
        });
        let z = inference::z_of_level(shown.confidence)?;
        let normal = normal_p()?;
        let p: Vec<f64> = lines.iter().map(|l| normal.of(&(l.2 / l.3))).collect();
        let q = shown.adjust.of(&p)?;
        let mut table = Table::new()
            .with("source", Column::texts(lines.iter().map(|l| self.name(l.0.0))))
            .with("target", Column::texts(lines.iter().map(|l| self.name(l.0.1))));
        let sides: [Side; 2] = [("a", |t| &t.a), ("b", |t| &t.b)];
        for (side, of) in sides {
            let ints = |cell: fn(&Contingency) -> u64| Column::ints(lines.iter().map(|l| cell(of(&l.1))));
            table = table
                .with(&format!("count_{side}"), ints(|t| t.o11)?)
                .with(&format!("n_source_{side}"), ints(Contingency::r1)?)
                .with(&format!("n_target_{side}"), ints(Contingency::c1)?)
                .with(&format!("n_{side}"), ints(Contingency::n)?);
        }
        let name = shown.measure.name;
        for (side, of) in sides {
            let known = |t: &Contingency| if varied(t) { shown.measure.of(t) } else { f64::NAN };
            let values = lines.iter().map(|l| known(of(&l.1))).collect();
            table = table.with(&format!("{name}_{side}"), Column::Float(values));
        }
        let floats =
            |of: &dyn Fn(f64, f64) -> f64| Column::Float(lines.iter().map(|l| of(l.2, l.3)).collect());
        let difference = shown.difference.name;
        Ok(table
            .with(difference, floats(&|d, _| d))
            .with(&format!("{difference}_low"), floats(&|d, error| d - z * error))
            .with(&format!("{difference}_high"), floats(&|d, error| d + z * error))
            .with("p_value", Column::Float(p))
            .with("q_value", Column::Float(q)))
    }

    fn group(&self, argument: &str, name: Option<&str>) -> Result<usize> {
        let names = self.group_names();
        names.iter().position(|&n| n == name).ok_or_else(|| {
            let Some(name) = name else {
                return Error::value(format!("{argument}=None: every document has a value of {:?}", self.by));
            };
            let known: Vec<&str> = names.iter().flatten().copied().collect();
            Error::choice(argument, name, &known)
        })
    }
}
