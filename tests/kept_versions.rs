//! What a store tells of its versions: each as its file is, in every format; the log, the list, an item through its versions; and
//! what is no further version.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]
#![cfg(all(feature = "store", feature = "parquet"))]

mod common;
mod kept;
#[allow(dead_code, reason = "some of its tests need more of a server than others")]
mod server;

use std::collections::BTreeMap;
use std::path::Path;

use kept::{FIRST, Place, SEED, WARD, call, everywhere, imported, json, out, s};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// The files under a path, by their names.
fn files(path: &Path) -> BTreeMap<String, Vec<u8>> {
    if path.is_file() {
        return BTreeMap::from([(common::name(path), common::read(path))]);
    }
    common::entries(path).iter().map(|it| (common::name(it), common::read(it))).collect()
}

#[test]
fn every_format_of_every_version_is_that_of_its_file() {
    everywhere(|store| {
        let place = Place::new();
        let given = [
            "fixtures/formats/others/district-costed-tasks.docx",
            "docs/example.txt",
            "docs/example-signed.txt",
        ];
        for file in given {
            out(&["import", file, "--programme", "vi-du", "--store", store]);
        }
        let calls: [&[&str]; 7] = [
            &["--to", "xlsx", "-o", "out.xlsx"],
            &["--to", "csv", "-o", "csv"],
            &["--to", "csv", "-o", "findings.csv", "--table", "findings"],
            &["--to", "parquet", "-o", "parquet"],
            &["--to", "parquet", "-o", "tasks.parquet", "--table", "tasks"],
            &["--to", "ndjson", "-o", "out.ndjson"],
            &["--to", "annotated", "-o", "annotated"],
        ];
        for (version, file) in
            [(Some("1"), given[0]), (Some("2"), given[1]), (Some("3"), given[2]), (None, given[2])]
        {
            let extension = if file.ends_with("docx") { "docx" } else { "html" };
            for call in calls {
                let [to, format, o, name, rest @ ..] = call else { panic!("{call:?}") };
                let name =
                    if *format == "annotated" { format!("{name}.{extension}") } else { (*name).to_owned() };
                let results = ["kept", "file"].map(|side| {
                    let path = place.path(&format!("{side}-{}/{name}", version.unwrap_or("now")));
                    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                    let mut args = vec!["export", to, format, o, s(&path)];
                    args.extend(rest);
                    if side == "kept" {
                        args.extend(["--store", store, "--programme", "vi-du"]);
                        args.extend(version.iter().flat_map(|it| ["--at-version", it]));
                    } else {
                        args.push(file);
                    }
                    out(&args);
                    files(&path)
                });
                assert!(!results[0].is_empty() && results[0].values().all(|it| !it.is_empty()));
                assert!(results[0] == results[1], "{version:?} {call:?}");
            }
        }
    });
}

#[test]
fn any_version_is_audited_as_its_file_was() {
    everywhere(|store| {
        imported(store, 3);
        let place = Place::new();
        for (number, text) in (1..).zip(kept::versions()) {
            let file = place.file("it.txt", &text);
            let own = call(&["check", s(&file), "--format", "json"]);
            let number = number.to_string();
            let args =
                ["check", "--store", store, "--programme", WARD, "--at-version", &number, "--format", "json"];
            let kept = call(&args);
            let [mut one, mut other] =
                [&own, &kept].map(|it| serde_json::from_slice::<Value>(&it.stdout).unwrap());
            common::strip(&mut one, &["name"]);
            common::strip(&mut other, &["name"]);
            assert_eq!((one, own.status.code()), (other, kept.status.code()), "version {number}");
        }
        // All programmes as they are now.
        let all: Value =
            serde_json::from_slice(&call(&["check", "--store", store, "--format", "json"]).stdout).unwrap();
        let names: Vec<&str> =
            all.as_array().unwrap().iter().map(|it| it["source"]["name"].as_str().unwrap()).collect();
        assert!(
            names.len() == 2 && names[0].ends_with("other.txt") && names[1].ends_with("3.txt"),
            "{names:?}"
        );
        for (args, why) in [
            (["--programme", WARD, "--at-version", "4"].as_slice(), "không có bản 4"),
            (["--programme", "nobody"].as_slice(), "không có chương trình nobody"),
        ] {
            for command in [["check", "--store"].as_slice(), &["export", "--to", "csv", "-o", "x", "--store"]]
            {
                let args: Vec<&str> = command.iter().chain(&[store]).chain(args).copied().collect();
                let refused = call(&args);
                let said = String::from_utf8_lossy(&refused.stderr).into_owned();
                assert!(refused.status.code() == Some(2) && refused.stdout.is_empty(), "{args:?}");
                assert!(said.contains(why), "{said}");
            }
        }
    });
}

