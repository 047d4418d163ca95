//! Tables: merged cells, nested tables, content controls, tables that only place text.

use cthd::model::Origin;

use crate::build::{Word, bare, cell, p, pp, r, row, ruled};
use crate::common;

#[test]
fn merged_cells_keep_their_extent() {
    let merged = |start: bool| if start { "<w:vMerge w:val=\"restart\"/>" } else { "<w:vMerge/>" };
    let rows = format!(
        "<w:tr>{}{}{}</w:tr><w:tr>{}{}{}{}</w:tr><w:tr>{}{}{}{}</w:tr>",
        cell(merged(true), &p("TT")),
        cell("<w:gridSpan w:val=\"2\"/>", &p("Vốn")),
        cell(merged(true), &p("Chủ trì")),
        cell(merged(false), &p("")),
        cell("", &p("2026")),
        cell("", &p("2027")),
        cell(merged(false), &p("")),
        cell("", &p("1")),
        cell("", &p("5")),
        cell("", &p("6")),
        cell("", &p("Phòng Kinh tế")),
    );
    assert_eq!(
        Word::new(ruled(&rows)).blocks(),
        "T[TT{1,2}|Vốn{2,1}|{0,1}|Chủ trì{1,2}/{1,0}|2026|2027|{1,0}/1|5|6|Phòng Kinh tế]"
    );
}

#[test]
fn cells_merged_across_in_the_old_way_are_one() {
    let across = |start: bool| if start { "<w:hMerge w:val=\"restart\"/>" } else { "<w:hMerge/>" };
    let rows = format!(
        "<w:tr>{}{}{}</w:tr>{}",
        cell(across(true), &p("Vốn")),
        cell(across(false), &p("")),
        cell("", &p("STT")),
        row(&["2026", "2027", "1"])
    );
    assert_eq!(Word::new(ruled(&rows)).blocks(), "T[Vốn{2,1}|{0,1}|STT/2026|2027|1]");
}

/// The agency of three rows is a merged cell: it is the second and third row's by inheritance.
#[test]
fn a_merged_agency_cell_is_inherited_by_its_rows() {
    let line = |number: &str, name: &str, lead: String| {
        format!(
            "<w:tr>{}{}{lead}{}</w:tr>",
            cell("", &p(number)),
            cell("", &p(name)),
            cell("", &p("Năm 2026"))
        )
    };
    let lead = |merge: &str, text: &str| cell(&format!("<w:vMerge w:val=\"{merge}\"/>"), &p(text));
    let rows = row(&["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian thực hiện"])
        + &line("1", "Xây dựng kế hoạch chuyển đổi số", lead("restart", "Phòng Văn hóa - Xã hội"))
        + &line("2", "Tổ chức tập huấn kỹ năng số", lead("continue", ""))
        + &line("3", "Số hóa hồ sơ lưu trữ", lead("continue", ""));
    let run = common::run(&Word::new(p("PHỤ LỤC 1") + &p("Danh mục nhiệm vụ") + &ruled(&rows)).bytes());
    let table = run.document.appendices[0].table.as_ref().unwrap();
    let cells: Vec<_> =
        table.rows.iter().map(|row| (row.cells[2].raw.as_deref(), row.cells[2].origin)).collect();
    let agency = Some("Phòng Văn hóa - Xã hội");
    assert_eq!(cells, [(agency, Origin::Own), (agency, Origin::Inherited), (agency, Origin::Inherited)]);
    let at = &table.rows[1].cells[1].at;
    assert_eq!((at.table, at.cell.as_deref(), at.paragraph), (Some(1), Some("B3"), Some(12)));
}

#[test]
fn rows_drawn_a_hair_apart_have_the_same_columns() {
    let grid =
        "<w:tblGrid><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"40\"/><w:gridCol w:w=\"3000\"/></w:tblGrid>";
    let wide = "<w:gridSpan w:val=\"2\"/>";
    let rows = format!(
        "{grid}<w:tr>{}{}</w:tr><w:tr>{}{}</w:tr>",
        cell(wide, &p("A")),
        cell("", &p("B")),
        cell("", &p("c")),
        cell(wide, &p("d")),
    );
    assert_eq!(Word::new(ruled(&rows)).blocks(), "T[A|B/c|d]");
}

