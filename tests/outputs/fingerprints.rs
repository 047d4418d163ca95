//! What a finding is known by: the same through edits that move its figures, another for another thing.

use std::collections::BTreeSet;

use crate::{SMALL, documents, made};

/// The fingerprints of the findings of a rule.
fn prints(text: &str, code: &str) -> Vec<String> {
    let [report, _] = made(text.as_bytes()).reports;
    let of_rule = report.findings.into_iter().filter(|it| it.code == code);
    of_rule.map(|it| it.fingerprint).collect()
}

/// Holds where a rule has one finding in both texts, and it is the same.
fn stays(before: &str, after: &str, code: &str) {
    let (one, other) = (prints(before, code), prints(after, code));
    assert!(before != after && one.len() == 1 && one == other, "{code}: {one:?} and {other:?}");
}

#[test]
fn a_sum_that_fails_by_another_difference_is_the_same_finding() {
    stays(SMALL, &SMALL.replace("\t1.984\t", "\t1.994\t"), "A001");
    stays(SMALL, &SMALL.replace("1.984\t1.000", "1.984\t1.001"), "A001");
    // The row has another number, and rows before it.
    let renumbered = SMALL.replace("4\tNâng cấp", "5\tNâng cấp").replace("1\tXây mới", "4\tXây mới");
    stays(SMALL, &renumbered, "A001");
    let other = SMALL.replace("Xây mới nhà văn hóa", "Xây mới trường mầm non");
    assert_ne!(prints(SMALL, "A001"), prints(&other, "A001"), "another row is another finding");
}

#[test]
fn a_count_over_the_document_is_no_part_of_what_is_meant() {
    let many = |n: usize| format!("{SMALL}\n{}", "Ghi *chú thêm.\n\n".repeat(n));
    stays(&many(3), &many(4), "S006");
    // The place that it is shown at is gone.
    stays(&many(3), &many(3).replacen("Ghi *chú", "Ghi chú", 1), "S006");
    let letters = |n: usize| SMALL.replace("Xây dựng thể trận", &format!("{}trận", "Ðổi mới, ".repeat(n)));
    stays(&letters(40), &letters(41), "X002");
}

#[test]
fn a_number_that_is_used_twice_is_known_by_its_row() {
    let twice = SMALL.replace("4\tNâng cấp", "3\tNâng cấp");
    let moved = twice.replace("\n3\t", "\n7\t");
    stays(&twice, &moved, "N001");
}

#[test]
fn rules_of_the_whole_document_tell_their_findings_apart() {
    for (name, bytes) in documents() {
        let [report, _] = made(&bytes).reports;
        let of_the_document = ["O002", "S004", "S006", "X003", "X004", "X005"];
        let found: Vec<_> =
            report.findings.iter().filter(|it| of_the_document.contains(&it.code.as_str())).collect();
        let prints: BTreeSet<_> = found.iter().map(|it| &it.fingerprint).collect();
        assert_eq!(prints.len(), found.len(), "{name}");
    }
}
