//! Sentences follow each other without losing a character that is no white space, cut nowhere within a
//! character, and are the same whether they come as a list or one by one.
#![no_main]

use lexmill::text::sentences::{Options, Splitter};
use libfuzzer_sys::fuzz_target;

/// Whether a reader sees nothing.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c == '\u{feff}' || c.is_whitespace() || c.is_control())
}

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
        assert!(is_blank(&text[end..sentence.start]), "{:?} is lost", &text[end..sentence.start]);
        assert!(!text[sentence.start..sentence.end].trim().is_empty());
        end = sentence.end;
    }
    assert!(is_blank(&text[end..]), "{:?} is lost", &text[end..]);
    let mut single = Vec::new();
    splitter.for_each(text, |sentence| single.push(sentence));
    assert_eq!(single, found);
});
