//! Which name is short for which. Proposed within a document, where a reader would understand it, and
//! only if one name there can be meant; then the documents vote.

use ahash::AHashMap;

use super::names::{Name, Names};
use super::{Rule, whole};
use crate::error::Result;
use crate::parallel::Job;
use crate::text::lists::names::{self as lists, Roles};

/// A name that may be short for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Short {
    pub(super) name: u32,
    pub(super) rule: Rule,
}

/// The link chosen for a name, with the documents that show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) to: u32,
    pub(super) rule: Rule,
}

const HEADS: Roles = Roles::ORG.or(Roles::COMPANY).or(Roles::LOC).or(Roles::FAC).or(Roles::WORK);

/// Whether `name` may be a person's: two to five words without the head of anything else.
pub(super) fn is_person_like(name: &Name) -> bool {
    let words: Vec<_> = name.words.iter().filter(|w| !w.any(Roles::SUFFIX)).collect();
    if words.len() == 1 {
        return name.titled > 0;
    }
    if !(2..=5).contains(&words.len()) {
        return false;
    }
    let other =
        Roles::COUNTRY.or(Roles::NUMBER).or(Roles::DIRECTION).or(Roles::FUNCTION).or(Roles::LOC_FIRST);
    let small = |i: usize| i > 0 && words[i].any(Roles::PARTICLE.or(Roles::LEAD)) || words[i].initial;
    let first = words[0];
    let last = words[words.len() - 1];
    if last.any(HEADS) && !first.any(Roles::FORENAME) || words.iter().any(|w| w.any(Roles::COMPANY)) {
        return false;
    }
    // "Corvane DX", "Corvane AV40" are products.
    let short = last.text.len() <= 3 || last.text.contains(|c: char| c.is_ascii_digit());
    if last.capitals && !first.capitals && !last.initial && short && !first.any(Roles::FORENAME) {
        return false;
    }
    let odd = (0..words.len())
        // After a first name any word is a surname: "Theresa May", "Irene England".
        .filter(|&i| !(small(i) || i > 0 && i + 1 == words.len() && first.any(Roles::FORENAME)))
        .any(|i| words[i].any(other.or(Roles::DEMONYM)) && !words[i].any(Roles::FORENAME));
    !odd && (name.titled > 0 || first.any(Roles::FORENAME) || first.initial || !first.word.common)
}

/// Whether the last word of a name that may be a person's is no surname after all: "Adobe Acrobat",
/// "Ericsson Telecommunications" end with an ordinary word that nobody is called by.
fn ends_with_no_surname(names: &Names, name: &Name) -> bool {
    let [first, .., last] = name.words.as_slice() else { return false };
    let person = name.titled > 0
        || first.any(Roles::FORENAME)
        || name.words.iter().any(|w| w.initial)
        || names.get(&last.text).is_some_and(|id| names.all[id as usize].titled > 0);
    last.word.common && !last.word.is_name() && !person
}

