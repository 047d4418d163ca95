//! V004: a money table declares no unit; a target has a value and no unit.

use rustc_hash::FxHashMap;

use super::printed::{Printed, brief, cell, inherits, is_money, own, place};
use super::values::declares_money;
use super::values::scale::{Beside, beside};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::grammar::phrase::{begins_with, holds, plain};
use crate::grammar::{Concepts, Grammar};
use crate::model::{Appendix, AppendixKind, ColumnRole, Item, Target};
use crate::span::At;
use crate::syntax::unit::measures;
use crate::value::{Number, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "V004", name: "unit-missing" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/V004-unit-missing.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let concepts = &context.grammar.concepts;
    for appendix in &context.document.appendices {
        if counts_money(context, appendix) && !declared(appendix, concepts) {
            audit.findings.push(table(context, appendix));
        }
        targets(appendix, concepts, audit);
    }
}

/// Whether the appendix has money columns with numbers in them.
fn counts_money(context: &Context<'_>, appendix: &Appendix) -> bool {
    let Grammar { concepts, units, .. } = context.grammar;
    let printed = Printed::of(appendix);
    let mut columns = printed.positions(is_money);
    // "Đất trồng lúa (ha)" is a part of an area.
    let other = |words: &String| {
        let inner = words.split('(').skip(1).filter_map(|rest| rest.split(')').next());
        inner.into_iter().any(|inner| measures(inner, units) && !declares_money(inner, concepts))
    };
    let all = columns.len();
    columns.retain(|at| !appendix.columns.get(*at).is_some_and(|column| column.path.iter().any(other)));
    let measures_others = columns.len() < all;
    let headed = |words: &String| {
        let key = plain(words);
        concepts.money_headers.iter().any(|it| holds(&key, it))
    };
    // A total of heads or of schools is a total too: "Số học sinh" over "Tổng số".
    let counts = |words: &String| {
        let key = plain(words);
        concepts.counting.iter().any(|it| begins_with(&key, it)) && !headed(words)
    };
    let counted =
        columns.iter().filter_map(|at| appendix.columns.get(*at)).any(|it| it.path.iter().any(counts));
    let money = appendix.kind == AppendixKind::Projects && !measures_others && !counted
        || appendix.columns.iter().flat_map(|column| &column.path).chain(&appendix.title).any(headed);
    money
        && !columns.is_empty()
        && printed.rows().iter().any(|row| {
            let mut cells = columns.iter().filter_map(|&at| row.cells.get(at)).filter_map(own);
            cells.any(|raw| raw.bytes().any(|byte| byte.is_ascii_digit()))
        })
}

/// Whether caption, header or notes declare the unit.
fn declared(appendix: &Appendix, concepts: &Concepts) -> bool {
    if let Some(unit) = &appendix.unit {
        return !unit.inferred;
    }
    let rows = appendix.table.as_ref().map(|table| table.header.as_slice()).unwrap_or_default();
    let mut printed = rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.raw.as_ref());
    // The paths repeat the words of merged header cells, so they are looked at only for want of a header.
    let columns = appendix.columns.iter().filter(|_| rows.is_empty());
    let mut paths = columns.flat_map(|column| &column.path);
    let unit_column = appendix.columns.iter().any(|column| column.role == ColumnRole::Unit);
    unit_column
        || printed.any(|words| declares_money(words, concepts))
        || paths.any(|words| declares_money(words, concepts))
        || appendix.notes.iter().any(|note| declares_money(&note.text, concepts))
        || appendix.title.as_ref().is_some_and(|title| declares_money(title, concepts))
}

/// The finding for a table, with the unit that its rows or the body imply.
fn table<'a>(context: &Context<'a>, appendix: &'a Appendix) -> Finding {
    let concepts = &context.grammar.concepts;
    let label = appendix.label.clone().unwrap_or_else(|| appendix.id.clone());
    let message = Text::new("v004-message-table").with("table", label);
    let finding = Finding::new(RULE.code, RULE.severity, message, appendix.at.clone());
    if let Some(found) = beside(appendix, concepts).into_iter().next() {
        return from_row(finding, &found, concepts);
    }
    if let Some(found) = in_body(context, appendix) {
        let unit = concepts.money_name(found.factor).unwrap_or_default();
        return finding
            .relate(found.at.clone(), Text::words(found.words.clone()))
            .because(
                Text::new("v004-evidence-body")
                    .with("words", found.words)
                    .with("cell", found.cell)
                    .with("name", brief(found.name)),
            )
            .suggest(Text::new("v004-suggestion").with("unit", unit));
    }
    if let Some(unit) = &appendix.unit {
        let evidence = unit.evidence.clone().map(Text::words);
        let finding = finding.suggest(Text::new("v004-suggestion").with("unit", unit.raw.as_str()));
        return match evidence {
            Some(evidence) => finding.because(evidence),
            None => finding,
        };
    }
    finding.suggest(Text::new("v004-suggestion-unknown"))
}

