//! Fast counting equals counting as one would write it down, for any number of threads.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use lexmill::corpus::{Corpus, Reader, Texts, Tokens, build};
use lexmill::counts::groups::Groups;
use lexmill::counts::matrix::{Matrix, Selection, matrix, of_texts};
use lexmill::counts::pairs::Options;
use lexmill::counts::units::{Unit, Weight};
use lexmill::counts::{
    stream::stream,
    terms::{ngrams, ngrams_of_texts},
};
use lexmill::entities::{Alias, CasePolicy, Entity, Gazetteer, Mention, Names, Overlap, mentions, reading};
use lexmill::parallel::Job;
use lexmill::table::Column;
use lexmill::text::{fold, sentences, words};
use lexmill::verbs::cooccurrences::{Certainty, Network, Shown};

type Docs = Vec<Option<String>>;

const THREADS: [usize; 4] = [1, 2, 3, 8];

/// Documents of few distinct words in many spellings; large enough for several chunks.
fn random(seed: u64, bytes: usize) -> Docs {
    const WORDS: [&str; 22] = [
        "new",
        "New",
        "york",
        "York",
        "york's",
        "York’s",
        "times",
        "É",
        "é",
        "don’t",
        "don't",
        "3.14",
        "US",
        "us",
        "a",
        "b",
        "ΟΔΟΣ",
        "pneumonoultramicroscopic",
        "PneumonoUltraMicroscopic",
        "字",
        "co",
        "Plc",
    ];
    const GAPS: [&str; 12] = [" ", " ", " ", " ", " ", "-", "  ", ". ", "\n", "\n\n", ", ", "\u{2011}"];
    let mut state = seed;
    let mut below = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let (mut docs, mut size) = (Vec::new(), 0);
    while size < bytes || docs.is_empty() {
        if below(9) == 0 {
            docs.push(if below(2) == 0 { None } else { Some(String::new()) });
            continue;
        }
        let mut text = String::new();
        let longest = if below(5) == 0 { 2_000 } else { 12 };
        for _ in 0..below(longest) {
            text.push_str(WORDS[below(WORDS.len())]);
            if below(6) == 0 {
                // Some words that few documents have.
                text.push_str(&below(3_000).to_string());
            }
            text.push_str(GAPS[below(GAPS.len())]);
        }
        size += text.len();
        docs.push(Some(text));
    }
    docs
}

/// Real text cut into documents, where it lies beside the repository.
fn real() -> Option<Docs> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/news_article.txt");
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: no text at {path}");
        return None;
    };
    Some(text.split("\n\n").cycle().take(4_000).map(|d| Some(d.to_owned())).collect())
}

fn inputs() -> Vec<Docs> {
    let small = (0..40).map(|seed| random(seed, 200 * seed as usize));
    let empty = [vec![], vec![None], vec![Some(String::new()), Some("…".to_owned())]];
    small.chain(empty).chain([random(99, 1_200_000)]).chain(real()).collect()
}

fn options() -> Vec<Tokens> {
    let mut stop = Tokens { stem: Tokens::stemmer("english").ok(), ..Tokens::default() };
    stop.set_stop_words(["a", "new"]);
    vec![Tokens::default(), stop, Tokens { strip_possessives: true, min_chars: 2, ..Tokens::default() }]
}

/// The terms of each document.
fn terms(docs: &Docs, tokens: &Tokens) -> Vec<Vec<String>> {
    let of = |text: &String| {
        let (mut out, mut term) = (Vec::new(), String::new());
        words::for_each_word(text, |start, end| {
            if tokens.term(&text[start..end], &mut term) {
                out.push(term.clone());
            }
        });
        out
    };
    docs.iter().map(|d| d.as_ref().map_or_else(Vec::new, of)).collect()
}

fn grams(terms: &[String], sizes: &RangeInclusive<usize>) -> BTreeMap<String, u64> {
    let mut out = BTreeMap::new();
    for size in sizes.clone() {
        terms.windows(size).for_each(|w| *out.entry(w.join(" ")).or_default() += 1);
    }
    out
}

fn corpus(docs: &Docs, tokens: &Tokens, threads: usize) -> Corpus {
    let reader = Reader::new(tokens.clone(), &sentences::Options::default()).unwrap();
    build(Texts::new(docs.clone()), Arc::new(reader), &Job::new(Some(threads))).unwrap()
}

/// Rows (term, count, documents), the most frequent first, then by term.
type Rows = Vec<(String, u64, u64)>;

