//! Counts and scores of units, column by column: the part that every table of readability shares.

use crate::counts::familiar::WordLists;
use crate::error::{Error, Result};
use crate::measure::{self, Measure};
use crate::stats::readability::{Field, Profile, READABILITY, Rates, flesch_band, needs};
use crate::table::{Column, Table};

/// Which counts a table shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counts {
    /// None.
    None,
    /// Those that a reader of sentences asks for.
    Short,
    /// The same, and before them the sentences.
    Paragraph,
    /// All that the formulas read.
    All,
}

/// What is asked of each unit.
pub(super) struct Asked {
    fields: Vec<(String, &'static Field)>,
    measures: Vec<&'static Measure<Rates>>,
    /// The share of words with estimated syllables.
    share: bool,
    band: bool,
    /// What a missing document counts.
    empty: Profile,
}

impl Asked {
    pub(super) fn new(measures: &[String], lists: &WordLists, counts: Counts, band: bool) -> Result<Self> {
        const SHORT: [(&str, &str); 7] = [
            ("n_sentences", "sentences"),
            ("n_words", "words"),
            ("n_characters", "characters"),
            ("n_letters", "letters"),
            ("n_syllables", "syllables"),
            ("n_polysyllables", "polysyllables"),
            ("n_long_words", "words_7plus"),
        ];
        let given = lists.blank();
        let named = |f: &'static Field| (format!("n_{}", f.name), f);
        let some = |from: usize| -> Result<Vec<_>> {
            let short = SHORT[from..].iter();
            short.map(|&(name, f)| Ok((name.to_owned(), Profile::field("counts", f)?))).collect()
        };
        let mut fields = match counts {
            Counts::None => Vec::new(),
            Counts::Short => some(1)?,
            Counts::Paragraph => some(0)?,
            Counts::All => Profile::FIELDS.iter().filter(|f| !f.optional).map(named).collect(),
        };
        if counts != Counts::None {
            // The unfamiliar words by each list that there is.
            let lists = Profile::FIELDS.iter().filter(|f| f.optional && f.get(&given).is_some());
            fields.extend(lists.map(named));
        }
        Ok(Self {
            fields,
            measures: scores(measures, lists)?,
            share: counts == Counts::All,
            band,
            empty: Profile::default(),
        })
    }

    /// Whether nothing is asked for that must be counted.
    pub(super) fn is_nothing(&self) -> bool {
        self.fields.is_empty() && self.measures.is_empty() && !self.band
    }
}

/// The readability measures `names`, all of which can be computed from a text with the lists `lists`.
///
/// # Errors
/// If a formula needs a count that no text alone gives: the message says what to give. A score is
/// never silently undefined.
pub(super) fn scores(names: &[String], lists: &WordLists) -> Result<Vec<&'static Measure<Rates>>> {
    let measures = measure::select(READABILITY, "measures", names)?;
    let given = lists.blank();
    for m in &measures {
        for name in needs(m) {
            if Profile::field("counts", name)?.get(&given).is_some() {
                continue;
            }
            let remedy = match name.strip_prefix("unfamiliar_") {
                Some(list) => format!(
                    "a list of familiar words; give it as word_lists={{\"{list}\": [...]}} (lexmill ships none: \
                     the lists are not free)"
                ),
                None => format!(
                    "the count {name:?}, which takes a tagger; count it and use readability_from_counts"
                ),
            };
            return Err(Error::value(format!("measures: {:?} needs {remedy}", m.name)));
        }
    }
    Ok(measures)
}

/// The columns of what is asked, filled unit by unit.
pub(super) struct Scored<'a> {
    asked: &'a Asked,
    counts: Vec<Vec<i64>>,
    shares: Vec<f64>,
    scores: Vec<Vec<f64>>,
    bands: (Vec<f64>, Vec<f64>),
    /// Which rows are there.
    there: Vec<bool>,
    /// Units that are not in the other columns yet.
    waiting: Vec<(Rates, u64)>,
}

/// Units that are computed together: one formula after the other, each for all of them.
const RUN: usize = 64;

impl<'a> Scored<'a> {
    /// No row yet, and room for `rows`.
    pub(super) fn new(asked: &'a Asked, rows: usize) -> Self {
        fn columns<T>(columns: usize, rows: usize) -> Vec<Vec<T>> {
            (0..columns).map(|_| Vec::with_capacity(rows)).collect()
        }
        Self {
            asked,
            counts: columns(asked.fields.len(), rows),
            shares: Vec::new(),
            scores: columns(asked.measures.len(), rows),
            bands: (Vec::new(), Vec::new()),
            there: Vec::with_capacity(rows),
            waiting: Vec::with_capacity(RUN),
        }
    }

    /// Adds a unit with its words whose syllables are estimated, or a row of nulls.
    pub(super) fn push(&mut self, unit: Option<(&Profile, u64)>) {
        let (profile, estimated) = unit.unwrap_or((&self.asked.empty, 0));
        self.there.push(unit.is_some());
        self.waiting.push((Rates::of(profile), estimated));
        if self.waiting.len() == RUN {
            self.compute();
        }
    }

    /// Fills the columns, each formula for all units that wait.
    fn compute(&mut self) {
        for (column, (_, field)) in self.counts.iter_mut().zip(&self.asked.fields) {
            // No text is 2^63 bytes long.
            column.extend(self.waiting.iter().map(|(p, _)| field.get(p).map_or(0, |count| count as i64)));
        }
        for (column, measure) in self.scores.iter_mut().zip(&self.asked.measures) {
            column.extend(self.waiting.iter().map(|(p, _)| measure.of(p)));
        }
        // Without words most scores are undefined, and all of a missing document.
        let from = self.there.len() - self.waiting.len();
        for missing in (from..self.there.len()).filter(|&row| !self.there[row]) {
            self.scores.iter_mut().for_each(|column| column[missing] = f64::NAN);
        }
        if self.asked.share {
            let share = |(p, estimated): &(Rates, u64)| *estimated as f64 / p.words as f64;
            self.shares.extend(self.waiting.iter().map(share));
        }
        if self.asked.band {
            for (profile, estimated) in &self.waiting {
                let (low, high) = flesch_band(profile, *estimated);
                self.bands.0.push(low);
                self.bands.1.push(high);
            }
        }
        self.waiting.clear();
    }

    /// The columns of `parts`, one behind the other.
    pub(super) fn table(parts: Vec<Self>, asked: &Asked) -> Table {
        let mut parts = parts.into_iter().map(|mut part| {
            part.compute();
            part
        });
        let mut all = parts.next().unwrap_or_else(|| Scored::new(asked, 0));
        for part in parts {
            all.counts.iter_mut().zip(part.counts).for_each(|(a, b)| a.extend(b));
            all.scores.iter_mut().zip(part.scores).for_each(|(a, b)| a.extend(b));
            all.shares.extend(part.shares);
            all.bands.0.extend(part.bands.0);
            all.bands.1.extend(part.bands.1);
            all.there.extend(part.there);
        }
        let mut table = Table::new();
        let there = (!all.there.iter().all(|&t| t)).then_some(all.there);
        for ((name, _), counts) in asked.fields.iter().zip(all.counts) {
            table = table.with(name, Column::Int(counts, there.clone()));
        }
        if asked.share {
            table = table.with("syllables_estimated", Column::Float(all.shares));
        }
        for (measure, scores) in asked.measures.iter().zip(all.scores) {
            table = table.with(measure.name, Column::Float(scores));
        }
        if asked.band {
            let (low, high) = all.bands;
            table = table.with("flesch_low", Column::Float(low)).with("flesch_high", Column::Float(high));
        }
        table
    }
}
