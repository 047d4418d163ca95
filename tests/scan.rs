//! Scanned pages and pictures of text give what the pages with their text give, or say what is not sure.
//! `fixtures/make/scan.py` writes the files. Tesseract recognises them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod common;

use std::process::{Command, Output};
use std::sync::LazyLock;

use cthd::model::{Aside, Block, Cell, Document, NoticeKind, Section};
use cthd::output::report::Report;

fn cthd(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cthd"));
    command.args(args).env("LC_ALL", "C.UTF-8").output().expect("cthd runs")
}

fn file(name: &str) -> String {
    common::path(&format!("fixtures/scans/{name}")).display().to_string()
}

fn model(name: &str) -> Document {
    let output = cthd(&["parse", &file(name)]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a model")
}

fn report(name: &str) -> Report {
    let output = cthd(&["check", "--format", "json", &file(name)]);
    serde_json::from_slice(&output.stdout).expect("a report")
}

/// The scan, read once.
fn scan() -> &'static Document {
    static SCAN: LazyLock<Document> = LazyLock::new(|| model("scan.pdf"));
    &SCAN
}

fn can_recognise() -> bool {
    common::has_program("tesseract", "--version")
}

/// Cells of all tables with those of another document at the same places.
fn cells<'a>(read: &'a Document, text: &'a Document) -> Vec<(&'a Cell, &'a Cell)> {
    let mut out = Vec::new();
    assert_eq!(read.appendices.len(), text.appendices.len());
    for (a, b) in read.appendices.iter().zip(&text.appendices) {
        assert_eq!((&a.id, a.kind), (&b.id, b.kind));
        let rows = |table: &'a Option<cthd::model::Table>| table.as_ref().map_or(&[][..], |it| &it.rows);
        let (a, b) = (rows(&a.table), rows(&b.table));
        assert_eq!(a.len(), b.len());
        for (a, b) in a.iter().zip(b) {
            assert_eq!((a.cells.len(), a.role), (b.cells.len(), b.role), "{:?} {:?}", a.cells, b.cells);
            out.extend(a.cells.iter().zip(&b.cells));
        }
    }
    out
}

/// Letters and digits of a text.
fn plain(text: Option<&str>) -> String {
    text.unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect()
}

fn is_figure(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits * 2 > text.chars().count()
}

#[test]
fn every_figure_of_the_scan_is_right_or_flagged() {
    if !can_recognise() {
        return;
    }
    let (read, text) = (scan(), model("pages.pdf"));
    let cells = cells(read, &text);
    let figures: Vec<_> =
        cells.iter().filter(|(_, text)| is_figure(text.raw.as_deref().unwrap_or_default())).collect();
    assert!(figures.len() > 150, "{} figures", figures.len());
    let wrong: Vec<_> =
        figures.iter().filter(|(a, b)| plain(a.raw.as_deref()) != plain(b.raw.as_deref())).collect();
    let missed: Vec<_> = wrong.iter().filter(|(read, _)| !read.at.is_unsure()).collect();
    assert!(missed.is_empty(), "{missed:?}");
    assert!(wrong.len() * 20 <= figures.len(), "{wrong:?}");
    let unsure = figures.iter().filter(|(read, _)| read.at.is_unsure()).count();
    assert!(unsure * 10 <= figures.len(), "{unsure} of {} are flagged", figures.len());
}

#[test]
fn the_cells_of_the_scan_are_those_of_the_text() {
    if !can_recognise() {
        return;
    }
    let (read, text) = (scan(), model("pages.pdf"));
    let cells = cells(read, &text);
    // Which cells are blank, and which letters stand in the others, but for a few marks.
    for (a, b) in &cells {
        assert_eq!(a.raw.is_none(), b.raw.is_none(), "{a:?} {b:?}");
    }
    let letters: usize = cells.iter().map(|(_, text)| plain(text.raw.as_deref()).chars().count()).sum();
    let wrong: usize =
        cells.iter().map(|(a, b)| distance(&plain(a.raw.as_deref()), &plain(b.raw.as_deref()))).sum();
    assert!(wrong * 100 <= letters, "{wrong} of {letters}");
}

/// How many letters differ, at most.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, right) in b.iter().enumerate() {
            let change = before[j] + usize::from(left != right);
            row.push(change.min(before[j + 1] + 1).min(row[j] + 1));
        }
        before = row;
    }
    before[b.len()]
}

