//! Numbers of headings and cells.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
use super::*;
use crate::grammar::Grammar;

fn heading(text: &str) -> Option<(Style, u32, String, usize)> {
    let grammar = Grammar::embedded().unwrap();
    heading_number(text, &grammar.numbering).map(|t| (t.style, t.ordinal, t.label, t.len))
}

fn cell(text: &str) -> Option<(Style, u32, String)> {
    let grammar = Grammar::embedded().unwrap();
    cell_number(text, &grammar.numbering).map(|t| (t.style, t.ordinal, t.label))
}

#[test]
fn heading_styles_are_told_apart() {
    assert_eq!(heading("I. MỤC ĐÍCH"), Some((Style::Roman, 1, "I".into(), 2)));
    assert_eq!(heading("A. Mục tiêu"), Some((Style::Upper, 1, "A".into(), 2)));
    assert_eq!(heading("8.10. Bảo đảm"), Some((Style::Arabic(2), 10, "8.10".into(), 5)));
    assert_eq!(heading("1.1 Mục tiêu"), Some((Style::Arabic(2), 1, "1.1".into(), 3)));
    assert_eq!(heading("đ) Lĩnh vực"), Some((Style::Lower, 5, "đ".into(), 3)));
    assert_eq!(heading("(2) Việc khác"), Some((Style::Paren, 2, "2".into(), 3)));
    assert_eq!(heading("1) Việc khác"), Some((Style::ArabicParen, 1, "1".into(), 2)));
    assert_eq!(heading("XI.4. Nhiệm vụ"), Some((Style::RomanPath(2), 4, "XI.4".into(), 5)));
}

#[test]
fn worded_headings_are_numbers() {
    assert_eq!(
        heading("Điều 1.** Ban hành").map(|it| (it.2, it.3)),
        Some(("Đ1".to_owned(), "Điều 1.".len()))
    );
    assert_eq!(heading("Điều 2.</b> Giao Sở Tài chính").map(|it| it.1), Some(2));
    assert_eq!(heading("Phần thứ nhất").map(|t| (t.1, t.2)), Some((1, "P1".into())));
    assert_eq!(heading("Điều 3. Hiệu lực").map(|t| (t.1, t.2)), Some((3, "Đ3".into())));
    assert_eq!(heading("Chương II").map(|t| (t.1, t.2)), Some((2, "C-II".into())));
    assert_eq!(heading("Mục 3 của Nghị quyết này"), None);
}

#[test]
fn a_dash_may_end_a_number() {
    assert_eq!(heading("I- MỤC TIÊU"), Some((Style::Roman, 1, "I".into(), 2)));
    assert_eq!(heading("II - NHIỆM VỤ"), Some((Style::Roman, 2, "II".into(), 4)));
    assert_eq!(heading("2.1- Đến năm 2027"), Some((Style::Arabic(2), 1, "2.1".into(), 4)));
    assert_eq!(heading("3-Tổ chức thực hiện"), Some((Style::Arabic(1), 3, "3".into(), 2)));
    assert_eq!(heading("III/ TỔ CHỨC"), Some((Style::Roman, 3, "III".into(), 4)));
    assert_eq!(cell("I-"), Some((Style::Roman, 1, "I".into())));
    assert_eq!(heading("10 - 15 triệu đồng"), None);
    assert_eq!(heading("15-17 tuổi"), None);
    assert_eq!(heading("749/QĐ-TTg ngày 03/6/2020"), None);
    assert_eq!(heading("1/MỤC TIÊU").map(|t| t.1), Some(1));
}

#[test]
fn clauses_and_points_need_an_end_mark() {
    assert_eq!(heading("Khoản 1. Quan điểm").map(|t| (t.1, t.2)), Some((1, "K1".into())));
    assert_eq!(heading("Điểm đ) Việc khác").map(|t| (t.1, t.2)), Some((5, "đ".into())));
    assert_eq!(heading("Khoản 1 Điều 5 Luật Đầu tư công"), None);
    assert_eq!(heading("Điểm a Khoản 2 Điều 8"), None);
    assert_eq!(heading("Điểm nghẽn. Việc khác"), None);
}

#[test]
fn years_quantities_and_words_are_no_numbers() {
    for text in
        ["2026. Năm đầu", "100% các phản ánh", "15.4.2026 là ngày", "2,5 triệu", "Công an", "a. ", "CT. Một"]
    {
        assert_eq!(heading(text), None, "{text}");
    }
}

#[test]
fn cells_need_no_end_mark() {
    assert_eq!(cell("A1"), Some((Style::RomanPath(2), 1, "A1".into())));
    assert_eq!(cell("B12."), Some((Style::RomanPath(2), 12, "B12".into())));
    assert_eq!(cell("A100"), None);
    assert_eq!(cell("01"), Some((Style::Arabic(1), 1, "1".into())));
    assert_eq!(cell("XI.4."), Some((Style::RomanPath(2), 4, "XI.4".into())));
    assert_eq!(cell("IV"), Some((Style::Roman, 4, "IV".into())));
    assert_eq!(cell("B"), Some((Style::Upper, 2, "B".into())));
    assert_eq!(cell("A.II"), Some((Style::RomanPath(2), 2, "A.II".into())));
    assert_eq!(cell("A.II.3"), Some((Style::RomanPath(3), 3, "A.II.3".into())));
    assert_eq!(cell("Tổng cộng"), None);
    assert_eq!(cell("-"), None);
}
