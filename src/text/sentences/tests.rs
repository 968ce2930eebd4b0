//! Cases of our own, one line each: `language: sentence | sentence`. A `~` stands for a line feed.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::*;

fn splitter(language: &str) -> Splitter {
    Splitter::new(&Options { language: language.into(), ..Options::default() }).unwrap()
}

fn check(cases: &[&str]) {
    let mut wrong = String::new();
    for case in cases {
        let (language, rest) = case.split_once(": ").unwrap();
        let rest = rest.replace('~', "\n");
        // `|` marks an end within white space, `¦` one with no white space at all.
        let text = rest.replace(" | ", " ").replace("\n| ", "\n").replace('¦', "");
        let expected: Vec<String> =
            rest.replace(" | ", "¦").replace("\n| ", "¦").split('¦').map(|s| s.trim().to_string()).collect();
        let found: Vec<String> =
            splitter(language).split(&text).iter().map(|s| text[s.start..s.end].to_string()).collect();
        if found != expected {
            wrong.push_str(&format!("{language}\n  expected {expected:?}\n  found    {found:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn english_abbreviations_titles_and_initials() {
    check(&[
        "en: Dr. Amy Wong met Gen. Smith at noon. | They spoke.",
        "en: Mrs. T. S. Hall and J. R. R. Miller came. | Nobody else did.",
        "en: We met George W. Bush. | He waved.",
        "en: She works for Acme Inc. in Ohio.",
        "en: She works for Acme Inc. | It pays well.",
        "en: He lives in the U.S. | He likes it there.",
        "en: The U.S. Army arrived in the U.K. yesterday.",
        "en: We open at 9 a.m. and close at 5 p.m. | The shop is small.",
        "en: At 7 p.m. Mrs. Lee left the office in town.",
        "en: Bring pens, paper, etc. to class. | Bring water, etc. | Then sit down.",
        "en: See Fig. 3 and p. 12, vol. II, for details. | No. 5 is missing.",
        "en: I said no. | Then I left.",
        "en: He was born on Jan. 5, 1990, e.g. in winter, i.e. long ago.",
        "en: Smith v. Jones was decided. | It was in Mass. | The court agreed.",
        "en: It was vitamin C. | The doctor was sure.",
        "en: Ask Sam and I. | Do you agree?",
        "en: Martin Luther King Jr. spoke. | Sammy Davis Jr.'s song played.",
        "en: She moved to 12 Oak St. in May. | Then to Elm St. | The move was hard.",
        "en: Come at 5 p.m. Monday or 6 p.m. EST on Tuesday. | Bring 3 mil. dollars.",
        "en: As she didn't. | Anna wasn't sure, cf. Lee, op. cit. p. 4. | Say no. | Never.",
        "en: The Ph.D. student met a Ph.D. | She was early.",
    ]);
}

#[test]
fn numbers_addresses_and_files_are_not_split() {
    check(&[
        "en: Version 2.10.3 costs $3.50. | It is in setup.py now.",
        "en: Write to a.b@c.org or see https://x.org/a.b?c=d.e!f today. | Thanks.",
        "en: It rose by 3.5 percent in 2023. | Next year it fell.",
        "en: We live at www.example.com. | Come by.",
        "en: There were 40. | 50 more came later.",
    ]);
}

#[test]
fn quotes_and_brackets_close_with_their_sentence() {
    check(&[
        "en: \"Stop!\" he said. | \"Go now.\" | Nobody moved.",
        "en: \"Stop!\" John said. | \"Why?\" | Mary left.",
        "en: She said, \"It is over.\" | We agreed.",
        "en: He left. | (He was tired.) | She stayed (it was late.) and slept.",
        "en: \u{201c}It is late.\u{201d} | \u{201c}I know.\u{201d}",
        "en: This was shown.[1][2] | That was not.[3] | Nor this.",
        "en: So he wrote \"It [...] was late.\" (Hall 12). | We know.",
        "en: Great job!!! :-) | See you. 🙂 | Bye.",
        "en: Did he say \"no\"? | He did.",
    ]);
}

#[test]
fn marks_and_ellipses() {
    check(&[
        "en: What?! | No way!! | Yes.",
        "en: She works at Yahoo! in sales. | I saw Jeopardy! last night.",
        "en: Well... maybe. | Wait... | Then he left.",
        "en: Wait\u{2026} what? | And so on\u{2026} | Fine.",
        "en: It was . . . fine. | He went away. | . . . Next came she.",
        "en: one thing. | another thing. | and so on?",
        "en: Is it (really?) true? | Yes.",
    ]);
}

#[test]
fn numbers_of_any_length_are_read() {
    for number in ["1.2", "1.999", "1.4294967295", "2.99999999999", "1.2.3.4.5.6.7.8.9.10.11.12"] {
        let text = format!("{number}. Wash it\n{number}. Dry it");
        let split = splitter("en").split(&text);
        assert_eq!(split.last().map(|s| s.end), Some(text.len()), "{text}");
    }
}

#[test]
fn lists_headings_and_lines() {
    check(&[
        "en: 1. Wash it | 2. Dry it | 3. Fold it",
        "en: a) Wash it. | b) Dry it.",
        "en: • Wash it | • Dry it",
        "en: Shopping:~| - Milk~| - Bread and butter~| - Eggs",
        "en: Things to buy~| - milk~| - bread",
        "en: # Title~| Text begins here. | It goes on.",
        "en: A Short Heading~~| The text begins here and goes on~in the next line. | It ends.",
        "en: BREAKING NEWS~| RIVER FLOODS TOWN~| Hundreds of people had to leave their homes on Sunday night.",
        "en: Jane Doe  ~| 4 May 2024~~| It rained.",
        "en: Long lines of prose are often wrapped at a fixed width, so that the name of Anna~Berg may be broken across two of them. | That is no end.",
        "en: Dear Anna,~| Thank you for your letter.~~| Best regards,~| Tom",
    ]);
}

#[test]
fn other_languages() {
    check(&[
        "de: Das ist z. B. am 12. Juni im 19. Jahrhundert so. | Dr. Weber kam um 5 Uhr. | Es war ca. 3 km weit.",
        "de: „Komm!“, rief er. | „Nein.“ | Sie blieb, d. h. sie ging nicht. | Das war 1990. | Dann kam er.",
        "fr: M. Dupont est là. | Il habite au n° 5, av. Foch. | « Viens ! » dit-il. | Oui.",
        "es: ¿Cómo está el Sr. Pérez? | ¡Bien! | La Dra. Gil llegó a las 5 p.m. | Ella vive en EE.UU. | El viaje fue largo.",
        "it: Il Sig. Rossi e la Sig.ra Bianchi sono qui. | L'Ing. Verdi no. | La casa è a pag. 5.",
        "pt: O Sr. Silva chegou. | A Dra. Souza mora na Av. Brasil. | Custa 3.500,00 reais.",
        "nl: Dhr. Jansen woont bijv. in Utrecht. | Hij kwam om 5 uur. | Dat is d.w.z. laat.",
        "pl: Prof. Nowak mieszka przy ul. Długiej, tj. w centrum. | Był tam 3. maja. | To prawda.",
        "ru: А. С. Пушкин родился в 1799 г. в Москве. | Он писал, т.е. творил, и т.д. | «Где ты?» — спросил он. | Дом на ул. Ленина.",
        "sv: Dr. Ek bor t.ex. i Lund. | Han kom kl. 5. | Det var sent.",
        "da: Hr. Holm kom den 3. maj. | Det var f.eks. en mandag.",
        "tr: Prof. Kaya 3. katta oturuyor. | Bu doğru.",
        "el: Τι είναι αυτό; | Ο κ. Παππάς ήρθε, π.χ. χθες. | Ναι.",
        "zh: 你好。¦我叫小明！¦你呢？¦“好吗？”他问。¦她读了《来吧！孩子》这本书。",
        "ja: 猫です。¦「はい。」と言った。¦「行くよ！早く！」と彼は叫んだ。",
        "ar: هل أنت بخير؟ | نعم. | وصل د. أحمد أمس.",
        "fa: حال شما چطور است؟ | خوبم. | ممنون!",
        "ur: یہ جملہ ہے۔ | دوسرا۔",
        "hi: यह एक है। | डॉ. राम आए। | ठीक है?",
        "mr: डॉ. जोशी आले. | ते गेले.",
        "hy: Սա առաջինն է։ | Սա երկրորդն է: | Վերջ։",
        "my: ဒါက တစ်ခု။ | နောက်တစ်ခု။",
        "am: ሰላም ነው። | ደህና ነህ፧¦አዎ።",
        "am: ሰላም ነው፡፡ | ደህና ነኝ፡፡",
        "zh: 今天的新闻~| 昨天晚上北京下了一场大雨，很多人没有带伞。¦他们都淋湿了。",
        "kk: Ол 1990 ж. туған. | Бұл рас.",
        "bg: Той е роден през 1990 г. в София. | Проф. Иванов живее на ул. Раковски.",
        "de: Er wohnt in der Bahnhofstr. 5. | Dort ist es ruhig.",
        "es: Lea la pág. 5, párr. 3 del art. 4. | Luego firme.",
        "ru: Платон жил до н. э. | Он учил. | Длина 5 м. | Ширина 3 м.",
        "hy: Խնդիրը սա է. Երևանում ջուր չկա։ | Վատ է:",
        "hi: \"क्या तुम आओगे?\" उसने पूछा। | हाँ।",
        "mr: \"तू येशील का?\" तिने विचारले. | हो.",
        "zh: 《你好吗？》是一本书。¦我读过。",
        "kk: Газет сөресі («Дала», 2021 ж. № 12). | Бұл жаңа сан.",
        "nl: Het was laat. | 's Avonds regende het. | 't Was koud. | Zo was het.",
        "ko: \"갈래?\" 그녀가 물었다. | 그래.",
        "he: \"אתה בא?\" שאלה דנה. | כן.",
        "ar: «هل تأتي؟» سأل أحمد. | «نعم.» | ذهب الرجل.",
        "fa: «می‌آیی؟» او پرسید. | بله.",
        "ar: أحمد: مرحبا يا سارة~| سارة: أهلا بك~| أحمد: كيف الحال في المدرسة اليوم",
        "fa: نام: رضا~| محل تولد: تهران",
        "en: anna: hello there~| bob: hi anna, how are you",
        "en: He had one rule: never sleep before the work is done, and so he~told: no one must know of it.",
        "zh: 今天要做：~| 一、买菜~| 二、做饭~| 十一、洗碗",
        "ko: 안녕하세요. | 반갑습니다. | 그럴 것. | 네.",
    ]);
}

#[test]
fn languages_and_kinds_of_text() {
    let cases = include_str!("cases.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    check(&cases.collect::<Vec<_>>());
}

#[test]
fn a_bar_is_a_danda_behind_a_letter_of_india_and_not_in_a_table() {
    let count = |text: &str| splitter("hi").split(text).len();
    assert_eq!(count("यह पहला है | यह दूसरा है| यह तीसरा है|"), 3);
    assert_eq!(count("| नाम | उम्र |"), 1);
    assert_eq!(count("a | b | c"), 1);
}

#[test]
fn a_smiley_ends_a_sentence_before_a_capital() {
    check(&[
        "en: I love it :) | The staff is great ;-) | Thanks",
        "en: I love it :) and you (see below :-)) do too.",
        "en: Sizes :D and :P are drives. | Fine.",
        "en: Thanks, I will.",
        "en: Many thanks, | Anna Berg",
    ]);
}

#[test]
fn every_line_break_counts() {
    for text in ["One.\r\nTwo.\r\n\r\nThree.", "One.\u{85}Two.\u{2029}Three.", "One.\u{b}Two.\u{c}Three."] {
        let found: Vec<(&str, bool)> =
            splitter("en").split(text).iter().map(|s| (&text[s.start..s.end], s.paragraph)).collect();
        assert_eq!(found, [("One.", false), ("Two.", true), ("Three.", true)], "{text:?}");
    }
}

#[test]
fn repair_joins_what_a_page_break_tore() {
    let text = "The ministers signed a treaty with the\n\nFrench Republic in May.\n\nIt held for ten years and then\n\nbroke down. Heading\n\nlist item";
    let options = Options { repair_breaks: true, ..Options::default() };
    let found: Vec<&str> =
        Splitter::new(&options).unwrap().split(text).iter().map(|s| &text[s.start..s.end]).collect();
    assert_eq!(
        found,
        [
            "The ministers signed a treaty with the\n\nFrench Republic in May.",
            "It held for ten years and then\n\nbroke down.",
            "Heading",
            "list item"
        ]
    );
    assert_eq!(splitter("en").split(text).len(), 6);
}

#[test]
fn the_policy_for_line_breaks_is_kept() {
    let text = "One line\nAnother line\nand a third one.";
    let count = |line_breaks| {
        let options = Options { line_breaks, ..Options::default() };
        Splitter::new(&options).unwrap().split(text).len()
    };
    assert_eq!(count(LineBreaks::Space), 1);
    assert_eq!(count(LineBreaks::Auto), 2);
    assert_eq!(count(LineBreaks::End), 3);
    assert!(LineBreaks::NAMES.iter().all(|n| LineBreaks::from_name(n).is_ok()));
    assert!(LineBreaks::from_name("soft").is_err());
}

#[test]
fn users_add_abbreviations() {
    let text = "Siehe Lfd. Nummer. Oder Abt. Neu.";
    let options = Options { abbreviations: vec!["Lfd.".into(), "abt".into()], ..Options::default() };
    assert_eq!(Splitter::new(&options).unwrap().split(text).len(), 2);
    assert_eq!(splitter("en").split(text).len(), 4);
}

#[test]
fn unknown_languages_are_an_error_with_a_hint() {
    let e = Splitter::new(&Options { language: "eng".into(), ..Options::default() }).unwrap_err();
    assert!(e.message().starts_with("language=\"eng\" is unknown. Did you mean \"en\"?"), "{e}");
    for code in languages() {
        splitter(code);
    }
    splitter("en-GB");
    splitter("pt_BR");
}

#[test]
fn every_rule_has_a_name_and_a_reason() {
    let mut names: Vec<&str> = Rule::ALL.iter().map(|r| r.name()).collect();
    assert!(Rule::ALL.iter().all(|r| r.why().ends_with('.')));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Rule::ALL.len());
}

#[test]
fn explain_names_boundaries_and_near_misses() {
    let text = "Dr. Li came. He saw 3.5 of them";
    let told: Vec<(usize, bool, &str)> =
        splitter("en").explain(text).iter().map(|d| (d.offset, d.is_boundary, d.rule.name())).collect();
    assert_eq!(
        told,
        [(3, false, "title"), (12, true, "full_stop"), (22, false, "inside"), (31, true, "text_end"),]
    );
}

#[test]
fn paragraphs_are_marked() {
    let ends: Vec<bool> =
        splitter("en").split("Title\n\nOne. Two.\n\nThree.").iter().map(|s| s.paragraph).collect();
    assert_eq!(ends, [true, false, true, true]);
}

#[test]
fn a_byte_order_mark_and_white_space_are_no_sentence() {
    for text in ["", " \t\n\u{a0}\u{2003}\u{3000}", "\u{feff}", "\u{feff} \r\n"] {
        assert_eq!(splitter("en").split(text), [], "{text:?}");
    }
    assert_eq!(splitter("en").split("\u{feff}Hi there.")[0].start, 3);
}

/// Whatever the text: ordered, disjoint, not empty, and only white space between.
fn check_tiling(text: &str, splitter: &Splitter) {
    let mut end = if text.starts_with('\u{feff}') { 3 } else { 0 };
    for s in splitter.split(text) {
        assert!(s.start < s.end && s.start >= end, "{text:?} {s:?}");
        assert!(text[end..s.start].chars().all(chars::is_space), "{text:?} {s:?}");
        let inner = &text[s.start..s.end];
        assert!(!inner.starts_with(chars::is_space) && !inner.ends_with(chars::is_space), "{text:?} {s:?}");
        end = s.end;
    }
    assert!(text[end..].chars().all(chars::is_space), "{text:?}");
}

const AWKWARD: &[&str] = &[
    ".",
    ".",
    "!",
    "?",
    "...",
    ". . .",
    "…",
    "。",
    "！",
    "؟",
    "।",
    "։",
    ":",
    ";",
    ",",
    ")",
    "(",
    "[1]",
    "]",
    "\"",
    "'",
    "’",
    "“",
    "”",
    "«",
    "»",
    "「",
    "」",
    "《",
    "》",
    " ",
    " ",
    " ",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{b}",
    "\u{c}",
    "\u{a0}",
    "\u{feff}",
    "\u{200b}",
    "\u{0}",
    "a",
    "I",
    "A",
    "Dr",
    "etc",
    "U.S",
    "p.m",
    "No",
    "1",
    "12",
    "2",
    "a)",
    "1)",
    "•",
    "-",
    "—",
    "***",
    "=====",
    "*",
    "_",
    "#",
    "é",
    "ß",
    "İ",
    "Я",
    "т",
    "Ա",
    "ա",
    "α",
    "中",
    "は",
    "한",
    "ا",
    "अ",
    "\u{301}",
    "\u{200d}",
    "👩‍👧",
    "🇫🇷",
    "\u{10fffd}",
    "09/10/2001",
    "10:30",
    "AM",
    "Regards,",
    "Dear",
    "http://a.b/c?d",
    ":-)",
    "said",
    "The",
];

#[test]
fn any_text_is_tiled() {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = move |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let options = |language: &str, repair_breaks, line_breaks| {
        Splitter::new(&Options {
            language: language.into(),
            repair_breaks,
            line_breaks,
            ..Options::default()
        })
        .unwrap()
    };
    let splitters = [
        options("en", false, LineBreaks::Auto),
        options("de", true, LineBreaks::End),
        options("ja", true, LineBreaks::Space),
        options("ru", true, LineBreaks::Auto),
    ];
    for round in 0..20_000 {
        let mut text = String::new();
        for _ in 0..random(14) {
            text.push_str(AWKWARD[random(AWKWARD.len())]);
            if random(3) == 0 {
                text.push(' ');
            }
        }
        check_tiling(&text, &splitters[round % splitters.len()]);
        splitters[round % splitters.len()].explain(&text);
    }
}

/// Hears every decision, none of them made at a glance.
struct Slow<'a>(All<'a>);

impl Sink for Slow<'_> {
    const AT_A_GLANCE: bool = false;

    fn end(&mut self, sentence: Sentence) {
        self.0.end(sentence);
    }

    fn near(&mut self, offset: usize, rule: Rule) {
        self.0.near(offset, rule);
    }
}

#[test]
fn what_is_decided_at_a_glance_is_what_the_rules_decide() {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    // Words that end as abbreviations do, among others, and stops of every frequent kind.
    let words = "house Street assn Dept dept Hauptstr xstr Prof prof 4prof o'clock isn't II mittwoch U.S.corp \
                 a.bcde éabcd abcé ABCD ABcd corp Corp approx capt xcapt wolf it I x 3 12 1990 ( \" ' [ 1. a) •";
    let words: Vec<&str> = words.split_whitespace().chain(AWKWARD.iter().copied()).collect();
    let stops =
        [". ", ". ", ".", ".\n\n", ".\n", ".\n\n\n", ". \n\n", ".\r\n", ".\" ", ". \"", ". '", ". (", " "];
    for code in languages() {
        for repair_breaks in [false, true] {
            let abbreviations = vec!["wolf".to_owned(), "Abc".to_owned()];
            let options =
                Options { language: (*code).into(), abbreviations, repair_breaks, ..Options::default() };
            let splitter = Splitter::new(&options).unwrap();
            for _ in 0..600 {
                let mut text = String::new();
                for _ in 0..random(16) {
                    text.push_str(words[random(words.len())]);
                    text.push_str(stops[random(stops.len())]);
                }
                let mut slow = Vec::new();
                splitter.run(&text, Slow(All(&mut slow, &mut || true)));
                let mut fast = Vec::new();
                splitter.run(&text, All(&mut fast, &mut || true));
                assert_eq!(fast, slow, "{code} {text:?}");
            }
        }
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    let patterns: &[(&str, &str)] = &[
        ("a.", " "),
        ("a.", "("),
        ("a.", ")"),
        ("a.", "\""),
        ("a. ", "\""),
        ("", "."),
        ("", ". "),
        ("", "a."),
        ("", "a. "),
        ("", "A. "),
        ("", "A."),
        ("", "!?"),
        ("", "…"),
        ("", "\n"),
        ("", "\r\n"),
        ("", "a\n"),
        ("a", " \n "),
        ("", "*"),
        ("", "-"),
        ("", "** "),
        ("", "=== "),
        ("", "1) "),
        ("", "1. "),
        ("", "• "),
        ("", "[1]"),
        ("a.", "[1]"),
        ("", ".[1"),
        ("", ". ."),
        ("a.", "\u{a0}"),
        ("a.", "\u{3000}"),
        ("", "。"),
        ("", "。」"),
        ("", "「。"),
        ("a.", "”"),
        ("a.", "👍"),
        ("a. ", "👍"),
        ("", "Dr. "),
        ("", "x"),
        ("", "é"),
        ("", "a: "),
        ("", "1:2 "),
        ("", "Hi, "),
        ("", "Regards, "),
        ("a.", "*"),
        ("", "z. B. "),
        ("", ". ... "),
        ("", "\u{2028}"),
        ("", "\u{c}"),
        ("", "a.\n\n"),
        ("", "\" "),
        ("", ". ) "),
        ("", "?a"),
        ("", "¿"),
        ("", "09/10/2001 10:30 AM "),
        ("", "a; b? c; "),
        ("", "# a\n"),
        ("", "- a\n"),
        ("", "A\n"),
        ("", "the\n\n"),
    ];
    let splitter = Splitter::new(&Options { repair_breaks: true, ..Options::default() }).unwrap();
    for (head, unit) in patterns {
        let texts = [1 << 13, 1 << 16].map(|bytes| format!("{head}{}", unit.repeat(bytes / unit.len())));
        let mut least = [Duration::MAX; 2];
        // Twice the text may take two and a half times as long, eight times the text the cube of that; quadratic
        // work would take 64 times. Each length is as fast as in its best run: a busy machine gets many, and the texts
        // are short enough to be read in one turn.
        let linear = (0..100).any(|turn| {
            for (text, least) in texts.iter().zip(&mut least) {
                let begin = cpu_time();
                splitter.for_each(text, |s| {
                    let _ = std::hint::black_box(s);
                });
                *least = cpu_time().saturating_sub(begin).min(*least);
            }
            let [small, large] = least.map(|t| t.as_secs_f64());
            turn >= 2 && large < small.max(5e-5) * 2.5_f64.powi(3)
        });
        assert!(linear, "not linear: {head:?} + {unit:?}, {least:?}");
    }
}

/// The processor time of this thread where the system tells it, else the time of day.
fn cpu_time() -> Duration {
    // The system brings its account up to date when a thread lets others go first.
    std::thread::yield_now();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = told.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok());
    spent.map_or_else(
        || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default(),
        Duration::from_nanos,
    )
}
