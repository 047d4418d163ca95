//! Old encodings: each input, written in TCVN3, VNI, VISCII, VPS and windows-1258 by the tables of the grammar, gives
//! the model of the input itself, as bytes and as what comes of taking them for western letters.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod common;

use cthd::grammar::Encoding;
use serde_json::Value;

/// The inputs that are plain texts: of a page of tags the original is its text without the tags.
fn inputs() -> Vec<(String, String)> {
    let programmes = common::entries(&common::path("fixtures/programmes"));
    let inputs = programmes.iter().map(|folder| folder.join("input.txt")).chain(common::seeds());
    let texts = inputs.map(|path| (path.display().to_string(), common::read_text(&path)));
    texts.filter(|(_, text)| !text.starts_with("<!DOCTYPE") && !text.starts_with("<html")).collect()
}

/// The bytes of a text, and the text with the letters that these bytes keep.
fn encoded(text: &str, encoding: &Encoding) -> (Vec<u8>, String) {
    let (mut bytes, mut kept) = (Vec::new(), String::new());
    let words = text.split_inclusive('\n').flat_map(|line| {
        let all_capitals = !line.contains(char::is_lowercase);
        line.split_inclusive(|c: char| !c.is_alphabetic()).map(move |word| (word, all_capitals))
    });
    for (word, all_capitals) in words {
        // A font of capitals draws words of capitals and lines of them; other words begin with a small letter.
        let capitals = !word.contains(char::is_lowercase)
            && (all_capitals || word.chars().filter(|c| c.is_alphabetic()).count() > 1);
        for c in word.chars() {
            let small = c.to_lowercase().next().unwrap();
            if c.is_ascii() {
                bytes.push(c as u8);
                kept.push(c);
            } else if let Some(letter) = encoding.bytes(c) {
                bytes.extend(letter);
                kept.push(c);
            } else if let Some(letter) = encoding.bytes(small) {
                bytes.extend(letter);
                kept.push(if capitals { c } else { small });
            } else {
                let plain = match c {
                    '–' | '—' => '-',
                    '“' | '”' => '"',
                    '‘' | '’' => '\'',
                    ' ' => ' ',
                    _ => '?',
                };
                bytes.push(plain as u8);
                kept.push(plain);
            }
        }
    }
    (bytes, kept)
}

/// The model without places and without what is said of the file.
fn model(bytes: &[u8]) -> Value {
    let (_, document) = common::parse(bytes);
    let mut value = serde_json::to_value(&document).expect("a model is JSON");
    common::strip(&mut value, &["at", "recipients_at", "source"]);
    value
}

/// Checks what each input is read as after its bytes in each encoding were changed.
fn same_model(named: impl Fn(&str) -> String, change: impl Fn(Vec<u8>) -> Vec<u8>) {
    let mut failures = Vec::new();
    for (path, text) in inputs() {
        for encoding in &common::grammar().encodings.all {
            let (bytes, kept) = encoded(&text, encoding);
            let bytes = change(bytes);
            let (source, document) = common::parse(&bytes);
            let name = &encoding.name;
            if source.encoding != named(name) {
                failures.push(format!("{path} in {name}: read as {}", source.encoding));
                continue;
            }
            let old = document.source.old_encoding.expect("it is said");
            assert_eq!((&old.name, old.unread.len()), (name, 0));
            for (line, other) in source.original().lines().zip(kept.lines()).filter(|(a, b)| a != b).take(3) {
                failures.push(format!("{path} in {name}:\n    {line}\n    {other}"));
            }
            if let Some(difference) = common::difference("", &model(kept.as_bytes()), &model(&bytes)) {
                failures.push(format!("{path} in {name}: {difference}"));
            }
        }
    }
    common::report(&failures, "texts in old encodings");
}

#[test]
fn bytes_give_the_same_model() {
    same_model(str::to_owned, |bytes| bytes);
}

#[test]
fn bytes_taken_for_windows_1252_give_the_same_model() {
    let western = |bytes: Vec<u8>| encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned().into_bytes();
    same_model(|name| format!("{name} in UTF-8"), western);
}

#[test]
fn bytes_taken_for_latin_1_give_the_same_model() {
    let latin = |bytes: Vec<u8>| bytes.into_iter().map(char::from).collect::<String>().into_bytes();
    same_model(|name| format!("{name} in UTF-8"), latin);
}