fn counted(docs: &[Vec<String>], sizes: &RangeInclusive<usize>) -> Rows {
    let mut all: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for doc in docs {
        for (gram, count) in grams(doc, sizes) {
            let of = all.entry(gram).or_default();
            *of = (of.0 + count, of.1 + 1);
        }
    }
    let mut rows: Rows = all.into_iter().map(|(term, (count, docs))| (term, count, docs)).collect();
    rows.sort_by_key(|r| std::cmp::Reverse(r.1));
    rows
}

#[test]
fn frequencies_equal_a_map_of_strings() {
    for docs in inputs() {
        let texts = Texts::new(docs.clone());
        for tokens in options() {
            let lists = terms(&docs, &tokens);
            let expected = counted(&lists, &(1..=1));
            for threads in THREADS {
                for least in [1, 3] {
                    let list = stream(&texts, &tokens, least, &Job::new(Some(threads))).unwrap();
                    let rows = list.iter().map(|(t, c)| (t.to_owned(), c.count, c.docs)).collect::<Rows>();
                    assert!(rows.iter().eq(expected.iter().take_while(|r| r.1 >= least)));
                    assert_eq!(list.total, expected.iter().map(|r| r.1).sum::<u64>());
                    assert_eq!(list.docs, docs.iter().flatten().count() as u64);
                }
            }
            let corpus = corpus(&docs, &tokens, 2);
            for sizes in [1..=1, 2..=2, 1..=2, 1..=3, 4..=6] {
                let expected = counted(&lists, &sizes);
                for threads in THREADS {
                    let job = Job::new(Some(threads));
                    let mut lists = ngrams(&corpus, sizes.clone(), &Groups::one(), 2, &job).unwrap();
                    lists.push(ngrams_of_texts(&texts, &tokens, sizes.clone(), 2, &job).unwrap());
                    for list in &lists {
                        let rows =
                            list.iter().map(|(t, c)| (t.to_owned(), c.count, c.docs)).collect::<Rows>();
                        assert!(rows.iter().eq(expected.iter().take_while(|r| r.1 >= 2)), "{sizes:?}");
                        assert_eq!(list.total, expected.iter().map(|r| r.1).sum::<u64>());
                        assert_eq!(list.docs, docs.iter().flatten().count() as u64);
                    }
                }
            }
        }
    }
}

#[test]
fn groups_are_counted_as_if_alone() {
    for docs in inputs().into_iter().step_by(7) {
        let tokens = Tokens::default();
        let lists = terms(&docs, &tokens);
        let corpus = corpus(&docs, &tokens, 2);
        for n_groups in [1, 3, 100_000] {
            let of_doc = |doc: usize| doc * 7 % n_groups;
            let groups = Column::ints((0..docs.len()).map(|doc| of_doc(doc) as u64)).unwrap();
            let groups = Groups::by(&groups, docs.len()).unwrap();
            for (threads, sizes) in [(1, 1..=2), (3, 1..=2), (2, 1..=1), (2, 2..=3)] {
                let counts = ngrams(&corpus, sizes.clone(), &groups, 1, &Job::new(Some(threads))).unwrap();
                for (group, count) in counts.iter().enumerate() {
                    let name = groups.name(group).unwrap();
                    let members = (0..docs.len()).filter(|&doc| of_doc(doc).to_string() == name);
                    let members: Vec<Vec<String>> = members.map(|doc| lists[doc].clone()).collect();
                    let rows = count.iter().map(|(t, c)| (t.to_owned(), c.count, c.docs)).collect::<Rows>();
                    assert_eq!(rows, counted(&members, &sizes), "{n_groups} {threads} {sizes:?}");
                }
            }
        }
    }
}

#[test]
fn documents_read_in_parts_are_whole() {
    let text = random(5, 6_000_000).into_iter().flatten().collect::<Vec<_>>().join(" ");
    let docs = vec![Some("new york".to_owned()), Some(text), None, Some("york".to_owned())];
    let tokens = Tokens::default();
    let texts = Texts::new(docs.clone());
    let expected = counted(&terms(&docs, &tokens), &(1..=2));
    let of_corpus =
        matrix(&corpus(&docs, &tokens, 2), 1..=2, &Selection::default(), false, &Job::new(Some(1)));
    for threads in [1, 2, 3] {
        let job = Job::new(Some(threads));
        let list = ngrams_of_texts(&texts, &tokens, 1..=2, 1, &job).unwrap();
        let rows = list.iter().map(|(t, c)| (t.to_owned(), c.count, c.docs)).collect::<Rows>();
        assert!(rows == expected, "{threads}");
        let direct = of_texts(&texts, &tokens, 1..=2, &Selection::default(), false, &job);
        assert!(direct.unwrap() == *of_corpus.as_ref().unwrap(), "{threads}");
    }
}

