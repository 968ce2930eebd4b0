//! Windows of words and of sentences. A window has no borders that a mention belongs to, so the unit is a
//! *place and a place near it*: a pair of mentions is counted once, however many windows of a text would hold it.
//!
//! * Words: every two words of a text at most k apart are a unit, once for each order (the "word, context" pairs
//!   of Levy, Goldberg & Dagan 2015, TACL 3). A mention is near the k words before its first word and the k after
//!   its last.
//! * Sentences: every two sentences less than k apart, and each sentence with itself, likewise.
//!
//! With `ordered` the second place comes after the first, so each two count once.

use std::cmp::Reverse;
use std::ops::Range;

use ahash::AHashMap;

use super::pairs::Counter;
use super::units::Weight;
use crate::corpus::Corpus;
use crate::entities::Mention;
use crate::error::{Error, Result};

/// Pairs of mentions in a document beyond which a count would take minutes.
const MOST: usize = 10_000_000_000;

/// A mention by its first and last word, counted over the corpus.
#[derive(Debug, Clone, Copy)]
struct Place {
    mention: Mention,
    first: usize,
    last: usize,
}

impl Place {
    fn new(corpus: &Corpus, mention: Mention) -> Self {
        let columns = corpus.columns();
        let doc = columns.sentences_of(mention.doc);
        let token = |sentence: usize, byte: usize| {
            let tokens = columns.tokens_of_sentence(sentence);
            let (mut low, mut high) = (tokens.start, tokens.end);
            // The first token of the sentence that starts at or after `byte`.
            while low < high {
                let middle = low.midpoint(high);
                if columns.token_start(sentence, middle) < byte { low = middle + 1 } else { high = middle }
            }
            low
        };
        let tokens = columns.tokens_of_sentence(mention.sentence);
        let mut first = token(mention.sentence, mention.start);
        // A span may start within a word.
        if first > tokens.start && corpus.token_span(mention.sentence, first - 1).end > mention.start {
            first -= 1;
        }
        let mut sentence = mention.sentence;
        while sentence + 1 < doc.end && columns.sentence_span(sentence + 1).start < mention.end {
            sentence += 1;
        }
        let last = token(sentence, mention.end).max(first + 1) - 1;
        Self { mention, first, last }
    }
}

/// The words between the closest two mentions, one of `a` and one of `b`, which are in the order of the text, `a`
/// before `b` if `ordered`: 1 if they are neighbours or overlap.
pub(super) fn distance(corpus: &Corpus, a: &[Mention], b: &[Mention], ordered: bool) -> u32 {
    let places = |m: &[Mention]| m.iter().map(|&m| Place::new(corpus, m)).collect::<Vec<_>>();
    let (a, b) = (places(a), places(b));
    let (mut i, mut j) = (0, 0);
    let mut least = usize::MAX;
    while i < a.len() && j < b.len() {
        let a_first = a[i].mention.start < b[j].mention.start;
        let (earlier, later) = if a_first { (a[i], b[j]) } else { (b[j], a[i]) };
        if a_first || !ordered {
            least = least.min(later.first.saturating_sub(earlier.last).max(1));
        }
        if a_first {
            i += 1;
        } else {
            j += 1;
        }
    }
    u32::try_from(least).unwrap_or(u32::MAX)
}

/// How many pairs of places, the second after the first, `length` places in a row have at most `k` apart.
fn pairs_within(length: u64, k: u64) -> u64 {
    let m = k.min(length.saturating_sub(1));
    m * length - m * (m + 1) / 2
}

