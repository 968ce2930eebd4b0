//! The counted words of a corpus in the place of names, alone or beside names: which of them, and where they stand.

use ahash::{AHashMap, AHashSet};

use super::{Entity, Mention, Names};
use crate::corpus::terms::NONE;
use crate::corpus::{Corpus, tokens};
use crate::error::{Error, Result};
use crate::parallel::{self, Job};
use crate::text::fold;

/// Which terms are taken.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// The most frequent so many; ties in the order of their characters.
    pub most: Option<usize>,
    /// These and no others.
    pub words: Option<Vec<String>>,
    /// Those that occur so often.
    pub min_count: u64,
    /// Not these; compared as terms are spelled.
    pub stop_words: Vec<String>,
}

/// Terms of one corpus as entities, after those of `beside`.
#[derive(Debug, Clone)]
pub struct TermNames {
    entities: Vec<Entity>,
    beside: Option<Names>,
    /// Where the names of `beside` stand.
    named: Vec<Mention>,
    /// The entity of each term of the corpus, or [`NONE`].
    of_term: Vec<u32>,
    by_name: AHashMap<String, u32>,
}

impl TermNames {
    /// The terms of `corpus` that `choice` takes. Words within a mention of `beside` are names, not terms.
    pub fn new(corpus: &Corpus, beside: Option<Names>, choice: &Choice, job: &Job) -> Result<Self> {
        let named = beside.as_ref().map(|b| b.mentions(corpus, job)).transpose()?.unwrap_or_default();
        let names = corpus.terms().names();
        let spelled = |words: &[String]| {
            let mut out = String::new();
            let one = |word: &String| {
                let counted = corpus.reader().tokens.term(tokens::bare(word), &mut out);
                (counted, out.clone())
            };
            words.iter().map(one).collect::<Vec<_>>()
        };
        let stop: AHashSet<String> = spelled(&choice.stop_words).into_iter().map(|(_, w)| w).collect();
        let words: Option<AHashSet<String>> = match &choice.words {
            None => None,
            Some(words) => {
                let found = spelled(words);
                if let Some(i) = found.iter().position(|(counted, _)| !counted) {
                    return Err(Error::value(format!(
                        "terms[{i}]={:?} is a word that the corpus does not count; see its token_options",
                        words[i]
                    )));
                }
                Some(found.into_iter().map(|(_, word)| word).collect())
            }
        };
        let counts = occurrences(corpus, &named, job)?;
        let taken = |&id: &u32| {
            let name = names.str(id);
            let count = counts[id as usize];
            count >= choice.min_count.max(1)
                && !stop.contains(name)
                && words.as_ref().is_none_or(|w| w.contains(name))
        };
        let mut chosen: Vec<u32> = (0..names.len() as u32).filter(taken).collect();
        chosen.sort_by(|&a, &b| {
            let count = |id: u32| counts[id as usize];
            count(b).cmp(&count(a)).then_with(|| names.str(a).cmp(names.str(b)))
        });
        chosen.truncate(choice.most.unwrap_or(usize::MAX));

        let mut entities = beside.as_ref().map_or_else(Vec::new, |b| b.entities().to_vec());
        let named_so =
            |name: &str| beside.as_ref().and_then(|b| b.find(name, &corpus.reader().tokens)).is_some();
        let kind = beside.as_ref().map(|_| "term".to_owned());
        let (mut of_term, mut by_name) = (vec![NONE; names.len()], AHashMap::new());
        for id in chosen {
            of_term[id as usize] = entities.len() as u32;
            let term = names.str(id);
            by_name.insert(term.to_owned(), entities.len() as u32);
            // A graph knows its nodes by their names, and so does a question about one.
            let mut name = term.to_owned();
            while named_so(&name) {
                name.push_str(" (term)");
            }
            by_name.insert(name.clone(), entities.len() as u32);
            entities.push(Entity { name, kind: kind.clone(), aliases: Vec::new() });
        }
        u32::try_from(entities.len()).map_err(|_| Error::value("too many terms"))?;
        Ok(Self { entities, beside, named, of_term, by_name })
    }

    /// The entities: names first, then terms, the most frequent first.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// How many of the entities are names, if terms stand beside names.
    pub fn split(&self) -> Option<u32> {
        self.beside.as_ref().map(|b| b.entities().len() as u32)
    }

