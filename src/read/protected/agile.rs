//! Agile encryption ([MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15): an XML description names hash, cipher and salts; the
//! package is chained in segments, and signed.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cipher::{BLOCK, Hash, decrypt_chain};
use super::{FORMAT, damaged, sized};
use crate::read::ReadError;
use crate::read::base64::from_base64;
use crate::read::package::attribute;

/// Most rounds of hashing; Office writes 100,000.
const MAX_ROUNDS: u32 = 1_000_000;
/// Bytes of a segment of the package.
const SEGMENT: usize = 4096;
/// What is hashed with a password's hash, for each use of it (2.3.4.12, 2.3.4.13, 2.3.4.14).
const FOR_VERIFIER: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const FOR_VERIFIER_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const FOR_KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];
const FOR_SIGNATURE_KEY: [u8; 8] = [0x5F, 0xB2, 0xAD, 0x01, 0x0C, 0xB9, 0xE1, 0xF6];
const FOR_SIGNATURE: [u8; 8] = [0xA0, 0x67, 0x7F, 0x02, 0xB2, 0x2C, 0x84, 0x33];

/// How something is encrypted.
struct Method {
    hash: Hash,
    /// Bytes of the key.
    key: usize,
    salt: Vec<u8>,
}

/// The description.
struct Description {
    /// Of the package, and of the package's key by a password.
    package: Method,
    by_password: Method,
    rounds: u32,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
    key: Vec<u8>,
    /// The key of the signature and the signature, encrypted.
    signature: Option<(Vec<u8>, Vec<u8>)>,
}

/// Decrypts a package. `info` is the XML.
pub(super) fn open(info: &[u8], package: &[u8], password: &[u8]) -> Result<Vec<u8>, ReadError> {
    let said = Description::of(info)?;
    let by = &said.by_password;
    let spun = by.hash.spun(&by.salt, password, said.rounds);
    let with = |purpose: &[u8], bytes: &[u8]| {
        let key = fitted(by.hash.of(&[&spun, purpose]), by.key);
        chained(&key, &fitted(by.salt.clone(), BLOCK), bytes)
    };
    let verifier = with(&FOR_VERIFIER, &said.verifier)?;
    let hash = with(&FOR_VERIFIER_HASH, &said.verifier_hash)?;
    let own = by.hash.of(&[verifier.get(..by.salt.len()).unwrap_or(&verifier)]);
    if hash.get(..own.len()) != Some(own.as_slice()) {
        return Err(ReadError::WrongPassword { format: FORMAT });
    }
    let mut key = with(&FOR_KEY, &said.key)?;
    key.truncate(said.package.key);
    said.verify(&key, package)?;
    let (size, bytes) = sized(package)?;
    let mut out = Vec::with_capacity(bytes.len());
    for (index, segment) in (0_u32..).zip(bytes.chunks(SEGMENT)) {
        let start = said.package.hash.of(&[&said.package.salt, &index.to_le_bytes()]);
        out.extend(chained(&key, &fitted(start, BLOCK), segment)?);
    }
    out.truncate(size);
    Ok(out)
}

impl Description {
    fn of(xml: &[u8]) -> Result<Self, ReadError> {
        let mut reader = Reader::from_reader(xml);
        let (mut package, mut password, mut signature) = (None, None, None);
        loop {
            let event = reader.read_event().map_err(|error| damaged(&error.to_string()))?;
            let (Event::Start(element) | Event::Empty(element)) = &event else {
                if matches!(event, Event::Eof) {
                    break;
                }
                continue;
            };
            match element.local_name().as_ref() {
                "keyData" => package = Some(method(element)?),
                "dataIntegrity" => {
                    let bytes = |name| Some(from_base64(attribute(element, name)?.as_bytes()));
                    signature = bytes("encryptedHmacKey").zip(bytes("encryptedHmacValue"));
                }
                "encryptedKey" if password.is_none() => {
                    let bytes = |name| Some(from_base64(attribute(element, name)?.as_bytes()));
                    let rounds = attribute(element, "spinCount").and_then(|text| text.parse().ok());
                    let values = [
                        bytes("encryptedVerifierHashInput"),
                        bytes("encryptedVerifierHashValue"),
                        bytes("encryptedKeyValue"),
                    ];
                    password = Some((method(element)?, rounds, values));
                }
                _ => {}
            }
        }
        let (by_password, rounds, [verifier, verifier_hash, key]) =
            password.ok_or_else(|| damaged("no key by a password"))?;
        let whole = |value: Option<Vec<u8>>| value.ok_or_else(|| damaged("a key is missing"));
        let rounds = rounds
            .filter(|rounds| *rounds <= MAX_ROUNDS)
            .ok_or_else(|| damaged("more rounds of hashing than are believed"))?;
        Ok(Self {
            package: package.ok_or_else(|| damaged("no description of the package"))?,
            by_password,
            rounds,
            verifier: whole(verifier)?,
            verifier_hash: whole(verifier_hash)?,
            key: whole(key)?,
            signature,
        })
    }

    /// Holds the package against its signature.
    fn verify(&self, key: &[u8], package: &[u8]) -> Result<(), ReadError> {
        let Some((signature_key, signature)) = &self.signature else { return Ok(()) };
        let hash = self.package.hash;
        let with = |purpose: &[u8], bytes: &[u8]| {
            let start = fitted(hash.of(&[&self.package.salt, purpose]), BLOCK);
            let mut out = chained(key, &start, bytes)?;
            out.truncate(hash.len());
            Ok(out)
        };
        let (signature_key, signature) =
            (with(&FOR_SIGNATURE_KEY, signature_key)?, with(&FOR_SIGNATURE, signature)?);
        if hash.signs(&signature_key, package, &signature) {
            Ok(())
        } else {
            Err(damaged("the encrypted package is not the one that was signed"))
        }
    }
}

/// Hash, key and salt that an element names.
fn method(element: &BytesStart<'_>) -> Result<Method, ReadError> {
    let value = |name| attribute(element, name).unwrap_or_default();
    if value("cipherAlgorithm") != "AES" || value("cipherChaining") != "ChainingModeCBC" {
        return Err(ReadError::Encrypted { format: "office" });
    }
    let hash = Hash::named(&value("hashAlgorithm")).ok_or(ReadError::Encrypted { format: "office" })?;
    let bits: usize = value("keyBits").parse().map_err(|_| damaged("a key of unknown length"))?;
    let salt = from_base64(value("saltValue").as_bytes());
    Ok(Method { hash, key: bits / 8, salt })
}

/// Bytes cut or filled to a length (2.3.4.11).
fn fitted(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    // A key of AES has 32 bytes at most.
    bytes.resize(length.min(64), 0x36);
    bytes
}

fn chained(key: &[u8], start: &[u8], bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let mut out = bytes.to_vec();
    out.truncate(out.len() / BLOCK * BLOCK);
    if decrypt_chain(key, start, &mut out) { Ok(out) } else { Err(damaged("a key of unknown length")) }
}
