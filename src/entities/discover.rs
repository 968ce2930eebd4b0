//! Names in a corpus, found by rule: no model, no download.
//!
//! - `forms` counts how each word is written where a capital says something
//! - `scan` finds runs of capitalised words, and pairs of acronym and long form; `places` is where they were seen
//! - `read` has the words of a run with what is known of them
//! - `split` takes each distinct run apart into titles and names
//! - `defined` brings spellings of one long form together
//! - `names` brings spellings of one name together
//! - `link` says which name is short for which: within a document, then agreed over documents
//! - `whole` adds the links that need no document: spellings, legal forms, "Republic of"
//! - `cluster` makes entities of them, with types where a cue word is certain
//!
//! All work but the two passes over the tokens is done once per distinct form, run or name.

mod cluster;
mod defined;
mod forms;
mod gaps;
mod link;
mod names;
mod places;
mod read;
mod scan;
mod split;
mod whole;

use std::ops::Range;

use ahash::{AHashMap, AHashSet};

use super::gazetteer::{Alias, CasePolicy, Entity};
use crate::corpus::Corpus;
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::text::lists;
use forms::Forms;
use names::Names;
pub use places::Place;
use read::{Alone, Context, Splitter};
use scan::Runs;

/// The rule that linked an alias to its entity; the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Rule {
    /// The name itself.
    Name,
    /// Another spelling: accents, hyphens, apostrophes, stops, capitals, "The".
    Spelling,
    /// With a title before it.
    Title,
    /// Defined in brackets: "International Monetary Fund (IMF)".
    Acronym,
    /// With the legal form: "Corvane Marine Inc." of "Corvane Marine".
    CompanyForm,
    /// Without middle initials or "Jr".
    Initials,
    /// Without a middle name.
    MiddleName,
    /// The surname.
    Surname,
    /// The last words or the first of a longer name: "State Department", "Corvane".
    ShortForm,
    /// The initials of a longer name in the same document.
    AcronymInitials,
    /// The head alone: "the League".
    Head,
    /// The first name.
    FirstName,
    /// The full form of a state's name: "Republic of Kestria".
    LongForm,
    /// The plural: "NGOs".
    Plural,
    /// A short form that everyone uses: "US".
    Known,
}

impl Rule {
    /// The name of the rule in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Spelling => "spelling",
            Self::Title => "title",
            Self::Acronym => "acronym",
            Self::CompanyForm => "company form",
            Self::Initials => "initials",
            Self::MiddleName => "middle name",
            Self::Surname => "surname",
            Self::ShortForm => "short form",
            Self::AcronymInitials => "acronym by initials",
            Self::Head => "head",
            Self::FirstName => "first name",
            Self::LongForm => "long form",
            Self::Plural => "plural",
            Self::Known => "well known",
        }
    }
}

/// What is proposed.
#[derive(Debug, Clone)]
pub struct Options {
    /// Entities found less often, over all of their aliases, are left out. 1 keeps all of them, which
    /// suits a few articles; a large corpus is easier to read with 2 or more.
    pub min_count: u64,
    /// Whether nationalities, peoples and religions by themselves are entities ("Afghan").
    pub demonyms: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { min_count: 1, demonyms: false }
    }
}

/// An alias of a found entity, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// As written.
    pub alias: String,
    /// Why it is an alias. A surname that only ever follows a title is one with a count of 0.
    pub rule: Rule,
    /// How often it stands as a name of its own.
    pub count: u64,
    /// In how many documents.
    pub documents: u64,
    /// Some of the places, see [`snippet`].
    pub examples: Vec<Place>,
}

/// An entity that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its fullest common name.
    pub name: String,
    /// Its type, where a cue word is certain: `PER`, `ORG`, `GPE`, `LOC`, `FAC`.
    pub kind: Option<&'static str>,
    /// Its aliases, the name itself first.
    pub aliases: Vec<Found>,
}

impl Candidate {
    /// How often it is named.
    pub fn count(&self) -> u64 {
        self.aliases.iter().map(|a| a.count).sum()
    }
}

/// The entities of a corpus, the most frequent first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Discovered {
    /// The entities.
    pub entities: Vec<Candidate>,
}

