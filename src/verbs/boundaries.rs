//! Why each sentence ends where it does, and why none ends at places that look like an end.

use std::ops::Range;

use super::{Positions, doc_columns};
use crate::corpus::Corpus;
use crate::corpus::build::{PIECE, paragraph_break};
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::table::{Column, Strings, Table};
use crate::text::sentences::Rule;

/// Characters of context on either side.
const CONTEXT: usize = 30;

/// One row a boundary or near miss: `doc, [doc_id], position, is_boundary, rule, why, context`. In the
/// context, white space is one space, and `|` stands at the position.
pub fn table(corpus: &Corpus, job: &Job) -> Result<Table> {
    let parts = in_pieces(corpus, job, Rows::default, |rows: &mut Rows, positions, doc, piece| {
        let text = corpus.texts().text(doc);
        let mut stopped = Ok(());
        let decisions = corpus.reader().splitter.explain_while(&text[piece.clone()], || {
            stopped = job.check();
            stopped.is_ok()
        });
        stopped?;
        for decision in decisions {
            if rows.docs.len().is_multiple_of(MANY) {
                job.check()?;
            }
            let at = piece.start + decision.offset;
            rows.docs.push(doc);
            rows.positions.push(positions.at(doc, at));
            rows.boundaries.push(decision.is_boundary);
            rows.rules.push(decision.rule);
            rows.context.push(&context(text, at));
        }
        Ok(())
    })?;
    let mut all = Rows::default();
    for part in parts {
        job.check()?;
        all.docs.extend(part.docs);
        all.positions.extend(part.positions);
        all.boundaries.extend(part.boundaries);
        all.rules.extend(part.rules);
        all.context.append(part.context);
    }
    Ok(doc_columns(corpus, &all.docs)?
        .with("position", Column::ints(all.positions)?)
        .with("is_boundary", Column::Bool(all.boundaries))
        .with("rule", Column::texts(all.rules.iter().map(|rule| rule.name())))
        .with("why", Column::texts(all.rules.iter().map(|rule| rule.why())))
        .with("context", Column::Text(all.context)))
}

/// The rows of some documents, column by column.
#[derive(Default)]
struct Rows {
    docs: Vec<usize>,
    positions: Vec<u64>,
    boundaries: Vec<bool>,
    rules: Vec<Rule>,
    context: Strings,
}

/// How many rows are made between two looks at a stop request.
const MANY: usize = 1024;

/// The rule that ended each sentence of the corpus. The columns do not keep it, so the texts are split
/// again; a sentence is known by where it ends.
pub(super) fn rules(corpus: &Corpus, job: &Job) -> Result<Vec<Option<Rule>>> {
    let columns = corpus.columns();
    let split = in_pieces(corpus, job, Vec::new, |ends, _, doc, piece| {
        let text = &corpus.texts().text(doc)[piece.clone()];
        let mut result = Ok(());
        corpus.reader().splitter.while_each(text, |s| {
            ends.push((doc, piece.start + s.end, s.rule));
            if ends.len().is_multiple_of(MANY) {
                result = job.check();
            }
            result.is_ok()
        });
        result
    })?;
    let mut rules = vec![None; columns.n_sentences()];
    let mut ends = split.into_iter().flatten().peekable();
    for doc in 0..columns.n_docs() {
        for sentence in columns.sentences_of(doc) {
            let end = (doc, columns.sentence_span(sentence).end);
            while ends.next_if(|e| (e.0, e.1) < end).is_some() {}
            rules[sentence] = ends.next_if(|e| (e.0, e.1) == end).map(|e| e.2);
        }
    }
    Ok(rules)
}

