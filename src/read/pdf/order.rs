//! In which order a page's lines and tables are read: from top to bottom, but tables that stand side by side each after the
//! lines that stand over it.

use super::geometry::Area;
use super::lines::Line;

/// Lines over tables are parted where a gap of so many sizes stands between these.
const GAP: f64 = 2.0;
/// Most lines over tables that stand side by side.
const OVER: usize = 8;

/// What is read next.
#[derive(Debug)]
pub(super) enum Item {
    Line(Line),
    /// A table, by its index.
    Table(usize),
}

/// Lines, from top to bottom, and tables by their areas, ordered by their upper ends.
pub(super) fn items(lines: Vec<Line>, tables: &[Area]) -> Vec<Item> {
    let mut lines = lines.into_iter().peekable();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = tables.get(at) {
        let mut group = beside(tables, at);
        let lowest = group.iter().filter_map(|index| tables.get(*index)).map(|area| area.top);
        let lowest = lowest.fold(first.top, f64::max);
        let mut above: Vec<Line> = Vec::new();
        while let Some(line) = lines.next_if(|line| line.base < lowest) {
            above.push(line);
        }
        let end = at + group.len();
        group.sort_by(|a, b| left(tables, *a).total_cmp(&left(tables, *b)));
        let borders: Vec<f64> = group.windows(2).filter_map(|pair| middle(tables, pair)).collect();
        let own = above.split_off(above.len() - over(&above, &borders));
        out.extend(above.into_iter().map(Item::Line));
        for (index, table) in group.into_iter().enumerate() {
            let from = index.checked_sub(1).and_then(|before| borders.get(before)).copied();
            let to = borders.get(index).copied().unwrap_or(f64::INFINITY);
            let part = |line: &Line| line.between(from.unwrap_or(f64::NEG_INFINITY), to);
            out.extend(own.iter().filter_map(part).map(Item::Line));
            out.push(Item::Table(table));
        }
        at = end;
    }
    out.extend(lines.map(Item::Line));
    out
}

fn left(tables: &[Area], index: usize) -> f64 {
    tables.get(index).map_or(0.0, |area| area.left)
}

/// The place between two tables that stand side by side.
fn middle(tables: &[Area], pair: &[usize]) -> Option<f64> {
    let area = |at: usize| pair.get(at).and_then(|index| tables.get(*index));
    Some(area(0)?.right.midpoint(area(1)?.left))
}

/// A table and those after it that stand beside it.
fn beside(tables: &[Area], first: usize) -> Vec<usize> {
    let mut group = vec![first];
    let Some(top) = tables.get(first) else { return group };
    for (index, area) in tables.iter().enumerate().skip(first + 1) {
        let apart = |other: &usize| {
            tables.get(*other).is_some_and(|other| other.right <= area.left || area.right <= other.left)
        };
        if area.top > top.top.midpoint(top.bottom) || !group.iter().all(apart) {
            break;
        }
        group.push(index);
    }
    group
}

/// How many of the last lines stand each over one of the tables that `borders` part; the first has words over several.
fn over(lines: &[Line], borders: &[f64]) -> usize {
    let free = |line: &&Line| !borders.is_empty() && borders.iter().all(|x| line.is_free_at(*x, GAP));
    let several = |line: &Line| borders.iter().any(|x| line.area.left < *x && *x < line.area.right);
    let last: Vec<&Line> = lines.iter().rev().take(OVER).take_while(free).collect();
    last.iter().rposition(|line| several(line)).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::lines::Word;

    fn line(base: f64, words: &[(f64, &str)]) -> Line {
        let area = |left: f64| Area { left, top: base - 8.0, right: left + 60.0, bottom: base + 2.0 };
        let word = |(left, text): &(f64, &str)| Word {
            text: (*text).to_owned(),
            area: area(*left),
            confidence: None,
            font: None,
        };
        let words: Vec<Word> = words.iter().map(word).collect();
        let whole = words.iter().map(|word| word.area).reduce(Area::around).unwrap_or(area(0.0));
        Line { words, base, size: 10.0, area: whole }
    }

    fn read(lines: Vec<Line>, tables: &[Area]) -> Vec<String> {
        let said = |item: Item| match item {
            Item::Line(line) => line.text(),
            Item::Table(index) => format!("#{index}"),
        };
        items(lines, tables).into_iter().map(said).collect()
    }

    #[test]
    fn lines_over_tables_side_by_side_are_read_with_their_tables() {
        let lines = vec![
            line(80.0, &[(0.0, "whole"), (62.0, "line"), (124.0, "over"), (186.0, "both")]),
            line(100.0, &[(20.0, "one"), (250.0, "two")]),
            line(112.0, &[(250.0, "more")]),
            line(300.0, &[(0.0, "under")]),
        ];
        let area = |left: f64, bottom: f64| Area { left, top: 120.0, right: left + 150.0, bottom };
        let tables = [area(200.0, 250.0), area(0.0, 280.0)];
        assert_eq!(read(lines, &tables), ["whole line over both", "one", "#1", "two", "more", "#0", "under"]);
    }

    #[test]
    fn tables_under_one_another_come_in_order() {
        let area = |top: f64| Area { left: 0.0, top, right: 150.0, bottom: top + 50.0 };
        let lines = vec![line(10.0, &[(0.0, "one"), (250.0, "two")]), line(80.0, &[(0.0, "next")])];
        assert_eq!(read(lines, &[area(20.0), area(90.0)]), ["one two", "#0", "next", "#1"]);
    }
}
