//! Text in fonts of old encodings (.VnTime, .VnTimeH), whose codes a file gives as letters of windows-1252.

use std::fmt::Write;

use lopdf::{Dictionary, Object, dictionary};

use super::build::pdf_with;
use super::common;

/// The pages' fonts: V is .VnTime, H .VnTimeH, T one of Unicode.
fn resources() -> Dictionary {
    let font = |name: &str| {
        dictionary! {
            "Type" => "Font", "Subtype" => "TrueType", "BaseFont" => format!("ABCDEF+{name}").as_str(),
            "Encoding" => "WinAnsiEncoding", "FirstChar" => 32, "LastChar" => 255,
            "Widths" => Object::Array(vec![500.into(); 224]),
        }
    };
    let fonts = dictionary! { "V" => font(".VnTime"), "H" => font(".VnTimeH"), "T" => font("TimesNewRoman") };
    dictionary! { "Resources" => dictionary! { "Font" => fonts } }
}

/// A line in a font, its letters as bytes of TCVN3.
fn line(out: &mut String, (x, y): (i32, i32), font: &str, words: &str) {
    let encodings = &common::grammar().encodings.all;
    let tcvn3 = encodings.iter().find(|it| it.name == "TCVN3").expect("it is known");
    let codes: String = words.chars().fold(String::new(), |mut codes, c| {
        match tcvn3.bytes(c) {
            Some(bytes) => bytes.iter().for_each(|byte| write!(codes, "\\{byte:o}").unwrap()),
            None => codes.push(c),
        }
        codes
    });
    writeln!(out, "BT /{font} 10 Tf {x} {y} Td ({codes}) Tj ET").unwrap();
}

#[test]
fn fonts_of_old_encodings_are_read_and_those_of_capitals_give_capitals() {
    let mut page = String::new();
    line(&mut page, (200, 740), "H", "chương trình hành động");
    line(&mut page, (150, 722), "V", "Phát triển đường giao thông của xã giai đoạn 2026 - 2030");
    line(&mut page, (60, 690), "H", "i. nhiệm vụ");
    line(&mut page, (60, 672), "V", "1. Xây dựng trường học, trạm y tế, đường điện và nước sạch.");
    line(&mut page, (60, 654), "T", "2. Noi dung khong dau.");
    let run = common::run(&pdf_with(&[&page], resources()));
    assert_eq!(
        run.source.original().split_whitespace().collect::<Vec<_>>().join(" "),
        "CHƯƠNG TRÌNH HÀNH ĐỘNG Phát triển đường giao thông của xã giai đoạn 2026 - 2030 I. NHIỆM VỤ \
         1. Xây dựng trường học, trạm y tế, đường điện và nước sạch. 2. Noi dung khong dau."
    );
    let old = run.document.source.old_encoding.expect("it is said");
    assert_eq!(old.name, "TCVN3");
}

/// The hyphen of WinAnsiEncoding's second place is one where the font is none of old letters.
#[test]
fn a_hyphen_at_the_place_of_the_soft_one_stays_in_other_fonts() {
    let page = r"BT /T 10 Tf 60 700 Td (Giai doan 2026\2552030 cua xa) Tj ET";
    let run = common::run(&pdf_with(&[page], resources()));
    assert!(run.source.text().contains("2026-2030"), "{}", run.source.text());
}
