//! V006: a share is below 0 or above 100 percent.

use std::ops::Range;

use memchr::memchr_iter;

use super::printed::{Printed, brief, own, place_of};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::grammar::Concepts;
use crate::grammar::phrase::{begins_with, holds, plain};
use crate::model::{Appendix, ColumnRole, Item, RowRole, Target};
use crate::span::At;
use crate::value::{Number, Quantity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "V006", name: "percentage-out-of-range" },
    severity: Severity::Error,
    page: include_str!("../../docs/rules/V006-percentage-out-of-range.md"),
    check,
};

/// The concept of shares that never pass 100 percent.
const SHARE: &str = "bounded_share";
/// The concept of rates of growth.
const GROWTH: &str = "growth";

fn check(context: &Context<'_>, audit: &mut Audit) {
    let concepts = &context.grammar.concepts;
    for appendix in &context.document.appendices {
        let values = appendix.columns.iter().filter(|column| column.role == ColumnRole::Value);
        let headers: Vec<String> = values.map(|column| column.path.join(" ")).collect();
        for item in &appendix.items {
            if let Item::Target(target) = item {
                values_of(target, &headers, concepts, audit);
            }
        }
        names_of(appendix, concepts, audit);
    }
    for passage in context.passages() {
        running(passage.text, passage.at, concepts, audit);
    }
}

/// The printed values of a target that is a share, or of a column that holds shares: "Tỷ lệ hộ nghèo (%)" of villages.
fn values_of(target: &Target, headers: &[String], concepts: &Concepts, audit: &mut Audit) {
    let by_unit = target.unit.as_ref().is_some_and(|unit| concepts.plainly("percent", unit));
    let suspects = target
        .values
        .iter()
        .enumerate()
        .filter(|(_, value)| outside(&value.value) && in_percent(&value.value, by_unit, concepts));
    for (at, value) in suspects {
        let name = plain(&target.name);
        let header = headers.get(at).filter(|_| headers.len() == target.values.len());
        let header = header.filter(|header| concepts.speaks_of(SHARE, &plain(header)));
        let alone = || exceeds_others(target, &value.value) && !concepts.speaks_of(GROWTH, &name);
        if !concepts.speaks_of(SHARE, &name) && header.is_none() && !alone() {
            continue;
        }
        let raw = value.value.raw.as_deref().unwrap_or_default();
        let name = header.map_or_else(
            || brief(&target.name),
            |header| format!("{}: {}", brief(&target.name), brief(header)),
        );
        let message = Text::new("v006-message").with("name", name).with("value", raw);
        audit.findings.push(Finding::new(
            RULE.code,
            RULE.severity,
            message,
            place_of(&value.value, &target.at),
        ));
    }
}

/// Whether a percentage above 100 is half again as much as the greatest of two or more others, none of which is.
fn exceeds_others(target: &Target, quantity: &Quantity) -> bool {
    let others: Vec<Number> = target
        .values
        .iter()
        .filter(|value| !std::ptr::eq(&value.value, quantity))
        .filter_map(|value| value.value.high.or(value.value.low))
        .collect();
    let hundred = Number::whole(100);
    let Some(greatest) = others.iter().max().copied().filter(|most| *most <= hundred) else { return false };
    let half_more = greatest
        .checked_mul(Number::whole(3))
        .zip(quantity.low.and_then(|low| low.checked_mul(Number::whole(2))));
    others.len() > 1 && quantity.low > Some(hundred) && half_more.is_some_and(|(limit, twice)| twice >= limit)
}

fn outside(quantity: &Quantity) -> bool {
    let mut bounds = [quantity.low, quantity.high].into_iter().flatten();
    bounds.any(|bound| bound > Number::whole(100) || bound.is_negative())
}

fn in_percent(quantity: &Quantity, by_unit: bool, concepts: &Concepts) -> bool {
    quantity.unit.as_ref().map_or(by_unit, |unit| concepts.plainly("percent", unit))
}

/// Percentages in the names of an appendix's rows: "Nâng tỷ lệ hồ sơ trực tuyến lên 190%".
fn names_of(appendix: &Appendix, concepts: &Concepts, audit: &mut Audit) {
    let printed = Printed::of(appendix);
    let Some(position) = printed.position(ColumnRole::Name) else { return };
    for row in printed.rows() {
        if matches!(row.role, RowRole::Item | RowRole::Group)
            && let Some(cell) = row.cells.get(position)
            && let Some(text) = own(cell)
        {
            running(text, &cell.at, concepts, audit);
        }
    }
}

/// Percentages in running text, of shares that the words name: "tỷ lệ … đạt 198%", of wholes that they
/// count: "198% hồ sơ …", and at the head of a paragraph.
fn running(text: &str, at: &At, concepts: &Concepts, audit: &mut Audit) {
    for sign in memchr_iter(b'%', text.as_bytes()) {
        let Some(start) = above_hundred(text, sign) else { continue };
        let clause = clause(text, start, sign);
        if clause.is_share(concepts) {
            let value = text.get(start..=sign).unwrap_or_default();
            let words = brief(text.get(clause.range.clone()).unwrap_or_default().trim());
            let message = Text::new("v006-text-message").with("value", value).with("words", words);
            audit.findings.push(
                Finding::new(RULE.code, RULE.severity, message, at.clone()).quoting(text, start..sign + 1),
            );
        }
    }
}

