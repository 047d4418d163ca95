//! X004: tone marks placed in two ways in one document (hoá and hóa).

use super::{Context, Rule};
use crate::finding::{Arg, Audit, Code, Finding, Severity, Text};
use crate::text::Placement;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "X004", name: "mixed-tone-placement" },
    severity: Severity::Info,
    page: include_str!("../../docs/rules/X004-mixed-tone-placement.md"),
    check,
};

/// How many words of each way the finding names.
const EXAMPLES: usize = 3;

fn check(context: &Context<'_>, audit: &mut Audit) {
    let words = context.words();
    let (old, new) = (&words.reading.placements.old, &words.reading.placements.new);
    let (rare, usual) = if old.count <= new.count { (old, new) } else { (new, old) };
    let (Some((rare_text, rare_word)), Some((usual_text, usual_word))) = (&rare.first, &usual.first) else {
        return;
    };
    let (Some(node), Some(other)) = (words.texts.get(*rare_text), words.texts.get(*usual_text)) else {
        return;
    };
    let message = Text::new("x004-message")
        .with("rare", examples(rare))
        .with("rare_count", count(rare))
        .with("usual", examples(usual))
        .with("usual_count", count(usual));
    let word = other.text.get(usual_word.clone()).unwrap_or_default();
    audit.findings.push(
        Finding::new(RULE.code, RULE.severity, message, node.at.clone())
            .quoting(node.text, rare_word.clone())
            .relate(other.at.clone(), Text::words(word)),
    );
}

fn count(placement: &Placement) -> usize {
    usize::try_from(placement.count).unwrap_or(usize::MAX)
}

/// The words that stand most often.
fn examples(placement: &Placement) -> Arg {
    let mut words: Vec<&(String, u32)> = placement.words.iter().collect();
    words.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Arg::List(words.into_iter().take(EXAMPLES).map(|(word, _)| Arg::from(word.as_str())).collect())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{document, findings, quoted, section};
    use super::RULE;
    use crate::finding::Arg;

    #[test]
    fn the_first_word_of_the_rarer_way_is_quoted() {
        let texts = ["văn hóa, sức khỏe, quý", "số hoá hồ sơ", "thuỷ lợi, văn hóa"];
        let document = document(vec![section(1, "I.", "Ủy ban", &texts)], vec![]);
        assert_eq!(quoted(&RULE, &document), [(3, "hoá".to_owned())]);
        let found = findings(&RULE, &document);
        let args = found.first().map(|finding| finding.message.args.clone()).unwrap_or_default();
        let words = |words: &[&str]| Arg::List(words.iter().map(|word| Arg::from(*word)).collect());
        let expected = [
            ("rare", words(&["hoá", "thuỷ"])),
            ("rare_count", Arg::Count(2)),
            ("usual", words(&["hóa", "khỏe", "ủy"])),
            ("usual_count", Arg::Count(4)),
        ];
        assert_eq!(args, expected);
    }

    #[test]
    fn names_and_syllables_of_one_way_do_not_count() {
        let texts = ["bà Hoà và ông Thuỵ ở phố Thuỵ Khuê", "văn hóa, quá, quỹ, hoàn, của"];
        let document = document(vec![section(1, "I.", "Mục tiêu", &texts)], vec![]);
        assert_eq!(findings(&RULE, &document), []);
    }
}