/// The unit that a row implies whose words name an amount beside its cell.
fn from_row(finding: Finding, found: &Beside<'_>, concepts: &Concepts) -> Finding {
    let name = |factor: Number| concepts.money_name(factor).unwrap_or_default();
    let finding = finding
        .relate(found.name.at.clone(), Text::words(found.words))
        .relate(found.cell.at.clone(), Text::words(found.number))
        .suggest(Text::new("v004-suggestion").with("unit", name(found.likely())));
    let evidence = match found.other() {
        Some(other) => Text::new("v004-evidence-row-two").with("other", name(other)),
        None => Text::new("v004-evidence-row"),
    };
    finding.because(
        evidence.with("words", found.words).with("cell", found.number).with("unit", name(found.likely())),
    )
}

/// An amount of the body that a row of the table repeats.
struct InBody<'a> {
    words: String,
    at: &'a At,
    cell: String,
    name: &'a str,
    factor: Number,
}

/// An amount in the body of a project or total of the table that it names.
fn in_body<'a>(context: &Context<'a>, appendix: &'a Appendix) -> Option<InBody<'a>> {
    let concepts = &context.grammar.concepts;
    let mut printed: FxHashMap<Number, Vec<(&str, &str)>> = FxHashMap::default();
    let mut keep = |name: &'a str, value: &'a crate::value::Quantity| {
        if let (Some(number), Some(raw)) = (value.exact(), value.raw.as_deref())
            && number > Number::whole(99)
        {
            let same = printed.entry(number.normalized()).or_default();
            if same.len() < 4 {
                same.push((name, raw));
            }
        }
    };
    for item in &appendix.items {
        item.amounts().iter().for_each(|amount| keep(item.name(), &amount.value));
    }
    for total in appendix.totals.iter().filter(|total| total.group.is_none() && total.part_of.is_none()) {
        total.amounts.iter().for_each(|amount| keep("", &amount.value));
    }
    for block in context.passages() {
        for quantity in block.quantities {
            let Some(unit) = quantity.unit.as_ref().filter(|unit| unit.base.as_deref() == Some("VND")) else {
                continue;
            };
            let (Some(low), Some(raw)) =
                (quantity.low.filter(|_| quantity.relation == Relation::Eq), &quantity.raw)
            else {
                continue;
            };
            let Some(amount) = low.checked_mul(unit.factor) else { continue };
            for factor in [1_000_000_000, 1_000_000, 1_000, 1].map(Number::whole) {
                let value = amount.checked_div(factor).map(Number::normalized);
                let Some(rows) = value.and_then(|value| printed.get(&value)) else { continue };
                let text = plain(block.text);
                let named = rows.iter().find(|(name, _)| {
                    let key = plain(name);
                    if name.is_empty() {
                        concepts.totals.iter().any(|words| holds(&text, words))
                    } else {
                        key.len() > 12 && holds(&text, &key)
                    }
                });
                if let Some((name, cell)) = named {
                    return Some(InBody {
                        words: raw.clone(),
                        at: block.at,
                        cell: (*cell).to_owned(),
                        name,
                        factor,
                    });
                }
            }
        }
    }
    None
}

/// Targets with a value and no unit, in tables that have a column of units.
fn targets(appendix: &Appendix, concepts: &Concepts, audit: &mut Audit) {
    let printed = Printed::of(appendix);
    let Some(position) = printed.position(ColumnRole::Unit) else { return };
    if appendix.unit.as_ref().is_some_and(|unit| !unit.inferred) {
        return;
    }
    let mut above: Option<&Target> = None;
    for (item, row) in printed.items() {
        let Item::Target(target) = item else { continue };
        let part = target.parent.is_some() || target.number.is_none();
        let shares = part && above.is_some_and(|above| above.unit.is_some());
        if !part {
            above = Some(target);
        }
        let cell = cell(row, Some(position));
        let blank = target.unit.is_none() && cell.is_none_or(|cell| own(cell).is_none()) && !inherits(cell);
        if blank && !shares && valued(target) && !target.deferred && !names_unit(target, concepts) {
            let message = Text::new("v004-message-target")
                .with("name", brief(&target.name))
                .with("value", value(target));
            audit.findings.push(Finding::new(
                RULE.code,
                RULE.severity,
                message,
                place(cell, row, &target.at),
            ));
        }
    }
}

/// Whether a readable value without a unit of its own is printed.
fn valued(target: &Target) -> bool {
    let mut readable =
        target.values.iter().filter(|value| !matches!(value.value.relation, Relation::None | Relation::Of));
    let own_unit = target.values.iter().any(|value| value.value.unit.is_some());
    readable.next().is_some() && !own_unit
}

