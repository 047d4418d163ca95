//! The programme as HTML files of several producers gives the model and the findings of its text; the hard parts of
//! pages, one small page each. `fixtures/make/web.py` writes the files.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod common;

use std::path::PathBuf;

use cthd::coverage::Coverage;
use cthd::model::{Item, NoticeKind, Task};
use cthd::pipeline;
use cthd::read::{Bound, ReadError};
use cthd::source::{Block, Source};

const FILES: [&str; 2] = ["seed-page.html", "seed-libreoffice.html"];

fn file(name: &str) -> Vec<u8> {
    common::read(&common::path("fixtures/formats").join(name))
}

fn files() -> Vec<PathBuf> {
    FILES.iter().map(|name| common::path("fixtures/formats").join(name)).collect()
}

#[test]
fn every_producers_page_gives_the_model_of_the_text() {
    common::same_models(&common::of_seed(files()));
}

#[test]
fn every_producers_page_gives_the_findings_of_the_text() {
    common::same_findings(&common::of_seed(files()));
}

#[test]
fn every_place_is_a_paragraph_of_the_document() {
    for name in FILES {
        for finding in &common::run(&file(name)).audit.findings {
            let at = &finding.at;
            assert!(at.paragraph.is_some_and(|paragraph| paragraph > 0), "{name}: {at:?}");
        }
    }
}

#[test]
fn every_character_of_each_page_is_accounted_for() {
    for name in FILES {
        let (source, document) = common::parse(&file(name));
        let coverage = Coverage::of(&source, &document);
        assert!(coverage.whole, "{name}: {coverage:?}");
    }
}

fn page(bytes: &[u8]) -> Source {
    let source = pipeline::read("page.html", bytes, common::grammar()).expect("a page");
    let document = pipeline::parse(&source, common::grammar());
    assert!(Coverage::of(&source, &document).whole, "{}", source.original());
    source
}

