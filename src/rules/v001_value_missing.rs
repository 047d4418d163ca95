//! V001: a target has a unit and no value.

use rustc_hash::FxHashMap;

use super::printed::{Printed, brief, cell, heading, inherits, own, place};
use super::values::placeholder;
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::grammar::Concepts;
use crate::grammar::phrase::{begins_with, holds, plain};
use crate::model::{Appendix, ColumnRole, Item, Row, RowRole, Target};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "V001", name: "value-missing" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/V001-value-missing.md"),
    check,
};

/// A column counts as filled where it is filled in this many of ten rows that have values.
const FILLED_OF_TEN: usize = 8;

/// A target with what its row prints.
struct Line<'a> {
    target: &'a Target,
    row: Option<&'a Row>,
    /// For each value column, whether it prints something.
    filled: Vec<bool>,
}

fn check(context: &Context<'_>, audit: &mut Audit) {
    for appendix in &context.document.appendices {
        let lines = lines(appendix);
        if !lines.is_empty() {
            missing(appendix, &lines, &context.grammar.concepts, audit);
        }
    }
}

fn lines(appendix: &Appendix) -> Vec<Line<'_>> {
    if !appendix.items.iter().any(|item| matches!(item, Item::Target(_))) {
        return Vec::new();
    }
    let printed = Printed::of(appendix);
    let values = printed.positions(|role| role == ColumnRole::Value);
    let mut out = Vec::new();
    for (item, row) in printed.items() {
        let Item::Target(target) = item else { continue };
        let fills = |(at, value): (usize, &crate::model::TargetValue)| {
            let held = value.value.raw.as_deref().is_some_and(|raw| !placeholder(raw));
            held || inherits(cell(row, values.get(at).copied()))
        };
        let filled = target.values.iter().enumerate().map(fills).collect();
        out.push(Line { target, row, filled });
    }
    out
}