impl Discovered {
    /// The entities as a gazetteer takes them; no alias belongs to two. With `titles` a mention
    /// spans the title too ("Prime Minister Varga"), else only where the title tells who is meant.
    pub fn to_entities(&self, titles: bool) -> Vec<Entity> {
        let keeps = |c: &Candidate, a: &Found| {
            let bare = |b: &Found| b.rule != Rule::Title && a.alias.ends_with(&b.alias);
            // "The Bank" would hide "Bank of Kestria", "Bank" does not.
            let rest = a.alias.strip_prefix("The ");
            let article = rest.is_some_and(|rest| c.aliases.iter().any(|b| b.alias == rest && b.count > 0));
            !article && (titles || a.rule != Rule::Title || !c.aliases.iter().any(bare))
        };
        // "CTs" is not "cts": an acronym with small letters is one only as written, as others are anyway.
        let exact = |a: &Found| {
            matches!(a.rule, Rule::Acronym | Rule::AcronymInitials) && a.alias.chars().any(char::is_lowercase)
        };
        let alias = |a: &Found| Alias { text: a.alias.clone(), case: exact(a).then_some(CasePolicy::Exact) };
        let entity = |c: &Candidate| Entity {
            name: c.name.clone(),
            kind: c.kind.map(str::to_owned),
            aliases: c.aliases.iter().filter(|a| a.alias != c.name && keeps(c, a)).map(alias).collect(),
        };
        self.entities.iter().map(entity).collect()
    }
}

/// Finds the names in `corpus`. The answer does not depend on the number of threads.
pub fn discover(corpus: &Corpus, options: &Options, job: &Job) -> Result<Discovered> {
    let sizes = corpus.texts().sizes();
    let bytes = sizes.iter().sum();
    let one = || std::iter::once(0..sizes.len()).collect();
    let chunks: Vec<_> = if job.threads() == 1 { one() } else { parallel::balance(&sizes, job.threads()) };
    let forms = Forms::count(corpus, &chunks, bytes, job)?;
    let runs = scan::runs(corpus, &forms, &chunks, bytes, job)?;
    let context = context(&runs, &forms, options, job)?;
    let (mut names, docs, mut pairs) = name(&runs, &context, corpus.columns().n_docs(), job)?;
    let shorts: AHashSet<u32> = pairs.values().flatten().map(|&(short, _)| short).collect();
    let mut whole = whole::links(&names, &shorts);
    whole::bring_places(&mut names, &whole);
    defined::bring_together(&mut pairs, &whole);
    defined::spellings(&names, &pairs, &mut whole);
    let places = whole::places(&names, &whole);
    let by_title = whole::by_title(&names);
    let mut links = link::links(&names, &docs, &pairs, &whole, &places.place, &by_title, job)?;
    defined::take_back(&names, &docs, &pairs, &mut links);
    cluster::entities(&names, &links, &places, &by_title, options, job)
}

/// What stands by itself in the corpus.
fn context<'a>(runs: &Runs<'_>, forms: &'a Forms<'a>, options: &Options, job: &Job) -> Result<Context<'a>> {
    let counts = runs.counts();
    let long_forms: AHashSet<String> = runs.pairs.iter().map(|p| names::key(&p.long)).collect();
    let acronyms: AHashSet<String> = runs.pairs.iter().map(|p| names::key(&p.short)).collect();
    let mut compounds: AHashMap<String, u64> = AHashMap::new();
    let joined = |run: &scan::Run<'_>| run.surface.contains('-') || run.surface.contains(" and ");
    let mut tokens = Vec::new();
    for (run, &count) in runs.runs.iter().zip(&counts).filter(|(run, _)| joined(run)) {
        read::tokens(runs, run, forms, &mut tokens);
        for three in tokens.windows(3).filter(|three| three[1].text == "and") {
            *compounds.entry(format!("{} and {}", three[0].text, three[2].text)).or_insert(0) += count;
        }
        for pair in tokens.windows(2).filter(|pair| pair[1].gap == gaps::Gap::Hyphen) {
            *compounds.entry(format!("{} {}", pair[0].text, pair[1].text)).or_insert(0) += count;
        }
    }
    let alone = Alone::default();
    let mut context = Context { forms, alone, compounds, long_forms, acronyms, demonyms: options.demonyms };
    let parts = each_chunk(runs, job, |range| {
        let (mut alone, mut key) = (Alone::default(), String::new());
        let mut splitter = Splitter::new(runs, &context);
        for (run, &count) in runs.runs[range.clone()].iter().zip(&counts[range]) {
            for piece in splitter.read(run, true) {
                names::write_key(&run.surface[piece.name.clone()], &mut key);
                alone.add(&key, count)?;
            }
        }
        Ok(alone)
    })?;
    let mut parts = parts.into_iter();
    let mut alone = parts.next().unwrap_or_default();
    parts.try_for_each(|part| alone.merge(&part))?;
    context.alone = alone;
    Ok(context)
}