#[test]
fn a_table_in_a_cell_is_the_cells_text_and_a_frame_around_a_table_is_none() {
    let inner = ruled(&(row(&["a", "b"]) + &row(&["c", "d"])));
    let holder = format!("<w:tr>{}{}</w:tr>", cell("", &p("1")), cell("", &(p("gồm:") + &inner + &p(""))));
    assert_eq!(
        Word::new(ruled(&(row(&["STT", "Nội dung"]) + &holder))).blocks(),
        "T[STT|Nội dung/1|gồm: a b c d]"
    );
    let frame = format!(
        "<w:tr>{}</w:tr>",
        cell("", &(p("Bảng:") + &ruled(&(row(&["STT", "Tên"]) + &row(&["1", "x"])))))
    );
    assert_eq!(Word::new(ruled(&frame)).blocks(), "P[Bảng:] T[STT|Tên/1|x]");
}

/// A table beside the words of a cell is not among them; it is set aside, and said.
#[test]
fn a_table_of_data_beside_a_cells_words_is_set_aside() {
    let inner = ruled(&(row(&["Điểm", "Số trạm"]) + &row(&["Sông Trà", "3"])));
    let holder = format!(
        "<w:tr>{}{}{}</w:tr>",
        cell("", &p("1")),
        cell("", &(p("Lắp trạm đo mưa") + &inner + &p(""))),
        cell("", &p("Chi cục Thủy lợi"))
    );
    let word = Word::new(ruled(&(row(&["STT", "Nhiệm vụ", "Cơ quan chủ trì"]) + &holder)));
    assert_eq!(word.blocks(), "T[STT|Nhiệm vụ|Cơ quan chủ trì/1|Lắp trạm đo mưa|Chi cục Thủy lợi]");
    assert_eq!(word.aside(), ["Nested: Điểm", "Nested: Số trạm", "Nested: Sông Trà", "Nested: 3"]);
    assert_eq!(word.notices(), ["NestedTable 1"]);
}

/// Two tables after the signature, each with its caption in its first row, and a remark under the second.
#[test]
fn captions_in_first_rows_and_a_remark_under_a_table_are_of_their_tables() {
    let table = |caption: &str, task: &str| {
        let head = format!("<w:tr>{}</w:tr>", cell("<w:gridSpan w:val=\"3\"/>", &p(caption)));
        let header = row(&["STT", "Nhiệm vụ", "Cơ quan chủ trì"]);
        ruled(&(head + &header + &row(&["1", task, "Phòng Kinh tế"])))
    };
    let body = p("KẾ HOẠCH")
        + &p("I. MỤC ĐÍCH")
        + &p("- Làm đúng hạn.")
        + &p("Nơi nhận:")
        + &p("- Lưu Văn phòng.")
        + &p("CHỦ TỊCH")
        + &p("Trần Văn Bình")
        + &table("Biểu A. Nhiệm vụ năm 2026", "Làm đường")
        + &p("")
        + &table("Biểu B. Nhiệm vụ năm 2027", "Làm cầu")
        + &p("Ghi chú: thời gian tính theo hợp đồng.")
        + &p("- Chưa kể thời gian nghỉ.")
        + &p("(2) Kể cả ngày lễ.");
    let run = common::run(&Word::new(body).bytes());
    let appendices = &run.document.appendices;
    let titles: Vec<_> = appendices.iter().map(|it| it.title.as_deref().unwrap_or_default()).collect();
    assert_eq!(titles, ["Biểu A. Nhiệm vụ năm 2026", "Biểu B. Nhiệm vụ năm 2027"]);
    let notes: Vec<_> = appendices.iter().flat_map(|it| &it.notes).map(|it| it.text.as_str()).collect();
    let expected =
        ["Ghi chú: thời gian tính theo hợp đồng.", "Chưa kể thời gian nghỉ.", "(2) Kể cả ngày lễ."];
    assert_eq!(notes, expected);
    assert_eq!(run.document.unplaced, []);
}

