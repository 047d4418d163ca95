//! What is drawn in ways of its own: numbers that a narrow column breaks, rows that a page breaks, turned pages, forms,
//! tables side by side, borders of thin boxes and dashes, columns without rules.

use lopdf::{Object, Stream, dictionary};

use super::build::{bytes, document, pdf, pdf_with, rule, table, text};
use super::common;
use cthd::model::{Appendix, NoticeKind};

/// The cells of an appendix's rows.
pub fn rows(appendix: &Appendix) -> Vec<Vec<&str>> {
    let table = appendix.table.as_ref().expect("a table");
    let cells = |row: &'_ cthd::model::Row| row.cells.len();
    assert!(table.rows.iter().all(|row| cells(row) > 0));
    table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| cell.raw.as_deref().unwrap_or_default()).collect())
        .collect()
}

pub const HEAD: [&str; 4] = ["TT", "Ten du an", "Thoi gian thuc hien", "Tong muc dau tu"];

pub fn appendix() -> String {
    let mut page = String::new();
    text(&mut page, 260, 770, "PHU LUC 1");
    text(&mut page, 200, 755, "DANH MUC DU AN DAU TU");
    page
}

#[test]
fn a_number_that_a_narrow_column_breaks_is_one() {
    let mut page = appendix();
    table(
        &mut page,
        &[40, 80, 300, 430, 480],
        &[740, 700, 660, 620],
        &[
            &HEAD,
            &["1", "Nang cap duong|truc chinh", "2026-|2030", "2.240|,5"],
            &["2", "Truong hoc", "2027", "1.745,|5"],
        ],
    );
    let run = common::run(&pdf(&[&page]));
    let rows = rows(&run.document.appendices[0]);
    assert_eq!(rows[0], ["1", "Nang cap duong truc chinh", "2026-2030", "2.240,5"]);
    assert_eq!(rows[1], ["2", "Truong hoc", "2027", "1.745,5"]);
}

#[test]
fn a_repeated_header_without_a_rule_under_it_takes_no_rest_of_a_row() {
    let (xs, mut first, mut second) = ([40, 80, 300, 430, 520], appendix(), String::new());
    table(
        &mut first,
        &xs,
        &[740, 710, 680, 40],
        &[&HEAD, &["1", "Nang cap duong", "2026", "12"], &["2", "Xay moi truong hoc,", "2027", "30"]],
    );
    table(
        &mut second,
        &xs,
        &[740, 700, 670],
        &[
            &["TT", "Ten du an|nha cong vu va san", "Thoi gian thuc hien", "Tong muc dau tu"],
            &["3", "Cho", "2028", "7"],
        ],
    );
    let run = common::run(&pdf(&[&first, &second]));
    let rows = rows(&run.document.appendices[0]);
    assert_eq!(rows[1], ["2", "Xay moi truong hoc, nha cong vu va san", "2027", "30"]);
    assert_eq!(rows[2], ["3", "Cho", "2028", "7"]);
}

#[test]
fn a_row_that_a_page_breaks_is_one_and_a_repeated_header_is_set_aside() {
    let (xs, mut first, mut second) = ([40, 80, 300, 430, 520], appendix(), String::new());
    table(
        &mut first,
        &xs,
        &[740, 710, 680, 40],
        &[&HEAD, &["1", "Nang cap duong", "2026", "12"], &["2", "Xay moi truong", "2027", "30"]],
    );
    table(
        &mut second,
        &xs,
        &[780, 750, 720, 690],
        &[&HEAD, &["", "tieu hoc xa", "", ""], &["3", "Cho trung tam", "2028", "5"]],
    );
    let run = common::run(&pdf(&[&first, &second]));
    assert_eq!(run.document.appendices.len(), 1);
    let rows = rows(&run.document.appendices[0]);
    assert_eq!(rows[1], ["2", "Xay moi truong tieu hoc xa", "2027", "30"]);
    assert_eq!(rows.len(), 3);
}

#[test]
fn the_rest_of_a_row_may_begin_as_a_total_does() {
    let (xs, mut first, mut second) = ([40, 80, 300, 430, 520], appendix(), String::new());
    let head = ["TT", "Nhiem vu", "Co quan chu tri", "Thoi gian"];
    table(
        &mut first,
        &xs,
        &[740, 710, 680, 40],
        &[
            &head,
            &["1", "Nang cap duong", "So Xay dung", "2026"],
            &["2", "Lap may ghi hinh ve", "So Y te", "2027"],
        ],
    );
    // So tall that the name alone reaches the row's end.
    text(&mut first, 82, 45, "va noi den");
    table(
        &mut second,
        &xs,
        &[780, 750, 720, 690],
        &[
            &head,
            &[
                "",
                "Cong an phuong va Trung tam dieu hanh thong minh cua tinh, noi theo doi va xu ly tin bao",
                "",
                "",
            ],
            &["3", "Cho trung tam", "So Y te", "2028"],
        ],
    );
    let run = common::run(&pdf(&[&first, &second]));
    let rows = rows(&run.document.appendices[0]);
    assert_eq!(rows.len(), 3);
    assert!(rows[1][1].starts_with("Lap may ghi hinh ve va noi den Cong an phuong"));
}

