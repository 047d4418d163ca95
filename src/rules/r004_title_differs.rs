//! R004: a group's title differs from its body section's.

use std::ops::Range;

use super::references::titles::is_head;
use super::rows::RowIndex;
use super::{Context, Rule, shorten};
use crate::finding::{Arg, Audit, Code, Finding, Severity, Text};
use crate::text::{Words, fold};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "R004", name: "title-differs" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/R004-title-differs.md"),
    check,
};

/// The longest title that is compared, in words.
const LONGEST: usize = 200;

/// Words that differ: ranges of the section's words and of the group's.
type Change = (Range<usize>, Range<usize>);

fn check(context: &Context<'_>, audit: &mut Audit) {
    let mut rows = RowIndex::default();
    for alignment in context.alignments() {
        for (section, group) in &alignment.pairs {
            let (Some(from), Some(to)) = (section.title.as_deref(), group.title.as_deref()) else {
                continue;
            };
            let (a, b) = (Words::of(from), Words::of(to));
            if a.keys().eq(b.keys()) || is_head(to, from) {
                continue;
            }
            if a.len() > LONGEST || b.len() > LONGEST {
                continue;
            }
            let changes: Vec<Change> =
                changes(&a, &b).into_iter().filter(|change| !is_abbreviation(&a, &b, change)).collect();
            let Some((_, first)) = changes.first() else {
                continue;
            };
            let shown: Vec<Arg> =
                changes.iter().map(|(x, y)| Arg::from(shown(slice(from, &a, x), slice(to, &b, y)))).collect();
            let message = Text::new("r004-message")
                .with("number", group.number.as_deref().unwrap_or_default().trim_end_matches('.'))
                .with("section", section.number.trim_end_matches('.'))
                .with("changes", Arg::List(shown));
            let at = rows.cell_with(alignment.appendix, &group.id, to).unwrap_or(&group.at);
            let range = byte_range(&b, first).unwrap_or(0..to.len());
            let finding = Finding::new(RULE.code, RULE.severity, message, at.clone()).quoting(to, range);
            audit.findings.push(finding.relate(section.at.clone(), Text::words(shorten(from))));
        }
    }
}

fn byte_range(words: &Words, range: &Range<usize>) -> Option<Range<usize>> {
    let last = range.end.checked_sub(1).filter(|last| *last >= range.start)?;
    Some(words.range(range.start)?.start..words.range(last)?.end)
}

fn slice<'t>(text: &'t str, words: &Words, range: &Range<usize>) -> &'t str {
    byte_range(words, range).and_then(|range| text.get(range)).unwrap_or_default()
}

fn shown(section: &str, group: &str) -> Text {
    match (section.is_empty(), group.is_empty()) {
        (true, _) => Text::new("r004-added").with("words", group),
        (_, true) => Text::new("r004-left-out").with("words", section),
        _ => Text::new("r004-changed").with("section", section).with("group", group),
    }
}

/// The stretches of words that two titles do not share, by their longest common sequence.
fn changes(a: &Words, b: &Words) -> Vec<Change> {
    let width = b.len() + 1;
    let mut best = vec![0_usize; (a.len() + 1) * width];
    let cell = |best: &[usize], i: usize, j: usize| best.get(i * width + j).copied().unwrap_or_default();
    let same = |i: usize, j: usize| is_same(a.key(i), b.key(j));
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let value = if same(i, j) {
                cell(&best, i + 1, j + 1) + 1
            } else {
                cell(&best, i + 1, j).max(cell(&best, i, j + 1))
            };
            if let Some(slot) = best.get_mut(i * width + j) {
                *slot = value;
            }
        }
    }
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    let (mut from, mut to) = (0, 0);
    while i < a.len() && j < b.len() {
        if same(i, j) {
            if from < i || to < j {
                out.push((from..i, to..j));
            }
            i += 1;
            j += 1;
            (from, to) = (i, j);
        } else if cell(&best, i + 1, j) >= cell(&best, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    if from < a.len() || to < b.len() {
        out.push((from..a.len(), to..b.len()));
    }
    out
}

/// Case, tone placement and leading zeros make no difference.
fn is_same(a: &str, b: &str) -> bool {
    a == b || is_number(a) && a.trim_start_matches('0') == b.trim_start_matches('0')
}

fn is_number(key: &str) -> bool {
    key.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether one side writes the other's words with their first letters: "XHCN".
fn is_abbreviation(a: &Words, b: &Words, (x, y): &Change) -> bool {
    let keys = |words: &Words, range: &Range<usize>| -> Vec<String> {
        range.clone().map(|at| fold(words.key(at))).collect()
    };
    let (a, b) = (keys(a, x), keys(b, y));
    let is = |short: &[String], long: &[String]| {
        let [short] = short else { return false };
        let initials: String = long.iter().filter_map(|word| word.chars().next()).collect();
        long.len() > 1 && *short == initials
    };
    is(&a, &b) || is(&b, &a)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, document, findings, part, section};
    use super::RULE;
    use crate::finding::{Arg, Finding, Text};
    use crate::model::AppendixKind;

    fn of(title: &str, group: &str) -> Vec<Finding> {
        let other = "Củng cố quốc phòng, an ninh trên địa bàn";
        let body =
            vec![part(1, "I.", "Nhiệm vụ", vec![section(2, "1.", title, &[]), section(3, "2.", other, &[])])];
        let rows =
            ["TT|Tên|Chủ trì".to_owned(), format!("I|{group}"), "1|Việc|A".to_owned(), format!("II|{other}")];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        findings(
            &RULE,
            &document(body, vec![appendix(20, AppendixKind::Tasks, "PHỤ LỤC 2", "Nhiệm vụ", &rows)]),
        )
    }

    #[test]
    fn the_differing_words_are_shown() {
        let found =
            of("Xây dựng thế trận lòng dân vững chắc", "Xây dựng thể trận lòng dân vững chắc ở cơ sở");
        let [finding] = found.as_slice() else {
            return assert_eq!(found.len(), 1);
        };
        assert_eq!(finding.quote.as_ref().map(|quote| quote.words.as_str()), Some("thể"));
        assert_eq!((finding.at.line, finding.at.column), (22, 2));
        let changes = Arg::List(vec![
            Arg::Text(Text::new("r004-changed").with("section", "thế").with("group", "thể")),
            Arg::Text(Text::new("r004-added").with("words", "ở cơ sở")),
        ]);
        assert!(finding.message.args.contains(&("changes", changes)));
    }

    #[test]
    fn case_dashes_tone_placement_and_abbreviations_are_no_difference() {
        for (title, group) in [
            ("PHÁT TRIỂN VĂN HÓA, XÃ HỘI", "Phát triển văn hoá – xã hội."),
            ("Xây dựng Nhà nước pháp quyền xã hội chủ nghĩa", "Xây dựng nhà nước pháp quyền XHCN"),
            ("Vận hành chính quyền địa phương 2 cấp", "Vận hành chính quyền địa phương 02 cấp"),
        ] {
            assert_eq!(of(title, group), [], "{title}");
        }
    }
}
