//! The workbook, read back with calamine and, where it is installed, after LibreOffice has calculated it anew.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx};
use cthd::output::workbook;
use cthd::value::Number;

use crate::{Made, SMALL, common, documents, made};

fn written(made: &Made) -> Vec<u8> {
    workbook::write(&made.document, &made.reports[0], &made.catalogues[0]).expect("it can be written")
}

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).expect("calamine reads it")
}

#[test]
fn an_appendix_is_printed_with_numbers_as_numbers_and_its_totals_as_formulas() {
    let mut book = open(written(&made(SMALL.as_bytes())));
    assert_eq!(
        book.sheet_names(),
        ["Phát hiện", "PL 1", "PL 2", "Phép đối chiếu", "Nhiệm vụ", "Dự án", "Các khoản vốn", "Các mục"]
    );
    let sheet = book.worksheet_range("PL 1").unwrap();
    let cell = |row: u32, column: u32| sheet.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(cell(0, 0), Data::String("PHỤ LỤC 1. Danh mục dự án".to_owned()));
    assert_eq!(cell(3, 2), Data::String("Tổng số".to_owned()));
    assert_eq!((cell(4, 2), cell(4, 4)), (Data::Float(1984.0), Data::Float(974.0)));
    // The row's years added up again, and what is printed less that.
    assert_eq!((cell(4, 6), cell(4, 7)), (Data::Float(1974.0), Data::Float(10.0)));
    // Under the total's row the column added up again.
    assert_eq!(
        (cell(8, 2), cell(9, 2), cell(10, 2)),
        (Data::Float(7224.0), Data::Float(7234.0), Data::Float(-10.0))
    );
    let formulas = book.worksheet_formula("PL 1").unwrap();
    let formula = |row: u32, column: u32| formulas.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(formula(4, 6), "ROUND(SUM(D5:E5),0)");
    assert_eq!(formula(9, 2), "ROUND(SUM(C5:C8),0)");
    assert_eq!(formula(10, 2), "ROUND(C9-C10,0)");
    let tasks = book.worksheet_range("Nhiệm vụ").unwrap();
    let days = tasks.rows().nth(1).unwrap().iter().filter(|cell| matches!(cell, Data::DateTime(_))).count();
    assert_eq!(days, 2);
}

#[test]
fn every_finding_has_its_row_and_every_finding_of_a_cell_a_note() {
    for (name, bytes) in documents() {
        let made = made(&bytes);
        let bytes = written(&made);
        let mut book = open(bytes.clone());
        let sheet = book.worksheet_range("Phát hiện").unwrap();
        let codes: Vec<String> = sheet.rows().skip(5).map(|row| row[1].to_string()).collect();
        let expected: Vec<&str> =
            made.reports[0].all_findings().iter().map(|(it, _)| it.code.as_str()).collect();
        assert_eq!(codes, expected, "{name}");
        let locator = cthd::output::located::Locator::of(&made.document);
        let findings = &made.reports[0].findings;
        let of_tables = findings.iter().filter(|it| locator.appendix(&it.at).is_some());
        let notes = parts(&bytes, "xl/comments");
        for finding in of_tables {
            let code = format!("{} (", finding.code);
            assert!(notes.iter().any(|text| text.contains(&code)), "{name}: no note with {code}");
        }
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let made = made(SMALL.as_bytes());
    assert!(written(&made) == written(&made));
}

#[test]
fn words_of_the_document_are_never_formulas() {
    let hostile =
        SMALL.replace("Cải tạo ngõ 5", "=HYPERLINK(\"http://a.b\")").replace("PHỤ LỤC 2", "PHỤ LỤC [2]*?/");
    let mut book = open(written(&made(hostile.as_bytes())));
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        assert!(formulas.used_cells().all(|(_, _, it)| !it.contains("HYPERLINK")), "{name}");
    }
}

/// The texts of parts of the package whose names begin so.
fn parts(bytes: &[u8], prefix: &str) -> Vec<String> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut names: Vec<String> = package.file_names().map(|name| name.unwrap().into_owned()).collect();
    names.retain(|name| name.starts_with(prefix));
    names
        .iter()
        .map(|name| {
            let mut text = String::new();
            package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        })
        .collect()
}

/// The workbook without the results of its formulas, so that whoever opens it has to calculate.
fn without_results(bytes: &[u8]) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let result = regex::Regex::new("</f><v>[^<]*</v>").unwrap();
    for i in 0..package.len() {
        let mut part = package.by_index(i).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        let name = part.name().unwrap().into_owned();
        if name.starts_with("xl/worksheets/sheet") {
            bytes = result.replace_all(&String::from_utf8(bytes).unwrap(), "</f>").into_owned().into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// Formulas with their results, sheet by sheet.
fn results(book: &mut Xlsx<Cursor<Vec<u8>>>) -> BTreeMap<(String, u32, u32), String> {
    let mut out = BTreeMap::new();
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        let values = book.worksheet_range(&name).unwrap();
        let start = formulas.start().unwrap_or_default();
        for (row, column, formula) in formulas.used_cells() {
            if formula.is_empty() {
                continue;
            }
            let (row, column) = (start.0 + row as u32, start.1 + column as u32);
            let value = values.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
            out.insert((name.clone(), row, column), value);
        }
    }
    out
}

#[test]
fn libreoffice_calculates_what_the_report_states() {
    let Some(office) = common::program("soffice") else { return };
    let folder = tempfile::TempDir::new().unwrap();
    let mut all = documents();
    all.retain(|(name, _)| name.contains("seeds") || name.contains("projects") || name.contains("costed"));
    all.push(("small".to_owned(), SMALL.as_bytes().to_vec()));
    let mut stated = Vec::new();
    for (i, (name, bytes)) in all.iter().enumerate() {
        let bytes = written(&made(bytes));
        std::fs::write(folder.path().join(format!("{i}.xlsx")), without_results(&bytes)).unwrap();
        stated.push((name, results(&mut open(bytes))));
    }
    let out = folder.path().join("out");
    let files: Vec<String> = (0..all.len()).map(|i| format!("{i}.xlsx")).collect();
    let status = Command::new(office)
        .arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()))
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(&out)
        .args(&files)
        .current_dir(folder.path())
        .output()
        .expect("LibreOffice starts");
    assert!(status.status.success());
    let mut compared = 0;
    for (file, (name, stated)) in files.iter().zip(stated) {
        let calculated = results(&mut open(common::read(&Path::new(&out).join(file))));
        for (cell, value) in stated {
            let found: Number = calculated
                .get(&cell)
                .unwrap_or_else(|| panic!("{name}: {cell:?} is no formula"))
                .parse()
                .unwrap();
            let value: Number = value.parse().unwrap();
            assert_eq!(found, value, "{name}: {cell:?}");
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared} formulas were compared");
}
