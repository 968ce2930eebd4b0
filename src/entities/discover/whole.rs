//! Links that need no document to show them: spellings, legal forms, middle initials, "Republic of",
//! what everyone abbreviates; and adjectives of places that the corpus itself names.

use std::hash::{BuildHasher, Hasher};

use ahash::{AHashMap, AHashSet};

use super::Rule;
use super::link::{self, Link};
use super::names::{self, Names, Surface};
use crate::text::lists::names::{self as lists, Roles};

/// The links that hold in the whole corpus, of which the acronyms `defined` have long forms.
pub(super) fn links(names: &Names, defined: &AHashSet<u32>) -> Vec<Option<Link>> {
    let mut links = vec![None; names.all.len()];
    let plurals = plurals(names);
    let members = members(names);
    let national = national(names);
    let initials = middle_initials(names);
    let spaced = spaced(names);
    for id in 0..names.all.len() as u32 {
        let found = spelling(names, id, plurals[id as usize])
            .or_else(|| spaced.get(&id).map(|&to| (to, Rule::Spelling)))
            .or_else(|| national.get(&id).copied().flatten().map(|to| (to, Rule::ShortForm)))
            .or_else(|| members.get(&id).map(|&to| (to, Rule::Plural)))
            .or_else(|| legal_form(names, id))
            .or_else(|| initials.get(&id).copied().flatten().map(|to| (to, Rule::Initials)))
            .or_else(|| republic(names, id));
        let Some((mut to, rule)) = found else { continue };
        let mut from = id;
        let weight = |name: u32| (defined.contains(&name), names.all[name as usize].count);
        // "United State" is a slip for "United States", not its singular; and "EPA" is one of the "environmental
        // protection areas (EPAs)".
        if rule == Rule::Plural && weight(to) < weight(id) {
            (from, to) = (to, id);
        }
        if root(&links, to).0 != from && links[from as usize].is_none() {
            links[from as usize] = Some(Link { to, rule });
        }
    }
    for (long, shorts) in lists::known_short_forms() {
        let Some(to) = names.get(long) else { continue };
        for id in shorts.iter().filter_map(|s| names.get(&names::key(s))) {
            if links[id as usize].is_none() && root(&links, to).0 != id {
                links[id as usize] = Some(Link { to, rule: Rule::Known });
            }
        }
    }
    links
}

/// The name at the end of the links from `name`, and the rule of the first of them.
pub(super) fn root(links: &[Option<Link>], name: u32) -> (u32, Rule) {
    let (mut at, mut rule) = (name, Rule::Name);
    // Links never lead back; the bound only guards against a defect.
    for step in 0..16 {
        match links[at as usize] {
            Some(link) if link.to != name => {
                rule = if step == 0 { link.rule } else { rule };
                at = link.to;
            }
            _ => break,
        }
    }
    (at, rule)
}

/// Tells names in small letters of the reports that open with them in capitals: "NEWTON, March 3 -".
pub(super) fn bring_places(names: &mut Names, links: &[Option<Link>]) {
    for (id, link) in links.iter().enumerate() {
        if let Some(Link { to, rule: Rule::Spelling }) = *link {
            let places = names.all[id].places;
            names.all[to as usize].places += places;
        }
    }
}

/// Which names are written as the plural of an acronym: "NGOs".
fn plurals(names: &Names) -> Vec<bool> {
    let mut out = vec![false; names.all.len()];
    let plural = |s: &Surface| {
        let upper = s.text.chars().filter(|c| c.is_uppercase()).count();
        s.text.ends_with('s') && upper >= 2 && upper + 1 == s.text.chars().count()
    };
    names.surfaces.iter().filter(|s| plural(s)).for_each(|s| out[s.name as usize] = true);
    out
}

/// For long forms that stand nowhere but after a nation, the only name with it: "U.S. Food and Drug
/// Administration (FDA)" defines what the acronym spells.
fn national(names: &Names) -> AHashMap<u32, Option<u32>> {
    let mut out: AHashMap<u32, Option<u32>> = AHashMap::new();
    for (id, name) in (0u32..).zip(&names.all) {
        let [first, rest @ ..] = name.words.as_slice() else { continue };
        if rest.len() < 2 || !(first.text == "us" || first.any(Roles::COUNTRY.or(Roles::DEMONYM))) {
            continue;
        }
        if let Some(own) = name.key.split_once(' ').and_then(|(_, own)| names.get(own))
            && names.all[own as usize].documents == 0
        {
            out.entry(own).and_modify(|to| *to = None).or_insert(Some(id));
        }
    }
    out
}