/// Calls `f` with the documents of the corpus, long ones piece by piece: no sentence crosses the end of a piece.
/// One output of `new` for each chunk of documents, in order.
fn in_pieces<T: Send>(
    corpus: &Corpus,
    job: &Job,
    new: impl Fn() -> T + Sync,
    f: impl Fn(&mut T, &mut Positions<'_>, usize, Range<usize>) -> Result<()> + Sync,
) -> Result<Vec<T>> {
    let sizes = corpus.texts().sizes();
    let chunks = parallel::balance(&sizes, job.threads());
    parallel::map(job, chunks.len(), sizes.iter().sum(), |chunk| {
        let (mut out, mut positions) = (new(), Positions::new(corpus));
        for doc in chunks[chunk].clone() {
            let text = corpus.texts().text(doc);
            let mut start = 0;
            while start < text.len() {
                job.check()?;
                let end = paragraph_break(text, text.len().min(start + PIECE), &corpus.reader().splitter);
                f(&mut out, &mut positions, doc, start..end)?;
                start = end;
            }
            job.advance(1);
        }
        Ok(out)
    })
}

/// What stands around byte `at`.
fn context(text: &str, at: usize) -> String {
    // As many bytes as characters where all are ASCII, which need not be counted.
    let (low, high) = (at.saturating_sub(CONTEXT), text.len().min(at + CONTEXT));
    let (before, after) = if text.as_bytes()[low..high].is_ascii() {
        (low, high)
    } else {
        (
            text[..at].char_indices().rev().nth(CONTEXT - 1).map_or(0, |(i, _)| i),
            text[at..].char_indices().nth(CONTEXT).map_or(text.len(), |(i, _)| at + i),
        )
    };
    let mut out = String::with_capacity(after - before + 1);
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
    use std::sync::Arc;

    use super::*;
    use crate::corpus::build::{Reader, build};
    use crate::corpus::{Texts, Tokens};
    use crate::text::sentences::Options;

    #[test]
    fn context_is_short_and_on_one_line() {
        assert_eq!(context("One.\n\nTwo.", 4), "One.| Two.");
        let long = "é".repeat(100);
        assert_eq!(context(&long, 100), format!("{}|{}", "é".repeat(30), "é".repeat(30)));
        assert_eq!(context("", 0), "|");
        assert_eq!(context("aé.", 3), "aé|.");
    }

    #[test]
    fn long_documents_are_read_in_pieces_and_give_the_same() {
        let text = "Dr. Ä. Smith left at 5 p.m. on Tuesday. Why?\n\n1. One item\nA line. \"He slept.\" (So.)\r\n\r\n".repeat(4000);
        let texts = vec![Some("One. Two.".to_owned()), None, Some(text.clone()), Some("Three".to_owned())];
        let reader = Arc::new(Reader::new(Tokens::default(), &Options::default()).unwrap());
        for threads in [1, 3] {
            let job = Job::new(Some(threads));
            let corpus = build(Texts::new(texts.clone()), Arc::clone(&reader), &job).unwrap();
            let table = table(&corpus, &job).unwrap();
            let texts = [(0, "One. Two."), (2, text.as_str()), (3, "Three")];
            let wanted: Vec<_> = texts
                .iter()
                .flat_map(|&(doc, text)| reader.splitter.explain(text).into_iter().map(move |d| (doc, d)))
                .collect();
            assert_eq!(table.len(), wanted.len());
            let ints = |name: &str| match table.column(name).unwrap() {
                Column::Int(values, None) => values.clone(),
                other => panic!("{other:?}"),
            };
            let (docs, positions) = (ints("doc"), ints("position"));
            let mut chars = Positions::new(&corpus);
            for (i, (doc, d)) in wanted.iter().enumerate() {
                assert_eq!((docs[i], positions[i]), (*doc as i64, chars.at(*doc, d.offset) as i64));
            }
            let rules = rules(&corpus, &job).unwrap();
            let ends: Vec<_> =
                wanted.iter().filter(|(_, d)| d.is_boundary).map(|(_, d)| Some(d.rule)).collect();
            assert_eq!(rules, ends);
        }
    }
}