/// Where a number above 100 starts that ends at a percent sign.
fn above_hundred(text: &str, sign: usize) -> Option<usize> {
    let before = text.get(..sign)?.trim_end();
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let number = before.get(digits.len()..)?.trim_start_matches([',', '.']);
    let start = before.len() - number.len();
    let whole = number.split([',', '.']).next().unwrap_or_default();
    let above = whole.parse::<u32>().is_ok_and(|whole| whole > 100 && whole < 100_000);
    let range = digits.ends_with(['-', '–', '/', '+']);
    (above && !range).then_some(start)
}

/// The words around a percentage, between marks that end a clause.
struct Clause {
    range: Range<usize>,
    /// Plain key of all of them.
    whole: String,
    /// Plain key of the words before the number.
    before: String,
    /// Plain key of the words after the sign.
    after: String,
    /// Whether nothing stands before the number in the text.
    heads: bool,
}

fn clause(text: &str, start: usize, sign: usize) -> Clause {
    let ends = |c: char| matches!(c, ';' | ':' | '(' | ')');
    let before = text.get(..start).unwrap_or_default();
    let from = before.rfind(ends).into_iter().chain(before.rfind(". ")).max().map_or(0, |at| at + 1);
    let after = text.get(sign..).unwrap_or_default();
    let until = after.find(ends).into_iter().chain(after.find(". ")).min().map_or(text.len(), |at| sign + at);
    let key = |range: Range<usize>| plain(text.get(range).unwrap_or_default());
    Clause {
        whole: key(from..until),
        before: key(from..start),
        after: key(sign + 1..until.max(sign + 1)),
        heads: before.trim().is_empty(),
        range: from..until,
    }
}

impl Clause {
    /// Whether the percentage is a share of something, and neither a change nor a comparison.
    fn is_share(&self, concepts: &Concepts) -> bool {
        let Some(share) = concepts.concept.get(SHARE) else { return false };
        let any = |phrases: &[String], text: &str| phrases.iter().any(|words| holds(text, words));
        let follows = |phrases: &[String]| phrases.iter().any(|words| begins_with(&self.after, words));
        let changes =
            self.before.split(' ').rev().take(4).any(|word| concepts.changing.iter().any(|it| it == word));
        let named = any(&share.starts, &self.whole) || any(&share.within, &self.whole);
        let counted =
            follows(&concepts.wholes) || (self.heads && self.after.starts_with(char::is_alphabetic));
        (named || counted) && !changes && !follows(&concepts.compared) && !any(&share.without, &self.whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::hand::{body, findings, in_targets};

    fn found(rows: &str) -> Vec<(u32, u32)> {
        in_targets(&RULE, rows)
    }

    #[test]
    fn a_share_above_a_hundred_is_found_at_its_value() {
        assert_eq!(found("1\tTỷ lệ lao động qua đào tạo\t%\t198"), [(2, 4)]);
        assert_eq!(found("1\tTỷ trọng dịch vụ trong cơ cấu\t%\t≥ 160"), [(2, 4)]);
    }

    #[test]
    fn rates_that_may_pass_a_hundred_and_shares_within_pass() {
        for row in [
            "1\tTỷ lệ lao động qua đào tạo\t%\t98",
            "1\tTốc độ tăng thu ngân sách\t%\t120",
            "1\tTỷ lệ thu ngân sách so với dự toán\t%\t115",
            "1\tTỷ lệ dư nợ/GRDP\t%\t140",
            "1\tTỷ lệ thuê bao di động/100 dân\t%\t150",
            "1\tTỷ lệ giới tính khi sinh\tBé trai/100 bé gái\t110",
        ] {
            assert_eq!(found(row), [], "{row}");
        }
    }

    #[test]
    fn shares_in_running_text_are_found_by_their_words() {
        let document = body(&[
            "Tỷ lệ thanh toán trực tuyến đạt 180%.",
            "190% hồ sơ được xử lý trên môi trường số.",
            "Thu ngân sách đạt 120% dự toán được giao.",
            "Tỷ lệ thanh toán trực tuyến tăng 150% so với năm 2025.",
            "Doanh thu bằng 135% so với cùng kỳ; tỷ lệ nộp đúng hạn 100%.",
            "Số khách tăng 110-120% mỗi năm.",
            "Tiếp nhận và trả đúng hạn 110% hồ sơ thủ tục hành chính.",
            "Hỗ trợ 150% lương cơ sở cho cán bộ.",
        ]);
        let found = findings(&RULE, &document);
        let lines: Vec<_> = found
            .iter()
            .map(|finding| (finding.at.line, finding.quote.clone().map(|quote| quote.words)))
            .collect();
        assert_eq!(
            lines,
            [(1, Some("180%".to_owned())), (2, Some("190%".to_owned())), (7, Some("110%".to_owned()))]
        );
    }
}