/// The names that `long` may be shortened to, with the rule that does it.
pub(super) fn short_forms(names: &Names, long: u32) -> Vec<Short> {
    let name = &names.all[long as usize];
    let words = &name.words;
    let n = words.len();
    let mut out: Vec<Short> = Vec::new();
    if n < 2 || name.compound {
        return out;
    }
    let mut add = |parts: &[&str], rule: Rule| {
        let Some(id) = names.get(&parts.join(" ")) else { return };
        let short = &names.all[id as usize];
        let never = lists::is_country(&short.key) || short.words.iter().all(|w| w.any(Roles::DEMONYM));
        if id != long && !never && out.iter().all(|s| s.name != id) {
            out.push(Short { name: id, rule });
        }
    };
    let texts: Vec<&str> = words.iter().map(|w| w.text.as_str()).collect();
    if is_person_like(name) && !ends_with_no_surname(names, name) {
        let end = if words[n - 1].any(Roles::SUFFIX) { n - 1 } else { n };
        if end < n {
            add(&texts[..end], Rule::Initials);
        }
        // Without middle initials and names.
        let kept: Vec<&str> =
            (0..end).filter(|&i| i == 0 || i + 1 == end || !words[i].initial).map(|i| texts[i]).collect();
        if kept.len() >= 2 && kept.len() < end {
            add(&kept, Rule::Initials);
        }
        if end > 2 && !words[0].initial {
            add(&[texts[0], texts[end - 1]], Rule::MiddleName);
        }
        for k in (1..end).rev() {
            // "Witt" and "de Witt" of "Anna de Witt".
            add(&texts[k..end], Rule::Surname);
        }
        // "Phillips Petroleum" has a first name only to the eye.
        let certain = words[0].any(Roles::FORENAME) || !words[end - 1].word.common || name.titled > 0;
        if !words[0].initial && certain {
            add(&texts[..1], Rule::FirstName);
        }
        if certain {
            return out;
        }
    }
    if words[0].any(Roles::LOC_FIRST) && n == 2 {
        add(&texts[1..], Rule::ShortForm);
    }
    let head = words[n - 1].any(HEADS) || words.iter().any(|w| w.any(Roles::ORG_FOR.or(Roles::ORG)));
    for k in (1..n).rev() {
        // "Corvane" of "Corvane Marine": what is left out are ordinary words.
        let rest = &words[k..];
        let joint = |w: &super::names::NameWord| w.any(Roles::FUNCTION);
        // "Ferrow Strait" is no short form of "Ferrow Strait Treaty", nor "Islands" of "Islands Together".
        let own = words[k - 1].any(HEADS)
            || k == 1 && words[0].word.common && (!words[0].word.is_name() || words[0].any(Roles::MODIFIER));
        let ordinary = rest.iter().all(|w| w.word.common && !w.any(Roles::WORK) || w.any(Roles::COMPANY));
        // "Motors Corp" says no more than "Systems Corp".
        let says = !words[..k].iter().all(|w| w.word.common || w.any(Roles::COMPANY))
            || !words[k - 1].any(Roles::COMPANY);
        if ordinary && says && !own && !rest.iter().any(joint) && !words[..k].iter().any(joint) {
            add(&texts[..k], Rule::ShortForm);
        }
    }
    if head {
        for k in 1..n {
            if words[k - 1].any(Roles::FUNCTION) || words[k].any(Roles::FUNCTION) {
                continue;
            }
            let rule = if k + 1 == n { Rule::Head } else { Rule::ShortForm };
            // "Traffic Corp" of "Skarrow Traffic Corp" is another firm, if it is one.
            if words[n - 1].any(Roles::COMPANY) {
                break;
            }
            // "the League" of "Kestrian Democratic League"; "Pakistan" is no head.
            if k + 1 < n || words[k].any(HEADS) || words[k].word.common {
                add(&texts[k..], rule);
            }
        }
        // "Association of Longshore Labour": its head alone.
        if words.iter().any(|w| w.any(Roles::FUNCTION)) && words[0].any(HEADS) {
            add(&texts[..1], Rule::Head);
        }
    }
    out
}

/// The initials that an acronym of `name` could have, particles in and out.
pub(super) fn initials(name: &Name) -> Vec<String> {
    let small = Roles::FUNCTION.or(Roles::PARTICLE);
    let all: String = name.words.iter().filter_map(|w| w.text.chars().next()).collect();
    let content: String =
        name.words.iter().filter(|w| !w.any(small)).filter_map(|w| w.text.chars().next()).collect();
    let mut out = vec![content];
    if out[0] != all {
        out.push(all);
    }
    out
}

/// A name in a document that may be short for another one there.
#[derive(Debug, Clone, Copy)]
struct Open {
    short: u32,
    long: u32,
    rule: Rule,
    /// Whether the long form is named first.
    after: bool,
}

/// Whether `name`, which may be a person's, is one: a title, a first name or an initial tells, or words that
/// are none elsewhere. "London Heathrow" begins with what has a name of its own.
fn is_person(names: &Names, name: &Name) -> bool {
    let [first, .., last] = name.words.as_slice() else { return name.titled > 0 };
    let stands = |id: u32| names.all[id as usize].documents >= name.documents;
    let rare = || first.text.len() > 2 && !last.word.common && !names.get(&first.text).is_some_and(stands);
    name.titled > 0 || first.any(Roles::FORENAME) || first.initial || rare()
}

/// Whether a reader must have read the long form to understand the short one. A surname is known from
/// the headline; who reads "Tehran" before "Tehran Radio" has read of the city.
fn needs_the_long_form_first(names: &Names, long: u32, rule: Rule) -> bool {
    match rule {
        Rule::ShortForm | Rule::Head | Rule::FirstName | Rule::AcronymInitials => true,
        Rule::Surname | Rule::MiddleName => !is_person(names, &names.all[long as usize]),
        _ => false,
    }
}

