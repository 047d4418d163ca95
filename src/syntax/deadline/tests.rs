//! One line a form: what the words give.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::grammar::DeadlineWord;
use crate::model::DeadlineProblem;

/// "kind from..to step [condition] ~ !problem".
fn shown(raw: &str) -> String {
    let grammar = &*crate::syntax::GRAMMAR;
    let found = deadline(raw, &grammar.deadlines);
    assert_eq!(found.raw, raw.trim());
    let mut out = format!("{:?}", found.kind).to_lowercase();
    if found.from.is_some() || found.to.is_some() {
        let day = |day: Option<String>| day.unwrap_or_default();
        out.push_str(&format!(" {}..{}", day(found.from), day(found.to)));
    }
    if let Some(step) = found.recurrence {
        out.push_str(&format!(" {step}"));
    }
    if let Some(condition) = found.condition {
        out.push_str(&format!(" [{condition}]"));
    }
    if found.approximate {
        out.push_str(" ~");
    }
    match found.problem {
        Some(DeadlineProblem::Impossible) => out.push_str(" !impossible"),
        Some(DeadlineProblem::Reversed) => out.push_str(" !reversed"),
        None => {}
    }
    out
}

fn check(cases: &[(&str, &str)]) {
    let found: Vec<(&str, String)> = cases.iter().map(|(raw, _)| (*raw, shown(raw))).collect();
    let expected: Vec<(&str, String)> = cases.iter().map(|(raw, out)| (*raw, (*out).to_owned())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_day_needs_no_word_before_it() {
    assert_eq!(shown("30 tháng 6 năm 2027"), "day 2027-06-30..2027-06-30");
    assert_eq!(shown("Trước 01 tháng 9 năm 2026"), "before ..2026-08-31");
    assert_eq!(shown("6 tháng đầu năm 2026"), shown("06 tháng đầu năm 2026"));
}

#[test]
fn spans_of_time_and_remarks_are_no_riddles() {
    check(&[
        ("Trong 45 ngày", "onevent [Trong 45 ngày]"),
        ("Sau 15 ngày làm việc", "onevent [Sau 15 ngày làm việc]"),
        ("Hằng năm (trước 31/12)", "recurring P1Y [trước 31/12]"),
        ("Năm 2027 (khi bố trí được vốn)", "year 2027-01-01..2027-12-31 [khi bố trí được vốn]"),
        ("Tháng Thanh niên (tháng 3/2026)", "month 2026-03-01..2026-03-31 [Tháng Thanh niên]"),
        ("Từ 15/3 đến 20/4/2026", "range 2026-03-15..2026-04-20"),
        ("15/3 - 20/4/2026", "range 2026-03-15..2026-04-20"),
        ("45 hộ", "unknown"),
        ("Xã An Hòa (mới)", "unknown"),
    ]);
}

#[test]
fn times_give_their_first_and_last_day() {
    check(&[
        ("31/12/2027", "day 2027-12-31..2027-12-31"),
        ("15/4/2026", "day 2026-04-15..2026-04-15"),
        ("31/12/26", "day 2026-12-31..2026-12-31"),
        ("ngày 15 tháng 4 năm 2026", "day 2026-04-15..2026-04-15"),
        ("tháng 6/2027", "month 2027-06-01..2027-06-30"),
        ("Tháng 4/2026", "month 2026-04-01..2026-04-30"),
        ("Tháng 02 năm 2028", "month 2028-02-01..2028-02-29"),
        ("T6/2027", "month 2027-06-01..2027-06-30"),
        ("6/2027", "month 2027-06-01..2027-06-30"),
        ("Quý II/2026", "quarter 2026-04-01..2026-06-30"),
        ("Quý 2 năm 2026", "quarter 2026-04-01..2026-06-30"),
        ("quý IV/2027", "quarter 2027-10-01..2027-12-31"),
        ("QUÝ III-2026", "quarter 2026-07-01..2026-09-30"),
        ("Quí I/2026", "quarter 2026-01-01..2026-03-31"),
        ("Trong quý III năm 2026.", "quarter 2026-07-01..2026-09-30"),
        ("6 tháng đầu năm 2027", "part 2027-01-01..2027-06-30"),
        ("06 tháng cuối năm 2026", "part 2026-07-01..2026-12-31"),
        ("cuối năm 2026", "part 2026-10-01..2026-12-31 ~"),
        ("đầu năm", "part ~"),
        ("Năm 2026", "year 2026-01-01..2026-12-31"),
        ("2026", "year 2026-01-01..2026-12-31"),
        ("Trong năm 2026", "year 2026-01-01..2026-12-31"),
        ("Dự kiến năm 2026", "year 2026-01-01..2026-12-31 ~"),
        ("Quý II", "quarter"),
        ("Tháng 4", "month"),
    ]);
}

#[test]
fn ranges_and_lists_go_from_first_to_last() {
    check(&[
        ("2026-2030", "years 2026-01-01..2030-12-31"),
        ("10 - 15/6/2026", "range 2026-06-10..2026-06-15"),
        ("ngày 5-8/3/2026", "range 2026-03-05..2026-03-08"),
        ("2026 – 2030", "years 2026-01-01..2030-12-31"),
        ("giai đoạn 2026-2028", "years 2026-01-01..2028-12-31"),
        ("Giai đoạn 2026 - 2030", "years 2026-01-01..2030-12-31"),
        ("từ 2026 đến 2030", "range 2026-01-01..2030-12-31"),
        ("Từ năm 2026 đến hết năm 2030", "range 2026-01-01..2030-12-31"),
        ("nhiệm kỳ 2025-2030", "years 2025-01-01..2030-12-31"),
        ("Quý II-III/2026", "range 2026-04-01..2026-09-30"),
        ("Quý II, III/2026", "range 2026-04-01..2026-09-30"),
        ("Quý II và IV/2026", "mixed 2026-04-01..2026-12-31"),
        ("Quý II - Quý IV/2026", "range 2026-04-01..2026-12-31"),
        ("Quý I/2026 - Quý IV/2027", "range 2026-01-01..2027-12-31"),
        ("Quý 2 - 4/2026", "range 2026-04-01..2026-12-31"),
        ("Tháng 4-6/2026", "range 2026-04-01..2026-06-30"),
        ("Từ tháng 4 đến tháng 6 năm 2026", "range 2026-04-01..2026-06-30"),
        ("12/2026-6/2027", "range 2026-12-01..2027-06-30"),
        ("Năm 2027 và 2030", "years 2027-01-01..2030-12-31"),
        ("2026, 2027, 2028", "years 2026-01-01..2028-12-31"),
        ("Năm 2026; năm 2028", "years 2026-01-01..2028-12-31"),
    ]);
}

#[test]
fn bounds_are_open_on_one_side() {
    check(&[
        ("Trước 2030", "before ..2029-12-31"),
        ("Trước năm 2030", "before ..2029-12-31"),
        ("trước ngày 30/6/2026", "before ..2026-06-29"),
        ("Trước quý IV/2027", "before ..2027-09-30"),
        ("đến năm 2030", "before ..2030-12-31"),
        ("đến hết năm 2027", "before ..2027-12-31"),
        ("Hoàn thành trước 31/12/2026", "before ..2026-12-30"),
        ("Chậm nhất trong quý II/2026", "before ..2026-06-30"),
        ("Sau 2026", "after 2027-01-01.."),
        ("Từ năm 2027", "after 2027-01-01.."),
        ("Từ quý II/2026 trở đi", "after 2026-04-01.."),
        ("Năm 2026 và các năm tiếp theo", "after 2026-01-01.."),
        ("Từ nay đến năm 2030", "before ..2030-12-31"),
    ]);
}

#[test]
fn what_recurs_has_a_step() {
    check(&[
        ("Hằng năm", "recurring P1Y"),
        ("Hàng năm", "recurring P1Y"),
        ("HÀNG NĂM", "recurring P1Y"),
        ("Ha\u{300}ng na\u{306}m", "recurring P1Y"),
        ("hằng quý", "recurring P3M"),
        ("Hàng tháng", "recurring P1M"),
        ("hằng tuần", "recurring P1W"),
        ("Định kì 06 tháng/lần/năm", "recurring P6M"),
        ("06 tháng/lần", "recurring P6M"),
        ("6 tháng một lần", "recurring P6M"),
        ("Định kỳ 6 tháng, hằng năm", "recurring P6M"),
        ("2 lần/năm", "recurring P6M"),
        ("01 lần/quý", "recurring P3M"),
        ("mỗi năm 01 lần", "recurring P1Y"),
        ("5 lần/năm", "recurring"),
        ("Định kỳ", "recurring"),
        ("Định kỳ hằng quý", "recurring P3M"),
        ("Hàng năm 2025-2030", "recurring 2025-01-01..2030-12-31 P1Y"),
        ("Hằng năm (2026-2030)", "recurring 2026-01-01..2030-12-31 P1Y"),
        ("Quý IV hằng năm", "recurring P1Y"),
        ("Trước ngày 25 hằng tháng", "recurring P1M"),
        ("Hằng năm từ 2026", "recurring 2026-01-01.. P1Y"),
    ]);
}

#[test]
fn ongoing_and_conditional_work_is_told_apart() {
    check(&[
        ("Thường xuyên", "ongoing"),
        ("Thực hiện thường xuyên", "ongoing"),
        ("thường xuyên, liên tục", "ongoing"),
        ("Thường xuyên 2026-2030", "ongoing 2026-01-01..2030-12-31"),
        ("Thường xuyên; 2025-2030", "mixed 2025-01-01..2030-12-31"),
        ("Thường xuyên, hằng năm", "mixed P1Y"),
        ("Thường xuyên và đột xuất theo chỉ đạo", "mixed [đột xuất theo chỉ đạo]"),
        ("Hằng năm hoặc đột xuất", "mixed P1Y [đột xuất]"),
        ("Theo chỉ đạo của TW, TP và Đảng ủy", "onevent [Theo chỉ đạo của TW, TP và Đảng ủy]"),
        ("Khi có yêu cầu", "onevent [Khi có yêu cầu]"),
        ("Năm 2026 (sau khi TW, TP hướng dẫn)", "year 2026-01-01..2026-12-31 [sau khi TW, TP hướng dẫn]"),
        ("Quý II/2026, theo tiến độ chung", "quarter 2026-04-01..2026-06-30 [theo tiến độ chung]"),
        ("Đã hoàn thành - Duy trì trong các năm tiếp theo", "done"),
        ("Đã hoàn thành năm 2025", "done 2025-01-01..2025-12-31"),
    ]);
}

#[test]
fn what_cannot_be_is_a_problem() {
    check(&[
        ("tháng 14/2026", "month !impossible"),
        ("quý V/2026", "quarter !impossible"),
        ("Quý V", "quarter !impossible"),
        ("2026-3030", "years 2026-01-01.. !impossible"),
        ("31/02/2027", "day !impossible"),
        ("năm 20226", "year !impossible"),
        ("2026-2024", "years 2026-01-01..2024-12-31 !reversed"),
        ("Quý IV/2027 - Quý I/2027", "range 2027-10-01..2027-03-31 !reversed"),
        ("Trước 3030", "before !impossible"),
    ]);
}

#[test]
fn what_is_not_understood_stays_unknown() {
    check(&[
        ("", "unknown"),
        ("Chưa xác định", "unknown"),
        ("Trong nhiệm kỳ tới", "unknown"),
        ("5 năm", "unknown"),
        ("xã Tân Lập", "unknown"),
        ("2026 2027", "unknown"),
        ("Hoàn thành", "unknown"),
        ("1-12/2026", "unknown"),
        ("3 ngày làm việc", "unknown"),
    ]);
}

#[test]
fn words_keep_their_examples() {
    let grammar = &*crate::syntax::GRAMMAR;
    let words = &grammar.deadlines;
    for entry in &words.examples {
        let says = |raw: &str| {
            let folded = Folded::of(raw);
            let tokens = tokens::tokens(&folded.text, words).unwrap_or_default();
            let kind = deadline(raw, words).kind;
            tokens.iter().any(|token| match (&entry.word, token) {
                (Some(DeadlineWord::Event | DeadlineWord::Sudden), tokens::Token::Condition(_)) => true,
                (Some(DeadlineWord::Recurring(step)), tokens::Token::Step(found)) => step == found,
                (Some(DeadlineWord::Until), _) => {
                    kind == DeadlineKind::Before && tokens.contains(&tokens::Token::Word(DeadlineWord::Until))
                }
                (Some(DeadlineWord::Since), _) => {
                    kind == DeadlineKind::After && !tokens.contains(&tokens::Token::Word(DeadlineWord::After))
                }
                (Some(word), tokens::Token::Word(found)) => word == found,
                (None, tokens::Token::Time(found)) => entry.part.is_some_and(|part| {
                    found.unit == when::Unit::Part(part.first, part.last, part.approximate)
                }),
                _ => false,
            })
        };
        for example in &entry.examples {
            assert!(says(example), "{example} is no {:?} {:?}", entry.word, entry.part);
        }
        for reject in &entry.rejects {
            assert!(!says(reject), "{reject} is {:?} {:?}", entry.word, entry.part);
        }
    }
}

#[test]
fn lists_of_what_is_done_by_when() {
    check(&[
        ("Khởi động quý IV/2026; báo cáo kiểm kê quý II/2027", "mixed 2026-10-01..2027-06-30"),
        ("Trình phê duyệt quý II/2027; xúc tiến hằng năm", "mixed 2027-04-01..2027-06-30 P1Y"),
        ("Hoàn thành đầu tư tháng 6/2026; vận hành năm 2027.", "mixed 2026-06-01..2027-12-31"),
        // Not all of it is told.
        ("Khởi động quý IV/2026; các bước khác theo chỉ đạo", "unknown"),
        ("Trình phê duyệt quý II/2027", "unknown"),
    ]);
}

#[test]
fn short_forms() {
    check(&[
        ("II/2026", "quarter 2026-04-01..2026-06-30"),
        ("V/2026", "unknown"),
        ("Th6/2026", "month 2026-06-01..2026-06-30"),
        ("2026-10-30", "day 2026-10-30..2026-10-30"),
        ("2026-13-30", "day !impossible"),
        ("Dịp 30/4", "onevent [Dịp 30/4]"),
        ("Trước Tết Nguyên đán", "onevent [Trước Tết Nguyên đán]"),
        ("Trước 2030", "before ..2029-12-31"),
    ]);
}
