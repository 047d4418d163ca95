//! The views of the store, read with SQL as a person reads them, in SQLite and in PostgreSQL. What they must give was worked
//! out by reading the versions below and the real document.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]
#![cfg(all(feature = "store", feature = "postgres"))]

mod common;
mod kept;
#[allow(dead_code, reason = "some of its tests need more of a server than others")]
mod server;

use kept::{Place, SEED, WARD, call, everywhere, imported, json, out, s};
use rusqlite::types::ValueRef;
use serde_json::Value;

/// The rows of a query, cells parted by bars. Numbers are without zeros at their end: one database keeps them, one does not.
fn rows(store: &str, sql: &str) -> Vec<String> {
    let plain = |cell: Option<String>| match cell {
        Some(cell) if cell.contains('.') && cell.chars().all(|c| c.is_ascii_digit() || c == '.') => {
            cell.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        Some(cell) => cell,
        None => "-".to_owned(),
    };
    let line = |cells: Vec<Option<String>>| cells.into_iter().map(plain).collect::<Vec<_>>().join(" | ");
    if store.starts_with("postgres") {
        let mut client = postgres::Client::connect(store, postgres::NoTls).unwrap();
        let rows = client.simple_query(sql).unwrap();
        let rows = rows.iter().filter_map(|message| match message {
            postgres::SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        return rows
            .map(|row| line((0..row.len()).map(|at| row.get(at).map(str::to_owned)).collect()))
            .collect();
    }
    let connection = rusqlite::Connection::open(store).unwrap();
    let mut statement = connection.prepare(sql).unwrap();
    let columns = statement.column_count();
    let read = |row: &rusqlite::Row<'_>| {
        let cell = |at| match row.get_ref(at).unwrap() {
            ValueRef::Null => None,
            ValueRef::Integer(n) => Some(n.to_string()),
            ValueRef::Real(x) => Some(x.to_string()),
            ValueRef::Text(text) => Some(String::from_utf8(text.to_vec()).unwrap()),
            ValueRef::Blob(_) => panic!("a view gives no bytes"),
        };
        Ok(line((0..columns).map(cell).collect()))
    };
    let found = statement.query_map([], read).unwrap();
    found.map(Result::unwrap).collect()
}

#[test]
fn current_tasks_are_those_of_the_last_version_with_their_first_deadline() {
    everywhere(|store| {
        imported(store, 3);
        let sql =
            "SELECT label, name, lead, deadline, due, original_due, since FROM current_tasks ORDER BY label";
        assert_eq!(
            rows(store, sql),
            [
                "1 | Tuần tra ban đêm các khu tập thể | Công an phường | Hằng năm | - | - | 2",
                "2 | Số hóa hồ sơ hộ tịch | Văn phòng Đảng ủy | Quý I/2099 | 2099-03-31 | 2025-09-30 | 3",
                "3 | Rà soát biển số nhà | Công an phường | Đã hoàn thành tháng 7/2025 | 2025-07-31 | 2025-07-31 | 2",
                "4 | Kiểm tra bếp ăn trường học | - | Quý IV/2099 | 2099-12-31 | 2099-12-31 | 3",
                "5 | Bàn giao trụ sở cũ | Văn phòng Đảng ủy | Tháng 8/2025 | 2025-08-31 | 2025-08-31 | 2",
            ]
        );
        let sql = "SELECT DISTINCT programme, locality FROM current_tasks";
        assert_eq!(rows(store, sql), [format!("{WARD} | phường Hòa Bình")]);
        let sql =
            "SELECT deadline_kind, recurrence FROM current_tasks WHERE label IN ('1', '3') ORDER BY label";
        assert_eq!(rows(store, sql), ["recurring | P1Y", "done | -"]);
    });
}

#[test]
fn overdue_tasks_are_neither_done_nor_recurring_nor_put_off_nor_gone() {
    everywhere(|store| {
        imported(store, 1);
        let sql = "SELECT name, original_due, due FROM overdue_tasks ORDER BY due";
        assert_eq!(
            rows(store, sql),
            [
                "Lập bản đồ ngập úng | 2025-06-30 | 2025-06-30",
                "Bàn giao trụ sở cũ | 2025-08-31 | 2025-08-31",
                "Số hóa hồ sơ hộ tịch | 2025-09-30 | 2025-09-30",
            ]
        );
        imported(store, 2);
        assert_eq!(rows(store, sql), ["Bàn giao trụ sở cũ | 2025-08-31 | 2025-08-31"]);
    });
}

#[test]
fn target_history_has_each_value_of_each_version() {
    everywhere(|store| {
        imported(store, 3);
        let sql = "SELECT name, since, until, period, raw, relation, low_number, high_number, unit FROM target_history \
                   ORDER BY name, period, since";
        let found = rows(store, sql);
        // What is blank is no value; what is gone ends with the version that has it no more.
        assert_eq!(
            found,
            sorted(
                [
                    "Số vườn hoa xây mới | 1 | 2 | 2026 | 2 | eq | 2 | 2 | Vườn hoa",
                    "Thu nhập bình quân đầu người | 1 | - | 2026 | 85,5 | eq | 85.5 | 85.5 | Triệu đồng/người",
                    "Thu nhập bình quân đầu người | 1 | - | 2030 | 120 | eq | 120 | 120 | Triệu đồng/người",
                    "Tỷ lệ hộ dân dùng nước sạch | 1 | 2 | 2026 | 95,0 | eq | 95 | 95 | %",
                    "Tỷ lệ hộ dân dùng nước sạch | 2 | - | 2026 | 96,5 | eq | 96.5 | 96.5 | %",
                    "Tỷ lệ hộ dân dùng nước sạch | 1 | 2 | 2030 | ≥ 99 | ge | 99 | - | %",
                    "Tỷ lệ hộ dân dùng nước sạch | 2 | - | 2030 | ≥ 99 | ge | 99 | - | %",
                ],
                &found
            )
        );
        assert_eq!(rows(store, "SELECT COUNT(DISTINCT uid) FROM target_history"), ["3"]);
    });
}

/// The wanted rows in the order in which a database sorts Vietnamese; both must have the same rows.
fn sorted<const N: usize>(wanted: [&str; N], found: &[String]) -> Vec<String> {
    let mut wanted: Vec<String> = wanted.map(str::to_owned).to_vec();
    wanted.sort_by_key(|row| found.iter().position(|it| it == row));
    wanted
}

#[test]
fn capital_by_year_is_that_of_the_projects_as_they_are_now() {
    everywhere(|store| {
        imported(store, 3);
        let sql = "SELECT programme, name, year, amount, amount_number, unit, base, amount_base \
                   FROM project_capital_by_year ORDER BY programme, label, year";
        assert_eq!(
            rows(store, sql),
            [
                "phuong-an-lam-2025-2030 | Xây trường mầm non | 2026 | 10 | 10 | tỷ đồng | VND | 10000000000",
                "phuong-an-lam-2025-2030 | Xây trường mầm non | 2027 | 2.5 | 2.5 | tỷ đồng | VND | 2500000000",
                "phuong-an-lam-2025-2030 | Xây chợ dân sinh | 2026 | 8.2 | 8.2 | tỷ đồng | VND | 8200000000",
                &format!(
                    "{WARD} | Xây mới nhà văn hóa khu phố 3 | 2026 | 1000 | 1000 | triệu đồng | VND | 1000000000"
                ),
                &format!(
                    "{WARD} | Xây mới nhà văn hóa khu phố 3 | 2027 | 974 | 974 | triệu đồng | VND | 974000000"
                ),
                &format!(
                    "{WARD} | Cải tạo và thoát nước ngõ 5 | 2026 | 400 | 400 | triệu đồng | VND | 400000000"
                ),
                &format!(
                    "{WARD} | Cải tạo và thoát nước ngõ 5 | 2027 | 50 | 50 | triệu đồng | VND | 50000000"
                ),
            ]
        );
        let sql = "SELECT year, SUM(amount_base) FROM project_capital_by_year GROUP BY year ORDER BY year";
        assert_eq!(rows(store, sql), ["2026 | 19600000000", "2027 | 3524000000"]);
    });
}

#[test]
fn findings_open_are_those_of_the_last_version() {
    everywhere(|store| {
        imported(store, 1);
        let sql = "SELECT code, since FROM findings_open WHERE code IN ('A002', 'O001') ORDER BY code";
        assert_eq!(rows(store, sql), ["A002 | 1"], "the sum of 1.974, 300 and 120 is not 2.494");
        imported(store, 2);
        assert!(rows(store, sql).is_empty(), "the total is right now");
        imported(store, 3);
        assert_eq!(rows(store, sql), ["O001 | 3"]);
        let sql =
            "SELECT t.name FROM findings_open f JOIN current_tasks t ON t.uid = f.uid WHERE f.code = 'O001'";
        assert_eq!(rows(store, sql), ["Kiểm tra bếp ăn trường học"]);
        let sql = format!("SELECT DISTINCT locality FROM findings_open WHERE programme = '{WARD}'");
        assert_eq!(rows(store, &sql), ["phường Hòa Bình"]);
    });
}

/// Findings of the real document stay open through versions that move its lines and change its figures: what is said of
/// them and where is what the last version's audit says.
#[test]
fn an_open_finding_is_said_as_the_last_version_has_it() {
    everywhere(|store| {
        for file in [SEED, "fixtures/versions/renumbered.txt", "fixtures/versions/amounts.txt"] {
            out(&["import", file, "--store", store]);
            let report: Value =
                serde_json::from_slice(&call(&["check", file, "--format", "json"]).stdout).unwrap();
            let said = |it: &Value| {
                let text = |key: &str| it[key].as_str().unwrap().to_owned();
                format!(
                    "{} | {} | {} | {}:{}",
                    text("code"),
                    text("severity"),
                    text("message"),
                    it["at"]["line"],
                    it["at"]["column"]
                )
            };
            let mut wanted: Vec<String> = report["findings"].as_array().unwrap().iter().map(said).collect();
            let mut found = rows(store, "SELECT code, severity, message, place FROM findings_open");
            wanted.sort();
            found.sort();
            assert_eq!(found, wanted, "{file}");
        }
    });
}

#[test]
fn the_views_say_of_the_real_document_what_a_reader_finds() {
    everywhere(|store| {
        out(&["import", SEED, "fixtures/versions/amounts.txt", "--store", store]);
        // Appendix 3 of the versions, tasks I.1, I.2 and XI.4: put off once, put off once, brought forward.
        let sql = "SELECT name, original_due, due, since FROM current_tasks WHERE original_due <> due AND name LIKE '%số%' \
                   ORDER BY due";
        let found = rows(store, sql);
        let task = |words: &str| {
            found.iter().find(|row| row.contains(words)).map(|row| row.rsplit_once(" | ").unwrap())
        };
        let digital = task("Bình dân học vụ số").unwrap();
        assert!(digital.0.ends_with("2027-12-31 | 2027-06-30") && digital.1 == "2", "{found:?}");
        let service = task("chính quyền số").unwrap();
        assert!(service.0.ends_with("2026-06-30 | 2026-12-31"), "{found:?}");
        // Target 2, "Tăng trưởng GRDP bình quân": 11,0 in the first version, 11,5 in the second.
        let sql = "SELECT since, until, raw, low_number FROM target_history WHERE name = 'Tăng trưởng GRDP bình quân' ORDER BY since";
        assert_eq!(rows(store, sql), ["1 | 2 | 11,0 | 11", "2 | - | 11,5 | 11.5"]);
        // "Xây mới trường Mầm non": 7,000 million in 2026 and nothing later.
        let sql = "SELECT year, amount_base FROM project_capital_by_year WHERE name LIKE 'Xây mới trường Mầm non%' ORDER BY year";
        assert_eq!(rows(store, sql), ["2026 | 7000000000"]);
        let tasks = json(&["list", "--store", store, "--kind", "task"]);
        let count = rows(store, "SELECT COUNT(*) FROM current_tasks");
        assert_eq!(count, [tasks.as_array().unwrap().len().to_string()]);
    });
}

/// The tables and views of docs/STORE.md with their columns, against those of the database.
#[test]
fn the_documented_tables_are_those_of_the_database() {
    everywhere(|store| {
        imported(store, 1);
        let page = common::read_text(&common::path("docs/STORE.md"));
        let words = |cell: &str| -> Vec<String> {
            let list = cell.split('`').skip(1).step_by(2).map(str::to_owned);
            list.filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'))
                .collect()
        };
        let (mut tables, mut views) = (0, 0);
        for line in page.lines().filter(|line| line.starts_with("| `")) {
            let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
            let name = words(cells[0]).remove(0);
            if cells.len() == 2 {
                views += 1;
                rows(store, &format!("SELECT * FROM {name}"));
                continue;
            }
            tables += 1;
            let sql = if store.starts_with("postgres") {
                format!("SELECT column_name FROM information_schema.columns WHERE table_name = '{name}'")
            } else {
                format!("SELECT name FROM pragma_table_info('{name}')")
            };
            let (mut found, mut said) = (rows(store, &sql), words(cells[2]));
            found.sort();
            said.sort();
            said.dedup();
            assert_eq!(said, found, "{name}");
        }
        assert_eq!((tables, views), (7, 5));
    });
}

/// A store that the program wrote before it had the second form of the tables, with the first of the ward's versions.
#[test]
fn a_store_of_the_first_form_is_brought_to_the_newest() {
    let place = Place::new();
    let path = place.path("store.sqlite");
    std::fs::copy(common::path("fixtures/stores/first-form.sqlite"), &path).unwrap();
    let store = s(&path);
    let task = "SELECT uid, original_due FROM current_tasks WHERE name = 'Số hóa hồ sơ hộ tịch'";
    let before = rows(store, task);
    assert_eq!(before.len(), 1);
    imported(store, 3);
    assert_eq!(rows(store, task), before);
    assert_eq!(rows(store, "SELECT name FROM overdue_tasks"), ["Bàn giao trụ sở cũ"]);
    let sql = format!(
        "SELECT number, changed, added, gone FROM version WHERE programme = '{WARD}' ORDER BY number"
    );
    assert_eq!(rows(store, &sql), ["1 | 0 | 17 | 0", "2 | 3 | 0 | 3", "3 | 3 | 0 | 0"]);
}
