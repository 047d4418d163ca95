//! The same document in other clothes gives the same model: decomposed letters, other line ends and
//! encodings, other spaces, invisible characters, Ð for Đ.

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

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// The inputs of the variants: seeds, programmes.
fn inputs() -> Vec<PathBuf> {
    let programmes = common::entries(&common::path("fixtures/programmes"));
    programmes.iter().map(|folder| folder.join("input.txt")).chain(common::seeds()).collect()
}

/// The model without places and without what is said of the file.
fn model(bytes: &[u8]) -> Value {
    let (_, document) = common::parse(bytes);
    let mut value = serde_json::to_value(&document).expect("a model is JSON");
    if let Some(aside) = value.get_mut("set_aside").and_then(Value::as_array_mut) {
        aside.retain(|it| it["reason"] != "invisible");
        for text in aside.iter_mut().filter_map(|it| it.get_mut("text")) {
            // What is set aside is kept with its spaces.
            *text = text.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").into();
        }
    }
    common::strip(&mut value, &["at", "recipients_at", "source"]);
    value
}

/// Checks that a variant of each input gives the model of the input itself.
fn same_model(variant: impl Fn(&str) -> Vec<u8>) {
    let mut failures = Vec::new();
    for path in inputs() {
        let text = common::read_text(&path);
        let (plain, varied) = (model(text.as_bytes()), model(&variant(&text)));
        if let Some(difference) = common::difference("", &plain, &varied) {
            failures.push(format!("{}: {difference}", path.display()));
        }
    }
    common::report(&failures, "models that differ");
}

/// The text with every `n`-th space followed or replaced by something; in a page the tags stay as they are.
fn at_spaces(text: &str, n: usize, mut change: impl FnMut(&mut String)) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let (mut count, page, mut tag) = (0, text.starts_with("<!DOCTYPE") || text.starts_with("<html"), false);
    for c in text.chars() {
        tag = page && (c == '<' || tag && c != '>');
        if c == ' ' && !tag {
            count += 1;
            if count % n == 0 {
                change(&mut out);
                continue;
            }
        }
        out.push(c);
    }
    out
}

#[test]
fn decomposed_letters_give_the_same_model() {
    same_model(|text| text.nfd().collect::<String>().into_bytes());
}

#[test]
fn carriage_returns_give_the_same_model() {
    same_model(|text| text.replace('\n', "\r\n").into_bytes());
}

#[test]
fn a_byte_order_mark_gives_the_same_model() {
    same_model(|text| format!("\u{FEFF}{text}").into_bytes());
}

#[test]
fn utf_16_gives_the_same_model() {
    let marked = |text: &str| format!("\u{FEFF}{text}");
    same_model(|text| marked(text).encode_utf16().flat_map(u16::to_le_bytes).collect());
    same_model(|text| marked(text).encode_utf16().flat_map(u16::to_be_bytes).collect());
}

#[test]
fn non_breaking_spaces_give_the_same_model() {
    same_model(|text| at_spaces(text, 3, |out| out.push('\u{A0}')).into_bytes());
    same_model(|text| at_spaces(text, 5, |out| out.push('\u{2009}')).into_bytes());
}

#[test]
fn zero_width_characters_give_the_same_model() {
    same_model(|text| at_spaces(text, 4, |out| out.push_str("\u{200B} ")).into_bytes());
    same_model(|text| at_spaces(text, 6, |out| out.push_str(" \u{FEFF}")).into_bytes());
    same_model(|text| text.replace("hiện", "hi\u{200C}ện").into_bytes());
}

#[test]
fn eth_for_d_with_stroke_gives_the_same_model() {
    same_model(|text| text.replace('Đ', "Ð").into_bytes());
}

#[test]
fn spaces_at_the_ends_of_lines_give_the_same_model() {
    same_model(|text| text.replace('\n', "  \n").into_bytes());
}

#[test]
fn doubled_spaces_give_the_same_model() {
    // Where a run of spaces parts the columns of a line, one more is no slip.
    same_model(|text| {
        let lines = text.split_inclusive('\n');
        lines
            .map(|line| match line.contains("  ") {
                true => line.to_owned(),
                false => at_spaces(line, 7, |out| out.push_str("  ")),
            })
            .collect::<String>()
            .into_bytes()
    });
}
