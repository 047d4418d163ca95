//! What `cthd diff` says, read as a clerk reads it: edits of a small plan that no fixture has, each with the very line.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod common;

use cthd::output::diff::{Diff, Version, text};
use cthd::output::report::Report;
use cthd::output::text::{Extent, Look};
use cthd::output::{Catalogue, Lang};

const HEAD: &str = "KẾ HOẠCH\nCủa Ủy ban nhân dân xã Tân Lập\nthực hiện Nghị quyết, giai đoạn 2026-2030\n\n\
    I. MỤC TIÊU\n\n- Giữ gìn cảnh quan.\n- Nâng cao thu nhập.\n\n";

const TARGETS: &str = "PHỤ LỤC 1\nDanh mục chỉ tiêu\n\nTT\tChỉ tiêu\tĐơn vị tính\tNăm 2030\n\
    A\tKinh tế\t\t\n1\tSản lượng chè búp tươi\tTấn\t1.200\n2\tSố hợp tác xã hoạt động hiệu quả\tHợp tác xã\t9\n\
    B\tXã hội\t\t\n1\tTỷ lệ hộ có hố xí hợp vệ sinh\t%\t96\n2\tSố lớp học xóa mù chữ\tLớp\t4\n\n";

const TASKS: &str = "PHỤ LỤC 2\nDanh mục nhiệm vụ\n\nTT\tNhiệm vụ\tCơ quan chủ trì\tThời gian thực hiện\n\
    I\tVăn hóa\t\t\n\
    1\tSưu tầm làn điệu hát then của người cao tuổi\tPhòng Văn hóa - Xã hội\tQuý I/2027\n\
    2\tTổ chức hội thi nấu bánh chưng\tPhòng Văn hóa - Xã hội\tHằng năm\n\
    3\tDựng bia di tích bến đò cũ\tPhòng Văn hóa - Xã hội\tNăm 2028\n\
    4\tTập huấn thuyết minh viên tại điểm\tPhòng Văn hóa - Xã hội\tNăm 2026\n\
    5\tLắp loa truyền thanh thông minh ở các thôn\tPhòng Văn hóa - Xã hội\tNăm 2027\n\
    II\tĐất đai\t\t\n\
    1\tĐo đạc lại bản đồ địa chính thôn Nà Hin\tPhòng Kinh tế\tQuý IV/2026\n\
    2\tCắm mốc ranh giới rừng phòng hộ\tPhòng Kinh tế\tNăm 2027\n";

fn plan() -> String {
    format!("{HEAD}{TARGETS}{TASKS}")
}

fn diff_of(old: &str, new: &str, lang: Lang) -> Diff {
    let catalogue = Catalogue::new(lang);
    let runs = [old, new].map(|text| common::run(text.as_bytes()));
    let [one, other] =
        [0, 1].map(|at| Report::new(&runs[at].document, &runs[at].audit, &runs[at].source, &catalogue));
    Diff::new(
        Version { document: &runs[0].document, report: &one },
        Version { document: &runs[1].document, report: &other },
        false,
    )
}