#[test]
fn a_cell_that_found_no_room_stands_wholly_on_the_next_page() {
    let (xs, mut first, mut second) = ([40, 80, 300, 430, 520], appendix(), String::new());
    let head = ["TT", "Nhiem vu", "Co quan chu tri", "Thoi gian"];
    table(
        &mut first,
        &xs,
        &[740, 710, 680, 40],
        &[&head, &["1", "Nang cap duong", "So Xay dung", "2026"], &["2", "Cai tao ho", "", "2027"]],
    );
    table(
        &mut second,
        &xs,
        &[780, 750, 720, 690],
        &[
            &head,
            &["", "Xuan Huong va cac ho khac", "So Nong nghiep|va Moi truong", ""],
            &["3", "Cho", "So Y te", "2028"],
        ],
    );
    let run = common::run(&pdf(&[&first, &second]));
    let rows = rows(&run.document.appendices[0]);
    let row = ["2", "Cai tao ho Xuan Huong va cac ho khac", "So Nong nghiep va Moi truong", "2027"];
    assert_eq!((rows.len(), rows[1].as_slice()), (3, row.as_slice()));
}

#[test]
fn a_row_without_a_rule_under_it_at_the_pages_end_is_there() {
    let mut page = appendix();
    let xs = [40, 80, 300, 430, 520];
    table(&mut page, &xs, &[740, 710, 680], &[&HEAD, &["1", "Nang cap duong", "2026", "12"]]);
    // The sides go on below the last rule.
    for x in xs {
        rule(&mut page, (x, 680), (x, 640));
    }
    for (x, words) in xs.iter().zip(["2", "Xay moi truong", "2027", "30"]) {
        text(&mut page, x + 2, 669, words);
    }
    let run = common::run(&pdf(&[&page]));
    assert_eq!(rows(&run.document.appendices[0])[1], ["2", "Xay moi truong", "2027", "30"]);
}

#[test]
fn borders_of_thin_boxes_and_of_dashes_are_rules() {
    let cells: [&[&str]; 2] = [&HEAD, &["1", "Nang cap duong", "2026", "12"]];
    let (xs, ys) = ([40, 80, 300, 430, 520], [740, 710, 680]);
    let mut page = appendix();
    for x in xs {
        page.push_str(&format!("{x} 680 0.5 60 re f\n"));
    }
    for y in ys {
        page.push_str(&format!("40 {y} 480.5 0.5 re f\n"));
    }
    let mut dashed = appendix();
    for x in xs {
        (0..30).for_each(|i| rule(&mut dashed, (x, 680 + 2 * i), (x, 681 + 2 * i)));
    }
    for y in ys {
        (0..240).for_each(|i| rule(&mut dashed, (40 + 2 * i, y), (41 + 2 * i, y)));
    }
    for mut page in [page, dashed] {
        for (row, cells) in cells.iter().enumerate() {
            for (x, words) in xs.iter().zip(*cells) {
                text(&mut page, x + 2, ys[row] - 11, words);
            }
        }
        let run = common::run(&pdf(&[&page]));
        assert_eq!(rows(&run.document.appendices[0]), [["1", "Nang cap duong", "2026", "12"]]);
    }
}

#[test]
fn two_tables_side_by_side_are_two() {
    let mut page = appendix();
    table(
        &mut page,
        &[40, 70, 200, 280],
        &[740, 710, 680],
        &[&["TT", "Chi tieu", "Nam 2026"], &["1", "Dan so", "12"]],
    );
    table(
        &mut page,
        &[320, 350, 480, 560],
        &[740, 710, 680],
        &[&["TT", "Chi tieu", "Nam 2026"], &["1", "So ho", "34"]],
    );
    let run = common::run(&pdf(&[&page]));
    let all: Vec<_> = run.document.appendices.iter().map(rows).collect();
    assert_eq!(all, [vec![vec!["1", "Dan so", "12"]], vec![vec!["1", "So ho", "34"]]]);
}

