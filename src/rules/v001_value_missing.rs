//! V001: a target has a unit and no value.

use rustc_hash::FxHashMap;

use super::printed::{Printed, brief, cell, heading, inherits, own, place};
use super::values::placeholder;
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::grammar::phrase::{begins_with, holds, plain};
use crate::grammar::{Concepts, Phrases, StatementWords};
use crate::model::{Appendix, Column, ColumnRole, Item, Row, RowRole, Target};
use crate::text::fold;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "V001", name: "value-missing" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/V001-value-missing.md"),
    check,
};

/// A column counts as filled where it is filled in this many of ten rows that have values.
const FILLED_OF_TEN: usize = 8;

/// Fewest other rows that must fill a column.
const FEWEST: usize = 2;

/// Where this many targets all have none, the table is found once.
const MANY: usize = 5;

/// A target with what its row prints.
struct Line<'a> {
    target: &'a Target,
    row: Option<&'a Row>,
    /// For each value column, whether it prints something.
    filled: Vec<bool>,
}

fn check(context: &Context<'_>, audit: &mut Audit) {
    for appendix in &context.document.appendices {
        let lines = lines(appendix, &context.grammar.structure.rows.totals);
        if !lines.is_empty() {
            missing(context, appendix, &lines, audit);
        }
    }
}

fn lines<'a>(appendix: &'a Appendix, totals: &[String]) -> Vec<Line<'a>> {
    if !appendix.items.iter().any(|item| matches!(item, Item::Target(_))) {
        return Vec::new();
    }
    let printed = Printed::of(appendix);
    let values = printed.positions(|role| role == ColumnRole::Value);
    let mut out = Vec::new();
    for (item, row) in printed.items() {
        let Item::Target(target) = item else { continue };
        // A row of totals adds up only what can be added.
        if target.number.is_none() && totals.contains(&fold(&target.name)) {
            continue;
        }
        let fills = |(at, value): (usize, &crate::model::TargetValue)| {
            let held = value.value.raw.as_deref().is_some_and(|raw| !placeholder(raw));
            held || inherits(cell(row, values.get(at).copied()))
        };
        let filled = target.values.iter().enumerate().map(fills).collect();
        out.push(Line { target, row, filled });
    }
    out
}

fn missing<'a>(context: &Context<'a>, appendix: &'a Appendix, lines: &[Line<'_>], audit: &mut Audit) {
    let concepts = &context.grammar.concepts;
    let table = ValueTable::of(context, appendix, lines);
    let parts = parts(lines);
    let mut found = Vec::new();
    for line in lines.iter().filter(|line| table.expects_value(line)) {
        if line.filled.contains(&true) {
            found.extend(table.gap(line));
            continue;
        }
        let parts = parts.get(line.target.id.as_str());
        if !parts.is_some_and(|parts| stand_for(line.target, parts, concepts)) {
            found.push(table.blank_row(line));
        }
    }
    if table.valued == 0 && found.len() >= MANY {
        let at =
            table.columns.first().and_then(|&at| table.printed.column(at)).map(|column| column.at.clone());
        let at = at.filter(|at| at.line > 0).unwrap_or_else(|| appendix.at.clone());
        let message = Text::new("v001-message-table").with("count", found.len());
        found = vec![Finding::new(RULE.code, RULE.severity, message, at)];
    }
    audit.findings.append(&mut found);
}

/// A table of targets with what its columns hold.
struct ValueTable<'a> {
    printed: Printed<'a>,
    concepts: &'a Concepts,
    average: &'a Phrases,
    split: &'a Phrases,
    statements: &'a StatementWords,
    /// Positions of the value columns.
    columns: Vec<usize>,
    unit_column: Option<usize>,
    /// How many rows fill each value column.
    counts: Vec<usize>,
    /// How many rows fill any.
    valued: usize,
}