/// The lines between the files' names and the findings.
fn said(edits: &[(&str, &str)]) -> Vec<String> {
    let old = plan();
    let new = edits.iter().fold(old.clone(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    });
    let look = Look { colour: false, width: 120, extent: Extent::Whole };
    let text = text::render(&diff_of(&old, &new, Lang::Vi), &Catalogue::new(Lang::Vi), look, false);
    let end = text.find("\nPhát hiện").unwrap_or(text.rfind("\n\n").unwrap());
    text[..end].lines().skip(1).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[test]
fn rows_whose_numbers_alone_are_others_are_one_line() {
    let row = "1\tSưu tầm làn điệu hát then của người cao tuổi\tPhòng Văn hóa - Xã hội\tQuý I/2027\n";
    let lines = said(&[
        (
            row,
            &format!(
                "1\tMở lớp dạy đàn tính\tPhòng Văn hóa - Xã hội\tNăm 2029\n{}",
                row.replacen('1', "2", 1)
            ),
        ),
        ("2\tTổ chức hội thi", "3\tTổ chức hội thi"),
        ("3\tDựng bia", "4\tDựng bia"),
        ("4\tTập huấn", "5\tTập huấn"),
        ("5\tLắp loa", "6\tLắp loa"),
    ]);
    assert_eq!(
        lines,
        [
            "Phụ lục 2",
            "+ mới: nhiệm vụ I.1 “Mở lớp dạy đàn tính”",
            "~ nhiệm vụ I.1 đến I.5: số thành I.2 đến I.6 (5 dòng)",
        ]
    );
}

#[test]
fn what_is_gone_stands_where_it_stood() {
    // The first of its group, and the last of another.
    let lines = said(&[
        ("1\tĐo đạc lại bản đồ địa chính thôn Nà Hin\tPhòng Kinh tế\tQuý IV/2026\n2\tCắm mốc", "1\tCắm mốc"),
        ("5\tLắp loa truyền thanh thông minh ở các thôn\tPhòng Văn hóa - Xã hội\tNăm 2027\n", ""),
        ("Quý I/2027", "Quý III/2027"),
    ]);
    assert_eq!(
        lines,
        [
            "Phụ lục 2",
            "~ nhiệm vụ I.1 “Sưu tầm làn điệu hát then của người cao tuổi”: thời hạn từ Quý I/2027 thành Quý III/2027; cơ quan chủ trì không đổi",
            "- không còn: nhiệm vụ I.5 “Lắp loa truyền thanh thông minh ở các thôn”",
            "- không còn: nhiệm vụ II.1 “Đo đạc lại bản đồ địa chính thôn Nà Hin”",
            "~ nhiệm vụ II.1 “Cắm mốc ranh giới rừng phòng hộ”: số II.2 thành II.1",
        ]
    );
}

#[test]
fn a_row_in_another_group_is_said_with_both_groups() {
    let row = "2\tTổ chức hội thi nấu bánh chưng\tPhòng Văn hóa - Xã hội\tHằng năm\n";
    let last = "2\tCắm mốc ranh giới rừng phòng hộ\tPhòng Kinh tế\tNăm 2027\n";
    let lines = said(&[
        (row, ""),
        ("3\tDựng bia", "2\tDựng bia"),
        ("4\tTập huấn", "3\tTập huấn"),
        ("5\tLắp loa", "4\tLắp loa"),
        (last, &format!("{last}{}", row.replacen('2', "3", 1))),
    ]);
    assert_eq!(
        lines,
        [
            "Phụ lục 2",
            "~ nhiệm vụ I.3 đến I.5: số thành I.2 đến I.4 (3 dòng)",
            "> nhiệm vụ II.3 “Tổ chức hội thi nấu bánh chưng”: chuyển từ nhóm I sang nhóm II; số I.2 thành II.3",
        ]
    );
}

#[test]
fn values_amounts_and_agencies_are_named() {
    let lines = said(&[
        ("Tấn\t1.200", "Tấn\t1.350"),
        ("hố xí hợp vệ sinh\t%\t96", "hố xí hợp vệ sinh\t%\t98"),
        (
            "2\tCắm mốc ranh giới rừng phòng hộ\tPhòng Kinh tế",
            "2\tCắm mốc ranh giới rừng phòng hộ\tHạt Kiểm lâm",
        ),
    ]);
    // Targets that are numbered anew in each group are named with it.
    assert_eq!(
        lines,
        [
            "Phụ lục 1",
            "~ chỉ tiêu A.1 “Sản lượng chè búp tươi”: giá trị 2030 từ 1.200 thành 1.350",
            "~ chỉ tiêu B.1 “Tỷ lệ hộ có hố xí hợp vệ sinh”: giá trị 2030 từ 96 thành 98",
            "Phụ lục 2",
            "~ nhiệm vụ II.2 “Cắm mốc ranh giới rừng phòng hộ”: cơ quan chủ trì từ Phòng Kinh tế thành Hạt Kiểm lâm; thời hạn không đổi",
        ]
    );
}

#[test]
fn changed_words_stand_in_brackets() {
    let lines = said(&[
        ("Dựng bia di tích bến đò cũ", "Dựng bia và tôn tạo di tích bến đò cũ"),
        ("Tập huấn thuyết minh viên tại điểm", "Tập huấn thuyết minh viên"),
        ("Tổ chức hội thi nấu bánh chưng", "Tổ chức hội thi gói bánh chưng"),
    ]);
    assert_eq!(
        lines,
        [
            "Phụ lục 2",
            "~ nhiệm vụ I.2 “Tổ chức hội thi gói bánh chưng”: tên: Tổ chức hội thi [nấu → gói] bánh chưng",
            "~ nhiệm vụ I.3 “Dựng bia và tôn tạo di tích bến đò cũ”: tên: Dựng bia [thêm: và tôn tạo] di tích bến đò cũ",
            "~ nhiệm vụ I.4 “Tập huấn thuyết minh viên”: tên: Tập huấn thuyết minh viên [bỏ: tại điểm]",
        ]
    );
}

#[test]
fn a_row_that_was_split_is_said_with_its_fragments() {
    let lines = said(&[
        (
            "3\tDựng bia di tích bến đò cũ\tPhòng Văn hóa - Xã hội\tNăm 2028\n4\tTập huấn",
            "3\tDựng bia di tích bến đò cũ\tPhòng Văn hóa - Xã hội\tNăm 2028\n4\tTổ chức hội thi bánh chưng\tPhòng Văn hóa - Xã hội\tHằng năm\n5\tTập huấn",
        ),
        ("2\tTổ chức hội thi nấu bánh chưng", "2\tTổ chức hội thi nấu"),
        ("5\tLắp loa", "6\tLắp loa"),
    ]);
    let split =
        lines.iter().find(|line| line.starts_with("* tách: ")).unwrap_or_else(|| panic!("{lines:#?}"));
    assert_eq!(
        split,
        "* tách: nhiệm vụ I.2 “Tổ chức hội thi nấu bánh chưng” thành nhiệm vụ I.2 “Tổ chức hội thi nấu” + nhiệm vụ I.4 “Tổ chức hội thi bánh chưng”"
    );
}

#[test]
fn a_pair_of_names_that_differ_much_is_said_to_be_unsure() {
    let lines = said(&[(
        "Sưu tầm làn điệu hát then của người cao tuổi",
        "Ghi âm, lưu giữ làn điệu hát then cho thế hệ trẻ các thôn bản trong xã",
    )]);
    assert!(lines[1].contains("I.1") && lines[1].contains("hát then"), "{lines:#?}");
    assert_eq!(
        lines.get(2).map(String::as_str),
        Some("    Chưa chắc: tên khác nhiều, có thể là hai mục khác nhau (bỏ mục cũ, thêm mục mới)."),
        "{lines:#?}"
    );
}

#[test]
fn a_version_with_nothing_changed_says_so() {
    let diff = diff_of(&plan(), &plan(), Lang::Vi);
    let look = Look { colour: false, width: 120, extent: Extent::Whole };
    let text = text::render(&diff, &Catalogue::new(Lang::Vi), look, false);
    assert!(diff.is_empty() && text.ends_with("Hai bản không khác nhau (20 phần tương ứng).\n"), "{text}");
}

#[test]
fn what_could_not_be_compared_is_never_no_change() {
    let look = Look { colour: false, width: 120, extent: Extent::Whole };
    let told = |old: &str, new: &str| {
        text::render(&diff_of(old, new, Lang::Vi), &Catalogue::new(Lang::Vi), look, false)
    };
    // Appendices alone against the whole, and the reverse.
    let appendices = format!("{TARGETS}{TASKS}");
    let text = told(&plan(), &appendices);
    assert!(text.contains("? Bản mới không có phần nội dung, nên nội dung không được so sánh.\n"), "{text}");
    assert!(text.contains("\nNhững phần so sánh được không khác nhau ("), "{text}");
    assert!(!text.contains("Hai bản không khác nhau") && !text.contains("không còn: đoạn"), "{text}");
    let text = told(HEAD, &plan());
    assert!(text.contains("? Bản cũ không có phụ lục, nên phụ lục không được so sánh.\n"), "{text}");
    assert!(!text.contains("+ mới: nhiệm vụ"), "{text}");
    // Money in other units.
    let money = |unit: &str| {
        format!(
            "{HEAD}PHỤ LỤC 1\nDanh mục dự án\nĐơn vị tính: {unit}\n\nSTT\tTên dự án\tTổng số\tNăm 2026\n1\tXây chợ trung tâm\t90\t90\n"
        )
    };
    let text = told(&money("triệu đồng"), &money("tỷ đồng"));
    assert!(text.contains("đơn vị tính từ triệu đồng thành tỷ đồng"), "{text}");
    assert!(text.contains("? Phụ lục 1: hai bản dùng đơn vị tính khác nhau"), "{text}");
}

#[test]
fn why_gives_the_evidence_of_every_pair_and_findings_come_and_go() {
    let old = plan();
    let new = old
        .replace("hát then của người cao tuổi\tPhòng Văn hóa - Xã hội", "hát then của người cao tuổi\t")
        .replace("Quý IV/2026", "Quý V/2026");
    let look = Look { colour: false, width: 120, extent: Extent::Whole };
    let catalogue = Catalogue::new(Lang::Vi);
    let text = text::render(&diff_of(&old, &new, Lang::Vi), &catalogue, look, true);
    let pairs: Vec<&str> = text.lines().filter(|line| line.starts_with("= ")).collect();
    // Only a comparison that was asked for the evidence has the pairs.
    assert!(pairs.is_empty() && text.contains("    căn cứ: tên 100%"), "{text}");
    let runs = [&old, &new].map(|text| common::run(text.as_bytes()));
    let [one, other] =
        [0, 1].map(|at| Report::new(&runs[at].document, &runs[at].audit, &runs[at].source, &catalogue));
    let [before, after] = [(0, &one), (1, &other)]
        .map(|(at, report): (usize, _)| Version { document: &runs[at].document, report });
    let diff = Diff::new(before, after, true);
    let text = text::render(&diff, &catalogue, look, true);
    let pairs: Vec<&str> = text.lines().filter(|line| line.starts_with("= ")).collect();
    assert_eq!(pairs.len(), diff.summary.pairs);
    assert!(pairs.iter().all(|line| line.contains(": căn cứ: ") && line.contains("độ tin cậy ")), "{text}");
    let codes = |diff: &Diff| -> Vec<String> { diff.findings.new.iter().map(|it| it.code.clone()).collect() };
    assert_eq!(codes(&diff), ["O001", "T001"], "a task without a lead, and a fifth quarter");
    let back = Diff::new(after, before, false);
    let resolved: Vec<&str> = back.findings.resolved.iter().map(|it| it.code.as_str()).collect();
    assert_eq!((resolved, codes(&back)), (vec!["O001", "T001"], vec![]));
    let text = text::render(&back, &catalogue, look, false);
    assert!(text.contains("\nPhát hiện không còn\n- cảnh báo[O001] dòng "), "{text}");
}
