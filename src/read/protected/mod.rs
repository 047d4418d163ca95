//! Office files with a password ([MS-OFFCRYPTO]): an Office Open XML package, encrypted as a stream of a compound file.
//! The file's bytes and the password in, the package's bytes out.
//!
//! Read are agile encryption (Office 2010 and later) and standard encryption (Office 2007), both with AES.

mod agile;
mod cipher;
mod standard;

use super::ReadError;
use super::compound;

/// What errors call such files.
pub(super) const FORMAT: &str = "Office";

/// Decrypts the package.
///
/// # Errors
/// No password or a wrong one, a way of encryption that is not read, a damaged file.
pub(super) fn open(bytes: &[u8], password: Option<&str>) -> Result<Vec<u8>, ReadError> {
    let password = password.ok_or(ReadError::Encrypted { format: FORMAT })?;
    let info = compound::stream(bytes, &["EncryptionInfo"], FORMAT)?;
    let package = compound::stream(bytes, &["EncryptedPackage"], FORMAT)?;
    // Passwords are hashed as UTF-16, without an end mark.
    let password: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
    match info.get(..4) {
        Some([4, 0, 4, 0]) => agile::open(info.get(8..).unwrap_or_default(), &package, &password),
        // Versions 2.2, 3.2 and 4.2.
        Some([2..=4, 0, 2, 0]) => standard::open(info.get(8..).unwrap_or_default(), &package, &password),
        Some(_) => Err(ReadError::Encrypted { format: "office" }),
        None => Err(damaged("no description of the encryption")),
    }
}

fn damaged(reason: &str) -> ReadError {
    ReadError::Damaged { format: FORMAT, reason: reason.to_owned() }
}

/// The package's size, which stands before it, and its bytes.
fn sized(package: &[u8]) -> Result<(usize, &[u8]), ReadError> {
    let (size, bytes) = package.split_first_chunk::<8>().ok_or_else(|| damaged("an empty package"))?;
    let size = usize::try_from(u64::from_le_bytes(*size)).unwrap_or(usize::MAX);
    Ok((size, bytes))
}
