//! What is found and what is not, on words of our own and on the examples of the grammar.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a failing test may panic"
)]

use super::{Ground, Reading, read};
use crate::grammar::Grammar;

fn reading(texts: &[&str]) -> Reading {
    let grammar = Grammar::embedded().unwrap();
    read(texts, grammar.words.lexicon(), &grammar.syllables)
}

/// The words of each suspect, the misread one among them, and what is suggested.
fn found(texts: &[&str]) -> Vec<(String, String, String)> {
    let suspects = reading(texts).suspects;
    let part = |index: usize, range: std::ops::Range<usize>| texts[index][range].to_owned();
    suspects.into_iter().map(|it| (part(it.text, it.words), part(it.text, it.word), it.right)).collect()
}

fn one(words: &str, word: &str, right: &str) -> Vec<(String, String, String)> {
    vec![(words.to_owned(), word.to_owned(), right.to_owned())]
}

#[test]
fn every_listed_misreading_is_found_in_its_examples_and_nothing_in_its_rejects() {
    let grammar = Grammar::embedded().unwrap();
    for listed in grammar.words.lexicon().all_listed() {
        assert!(!listed.examples.is_empty(), "{}", listed.right);
        for example in &listed.examples {
            let suspects = reading(&[example]).suspects;
            assert!(
                suspects
                    .iter()
                    .any(|it| it.right.to_lowercase() == listed.right && it.ground == Ground::Listed),
                "{example:?}: {suspects:?}"
            );
        }
        for reject in &listed.rejects {
            let suspects = reading(&[reject]).suspects;
            assert!(suspects.is_empty(), "{reject:?}: {suspects:?}");
        }
    }
}

#[test]
fn a_pair_one_mark_away_from_a_compound_is_found() {
    assert_eq!(found(&["hoàn thành nhiêm vụ"]), one("nhiêm vụ", "nhiêm", "nhiệm vụ"));
    assert_eq!(found(&["Kê hoạch đầu tư"]), one("Kê hoạch", "Kê", "Kế hoạch"));
    assert_eq!(found(&["phát triễn kinh tế"]), one("phát triễn", "triễn", "phát triển"));
    assert_eq!(found(&["giấy phép, dịch vu công"]), one("dịch vu", "vu", "dịch vụ"));
    assert_eq!(found(&["sử dụng đất", "nguốn lực"]), one("nguốn lực", "nguốn", "nguồn lực"));
}

#[test]
fn syllables_that_belong_to_other_words_are_left_alone() {
    let right = [
        "hệ thống tin cậy",
        "cần bộ phận chuyên trách",
        "bắt đầu từ năm 2026",
        "cái cách làm hay",
        "đô thị hành chính",
        "khả năng cao",
        "phân bố dân cư, phân bổ vốn",
        "bà Hoàng Thị Chuyên đổi vé",
        "UBND xã Tân Thông, Nhất Hòa",
    ];
    for text in right {
        assert_eq!(found(&[text]), [], "{text}");
    }
}

#[test]
fn a_run_of_four_one_mark_away_from_a_set_phrase_is_found() {
    assert_eq!(found(&["cơ sở dư liệu"]), one("dư liệu", "dư", "dữ liệu"));
}

#[test]
fn words_that_are_no_syllables_are_found_alone() {
    assert_eq!(found(&["đã đuợc xử lý"]), one("đuợc", "đuợc", "được"));
    assert_eq!(found(&["theo lô-gíc, kilôgam, ôtô, A1ố"]), []);
}

#[test]
fn the_document_itself_is_evidence() {
    // "dư" is a word by itself.
    assert_eq!(found(&["kho dư liệu"]), []);
    let often = ["dữ liệu lớn", "kho dữ liệu", "chia sẻ dữ liệu", "kho dư liệu"];
    assert_eq!(found(&often), one("dư liệu", "dư", "dữ liệu"));
    // What a document writes again and again, it means.
    let name = "hợp tác xã Thống Nhật, sản phẩm cốm thống nhật";
    assert_eq!(found(&[name, "cốm thống nhật", "bánh thống nhật", "làng thống nhật"]), []);
}

#[test]
fn words_in_capitals_need_the_document_to_vouch() {
    assert_eq!(found(&["KÊ HOẠCH"]), []);
    assert_eq!(found(&["KẾ HOẠCH", "kế hoạch", "KÊ HOẠCH"]), one("KÊ HOẠCH", "KÊ", "KẾ HOẠCH"));
}

#[test]
fn texts_that_come_again_count_again() {
    let texts = ["Ngân sách nhà nước, số hoá"; 5];
    let placements = reading(&texts).placements;
    assert_eq!((placements.old.count, placements.new.count), (5, 0));
    assert_eq!(placements.old.words, [("hoá".to_owned(), 5)]);
    assert_eq!(placements.old.first.map(|(text, _)| text), Some(0));
}

#[test]
fn names_keep_their_tone_marks() {
    let placements = reading(&["Uỷ ban; phố Thuỵ Khuê; văn hoá; HÀNG HOÁ; XÃ HOÀ MINH; Hoà"]).placements;
    assert_eq!(placements.old.words, [("uỷ".to_owned(), 1), ("hoá".to_owned(), 2)]);
}

#[test]
fn right_prose_of_many_kinds_has_nothing_to_find() {
    let prose =
        include_str!("../../../fixtures/rules/X001-suspected-misreading/ok-prose-of-many-kinds/input.txt");
    let lines: Vec<&str> = prose.lines().collect();
    assert_eq!(found(&lines), []);
}
