//! PDF files with their findings as comments, read back with lopdf.

#![allow(clippy::float_arithmetic, reason = "points on a page; no amount is a float")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use cthd::output::annotated::{self, Input, Kind};
use cthd::span::At;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream, decode_text_string, dictionary};

use crate::annotated::{annotated, messages};
use crate::{Made, common, made, made_with};

/// The password of the fixtures that have one.
const PASSWORD: &str = "mat-khau";

/// PDF files of several producers.
fn documents() -> Vec<PathBuf> {
    let folders = ["fixtures/formats", "fixtures/formats/others", "fixtures/formats/offices"];
    let files = folders.iter().flat_map(|folder| common::entries(&common::path(folder)));
    files.filter(|path| common::name(path).ends_with(".pdf")).collect()
}

/// An annotation that was added: its page, counted from 1, its name, what it says, where it is.
#[derive(Debug)]
struct Comment {
    page: u32,
    name: String,
    said: String,
    rect: Vec<f32>,
}

fn text(dictionary: &Dictionary, key: &[u8]) -> String {
    decode_text_string(dictionary.get(key).unwrap()).unwrap()
}

fn comments(document: &Document) -> Vec<Comment> {
    let mut out = Vec::new();
    for (page, id) in document.get_pages() {
        for annotation in document.get_page_annotations(id).unwrap() {
            if annotation.get(b"T").is_err() {
                continue;
            }
            assert_eq!(text(annotation, b"T"), "cthd");
            let form = annotation.get(b"AP").unwrap().as_dict().unwrap().get(b"N").unwrap();
            let form = document.get_object(form.as_reference().unwrap()).unwrap().as_stream().unwrap();
            let drawn = String::from_utf8(form.content.clone()).unwrap();
            assert!(drawn.contains(" re ") || drawn.contains(" l S"), "it is drawn");
            let rect = annotation.get(b"Rect").unwrap().as_array().unwrap();
            let rect = rect.iter().map(|it| it.as_float().unwrap()).collect();
            let (name, said) = (text(annotation, b"NM"), text(annotation, b"Contents"));
            out.push(Comment { page, name, said, rect });
        }
    }
    out
}

/// Holds the comments of a file against the findings. `area` gives where on the page a place of the report is.
fn hold(comments: &[Comment], made: &Made, area: impl Fn(&At) -> [f32; 4]) {
    let names: BTreeSet<&String> = comments.iter().map(|it| &it.name).collect();
    assert_eq!(names.len(), comments.len(), "a name twice");
    for (index, finding) in made.reports[0].findings.iter().enumerate() {
        let start = format!("cthd-{}-", index + 1);
        let own: Vec<&Comment> = comments.iter().filter(|it| it.name.starts_with(&start)).collect();
        assert!(!own.is_empty(), "{} has no comment", finding.code);
        for comment in &own {
            assert!(comment.said.contains(&format!("{} (", finding.code)), "{comment:?}");
            assert!(comment.said.contains(&finding.message), "{comment:?}");
        }
        let page = finding.at.page.unwrap();
        let first = own.iter().find(|it| it.page == page).unwrap_or_else(|| panic!("{:?}", finding.at));
        let [left, low, right, high] = area(&finding.at);
        let near = |a: f32, b: f32| (a - b).abs() < 0.5;
        let rect = &first.rect;
        // Pieces of it on the same page make it larger.
        assert!(
            rect[0] <= left + 0.5 && rect[1] <= low + 0.5 && rect[2] >= right - 0.5 && rect[3] >= high - 0.5
        );
        if finding.at.also.is_empty() {
            let same =
                near(rect[0], left) && near(rect[1], low) && near(rect[2], right) && near(rect[3], high);
            assert!(same, "{rect:?} is not {:?} ({})", area(&finding.at), finding.message);
        }
    }
}

/// A place on an upright page of a height.
fn upright(at: &At, height: f32) -> [f32; 4] {
    let [left, top, right, bottom] = at.bbox.as_deref().unwrap().map(|it| it as f32 / 100.0);
    [left, height - bottom, right, height - top]
}

fn heights(document: &Document) -> Vec<f32> {
    let height = |id: ObjectId| {
        let mut node = document.get_dictionary(id).unwrap();
        loop {
            if let Ok(area) = node.get_deref(b"MediaBox", document) {
                return area.as_array().unwrap()[3].as_float().unwrap();
            }
            node = node.get_deref(b"Parent", document).unwrap().as_dict().unwrap();
        }
    };
    document.get_pages().into_values().map(height).collect()
}

#[test]
fn every_finding_is_a_comment_at_its_words_and_no_byte_of_the_file_changes() {
    assert!(documents().len() > 10);
    let mut all = 0;
    for path in documents() {
        let bytes = common::read(&path);
        let before = made(&bytes);
        let written = annotated(&bytes, &before);
        assert_eq!((written.kind, &written.because), (Kind::Pdf, &None), "{}", path.display());
        assert!(written.bytes.starts_with(&bytes), "{}", path.display());
        let document = Document::load_mem(&written.bytes).unwrap();
        assert!(document.xref_recovery.is_none(), "{}", path.display());
        let heights = heights(&document);
        let area = |at: &At| upright(at, heights[at.page.unwrap() as usize - 1]);
        hold(&comments(&document), &before, area);
        all += before.reports[0].findings.len();
        // What is read is the same.
        let mut after = made(&written.bytes);
        after.document.source = before.document.source.clone();
        assert!(after.document == before.document, "{}", path.display());
        assert_eq!(messages(&after), messages(&before), "{}", path.display());
    }
    assert!(all > 100, "{all} findings");
}

