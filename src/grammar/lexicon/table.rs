//! Two small hash tables with open addressing and nothing but look-up: every word of a document goes through
//! them.

use super::{Fold, FoldId, Hit, Id, Pair, pair_key};
use crate::text::Style;

/// Words by their bytes. A slot holds 32 bits of the key's hash and what the word is, in one number, so that what a document needs stays close to the processor; another word with the same hash is as likely
/// as a broken memory cell. Zero marks an empty slot.
#[derive(Debug, Default)]
pub(super) struct Words {
    slots: Vec<u64>,
}

/// Pairs of syllables. A slot holds 16 bits of the key's hash: of a hundred thousand pairs that are not there,
/// one or two seem to be, and pass for right. Zero marks an empty slot.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    slots: Vec<u16>,
}

/// A table has this many slots for each key, at least.
const ROOM: usize = 2;

impl Words {
    /// The table of words that are all different.
    pub(super) fn of(words: impl ExactSizeIterator<Item = (u128, Hit)>) -> Self {
        let mut slots = vec![0; (words.len() * ROOM).next_power_of_two()];
        let length = slots.len();
        for (key, hit) in words {
            let hash = hash(key);
            let mut at = slot_of(hash, length);
            while slots.get(at).is_some_and(|taken| *taken != 0) {
                at = next(at, length);
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = hash << 32 | packed(hit);
            }
        }
        Self { slots }
    }

    #[inline]
    pub(super) fn get(&self, key: u128) -> Option<Hit> {
        let hash = hash(key);
        let length = self.slots.len();
        let mut at = slot_of(hash, length);
        loop {
            match self.slots.get(at) {
                Some(0) | None => return None,
                Some(slot) if slot >> 32 == hash & 0xFFFF_FFFF => return Some(unpacked(*slot)),
                Some(_) => at = next(at, length),
            }
        }
    }
}

/// The lower half of a slot: 16 bits of the syllable, 2 of the style, 14 of the fold key.
fn packed(hit: Hit) -> u64 {
    let style = match hit.style {
        None => 0,
        Some(Style::Old) => 1,
        Some(Style::New) => 2,
    };
    u64::from(hit.id) << 16 | style << 14 | u64::from(hit.fold.0) & 0x3FFF
}

#[inline]
fn unpacked(slot: u64) -> Hit {
    let style = match slot >> 14 & 3 {
        1 => Some(Style::Old),
        2 => Some(Style::New),
        _ => None,
    };
    Hit { id: (slot >> 16) as Id, fold: Fold(slot as FoldId & 0x3FFF), style }
}

impl Pairs {
    /// The table of pairs that are all different.
    pub(super) fn of(pairs: &[Pair]) -> Self {
        let mut slots = vec![0; (pairs.len() * ROOM).next_power_of_two()];
        let length = slots.len();
        for pair in pairs {
            let (mut at, mark) = place(pair_key(pair.first, pair.second), length);
            while slots.get(at).is_some_and(|taken| *taken != 0) {
                at = next(at, length);
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = mark;
            }
        }
        Self { slots }
    }

    #[inline]
    pub(super) fn contains(&self, key: u32) -> bool {
        let length = self.slots.len();
        let (mut at, mark) = place(key, length);
        loop {
            match self.slots.get(at) {
                Some(0) | None => return false,
                Some(found) if *found == mark => return true,
                Some(_) => at = next(at, length),
            }
        }
    }
}

/// The two halves of the key multiplied, and the halves of the product put together.
#[inline]
fn hash(key: u128) -> u64 {
    let low = (key as u64) ^ 0x9E37_79B9_7F4A_7C15;
    let high = ((key >> 64) as u64) ^ 0xD1B5_4A32_D192_ED03;
    let product = u128::from(low) * u128::from(high);
    (product as u64) ^ ((product >> 64) as u64)
}

/// The slot that a hash starts at, in a table whose length is a power of two.
#[inline]
fn slot_of(hash: u64, length: usize) -> usize {
    (hash >> 40) as usize & length.wrapping_sub(1)
}

/// The slot that a pair starts at, and what it leaves there.
#[inline]
fn place(key: u32, length: usize) -> (usize, u16) {
    let hash = u64::from(key).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let slot = (hash >> 44) as usize & length.wrapping_sub(1);
    (slot, (hash >> 28) as u16 | 1)
}

#[inline]
fn next(at: usize, length: usize) -> usize {
    (at + 1) & length.wrapping_sub(1)
}
