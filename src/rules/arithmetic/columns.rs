//! Which columns are the parts of which total column, by headers and by the sums that close.
//!
//! A header says it where a total ("Tổng số") and its parts stand under one header. Elsewhere ("Tổng mức đầu
//! tư" beside sources or years) most rows must close before the others are held to it.

use super::headers::{Candidate, candidates};
use super::ledger::{Cell, Ledger, LineKind, Reading};
use super::sum::{Label, Sum, Verdict};
use crate::model::AmountRole;
use crate::value::Number;

/// A total column with its parts, and the rows under it.
#[derive(Debug)]
pub(crate) struct Decomposition {
    /// The total column.
    pub total: usize,
    /// Its parts from left to right.
    pub parts: Vec<usize>,
    /// Whether the header alone says so.
    pub stated: bool,
    /// The rows that print the total.
    pub rows: Vec<RowSum>,
}

/// A row under a total column.
#[derive(Debug)]
pub(crate) struct RowSum {
    /// The row's total and parts.
    pub sum: Sum,
    /// How the sum ends.
    pub verdict: Verdict,
}

/// The decompositions that the document states; of two that overlap, the better supported.
pub(crate) fn decompositions(ledger: &Ledger<'_>) -> Vec<Decomposition> {
    let mut candidates: Vec<Decomposition> =
        candidates(ledger).into_iter().filter_map(|candidate| candidate.evaluated(ledger)).collect();
    candidates.sort_by_key(|found| {
        let holds = found.count(Verdict::Holds);
        std::cmp::Reverse((found.stated, holds, found.parts.len()))
    });
    // Where the years make up the plan beside it, the total investment may be more: what lies after them.
    let of_plan: Vec<(Vec<usize>, usize)> = candidates
        .iter()
        .filter(|found| !ledger.says(found.total).whole_life)
        .map(|found| (found.parts.clone(), found.count(Verdict::Fails)))
        .collect();
    let beside_plan = |found: &Decomposition| {
        let fails = found.count(Verdict::Fails);
        let better = |(parts, other): &(Vec<usize>, usize)| *parts == found.parts && *other < fails;
        !found.stated && ledger.says(found.total).whole_life && of_plan.iter().any(better)
    };
    // Where both are split alike, the total investment says it.
    let of_life: Vec<(Vec<usize>, usize)> = candidates
        .iter()
        .filter(|found| ledger.says(found.total).whole_life && !beside_plan(found))
        .map(|found| (found.parts.clone(), found.count(Verdict::Fails)))
        .collect();
    let said_twice = |found: &Decomposition| {
        let fails = found.count(Verdict::Fails);
        let as_good = |(parts, other): &(Vec<usize>, usize)| *parts == found.parts && *other <= fails;
        let sources = found.parts.iter().all(|part| ledger.years(*part).is_none());
        !found.stated && sources && !ledger.says(found.total).whole_life && of_life.iter().any(as_good)
    };
    candidates.retain(|found| !beside_plan(found) && !said_twice(found));
    let mut out: Vec<Decomposition> = Vec::new();
    for found in candidates {
        let overlaps = |other: &Decomposition| {
            other.total == found.total && other.parts.iter().any(|part| found.parts.contains(part))
        };
        if !out.iter().any(overlaps) {
            out.push(found);
        }
    }
    out.sort_by(|a, b| (a.total, &a.parts).cmp(&(b.total, &b.parts)));
    out
}

impl Decomposition {
    fn count(&self, verdict: Verdict) -> usize {
        self.rows.iter().filter(|row| row.verdict == verdict).count()
    }
}

