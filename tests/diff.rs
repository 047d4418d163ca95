//! `cthd diff`: what it says of versions whose edits are known, and that the same programme in another format or encoding
//! is no other version.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod common;

use std::process::Command;

use cthd::output::diff::{Diff, Version, page, text};
use cthd::output::report::Report;
use cthd::output::text::{Extent, Look};
use cthd::output::{Catalogue, Lang, schema};
use cthd::versions::matching::Status;
use cthd::versions::{Field, Reason};
use unicode_normalization::UnicodeNormalization;

const LOOK: Look = Look { colour: false, width: 120, extent: Extent::Whole };

const SEED: &str = "seeds/phuong-liet-2026.txt";

/// A programme with two projects, their total, and a task.
const SMALL: &str = "CHƯƠNG TRÌNH HÀNH ĐỘNG\ncủa Đảng ủy phường Hòa Bình\n\nI. MỤC ĐÍCH\n\n- Xây dựng phường xanh.\n\n\
                     PHỤ LỤC 1\nDanh mục dự án\nĐơn vị tính: triệu đồng\n\n\
                     STT\tTên dự án\tTổng số\tNăm 2026\tNăm 2027\n\
                     1\tXây mới nhà văn hóa khu phố 3\t1.974\t1.000\t974\n2\tCải tạo và thoát nước ngõ 5\t300\t300\t\n\
                     \tTổng cộng\t2.274\t1.300\t974\n\n\
                     PHỤ LỤC 2\nDanh mục nhiệm vụ\n\nTT\tNhiệm vụ\tCơ quan chủ trì\tThời gian thực hiện\n\
                     1\tVận hành hệ thống giám sát\tCông an phường\tQuý IV/2027\n";

fn diff_in(old: &[u8], new: &[u8], lang: Lang) -> Diff {
    let catalogue = Catalogue::new(lang);
    let runs = [old, new].map(common::run);
    let reports =
        [0, 1].map(|at| Report::new(&runs[at].document, &runs[at].audit, &runs[at].source, &catalogue));
    let version = |at: usize| Version { document: &runs[at].document, report: &reports[at] };
    Diff::new(version(0), version(1), true)
}

fn diff(old: &[u8], new: &[u8]) -> Diff {
    diff_in(old, new, Lang::Vi)
}

fn said(old: &str, new: &str, lang: Lang) -> String {
    let diff = diff_in(old.as_bytes(), new.as_bytes(), lang);
    text::render(&diff, &Catalogue::new(lang), LOOK, false)
}

fn same(name: &str, diff: &Diff) {
    let first =
        diff.changes.first().map(|it| format!("{it:?}")).or(diff.header.first().map(|it| format!("{it:?}")));
    assert!(diff.is_empty(), "{name} differs: {}", first.unwrap_or_default());
}

#[test]
fn the_same_programme_in_another_format_is_no_other_version() {
    let seed = common::read(&common::path(SEED));
    let files = common::entries(&common::path("fixtures/formats"));
    let files: Vec<_> = files.iter().filter(|path| common::name(path).starts_with("seed-")).collect();
    assert!(files.len() >= 8);
    for path in files {
        let diff = diff(&seed, &common::read(path));
        same(&common::name(path), &diff);
        let sheets =
            ["xlsx", "xls", "ods"].iter().any(|it| path.extension().is_some_and(|found| found == *it));
        let said = diff.not_compared.iter().any(|gap| gap.reason == Reason::NoBody);
        assert_eq!(
            said,
            sheets,
            "{}: a workbook of appendices has no body, and that is said",
            path.display()
        );
        let body = diff.findings.resolved.iter().find(|it| sheets && it.at.line < 480);
        assert!(body.is_none(), "nothing of a body that is not there is resolved: {body:?}");
    }
}

