//! The store of versions and batches of files: what comes in is found again, whatever happens meanwhile.
//!
//! With `CTHD_POSTGRES` set to the folder of PostgreSQL's programs (or with those of Debian's package) every test of a store
//! runs on a server of its own too.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails, and says what it left out"
)]
#![cfg(feature = "store")]

mod common;
mod kept;
mod server;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use kept::{Place, SEED, call, command, everywhere, folder, json, out, programme, s, typed};
use serde_json::Value;
use server::Server;

/// Rounds of the kill tests; `tests/kill` asks for more.
fn rounds() -> usize {
    std::env::var("CTHD_KILL_ROUNDS").ok().and_then(|it| it.parse().ok()).unwrap_or(10)
}

#[test]
fn an_item_keeps_its_identity_through_renumbering_and_rewording() {
    everywhere(|store| {
        out(&[
            "import",
            SEED,
            "fixtures/versions/renumbered.txt",
            "fixtures/versions/reworded.txt",
            "--store",
            store,
        ]);
        let found = json(&["list", "--store", store, "--kind", "project", "--find", "ho sen"]);
        assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
        let uid = found[0]["uid"].as_str().unwrap();
        let history = json(&["show", uid, "--store", store]);
        let labels: Vec<&str> =
            history["states"].as_array().unwrap().iter().map(|it| it["label"].as_str().unwrap()).collect();
        assert_eq!(labels, ["V.19", "V.18", "V.19"]);
        assert_eq!(history["states"][2]["name"], "Chỉnh trang đường dạo, hệ thống thoát nước khu vực Hồ Sen");
        let log = json(&["log", "--store", store]);
        assert_eq!(
            (log.as_array().unwrap().len(), &log[0]["added"], &log[1]["gone"]),
            (3, &443.into(), &6.into())
        );
        let text = out(&["show", uid, "--store", store]);
        assert!(text.contains("bản 1, số V.19") && text.contains("từ bản 3, số V.19"), "{text}");
    });
}

#[test]
fn the_first_deadline_is_never_overwritten() {
    everywhere(|store| {
        out(&["import", SEED, "fixtures/versions/amounts.txt", SEED, "--store", store]);
        let found = json(&["list", "--store", store, "--find", "binh dan hoc vu so", "--kind", "task"]);
        let history = json(&["show", found[0]["uid"].as_str().unwrap(), "--store", store]);
        let last = history["states"].as_array().unwrap().last().unwrap();
        assert_eq!((&last["due"], &last["original_due"]), (&"2027-06-30".into(), &"2027-12-31".into()));
        assert_eq!(
            json(&["log", "--store", store]).as_array().unwrap().len(),
            2,
            "the same file is no third version"
        );
    });
}

#[test]
fn what_comes_back_is_known_again() {
    everywhere(|store| {
        out(&["import", SEED, "fixtures/versions/renumbered.txt", "--store", store]);
        let find = || {
            json(&["list", "--store", store, "--find", "quan ly he thong ho so dang vien", "--kind", "task"])
        };
        let uid = |found: &Value| found[0]["uid"].as_str().map(str::to_owned);
        let roads = ["list", "--store", store, "--find", "hoang van thai", "--kind", "project"];
        assert_eq!(json(&roads).as_array().unwrap().len(), 1, "one of the two roads is gone");
        let before = uid(&find());
        out(&["import", "fixtures/versions/moved.txt", "--store", store]);
        assert_eq!(uid(&find()), before);
        let all = json(&roads);
        let road = all.as_array().unwrap().iter().find(|it| it["label"] == "V.5").expect("it is back");
        let history = json(&["show", road["uid"].as_str().unwrap(), "--store", store]);
        let since: Vec<i64> =
            history["states"].as_array().unwrap().iter().map(|it| it["since"].as_i64().unwrap()).collect();
        assert_eq!((since, &history["states"][0]["until"]), (vec![1, 3], &2.into()));
    });
}

