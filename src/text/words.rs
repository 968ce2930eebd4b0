//! Words (stand-in).
use unicode_segmentation::UnicodeSegmentation;
/// Each word.
pub fn for_each_word(text: &str, mut f: impl FnMut(usize, usize)) {
    for (i, w) in text.unicode_word_indices() { f(i, i + w.len()) }
}
