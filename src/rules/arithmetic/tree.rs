//! Which rows are the parts of which: groups, items, items under items, and detail rows that are no part.

use rustc_hash::{FxHashMap, FxHashSet};

use super::ledger::{Cell, Ledger, LineKind, Reading};
use super::ordinal::{Ordinal, Style};
use crate::model::{Appendix, RowRole};

/// What has rows under it; the index is that of the appendix's groups or items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Container {
    /// The whole table.
    Root,
    /// A group.
    Group(usize),
    /// An item with items under it ("1" over "1.1").
    Item(usize),
}

/// A row that is a part of its container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Node {
    /// A group.
    Group(usize),
    /// An item.
    Item(usize),
}

/// The rows of an appendix by container.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// Parts of each container, in printed order of its groups, then its items.
    children: FxHashMap<Container, Vec<Node>>,
    /// Lines without a number of their own ("- Ngân sách tỉnh", "Trong đó …"): no parts of the sum.
    details: FxHashMap<Container, Vec<usize>>,
    /// Lines that print the amounts of a group: its heading, then its subtotals.
    group_lines: FxHashMap<usize, Vec<usize>>,
    /// The container of each line that is a total; absent where it is not clear.
    totals: Vec<(usize, Container)>,
    /// The numbers of items, as read.
    ordinals: Vec<Option<Ordinal>>,
}

/// How far down a sum goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// A group's own amount stands for its rows.
    Parts,
    /// As `Parts`, with the detail rows.
    WithDetails,
    /// Rows only, whatever the groups print.
    Rows,
}

impl Tree {
    /// The rows of a ledger.
    pub fn of(ledger: &Ledger<'_>) -> Self {
        let appendix = ledger.appendix;
        let groups: FxHashMap<&str, usize> =
            appendix.groups.iter().enumerate().map(|(i, group)| (group.id.as_str(), i)).collect();
        let mut tree = Self::default();
        for (i, group) in appendix.groups.iter().enumerate() {
            let aside = group.title.as_deref().is_some_and(|title| ledger.words.of_which.matches(title));
            let container = container_of(appendix, &groups, i).map_or(Container::Root, Container::Group);
            if !aside {
                tree.children.entry(container).or_default().push(Node::Group(i));
            }
        }
        tree.place_items(ledger, &groups);
        for (i, line) in ledger.lines.iter().enumerate() {
            match line.kind {
                LineKind::Group(group) => tree.group_lines.entry(group).or_default().push(i),
                LineKind::Total(total) => {
                    let Some(total) = appendix.totals.get(total) else { continue };
                    let of = |id: &String| appendix.totals.iter().find(|whole| whole.id == *id);
                    if let Some(whole) = total.part_of.as_ref().and_then(of) {
                        let group = whole.group.as_deref().and_then(|id| groups.get(id));
                        let container = group.map_or(Container::Root, |group| Container::Group(*group));
                        tree.details.entry(container).or_default().push(i);
                        continue;
                    }
                    match total.group.as_deref().map(|id| groups.get(id)) {
                        None => tree.add_total(i, Container::Root),
                        Some(Some(group)) => tree.add_total(i, Container::Group(*group)),
                        Some(None) => {}
                    }
                }
                LineKind::Item(_) => {}
            }
        }
        tree
    }

    fn add_total(&mut self, line: usize, container: Container) {
        if let Container::Group(group) = container {
            self.group_lines.entry(group).or_default().push(line);
        }
        self.totals.push((line, container));
    }