/// The blocks of a page on one line: "P[…]" and "p[…]" for a paragraph with and without a gap before it, "T[a|b/c|d]"
/// for a table, with "columns×rows" before a cell that is not one by one.
fn blocks(html: &str) -> String {
    let source = page(html.as_bytes());
    assert_eq!(source.format, "html", "{html}");
    let cell = |cell: &cthd::source::Cell| {
        let text = source.slice(cell.span);
        if (cell.columns, cell.rows) == (1, 1) {
            return text.to_owned();
        }
        format!("{}×{} {text}", cell.columns, cell.rows).trim_end().to_owned()
    };
    let block = |block: &Block| match block {
        Block::Paragraph { span, gap_before, .. } => {
            format!("{}[{}]", if *gap_before { "P" } else { "p" }, source.slice(*span))
        }
        Block::Table { rows } => {
            let rows = &source.rows[rows.start as usize..rows.end as usize];
            let row = |row| source.row_cells(row).iter().map(cell).collect::<Vec<_>>().join("|");
            format!("T[{}]", rows.iter().map(row).collect::<Vec<_>>().join("/"))
        }
        Block::PageBreak { .. } | Block::Sheet { .. } => "B".to_owned(),
    };
    source.blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

#[test]
fn blocks_are_paragraphs_and_breaks_are_lines() {
    assert_eq!(
        blocks(
            "<!-- saved --><!DOCTYPE html><title>Không</title><style>p{}</style><h1>I. MỤC\n  ĐÍCH</h1>\
             <p>Một<br>hai<br><br>ba &amp; <b>bốn</b><i> năm</i>&nbsp;%<p>sáu<div>bảy</div>tám\
             <script>if (a < b) {}</script><dl><dt>chín<dd>mười</dl><pre>a\n  b</pre>"
        ),
        "P[I. MỤC ĐÍCH] P[Một] p[hai] P[ba & bốn năm %] P[sáu] P[bảy] P[tám] P[chín] P[mười] P[a] p[b]"
    );
}

#[test]
fn raised_digits_behind_a_number_are_a_power_and_others_stay() {
    assert_eq!(
        blocks("<html><p>10<sup>3</sup> tấn, 450 m<sup>2</sup> đất<sup>1</sup>, 10<sup>-6<p>10 3"),
        "P[10³ tấn, 450 m2 đất1, 10⁻⁶] P[10 3]"
    );
}

#[test]
fn list_items_have_the_marks_that_browsers_show() {
    assert_eq!(
        blocks(
            "<html><ol type=I start=3><li>Một<ol><li><p>Hai</p><li value=7>Bảy</ol><li>Ba</ol>\
             <ul><li>Bốn<li style='list-style:none'>Năm</ul><ol reversed type=a><li>Sáu<li>Bảy</ol>"
        ),
        "P[III. Một] P[1. Hai] P[7. Bảy] P[IV. Ba] P[• Bốn] P[Năm] P[b. Sáu] P[a. Bảy]"
    );
}

#[test]
fn cells_over_rows_and_columns_cover_their_places() {
    assert_eq!(
        blocks(
            "<table border=1><caption>Phụ lục 1</caption><tfoot><tr><td colspan=2>Cộng<td>5</tfoot>\
             <thead><tr><th rowspan=2>TT<th colspan=2>Vốn<tr><th>A<th>B</thead>\
             <tr><td rowspan=0>1<td>2<br>3<td><p>x<p>y</tr><tr><td>4<td></table>"
        ),
        "P[Phụ lục 1] T[1×2 TT|2×1 Vốn|0×1/1×0|A|B/1×2 1|2 3|x y/1×0|4|/2×1 Cộng|0×1|5]"
    );
}

#[test]
fn a_table_in_a_cell_is_text_of_the_cell() {
    assert_eq!(
        blocks(
            "<table border=1><tr><th>STT<th>Nhiệm vụ<tr><td>1<td>Một<table><tr><td>hai<td>ba</table>bốn<tr><td>2\
             <td>năm</table>"
        ),
        "T[STT|Nhiệm vụ/1|Một hai ba bốn/2|năm]"
    );
}

#[test]
fn a_letterhead_without_rules_is_paragraphs() {
    assert_eq!(
        blocks(
            "<table width='100%'><tr><td align=center>TỈNH ỦY LẠC SƠN<br>*<td align=center>\
             <p align=center>ĐẢNG CỘNG SẢN VIỆT NAM</p><tr><td>Số 12-CTr/TU<td>Lạc Sơn, ngày 5 tháng 1 năm 2026</table>"
        ),
        "P[TỈNH ỦY LẠC SƠN] p[*] P[Số 12-CTr/TU] P[ĐẢNG CỘNG SẢN VIỆT NAM] P[Lạc Sơn, ngày 5 tháng 1 năm 2026]"
    );
}

#[test]
fn pages_that_word_saves_are_read_without_what_is_only_for_word() {
    let html = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><meta charset=utf-8>\
        <!--[if gte mso 9]><xml><o:Pages>9</o:Pages></xml><![endif]--><style><!-- p.MsoNormal {} --></style></head>\
        <body><p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>\
        <span>1.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>Mục đích<o:p></o:p>\
        </p><br clear=all style='page-break-before:always'><p class=MsoNormal>Yêu\ncầu<o:p>&nbsp;</o:p></p>\
        <div style='mso-element:footnote-list'><div id=ftn1><p>[1] Ghi chú</p></div></div></body></html>";
    assert_eq!(blocks(html), "P[1.   Mục đích] B P[Yêu cầu]");
    let source = page(html.as_bytes());
    let apart: Vec<&str> = source.apart.iter().map(|(_, span)| source.slice(*span)).collect();
    assert_eq!(apart, ["[1] Ghi chú"]);
}

#[test]
fn a_column_between_borders_that_were_meant_to_be_one_is_none() {
    // LibreOffice writes the width of such a column, which is below zero, as a huge one.
    assert_eq!(
        blocks(
            "<table width=600 border=1><col width=100><col width=100><col width=4355><col width=100>\
             <tr><td>STT<td>Tên<td colspan=2>Vốn<tr><td>1<td colspan=2>Một<td>5</table>"
        ),
        "T[STT|Tên|Vốn/1|Một|5]"
    );
}

#[test]
fn a_page_saved_with_its_pictures_is_read() {
    let archive = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\
        \ttype=\"text/html\";\r\n\tboundary=\"--B--\"\r\n\r\n\r\n----B--\r\nContent-Type: image/png\r\n\r\nxx\r\n\
        ----B--\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\
        \r\n<html><p class=3Da>=E1=BA=A1 =\r\nb</p></html>\r\n----B----\r\n";
    assert_eq!(blocks(archive), "P[ạ b]");
    for end in 0..archive.len() {
        let read = pipeline::read("page.mht", &archive.as_bytes()[..end], common::grammar());
        assert!(!matches!(read, Err(ReadError::Binary { .. })), "{end}");
    }
    let none = archive.replace("text/html; charset", "text/plain; charset");
    assert!(matches!(error(none.as_bytes()), ReadError::Damaged { format: "MHTML", .. }));
}

#[test]
fn hidden_text_is_set_aside_and_said() {
    let html = "<html><p>Một<p style='display: none'>hai<div hidden> </div><p>ba <span style='mso-hide:all'>bốn</span>";
    assert_eq!(blocks(html), "P[Một] P[ba]");
    let notices = page(html.as_bytes()).notices;
    let hidden: Vec<&str> = notices
        .iter()
        .filter(|notice| notice.kind == NoticeKind::HiddenText)
        .map(|notice| notice.detail.as_str())
        .collect();
    assert_eq!(hidden, ["2"]);
}

#[test]
fn text_struck_through_is_set_aside_and_said() {
    let html = "<html><p>Số <s>8,0</s> 9,2<p>mở <strike>cũ<p>sau<p style='text-decoration: line-through'>bỏ</p>\
        <table border=1><tr><td>1<td>a<tr><td><del>2</del><td><del>b</del></table>";
    assert_eq!(blocks(html), "P[Số 9,2] P[mở] P[sau] T[1|a]");
    let source = page(html.as_bytes());
    let told = |notice: &&cthd::source::Notice| notice.kind == NoticeKind::Struck && notice.detail == "5";
    assert_eq!(source.notices.iter().filter(told).count(), 1);
}

#[test]
fn the_declared_encoding_is_taken_unless_the_bytes_are_utf_8() {
    // "Đồng" in windows-1258: the grave accent is a letter of its own.
    let old = b"<html><meta charset=\"windows-1258\"><p>\xD0\xF4\xCCng</p>";
    assert_eq!(page(old).text(), "Đồng\n");
    let lies = "<html><meta http-equiv=content-type content='text/html; charset=iso-8859-1'><p>Đồng</p>";
    assert_eq!(page(lies.as_bytes()).text(), "Đồng\n");
    let wide: Vec<u8> =
        "\u{FEFF}<html><p>Đồng</p>".encode_utf16().flat_map(|unit| unit.to_le_bytes()).collect();
    assert_eq!((page(&wide).text(), page(&wide).format), ("Đồng\n", "html"));
}

#[test]
fn a_text_with_tags_is_text() {
    for text in
        ["Một <b>hai</b>\n<br>ba", "<br>\nMột", "<p>Một</p>\n\nHai", "<!-- Một", "a <table> b", "<pnet> x>"]
    {
        assert_eq!(page(text.as_bytes()).format, "text", "{text}");
    }
    for html in [
        "\u{FEFF} <!-- a --><!-- b --><p>Một</p>\n",
        "<?xml version='1.0'?>\n<HTML><p>Một",
        "<DIV\n>Một</DIV>",
    ] {
        assert_eq!(page(html.as_bytes()).format, "html", "{html}");
    }
}

#[test]
fn tags_without_sense_do_no_harm() {
    assert_eq!(
        blocks("<html></td></table></li></p>Một</div><tr><td>hai<td>ba<table>bốn</body>"),
        "P[Một] P[hai] P[ba] P[bốn]"
    );
    assert_eq!(blocks("<html><table border=1><tr><td>STT<td>Tên<table><tr><td>a</html>"), "T[STT|Tên a]");
    assert_eq!(
        blocks("<table border=1><tr><td>STT<td>Tên</tr><table border=1><tr><th>a<th>b</table>"),
        "T[STT|Tên] T[a|b]"
    );
}

#[test]
fn nothing_is_too_deep() {
    for tag in ["div", "ul", "ol><li", "b", "pre", "center", "span hidden", "template", "p", "svg"] {
        let name = tag.split([' ', '>']).next().unwrap();
        let html = format!(
            "<html>x{}y{}z</html>",
            format!("<{tag}>").repeat(200_000),
            format!("</{name}>").repeat(200_000)
        );
        let text = page(html.as_bytes()).text().to_owned();
        // What is hidden stands apart, after the line.
        assert!(text.starts_with('x') && text.contains('z'), "{tag}");
    }
    let html = "<table><tr><td>".repeat(200_000);
    assert_eq!(error(html.as_bytes()), ReadError::Limit { bound: Bound::Nesting, limit: 24 });
}

fn error(bytes: &[u8]) -> ReadError {
    match pipeline::read("page.html", bytes, common::grammar()) {
        Err(error) => error,
        Ok(source) => panic!("{} bytes of text", source.text().len()),
    }
}

#[test]
fn floods_meet_their_bounds() {
    let cells = |bound: u64| ReadError::Limit { bound: Bound::Cells, limit: bound };
    let wide = format!("<html><table><tr>{}{}", "<td>1".repeat(512), "<tr><td colspan=512>x".repeat(100_000));
    assert_eq!(error(wide.as_bytes()), cells(250_000));
    let tall = format!("<html><table><tr>{}{}", "<td rowspan=65534>1".repeat(500), "<tr><td>".repeat(60_000));
    assert_eq!(error(tall.as_bytes()), cells(250_000));
    assert_eq!(error("<html><table><tr>".to_owned().as_bytes()), ReadError::Empty);
    let many = format!("<html><table>{}", "<tr><td>x".repeat(200_001));
    assert_eq!(error(many.as_bytes()), cells(200_000));
    let lines = format!("<html>{}", "x<br>".repeat(2_000_000));
    assert_eq!(error(lines.as_bytes()), ReadError::Limit { bound: Bound::Text, limit: 24 << 20 });
    let rows = format!("<html><table>{}", "<tr>".repeat(200_001));
    assert_eq!(error(rows.as_bytes()), cells(200_000));
    // Names of characters are no entities that grow: a flood of them stays short.
    let names = format!("<!DOCTYPE html [<!ENTITY a '&b;&b;'>]><p>{}", "&amp;&#x1EA1;&a;".repeat(50_000));
    assert!(page(names.as_bytes()).text().len() < 500_000);
}

#[test]
fn a_row_wider_than_any_table_keeps_its_text() {
    let html = format!("<html><table border=1><tr>{}<tr><td>y", "<td>x".repeat(600));
    assert_eq!(page(html.as_bytes()).text().matches('x').count(), 600);
}

#[test]
fn a_page_may_end_anywhere() {
    let page = common::read_text(&common::path("fixtures/formats/seed-page.html"));
    let table = page.find("<table").expect("a table");
    for end in (0..2_500).chain(table..table + 900) {
        // A text whose page is cut is a page, or there is no text yet.
        let read = pipeline::read("page.html", &page.as_bytes()[..end], common::grammar());
        assert!(matches!(read, Ok(_) | Err(ReadError::Empty)), "{end}");
    }
}

#[test]
fn entities_in_tables_of_tags_that_stand_in_text_are_their_signs() {
    let text = "# KẾ HOẠCH\n\nPhụ lục 1\n\n<table><tr><th>TT</th><th>Nhiệm vụ</th><th>Cơ quan chủ trì</th><th>Thời gian</th></tr>\n\
                <tr><td>1</td><td>Nghiên cứu R&amp;D</td><td>Sở KH&amp;CN; Sở Y tế</td><td>2026</td></tr>\n\
                <tr><td>2</td><td>Giữ tỷ lệ &lt; 3,0</td><td>Sở Y tế</td><td>2027</td></tr></table>\n";
    let run = common::run(text.as_bytes());
    let tasks: Vec<&Task> = run.document.appendices[0]
        .items
        .iter()
        .filter_map(|item| if let Item::Task(task) = item { Some(&**task) } else { None })
        .collect();
    assert_eq!(tasks[0].name, "Nghiên cứu R&D");
    let leads: Vec<&str> = tasks[0].lead.iter().map(|agency| agency.raw.as_str()).collect();
    assert_eq!(leads, ["Sở KH&CN", "Sở Y tế"]);
    assert_eq!(tasks[1].name, "Giữ tỷ lệ < 3,0");
    let coverage = Coverage::of(&run.source, &run.document);
    assert!(coverage.whole, "{coverage:?}");
}
