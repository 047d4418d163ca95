//! A005: a heading, a total or a title declares how many rows there are, and there are more or fewer.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::arithmetic::{Blocks, Container, Ledger, Tree, books, facts, group_label};
use super::prose::listed_names;
use super::prose::told::{Declared, counted, told};
use super::targets::target_sums::targets;
use super::{Context, Rule};
use crate::finding::{Audit, Check, Code, Finding, Operand, Outcome, Severity, Text};
use crate::grammar::Arithmetic;
use crate::model::{Appendix, ColumnRole, Group, Target};
use crate::text::fold;
use crate::value::Number;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "A005", name: "declared-count-mismatch" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/A005-declared-count-mismatch.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    listed_names::report(context, audit, &RULE);
    let words = &context.grammar.arithmetic;
    let mut books = books(context).iter().peekable();
    let mut told = told(context);
    for appendix in &context.document.appendices {
        let book = books.next_if(|book| std::ptr::eq(book.ledger.appendix, appendix));
        let declared = appendix.groups.iter().any(|group| group.declared_count.is_some());
        let totals = appendix.totals.iter().any(|total| counted(words, &total.label).is_some());
        let title = appendix.title.as_deref().and_then(|title| count_of_title(words, title));
        let told = told.remove(appendix.id.as_str()).unwrap_or_default();
        if !declared && !totals && title.is_none() && told.is_empty() {
            continue;
        }
        let own;
        let (ledger, tree) = match book {
            Some(book) => (&book.ledger, &book.tree),
            None => {
                let ledger = Ledger::of_any(appendix, words);
                let tree = Tree::of(&ledger);
                own = (ledger, tree);
                (&own.0, &own.1)
            }
        };
        for declared in all(ledger, tree, appendix, title).into_iter().chain(told) {
            judge(ledger, tree, declared, audit);
        }
    }
    context.document.appendices.iter().for_each(|appendix| targets_over_parts(context, appendix, audit));
}

/// "II Cụm thi đua số 2 (07 đơn vị)" with values of its own over the rows of its units.
fn targets_over_parts(context: &Context<'_>, appendix: &Appendix, audit: &mut Audit) {
    let mut parts: FxHashMap<&str, Vec<&Target>> = FxHashMap::default();
    for target in targets(appendix) {
        if let Some(parent) = &target.parent {
            parts.entry(parent).or_default().push(target);
        }
    }
    let heads = |number: &str| number.starts_with(|c: char| c.is_ascii_uppercase());
    let named = appendix.columns.iter().find(|column| column.role == ColumnRole::Name);
    let header = named.and_then(|column| column.path.last()).map(|header| fold(header));
    for target in targets(appendix).filter(|target| target.number.as_deref().is_some_and(heads)) {
        let Some(parts) = parts.get(target.id.as_str()) else { continue };
        let Some((count, word, range)) = count_in_brackets(&target.name) else { continue };
        let begins = |part: &&&Target| {
            fold(&part.name).strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' '))
        };
        let counts_rows = context.grammar.structure.rows.counts.contains(&word)
            || header.as_deref() == Some(word.as_str())
            || parts.iter().filter(begins).count() * 2 >= parts.len();
        if !counts_rows {
            continue;
        }
        let outcome = if parts.len() == count { Outcome::Holds } else { Outcome::Fails };
        let declared = Declared {
            count,
            of: Container::Root,
            label: Text::words(target.name.as_str()),
            at: target.at.clone(),
            quote: Some((target.name.clone(), range)),
            since_total: None,
        };
        let (check, finding) = said(declared, parts.len(), outcome);
        audit.checks.push(check);
        audit.findings.extend(finding);
    }
}

/// "(07 đơn vị)" at the end of a name: the count, what it counts, and where it stands.
fn count_in_brackets(name: &str) -> Option<(usize, String, Range<usize>)> {
    let open = name.rfind('(')?;
    let inner = name.get(open + 1..)?.trim_end().strip_suffix(')')?;
    let digits = inner.trim_start().chars().take_while(char::is_ascii_digit).count();
    let (count, word) = inner.trim_start().split_at_checked(digits)?;
    Some((count.parse().ok()?, fold(word.trim()), open..name.trim_end().len()))
}