    fn place_items(&mut self, ledger: &Ledger<'_>, groups: &FxHashMap<&str, usize>) {
        let appendix = ledger.appendix;
        let containers: Vec<Container> = appendix
            .items
            .iter()
            .map(|item| {
                item.group()
                    .and_then(|id| groups.get(id))
                    .map_or(Container::Root, |group| Container::Group(*group))
            })
            .collect();
        self.ordinals = appendix.items.iter().map(|item| item.number().and_then(Ordinal::read)).collect();
        let any_numbered = self.ordinals.iter().any(Option::is_some);
        let numbered: FxHashSet<Container> = containers
            .iter()
            .zip(&self.ordinals)
            .filter(|(_, ordinal)| ordinal.is_some())
            .map(|(container, _)| *container)
            .collect();
        let labelled = after_labels(appendix);
        // The items whose numbers the next one may lie under, by container.
        let mut open: FxHashMap<Container, Vec<usize>> = FxHashMap::default();
        for (i, (item, container)) in appendix.items.iter().zip(&containers).enumerate() {
            let Some(ordinal) = self.ordinals.get(i).and_then(Option::as_ref) else {
                let marked = item.number().is_some() || item.name().starts_with(['-', '+', '–', '•', '*']);
                if any_numbered && ledger.words.total_row.matches(item.name()) {
                    self.add_total(i, *container);
                    continue;
                }
                let among_numbered = numbered.contains(container)
                    || (*container == Container::Root && (any_numbered || !groups.is_empty()));
                if marked || among_numbered || labelled.contains(item.id()) {
                    self.details.entry(*container).or_default().push(i);
                } else {
                    self.children.entry(*container).or_default().push(Node::Item(i));
                }
                continue;
            };
            let above = open.entry(*container).or_default();
            while above.last().is_some_and(|above| !is_under(&self.ordinals, ordinal, *above)) {
                above.pop();
            }
            let place = above.last().map_or(*container, |above| Container::Item(*above));
            above.push(i);
            self.children.entry(place).or_default().push(Node::Item(i));
        }
    }

    /// Parts of a container.
    pub fn children(&self, container: Container) -> &[Node] {
        self.children.get(&container).map(Vec::as_slice).unwrap_or_default()
    }

    /// Rows of a container that are no parts.
    pub fn details(&self, container: Container) -> &[usize] {
        self.details.get(&container).map(Vec::as_slice).unwrap_or_default()
    }

    /// The number of an item, as read.
    pub fn ordinal(&self, item: usize) -> Option<&Ordinal> {
        self.ordinals.get(item).and_then(Option::as_ref)
    }

    /// Lines that print a group's amounts.
    pub fn group_lines(&self, group: usize) -> &[usize] {
        self.group_lines.get(&group).map(Vec::as_slice).unwrap_or_default()
    }

    /// Lines that are totals, with what they are totals of: total rows, group rows, items over items.
    pub fn totals(&self, ledger: &Ledger<'_>) -> Vec<(usize, Container)> {
        let mut out = Vec::new();
        for (i, line) in ledger.lines.iter().enumerate() {
            match line.kind {
                LineKind::Item(item) if self.children.contains_key(&Container::Item(item)) => {
                    out.push((i, Container::Item(item)));
                }
                LineKind::Group(group) => out.push((i, Container::Group(group))),
                _ => {}
            }
        }
        out.extend(&self.totals);
        out
    }

    /// The cells of a column that make up a container's total. Blank cells are left out.
    pub fn parts(&self, ledger: &Ledger<'_>, container: Container, column: usize, depth: Depth) -> Vec<Cell> {
        let mut out = Vec::new();
        self.collect(ledger, container, column, depth, &mut out);
        out
    }

    fn collect(
        &self,
        ledger: &Ledger<'_>,
        container: Container,
        column: usize,
        depth: Depth,
        out: &mut Vec<Cell>,
    ) {
        let printed = |line: usize| {
            let cell = Cell { line, column };
            (ledger.read(cell) != Reading::Blank).then_some(cell)
        };
        for node in self.children(container) {
            let (own, below) = match node {
                Node::Item(item) => (printed(*item), Container::Item(*item)),
                Node::Group(group) => {
                    let own = self.group_lines(*group).iter().find_map(|line| printed(*line));
                    (own.filter(|_| depth != Depth::Rows), Container::Group(*group))
                }
            };
            match own {
                Some(cell) => out.push(cell),
                None => self.collect(ledger, below, column, depth, out),
            }
        }
        if depth == Depth::WithDetails {
            out.extend(self.details(container).iter().filter_map(|item| printed(*item)));
        }
    }

    /// How many items lie in a container: those that are parts, and all rows with theirs.
    pub fn count(&self, container: Container) -> (usize, usize) {
        let mut parts = 0;
        let mut rows = self.details(container).iter().filter(|line| **line < self.ordinals.len()).count();
        for node in self.children(container) {
            match node {
                Node::Item(item) => {
                    parts += 1;
                    rows += 1 + self.count(Container::Item(*item)).1;
                }
                Node::Group(group) => {
                    let (below, all) = self.count(Container::Group(*group));
                    parts += below;
                    rows += all;
                }
            }
        }
        (parts, rows)
    }
}

