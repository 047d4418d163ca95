//! What producers do each in their own way: letters from a second font, heads of printed sheets.

use std::fmt::Write;

use super::build::{pdf, rule, table, text};
use super::common;
use cthd::model::Aside;

use super::drawn::{HEAD, appendix, rows};

/// Text at a point whose letters "u" and "o" the font has not: they are drawn later, each where a hole was left.
fn with_holes(out: &mut String, x: i32, y: i32, words: &str) {
    let missing = |c: char| matches!(c, 'u' | 'o');
    let pieces: Vec<String> = words.split(missing).map(|piece| format!("({piece})")).collect();
    writeln!(out, "BT /F 10 Tf {x} {y} Td [{}] TJ ET", pieces.join(" -500 ")).unwrap();
    let late = (0..).zip(words.chars()).filter(|(_, c)| missing(*c));
    late.for_each(|(at, c)| text(out, x + 5 * at, y, &c.to_string()));
}

#[test]
fn letters_of_a_second_font_stand_where_the_first_left_room() {
    let mut page = appendix();
    table(&mut page, &[40, 80, 300, 430, 520], &[740, 710, 680], &[&HEAD, &["1", "", "2026", "12"]]);
    with_holes(&mut page, 82, 699, "Nang cap duong xa hon");
    let run = common::run(&pdf(&[&page]));
    assert_eq!(rows(&run.document.appendices[0])[0][1], "Nang cap duong xa hon");
}

#[test]
fn a_line_that_is_drawn_twice_to_look_bold_is_one() {
    let mut page = appendix();
    table(&mut page, &[40, 80, 300, 430, 520], &[740, 710, 680], &[&HEAD, &["1", "", "2026", "12"]]);
    for x in ["82", "82.3", "82.6"] {
        writeln!(page, "BT /F 10 Tf {x} 699 Td (Nang cap bbb 11) Tj ET").unwrap();
    }
    let run = common::run(&pdf(&[&page]));
    assert_eq!(rows(&run.document.appendices[0])[0][1], "Nang cap bbb 11");
}

/// Pages of a printed sheet, two rows on each, with a caption as page head.
fn sheet(count: i32) -> Vec<String> {
    let page = |at: i32| {
        let mut page = String::new();
        text(&mut page, 500, 780, "Phu luc");
        if at == 0 {
            text(&mut page, 200, 755, "DANH MUC DU AN DAU TU");
        }
        let [one, two] = [(2 * at + 1).to_string(), (2 * at + 2).to_string()];
        let (row, last): ([&str; 4], [&str; 4]) =
            ([&one, "Nang cap duong", "2026", "12"], [&two, "Xay moi truong", "2027", "30"]);
        table(&mut page, &[40, 80, 300, 430, 520], &[740, 710, 680, 650], &[&HEAD, &row, &last]);
        text(&mut page, 280, 20, &format!("Trang {} tren {count}", at + 1));
        page
    };
    (0..count).map(page).collect()
}

#[test]
fn a_caption_that_heads_each_printed_page_is_one() {
    for count in [2, 3, 4] {
        let pages = sheet(count);
        let run = common::run(&pdf(&pages.iter().map(String::as_str).collect::<Vec<_>>()));
        assert_eq!(run.document.appendices.len(), 1);
        let appendix = &run.document.appendices[0];
        assert_eq!(appendix.title.as_deref(), Some("DANH MUC DU AN DAU TU"), "{count} pages");
        let numbers: Vec<_> = rows(appendix).iter().map(|row| row[0].to_owned()).collect();
        assert_eq!(numbers, (1..=2 * count).map(|number| number.to_string()).collect::<Vec<_>>());
        let feet = run.document.set_aside.iter().filter(|it| it.reason == Aside::PageNumber);
        assert_eq!(i32::try_from(feet.count()), Ok(count));
    }
}

/// Text whose spaces are as narrow as those of most fonts.
fn narrow(out: &mut String, x: i32, y: i32, words: &str) {
    let words = words.replace(' ', ") -250 (");
    writeln!(out, "BT /F 10 Tf {x} {y} Td [({words})] TJ ET").unwrap();
}

/// Texts at places of lines from a height downwards.
fn lines(page: &mut String, top: i32, xs: &[i32], lines: &[(i32, &[&str])]) {
    let mut y = top;
    for (step, cells) in lines {
        y -= step;
        xs.iter().zip(*cells).for_each(|(x, words)| narrow(page, *x, y, words));
    }
}

