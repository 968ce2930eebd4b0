//! The integers behind every readability score, counted per sentence, paragraph, document or group.
//!
//! A word here is what a reader takes as one: hyphenated compounds are joined, whatever `Tokens`
//! says, because the formulas were fitted to such words. What depends on a form alone (letters,
//! syllables) is worked out once per distinct form.

mod counter;
mod unread;
mod visible;

use std::borrow::Cow;
use std::ops::Range;

pub(super) use counter::Counter;

use super::familiar::WordLists;
use super::forms::Forms;
use super::groups::Groups;
use crate::corpus::Corpus;
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::stats::readability::Profile;

/// The stretch of text that one profile is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
    /// A document.
    Document,
}

/// A unit with its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Its bytes in the document, without the white space around it.
    pub span: Range<usize>,
    /// The counts.
    pub profile: Profile,
    /// Words whose syllables were estimated by rule, not looked up or read out.
    pub estimated: u64,
}

/// Calls `each` with every unit of `corpus`, in the order of the texts, and with `None` for a missing
/// document. Every other document is one unit, even an empty one; smaller units are those there are. Each
/// stretch of the corpus fills a state of its own, made by `init` for so many documents; these come in order.
///
/// Texts that are not read yet are read for this alone, and nothing else of them is kept.
pub fn units<R: Send>(
    corpus: &Corpus,
    lists: &WordLists,
    unit: Unit,
    job: &Job,
    init: impl Fn(usize) -> R + Sync,
    each: impl Fn(&mut R, usize, Option<&Counted>) -> Result<()> + Sync,
) -> Result<Vec<R>> {
    if unread::suits(corpus) {
        return unread::units(corpus, lists, unit, job, init, each);
    }
    let read = read(corpus, job)?;
    let (corpus, forms) = (&*read, Forms::of(&read, lists, job)?);
    let sizes = corpus.texts().sizes();
    let chunks = parallel::shares(&sizes, job.threads());
    let (_, parts) = parallel::fold(
        job,
        chunks.len(),
        sizes.iter().sum(),
        || Counter::new(lists),
        |counter, chunk| {
            let mut out = init(chunks[chunk].len());
            for (doc, text) in corpus.texts().pass(chunks[chunk].clone()) {
                job.check()?;
                let sentences = corpus.columns().sentences_of(doc);
                match text {
                    None => each(&mut out, doc, None)?,
                    Some(text) => {
                        let each = |c: &Counted| each(&mut out, doc, Some(c));
                        counter.units(
                            &forms,
                            text,
                            0..text.len(),
                            corpus,
                            sentences,
                            true,
                            unit,
                            job,
                            each,
                        )?;
                    }
                }
                job.advance(1);
            }
            Ok(out)
        },
    )?;
    Ok(parts.into_iter().map(|(_, part)| part).collect())
}

/// The counts of each group of documents, and its words with estimated syllables.
pub fn groups(corpus: &Corpus, lists: &WordLists, groups: &Groups, job: &Job) -> Result<Vec<(Profile, u64)>> {
    let read = read(corpus, job)?;
    let (corpus, forms) = (&*read, Forms::of(&read, lists, job)?);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    (0..corpus.texts().len()).for_each(|doc| members[groups.of(doc)].push(doc));
    let bytes = corpus.texts().sizes().iter().sum();
    // A group is one unit: its distinct words are counted over all of its documents.
    let init = || Counter::new(lists);
    let (_, parts) = parallel::fold(job, groups.len(), bytes, init, |counter, group| {
        for &doc in &members[group] {
            job.check()?;
            counter.add(&forms, corpus.texts().text(doc), corpus, corpus.columns().sentences_of(doc));
        }
        Ok(counter.finish(&forms))
    })?;
    Ok(parts.into_iter().map(|(_, part)| part).collect())
}

