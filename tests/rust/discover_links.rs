//! Which names discovery takes for one and which it keeps apart, on own sentences over several documents.

use std::sync::Arc;

use lexmill::corpus::{Reader, Texts, Tokens, build};
use lexmill::entities::discover::{Discovered, Options, Rule, discover};
use lexmill::parallel::Job;
use lexmill::text::sentences;

fn found(texts: &[&str]) -> Discovered {
    let texts: Vec<Option<String>> = texts.iter().map(|t| Some((*t).to_owned())).collect();
    let reader = Reader::new(Tokens::default(), &sentences::Options::default()).unwrap();
    let corpus = build(Texts::new(texts), Arc::new(reader), &Job::new(Some(1))).unwrap();
    discover(&corpus, &Options::default(), &Job::new(Some(1))).unwrap()
}

/// The name that `alias` is an alias of, and by which rule.
fn link<'a>(found: &'a Discovered, alias: &str) -> Option<(&'a str, Rule)> {
    let all = found.entities.iter().flat_map(|c| c.aliases.iter().map(move |a| (c.name.as_str(), a)));
    all.filter(|(_, a)| a.alias == alias).map(|(name, a)| (name, a.rule)).next()
}

/// What is linked otherwise than expected: (texts, alias, name), no name where none is to be found.
fn wrong(table: &[(&[&str], &str, Option<&str>)]) -> String {
    let row = |(texts, alias, name): &(&[&str], &str, Option<&str>)| {
        let found = found(texts);
        let is = link(&found, alias).map(|(name, _)| name);
        (is != *name).then(|| format!("{texts:?}: {alias} is {is:?}, not {name:?}\n"))
    };
    table.iter().filter_map(row).collect()
}

#[test]
fn a_short_form_follows_its_long_form() {
    let table: &[(&[&str], &str, Option<&str>)] = &[
        (&["They sued Corvane Marine. Later Corvane paid."], "Corvane", Some("Corvane Marine")),
        (&["Later Corvane paid. They sued Corvane Marine."], "Corvane", Some("Corvane")),
        (
            &["It was said on Tolmeran Radio. Snow fell on Tolmeran hills."],
            "Tolmeran",
            Some("Tolmeran Radio"),
        ),
        (&["Snow fell on Tolmeran hills. It was said on Tolmeran Radio."], "Tolmeran", Some("Tolmeran")),
        (
            &["The Dreth Autonomy Movement fights. He left the Movement."],
            "Movement",
            Some("Dreth Autonomy Movement"),
        ),
        (
            &[
                "He left the Movement. The Dreth Autonomy Movement fights. No movement is a movement, no movement.",
            ],
            "Movement",
            None,
        ),
        (&["They met Halldis Corvin. Then Halldis left."], "Halldis", Some("Halldis Corvin")),
        // A surname may stand in the first line.
        (&["Corvin left. They met Halldis Corvin."], "Corvin", Some("Halldis Corvin")),
        // The initials of what is named only later are somebody else's.
        (&["The WTO left. The World Trade Organisation met."], "WTO", Some("WTO")),
    ];
    assert_eq!(wrong(table), "");
}

#[test]
fn a_name_that_stands_without_the_longer_one_is_its_own() {
    let radio = "It was said on Tolmeran Radio. Snow fell on Tolmeran hills.";
    let bank = "They went to Corvane Bank. Then Corvane paid.";
    let head = "The Dreth Relief Fund met. They wrote to the Fund.";
    let other = "The fund was empty; no fund is a fund like this fund, and no fund is full. They wrote to the Fund again.";
    let table: &[(&[&str], &str, Option<&str>)] = &[
        (&[radio, "Snow fell on Tolmeran hills."], "Tolmeran", Some("Tolmeran Radio")),
        (&[radio, "Snow fell on Tolmeran hills.", "They left Tolmeran early."], "Tolmeran", Some("Tolmeran")),
        // In whatever spelling: the first line of a report says where it is from.
        (
            &[radio, "TOLMERAN, May 3 - Snow fell on the hills here.", "TOLMERAN, May 4 - It rained here."],
            "Tolmeran",
            Some("Tolmeran"),
        ),
        // The more documents agree, the more may know the short form alone.
        (&[bank, bank, bank, "They left Corvane.", "Now Corvane paid."], "Corvane", Some("Corvane Bank")),
        (&[bank, "They left Corvane.", "Now Corvane paid."], "Corvane", Some("Corvane")),
        (&[head, head], "Fund", Some("Dreth Relief Fund")),
        (&[head, head, other], "Fund", None),
    ];
    assert_eq!(wrong(table), "");
}

#[test]
fn an_ordinary_word_is_a_surname_where_its_bearer_is_named() {
    let person = "They met Anna Castle. Then Castle left.";
    let walls = "They saw the walls of the old Castle. No castle is like it.";
    let table: &[(&[&str], &str, Option<&str>)] = &[
        (&[person], "Castle", Some("Anna Castle")),
        (&[person, walls, walls], "Castle", Some("Castle")),
        // "Globe" of "Skarrow Globe": Skarrow has a name of its own, so it is no first name.
        (
            &[
                "They read the Skarrow Globe. In Skarrow it rains.",
                "Now Skarrow sleeps.",
                "They read the Globe.",
            ],
            "Globe",
            Some("Globe"),
        ),
    ];
    assert_eq!(wrong(table), "");
}
