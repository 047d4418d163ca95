//! N003: a number that stands where it does not belong.

use super::numbering::{Fault, Node};
use super::rows::RowIndex;
use super::{Context, Rule};
use crate::finding::{Audit, Code, Severity, Text};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "N003", name: "number-out-of-order" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/N003-number-out-of-order.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let mut rows = RowIndex::default();
    for fault in context.faults() {
        let Fault::Order { at, before, after, instead } = fault else {
            continue;
        };
        let key = match (before, after) {
            (Some(_), Some(_)) => "n003-message",
            (None, Some(_)) => "n003-first",
            _ => "n003-last",
        };
        let message = Text::new(key)
            .with("number", at.bare())
            .with("before", before.map(Node::bare).unwrap_or_default())
            .with("after", after.map(Node::bare).unwrap_or_default());
        let mut finding = at.finding(&RULE, message, &mut rows);
        for neighbour in [before, after].into_iter().copied().flatten() {
            let (place, label) = neighbour.related(&mut rows);
            finding = finding.relate(place, label);
        }
        if let Some(number) = instead {
            finding = finding.suggest(Text::new("n-suggestion").with("number", number.as_str()));
        }
        audit.findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, document, findings, found, quoted};
    use super::{super::n002_gap_in_numbering, RULE};
    use crate::finding::Text;
    use crate::model::{Appendix, AppendixKind};

    fn tasks(numbers: &[&str]) -> Appendix {
        let rows: Vec<String> = numbers.iter().map(|number| format!("{number}|Việc|A")).collect();
        let rows: Vec<&str> =
            std::iter::once("TT|Tên|Chủ trì").chain(rows.iter().map(String::as_str)).collect();
        appendix(10, AppendixKind::Tasks, "PHỤ LỤC 2", "Nhiệm vụ", &rows)
    }

    #[test]
    fn a_misread_number_is_one_finding_with_a_suggestion() {
        let document = document(vec![], vec![tasks(&["1", "2", "3", "62", "5"])]);
        assert_eq!(quoted(&RULE, &document), [(15, "62".to_owned())]);
        let suggestion = findings(&RULE, &document).first().and_then(|finding| finding.suggestion.clone());
        assert_eq!(suggestion, Some(Text::new("n-suggestion").with("number", "4")));
        assert_eq!(found(&n002_gap_in_numbering::RULE, &document), []);
    }

    #[test]
    fn a_number_that_goes_back_is_found() {
        let document = document(vec![], vec![tasks(&["1", "3", "2", "4"])]);
        assert_eq!(found(&RULE, &document), [(14, "n003-message")]);
    }

    #[test]
    fn a_number_of_another_group_is_found() {
        let document = document(vec![], vec![tasks(&["3.1", "2.2", "3.3"])]);
        assert_eq!(quoted(&RULE, &document), [(13, "2.2".to_owned())]);
        assert_eq!(found(&n002_gap_in_numbering::RULE, &document), []);
    }
}
