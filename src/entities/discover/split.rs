//! What a run of capitalised words consists of: titles and names, decided once per distinct run from
//! word lists and from what stands by itself elsewhere in the corpus.

mod titles;

use std::cell::RefCell;
use std::ops::Range;

use super::forms::Shape;
use super::gaps::Gap;
use super::names;
use super::read::{Context, Piece, Token};
use crate::text::lists::names::{self as lists, Roles};

/// A run that is taken apart.
pub(super) struct Split<'a> {
    pub(super) surface: &'a str,
    pub(super) tokens: &'a [Token<'a>],
    pub(super) context: &'a Context<'a>,
    pub(super) certain: bool,
    /// Whether a place word ("in") stands before the run somewhere.
    pub(super) place: bool,
    /// The key last asked for.
    pub(super) scratch: &'a RefCell<String>,
}

impl Split<'_> {
    /// The names of the run, of which the first word has a capital for another reason if it is `initial`.
    pub(super) fn names_of(&self, initial: bool, out: &mut Vec<Piece>) {
        let from = if initial { self.first_name() } else { Some(0) };
        if let Some(from) = from {
            self.titles(from, out);
        }
    }

    fn key(&self, tokens: &Range<usize>) -> String {
        names::key(self.text(tokens))
    }

    fn text(&self, tokens: &Range<usize>) -> &str {
        &self.surface[self.tokens[tokens.start].start..self.end(tokens)]
    }

    /// Where the name `tokens` ends; the stop of an abbreviation at the end of the run belongs to it, and that of
    /// "U.S." always.
    fn end(&self, tokens: &Range<usize>) -> usize {
        let last = &self.tokens[tokens.end - 1];
        let stops =
            self.surface[last.start..last.end].contains('.') && self.surface[last.end..].starts_with('.');
        if tokens.end == self.tokens.len() && self.surface.ends_with('.') {
            self.surface.len()
        } else {
            last.end + usize::from(stops)
        }
    }

    fn alone(&self, tokens: &Range<usize>) -> u64 {
        let mut key = self.scratch.borrow_mut();
        names::write_key(self.text(tokens), &mut key);
        self.context.alone.get(&key)
    }

    /// The token at which the names of a run at the start of a sentence begin.
    fn first_name(&self) -> Option<usize> {
        let first = &self.tokens[0];
        let all = 0..self.tokens.len();
        if first.text == "the" && all.len() > 1 {
            return Some(1);
        }
        if all.len() == 1 {
            let never = first.any(Roles::FUNCTION) && first.shape == Shape::Capital;
            // "NOTE" is a word in capitals, "IMF" and "WHO" are names.
            let acronym = first.shape == Shape::Capitals && (!first.word.common || first.text.len() <= 3);
            let known = first.any(Roles::COUNTRY.or(Roles::DEMONYM).or(Roles::FORENAME));
            return (!never && (known || first.word.is_name() || acronym)).then_some(0);
        }
        // A name in full that stands within sentences too: "All Blacks", "High Court".
        let plain_end = (1..self.tokens.len()).find(|&i| self.joint(i)).unwrap_or(all.end);
        if !self.certain && self.alone(&(0..plain_end)) > 0 && !self.is_opened(&(0..plain_end)) {
            return Some(0);
        }
        if first.any(Roles::LEAD) {
            // "Van Gogh", "Al Gore".
            return Some(0);
        }
        if first.any(Roles::FUNCTION.or(Roles::NUMBER)) && first.shape == Shape::Capital {
            return Some(1);
        }
        if first.any(Roles::TITLE.or(Roles::COUNTRY).or(Roles::DEMONYM).or(Roles::FORENAME))
            || first.shape != Shape::Capital
        {
            return Some(0);
        }
        if self.title(0).is_some() {
            return Some(0);
        }
        if first.word.is_name() || !first.word.common {
            return Some(0);
        }
        if self.certain {
            return None;
        }
        // "Central Intelligence Agency" is a name of ordinary words; "Successive US" is not one.
        let rest = &self.tokens[1..plain_end.max(1)];
        if rest.is_empty() {
            return if plain_end < all.end { Some(plain_end) } else { None };
        }
        let cue = Roles::ORG.or(Roles::LOC).or(Roles::FAC).or(Roles::WORK).or(Roles::COMPANY);
        let head = rest[rest.len() - 1].any(cue);
        let stands = self.alone(&(1..plain_end)) > 0;
        let whole = !stands && (head || rest.iter().all(Token::is_plain));
        Some(usize::from(!whole))
    }

    /// Whether a small word or a hyphen stands before token `i`.
    fn joint(&self, i: usize) -> bool {
        self.tokens[i].gap == Gap::Hyphen
            || self.tokens[i].shape == Shape::Lower
            || self.tokens[i - 1].shape == Shape::Lower
    }

    /// The names of a stretch without titles but for the one that starts at `title`.
    fn names(&self, stretch: Range<usize>, title: Option<usize>, out: &mut Vec<Piece>) {
        // Mostly there is no joint.
        let joint = |t: &Token| t.shape == Shape::Lower || t.gap == Gap::Hyphen;
        if !self.tokens[stretch.clone()].iter().any(joint) {
            return self.name(stretch, title, out);
        }
        let parts = self.parts(stretch.clone());
        if self.certain && parts.len() > 1 {
            return;
        }
        for (n, part) in parts.into_iter().enumerate() {
            let title = title.filter(|_| n == 0 && part.start == stretch.start);
            self.name(part, title, out);
        }
    }

    /// The stretch cut at the joints that do not hold.
    fn parts(&self, stretch: Range<usize>) -> Vec<Range<usize>> {
        // Atoms between joints; a joint is the small words before an atom, or a hyphen.
        let mut atoms: Vec<Range<usize>> = Vec::new();
        let mut start = stretch.start;
        let small = |i: usize| self.tokens[i].shape == Shape::Lower;
        let leads = |i: usize| i + 1 < stretch.end && self.tokens[i].any(Roles::LEAD);
        let mut i = stretch.start;
        // A small word at the edge belongs to a name only if names begin so.
        while i < stretch.end && small(i) && !leads(i) {
            i += 1;
            start = i;
        }
        while i < stretch.end {
            if i > start && (self.tokens[i].gap == Gap::Hyphen || small(i)) && !small(i - 1) {
                atoms.push(start..i);
                start = i;
                while start < stretch.end && small(start) {
                    start += 1;
                }
                i = start;
            }
            i += 1;
        }
        if start < stretch.end && (!small(start) || leads(start)) {
            atoms.push(start..stretch.end);
        }
        if self.certain && atoms.len() > 1 {
            return atoms;
        }
        let joined = self.join(atoms, |s, a, b| s.binds_closely(a, b));
        let joined = self.join(joined, |s, a, b| s.of(a, b));
        self.join(joined, |s, a, b| s.and(a, b))
    }

    fn join(
        &self,
        atoms: Vec<Range<usize>>,
        holds: impl Fn(&Self, &Range<usize>, &Range<usize>) -> bool,
    ) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        for atom in atoms {
            match out.last_mut() {
                Some(last) if holds(self, last, &atom) => last.end = atom.end,
                _ => out.push(atom),
            }
        }
        out
    }

    /// The small words between two atoms.
    fn between(&self, a: &Range<usize>, b: &Range<usize>) -> Vec<&str> {
        self.tokens[a.end..b.start].iter().map(|t| t.text.as_ref()).collect()
    }

    /// Whether an acronym has the two as its long form, or the end of them: "U.S. Food and Drug Administration (FDA)".
    fn confirmed(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        let starts = a.clone().filter(|&i| i == a.start || self.tokens[i].gap == Gap::Space);
        starts.into_iter().any(|i| self.context.long_forms.contains(&self.key(&(i..b.end))))
    }

    /// Hyphens and particles: "Gilgit-Baltistan", "Tehrik-i-Taliban", "Anna de Witt".
    fn binds_closely(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        let between = self.between(a, b);
        if !between.is_empty() {
            let hyphens = self.tokens[b.start].gap == Gap::Hyphen && self.tokens[a.end].gap == Gap::Hyphen;
            return hyphens || !matches!(between[0], "of" | "for" | "on" | "and");
        }
        if self.confirmed(a, b) {
            return true;
        }
        let (left, right) = (&self.tokens[a.end - 1], &self.tokens[b.start]);
        if matches!(
            left.text.as_ref(),
            "anti" | "pro" | "ex" | "non" | "pre" | "post" | "mid" | "neo" | "pan" | "ultra"
        ) {
            return false;
        }
        if left.shape == Shape::Initial || right.shape == Shape::Initial || left.any(Roles::PARTICLE) {
            return true;
        }
        // "US-Israeli", "London-Paris": two that stand by themselves as well.
        let known = |t: &Token| t.any(Roles::DEMONYM.or(Roles::COUNTRY).or(Roles::DIRECTION));
        let together =
            self.context.compounds.get(&(format!("{} {}", left.text, right.text))).copied().unwrap_or(0);
        let stands = |r: &Range<usize>| self.tokens[r.clone()].iter().all(known) || self.alone(r) > together;
        !(stands(a) && stands(b))
    }

    /// "Bank of Kestria", "Movement for Justice", "Committee on Foreign Relations".
    fn of(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        let between = self.between(a, b);
        let Some(&word) = between.first() else { return false };
        if word == "and" {
            return false;
        }
        if self.confirmed(a, b) {
            return true;
        }
        let left = &self.tokens[a.end - 1];
        let plural_place = self.tokens[a.clone()].iter().all(|t| t.any(Roles::COUNTRY.or(Roles::FORENAME)));
        match word {
            "of" if plural_place => false,
            "of" => {
                left.any(
                    Roles::ORG
                        .or(Roles::GPE_OF)
                        .or(Roles::LOC)
                        .or(Roles::FAC)
                        .or(Roles::WORK)
                        .or(Roles::ORG_FOR),
                ) || self.tokens[a.clone()].iter().all(|t| t.is_plain() && !t.any(Roles::FUNCTION))
            }
            "for" => left.any(Roles::ORG_FOR),
            "on" => left.any(Roles::ORG_ON),
            _ => false,
        }
    }

    /// "Securities and Exchange Commission", but not "Islamabad and New Delhi".
    fn and(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        if self.between(a, b) != ["and"] {
            return false;
        }
        if self.confirmed(a, b) {
            return true;
        }
        let plain = |r: &Range<usize>| {
            self.tokens[r.clone()]
                .iter()
                .all(|t| t.shape == Shape::Lower || t.is_plain() && !t.any(Roles::DIRECTION))
        };
        let pair = format!("{} and {}", self.tokens[a.end - 1].text, self.tokens[b.start].text);
        let together = self.context.compounds.get(&pair).copied().unwrap_or(0);
        // "Bausch and Lomb": neither is often seen without the other.
        let always =
            |t: &Token| t.word.capital * 2 <= together * 3 && !t.any(Roles::COUNTRY.or(Roles::DEMONYM));
        if together >= 5 && always(&self.tokens[a.end - 1]) && always(&self.tokens[b.start]) {
            return true;
        }
        // Two that stand by themselves more often than together are two.
        let stands = |r: &Range<usize>| self.alone(r) * 2 > together;
        // "Ministry of Culture and Tourism": the second completes what "of" began.
        let office = (a.clone()).any(|i| {
            matches!(self.tokens[i].text.as_ref(), "of" | "for" | "on")
                && i > a.start
                && self.tokens[i - 1].any(Roles::ORG_FOR.or(Roles::ORG_ON))
                && plain(&(i + 1..a.end))
        });
        if office {
            return plain(b) && !stands(b);
        }
        let head = self.tokens[b.end - 1].any(Roles::ORG.or(Roles::WORK).or(Roles::COMPANY));
        // "U.S. Fish and Game Board": whose it is comes first.
        let nation = |i: &usize| {
            let token = &self.tokens[*i];
            token.any(Roles::COUNTRY.or(Roles::DEMONYM)) || token.shape == Shape::Capitals
        };
        let own = a.start + a.clone().take(a.len() - 1).take_while(nation).count()..a.end;
        plain(&own) && !stands(&own) && !stands(b) && (head || plain(b))
    }

    /// "IN", "AND": a small word in capitals. Some are names in news, whatever they spell.
    fn is_small(&self, token: &Token<'_>) -> bool {
        token.shape == Shape::Capitals
            && lists::roles(&token.text).any(Roles::FUNCTION)
            && !matches!(token.text.as_ref(), "us" | "it" | "who" | "is")
            && !self.context.acronyms.contains(&format!("^{}", token.text))
    }

    /// "In London", "With Tokyo": a small word before a name that stands without it more often. "All Blacks" is
    /// a name of ordinary words, "Will Tarrow" is somebody.
    fn is_opened(&self, part: &Range<usize>) -> bool {
        let (first, rest) = (&self.tokens[part.start], part.start + 1..part.end);
        let Some(second) = self.tokens.get(rest.start).filter(|_| !rest.is_empty()) else { return false };
        first.any(Roles::FUNCTION)
            && !first.any(Roles::FORENAME)
            && first.shape == Shape::Capital
            && second.gap == Gap::Space
            && !second.is_plain()
            && !self.certain
            && self.alone(&rest) > self.alone(part)
    }

    /// The words after "U.S." in `part` that belong to no name: a stop may end the sentence there, so a word that
    /// is mostly written small says nothing by its capital ("in the U.S. Officials said").
    fn after_stop(&self, part: &Range<usize>) -> usize {
        let first = &self.tokens[part.start];
        let stops = first.shape == Shape::Capitals && self.surface[first.start..first.end].contains('.');
        if !stops || part.len() < 2 {
            return 0;
        }
        let rest = part.start + 1..part.end;
        let small =
            |t: &Token| t.shape == Shape::Capital && t.word.lower >= 3 && t.word.lower > 2 * t.word.capital;
        let many = self.tokens[rest.clone()].iter().take_while(|t| small(t)).count();
        // "U.S. Video Vending Corp", "U.S. Department of Justice", "U.S. Meat Board".
        let head = Roles::ORG.or(Roles::COMPANY).or(Roles::LOC).or(Roles::FAC).or(Roles::ORG_FOR);
        let of = |i: usize| {
            let next = self.tokens.get(i + 1);
            next.is_some_and(|t| t.shape == Shape::Lower || t.any(Roles::FUNCTION))
        };
        let named = rest.len() > 1
            && (self.certain
                || rest.clone().any(|i| self.tokens[i].any(head) && (i + 1 == rest.end || of(i)))
                || self.alone(&rest) > 0
                || self.alone(part) > 2);
        if named { 0 } else { many }
    }

    /// Where the person begins in "British Journalist Patrick Seale", "Beatle George Harrison": a first
    /// name and more of the name, after nationalities and ordinary words or where the rest is named so.
    fn person(&self, part: &Range<usize>) -> Option<usize> {
        let ordinary = |t: &Token| {
            t.shape == Shape::Capital
                && !t.any(Roles::FORENAME.or(Roles::LOC_FIRST).or(Roles::COUNTRY))
                && (t.any(Roles::DEMONYM) || t.word.common && !t.word.is_name())
        };
        let head = Roles::ORG.or(Roles::COMPANY).or(Roles::LOC).or(Roles::FAC).or(Roles::WORK);
        let tokens = &self.tokens[part.clone()];
        let forename = |t: &Token| t.any(Roles::FORENAME) && !t.any(Roles::FUNCTION);
        let at = tokens.iter().position(forename)?;
        let whole = at > 0 && at <= 2 && at + 1 < tokens.len();
        let spaced = tokens[1..].iter().all(|t| matches!(t.gap, Gap::Space | Gap::Stop));
        let capitals = tokens.iter().all(|t| matches!(t.shape, Shape::Capital | Shape::Initial));
        let last = &tokens[tokens.len() - 1];
        // "American Roger Kingdom" is a person all the same.
        let nation =
            tokens[..at].iter().all(|t| t.any(Roles::DEMONYM)) && !last.any(Roles::ORG.or(Roles::COMPANY));
        if !(whole && spaced && capitals) || last.any(head) && !nation {
            return None;
        }
        let (before, rest) = (&tokens[..at], part.start + at..part.end);
        let named = at == 1
            && before[0].shape == Shape::Capital
            && !before[0].any(Roles::LOC_FIRST.or(Roles::LEAD))
            && !self.certain
            && self.alone(&rest) > self.alone(part);
        (before.iter().all(ordinary) || named).then_some(rest.start)
    }

    /// Keeps the name `part` if it is one, trimmed of what does not belong to it.
    fn name(&self, part: Range<usize>, title: Option<usize>, out: &mut Vec<Piece>) {
        let mut part = part;
        if let Some(start) = self.person(&part) {
            part.start = start;
        }
        // "di" begins a surname ("di Clemente"), not "di Risparmio di Calabria", whose first word was lost.
        let small = |i: usize| self.tokens[i].shape == Shape::Lower;
        let first = part.clone().find(|&i| !small(i)).unwrap_or(part.end);
        if first > part.start && (first..part.end).any(small) && self.tokens[first].gap == Gap::Space {
            part.start = first;
        }
        if part.len() > 1 && self.is_opened(&part) {
            part.start += 1;
        }
        let small = self.after_stop(&part);
        if small > 0 {
            self.name(part.start..part.start + 1, title, out);
            if part.start + 1 + small < part.end {
                self.name(part.start + 1 + small..part.end, None, out);
            }
            return;
        }
        // "IN Oslo it rained"
        if let [first, second, ..] = &self.tokens[part.clone()]
            && self.is_small(first)
            && second.shape == Shape::Capital
            && second.gap == Gap::Space
        {
            part.start += 1;
        }
        // "British Airways" is a name, "Russian Yukos" and "Spaniard Rafael Nadal" hold one.
        while part.len() > 1
            && self.tokens[part.start].any(Roles::DEMONYM)
            && self.tokens[part.start + 1].gap == Gap::Space
        {
            let rest = part.start + 1..part.end;
            let first = &self.tokens[rest.start];
            let last = &self.tokens[rest.end - 1];
            let head = Roles::ORG.or(Roles::COMPANY).or(Roles::LOC).or(Roles::FAC).or(Roles::WORK);
            let person = rest.len() > 1 && first.shape == Shape::Capital && !last.any(head);
            // "Latin America", "British Columbia", "Western Europe" are other places than the rest.
            let stands = || {
                let (known, alone) = (first.any(Roles::DEMONYM.or(Roles::COUNTRY)), self.alone(&rest));
                // A faith or a view is none of a place: "Islamist Pakistan".
                let adjective = &self.tokens[part.start];
                let of_place = first.any(Roles::COUNTRY) && !adjective.text.ends_with("ist");
                let region = rest.len() == 1 && (of_place || adjective.any(Roles::DIRECTION));
                (known || alone > 0) && !region && alone >= self.alone(&part)
            };
            if first.is_plain() || !(person || stands()) {
                break;
            }
            part = rest;
        }
        // "India RBI chief": a country and another name by its side.
        if let [country, acronym] = &self.tokens[part.clone()]
            && country.any(Roles::COUNTRY)
            && (country.shape == Shape::Capital || country.text.len() <= 4)
            && acronym.shape == Shape::Capitals
            && acronym.gap == Gap::Space
            && self.alone(&(part.start + 1..part.end)) > 0
        {
            self.name(part.start..part.start + 1, title, out);
            self.name(part.start + 1..part.end, None, out);
            return;
        }
        let tokens = &self.tokens[part.clone()];
        let empty =
            Roles::DEMONYM.or(Roles::DIRECTION).or(Roles::CALENDAR).or(Roles::NUMBER).or(Roles::FUNCTION);
        let demonym = |t: &Token| self.context.demonyms && t.any(Roles::DEMONYM) && !t.any(Roles::DIRECTION);
        let says_nothing = |t: &Token| t.any(empty) && !demonym(t) || t.shape == Shape::Other;
        let single = tokens.len() == 1;
        // "Pier 9" and what is named so again, but not a number that happens to follow ("Treasury 118").
        if tokens.len() > 1 && tokens[tokens.len() - 1].shape == Shape::Other && !self.certain {
            let head = &tokens[tokens.len() - 2];
            if !head.any(Roles::FAC) && self.alone(&part) < 2 {
                self.name(part.start..part.end - 1, title, out);
                return;
            }
        }
        let region = tokens.len() == 2
            && matches!(tokens[0].text.as_ref(), "middle" | "far")
            && tokens[1].text == "east";
        let company = tokens.iter().all(|t| t.any(Roles::COMPANY));
        if tokens.is_empty()
            || tokens.iter().all(says_nothing) && title.is_none() && !region
            || company
            || single && self.is_small(&tokens[0])
            || tokens.iter().all(|t| t.any(Roles::NOT_NAME))
            || single
                && (tokens[0].shape == Shape::Initial
                    || tokens[0].any(Roles::COMPANY.or(Roles::SUFFIX))
                    || tokens[0].text.chars().count() < 2)
            || single
                && title.is_none()
                && tokens[0].any(Roles::TITLE.or(Roles::PREFIX_TITLE).or(Roles::MODIFIER))
                && !tokens[0].word.is_name()
        {
            return;
        }
        let name = self.tokens[part.start].start..self.end(&part);
        let titled = title.map(|t| self.tokens[t].start..name.end);
        // "Prince Charles" and "Pope Benedict" are known by their titles.
        let keeps =
            single && title.is_some_and(|t| self.tokens[t..part.start].iter().all(|t| t.any(Roles::KEEP)));
        if keeps && let Some(whole) = titled.clone() {
            out.push(Piece { name: whole.clone(), titled: Some(whole) });
            return;
        }
        out.push(Piece { name, titled });
    }
}