#[test]
fn the_log_counts_what_each_version_changed() {
    everywhere(|store| {
        imported(store, 3);
        let log = json(&["log", "--store", store, "--programme", WARD]);
        let counts: Vec<String> = log
            .as_array()
            .unwrap()
            .iter()
            .map(|it| {
                ["number", "items", "changed", "added", "gone", "format"]
                    .map(|key| it[key].to_string())
                    .join(" ")
            })
            .collect();
        // The second: a target, a task and a project are others, one of each is gone; rows with another number are no change.
        // The third: two tasks and a project.
        assert_eq!(counts, ["1 17 0 17 0 \"text\"", "2 14 3 0 3 \"text\"", "3 14 3 0 0 \"text\""]);
        let text = out(&["log", "--store", store, "--lang", "vi"]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines.len(),
            5,
            "a line for the names and one for each version of both programmes\n{text}"
        );
        assert!(lines[0].contains("chương trình") && lines[1].contains("phuong-an-lam"), "{text}");
        assert!(lines[3].contains("~3 +0 -3") && lines[3].contains("2.txt"), "{text}");
        let [day, time, zone] = ["/", ":", " UTC"];
        assert!([day, time, zone].iter().all(|it| lines[3].contains(it)), "{text}");
    });
}

#[test]
fn an_item_is_shown_through_its_versions() {
    everywhere(|store| {
        imported(store, 3);
        let uid = |words: &str| {
            let found = json(&["list", "--store", store, "--find", words]);
            assert_eq!(found.as_array().unwrap().len(), 1, "{words}: {found}");
            found[0]["uid"].as_str().unwrap().to_owned()
        };
        let task = uid("ho so ho tich");
        let text = out(&["show", &task, "--store", store, "--lang", "vi"]);
        let wanted = format!(
            "{task} (nhiệm vụ), {WARD}\nbản 1, số 1\n    tên: Số hóa hồ sơ hộ tịch\n    cơ quan chủ trì: Văn phòng Đảng ủy\n\
             \x20   thời hạn: Quý III/2025\n    hạn cuối: 30/09/2025\n    hạn cuối ban đầu: 30/09/2025\n\
             bản 2, số 2\n    thời hạn: Quý IV/2099\n    hạn cuối: 31/12/2099\n\
             từ bản 3, số 2\n    thời hạn: Quý I/2099\n    hạn cuối: 31/03/2099\n"
        );
        assert_eq!(text, wanted);
        // What is left out is said too.
        let text = out(&["show", &uid("bep an truong hoc"), "--store", store, "--lang", "vi"]);
        assert!(text.ends_with("từ bản 3, số 4\n    cơ quan chủ trì: (trống)\n"), "{text}");
        let text = out(&["show", &uid("thoat nuoc ngo 5"), "--store", store, "--lang", "vi"]);
        assert!(
            text.contains("từ bản 3, số 2\n    số liệu: Năm 2026: 400\n    số liệu: Năm 2027: 50\n"),
            "{text}"
        );
        let refused = call(&["show", "nv-000000000000", "--store", store, "--lang", "vi"]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&refused.stderr).contains("không có mục nv-000000000000"));
    });
}

