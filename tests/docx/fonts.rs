//! Runs in fonts of old encodings (.VnTime, VNI-Times), beside runs of Unicode.

use cthd::grammar::Encoding;

use crate::build::{Word, r};
use crate::common;

fn encoding(name: &str) -> &'static Encoding {
    common::grammar().encodings.all.iter().find(|it| it.name == name).expect("it is known")
}

/// A text as it stands in a run of an old font: its bytes taken for letters of Latin-1.
fn old(name: &str, text: &str) -> String {
    let encoding = encoding(name);
    text.chars()
        .flat_map(|c| match encoding.bytes(c) {
            Some(bytes) => bytes.iter().map(|byte| char::from(*byte)).collect(),
            None => vec![c],
        })
        .collect()
}

fn run(font: &str, text: &str) -> String {
    let fonts = format!("<w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\"/></w:rPr>");
    format!("<w:r>{fonts}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

#[test]
fn runs_of_old_fonts_beside_unicode_are_read() {
    let body = format!(
        "<w:p>{}{}{}</w:p>",
        r("Kế hoạch "),
        run(".VnTime", &old("TCVN3", "phát triển kinh tế")),
        r(" đến năm 2030")
    );
    assert_eq!(Word::new(body).blocks(), "P[Kế hoạch phát triển kinh tế đến năm 2030]");
    let body = format!("<w:p>{}{}</w:p>", run("VNI-Times", &old("VNI", "Đảng bộ phường")), r(" Tân Lập"));
    assert_eq!(Word::new(body).blocks(), "P[Đảng bộ phường Tân Lập]");
}

#[test]
fn fonts_of_capitals_give_capitals() {
    let body = format!(
        "<w:p>{}</w:p><w:p>{}</w:p>",
        run(".VnTimeH", &old("TCVN3", "chương trình hành động")),
        run(".VnTime", &old("TCVN3", "của Đảng ủy"))
    );
    assert_eq!(Word::new(body).blocks(), "P[CHƯƠNG TRÌNH HÀNH ĐỘNG] P[của Đảng ủy]");
}

#[test]
fn a_font_that_lies_changes_nothing() {
    let body = format!("<w:p>{}</w:p>", run(".VnTime", "Chương trình hành động"));
    assert_eq!(Word::new(body).blocks(), "P[Chương trình hành động]");
    let body = format!("<w:p>{}</w:p>", run(".VnTime", "là các xã"));
    assert_eq!(Word::new(body).blocks(), "P[là các xã]");
}

#[test]
fn what_was_old_is_said_and_places_stay() {
    let body = format!(
        "<w:p>{}</w:p><w:p>{}</w:p>",
        run(".VnTime", &old("TCVN3", "Nhiệm vụ")),
        r("Một câu ở bảng mã mới.")
    );
    let word = Word::new(body);
    let source = word.source();
    let told = source.old_encoding.as_ref().expect("an old encoding");
    assert_eq!((told.name.as_str(), told.lines), ("TCVN3", 1));
    let last = source.blocks.last().map(|block| match block {
        cthd::source::Block::Paragraph { span, .. } => source.at(*span),
        other => panic!("{other:?}"),
    });
    assert_eq!(last.and_then(|at| at.paragraph), Some(2));
    let audit = common::run(&word.bytes()).audit;
    assert!(audit.findings.iter().any(|finding| finding.code.code == "X005"));
}
