//! The user's own document with the findings in it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::PathBuf;

use cthd::output::annotated::{self, Input, Kind};
use cthd::output::{Catalogue, Lang};
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::{Made, SMALL, common, made};

/// Word documents of several producers.
fn documents() -> Vec<PathBuf> {
    let folders = ["fixtures/formats", "fixtures/formats/others", "fixtures/office"];
    let files = folders.iter().flat_map(|folder| common::entries(&common::path(folder)));
    files
        .filter(|path| {
            let name = common::name(path);
            name.ends_with(".docx") && !name.starts_with("secret")
        })
        .collect()
}

pub(crate) fn annotated(bytes: &[u8], made: &Made) -> annotated::Annotated {
    let input = Input { bytes, password: None, source: &made.source, report: &made.reports[0] };
    annotated::write(&input, &made.catalogues[0])
}

/// What the audit says, without places.
pub(crate) fn messages(made: &Made) -> Vec<String> {
    made.reports[0].findings.iter().map(|it| format!("{} {}", it.code, it.message)).collect()
}

pub(crate) fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        assert!(out.insert(part.name().unwrap().into_owned(), bytes).is_none(), "a part twice");
    }
    out
}

/// The words between the marks of each comment, and the text of each comment.
fn anchors(parts: &BTreeMap<String, Vec<u8>>) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let (mut around, mut said) = (BTreeMap::new(), BTreeMap::new());
    for (part, out) in [("word/document.xml", &mut around), ("word/comments.xml", &mut said)] {
        let text = std::str::from_utf8(&parts[part]).unwrap();
        let mut reader = Reader::from_str(text);
        let mut open: Vec<String> = Vec::new();
        let mut in_text = false;
        loop {
            let event = reader.read_event().expect("the part is well-formed");
            let id = |element: &quick_xml::events::BytesStart<'_>| {
                element.attributes().flatten().find(|it| it.key.as_ref() == "w:id").unwrap().value.to_string()
            };
            match &event {
                Event::Start(element) | Event::Empty(element) => match element.name().as_ref() {
                    "w:commentRangeStart" | "w:comment" => {
                        open.push(id(element));
                        out.entry(id(element)).or_insert_with(String::new);
                    }
                    "w:commentRangeEnd" => open.retain(|it| *it != id(element)),
                    "w:t" => in_text = true,
                    // Words of different paragraphs and cells.
                    "w:p" | "w:tab" | "w:br" => {
                        open.iter().for_each(|id| out.get_mut(id).unwrap().push(' '));
                    }
                    _ => {}
                },
                Event::End(element) => match element.name().as_ref() {
                    "w:comment" => open.clear(),
                    "w:t" => in_text = false,
                    _ => {}
                },
                Event::Text(text) if in_text => {
                    open.iter().for_each(|id| out.get_mut(id).unwrap().push_str(&text.xml10_content()));
                }
                Event::GeneralRef(name) if in_text => {
                    let letter = match name.xml10_content().as_ref() {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        _ => "\"",
                    };
                    open.iter().for_each(|id| out.get_mut(id).unwrap().push_str(letter));
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    (around, said)
}

fn squeezed(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_word_document_gets_its_comments_at_the_words_and_is_else_as_it_was() {
    assert!(documents().len() > 3);
    let (mut all, mut exact) = (0, 0);
    for path in documents() {
        let bytes = common::read(&path);
        let before = made(&bytes);
        let written = annotated(&bytes, &before);
        assert_eq!(written.kind, Kind::Docx, "{}", path.display());
        let (old, new) = (parts(&bytes), parts(&written.bytes));
        for (name, part) in &old {
            let touched = ["word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"];
            assert!(touched.contains(&name.as_str()) || new[name] == *part, "{name} is another");
        }
        let (around, said) = anchors(&new);
        let findings = &before.reports[0].findings;
        assert_eq!((around.len(), said.len()), (findings.len(), findings.len()), "{}", path.display());
        for (id, finding) in findings.iter().enumerate() {
            let words = &before.source.original()[finding.at.span.0 as usize..finding.at.span.1 as usize];
            let (found, comment) = (&around[&id.to_string()], &said[&id.to_string()]);
            assert!(comment.contains(&finding.code) && comment.contains(&finding.message), "{comment}");
            all += 1;
            exact += usize::from(squeezed(found) == squeezed(words));
        }
        // What is read is the same, and the comments are set aside.
        let after = made(&written.bytes);
        assert_eq!(after.document.sections.len(), before.document.sections.len());
        assert_eq!(after.document.appendices.len(), before.document.appendices.len());
        assert_eq!(messages(&after), messages(&before), "{}", path.display());
    }
    // The others are numbers of lists and words that a tracked change or a page cuts: their paragraph is marked.
    assert!(exact * 100 >= all * 95, "{exact} of {all} comments stand around the very words");
}

#[test]
fn comments_that_a_document_has_stay() {
    let bytes = common::read(&common::path("fixtures/formats/seed-python-docx.docx"));
    let first = made(&bytes);
    let once = annotated(&bytes, &first).bytes;
    let twice = annotated(&once, &made(&once)).bytes;
    let (_, said) = anchors(&parts(&twice));
    assert_eq!(said.len(), 2 * first.reports[0].findings.len());
    let types = String::from_utf8(parts(&twice)["[Content_Types].xml"].clone()).unwrap();
    assert_eq!(types.matches("comments+xml").count(), 1);
}

/// What LibreOffice makes of a file, in a format of plain XML.
pub(crate) fn in_an_office_program(file: &annotated::Annotated, format: &str) -> Option<String> {
    if !common::has_program("soffice", "--version") {
        return None;
    }
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join(format!("a.{}", file.kind.extension()));
    std::fs::write(&path, &file.bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let mut office = std::process::Command::new("soffice");
    office.args(["--headless", "--norestore", &profile, "--convert-to", format, "--outdir"]);
    let done = office.arg(folder.path()).arg(&path).output().unwrap();
    assert!(done.status.success());
    Some(common::read_text(&folder.path().join(format!("a.{format}"))))
}

#[test]
fn an_office_program_shows_every_comment() {
    let bytes = common::read(&common::path("fixtures/formats/seed-python-docx.docx"));
    let first = made(&bytes);
    let Some(shown) = in_an_office_program(&annotated(&bytes, &first), "fodt") else { return };
    assert_eq!(shown.matches("<office:annotation ").count(), first.reports[0].findings.len());
}

#[test]
fn any_other_file_becomes_a_page_of_its_text_with_notes() {
    let text = SMALL.replace("thể trận quốc phòng", "thể trận quốc phòng <b>chung</b> & riêng");
    let made = made(text.as_bytes());
    for (i, lang) in Lang::ALL.into_iter().enumerate() {
        let (source, report) = (&made.source, &made.reports[i]);
        let input = Input { bytes: text.as_bytes(), password: None, source, report };
        let written = annotated::write(&input, &Catalogue::new(lang));
        assert_eq!((written.kind, written.because), (Kind::Html, None));
        let page = String::from_utf8(written.bytes).unwrap();
        assert_eq!(page.matches("<div class=\"note ").count(), made.reports[i].findings.len(), "{page}");
        assert!(page.contains("<mark class=\"warning\">thể</mark>"), "{page}");
        assert!(page.contains("&lt;b&gt;") && !page.contains("<b>chung") && !page.contains("<script"));
        assert!(page.contains("<mark class=\"error\">1.984</mark>"), "{page}");
    }
}

#[test]
fn every_finding_of_every_document_is_in_its_page() {
    for (name, bytes) in crate::documents() {
        let made = made(&bytes);
        let written = annotated(&bytes, &made);
        let page = String::from_utf8(written.bytes).unwrap();
        let findings = made.reports[0].findings.len();
        assert_eq!(page.matches("<div class=\"note ").count(), findings, "{name}");
        assert_eq!(page.matches("<sup>").count(), findings, "{name}");
    }
}
