//! What stands at the edges of pages and is no content: page numbers and running heads.

use rustc_hash::FxHashMap;

use super::caption::caption;
use crate::grammar::Grammar;
use crate::source::{Block, Row, Source};
use crate::span::Span;

/// A line that stands at least so often at the top or foot of a page is a running head.
const RUNNING_HEAD_PAGES: usize = 3;

/// The pieces of a line: its text or, where its pieces stand so far apart that they were read as a row of cells, these.
fn pieces<'a>(source: &'a Source, block: &Block) -> Vec<&'a str> {
    match block {
        Block::Paragraph { span, .. } => vec![source.slice(*span)],
        Block::Table { rows } if rows.len() == 1 => {
            let row = source.rows.get(rows.start as usize);
            let cells = row.map(|row| source.row_cells(row)).unwrap_or_default();
            cells.iter().map(|cell| source.slice(cell.span)).filter(|text| !text.is_empty()).collect()
        }
        _ => Vec::new(),
    }
}

/// Fewest numbers on lines of their own that go up.
const ASCENDING: usize = 3;

/// The blocks that are page numbers, each by its index and with its number: numbers on lines of their own that stand at
/// page breaks or count up by one through the document.
pub(super) fn page_numbers(source: &Source, grammar: &Grammar) -> Vec<(usize, u32)> {
    let mut candidates: Vec<(usize, u32, bool)> = Vec::new();
    for (index, block) in source.blocks.iter().enumerate() {
        let pieces = pieces(source, block);
        let numbers: Option<Vec<u32>> = pieces.iter().map(|text| page_number(text, grammar)).collect();
        let Some(number) = numbers.and_then(|numbers| numbers.first().copied()) else { continue };
        let beside = |i: Option<usize>| match i.and_then(|i| source.blocks.get(i)) {
            None | Some(Block::PageBreak { .. }) => true,
            Some(_) => false,
        };
        let at_break = source.pages.is_some() && (beside(index.checked_sub(1)) || beside(Some(index + 1)))
            || repeats_header(source, index)
            || is_between_rows(source, index)
            || pieces.iter().all(|text| names_page(text, grammar));
        if at_break || matches!(block, Block::Paragraph { .. }) {
            candidates.push((index, number, at_break));
        }
    }
    let follows = |a: Option<&(usize, u32, bool)>, b: Option<&(usize, u32, bool)>| match (a, b) {
        (Some(a), Some(b)) => b.1.checked_sub(a.1) == Some(1),
        _ => false,
    };
    // Numbers that go up all through the document, some pages' being lost.
    let ascending = candidates.len() >= ASCENDING
        && candidates.windows(2).all(|pair| matches!(pair, [a, b] if a.1 < b.1))
        && candidates.iter().any(|candidate| candidate.2);
    candidates
        .iter()
        .enumerate()
        .filter(|(i, candidate)| {
            candidate.2
                || ascending
                || follows(i.checked_sub(1).and_then(|i| candidates.get(i)), Some(candidate))
                || follows(Some(candidate), candidates.get(i + 1))
        })
        .map(|(_, candidate)| (candidate.0, candidate.1))
        .collect()
}

/// Where pages are missing, as places of the text: their numbers are, while those before and after count on. A number may stand
/// at the head or at the foot of its page, so that both the end of the number before and the start of the one after may be it.
pub(super) fn lost_pages(source: &Source, numbers: &[(usize, u32)]) -> Vec<u32> {
    let follows = |a: Option<&(usize, u32)>, b: Option<&(usize, u32)>| Some(a?.1 + 1 == b?.1);
    let mut out = Vec::new();
    for (at, pair) in numbers.windows(2).enumerate() {
        let [(before, a), (after, b)] = pair else { continue };
        let near = [
            at.checked_sub(1).and_then(|first| follows(numbers.get(first), numbers.get(at))),
            follows(numbers.get(at + 1), numbers.get(at + 2)),
        ];
        let counts_on = near.contains(&Some(true)) && !near.contains(&Some(false));
        if *b > a + 1 && counts_on {
            let place = |index: &usize| match source.blocks.get(*index)? {
                Block::Paragraph { span, .. } => Some(*span),
                Block::Table { rows } => source.rows.get(rows.start as usize).map(|row| row.span),
                Block::PageBreak { .. } | Block::Sheet { .. } => None,
            };
            out.extend(place(before).map(|span| span.end));
            out.extend(place(after).map(|span| span.start));
        }
    }
    out
}