/// A small file with several pages, findings on the first ones.
fn small() -> Vec<u8> {
    common::read(&common::path("fixtures/formats/others/ward-yearly-targets.pdf"))
}

fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_page_that_is_turned_is_marked_where_the_words_are() {
    let bytes = small();
    let plain = made(&bytes);
    let mut document = Document::load_mem(&bytes).unwrap();
    let heights = heights(&document);
    for (id, height) in document.get_pages().into_values().zip(&heights) {
        let start =
            document.add_object(Stream::new(Dictionary::new(), format!("q 0 1 -1 0 {height} 0 cm\n").into()));
        let end = document.add_object(Stream::new(Dictionary::new(), b"\nQ".to_vec()));
        let own: Vec<Object> = document.get_page_contents(id).into_iter().map(Object::Reference).collect();
        let contents = [vec![Object::Reference(start)], own, vec![Object::Reference(end)]].concat();
        let page = document.get_dictionary_mut(id).unwrap();
        let area = page.get(b"MediaBox").unwrap().as_array().unwrap().clone();
        page.set("MediaBox", vec![area[1].clone(), area[0].clone(), area[3].clone(), area[2].clone()]);
        page.remove(b"CropBox");
        page.set("Rotate", 90);
        page.set("Contents", contents);
    }
    let turned = saved(document);
    let before = made(&turned);
    assert_eq!(messages(&before), messages(&plain));
    let written = annotated(&turned, &before);
    let document = Document::load_mem(&written.bytes).unwrap();
    // What is drawn at x, y is on the page of the file at the height less y, x.
    hold(&comments(&document), &before, |at| {
        let [left, top, right, bottom] = at.bbox.as_deref().unwrap().map(|it| it as f32 / 100.0);
        [top, left, bottom, right]
    });
}

#[test]
fn annotations_that_a_file_has_stay() {
    let mut document = Document::load_mem(&small()).unwrap();
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let link = |name: &str| {
        dictionary! { "Type" => "Annot", "Subtype" => "Link", "NM" => Object::string_literal(name), "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()] }
    };
    // One list is an object of its own, one stands in its page.
    let first = document.add_object(link("one"));
    let list = document.add_object(vec![Object::Reference(first)]);
    document.get_dictionary_mut(pages[0]).unwrap().set("Annots", list);
    document.get_dictionary_mut(pages[1]).unwrap().set("Annots", vec![Object::Dictionary(link("two"))]);
    let bytes = saved(document);
    let before = made(&bytes);
    let once = annotated(&bytes, &before).bytes;
    let twice = annotated(&once, &made(&once)).bytes;
    let document = Document::load_mem(&twice).unwrap();
    let links = |page: usize| {
        let annotations = document.get_page_annotations(pages[page]).unwrap();
        let links = annotations.iter().filter(|it| it.get(b"Subtype").unwrap().as_name().unwrap() == b"Link");
        links.map(|it| text(it, b"NM")).collect::<Vec<_>>()
    };
    assert_eq!((links(0), links(1)), (vec!["one".to_owned()], vec!["two".to_owned()]));
    let once = comments(&Document::load_mem(&once).unwrap()).len();
    assert_eq!(comments(&document).len(), 2 * once);
}

#[test]
fn a_file_with_a_password_keeps_it() {
    let bytes = common::read(&common::path("fixtures/office/secret.pdf"));
    let before = made_with(&bytes, PASSWORD);
    let (source, report) = (&before.source, &before.reports[0]);
    let input = Input { bytes: &bytes, password: Some(PASSWORD), source, report };
    let written = annotated::write(&input, &before.catalogues[0]);
    assert_eq!(written.kind, Kind::Pdf);
    assert!(cthd::pipeline::read("input", &written.bytes, common::grammar()).is_err());
    let options = LoadOptions { password: Some(PASSWORD.to_owned()), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(&written.bytes, options).unwrap();
    let heights = heights(&document);
    hold(&comments(&document), &before, |at| upright(at, heights[at.page.unwrap() as usize - 1]));
    assert_eq!(messages(&made_with(&written.bytes, PASSWORD)), messages(&before));
    // No note stands there for everybody to read.
    let message = before.reports[0].findings.first().map(|it| it.message.clone());
    let wide: Vec<u8> = message.iter().flat_map(|it| it.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let hex: String = wide.iter().take(40).map(|byte| format!("{byte:02X}")).collect();
    assert!(hex.is_empty() || !String::from_utf8_lossy(&written.bytes).contains(&hex));
}

#[test]
fn a_file_whose_table_of_objects_is_broken_is_written_anew() {
    let mut bytes = small();
    let at = bytes.windows(9).rposition(|it| it == b"startxref").unwrap();
    bytes.truncate(at);
    bytes.extend_from_slice(b"startxref\n7\n%%EOF\n");
    let before = made(&bytes);
    let written = annotated(&bytes, &before);
    assert_eq!(written.kind, Kind::Pdf);
    let document = Document::load_mem(&written.bytes).unwrap();
    assert!(document.xref_recovery.is_none(), "a file that every program can open");
    let heights = heights(&document);
    hold(&comments(&document), &before, |at| upright(at, heights[at.page.unwrap() as usize - 1]));
    assert_eq!(messages(&made(&written.bytes)), messages(&before));
}

#[test]
fn other_programs_open_the_file() {
    let Some(program) = common::program("pdftotext") else { return };
    let bytes = common::read(&common::path("fixtures/formats/seed-chromium.pdf"));
    let before = made(&bytes);
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, annotated(&bytes, &before).bytes).unwrap();
    let output = std::process::Command::new(program).arg(&file).arg("-").output().unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
