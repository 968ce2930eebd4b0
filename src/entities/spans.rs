//! Mentions that another tool found: spans of characters with the names of their entities.

use ahash::AHashMap;

use super::{Entity, Gazetteer, Mention};
use crate::corpus::Corpus;
use crate::error::{Error, Result};

/// A span as another tool gives it.
#[derive(Debug, Clone)]
pub struct Span {
    /// The document.
    pub doc: usize,
    /// The first character, counted in code points.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
    /// The entity; the span's own text if none is given.
    pub entity: Option<String>,
    /// Its type.
    pub kind: Option<String>,
    /// What the other tool read there, to be compared with the text.
    pub text: Option<String>,
}

/// Checked spans: their entities in the order of their names, and where they stand.
#[derive(Debug, Clone, Default)]
pub struct Spans {
    entities: Vec<Entity>,
    mentions: Vec<Mention>,
    /// What the spans say, to the entity that they say it of; none if it is said of several.
    texts: AHashMap<String, Option<u32>>,
}

impl Spans {
    /// Spans checked against the texts; an error names the document and the span.
    pub fn new(corpus: &Corpus, spans: &[Span]) -> Result<Self> {
        let mut order: Vec<usize> = (0..spans.len()).collect();
        order.sort_by_key(|&i| (spans[i].doc, spans[i].start, spans[i].end));
        let mut bytes = Bytes::default();
        let mut found: Vec<(Mention, usize, &str)> = Vec::with_capacity(spans.len());
        for &row in &order {
            let span = &spans[row];
            let (start, end) = bytes.of(corpus, span, row)?;
            let text = &corpus.texts().text(span.doc)[start..end];
            let sentences = corpus.columns().sentences_of(span.doc);
            if sentences.is_empty() {
                return Err(refused(span, row, "the text has no sentence"));
            }
            let sentence = sentence_at(corpus, sentences, start);
            let mention = Mention { doc: span.doc, sentence, start, end, entity: 0, alias: 0 };
            found.push((mention, row, text));
        }
        // A name is the same where a line ends within it, or a tagger takes the space before it.
        let name = |row: usize, text: &'_ str| {
            let spaced = || text.split_whitespace().collect::<Vec<_>>().join(" ");
            spans[row].entity.clone().unwrap_or_else(spaced)
        };
        let mut names: Vec<String> = found.iter().map(|&(_, row, text)| name(row, text)).collect();
        names.sort_unstable();
        names.dedup();
        let ids: AHashMap<&str, u32> =
            names.iter().enumerate().map(|(i, n)| (n.as_str(), i as u32)).collect();
        // An entity's type is the most frequent one, of those the first by name.
        let mut kinds: Vec<AHashMap<&str, u64>> = vec![AHashMap::new(); names.len()];
        let mut texts: AHashMap<String, Option<u32>> = AHashMap::new();
        let mut mentions = Vec::with_capacity(found.len());
        for (mention, row, text) in found {
            let entity = ids[name(row, text).as_str()];
            if let Some(kind) = &spans[row].kind {
                *kinds[entity as usize].entry(kind).or_default() += 1;
            }
            let said = texts.entry(text.to_owned()).or_insert(Some(entity));
            if *said != Some(entity) {
                *said = None;
            }
            mentions.push(Mention { entity, ..mention });
        }
        mentions.sort_by_key(|m| (m.doc, m.start, m.end, m.entity));
        mentions.dedup_by_key(|m| (m.doc, m.start, m.end, m.entity));
        let most = |kinds: &AHashMap<&str, u64>| {
            let best = kinds.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
            best.map(|(kind, _)| (*kind).to_owned())
        };
        let kinds: Vec<Option<String>> = kinds.iter().map(most).collect();
        drop(ids);
        let entities = names
            .into_iter()
            .zip(kinds)
            .map(|(name, kind)| Entity { name, kind, aliases: Vec::new() })
            .collect();
        Ok(Self { entities, mentions, texts })
    }

    /// The number of entities.
    pub fn len(&self) -> usize {
        self.entities.len()
    }

    /// Whether there is no entity.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }
}

/// The last of `sentences` that starts at or before `byte`, or the first.
fn sentence_at(corpus: &Corpus, sentences: std::ops::Range<usize>, byte: usize) -> usize {
    let (mut low, mut high) = (sentences.start + 1, sentences.end);
    while low < high {
        let middle = low.midpoint(high);
        if corpus.columns().sentence_span(middle).start <= byte { low = middle + 1 } else { high = middle }
    }
    low - 1
}