/// What `read` makes of each stretch of the runs, on all threads.
fn each_chunk<T: Send>(
    runs: &Runs<'_>,
    job: &Job,
    read: impl Fn(Range<usize>) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    const CHUNK: usize = 8192;
    // A run costs about as much as reading some hundred bytes.
    let (n, bytes) = (runs.runs.len(), runs.runs.len() as u64 * 256);
    parallel::map(job, n.div_ceil(CHUNK), bytes, |chunk| read(chunk * CHUNK..n.min((chunk + 1) * CHUNK)))
}

type Named = (Names, Vec<Vec<u32>>, AHashMap<usize, Vec<(u32, u32)>>);

/// The names, those of each document, and the acronyms that documents define.
fn name(runs: &Runs<'_>, context: &Context<'_>, n_docs: usize, job: &Job) -> Result<Named> {
    let mut names = Names::default();
    // The surfaces in each distinct run, one after another, and where those of a run end.
    let (mut surfaces, mut ends) = (Vec::new(), Vec::with_capacity(runs.runs.len()));
    let counts = runs.counts();
    let found = each_chunk(runs, job, |range| {
        let mut splitter = Splitter::new(runs, context);
        let (mut pieces, mut ends, mut left) =
            (Vec::new(), Vec::with_capacity(range.len()), Alone::default());
        for (run, &count) in runs.runs[range.clone()].iter().zip(&counts[range]) {
            pieces.extend_from_slice(splitter.read(run, false));
            ends.push(pieces.len());
            splitter.left().try_for_each(|word| left.add(word, count))?;
        }
        Ok((pieces, ends, left))
    })?;
    let mut left = Alone::default();
    found.iter().try_for_each(|(_, _, part)| left.merge(part))?;
    let pieces = found.iter().flat_map(|(pieces, ends, _)| {
        ends.iter().scan(0, |first, &end| Some(&pieces[std::mem::replace(first, end)..end]))
    });
    for ((run, pieces), &count) in runs.runs.iter().zip(pieces).zip(&counts) {
        for piece in pieces {
            let titled = piece.titled.clone().filter(|t| *t != piece.name);
            let whole = titled.clone().unwrap_or(piece.name.clone());
            let bare = &run.surface[piece.name.clone()];
            let id = names.add(&run.surface[whole.clone()], bare, titled.is_some(), context.forms)?;
            let named = &mut names.all[names.surfaces[id as usize].name as usize];
            named.titled += if piece.titled.is_some() { count } else { 0 };
            if whole.start == 0 {
                named.places += run.places;
            }
            // A run that was respelled (a line break within) has other offsets than its text.
            let same = |p: &Place| p.end - p.start == run.surface.len();
            let here = |p: &Place| Place { start: p.start + whole.start, end: p.start + whole.end, ..*p };
            names.show(id, run.examples.as_slice().iter().map(|p| if same(p) { here(p) } else { *p }));
            surfaces.push(id);
        }
        ends.push(surfaces.len());
    }
    let mut docs: Vec<Vec<u32>> = vec![Vec::new(); n_docs];
    let (mut seen_surface, mut seen_name) =
        (vec![usize::MAX; names.surfaces.len()], vec![usize::MAX; names.all.len()]);
    for &(doc, run, n) in &runs.in_docs {
        let first = if run == 0 { 0 } else { ends[run as usize - 1] };
        for &id in &surfaces[first..ends[run as usize]] {
            let surface = &mut names.surfaces[id as usize];
            surface.count += u64::from(n);
            surface.documents += u64::from(std::mem::replace(&mut seen_surface[id as usize], doc) != doc);
            let name = surface.name as usize;
            names.all[name].count += u64::from(n);
            if std::mem::replace(&mut seen_name[name], doc) != doc {
                names.all[name].documents += 1;
                docs[doc].push(name as u32);
            }
        }
    }
    for name in &mut names.all {
        // The key of an acronym has a mark, so it is no such word.
        name.spurious |= name.words.len() == 1 && left.get(&name.key) > name.count;
    }
    let mut pairs: AHashMap<usize, Vec<(u32, u32)>> = AHashMap::new();
    let mut defined: AHashSet<(usize, u32)> = AHashSet::new();
    // One ordinary word for several things is no name, whatever stands for them: "certificates (CTs)". A term is
    // one: "streptozotocin (STZ)", "calcium (Ca)".
    let term = |pair: &scan::Pair| {
        let word = forms::spelled(&pair.long);
        !word.strip_suffix('s').is_some_and(lists::is_ordinary_word)
    };
    let several = |long: &str| long.contains(' ') || long.chars().any(char::is_uppercase);
    // "and Corvane Finance (Asia)": the first word belongs to the sentence, and no country is an acronym.
    let cut = |pair: &scan::Pair| {
        let first = pair.long.split_whitespace().next().unwrap_or_default();
        let joint =
            ["and", "or", "of", "the", "a", "an", "for", "to", "by", "with", "from", "at", "in", "on"];
        joint.contains(&first)
            || pair.short.contains(char::is_lowercase)
                && lists::names::is_country(&forms::spelled(&pair.short))
    };
    for pair in runs.pairs.iter().filter(|pair| (several(&pair.long) || term(pair)) && !cut(pair)) {
        let mut id = |text: &str| -> Result<u32> {
            if let Some(name) = names.get(&names::key(text)) {
                return Ok(name);
            }
            // Found by its bracket only: "gross domestic product (GDP)".
            let id = names.add(text, text, false, context.forms)?;
            names.show(id, [pair.place]);
            names.surfaces[id as usize].count += 1;
            names.surfaces[id as usize].documents += 1;
            Ok(names.surfaces[id as usize].name)
        };
        let (short, long) = (id(&pair.short)?, id(&pair.long)?);
        // What a text defines again, differently, keeps its first meaning there.
        if short != long && defined.insert((pair.doc, short)) {
            pairs.entry(pair.doc).or_default().push((short, long));
        }
    }
    for name in &mut names.all {
        // A gazetteer looks for no ordinary word in such headings, so one that is defined does no harm.
        let harmless = name.words[0].word.common && context.acronyms.contains(&name.key);
        name.spurious |= !harmless && name.is_word_in_capitals();
    }
    Ok((names, docs, pairs))
}

