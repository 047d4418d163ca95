//! X006: a figure that was recognised from a picture and is not sure.

use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{Block, Cell, Origin, Section};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "X006", name: "uncertain-reading" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/X006-uncertain-reading.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    for cell in unsure_cells(context) {
        let raw = cell.raw.as_deref().unwrap_or_default();
        let unread = raw.contains(char::REPLACEMENT_CHARACTER);
        let key = if unread { "x006-unread" } else { "x006-message" };
        let message = Text::new(key)
            .with("words", raw)
            .with("confidence", i32::from(cell.at.confidence.unwrap_or_default()));
        let mut finding = Finding::new(RULE.code, RULE.severity, message, cell.at.clone());
        if !cell.readings.is_empty() {
            let others: Vec<String> = cell.readings.iter().map(|other| format!("“{other}”")).collect();
            finding = finding.because(Text::new("x006-readings").with("readings", others));
        }
        audit.findings.push(finding);
    }
    let mut blocks: Vec<&Block> = context.document.header.preamble.iter().collect();
    context.document.sections.iter().for_each(|section| gather(section, &mut blocks));
    let quantities = blocks.into_iter().flat_map(|block| &block.quantities);
    for quantity in quantities.filter(|quantity| quantity.at.is_unsure()) {
        let message = Text::new("x006-message")
            .with("words", quantity.raw.as_deref().unwrap_or_default())
            .with("confidence", i32::from(quantity.at.confidence.unwrap_or_default()));
        audit.findings.push(Finding::new(RULE.code, RULE.severity, message, quantity.at.clone()));
    }
}

fn gather<'a>(section: &'a Section, out: &mut Vec<&'a Block>) {
    out.extend(&section.blocks);
    section.sections.iter().for_each(|section| gather(section, out));
}

/// Cells with figures that are not sure, and cells that could not be read at all.
pub(super) fn unsure_cells<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Cell> + use<'a> {
    let tables = context.document.appendices.iter().filter_map(|appendix| appendix.table.as_ref());
    let cells = tables.flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let own = |cell: &&Cell| matches!(cell.origin, Origin::Own | Origin::Continued);
    let unsure = cells.filter(own).filter(|cell| cell.at.is_unsure());
    unsure.filter(|cell| is_figure(cell.raw.as_deref().unwrap_or_default()))
}

/// Whether a text is made of digits more than of letters, or could not be read.
fn is_figure(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits > letters || text.contains(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, document, findings, found};
    use super::RULE;
    use crate::model::AppendixKind;

    #[test]
    fn unsure_figures_are_found_and_sure_ones_and_words_are_not() {
        let rows = ["TT|Tên|Vốn", "1|Đường A|2.240,0", "2|Đường B|150,0", "3|Đường C|\u{FFFD}"];
        let mut appendix = appendix(1, AppendixKind::Projects, "Phụ lục 1", "Dự án", &rows);
        let confidences = [(0, 2, 49), (1, 2, 96), (1, 1, 30), (2, 2, 0)];
        let table = appendix.table.as_mut();
        let mut rows = table.map(|table| std::mem::take(&mut table.rows)).unwrap_or_default();
        for (row, column, confidence) in confidences {
            let cell = rows.get_mut(row).and_then(|row| row.cells.get_mut(column));
            if let Some(cell) = cell {
                cell.at.confidence = Some(confidence);
                cell.readings = vec!["2.210,0".to_owned()];
            }
        }
        if let Some(table) = appendix.table.as_mut() {
            table.rows = rows;
        }
        let document = document(vec![], vec![appendix]);
        let keys: Vec<&str> = found(&RULE, &document).iter().map(|found| found.1).collect();
        assert_eq!(keys, ["x006-message", "x006-unread"]);
        let evidence = findings(&RULE, &document).swap_remove(0).evidence;
        assert_eq!(evidence.map(|text| text.key), Some("x006-readings"));
    }
}
