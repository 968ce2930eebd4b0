//! What definitions of acronyms tell beyond their documents: that two long forms are spellings of one, and
//! whether the acronym means the same where nobody defines it.

use ahash::AHashMap;

use super::link::Link;
use super::names::{NameWord, Names};
use super::{Rule, whole};
use crate::text::lists::names::Roles;

/// The acronyms that each document defines: (short, long).
pub(super) type Pairs = AHashMap<usize, Vec<(u32, u32)>>;

/// Makes "OPEC" and "Opec" one, whichever a document defines.
pub(super) fn bring_together(pairs: &mut Pairs, links: &[Option<Link>]) {
    for (short, _) in pairs.values_mut().flatten() {
        let (root, rule) = whole::root(links, *short);
        if matches!(rule, Rule::Spelling | Rule::Plural) {
            *short = root;
        }
    }
}

/// Links the spellings of a long form to the commonest one: what stands for the same acronym and has the same
/// words but for "of" and "and", their order, endings and slips.
pub(super) fn spellings(names: &Names, pairs: &Pairs, links: &mut [Option<Link>]) {
    let mut counts: AHashMap<(u32, u32), u64> = AHashMap::new();
    pairs.values().flatten().for_each(|&pair| *counts.entry(pair).or_insert(0) += 1);
    let mut rows: Vec<(u32, u64, u32)> = counts.into_iter().map(|((s, l), n)| (s, n, l)).collect();
    rows.sort_unstable_by_key(|&(short, n, long)| (short, std::cmp::Reverse(n), long));
    for longs in rows.chunk_by(|a, b| a.0 == b.0) {
        for (i, &(_, _, rarer)) in longs.iter().enumerate() {
            let alike = |row: &&(u32, u64, u32)| are_alike(names, rarer, row.2);
            let Some(&(_, _, common)) = longs[..i].iter().find(alike) else { continue };
            let (from, to) = (whole::root(links, rarer).0, whole::root(links, common).0);
            if from != to && !names.all[from as usize].is_acronym() {
                links[from as usize] = Some(Link { to, rule: Rule::Spelling });
            }
        }
    }
}

/// Whether two names have the same words, each spelled alike.
fn are_alike(names: &Names, a: u32, b: u32) -> bool {
    let words = |name: u32| -> Vec<&NameWord> {
        names.all[name as usize].words.iter().filter(|w| !w.any(Roles::FUNCTION)).collect()
    };
    let (a, mut b) = (words(a), words(b));
    a.len() == b.len()
        && a.len() > 1
        && a.iter().all(|word| {
            let found = b.iter().position(|other| is_spelled_alike(word, other));
            found.map(|i| b.swap_remove(i)).is_some()
        })
}

/// "Organisation", "Organiaation"; "Corp", "Corporation"; "Regulatory", "Regulation".
fn is_spelled_alike(a: &NameWord, b: &NameWord) -> bool {
    const STEM: usize = 5;
    let (short, long) = if a.text.len() <= b.text.len() { (&a.text, &b.text) } else { (&b.text, &a.text) };
    if short.len() >= 3 && long.starts_with(short.as_str()) || short == long {
        return true;
    }
    // "Australian" and "Austrian" are two.
    let place = |w: &NameWord| w.any(Roles::COUNTRY.or(Roles::DEMONYM));
    if place(a) && place(b) {
        return false;
    }
    let shared = short.bytes().zip(long.bytes()).take_while(|(a, b)| a == b).count();
    let same_end = |n: usize| short.bytes().rev().zip(long.bytes().rev()).take(n).all(|(a, b)| a == b);
    // One letter more, less or another one.
    let slip = long.len() - short.len() <= 1 && long.len() > STEM && same_end(long.len() - shared - 1);
    shared >= STEM || slip
}

/// The acronym that `name` is or spells, if a document defines it: "Opec", "ISPs".
fn acronym_of(links: &[Option<Link>], name: u32) -> Option<u32> {
    let mut at = name;
    for _ in 0..4 {
        let link = links[at as usize]?;
        match link.rule {
            Rule::Acronym => return Some(at),
            Rule::Spelling | Rule::Plural => at = link.to,
            _ => return None,
        }
    }
    None
}

/// Takes acronyms back that mean something else in most documents, or that a firm is called by.
pub(super) fn take_back(names: &Names, docs: &[Vec<u32>], pairs: &Pairs, links: &mut [Option<Link>]) {
    let acronyms: Vec<Option<u32>> = (0..links.len() as u32).map(|name| acronym_of(links, name)).collect();
    let roots: Vec<u32> = (0..links.len() as u32).map(|name| whole::root(links, name).0).collect();
    // In how many documents each acronym stands, and in how many of them with what it is short for.
    let mut all = vec![(0u64, 0u64); names.all.len()];
    let (mut seen, mut counted) = (vec![usize::MAX; names.all.len()], vec![usize::MAX; names.all.len()]);
    for (doc, present) in docs.iter().enumerate() {
        let short = |name: u32| acronyms[name as usize];
        // What is found by its bracket only is in no document's names.
        let defined = || pairs.get(&doc).into_iter().flatten().map(|&(short, _)| short);
        if defined().next().is_none() && !present.iter().any(|&name| short(name).is_some()) {
            continue;
        }
        let full = |name: u32| links[name as usize].is_none_or(|l| l.rule != Rule::CompanyForm);
        let long = present.iter().copied().filter(|&name| short(name).is_none() && full(name));
        long.chain(defined()).for_each(|name| seen[roots[name as usize] as usize] = doc);
        for name in present.iter().copied().chain(defined()).filter_map(short) {
            if std::mem::replace(&mut counted[name as usize], doc) != doc {
                let (documents, with) = &mut all[name as usize];
                *documents += 1;
                *with += u64::from(seen[roots[name as usize] as usize] == doc);
            }
        }
    }
    // "Kestrian Sea Rules (KSR)" are something else than "KSR Ltd".
    let mut firms: AHashMap<u32, u64> = AHashMap::new();
    for name in &names.all {
        if let [first, rest @ ..] = name.words.as_slice()
            && !rest.is_empty()
            && rest.iter().all(|w| w.any(Roles::COMPANY))
            && let Some(to) = names.get(&format!("^{}", first.text))
        {
            *firms.entry(to).or_insert(0) += name.documents;
        }
    }
    let mut capitals = vec![false; names.all.len()];
    for surface in &names.surfaces {
        let written =
            !surface.text.contains(' ') && surface.text.chars().filter(|c| c.is_uppercase()).count() > 1;
        if let (true, Some(short)) = (written, acronyms[surface.name as usize]) {
            capitals[short as usize] = true;
        }
    }
    for id in (0..links.len() as u32).filter(|&id| acronyms[id as usize] == Some(id)) {
        let (documents, with) = all[id as usize];
        let long = &names.all[roots[id as usize] as usize];
        let firm =
            !long.words.iter().any(|w| w.any(Roles::COMPANY)) && firms.get(&id).is_some_and(|&n| n > with);
        // A word with small letters is more often a name of its own: "Asia".
        let agree =
            if capitals[id as usize] { with >= 3 || with * 12 >= documents } else { with * 4 >= documents };
        if firm || !agree {
            links[id as usize] = None;
        }
    }
}