#[test]
fn rows_without_rules_that_are_set_wide_keep_their_second_lines() {
    let mut page = appendix();
    let row: [(i32, &[&str]); 8] = [
        (0, &HEAD),
        (21, &["1", "Nang cap duong", "2026", "12"]),
        (21, &["2", "Ho chua nuoc dung tich", "2027", "30"]),
        (17, &["", "120.000 m3"]),
        (21, &["3", "Nha kho lanh Hop tac xa", "2028", "5"]),
        (17, &["", "Thong Nhat"]),
        (21, &["4", "Cau dan sinh", "2028", "7"]),
        (21, &["", "Tong cong", "", "54"]),
    ];
    lines(&mut page, 730, &[40, 80, 300, 430], &row);
    let run = common::run(&pdf(&[&page]));
    let names: Vec<_> = rows(&run.document.appendices[0]).iter().map(|row| row[1].to_owned()).collect();
    let wrapped = ["Ho chua nuoc dung tich 120.000 m3", "Nha kho lanh Hop tac xa Thong Nhat"];
    assert_eq!(names, ["Nang cap duong", wrapped[0], wrapped[1], "Cau dan sinh", "Tong cong"]);
}

#[test]
fn headings_of_groups_over_narrow_columns_of_numbers_hide_none() {
    let mut page = appendix();
    let row: [(i32, &[&str]); 8] = [
        (0, &HEAD),
        (21, &["1. Bao ton di tich lich su"]),
        (21, &["1", "Tu bo chua", "2026", "12"]),
        (21, &["2. Phat trien dich vu du lich"]),
        (21, &["1", "Xe dien tham quan", "2027", "30"]),
        (21, &["3. Chinh trang do thi"]),
        (21, &["1", "Ha ngam cap", "2028", "5"]),
        (21, &["2", "Cong vien ven ho", "2028", "7"]),
    ];
    lines(&mut page, 730, &[40, 70, 300, 430], &row);
    let run = common::run(&pdf(&[&page]));
    let appendix = &run.document.appendices[0];
    let names: Vec<_> = appendix.columns.iter().filter_map(|column| column.path.last()).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    let titles: Vec<_> = appendix.groups.iter().filter_map(|group| group.title.as_deref()).collect();
    assert_eq!(titles, ["Bao ton di tich lich su", "Phat trien dich vu du lich", "Chinh trang do thi"]);
}

#[test]
fn tables_without_rules_that_stand_side_by_side_have_their_own_captions() {
    let mut page = String::new();
    narrow(&mut page, 40, 770, "Chi tieu nam 2026 cua phuong duoc giao tai hai bieu duoi day.");
    narrow(&mut page, 60, 740, "Bieu 1. Chi tieu ha tang");
    narrow(&mut page, 350, 740, "Bieu 2. Chi tieu nhan luc");
    let left: [(i32, &[&str]); 5] = [
        (0, &["TT", "Chi tieu", "DVT", "Nam 2026"]),
        (16, &["1", "Dan so", "Nguoi", "12"]),
        (12, &["", "thuong tru"]),
        (16, &["2", "So ho", "Ho", "34"]),
        (16, &["3", "Tram y te", "Tram", "5"]),
    ];
    let right: [(i32, &[&str]); 3] = [
        (0, &["TT", "Chi tieu", "DVT", "Nam 2026"]),
        (16, &["1", "Can bo", "Nguoi", "6"]),
        (28, &["2", "Giao vien", "Nguoi", "70"]),
    ];
    lines(&mut page, 720, &[40, 60, 180, 230], &left);
    lines(&mut page, 720, &[320, 340, 460, 510], &right);
    let run = common::run(&pdf(&[&page]));
    let all: Vec<_> = run
        .document
        .appendices
        .iter()
        .map(|it| {
            (it.label.as_deref().unwrap_or_default(), rows(it).iter().map(|row| row[1].to_owned()).collect())
        })
        .collect();
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
    let expected = [
        ("Bieu 1", names(&["Dan so thuong tru", "So ho", "Tram y te"])),
        ("Bieu 2", names(&["Can bo", "Giao vien"])),
    ];
    assert_eq!(all, expected);
}

