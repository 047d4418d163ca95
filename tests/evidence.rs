//! What tells rows of one name apart when versions are matched: agency, unit, years, deadline, group and neighbours; and
//! what the number does not. Each programme has two rows of the same name, which the new version has in the other order.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod common;

use cthd::model::Document;
use cthd::versions::matching::{Confidence, Feature, pair};
use cthd::versions::parts::Parts;

const HEAD: &str = "KẾ HOẠCH\nCủa Ủy ban nhân dân xã Tân Lập\nthực hiện Nghị quyết, giai đoạn 2026-2030\n\n\
    I. MỤC TIÊU\n\n- Giữ gìn cảnh quan.\n\n";

const TASKS: &str = "PHỤ LỤC 1\nDanh mục nhiệm vụ\n\nTT\tNhiệm vụ\tCơ quan chủ trì\tThời gian thực hiện\n";

const TARGETS: &str = "PHỤ LỤC 1\nDanh mục chỉ tiêu\n\nTT\tChỉ tiêu\tĐơn vị tính\tNăm 2030\n";

const PROJECTS: &str = "PHỤ LỤC 1\nDanh mục dự án\nĐơn vị tính: triệu đồng\n\n\
    STT\tTên dự án\tThời gian thực hiện dự án\tTổng số\tNăm 2026\tNăm 2027\n";

/// A document with numbered rows.
fn document(table: &str, rows: &[&str]) -> Document {
    let rows: String = (1..).zip(rows).map(|(n, row): (usize, _)| format!("{n}\t{row}\n")).collect();
    common::parse(format!("{HEAD}{table}{rows}").as_bytes()).1
}

/// The pairs of items as their numbers in both versions.
fn pairs(old: &Document, new: &Document) -> Vec<(String, String)> {
    let (one, other) = (Parts::of(old), Parts::of(new));
    let pairing = pair(&one, &other);
    let items = one.all().iter().enumerate().filter(|(_, part)| part.kind.is_item());
    items
        .map(|(at, part)| {
            let there = pairing.became(at).and_then(|at| other.get(at)).expect("it is still there");
            (part.number.unwrap().to_owned(), there.number.unwrap().to_owned())
        })
        .collect()
}