impl Candidate {
    /// The rows under the candidate; `None` where they do not support it.
    fn evaluated(self, ledger: &Ledger<'_>) -> Option<Decomposition> {
        let rows = self.rows(ledger);
        // What was spent and what is planned need not be all: the rest comes after the plan.
        let may_exceed = !self.stated
            && ledger.says(self.total).whole_life
            && self.parts.iter().any(|part| is_past(ledger, *part));
        let mut decomposition =
            Decomposition { total: self.total, parts: self.parts, stated: self.stated, rows };
        let holds = decomposition.count(Verdict::Holds);
        let checkable = holds + decomposition.count(Verdict::Fails);
        let supported = if decomposition.stated {
            holds * 2 >= checkable || checkable <= 2
        } else {
            let telling = decomposition.rows.iter().any(|row| {
                row.verdict == Verdict::Holds
                    && row.sum.terms.iter().filter(|(c, _)| ledger.number(*c).is_some()).count() > 1
            });
            // One wrong cell shows in its row and again in the total.
            let mut off: Vec<_> = decomposition
                .rows
                .iter()
                .filter(|row| row.verdict == Verdict::Fails)
                .filter_map(|row| row.sum.difference(ledger))
                .collect();
            off.sort_unstable();
            off.dedup();
            holds >= 2 && holds >= off.len() * 2 && telling
        };
        if decomposition.parts.iter().all(|part| ledger.years(*part).is_some()) {
            let parts = decomposition.parts.clone();
            decomposition.rows.retain(|row| row.verdict != Verdict::Fails || !is_level(ledger, &parts, row));
        }
        let is_open = |row: &RowSum| row.verdict == Verdict::Fails && row.sum.leaves_rest(ledger);
        decomposition.rows.retain(|row| !(may_exceed && is_open(row)));
        supported.then_some(decomposition)
    }

    fn rows(&self, ledger: &Ledger<'_>) -> Vec<RowSum> {
        let partial_life = !self.stated && ledger.says(self.total).whole_life;
        let parts_are_years = self.parts.iter().all(|part| ledger.years(*part).is_some());
        let outside: Vec<usize> = (0..ledger.columns.len())
            .filter(|column| {
                partial_life && parts_are_years && !self.parts.contains(column) && is_past(ledger, *column)
            })
            .collect();
        let mut skipped = false;
        let mut rows = Vec::new();
        for line in 0..ledger.lines.len() {
            let total = Cell { line, column: self.total };
            if !matches!(ledger.read(total), Reading::Exact(_)) {
                continue;
            }
            if partial_life && parts_are_years {
                let spent =
                    outside.iter().any(|column| ledger.number(Cell { line, column: *column }).is_some());
                if spent || !self.covers(ledger, line, skipped) {
                    skipped = true;
                    continue;
                }
            }
            let cells = self.parts.iter().map(|column| Cell { line, column: *column });
            let sum = Sum::of(total, cells, Label::Column);
            let verdict = sum.verdict(ledger);
            rows.push(RowSum { sum, verdict });
        }
        rows
    }

    /// Whether the years that are the parts hold the whole life of what a row is about; a total over rows
    /// of which some reach beyond does too.
    fn covers(&self, ledger: &Ledger<'_>, line: usize, skipped: bool) -> bool {
        let Some(line) = ledger.line(line) else { return false };
        if !matches!(line.kind, LineKind::Item(_)) {
            return !skipped;
        }
        let Some(period) = line.period else { return true };
        let years = self.parts.iter().filter_map(|part| ledger.years(*part));
        let reach = years.reduce(|all, (from, to)| (all.0.min(from), all.1.max(to)));
        let Some((first, last)) = reach else { return true };
        period.from.is_none_or(|from| from >= first) && period.to.is_none_or(|to| to <= last)
    }
}

/// Whether a row is of what stands at a time, and adds up over no years ("Số dư cuối năm"): what is printed for all of
/// them is what the first or the last has.
fn is_level(ledger: &Ledger<'_>, years: &[usize], row: &RowSum) -> bool {
    let line = row.sum.total.line;
    let number = |column: usize| ledger.number(Cell { line, column });
    let numbers: Vec<Number> = years.iter().filter_map(|year| number(*year)).collect();
    let whole = number(row.sum.total.column);
    let same =
        |other: Option<&Number>| other.zip(whole).is_some_and(|(a, b)| a.normalized() == b.normalized());
    numbers.len() > 2 && numbers.len() == years.len() && (same(numbers.first()) || same(numbers.last()))
}

