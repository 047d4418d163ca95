//! What the server and a process that works on an upload say to each other, over pipes: a head as JSON behind its length,
//! then bytes.

use std::io;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What is to be made of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Wanted {
    Check,
    Parse,
    Report,
    Export,
    Annotate,
    Diff,
}

/// What a request asks for beside its file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) name: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) format: Option<String>,
    pub(super) format_hint: Option<String>,
    pub(super) to: Option<String>,
}

/// The head of a call; the files' bytes follow it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Call {
    pub(super) wanted: Wanted,
    pub(super) asked: Asked,
    pub(super) password: Option<String>,
    /// Name and length of each file.
    pub(super) files: Vec<(String, usize)>,
    /// Most bytes of memory for the work.
    pub(super) memory: u64,
}

/// The head of an answer; its body follows it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Reply {
    pub(super) status: u16,
    /// The media type.
    pub(super) kind: String,
    /// More of the media type's headers: the name that a download should have.
    pub(super) file: Option<String>,
}

/// A head as bytes.
pub(super) fn head(head: &impl Serialize) -> io::Result<Vec<u8>> {
    let json = serde_json::to_vec(head)?;
    let length = u32::try_from(json.len()).map_err(io::Error::other)?;
    let mut out = length.to_le_bytes().to_vec();
    out.extend_from_slice(&json);
    Ok(out)
}

/// A head and how many bytes it takes; nothing where it is not whole.
pub(super) fn split<T: DeserializeOwned>(bytes: &[u8]) -> Option<(T, usize)> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let head = serde_json::from_slice(rest.get(..length)?).ok()?;
    Some((head, 4 + length))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where its premise fails")]

    use super::*;

    #[test]
    fn a_head_comes_back_with_its_length_and_not_from_a_piece() {
        let reply = Reply { status: 200, kind: "text/html".to_owned(), file: None };
        let mut bytes = head(&reply).unwrap();
        let length = bytes.len();
        bytes.extend_from_slice(b"body");
        let (found, at) = split::<Reply>(&bytes).unwrap();
        assert_eq!((found.status, found.kind.as_str(), &bytes[at..]), (200, "text/html", &b"body"[..]));
        assert!((0..length).all(|end| split::<Reply>(&bytes[..end]).is_none()));
    }
}
