//! Pages saved with their pictures in one file (MHTML, RFC 2557): the page in it.

use std::borrow::Cow;

use encoding_rs::Encoding;

use crate::read::base64::from_base64;

/// Bytes from the start in which the header of such a file says what it is.
const TOLD_WITHIN: usize = 4096;
/// Deepest nesting of parts.
const MAX_NESTING: usize = 4;

/// The page of an archive.
pub(super) struct Page<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// The encoding that its header names.
    pub encoding: Option<&'static Encoding>,
}

/// Whether a file begins with the header of a message that holds a page.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    let head = bytes.get(..TOLD_WITHIN).unwrap_or(bytes).to_ascii_lowercase();
    let has = |words: &[u8]| memchr::memmem::find(&head, words).is_some();
    let name = head.iter().position(|byte| *byte == b':').and_then(|end| head.get(..end));
    name.is_some_and(|name| name.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'-'))
        && has(b"mime-version:")
        && (has(b"multipart/related") || has(b"multipart/alternative") || has(b"content-type: text/html"))
}

/// The first page of an archive.
pub(super) fn page(bytes: &[u8]) -> Option<Page<'_>> {
    part(bytes, 0)
}

fn part(bytes: &[u8], depth: usize) -> Option<Page<'_>> {
    let (header, body) = split(bytes);
    let kind = field(&header, "content-type").unwrap_or_default();
    let lower = kind.to_ascii_lowercase();
    if lower.starts_with("multipart/") && depth < MAX_NESTING {
        let border = format!("--{}", parameter(&kind, "boundary")?);
        let starts: Vec<usize> = memchr::memmem::find_iter(body, border.as_bytes()).collect();
        let ends = starts.iter().skip(1).copied().chain([body.len()]);
        let mut parts =
            starts.iter().zip(ends).filter_map(|(start, end)| body.get(start + border.len()..end));
        return parts.find_map(|piece| part(after_line(piece), depth + 1));
    }
    if !lower.starts_with("text/html") {
        return None;
    }
    let encoding = parameter(&kind, "charset").and_then(|label| Encoding::for_label(label.as_bytes()));
    let transfer = field(&header, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
    let bytes = match transfer.trim() {
        "quoted-printable" => Cow::Owned(from_quoted(body)),
        "base64" => Cow::Owned(from_base64(body)),
        _ => Cow::Borrowed(body),
    };
    Some(Page { bytes, encoding })
}

/// What follows the line's end.
fn after_line(bytes: &[u8]) -> &[u8] {
    let end = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |end| end + 1);
    bytes.get(end..).unwrap_or_default()
}

/// Header and body of a part; a blank line stands between them.
fn split(bytes: &[u8]) -> (String, &[u8]) {
    let mut rest = bytes;
    while !rest.is_empty() {
        let next = after_line(rest);
        let line = rest.get(..rest.len() - next.len()).unwrap_or_default();
        rest = next;
        if line.trim_ascii().is_empty() {
            break;
        }
    }
    let header = bytes.get(..bytes.len() - rest.len()).unwrap_or_default();
    (String::from_utf8_lossy(header).into_owned(), rest)
}

/// The value of a header's field, with the lines that it goes on.
fn field(header: &str, name: &str) -> Option<String> {
    let mut lines = header.lines();
    let is_named = |line: &&str| line.split_once(':').is_some_and(|(own, _)| own.eq_ignore_ascii_case(name));
    let (_, first) = lines.find(is_named)?.split_once(':')?;
    let more = lines.take_while(|line| line.starts_with([' ', '\t']));
    Some(std::iter::once(first).chain(more).map(str::trim).collect::<Vec<_>>().join(" "))
}

fn parameter<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    let parameters = value.split(';').filter_map(|parameter| parameter.split_once('='));
    let mut own = parameters.filter(|(own, _)| own.trim().eq_ignore_ascii_case(name));
    own.next().map(|(_, value)| value.trim().trim_matches('"'))
}

/// Bytes of a "quoted-printable" text (RFC 2045, 6.7).
fn from_quoted(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        let code = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        rest = match after {
            [b'\r', b'\n', after @ ..] | [b'\n', after @ ..] if *first == b'=' => after,
            [a, b, after @ ..] if *first == b'=' && code(&[*a, *b]).is_some() => {
                out.extend(code(&[*a, *b]));
                after
            }
            _ => {
                out.push(*first);
                after
            }
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_bytes_come_back() {
        assert_eq!(from_quoted(b"a=3Db=\r\nc=\nd=E1=BA=A1 =x="), "a=bcdạ =x=".as_bytes());
    }
}
