//! The appendices: their tables as they are printed, with findings and sums on the cells.

use maud::{Markup, html};
use rustc_hash::FxHashSet;

use super::checks::outcome_class;
use super::{Findings, Node, Page, cell_anchor, row_anchor, second};
use crate::finding::{Outcome, Text};
use crate::model::{Appendix, Cell, ColumnRole, Document, Origin, Row, RowRole, Table};
use crate::output::located::CellPlace;
use crate::output::spans::{body_spans, header_spans};

/// Tables with more columns are printed across the long side of the paper.
const WIDE: usize = 7;

/// A cell with more characters stands beside the sign that opens its sums.
const LONG: usize = 24;

impl<'a> Page<'a> {
    /// All appendices.
    pub(super) fn appendices(&self) -> Markup {
        html! {
            section.appendices #appendices aria-labelledby="appendices-title" {
                h2 #appendices-title { (self.label("page-appendices")) }
                @for (i, appendix) in self.document.appendices.iter().enumerate() { (self.appendix(i, appendix)) }
            }
        }
    }

    fn appendix(&self, index: usize, appendix: &'a Appendix) -> Markup {
        let wide = appendix.columns.len() > WIDE;
        let entries = self.on(Node::Caption(index));
        html! {
            section.appendix.wide[wide] id={ "a" (index) } aria-labelledby={ "a" (index) "-title" } {
                h3 id={ "a" (index) "-title" } {
                    span.label { (self.appendix_name(index)) }
                    @if let Some(title) = &appendix.title { " " span.title { (title) } }
                    (self.tags(entries))
                }
                @if let Some(issued) = &appendix.issued_with { p.issued { "(" (issued.raw) ")" } }
                @if let Some(unit) = &appendix.unit {
                    @let key = if unit.inferred { "sheet-unit-inferred" } else { "sheet-unit" };
                    p.unit { (self.text(&Text::new(key).with("unit", unit.raw.as_str()))) }
                }
                @if let Some(table) = &appendix.table { (self.table(index, appendix, table)) }
                @for note in &appendix.notes { (self.block(note, Node::Note(index, &note.id))) }
            }
        }
    }

    fn table(&self, index: usize, appendix: &Appendix, table: &Table) -> Markup {
        html! {
            @let name = self.table_name(index);
            div.scroll tabindex="0" role="region" aria-label=(name[0]) data-aria-label=[second(name.clone())] {
                table.printed.many[appendix.columns.len() > 10] {
                    thead { (self.header(index, appendix, table)) }
                    tbody {
                        @let spans = body_spans(&table.rows);
                        @for (row, spans) in spans.iter().enumerate() { (self.row(index, appendix, (table, row), spans)) }
                    }
                }
            }
        }
    }

    /// What the table of an appendix is called, for those who do not see it.
    fn table_name(&self, index: usize) -> [String; 2] {
        let appendix = self.document.appendices.get(index);
        let name = appendix.map(|it| it.label.as_deref().unwrap_or(&it.id).to_owned()).unwrap_or_default();
        let text = Text::new("page-table-of").with("number", index + 1).with("name", name);
        self.input.catalogues.map(|it| it.render(&text))
    }

    fn header(&self, index: usize, appendix: &Appendix, table: &Table) -> Markup {
        let spans = header_spans(&appendix.columns, &table.header);
        html! {
            @for row in 0..table.header.len() {
                tr id=(row_anchor(CellPlace { appendix: index, header: true, row, column: 0 })) {
                    @for span in spans.iter().filter(|span| span.row == row) {
                        @let place = CellPlace { appendix: index, header: true, row, column: span.column };
                        @let entries = self.findings.by_cell.get(&place).map(Vec::as_slice).unwrap_or_default();
                        @let cell = table.header.get(row).and_then(|it| it.cells.get(span.column));
                        @let class = if entries.is_empty() { "" } else { self.class(entries) };
                        @let scope = if span.columns > 1 { "colgroup" } else { "col" };
                        th id=(cell_anchor(place)) class=(class) scope=(scope)
                            colspan=[(span.columns > 1).then_some(span.columns)] rowspan=[(span.rows > 1).then_some(span.rows)] {
                            @if let Some(cell) = cell { (self.marked(&span.text, &cell.at, entries)) }
                        }
                    }
                }
            }
        }
    }

    fn row(
        &self,
        index: usize,
        appendix: &Appendix,
        (table, row): (&Table, usize),
        spans: &[usize],
    ) -> Markup {
        let Some(printed) = table.rows.get(row) else { return html! {} };
        let class = match printed.role {
            RowRole::Group => "group",
            RowRole::Subtotal => "subtotal",
            RowRole::Total => "total",
            RowRole::Label => "label",
            RowRole::Note => "remark",
            RowRole::FormulaIndex => "index",
            RowRole::Header | RowRole::Item => "item",
        };
        let joined = printed.cells.iter().any(|cell| cell.origin == Origin::Continued);
        let hint = if joined { Some("page-joined") } else { printed.after_break.then_some("page-break") };
        let (first, other) = (hint.map(|key| self.first(key)), hint.and_then(|key| self.second(key)));
        let place = |column| CellPlace { appendix: index, header: false, row, column };
        let columns = appendix.columns.len().max(printed.cells.len());
        let (wide, last) = (self.is_hidden(place(columns - 1)), filled(printed));
        html! {
            tr.(class).after-break[printed.after_break].joined[joined] id=(row_anchor(place(0))) title=[first] data-title=[other] {
                @for (column, cell) in printed.cells.iter().enumerate() {
                    @if !self.is_hidden(place(column)) {
                        @let across = if wide && Some(column) == last { columns - column } else { 1 };
                        (self.cell(index, appendix, (row, column), cell, (spans.get(column).copied().unwrap_or(1), across)))
                    }
                }
                @for column in printed.cells.len()..columns {
                    @if !self.is_hidden(place(column)) { td.lost {} }
                }
            }
        }
    }

    fn is_hidden(&self, place: CellPlace) -> bool {
        self.hidden.contains(&place)
    }

    fn cell(
        &self,
        index: usize,
        appendix: &Appendix,
        (row, column): (usize, usize),
        cell: &Cell,
        (rows, columns): (usize, usize),
    ) -> Markup {
        let place = CellPlace { appendix: index, header: false, row, column };
        let entries = self.findings.by_cell.get(&place).map(Vec::as_slice).unwrap_or_default();
        let checks = self.findings.checks.get(&place).map(Vec::as_slice).unwrap_or_default();
        let role = appendix.columns.get(column).map(|column| column.role).unwrap_or_default();
        let numeric = is_number(role) && columns == 1;
        let text = cell.raw.as_deref().unwrap_or_default();
        let found = if entries.is_empty() { "" } else { self.class(entries) };
        let kind = match cell.origin {
            Origin::Inherited => "inherited",
            Origin::Lost => "lost",
            _ => "",
        };
        let number = if numeric { "num" } else { width(role) };
        let class: Vec<&str> = [number, found, kind].into_iter().filter(|it| !it.is_empty()).collect();
        let class = Some(class.join(" ")).filter(|class| !class.is_empty());
        let body =
            if text.chars().count() > LONG { Some(self.marked(text, &cell.at, entries)) } else { None };
        html! {
            td id=(cell_anchor(place)) class=[class] rowspan=[(rows > 1).then_some(rows)] colspan=[(columns > 1).then_some(columns)] {
                @if checks.is_empty() {
                    (self.marked(text, &cell.at, entries))
                } @else {
                    (self.opened(text, checks, body.as_ref()))
                    @if body.is_none() { (self.tags(entries)) }
                }
            }
        }
    }

    /// A total that opens to its operands.
    fn opened(&self, text: &str, checks: &[usize], body: Option<&Markup>) -> Markup {
        let outcomes = || checks.iter().filter_map(|it| self.check(*it)).map(|[check, _]| check.outcome);
        let worst = if outcomes().any(|it| it == Outcome::Fails) {
            Outcome::Fails
        } else if outcomes().any(|it| it == Outcome::Unverifiable) {
            Outcome::Unverifiable
        } else {
            Outcome::Holds
        };
        let (sign, key) = match worst {
            Outcome::Holds => ("✓", "outcome-holds"),
            Outcome::Fails => ("✗", "outcome-fails"),
            Outcome::Unverifiable => ("?", "outcome-unverifiable"),
        };
        html! {
            @if let Some(body) = body { (body) " " }
            details.sum.(outcome_class(worst)) {
                summary title=(self.first("page-open")) data-title=[self.second("page-open")] {
                    @if body.is_none() { span.value { (text) } }
                    span.sign aria-hidden="true" { (sign) }
                    span.hidden { (self.label(key)) }
                }
                div.panel {
                    @for (i, check) in checks.iter().enumerate() {
                        @if let Some(check) = self.check(*check) {
                            @if i > 0 { hr; }
                            p.line { (self.outcome(check[0].outcome)) " " a.code href={ "#rule-" (check[0].code) } { (check[0].code) } }
                            (self.operands(check))
                        }
                    }
                }
            }
        }
    }
}