/// The most bytes of an example on each side of the name.
const CONTEXT: usize = 80;

/// The words around a place, white space made one.
pub fn snippet(corpus: &Corpus, place: &Place) -> String {
    let text = corpus.texts().text(place.doc);
    let span = corpus.columns().sentence_span(place.sentence);
    let (low, high) = (span.start.min(place.start), span.end.max(place.end));
    let mut start = low.max(place.start.saturating_sub(CONTEXT));
    let mut end = high.min(place.end + CONTEXT);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    // Cut between words.
    if start > low {
        start = text[start..place.start].find(char::is_whitespace).map_or(place.start, |i| start + i);
    }
    if end < high {
        end = text[place.end..end].rfind(char::is_whitespace).map_or(place.end, |i| place.end + i);
    }
    let mut out = String::new();
    if start > low {
        out.push('\u{2026}');
    }
    // Mostly there is nothing to put right.
    let shown = text[start..end].trim();
    let bytes = shown.as_bytes();
    let plain = bytes
        .iter()
        .zip(&bytes[1.min(bytes.len())..])
        .all(|(&a, &b)| a > b' ' && a < 128 || a == b' ' && b != b' ');
    if plain {
        out.push_str(shown);
    } else {
        out.extend(shown.split_whitespace().flat_map(|word| [" ", word]).skip(1));
    }
    if end < high {
        out.push('\u{2026}');
    }
    out
}
