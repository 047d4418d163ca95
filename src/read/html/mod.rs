//! HTML (the living standard of the WHATWG): a page or a fragment as text with tables.
//!
//! The tokenizer's tags become paragraphs and tables in one pass (`content`), without a tree of elements, so that no
//! nesting is too deep; tables are laid on their grids (`rows`), lists numbered as browsers number them (`lists`). What
//! comes out is written as a Word document's content is, which also knows tables that only place text.

mod archive;
mod attributes;
mod content;
mod elements;
mod lists;
mod rows;
mod tokens;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::decode::decode_declared;
use super::{File, ReadError, docx};
use crate::grammar::Grammar;
use crate::source::Source;
use attributes::Attributes;
use content::Content;
use tokens::{Token, tokens};

/// Most bytes of a page; pages with pictures in them are larger than their text.
pub const MAX_BYTES: u64 = 48 << 20;
/// Deepest nesting of tables.
pub const MAX_TABLE_NESTING: usize = 24;
/// Bytes from the start in which an encoding is declared (13.2.3.2 says 1024; word processors write more before it).
const DECLARED_WITHIN: usize = 4096;
/// Bytes from the start that tell a page.
const TOLD_WITHIN: usize = 4096;

/// Elements that only a page begins with.
const PAGE: [&str; 5] = ["html", "head", "body", "meta", "title"];
/// Elements that a fragment of a page begins with, and also a piece of HTML in a text.
const FRAGMENT: [&str; 23] = [
    "p",
    "div",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "center",
    "section",
    "article",
    "main",
    "style",
    "link",
    "header",
    "nav",
    "blockquote",
    "pre",
    "font",
    "span",
];

/// Whether a file is a page: it begins with a declaration or an element of pages, or it begins with a block and ends
/// with a tag. A text with tags in its lines is none, and neither is Markdown with tables as HTML in it.
pub(super) fn is_html(bytes: &[u8]) -> bool {
    archive::is_archive(bytes) || is_page(bytes)
}

fn is_page(bytes: &[u8]) -> bool {
    // UTF-16 shows its Latin letters once the other halves are gone.
    let plain = |bytes: &[u8]| -> Vec<u8> { bytes.iter().copied().filter(|byte| *byte != 0).collect() };
    let head = plain(bytes.get(..TOLD_WITHIN).unwrap_or(bytes)).to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let mut rest = head.trim_start_matches(['\u{FEFF}', '\u{FFFD}']).trim_start();
    loop {
        let after = match rest {
            _ if rest.starts_with("<!--") => rest.split_once("-->"),
            _ if rest.starts_with("<?xml") => rest.split_once("?>"),
            _ => break,
        };
        let Some((_, after)) = after else { return false };
        rest = after.trim_start();
    }
    if let Some(kind) = rest.strip_prefix("<!doctype") {
        return kind.trim_start().starts_with("html");
    }
    let Some(rest) = rest.strip_prefix('<') else { return false };
    let Some(end) = rest.find(|c: char| !c.is_ascii_alphanumeric()) else { return false };
    let (name, after) = rest.split_at(end);
    if !after.starts_with([' ', '\t', '\r', '\n', '/', '>']) {
        return false;
    }
    let ends_with_tag = || plain(bytes).trim_ascii_end().ends_with(b">");
    PAGE.contains(&name) || FRAGMENT.contains(&name) && ends_with_tag() && !is_markdown(&plain(bytes))
}

/// Whether a line begins as lines of Markdown do: programs write tables that Markdown cannot hold as HTML in between.
fn is_markdown(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 5] = [b"**", b"# ", b"## ", b"| ", b"\\-"];
    let mut lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_start);
    lines.any(|line| marks.iter().any(|mark| line.starts_with(mark)))
}

pub(super) fn read(file: File<'_>, grammar: &Grammar) -> Result<Source, ReadError> {
    let bytes = file.bytes.len() as u64;
    if bytes > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes, limit: MAX_BYTES });
    }
    let decoded = if archive::is_archive(file.bytes) {
        let none = || ReadError::Damaged { format: "MHTML", reason: "it holds no page".to_owned() };
        let page = archive::page(file.bytes).ok_or_else(none)?;
        decode_declared(&page.bytes, page.encoding.or_else(|| declared(&page.bytes)), grammar)?
    } else {
        decode_declared(file.bytes, declared(file.bytes), grammar)?
    };
    let mut content = Content::new(lists::reversed_lengths(&decoded.text));
    for token in tokens(&decoded.text) {
        match token {
            Token::Start(tag) => content.start(&tag.name, Attributes(&tag.attributes))?,
            Token::End(name) => content.end(&name)?,
            Token::Text(text) => content.text(&text)?,
        }
    }
    let laid = content.finish()?;
    let facts = file.facts("html", &decoded.encoding, decoded.replaced);
    let mut source = docx::write(&laid, grammar)?.finish(facts, grammar)?;
    source.old_encoding = decoded.old;
    Ok(source)
}

/// The encoding that a page declares: `<meta charset=…>`, `content="text/html; charset=…"`, `<?xml encoding=…?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes).to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|word| {
        let at = memchr::memmem::find(&head, word.as_bytes())?;
        let rest = head.get(at + word.len()..)?.trim_ascii_start().strip_prefix(b"=")?;
        let rest = rest.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)));
        let encoding = Encoding::for_label(rest.get(..end.unwrap_or(rest.len()))?)?;
        // A declaration that can be read byte by byte is not in UTF-16.
        Some(encoding).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
    })
}
