//! Amounts that a text gives in figures and again in words: "480.000.000 đồng (Bốn trăm tám mươi triệu đồng)", "(Bằng chữ: …)".

use crate::finding::{Audit, Finding, Text};
use crate::rules::{Context, Rule};
use crate::syntax::numeral;
use crate::value::Number;

/// Reports words that say another amount than the figures before them.
pub(in crate::rules) fn report(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    let words = &context.grammar.statements.numerals;
    for passage in context.passages() {
        let text = passage.text;
        for (open, _) in text.match_indices('(') {
            let Some(length) = text.get(open..).and_then(|rest| rest.find(')')) else { continue };
            let Some(inside) = text.get(open + 1..open + length) else { continue };
            let spelled = words.spelled(inside);
            let (Some(said), Some(printed)) = (
                numeral::numeral(spelled, words).filter(|said| !said.is_zero()),
                figure(text.get(..open).unwrap_or_default(), context),
            ) else {
                continue;
            };
            let (range, value) = printed;
            if said == value {
                continue;
            }
            let message = Text::new("r008-message-words")
                .with("found", text.get(range.clone()).unwrap_or_default())
                .with("other", inside.trim());
            let finding = Finding::new(rule.code, rule.severity, message, passage.at.clone());
            audit.findings.push(finding.quoting(text, range.start..open + length + 1));
        }
    }
}

/// The amount of money that a text ends in, in đồng, and where it stands.
fn figure(text: &str, context: &Context<'_>) -> Option<(std::ops::Range<usize>, Number)> {
    let text = text.trim_end_matches([' ', ',', '.']);
    let digits = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let unit = text.get(digits..)?.trim();
    let factor = context.grammar.statements.sums.money(unit)?;
    let head = text.get(..digits)?;
    let start = head
        .rfind(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .map_or(0, |at| at + head.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let value = crate::syntax::number::read(head.get(start..)?, crate::syntax::number::Decimal::Comma)?;
    Some((start..text.len(), value.checked_mul(factor)?.normalized()))
}