/// Whether a column is money of before: an earlier plan, or money already spent or assigned.
pub(crate) fn is_past(ledger: &Ledger<'_>, column: usize) -> bool {
    ledger.column(column).is_some_and(|column| column.says.done || column.role == AmountRole::PriorPlan)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a broken test table fails the test")]
mod tests {
    use super::super::testing::{Build, grammar};
    use super::*;

    fn found(build: Build) -> Vec<(usize, Vec<usize>)> {
        let grammar = grammar();
        let appendix = build.appendix();
        let ledger = Ledger::of(&appendix, &grammar.arithmetic).unwrap();
        decompositions(&ledger).into_iter().map(|found| (found.total, found.parts)).collect()
    }

    #[test]
    fn a_total_under_a_header_has_the_columns_beside_it() {
        let headers =
            ["Nhu cầu 2026-2027|Tổng số", "Nhu cầu 2026-2027|Năm 2026", "Nhu cầu 2026-2027|Năm 2027"];
        assert_eq!(found(Build::new(&headers).item("1", "A", &["9", "4", "4"])), [(0, vec![1, 2])]);
    }

    #[test]
    fn nested_headers_are_added_down_to_their_leaves() {
        let headers = [
            "Nhu cầu|Tổng số",
            "Nhu cầu|Chuẩn bị",
            "Nhu cầu|2022-2025|Xây lắp",
            "Nhu cầu|2022-2025|GPMB",
            "Nhu cầu|2026-2035|Xây lắp",
            "Nhu cầu|2026-2035|GPMB",
        ];
        let build = Build::new(&headers).item("1", "A", &["21", "1", "2", "3", "5", "10"]);
        assert_eq!(found(build), [(0, vec![1, 2, 3, 4, 5])]);
    }

    #[test]
    fn inner_totals_stand_for_their_parts() {
        let headers = [
            "Vốn|Tổng số",
            "Vốn|Tỉnh|Tổng số",
            "Vốn|Tỉnh|Năm 2026",
            "Vốn|Tỉnh|Năm 2027",
            "Vốn|Xã|Tổng số",
            "Vốn|Xã|Năm 2026",
            "Vốn|Xã|Năm 2027",
        ];
        let build = Build::new(&headers).item("1", "A", &["10", "6", "4", "2", "4", "1", "3"]);
        assert_eq!(found(build), [(0, vec![1, 4]), (1, vec![2, 3]), (4, vec![5, 6])]);
    }

    #[test]
    fn sources_and_years_are_two_decompositions() {
        let headers = [
            "Tổng số",
            "Phân theo nguồn vốn|Tỉnh",
            "Phân theo nguồn vốn|Xã",
            "Phân theo năm|2026",
            "Phân theo năm|2027",
        ];
        let build = Build::new(&headers).item("1", "A", &["10", "6", "4", "2", "8"]);
        assert_eq!(found(build), [(0, vec![1, 2]), (0, vec![3, 4])]);
    }

    #[test]
    fn a_whole_life_total_needs_rows_that_close() {
        let headers = ["Tổng mức đầu tư", "Ngân sách tỉnh", "Ngân sách xã"];
        let closing = Build::new(&headers)
            .item("1", "A", &["10", "6", "4"])
            .item("2", "B", &["12", "6", "6"])
            .item("3", "C", &["15", "6", "8"]);
        assert_eq!(found(closing), [(0, vec![1, 2])]);
        let open = Build::new(&headers).item("1", "A", &["10", "6", "4"]).item("2", "B", &["12", "6", "1"]);
        assert!(found(open).is_empty());
    }

    #[test]
    fn years_after_a_whole_life_total_bind_only_projects_that_live_in_them() {
        let headers = ["Tổng mức đầu tư", "Năm 2026", "Năm 2027"];
        let build = Build::new(&headers)
            .item("1", "A", &["10", "6", "4"])
            .lasting(2026, 2027)
            .item("2", "B", &["12", "6", "6"])
            .lasting(2026, 2027)
            .item("3", "C", &["15", "6", "1"])
            .lasting(2025, 2027);
        let grammar = grammar();
        let appendix = build.appendix();
        let ledger = Ledger::of(&appendix, &grammar.arithmetic).unwrap();
        let rows = decompositions(&ledger).pop().unwrap().rows;
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| row.verdict == Verdict::Holds));
    }

    #[test]
    fn what_was_spent_and_what_is_planned_may_leave_a_rest() {
        let headers = ["Tổng mức đầu tư", "Lũy kế vốn đã bố trí đến hết năm 2025", "Kế hoạch 2026-2030"];
        let rows = |third: [&str; 3]| {
            let build = Build::new(&headers)
                .item("1", "A", &["10", "6", "4"])
                .item("2", "B", &["12", "6", "6"])
                .item("3", "C", &["9", "3", "6"])
                .item("4", "D", &third);
            let grammar = grammar();
            let appendix = build.appendix();
            let ledger = Ledger::of(&appendix, &grammar.arithmetic).unwrap();
            let found = decompositions(&ledger).pop().unwrap();
            assert_eq!((found.total, found.parts), (0, vec![1, 2]));
            found.rows.iter().filter(|row| row.verdict == Verdict::Fails).count()
        };
        assert_eq!(rows(["20", "3", "6"]), 0, "the rest comes later");
        assert_eq!(rows(["6", "3", "6"]), 1, "more than there is in all");
    }

    #[test]
    fn one_part_and_years_that_are_left_out_state_nothing() {
        let one = ["TMĐT|Tổng số", "TMĐT|Trong đó: ngân sách tỉnh"];
        assert!(found(Build::new(&one).item("1", "A", &["10", "6"])).is_empty());
        let some = [
            "Nhu cầu 2026-2030|Tổng số 2026-2030",
            "Nhu cầu 2026-2030|Năm 2026",
            "Nhu cầu 2026-2030|Năm 2027",
        ];
        assert!(found(Build::new(&some).item("1", "A", &["10", "3", "3"])).is_empty());
    }

    #[test]
    fn years_after_the_plan_that_holds_them_are_its_parts() {
        let headers =
            ["Tổng mức đầu tư", "Nhu cầu vốn 2026-2027", "Phân kỳ đầu tư|2026", "Phân kỳ đầu tư|2027"];
        let rows = |headers: &[&str]| {
            Build::new(headers).item("1", "A", &["90", "70", "30", "40"]).item(
                "2",
                "B",
                &["80", "60", "50", "10"],
            )
        };
        assert_eq!(found(rows(&headers)), [(1, vec![2, 3])]);
        assert_eq!(
            found(rows(&["Tổng mức đầu tư", "Kế hoạch 2026-2027", "Năm 2026", "Năm 2027"])),
            [(1, vec![2, 3])]
        );
    }

    #[test]
    fn sources_behind_a_plan_with_a_total_of_its_own_split_what_they_add_up_to() {
        let headers = [
            "Tổng mức đầu tư",
            "Nhu cầu vốn 2026-2027|Tổng số",
            "Nhu cầu vốn 2026-2027|2026",
            "Nhu cầu vốn 2026-2027|2027",
            "Cơ cấu nguồn vốn|Tỉnh",
            "Cơ cấu nguồn vốn|Xã",
        ];
        let rows = |first: &[&str]| {
            Build::new(&headers)
                .item("1", "A", first)
                .item("2", "B", &["60", "60", "50", "10", "20", "40"])
                .item("3", "C", &["30", "30", "10", "20", "10", "20"])
        };
        assert_eq!(
            found(rows(&["90", "70", "30", "40", "60", "10"])),
            [(1, vec![2, 3]), (1, vec![4, 5])],
            "one project began before the plan"
        );
        let whole = found(rows(&["70", "70", "30", "40", "60", "10"]));
        assert_eq!(
            whole.iter().filter(|(_, parts)| *parts == [4, 5]).count(),
            1,
            "the sources are added once"
        );
    }

    #[test]
    fn a_formula_of_the_index_row_is_left_to_its_rule() {
        let headers = ["Vốn|Tổng số#1=2+3", "Vốn|Năm 2026#2", "Vốn|Năm 2027#3"];
        assert!(found(Build::new(&headers).item("1", "A", &["10", "3", "7"])).is_empty());
    }

    #[test]
    fn columns_of_different_units_are_not_added() {
        let headers = ["Vốn|Tổng số (tỷ đồng)", "Vốn|Tỉnh (triệu đồng)", "Vốn|Xã (triệu đồng)"];
        assert!(found(Build::new(&headers).item("1", "A", &["10", "6000", "4000"])).is_empty());
    }
}