fn texts(document: &Document) -> Vec<String> {
    fn walk(section: &Section, out: &mut Vec<String>) {
        out.push(format!("{} {}", section.number, section.title.as_deref().unwrap_or_default()));
        out.extend(section.blocks.iter().map(|block| block.text.clone()));
        section.sections.iter().for_each(|section| walk(section, out));
    }
    let block = |block: &Block| block.text.clone();
    let mut out: Vec<String> = document.header.preamble.iter().map(block).collect();
    out.extend(document.header.title.clone());
    document.sections.iter().for_each(|section| walk(section, &mut out));
    out
}

#[test]
fn the_body_of_the_scan_has_the_paragraphs_of_the_text() {
    if !can_recognise() {
        return;
    }
    let (read, text) = (texts(scan()), texts(&model("pages.pdf")));
    assert_eq!(read.len(), text.len(), "{read:#?}");
    let letters: usize = text.iter().map(|text| text.chars().count()).sum();
    let wrong: usize = read.iter().zip(&text).map(|(a, b)| distance(a, b)).sum();
    assert!(letters > 2000 && wrong * 200 < letters, "{wrong} of {letters}");
}

#[test]
fn places_and_notices_say_what_was_recognised() {
    if !can_recognise() {
        return;
    }
    let (read, text) = (scan(), model("pages.pdf"));
    let pairs = cells(read, &text);
    for (a, b) in pairs.iter().filter(|(a, _)| a.raw.is_some()) {
        assert!(a.at.confidence.is_some() && b.at.confidence.is_none());
        assert_eq!(a.at.page, b.at.page);
        // A scan that is turned by a degree still has its words where the page has them.
        let (Some(a), Some(b)) = (&a.at.bbox, &b.at.bbox) else { panic!("{a:?}") };
        assert!((a[0] - b[0]).abs() < 2_000 && (a[1] - b[1]).abs() < 2_000, "{a:?} {b:?}");
    }
    let notice = read.source.notices.iter().find(|it| it.kind == NoticeKind::Recognised);
    assert_eq!(notice.map(|it| it.detail.as_str()), Some("1-6"));
}

#[test]
fn the_audit_of_the_scan_finds_the_sums_that_fail_in_the_text() {
    if !can_recognise() {
        return;
    }
    let failed = |name: &str| {
        let report = report(name);
        let sums = report.checks.into_iter().filter(|it| it.code.starts_with('A'));
        let failed = sums.filter(|it| it.outcome == cthd::finding::Outcome::Fails);
        failed.map(|it| (it.code, it.at.page, it.difference)).collect::<Vec<_>>()
    };
    assert_eq!(failed("scan.pdf"), failed("pages.pdf"));
}

#[test]
fn faxes_with_a_stamp_sideways_pages_and_pictures_are_read() {
    if !can_recognise() {
        return;
    }
    let text = model("pages.pdf");
    for name in ["page.png", "fax.tif", "fax.pdf", "sideways.png"] {
        let read = model(name);
        let appendix = read.appendices.first().unwrap_or_else(|| panic!("{name}: no table"));
        let rows = appendix.table.as_ref().map(|table| table.rows.len());
        let wanted = text.appendices.first().and_then(|it| it.table.as_ref()).map(|table| table.rows.len());
        assert_eq!(rows, wanted, "{name}");
    }
    let fax = model("fax.pdf");
    let stamp: Vec<&str> =
        fax.set_aside.iter().filter(|it| it.reason == Aside::Stamp).map(|it| it.text.as_str()).collect();
    assert_eq!(stamp, ["Ky boi: Van thu", "Ngay ky: 12/03/2026"]);
    assert_eq!(model("fax.tif").source.pages, Some(2));
}

#[test]
fn the_same_scan_gives_the_same_bytes() {
    if !can_recognise() {
        return;
    }
    let once = cthd(&["parse", &file("page.png")]).stdout;
    assert!(!once.is_empty());
    assert_eq!(once, cthd(&["parse", &file("page.png")]).stdout);
}

#[test]
fn without_tesseract_the_message_says_how_to_install_it() {
    for name in ["scan.pdf", "page.png"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cthd"));
        let output = command.args(["parse", &file(name)]).env("PATH", "").output().expect("cthd runs");
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(output.stdout.is_empty());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("apt install tesseract-ocr tesseract-ocr-vie"), "{said}");
    }
}

#[test]
fn a_picture_that_is_none_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = common::read(&common::path("fixtures/scans/page.png"));
    for (name, bytes) in [
        ("cut.png", &picture[..picture.len() / 3]),
        ("empty.png", &picture[..8]),
        ("none.jpg", b"\xFF\xD8\xFF\xE0 no picture"),
        ("none.tif", b"II*\0\xFF\xFF\xFF\xFF"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("it is written");
        let output = cthd(&["parse", path.to_str().expect("a plain path")]);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
