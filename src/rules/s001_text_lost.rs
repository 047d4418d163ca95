//! S001: a row or paragraph ends in the middle and does not go on, or begins in the middle.

use std::ops::Range;

use super::structure::{BlockList, Cut, Edge, Sign, block_lists, cut, edge};
use super::{Context, Rule, shorten};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::{Appendix, Block, BlockKind, Cell, ColumnRole, Row, RowRole, Section};
use crate::span::At;
use crate::text::fold;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "S001", name: "text-lost" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/S001-text-lost.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let lists = block_lists(context);
    let ended = lone_open_end(&lists);
    for list in lists {
        blocks(context, list, ended, audit);
    }
    for section in context.sections() {
        heading(context, section, audit);
    }
    lone_open_paragraph(context, audit);
    for appendix in &context.document.appendices {
        if let Some(title) = &appendix.title
            && let Some(words) = open_title(context, title)
        {
            audit.findings.push(finding("s001-word", title, words, &appendix.at));
        }
        rows(context, appendix, audit);
    }
}

fn finding(key: &'static str, text: &str, words: Range<usize>, at: &At) -> Finding {
    let end = shorten(text.get(words.clone()).unwrap_or_default());
    let message = Text::new(key).with("words", end);
    Finding::new(RULE.code, RULE.severity, message, at.clone()).quoting(text, words)
}

fn key(sign: Sign) -> &'static str {
    match sign {
        Sign::Open => "s001-open",
        Sign::Word { .. } => "s001-word",
        Sign::Comma => "s001-comma",
    }
}

/// Fewest paragraphs with a mark at their ends that make one without it stand out.
const MANY_ENDED: usize = 12;
/// Shortest paragraph without a list mark, in bytes, that is surely a sentence.
const SENTENCE: usize = 120;

