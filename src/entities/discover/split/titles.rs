//! Where the titles of a run stand: "Field Marshal Asim Munir", but "General Electric".

use super::*;

impl Split<'_> {
    /// Cuts at titles and reads what lies between.
    pub(super) fn titles(&self, from: usize, out: &mut Vec<Piece>) {
        let n = self.tokens.len();
        let (mut start, mut i) = (from, from);
        let mut title: Option<usize> = None;
        while i < n {
            let Some((end, strong)) = self.title(i) else {
                i += 1;
                continue;
            };
            // "Justin Marshall": a title has somebody after it.
            let surname = end == n
                && i > start
                && self.tokens[i].gap == Gap::Space
                && self.tokens[i].shape == Shape::Capital;
            if surname && self.tokens[i - 1].any(Roles::FORENAME) {
                i = end;
                continue;
            }
            if i > start {
                self.names(start..i, title.take(), out);
            }
            title = Some(title.unwrap_or(i));
            (start, i) = (end, end);
            // "Minister of External Affairs": ordinary words after "of" go with the title.
            if strong
                && i + 1 < n
                && self.tokens[i].shape == Shape::Lower
                && matches!(self.tokens[i].text.as_ref(), "of" | "for")
            {
                let office = (i + 1..n)
                    .take_while(|&j| self.tokens[j].shape == Shape::Lower || self.tokens[j].is_plain())
                    .last()
                    .filter(|&j| self.tokens[j].shape != Shape::Lower);
                // "Mayor of New Skarrow": what stands there is a name.
                let named = |j: &usize| (i + 1..=*j).any(|k| self.tokens[k].any(Roles::DIRECTION));
                match office.filter(|j| !named(j)).map(|j| j + 1) {
                    Some(after) if after >= n => return,
                    // "Secretary of Agriculture Richard Lyng".
                    Some(after)
                        if self.tokens[after].gap == Gap::Space
                            && self.tokens[after].shape != Shape::Lower =>
                    {
                        (start, i) = (after, after);
                    }
                    // "Governor of the Bank of England", "President of France".
                    _ => title = None,
                }
            }
        }
        if start < n {
            self.names(start..n, title, out);
        }
    }

    /// The end of the title that starts at token `i`, and whether it is one for certain.
    pub(super) fn title(&self, i: usize) -> Option<(usize, bool)> {
        let n = self.tokens.len();
        // Every word of a title is an ordinary one or known for it.
        let first = &self.tokens[i];
        let role = Roles::TITLE.or(Roles::PREFIX_TITLE).or(Roles::MODIFIER).or(Roles::DEMONYM);
        if !(first.word.common || first.any(role)) {
            return None;
        }
        let phrase = |i: usize| {
            let first = self.tokens.get(i)?;
            if first.shape != Shape::Capital {
                return None;
            }
            let fits = |p: &&Vec<&str>| {
                i + p.len() <= n && p.iter().zip(&self.tokens[i..]).all(|(w, t)| *w == t.text.as_ref())
            };
            lists::title_phrases(&first.text).iter().find(fits).map(|p| i + p.len())
        };
        let spaced = |j: usize| j == i || matches!(self.tokens[j].gap, Gap::Space | Gap::Stop | Gap::Hyphen);
        let (mut j, mut found, mut strong) = (i, None, false);
        while j < n && spaced(j) {
            let token = &self.tokens[j];
            if let Some(end) = phrase(j) {
                (found, strong, j) = (Some(end), true, end);
            } else if token.any(Roles::TITLE) && token.shape != Shape::Lower {
                // "St" and "Mt" are places, "President" is a title.
                (found, strong) = (Some(j + 1), true);
                j += 1;
            } else if token.any(Roles::PREFIX_TITLE) && token.shape == Shape::Capital {
                found = Some(j + 1);
                j += 1;
            } else if token.any(Roles::MODIFIER.or(Roles::DEMONYM)) && token.shape == Shape::Capital {
                // A modifier needs a title after it; "British Prime Minister" is one title.
                j += 1;
            } else if j == i
                && token.is_plain()
                && !(i > 0 && lists::is_country(&format!("{} {}", self.tokens[i - 1].text, token.text)))
                && self.tokens.get(i + 1).is_some_and(|t| t.text == "minister" || t.text == "secretary")
            {
                // "Fisheries Minister": any ordinary word may be the office.
                j += 1;
            } else {
                break;
            }
        }
        let end = found?;
        // "MS-DOS" is no lady.
        if self.tokens.get(end).is_some_and(|t| t.gap == Gap::Hyphen) {
            return None;
        }
        // "Consul Dravik Corp"
        let firm = || end == i + 1 && self.rest(end).iter().skip(1).any(|t| t.any(Roles::COMPANY));
        if strong {
            return (end == n || !firm()).then_some((end, true));
        }
        // "General Dravik", but not "General Motors".
        let next = self.tokens.get(end).filter(|t| t.gap == Gap::Space && t.shape != Shape::Lower)?;
        let capitals = next.shape == Shape::Capitals;
        let person = !capitals && !next.any(Roles::COUNTRY.or(Roles::DEMONYM)) && !self.is_part(i, end);
        person.then_some((end, false))
    }

    /// The words from `start` to the next joint.
    pub(super) fn rest(&self, start: usize) -> &[Token<'_>] {
        let stop = (start + 1..self.tokens.len()).find(|&j| self.joint(j));
        &self.tokens[start..stop.unwrap_or(self.tokens.len())]
    }

    /// Whether what may be a title, the tokens `i..end`, is the first part of a name: "General Motors".
    pub(super) fn is_part(&self, i: usize, end: usize) -> bool {
        let (next, whole) = (&self.tokens[end], i..end + 1);
        let rest = self.rest(end);
        let kept = self.tokens[i..end].iter().all(|t| t.any(Roles::KEEP));
        // "General Dravik Corp", "Prince Dravik Hospital".
        let firm = rest.iter().any(|t| t.any(Roles::COMPANY));
        let named = kept && rest[rest.len() - 1].any(Roles::ORG.or(Roles::LOC).or(Roles::FAC));
        if rest.len() > 1 && (firm || named) {
            return true;
        }
        // "in Bishop Corvane", and where it begins a sentence.
        if self.place && whole == (0..self.tokens.len()) {
            return true;
        }
        // "General Dravik" of the same firm.
        let firm = |form| self.context.alone.get(&format!("{} {form}", self.key(&whole))) > 0;
        if !self.certain && ["co", "corp", "inc", "ltd", "plc"].iter().any(firm) {
            return true;
        }
        if next.is_plain() {
            // Only a word that stands as a name elsewhere: "General Bush", but not "General Motors".
            let head = next.any(Roles::ORG.or(Roles::LOC).or(Roles::WORK).or(Roles::FAC));
            return head || !next.word.is_name() || self.alone(&(end..end + 1)) <= self.alone(&whole);
        }
        // "Prince Charles" is one name with a title.
        self.alone(&whole) > 0 && !kept
    }
}
