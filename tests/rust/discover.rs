//! Discovery of names: own sentences, and a news article with hand gold where it is at hand.

use std::path::PathBuf;
use std::sync::Arc;

use lexmill::corpus::{Corpus, Reader, Texts, Tokens, build};
use lexmill::entities::acronyms::acronyms;
use lexmill::entities::discover::{Candidate, Discovered, Options, Rule, discover, snippet};
use lexmill::entities::{CasePolicy, Gazetteer, Overlap, mentions};
use lexmill::parallel::Job;
use lexmill::text::sentences;
use lexmill::verbs;

fn corpus(texts: &[&str], threads: usize) -> Corpus {
    let texts: Vec<Option<String>> = texts.iter().map(|t| Some((*t).to_owned())).collect();
    let reader = Reader::new(Tokens::default(), &sentences::Options::default()).unwrap();
    build(Texts::new(texts), Arc::new(reader), &Job::new(Some(threads))).unwrap()
}

pub(crate) fn found(texts: &[&str]) -> Discovered {
    discover(&corpus(texts, 1), &Options::default(), &Job::new(Some(1))).unwrap()
}

fn names(found: &Discovered) -> Vec<&str> {
    let mut names: Vec<&str> = found.entities.iter().map(|c| c.name.as_str()).collect();
    names.sort_unstable();
    names
}

pub(crate) fn entity<'a>(found: &'a Discovered, alias: &str) -> &'a Candidate {
    found
        .entities
        .iter()
        .find(|c| c.aliases.iter().any(|a| a.alias == alias))
        .unwrap_or_else(|| panic!("{alias}: {found:#?}"))
}

