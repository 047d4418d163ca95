//! Files that are no documents, that are damaged, or that want more than they may have.

use cthd::pipeline;
use cthd::read::{Bound, ReadError};

use crate::build::{Word, bare, cell, p, r, relations_of, row, ruled, top, zipped};
use crate::common;

fn read(bytes: &[u8]) -> Result<String, ReadError> {
    pipeline::read("a.docx", bytes, common::grammar()).map(|source| crate::build::blocks(&source))
}

fn with_main(main: &str) -> Vec<u8> {
    zipped(&[
        ("_rels/.rels".to_owned(), relations_of(&top("word/document.xml"))),
        ("word/document.xml".to_owned(), main.to_owned()),
    ])
}

#[test]
fn a_file_cut_at_any_length_is_refused_or_read() {
    let whole = Word::new(p("Một") + &ruled(&row(&["STT", "Tên"]))).part("styles", "styles", "").bytes();
    for length in 4..whole.len() {
        assert!(read(&whole[..length]).is_err(), "{length} of {}", whole.len());
    }
    let file = common::read(&common::path("fixtures/formats/seed-python-docx.docx"));
    for length in (4..file.len()).step_by(997) {
        assert!(read(&file[..length]).is_err(), "{length}");
    }
}

#[test]
fn xml_cut_at_any_length_gives_what_is_there() {
    let main = format!(
        "<w:document><w:body>{}<w:p><w:ins>{}</w:ins></w:p>{}</w:body></w:document>",
        p("Một"),
        r("hai"),
        ruled(&(row(&["STT", "Tên"]) + &row(&["1", "x"])))
    );
    for length in (0..main.len()).filter(|at| main.is_char_boundary(*at)) {
        // No panic; what is told of it may be either.
        let _ = read(&with_main(&main[..length]));
    }
    let cut = main.find("<w:p><w:ins>").unwrap();
    let source = pipeline::read("a.docx", &with_main(&main[..cut]), common::grammar()).unwrap();
    assert_eq!(crate::build::blocks(&source), "P[Một]");
    assert_eq!(source.notices.len(), 1, "what is missing is said");
}

#[test]
fn bytes_changed_anywhere_do_no_harm() {
    let whole = Word::new(p("Một") + &ruled(&(row(&["STT", "Tên"]) + &row(&["1", "x"])))).bytes();
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        let _ = read(&bytes);
    }
}

#[test]
fn bombs_meet_their_bounds() {
    let limit = |bytes: &[u8]| match read(bytes) {
        Err(ReadError::Limit { bound, .. }) => bound,
        other => panic!("{other:?}"),
    };
    let deep = "<w:x>".repeat(100_000);
    assert_eq!(limit(&with_main(&format!("<w:document>{deep}"))), Bound::Nesting);
    let mut nested = p("x");
    for _ in 0..40 {
        nested = bare(&format!("<w:tr>{}</w:tr>", cell("", &nested)));
    }
    assert_eq!(limit(&with_main(&nested)), Bound::Nesting);
    let long = format!("<w:document><w:p>{}</w:p></w:document>", r(&"a".repeat(8 << 20)));
    assert!(matches!(limit(&with_main(&long)), Bound::Ratio | Bound::Text));
    let styles: String = (0..20_000).map(|id| format!("<w:style w:styleId=\"s{id}\"/>")).collect();
    assert_eq!(limit(&Word::new(p("x")).part("styles", "styles", &styles).bytes()), Bound::Objects);
    assert_eq!(limit(&with_main(&"<w:p/>".repeat(500_000))), Bound::Paragraphs);
    let wide = "<w:tc><w:tcPr><w:gridSpan w:val=\"999999\"/></w:tcPr></w:tc>".repeat(2);
    let table = format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{wide}</w:tr>").repeat(3));
    let word = Word::new(p("x") + &table).blocks();
    assert!(word.starts_with("P[x]"), "a span beyond the grid ends at its border");
}

#[test]
fn entities_are_not_expanded() {
    let main = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\
                <w:document><w:body><w:p><w:r><w:t>x&b;y &amp; &#272;</w:t></w:r></w:p></w:body></w:document>";
    assert_eq!(read(&with_main(main)).unwrap(), "P[x&b;y & Đ]");
}

#[test]
fn a_main_part_of_another_name_is_found() {
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let types = format!("<Types><Override PartName=\"/doc/main.xml\" ContentType=\"{kind}\"/></Types>");
    let bytes = zipped(&[
        ("[Content_Types].xml".to_owned(), types),
        ("_rels/.rels".to_owned(), relations_of(&top("/doc/main.xml"))),
        ("doc/main.xml".to_owned(), format!("<w:document><w:body>{}</w:body></w:document>", p("Ở đây"))),
    ]);
    assert_eq!(read(&bytes).unwrap(), "P[Ở đây]");
}

#[test]
fn files_without_a_document_are_refused() {
    let none = zipped(&[("word/other.xml".to_owned(), String::new())]);
    assert!(matches!(read(&none), Err(ReadError::Damaged { .. })));
    assert_eq!(read(&with_main("<w:document><w:body/></w:document>")), Err(ReadError::Empty));
    let mut encrypted = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(matches!(read(&encrypted), Err(ReadError::Encrypted { .. })));
}
