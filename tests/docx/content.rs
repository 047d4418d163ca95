//! What stands in paragraphs, and what is set aside.

use cthd::coverage::Coverage;

use crate::build::{Word, cell, p, pp, r, row, ruled};
use crate::common;

#[test]
fn insertions_are_in_and_deletions_are_set_aside_and_said() {
    let body = format!(
        "<w:p>{}<w:ins w:id=\"1\">{}</w:ins><w:del w:id=\"2\"><w:r><w:delText>cũ</w:delText></w:r></w:del>{}</w:p>",
        r("Văn bản "),
        r("mới"),
        r(" này")
    );
    let moved = format!(
        "<w:p><w:moveFrom w:id=\"3\">{}</w:moveFrom><w:moveTo w:id=\"4\">{}</w:moveTo></w:p>",
        r("đi"),
        r("đến")
    );
    let word = Word::new(body + &moved);
    assert_eq!(word.blocks(), "P[Văn bản mới này] P[đến]");
    assert_eq!(word.aside(), ["Deleted: cũ", "Deleted: đi"]);
    assert_eq!(word.notices(), ["Inserted 2", "Deleted 2"]);
    let run = common::run(&word.bytes());
    assert!(Coverage::of(&run.source, &run.document).whole);
}

#[test]
fn a_deleted_paragraph_end_joins_and_deleted_rows_are_no_rows() {
    let mark = "<w:rPr><w:del w:id=\"1\"/></w:rPr>";
    let gone = "<w:del w:id=\"2\"><w:r><w:delText>bỏ hẳn</w:delText></w:r></w:del>";
    let deleted = format!(
        "<w:tr><w:trPr><w:del w:id=\"3\"/></w:trPr>{}{}</w:tr>",
        cell("", &p("2")),
        cell("", &p("Bỏ"))
    );
    let table = ruled(&(row(&["STT", "Tên"]) + &row(&["1", "Giữ"]) + &deleted));
    let word = Word::new(pp(mark, &r("nửa đầu ")) + &p("nửa sau") + &pp(mark, gone) + &p("còn lại") + &table);
    assert_eq!(word.blocks(), "P[nửa đầu nửa sau] P[còn lại] T[STT|Tên/1|Giữ]");
    assert_eq!(word.aside(), ["Deleted: bỏ hẳn", "Deleted: 2", "Deleted: Bỏ"]);
}

#[test]
fn a_text_box_is_read_once() {
    let text = |name: &str| format!("<{name}><w:txbxContent>{}</w:txbxContent></{name}>", p("Trong khung"));
    let drawing = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        text("wps:txbx"),
        text("w:textbox")
    );
    let word = Word::new(format!("<w:p>{}{drawing}</w:p>", r("Ngoài khung")) + &p("Sau"));
    assert_eq!(word.blocks(), "P[Ngoài khung] P[Trong khung] P[Sau]");
}

#[test]
fn notes_comments_and_running_heads_are_set_aside() {
    let note = |id: u32, text: &str| format!("<w:footnote w:id=\"{id}\">{}</w:footnote>", p(text));
    let word =
        Word::new(format!("<w:p>{}<w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>", r("Có chú thích")))
            .part("footnotes", "footnotes", &(note(2, "Theo Nghị quyết 57.") + &note(3, "Số liệu 2025.")))
            .part("comments", "comments", &format!("<w:comment w:id=\"0\">{}</w:comment>", p("Xem lại")))
            .part("header1", "hdr", &p("DỰ THẢO"))
            .part("footer1", "ftr", &p("3"));
    assert_eq!(word.blocks(), "P[Có chú thích]");
    assert_eq!(
        word.aside(),
        [
            "Footnote: Theo Nghị quyết 57.",
            "Footnote: Số liệu 2025.",
            "Comment: Xem lại",
            "PageNumber: 3",
            "RunningHead: DỰ THẢO"
        ]
    );
    let run = common::run(&word.bytes());
    let at = &run.document.set_aside.iter().find(|it| it.text == "Số liệu 2025.").unwrap().at;
    assert_eq!((at.part.as_deref(), at.paragraph), (Some("footnotes"), Some(2)));
    assert!(Coverage::of(&run.source, &run.document).whole);
}

