//! What in a folder is a document, told by its content: reports, settings and other files for programs lie beside documents,
//! and would be read as text.

use cthd::model::Document;
use cthd::source::Source;
use serde::de::IgnoredAny;

/// Fewest of a hundred letters that only Vietnamese has, in a text that has no part of a programme. In Vietnamese every
/// fourth letter is one.
const VIETNAMESE: usize = 3;

/// Whether a file is data for programs: JSON, also a line at a time, or TOML. XML and HTML are read as documents or
/// not by their readers.
pub(super) fn is_data(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{') => {
            let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<IgnoredAny>();
            values.all(|value| value.is_ok())
        }
        Some(b'[') if serde_json::from_slice::<IgnoredAny>(bytes).is_ok() => true,
        Some(_) => {
            let text = std::str::from_utf8(bytes).ok().filter(|text| text.contains('='));
            text.is_some_and(|text| toml::from_str::<toml::Table>(text).is_ok_and(|it| !it.is_empty()))
        }
        None => false,
    }
}

/// Whether a file that was read is a document of the kind that is audited: it says what it is, has an appendix, or is
/// Vietnamese at all. Files of formats other than text are taken for documents.
pub(super) fn is_document(source: &Source, document: &Document) -> bool {
    if source.format != "text" || document.header.kind.is_some() || !document.appendices.is_empty() {
        return true;
    }
    let (mut all, mut own) = (0_usize, 0_usize);
    for c in source.text().chars().filter(|c| c.is_alphabetic()) {
        all += 1;
        own += usize::from(
            matches!(c, '\u{1ea0}'..='\u{1ef9}' | 'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư')
                || "áàãâéèêíìóòõôúùýÁÀÃÂÉÈÊÍÌÓÒÕÔÚÙÝĩũĨŨ".contains(c),
        );
    }
    own * 100 >= all * VIETNAMESE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_write_is_data() {
        assert!(is_data(b"{\"schema\": \"cthd/1\"}"));
        assert!(is_data("{\"a\": \"Kế hoạch\"}\n{\"a\": 2}\n".as_bytes()));
        assert!(is_data(b"[1, 2]"));
        assert!(is_data("[[accept]]\nrule = 'A001'\nreason = 'đã hỏi'\n".as_bytes()));
    }

    #[test]
    fn text_that_only_begins_like_data_is_none() {
        for text in
            ["{Mẫu}\nKẾ HOẠCH\n", "[1] Chú thích", "KẾ HOẠCH\nTổng: A = B\n", "", "Một dòng", "1 = 2 = 3"]
        {
            assert!(!is_data(text.as_bytes()), "{text}");
        }
    }
}
