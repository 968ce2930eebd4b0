//! Which names discovery takes for one and which it keeps apart, on own sentences over several documents.

use lexmill::entities::discover::{Discovered, Rule};

use crate::discover::{entity, found};

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
        // Neither a product nor its number is a surname.
        (&["They sold the Corvane DX. Then Corvane paid."], "Corvane", Some("Corvane")),
        (&["They sold the Corvane AV40. Then Corvane paid."], "Corvane", Some("Corvane")),
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

/// The names of a text, in the order of the alphabet.
fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = found(&[text]).entities.into_iter().map(|c| c.name).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_title_may_be_part_of_a_name() {
    let table: &[(&str, &[&str])] = &[
        ("They met General Dravik and Captain Corvane.", &["Corvane", "Dravik"]),
        // Its legal form tells, there and where it is left out.
        ("They sued General Dravik Corp in May.", &["General Dravik Corp"]),
        ("They sued General Dravik Corp in May. Now General Dravik paid.", &["General Dravik"]),
        (
            "They sued General Steel Co in May. Steel is dear. At General Steel they wait.",
            &["General Steel", "Steel"],
        ),
        ("They sued Consul Dravik Corp in May. They met Consul Dravik.", &["Consul Dravik Corp", "Dravik"]),
        // An ordinary word after it is a name only if it stands as one by itself more often.
        ("They work at General Lighting. He likes General Lighting.", &["General Lighting"]),
        ("They saw Captain Steel. Then Steel left. Now Steel is back.", &["Steel"]),
        (
            "He was born in Prince Edward Bay, near Queen Imke Hospital.",
            &["Prince Edward Bay", "Queen Imke Hospital"],
        ),
        ("They met Prince Edward and Prince Edward of Kestria.", &["Kestria", "Prince Edward"]),
        // A place word stands before it.
        ("It rained in Bishop Corvane. They left Bishop Corvane early.", &["Bishop Corvane"]),
        ("They saw Bishop Corvane. In Bishop Corvane's house it rained.", &["Corvane"]),
        // No title, but a product.
        ("They sold MS-DRX to Halvorsen.", &["Halvorsen", "MS-DRX"]),
        ("They met Marshall Corvane and Field Marshall Asim Dravik.", &["Asim Dravik", "Marshall Corvane"]),
        ("The Attorney General of New Skarrow left.", &["New Skarrow"]),
        ("They saw Saint Odrun Church.", &["Saint Odrun Church"]),
    ];
    let row = |(text, expected): &(&str, &[&str])| {
        let names = names(text);
        (names != *expected).then(|| format!("{text}: {names:?}, not {expected:?}\n"))
    };
    assert_eq!(table.iter().filter_map(row).collect::<String>(), "");
}

#[test]
fn a_legal_form_in_full_is_one_too() {
    let table: &[(&[&str], &str, Option<&str>)] = &[
        (
            &["They sued Corvane Marine Ltd. Later Corvane Marine paid."],
            "Corvane Marine Ltd.",
            Some("Corvane Marine"),
        ),
        (&["They sued the Corvane Company. Later Corvane paid."], "Corvane Company", Some("Corvane")),
        // A firm is not who is called so.
        (&["They met Anna Corvane. Then Corvane left Corvane Co. early."], "Corvane", Some("Anna Corvane")),
        (
            &["They met Anna Corvane. Then Corvane left Corvane Co. early."],
            "Corvane Co.",
            Some("Corvane Co."),
        ),
        // The end of another firm's name is no short form of it.
        (&["They sued Skarrow Corvane Ltd. Later Corvane Ltd paid."], "Corvane Ltd", Some("Corvane Ltd")),
    ];
    assert_eq!(wrong(table), "");
}

#[test]
fn now_and_then_several_are_named() {
    let one = "Then the Corvane met. Some Corvane left, the Corvane won and the Corvane slept.";
    let table: &[(&[&str], &str, Option<&str>)] = &[
        (&[one, "They saw two Corvanes."], "Corvanes", Some("Corvane")),
        (&[one, "They saw the Corvane's house."], "Corvane's", None),
        // A name of its own in a longer one.
        (&[one, "They went to Corvanes Bank. Later Corvanes paid."], "Corvanes", Some("Corvanes Bank")),
        (&[one, "They saw Corvanes.", "They heard Corvanes."], "Corvanes", Some("Corvanes")),
        // A family is not its member.
        (
            &["They met Anna Corvane. Then Corvane met Corvane and Corvane.", "They saw the Corvanes."],
            "Corvanes",
            Some("Corvanes"),
        ),
        (
            &[
                "Then it rained in Skarrow. They left Skarrow. He likes Skarrow. She likes Skarrow.",
                "They met Skarrows.",
            ],
            "Skarrows",
            Some("Skarrows"),
        ),
    ];
    assert_eq!(wrong(table), "");
}

#[test]
fn whose_it_is_stands_before_two_that_are_one() {
    let table: &[(&str, &[&str])] = &[
        ("The U.S. Fish and Game Administration (FGA) met.", &["U.S. Fish and Game Administration"]),
        ("They saw the U.S. Fish and Game Administration.", &["U.S. Fish and Game Administration"]),
        ("They saw the Kenyan Fish and Game Board.", &["Kenyan Fish and Game Board"]),
        ("They like Kenya and Game Board.", &["Game Board", "Kenya"]),
    ];
    let row = |(text, expected): &(&str, &[&str])| {
        let names = names(text);
        (names != *expected).then(|| format!("{text}: {names:?}, not {expected:?}\n"))
    };
    assert_eq!(table.iter().filter_map(row).collect::<String>(), "");
}

