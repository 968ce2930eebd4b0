//! Names and links made into entities: who belongs together, under which name, of which type.

use ahash::AHashSet;

use super::link::{self, Link};
use super::names::{Name, Names, Surface};
use super::scan::Place;
use super::{Candidate, Discovered, Found, Options, Rule};
use crate::corpus::Corpus;
use crate::entities::pattern;
use crate::error::Result;
use crate::parallel::Job;
use crate::text::lists::names::{self as lists, Roles};

/// The most bytes of an example on each side of the name.
const CONTEXT: usize = 80;

/// Brings names and links together.
pub(super) fn entities(
    corpus: &Corpus,
    names: &Names,
    links: &[Option<Link>],
    options: &Options,
    job: &Job,
) -> Result<Discovered> {
    let mut links = links.to_vec();
    spellings(names, &mut links);
    known(names, &mut links);
    let (roots, rules): (Vec<u32>, Vec<Rule>) = (0..names.all.len()).map(|n| root(&links, n as u32)).unzip();
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); names.all.len()];
    roots.iter().enumerate().for_each(|(n, &r)| members[r as usize].push(n as u32));
    let mut surfaces: Vec<Vec<u32>> = vec![Vec::new(); names.all.len()];
    names.surfaces.iter().enumerate().for_each(|(s, surface)| surfaces[surface.name as usize].push(s as u32));
    let mut out = Vec::new();
    let mut taken: AHashSet<(String, Option<String>)> = AHashSet::new();
    let mut order: Vec<(u64, u32)> = (0..names.all.len() as u32)
        .filter(|&n| !members[n as usize].is_empty())
        .map(|n| {
            (
                members[n as usize]
                    .iter()
                    .flat_map(|&m| &surfaces[m as usize])
                    .map(|&s| names.surfaces[s as usize].count)
                    .sum(),
                n,
            )
        })
        .collect();
    order.sort_by(|a, b| {
        b.0.cmp(&a.0).then_with(|| names.all[a.1 as usize].key.cmp(&names.all[b.1 as usize].key))
    });
    for (count, root) in order {
        job.check()?;
        let group = &members[root as usize];
        if count < options.min_count || group.len() == 1 && (names.all[root as usize].weak || count == 0) {
            continue;
        }
        let mut rows: Vec<(Rule, &Surface)> = Vec::new();
        for &member in group {
            for &s in &surfaces[member as usize] {
                let surface = &names.surfaces[s as usize];
                let rule = if surface.titled { Rule::Title } else { rules[member as usize] };
                if surface.count > 0 && (options.titles || !surface.titled) {
                    rows.push((rule, surface));
                }
            }
        }
        if let Some(candidate) = candidate(corpus, names, root, rows, &mut taken) {
            out.push(candidate);
        }
    }
    out.sort_by(|a, b| b.count().cmp(&a.count()).then_with(|| a.name.cmp(&b.name)));
    Ok(Discovered { entities: out })
}

/// The entity of the name `root` with the spellings `rows`, less those that another one has.
fn candidate(
    corpus: &Corpus,
    names: &Names,
    root: u32,
    mut rows: Vec<(Rule, &Surface)>,
    taken: &mut AHashSet<(String, Option<String>)>,
) -> Option<Candidate> {
    // The commonest spelling of the full name; of equals the one with accents, which are lost easily.
    let full = |r: &(Rule, &Surface)| r.1.name == root && !r.1.titled;
    let accents = |s: &str| s.chars().filter(|c| !c.is_ascii()).count();
    rows.sort_by(|a, b| {
        let rank = |r: &(Rule, &Surface)| (full(r), r.1.count, accents(&r.1.text));
        rank(b).cmp(&rank(a)).then_with(|| a.1.text.cmp(&b.1.text))
    });
    let name = match rows.first() {
        Some(r) if full(r) => r.1.text.clone(),
        // Only ever with a title: the name without it is not a spelling, but what is meant.
        Some((_, s)) => bare(names, root, s),
        None => return None,
    };
    // The canonical name is looked for too, so it must be nobody else's.
    if !taken.insert(claim(&name)) {
        return None;
    }
    let mut aliases: Vec<Found> = Vec::new();
    for (rule, surface) in rows {
        if surface.text != name && !taken.insert(claim(&surface.text)) {
            continue;
        }
        let rule = match rule {
            Rule::Name if surface.text != name => Rule::Spelling,
            rule => rule,
        };
        aliases.push(Found {
            alias: surface.text.clone(),
            rule,
            count: surface.count,
            documents: surface.documents,
            examples: surface.examples.iter().map(|p| snippet(corpus, p)).collect(),
        });
    }
    if aliases.is_empty() {
        return None;
    }
    aliases.sort_by(|a, b| {
        let rank = |f: &Found| (f.alias != name, std::cmp::Reverse(f.count));
        rank(a).cmp(&rank(b)).then_with(|| a.alias.cmp(&b.alias))
    });
    Some(Candidate { kind: kind(&names.all[root as usize]), name, aliases })
}