#[test]
fn matrices_equal_maps_of_strings() {
    for docs in inputs() {
        let texts = Texts::new(docs.clone());
        for tokens in options() {
            let lists = terms(&docs, &tokens);
            for (sizes, least) in [(1..=1, 1), (1..=2, 1), (1..=2, 3), (2..=3, 2)] {
                let rows: Vec<BTreeMap<String, u64>> = lists.iter().map(|l| grams(l, &sizes)).collect();
                let mut in_docs: BTreeMap<&String, u64> = BTreeMap::new();
                rows.iter().flat_map(BTreeMap::keys).for_each(|g| *in_docs.entry(g).or_default() += 1);
                let columns: BTreeSet<&String> =
                    in_docs.iter().filter(|(_, n)| **n >= least).map(|(g, _)| *g).collect();
                let place: BTreeMap<&String, i32> = columns.iter().copied().zip(0..).collect();
                let mut expected = Matrix {
                    indptr: vec![0],
                    indices: Vec::new(),
                    data: Vec::new(),
                    terms: columns.iter().collect(),
                };
                for row in &rows {
                    for (gram, count) in row {
                        if let Some(&column) = place.get(gram) {
                            expected.indices.push(column);
                            expected.data.push(*count as i64);
                        }
                    }
                    expected.indptr.push(expected.indices.len() as i64);
                }
                let selection = Selection { min_docs: least, ..Selection::default() };
                for threads in [1, 3] {
                    let job = Job::new(Some(threads));
                    let direct = of_texts(&texts, &tokens, sizes.clone(), &selection, false, &job).unwrap();
                    assert!(direct == expected, "{sizes:?} {least} {threads}");
                    let corpus = corpus(&docs, &tokens, threads);
                    let kept = matrix(&corpus, sizes.clone(), &selection, false, &job).unwrap();
                    assert!(kept == expected, "{sizes:?} {least} {threads}");
                }
            }
        }
    }
}

/// A word of a name as names are compared.
fn folded(word: &str) -> String {
    fold::apostrophes(word).to_lowercase()
}

