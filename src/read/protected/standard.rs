//! Standard encryption ([MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9): AES block by block, SHA-1, a fixed count of rounds.

use super::cipher::{BLOCK, Hash, decrypt_blocks};
use super::{damaged, sized};
use crate::read::ReadError;

/// How often the password's hash is hashed again.
const ROUNDS: u32 = 50_000;
/// The flag of a header that names AES.
const AES: u32 = 0x20;
/// Where the size of the key stands in the header, in bytes.
const KEY_SIZE: usize = 16;

/// Decrypts a package. `info` is the description of the encryption behind its version and flags.
pub(super) fn open(info: &[u8], package: &[u8], password: &[u8]) -> Result<Vec<u8>, ReadError> {
    let cut = || damaged("the description of the encryption is cut");
    let (length, rest) = info.split_first_chunk::<4>().ok_or_else(cut)?;
    let length = u32::from_le_bytes(*length) as usize;
    let (header, verifier) = rest.split_at_checked(length).ok_or_else(cut)?;
    let value = |at: usize| header.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes);
    let flags = value(0).ok_or_else(cut)?;
    if flags & AES == 0 {
        // RC4, of which only the oldest files have any.
        return Err(ReadError::Encrypted { format: "office" });
    }
    let bits = value(KEY_SIZE).ok_or_else(cut)? as usize;
    // The salt's size, the salt, the encrypted verifier, its hash's size, the encrypted hash.
    let salt = verifier.get(4..20).ok_or_else(cut)?;
    let mut check = verifier.get(20..36).ok_or_else(cut)?.to_vec();
    let mut hash = verifier.get(40..72).ok_or_else(cut)?.to_vec();
    let key = key(salt, password, bits / 8);
    if !decrypt_blocks(&key, &mut check) || !decrypt_blocks(&key, &mut hash) {
        return Err(damaged("a key of unknown length"));
    }
    let own = Hash::Sha1.of(&[&check]);
    if hash.get(..own.len()) != Some(own.as_slice()) {
        return Err(ReadError::WrongPassword { format: super::FORMAT });
    }
    let (size, bytes) = sized(package)?;
    let mut out = bytes.to_vec();
    out.truncate(out.len() / BLOCK * BLOCK);
    decrypt_blocks(&key, &mut out);
    out.truncate(size);
    Ok(out)
}

/// The key of a password (2.3.4.7).
fn key(salt: &[u8], password: &[u8], length: usize) -> Vec<u8> {
    let spun = Hash::Sha1.spun(salt, password, ROUNDS);
    let last = Hash::Sha1.of(&[&spun, &0_u32.to_le_bytes()]);
    let half = |fill: u8| {
        let mut block = [fill; 64];
        block.iter_mut().zip(&last).for_each(|(byte, hash)| *byte ^= hash);
        Hash::Sha1.of(&[&block])
    };
    let mut key = half(0x36);
    key.extend(half(0x5C));
    key.truncate(length);
    key
}