fn value(target: &Target) -> String {
    let raws: Vec<&str> = target.values.iter().filter_map(|value| value.value.raw.as_deref()).collect();
    raws.join("; ")
}

/// Whether the name gives the unit ("… (%)", "… (triệu đồng)") or the thing has none.
fn names_unit(target: &Target, concepts: &Concepts) -> bool {
    let key = plain(&target.name);
    let bracketed = target.name.rsplit_once('(').is_some_and(|(_, inside)| {
        let inside = plain(inside);
        inside.split(' ').count() <= 3
            && concepts
                .class
                .values()
                .flat_map(|class| &class.words)
                .any(|word| holds(&inside, word) || inside.starts_with(word.as_str()))
    });
    bracketed
        || target.name.contains('%')
        || declares_money(&target.name, concepts)
        || concepts.speaks_of("dimensionless", &key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AppendixKind::{Projects, Targets};
    use crate::model::Block;
    use crate::rules::hand::{TARGET_COLUMNS, appendix, document, findings, places, unit};
    use crate::value::Quantity;

    const MONEY: &[(&str, ColumnRole)] = &[
        ("TT", ColumnRole::Number),
        ("Dự án", ColumnRole::Name),
        ("Tổng số", ColumnRole::Total),
        ("KHV năm 2026", ColumnRole::Year),
    ];

    #[test]
    fn a_money_table_without_a_unit_is_found_at_its_caption() {
        let found = findings(&RULE, &document(appendix(Projects, MONEY, "1\tĐường\t12.500\t300")));
        assert_eq!(found.len(), 1);
        assert_eq!(
            found.first().and_then(|finding| finding.suggestion.clone()),
            Some(Text::new("v004-suggestion-unknown"))
        );
    }

    #[test]
    fn the_unit_is_inferred_from_words_beside_a_cell() {
        let rows = "1\tĐường\t48,120.0\t300\n2\tTiết kiệm 5% dự toán là 3,250 tỷ đồng\t3,250\t3,250";
        let found = findings(&RULE, &document(appendix(Projects, MONEY, rows)));
        let suggestion = found.first().and_then(|finding| finding.suggestion.clone());
        assert_eq!(suggestion, Some(Text::new("v004-suggestion").with("unit", "triệu đồng")));
        assert_eq!(
            found.first().and_then(|finding| finding.evidence.clone()).map(|text| text.key),
            Some("v004-evidence-row-two")
        );
    }

    #[test]
    fn the_unit_is_inferred_from_the_body() {
        let mut document = document(appendix(Projects, MONEY, "1\tNâng cấp đường Rạch Gừa\t15.250\t300"));
        let amount = Quantity {
            raw: Some("15,25 tỷ đồng".to_owned()),
            relation: Relation::Eq,
            low: "15.25".parse().ok(),
            high: "15.25".parse().ok(),
            unit: Some(unit("Tỷ đồng")),
            ..Quantity::default()
        };
        let text = "Khởi công dự án Nâng cấp đường Rạch Gừa với 15,25 tỷ đồng".to_owned();
        document.header.preamble.push(Block { text, quantities: vec![amount], ..Block::default() });
        let found = findings(&RULE, &document);
        let suggestion = found.first().and_then(|finding| finding.suggestion.clone());
        assert_eq!(suggestion, Some(Text::new("v004-suggestion").with("unit", "triệu đồng")));
    }

    #[test]
    fn tables_that_declare_their_unit_pass() {
        let mut declared = appendix(Projects, MONEY, "1\tĐường\t12.500\t300");
        declared.unit = Some(unit("Tỷ đồng"));
        assert_eq!(places(&RULE, &document(declared)), []);
        let columns = [
            ("TT", ColumnRole::Number),
            ("Dự án", ColumnRole::Name),
            ("Tổng mức đầu tư (triệu đồng)", ColumnRole::Total),
        ];
        assert_eq!(places(&RULE, &document(appendix(Projects, &columns, "1\tĐường\t12.500"))), []);
        assert_eq!(places(&RULE, &document(appendix(Projects, MONEY, "1\tĐường\t\t"))), []);
    }

    #[test]
    fn a_target_with_a_value_and_no_unit_is_found_at_its_unit_cell() {
        let rows = "1\tSố sản phẩm OCOP\t\t6\n2\tTỷ lệ hộ nghèo (%)\t\t0,5\n3\tDân số\tNgười\t100\n-\tNam\t\t48\n4\tChỉ số hạnh phúc\t\t9/10\n5\tNgân sách\t\t";
        assert_eq!(places(&RULE, &document(appendix(Targets, TARGET_COLUMNS, rows))), [(2, 3)]);
    }
}
