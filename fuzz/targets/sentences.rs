//! Sentences follow each other without losing a character that is no white space, cut nowhere within a
//! character, and are the same whether they come as a list or one by one.
#![no_main]

use lexmill::text::sentences::{Options, Splitter};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: (u8, &str)| {
    let (choice, text) = data;
    let language = ["en", "de", "fr", "es", "ru", "ar", "zh", "hi"][usize::from(choice & 7)];
    let options =
        Options { language: language.to_owned(), repair_breaks: choice & 8 != 0, ..Options::default() };
    let splitter = Splitter::new(&options).expect("a language with data");
    let found = splitter.split(text);
    let mut end = 0;
    for sentence in &found {
        assert!(sentence.start >= end && sentence.end > sentence.start);
        let between = text[end..sentence.start].trim_start_matches('\u{feff}').trim();
        assert!(between.chars().all(char::is_control), "{between:?} is lost");
        assert!(!text[sentence.start..sentence.end].trim().is_empty());
        end = sentence.end;
    }
    let rest = text[end..].trim_start_matches('\u{feff}').trim();
    assert!(rest.chars().all(char::is_control), "{rest:?} is lost");
    let mut single = Vec::new();
    splitter.for_each(text, |sentence| single.push(sentence));
    assert_eq!(single, found);
});