/// The group that a group lies in. One that is numbered in the way of the group that it is said to lie in
/// ("B", "C") stands beside it.
fn container_of(appendix: &Appendix, groups: &FxHashMap<&str, usize>, group: usize) -> Option<usize> {
    let style =
        |i: usize| appendix.groups.get(i)?.number.as_deref().and_then(Ordinal::read).map(|it| it.style());
    let parent = |i: usize| {
        let id = appendix.groups.get(i)?.parent.as_deref()?;
        groups.get(id).copied().filter(|parent| *parent < i)
    };
    let own = style(group).filter(|style| !matches!(style, Style::Arabic(_)));
    let mut above = parent(group);
    while let Some(i) = above.filter(|i| own.is_some() && style(*i) == own) {
        above = parent(i);
    }
    above
}

/// Whether an item's number lies under that of another: "1.2" under "1", "b" under "1".
fn is_under(ordinals: &[Option<Ordinal>], ordinal: &Ordinal, above: usize) -> bool {
    let Some(above) = ordinals.get(above).and_then(Option::as_ref) else { return false };
    let letter_under_digits = ordinal.style() == Style::Lower && matches!(above.style(), Style::Arabic(_));
    letter_under_digits || ordinal.is_under(above)
}

/// Ids of the rows without a number that follow a label ("Trong đó:").
pub(crate) fn after_labels(appendix: &Appendix) -> FxHashSet<&str> {
    let mut out = FxHashSet::default();
    let mut labelled = false;
    for row in appendix.table.iter().flat_map(|table| &table.rows) {
        match row.role {
            RowRole::Label => labelled = true,
            RowRole::Item if row.number.as_deref().is_none_or(|number| Ordinal::read(number).is_none()) => {
                if let (true, Some(id)) = (labelled, row.of.as_deref()) {
                    out.insert(id);
                }
            }
            _ => labelled = false,
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a broken test table fails the test")]
mod tests {
    use super::super::testing::{Build, grammar};
    use super::*;

    fn shape(appendix: &Appendix) -> (Vec<Node>, Tree) {
        let grammar = grammar();
        let ledger = Ledger::of(appendix, &grammar.arithmetic).unwrap();
        let tree = Tree::of(&ledger);
        (tree.children(Container::Root).to_vec(), tree)
    }

    #[test]
    fn dotted_and_lettered_items_lie_under_the_item_before() {
        let appendix = Build::new(&["Tổng số"])
            .item("1", "Đường", &["10"])
            .item("1.1", "Đoạn một", &["6"])
            .item("a", "Nền", &["4"])
            .item("1.2", "Đoạn hai", &["4"])
            .item("2", "Cầu", &["5"])
            .appendix();
        let (root, tree) = shape(&appendix);
        assert_eq!(root, [Node::Item(0), Node::Item(4)]);
        assert_eq!(tree.children(Container::Item(0)), [Node::Item(1), Node::Item(3)]);
        assert_eq!(tree.children(Container::Item(1)), [Node::Item(2)]);
        assert_eq!(tree.count(Container::Root), (2, 5));
    }

    #[test]
    fn rows_without_a_number_among_numbered_ones_are_details() {
        let appendix = Build::new(&["Tổng số"])
            .total("TỔNG CỘNG", None, &["15"])
            .item("", "- Ngân sách tỉnh", &["9"])
            .item("1", "Đường", &["10"])
            .item("2", "Cầu", &["5"])
            .appendix();
        let (root, tree) = shape(&appendix);
        assert_eq!(root, [Node::Item(1), Node::Item(2)]);
        assert_eq!(tree.details(Container::Root), [0]);
    }

    #[test]
    fn a_row_without_a_number_that_is_called_a_total_is_one() {
        let appendix = Build::new(&["Tổng số"])
            .group("I", "Đường", &[])
            .item("1", "A", &["10"])
            .item("2", "Công viên", &["5"])
            .item("", "Cộng mục I", &["15"])
            .appendix();
        let (_, tree) = shape(&appendix);
        assert_eq!(tree.totals, [(2, Container::Group(0))]);
        assert_eq!(tree.count(Container::Root), (2, 2));
    }

    #[test]
    fn a_table_without_numbers_has_all_its_rows_as_parts() {
        let appendix = Build::new(&["Tổng số"]).item("", "Đường", &["10"]).item("", "Cầu", &["5"]).appendix();
        assert_eq!(shape(&appendix).0.len(), 2);
    }
}