/// Names of one word that are written as the plural of another now and then, with the other: "Talibans". What
/// is so in a longer name too is a name of its own ("Barclays Bank"), and several of a surname are a family.
fn members(names: &Names) -> AHashMap<u32, u32> {
    let mut own: AHashSet<&str> = AHashSet::new();
    for name in names.all.iter().filter(|name| name.words.len() > 1) {
        let texts = || name.words.iter().map(|w| w.text.as_str());
        own.extend(texts().filter(|text| text.ends_with('s')));
        own.extend(texts().next_back().filter(|_| link::is_person_like(name)));
    }
    let plain = |name: &names::Name| {
        let roles = Roles::FORENAME.or(Roles::COUNTRY).or(Roles::DEMONYM);
        matches!(name.words.as_slice(), [word] if !word.word.common && !word.any(roles))
            && name.titled == 0
            && !name.is_acronym()
            && !own.contains(name.key.as_str())
    };
    let plural = |(id, name): (u32, &names::Name)| {
        let to = names.get(name.key.strip_suffix('s').filter(|stem| stem.len() >= 5)?)?;
        let one = &names.all[to as usize];
        // Of a place there is one.
        let several = one.places * 8 <= one.count && name.count * 4 <= one.count;
        (plain(name) && plain(one) && several).then_some((id, to))
    };
    (0u32..).zip(&names.all).filter_map(plural).collect()
}

/// Names of several words that another name writes with other spaces, with the commonest of them: "Japan Air
/// Lines", "Japan Airlines".
fn spaced(names: &Names) -> AHashMap<u32, u32> {
    const SHORTEST: usize = 10;
    let hasher = ahash::RandomState::new();
    let letters = |id: u32| names.all[id as usize].key.bytes().filter(|&b| b != b' ');
    let hash = |id: u32| {
        let mut state = hasher.build_hasher();
        letters(id).for_each(|b| state.write_u8(b));
        state.finish()
    };
    let mut rows: Vec<(u64, u32)> = (0u32..)
        .zip(&names.all)
        .filter(|(_, n)| n.key.len() >= SHORTEST && !n.is_acronym())
        .map(|(id, _)| (hash(id), id))
        .collect();
    rows.sort_unstable();
    let mut out = AHashMap::new();
    for group in rows.chunk_by(|a, b| a.0 == b.0 && letters(a.1).eq(letters(b.1))).filter(|g| g.len() > 1) {
        let commonest = |row: &&(u64, u32)| (names.all[row.1 as usize].count, std::cmp::Reverse(row.1));
        let Some(&(_, to)) = group.iter().max_by_key(commonest) else { continue };
        group.iter().filter(|row| row.1 != to).for_each(|row| {
            out.insert(row.1, to);
        });
    }
    out
}

/// Capitals and plurals.
fn spelling(names: &Names, id: u32, plural: bool) -> Option<(u32, Rule)> {
    let name = &names.all[id as usize];
    if name.is_acronym() {
        // "ANSELHOLT" and "Anselholt", "NATO" and "Nato"; a short acronym may be another word.
        let word = &name.key[1..];
        return names.get(word).filter(|_| word.len() >= 4).map(|to| (to, Rule::Spelling));
    }
    let stem = name.key.strip_suffix('s')?;
    if name.words.len() == 1 {
        return names.get(&format!("^{stem}")).filter(|_| plural).map(|to| (to, Rule::Plural));
    }
    let last = name.words.last()?;
    let common = last.word.common && last.any(Roles::ORG.or(Roles::LOC).or(Roles::FAC));
    names.get(stem).filter(|_| common).map(|to| (to, Rule::Plural))
}

/// "Corvane Marine Inc." is "Corvane Marine".
fn legal_form(names: &Names, id: u32) -> Option<(u32, Rule)> {
    let words = &names.all[id as usize].words;
    let legal = |w: &names::NameWord| {
        w.any(Roles::COMPANY) && (!w.any(Roles::ORG) || matches!(w.text.as_str(), "company" | "corporation"))
    };
    let kept = words.len() - words.iter().rev().take_while(|w| legal(w)).count();
    if kept == 0 || kept == words.len() {
        return None;
    }
    let stem: Vec<&str> = words[..kept].iter().map(|w| w.text.as_str()).collect();
    let to = names.get(&stem.join(" ")).or_else(|| names.get(&format!("^{}", stem.join(" "))))?;
    let bare = &names.all[to as usize];
    let plain = kept == 1 && words[0].word.common || lists::is_country(&bare.key);
    // Hardly anybody means "Chicago Corp" by "Chicago".
    let rare = names.all[id as usize].count * 100 < bare.count;
    (!plain && !rare).then_some((to, Rule::CompanyForm))
}

