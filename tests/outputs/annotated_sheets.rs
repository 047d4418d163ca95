//! Workbooks with their findings as comments on cells: read back by this program, by openpyxl and by LibreOffice.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use cthd::model::Aside;
use cthd::output::annotated::Kind;
use serde_json::Value;

use crate::annotated::{annotated, in_an_office_program, messages, parts};
use crate::{Made, common, made};

/// Workbooks of several producers.
fn documents() -> Vec<PathBuf> {
    let folders = ["fixtures/formats", "fixtures/formats/sheets"];
    let files = folders.iter().flat_map(|folder| common::entries(&common::path(folder)));
    files.filter(|path| common::name(path).ends_with(".xlsx")).collect()
}

/// Sheet and cell.
type Place = (String, String);

/// The messages of the findings by their places.
fn said(made: &Made) -> BTreeMap<Place, Vec<String>> {
    let mut out: BTreeMap<Place, Vec<String>> = BTreeMap::new();
    for finding in &made.reports[0].findings {
        let (sheet, cell) = (finding.at.sheet.as_deref().unwrap(), finding.at.cell.as_deref().unwrap());
        out.entry((sheet.to_owned(), cell.to_owned())).or_default().push(finding.message.clone());
    }
    out
}

/// The comments that this program reads, by their cells.
fn comments(made: &Made) -> BTreeMap<Place, String> {
    let asides = made.document.set_aside.iter().filter(|it| it.reason == Aside::Comment);
    let mut out: BTreeMap<Place, String> = BTreeMap::new();
    for aside in asides {
        let place = (aside.at.sheet.as_deref().unwrap(), aside.at.cell.as_deref().unwrap());
        out.entry((place.0.to_owned(), place.1.to_owned())).or_default().push_str(&aside.text);
    }
    out
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_finding_is_a_comment_on_its_cell_and_all_else_is_as_it_was() {
    assert!(documents().len() > 5);
    let mut all = 0;
    for path in documents() {
        let name = path.display();
        let bytes = common::read(&path);
        let before = made(&bytes);
        let written = annotated(&bytes, &before);
        assert_eq!((written.kind, &written.because), (Kind::Xlsx, &None), "{name}");
        let (old, new) = (parts(&bytes), parts(&written.bytes));
        for (part, text) in &old {
            let touched = ["worksheets/", "[Content_Types].xml", "comments", "vmlDrawing", "drawings/"];
            assert!(touched.iter().any(|it| part.contains(it)) || new[part] == *text, "{name}: {part}");
        }
        // A sheet gets the name of the part with the boxes, and nothing else.
        for (part, text) in old.iter().filter(|(part, _)| part.starts_with("xl/worksheets/sheet")) {
            let new = String::from_utf8(new[part].clone()).unwrap();
            let added =
                new.find("<legacyDrawing xmlns:r=").map(|at| at..at + new[at..].find("/>").unwrap() + 2);
            let without =
                added.map_or(new.clone(), |added| format!("{}{}", &new[..added.start], &new[added.end..]));
            assert!(
                without.as_bytes() == text.as_slice() || new.as_bytes() == text.as_slice(),
                "{name}: {part}"
            );
        }
        let after = made(&written.bytes);
        let comments = comments(&after);
        for (place, messages) in said(&before) {
            let comment = comments.get(&place).unwrap_or_else(|| panic!("{name}: nothing on {place:?}"));
            for message in messages {
                assert!(squeezed(comment).contains(&squeezed(&message)), "{name} {place:?}: {comment}");
                all += 1;
            }
        }
        // What is read is the same, but for the comments.
        assert_eq!(messages(&after), messages(&before), "{name}");
        let cells = |made: &Made| -> Vec<Option<String>> {
            let tables = made.document.appendices.iter().filter_map(|it| it.table.as_ref());
            tables.flat_map(|it| &it.rows).flat_map(|row| &row.cells).map(|cell| cell.raw.clone()).collect()
        };
        assert_eq!(cells(&after), cells(&before), "{name}");
        assert_eq!(after.document.sections, before.document.sections, "{name}");
    }
    assert!(all > 60, "{all} findings");
}

#[test]
fn comments_that_a_workbook_has_stay_and_a_cell_has_one() {
    let bytes = common::read(&common::path("fixtures/formats/seed-libreoffice.xlsx"));
    let first = made(&bytes);
    let once = annotated(&bytes, &first).bytes;
    let twice = annotated(&once, &made(&once)).bytes;
    let (one, two) = (parts(&once), parts(&twice));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>(), "no part more");
    let text =
        |parts: &BTreeMap<String, Vec<u8>>, part: &String| String::from_utf8(parts[part].clone()).unwrap();
    for part in two.keys().filter(|it| it.contains("comments")) {
        let (once, twice) = (text(&one, part), text(&two, part));
        let cells = |text: &str| -> Vec<String> {
            text.split("<comment ref=\"").skip(1).map(|it| it.split('"').next().unwrap().to_owned()).collect()
        };
        assert_eq!(cells(&once), cells(&twice));
        assert_eq!(cells(&once).len(), cells(&once).into_iter().collect::<BTreeSet<_>>().len());
        let runs = |text: &str| text.matches("<r>").count();
        assert_eq!(2 * runs(&once), runs(&twice));
        assert_eq!(twice.matches("<author>cthd</author>").count(), 1);
    }
    for part in two.keys().filter(|it| it.ends_with(".vml")) {
        assert_eq!(text(&one, part), text(&two, part), "no box more");
    }
}