/// Finds the links: `docs` are the names of each document, `pairs` the acronyms that a document defines.
pub(super) fn links(
    names: &Names,
    docs: &[Vec<u32>],
    pairs: &AHashMap<usize, Vec<(u32, u32)>>,
    whole: &[Option<Link>],
    places: &[bool],
    by_title: &AHashMap<u32, u32>,
    job: &Job,
) -> Result<Vec<Option<Link>>> {
    let n = names.all.len();
    let shorts: Vec<Vec<Short>> = (0..n).map(|long| short_forms(names, long as u32)).collect();
    let mut by_initials: AHashMap<String, u32> = AHashMap::new();
    for (id, name) in names.all.iter().enumerate() {
        let letters = name.key.trim_start_matches('^');
        if name.is_acronym() && letters.chars().count() >= 3 {
            by_initials.insert(letters.to_owned(), id as u32);
        }
    }
    let long_of: Vec<Option<u32>> = names
        .all
        .iter()
        .map(|name| {
            let enough = name.words.len() >= 3 && !is_person_like(name);
            enough.then(|| initials(name).iter().find_map(|i| by_initials.get(i).copied())).flatten()
        })
        .collect();
    // The document a name was last seen in, and the how many-eth of its names it was.
    let mut here = vec![(usize::MAX, 0); n];
    let mut votes: AHashMap<(u32, u32), (u64, Rule)> = AHashMap::new();
    let mut open: Vec<Open> = Vec::new();
    for (doc, present) in docs.iter().enumerate() {
        job.check()?;
        present.iter().enumerate().for_each(|(at, &name)| here[name as usize] = (doc, at));
        open.clear();
        for (at, &long) in present.iter().enumerate() {
            let guessed = long_of[long as usize].map(|name| Short { name, rule: Rule::AcronymInitials });
            for short in shorts[long as usize].iter().copied().chain(guessed) {
                let (seen, first) = here[short.name as usize];
                if seen == doc {
                    open.push(Open { short: short.name, long, rule: short.rule, after: at < first });
                }
            }
        }
        if let Some(pairs) = pairs.get(&doc) {
            // What the document defines is not to be guessed.
            open.retain(|o| pairs.iter().all(|(short, _)| *short != o.short));
            let defined =
                |&(short, long): &(u32, u32)| Open { short, long, rule: Rule::Acronym, after: true };
            open.extend(pairs.iter().map(defined));
        }
        // Names that are one in the whole corpus are one here, and what is settled stays so.
        open.retain_mut(|o| {
            o.long = whole::root(whole, o.long).0;
            whole[o.short as usize].is_none() && o.short != o.long
        });
        open.sort_unstable_by_key(|o| (o.short, o.long, o.rule as u8));
        open.dedup_by(|next, first| {
            let same = (next.short, next.long) == (first.short, first.long);
            first.after |= same && next.after;
            same
        });
        for group in open.chunk_by(|a, b| a.short == b.short) {
            // A candidate that is itself short for another one here is not a rival.
            let is_short = |name: u32| {
                let holds = |l: u32| l != name && shorts[l as usize].iter().any(|s| s.name == name);
                group.iter().any(|o| holds(o.long))
            };
            let mut rivals = group.iter().filter(|o| !is_short(o.long));
            if let (Some(&Open { short, long, rule, after }), None) = (rivals.next(), rivals.next()) {
                let vote = votes.entry((short, long)).or_insert((0, rule));
                vote.0 += u64::from(after || !needs_the_long_form_first(names, long, rule));
                vote.1 = if (rule as u8) < vote.1 as u8 { rule } else { vote.1 };
            } else {
                // Ambiguous here: speaks against every one of them.
                for &Open { short, long, rule, .. } in group.iter().filter(|o| !is_short(o.long)) {
                    votes.entry((short, long)).or_insert((0, rule));
                    votes.entry((short, u32::MAX)).or_insert((0, rule)).0 += 1;
                }
            }
        }
    }
    // "President Reagan" means him too, in documents that never give his first name.
    let mut titled: AHashMap<(u32, u32), u64> = AHashMap::new();
    for (&surface, &holder) in by_title {
        let surface = &names.surfaces[surface as usize];
        *titled.entry((surface.name, holder)).or_insert(0) += surface.documents;
    }
    let mut links = choose(names, places, votes, &titled, &documents(names, whole));
    // "Dravik Co" is not Anna Dravik, though "Dravik" may be.
    let person = |name: u32| {
        let rule = links[name as usize].map(|link| link.rule);
        matches!(rule, Some(Rule::Surname | Rule::FirstName))
    };
    let firm = |link: &Link| link.rule == Rule::CompanyForm && person(link.to);
    let settled: Vec<Option<Link>> = whole.iter().map(|link| link.filter(|link| !firm(link))).collect();
    for (link, settled) in links.iter_mut().zip(settled) {
        *link = settled.or(*link);
    }
    Ok(links)
}