#[test]
fn a_document_that_does_not_say_whose_it_is_needs_a_name() {
    let place = Place::new();
    let store = place.path("store.sqlite");
    let sheet = "fixtures/formats/seed-openpyxl.xlsx";
    let refused = call(&["import", sheet, "--store", s(&store)]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(2) && said.contains("--programme"), "{said}");
    assert!(json(&["list", "--store", s(&store)]).as_array().unwrap().is_empty(), "nothing is left behind");
    out(&["import", SEED, "--store", s(&store)]);
    let id = json(&["list", "--store", s(&store)])[0]["id"].as_str().unwrap().to_owned();
    out(&["import", sheet, "--store", s(&store), "--programme", &id]);
    assert_eq!(json(&["log", "--store", s(&store), "--programme", &id]).as_array().unwrap().len(), 2);
}

#[cfg(unix)]
#[test]
fn somebody_at_a_terminal_is_asked_whose_a_document_is() {
    let place = Place::new();
    let store = place.path("store.sqlite");
    let sheet = "fixtures/formats/seed-openpyxl.xlsx";
    out(&["import", SEED, "--store", s(&store)]);
    let args = ["import", sheet, "--store", s(&store), "--lang", "vi"];
    let Some((said, refused)) = typed(&args, "\n") else { return };
    assert!(!refused && said.contains("1. ") && said.contains("--programme"), "{said}");
    assert_eq!(json(&["log", "--store", s(&store)]).as_array().unwrap().len(), 1);
    let (said, done) = typed(&args, "9\n1\n").unwrap();
    assert!(done && said.contains("Không có số này"), "{said}");
    let log = json(&["log", "--store", s(&store)]);
    assert_eq!(log.as_array().unwrap().len(), 2);
    assert_eq!(log[0]["programme"], log[1]["programme"]);
    // One whose name is typed is a new one.
    let (said, done) =
        typed(&["import", "docs/example.txt", "--store", s(&store), "--programme", "ban-khac"], "").unwrap();
    assert!(done, "{said}");
}

#[test]
fn what_is_kept_is_audited_as_the_file_was() {
    let place = Place::new();
    let store = place.path("store.sqlite");
    out(&["import", "docs/example.txt", "--programme", "vi-du", "--store", s(&store)]);
    let file = call(&["check", "docs/example.txt"]);
    let kept = call(&["check", "--store", s(&store), "--programme", "vi-du"]);
    assert_eq!((file.stdout, file.status.code()), (kept.stdout, kept.status.code()));
}

#[test]
fn any_version_is_exported_as_its_file_is() {
    let place = Place::new();
    let store = place.path("store.sqlite");
    out(&[
        "import",
        "docs/example.txt",
        "docs/example-signed.txt",
        "--programme",
        "vi-du",
        "--store",
        s(&store),
    ]);
    let table = ["--to", "csv", "--table", "projects", "-o", "-"];
    let of = |args: &[&str]| out(&["export"].iter().chain(args).chain(&table).copied().collect::<Vec<_>>());
    let kept = ["--store", s(&store), "--programme", "vi-du"];
    let first: Vec<&str> = kept.iter().copied().chain(["--at-version", "1"]).collect();
    assert_eq!(of(&kept), of(&["docs/example-signed.txt"]));
    assert_eq!(of(&first), of(&["docs/example.txt"]));
}

#[cfg(feature = "postgres")]
#[test]
fn a_connection_is_encrypted_where_the_address_asks_for_it() {
    let Some(server) = Server::start_encrypted() else {
        assert!(std::env::var_os("CTHD_ALL").is_none(), "PostgreSQL or openssl is not there");
        eprintln!("skipped: PostgreSQL or openssl is not there");
        return;
    };
    let import =
        |address: &str| call(&["import", "docs/example.txt", "--programme", "a", "--store", address]);
    // The server takes no other connection.
    let plain = import(&server.address());
    assert_eq!(plain.status.code(), Some(2), "{}", String::from_utf8_lossy(&plain.stderr));
    let trusted = format!("{}?sslmode=verify-full&sslrootcert={}", server.address(), server.certificate());
    let done = import(&trusted);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(json(&["log", "--store", &trusted]).as_array().unwrap().len(), 1);
    // A certificate that nobody vouches for, another server's, and modes that protect from nothing.
    for (address, why) in [
        (format!("{}?sslmode=require", server.address()), "postgres"),
        (
            format!("{}?sslmode=require&sslrootcert={}", server.address(), server.other_certificate()),
            "postgres",
        ),
        (format!("{}?sslmode=require&sslrootcert=/nowhere.pem", server.address()), "/nowhere.pem"),
        (format!("{}?sslmode=prefer", server.address()), "sslmode=prefer"),
    ] {
        let refused = import(&address);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(refused.status.code() == Some(2) && said.contains(why), "{address}: {said}");
    }
}