fn all(
    ledger: &Ledger<'_>,
    tree: &Tree,
    appendix: &Appendix,
    title: Option<(usize, Range<usize>)>,
) -> Vec<Declared> {
    let mut out = Vec::new();
    if let (Some((count, range)), Some(title)) = (title, &appendix.title) {
        let quote = Some((title.clone(), range));
        out.push(Declared {
            count,
            of: Container::Root,
            label: Text::words(title.clone()),
            at: appendix.at.clone(),
            quote,
            since_total: None,
        });
    }
    for (i, group) in appendix.groups.iter().enumerate() {
        if let Some(count) = group.declared_count {
            out.push(of_group(ledger, i, group, usize::try_from(count).unwrap_or(usize::MAX)));
        }
    }
    let blocks = Blocks::of(ledger, tree);
    for (index, of) in tree.totals(ledger) {
        let Some(line) =
            ledger.line(index).filter(|line| matches!(line.kind, super::arithmetic::LineKind::Total(_)))
        else {
            continue;
        };
        if let Some((count, _)) = counted(ledger.words, line.name) {
            let since_total = blocks.rows(index).filter(|_| of == Container::Root);
            let (label, at) = (Text::words(line.name), line.at.clone());
            out.push(Declared { count, of, label, at, quote: None, since_total });
        }
    }
    out
}

/// The count of a group's heading, at the words in brackets that declare it where they are found.
fn of_group(ledger: &Ledger<'_>, index: usize, group: &Group, count: usize) -> Declared {
    let of = Container::Group(index);
    let label = group_label(group);
    let found = ledger.row_of(&group.id).and_then(|row| {
        row.cells.iter().find_map(|cell| {
            let raw = cell.raw.as_deref()?;
            Some((cell, raw, in_brackets(raw, count)?))
        })
    });
    match found {
        Some((cell, raw, range)) => {
            let quote = Some((raw.to_owned(), range));
            Declared { count, of, label, at: cell.at.clone(), quote, since_total: None }
        }
        None => Declared { count, of, label, at: group.at.clone(), quote: None, since_total: None },
    }
}

fn judge(ledger: &Ledger<'_>, tree: &Tree, declared: Declared, audit: &mut Audit) {
    let (parts, rows) = match declared.since_total {
        Some(rows) => (rows, tree.count(declared.of).1),
        None => tree.count(declared.of),
    };
    let groups = tree
        .children(declared.of)
        .iter()
        .filter(|node| matches!(node, super::arithmetic::Node::Group(_)))
        .count();
    let fits = [parts, rows].contains(&declared.count) || (groups > 0 && groups == declared.count);
    let nothing = ledger.appendix.items.is_empty();
    let outcome = match fits {
        _ if nothing => Outcome::Unverifiable,
        true => Outcome::Holds,
        false => Outcome::Fails,
    };
    let (of, count) = (declared.of, declared.count);
    let (mut check, finding) = said(declared, parts, outcome);
    check.reason = nothing.then(|| Text::new("a005-reason-no-rows"));
    audit.checks.push(check);
    let Some(mut finding) = finding else { return };
    let mut lost: Vec<Text> =
        facts(ledger, tree, of).into_iter().filter(|fact| fact.key != "arithmetic-missing-count").collect();
    if let Container::Group(group) = of {
        let group = ledger.appendix.groups.get(group).filter(|group| group.incomplete);
        lost.extend(
            group.map(|group| Text::new("arithmetic-missing-rows").with("group", group_label(group))),
        );
    }
    if !lost.is_empty() && parts < count {
        finding = finding.because(Text::new("a005-evidence-lost").with("facts", lost));
    }
    audit.findings.push(finding);
}

/// The check of a declared count over so many rows, and the finding where it fails.
fn said(declared: Declared, found: usize, outcome: Outcome) -> (Check, Option<Finding>) {
    let Declared { count, label, at, quote, .. } = declared;
    let number = |count: usize| Number::whole(i64::try_from(count).unwrap_or(i64::MAX));
    let statement = Text::new("a005-statement").with("row", label.clone()).with("declared", count);
    let rows = Operand::new(Text::new("a005-rows"), number(found), at.clone());
    let expected = if outcome == Outcome::Holds { count } else { found };
    let check = Check::new(RULE.code, outcome, at.clone(), statement)
        .over([rows])
        .comparing(number(expected), number(count));
    if outcome != Outcome::Fails {
        return (check, None);
    }
    let message = Text::new("a005-message").with("row", label).with("declared", count).with("found", found);
    let finding = Finding::new(RULE.code, RULE.severity, message, at);
    let finding = match quote {
        Some((text, range)) => finding.quoting(&text, range),
        None => finding,
    };
    (check, Some(finding))
}