/// In how many documents a name stands.
#[derive(Debug, Clone, Copy, Default)]
struct Documents {
    /// In any spelling: "PORTLAND" opens a report from Portland.
    spelled: u64,
    /// In any form that is the name wherever it stands, such as with "Inc".
    all: u64,
}

fn documents(names: &Names, whole: &[Option<Link>]) -> Vec<Documents> {
    let mut out = vec![Documents::default(); names.all.len()];
    for (id, name) in (0u32..).zip(&names.all) {
        let (root, rule) = whole::root(whole, id);
        out[root as usize].all += name.documents;
        if matches!(rule, Rule::Name | Rule::Spelling) {
            out[root as usize].spelled += name.documents;
        }
    }
    out
}

/// Whether `n` of the `all` documents with a short form are enough to say that it is one everywhere. A name
/// that mostly stands in documents without the long one is somebody of its own.
fn is_enough(rule: Rule, short: &Name, (known, person): (u64, bool), n: u64, titled: u64, all: u64) -> bool {
    let ordinary = short.words.last().is_some_and(|w| w.word.common);
    match rule {
        // What one document defines and dozens do not is something else to them, unless they know the long form:
        // "AAA" is a rating.
        Rule::Acronym => n * 10 >= all || known * 5 >= all,
        Rule::Initials | Rule::MiddleName => true,
        Rule::Surname if !person => n * 2 >= all,
        // "Castle", "Sales", "Steel" are more than surnames.
        Rule::Surname if ordinary => (n + titled) * if n >= 5 { 3 } else { 2 } >= all,
        // Most documents know no other one: they mean this one too.
        Rule::Surname if n >= 5 => (n + titled) * 30 >= all,
        Rule::Surname => (n + titled) * if n >= 2 { 5 } else { 3 } >= all,
        Rule::ShortForm | Rule::FirstName => n * if n >= 4 { 3 } else { 2 } >= all,
        // An ordinary word: "the Fund" is another one elsewhere.
        Rule::Head => n * 5 >= all * 4,
        _ => n * 3 >= all,
    }
}

/// What the documents agree on.
fn choose(
    names: &Names,
    places: &[bool],
    votes: AHashMap<(u32, u32), (u64, Rule)>,
    titled: &AHashMap<(u32, u32), u64>,
    documents: &[Documents],
) -> Vec<Option<Link>> {
    let mut rows: Vec<(u32, u32, u64, Rule)> =
        votes.into_iter().map(|((s, l), (n, r))| (s, l, n, r)).collect();
    rows.sort_unstable_by_key(|&(short, long, n, _)| (short, std::cmp::Reverse(n), long));
    let mut out = vec![None; names.all.len()];
    for group in rows.chunk_by(|a, b| a.0 == b.0) {
        let short = &names.all[group[0].0 as usize];
        let total: u64 = group.iter().map(|r| r.2).sum();
        let Some(&(_, to, n, rule)) = group.iter().find(|r| r.1 != u32::MAX) else { continue };
        let agreed = n > 0 && n * 5 >= total * 4;
        let by_title = titled.get(&(group[0].0, to)).copied().unwrap_or(0);
        let all = documents[group[0].0 as usize].spelled;
        let supported = is_enough(
            rule,
            short,
            (documents[to as usize].all, is_person(names, &names.all[to as usize])),
            n,
            by_title,
            all,
        );
        // "in Washington" is a place, whoever else is in the article.
        let place = (places[group[0].0 as usize] || short.places * 4 > short.count)
            && !matches!(rule, Rule::Acronym)
            && !names.all[to as usize].words[0].any(Roles::LOC_FIRST);
        if agreed && supported && !place {
            out[group[0].0 as usize] = Some(Link { to, rule });
        }
    }
    out
}