/// `corpus`, or what it is once it is read.
pub(crate) fn read<'a>(corpus: &'a Corpus, job: &Job) -> Result<Cow<'a, Corpus>> {
    Ok(if unread::is_unread(corpus) { Cow::Owned(corpus.read(job)?) } else { Cow::Borrowed(corpus) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::tokens::Case;
    use crate::corpus::{Reader, Texts, Tokens};
    use crate::text::sentences::Options;
    use std::sync::Arc;

    const PIECES: [&str; 34] = [
        "the",
        "The",
        "well",
        "known",
        "Taliban",
        "led",
        "area",
        "hated",
        "U.S",
        "US",
        "NATO",
        "3.5",
        "1,984",
        "o’clock",
        "don't",
        "café",
        "東京",
        "Москва",
        "\u{1F600}",
        "x",
        "-",
        "-",
        "-",
        "\u{2010}",
        "\u{2011}",
        "--",
        ". ",
        "! ",
        ".\n\n",
        " ",
        " ",
        " ",
        "\u{a0}",
        "\u{2009}\u{3000}\u{85}",
    ];

    /// Texts of all kinds of pieces, from a fixed sequence of numbers.
    fn texts() -> Texts {
        let mut state = 7u64;
        let mut random = move |n: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % n
        };
        let mut texts: Vec<Option<String>> = vec![None, Some(String::new()), Some("a ".repeat(700))];
        texts.push(Some(format!("{0} {0}-{0} w{1} {0}.", "inter".repeat(20), "-a".repeat(300))));
        // Longer than a piece.
        texts.push(Some("Well-known words\u{2010}and names. Area-led.\n\n\u{feff}".repeat(4_000)));
        for round in 0..600 {
            let mut text = String::new();
            for _ in 0..random(if round % 9 == 0 { 900 } else { 60 }) {
                text.push_str(PIECES[random(PIECES.len())]);
                if random(3) > 0 {
                    text.push(' ');
                }
            }
            texts.push(Some(text));
        }
        texts.push(None);
        Texts::new(texts)
    }

    fn unread(tokens: Tokens) -> Corpus {
        Corpus::unread(texts(), Arc::new(Reader::new(tokens, &Options::default()).unwrap())).unwrap()
    }

    #[test]
    fn packed_words_count_as_one_by_one() {
        let corpus = unread(Tokens::default()).read(&Job::default()).unwrap();
        let lists = WordLists::default();
        let forms = Forms::of(&corpus, &lists, &Job::default()).unwrap();
        let (mut fast, mut slow) = (Counter::new(&lists), Counter::new(&lists));
        slow.spread = Some(Box::default());
        for unit in [Unit::Sentence, Unit::Paragraph, Unit::Document] {
            for doc in 0..corpus.texts().len() {
                let [mut a, mut b] = [Vec::new(), Vec::new()];
                let (text, sentences) = (corpus.texts().text(doc), corpus.columns().sentences_of(doc));
                for (counter, out) in [(&mut fast, &mut a), (&mut slow, &mut b)] {
                    let each = |c: &Counted| {
                        out.push(c.clone());
                        Ok(())
                    };
                    let job = Job::default();
                    let all = 0..text.len();
                    counter
                        .units(&forms, text, all, &corpus, sentences.clone(), true, unit, &job, each)
                        .unwrap();
                }
                assert_eq!(a, b, "{text:?}");
                let visible: u64 = a.iter().map(|c| c.profile.visible_characters).sum();
                let invisible = |c: char| c.is_whitespace() || c == '\u{feff}';
                assert_eq!(visible, text.chars().filter(|&c| !invisible(c)).count() as u64);
            }
        }
    }

    #[test]
    fn unread_texts_count_as_those_of_a_corpus() {
        let mut lists = WordLists::default();
        lists.set("spache", ["the", "well-known", "hate"]).unwrap();
        for tokens in [Tokens::default(), Tokens { case: Case::Keep, ..Tokens::default() }] {
            let unread = unread(tokens);
            let read = unread.read(&Job::default()).unwrap();
            for lists in [WordLists::default(), lists.clone()] {
                for unit in [Unit::Sentence, Unit::Paragraph, Unit::Document] {
                    let all = |corpus: &Corpus, threads: usize| {
                        let job = Job::new(Some(threads));
                        let each =
                            |out: &mut Vec<(usize, Option<Counted>)>, doc: usize, c: Option<&Counted>| {
                                out.push((doc, c.cloned()));
                                Ok(())
                            };
                        units(corpus, &lists, unit, &job, |_| Vec::new(), each).unwrap().concat()
                    };
                    let expected = all(&read, 1);
                    assert!(expected.len() > 600);
                    for threads in [1, 2, 5] {
                        assert_eq!(all(&unread, threads), expected, "{unit:?} on {threads} threads");
                    }
                }
            }
        }
    }
}