/// White space is one space, every hyphen a hyphen; `None` across a paragraph break.
fn gap(text: &str) -> Option<String> {
    let plain: String = text.chars().map(|c| if fold::is_hyphen(c) { '-' } else { c }).collect();
    if plain.contains("\n\n") {
        return None;
    }
    let mut out = String::new();
    for c in plain.chars().map(|c| if c.is_whitespace() { ' ' } else { c }) {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    Some(out)
}

fn spans(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    words::for_each_word(text, |start, end| out.push((start, end)));
    out
}

/// Where the name `name` that starts at word `i` ends, if it stands there: byte and word.
fn matches(text: &str, tokens: &[(usize, usize)], i: usize, name: &str) -> Option<(usize, usize)> {
    let wanted = spans(name);
    let mut end = 0;
    for (j, &(from, to)) in wanted.iter().enumerate() {
        let &(start, stop) = tokens.get(i + j)?;
        if j > 0 {
            let between = gap(&text[tokens[i + j - 1].1..start])?;
            (between == gap(&name[wanted[j - 1].1..from])?).then_some(())?;
        }
        let (found, word) = (&text[start..stop], folded(&name[from..to]));
        let stem = fold::possessive_stem(found);
        end = if folded(found) == word {
            stop
        } else if j + 1 == wanted.len() && stem < found.len() && folded(&found[..stem]) == word {
            start + stem
        } else {
            return None;
        };
    }
    Some((end, i + wanted.len()))
}

#[test]
fn mentions_equal_trying_every_name_everywhere() {
    let names =
        ["New York", "york times", "US", "a b", "new-york", "b", "Times York US", "co Plc", "York's b"];
    let entities: Vec<Entity> = names
        .iter()
        .map(|n| Entity { name: (*n).to_owned(), kind: None, aliases: Vec::<Alias>::new() })
        .collect();
    let gazetteer = |overlap| Gazetteer::new(entities.clone(), CasePolicy::Ignore, overlap).unwrap();
    for docs in inputs() {
        let corpus = corpus(&docs, &Tokens::default(), 3);
        for overlap in [Overlap::Longest, Overlap::Nested, Overlap::All] {
            let mut expected = Vec::new();
            for (d, text) in docs.iter().enumerate() {
                let text = text.as_deref().unwrap_or_default();
                let (tokens, mut free, mut reach) = (spans(text), 0, 0);
                for i in 0..tokens.len() {
                    let here = (0..names.len()).filter_map(|n| {
                        matches(text, &tokens, i, names[n]).map(|(end, next)| (d, tokens[i].0, end, n, next))
                    });
                    let mut here: Vec<_> = here.collect();
                    here.sort_by_key(|m| m.2);
                    if overlap != Overlap::All {
                        if i < free {
                            here.retain(|m| overlap == Overlap::Nested && m.2 <= reach);
                        } else if let Some(&longest) = here.last() {
                            (free, reach) = (longest.4, longest.2);
                            here.retain(|m| overlap == Overlap::Nested || *m == longest);
                        }
                    }
                    expected.extend(here.into_iter().map(|(d, start, end, n, _)| (d, start, end, n)));
                }
            }
            let of = |found: &[Mention]| -> Vec<_> {
                found.iter().map(|m| (m.doc, m.start, m.end, m.entity as usize)).collect()
            };
            let gazetteer = gazetteer(overlap);
            for threads in THREADS {
                let job = Job::new(Some(threads));
                let found = mentions(&corpus, &gazetteer, &job).unwrap();
                assert!(of(&found) == expected, "{overlap:?} {threads}");
                let reader =
                    Arc::new(Reader::new(Tokens::default(), &sentences::Options::default()).unwrap());
                let (read, same) = reading::read(
                    &Corpus::unread(Texts::new(docs.clone()), reader).unwrap(),
                    &gazetteer,
                    &job,
                )
                .unwrap();
                assert!(same == found, "{overlap:?} {threads}");
                let (read, kept) = (read.columns(), corpus.columns());
                assert_eq!(read.n_docs(), docs.len());
                assert!((0..docs.len()).all(|d| read.sentences_of(d) == kept.sentences_of(d)));
                let same = |s| {
                    read.sentence_span(s) == kept.sentence_span(s)
                        && read.ends_paragraph(s) == kept.ends_paragraph(s)
                };
                assert!((0..kept.n_sentences()).all(same));
            }
        }
    }
}

#[test]
fn corpora_and_networks_do_not_depend_on_threads() {
    let docs = random(7, 1_500_000);
    let one = corpus(&docs, &Tokens::default(), 1);
    let names = ["New York", "york times", "US", "co Plc"];
    let entity = |n: &&str| Entity { name: (*n).to_owned(), kind: None, aliases: Vec::new() };
    let entities: Vec<Entity> = names.iter().map(entity).collect();
    let gazetteer = Gazetteer::new(entities, CasePolicy::Smart, Overlap::Longest).unwrap();
    let gazetteer = Arc::new(gazetteer);
    let named = |n: &&str| (*n).to_owned();
    let pairs: Vec<(String, String, Option<String>)> =
        names.iter().flat_map(|a| names.iter().map(move |b| (named(a), named(b), None))).collect();
    let network = |corpus: &Corpus, threads| {
        let (within, weight) = (Unit::Sentence, Weight::Frequency);
        let options = Options { within, weight, ordered: false, evidence: 2, max_pairs: 1_000, split: None };
        let job = Job::new(Some(threads));
        let names = Names::Gazetteer(Arc::clone(&gazetteer));
        let network = Network::new(corpus.clone(), names, Groups::one(), "", &[options], &job).unwrap();
        let shown = Shown::new(&["npmi"], true, &Certainty::default()).unwrap();
        (network.table(&shown, 1.0, &job).unwrap(), network.evidence(0, 1.0, &pairs).unwrap())
    };
    let expected = network(&one, 1);
    assert!(expected.0.len() > 3);
    for threads in THREADS {
        let many = corpus(&docs, &Tokens::default(), threads);
        assert_eq!(many.columns().n_docs(), docs.len());
        for doc in 0..docs.len() {
            let sentences = one.columns().sentences_of(doc);
            assert_eq!(many.columns().sentences_of(doc), sentences);
            for s in sentences {
                assert_eq!(many.columns().sentence_span(s), one.columns().sentence_span(s));
                assert_eq!(many.columns().ends_paragraph(s), one.columns().ends_paragraph(s));
                let tokens = one.columns().tokens_of_sentence(s);
                assert_eq!(many.columns().tokens_of_sentence(s), tokens);
                for t in tokens {
                    assert_eq!(many.token_span(s, t), one.token_span(s, t));
                }
            }
        }
        assert!(network(&many, threads) == expected, "{threads} threads");
    }
}
