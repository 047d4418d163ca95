//! What tests of the store share: a folder of their own, calls of the program, and every kind of database.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails, and says what it left out"
)]
#![allow(dead_code, unreachable_pub, reason = "each test uses a part")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::common;
use crate::server::Server;

pub const SEED: &str = "seeds/phuong-liet-2026.txt";

/// A small programme; each number gives another version.
pub fn programme(n: usize) -> String {
    let quarter = ["I", "II", "III", "IV"][n % 4];
    let rows: String = (1..=n % 7 + 3)
        .map(|row| {
            format!("{row}\tCải tạo ngõ {} phố Huế\t{}\t{}\t0\n", row * 11, row * 100 + n, row * 100 + n)
        })
        .collect();
    format!(
        "CHƯƠNG TRÌNH HÀNH ĐỘNG\nCỦA ĐẢNG ỦY PHƯỜNG HÒA BÌNH\nthực hiện Nghị quyết, nhiệm kỳ 2025-2030\n\nI. MỤC ĐÍCH\n\n\
         - Xây dựng phường xanh.\n\nPHỤ LỤC 1\nDanh mục dự án\nĐơn vị tính: triệu đồng\n\n\
         STT\tTên dự án\tTổng số\tNăm 2026\tNăm 2027\n{rows}\nPHỤ LỤC 2\nDanh mục nhiệm vụ\n\n\
         TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian thực hiện\n1\tVận hành hệ thống giám sát an ninh\tCông an phường\tQuý {quarter}/2027\n"
    )
}

pub struct Place {
    pub folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }
}

pub fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cthd"));
    command.args(args).env("LC_ALL", "C.UTF-8").current_dir(common::path(""));
    command
}