#[test]
fn the_same_text_in_another_encoding_is_no_other_version() {
    let seed = common::read_text(&common::path(SEED));
    let decomposed: String = seed.nfd().collect();
    let wide: Vec<u8> =
        std::iter::once(0xFEFF).chain(seed.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [("NFD", decomposed.into_bytes()), ("UTF-16", wide)] {
        same(name, &diff(seed.as_bytes(), &bytes));
    }
}

#[test]
fn programmes_of_other_offices_are_the_same_in_every_format() {
    let folders = ["fixtures/formats/others", "fixtures/formats/forms"];
    let files = folders.iter().flat_map(|folder| common::entries(&common::path(folder)));
    let mut count = 0;
    for path in files {
        let programme = common::name(&path).split('.').next().unwrap().to_owned();
        let text = common::read(&common::path(&format!("fixtures/programmes/{programme}/input.txt")));
        same(&common::name(&path), &diff(&text, &common::read(&path)));
        count += 1;
    }
    assert!(count >= 30, "five programmes of five producers, and five forms at least");
}

#[test]
fn the_same_text_in_an_old_encoding_is_no_other_version() {
    for encoding in &common::grammar().encodings.all {
        let mut bytes = Vec::new();
        for c in SMALL.chars() {
            // What has no capital of its own is written small, and a font of capitals draws it.
            let small = c.to_lowercase().next().unwrap();
            match encoding.bytes(c).or_else(|| encoding.bytes(small)) {
                _ if c.is_ascii() => bytes.push(c as u8),
                Some(letter) => bytes.extend(letter),
                None => panic!("{} has no {c}", encoding.name),
            }
        }
        let diff = diff(SMALL.as_bytes(), &bytes);
        same(&encoding.name, &diff);
        let said = |list: &[cthd::output::report::Finding]| {
            list.iter().map(|it| it.code.clone()).collect::<Vec<_>>()
        };
        assert_eq!(
            (said(&diff.findings.new), said(&diff.findings.resolved)),
            (vec!["X005".to_owned()], vec![])
        );
    }
}

#[test]
fn a_change_is_said_in_the_language_of_the_domain() {
    let new = SMALL.replace("Quý IV/2027", "Quý II/2027");
    let vi = "~ nhiệm vụ 1 “Vận hành hệ thống giám sát”: thời hạn từ Quý IV/2027 thành Quý II/2027; cơ quan chủ trì không đổi\n";
    assert!(said(SMALL, &new, Lang::Vi).contains(vi), "{}", said(SMALL, &new, Lang::Vi));
    let en = "~ task 1 “Vận hành hệ thống giám sát”: deadline from Quý IV/2027 to Quý II/2027; lead agency unchanged\n";
    assert!(said(SMALL, &new, Lang::En).contains(en), "{}", said(SMALL, &new, Lang::En));
}

#[test]
fn writing_a_value_otherwise_is_no_change() {
    let new = SMALL
        .replace("Quý IV/2027", "quý 4 năm 2027")
        .replace("1.974", "1.974,0")
        .replace("nhà văn hóa", "Nhà văn hoá");
    same("another notation", &diff(SMALL.as_bytes(), new.as_bytes()));
}

#[test]
fn a_changed_total_names_the_rows_that_changed_it() {
    let new = SMALL
        .replace(
            "2\tCải tạo và thoát nước ngõ 5\t300\t300\t",
            "2\tCải tạo và thoát nước ngõ 5\t450\t450\t\n3\tLắp đặt camera\t200\t200\t",
        )
        .replace("Tổng cộng\t2.274\t1.300", "Tổng cộng\t2.634\t1.660");
    let diff = diff(SMALL.as_bytes(), new.as_bytes());
    let total = diff.totals.iter().find(|it| it.column == "Tổng số").expect("the total changed");
    assert_eq!(total.difference.to_string(), "360");
    let rows: Vec<(String, bool)> =
        total.rows.iter().map(|it| (it.difference.to_string(), it.old.is_none())).collect();
    assert_eq!(rows, [("200".to_owned(), true), ("150".to_owned(), false)]);
    assert_eq!(total.unexplained.to_string(), "10");
    assert!(diff.findings.new.iter().any(|it| it.code == "A002"), "the wrong total is a new finding");
}

#[test]
fn moved_split_new_and_gone_rows_are_told_apart() {
    let seed = common::read(&common::path(SEED));
    let of = |name: &str| diff(&seed, &common::read(&common::path(&format!("fixtures/versions/{name}.txt"))));
    let count = |diff: &Diff, status: Status| diff.changes.iter().filter(|it| it.status == status).count();
    let moved = of("moved");
    assert_eq!((count(&moved, Status::New), count(&moved, Status::Gone)), (0, 0));
    let playground =
        moved.changes.iter().find(|it| it.old.first().is_some_and(|it| it.id == "3B/V/22")).unwrap();
    assert_eq!((playground.status, playground.new[0].label.as_deref()), (Status::Moved, Some("II.4")));
    assert!(playground.moved.as_ref().is_some_and(|it| !it.within));
    let renumbered = of("renumbered");
    assert_eq!((count(&renumbered, Status::New), count(&renumbered, Status::Gone)), (9, 6));
    assert_eq!(count(&renumbered, Status::Moved), 0, "what has another number only has not moved");
    let split = of("split");
    assert!(count(&split, Status::Split) >= 5 && count(&split, Status::Merged) >= 3);
}

#[test]
fn rows_of_a_page_that_the_other_version_lost_are_not_simply_new() {
    let seed = common::read(&common::path(SEED));
    let diff = diff(&seed, &common::read(&common::path("fixtures/versions/restored.txt")));
    let school = diff.changes.iter().find(|it| it.new.first().is_some_and(|it| it.id == "3B/I/2")).unwrap();
    assert_eq!((school.status, school.doubtful), (Status::New, true));
    assert!(diff.not_compared.iter().any(|it| it.reason == Reason::RowsLost && it.what == "3B/I"));
}

#[test]
fn changed_words_are_marked() {
    let seed = common::read(&common::path(SEED));
    let diff = diff(&seed, &common::read(&common::path("fixtures/versions/amounts.txt")));
    let task = diff.changes.iter().find(|it| it.new.first().is_some_and(|it| it.id == "3/VI/4")).unwrap();
    assert_eq!((task.fields.len(), task.fields[0].field, task.fields[0].words.len()), (1, Field::Name, 3));
}

#[test]
fn what_is_written_is_valid_and_the_same_each_time() {
    let schema: serde_json::Value = serde_json::from_str(&schema::diff()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let seed = common::read(&common::path(SEED));
    for name in ["moved", "split", "signed", "amounts"] {
        let new = common::read(&common::path(&format!("fixtures/versions/{name}.txt")));
        let diff = diff(&seed, &new);
        let value = serde_json::to_value(&diff).unwrap();
        let errors: Vec<_> = validator.iter_errors(&value).take(5).map(|it| it.to_string()).collect();
        common::report(&errors, name);
        assert!(diff == self::diff(&seed, &new), "{name} is not the same twice");
        let back: Diff = serde_json::from_value(value).unwrap();
        assert!(back == diff, "{name} does not come back from its JSON");
    }
}

#[test]
fn every_word_of_the_differences_is_in_both_languages() {
    let seed = common::read(&common::path(SEED));
    for name in ["moved", "split", "signed", "amounts", "restored"] {
        let new = common::read(&common::path(&format!("fixtures/versions/{name}.txt")));
        for lang in Lang::ALL {
            let diff = diff_in(&seed, &new, lang);
            let text = text::render(&diff, &Catalogue::new(lang), LOOK, true);
            let missing = text.lines().find(|line| line.contains("[diff-") || line.contains("{$"));
            assert!(missing.is_none(), "{name}: {missing:?}");
        }
    }
}

#[test]
fn the_page_shows_both_versions_and_loads_nothing() {
    let new = SMALL
        .replace("Quý IV/2027", "Quý II/2027")
        .replace("Xây mới nhà văn hóa", "Xây <script>alert(1)</script> nhà văn hóa");
    let diffs = Lang::ALL.map(|lang| diff_in(SMALL.as_bytes(), new.as_bytes(), lang));
    let catalogues = Lang::ALL.map(Catalogue::new);
    let page = page::render([&diffs[0], &diffs[1]], [&catalogues[0], &catalogues[1]]);
    for wanted in ["<td>Quý IV/2027</td><td>Quý II/2027</td>", "<del>mới</del>", "Content-Security-Policy"]
    {
        assert!(page.contains(wanted), "{wanted} is not in the page");
    }
    // Its own script alone, and both languages.
    assert_eq!(page.matches("<script").count(), 1);
    assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("src="));
    assert!(page.contains("Bản cũ") && page.contains("Old version"));
}

#[test]
fn the_differences_in_the_other_language_are_the_same() {
    let new = SMALL.replace("1.974\t1.000", "1.964\t1.000").replace("Công an phường", "");
    let runs = [SMALL, new.as_str()].map(|text| common::run(text.as_bytes()));
    let [vi, en] = Lang::ALL.map(|lang| {
        let catalogue = Catalogue::new(lang);
        [0, 1].map(|at| Report::new(&runs[at].document, &runs[at].audit, &runs[at].source, &catalogue))
    });
    let [diff, other] = Lang::ALL.map(|lang| diff_in(SMALL.as_bytes(), new.as_bytes(), lang));
    assert!(!diff.findings.new.is_empty());
    assert!(diff.in_words_of(&en[0], &en[1]) == other && other.in_words_of(&vi[0], &vi[1]) == diff);
}

#[test]
fn the_exit_status_says_so_where_asked() {
    let folder = tempfile::TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let (old, new) = (write("old.txt", SMALL), write("new.txt", &SMALL.replace("Quý IV", "Quý II")));
    let call = |args: &[&std::ffi::OsStr]| {
        let out = Command::new(env!("CARGO_BIN_EXE_cthd")).arg("diff").args(args).output().unwrap();
        (out.status.code(), String::from_utf8(out.stdout).unwrap())
    };
    let code = std::ffi::OsStr::new("--exit-code");
    assert_eq!(call(&[old.as_ref(), new.as_ref()]).0, Some(0));
    assert_eq!(call(&[old.as_ref(), new.as_ref(), code]).0, Some(1));
    assert_eq!(call(&[old.as_ref(), old.as_ref(), code]).0, Some(0));
    assert_eq!(call(&[old.as_ref(), folder.path().join("none").as_ref()]), (Some(2), String::new()));
}