/// For names without middle initials the only name with them.
fn middle_initials(names: &Names) -> AHashMap<u32, Option<u32>> {
    let mut out: AHashMap<u32, Option<u32>> = AHashMap::new();
    for (id, name) in names.all.iter().enumerate() {
        let words = &name.words;
        let n = words.len();
        if n < 3
            || words[0].initial
            || !words[1..n - 1].iter().any(|w| w.initial)
            || !link::is_person_like(name)
        {
            continue;
        }
        let kept: Vec<&str> = (0..n)
            .filter(|&i| i == 0 || i + 1 == n || !words[i].initial)
            .map(|i| words[i].text.as_str())
            .collect();
        if let Some(short) = names.get(&kept.join(" ")) {
            // Two of them ("George W. Bush", "George H. W. Bush") leave the short one open.
            out.entry(short).and_modify(|to| *to = None).or_insert(Some(id as u32));
        }
    }
    out
}

/// "Republic of Kestria" is "Kestria".
fn republic(names: &Names, id: u32) -> Option<(u32, Rule)> {
    let words = &names.all[id as usize].words;
    let of = words.iter().position(|w| w.text == "of")?;
    let form = matches!(
        words[of.checked_sub(1)?].text.as_str(),
        "republic" | "kingdom" | "federation" | "commonwealth"
    );
    let rest: Vec<&str> = words[of + 1..].iter().map(|w| w.text.as_str()).collect();
    // Two states share these names.
    let shared = ["china", "korea", "congo", "germany", "vietnam", "yemen"];
    let kind = ["islamic", "democratic", "peoples", "socialist", "federal", "united"];
    let form = form && words[..of - 1].iter().all(|w| kind.contains(&w.text.as_str()));
    if !form || rest.len() > 2 || rest.iter().any(|w| shared.contains(w)) {
        return None;
    }
    names.get(&rest.join(" ")).map(|to| (to, Rule::LongForm))
}

/// What the corpus itself tells of places: "Kestrian" beside "Kestria", "Republic of Kestria".
#[derive(Debug)]
pub(super) struct Places {
    /// Which names are adjectives of a place.
    pub(super) adjective: Vec<bool>,
    /// Which names are places.
    pub(super) place: Vec<bool>,
}

/// Finds places by their adjectives and full forms.
pub(super) fn places(names: &Names, links: &[Option<Link>]) -> Places {
    let mut is_place = vec![false; names.all.len()];
    links.iter().flatten().filter(|l| l.rule == Rule::LongForm).for_each(|l| is_place[l.to as usize] = true);
    let mut place = |stem: &str, ends: &[&str]| {
        let found = ends.iter().find_map(|end| names.get(&format!("{stem}{end}")));
        let found = found.filter(|&id| names.all[id as usize].titled == 0);
        found.inspect(|&id| is_place[id as usize] = true).is_some()
    };
    let mut is_adjective = |name: &names::Name| {
        let [word] = name.words.as_slice() else { return false };
        if name.is_acronym()
            || word.any(Roles::FORENAME.or(Roles::COUNTRY))
            || word.text.len() < 6
            || name.titled > 0
        {
            return false;
        }
        let one = word.text.strip_suffix('s').unwrap_or(&word.text);
        let mut cut = |end: &str, places: &[&str]| {
            one.strip_suffix(end).is_some_and(|s| s.len() > 3 && place(s, places))
        };
        cut("ian", &["ia", "y", "i", "us", "ium"])
            || cut("an", &["a", "o"])
            || cut("ese", &["", "a", "o"])
            || cut("ish", &["", "land"])
            || cut("i", &["", "istan", "stan"])
    };
    let adjective = names.all.iter().map(&mut is_adjective).collect();
    Places { adjective, place: is_place }
}

/// For titled spellings of a bare surname the full name that has the same title, if only one has:
/// "Dr. Tarrow" where there are Dr. Imke and Joss Tarrow.
pub(super) fn by_title(names: &Names) -> AHashMap<u32, u32> {
    let title = |s: &Surface| {
        let words = names.all[s.name as usize].words.len();
        let all: Vec<String> = names::key(&s.text).split(' ').map(str::to_owned).collect();
        all.len().checked_sub(words + 1).map(|i| all[i].clone())
    };
    let mut holders: AHashMap<(String, &str), Option<u32>> = AHashMap::new();
    for surface in names.surfaces.iter().filter(|s| s.titled) {
        let name = &names.all[surface.name as usize];
        let (Some(title), Some(last)) = (title(surface), name.words.last()) else { continue };
        if name.words.len() > 1 {
            let holder = holders.entry((title, last.text.as_str())).or_insert(Some(surface.name));
            *holder = holder.filter(|&h| h == surface.name);
        }
    }
    let mut out = AHashMap::new();
    for (id, surface) in names.surfaces.iter().enumerate().filter(|(_, s)| s.titled) {
        let name = &names.all[surface.name as usize];
        if let [word] = name.words.as_slice()
            && let Some(title) = title(surface)
            && let Some(&Some(holder)) = holders.get(&(title, word.text.as_str()))
        {
            out.insert(id as u32, holder);
        }
    }
    out
}
