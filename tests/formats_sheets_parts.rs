//! Workbooks put together part by part: what lies around cells, and input that is cut, changed, encrypted or made to
//! burst a reader.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod common;

use cthd::coverage::Coverage;
use cthd::finding::Outcome;
use cthd::model::{Aside, NoticeKind};
use cthd::pipeline;
use cthd::read::{Bound, ReadError};

fn file(name: &str) -> Vec<u8> {
    common::read(&common::path("fixtures/formats").join(name))
}

/// The rows of a table, cells parted by "|".
fn rows_of(appendix: &cthd::model::Appendix) -> Vec<String> {
    let table = appendix.table.as_ref().expect("a table");
    let text = |cell: &cthd::model::Cell| cell.raw.clone().unwrap_or_default();
    table.rows.iter().map(|row| row.cells.iter().map(text).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn cut_files_are_errors_or_smaller_documents() {
    for name in ["hidden.xlsx", "typed-over.xls", "binary.xlsb", "corners.xlsx", "hidden.ods"] {
        let bytes = file(&format!("sheets/{name}"));
        let step = (bytes.len() / 600).max(1);
        for end in (0..bytes.len()).step_by(step) {
            let _ = pipeline::read(name, &bytes[..end], common::grammar());
        }
    }
}

#[test]
fn changed_bytes_do_no_harm() {
    for name in ["typed-over.xls", "binary.xlsb", "hidden.xls"] {
        let bytes = file(&format!("sheets/{name}"));
        for index in (0..bytes.len()).step_by((bytes.len() / 800).max(1)) {
            for value in [0x00, 0xFF, bytes[index].wrapping_add(1)] {
                let mut changed = bytes.clone();
                changed[index] = value;
                if let Ok(source) = pipeline::read(name, &changed, common::grammar()) {
                    let _ = pipeline::parse(&source, common::grammar());
                }
            }
        }
    }
}

#[test]
fn encrypted_workbooks_say_so() {
    // The name of the stream that holds an encrypted package.
    let mut office = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    office.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let error = pipeline::read("x", &office, common::grammar()).unwrap_err();
    assert!(matches!(error, ReadError::Encrypted { .. }), "{error}");
    // Old workbooks: the record FILEPASS after the first one.
    let mut old = file("sheets/hidden.xls");
    let begin =
        old.windows(8).position(|it| it == [9, 8, 16, 0, 0, 6, 5, 0]).expect("the workbook's first record");
    let next = begin + 4 + 16;
    old[next..next + 2].copy_from_slice(&[0x2F, 0]);
    let error = pipeline::read("x.xls", &old, common::grammar()).unwrap_err();
    // One that no password opens here: the message says to save a copy without.
    assert_eq!(error, ReadError::Encrypted { format: "office" });
}

/// A workbook of parts.
fn package(parts: &[(&str, &[u8])], method: zip::CompressionMethod) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const WORKBOOK: &str = "<workbook><sheets><sheet name='PL1' sheetId='1'/></sheets></workbook>";

/// A workbook whose only sheet has these rows, with more parts.
fn packed_with(rows: &str, after: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData>{after}</worksheet>");
    let mut all =
        vec![("xl/workbook.xml", WORKBOOK.as_bytes()), ("xl/worksheets/sheet1.xml", sheet.as_bytes())];
    all.extend(parts.iter().map(|(name, text)| (*name, text.as_bytes())));
    package(&all, zip::CompressionMethod::Deflated)
}

fn packed(rows: &str) -> Vec<u8> {
    packed_with(rows, "", &[])
}

/// A row of texts from column A on.
fn texts(row: u32, texts: &[&str]) -> String {
    let cells: String =
        texts.iter().map(|text| format!("<c t='inlineStr'><is><t>{text}</t></is></c>")).collect();
    format!("<row r='{row}'>{cells}</row>")
}

fn bound(bytes: &[u8]) -> Option<Bound> {
    match pipeline::read("x.xlsx", bytes, common::grammar()) {
        Err(ReadError::Limit { bound, .. }) => Some(bound),
        Err(error) => panic!("{error}"),
        Ok(_) => None,
    }
}

#[test]
fn bombs_meet_a_bound() {
    let cell = |text: &str| format!("<row r='1'><c t='inlineStr'><is><t>{text}</t></is></c></row>");
    // One text of 40 MB, which packs to 40 kB.
    assert_eq!(bound(&packed(&cell(&"a".repeat(40 << 20)))), Some(Bound::Text));
    // Rows that say the same again and again.
    assert_eq!(bound(&packed(&"<row/>".repeat(3 << 20))), Some(Bound::Ratio));
    // Elements in elements.
    assert_eq!(bound(&packed(&"<a>".repeat(1000))), Some(Bound::Nesting));
    // Entities are not expanded.
    let lol = "<!DOCTYPE a [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;'>]>";
    assert_eq!(bound(&packed(&format!("{lol}{}", cell("&b;")))), None);
}

#[test]
fn sums_that_are_out_of_date_are_said() {
    let number = |place: &str, value: &str| format!("<c r='{place}'><v>{value}</v></c>");
    let sum = |place: &str, formula: &str, value: &str| {
        format!("<c r='{place}'><f>{formula}</f><v>{value}</v></c>")
    };
    let rows = [
        texts(1, &["TT", "Tên dự án", "Tổng mức đầu tư", "Năm 2026"]),
        format!("<row r='2'>{}{}</row>", number("A2", "1"), number("C2", "0.1") + &number("D2", "5")),
        format!("<row r='3'>{}{}</row>", number("A3", "2"), number("C3", "0.2") + &number("D3", "6")),
        // 0.1 + 0.2 in binary is no other number.
        format!(
            "<row r='4'>{}{}</row>",
            sum("C4", "SUM(C2:C3)", "0.30000000000000004"),
            sum("D4", "D2+D3", "12")
        ),
    ];
    let run = common::run(&packed(&rows.concat()));
    let notices: Vec<_> =
        run.document.source.notices.iter().map(|it| (it.kind, it.detail.as_str())).collect();
    assert_eq!(notices, [(NoticeKind::StaleValue, "D4")]);
}

#[test]
fn text_boxes_headers_and_covered_cells_are_kept() {
    let rows = [
        texts(1, &["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì"]),
        texts(2, &["1", "Mở chợ đêm", "Phòng Kinh tế"]),
        texts(3, &["2", "Hội sách", "Phòng Văn hóa"]),
    ];
    // The second agency is covered by the first one's merged cell.
    let after = "<mergeCells><mergeCell ref='C2:C3'/></mergeCells>\
                 <headerFooter><oddHeader>Dự thảo lần 2</oddHeader></headerFooter>";
    let relations = "<Relationships><Relationship Id='a' Type='x/drawing' Target='../drawings/drawing1.xml'/></Relationships>";
    let drawing = "<wsDr><twoCellAnchor><from><col>1</col><row>5</row></from><to><col>3</col><row>9</row></to>\
                   <sp><txBody><p><r><t>Ghi chú: </t></r><r><t>số liệu tạm tính.</t></r></p></txBody></sp></twoCellAnchor></wsDr>";
    let parts = [("xl/worksheets/_rels/sheet1.xml.rels", relations), ("xl/drawings/drawing1.xml", drawing)];
    let run = common::run(&packed_with(&rows.concat(), after, &parts));
    let appendix = &run.document.appendices[0];
    assert_eq!(rows_of(appendix), ["1|Mở chợ đêm|Phòng Kinh tế", "2|Hội sách|Phòng Văn hóa"]);
    assert_eq!(appendix.notes[0].text, "Ghi chú: số liệu tạm tính.");
    assert_eq!(appendix.notes[0].at.cell.as_deref(), Some("B6"));
    let heads = run.document.set_aside.iter().filter(|aside| aside.reason == Aside::RunningHead);
    let running_heads: Vec<_> =
        heads.map(|it| (it.at.cell.as_deref().unwrap_or_default(), it.text.as_str())).collect();
    assert_eq!(running_heads, [("A1", "Dự thảo lần 2")]);
}

#[test]
fn changed_parts_do_no_harm() {
    use std::io::Read;
    for name in ["year-header.xlsx", "typed-over.xlsx", "hidden.ods", "binary.xlsb"] {
        let bytes = file(&format!("sheets/{name}"));
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            parts.push((entry.name().unwrap().into_owned(), content));
        }
        for part in 0..parts.len() {
            let length = parts[part].1.len();
            for at in (0..length).step_by((length / 20).max(1)) {
                for cut in [false, true] {
                    let mut changed = parts.clone();
                    let content = &mut changed[part].1;
                    content[at] = content[at].wrapping_add(if at % 2 == 0 { 1 } else { 0x40 });
                    if cut {
                        content.truncate(at);
                    }
                    let all: Vec<(&str, &[u8])> =
                        changed.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
                    let bytes = package(&all, zip::CompressionMethod::Stored);
                    if let Ok(source) = pipeline::read(name, &bytes, common::grammar()) {
                        let document = pipeline::parse(&source, common::grammar());
                        let coverage = Coverage::of(&source, &document);
                        assert!(
                            coverage.missing.is_empty(),
                            "{name}, part {part} at {at}: {:?}",
                            coverage.missing
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn a_number_that_could_be_read_two_ways_is_the_one_that_the_file_holds() {
    let number =
        |place: &str, style: u32, value: &str| format!("<c r='{place}' s='{style}'><v>{value}</v></c>");
    let row = |row: u32, style: u32, values: [&str; 3]| {
        let [total, first, second] = values;
        let cells = [number("C", style, total), number("D", style, first), number("E", style, second)];
        let cells: String = cells.concat().replace("' s=", &format!("{row}' s="));
        format!(
            "<row r='{row}'><c s='2'><v>{}</v></c><c t='inlineStr'><is><t>Dự án</t></is></c>{cells}</row>",
            row - 1
        )
    };
    let rows = [
        texts(1, &["TT", "Tên dự án", "Tổng mức đầu tư (triệu đồng)", "Năm 2026", "Năm 2027"]),
        row(2, 0, ["5.5", "5.5", "0"]),
        row(3, 0, ["12.5", "6.5", "6"]),
        // Shown as "7.000", "3.000", "4.500": thousands here, though the column has decimals after dots.
        row(4, 1, ["7000", "3000", "4500"]),
    ];
    let styles = "<styleSheet><numFmts><numFmt numFmtId='200' formatCode='#,##0.0'/>\
                  <numFmt numFmtId='201' formatCode='[$-42A]#,##0'/></numFmts>\
                  <cellXfs><xf numFmtId='200'/><xf numFmtId='201'/><xf/></cellXfs></styleSheet>";
    let run = common::run(&packed_with(&rows.concat(), "", &[("xl/styles.xml", styles)]));
    let appendix = &run.document.appendices[0];
    assert_eq!(rows_of(appendix)[2], "3|Dự án|7.000|3.000|4.500");
    let amounts = appendix.items[2].amounts();
    let values: Vec<String> = amounts.iter().map(|it| it.value.exact().unwrap().to_string()).collect();
    assert_eq!(values, ["7000", "3000", "4500"]);
    assert!(amounts.iter().all(|it| it.value.evidence.as_deref() == Some("stored")));
    // 3.000 and 4.500 are not 7.000, whichever way they are read.
    let found: Vec<_> =
        run.audit.findings.iter().map(|it| (it.code.code, it.at.cell.as_deref().unwrap())).collect();
    assert!(found.contains(&("A001", "C4")), "{found:?}");
}

#[test]
fn rows_under_a_header_that_alone_has_borders_are_rows() {
    let header = texts(1, &["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành"]);
    let rows = [
        header.replace("<c ", "<c s='1' "),
        texts(2, &["1", "Mở chợ đêm", "Phòng Kinh tế", "Quý III/2026"]),
        texts(3, &["2", "Hội sách", "Phòng Văn hóa", "Năm 2027"]),
    ];
    let styles = "<styleSheet><borders><border/><border><left style='thin'/></border></borders>\
                  <cellXfs><xf/><xf borderId='1'/></cellXfs></styleSheet>";
    let run = common::run(&packed_with(&rows.concat(), "", &[("xl/styles.xml", styles)]));
    let appendix = &run.document.appendices[0];
    assert_eq!(rows_of(appendix).len(), 2);
    assert!(appendix.notes.is_empty());
}

#[test]
fn a_table_whose_header_is_not_known_keeps_its_cells() {
    let rows = [
        texts(1, &["Alpha", "Beta", "Gamma"]),
        texts(2, &["một", "hai", "ba"]),
        texts(3, &["bốn", "năm", "sáu"]),
    ];
    let run = common::run(&packed(&rows.concat()));
    assert!(Coverage::of(&run.source, &run.document).whole);
    assert_eq!(rows_of(&run.document.appendices[0]).len(), 3);
}

/// Another reader of workbooks finds no text that ours does not have.
#[test]
fn every_text_that_calamine_reads_is_there() {
    use calamine::{Data, Reader};
    let mut files = common::entries(&common::path("fixtures/formats"));
    files.extend(common::entries(&common::path("fixtures/formats/sheets")));
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let mut failures = Vec::new();
    let (mut opened, mut seen) = (0, 0);
    for path in files {
        let Some("xlsx" | "xls" | "xlsb" | "ods") = path.extension().and_then(|end| end.to_str()) else {
            continue;
        };
        // Two cells at opposite corners make calamine ask for all that lies between.
        if common::name(&path).starts_with("corners") {
            continue;
        }
        let bytes = common::read(&path);
        let source = pipeline::read("x", &bytes, common::grammar()).expect("a workbook");
        // Calamine does not know what the letters of .VnTime are.
        if source.old_encoding.is_some() {
            continue;
        }
        let ours = squeezed(source.text());
        // Small files made by hand lack what calamine asks for.
        let Ok(mut book) = calamine::open_workbook_auto_from_rs(std::io::Cursor::new(&bytes)) else {
            continue;
        };
        opened += 1;
        for (sheet, range) in book.worksheets() {
            for (row, column, cell) in range.used_cells() {
                if let Data::String(text) = cell {
                    seen += 1;
                    if !ours.contains(&squeezed(text)) {
                        failures.push(format!("{} {sheet} {row},{column}: {text}", path.display()));
                    }
                }
            }
        }
    }
    assert!(opened >= 15 && seen > 1000, "{opened} files, {seen} texts");
    common::report(&failures, "texts that are missing");
}

/// `fixtures/make/statutory.py`: forms of public investment with headers of four and five rows. All their sums hold, and
/// columns that are only parts of another are no sums.
#[test]
fn forms_with_deep_headers_add_up() {
    for (name, title, figures) in [
        ("statutory-needs.xlsx", "NHU CẦU KẾ HOẠCH ĐẦU TƯ VỐN NSNN NĂM 2027", 23),
        ("statutory-progress.xlsx", "TÌNH HÌNH THỰC HIỆN KẾ HOẠCH ĐẦU TƯ CÔNG NĂM 2027", 10),
    ] {
        let run = common::run(&file(&format!("sheets/{name}")));
        let coverage = Coverage::of(&run.source, &run.document);
        assert!(coverage.whole, "{name}: {:?} {:?}", coverage.missing, coverage.doubly_owned);
        assert_eq!(common::found(&run.audit), Vec::<String>::new(), "{name}");
        assert_eq!(run.document.header.issuer.as_deref(), Some("UBND XÃ MINH TÂN"), "{name}");
        let [appendix] = run.document.appendices.as_slice() else { panic!("{name}: one table") };
        assert_eq!(appendix.title.as_deref(), Some(title));
        assert_eq!((appendix.items.len(), appendix.groups.len(), appendix.totals.len()), (6, 2, 3), "{name}");
        let holding = |code: &str| {
            let checks = run.audit.checks.iter().filter(|check| check.code.code == code);
            checks.filter(|check| check.outcome == Outcome::Holds).count()
        };
        assert_eq!((holding("A002"), holding("A003")), (figures, 2 * figures), "{name}");
    }
}

#[test]
fn numbers_in_cells_of_their_own_head_the_text_of_a_sheet() {
    let rows = [
        texts(1, &["BỆNH VIỆN ĐA KHOA SÔNG MÃ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]),
        texts(2, &["Số: 58/KH-BVSM", "Độc lập - Tự do - Hạnh phúc"]),
        texts(4, &["KẾ HOẠCH"]),
        texts(5, &["Chuyển đổi số giai đoạn 2026 - 2028"]),
        texts(7, &["I", "MỤC TIÊU"]),
        texts(8, &["1", "Đến hết năm 2028, 100% hồ sơ có ký số."]),
        texts(9, &["2", "Thời gian chờ khám còn 30 phút."]),
        texts(10, &["II", "NHIỆM VỤ"]),
        texts(11, &["1", "Hoàn thiện bệnh án điện tử"]),
    ];
    let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows.concat());
    let workbook = WORKBOOK.replace("PL1", "Kế hoạch");
    let parts = [("xl/workbook.xml", workbook.as_bytes()), ("xl/worksheets/sheet1.xml", sheet.as_bytes())];
    let bytes = package(&parts, zip::CompressionMethod::Deflated);
    let source = pipeline::read("plan.xlsx", &bytes, common::grammar()).unwrap();
    let document = pipeline::parse(&source, common::grammar());
    let number = document.header.number.as_ref().map(|number| number.raw.as_str());
    assert_eq!(number, Some("58/KH-BVSM"), "the motto beside it is none of it");
    let sections: Vec<(&str, usize)> =
        document.sections.iter().map(|it| (it.number.as_str(), it.sections.len())).collect();
    assert_eq!(sections, [("I", 2), ("II", 1)]);
}

#[test]
fn cells_and_parts_of_cells_in_old_fonts_are_read() {
    for kind in ["xlsx", "xls", "ods"] {
        let run = common::run(&file(&format!("sheets/old-fonts.{kind}")));
        let appendix = &run.document.appendices[0];
        assert_eq!(appendix.label.as_deref(), Some("BIỂU 1"), "{kind}");
        assert_eq!(appendix.title.as_deref(), Some("Chỉ tiêu của XÃ NGHĨA HÙNG"), "{kind}");
        assert_eq!(appendix.unit.as_ref().map(|unit| unit.raw.as_str()), Some("tỷ đồng"));
        assert_eq!(
            rows_of(appendix),
            [
                "1|XÂY DỰNG TRƯỜNG HỌC|12.5",
                "2|Cải tạo chợ xã|7.5",
                "3|Nâng cấp đường thôn Ước Lễ|5.0",
                "|TỔNG CỘNG|25.0"
            ],
            "{kind}"
        );
    }
    let run = common::run(&file("sheets/binary.xlsb"));
    assert_eq!(run.document.appendices[0].columns[2].path, ["TỔNG MỨC ĐẦU TƯ"]);
}