fn crossed(name: &str, table: &str, first: &str, one: &str, other: &str, last: &str) {
    let found =
        pairs(&document(table, &[first, one, other, last]), &document(table, &[first, other, one, last]));
    let wanted = [("1", "1"), ("2", "3"), ("3", "2"), ("4", "4")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(found, wanted, "{name}");
}

#[test]
fn agency_unit_years_and_deadline_tell_rows_of_one_name_apart() {
    let task = |lead: &str, due: &str| format!("Tổng hợp, báo cáo kết quả phong trào\t{lead}\t{due}");
    let (first, last) =
        ("Sưu tầm làn điệu hát then\tTrạm Y tế\tNăm 2026", "Cắm mốc ranh giới rừng\tTrạm Y tế\tNăm 2026");
    crossed("lead", TASKS, first, &task("Công an xã", "Năm 2027"), &task("Phòng Kinh tế", "Năm 2027"), last);
    crossed(
        "deadline",
        TASKS,
        first,
        &task("Công an xã", "Quý I/2027"),
        &task("Công an xã", "Quý III/2028"),
        last,
    );
    let (first, last) = ("Sản lượng chè búp tươi\tTấn\t1.200", "Số lớp học xóa mù chữ\tLớp\t4");
    crossed(
        "unit",
        TARGETS,
        first,
        "Lao động qua đào tạo nghề\t%\t70",
        "Lao động qua đào tạo nghề\tNgười\t70",
        last,
    );
    let (first, last) = ("Xây chợ trung tâm\t2026-2027\t90\t40\t50", "Kè suối Nà Hin\t2026-2027\t80\t30\t50");
    let project = |years: &str, amounts: &str| format!("Nâng cấp đường liên thôn\t{years}\t{amounts}");
    crossed("years", PROJECTS, first, &project("2026", "50\t50\t"), &project("2027", "50\t\t50"), last);
    crossed(
        "amounts",
        PROJECTS,
        first,
        &project("2026-2027", "61\t31\t30"),
        &project("2026-2027", "77\t37\t40"),
        last,
    );
}

#[test]
fn rows_of_one_name_stay_in_their_groups() {
    let rows = |groups: [&str; 2]| -> Document {
        let group = |name: &str| match name {
            "Văn hóa" => {
                "Văn hóa\t\t\n1\tTổng kết, khen thưởng\tTrạm Y tế\tNăm 2027\n2\tDựng bia di tích bến đò\tTrạm Y tế\tNăm 2028\n"
            }
            _ => {
                "Đất đai\t\t\n1\tTổng kết, khen thưởng\tTrạm Y tế\tNăm 2027\n2\tCắm mốc ranh giới rừng\tTrạm Y tế\tNăm 2028\n"
            }
        };
        let [one, other] = groups.map(group);
        common::parse(format!("{HEAD}{TASKS}I\t{one}II\t{other}").as_bytes()).1
    };
    let (old, new) = (rows(["Văn hóa", "Đất đai"]), rows(["Đất đai", "Văn hóa"]));
    let (one, other) = (Parts::of(&old), Parts::of(&new));
    let pairing = pair(&one, &other);
    let items = one.all().iter().enumerate().filter(|(_, part)| part.kind.is_item());
    let found: Vec<(&str, &str)> =
        items.map(|(at, part)| (part.id, other.get(pairing.became(at).unwrap()).unwrap().id)).collect();
    assert_eq!(found, [("1/I/1", "1/II/1"), ("1/I/2", "1/II/2"), ("1/II/1", "1/I/1"), ("1/II/2", "1/I/2")]);
}

#[test]
fn a_number_alone_makes_no_pair() {
    // The rows change their numbers in a circle.
    let [a, b, c] = [
        "Sưu tầm làn điệu hát then\tTrạm Y tế\tNăm 2026",
        "Cắm mốc ranh giới rừng\tTrạm Y tế\tNăm 2026",
        "Đo đạc bản đồ địa chính\tTrạm Y tế\tNăm 2026",
    ];
    let found = pairs(&document(TASKS, &[a, b, c]), &document(TASKS, &[c, a, b]));
    assert_eq!(found, [("1", "2"), ("2", "3"), ("3", "1")].map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[test]
fn every_pair_has_its_evidence_and_unequal_signs_part_rows_of_one_pattern() {
    let plan =
        |sign: &str| format!("Lập quy hoạch cây xanh tại ô quy hoạch ký hiệu {sign}\tTrạm Y tế\tNăm 2027");
    let rows = |sign: &str| {
        let plan = plan(sign);
        document(
            TASKS,
            &[plan.replace(sign, "A2").as_str(), &plan, "Cắm mốc ranh giới rừng\tTrạm Y tế\tNăm 2026"],
        )
    };
    let (old, new) = (rows("B3"), rows("D7"));
    let (one, other) = (Parts::of(&old), Parts::of(&new));
    let pairing = pair(&one, &other);
    for link in pairing.links.iter().filter(|link| link.is_pair()) {
        assert!(link.score.is_some() && !link.evidence.is_empty(), "{link:?}");
    }
    let of =
        |parts: &Parts<'_>, sign: &str| parts.all().iter().position(|it| it.name.ends_with(sign)).unwrap();
    let link = pairing.link_of_old(of(&one, "B3")).unwrap();
    let pair_of_signs = link.is_pair() && link.new.contains(&of(&other, "D7"));
    assert!(!pair_of_signs || link.confidence != Confidence::High, "{link:?}");
    let same = pairing.link_of_old(of(&one, "A2")).unwrap();
    assert!(same.evidence.iter().any(|it| it.feature == Feature::Code && it.agreement == 1000), "{same:?}");
}