#[test]
fn the_list_has_programmes_and_the_items_that_are_looked_for() {
    everywhere(|store| {
        imported(store, 2);
        let programmes = json(&["list", "--store", store]);
        let told: Vec<String> = programmes
            .as_array()
            .unwrap()
            .iter()
            .map(|it| {
                format!(
                    "{} {} {} {}-{}",
                    it["id"], it["versions"], it["locality"], it["term_from"], it["term_to"]
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                "\"phuong-an-lam-2025-2030\" 1 \"phường An Lâm\" 2025-2030".to_owned(),
                format!("\"{WARD}\" 2 \"phường Hòa Bình\" 2025-2030"),
            ]
        );
        let text = out(&["list", "--store", store, "--lang", "vi"]);
        assert!(
            text.contains("số bản") && text.contains("2025-2030  ") && text.lines().count() == 3,
            "{text}"
        );
        let names = |args: &[&str]| -> Vec<String> {
            let args: Vec<&str> = ["list", "--store", store].iter().chain(args).copied().collect();
            json(&args).as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
        };
        // In printed order, without what is gone.
        assert_eq!(
            names(&["--programme", WARD, "--kind", "project"]),
            ["Xây mới nhà văn hóa khu phố 3", "Cải tạo và thoát nước ngõ 5"]
        );
        // Case, diacritics and the letter đ do not count; signs of patterns are no patterns.
        assert_eq!(names(&["--find", "TRUONG MAM NON"]), ["Xây trường mầm non"]);
        assert_eq!(names(&["--find", "tuan tra ban dem"]), ["Tuần tra ban đêm các khu tập thể"]);
        assert!(names(&["--find", "t_uong"]).is_empty() && names(&["--find", "%ngap%"]).is_empty());
        assert!(names(&["--find", "ngap ung"]).is_empty(), "it is gone");
        let text = out(&["list", "--store", store, "--find", "tru so cu", "--lang", "vi"]);
        assert!(text.contains("nhiệm vụ") && text.contains("31/08/2025"), "{text}");
    });
}

#[test]
fn the_same_document_in_another_format_or_encoding_is_no_second_version() {
    everywhere(|store| {
        let place = Place::new();
        let seed = common::read_text(&common::path(SEED));
        let decomposed = place.file("nfd.txt", &seed.nfd().collect::<String>());
        let wide: Vec<u8> =
            std::iter::once(0xFEFF).chain(seed.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        std::fs::write(place.path("utf16.txt"), wide).unwrap();
        let lines = place.file("lines.txt", &seed.replace('\n', "\r\n"));
        let formats = ["libreoffice.docx", "python-docx.docx", "page.html", "chromium.pdf", "reportlab.pdf"];
        let mut all: Vec<String> = vec![SEED.to_owned(), SEED.to_owned()];
        all.extend(formats.map(|it| format!("fixtures/formats/seed-{it}")));
        all.extend([&decomposed, &place.path("utf16.txt"), &lines].map(|it| s(it).to_owned()));
        for (at, file) in all.iter().enumerate() {
            let said = out(&["import", file, "--store", store, "--lang", "vi"]);
            let wanted = match at {
                0 => "bản 1: ",
                1 => "đã có tệp này, là bản 1",
                _ => "nội dung không khác bản 1",
            };
            assert!(said.contains(wanted), "{file}: {said}");
        }
        // What was told apart by its content is then known by its bytes, also by a batch.
        let said = out(&["import", &all[2], "--store", store, "--lang", "vi"]);
        assert!(said.contains("đã có tệp này, là bản 1"), "{said}");
        let said = out(&["batch", s(place.folder.path()), "--store", store, "--lang", "vi"]);
        assert!(said.contains("3 tệp đã có trong kho") && said.contains("0 tệp đã đọc"), "{said}");
        assert_eq!(json(&["log", "--store", store]).as_array().unwrap().len(), 1);
    });
}

#[test]
fn what_says_something_else_is_a_version_however_little() {
    let place = Place::new();
    let store = place.path("store.sqlite");
    let import = |name: &str, text: &str| {
        out(&["import", s(&place.file(name, text)), "--store", s(&store), "--lang", "vi"])
    };
    import("1.txt", FIRST);
    let same = import("again.txt", &format!("{FIRST}\n\n"));
    assert!(same.contains("nội dung không khác bản 1"), "{same}");
    // A capital is no difference of content, and still not the same text.
    let capital = import("2.txt", &FIRST.replace("Tuần tra ban đêm", "TUẦN TRA ban đêm"));
    assert!(capital.contains("bản 2: "), "{capital}");
    let figure = import("3.txt", &FIRST.replace("85,5", "85,6"));
    assert!(figure.contains("bản 3: "), "{figure}");
    // The first file again is the first version, not a fourth.
    let back = import("1.txt", FIRST);
    assert!(back.contains("đã có tệp này, là bản 1"), "{back}");
}

/// A workbook of appendices as a version: the body is not gone by that, and is known again when it comes back.
#[test]
fn a_version_without_a_body_takes_none_away() {
    everywhere(|store| {
        out(&["import", SEED, "--store", store]);
        let id = json(&["list", "--store", store])[0]["id"].as_str().unwrap().to_owned();
        let body = || {
            let kinds = ["section", "block"].map(|kind| json(&["list", "--store", store, "--kind", kind]));
            kinds.map(|it| it.as_array().unwrap().iter().map(|it| it["uid"].clone()).collect::<Vec<_>>())
        };
        let before = body();
        assert!(before.iter().all(|it| it.len() > 20));
        let sheet = "fixtures/formats/seed-openpyxl.xlsx";
        let said = out(&["import", sheet, "--store", store, "--programme", &id, "--lang", "vi"]);
        assert!(said.contains("tệp chỉ có các phụ lục; phần nội dung giữ nguyên như bản trước"), "{said}");
        assert_eq!(body(), before);
        let gone = |n: usize| json(&["log", "--store", store])[n]["gone"].clone();
        assert_eq!(gone(1), 0);
        // Items of the body stand before those of the appendices, as printed.
        let all = json(&["list", "--store", store, "--programme", &id]);
        let kinds: Vec<&str> =
            all.as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
        let first = kinds.iter().position(|it| *it == "appendix").unwrap();
        assert!(kinds[..first].contains(&"section") && !kinds[first..].contains(&"section"));
        out(&["import", "fixtures/versions/amounts.txt", "--store", store]);
        assert_eq!((body(), gone(2)), (before, 0.into()));
    });
}

#[test]
fn a_misspelt_path_makes_no_store() {
    let place = Place::new();
    let store = place.path("typo.sqlite");
    for args in [
        ["log"].as_slice(),
        &["list"],
        &["show", "nv-000000000000"],
        &["check", "--format", "json"],
        &["export", "--to", "csv", "-o", "x", "--programme", "a"],
    ] {
        let args: Vec<&str> = args.iter().copied().chain(["--store", s(&store), "--lang", "vi"]).collect();
        let refused = call(&args);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(refused.status.code() == Some(2) && refused.stdout.is_empty(), "{args:?}");
        assert!(said.contains("không có kho") && !store.exists(), "{said}");
    }
}
