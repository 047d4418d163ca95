//! A003: a group's own amounts are not the sum of its rows, and no rows are known to be missing.

use super::arithmetic::{Container, report_totals};
use super::targets::target_sums::{self, Over};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "A003", name: "group-total-mismatch" },
    severity: Severity::Error,
    page: include_str!("../../docs/rules/A003-group-total-mismatch.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    report_totals(context, audit, &RULE, "a003-message", |container| container != Container::Root);
    target_sums::report(context, audit, &RULE, "a003-message", Over::Parts);
}

#[cfg(test)]
mod tests {
    use super::super::arithmetic::testing::{Build, lines, run};
    use super::*;

    #[test]
    fn a_group_is_held_to_its_subgroups_and_they_to_their_rows() {
        let table = Build::new(&["Kinh phí"])
            .group("A", "Đầu tư công", &["100"])
            .group("I", "Đường", &["60"])
            .item("1", "X", &["30"])
            .item("2", "Y", &["35"])
            .group("II", "Cầu", &["45"])
            .item("1", "Z", &["45"]);
        assert_eq!(lines(&run(&RULE, table.appendix())), [(1, 3), (2, 3)]);
    }

    #[test]
    fn an_item_over_items_is_a_group() {
        let table = Build::new(&["Kinh phí"])
            .item("1", "Đường", &["60"])
            .item("1.1", "Đoạn một", &["20"])
            .item("1.2", "Đoạn hai", &["30"])
            .item("2", "Cầu", &["45"]);
        assert_eq!(lines(&run(&RULE, table.appendix())), [(1, 3)]);
    }

    #[test]
    fn a_subtotal_row_is_of_its_group() {
        let table = Build::new(&["Kinh phí"])
            .group("I", "Đường", &[])
            .item("1", "X", &["30"])
            .item("2", "Y", &["35"])
            .subtotal("Cộng mục I", &["75"]);
        assert_eq!(lines(&run(&RULE, table.appendix())), [(4, 3)]);
    }

    #[test]
    fn a_group_that_lost_rows_is_not_held_to_the_rest() {
        let table = Build::new(&["Kinh phí"])
            .group_of("I", "Đường", 3, &["90"])
            .item("1", "X", &["30"])
            .item("2", "Y", &["35"]);
        assert!(run(&RULE, table.appendix()).findings.is_empty());
    }
}
