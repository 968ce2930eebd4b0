//! Keys of a hash table looked up by cache lines, by vector instructions where the machine has them.
#![allow(unsafe_code)]

use super::Level;
#[cfg(target_arch = "x86_64")]
use super::{Avx2, Avx512};

/// A key of sixteen bytes.
pub(crate) type Key = [u64; 2];

/// As many keys as a cache line holds with their numbers. A place that is free holds a key that is none.
#[derive(Debug, Clone, Copy, Default)]
#[repr(C, align(64))]
pub(crate) struct Line {
    pub(crate) keys: [Key; PLACES],
    /// One more than there are places, so that what is found nowhere has a number too: any.
    pub(crate) ids: [u32; PLACES + 1],
}

/// The keys of a line.
pub(crate) const PLACES: usize = 3;

/// Keys that are looked up together.
pub(crate) const BATCH: usize = 64;

/// Asks the memory for lines that are going to be read soon.
#[inline(always)]
pub(crate) fn prefetch_lines(lines: &[Line], homes: &[u64; BATCH]) {
    for &home in homes {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: a prefetch never faults, wherever the address leads.
        unsafe {
            use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
            _mm_prefetch::<_MM_HINT_T0>(lines.as_ptr().wrapping_add(home as usize).cast());
        }
        #[cfg(not(target_arch = "x86_64"))]
        let _ = (lines, home);
    }
}

/// Looks up the key of each number in its home line. Returns a mask of the keys that are not there, whose
/// numbers mean nothing.
#[inline]
pub(crate) fn find(
    level: Level,
    lines: &[Line],
    homes: &[u64; BATCH],
    keys: &[Key; BATCH],
    ids: &mut [u32],
) -> u64 {
    #[cfg(target_arch = "x86_64")]
    match level {
        Level::Avx512 => {
            if let Some(avx512) = Avx512::detect() {
                // SAFETY: the value exists, so this machine has the features.
                return unsafe { find_avx512(avx512, lines, homes, keys, ids) };
            }
        }
        Level::Avx2 => {
            if let Some(avx2) = Avx2::detect() {
                // SAFETY: as above.
                return unsafe { find_avx2(avx2, lines, homes, keys, ids) };
            }
        }
        Level::Sse2 | Level::Portable => {}
    }
    let _ = level;
    find_by(lines, homes, keys, ids, |line, key| {
        // Without a branch: which place it is cannot be foreseen.
        let find = |found, place: u8| if line.keys[usize::from(place)] == *key { place } else { found };
        (0..PLACES as u8).rev().fold(NOWHERE, find)
    })
}

/// [`find`] by a function that tells the place of a key in a line, or [`NOWHERE`].
#[inline(always)]
fn find_by(
    lines: &[Line],
    homes: &[u64; BATCH],
    keys: &[Key; BATCH],
    ids: &mut [u32],
    place: impl Fn(&Line, &Key) -> u8,
) -> u64 {
    let mut missing = [0; BATCH];
    for (((&home, key), id), missing) in homes.iter().zip(keys).zip(ids.iter_mut()).zip(&mut missing) {
        let line = &lines[home as usize];
        let place = place(line, key);
        *missing = place >> 2;
        *id = line.ids[usize::from(place) & 3];
    }
    // The bits of eight bytes, gathered into one by a multiplication.
    let gather = |bits: u64| bits.wrapping_mul(0x0102_0408_1020_4080) >> 56;
    let bytes = missing.as_chunks().0.iter().map(|&eight| u64::from_le_bytes(eight));
    bytes.enumerate().fold(0, |mask, (i, bits)| mask | gather(bits) << (8 * i))
}

/// What is no place: the bits of the last number of a line, and one above them.
const NOWHERE: u8 = 0b111;

/// The first place both of whose halves are in a mask, the low half of the first place in the lowest bit. The two
/// highest bits are those of no key.
#[cfg(target_arch = "x86_64")]
static PLACE: [u8; 256] = places();

#[cfg(target_arch = "x86_64")]
const fn places() -> [u8; 256] {
    let mut places = [NOWHERE; 256];
    let mut same = 0;
    while same < places.len() {
        let both = same & same >> 1 & 0b01_01_01;
        if both != 0 {
            places[same] = both.trailing_zeros() as u8 / 2;
        }
        same += 1;
    }
    places
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2")]
fn find_avx512(_: Avx512, lines: &[Line], homes: &[u64; BATCH], keys: &[Key; BATCH], ids: &mut [u32]) -> u64 {
    use std::arch::x86_64::*;
    find_by(lines, homes, keys, ids, |line, key| {
        // SAFETY: loads of exactly the bytes of `line`, which is aligned to them, and of `key`.
        let (line, key) = unsafe {
            (_mm512_load_si512(std::ptr::from_ref(line).cast()), _mm_loadu_si128(key.as_ptr().cast()))
        };
        PLACE[usize::from(_mm512_cmpeq_epi64_mask(line, _mm512_broadcast_i64x2(key)))]
    })
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn find_avx2(_: Avx2, lines: &[Line], homes: &[u64; BATCH], keys: &[Key; BATCH], ids: &mut [u32]) -> u64 {
    use std::arch::x86_64::*;
    find_by(lines, homes, keys, ids, |line, key| {
        let line = std::ptr::from_ref(line).cast::<__m256i>();
        // SAFETY: loads of exactly the bytes of the line, which is aligned to them, and of `key`.
        let (front, back, key) = unsafe {
            (_mm256_load_si256(line), _mm256_load_si256(line.add(1)), _mm_loadu_si128(key.as_ptr().cast()))
        };
        let key = _mm256_broadcastsi128_si256(key);
        let same = |half| _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpeq_epi64(half, key))) as u8;
        PLACE[usize::from(same(front) | same(back) << 4)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Few keys that share halves, among them that of a free place, and numbers that look like halves of keys.
    #[test]
    fn every_level_finds_what_a_search_finds() {
        let mut state = 1u64;
        let mut random = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % n
        };
        for _ in 0..2_000 {
            let mut key = || [random(3), random(3)];
            let lines = [(); 4].map(|()| Line { keys: [key(), key(), key()], ids: [0; PLACES + 1] });
            let lines = lines.map(|line| Line { ids: [0; PLACES + 1].map(|_| random(3) as u32), ..line });
            let keys = [(); BATCH].map(|()| [random(3), random(3)]);
            let homes = [(); BATCH].map(|()| random(4));
            for count in [BATCH, random(64) as usize] {
                for level in Level::ALL {
                    let mut ids = vec![9; count];
                    let missing = find(level, &lines, &homes, &keys, &mut ids);
                    for (i, id) in ids.into_iter().enumerate() {
                        let line = &lines[homes[i] as usize];
                        let place = line.keys.iter().position(|key| *key == keys[i]);
                        assert_eq!(missing >> i & 1, u64::from(place.is_none()), "{level:?}");
                        assert!(place.is_none_or(|place| id == line.ids[place]), "{level:?}");
                    }
                    assert_eq!(missing.checked_shr(count as u32).unwrap_or(0), 0, "{level:?}");
                }
            }
        }
    }
}
