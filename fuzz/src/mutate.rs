//! Changes of bytes.

use fastrand::Rng;

/// Bytes that upset readers.
const NASTY: &[&[u8]] = &[
    b"\0", b"\xFF", b"\xFF\xFF\xFF\xFF", b"\x7F\xFF\xFF\xFF", b"\x80\0\0\0", b"-1", b"0", b"99999999999999999999", b"1e308",
    b"<", b">", b"</", b"&#x110000;", b"&lt;", b"]]>", b"<!--", b"\"", b"'", b"\t", b"\n", b"\r\n", b"\x0C", b"|", b"||", b"[", b"]",
    b"(", b")", b"<<", b">>", b"%", b"\xE1\xBB", b"\xCC\x81", b"\xC2\xAD", b"\xE2\x80\x8B", b"\xEF\xBB\xBF", b"\xF0\x9F\x98\x80",
    b"PH\xE1\xBB\xA4 L\xE1\xBB\xA4C 1\n", b"\n1. ", b"\n- ", b"./.", b"1.234,5", b"\t\t\t", b"{}", b"=", b"*",
];

/// Most bytes that a file grows to.
const MAX: usize = 2 << 20;

/// A file changed in one to a few places; `other` is one to take pieces from.
pub fn mutated(seed: &[u8], other: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut out = seed.to_vec();
    let most = if rng.bool() { 3 } else { 30 };
    let times = 1 + rng.usize(..most);
    for _ in 0..times {
        change(&mut out, other, rng);
        out.truncate(MAX);
    }
    out
}

fn change(out: &mut Vec<u8>, other: &[u8], rng: &mut Rng) {
    let at = rng.usize(..=out.len());
    let length = piece(out.len() - at, rng);
    match rng.u8(..9) {
        0 if at < out.len() => out[at] ^= 1 << rng.u8(..8),
        1 if at < out.len() => out[at] = rng.u8(..),
        2 => drop(out.drain(at..at + length)),
        3 => {
            let copy = out[at..at + length].to_vec();
            let to = rng.usize(..=out.len());
            let times = if rng.u8(..) < 8 { 40 } else { 1 };
            for _ in 0..times {
                out.splice(to..to, copy.iter().copied());
                if out.len() > MAX {
                    return;
                }
            }
        }
        4 => {
            let nasty = NASTY[rng.usize(..NASTY.len())];
            out.splice(at..at, nasty.iter().copied());
        }
        5 => {
            let nasty = NASTY[rng.usize(..NASTY.len())];
            let end = (at + nasty.len()).min(out.len());
            out.splice(at..end, nasty.iter().copied());
        }
        6 if !other.is_empty() => {
            let from = rng.usize(..other.len());
            let taken = other[from..from + piece(other.len() - from, rng)].to_vec();
            out.splice(at..at + length, taken);
        }
        7 => digits(out, at, rng),
        _ if rng.u8(..) < 30 => out.truncate(at),
        _ => {}
    }
}

/// The length of a piece: mostly short.
fn piece(most: usize, rng: &mut Rng) -> usize {
    let bound = if rng.u8(..) < 220 { most.min(64) } else { most };
    if bound == 0 { 0 } else { rng.usize(..=bound) }
}

/// Changes the first number after a place.
fn digits(out: &mut Vec<u8>, at: usize, rng: &mut Rng) {
    let Some(start) = out.iter().skip(at).position(u8::is_ascii_digit).map(|found| at + found) else { return };
    let end = out.iter().skip(start).position(|byte| !byte.is_ascii_digit()).map_or(out.len(), |found| start + found);
    let number = match rng.u8(..4) {
        0 => "0".to_owned(),
        1 => u64::MAX.to_string(),
        2 => rng.u32(..).to_string(),
        _ => rng.u32(..70_000).to_string(),
    };
    out.splice(start..end, number.into_bytes());
}
