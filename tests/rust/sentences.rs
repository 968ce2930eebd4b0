//! Sentence segmentation against hand gold that nobody in this project wrote. The data are not part
//! of the repository; without them (`LEXMILL_SHARED`, or `../shared` beside it) the tests say so and pass.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lexmill::corpus::{Reader, Texts, Tokens, build};
use lexmill::parallel::Job;
use lexmill::text::sentences::{Options, Splitter};
use lexmill::verbs::boundaries;
use lexmill::verbs::sentences::{self, Shown};
use serde_json::Value;

fn shared(file: &str) -> Option<String> {
    let root = std::env::var_os("LEXMILL_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    fs::read_to_string(root.join(file)).ok()
}

fn splitter(repair_breaks: bool) -> Splitter {
    Splitter::new(&Options { repair_breaks, ..Options::default() }).expect("English has data")
}

/// Spans in code points, as the gold has them.
fn spans(splitter: &Splitter, text: &str) -> Vec<(u64, u64)> {
    let (mut byte, mut point) = (0, 0);
    let mut to_point = |to: usize| {
        point += text[byte..to].chars().count() as u64;
        byte = to;
        point
    };
    splitter.split(text).iter().map(|s| (to_point(s.start), to_point(s.end))).collect()
}

fn pairs(value: &Value) -> Vec<(u64, u64)> {
    let pair = |p: &Value| Some((p.get(0)?.as_u64()?, p.get(1)?.as_u64()?));
    value.as_array().into_iter().flatten().filter_map(pair).collect()
}

fn records(lines: &str) -> Vec<Value> {
    lines.lines().map(|l| serde_json::from_str(l).expect("a JSON record a line")).collect()
}

/// Exact span F1 in per cent: each paragraph given separately, and whole documents.
fn scores(file: &str) -> Option<(f64, f64)> {
    let data = shared(file)?;
    let splitter = splitter(false);
    let (mut apart, mut whole, mut found, mut found_whole, mut gold) = (0, 0, 0, 0, 0);
    for record in records(&data) {
        let text = record["text"].as_str().expect("text");
        let points: Vec<char> = text.chars().collect();
        let expected: HashSet<(u64, u64)> = pairs(&record["sents"]).into_iter().collect();
        gold += expected.len();
        for (from, to) in pairs(&record["pars"]) {
            let paragraph: String = points[from as usize..to as usize].iter().collect();
            let own = spans(&splitter, &paragraph);
            found += own.len();
            apart += own.iter().filter(|(s, e)| expected.contains(&(s + from, e + from))).count();
        }
        let own = spans(&splitter, text);
        found_whole += own.len();
        whole += own.iter().filter(|s| expected.contains(s)).count();
    }
    let f1 = |right: usize, found: usize| 200.0 * right as f64 / (found + gold) as f64;
    Some((f1(apart, found), f1(whole, found_whole)))
}

#[test]
fn gold_texts() {
    for (file, goal) in [("ewt_dev", 89.0), ("gum_voyage", 98.0), ("gum_court", 99.0)] {
        let Some((apart, whole)) = scores(&format!("oracles/sentences/{file}.jsonl")) else {
            println!("skipped: {file} is not here");
            continue;
        };
        println!("{file}: F1 {apart:.2} by paragraph, {whole:.2} by document");
        assert!(apart >= goal, "{file}: {apart:.2} < {goal}");
        assert!(whole >= apart - 1.0, "{file}: {whole:.2} with whole documents, {apart:.2} without");
    }
}

#[test]
fn golden_rules_of_english() {
    let Some(data) = shared("oracles/sentences/golden_en_48.jsonl") else {
        println!("skipped: golden_en_48 is not here");
        return;
    };
    let splitter = splitter(false);
    let right = records(&data)
        .iter()
        .filter(|r| spans(&splitter, r["text"].as_str().expect("text")) == pairs(&r["spans"]))
        .count();
    println!("golden rules: {right} of 48");
    assert!(right >= 47, "{right} of 48");
}

#[test]
fn the_news_article_strict_and_repaired() {
    let (Some(text), Some(gold)) = (shared("data/news_article.txt"), shared("oracles/seed/sentences.json"))
    else {
        println!("skipped: the news article is not here");
        return;
    };
    let gold: Value = serde_json::from_str(&gold).expect("JSON");
    for (key, repair) in [("strict", false), ("repaired", true)] {
        let bytes =
            Value::Array(gold[key].as_array().expect("list").iter().map(|s| s["byte"].clone()).collect());
        let found: Vec<(u64, u64)> =
            splitter(repair).split(&text).iter().map(|s| (s.start as u64, s.end as u64)).collect();
        assert_eq!(found, pairs(&bytes), "{key}");
    }
}

/// Curly quotation marks, CR LF and hard-wrapped lines change nothing.
#[test]
fn the_news_article_in_other_clothes() {
    let Some(text) = shared("data/news_article.txt") else {
        println!("skipped: the news article is not here");
        return;
    };
    let curly: String = text
        .char_indices()
        .map(|(i, c)| match (c, text[i + c.len_utf8()..].starts_with(char::is_alphanumeric)) {
            ('\'', _) => '\u{2019}',
            ('"', true) => '\u{201c}',
            ('"', false) => '\u{201d}',
            _ => c,
        })
        .collect();
    let mut wrapped = String::new();
    for paragraph in text.split("\n\n") {
        let mut column = 0;
        for word in paragraph.split(' ') {
            let long = paragraph.len() > 100 && column + word.len() > 72;
            wrapped.push(if column > 0 && long { '\n' } else { ' ' });
            column = if long { 0 } else { column } + word.len() + 1;
            wrapped.push_str(word);
        }
        wrapped.push_str("\n\n");
    }
    let splitter = splitter(false);
    let words = |text: &str| -> Vec<usize> {
        let sentences = splitter.split(text);
        sentences.iter().map(|s| text[s.start..s.end].split_whitespace().count()).collect()
    };
    let expected = words(&text);
    for (name, other) in [("curly", &curly), ("CR LF", &text.replace('\n', "\r\n")), ("wrapped", &wrapped)] {
        assert_eq!(words(other), expected, "{name}");
    }
}

#[test]
fn naughty_strings_are_tiled() {
    let Some(data) = shared("oracles/naughty/blns.json") else {
        println!("skipped: blns is not here");
        return;
    };
    let strings: Value = serde_json::from_str(&data).expect("JSON");
    let splitter = splitter(true);
    for text in strings.as_array().into_iter().flatten().filter_map(Value::as_str) {
        let mut end = 0;
        for s in splitter.split(text) {
            assert!(s.start >= end && s.end > s.start, "{text:?}");
            let between = text[end..s.start].trim_start_matches('\u{feff}');
            assert!(between.trim().is_empty() || between.trim().chars().all(char::is_control), "{text:?}");
            end = s.end;
        }
    }
}

/// Twice the text may take two and a half times as long, eight times the text the cube of that; quadratic work
/// would take 64 times. Each length is as fast as in its best run, of which a busy machine gets many.
#[test]
fn tables_of_hostile_texts_take_linear_time() {
    let units = [
        ". ",
        "(",
        "a.)",
        "\"",
        ".\u{201d}",
        "\u{201c}\u{2018}a.\u{2019}\u{201d} ",
        ".",
        "a.",
        "A. B. ",
        "A.B.",
        ". . . ",
        "\u{2026} ",
        "a...b ",
        "\n",
        "\r\n",
        "a\n",
        "a.\n\n",
        "1.2.3. ",
        "3.14 ",
        "http://a.b/c?d=e.f ",
        "a.b@c.de ",
        "。",
        "「。」",
        "我爱你。",
        "e\u{301}\u{302}. ",
        "\u{301}",
        "a\u{200d}",
        "👩\u{200d}👧. ",
        ".[1]",
        ".[1",
        "1. a ",
        "• ",
        "- ",
        "a-",
        "-",
        "a-b-c ",
        "* ",
        "Dr. ",
        "z. B. ",
        ".:-) ",
        "a; b? ",
        "09/10/2001 10:30 AM ",
        "x",
        " ",
        "\u{a0}",
        "א. ",
        "م؟ ",
        "क।",
        "กขค ",
        "ա: ",
        "α; ",
        "# a\n",
        "Dear A,\n",
        "AB ",
        "a'",
    ];
    let reader = Arc::new(Reader::new(Tokens::default(), &Options::default()).expect("English has data"));
    let time = |text: &str| {
        let texts = Texts::new(vec![Some(text.to_owned())]);
        let began = cpu_time();
        let job = Job::new(Some(1));
        let corpus = build(texts, Arc::clone(&reader), &job).expect("a corpus");
        let shown = Shown { counts: true, text: true, rule: true, ..Shown::default() };
        sentences::table(&corpus, &["flesch".to_owned()], &shown, &job).expect("a table of sentences");
        boundaries::table(&corpus, &job).expect("a table of boundaries");
        cpu_time().saturating_sub(began).as_secs_f64()
    };
    for unit in units {
        let texts = [1 << 13, 1 << 16].map(|bytes| unit.repeat(bytes / unit.len()));
        let mut least = [f64::INFINITY; 2];
        let linear = (0..100).any(|turn| {
            texts.iter().zip(&mut least).for_each(|(text, least)| *least = time(text).min(*least));
            turn >= 2 && least[1] < least[0].max(1e-4) * 2.5_f64.powi(3)
        });
        assert!(linear, "not linear: {unit:?}, {least:?} seconds");
    }
}

/// The processor time of this thread where the system tells it, else the time of day.
fn cpu_time() -> Duration {
    // The system brings its account up to date when a thread lets others go first.
    std::thread::yield_now();
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = told.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok());
    spent.map_or_else(
        || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default(),
        Duration::from_nanos,
    )
}
