//! The permutation test by document. The documents of the second entity are put in random order, whole, and
//! their units laid beside those of the first, which stay: whether a unit names both is then left to chance,
//! while each entity keeps its units, and those of a document stay together. Sentences of a document are not
//! independent of one another, documents are taken to be (Kilgarriff 2005; Lijffijt et al. 2016, DSH 31(2)).

use super::groups::Groups;
use super::units::{self, Unit};
use crate::corpus::Corpus;
use crate::entities::Mention;
use crate::error::{Error, Result};
use crate::parallel::{self, Job};
use crate::stats::resample::Rng;

/// The units of a group of documents: how many each document has, and which of them name each entity.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Units of each document.
    lengths: Vec<u32>,
    /// For each entity the units that name it: the document's place, and the unit's in the document.
    of: Vec<Vec<(u32, u32)>>,
}

/// An error unless every mention belongs to one unit.
pub fn check(within: Unit) -> Result<()> {
    if within.is_block() {
        return Ok(());
    }
    Err(Error::value(format!(
        "permutations= needs units that a mention belongs to: within=\"sentence\", \"paragraph\" or \"document\", \
         not \"{}\"",
        within.label()
    )))
}

/// The units of each group; an error unless every mention belongs to one unit.
pub fn sheets(
    corpus: &Corpus,
    mentions: &[Mention],
    entities: usize,
    within: Unit,
    groups: &Groups,
    job: &Job,
) -> Result<Vec<Sheet>> {
    check(within)?;
    let new = || Sheet { lengths: Vec::new(), of: vec![Vec::new(); entities] };
    let mut sheets: Vec<Sheet> = (0..groups.len()).map(|_| new()).collect();
    for doc in 0..corpus.texts().len() {
        job.check()?;
        let sheet = &mut sheets[groups.of(doc)];
        let place = u32::try_from(sheet.lengths.len()).map_err(|_| Error::value("too many documents"))?;
        let mut unit = 0u32;
        units::blocks(corpus, within, doc, units::of_doc(mentions, doc), |_, mentions| {
            for m in mentions {
                let of = &mut sheet.of[m.entity as usize];
                if of.last() != Some(&(place, unit)) {
                    of.push((place, unit));
                }
            }
            unit += 1;
            Ok(())
        })?;
        sheet.lengths.push(unit);
    }
    Ok(sheets)
}

impl Sheet {
    /// Where each document starts, if they stand in `order`.
    fn starts(&self, order: &[u32]) -> Vec<usize> {
        let mut starts = vec![0; self.lengths.len()];
        let mut at = 0;
        for &doc in order {
            starts[doc as usize] = at;
            at += self.lengths[doc as usize] as usize;
        }
        starts
    }

    /// For each of `pairs` (first, second, units with both) in how many of `permutations` the two share at
    /// least as many units. The same for any number of threads.
    pub fn exceed(
        &self,
        pairs: &[(u32, u32, u64)],
        permutations: u64,
        seed: u64,
        job: &Job,
    ) -> Result<Vec<u64>> {
        let mut order: Vec<usize> = (0..pairs.len()).collect();
        order.sort_by_key(|&i| pairs[i].1);
        let n_units: usize = self.lengths.iter().map(|&l| l as usize).sum();
        let given: Vec<u32> = (0..self.lengths.len()).map(|d| d as u32).collect();
        let home = self.starts(&given);
        let first: Vec<Vec<usize>> = self
            .of
            .iter()
            .map(|units| units.iter().map(|&(d, u)| home[d as usize] + u as usize).collect())
            .collect();
        let chunks = permutations.min(64);
        let work: u64 = pairs.iter().map(|p| first[p.0 as usize].len() as u64).sum::<u64>() * permutations;
        let counted = parallel::map(job, chunks as usize, work, |chunk| {
            let mut out = vec![0u64; pairs.len()];
            let mut marks = vec![0u32; n_units];
            let mut mark = 0u32;
            let mut shuffled = given.clone();
            let chunk = chunk as u64;
            for permutation in chunk * permutations / chunks..(chunk + 1) * permutations / chunks {
                shuffled.copy_from_slice(&given);
                Rng::new(seed, permutation).shuffle(&mut shuffled);
                let starts = self.starts(&shuffled);
                let mut last = u32::MAX;
                for (done, &i) in order.iter().enumerate() {
                    if done % 256 == 0 {
                        job.check()?;
                    }
                    let (a, b, together) = pairs[i];
                    if b != last || mark == 0 {
                        last = b;
                        if mark == u32::MAX {
                            marks.fill(0);
                            mark = 0;
                        }
                        mark += 1;
                        for &(doc, unit) in &self.of[b as usize] {
                            marks[starts[doc as usize] + unit as usize] = mark;
                        }
                    }
                    let shared = first[a as usize].iter().filter(|&&unit| marks[unit] == mark).count();
                    out[i] += u64::from(shared as u64 >= together);
                }
            }
            Ok(out)
        })?;
        let mut total = vec![0; pairs.len()];
        for part in counted {
            total.iter_mut().zip(part).for_each(|(t, p)| *t += p);
        }
        Ok(total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Documents of one unit: the test is Fisher's exact test by chance. Of 6 documents 3 name a, 3 name b, all
    /// the same: 1 of 20 ways to choose b's documents gives 3 together.
    #[test]
    fn single_units_are_fishers_test() {
        let of = vec![vec![(0, 0), (1, 0), (2, 0)], vec![(0, 0), (1, 0), (2, 0)]];
        let sheet = Sheet { lengths: vec![1; 6], of };
        let job = Job::new(Some(1));
        let hits = sheet.exceed(&[(0, 1, 3), (0, 1, 0)], 20_000, 7, &job).unwrap();
        assert!((hits[0] as f64 / 20_000.0 - 0.05).abs() < 0.005, "{hits:?}");
        assert_eq!(hits[1], 20_000);
    }

    /// The slow twin: both entities as sets of units, the second rebuilt for each order.
    #[test]
    fn marks_are_sets() {
        let lengths = vec![3u32, 1, 4, 2];
        let of = vec![vec![(0, 1), (2, 0), (2, 3)], vec![(0, 1), (2, 1), (3, 0)], vec![(1, 0), (3, 1)]];
        let sheet = Sheet { lengths: lengths.clone(), of: of.clone() };
        let pairs = [(0, 1, 1), (0, 2, 1), (1, 2, 1), (1, 0, 2)];
        let mut expected = [0u64; 4];
        let flat = |units: &[(u32, u32)], order: &[u32]| -> BTreeSet<u32> {
            let start =
                |doc: u32| order.iter().take_while(|&&d| d != doc).map(|&d| lengths[d as usize]).sum::<u32>();
            units.iter().map(|&(doc, unit)| start(doc) + unit).collect()
        };
        for permutation in 0..100 {
            let mut order = vec![0, 1, 2, 3];
            Rng::new(5, permutation).shuffle(&mut order);
            for (i, &(a, b, together)) in pairs.iter().enumerate() {
                let a = flat(&of[a as usize], &[0, 1, 2, 3]);
                let b = flat(&of[b as usize], &order);
                expected[i] += u64::from(a.intersection(&b).count() as u64 >= together);
            }
        }
        for threads in [1, 3] {
            assert_eq!(sheet.exceed(&pairs, 100, 5, &Job::new(Some(threads))).unwrap(), expected);
        }
    }
}
