//! What the model knows of rows that are missing: lost headings, lost pages, counts, gaps in numbers.

use super::ledger::Ledger;
use super::ordinal::Ordinal;
use super::tree::{Container, Node, Tree};
use crate::finding::Text;
use crate::model::Group;
use crate::text::roman;

/// How many facts a sum lists.
const MOST: usize = 6;

/// What speaks for rows missing in a container, in printed order; empty where nothing does.
pub(crate) fn facts(ledger: &Ledger<'_>, tree: &Tree, container: Container) -> Vec<Text> {
    let mut out = Vec::new();
    if let Container::Group(group) = container {
        of_group(ledger, tree, group, &mut out);
    }
    below(ledger, tree, container, &mut out);
    out.truncate(MOST);
    out
}

fn below(ledger: &Ledger<'_>, tree: &Tree, container: Container, out: &mut Vec<Text>) {
    if out.len() >= MOST {
        return;
    }
    gaps(ledger, tree, container, out);
    for node in tree.children(container) {
        if let Node::Group(group) = node {
            of_group(ledger, tree, *group, out);
            below(ledger, tree, Container::Group(*group), out);
        }
    }
}

fn of_group(ledger: &Ledger<'_>, tree: &Tree, index: usize, out: &mut Vec<Text>) {
    let Some(group) = ledger.appendix.groups.get(index) else { return };
    let declared = group.declared_count.map(|count| usize::try_from(count).unwrap_or(usize::MAX));
    let (parts, rows) = tree.count(Container::Group(index));
    let fact = match declared {
        _ if group.inferred => Text::new("arithmetic-missing-heading"),
        Some(declared) if parts < declared && rows != declared => {
            Text::new("arithmetic-missing-count").with("declared", declared).with("found", parts)
        }
        _ if group.incomplete => Text::new("arithmetic-missing-rows"),
        _ => return,
    };
    out.push(fact.with("group", label(group)));
}

/// A group as a reader knows it.
pub(crate) fn label(group: &Group) -> Text {
    match (&group.number, &group.title) {
        (Some(number), Some(title)) => Text::words(format!("{number} {title}")),
        (Some(only), None) | (None, Some(only)) => Text::words(only.clone()),
        (None, None) => Text::new("arithmetic-group-unnamed"),
    }
}

/// Most rows before a group's first among which the number is looked for that it goes on from.
const REACH: usize = 40;

/// Numbers left out among the groups and among the items of a container.
fn gaps(ledger: &Ledger<'_>, tree: &Tree, container: Container, out: &mut Vec<Text>) {
    let group_number = |i: usize| {
        let group = ledger.appendix.groups.get(i).filter(|group| !group.inferred)?;
        group.number.as_deref().and_then(Ordinal::read)
    };
    let item_number = |i: usize| tree.ordinal(i).cloned();
    let (mut groups, mut items) = (Vec::new(), Vec::new());
    let (mut first_group, mut first_item) = (None, None);
    for node in tree.children(container) {
        match node {
            Node::Group(i) => {
                first_group.get_or_insert(*i);
                groups.extend(group_number(*i));
            }
            Node::Item(i) => {
                first_item.get_or_insert(*i);
                items.extend(item_number(*i));
            }
        }
    }
    let before = first_group.and_then(|i| i.checked_sub(1)).and_then(group_number);
    gaps_in(&groups, before.as_ref(), out);
    // Rows without a number, or numbered as parts of another, may stand between.
    let like = |number: &Ordinal| items.first().is_some_and(|first| first.style() == number.style());
    let before = first_item.map(|first| (0..first).rev().take(REACH).filter_map(item_number));
    let before = before.and_then(|mut before| before.find(like));
    gaps_in(&items, before.as_ref(), out);
}

