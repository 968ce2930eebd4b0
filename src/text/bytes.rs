//! Bytes of words, so many at once that no step depends on how long a word is.

/// How many bytes a word is read by.
pub(crate) const WIDE: usize = 16;

/// The first sixteen bytes, or all there are with zeros behind them.
#[inline(always)]
pub(crate) fn first(rest: &[u8]) -> [u8; WIDE] {
    match rest.first_chunk() {
        Some(chunk) => *chunk,
        None => padded(rest),
    }
}

fn padded(rest: &[u8]) -> [u8; WIDE] {
    let mut chunk = [0; WIDE];
    chunk[..rest.len()].copy_from_slice(rest);
    chunk
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_zero() {
        let text: Vec<u8> = (1..=20).collect();
        for start in 0..=20 {
            let expected: Vec<u8> = text[start..].iter().copied().chain([0; WIDE]).take(WIDE).collect();
            assert_eq!(first(&text[start..]), *expected, "{start}");
        }
    }
}