/// The count in a title that opens by naming its own list: "Danh mục 35 dự án".
fn count_of_title(words: &Arithmetic, title: &str) -> Option<(usize, Range<usize>)> {
    let key = words.list_title.key(title);
    let opening = words.list_title.find(&key)?;
    let (count, start) = counted(words, title)?;
    let between = key.get(opening.end..start)?.trim();
    if !between.is_empty() && !words.list_link.matches(between) {
        return None;
    }
    let digits = title.find(|c: char| c.is_ascii_digit())?;
    let end = title
        .get(digits..)?
        .find(|c: char| !c.is_ascii_digit())
        .map_or(title.len(), |length| digits + length);
    Some((count, digits..end))
}

/// Brackets in a text that begin with a count: "(04 DA)".
fn in_brackets(text: &str, count: usize) -> Option<Range<usize>> {
    text.match_indices('(').find_map(|(open, _)| {
        let inner = text.get(open + 1..)?;
        let close = inner.find(')')?;
        let digits: String = inner.trim_start().chars().take_while(char::is_ascii_digit).collect();
        (digits.parse() == Ok(count)).then_some(open..open + close + 2)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a finding that is not there fails the test")]
mod tests {
    use super::super::arithmetic::testing::{Build, lines, run};
    use super::*;

    #[test]
    fn a_group_with_fewer_rows_than_it_declares_is_found() {
        let table = Build::new(&["Kinh phí"])
            .group_of("I", "Đường", 3, &[])
            .item("1", "X", &["30"])
            .item("2", "Y", &["35"])
            .group_of("II", "Cầu", 1, &[])
            .item("1", "Z", &["35"]);
        let audit = run(&RULE, table.appendix());
        assert_eq!(lines(&audit), [(1, 1)]);
        assert_eq!(audit.checks.len(), 2);
        assert!(audit.findings.first().unwrap().evidence.is_none());
    }

    #[test]
    fn lost_rows_are_said_in_the_evidence() {
        let table =
            Build::new(&["Kinh phí"]).group_of("I", "Đường", 3, &[]).incomplete().item("1", "X", &["30"]);
        let audit = run(&RULE, table.appendix());
        assert_eq!(audit.findings.first().unwrap().evidence.as_ref().unwrap().key, "a005-evidence-lost");
    }

    #[test]
    fn a_group_of_groups_counts_the_rows_below() {
        let table = Build::new(&["Kinh phí"])
            .group_of("A", "Công", 3, &[])
            .group_of("I", "Đường", 2, &[])
            .item("1", "X", &["30"])
            .item("1.1", "đoạn", &["30"])
            .item("2", "Y", &["35"])
            .group_of("II", "Cầu", 1, &[])
            .item("1", "Z", &["35"]);
        assert!(run(&RULE, table.appendix()).findings.is_empty());
    }

    #[test]
    fn totals_and_titles_declare_counts_too() {
        let table = |label: &str, title: &str| {
            Build::new(&["Kinh phí"]).title(title).item("1", "X", &["3"]).item("2", "Y", &["5"]).total(
                label,
                None,
                &["8"],
            )
        };
        let found = |label, title| lines(&run(&RULE, table(label, title).appendix()));
        assert_eq!(found("Tổng cộng: 3 dự án", ""), [(3, 1)]);
        assert!(found("Tổng cộng: 02 dự án", "").is_empty());
        assert!(found("Tổng cộng giai đoạn 2026-2030", "").is_empty());
        assert_eq!(found("Cộng", "Danh mục 5 dự án trọng điểm").len(), 1);
        assert!(found("Cộng", "Danh mục dự án thuộc 5 chương trình").is_empty());
        assert!(found("Cộng", "Danh mục 02 dự án trọng điểm năm 2026").is_empty());
    }

    #[test]
    fn the_bracketed_words_are_quoted() {
        assert_eq!(in_brackets("Giao thông (kể cả cầu) (04 DA)", 4), Some(30..37));
        assert_eq!(in_brackets("Giao thông (04 DA)", 5), None);
    }
}