#[test]
fn ruled_tables_that_stand_side_by_side_have_their_own_captions() {
    let mut page = String::new();
    narrow(&mut page, 60, 762, "Bieu 1. Chi tieu ha tang");
    narrow(&mut page, 350, 762, "Bieu 2. Chi tieu nhan luc");
    let head: [&str; 3] = ["TT", "Chi tieu", "Nam 2026"];
    table(&mut page, &[40, 70, 200, 280], &[740, 710, 680], &[&head, &["1", "Dan so", "12"]]);
    table(&mut page, &[320, 350, 480, 560], &[740, 710, 680], &[&head, &["1", "Can bo", "34"]]);
    let run = common::run(&pdf(&[&page]));
    let labels: Vec<_> = run.document.appendices.iter().map(|it| (it.label.as_deref(), rows(it))).collect();
    let expected = [
        (Some("Bieu 1"), vec![vec!["1", "Dan so", "12"]]),
        (Some("Bieu 2"), vec![vec!["1", "Can bo", "34"]]),
    ];
    assert_eq!(labels, expected);
}

#[test]
fn groups_with_letters_over_whole_rows_are_groups() {
    let mut page = appendix();
    let head: [&str; 4] = ["TT", "Nhiem vu", "Co quan chu tri", "Thoi gian"];
    let (xs, ys) = ([40, 80, 300, 430, 520], [740, 720, 700, 680, 660, 640, 620]);
    table(&mut page, &xs, &ys[..2], &[&head]);
    for y in ys {
        rule(&mut page, (40, y), (520, y));
    }
    let body: [&[&str]; 5] = [
        &["a) Quy hoach, trat tu xay dung"],
        &["1", "Cam moc", "So Xay dung", "2026"],
        &["2", "Kiem tra", "So Xay dung", "2027"],
        &["b) Nuoc thai"],
        &["1", "Dau noi", "So Y te", "2028"],
    ];
    for (at, cells) in (1..).zip(body) {
        let (top, bottom) = (ys[at], ys[at + 1]);
        let inner = if cells.len() > 1 { &xs[..] } else { &[40, 520] };
        inner.iter().for_each(|x| rule(&mut page, (*x, top), (*x, bottom)));
        xs.iter().zip(cells).for_each(|(x, words)| text(&mut page, x + 2, top - 11, words));
    }
    let run = common::run(&pdf(&[&page]));
    let appendix = &run.document.appendices[0];
    let groups: Vec<_> = appendix.groups.iter().map(|group| group.number.as_deref()).collect();
    assert_eq!(groups, [Some("a)"), Some("b)")]);
    assert_eq!(appendix.items.len(), 3);
    assert!(run.audit.findings.iter().all(|finding| finding.code.code != "N004"));
}

#[test]
fn recipients_beside_the_signature_close_a_body_with_tables() {
    let mut page = String::new();
    narrow(&mut page, 230, 770, "KE HOACH HANH DONG");
    narrow(&mut page, 40, 740, "I. NHIEM VU");
    narrow(&mut page, 40, 725, "Nhiem vu neu tai Bieu 1.");
    narrow(&mut page, 200, 700, "Bieu 1. Nhiem vu nam 2026");
    let head: [&str; 4] = ["TT", "Nhiem vu", "Co quan chu tri", "Thoi gian"];
    let row = ["1", "Cam moc", "So Xay dung", "2026"];
    table(&mut page, &[40, 80, 300, 430, 520], &[690, 670, 650], &[&head, &row]);
    narrow(&mut page, 40, 620, "II. TO CHUC THUC HIEN");
    narrow(&mut page, 40, 605, "Cac phong bao cao hang thang.");
    narrow(&mut page, 40, 570, "Noi nhan:");
    narrow(&mut page, 400, 570, "GIAM DOC");
    narrow(&mut page, 40, 558, "- UBND tinh;");
    narrow(&mut page, 40, 546, "- Luu: VT.");
    narrow(&mut page, 400, 520, "Le Minh Chau");
    let run = common::run(&pdf(&[&page]));
    let document = run.document;
    assert_eq!(document.appendices.len(), 1);
    let titles: Vec<_> = document.sections.iter().map(|it| it.title.as_deref().unwrap_or_default()).collect();
    assert_eq!(titles, ["NHIEM VU", "TO CHUC THUC HIEN"]);
    let closing = document.closing.expect("a closing part");
    assert_eq!(closing.recipients.len(), 2);
}

#[test]
fn what_heads_both_pages_of_a_document_at_one_place_is_a_running_head() {
    let page = |words: &str| {
        let mut page = String::new();
        narrow(&mut page, 480, 780, "So KH&CN tinh");
        narrow(&mut page, 40, 740, words);
        page
    };
    let pages = [page("I. NHIEM VU"), page("Cac phong bao cao hang thang.")];
    let run = common::run(&pdf(&[&pages[0], &pages[1]]));
    let heads = run.document.set_aside.iter().filter(|it| it.reason == Aside::RunningHead);
    assert_eq!(heads.count(), 2);
}