/// What each text names, in the order of the alphabet.
const NAMES: &[(&str, &[&str])] = &[
    // The first word of a sentence is no name because of its capital.
    (
        "Most people in Oslo agree. All of them do. Toward evening it rained. Even so, while many left, some stayed.",
        &["Oslo"],
    ),
    ("Under Halvorsen the party grew. On Sunday, Halvorsen spoke.", &["Halvorsen"]),
    ("Successive US governments waited.", &["US"]),
    // Particles, hyphens, initials, apostrophes.
    (
        "We met Anna de Witt and Yusra al-Rahmi in Rio de Janeiro.",
        &["Anna de Witt", "Rio de Janeiro", "Yusra al-Rahmi"],
    ),
    ("He read J. R. Ostrander and Seamus O'Dell.", &["J. R. Ostrander", "Seamus O'Dell"]),
    ("They joined the Skippers' Guild on Weaver's Row.", &["Skippers' Guild", "Weaver's Row"]),
    ("The trawler left St. Odrun for Pier 9 with 40 crates.", &["Pier 9", "St. Odrun"]),
    ("They bank with Harlow & Finch in Leeds.", &["Harlow & Finch", "Leeds"]),
    // What follows a hyphen in small letters is no part of the name; two names joined by one are two.
    ("A Brenn-led group and the Oslo-built ship left Oslo and Brenn.", &["Brenn", "Oslo"]),
    (
        "Talks between Oslo and Kiel failed. The Oslo-Kiel ferry sails. In Oslo it rained, in Oslo it snowed, in Kiel too; they left Kiel and Oslo for Kiel. He likes Kiel.",
        &["Kiel", "Oslo"],
    ),
    // "and": two, or one name.
    ("He saw Kabul and New Delhi.", &["Kabul", "New Delhi"]),
    ("It crosses South and Central Asia.", &["Central Asia"]),
    ("She works for the Food and Drug Administration.", &["Food and Drug Administration"]),
    ("He runs the Ministry of Culture and Tourism.", &["Ministry of Culture and Tourism"]),
    // "of" belongs to a name after an ordinary word only.
    ("The Bank of Kestria wrote to Marlow of Ystad.", &["Bank of Kestria", "Marlow", "Ystad"]),
    ("She leads the Movement for Justice.", &["Movement for Justice"]),
    // Titles.
    ("They met Field Marshal Asim Munir and Prime Minister Ilse Varga.", &["Asim Munir", "Ilse Varga"]),
    (
        "The Tolmeran foreign minister met Brenn Foreign Minister Mawlawi Amir Khan Muttaqi.",
        &["Amir Khan Muttaqi", "Brenn", "Tolmeran"],
    ),
    ("Workers at General Motors cheered General Dravik.", &["Dravik", "General Motors"]),
    ("The Governor of the Bank of Ystad met the President of France.", &["Bank of Ystad", "France"]),
    ("They saw Prince Charles in York.", &["Prince Charles", "York"]),
    // Last names that are small words, parts of the year or titles elsewhere.
    (
        "He read Edward Said in Brenn. They met Dick Spring and Justin Marshall.",
        &["Brenn", "Dick Spring", "Edward Said", "Justin Marshall"],
    ),
    // What a person is stands before the first name.
    ("He met British Journalist Patrick Seale. A journalist left.", &["Patrick Seale"]),
    ("They beat American Roger Kingdom in York.", &["Roger Kingdom", "York"]),
    // A result is no part of a name.
    ("They beat the Brenn Tigers 3-0 and saw Anne Miller 6-1 ahead.", &["Anne Miller", "Brenn Tigers"]),
    // A word that mostly belongs to titles would be found in them.
    (
        "Prime ministers came to Oslo. Then Prime Minister Ilse Varga and Prime Minister Tor Brenn left Oslo.",
        &["Ilse Varga", "Oslo", "Tor Brenn"],
    ),
    // Small words in capitals are none, but for acronyms that the text defines.
    (
        "AND so it went IN Oslo. They met AT Oslo. He runs Internet Explorer (IE). He likes IE.",
        &["Internet Explorer", "Oslo"],
    ),
    // A heading in which every word has a capital names only what is a name for certain.
    (
        "Talks Between Halvorsen And Anna Petrov Fail Again\n\nThe two failed to agree.",
        &["Anna Petrov", "Halvorsen"],
    ),
    ("Storm Hits Coast As Winter Comes\n\nThe storm hit the coast.", &[]),
    // A country and an acronym by its side are two.
    ("The UNHCR left. Then India UNHCR talks went on.", &["India", "UNHCR"]),
    // Demonyms, days and months by themselves are no names; within names they are.
    (
        "An Afghan official and two Americans met on Monday in May at the Afghan Central Bank.",
        &["Afghan Central Bank"],
    ),
    ("It fell in the Middle East.", &["Middle East"]),
    ("The Trump administration and the Taliban regime spoke.", &["Taliban", "Trump"]),
    // A stop may end the sentence after "U.S.", so a word that is mostly small is no part of the name.
    (
        "The officials met U.S. Officials. Two officials left, many officials stayed. The U.S. Navy sailed.",
        &["U.S.", "U.S. Navy"],
    ),
    (
        "He sold N.Z. Tractors for tractors, old tractors, new tractors. The N.Z. Board of Sheep met.",
        &["N.Z.", "N.Z. Board of Sheep"],
    ),
    // A small word before a name that stands without it more often is none of it.
    ("He noted that The KDL sails. They sold KDL ships, and KDL ships are old.", &["KDL"]),
    (
        "They left Ystad for Kiel and said, With Ystad behind them, that it rained. In Ystad it did; they like Ystad.",
        &["Kiel", "Ystad"],
    ),
    ("He cheered the All Blacks. All Blacks won.", &["All Blacks"]),
    // Firms in pointed brackets are whole, tags and tickers are none.
    ("It will buy <Royal Trellis Ltd> for cash.", &["Royal Trellis Ltd"]),
    ("The engine is made by <General Harrow> of Ystad.", &["General Harrow", "Ystad"]),
    (
        "They own <Bank of Kestria> and sold Marlow <MRL.O> and <TITLE> shares.",
        &["Bank of Kestria", "Marlow"],
    ),
    // A region belongs to the name of a place, a nationality does not.
    ("They left British Skarrow, saw British Skarrow and like Skarrow.", &["British Skarrow", "Skarrow"]),
    (
        "It grew in Latin America and in Western Europe. They left Europe.",
        &["Europe", "Latin America", "Western Europe"],
    ),
    ("They sold Russian Tolmer and bought Tolmer; Tolmer grew.", &["Tolmer"]),
    // Two that are never apart are one firm.
    (
        "He runs Brusk and Tolmer. They met Brusk and Tolmer, left Brusk and Tolmer, sold Brusk and Tolmer and saw \
         Brusk and Tolmer Inc.",
        &["Brusk and Tolmer"],
    ),
    ("He met Brusk and Tolmer. Brusk spoke, then Tolmer did.", &["Brusk", "Tolmer"]),
    // Headings tell nothing.
    ("Big Storm Hits Small Towns Again\n\nA storm hit Kiel on Friday.", &["Kiel"]),
    ("STORM HITS TOWNS ON COAST AGAIN\n\nA storm hit Kiel on Friday.", &["Kiel"]),
];