#[test]
fn a_workbook_whose_lists_of_parts_are_written_unusually_loses_none_of_them() {
    let bytes = common::read(&common::path("fixtures/formats/seed-openpyxl.xlsx"));
    let before = made(&bytes);
    for (part, element) in [("[Content_Types].xml", "Types"), ("xl/_rels/workbook.xml.rels", "Relationships")]
    {
        let mut package = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts(&bytes) {
            package.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
            let text = if name == part {
                // With a prefix, as some libraries write it.
                let text = String::from_utf8(text).unwrap();
                let text = text
                    .replace("</", "</p:")
                    .replace("<?", "<!?")
                    .replace('<', "<p:")
                    .replace("<p:/p:", "</p:");
                text.replace("<p:!?", "<?").replacen("xmlns=", "xmlns:p=", 1).into_bytes()
            } else {
                text
            };
            package.write_all(&text).unwrap();
        }
        let unusual = package.finish().unwrap().into_inner();
        let unusual_made = made(&unusual);
        assert_eq!(messages(&unusual_made), messages(&before), "{element}");
        let written = annotated(&unusual, &unusual_made);
        if part == "[Content_Types].xml" {
            assert_eq!(written.kind, Kind::Html);
            assert!(written.because.is_some());
        } else {
            assert_eq!(made(&written.bytes).document.appendices.len(), before.document.appendices.len());
        }
    }
}

#[test]
fn openpyxl_reads_the_comments_and_the_same_cells() {
    let Some(python) = common::program("python3") else { return };
    if !Command::new(&python).args(["-c", "import openpyxl"]).output().unwrap().status.success() {
        return;
    }
    let script = "import json, sys, openpyxl\n\
                  book = openpyxl.load_workbook(sys.argv[1])\n\
                  print(json.dumps([[s.title, c.coordinate, str(c.value), c.comment.text if c.comment else None, c.comment.author if c.comment else None]\n\
                  for s in book for row in s.iter_rows() for c in row if c.value is not None or c.comment]))";
    let read = |bytes: &[u8]| -> Vec<Vec<Value>> {
        let file = tempfile::Builder::new().suffix(".xlsx").tempfile().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let output = Command::new(&python).args(["-c", script]).arg(file.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    for name in ["seed-libreoffice.xlsx", "seed-openpyxl.xlsx", "sheets/around.xlsx"] {
        let bytes = common::read(&common::path(&format!("fixtures/formats/{name}")));
        let before = made(&bytes);
        let (old, new) = (read(&bytes), read(&annotated(&bytes, &before).bytes));
        let values = |cells: &[Vec<Value>]| -> BTreeSet<String> {
            let cells = cells.iter().filter(|it| it[2] != "None");
            cells.map(|it| format!("{} {} {}", it[0], it[1], it[2])).collect()
        };
        assert_eq!(values(&old), values(&new), "{name}");
        let on = |cells: &[Vec<Value>], place: &Place| -> String {
            let own = cells.iter().find(|it| it[0] == place.0 && it[1] == place.1);
            own.and_then(|it| it[3].as_str()).unwrap_or_default().to_owned()
        };
        for (place, messages) in said(&before) {
            let comment = on(&new, &place);
            assert!(comment.starts_with(&on(&old, &place)), "{name} {place:?}: {comment}");
            messages.iter().for_each(|it| assert!(comment.contains(it), "{name} {place:?}: {comment}"));
        }
        for cell in old.iter().filter(|it| !it[3].is_null()) {
            let place = (cell[0].as_str().unwrap().to_owned(), cell[1].as_str().unwrap().to_owned());
            assert!(on(&new, &place).starts_with(cell[3].as_str().unwrap()), "{name} {place:?}");
        }
    }
}

#[test]
fn an_office_program_shows_a_comment_on_every_cell_with_findings() {
    let bytes = common::read(&common::path("fixtures/formats/seed-libreoffice.xlsx"));
    let before = made(&bytes);
    let Some(shown) = in_an_office_program(&annotated(&bytes, &before), "fods") else { return };
    assert_eq!(shown.matches("<office:annotation ").count(), said(&before).len());
    let words = before.reports[0].findings[0].message.replace('&', "&amp;").replace('<', "&lt;");
    let start: String = words.chars().take(40).collect();
    assert!(shown.contains(&start), "{start}");
}

#[test]
fn a_workbook_with_a_password_becomes_a_page_that_says_why() {
    for (name, kind) in [("secret.xlsx", "xlsx"), ("secret.docx", "docx")] {
        let folder = tempfile::TempDir::new().unwrap();
        let call = |out: &str| {
            let mut call = Command::new(env!("CARGO_BIN_EXE_cthd"));
            call.arg("export").arg(common::path(&format!("fixtures/office/{name}")));
            call.args(["--password", "mat-khau", "--to", "annotated", "-o"]).arg(folder.path().join(out));
            call.output().unwrap()
        };
        let refused = call(&format!("a.{kind}"));
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains("Tệp có mật khẩu") && said.contains(".html"), "{said}");
        assert_eq!(call("a.html").status.code(), Some(0));
        assert!(common::read_text(&folder.path().join("a.html")).contains("Tệp có mật khẩu"));
    }
}