/// How many list items and sentences end in a mark, where all but one or two do.
fn lone_open_end(lists: &[BlockList<'_>]) -> Option<usize> {
    let mut counted: Vec<bool> = Vec::new();
    for list in lists {
        let pairs = list.blocks.iter().enumerate();
        counted.extend(pairs.filter_map(|(at, block)| ends_openly(list, at, block)));
    }
    let open = counted.iter().filter(|open| **open).count();
    let ended = counted.len() - open;
    (open > 0 && ended >= MANY_ENDED * open && open <= 2).then_some(ended)
}

/// Whether a list item or sentence ends without a mark; `None` for what need not have one.
fn ends_openly(list: &BlockList<'_>, at: usize, block: &Block) -> Option<bool> {
    let sentence = matches!(block.kind, BlockKind::Bullet | BlockKind::SubBullet)
        || block.kind == BlockKind::Paragraph && block.text.len() >= SENTENCE;
    let next = list.blocks.get(at + 1);
    let leads = next.map_or(list.sections_follow, |next| depth(next) > depth(block) || goes_on(next));
    let end = block.text.trim_end().trim_end_matches(['”', '"', ')', ']', '*', '’']).chars().next_back()?;
    (sentence && !leads).then(|| end.is_alphanumeric() || end == '%')
}

fn blocks(context: &Context<'_>, list: BlockList<'_>, ended: Option<usize>, audit: &mut Audit) {
    for (at, block) in list.blocks.iter().enumerate() {
        let next = list.blocks.get(at + 1);
        let ends = list.ends_body && next.is_none();
        let edge = if ends { Edge::End } else { Edge::Inner };
        let Some(Cut { words, sign }) = cut(context, &block.text, edge) else {
            if let (Some(ended), Some(true)) = (ended, ends_openly(&list, at, block)) {
                audit.findings.push(open_end(block, ended));
            }
            continue;
        };
        let introduces = matches!(sign, Sign::Word { introduces: true });
        let deeper = next.map_or(list.sections_follow, |next| depth(next) > depth(block));
        if introduces && deeper || next.is_some_and(goes_on) {
            continue;
        }
        audit.findings.push(finding(key(sign), &block.text, words, &block.at));
    }
}

/// Shortest text behind a number, in bytes, that is surely a sentence and no heading.
const NUMBERED: usize = 80;

/// Reports the one numbered paragraph that ends without a mark where all others have one.
fn lone_open_paragraph(context: &Context<'_>, audit: &mut Audit) {
    let sections = context.sections();
    let leaf = |section: &&&Section| section.blocks.is_empty() && section.sections.is_empty();
    let long = |section: &&Section| section.title.as_deref().is_some_and(|title| title.len() >= NUMBERED);
    let paragraphs: Vec<&&Section> = sections.iter().filter(leaf).filter(|section| long(section)).collect();
    let open = |section: &&&&Section| {
        let title = section.title.as_deref().unwrap_or_default().trim_end();
        title.ends_with(char::is_lowercase)
    };
    let mut open_ones = paragraphs.iter().filter(open);
    let (Some(section), None) = (open_ones.next(), open_ones.next()) else { return };
    let ended = paragraphs.len() - 1;
    let title = section.title.as_deref().unwrap_or_default();
    if ended >= MANY_ENDED && open_title(context, title).is_none() {
        audit.findings.push(unended(title, &section.at, ended));
    }
}

/// Words of an open end that a finding shows.
const LAST_WORDS: usize = 4;

/// A paragraph that ends without a mark where so many others have one.
fn open_end(block: &Block, ended: usize) -> Finding {
    unended(&block.text, &block.at, ended)
}

fn unended(text: &str, at: &At, ended: usize) -> Finding {
    let text = text.trim_end();
    let start = text.rmatch_indices(' ').nth(LAST_WORDS - 1).map_or(0, |(at, _)| at + 1);
    let words = text.get(start..).unwrap_or_default();
    let message = Text::new("s001-unended").with("words", words).with("ended", ended);
    Finding::new(RULE.code, RULE.severity, message, at.clone()).quoting(text, start..text.len())
}

fn depth(block: &Block) -> u8 {
    match block.kind {
        BlockKind::Subheading => 0,
        BlockKind::Paragraph | BlockKind::Note => 1,
        BlockKind::Bullet => 2,
        BlockKind::SubBullet => 3,
    }
}

/// Whether a block is the rest of the paragraph before it.
fn goes_on(block: &Block) -> bool {
    block.marker.is_none() && block.text.starts_with(char::is_lowercase)
}

fn heading(context: &Context<'_>, section: &Section, audit: &mut Audit) {
    let Some(title) = &section.title else { return };
    let Some(words) = open_title(context, title) else {
        return;
    };
    let introduces = context.grammar.endings.never(title).is_some_and(|open| open.introduces);
    let follows = !section.blocks.is_empty() || !section.sections.is_empty();
    let goes_on = section.blocks.first().is_some_and(goes_on);
    if !goes_on && (!introduces || !follows) {
        audit.findings.push(finding("s001-word", title, words, &section.at));
    }
}

/// The last words of a title that ends in the middle; titles may be in capitals.
fn open_title(context: &Context<'_>, title: &str) -> Option<Range<usize>> {
    let title = title.trim_end();
    if title.chars().any(char::is_lowercase) {
        return context.grammar.endings.never(title).map(|open| open.start..title.len());
    }
    context.grammar.endings.never(&title.to_lowercase())?;
    Some(title.rfind(char::is_whitespace).map_or(0, |at| at + 1)..title.len())
}

fn rows(context: &Context<'_>, appendix: &Appendix, audit: &mut Audit) {
    let Some(table) = &appendix.table else { return };
    let name = appendix.columns.iter().position(|column| column.role == ColumnRole::Name).unwrap_or(1);
    for (at, row) in table.rows.iter().enumerate() {
        if let Some(found) = begins_in_the_middle(row, at, name) {
            audit.findings.push(found);
        }
        if row.role == RowRole::FormulaIndex {
            continue;
        }
        let edge = edge(&table.rows, at);
        let mut found: Option<Finding> = None;
        for (text, cell) in row.cells.iter().filter_map(own) {
            let Some(Cut { words, sign }) = cut(context, text, edge) else {
                continue;
            };
            let next = finding(key(sign), text, words, &cell.at);
            found = Some(match found {
                Some(found) => found.relate(next.at, next.message),
                None => next,
            });
        }
        audit.findings.extend(found);
    }
}

fn own(cell: &Cell) -> Option<(&str, &Cell)> {
    let text = cell.raw.as_deref().filter(|_| cell.from.is_none())?;
    Some((text, cell))
}

/// A row whose first half is not there: no number, and a name that begins in the middle of a sentence.
fn begins_in_the_middle(row: &Row, at: usize, name: usize) -> Option<Finding> {
    if row.role != RowRole::Item || row.number.is_some() || !(at == 0 || row.after_break) {
        return None;
    }
    if row.cells.iter().take(name).any(|cell| cell.raw.is_some()) {
        return None;
    }
    let (text, cell) = row.cells.get(name).and_then(own)?;
    let of_which = fold(text).starts_with("trong do");
    if !text.starts_with(char::is_lowercase) || of_which {
        return None;
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    Some(finding("s001-begins", text, 0..end, &cell.at))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, document, found, quoted, section};
    use super::RULE;
    use crate::model::AppendixKind;

    #[test]
    fn a_row_that_a_page_break_cuts_is_found() {
        let rows = [
            "TT|Tên|Vốn",
            "1|Xây chợ (khu|5",
            ">1|Trạm bơm|4",
            "2|Kè sông Lâm, phường|3",
            ">3|Cầu số 4|1",
            "4|Bến (đoạn 1)|1",
            ">5|Đường trên địa bàn phường|1",
        ];
        let projects = appendix(10, AppendixKind::Projects, "PHỤ LỤC 3", "Dự án", &rows);
        assert_eq!(
            quoted(&RULE, &document(vec![], vec![projects])),
            [(12, "(khu".to_owned()), (14, ", phường".to_owned())]
        );
    }

    #[test]
    fn a_paragraph_that_ends_in_the_middle_is_found() {
        let texts = [
            "- Huấn luyện đúng nội dung và các",
            "- Phối hợp với",
            "+ Công an xã.",
            "Ban hành theo",
            "quy định của xã.",
            "- Bảo vệ tự do",
        ];
        let body = vec![section(1, "1.", "Quốc phòng", &texts), section(9, "2.", "XÂY DỰNG VÀ", &[])];
        assert_eq!(found(&RULE, &document(body, vec![])), [(2, "s001-word"), (9, "s001-word")]);
    }

    #[test]
    fn one_item_without_an_end_among_many_that_have_one_is_found() {
        let item = "- Rà soát quy hoạch của xã.";
        let mut texts = vec![item; 13];
        texts.insert(5, "- Hỗ trợ hội viên đưa nông");
        let one = vec![section(1, "1.", "Quốc phòng", &texts)];
        assert_eq!(found(&RULE, &document(one, vec![])), [(7, "s001-unended")]);
        texts.splice(2..4, ["- Mở lớp dạy nghề", "- Giám sát việc đầu tư"]);
        let several = vec![section(1, "1.", "Quốc phòng", &texts)];
        assert_eq!(found(&RULE, &document(several, vec![])), [], "a habit of the writer");
    }

    #[test]
    fn the_last_paragraph_of_a_body_without_closing_may_be_cut_at_a_bracket() {
        let body = vec![section(1, "1.", "Quốc phòng", &["- Huấn luyện (dân quân", "- Mở đường (đoạn 2"])];
        assert_eq!(found(&RULE, &document(body, vec![])), [(3, "s001-open")]);
    }

    #[test]
    fn a_row_without_its_first_half_is_found() {
        let rows = ["TT|Tên|Vốn", "|mạn tính tại cộng đồng|", "1|Mở lớp|1"];
        let projects = appendix(10, AppendixKind::Other, "PHỤ LỤC 3", "Dự án", &rows);
        assert_eq!(found(&RULE, &document(vec![], vec![projects])), [(12, "s001-begins")]);
    }
}
