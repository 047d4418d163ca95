//! Files made from a target's fixtures.

use fastrand::Rng;

use crate::mutate::mutated;
use crate::packed;
use crate::targets::Target;

/// Makes files one after the other.
pub struct Inputs {
    target: Target,
    rng: Rng,
    seeds: Vec<(String, Vec<u8>)>,
}

impl Inputs {
    pub fn of(target: Target, seed: u64) -> Self {
        let seeds = target.seeds();
        assert!(!seeds.is_empty(), "no fixtures for {}", target.name());
        Self { target, rng: Rng::with_seed(seed), seeds }
    }

    /// The name of the fixture it was made from, and a file.
    pub fn next(&mut self) -> (String, Vec<u8>) {
        let rng = &mut self.rng;
        let (name, seed) = self.seeds[rng.usize(..self.seeds.len())].clone();
        let other = self.seeds[rng.usize(..self.seeds.len())].1.clone();
        // One file in four is broken as a file; in the others what it holds is changed, so that readers get further.
        let inside = rng.u8(..) >= 64;
        let made = match self.target {
            Target::Docx | Target::Xlsx | Target::Xlsb | Target::Ods if inside => packed::zip(&seed, rng),
            Target::Pdf if inside => packed::pdf(&seed, rng),
            Target::Encodings => Some(encoded(&seed, rng)),
            _ => None,
        };
        let bytes = made.unwrap_or_else(|| mutated(&seed, &other, rng));
        (name, bytes)
    }
}

/// A text in some encoding, changed before or after.
fn encoded(seed: &[u8], rng: &mut Rng) -> Vec<u8> {
    let text = String::from_utf8_lossy(seed);
    let bytes = match rng.u8(..4) {
        0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        1 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        2 => encoding_rs::WINDOWS_1258.encode(&text).0.into_owned(),
        // Each letter beyond ASCII becomes some byte that old encodings use.
        _ => text.chars().map(|c| if c.is_ascii() { c as u8 } else { 0xA0 + (c as u32 % 0x60) as u8 }).collect(),
    };
    mutated(&bytes, &bytes, rng)
}
