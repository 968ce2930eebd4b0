//! Names and links made into entities: who belongs together, under which name, of which type.

use ahash::AHashMap;

use super::link::{self, Link};
use super::names::{Name, Names, Surface};
use super::{Candidate, Discovered, Found, Options, Rule, whole};
use crate::corpus::Vocabulary;
use crate::entities::pattern;
use crate::error::Result;
use crate::parallel::Job;
use crate::text::lists::names::{self as lists, Roles};

/// Brings names and links together.
pub(super) fn entities(
    names: &Names,
    links: &[Option<Link>],
    places: &whole::Places,
    by_title: &AHashMap<u32, u32>,
    options: &Options,
    job: &Job,
) -> Result<Discovered> {
    let (roots, rules): (Vec<u32>, Vec<Rule>) =
        (0..names.all.len()).map(|n| whole::root(links, n as u32)).unzip();
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); names.all.len()];
    roots.iter().enumerate().for_each(|(n, &r)| members[r as usize].push(n as u32));
    let mut surfaces: Vec<Vec<u32>> = vec![Vec::new(); names.all.len()];
    for (s, surface) in names.surfaces.iter().enumerate() {
        // "Dr. Tarrow" goes to the one who is a doctor, if "Tarrow" alone goes to nobody.
        let holder = by_title.get(&(s as u32)).filter(|_| links[surface.name as usize].is_none());
        surfaces[holder.copied().unwrap_or(surface.name) as usize].push(s as u32);
    }
    let mut out = Vec::new();
    let mut taken = Taken::default();
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
    // Who is named most claims an alias first; of equals who is named first, as names are numbered.
    order.sort_by_key(|&(count, name)| (std::cmp::Reverse(count), name));
    for (count, root) in order {
        job.check()?;
        let group = &members[root as usize];
        if places.adjective[root as usize] && !options.demonyms {
            continue;
        }
        if count < options.min_count || group.len() == 1 && (names.all[root as usize].weak || count == 0) {
            continue;
        }
        let mut rows: Vec<(Rule, &Surface)> = Vec::new();
        for &member in group {
            for &s in &surfaces[member as usize] {
                let surface = &names.surfaces[s as usize];
                let rule = if surface.titled { Rule::Title } else { rules[member as usize] };
                let astray = !surface.titled && names.all[surface.name as usize].spurious;
                if surface.count > 0 && !astray {
                    rows.push((rule, surface));
                }
            }
        }
        if let Some(candidate) = candidate(names, root, group, &rules, rows, &mut taken)? {
            out.push(candidate);
        }
    }
    // Most are named once: the first letters decide between them without a look at the rest.
    let first = |name: &str| {
        let mut bytes = [0; 8];
        let n = name.len().min(8);
        bytes[..n].copy_from_slice(&name.as_bytes()[..n]);
        u64::from_be_bytes(bytes)
    };
    let mut rows: Vec<_> =
        (0..).zip(&out).map(|(i, c): (usize, &Candidate)| (c.count(), first(&c.name), i)).collect();
    rows.sort_unstable_by(|a, b| {
        (b.0.cmp(&a.0)).then_with(|| a.1.cmp(&b.1)).then_with(|| out[a.2].name.cmp(&out[b.2].name))
    });
    let mut out: Vec<Option<Candidate>> = out.into_iter().map(Some).collect();
    Ok(Discovered { entities: rows.into_iter().filter_map(|row| out[row.2].take()).collect() })
}

/// The entity of the name `root` with the spellings `rows`, less those that another one has.
fn candidate(
    names: &Names,
    root: u32,
    group: &[u32],
    rules: &[Rule],
    mut rows: Vec<(Rule, &Surface)>,
    taken: &mut Taken,
) -> Result<Option<Candidate>> {
    // The commonest spelling of the full name, but accents count for more, which are lost easily, and
    // capitals for less.
    rows.sort_by(|a, b| {
        let rank = |r: &(Rule, &Surface)| {
            let text = &r.1.text;
            let bare = text.strip_prefix("The ").unwrap_or(text);
            let weight = match (text.is_ascii(), bare.contains(char::is_lowercase)) {
                (false, _) => 6,
                (true, true) => 3,
                (true, false) => 1,
            };
            // Short ones may be acronyms ("GATT"), long ones are headings and datelines ("LONDON").
            let small = text.contains(char::is_lowercase) || text.chars().count() <= 5;
            let full = r.1.name == root || r.0 == Rule::Spelling;
            (full, !r.1.titled, small, weight * r.1.count)
        };
        rank(b).cmp(&rank(a)).then_with(|| a.1.text.cmp(&b.1.text))
    });
    let Some((_, first)) = rows.first() else { return Ok(None) };
    // Only ever with a title: the name without it is no spelling found, but what is meant.
    let name = if first.titled && first.name == root { bare(names, root, first) } else { first.text.clone() };
    // The canonical name is looked for too, so it must be nobody else's.
    if !taken.claim(&name)? {
        return Ok(None);
    }
    let mut aliases: Vec<Found> = Vec::new();
    let untitled: Vec<(Rule, String)> = rows
        .iter()
        .filter(|(_, s)| s.titled && group.contains(&s.name))
        .map(|(_, s)| (rules[s.name as usize], bare(names, s.name, s)))
        .collect();
    for (rule, surface) in rows {
        if surface.text != name && !taken.claim(&surface.text)? {
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
            examples: surface.examples.as_slice().to_vec(),
        });
    }
    // What stands after a title is an alias too, if nobody else's: "Khamenei" of "Ayatollah Khamenei".
    for (rule, text) in untitled {
        let free = text == name || taken.claim(&text)?;
        if free && aliases.iter().all(|a| a.alias != text) {
            aliases.push(Found { alias: text, rule, count: 0, documents: 0, examples: Vec::new() });
        }
    }
    aliases.sort_by(|a, b| {
        let rank = |f: &Found| (f.alias != name, std::cmp::Reverse(f.count));
        rank(a).cmp(&rank(b)).then_with(|| a.alias.cmp(&b.alias))
    });
    Ok(Some(Candidate { kind: kind(names, root, group), name, aliases }))
}