pub fn call(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

pub fn out(args: &[&str]) -> String {
    let output = call(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

pub fn json(args: &[&str]) -> Value {
    let args: Vec<&str> = args.iter().copied().chain(["--format", "json"]).collect();
    serde_json::from_str(&out(&args)).unwrap()
}

pub fn s(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Runs a test on a new SQLite file, and on a new database of a PostgreSQL server where one can be had.
pub fn everywhere(test: impl Fn(&str)) {
    let place = Place::new();
    test(s(&place.path("store.sqlite")));
    match Server::start() {
        Some(server) => test(&server.address()),
        None => {
            assert!(std::env::var_os("CTHD_ALL").is_none(), "PostgreSQL is not there");
            eprintln!("skipped on PostgreSQL: its programs are not there");
        }
    }
}

/// A call on a terminal of its own, with what is typed.
#[cfg(unix)]
pub fn typed(args: &[&str], typed: &str) -> Option<(String, bool)> {
    use std::io::Write;

    common::program("script")?;
    let quoted: Vec<String> = std::iter::once(env!("CARGO_BIN_EXE_cthd"))
        .chain(args.iter().copied())
        .map(|arg| format!("'{}'", arg.replace('\'', "'\\''")))
        .collect();
    let mut command = Command::new("script");
    command.args(["-qec", &quoted.join(" "), "/dev/null"]).current_dir(common::path(""));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Some((String::from_utf8_lossy(&output.stdout).into_owned(), output.status.success()))
}

/// Wards of a folder's programmes.
pub const NAMES: [&str; 6] = ["HÒA BÌNH", "AN LÂM", "BẾN NGHÉ", "CỬA NAM", "ĐÔNG HẢI", "GIA VIÊN"];

/// A folder of small programmes with one file that is none.
pub fn folder(place: &Place, count: usize) -> PathBuf {
    for n in 0..count {
        place.file(
            &format!("in/{}/{n}.txt", n % 3),
            &programme(n).replace("HÒA BÌNH", NAMES[n % NAMES.len()]),
        );
    }
    std::fs::write(place.path("in/bad.pdf"), b"%PDF-1.7\nthis is no file").unwrap();
    place.path("in")
}

/// The first version. Its total row is wrong in one column, and tasks 1, 3 and 6 are over.
pub const FIRST: &str = "CHƯƠNG TRÌNH HÀNH ĐỘNG\nCỦA ĐẢNG ỦY PHƯỜNG HÒA BÌNH\nthực hiện Nghị quyết, nhiệm kỳ 2025-2030\n\n\
    I. MỤC ĐÍCH\n\n- Xây dựng phường xanh.\n\n\
    PHỤ LỤC 1\nDanh mục chỉ tiêu\n\n\
    TT\tChỉ tiêu\tĐơn vị tính\tNăm 2026\tNăm 2030\n\
    1\tTỷ lệ hộ dân dùng nước sạch\t%\t95,0\t≥ 99\n\
    2\tThu nhập bình quân đầu người\tTriệu đồng/người\t85,5\t120\n\
    3\tSố vườn hoa xây mới\tVườn hoa\t2\t\n\n\
    PHỤ LỤC 2\nDanh mục nhiệm vụ\n\n\
    TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian thực hiện\n\
    1\tSố hóa hồ sơ hộ tịch\tVăn phòng Đảng ủy\tQuý III/2025\n\
    2\tTuần tra ban đêm các khu tập thể\tCông an phường\tHằng năm\n\
    3\tLập bản đồ ngập úng\tTrạm Y tế\tQuý II/2025\n\
    4\tRà soát biển số nhà\tCông an phường\tĐã hoàn thành tháng 7/2025\n\
    5\tKiểm tra bếp ăn trường học\tTrạm Y tế\tQuý IV/2099\n\
    6\tBàn giao trụ sở cũ\tVăn phòng Đảng ủy\tTháng 8/2025\n\n\
    PHỤ LỤC 3\nDanh mục dự án\nĐơn vị tính: triệu đồng\n\n\
    STT\tTên dự án\tTổng số\tNăm 2026\tNăm 2027\n\
    1\tXây mới nhà văn hóa khu phố 3\t1.974\t1.000\t974\n\
    2\tCải tạo và thoát nước ngõ 5\t300\t300\t\n\
    3\tLắp đặt camera an ninh phố Huế\t120\t\t120\n\
    \tTổng cộng\t2.494\t1.300\t1.094\n";

/// The second version: task 1 is put off and stands second, task 3 and project 3 are gone, a target and an amount are others, the
/// total is right.
pub fn second() -> String {
    edited(
        FIRST,
        &[
            ("nước sạch\t%\t95,0", "nước sạch\t%\t96,5"),
            ("3\tSố vườn hoa xây mới\tVườn hoa\t2\t\n", ""),
            ("1\tSố hóa hồ sơ hộ tịch\tVăn phòng Đảng ủy\tQuý III/2025\n2\tTuần tra", "1\tTuần tra"),
            (
                "3\tLập bản đồ ngập úng\tTrạm Y tế\tQuý II/2025\n4\t",
                "2\tSố hóa hồ sơ hộ tịch\tVăn phòng Đảng ủy\tQuý IV/2099\n3\t",
            ),
            ("5\tKiểm tra bếp", "4\tKiểm tra bếp"),
            ("6\tBàn giao", "5\tBàn giao"),
            ("ngõ 5\t300\t300", "ngõ 5\t450\t450"),
            ("3\tLắp đặt camera an ninh phố Huế\t120\t\t120\n", ""),
            ("2.494\t1.300\t1.094", "2.424\t1.450\t974"),
        ],
    )
}

/// The third version: task 1 and an amount change again, and a task loses its lead.
pub fn third() -> String {
    edited(
        &second(),
        &[
            ("Quý IV/2099\n3\t", "Quý I/2099\n3\t"),
            ("bếp ăn trường học\tTrạm Y tế", "bếp ăn trường học\t"),
            ("ngõ 5\t450\t450\t", "ngõ 5\t450\t400\t50"),
            ("2.424\t1.450\t974", "2.424\t1.400\t1.024"),
        ],
    )
}

/// The three versions.
pub fn versions() -> [String; 3] {
    [FIRST.to_owned(), second(), third()]
}

/// Another programme, which counts in other units.
pub const OTHER: &str = "CHƯƠNG TRÌNH HÀNH ĐỘNG\nCỦA ĐẢNG ỦY PHƯỜNG AN LÂM\nthực hiện Nghị quyết, nhiệm kỳ 2025-2030\n\n\
    I. MỤC ĐÍCH\n\n- Xây dựng phường sạch.\n\n\
    PHỤ LỤC 1\nDanh mục dự án\nĐơn vị tính: tỷ đồng\n\n\
    STT\tTên dự án\tTổng số\tNăm 2026\tNăm 2027\n\
    1\tXây trường mầm non\t12,5\t10\t2,5\n\
    2\tXây chợ dân sinh\t8,2\t8,2\t\n\
    \tTổng cộng\t20,7\t18,2\t2,5\n";

pub const WARD: &str = "phuong-hoa-binh-2025-2030";

pub fn edited(text: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(text.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text.replace(old, new)
    })
}

/// Imports the first versions of the ward's programme, and the other programme.
pub fn imported(store: &str, versions: usize) {
    // The same names each time, so that what came in before is known again.
    let place = Place::new();
    for (number, text) in (1..).zip(self::versions()).take(versions) {
        out(&["import", s(&place.file(&format!("{number}.txt"), &text)), "--store", store]);
    }
    out(&["import", s(&place.file("other.txt", OTHER)), "--store", store]);
}