fn missing(appendix: &Appendix, lines: &[Line<'_>], concepts: &Concepts, audit: &mut Audit) {
    let printed = Printed::of(appendix);
    let columns = printed.positions(|role| role == ColumnRole::Value);
    let unit_column = printed.position(ColumnRole::Unit);
    let parts = parts(lines);
    let counts = counts(lines, columns.len());
    let valued = lines.iter().filter(|line| line.filled.contains(&true)).count();
    for line in lines {
        let target = line.target;
        let Some(unit) = &target.unit else { continue };
        let own_unit =
            unit_column.is_none() || cell(line.row, unit_column).is_some_and(|cell| own(cell).is_some());
        let label = line.row.is_some_and(|row| row.role == RowRole::Label);
        if target.deferred
            || label
            || !own_unit
            || line.filled.is_empty()
            || deferred_by_note(target, concepts)
        {
            continue;
        }
        if !line.filled.contains(&true) {
            let stands_below =
                parts.get(target.id.as_str()).is_some_and(|parts| stand_for(target, parts, concepts));
            if !stands_below {
                let at = place(cell(line.row, columns.first().copied()), line.row, &target.at);
                let message = Text::new("v001-message")
                    .with("name", brief(&target.name))
                    .with("unit", unit.raw.as_str());
                audit.findings.push(
                    Finding::new(RULE.code, RULE.severity, message, at).suggest(Text::new("v001-suggestion")),
                );
            }
            continue;
        }
        let Some(gap) = one_gap(line) else { continue };
        let others = counts.get(gap).copied().unwrap_or_default();
        let header = columns.get(gap).and_then(|&at| printed.column(at)).map(heading).unwrap_or_default();
        let last = gap + 1 == line.filled.len();
        let expected = others >= 3 && others * 10 >= valued.saturating_sub(1) * FILLED_OF_TEN;
        let reached = {
            let key = plain(&header);
            concepts.reached.iter().any(|words| holds(&key, words))
        };
        if expected && (line.filled.len() > 2 || last) && !reached {
            let at = place(cell(line.row, columns.get(gap).copied()), line.row, &target.at);
            let message =
                Text::new("v001-column-message").with("name", brief(&target.name)).with("column", header);
            let evidence = Text::new("v001-evidence-column")
                .with("filled", others)
                .with("rows", valued.saturating_sub(1));
            audit.findings.push(Finding::new(RULE.code, RULE.severity, message, at).because(evidence));
        }
    }
}

/// The rows under each target.
fn parts<'a>(lines: &'a [Line<'a>]) -> FxHashMap<&'a str, Vec<&'a Line<'a>>> {
    let mut out: FxHashMap<&str, Vec<&Line<'_>>> = FxHashMap::default();
    for line in lines {
        if let Some(parent) = line.target.parent.as_deref() {
            out.entry(parent).or_default().push(line);
        }
    }
    out
}

/// Whether the rows under a target hold its value: rows of the same unit that are not said to be only some
/// of it ("Trong đó …") or the same in another unit.
fn stand_for(target: &Target, parts: &[&Line<'_>], concepts: &Concepts) -> bool {
    parts.iter().any(|part| {
        let name = plain(&part.target.name);
        let besides = concepts.besides.iter().any(|words| begins_with(&name, words));
        let same = match (&part.target.unit, &target.unit) {
            (Some(part), Some(whole)) => plain(&part.raw) == plain(&whole.raw),
            _ => true,
        };
        same && !besides && (part.filled.contains(&true) || part.target.unit.is_some())
    })
}

fn deferred_by_note(target: &Target, concepts: &Concepts) -> bool {
    let Some(note) = &target.note else { return false };
    let note = plain(note);
    concepts.deferring.iter().any(|words| holds(&note, words))
}

/// How many rows fill each value column.
fn counts(lines: &[Line<'_>], columns: usize) -> Vec<usize> {
    let mut out = vec![0; columns];
    for line in lines {
        for (count, filled) in out.iter_mut().zip(&line.filled) {
            *count += usize::from(*filled);
        }
    }
    out
}

/// The only blank value of a row.
fn one_gap(line: &Line<'_>) -> Option<usize> {
    let mut gaps = line.filled.iter().enumerate().filter(|(_, filled)| !**filled);
    let (gap, _) = gaps.next()?;
    gaps.next().is_none().then_some(gap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::Targets;
    use crate::rules::hand::{appendix, document, places};

    const ONE: &[(&str, ColumnRole)] = &[
        ("TT", ColumnRole::Number),
        ("Chỉ tiêu", ColumnRole::Name),
        ("Đơn vị", ColumnRole::Unit),
        ("2026-2030", ColumnRole::Value),
        ("Ghi chú", ColumnRole::Note),
    ];
    const YEARS: &[(&str, ColumnRole)] = &[
        ("TT", ColumnRole::Number),
        ("Chỉ tiêu", ColumnRole::Name),
        ("Đơn vị", ColumnRole::Unit),
        ("2026", ColumnRole::Value),
        ("2027", ColumnRole::Value),
        ("2028", ColumnRole::Value),
    ];

    fn found(columns: &[(&str, ColumnRole)], rows: &str) -> Vec<(u32, u32)> {
        places(&RULE, &document(appendix(Targets, columns, rows)))
    }

    #[test]
    fn a_target_with_a_unit_and_no_value_is_found_at_its_value_cell() {
        assert_eq!(found(ONE, "1\tGRDP\tTỷ đồng\t\t\n2\tTăng trưởng\t%\t11,0\t"), [(2, 4)]);
        assert_eq!(found(ONE, "1\tGRDP\tTỷ đồng\t…\t"), [(2, 4)]);
        assert_eq!(found(ONE, "1\tGRDP\tTỷ đồng"), [(2, 1)]);
    }

    #[test]
    fn rows_that_defer_and_rows_without_a_unit_pass() {
        assert_eq!(
            found(ONE, "1\tCác chỉ tiêu khác theo phân cấp\t%\t\t\n2\tNgân sách\t\t\t\n-\tThu\tTỷ đồng\t8\t"),
            []
        );
        assert_eq!(found(ONE, "1\tSố hộ\tHộ\t\tThành phố giao sau\n2\tSố trường\tTrường\t^\t"), []);
    }

    #[test]
    fn a_value_may_stand_in_the_rows_below() {
        assert_eq!(found(ONE, "1\tCơ cấu kinh tế\t%\t\t\n-\tDịch vụ\t%\t60\t\n-\tCông nghiệp\t%\t40\t"), []);
        assert_eq!(found(ONE, "1\tGRDP/người\tTriệu đồng\t\t\n-\tQuy đổi USD\tUSD\t12.000\t"), [(2, 4)]);
        assert_eq!(
            found(ONE, "1\tTuổi thọ\tTuổi\t\t\n-\tTrong đó, số năm sống khỏe\tTuổi\t≥ 68\t"),
            [(2, 4)]
        );
    }

    #[test]
    fn one_blank_year_between_filled_ones_is_found() {
        let rows = "1\tA\t%\t1\t2\t3\n2\tB\t%\t1\t2\t3\n3\tC\t%\t1\t\t3\n4\tD\t%\t1\t2\t3";
        assert_eq!(found(YEARS, rows), [(4, 5)]);
    }

    #[test]
    fn years_left_blank_throughout_or_in_many_rows_pass() {
        assert_eq!(found(YEARS, "1\tA\t%\t1\t\t3\n2\tB\t%\t1\t\t3\n3\tC\t%\t1\t\t3"), []);
        assert_eq!(found(YEARS, "1\tA\t%\t\t\t3\n2\tB\t%\t1\t2\t3\n3\tC\t%\t1\t2\t3\n4\tD\t%\t1\t2\t3"), []);
    }
}