/// The class of a column that needs room.
fn width(role: ColumnRole) -> &'static str {
    use ColumnRole::{Coordinators, Deadline, Funding, Lead, Location, Name, Note, Product, Scope};
    match role {
        Name => "name",
        Lead | Coordinators | Scope | Location | Product => "words",
        Deadline | Funding | Note => "short",
        _ => "",
    }
}

/// The cells that are not drawn since another covers them: parts of merged cells, and the blank cells behind a
/// group's title where nothing is to be said of them.
pub(super) fn hidden(document: &Document, findings: &Findings) -> FxHashSet<CellPlace> {
    let mut out = FxHashSet::default();
    for (appendix, found) in document.appendices.iter().enumerate() {
        let Some(table) = &found.table else { continue };
        let mut drawn = FxHashSet::default();
        drawn.extend(header_spans(&found.columns, &table.header).iter().map(|span| (span.row, span.column)));
        for (row, printed) in table.header.iter().enumerate() {
            let covered = (0..printed.cells.len()).filter(|column| !drawn.contains(&(row, *column)));
            out.extend(covered.map(|column| CellPlace { appendix, header: true, row, column }));
        }
        for (row, spans) in body_spans(&table.rows).iter().enumerate() {
            let place = |column| CellPlace { appendix, header: false, row, column };
            let covered = spans.iter().enumerate().filter(|(_, rows)| **rows == 0);
            out.extend(covered.map(|(column, _)| place(column)));
            let Some(printed) = table.rows.get(row) else { continue };
            let columns = found.columns.len().max(printed.cells.len());
            let Some(last) =
                filled(printed).filter(|last| printed.role == RowRole::Group && last + 1 < columns)
            else {
                continue;
            };
            let behind = || (last + 1..columns).map(place);
            let plain = |place: CellPlace| {
                !findings.by_cell.contains_key(&place)
                    && !findings.checks.contains_key(&place)
                    && spans.get(place.column).is_none_or(|rows| *rows == 1)
            };
            if behind().all(plain) {
                out.extend(behind());
            }
        }
    }
    out
}

/// The last cell of a row that prints something.
fn filled(row: &Row) -> Option<usize> {
    row.cells.iter().rposition(|cell| cell.raw.is_some())
}

fn is_number(role: ColumnRole) -> bool {
    use ColumnRole::{Comparison, Component, PriorPlan, Total, Value, Year};
    matches!(role, Value | Total | Component | Year | PriorPlan | Comparison)
}