/// What an alias takes for itself in a gazetteer: the text in whatever case, unless it is an acronym.
fn claim(alias: &str) -> (String, Option<String>) {
    let text = pattern::surface(alias);
    let acronym = !text.chars().any(char::is_lowercase);
    (text.to_lowercase(), acronym.then_some(text))
}

/// The name of `root` without the title that `surface` has.
fn bare(names: &Names, root: u32, surface: &Surface) -> String {
    let words = names.all[root as usize].words.len();
    let text = &surface.text;
    let starts: Vec<usize> = text
        .char_indices()
        .filter(|&(i, c)| {
            c.is_alphanumeric()
                && text[..i].chars().next_back().is_none_or(|p| !p.is_alphanumeric() && p != '\'' && p != '.')
        })
        .map(|(i, _)| i)
        .collect();
    starts
        .len()
        .checked_sub(words)
        .and_then(|k| starts.get(k))
        .map_or(text.clone(), |&i| text[i..].to_owned())
}

/// The name at the end of the links from `name`, and the rule of the first of them.
fn root(links: &[Option<Link>], name: u32) -> (u32, Rule) {
    let (mut at, mut rule) = (name, Rule::Name);
    // Links lead to longer names; the bound only guards against a defect.
    for step in 0..16 {
        match links[at as usize] {
            Some(link) if link.to != name => {
                if step == 0 {
                    rule = link.rule;
                }
                at = link.to;
            }
            _ => break,
        }
    }
    (at, rule)
}

/// Spellings that only all of the corpus tells to be one: capitals and plurals.
fn spellings(names: &Names, links: &mut [Option<Link>]) {
    for (id, name) in names.all.iter().enumerate() {
        if links[id].is_some() {
            continue;
        }
        let to = if name.is_acronym() {
            // "ANSELHOLT" and "Anselholt", "NATO" and "Nato"; a short acronym may be another word.
            let word = &name.key[1..];
            names.get(word).filter(|_| word.len() >= 4).map(|to| (to, Rule::Spelling))
        } else if name.words.len() == 1 {
            // "NGOs": a plural has small letters.
            let stem = name.key.strip_suffix('s').filter(|s| (2..=6).contains(&s.len()));
            let plural = |s: &Surface| {
                s.text.ends_with('s')
                    && s.text.chars().filter(|c| c.is_uppercase()).count() + 1 == s.text.chars().count()
            };
            let is_plural = || names.surfaces.iter().any(|s| s.name == id as u32 && plural(s));
            stem.and_then(|s| names.get(&format!("^{s}")))
                .filter(|_| is_plural())
                .map(|to| (to, Rule::Plural))
        } else {
            let last = name.words.last();
            let common =
                last.is_some_and(|w| w.word.common && w.any(Roles::ORG.or(Roles::LOC).or(Roles::FAC)));
            let singular = name.key.strip_suffix('s').filter(|_| common);
            singular.and_then(|s| names.get(s)).map(|to| (to, Rule::Plural))
        };
        if let Some((to, rule)) = to.filter(|(to, _)| root(links, *to).0 != id as u32) {
            links[id] = Some(Link { to, rule });
        }
    }
}

/// Short forms that need no document to explain them.
fn known(names: &Names, links: &mut [Option<Link>]) {
    for (long, shorts) in lists::known_short_forms() {
        let Some(to) = names.get(long) else { continue };
        for short in shorts {
            if let Some(id) = names.get(&super::names::key(short))
                && links[id as usize].is_none()
                && root(links, to).0 != id
            {
                links[id as usize] = Some(Link { to, rule: Rule::Known });
            }
        }
    }
}

/// The type of a name, where a word of it is certain.
fn kind(name: &Name) -> Option<&'static str> {
    let words = &name.words;
    let (first, last) = (words.first()?, words.last()?);
    let of = words.iter().position(|w| matches!(w.text.as_str(), "of" | "for" | "on"));
    let head = match of {
        Some(i) if i > 0 => &words[i - 1],
        _ => last,
    };
    if lists::is_country(&name.key) || of.is_some() && head.any(Roles::GPE_OF) {
        return Some("GPE");
    }
    if name.titled > 0 {
        return Some("PER");
    }
    if words.len() > 1
        && (head.any(Roles::ORG.or(Roles::COMPANY)) || words.iter().any(|w| w.any(Roles::COMPANY)))
    {
        return Some("ORG");
    }
    if words.len() > 1 && first.any(Roles::LOC_FIRST) && !link::is_person_like(name)
        || words.len() > 1 && head.any(Roles::LOC)
    {
        return Some("LOC");
    }
    if words.len() > 1 && head.any(Roles::FAC) {
        return Some("FAC");
    }
    let forename = first.any(Roles::FORENAME) && link::is_person_like(name) && words.len() > 1;
    forename.then_some("PER")
}

/// The words around a place, white space made one.
fn snippet(corpus: &Corpus, place: &Place) -> String {
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
    for (i, word) in text[start..end].split_whitespace().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
    if end < high {
        out.push('\u{2026}');
    }
    out
}
