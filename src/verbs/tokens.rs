//! One row a word, as it stands and as it is counted.

use super::{Positions, doc_columns};
use crate::corpus::Corpus;
use crate::corpus::terms::NONE;
use crate::error::Result;
use crate::parallel::Job;
use crate::table::{Column, Strings, Table};

/// `doc, [doc_id], sentence, token, start, end, form, term`. `sentence` and `token` count within the
/// document; `term` is null where the word is not counted.
pub fn table(corpus: &Corpus, job: &Job) -> Result<Table> {
    let columns = corpus.columns();
    let n = columns.n_tokens();
    let mut docs = Vec::with_capacity(n);
    let [mut sentences, mut tokens, mut starts, mut ends] = [const { Vec::<u64>::new() }; 4];
    let (mut forms, mut terms) = (Strings::default(), Strings::default());
    let mut positions = Positions::new(corpus);
    for doc in 0..columns.n_docs() {
        let all = columns.sentences_of(doc);
        let first = columns.tokens_of(doc).start;
        for sentence in all.clone() {
            job.check()?;
            for token in columns.tokens_of_sentence(sentence) {
                let form = columns.form(token);
                let span = corpus.token_span(sentence, token);
                docs.push(doc);
                sentences.push((sentence - all.start) as u64);
                tokens.push((token - first) as u64);
                starts.push(positions.at(doc, span.start));
                ends.push(positions.at(doc, span.end));
                forms.push(corpus.forms().str(form));
                let term = corpus.terms().of(token, form);
                terms.push_option((term != NONE).then(|| corpus.terms().names().str(term)));
            }
        }
        job.advance(1);
    }
    Ok(doc_columns(corpus, &docs)?
        .with("sentence", Column::ints(sentences)?)
        .with("token", Column::ints(tokens)?)
        .with("start", Column::ints(starts)?)
        .with("end", Column::ints(ends)?)
        .with("form", Column::Text(forms))
        .with("term", Column::Text(terms)))
}
