//! The sheets of findings and of checks, with links to the cells.

use rust_xlsxwriter::{Format, Url, Worksheet, XlsxError};

use super::super::located::Node;
use super::super::place;
use super::super::report::{Accepted, AcceptedBy, Check, Finding};
use super::{Book, cut, data, fit, put, style};
use crate::finding::{Outcome, Severity, Text};
use crate::span::At;

/// Rows of the title over the header of the findings.
const TOP: u32 = 4;

impl Book<'_> {
    /// What accepts a finding, in words.
    pub(super) fn accepted(&self, accepted: &Accepted) -> String {
        let key = match accepted.by {
            AcceptedBy::Baseline => "accepted-baseline",
            AcceptedBy::Suppression => "accepted-suppression",
        };
        let reason = accepted.reason.as_deref().unwrap_or_default();
        self.catalogue.render(&Text::new(key).with("reason", reason))
    }

    fn severity(&self, severity: Severity) -> String {
        self.label(match severity {
            Severity::Error => "severity-error",
            Severity::Warning => "severity-warning",
            Severity::Info => "severity-info",
        })
    }

    fn outcome(&self, outcome: Outcome) -> String {
        self.label(match outcome {
            Outcome::Holds => "outcome-holds",
            Outcome::Fails => "outcome-fails",
            Outcome::Unverifiable => "outcome-unverifiable",
        })
    }

    /// The place, as a link where it is a cell of a sheet of this file.
    fn place(&self, sheet: &mut Worksheet, (row, column): (u32, u16), at: &At) -> Result<(), XlsxError> {
        let words = place::short(at, self.catalogue);
        let link = match self.locator.node(at) {
            Some(Node::Cell(cell) | Node::Row(cell)) => self.link(cell),
            Some(Node::Caption(appendix)) => {
                self.names.get(appendix).map(|name| format!("internal:'{name}'!A1"))
            }
            _ => None,
        };
        match link {
            Some(link) => {
                let target = link.trim_start_matches("internal:").replace('\'', "");
                let url = Url::new(link).set_text(target);
                let format = style::text().set_font_color(0x001F_4E8C_u32);
                let format = format.set_underline(rust_xlsxwriter::FormatUnderline::Single);
                sheet.write_url_with_format(row, column, url, &format)?;
            }
            None => put(sheet, row, column, &words, &style::text())?,
        }
        Ok(())
    }
}

/// Writes the sheet of findings.
pub(super) fn write(book: &Book<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let header = &book.document.header;
    let parts = [header.title.as_deref(), header.subtitle.as_deref()];
    let title: Vec<&str> = parts.into_iter().flatten().collect();
    let title = if title.is_empty() { book.report.source.name.clone() } else { title.join(" ") };
    put(sheet, 0, 0, &cut(&title, 300), &style::title())?;
    let summary = book.report.summary;
    let counts = Text::new("report-findings")
        .with("file", book.report.source.name.as_str())
        .with("errors", summary.errors)
        .with("warnings", summary.warnings)
        .with("infos", summary.infos);
    put(sheet, 1, 0, &book.catalogue.render(&counts), &style::subtitle())?;
    let checks = Text::new("report-checks")
        .with("holds", summary.checks.holds)
        .with("fails", summary.checks.fails)
        .with("unverifiable", summary.checks.unverifiable);
    put(sheet, 2, 0, &book.catalogue.render(&checks), &style::subtitle())?;

    let columns = [
        ("column-severity", 11),
        ("column-code", 8),
        ("column-place", 18),
        ("column-message", 70),
        ("column-quote", 30),
        ("column-evidence", 44),
        ("column-suggestion", 36),
        ("column-accepted", 24),
    ];
    head(book, sheet, TOP, &columns)?;
    let mut row = TOP + 1;
    for (finding, accepted) in book.report.all_findings() {
        finding_row(book, sheet, row, finding, accepted)?;
        row += 1;
    }
    data::frame(sheet, TOP + 1, (row - 1, 8))
}

fn finding_row(
    book: &Book<'_>,
    sheet: &mut Worksheet,
    row: u32,
    finding: &Finding,
    accepted: Option<&Accepted>,
) -> Result<(), XlsxError> {
    let colour = style::finding(style::text(), finding.severity, accepted.is_some());
    let plain = style::text();
    put(sheet, row, 0, &book.severity(finding.severity), &colour)?;
    put(sheet, row, 1, &finding.code, &plain)?;
    book.place(sheet, (row, 2), &finding.at)?;
    put(sheet, row, 3, &finding.message, &plain)?;
    put(sheet, row, 4, finding.quote.as_deref().unwrap_or_default(), &plain)?;
    put(sheet, row, 5, finding.evidence.as_deref().unwrap_or_default(), &plain)?;
    put(sheet, row, 6, finding.suggestion.as_deref().unwrap_or_default(), &plain)?;
    let accepted = accepted.map(|accepted| book.accepted(accepted)).unwrap_or_default();
    put(sheet, row, 7, &accepted, &plain)?;
    let optional = [(&finding.quote, 30), (&finding.evidence, 44), (&finding.suggestion, 36)];
    let texts = optional.into_iter().filter_map(|(text, width)| Some((text.as_deref()?, width)));
    fit(sheet, row, texts.chain([(finding.message.as_str(), 70), (accepted.as_str(), 24)]))
}

/// Writes the sheet of checks.
pub(super) fn write_checks(book: &Book<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let columns = [
        ("column-outcome", 16),
        ("column-code", 8),
        ("column-place", 18),
        ("column-statement", 70),
        ("column-actual", 15),
        ("column-expected", 15),
        ("column-difference", 15),
        ("column-reason", 60),
    ];
    head(book, sheet, 0, &columns)?;
    for (row, check) in (1_u32..).zip(&book.report.checks) {
        check_row(book, sheet, row, check)?;
    }
    let last = u32::try_from(book.report.checks.len()).unwrap_or(u32::MAX);
    data::frame(sheet, 1, (last, 8))
}

fn check_row(book: &Book<'_>, sheet: &mut Worksheet, row: u32, check: &Check) -> Result<(), XlsxError> {
    let colour = style::outcome(style::text(), check.outcome);
    put(sheet, row, 0, &book.outcome(check.outcome), &colour)?;
    put(sheet, row, 1, &check.code, &style::text())?;
    book.place(sheet, (row, 2), &check.at)?;
    put(sheet, row, 3, &check.statement, &style::text())?;
    for (column, number) in [(4, check.actual), (5, check.expected), (6, check.difference)] {
        let format = |scale: u32| -> Format { style::number(style::text(), scale) };
        match number.map(|number| (number, number.to_binary())) {
            Some((number, Some(binary))) => {
                sheet.write_number_with_format(row, column, binary, &format(number.scale()))?;
            }
            Some((number, None)) => {
                put(sheet, row, column, &book.catalogue.lang().number(number), &format(0))?;
            }
            None => put(sheet, row, column, "", &style::text())?,
        }
    }
    let reason = check.reason.as_deref().unwrap_or_default();
    put(sheet, row, 7, reason, &style::text())?;
    fit(sheet, row, [(check.statement.as_str(), 70), (reason, 60)].into_iter())
}

fn head(
    book: &Book<'_>,
    sheet: &mut Worksheet,
    row: u32,
    columns: &[(&'static str, u32)],
) -> Result<(), XlsxError> {
    for (column, (key, width)) in (0_u16..).zip(columns) {
        put(sheet, row, column, &book.label(key), &style::header())?;
        sheet.set_column_width(column, *width)?;
    }
    Ok(())
}
