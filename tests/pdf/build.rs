//! Small PDF files, made of content streams.

use std::fmt::Write;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// A file with one page for each content stream, with a simple font named F.
pub fn pdf(contents: &[&str]) -> Vec<u8> {
    bytes(&mut document(contents, dictionary! {}))
}

/// As [`pdf`], with entries of each page's dictionary.
pub fn pdf_with(contents: &[&str], page: Dictionary) -> Vec<u8> {
    bytes(&mut document(contents, page))
}

/// The document before it is written.
pub fn document(contents: &[&str], page: Dictionary) -> Document {
    let mut document = Document::with_version("1.7");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
        "FirstChar" => 32, "LastChar" => 126,
        // Letters of one width.
        "Widths" => Object::Array(vec![500.into(); 95]),
    });
    let mut pages: Vec<Object> = Vec::new();
    for content in contents {
        let stream = document.add_object(Stream::new(dictionary! {}, content.as_bytes().to_vec()));
        let mut own = dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => stream,
            "MediaBox" => vec![0.into(), 0.into(), 600.into(), 800.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
        };
        own.extend(&page);
        pages.push(document.add_object(own).into());
    }
    let count = i64::try_from(pages.len()).unwrap();
    document
        .objects
        .insert(tree, dictionary! { "Type" => "Pages", "Kids" => pages, "Count" => count }.into());
    let root: ObjectId = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", root);
    document
}

pub fn bytes(document: &mut Document) -> Vec<u8> {
    let mut out = Vec::new();
    document.save_to(&mut out).unwrap();
    out
}

/// Text whose first letter stands at a point; y grows upwards, letters are 5 points wide.
pub fn text(out: &mut String, x: i32, y: i32, words: &str) {
    let words = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    writeln!(out, "BT /F 10 Tf {x} {y} Td ({words}) Tj ET").unwrap();
}

/// A rule between two points.
pub fn rule(out: &mut String, from: (i32, i32), to: (i32, i32)) {
    writeln!(out, "{} {} m {} {} l S", from.0, from.1, to.0, to.1).unwrap();
}

/// A ruled table: borders of columns from left to right, of rows from top to bottom, and a text for each cell, whose
/// lines are parted by "|".
pub fn table(out: &mut String, xs: &[i32], ys: &[i32], rows: &[&[&str]]) {
    for x in xs {
        rule(out, (*x, ys[0]), (*x, ys[ys.len() - 1]));
    }
    for y in ys {
        rule(out, (xs[0], *y), (xs[xs.len() - 1], *y));
    }
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            for (line, words) in (0..).zip(cell.split('|')) {
                text(out, xs[column] + 2, ys[row] - 11 - 12 * line, words);
            }
        }
    }
}