#[test]
fn two_processes_at_once_both_succeed() {
    everywhere(|store| {
        let place = Place::new();
        let start = |from: usize| {
            let files: Vec<PathBuf> =
                (from..from + 6).map(|n| place.file(&format!("{n}.txt"), &programme(n))).collect();
            let mut args = vec!["import", "--store", store];
            args.extend(files.iter().map(|path| s(path)));
            command(&args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let both = [start(0), start(100)];
        for child in both {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let log = json(&["log", "--store", store]);
        let numbers: BTreeSet<i64> =
            log.as_array().unwrap().iter().map(|it| it["number"].as_i64().unwrap()).collect();
        assert_eq!(numbers, (1..=12).collect(), "each version has its own number");
    });
}

#[test]
fn a_kill_during_import_leaves_the_old_or_the_new_state() {
    let place = Place::new();
    let (killed, whole) = (place.path("killed.sqlite"), place.path("whole.sqlite"));
    let mut n = 0;
    for round in 0..rounds() {
        n += 1;
        let file = place.file(&format!("{n}.txt"), &programme(n));
        let mut child = command(&["import", s(&file), "--store", s(&killed)])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(5 + (round as u64 * 37) % 160));
        let _ = child.kill();
        let _ = child.wait();
        // Whatever the kill left, importing again gives the version once.
        out(&["import", s(&file), "--store", s(&killed)]);
        out(&["import", s(&file), "--store", s(&whole)]);
    }
    for args in [vec!["log"], vec!["list", "--find", "a"], vec!["list", "--kind", "task"]] {
        let of = |store: &Path| {
            let mut value = json(&args.iter().copied().chain(["--store", s(store)]).collect::<Vec<_>>());
            common::strip(&mut value, &["imported_at"]);
            value
        };
        assert_eq!(of(&killed), of(&whole), "{args:?}");
    }
}

#[test]
fn one_bad_file_never_stops_the_rest() {
    let place = Place::new();
    let input = folder(&place, 9);
    let result = place.path("out.ndjson");
    let output = call(&["batch", s(&input), "-o", s(&result)]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("9 tệp đã đọc, 1 tệp không đọc được") && text.contains("bad.pdf"), "{text}");
    let lines = common::read_text(&result);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 10);
    let bad: Vec<&Value> = lines.iter().filter(|it| it["outcome"] == "unreadable").collect();
    assert!(bad.len() == 1 && bad[0]["error"].is_string());
    assert!(lines.iter().all(|it| it["outcome"] == "unreadable" || it["document"]["schema"] == "cthd/1"));
}

#[test]
fn a_killed_batch_goes_on_and_does_nothing_twice() {
    let place = Place::new();
    let input = folder(&place, 40);
    let (whole, killed) = (place.path("whole.ndjson"), place.path("killed.ndjson"));
    call(&["batch", s(&input), "-o", s(&whole)]);
    for round in 0..rounds() {
        let _ = std::fs::remove_file(&killed);
        let mut child = command(&["batch", s(&input), "-o", s(&killed)])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(20 + (round as u64 * 53) % 300));
        let _ = child.kill();
        let _ = child.wait();
        if round % 3 == 0 && killed.exists() {
            // A line that a kill of the machine cut.
            let text = common::read(&killed);
            std::fs::write(&killed, &text[..text.len() - text.len().min(17)]).unwrap();
        }
        call(&["batch", s(&input), "-o", s(&killed)]);
        assert!(
            common::read(&killed) == common::read(&whole),
            "round {round}: the result is not that of one go"
        );
    }
}

#[test]
fn a_batch_into_a_store_takes_each_file_once() {
    everywhere(|store| {
        let place = Place::new();
        let input = folder(&place, 6);
        for _ in 0..2 {
            call(&["batch", s(&input), "--store", store]);
        }
        let log = json(&["log", "--store", store]);
        assert_eq!(log.as_array().unwrap().len(), 6);
        let kept = call(&["check", "--store", store, "--format", "json"]);
        let reports: Value = serde_json::from_slice(&kept.stdout).unwrap();
        assert_eq!(reports.as_array().unwrap().len(), 6);
    });
}
