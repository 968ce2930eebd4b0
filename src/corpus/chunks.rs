//! The chunks that workers take: runs of documents of about equal bytes, and parts of documents
//! that are too large for one worker.

use std::ops::Range;

use super::Texts;
use crate::parallel;

/// A document larger than this is cut, so that one of 100 MB still uses all cores.
pub(crate) const HUGE: u64 = 4 << 20;

/// What a worker takes at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Chunk {
    /// Whole documents.
    Docs(Range<usize>),
    /// The bytes `range` of document `doc`; `last` if the document ends with it.
    Part {
        /// The document.
        doc: usize,
        /// Its bytes.
        range: Range<usize>,
        /// Whether the document ends with them.
        last: bool,
    },
}

/// Chunks of all of `texts`, in order. `cut` gives the first place at or after a byte where a text
/// may be cut.
pub(crate) fn chunks(
    texts: &Texts,
    sizes: &[u64],
    threads: usize,
    cut: impl Fn(&str, usize) -> usize,
) -> Vec<Chunk> {
    let mut out = Vec::new();
    let mut start = 0;
    while start < sizes.len() {
        let run = sizes[start..].iter().take_while(|&&s| s <= HUGE).count();
        let small = parallel::shares(&sizes[start..start + run], threads);
        out.extend(small.into_iter().map(|r| Chunk::Docs(start + r.start..start + r.end)));
        start += run;
        if start < sizes.len() {
            parts(texts.text(start), start, &cut, &mut out);
            start += 1;
        }
    }
    out
}

fn parts(text: &str, doc: usize, cut: impl Fn(&str, usize) -> usize, out: &mut Vec<Chunk>) {
    let mut start = 0;
    while start < text.len() {
        let end = cut(text, text.len().min(start + (HUGE / 4) as usize)).clamp(start + 1, text.len());
        out.push(Chunk::Part { doc, range: start..end, last: end == text.len() });
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_cover_every_byte_once() {
        let huge = "word ".repeat(3 << 20);
        let texts = Texts::new(vec![Some("a".to_owned()), None, Some(huge.clone()), Some("b".to_owned())]);
        let sizes = texts.sizes();
        let chunks = chunks(&texts, &sizes, 2, |t, at| at + t[at..].find(' ').unwrap_or(t.len() - at));
        assert_eq!(chunks[0], Chunk::Docs(0..2));
        assert_eq!(chunks[chunks.len() - 1], Chunk::Docs(3..4));
        let mut at = 0;
        for chunk in &chunks[1..chunks.len() - 1] {
            let Chunk::Part { doc: 2, range, last } = chunk else { panic!("{chunk:?}") };
            assert_eq!(range.start, at);
            at = range.end;
            assert_eq!(*last, at == huge.len());
        }
        assert_eq!(at, huge.len());
        assert!(chunks.len() > 10);
    }
}