/// Numbers left out in a row of siblings. A number that is out of line between two that fit is a misprint,
/// no gap; a row that goes on from the number before it begins where it should.
fn gaps_in(numbers: &[Ordinal], before: Option<&Ordinal>, out: &mut Vec<Text>) {
    let Some(first) = numbers.first() else { return };
    let style = first.style();
    let goes_on = before.is_some_and(|before| before.style() == style && before.last() + 1 == first.last());
    if first.last() > 1 && !goes_on && numbers.get(1).is_none_or(|next| next.last() > first.last()) {
        out.push(Text::new("arithmetic-missing-before").with("number", printed(first)));
    }
    let siblings: Vec<&Ordinal> = numbers.iter().filter(|number| number.style() == style).collect();
    for (i, (number, next)) in siblings.iter().zip(siblings.iter().skip(1)).enumerate() {
        let (from, to) = (number.last(), next.last());
        if to == 1 && from > 1 {
            out.push(Text::new("arithmetic-missing-restart").with("number", printed(number)));
        }
        let misprint = siblings.get(i + 2).is_some_and(|third| third.last() == from + 2);
        if to > from + 1 && !misprint {
            out.push(
                Text::new("arithmetic-missing-between")
                    .with("from", printed(number))
                    .with("to", printed(next)),
            );
        }
    }
}

/// The number in its usual form.
fn printed(number: &Ordinal) -> String {
    match number {
        Ordinal::Arabic(parts) => parts.iter().map(u32::to_string).collect::<Vec<_>>().join("."),
        Ordinal::Roman(n) => roman(*n),
        Ordinal::Upper(n) => letter(*n).to_uppercase(),
        Ordinal::Lower(n) => letter(*n),
    }
}

fn letter(n: u32) -> String {
    let place = usize::try_from(n.saturating_sub(1)).unwrap_or(usize::MAX);
    super::ordinal::ALPHABET.chars().nth(place).map(String::from).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a broken test table fails the test")]
mod tests {
    use super::super::testing::{Build, grammar};
    use super::*;

    fn keys(build: Build) -> Vec<&'static str> {
        let grammar = grammar();
        let appendix = build.appendix();
        let ledger = Ledger::of(&appendix, &grammar.arithmetic).unwrap();
        let tree = Tree::of(&ledger);
        facts(&ledger, &tree, Container::Root).iter().map(|fact| fact.key).collect()
    }

    fn items(numbers: &[&str]) -> Build {
        numbers.iter().fold(Build::new(&["Tổng số"]), |build, number| build.item(number, "Dự án", &["1"]))
    }

    #[test]
    fn whole_numbering_gives_no_facts() {
        assert!(keys(items(&["1", "2", "3"])).is_empty());
        assert!(keys(items(&["1", "2", "2", "3"])).is_empty(), "a number printed twice loses no row");
        assert!(keys(items(&["25", "26"]).group("I", "Nhóm", &[])).contains(&"arithmetic-missing-before"));
    }

    #[test]
    fn gaps_and_restarts_are_facts_and_misprints_are_not() {
        assert_eq!(keys(items(&["1", "2", "4"])), ["arithmetic-missing-between"]);
        assert_eq!(keys(items(&["1", "2", "1"])), ["arithmetic-missing-restart"]);
        assert!(keys(items(&["1", "62", "3", "4"])).is_empty());
    }

    #[test]
    fn numbers_may_run_on_over_groups() {
        let build = Build::new(&["Tổng số"])
            .group("I", "Đường", &[])
            .item("1", "A", &["1"])
            .item("2", "B", &["1"])
            .group("II", "Cầu", &[])
            .item("3", "C", &["1"]);
        assert!(keys(build).is_empty());
        let between = Build::new(&["Tổng số"])
            .group("I", "Đường", &[])
            .item("1", "A", &["1"])
            .item("2", "B", &["1"])
            .item("", "Bến xe", &["1"])
            .group("II", "Cầu", &[])
            .item("3", "C", &["1"]);
        let appendix = between.appendix();
        let grammar = grammar();
        let ledger = Ledger::of(&appendix, &grammar.arithmetic).unwrap();
        let tree = Tree::of(&ledger);
        assert!(facts(&ledger, &tree, Container::Group(1)).is_empty());
        let lost =
            Build::new(&["Tổng số"]).group("I", "Đường", &[]).item("1", "A", &["1"]).group("IV", "Cầu", &[]);
        assert_eq!(keys(lost.item("1", "C", &["1"])), ["arithmetic-missing-between"]);
    }

    #[test]
    fn a_declared_count_above_the_rows_is_a_fact() {
        let build = Build::new(&["Tổng số"]).group_of("I", "Đường", 3, &[]).item("1", "A", &["1"]).item(
            "2",
            "B",
            &["1"],
        );
        assert_eq!(keys(build), ["arithmetic-missing-count"]);
    }
}