#[test]
fn fields_show_their_results() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let instruction = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let field = |code: &str, result: &str| {
        mark("begin") + &instruction(code) + &mark("separate") + result + &mark("end")
    };
    // A field whose instruction has a field: only the outer result is shown.
    let nested = mark("begin")
        + &instruction("IF ")
        + &field("PAGE", &r("9"))
        + &mark("separate")
        + &r("chung")
        + &mark("end");
    let simple = format!("<w:fldSimple w:instr=\"SEQ\">{}</w:fldSimple>", r("4"));
    let body = format!(
        "<w:p>{}{}{}{}{}{simple}</w:p>",
        r("Bảng "),
        field("REF x", &r("2")),
        r(" "),
        nested,
        r(" số ")
    );
    assert_eq!(Word::new(body).blocks(), "P[Bảng 2 chung số 4]");
}

#[test]
fn breaks_tabs_symbols_capitals_and_hidden_text() {
    let run = |properties: &str, content: &str| format!("<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>");
    let body = format!(
        "<w:p>{}{}{}</w:p>",
        r("Dòng một"),
        run("", "<w:br/><w:t>dòng hai</w:t><w:tab/><w:t>cột</w:t>"),
        run("", "<w:br w:type=\"page\"/><w:t>trang sau</w:t>")
    );
    let symbols = format!(
        "<w:p>{}{}</w:p>",
        run("", "<w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:t xml:space=\"preserve\"> 68</w:t>"),
        run("", "<w:t>A</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>B</w:t>")
    );
    let looks = format!(
        "<w:p>{}{}</w:p>",
        run("<w:caps/>", "<w:t>chương trình</w:t>"),
        run("<w:vanish/>", "<w:t> ẩn</w:t>")
    );
    let broken = ruled(
        &(row(&["STT", "Tên"])
            + &format!(
                "<w:tr>{}{}</w:tr>",
                cell("", &p("1")),
                cell(
                    "",
                    &(format!("<w:p>{}</w:p>", run("", "<w:t>một</w:t><w:br/><w:t>hai</w:t>")) + &p("ba"))
                )
            )),
    );
    let word = Word::new(body + &symbols + &looks + &broken);
    assert_eq!(
        word.blocks(),
        "P[Dòng một] p[dòng hai cột] B P[trang sau] P[≥ 68A-B] P[CHƯƠNG TRÌNH] T[STT|Tên/1|một hai ba]"
    );
    assert_eq!(word.notices(), ["HiddenText 1"]);
    assert_eq!(word.aside(), ["Hidden: ẩn"]);
}

/// A draft's author strikes a figure through and types the new one beside it.
#[test]
fn text_struck_through_is_set_aside() {
    let run = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let figure = format!("<w:p>{}{}{}</w:p>", run("<w:strike/>", "8,0"), r(" "), run("", "9,2"));
    let twice = format!("<w:p>{}{}</w:p>", run("<w:dstrike/>", "năm"), run("<w:strike w:val=\"0\"/>", "sáu"));
    let gone =
        format!("<w:tr>{}</w:tr>", cell("", &format!("<w:p>{}</w:p>", run("<w:strike/>", "3"))).repeat(2));
    let word = Word::new(
        ruled(
            &(row(&["STT", "Số"])
                + &format!("<w:tr>{}{}</w:tr>{gone}", cell("", &p("1")), cell("", &figure))),
        ) + &twice,
    );
    assert_eq!(word.blocks(), "T[STT|Số/1|9,2] P[sáu]");
    assert_eq!(word.aside(), ["Struck: 8,0", "Struck: 3", "Struck: 3", "Struck: năm"]);
    assert_eq!(word.notices(), ["Struck 4"]);
    let run = common::run(&word.bytes());
    assert!(Coverage::of(&run.source, &run.document).whole);
}

#[test]
fn a_hidden_row_is_no_row_of_its_table() {
    let hidden =
        "<w:tr><w:trPr><w:hidden/></w:trPr>".to_owned() + row(&["2", "Cầu"]).trim_start_matches("<w:tr>");
    let word = Word::new(ruled(&(row(&["STT", "Tên"]) + &row(&["1", "Chợ"]) + &hidden + &row(&["3", "Kè"]))));
    assert_eq!(word.blocks(), "T[STT|Tên/1|Chợ/3|Kè]");
    assert_eq!(word.aside(), ["Hidden: 2", "Hidden: Cầu"]);
    assert_eq!(word.notices(), ["HiddenText 1"]);
}