/// Most lines between the parts of a table on two pages: page numbers and running heads.
const BETWEEN: usize = 3;

/// Whether a block stands between two tables of which the second begins with the first row of the one before.
fn repeats_header(source: &Source, index: usize) -> bool {
    let rows = |block: &Block| match block {
        Block::Table { rows } if pieces(source, block).is_empty() => {
            source.rows.get(rows.start as usize..rows.end as usize)
        }
        _ => None,
    };
    let before = source.blocks.get(..index).unwrap_or_default().iter().rev().take(BETWEEN).find_map(rows);
    let after = source.blocks.iter().skip(index + 1).take(BETWEEN).find_map(rows).and_then(<[Row]>::first);
    let text = |row: &Row| source.slice(row.span).trim();
    // "Đơn vị tính: triệu đồng" may stand above the first header.
    let above = before.unwrap_or_default().iter().take(BETWEEN);
    after.is_some_and(|after| above.map(text).any(|header| header == text(after)))
}

/// Whether a block stands between rows of as many cells, which a table of more than two columns has on both pages.
fn is_between_rows(source: &Source, index: usize) -> bool {
    let width = |block: Option<&Block>, last: bool| match block {
        Some(Block::Table { rows }) => {
            let row = if last { rows.end.checked_sub(1)? } else { rows.start };
            source.rows.get(row as usize).map(|row| source.row_cells(row).len())
        }
        _ => None,
    };
    let before = width(index.checked_sub(1).and_then(|index| source.blocks.get(index)), true);
    let after = width(source.blocks.get(index + 1), false);
    before.zip(after).is_some_and(|(before, after)| before == after && before > 2)
}

/// Most bytes of what gives a page's number: "- Trang 12/120 -".
const NUMBER_BYTES: usize = 24;

/// "12", "- 12 -", "**12**", "Trang 3/20".
fn page_number(text: &str, grammar: &Grammar) -> Option<u32> {
    if text.len() > NUMBER_BYTES {
        return None;
    }
    let whole = crate::text::fold(
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '*' | '_')),
    );
    let pages = &grammar.structure.pages;
    let named = pages.number.iter().find_map(|word| whole.strip_prefix(word.as_str()));
    // "3/20" has two numbers; "3/ Nhân lực số" is a list item.
    let (number, of) = pages.parts(named.unwrap_or(&whole).trim(), named.is_some());
    if of.is_some_and(|of| of.parse::<u32>().is_err()) {
        return None;
    }
    number.parse().ok().filter(|n| (1..=999).contains(n) && !number.starts_with('0'))
}

/// Whether a text begins with the word for a page.
fn names_page(text: &str, grammar: &Grammar) -> bool {
    let folded = crate::text::fold(text);
    let folded = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    grammar.structure.pages.number.iter().any(|word| folded.starts_with(word.as_str()))
}

/// "Kế hoạch số 12/KH-UBND - Trang 3" without the page's number.
fn without_number<'a>(text: &'a str, grammar: &Grammar) -> &'a str {
    let first = text.len().saturating_sub(NUMBER_BYTES);
    let begins = |at: usize| at == 0 || text.as_bytes().get(at - 1) == Some(&b' ');
    let mut tails = (first..text.len()).filter(|at| begins(*at)).filter_map(|at| text.split_at_checked(at));
    let cut = tails.find(|(_, tail)| names_page(tail, grammar) && page_number(tail, grammar).is_some());
    cut.map_or(text, |(head, _)| head.trim_end())
}

/// How many lines at the top and at the foot of a page may be running heads.
const EDGE_LINES: usize = 2;

/// Indices of the blocks at the top and foot of pages, page numbers being passed over, from the outermost on.
fn edges(source: &Source, page_numbers: &[usize]) -> Vec<Vec<usize>> {
    let mut out = Vec::new();
    let mut take = |blocks: &mut dyn Iterator<Item = (usize, &Block)>| {
        let lines = blocks.take_while(|(_, block)| !pieces(source, block).is_empty());
        let lines = lines.map(|(index, _)| index);
        let lines = lines.filter(|index| page_numbers.binary_search(index).is_err());
        out.push(lines.take(EDGE_LINES).collect());
    };
    let is_break = |(_, block): &(usize, &Block)| matches!(block, Block::PageBreak { .. });
    let all = || source.blocks.iter().enumerate();
    let borders: Vec<usize> = all().filter(is_break).map(|(index, _)| index).collect();
    let starts = std::iter::once(0).chain(borders.iter().map(|border| border + 1));
    let ends = borders.iter().copied().chain([source.blocks.len()]);
    for (start, end) in starts.zip(ends) {
        let page = || all().take(end).skip(start);
        take(&mut page());
        take(&mut page().rev());
    }
    out
}