impl<'a> ValueTable<'a> {
    fn of(context: &Context<'a>, appendix: &'a Appendix, lines: &[Line<'_>]) -> Self {
        let (concepts, arithmetic) = (&context.grammar.concepts, &context.grammar.arithmetic);
        let (average, split) = (&arithmetic.average, &arithmetic.split);
        let statements = &context.grammar.statements;
        let printed = Printed::of(appendix);
        let columns = printed.positions(|role| role == ColumnRole::Value);
        let counts = counts(lines, columns.len());
        let valued = lines.iter().filter(|line| line.filled.contains(&true)).count();
        let unit_column = printed.position(ColumnRole::Unit);
        Self { printed, concepts, average, split, statements, columns, unit_column, counts, valued }
    }

    /// Whether a row states a target whose value should stand in it.
    fn expects_value(&self, line: &Line<'_>) -> bool {
        let unit = cell(line.row, self.unit_column).is_some_and(|cell| own(cell).is_some());
        let label = line.row.is_some_and(|row| row.role == RowRole::Label);
        line.target.unit.is_some()
            && (unit || self.unit_column.is_none())
            && !line.filled.is_empty()
            && !line.target.deferred
            && !label
            && !deferred_by_note(line.target, self.concepts)
    }

    fn blank_row(&self, line: &Line<'_>) -> Finding {
        let target = line.target;
        let unit = target.unit.as_ref().map_or("", |unit| unit.raw.as_str());
        let message = Text::new("v001-message").with("name", brief(&target.name)).with("unit", unit);
        let at = place(cell(line.row, self.columns.first().copied()), line.row, &target.at);
        Finding::new(RULE.code, RULE.severity, message, at).suggest(Text::new("v001-suggestion"))
    }

    /// The one blank value of a row, in a column that nearly all other rows fill.
    fn gap(&self, line: &Line<'_>) -> Option<Finding> {
        let gap = one_gap(line)?;
        let position = self.columns.get(gap).copied();
        let column = position.and_then(|at| self.printed.column(at));
        let header = column.map(heading).unwrap_or_default();
        let (others, rows) = (self.counts.get(gap).copied()?, self.valued.checked_sub(1)?);
        let expected = others >= FEWEST && others * 10 >= rows * FILLED_OF_TEN;
        let last = gap + 1 == line.filled.len();
        let base_only = line.filled.len() == 2 && !last;
        if !expected || base_only || column.is_some_and(|column| self.has_none(line, gap, column, &header)) {
            return None;
        }
        let at = place(cell(line.row, position), line.row, &line.target.at);
        let message =
            Text::new("v001-column-message").with("name", brief(&line.target.name)).with("column", header);
        let evidence = Text::new("v001-evidence-column").with("filled", others).with("rows", rows);
        Some(Finding::new(RULE.code, RULE.severity, message, at).because(evidence))
    }

    /// Whether a target may well have no value in a column: not everything has an average over years, or a sum.
    fn has_none(&self, line: &Line<'_>, gap: usize, column: &Column, header: &str) -> bool {
        let (key, name) = (plain(header), plain(&line.target.name));
        let spans = column.years.as_ref().is_some_and(|years| years.len() > 1);
        let over_all = spans || self.statements.is_over_all(&fold(header));
        let share = line.target.unit.as_ref().and_then(|unit| unit.base.as_deref()) == Some("percent");
        // What is to end at none has nothing to be said of all years: "Điểm ngập: 9, 5, 1, 0".
        let before = || line.target.values.iter().take(gap).rev().find_map(|value| value.value.high.as_ref());
        // Nor is each part of what is shared out given to all: "Giao cho từng đơn vị".
        let shared_out = || {
            let above = column.path.first().filter(|_| column.years.is_none() && column.path.len() > 1);
            above.is_some_and(|above| self.split.matches(above))
        };
        self.concepts.reached.iter().any(|words| holds(&key, words))
            || self.average.matches(header)
            || spans && self.concepts.to_last_year.iter().any(|words| holds(&name, words))
            || over_all && (share || before().is_some_and(|last| last.is_zero()))
            || shared_out()
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
    fn a_table_without_any_value_is_found_once() {
        assert_eq!(found(ONE, "1\tA\t%\t\t\n2\tB\t%\t\t\n3\tC\t%\t\t\n4\tD\t%\t\t\n5\tE\t%\t\t"), [(1, 4)]);
    }

    #[test]
    fn years_left_blank_throughout_or_in_many_rows_pass() {
        assert_eq!(found(YEARS, "1\tA\t%\t1\t\t3\n2\tB\t%\t1\t\t3\n3\tC\t%\t1\t\t3"), []);
        assert_eq!(found(YEARS, "1\tA\t%\t\t\t3\n2\tB\t%\t1\t2\t3\n3\tC\t%\t1\t2\t3\n4\tD\t%\t1\t2\t3"), []);
    }
}