/// A hidden paragraph has no number; one whose words are struck through takes its number with it.
#[test]
fn numbers_of_paragraphs_that_are_set_aside_go_with_them() {
    let numbered = |mark: &str, properties: &str, text: &str| {
        let list = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
        format!(
            "<w:p><w:pPr>{list}<w:rPr>{mark}</w:rPr></w:pPr><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let level = "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>";
    let lists = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{level}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    );
    let body = numbered("", "", "Một")
        + &numbered("<w:vanish/>", "<w:vanish/>", "ẩn")
        + &numbered("", "<w:strike/>", "gạch")
        + &numbered("", "", "Ba");
    let word = Word::new(body).part("numbering", "numbering", &lists);
    assert_eq!(word.blocks(), "P[1. Một] P[3. Ba]");
    assert_eq!(word.aside(), ["Hidden: ẩn", "Struck: 2.", "Struck: gạch"]);
}

#[test]
fn raised_digits_behind_a_number_are_a_power_and_others_stay() {
    let raised = |text: &str| {
        format!("<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>{text}</w:t></w:r>")
    };
    let note =
        "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:footnoteReference w:id=\"2\"/></w:r>";
    let word = Word::new(format!(
        "<w:p>{}{}{}{}{}{note}{}{}</w:p>",
        r("10"),
        raised("3"),
        r(" tấn, 450 m"),
        raised("2"),
        r(" đất năm 2025"),
        r(", 10"),
        raised("-6")
    ));
    assert_eq!(word.blocks(), "P[10³ tấn, 450 m2 đất năm 2025, 10⁻⁶]");
}

/// Letterheads are also typed with tabs in place of a table.
#[test]
fn tabs_place_columns_side_by_side_or_are_spaces() {
    let tabbed = |texts: &[&str]| {
        let runs: Vec<String> = texts.iter().map(|text| r(text)).collect();
        format!("<w:p>{}</w:p>", runs.join("<w:r><w:tab/></w:r>"))
    };
    let lines = [
        tabbed(&["ĐẢNG ỦY XÃ TÂN LẬP", "", "ĐẢNG CỘNG SẢN VIỆT NAM"]),
        tabbed(&["Số 12-CTr/ĐU", "Tân Lập, ngày 5 tháng 3 năm 2026"]),
        tabbed(&["", "1.", "Mục đích"]),
        tabbed(&["I. Mục đích, yêu cầu", "3"]),
        tabbed(&["triển khai thực", "hiện các nhiệm vụ"]),
    ];
    assert_eq!(
        Word::new(lines.concat()).blocks(),
        "P[ĐẢNG ỦY XÃ TÂN LẬP] P[ĐẢNG CỘNG SẢN VIỆT NAM] P[Số 12-CTr/ĐU] \
         P[Tân Lập, ngày 5 tháng 3 năm 2026] P[1. Mục đích] P[I. Mục đích, yêu cầu 3] \
         P[triển khai thực hiện các nhiệm vụ]"
    );
}

/// Or with many spaces; spaces that leave room for a number or a day part nothing.
#[test]
fn many_spaces_place_columns_side_by_side() {
    let lines = [
        "TRƯỜNG CAO ĐẲNG SÔNG HỒNG            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số:        /QĐ-CĐSH                  Nam Hà, ngày      tháng      năm 2026",
        "(Kèm theo Kế hoạch số:        /KH-UBND ngày        tháng        năm 2026)",
        "Kinh phí thực hiện        do ngân sách bảo đảm",
    ];
    let lines: String = lines.iter().map(|line| p(line)).collect();
    assert_eq!(
        Word::new(lines).blocks(),
        "P[TRƯỜNG CAO ĐẲNG SÔNG HỒNG] P[CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM] P[Số:        /QĐ-CĐSH] \
         P[Nam Hà, ngày      tháng      năm 2026] \
         P[(Kèm theo Kế hoạch số:        /KH-UBND ngày        tháng        năm 2026)] \
         P[Kinh phí thực hiện        do ngân sách bảo đảm]"
    );
}

#[test]
fn sections_end_pages_and_centred_lines_stand_together() {
    let landscape = "<w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/></w:sectPr>";
    let centre = "<w:jc w:val=\"center\"/>";
    let word = Word::new(
        pp(centre, &r("TÊN")) + &pp(centre, &r("tên phụ")) + &pp(landscape, &r("hết phần")) + &p("sau"),
    );
    assert_eq!(word.blocks(), "P[TÊN] p[tên phụ] P[hết phần] B P[sau]");
}