#[test]
fn names_of_own_sentences() {
    let wrong = NAMES.iter().filter_map(|(text, expected)| {
        let found = found(&[text]);
        (names(&found) != *expected)
            .then(|| format!("{text}\n  found    {:?}\n  expected {expected:?}\n", names(&found)))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

/// (text, alias, name, rule)
const LINKS: &[(&str, &str, &str, Rule)] = &[
    ("The International Monetary Fund (IMF) met.", "IMF", "International Monetary Fund", Rule::Acronym),
    ("The IMF (International Monetary Fund) met.", "IMF", "International Monetary Fund", Rule::Acronym),
    (
        "The World Trade Organisation met. The WTO left.",
        "WTO",
        "World Trade Organisation",
        Rule::AcronymInitials,
    ),
    ("Donald Trump spoke. Trump left.", "Trump", "Donald Trump", Rule::Surname),
    ("We met Anna de Witt. Then de Witt left.", "de Witt", "Anna de Witt", Rule::Surname),
    (
        "They met Ayatollah Ali Khamenei. Ayatollah Khamenei left.",
        "Ayatollah Khamenei",
        "Ali Khamenei",
        Rule::Title,
    ),
    ("It was Łukasz Brandt. No, Lukasz Brandt.", "Lukasz Brandt", "Łukasz Brandt", Rule::Spelling),
    (
        "They sued Corvane Marine Inc. in May. Later Corvane Marine paid.",
        "Corvane Marine Inc.",
        "Corvane Marine",
        Rule::CompanyForm,
    ),
    ("They paid Greyfold Advisory. Then Greyfold closed.", "Greyfold", "Greyfold Advisory", Rule::ShortForm),
    (
        "The US State Department spoke. At the State Department they left.",
        "State Department",
        "US State Department",
        Rule::ShortForm,
    ),
    (
        "The Dreth Autonomy Movement fights. He left the Movement.",
        "Movement",
        "Dreth Autonomy Movement",
        Rule::Head,
    ),
    ("They met George W. Bush. He is George Bush.", "George Bush", "George W. Bush", Rule::Initials),
    (
        "The Republic of Kestria is small. In Kestria it rains.",
        "Republic of Kestria",
        "Kestria",
        Rule::LongForm,
    ),
    ("The United States left. The US stayed.", "US", "United States", Rule::Known),
];

#[test]
fn links_of_own_sentences() {
    let wrong = LINKS.iter().filter_map(|(text, alias, name, rule)| {
        let found = found(&[text]);
        let links = found.entities.iter().flat_map(|c| c.aliases.iter().map(move |a| (c.name.as_str(), a)));
        let of_alias: Vec<(&str, Rule)> =
            links.filter(|(_, a)| a.alias == *alias).map(|(n, a)| (n, a.rule)).collect();
        (of_alias != [(*name, *rule)]).then(|| format!("{text}: {alias} is {of_alias:?}\n"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn an_ambiguous_surname_links_to_nobody_but_its_title_may_tell() {
    let found = found(&["We met Dr. Imke Tarrow and Joss Tarrow. Tarrow left. Dr. Tarrow stayed."]);
    assert_eq!(entity(&found, "Tarrow").name, "Tarrow");
    assert_eq!(entity(&found, "Dr. Tarrow").name, "Imke Tarrow");
}

#[test]
fn documents_agree_on_a_surname_or_it_stays_open() {
    let agreed = ["Alan Smithe spoke. Smithe left.", "They saw Smithe."];
    assert_eq!(entity(&found(&agreed), "Smithe").name, "Alan Smithe");
    let apart = ["Alan Smithe spoke. Smithe left.", "Mary Smithe spoke. Smithe left."];
    assert_eq!(entity(&found(&apart), "Smithe").name, "Smithe");
}

#[test]
fn an_acronym_that_headings_write_as_a_word_is_none() {
    let headings =
        "OIL PRICES FALL AGAIN\n\nThe price of oil fell.\n\nOIL TALKS OPEN IN KIEL\n\nTalks about oil.";
    let body = "It will buy OIL shares. The oil is cheap, they say of oil.";
    assert!(!names(&found(&[headings, body])).contains(&"OIL"));
    // Headings do not tell, or the word is mostly the acronym.
    assert!(names(&found(&[body])).contains(&"OIL"));
    let often =
        "OIL grew. The shares of OIL rose. Ask OIL and OIL's partners, or buy OIL. OIL said OIL had oil.";
    assert!(names(&found(&[headings, body, often])).contains(&"OIL"));
    // A definition tells too.
    let firm = "It will buy Oslo Iron Locks (OIL). The oil is cheap, they say of oil.";
    assert_eq!(entity(&found(&[headings, firm]), "OIL").name, "Oslo Iron Locks");
    // "GDP" is never a word.
    let defined = "The gross domestic product (GDP) rose. The GDP rose.";
    assert!(
        names(&found(&["GDP RISES IN KIEL AGAIN\n\nIt rose.", defined])).contains(&"gross domestic product")
    );
}

#[test]
fn a_town_that_reports_open_with_is_nobody() {
    let somebody = "James Newley sang. Then Newley left.";
    assert_eq!(entity(&found(&[somebody]), "Newley").name, "James Newley");
    let report = "NEWLEY, March 3 - It rained.";
    assert_ne!(entity(&found(&[somebody, report]), "Newley").name, "James Newley");
    assert_ne!(
        entity(&found(&[somebody, "NEWLEY, Ohio, April 12 - It rained."]), "Newley").name,
        "James Newley"
    );
}

#[test]
fn an_article_hides_no_longer_name() {
    let texts =
        ["The Bank of Kestria met. The Bank said it may rain; the Bank is in Ystad. Some asked The Bank."];
    let entities = found(&texts).to_entities(false);
    assert!(entities.iter().all(|e| e.aliases.iter().all(|a| a.text != "The Bank")));
    assert_eq!(entity(&found(&texts), "The Bank").name, entity(&found(&texts), "Bank").name);
}

#[test]
fn the_longest_name_is_not_the_names_within() {
    let found =
        found(&["The Tehrik-i-Taliban Pakistan (TTP) fights Pakistan. The Taliban watch, the TTP waits."]);
    assert_eq!(names(&found), ["Pakistan", "Taliban", "Tehrik-i-Taliban Pakistan"]);
    assert_eq!(entity(&found, "TTP").name, "Tehrik-i-Taliban Pakistan");
    assert_eq!(entity(&found, "Taliban").count(), 1);
}

#[test]
fn demonyms_on_request() {
    let corpus = corpus(&["An Afghan official met two Americans in Oslo."], 1);
    let options = Options { demonyms: true, ..Options::default() };
    let found = discover(&corpus, &options, &Job::new(Some(1))).unwrap();
    assert_eq!(names(&found), ["Afghan", "Americans", "Oslo"]);
}

#[test]
fn hostile_texts_do_not_panic_and_hold_no_name() {
    let long = "A".repeat(100_000);
    let brackets = "(".repeat(50_000);
    let capitals = "Aa ".repeat(50_000);
    for text in
        ["", " ", "\n\n", "'s", "(", ")(", "A", "...", "\u{0}", "\u{FEFF}", "😀 😀", "«»", &long, &brackets]
    {
        let _ = found(&[text]);
    }
    let _ = found(&[&capitals]);
    assert!(found(&[]).entities.is_empty());
}

#[test]
fn pairs_in_plain_text() {
    let mut wrong = Vec::new();
    let table = [
        ("using the polymerase chain reaction (PCR) we", "PCR", "polymerase chain reaction"),
        ("head free (slow balance reflex (SBR)). It", "SBR", "slow balance reflex"),
        ("effects of nitrous oxide (N2O) is", "N2O", "nitrous oxide"),
        ("of deoxyribonucleic acid (DNA).", "DNA", "deoxyribonucleic acid"),
        ("secretes interleukin 2 (IL-2) and", "IL-2", "interleukin 2"),
        ("with tumour necrosis factor-α (TNF-α),", "TNF-α", "tumour necrosis factor-α"),
        ("by the nuclear factor kappa B (NF-κB)", "NF-κB", "nuclear factor kappa B"),
        ("many non-governmental organisations (NGOs) left", "NGOs", "non-governmental organisations"),
        ("the Central Intelligence Agency's (CIA) partner", "CIA", "Central Intelligence Agency"),
        ("the so-called \"Common Reserve Facility\" (CRF) paid", "CRF", "Common Reserve Facility"),
        ("enzyme-linked immunosorbent assay [ELISA] was", "ELISA", "enzyme-linked immunosorbent assay"),
        ("a magnetic resonance imaging (MRI; 3 T) scan", "MRI", "magnetic resonance imaging"),
        ("the blood pressure (or BP) rose", "BP", "blood pressure"),
        ("IMF (International Monetary Fund) austerity", "IMF", "International Monetary Fund"),
        ("the Association of Longshore Labour (ALL) struck", "ALL", "Association of Longshore Labour"),
        (
            "Met by 1-methyl-4-phenyl-tetrahydropyridine (MPTP) is",
            "MPTP",
            "1-methyl-4-phenyl-tetrahydropyridine",
        ),
        ("the c-Jun N-terminal kinase (JNK) was", "JNK", "c-Jun N-terminal kinase"),
        ("delta 9-tetrahydrocannabinol (THC) was", "THC", "delta 9-tetrahydrocannabinol"),
        ("of 6-hydroxydopamine (6-OHDA) in", "6-OHDA", "6-hydroxydopamine"),
        ("the gamma-interferon (IFN-gamma) response", "IFN-gamma", "gamma-interferon"),
        ("deposits of beta-amyloid (A beta) in", "A beta", "beta-amyloid"),
        ("of inositol 1,4,5-trisphosphate (IP3) and", "IP3", "inositol 1,4,5-trisphosphate"),
        ("and sulfur dioxide (SO2) in air", "SO2", "sulfur dioxide"),
        ("a two-dimensional gel (2-DG) shows", "2-DG", "two-dimensional gel"),
        ("the poly(ADP-ribose) polymerase (PARP) cuts", "PARP", "poly(ADP-ribose) polymerase"),
        ("serotonin (5-hydroxytryptamine, 5-HT) is", "5-HT", "5-hydroxytryptamine"),
        ("tumour necrosis factor (TNF or cachectin) was", "TNF", "tumour necrosis factor"),
        ("the residue methionine (Met) was", "Met", "methionine"),
        ("formed from L-arginine (L-Arg) by", "L-Arg", "L-arginine"),
        ("the ACh (acetylcholine) response", "ACh", "acetylcholine"),
        ("caused by Trypanosoma brucei (T. brucei) and", "T. brucei", "Trypanosoma brucei"),
        (
            "with insulin-dependent (type I) diabetes mellitus (IDDM) is",
            "IDDM",
            "insulin-dependent (type I) diabetes mellitus",
        ),
        ("body mass of patients with a high body mass index (BMI)", "BMI", "body mass index"),
        // No long form begins with a small word if it can help it.
        ("of the Organisation of Tin Exporters (OTE) in", "OTE", "Organisation of Tin Exporters"),
        ("due to 2,3-tetrabromobutane (TBB) in", "TBB", "2,3-tetrabromobutane"),
        ("with in vivo imaging (IVI) of", "IVI", "in vivo imaging"),
        ("role of the pre-B cell kinase (BCK) in", "BCK", "pre-B cell kinase"),
        // Figures that stand for no letters.
        ("the gene lantern (LAN3) was", "LAN3", "lantern"),
        ("named KBF2 (for kelp-binding factor) was", "KBF2", "kelp-binding factor"),
        ("Lantern (Lan) and", "Lan", "Lantern"),
        ("by apolipocalin (apo) in", "apo", "apolipocalin"),
        ("of thymectomized (TMX) rats", "TMX", "thymectomized"),
        ("of NPDA (N-phenyl-D-alanine) is", "NPDA", "N-phenyl-D-alanine"),
        ("of cBMP (2',3' cyclic butane monophosphate) is", "cBMP", "2',3' cyclic butane monophosphate"),
        ("the SOL (Short Order Landing) engine", "SOL", "Short Order Landing"),
    ];
    for (text, short, long) in table {
        let found = acronyms(text);
        let pairs: Vec<(&str, &str)> =
            found.iter().map(|p| (&text[p.short.clone()], &text[p.long.clone()])).collect();
        if pairs != [(short, long)] {
            wrong.push(format!("{text}: {pairs:?}\n"));
        }
    }
    for text in [
        "He left (see below).",
        "It grew (3.5 percent).",
        "In 1990 (the year of the vote) they",
        "Australia (Australian dollar)",
        "a dog (n = 5)",
        "Smith (Smith)",
        "free calcium ([Ca2+]i) rose",
        "two groups (PS1)",
        "the patients (PS1) were",
        "Australia (Austr) won",
        "in the dying minutes. \"[I'm] glad",
        "They (the hey) left",
    ] {
        if !acronyms(text).is_empty() {
            wrong.push(format!("{text}: {:?}\n", acronyms(text)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn a_term_in_small_letters_is_a_long_form_and_an_ordinary_plural_is_none() {
    let found = found(&[
        "We gave streptozotocin (STZ) for the certificates (CTs) to patients (pts).",
        "It lowers calcium (CAL) and was given intravenously (iv).",
    ]);
    assert_eq!(names(&found), ["CTs", "calcium", "intravenously", "streptozotocin"]);
    assert_eq!(entity(&found, "STZ").name, "streptozotocin");
}

#[test]
fn a_plural_that_the_text_defines_keeps_its_long_form() {
    let text = "Broad leaf filters (BLFs) are new. A BLF is cheap, one BLF lasts, no BLF breaks.";
    let found = found(&[text]);
    let filters = entity(&found, "BLF");
    assert_eq!(filters.name, "Broad leaf filters");
    let rule = |alias: &str| filters.aliases.iter().find(|a| a.alias == alias).map(|a| a.rule);
    assert_eq!((rule("BLFs"), rule("BLF")), (Some(Rule::Acronym), Some(Rule::Plural)));
}

#[test]
fn a_text_that_defines_an_acronym_twice_keeps_the_first_meaning() {
    let text = "The Coal Trade Fund (CTF) paid. The Copper Trust Foundation (CTF) did not. The CTF closed.";
    assert_eq!(entity(&found(&[text]), "CTF").name, "Coal Trade Fund");
}

#[test]
fn a_gazetteer_is_made_and_the_table_has_one_row_an_alias() {
    let text = "They met Prime Minister Ilse Varga. Ms. Varga left Oslo. Varga wrote to the World Trade Organisation (WTO).";
    let corpus = corpus(&[text], 1);
    let found = discover(&corpus, &Options::default(), &Job::new(None)).unwrap();
    for (titles, expected) in [(false, "Varga"), (true, "Ms. Varga")] {
        let gazetteer =
            Gazetteer::new(found.to_entities(titles), CasePolicy::Smart, Overlap::Longest).unwrap();
        let spans = mentions(&corpus, &gazetteer, &Job::new(None)).unwrap();
        assert!(spans.iter().any(|m| &text[m.start..m.end] == expected), "{titles}");
        let varga = gazetteer.find("Ilse Varga").unwrap();
        assert_eq!(spans.iter().filter(|m| m.entity == varga).count(), 3);
    }
    let table = verbs::discover::table(&corpus, &found).unwrap();
    let columns: Vec<&str> = table.columns().iter().map(|(n, _)| n.as_str()).collect();
    assert_eq!(columns, ["canonical", "alias", "type", "rule", "count", "documents", "examples"]);
    assert_eq!(table.len(), found.entities.iter().map(|c| c.aliases.len()).sum::<usize>());
    let example = entity(&found, "WTO").aliases.iter().flat_map(|a| &a.examples).next().unwrap();
    assert!(snippet(&corpus, example).contains("Varga wrote to the World Trade Organisation (WTO)."));
}

/// A corpus of many documents with names that recur.
fn many() -> Vec<String> {
    let who = ["Asim Munir", "Ilse Varga", "Hedda Quill", "Otmar Dravik"];
    let line = |i: usize| {
        let (a, b) = (who[i % 4], who[(i / 4) % 4]);
        format!(
            "President {a} of Ystad met {b} near Kiel in {i}. Later the Harbour Trade Office (HTO) wrote to {}.",
            &b[b.len() - 5..]
        )
    };
    (0..4000)
        .map(|i| format!("{} {}", line(i), "the rest of it is of no interest here. ".repeat(3)))
        .collect()
}

#[test]
fn threads_do_not_show() {
    let texts = many();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let one = discover(&corpus(&texts, 1), &Options::default(), &Job::new(Some(1))).unwrap();
    for threads in [2, 5] {
        let several =
            discover(&corpus(&texts, threads), &Options::default(), &Job::new(Some(threads))).unwrap();
        assert_eq!(one, several, "{threads}");
    }
}

fn shared(path: &str) -> Option<String> {
    let root = std::env::var_os("LEXMILL_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let text = std::fs::read_to_string(root.join(path)).ok();
    if text.is_none() {
        eprintln!("skipped: no {path} in {}", root.display());
    }
    text
}

#[test]
fn the_news_article() {
    let Some(article) = shared("data/news_article.txt") else { return };
    for text in [article.clone(), article.replace('\'', "\u{2019}")] {
        let corpus = corpus(&[&text], 1);
        let found = discover(&corpus, &Options::default(), &Job::new(Some(1))).unwrap();
        for (alias, name) in [
            ("TTP", "Tehrik-i-Taliban Pakistan"),
            ("IMF", "International Monetary Fund"),
            ("CIA", "Central Intelligence Agency"),
            ("Trump", "Donald Trump"),
            ("Munir", "Asim Munir"),
            ("US", "United States"),
            ("Taliban", "Taliban"),
            ("Pakistan", "Pakistan"),
        ] {
            assert_eq!(entity(&found, alias).name, name);
        }
        for junk in [
            "Most",
            "All",
            "Toward",
            "Sunday",
            "Even",
            "Under",
            "While",
            "Frictions",
            "Military",
            "Afghan",
            "Last",
            "However",
        ] {
            assert!(!names(&found).contains(&junk), "{junk}");
        }
        let gazetteer =
            Gazetteer::new(found.to_entities(false), CasePolicy::Smart, Overlap::Longest).unwrap();
        let ours = mentions(&corpus, &gazetteer, &Job::new(None)).unwrap();
        let gold = gold(&corpus);
        let exact = gold.iter().filter(|g| ours.iter().any(|m| (m.start, m.end) == (g.start, g.end))).count();
        let overlapping =
            gold.iter().filter(|g| ours.iter().any(|m| m.start < g.end && g.start < m.end)).count();
        let f1 = 2.0 * exact as f64 / (gold.len() + ours.len()) as f64;
        assert!(
            overlapping * 100 >= gold.len() * 98 && f1 >= 0.94,
            "{overlapping} of {}, exact F1 {f1}",
            gold.len()
        );
    }
}

/// The mentions of the hand-made gazetteer, demonyms apart.
fn gold(corpus: &Corpus) -> Vec<std::ops::Range<usize>> {
    let data: serde_json::Value = serde_json::from_str(include_str!("../data/news_gazetteer.json")).unwrap();
    let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
    let alias = |v: &serde_json::Value| lexmill::entities::Alias { text: text(&v["surface"]), case: None };
    let entity = |(name, v): (&String, &serde_json::Value)| lexmill::entities::Entity {
        name: name.clone(),
        kind: None,
        aliases: v["aliases"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|a| a["kind"] != "demonym")
            .map(alias)
            .collect(),
    };
    let entities = data["entities"].as_object().unwrap().iter().map(entity).collect();
    let gazetteer = Gazetteer::new(entities, CasePolicy::Smart, Overlap::Longest).unwrap();
    let found = mentions(corpus, &gazetteer, &Job::new(None)).unwrap();
    found.iter().map(|m| m.start..m.end).collect()
}
