//! How long and how hard the texts of each group are, with bootstrap intervals by document.

use super::group_column;
use super::scored::scores;
use crate::corpus::Corpus;
use crate::counts::familiar::WordLists;
use crate::counts::groups::Groups;
use crate::counts::spreads::{self, Described, Spread};
use crate::error::{Error, Result};
use crate::measure::Measure;
use crate::parallel::{self, Job};
use crate::stats::readability::{Profile, Rates, needs};
use crate::stats::resample::{Rng, drawn_sums, interval};
use crate::stats::spread::Histogram;
use crate::table::{Column, Table};

/// How the intervals are made.
#[derive(Debug, Clone, Copy)]
pub struct Bootstrap {
    /// The number of replicates; 0 for no intervals.
    pub replicates: usize,
    /// The level of the intervals, between 0 and 1.
    pub level: f64,
    /// The same seed gives the same intervals.
    pub seed: u64,
}

/// A ratio that is described value by value: its name, the sums it is the ratio of, its values.
type Ratio = (&'static str, fn(&Profile) -> (u64, u64), fn(&Spread) -> &Histogram);

const RATIOS: [Ratio; 4] = [
    ("words_per_sentence", |p| (p.words, p.sentences), |s| &s.words_per_sentence),
    ("characters_per_sentence", |p| (p.characters, p.sentences), |s| &s.characters_per_sentence),
    ("syllables_per_word", |p| (p.syllables, p.words), |s| &s.syllables_per_word),
    ("characters_per_word", |p| (p.characters, p.words), |s| &s.characters_per_word),
];

/// One row a group: its name, `n_documents, n_sentences, n_words, n_syllables`; mean, limits of its
/// interval, standard deviation and median of each ratio; each score with the limits of its interval.
pub fn table(
    corpus: &Corpus,
    measures: &[String],
    lists: &WordLists,
    (groups, by): (&Groups, &str),
    bootstrap: Bootstrap,
    job: &Job,
) -> Result<Table> {
    if !(bootstrap.level > 0.0 && bootstrap.level < 1.0) {
        return Err(Error::value(format!("level={}: give a share between 0 and 1", bootstrap.level)));
    }
    let measures = scores(measures, lists)?;
    if let Some(m) = measures.iter().find(|m| needs(m).contains(&"types")) {
        return Err(Error::value(format!(
            "measures: {:?} counts distinct words, which do not add up over documents; ask readability(by=...)",
            m.name
        )));
    }
    let described = spreads::described(corpus, lists, groups, job)?;
    let mut rows = Vec::with_capacity(described.len());
    for group in &described {
        rows.push(Row::new(group, &measures, lists, bootstrap, job)?);
    }
    let count = |field: fn(&Profile) -> u64| Column::ints(rows.iter().map(|r| field(&r.sums)));
    let all: Vec<usize> = (0..groups.len()).collect();
    let mut table = group_column(groups, by, &all)
        .with("n_documents", Column::ints(described.iter().map(|g| g.docs.len()))?)
        .with("n_sentences", count(|p| p.sentences)?)
        .with("n_words", count(|p| p.words)?)
        .with("n_syllables", count(|p| p.syllables)?);
    let limits = |table: Table, name: &str, place: usize| {
        let side = |f: fn(&(f64, f64)) -> f64| rows.iter().map(|r| f(&r.intervals[place])).collect();
        table
            .with(&format!("{name}_low"), Column::Float(side(|i| i.0)))
            .with(&format!("{name}_high"), Column::Float(side(|i| i.1)))
    };
    for (place, (name, _, values)) in RATIOS.iter().enumerate() {
        let told = |f: fn(&Histogram) -> f64| described.iter().map(|g| f(values(&g.spread))).collect();
        table = limits(table.with(name, Column::Float(told(Histogram::mean))), name, place)
            .with(&format!("{name}_sd"), Column::Float(told(Histogram::sd)))
            .with(&format!("{name}_median"), Column::Float(told(Histogram::median)));
    }
    for (i, m) in measures.iter().enumerate() {
        let score = rows.iter().map(|r| m.of(&Rates::of(&r.sums))).collect();
        table = limits(table.with(m.name, Column::Float(score)), m.name, RATIOS.len() + i);
    }
    Ok(table)
}

/// A group with its sums and the intervals of all that is asked of them: ratios, then measures.
struct Row {
    sums: Profile,
    intervals: Vec<(f64, f64)>,
}

impl Row {
    fn new(
        group: &Described,
        measures: &[&Measure<Rates>],
        lists: &WordLists,
        bootstrap: Bootstrap,
        job: &Job,
    ) -> Result<Self> {
        // Only the counts that there are; the others stay as in the profile of an empty text.
        let blank = lists.blank();
        let fields: Vec<_> = Profile::FIELDS.iter().filter(|f| f.get(&blank).is_some()).collect();
        let counts: Vec<u64> =
            group.docs.iter().flat_map(|p| fields.iter().map(|f| f.get(p).unwrap_or(0))).collect();
        let profile = |sums: &[u64]| {
            let mut p = blank;
            fields.iter().zip(sums).for_each(|(f, &sum)| f.set(&mut p, sum));
            p
        };
        let width = fields.len();
        // How texts vary is not to be seen from one of them.
        let replicates = match group.docs.iter().filter(|p| p.words > 0).count() {
            0 | 1 => 0,
            _ => bootstrap.replicates,
        };
        let mut sums = vec![0; width];
        for row in counts.chunks_exact(width) {
            sums.iter_mut().zip(row).for_each(|(sum, n)| *sum += n);
        }
        let asked = RATIOS.len() + measures.len();
        // The work in bytes read decides whether threads are worth it.
        let bytes = (counts.len() as u64 * 8).saturating_mul(replicates as u64);
        let runs = replicates.div_ceil(RUN);
        let drawn = parallel::map(job, runs, bytes, |run| {
            let mut values = Vec::with_capacity(RUN * asked);
            for replicate in run * RUN..((run + 1) * RUN).min(replicates) {
                job.check()?;
                // Every group draws from the same streams: it does not depend on which others there are.
                let mut rng = Rng::new(bootstrap.seed, replicate as u64);
                let p = profile(&drawn_sums(&counts, width, &mut rng));
                values.extend(RATIOS.iter().map(|(_, sums, _)| {
                    let (a, b) = sums(&p);
                    a as f64 / b as f64
                }));
                let rates = Rates::of(&p);
                values.extend(measures.iter().map(|m| m.of(&rates)));
            }
            Ok(values)
        })?;
        let drawn = drawn.concat();
        let of = |place: usize| {
            let mut values: Vec<f64> = drawn.iter().skip(place).step_by(asked).copied().collect();
            interval(&mut values, bootstrap.level)
        };
        Ok(Self { sums: profile(&sums), intervals: (0..asked).map(of).collect() })
    }
}

/// Replicates that a worker takes at a time.
const RUN: usize = 16;
