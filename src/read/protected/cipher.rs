//! The hashes and the cipher that both ways of encryption use.

use aes::cipher::{Array, BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use aes::{Aes128, Aes192, Aes256};
use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// Bytes of a block of AES.
pub(super) const BLOCK: usize = 16;

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// The function that a file names.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "SHA1" | "SHA-1" => Some(Self::Sha1),
            "SHA256" | "SHA-256" => Some(Self::Sha256),
            "SHA384" | "SHA-384" => Some(Self::Sha384),
            "SHA512" | "SHA-512" => Some(Self::Sha512),
            _ => None,
        }
    }

    /// The hash of pieces, one after the other.
    pub fn of(self, pieces: &[&[u8]]) -> Vec<u8> {
        fn digest<D: Digest>(pieces: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            pieces.iter().for_each(|piece| digest.update(piece));
            digest.finalize().to_vec()
        }
        match self {
            Self::Sha1 => digest::<Sha1>(pieces),
            Self::Sha256 => digest::<Sha256>(pieces),
            Self::Sha384 => digest::<Sha384>(pieces),
            Self::Sha512 => digest::<Sha512>(pieces),
        }
    }

    /// The hash of salt and password, hashed again and again with a counter before it.
    pub fn spun(self, salt: &[u8], password: &[u8], times: u32) -> Vec<u8> {
        let first = self.of(&[salt, password]);
        (0..times).fold(first, |hash, count| self.of(&[&count.to_le_bytes(), &hash]))
    }

    /// Whether a keyed hash (HMAC) of bytes is the given one.
    pub fn signs(self, key: &[u8], bytes: &[u8], signature: &[u8]) -> bool {
        macro_rules! verify {
            ($hash:ty) => {
                <Hmac<$hash> as KeyInit>::new_from_slice(key)
                    .is_ok_and(|mac| mac.chain_update(bytes).verify_truncated_left(signature).is_ok())
            };
        }
        match self {
            Self::Sha1 => verify!(Sha1),
            Self::Sha256 => verify!(Sha256),
            Self::Sha384 => verify!(Sha384),
            Self::Sha512 => verify!(Sha512),
        }
    }

    /// How many bytes a hash has.
    pub fn len(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }
}

/// Decrypts whole blocks in place, each by itself (ECB); what follows the last one is left. False where the key has a
/// length that AES does not know.
pub(super) fn decrypt_blocks(key: &[u8], bytes: &mut [u8]) -> bool {
    fn run<C: KeyInit + BlockCipherDecrypt>(key: &[u8], bytes: &mut [u8]) -> bool {
        let Ok(cipher) = C::new_from_slice(key) else { return false };
        bytes.chunks_exact_mut(BLOCK).for_each(|block| {
            if let Ok(block) = <&mut Array<u8, _>>::try_from(block) {
                cipher.decrypt_block(block);
            }
        });
        true
    }
    match key.len() {
        16 => run::<Aes128>(key, bytes),
        24 => run::<Aes192>(key, bytes),
        32 => run::<Aes256>(key, bytes),
        _ => false,
    }
}

/// As [`decrypt_blocks`], the blocks being chained (CBC) from `start` on.
pub(super) fn decrypt_chain(key: &[u8], start: &[u8], bytes: &mut [u8]) -> bool {
    fn run<C: KeyIvInit + BlockModeDecrypt>(key: &[u8], start: &[u8], bytes: &mut [u8]) -> bool {
        let Ok(mut cipher) = C::new_from_slices(key, start) else { return false };
        bytes.chunks_exact_mut(BLOCK).for_each(|block| {
            if let Ok(block) = <&mut Array<u8, _>>::try_from(block) {
                cipher.decrypt_block(block);
            }
        });
        true
    }
    match key.len() {
        16 => run::<cbc::Decryptor<Aes128>>(key, start, bytes),
        24 => run::<cbc::Decryptor<Aes192>>(key, start, bytes),
        32 => run::<cbc::Decryptor<Aes256>>(key, start, bytes),
        _ => false,
    }
}