/// Indices of the blocks that are running heads: they repeat at the top or foot of pages, or stand between a table's rows
/// and its header that comes again and hold a page's number or are what stands at another page's edge.
pub(super) fn running_heads(source: &Source, page_numbers: &[usize], grammar: &Grammar) -> Vec<usize> {
    let edges = Edges::of(source, page_numbers, grammar);
    let mut heads = match source.pages {
        Some(pages) if pages as usize >= RUNNING_HEAD_PAGES => edges.repeated(),
        Some(2) => edges.at_one_place(source, grammar),
        _ => Vec::new(),
    };
    let numbered = |(_, block): &(usize, &Block)| {
        let pieces = pieces(source, block);
        let named = |text: &&str| without_number(text, grammar) != *text;
        let alone = |text: &&str| page_number(text, grammar).is_some();
        pieces.iter().any(named) || pieces.len() > 1 && pieces.iter().any(alone)
    };
    let between = source.blocks.iter().enumerate().filter(|(index, _)| repeats_header(source, *index));
    let between = between.filter(|block| numbered(block) || edges.stood_before(block.0));
    heads.extend(between.map(|(index, _)| index));
    heads.sort_unstable();
    heads.dedup();
    heads
}

/// What stands at the edges of pages.
struct Edges {
    /// Of each edge, from the outermost line on.
    lines: Vec<Vec<usize>>,
    /// The text of each line, without the page's number.
    texts: FxHashMap<usize, String>,
    /// Where each text stands, ascending.
    places: FxHashMap<String, Vec<usize>>,
}

impl Edges {
    fn of(source: &Source, page_numbers: &[usize], grammar: &Grammar) -> Self {
        let text = |index: &usize| {
            let pieces = source.blocks.get(*index).map(|block| pieces(source, block)).unwrap_or_default();
            let others = pieces.iter().filter(|text| page_number(text, grammar).is_none());
            others.map(|text| without_number(text, grammar)).collect::<Vec<_>>().join("\t")
        };
        let lines = edges(source, page_numbers);
        let mut all: Vec<usize> = lines.iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        let texts: FxHashMap<usize, String> = all.iter().map(|index| (*index, text(index))).collect();
        let mut places: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for index in all {
            places.entry(texts.get(&index).cloned().unwrap_or_default()).or_default().push(index);
        }
        Self { lines, texts, places }
    }

    /// All places of a line's text.
    fn places(&self, index: usize) -> &[usize] {
        let places = self.texts.get(&index).and_then(|text| self.places.get(text));
        places.map(Vec::as_slice).unwrap_or_default()
    }

    /// What repeats often enough.
    fn repeated(&self) -> Vec<usize> {
        let repeats = |index: &&usize| self.places(**index).len() >= RUNNING_HEAD_PAGES;
        // A line inside another one that repeats may be a running head's second line.
        self.lines.iter().flat_map(|edge| edge.iter().take_while(repeats)).copied().collect()
    }

    /// What stands outermost at one place of both pages of a drawn document; two captions may well.
    fn at_one_place(&self, source: &Source, grammar: &Grammar) -> Vec<usize> {
        let names = |span: Span| caption(source.slice(span), &[], &grammar.structure).is_some();
        let place = |index: usize| match source.blocks.get(index)? {
            Block::Paragraph { span, .. } if !names(*span) => source.at(*span).bbox,
            _ => None,
        };
        let outermost = || self.lines.iter().filter_map(|edge| edge.first()).copied();
        let twice = |index: &usize| match self.places(*index) {
            [one, other] => {
                place(*one).is_some_and(|box_| place(*other) == Some(box_))
                    && [one, other].iter().all(|index| outermost().any(|first| first == **index))
            }
            _ => false,
        };
        outermost().filter(twice).collect()
    }

    /// Whether a page before has a line's text at its edge.
    fn stood_before(&self, index: usize) -> bool {
        self.places(index).first().is_some_and(|first| *first < index)
    }
}