#[test]
fn columns_without_rules_are_told_by_where_they_stand() {
    let mut page = appendix();
    let xs = [40, 80, 300, 430];
    let lines: [&[&str]; 4] = [
        &HEAD,
        &["1", "Nang cap duong truc chinh", "2026", "12"],
        &["2", "Xay moi truong", "2027", "30"],
        &["3", "Cho", "2028", "5"],
    ];
    for (line, cells) in (0..).zip(lines) {
        for (x, words) in xs.iter().zip(cells) {
            text(&mut page, *x, 730 - 16 * line, words);
        }
    }
    let run = common::run(&pdf(&[&page]));
    let rows = rows(&run.document.appendices[0]);
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0], ["1", "Nang cap duong truc chinh", "2026", "12"]);
}

#[test]
fn a_turned_page_reads_as_it_is_shown() {
    let mut upright = appendix();
    table(
        &mut upright,
        &[40, 80, 300, 430, 520],
        &[740, 710, 680],
        &[&HEAD, &["1", "Nang cap duong", "2026", "12"]],
    );
    // Drawn a quarter turn to the left on a page that is shown a quarter turn to the right.
    let turned = format!("q 0 1 -1 0 800 0 cm\n{upright}Q\n");
    let media: Vec<Object> = vec![0.into(), 0.into(), 800.into(), 600.into()];
    let run = common::run(&pdf_with(&[&turned], dictionary! { "Rotate" => 90, "MediaBox" => media }));
    assert_eq!(rows(&run.document.appendices[0]), [["1", "Nang cap duong", "2026", "12"]]);
}

#[test]
fn what_a_form_draws_is_drawn_and_a_form_in_itself_ends() {
    let mut inner = appendix();
    table(
        &mut inner,
        &[40, 80, 300, 430, 520],
        &[740, 710, 680],
        &[&HEAD, &["1", "Nang cap duong", "2026", "12"]],
    );
    inner.push_str("/X Do\n");
    let mut file = document(&["/X Do"], dictionary! {});
    let form = file.new_object_id();
    let page = *file.get_pages().get(&1).expect("a page");
    let resources = file.get_dictionary(page).unwrap().get(b"Resources").unwrap().as_dict().unwrap().clone();
    let mut own = resources.clone();
    own.set("XObject", dictionary! { "X" => form });
    let stream = Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 600.into(), 800.into()], "Resources" => own.clone() },
        inner.into_bytes(),
    );
    file.objects.insert(form, stream.into());
    file.get_dictionary_mut(page).unwrap().set("Resources", own);
    let run = common::run(&bytes(&mut file));
    assert_eq!(rows(&run.document.appendices[0])[0], ["1", "Nang cap duong", "2026", "12"]);
}

#[test]
fn a_font_that_does_not_say_its_letters_is_said() {
    let mut file =
        document(&["BT /F 10 Tf 40 700 Td (chu thuong) Tj /G 10 Tf <00410042> Tj ET"], dictionary! {});
    let page = *file.get_pages().get(&1).expect("a page");
    let descendant =
        file.add_object(dictionary! { "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "ABC" });
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Bi-Mat", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![descendant.into()],
    };
    let fonts = file.get_dictionary_mut(page).unwrap().get_mut(b"Resources").unwrap().as_dict_mut().unwrap();
    fonts.get_mut(b"Font").unwrap().as_dict_mut().unwrap().set("G", font);
    let (source, _) = common::parse(&bytes(&mut file));
    assert!(source.notices.iter().any(|it| it.kind == NoticeKind::NoLetters && it.detail == "Bi-Mat"));
}

/// A picture that covers the page, and letters over it that have no ink, as recognition leaves them.
#[test]
fn a_layer_of_recognised_text_over_a_picture_is_read() {
    let mut page = String::from("q 600 0 0 800 0 0 cm /P Do Q 3 Tr\n");
    for (line, y) in (0..8).zip((100..700).rev().step_by(40)) {
        text(&mut page, 60, y, &format!("Nhiem vu thu {line}: phat trien kinh te cua phuong."));
    }
    let mut document = document(&[&page], dictionary! {});
    let picture = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 60, "Height" => 80,
            "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
        },
        vec![255; 60 * 80],
    );
    let picture = document.add_object(picture);
    for object in document.objects.values_mut() {
        if let Ok(page) = object.as_dict_mut()
            && page.get(b"Type").and_then(Object::as_name).is_ok_and(|name| name == b"Page")
        {
            let resources = page.get_mut(b"Resources").and_then(Object::as_dict_mut).expect("resources");
            resources.set("XObject", dictionary! { "P" => picture });
        }
    }
    let (_, model) = common::parse(&bytes(&mut document));
    let text = serde_json::to_string(&model).expect("JSON");
    assert!(text.contains("Nhiem vu thu 0") && text.contains("Nhiem vu thu 7"), "{text}");
    assert!(model.source.notices.iter().all(|notice| notice.kind != NoticeKind::PageWithoutText));
}

