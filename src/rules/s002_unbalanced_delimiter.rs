//! S002: brackets and quotation marks without their other halves.

use super::structure::{Edge, Sign, Single, block_lists, cut, edge, singles};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::Block;
use crate::span::At;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "S002", name: "unbalanced-delimiter" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/S002-unbalanced-delimiter.md"),
    check,
};

/// How many list items a quotation may run through.
const SIBLINGS: usize = 8;

fn check(context: &Context<'_>, audit: &mut Audit) {
    let document = context.document;
    let header = &document.header;
    for text in [&header.title, &header.subtitle].into_iter().flatten() {
        report(text, &header.at, &singles(text), audit);
    }
    for list in block_lists(context) {
        blocks(context, list.blocks, list.ends_body, audit);
    }
    for section in context.sections() {
        if let Some(title) = &section.title {
            report(title, &section.at, &singles(title), audit);
        }
    }
    if let Some(closing) = &document.closing {
        // The first place is that of the list's heading.
        for (text, at) in closing.recipients.iter().zip(closing.recipients_at.iter().skip(1)) {
            report(text, at, &singles(text), audit);
        }
    }
    for appendix in &document.appendices {
        if let Some(title) = &appendix.title {
            report(title, &appendix.at, &singles(title), audit);
        }
        if let Some(issued) = &appendix.issued_with {
            report(&issued.raw, &issued.at, &singles(&issued.raw), audit);
        }
        let Some(table) = &appendix.table else {
            continue;
        };
        for cell in table.header.iter().flat_map(|row| &row.cells) {
            if let (Some(text), true) = (&cell.raw, cell.from.is_none()) {
                report(text, &cell.at, &singles(text), audit);
            }
        }
        for (at, row) in table.rows.iter().enumerate() {
            for cell in row.cells.iter().filter(|cell| cell.from.is_none()) {
                // A ditto mark is no quotation mark.
                let ditto = &context.grammar.structure.rows.ditto;
                let Some(text) = cell.raw.as_ref().filter(|text| !ditto.contains(text)) else { continue };
                let mut found = singles(text);
                if !found.is_empty() {
                    without_cut(context, text, edge(&table.rows, at), &mut found);
                    report(text, &cell.at, &found, audit);
                }
            }
        }
    }
}

/// Leaves out the bracket that S001 reports.
fn without_cut(context: &Context<'_>, text: &str, edge: Edge, found: &mut Vec<Single>) {
    if let Some(cut) = cut(context, text, edge) {
        found.retain(|single| !(single.opens && (cut.sign != Sign::Open || cut.words.start == single.at)));
    }
}

/// One finding for each mark of a text.
fn report(text: &str, at: &At, found: &[Single], audit: &mut Audit) {
    for (k, single) in found.iter().enumerate() {
        let again = found.iter().take(k).any(|other| other.mark == single.mark);
        if again {
            continue;
        }
        let key = if single.opens { "s002-opens" } else { "s002-closes" };
        let message = Text::new(key).with("mark", single.mark.to_string());
        let range = single.at..single.at + single.mark.len_utf8();
        audit.findings.push(Finding::new(RULE.code, RULE.severity, message, at.clone()).quoting(text, range));
    }
}

/// Blocks one under another: a quotation may open in one item and close in a later one.
fn blocks(context: &Context<'_>, blocks: &[Block], ends_body: bool, audit: &mut Audit) {
    let mut found: Vec<(usize, Vec<Single>)> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let mut singles = singles(&block.text);
        if !singles.is_empty() {
            let last = ends_body && at + 1 == blocks.len();
            without_cut(context, &block.text, if last { Edge::End } else { Edge::Inner }, &mut singles);
            found.push((at, singles));
        }
    }
    for k in 0..found.len() {
        let goes_on = found.get(k).and_then(|(at, _)| blocks.get(*at)).is_some_and(goes_on);
        if goes_on {
            pair_with_later(&mut found, k);
        }
    }
    for (at, singles) in found {
        if let Some(block) = blocks.get(at) {
            report(&block.text, &block.at, &singles, audit);
        }
    }
}

/// Whether the sentence of an item goes on in the next.
fn goes_on(block: &Block) -> bool {
    !block.text.trim_end().ends_with(['.', '!', '?'])
}

/// Takes out the last opening mark of an item where the next item with such a mark closes it.
fn pair_with_later(found: &mut [(usize, Vec<Single>)], k: usize) {
    let Some((at, opener)) = found.get(k).and_then(|(at, singles)| Some((*at, singles.last()?.clone())))
    else {
        return;
    };
    let Some(closing) = closing(opener.mark).filter(|_| opener.opens) else {
        return;
    };
    let Some((later, singles)) = found.get_mut(k + 1) else {
        return;
    };
    let near = *later - at <= SIBLINGS;
    let Some(first) = singles.iter().position(|single| closing.contains(&single.mark)) else {
        return;
    };
    if near && singles.get(first).is_some_and(|single| !single.opens) {
        singles.remove(first);
        if let Some((_, singles)) = found.get_mut(k) {
            singles.pop();
        }
    }
}

fn closing(mark: char) -> Option<&'static [char]> {
    Some(match mark {
        '(' => &[')'],
        '[' => &[']'],
        '“' | '„' => &['”', '“', '"'],
        '«' => &['»'],
        '"' => &['"', '”'],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, document, quoted, section};
    use super::RULE;
    use crate::model::AppendixKind;

    #[test]
    fn the_mark_is_found_in_body_and_cells() {
        let body = vec![section(
            1,
            "1.",
            "Hạ tầng",
            &["- Mở đường (ngõ, ngách.", "- Phong trào “ba sạch", "- Nêu gương."],
        )];
        let rows = ["TT|Tên|Vốn", "1|Chợ) mới|5", "2|Mô hình \"xanh|5"];
        let projects = appendix(10, AppendixKind::Projects, "PHỤ LỤC 3", "Dự án", &rows);
        let mark = |line: u32, mark: &str| (line, mark.to_owned());
        assert_eq!(
            quoted(&RULE, &document(body, vec![projects])),
            [mark(2, "("), mark(3, "“"), mark(12, ")")],
            "the last row is cut at the end of the table"
        );
    }

    #[test]
    fn a_quotation_may_run_through_list_items() {
        let texts = ["- Thực hiện “nói đi đôi với làm;", "- Nêu gương;", "- Tận tụy” trong công vụ."];
        let body = vec![section(1, "1.", "Xây dựng Đảng", &texts)];
        assert_eq!(quoted(&RULE, &document(body, vec![])), []);
    }

    #[test]
    fn what_a_page_break_cuts_is_left_to_text_lost() {
        let rows = ["TT|Tên|Vốn", "1|Xây chợ (khu|5", ">1|Trạm (mới|4", "2|Kè|4"];
        let projects = appendix(10, AppendixKind::Projects, "PHỤ LỤC 3", "Dự án", &rows);
        assert_eq!(quoted(&RULE, &document(vec![], vec![projects])), [(13, "(".to_owned())]);
    }
}
