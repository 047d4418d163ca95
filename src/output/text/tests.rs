#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where its premise fails"
)]

use super::*;
use crate::finding::{self, Audit, Code};
use crate::model::{Document, SourceInfo};
use crate::output::Lang;
use crate::source::{FileFacts, Spot};
use crate::span::Span;
use crate::value::Number;

const SUM: Code = Code { code: "A001", name: "row-total-mismatch" };
const WORD: Code = Code { code: "X001", name: "suspected-misreading" };

const TABLE: &str = "STT\tTên dự án\tTổng\tNăm 2026\tNăm 2027\n\
                     1\tXây mới nhà văn hóa\t1.984,5\t1.000\t974,5\n\
                     2\tCải tạo ngõ 5\t300\t300\t\n";

fn source(text: &str) -> Source {
    Source::new(FileFacts { name: "du-thao.txt".to_owned(), ..FileFacts::default() }, text.to_owned(), None)
}

fn at(source: &Source, words: &str) -> At {
    let start = source.original().find(words).unwrap();
    source.at(Span::new(start, start + words.len()))
}

fn number(text: &str) -> Option<Number> {
    Some(text.parse().unwrap())
}

/// An audit of [`TABLE`]: a failed sum, one that holds, one of which it cannot be told.
fn sums(source: &Source) -> Audit {
    let operand = |label: &str, value: Option<Number>, words: &str| {
        finding::Operand::new(Text::words(label), value, at(source, words))
    };
    let check = |outcome, words: &str| {
        finding::Check::new(SUM, outcome, at(source, words), Text::words("Tổng = Năm 2026 + Năm 2027"))
    };
    let mut failed = check(Outcome::Fails, "1.984,5");
    failed.operands = vec![
        operand("Năm 2026", number("1000"), "1.000"),
        operand("Năm 2027", number("974.5"), "974,5"),
        operand("Năm 2028", None, "974,5"),
    ];
    (failed.expected, failed.actual, failed.difference) =
        (number("1974.5"), number("1984.5"), number("10.0"));
    let mut unknown = check(Outcome::Unverifiable, "Tổng");
    unknown.reason = Some(Text::words("thiếu dòng"));
    let finding = finding::Finding::new(SUM, Severity::Error, Text::words("Tổng sai"), at(source, "1.984,5"))
        .relate(at(source, "974,5"), Text::words("số hạng"))
        .because(Text::words("lệch 10,0"))
        .suggest(Text::words("1.974,5"));
    Audit { findings: vec![finding], checks: vec![failed, check(Outcome::Holds, "300"), unknown] }
}

fn rendered(source: &Source, audit: &Audit, lang: Lang, width: usize) -> String {
    let catalogue = Catalogue::new(lang);
    let source_info = SourceInfo { name: source.name.clone(), ..SourceInfo::default() };
    let document = Document { source: source_info, ..Document::default() };
    let report = Report::new(&document, audit, source, &catalogue);
    render(&report, source, &catalogue, Look { colour: false, width, extent: Extent::Whole })
}

/// The text of one finding at some words of a line.
fn marked(text: &str, words: &str) -> String {
    let source = source(text);
    let finding = finding::Finding::new(WORD, Severity::Warning, Text::words("Nghi sai"), at(&source, words));
    let audit = Audit { findings: vec![finding], checks: Vec::new() };
    rendered(&source, &audit, Lang::Vi, 100)
}

#[test]
fn a_failed_sum_shows_its_operands() {
    let source = source(TABLE);
    insta::assert_snapshot!(rendered(&source, &sums(&source), Lang::Vi, 100));
}

#[test]
fn the_same_in_english() {
    let source = source(TABLE);
    insta::assert_snapshot!(rendered(&source, &sums(&source), Lang::En, 100));
}

#[test]
fn the_marker_stands_under_composed_and_decomposed_words() {
    let composed = marked("xây dựng thể trận quốc phòng", "thể trận");
    let decomposed = marked(
        "xa\u{302}y du\u{31B}\u{323}ng the\u{302}\u{309} tra\u{302}\u{323}n quo\u{302}\u{301}c",
        "the\u{302}\u{309} tra\u{302}\u{323}n",
    );
    for text in [composed, decomposed] {
        let marker = text.lines().find(|line| line.contains('^')).unwrap();
        assert_eq!(marker, "  |          ^^^^^^^^");
    }
}

#[test]
fn wide_letters_take_two_cells() {
    let text = marked("漢字 điễm nóng", "điễm");
    assert!(text.contains("  |      ^^^^\n"), "{text}");
    assert!(text.contains("du-thao.txt:1:4\n"), "{text}");
}

#[test]
fn a_long_line_is_trimmed_around_the_marker() {
    let line = format!("{}điễm nóng{}", "một hai ba ".repeat(100), " bốn năm".repeat(100));
    let text = marked(&line, "điễm");
    let source = text.lines().find(|line| line.starts_with("1 |")).unwrap();
    assert!(source.contains("điễm nóng") && source.chars().count() <= 101, "{text}");
    assert!(text.contains("du-thao.txt:1:1101\n"), "{text}");
}

#[test]
fn a_line_of_megabytes_is_cut_before_it_is_laid_out() {
    let line = format!("{}điễm nóng{}", "ế ".repeat(1_000_000), " ệ".repeat(1_000_000));
    let text = marked(&line, "điễm");
    assert!(text.len() < 2_000, "{}", text.len());
    assert!(text.contains("điễm nóng") && text.contains("^^^^\n"), "{text}");
    assert!(text.contains("du-thao.txt:1:2000001"), "{text}");
}

#[test]
fn a_finding_without_a_place_names_the_file() {
    let source = source(TABLE);
    let finding = finding::Finding::new(WORD, Severity::Info, Text::words("Chung"), At::default());
    let audit = Audit { findings: vec![finding], checks: Vec::new() };
    assert!(rendered(&source, &audit, Lang::En, 100).contains("--> du-thao.txt\n"));
}

#[test]
fn a_place_that_is_no_line_is_said_in_words() {
    let mut source = source(TABLE);
    let part = source.spots.name("document");
    for (row, start) in [(0, 0), (1, 35)] {
        source.spots.mark(start, Spot::Paragraph { part, paragraph: 4 + row, cell: Some((2, row, 2)) });
    }
    let text = rendered(&source, &sums(&source), Lang::Vi, 100);
    let head: Vec<&str> = text.lines().skip(1).take(4).collect();
    assert_eq!(head[0].trim(), "--> du-thao.txt, bảng 2, hàng 2, cột 3");
    assert_eq!((head[1].trim(), head[2].starts_with(" | 1")), ("|", true), "{text}");
    assert!(!text.contains(":::") && text.contains("đầu tiên ở bảng 2, hàng 1, cột 3"), "{text}");
}

#[test]
fn many_related_places_are_listed_by_line_and_column() {
    let source = source(TABLE);
    let mut finding = finding::Finding::new(WORD, Severity::Info, Text::words("Chung"), at(&source, "300"));
    for _ in 0..RELATED_LIMIT + 2 {
        finding = finding.relate(at(&source, "974,5"), Text::words("đây"));
    }
    let audit = Audit { findings: vec![finding], checks: Vec::new() };
    let text = rendered(&source, &audit, Lang::En, 100);
    assert!(text.contains("and 2 other places (line:column): 2:37, 2:37"), "{text}");
}