#[test]
fn a_header_that_a_pages_end_cuts_is_one() {
    let (xs, mut first, mut second) = ([40, 80, 300, 430, 520], appendix(), String::new());
    // The header's row is cut between its first line and its second.
    table(&mut first, &xs, &[70, 40], &[&["TT", "Ten du an", "Thoi gian", "Tong muc"]]);
    table(
        &mut second,
        &xs,
        &[780, 750, 720, 690],
        &[
            &["", "", "thuc hien", "dau tu"],
            &["1", "Nang cap duong", "2026", "12"],
            &["2", "Xay moi truong", "2027", "30"],
        ],
    );
    let run = common::run(&pdf(&[&first, &second]));
    assert_eq!(run.document.appendices.len(), 1);
    let appendix = &run.document.appendices[0];
    let heads: Vec<_> = appendix.columns.iter().map(|column| column.path.join("/")).collect();
    assert_eq!(heads, ["TT", "Ten du an", "Thoi gian thuc hien", "Tong muc dau tu"]);
    assert_eq!(
        rows(appendix),
        [["1", "Nang cap duong", "2026", "12"], ["2", "Xay moi truong", "2027", "30"]]
    );
}

#[test]
fn a_foot_of_several_pieces_is_none_of_the_table_above_it() {
    let page = |number: i32| {
        let mut page = if number == 1 { appendix() } else { String::new() };
        let xs = [40, 80, 300, 430];
        let first = 2 * number - 1;
        let own: [[String; 4]; 2] = [0, 1].map(|row| {
            let number = first + row;
            [
                number.to_string(),
                format!("Nang cap duong so {number}"),
                format!("{}", 2025 + number),
                "12".to_owned(),
            ]
        });
        let mut line = |at: i32, cells: [&str; 4]| {
            xs.iter().zip(cells).for_each(|(x, words)| text(&mut page, *x, 730 - 16 * at, words));
        };
        line(0, HEAD);
        for (at, cells) in (1..).zip(&own) {
            line(at, [&cells[0], &cells[1], &cells[2], &cells[3]]);
        }
        text(&mut page, 40, 30, "Ke hoach giai doan 2026 - 2030");
        text(&mut page, 430, 30, &format!("Trang {number} / 3"));
        page
    };
    let pages = [page(1), page(2), page(3)];
    let run = common::run(&pdf(&[&pages[0], &pages[1], &pages[2]]));
    assert_eq!(run.document.appendices.len(), 1);
    let numbers: Vec<_> = rows(&run.document.appendices[0]).iter().map(|row| row[0].to_owned()).collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "5", "6"]);
}

#[test]
fn a_merged_cell_that_a_pages_end_cuts_holds_for_the_rows_on_the_next_page() {
    let xs = [40, 80, 300, 430, 520];
    let head: [&str; 4] = ["TT", "Nhiem vu", "Co quan chu tri", "Thoi gian"];
    // The third column has a rule under its header and at the table's ends alone.
    let draw = |page: &mut String, ys: &[i32], rows: &[[&str; 4]]| {
        for x in xs {
            rule(page, (x, ys[0]), (x, *ys.last().unwrap()));
        }
        for (at, y) in ys.iter().enumerate() {
            let whole = at < 2 || at + 1 == ys.len();
            let pieces = if whole { vec![(40, 520)] } else { vec![(40, 300), (430, 520)] };
            pieces.into_iter().for_each(|(from, to)| rule(page, (from, *y), (to, *y)));
        }
        for (row, cells) in rows.iter().enumerate() {
            xs.iter().zip(cells).for_each(|(x, words)| text(page, x + 2, ys[row] - 11, words));
        }
    };
    let (mut first, mut second) = (appendix(), String::new());
    draw(
        &mut first,
        &[130, 100, 70, 40],
        &[head, ["1", "Nang cap duong", "So Y te", "2026"], ["2", "Xay moi truong", "", "2027"]],
    );
    draw(
        &mut second,
        &[800, 770, 740, 710],
        &[head, ["3", "Cho trung tam", "", "2028"], ["4", "Nang cap kenh", "", "2029"]],
    );
    let run = common::run(&pdf(&[&first, &second]));
    assert_eq!(run.document.appendices.len(), 1);
    let leads: Vec<_> = rows(&run.document.appendices[0]).iter().map(|row| row[2].to_owned()).collect();
    assert_eq!(leads, ["So Y te"; 4]);
    assert!(run.audit.findings.iter().all(|finding| finding.code.code != "O001"));
}
