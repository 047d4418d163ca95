//! S004: number or day of the programme left blank, in the letterhead or in captions.

use rustc_hash::FxHashSet;

use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{DatedValue, PrintedValue};
use crate::span::At;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "S004", name: "issue-details-blank" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/S004-issue-details-blank.md"),
    check,
};

/// How many more places a finding names.
const PLACES: usize = 20;

fn check(context: &Context<'_>, audit: &mut Audit) {
    let header = &context.document.header;
    let mut places = Vec::new();
    blank(header.number.as_ref(), header.date.as_ref(), &mut places);
    for issued in context.document.appendices.iter().filter_map(|appendix| appendix.issued_with.as_ref()) {
        blank(issued.number.as_ref(), issued.date.as_ref(), &mut places);
    }
    // A header without a letterhead has its details from a caption.
    let mut seen = FxHashSet::default();
    places.retain(|place: &Place<'_>| seen.insert((place.what, place.at.span)));
    let Some((first, rest)) = places.split_first() else {
        return;
    };
    let number = places.iter().any(|place| place.what == "s004-number");
    let date = places.iter().any(|place| place.what == "s004-date");
    let key = match (number, date) {
        (true, true) => "s004-both",
        (true, false) => "s004-number-only",
        _ => "s004-date-only",
    };
    let message = Text::new(key).with("places", places.len());
    let mut finding = Finding::new(RULE.code, RULE.severity, message, first.at.clone());
    if let Some(raw) = first.raw {
        finding = finding.quoting(raw, 0..raw.len());
    }
    for place in rest.iter().take(PLACES) {
        finding = finding.relate(place.at.clone(), Text::new(place.what));
    }
    audit.findings.push(finding);
}

#[derive(Debug)]
struct Place<'a> {
    what: &'static str,
    at: &'a At,
    raw: Option<&'a str>,
}

fn blank<'a>(number: Option<&'a PrintedValue>, date: Option<&'a DatedValue>, out: &mut Vec<Place<'a>>) {
    if let Some(number) = number.filter(|number| number.value.is_none()) {
        out.push(Place { what: "s004-number", at: &number.at, raw: printed(&number.raw) });
    }
    // A day that is printed and does not exist is no blank.
    let incomplete = |date: &&DatedValue| {
        date.value.is_none() && (date.day.is_none() || date.month.is_none() || date.year.is_none())
    };
    if let Some(date) = date.filter(incomplete) {
        out.push(Place { what: "s004-date", at: &date.at, raw: printed(&date.raw) });
    }
}

fn printed(raw: &str) -> Option<&str> {
    Some(raw.trim()).filter(|raw| !raw.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, at, document, findings};
    use super::RULE;
    use crate::model::{AppendixKind, DatedValue, Document, IssuedWith, PrintedValue};

    fn number(value: Option<&str>, line: u32) -> Option<PrintedValue> {
        Some(PrintedValue { raw: "-CTr/ĐU".to_owned(), value: value.map(str::to_owned), at: at(line, 1) })
    }

    fn date(day: Option<u32>, line: u32) -> Option<DatedValue> {
        let value = day.map(|day| format!("2026-03-{day:02}"));
        let raw = "/3/2026".to_owned();
        Some(DatedValue { raw, value, year: Some(2026), month: Some(3), day, at: at(line, 9) })
    }

    fn with_caption(day: Option<u32>) -> Document {
        let mut tasks = appendix(10, AppendixKind::Tasks, "PHỤ LỤC 2", "Nhiệm vụ", &[]);
        tasks.issued_with = Some(IssuedWith {
            number: number(Some("5-CTr/ĐU"), 11),
            date: date(day, 11),
            ..IssuedWith::default()
        });
        document(vec![], vec![tasks])
    }

    #[test]
    fn one_finding_names_all_blanks() {
        let mut document = with_caption(None);
        document.header.number = number(None, 2);
        document.header.date = date(Some(4), 3);
        let found = findings(&RULE, &document);
        assert_eq!(found.len(), 1);
        let first =
            found.first().map(|finding| (finding.at.line, finding.message.key, finding.related.len()));
        assert_eq!(first, Some((2, "s004-both", 1)));
    }

    #[test]
    fn filled_and_absent_details_are_fine() {
        assert_eq!(findings(&RULE, &with_caption(Some(9))), []);
    }
}
