//! What an English word says about names: titles, months, nationalities, heads of organisations.
//! The words are in `names_en.txt`.

use std::sync::LazyLock;

use ahash::AHashMap;

/// What is known of a word, as a set of flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles(u32);

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $section:literal),* $(,)?) => {
        /// The flags in the order of their bits.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Bit { $($name),* }

        impl Roles {
            $($(#[$doc])* pub const $name: Roles = Roles(1 << Bit::$name as u32);)*

            fn of_section(section: &str) -> Option<Roles> {
                match section { $($section => Some(Self::$name),)* _ => None }
            }
        }
    };
}

roles! {
    /// Never a name by itself and never its first word: pronouns, prepositions, adverbs.
    FUNCTION = "function",
    /// Acronyms of things that have no name of their own ("TV").
    NOT_NAME = "notname",
    /// Number words.
    NUMBER = "number",
    /// Days, months, seasons.
    CALENDAR = "calendar",
    /// Months that are first or last names too.
    MONTH_NAME = "monthname",
    /// Seasons and feasts that are last names too.
    SEASON = "season",
    /// Small words with which a name may begin ("de Witt").
    LEAD = "lead",
    /// Small words inside of a name ("Anna de Witt").
    PARTICLE = "particle",
    /// Small words between two hyphens ("Tehrik-i-Taliban").
    COMPOUND = "compound",
    /// Titles ("Mr", "President").
    TITLE = "title",
    /// Titles only before a name that is no ordinary word ("General Dravik").
    PREFIX_TITLE = "prefixtitle",
    /// Titles that belong to a name of one word ("Prince Charles").
    KEEP = "keep",
    /// What stands before a title and belongs to it ("Foreign Minister").
    MODIFIER = "modifier",
    /// What stands after a person's name ("Jr").
    SUFFIX = "suffix",
    /// A company's legal form ("Inc").
    COMPANY = "company",
    /// The head of an organisation's name ("Ministry").
    ORG = "org",
    /// Heads that take "for" ("Movement for Justice").
    ORG_FOR = "orgfor",
    /// Heads that take "on" ("Committee on Foreign Relations").
    ORG_ON = "orgon",
    /// Geography ("River").
    LOC = "loc",
    /// Geography before a name ("Mount Etna").
    LOC_FIRST = "locfirst",
    /// Heads with "of" that name a country or city ("Republic of").
    GPE_OF = "gpeof",
    /// Buildings and roads.
    FAC = "fac",
    /// Laws, treaties, events.
    WORK = "work",
    /// Points of the compass and their kind.
    DIRECTION = "direction",
    /// Countries of one word.
    COUNTRY = "country",
    /// Nationalities, peoples, religions.
    DEMONYM = "demonym",
    /// Common first names.
    FORENAME = "forename",
}

impl Roles {
    /// No role.
    pub const NONE: Roles = Roles(0);

    /// Whether one of `roles` is among these.
    pub fn any(self, roles: Roles) -> bool {
        self.0 & roles.0 != 0
    }

    /// These and `roles`.
    #[must_use]
    pub const fn or(self, roles: Roles) -> Self {
        Self(self.0 | roles.0)
    }
}

struct Lists {
    words: AHashMap<&'static str, Roles>,
    /// Titles of several words, by their first word.
    phrases: AHashMap<&'static str, Vec<Vec<&'static str>>>,
    countries: Vec<&'static str>,
    known: Vec<(&'static str, Vec<&'static str>)>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut out =
        Lists { words: AHashMap::new(), phrases: AHashMap::new(), countries: Vec::new(), known: Vec::new() };
    let mut section = "";
    for line in include_str!("names_en.txt").lines() {
        if line.starts_with('#') {
            continue;
        }
        if let Some(rest) = line.strip_prefix('[') {
            section = rest.split(']').next().unwrap_or("");
            continue;
        }
        match section {
            "phrase" => {
                let words: Vec<&str> = line.split(' ').collect();
                out.phrases.entry(words[0]).or_default().push(words);
            }
            "country2" => out.countries.push(line),
            "known" => {
                if let Some((long, short)) = line.split_once(" = ") {
                    out.known.push((long, short.split(", ").collect()));
                }
            }
            _ => {
                let Some(role) = Roles::of_section(section) else { continue };
                for word in line.split_whitespace() {
                    let roles = out.words.entry(word).or_default();
                    *roles = roles.or(role);
                }
            }
        }
    }
    for phrases in out.phrases.values_mut() {
        phrases.sort_by_key(|p| std::cmp::Reverse(p.len()));
    }
    out
});

/// What is known of `word`, in lower case and with straight apostrophes.
pub fn roles(word: &str) -> Roles {
    LISTS.words.get(word).copied().unwrap_or_default()
}

/// Titles of several words that start with `first`, the longest first.
pub fn title_phrases(first: &str) -> &'static [Vec<&'static str>] {
    LISTS.phrases.get(first).map_or(&[], Vec::as_slice)
}

/// Whether `name`, in lower case, is a country of one word or several.
pub fn is_country(name: &str) -> bool {
    roles(name).any(Roles::COUNTRY) || LISTS.countries.contains(&name)
}

/// Short forms that everyone uses, by their long form in lower case.
pub fn known_short_forms() -> &'static [(&'static str, Vec<&'static str>)] {
    &LISTS.known
}

/// Reads the lists now; see [`super::warm`].
pub fn warm() {
    LazyLock::force(&LISTS);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_roles() {
        assert!(roles("may").any(Roles::CALENDAR) && roles("may").any(Roles::MONTH_NAME));
        assert!(roles("prime").any(Roles::MODIFIER) && roles("minister").any(Roles::TITLE));
        assert_eq!(roles("munir"), Roles::NONE);
        assert!(is_country("saudi arabia") && is_country("iran") && !is_country("arabia"));
        assert_eq!(title_phrases("chief")[0].len(), 3);
        assert_eq!(known_short_forms()[0].1[0], "US");
    }

    #[test]
    fn every_section_is_read() {
        let sections =
            include_str!("names_en.txt").lines().filter_map(|l| l.strip_prefix('[')?.split(']').next());
        for section in sections {
            let special = ["phrase", "country2", "known"].contains(&section);
            assert!(special || Roles::of_section(section).is_some(), "{section}");
        }
    }
}
