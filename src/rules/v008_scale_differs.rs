//! V008: words and a cell print one number in different scales: those of its row, or of the body.

use rustc_hash::FxHashMap;

use super::prose::funds;
use super::prose::rates::{self, Miss};
use super::values::scale::{Beside, beside};
use super::values::{Shape, shape};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::grammar::phrase::{holds, plain};
use crate::grammar::{Concepts, MoneyUnit};
use crate::model::{Appendix, Item};
use crate::value::{Number, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "V008", name: "scale-differs" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/V008-scale-differs.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    funds::in_other_units(context, audit, &RULE);
    rates::report(context, audit, &RULE, Miss::Unit);
    let concepts = &context.grammar.concepts;
    for appendix in &context.document.appendices {
        let found: Vec<Beside<'_>> =
            beside(appendix, concepts).into_iter().filter(|found| found.same_digits).collect();
        if found.is_empty() {
            continue;
        }
        let declared = Declared::of(appendix, concepts);
        for found in found {
            let (column, key) = match declared.rows.get(&found.name.at.line).copied().or(declared.table) {
                Some(factor) => (factor, "v008-message"),
                // Nothing is declared: only where the cell's separator is proven to stand between thousands.
                None if found.proven
                    && matches!(shape(found.number), Shape::CommaThree | Shape::DotThree) =>
                {
                    (found.likely(), "v008-message-inferred")
                }
                None => continue,
            };
            if column == found.factor {
                continue;
            }
            let message = Text::new(key)
                .with("words", found.words)
                .with("cell", found.number)
                .with("unit", concepts.money_name(column).unwrap_or_default());
            let text = found.name.raw.as_deref().unwrap_or_default();
            audit.findings.push(
                Finding::new(RULE.code, RULE.severity, message, found.name.at.clone())
                    .quoting(text, found.start..found.start + found.words.len())
                    .relate(found.cell.at.clone(), Text::words(found.number))
                    .suggest(Text::new("v008-suggestion")),
            );
        }
    }
}

/// How many đồng the units are that an appendix declares.
struct Declared {
    /// For the whole table: above it, or in a header.
    table: Option<Number>,
    /// For a target, by the line of its row.
    rows: FxHashMap<u32, Number>,
}

impl Declared {
    fn of(appendix: &Appendix, concepts: &Concepts) -> Self {
        let money =
            |unit: &Unit| (unit.base.as_deref() == Some("VND") && !unit.inferred).then_some(unit.factor);
        let above = appendix.unit.as_ref().and_then(money);
        let mut headers = appendix.columns.iter().flat_map(|column| &column.path).map(|words| plain(words));
        let table = above.or_else(|| headers.find_map(|header| in_header(&header, concepts)));
        let row = |item: &Item| match item {
            Item::Target(target) => Some((target.at.line, target.unit.as_ref().and_then(money)?)),
            _ => None,
        };
        Self { table, rows: appendix.items.iter().filter_map(row).collect() }
    }
}

fn in_header(header: &str, concepts: &Concepts) -> Option<Number> {
    let named = |unit: &&MoneyUnit| {
        unit.factor > Number::whole(1) && unit.keys.iter().any(|words| holds(header, words))
    };
    concepts.money.iter().find(named).map(|unit| unit.factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::Projects;
    use crate::model::ColumnRole;
    use crate::rules::hand::{appendix, document, findings, unit};

    const MONEY: &[(&str, ColumnRole)] =
        &[("TT", ColumnRole::Number), ("Dự án", ColumnRole::Name), ("Tổng số", ColumnRole::Total)];

    fn found(declared: Option<&str>, rows: &str) -> Vec<(u32, u32, &'static str)> {
        let mut appendix = appendix(Projects, MONEY, rows);
        appendix.unit = declared.map(unit);
        let found = findings(&RULE, &document(appendix));
        found.iter().map(|finding| (finding.at.line, finding.at.column, finding.message.key)).collect()
    }

    #[test]
    fn one_number_in_two_scales_is_found_at_the_words() {
        let rows = "1\tTiết kiệm chi là 3,250 tỷ đồng\t3,250";
        assert_eq!(found(Some("Triệu đồng"), rows), [(2, 2, "v008-message")]);
        assert_eq!(found(Some("Tỷ đồng"), "1\tHỗ trợ 500 triệu đồng\t500"), [(2, 2, "v008-message")]);
    }

    #[test]
    fn without_a_declared_unit_the_column_must_prove_its_thousands() {
        let rows = "1\tTiết kiệm chi là 3,250 tỷ đồng\t3,250\n2\tĐường\t48,120.0";
        assert_eq!(found(None, rows), [(2, 2, "v008-message-inferred")]);
        assert_eq!(found(None, "1\tTiết kiệm chi là 3,250 tỷ đồng\t3,250"), []);
    }

    #[test]
    fn words_and_cell_of_one_amount_pass() {
        assert_eq!(found(Some("Tỷ đồng"), "1\tTiết kiệm chi là 3,250 tỷ đồng\t3,250"), []);
        assert_eq!(found(Some("Triệu đồng"), "1\tTiết kiệm chi là 3,250 tỷ đồng\t3.250"), []);
        assert_eq!(found(Some("Triệu đồng"), "1\tTiết kiệm chi là 3,25 tỷ đồng\t3.250"), []);
    }
}
