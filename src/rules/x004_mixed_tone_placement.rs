//! X004: hoá and hóa in one document.

use super::{Context, Rule, TextNode};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::text::{Style, style_of};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "X004", name: "mixed-tone-placement" },
    severity: Severity::Info,
    page: include_str!("../../docs/rules/X004-mixed-tone-placement.md"),
    check,
};

/// How often a style is used, and where first.
#[derive(Default)]
struct Use<'a> {
    count: usize,
    first: Option<(TextNode<'a>, std::ops::Range<usize>)>,
}

fn check(context: &Context<'_>, audit: &mut Audit) {
    let (mut old, mut new) = (Use::default(), Use::default());
    for node in context.texts() {
        for range in candidates(node.text) {
            let word = node.text.get(range.clone()).unwrap_or_default();
            let found = match style_of(word) {
                Some(Style::Old) => &mut old,
                Some(Style::New) => &mut new,
                None => continue,
            };
            found.count += 1;
            found.first.get_or_insert((node, range));
        }
    }
    let (rare, usual) = if old.count <= new.count { (old, new) } else { (new, old) };
    let (Some((node, range)), Some((other, usual_range))) = (rare.first, usual.first) else { return };
    let word = |node: &TextNode<'_>, range: &std::ops::Range<usize>| {
        node.text.get(range.clone()).unwrap_or_default().to_owned()
    };
    let message = Text::new("x004-message")
        .with("rare", word(&node, &range))
        .with("rare_count", rare.count)
        .with("usual", word(&other, &usual_range))
        .with("usual_count", usual.count);
    audit.findings.push(
        Finding::new(RULE.code, RULE.severity, message, node.at.clone())
            .quoting(node.text, range)
            .relate(other.at.clone(), Text::words(word(&other, &usual_range))),
    );
}

/// Words that end in "oa", "oe" or "uy" with a tone mark: the others read the same in both styles.
fn candidates(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let is_end = |c: char| !c.is_alphanumeric();
    text.split(is_end).filter(|word| ends_in_movable_rime(word)).map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

fn ends_in_movable_rime(word: &str) -> bool {
    let mut letters = word.chars().rev();
    let marked = |c: char| "òóỏõọùúủũụàáảãạèéẻẽẹỳýỷỹỵÒÓỎÕỌÙÚỦŨỤÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ".contains(c);
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) => {
            matches!(last, 'a' | 'e' | 'y' | 'A' | 'E' | 'Y') && marked(before)
                || marked(last) && matches!(before, 'o' | 'u' | 'O' | 'U')
        }
        _ => false,
    }
}