fn refused(span: &Span, row: usize, why: &str) -> Error {
    let Span { doc, start, end, .. } = span;
    let what = span.entity.as_ref().map_or_else(String::new, |e| format!(" {e:?}"));
    Error::value(format!("spans[{row}]{what} at {start}:{end} of documents[{doc}]: {why}"))
}

/// Code points of one document after the other as bytes; spans ascend, so each text is read once.
#[derive(Default)]
struct Bytes {
    doc: Option<usize>,
    point: usize,
    byte: usize,
}

impl Bytes {
    fn of(&mut self, corpus: &Corpus, span: &Span, row: usize) -> Result<(usize, usize)> {
        let texts = corpus.texts();
        if span.doc >= texts.len() {
            let why = format!("the corpus has {} documents", texts.len());
            return Err(refused(span, row, &why));
        }
        let Some(text) = texts.get(span.doc) else {
            return Err(refused(span, row, "the document is missing"));
        };
        if span.start >= span.end {
            return Err(refused(span, row, "a span ends after it starts"));
        }
        if self.doc != Some(span.doc) {
            *self = Self { doc: Some(span.doc), point: 0, byte: 0 };
        }
        let beyond = || {
            let why = format!("the text has {} characters", crate::text::offsets::count(text.as_bytes()));
            refused(span, row, &why)
        };
        let start = self.byte + step(&text[self.byte..], span.start - self.point).ok_or_else(beyond)?;
        (self.point, self.byte) = (span.start, start);
        let end = start + step(&text[start..], span.end - span.start).ok_or_else(beyond)?;
        if let Some(said) = span.text.as_ref().filter(|said| said.as_str() != &text[start..end]) {
            let why = format!(
                "the text there is {:?}, not {said:?}; positions are characters (code points) of the text as it \
                 was given",
                &text[start..end]
            );
            return Err(refused(span, row, &why));
        }
        Ok((start, end))
    }
}

/// The bytes of the first `points` characters; none if there are fewer.
fn step(text: &str, points: usize) -> Option<usize> {
    if points == 0 {
        return Some(0);
    }
    let (at, last) = text.char_indices().nth(points - 1)?;
    Some(at + last.len_utf8())
}

/// Whose mentions are counted: names that are looked for, or entities of given spans.
#[derive(Debug, Clone)]
pub enum Names {
    /// Names that are looked for.
    Gazetteer(std::sync::Arc<Gazetteer>),
    /// Spans that are given.
    Spans(std::sync::Arc<Spans>),
    /// Counted words, alone or beside names.
    Terms(std::sync::Arc<super::TermNames>),
}

impl Names {
    /// The entities.
    pub fn entities(&self) -> &[Entity] {
        match self {
            Self::Gazetteer(g) => g.entities(),
            Self::Spans(s) => &s.entities,
            Self::Terms(t) => t.entities(),
        }
    }

    /// How many of the entities are names, if terms stand beside names: each pairs with terms alone.
    pub fn split(&self) -> Option<u32> {
        match self {
            Self::Terms(t) => t.split(),
            _ => None,
        }
    }

    /// Every mention in `corpus`, in the order of the texts.
    pub fn mentions(&self, corpus: &Corpus, job: &crate::parallel::Job) -> Result<Vec<Mention>> {
        match self {
            Self::Gazetteer(g) => super::mentions(corpus, g, job),
            Self::Spans(s) => Ok(s.mentions.clone()),
            Self::Terms(t) => t.mentions(corpus, job),
        }
    }

    /// The entry of the gazetteer that `mention` is, or its text.
    pub fn alias<'a>(&'a self, corpus: &'a Corpus, mention: &Mention) -> &'a str {
        match self {
            Self::Gazetteer(g) => g.alias(mention.alias),
            Self::Spans(_) | Self::Terms(_) => &corpus.texts().text(mention.doc)[mention.start..mention.end],
        }
    }

    /// The entity that `name` stands for: its canonical name, or an alias of one entity; a word as `tokens` has it
    /// counted.
    pub fn find(&self, name: &str, tokens: &crate::corpus::Tokens) -> Option<u32> {
        match self {
            Self::Gazetteer(g) => g.find(name),
            Self::Spans(s) => {
                let own = s.entities.binary_search_by(|e| e.name.as_str().cmp(name)).ok();
                own.map(|i| i as u32).or_else(|| s.texts.get(name).copied().flatten())
            }
            Self::Terms(t) => t.find(name, tokens),
        }
    }
}
