//! Why each sentence ends where it does, and why none ends at places that look like an end.

use super::{Positions, doc_columns};
use crate::corpus::Corpus;
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::table::{Column, Table};
use crate::text::sentences::{Decision, Rule};

/// Characters of context on either side.
const CONTEXT: usize = 30;

/// One row a boundary or near miss: `doc, [doc_id], position, is_boundary, rule, why, context`. In the
/// context, white space is one space, and `|` stands at the position.
pub fn table(corpus: &Corpus, job: &Job) -> Result<Table> {
    let decisions = per_document(corpus, job, |text| corpus.reader().splitter.explain(text))?;
    let rows: Vec<(usize, Decision)> =
        decisions.into_iter().enumerate().flat_map(|(doc, d)| d.into_iter().map(move |d| (doc, d))).collect();
    let docs: Vec<usize> = rows.iter().map(|r| r.0).collect();
    let mut positions = Positions::new(corpus);
    let position: Vec<u64> = rows.iter().map(|(doc, d)| positions.at(*doc, d.offset)).collect();
    Ok(doc_columns(corpus, &docs)?
        .with("position", Column::ints(position)?)
        .with("is_boundary", Column::Bool(rows.iter().map(|r| r.1.is_boundary).collect()))
        .with("rule", Column::texts(rows.iter().map(|r| r.1.rule.name())))
        .with("why", Column::texts(rows.iter().map(|r| r.1.rule.why())))
        .with("context", Column::texts(rows.iter().map(|r| context(corpus.texts().text(r.0), r.1.offset)))))
}

/// The rule that ended each sentence of the corpus. The columns do not keep it, so the texts are split
/// again; a sentence is known by where it ends.
pub(super) fn rules(corpus: &Corpus, job: &Job) -> Result<Vec<Option<Rule>>> {
    let columns = corpus.columns();
    let split = per_document(corpus, job, |text| {
        let mut ends = Vec::new();
        corpus.reader().splitter.for_each(text, |s| ends.push((s.end, s.rule)));
        ends
    })?;
    let mut rules = vec![None; columns.n_sentences()];
    for (doc, ends) in split.into_iter().enumerate() {
        let mut ends = ends.into_iter().peekable();
        for sentence in columns.sentences_of(doc) {
            let end = columns.sentence_span(sentence).end;
            while ends.next_if(|e| e.0 < end).is_some() {}
            rules[sentence] = ends.next_if(|e| e.0 == end).map(|e| e.1);
        }
    }
    Ok(rules)
}

fn per_document<T: Send>(corpus: &Corpus, job: &Job, f: impl Fn(&str) -> T + Sync) -> Result<Vec<T>> {
    let sizes = corpus.texts().sizes();
    let chunks = parallel::balance(&sizes, job.threads());
    let parts = parallel::map(job, chunks.len(), sizes.iter().sum(), |chunk| {
        let of = |doc: usize| {
            job.check()?;
            job.advance(1);
            Ok(f(corpus.texts().text(doc)))
        };
        chunks[chunk].clone().map(of).collect::<Result<Vec<T>>>()
    })?;
    Ok(parts.into_iter().flatten().collect())
}

/// What stands around byte `at`.
fn context(text: &str, at: usize) -> String {
    let before = text[..at].char_indices().rev().nth(CONTEXT - 1).map_or(0, |(i, _)| i);
    let after = text[at..].char_indices().nth(CONTEXT).map_or(text.len(), |(i, _)| at + i);
    let mut out = String::new();
    let mut add = |part: &str| {
        for c in part.chars() {
            match c.is_whitespace() {
                true if out.ends_with(' ') => {}
                true => out.push(' '),
                false => out.push(c),
            }
        }
    };
    add(&text[before..at]);
    add("|");
    add(&text[at..after]);
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_is_short_and_on_one_line() {
        assert_eq!(context("One.\n\nTwo.", 4), "One.| Two.");
        let long = "é".repeat(100);
        assert_eq!(context(&long, 100), format!("{}|{}", "é".repeat(30), "é".repeat(30)));
        assert_eq!(context("", 0), "|");
    }
}
