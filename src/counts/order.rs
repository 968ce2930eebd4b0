//! Terms in the order of their strings.

use crate::corpus::Vocabulary;

/// The ids in ascending order of the number that comes with each, ties in the order of their strings.
pub(super) fn ordered(names: &Vocabulary, ids: impl Iterator<Item = (u64, u32)>) -> Vec<u32> {
    let (text, ends) = names.joined();
    let prefix = |id: u32| {
        let id = id as usize;
        prefix(text.as_bytes(), if id == 0 { 0 } else { ends[id - 1] }, ends[id])
    };
    let mut keys: Vec<(u64, u64, u32)> = ids.map(|(first, id)| (first, prefix(id), id)).collect();
    // One wide number is compared without a branch.
    let wide = |key: &(u64, u64, u32)| u128::from(key.0) << 64 | u128::from(key.1);
    keys.sort_unstable_by_key(wide);
    // Few begin with the same eight bytes.
    for same in keys.chunk_by_mut(|a, b| wide(a) == wide(b)).filter(|same| same.len() > 1) {
        same.sort_unstable_by(|a, b| names.str(a.2).cmp(names.str(b.2)));
    }
    keys.into_iter().map(|(_, _, id)| id).collect()
}

/// The first eight bytes of `text[start..end]` as a number that sorts as they do.
fn prefix(text: &[u8], start: usize, end: usize) -> u64 {
    let rest = &text[start..];
    let first = match rest.first_chunk() {
        Some(chunk) => u64::from_be_bytes(*chunk),
        None => rest.iter().zip(1..).fold(0, |sum, (&byte, i)| sum | u64::from(byte) << (64 - 8 * i)),
    };
    let beyond = u64::MAX.checked_shr(8 * (end - start).min(8) as u32).unwrap_or(0);
    first & !beyond
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_strings_sort() {
        let words = ["b", "", "abcdefgh", "abcdefghi", "abcdefg", "é", "ab", "abcdefghij", "ab\0", "z"];
        let mut names = Vocabulary::new();
        words.iter().for_each(|word| assert!(names.intern(word).is_ok()));
        let order = ordered(&names, (0..words.len() as u32).map(|id| (u64::from(id == 0), id)));
        let found: Vec<_> = order.iter().map(|&id| names.str(id)).collect();
        let mut expected = words[1..].to_vec();
        expected.sort_unstable();
        expected.push("b");
        assert_eq!(found, expected);
    }
}