#[test]
fn an_acronym_may_leave_out_whose_it_is() {
    let national = "The U.S. Fish and Game Administration (FGA) met.";
    let own = "The Fish and Game Administration is small. So the Fish and Game Administration slept.";
    let whole = Some("U.S. Fish and Game Administration");
    let table: &[(&[&str], &str, Option<&str>)] = &[
        (&[national], "FGA", whole),
        (&[national, "Then the FGA left."], "FGA", whole),
        (&[national, own], "FGA", Some("Fish and Game Administration")),
        (
            &[national, "They saw the Kenyan Fish and Game Administration."],
            "FGA",
            Some("Fish and Game Administration"),
        ),
    ];
    assert_eq!(wrong(table), "");
}

#[test]
fn a_surname_keeps_its_small_words() {
    let who = "They met Jean-Claude van den Brenn.";
    let table: &[(&[&str], &str, Option<&str>)] = &[
        (&[&format!("{who} Then van den Brenn left.")], "van den Brenn", Some("Jean-Claude van den Brenn")),
        (&[&format!("{who} Then van den Brenn left.")], "den Brenn", None),
        (
            &[&format!("{who} Then Mr. van den Brenn left.")],
            "Mr. van den Brenn",
            Some("Jean-Claude van den Brenn"),
        ),
        (&[&format!("{who} Van den Brenn left.")], "Van den Brenn", Some("Jean-Claude van den Brenn")),
        (&["They met Rosa de la Corva. Then de la Corva left."], "de la Corva", Some("Rosa de la Corva")),
        (&["They met Tom de Witt. Then de Witt left."], "de Witt", Some("Tom de Witt")),
        (&["They met Yusra al-Rahmi. Then al-Rahmi left."], "al-Rahmi", Some("Yusra al-Rahmi")),
        // The end of a name of which the first words were lost is none.
        (&["They went to the cassa di Risparmio di Corva."], "di Risparmio di Corva", None),
    ];
    assert_eq!(wrong(table), "");
}

#[test]
fn an_acronym_that_one_document_defines_may_be_another_elsewhere() {
    let defines = "The Kestrian Dredging Authority (KDA) met. Then the KDA left.";
    let knows = "The Kestrian Dredging Authority met. It has no other name.";
    let apart = "They paid the KDA again.";
    let texts = |rest: &[&'static str]| [&[defines], rest, &[apart; 10]].concat();
    let link_of = |texts: &[&str]| link(&found(texts), "KDA").map(|(name, _)| name.to_owned());
    assert_eq!(link_of(&[defines, apart]).as_deref(), Some("Kestrian Dredging Authority"));
    assert_eq!(link_of(&texts(&[])).as_deref(), Some("KDA"));
    assert_eq!(link_of(&texts(&[defines])).as_deref(), Some("Kestrian Dredging Authority"));
    // Where the long form is at home too, readers know it.
    assert_eq!(link_of(&texts(&[knows, knows])).as_deref(), Some("Kestrian Dredging Authority"));
}

#[test]
fn no_long_form_begins_in_the_sentence() {
    let found =
        found(&["They paid Brenn, and Skarrow Finance (Asia) paid too. In Asia it rained, all over Asia."]);
    assert_eq!(link(&found, "Asia").map(|(name, _)| name), Some("Asia"));
    assert!(found.entities.iter().all(|c| !c.name.starts_with("and ")));
}

#[test]
fn spellings_of_a_long_form_are_one() {
    let one = |texts: &[&str]| {
        let found = found(texts);
        (entity(&found, "KOP").aliases.len(), entity(&found, "KOP").name.clone())
    };
    let texts = [
        "The Kestrian Organisation of Ports (KOP) met.",
        "The Kestrian Organization of Ports (KOP) met.",
        "The Kestrian Organization for Port (KOP) met.",
        "The Kestrian Orgnization of Ports (KOP) met.",
    ];
    assert_eq!(one(&texts).0, 5, "{:?}", found(&texts));
    assert_ne!(one(&texts).1, "KOP");
    let corp = ["The Kestrian Oil Corporation (KOC) met.", "The Kestrian Oil Corp (KOC) met."];
    assert_eq!(entity(&found(&corp), "KOC").name, entity(&found(&corp), "Kestrian Oil Corp").name);
    // "Opec" where the definition has "OPEC".
    let cases = [
        "The Kestrian Organization of Ports (KOPO) met. A KOPO boat.",
        "A Kopo boat and Kopo talks. Kopo met.",
    ];
    assert_eq!(
        entity(&found(&cases), "Kopo").name,
        entity(&found(&cases), "Kestrian Organization of Ports").name
    );
    // Two bodies are two.
    let two = ["The Austrian Sea League (ASL) met.", "The Australian Sea League (ASL) met."];
    assert_ne!(
        entity(&found(&two), "Austrian Sea League").name,
        entity(&found(&two), "Australian Sea League").name
    );
}

#[test]
fn an_acronym_travels_to_documents_that_agree() {
    let define = "They promised Kestrian Sea Rules (KSR).";
    let linked = |texts: &[&str]| entity(&found(texts), "KSR").name == "Kestrian Sea Rules";
    let with = |more: &'static str, n: usize| [vec![define], vec![more; n]].concat();
    assert!(linked(&with("The KSR hold.", 5)));
    assert!(!linked(&with("The KSR mine grew.", 15)));
    assert!(linked(&[with("The KSR hold.", 15), vec![define; 2]].concat()));
    // A firm of that name is another one.
    assert!(!linked(&with("It bought KSR Ltd for cash. KSR grew.", 3)));
}