    /// Every mention of names and terms, in the order of the texts.
    pub(super) fn mentions(&self, corpus: &Corpus, job: &Job) -> Result<Vec<Mention>> {
        let sizes = corpus.texts().sizes();
        let chunks = parallel::balance(&sizes, job.threads());
        let found = parallel::map(job, chunks.len(), sizes.iter().sum(), |chunk| {
            let mut found = Vec::new();
            for doc in chunks[chunk].clone() {
                let named = of_doc(&self.named, doc);
                each_term(corpus, doc, named, job, |term, mention| {
                    let entity = self.of_term[term as usize];
                    if entity != NONE {
                        found.push(Mention { entity, ..mention() });
                    }
                })?;
            }
            Ok(found)
        })?;
        let mut all = self.named.clone();
        found.into_iter().for_each(|more| all.extend(more));
        if !self.named.is_empty() {
            job.check()?;
            all.sort_by_key(|m| (m.doc, m.start, m.end, m.entity));
        }
        Ok(all)
    }

    /// The entity that `name` stands for: a name or alias, a term, or a word that counts as one.
    pub(super) fn find(&self, name: &str, tokens: &crate::corpus::Tokens) -> Option<u32> {
        let named = self.beside.as_ref().and_then(|b| b.find(name, tokens));
        named.or_else(|| self.by_name.get(name).copied()).or_else(|| {
            let mut term = String::new();
            tokens.term(name, &mut term);
            self.by_name.get(&term).copied()
        })
    }
}

/// The mentions of document `doc` among `mentions`, which are in the order of the texts.
pub fn of_doc(mentions: &[Mention], doc: usize) -> &[Mention] {
    let first = mentions.partition_point(|m| m.doc < doc);
    let count = mentions[first..].partition_point(|m| m.doc == doc);
    &mentions[first..first + count]
}

/// How often each term of the corpus occurs outside of `named`.
fn occurrences(corpus: &Corpus, named: &[Mention], job: &Job) -> Result<Vec<u64>> {
    let sizes = corpus.texts().sizes();
    let chunks = parallel::balance(&sizes, job.threads());
    let n = corpus.terms().names().len();
    let (counts, _) = parallel::fold(
        job,
        chunks.len(),
        sizes.iter().sum(),
        || vec![0u64; n],
        |counts, chunk| {
            for doc in chunks[chunk].clone() {
                each_term(corpus, doc, of_doc(named, doc), job, |term, _| counts[term as usize] += 1)?;
            }
            Ok(())
        },
    )?;
    let mut sum = vec![0; n];
    counts.iter().for_each(|one| sum.iter_mut().zip(one).for_each(|(s, c)| *s += c));
    Ok(sum)
}

/// Calls `each` with the terms of document `doc` that stand outside of `named`, in their order, and with what
/// makes a mention of each. Of a compound that counts as one word the mention is the whole.
fn each_term(
    corpus: &Corpus,
    doc: usize,
    named: &[Mention],
    job: &Job,
    mut each: impl FnMut(u32, &dyn Fn() -> Mention),
) -> Result<()> {
    let (columns, terms) = (corpus.columns(), corpus.terms());
    let joined = corpus.reader().tokens.keep_hyphens;
    let text = corpus.texts().text(doc);
    let mut named = named.iter().peekable();
    // Where the mentions that have started end; they may overlap.
    let mut reach = 0;
    for (i, sentence) in columns.sentences_of(doc).enumerate() {
        if i % 1024 == 0 {
            job.check()?;
        }
        let tokens = columns.tokens_of_sentence(sentence);
        for token in tokens.clone() {
            let term = terms.of(token, columns.form(token));
            if term == NONE {
                continue;
            }
            let end_of = |token: usize| corpus.token_span(sentence, token).end;
            let end = || {
                let mut last = token;
                while joined
                    && last + 1 < tokens.end
                    && fold::joins_compound(&text[end_of(last)..columns.token_start(sentence, last + 1)])
                {
                    last += 1;
                }
                end_of(last)
            };
            if named.peek().is_some() || reach > 0 {
                let (start, end) = (columns.token_start(sentence, token), end());
                while let Some(m) = named.next_if(|m| m.start < end) {
                    reach = reach.max(m.end);
                }
                if start < reach {
                    continue;
                }
            }
            each(term, &|| Mention {
                doc,
                sentence,
                start: columns.token_start(sentence, token),
                end: end(),
                entity: NONE,
                alias: 0,
            });
        }
    }
    Ok(())
}