/// What aliases have taken for themselves in a gazetteer: a text in whatever case, an acronym as written.
#[derive(Default)]
struct Taken {
    texts: Vocabulary,
    scratch: String,
}

impl Taken {
    /// Takes `alias`, unless another has it.
    fn claim(&mut self, alias: &str) -> Result<bool> {
        let text = &mut self.scratch;
        text.clear();
        if alias.is_ascii() && !alias.contains("  ") {
            text.push_str(alias);
        } else {
            text.push_str(&pattern::surface(alias));
        }
        if !text.chars().any(char::is_lowercase) {
            text.insert(0, '^');
        } else if text.is_ascii() {
            text.make_ascii_lowercase();
        } else {
            *text = text.to_lowercase();
        }
        let known = self.texts.len();
        Ok(self.texts.intern(text)? as usize == known)
    }
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

/// Whether those who are called so by the names of `group` are mostly a person: a title stands there more
/// often than by chance ("Mr Houston" says nothing about most of "Houston").
fn has_titles(names: &Names, group: &[u32]) -> bool {
    let sum = |of: fn(&Name) -> u64| group.iter().map(|&n| of(&names.all[n as usize])).sum::<u64>();
    sum(|n| n.titled) * 12 >= sum(|n| n.count).max(1)
}

/// The type of a name, where a word of it is certain.
fn kind(names: &Names, root: u32, group: &[u32]) -> Option<&'static str> {
    let name = &names.all[root as usize];
    let words = &name.words;
    let (first, last) = (words.first()?, words.last()?);
    let of = words.iter().position(|w| matches!(w.text.as_str(), "of" | "for" | "on"));
    let head = match of {
        Some(i) if i > 0 => &words[i - 1],
        _ => last,
    };
    let law = [
        "act",
        "treaty",
        "accord",
        "accords",
        "agreement",
        "protocol",
        "convention",
        "amendment",
        "bill",
        "constitution",
    ];
    if words.len() > 1 && of.is_none() && law.contains(&last.text.as_str()) {
        return Some("MISC");
    }
    if lists::is_country(&name.key) || of.is_some() && head.any(Roles::GPE_OF) {
        return Some("GPE");
    }
    // "West Bank" is no bank.
    if words.len() == 2
        && matches!(first.text.as_str(), "north" | "south" | "east" | "west")
        && last.text == "bank"
    {
        return Some("LOC");
    }
    // A place may have namesakes with titles; a name in full hardly has.
    let person = if words.len() == 1 {
        has_titles(names, group)
    } else {
        name.titled > 0 || link::is_person_like(name) && has_titles(names, group)
    };
    if person && !words.iter().any(|w| w.any(Roles::COMPANY)) && !(words.len() > 1 && last.any(Roles::ORG)) {
        return Some("PER");
    }
    if words.len() > 1
        && (head.any(Roles::ORG.or(Roles::COMPANY)) || words.iter().any(|w| w.any(Roles::COMPANY)))
    {
        return Some("ORG");
    }
    // Two cue words of different kinds contradict each other: "Islamic State-Khorasan Province".
    let place = first.any(Roles::LOC_FIRST) && words.len() == 2 && !last.word.common || head.any(Roles::LOC);
    let other = words[..words.len() - 1].iter().any(|w| w.any(Roles::ORG.or(Roles::GPE_OF)));
    if words.len() > 1 && place && !other {
        return Some("LOC");
    }
    if words.len() > 1 && head.any(Roles::FAC) {
        return Some("FAC");
    }
    let forename = first.any(Roles::FORENAME) && link::is_person_like(name) && words.len() > 1;
    forename.then_some("PER")
}
