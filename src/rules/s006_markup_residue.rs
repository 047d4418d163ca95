//! S006: emphasis marks and tags that are no part of the text.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Context, Rule};
use crate::finding::{Arg, Audit, Code, Finding, Severity, Text};
use crate::model::{Aside, SetAside};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "S006", name: "markup-residue" },
    severity: Severity::Info,
    page: include_str!("../../docs/rules/S006-markup-residue.md"),
    check,
};

/// How many places the finding names besides the first.
const PLACES: usize = 4;

/// How many kinds of marks the finding names.
const KINDS: usize = 6;

fn check(context: &Context<'_>, audit: &mut Audit) {
    let (is_markdown, own) = markdown(context);
    let all = context.document.set_aside.iter().filter(|aside| aside.reason == Aside::Markup);
    let all = all.filter(|aside| !(own.contains(&aside.at.line) || is_markdown && is_escape(aside)));
    let (mut count, mut kinds, mut first) = (0_usize, Vec::<&str>::new(), Vec::new());
    for aside in all {
        count += 1;
        let mark = aside.text.trim();
        if kinds.len() < KINDS && !kinds.contains(&mark) {
            kinds.push(mark);
        }
        if first.len() <= PLACES {
            first.push(aside);
        }
    }
    let Some((place, others)) = first.split_first() else {
        return;
    };
    let kinds: Vec<Arg> = kinds.into_iter().map(Arg::from).collect();
    let message = Text::new("s006-message").with("count", count).with("marks", Arg::List(kinds));
    let mut finding = Finding::new(RULE.code, RULE.severity, message, place.at.clone());
    for other in others {
        finding = finding.relate(other.at.clone(), Text::words(other.text.trim()));
    }
    audit.findings.push(finding);
}

/// A backslash that keeps what stands behind it from being markup.
fn is_escape(aside: &SetAside) -> bool {
    aside.text == "\\"
}

/// Whether the file is Markdown, which the marks of its headings or the rules of its tables show, and the lines where marks
/// of emphasis stand in pairs, perhaps on two lines together: there they are the file's own notation.
fn markdown(context: &Context<'_>) -> (bool, FxHashSet<u32>) {
    let asides = || context.document.set_aside.iter();
    let heading = |aside: &SetAside| {
        let text = aside.text.as_str();
        let rule = text.starts_with(['|', '+']) && (text.contains("--") || text.contains("=="));
        let rule = rule || text.contains("- -") && text.bytes().all(|byte| matches!(byte, b'-' | b' '));
        aside.reason == Aside::Ornament && (rule || aside.text.bytes().all(|byte| byte == b'#'))
    };
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    let is_markdown = asides().any(heading);
    if is_markdown {
        for aside in asides().filter(|aside| aside.reason == Aside::Markup && !is_escape(aside)) {
            *counts.entry(aside.at.line).or_default() += usize::from(!aside.text.starts_with('<'));
        }
    }
    let (mut odd, even): (Vec<u32>, Vec<u32>) =
        counts.keys().partition(|line| counts.get(line).is_some_and(|count| !count.is_multiple_of(2)));
    odd.sort_unstable();
    let mut lines: FxHashSet<u32> = even.into_iter().collect();
    let mut rest = odd.into_iter().peekable();
    while let Some(line) = rest.next() {
        if let Some(next) = rest.next_if(|next| *next == line + 1) {
            lines.extend([line, next]);
        }
    }
    (is_markdown, lines)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, document, findings};
    use super::RULE;
    use crate::finding::Arg;
    use crate::model::{Aside, SetAside};

    #[test]
    fn one_finding_counts_all_marks() {
        let mut document = document(vec![], vec![]);
        assert_eq!(findings(&RULE, &document), []);
        let aside = |reason, text: &str, line| SetAside { reason, text: text.to_owned(), at: at(line, 1) };
        document.set_aside = vec![
            aside(Aside::PageNumber, "3", 2),
            aside(Aside::Markup, "**", 3),
            aside(Aside::Markup, "**", 3),
            aside(Aside::Markup, "<i>", 7),
        ];
        let found = findings(&RULE, &document);
        let [finding] = found.as_slice() else {
            return assert_eq!(found.len(), 1);
        };
        assert_eq!((finding.at.line, finding.related.len()), (3, 2));
        assert_eq!(finding.message.args.first(), Some(&("count", Arg::Count(3))));
    }
}
