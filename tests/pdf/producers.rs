//! What producers do each in their own way: letters from a second font, heads of printed sheets.

use std::fmt::Write;

use super::build::{pdf, table, text};
use super::common;
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
    with_holes(&mut page, 82, 699, "Nang cap duong xa ho");
    let run = common::run(&pdf(&[&page]));
    assert_eq!(rows(&run.document.appendices[0])[0][1], "Nang cap duong xa ho");
}