/// Texts that are no old encoding stay as they are.
#[test]
fn other_texts_are_left_alone() {
    let texts = [
        "Le développement économique a été réalisé à côté du comité; où est le garçon? Noël, naïve, œuvre, çà et là",
        "Größe, Übung, schön, Straße, für, über, Köln, Ärzte, Öl, Müller, Fußgänger, hören, größer",
        "El niño pequeño, mañana, señor, año, España, ¿qué?, ¡sí!, compañía, enseñar, baño",
        "§ 1, § 2 a, ¶ 3; 10 µm, 5 µg, 3 µs; ±5%; 1½, 2¼, 3¾; 1ª, 2º; © 2025, ® ABC; £100, ¥200, ¢5",
        "Đảng ủy xã: 10 µm, § 5, © 2025, ®, Müller, Köln, Orléans, São Tomé, naïve",
        "Ðảng ủy xã Ðông Hà, Ðà Nẵng, Ðồng Tháp, Ðăk Lăk, Ðại hội, Ðoàn xã, Ðội, Ðài, Ðình",
        "A1-ñ\tB2-ß\tC3-þ\tD4-æ\tE5-ø\tF6-å\tG7-ö",
        "là và có xã thì cà phê; bàn về; đã có hà tĩnh ô tô",
    ];
    for text in texts {
        let many = format!("{text}\n").repeat(3);
        let (source, _) = common::parse(many.as_bytes());
        assert_eq!((source.original(), source.encoding.as_str()), (many.as_str(), "UTF-8"));
        let (western, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        let (source, document) = common::parse(&western);
        assert!(document.source.old_encoding.is_none(), "{}: {}", source.encoding, source.original());
    }
    for (path, text) in inputs() {
        let (source, _) = common::parse(text.as_bytes());
        assert!(source.encoding == "UTF-8" && source.original() == text, "{path}");
    }
}

/// Lines of an old encoding among others are read, and the others stay.
#[test]
fn lines_among_others_are_read() {
    let text = "Đảng bộ xã Tân Lập\n\
        §¶ng bé x· T©n LËp l·nh ®¹o ph¸t triÓn kinh tÕ\n\
        Đường rộng 10 µm, § 5\n\
        1\tTû lÖ hé nghÌo\t%\t5,2\n\
        Nhà văn hóa\n";
    let (source, document) = common::parse(text.as_bytes());
    let expected = "Đảng bộ xã Tân Lập\n\
        Đảng bộ xã Tân Lập lãnh đạo phát triển kinh tế\n\
        Đường rộng 10 µm, § 5\n\
        1\tTỷ lệ hộ nghèo\t%\t5,2\n\
        Nhà văn hóa\n";
    assert_eq!(source.original(), expected);
    let old = document.source.old_encoding.unwrap();
    assert_eq!((old.name.as_str(), old.lines, old.at.line), ("TCVN3", 2, 2));
}

/// Text as it comes from keyboards and fonts, by hand: what is written, the encoding, what is read.
#[test]
fn known_examples_are_read() {
    let examples = [
        (
            "Ñaûng boä xaõ laõnh ñaïo phaùt trieån kinh teá, Uûy ban nhaân daân",
            "VNI",
            "Đảng bộ xã lãnh đạo phát triển kinh tế, Ủy ban nhân dân",
        ),
        (
            "CH¦¥NG TR×NH HµNH §éNG cña §¶ng bé, ñy ban nh©n d©n",
            "TCVN3",
            "CHƯƠNG TRÌNH HÀNH ĐỘNG của Đảng bộ, ủy ban nhân dân",
        ),
        (
            "\u{AD}u tiªn ®Çu t\u{AD} n\u{AD}íc s¹ch, ch\u{AD}¬ng tr×nh",
            "TCVN3",
            "ưu tiên đầu tư nước sạch, chương trình",
        ),
    ];
    for (text, encoding, read) in examples {
        let (source, document) = common::parse(text.as_bytes());
        assert_eq!(source.original(), read);
        assert_eq!(document.source.old_encoding.unwrap().name, encoding);
    }
}

/// Bytes spot-checked against TCVN 5712:1993, RFC 1456, and what each of the others is known by.
#[test]
fn tables_have_the_letters_of_their_standards() {
    let all = &common::grammar().encodings.all;
    let lacking: Vec<_> = all.iter().map(|it| (it.name.as_str(), it.lacking().len())).collect();
    assert_eq!(lacking, [("TCVN3", 60), ("VNI", 0), ("VISCII", 0), ("VPS", 0), ("windows-1258", 0)]);
    let bytes: Vec<_> = all.iter().map(|it| it.bytes('ệ').unwrap()).collect();
    assert_eq!(bytes, [&[0xD6][..], &[b'e', 0xE4], &[0xAE], &[0x8C], &[0xEA, 0xF2]]);
    // Each letter comes back from its bytes.
    for encoding in all {
        for letter in ('À'..='ỹ').filter(|letter| encoding.bytes(*letter).is_some()) {
            let decoded = encoding.decode(encoding.bytes(letter).unwrap());
            assert_eq!(decoded.text, letter.to_string(), "{}", encoding.name);
        }
    }
}

/// A damaged file in UTF-8 is one still; bytes that have no letter are said.
#[test]
fn damage_is_no_old_encoding() {
    for (path, text) in inputs() {
        let mut bytes = text.into_bytes();
        bytes.insert(bytes.len() / 2, b'\n');
        bytes.splice(bytes.len() / 3..bytes.len() / 3, *b"\xFF\xFE\xE1");
        bytes.truncate(bytes.len() - 2);
        let (source, document) = common::parse(&bytes);
        assert!(source.encoding == "UTF-8" && document.source.old_encoding.is_none(), "{path}");
    }
    let tcvn3 = common::grammar().encodings.all.first().unwrap();
    let (mut bytes, _) = encoded("Đảng bộ xã lãnh đạo thực hiện nhiệm vụ", tcvn3);
    bytes.extend(b" \x81 \x8D\x81");
    let (source, document) = common::parse(&bytes);
    let old = document.source.old_encoding.unwrap();
    assert_eq!((old.unread, source.replaced), (vec!["81".to_owned(), "8D".to_owned()], 3));
}
