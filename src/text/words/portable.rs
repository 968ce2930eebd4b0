//! The byte classes of 64 bytes as bit masks, eight bytes at a time in ordinary registers: for
//! machines without a vector path, and the plainest form of what the vector paths do.

use super::blocks::{Bytes, Masks, Vector};

/// Eight bytes a step; always there.
#[derive(Clone, Copy)]
pub(super) struct Portable;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = ONES << 7;

/// The high bit of every byte that is ASCII and in `LOW..=TOP`.
#[inline(always)]
fn within<const LOW: u8, const TOP: u8>(x: u64) -> u64 {
    let seven = x & !HIGH;
    let at_least = seven + ONES * (0x80 - LOW as u64);
    let above = seven + ONES * (0x7f - TOP as u64);
    at_least & !above & !x & HIGH
}

/// The high bits of eight bytes as the low eight bits.
#[inline(always)]
fn gather(high_bits: u64) -> u64 {
    ((high_bits >> 7).wrapping_mul(0x0102_0408_1020_4080)) >> 56
}

impl Vector for Portable {
    #[inline(always)]
    fn masks(self, block: &Bytes) -> Masks {
        let mut m = Masks::default();
        for (i, chunk) in block.as_chunks::<8>().0.iter().enumerate() {
            let x = u64::from_le_bytes(*chunk);
            let full_stop = within::<b'.', b'.'>(x);
            let either = full_stop | within::<b'\'', b'\''>(x);
            let at = 8 * i;
            m.letter |= gather(within::<b'a', b'z'>(x | ONES << 5) & !(x & HIGH)) << at;
            m.digit |= gather(within::<b'0', b'9'>(x)) << at;
            m.connector |= gather(within::<b'_', b'_'>(x)) << at;
            m.mid_letter |= gather(either | within::<b':', b':'>(x)) << at;
            m.mid_number |= gather(either | within::<b',', b','>(x) | within::<b';', b';'>(x)) << at;
            m.high |= gather(x & HIGH) << at;
            let mark = full_stop | within::<b'!', b'!'>(x) | within::<b'?', b'?'>(x);
            m.stop |= gather(mark | within::<b'\n', b'\r'>(x)) << at;
        }
        m
    }

    #[inline(always)]
    fn letters(self, _: &Bytes) -> u64 {
        0
    }

    #[inline(always)]
    fn leads(self, block: &Bytes) -> u64 {
        block.as_chunks::<8>().0.iter().enumerate().fold(0, |mask, (i, chunk)| {
            let x = u64::from_le_bytes(*chunk);
            mask | gather(x & (x << 1) & HIGH) << (8 * i)
        })
    }
}