/// The pairs of a document at most `k` words apart.
pub(super) fn of_words(
    counter: &mut Counter<'_>,
    doc: usize,
    mentions: &[Mention],
    k: u32,
    cross: bool,
) -> Result<()> {
    let columns = counter.corpus.columns();
    let ordered = counter.options.ordered;
    let both_ways = if ordered { 1 } else { 2 };
    let within = |range: Range<usize>| pairs_within(range.len() as u64, u64::from(k)) * both_ways;
    counter.out.n_units += if cross {
        within(columns.tokens_of(doc))
    } else {
        columns.sentences_of(doc).map(|s| within(columns.tokens_of_sentence(s))).sum()
    };
    let places = outermost(mentions.iter().map(|&m| Place::new(counter.corpus, m)).collect());
    let k = k as usize;
    for p in &places {
        let scope =
            if cross { columns.tokens_of(doc) } else { columns.tokens_of_sentence(p.mention.sentence) };
        let left = p.first.saturating_sub(scope.start).min(k) as u64;
        let right = scope.end.saturating_sub(p.last + 1).min(k) as u64;
        let entity = p.mention.entity as usize;
        if ordered {
            counter.out.first_of[entity] += right;
            counter.out.second_of[entity] += left;
        } else {
            counter.out.first_of[entity] += left + right;
        }
    }
    let longest = places.iter().map(|p| p.last - p.first).max().unwrap_or(0);
    // Each two of them are looked at.
    let mut first = 0;
    let mut work = 0;
    for (j, b) in places.iter().enumerate() {
        while b.first - places[first].first > k + longest {
            first += 1;
        }
        work += j - first;
    }
    if work > MOST {
        return Err(Error::value(format!(
            "documents[{doc}]: {work} pairs of mentions stand at most {k} words apart, more than {MOST}; choose a \
             smaller window"
        )));
    }
    for (j, b) in places.iter().enumerate() {
        if j % 1024 == 0 {
            counter.job.check()?;
            counter.limit(counter.out.pairs.len(), || format!("the collection up to documents[{doc}]"))?;
        }
        for a in places[..j].iter().rev() {
            if b.first - a.first > k + longest {
                break;
            }
            let near = b.first > a.last && b.first - a.last <= k;
            if !near || !counter.options.pair_up(a.mention.entity, b.mention.entity) {
                continue;
            }
            if !cross && a.mention.sentence != b.mention.sentence {
                continue;
            }
            let (x, y) = if ordered || a.mention.entity < b.mention.entity { (a, b) } else { (b, a) };
            let key = (x.mention.entity, y.mention.entity);
            counter.add(key, 1, Some((b.first - a.last) as u32), (doc, a.mention.start), || {
                [x.mention, y.mention]
            });
        }
    }
    Ok(())
}

/// In the order of the text, without mentions that lie within one of the same entity: then no two of an entity
/// share their first or their last word.
fn outermost(mut places: Vec<Place>) -> Vec<Place> {
    places.sort_by_key(|p| (p.first, Reverse(p.last)));
    let mut reach: AHashMap<u32, usize> = AHashMap::new();
    places.retain(|p| match reach.get_mut(&p.mention.entity) {
        Some(last) if p.last <= *last => false,
        Some(last) => {
            *last = p.last;
            true
        }
        None => {
            reach.insert(p.mention.entity, p.last);
            true
        }
    });
    places
}

/// The pairs of a document whose sentences are less than `k` apart.
pub(super) fn of_sentences(
    counter: &mut Counter<'_>,
    doc: usize,
    mentions: &[Mention],
    k: u32,
) -> Result<()> {
    let sentences = counter.corpus.columns().sentences_of(doc);
    let options = counter.options;
    let ordered = options.ordered;
    let k = k as usize;
    let length = sentences.len() as u64;
    let apart = pairs_within(length, (k - 1) as u64);
    counter.out.n_units += length + if ordered { apart } else { 2 * apart };

    // By sentence, and in it by entity; stable, so in the order of the text.
    let mut sorted = mentions.to_vec();
    sorted.sort_by_key(|m| (m.sentence, m.entity));
    let blocks: Vec<Vec<&[Mention]>> = sorted
        .chunk_by(|a, b| a.sentence == b.sentence)
        .map(|s| s.chunk_by(|a, b| a.entity == b.entity).collect())
        .collect();
    for (i, block) in blocks.iter().enumerate() {
        let at = block[0][0].sentence;
        let before = (at - sentences.start).min(k - 1) as u64;
        let after = (sentences.end - 1 - at).min(k - 1) as u64;
        for run in block {
            let entity = run[0].entity as usize;
            if ordered {
                counter.out.first_of[entity] += 1 + after;
                counter.out.second_of[entity] += 1 + before;
            } else {
                counter.out.first_of[entity] += 1 + before + after;
            }
        }
        let sentence = at - sentences.start;
        counter.runs(doc, sentence, block, Some(1))?;
        for next in blocks[i + 1..].iter().take_while(|b| b[0][0].sentence - at < k) {
            counter.limit(block.len() * next.len(), || {
                format!("documents[{doc}] (the sentences from its sentence {sentence} on)")
            })?;
            counter.job.check()?;
            let part = Some((next[0][0].sentence - at + 1) as u32);
            for a in block {
                for b in next.iter().filter(|b| options.pair_up(a[0].entity, b[0].entity)) {
                    let count = match options.weight {
                        Weight::Frequency => a.len() as u64 * b.len() as u64,
                        _ => 1,
                    };
                    let two = [a[a.len() - 1], b[0]];
                    let two = if ordered || two[0].entity < two[1].entity { two } else { [two[1], two[0]] };
                    let place = (doc, a[a.len() - 1].start);
                    counter.add((two[0].entity, two[1].entity), count, part, place, || two);
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_places_are_those_listed() {
        for length in 0..9u64 {
            for k in 0..9 {
                let listed = (0..length).flat_map(|a| (a + 1..length).map(move |b| b - a));
                assert_eq!(pairs_within(length, k), listed.filter(|&d| d <= k).count() as u64);
            }
        }
    }
}