#[test]
fn content_controls_are_looked_through() {
    let control = |content: &str| {
        format!(
            "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/><w:text/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )
    };
    let rows = row(&["STT", "Tên"])
        + &control(&row(&["1", "hàng"]))
        + &format!("<w:tr>{}{}</w:tr>", cell("", &p("2")), control(&cell("", &p("ô"))))
        + &format!("<w:tr>{}{}</w:tr>", cell("", &p("3")), cell("", &control(&p("đoạn"))));
    let inline = format!("<w:p>{}{}</w:p>", r("Số "), control(&r("12")));
    let word = Word::new(control(&p("Đoạn ngoài")) + &inline + &ruled(&rows));
    assert_eq!(word.blocks(), "P[Đoạn ngoài] P[Số 12] T[STT|Tên/1|hàng/2|ô/3|đoạn]");
}

fn letterhead(left: [&str; 3], right: [&str; 2]) -> String {
    let centred = |text: &str| pp("<w:jc w:val=\"center\"/>", &r(text));
    let column = |texts: &[&str]| cell("", &texts.iter().map(|text| centred(text)).collect::<String>());
    format!("<w:tr>{}{}</w:tr>", column(&left), column(&right))
}

/// The programme of an office, with its letterhead and its closing part in tables.
fn programme(table: fn(&str) -> String) -> Word {
    let head = letterhead(
        ["ĐẢNG BỘ THÀNH PHỐ HẢI AN", "ĐẢNG ỦY XÃ TÂN LẬP", "Số 12-CTr/ĐU"],
        ["ĐẢNG CỘNG SẢN VIỆT NAM", "Tân Lập, ngày 5 tháng 3 năm 2026"],
    );
    let closing = format!(
        "<w:tr>{}{}</w:tr>",
        cell("", &(p("Nơi nhận:") + &p("- Thường trực Thành ủy,") + &p("- Lưu Văn phòng."))),
        cell("", &(p("T/M ĐẢNG ỦY") + &p("BÍ THƯ") + &p("") + &p("Trần Văn Bình"))),
    );
    let tasks = row(&["STT", "Nhiệm vụ", "Cơ quan chủ trì"]) + &row(&["1", "Làm đường", "Phòng Kinh tế"]);
    Word::new(
        table(&head)
            + &p("CHƯƠNG TRÌNH HÀNH ĐỘNG")
            + &p("thực hiện Nghị quyết Đại hội Đảng bộ xã, nhiệm kỳ 2025-2030")
            + &p("I. MỤC ĐÍCH")
            + &p("- Cụ thể hóa Nghị quyết.")
            + &table(&closing)
            + &p("PHỤ LỤC 1")
            + &p("Danh mục nhiệm vụ")
            + &ruled(&tasks),
    )
}

#[test]
fn letterhead_and_closing_in_tables_are_header_and_closing() {
    for table in [bare as fn(&str) -> String, ruled] {
        let document = common::run(&programme(table).bytes()).document;
        let header = &document.header;
        assert_eq!(header.parent_issuer.as_deref(), Some("ĐẢNG BỘ THÀNH PHỐ HẢI AN"));
        assert_eq!(header.issuer.as_deref(), Some("ĐẢNG ỦY XÃ TÂN LẬP"));
        assert_eq!(header.number.as_ref().unwrap().value.as_deref(), Some("12-CTr/ĐU"));
        assert_eq!(header.date.as_ref().unwrap().value.as_deref(), Some("2026-03-05"));
        assert_eq!(header.place.as_deref(), Some("Tân Lập"));
        assert_eq!(header.letterhead.len(), 5);
        let closing = document.closing.as_ref().unwrap();
        assert_eq!(closing.recipients, ["Thường trực Thành ủy", "Lưu Văn phòng"]);
        let signature = closing.signature.as_ref().unwrap();
        assert_eq!(signature.authority.as_deref(), Some("T/M ĐẢNG ỦY"));
        assert_eq!(signature.name.as_deref(), Some("Trần Văn Bình"));
        assert_eq!(document.appendices.len(), 1);
        assert_eq!(document.appendices[0].items.len(), 1);
        assert!(document.unplaced.is_empty());
    }
}

/// Data may stand without rules too: known columns tell.
#[test]
fn a_table_of_data_without_rules_is_a_table() {
    let rows = row(&["STT", "Tên dự án", "Ghi chú"]) + &row(&["1", "Xây trường", ""]);
    assert_eq!(Word::new(bare(&rows)).blocks(), "T[STT|Tên dự án|Ghi chú/1|Xây trường|]");
}

/// A grid style whose borders the table takes away.
#[test]
fn borders_come_from_styles_and_are_taken_away() {
    let sides = ["top", "left", "bottom", "right", "insideH", "insideV"];
    let borders = |kind: &str| {
        let sides = sides.map(|side| format!("<w:{side} w:val=\"{kind}\"/>")).concat();
        format!("<w:tblBorders>{sides}</w:tblBorders>")
    };
    let style = format!(
        "<w:style w:type=\"table\" w:styleId=\"Grid\"><w:tblPr>{}</w:tblPr></w:style>",
        borders("single")
    );
    let table = |own: &str| {
        format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/>{own}</w:tblPr>{}</w:tbl>",
            row(&["trái", "phải"])
        )
    };
    let blocks = |own: &str| Word::new(table(own)).part("styles", "styles", &style).blocks();
    assert_eq!(blocks(""), "T[trái|phải]");
    assert_eq!(blocks(&borders("nil")), "P[trái] P[phải]");
}
