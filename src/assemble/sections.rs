//! The outline of the body: sections by a stack over number styles, with their blocks.

use super::Maker;
use super::blocks::{block, quantities_at, references};
use super::ids::Ids;
use crate::layout::{Attached, Lead, NumberToken, Paragraph, Style, lead};
use crate::model::{Block, Section};
use crate::span::Span;
use crate::text::fold;

/// Longest title, in characters, that stands on the line under its number.
const MAX_TITLE: usize = 250;

/// The value of a Roman numeral from which on it is read as a letter: "L", "C", "D".
const FIRST_LETTER: u32 = 50;

/// A section under way.
struct Open {
    token: NumberToken,
    section: Section,
}

/// The sections, and the paragraphs after the last one that close the document. `has_closing` tells whether
/// recipients or a signature follow.
pub(super) fn sections(
    maker: Maker<'_>,
    mut body: Vec<Paragraph>,
    has_closing: bool,
) -> (Vec<Section>, Vec<Paragraph>) {
    let tail = body.split_off(closing_start(maker, &body, has_closing));
    let mut ids = Ids::default();
    let mut roots: Vec<Section> = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let mut loose: Vec<Block> = Vec::new();
    let mut titles = 0;
    // The last number of a list that counts as the headings over it do.
    let mut listed: Option<u32> = None;
    for (index, paragraph) in body.iter().enumerate() {
        if titles > 0 {
            titles -= 1;
            continue;
        }
        let Lead::Number(token) = &paragraph.lead else {
            match stack.last_mut() {
                Some(open) => {
                    let id = format!("{}#{}", open.section.id, open.section.blocks.len() + 1);
                    open.section.blocks.push(block(maker, id, paragraph));
                }
                None => loose.push(block(maker, format!("#{}", loose.len() + 1), paragraph)),
            }
            continue;
        };
        let rest = body.get(index + 1..).unwrap_or_default();
        let token = match listed {
            Some(last) if token.style == Style::Arabic(1) && token.ordinal == last + 1 => in_list(token),
            _ if begins_list(maker, &stack, token, paragraph) => in_list(token),
            _ => settle(token, &stack, rest),
        };
        listed = (token.style == IN_LIST).then_some(token.ordinal);
        close_to(&mut stack, &mut roots, &token);
        let below = title_below(maker, &token, paragraph, body.get(index + 1));
        titles = usize::from(below.is_some());
        let heading = below.as_ref().unwrap_or(paragraph);
        stack.push(Open { section: section(maker, &mut ids, &stack, &token, heading), token });
    }
    while !stack.is_empty() {
        close_last(&mut stack, &mut roots);
    }
    // Without any heading there is one section without a number, so that nothing is lost.
    if !loose.is_empty() {
        let at = loose.first().map(|b| b.at.clone()).unwrap_or_default();
        let at = crate::span::At { span: (at.span.0, at.span.0), also: Vec::new(), ..at };
        roots.insert(0, Section { id: "0".to_owned(), blocks: loose, at, ..Section::default() });
    }
    (roots, tail)
}

/// The style of numbers of a list right under a heading that has a number of the same kind.
const IN_LIST: Style = Style::Arabic(u8::MAX);

fn in_list(token: &NumberToken) -> NumberToken {
    NumberToken { style: IN_LIST, ..token.clone() }
}

/// Whether "1. Ban Giám hiệu chỉ đạo chung." right under "2. Phân công trách nhiệm" begins a list there: sentences under a heading
/// that is none and has nothing else.
fn begins_list(maker: Maker<'_>, stack: &[Open], token: &NumberToken, paragraph: &Paragraph) -> bool {
    let Some(heading) = stack.last() else { return false };
    let empty = heading.section.blocks.is_empty() && heading.section.sections.is_empty();
    let counted = token.style == Style::Arabic(1) && heading.token.style == Style::Arabic(1);
    if !(empty && counted && token.ordinal == 1 && heading.token.ordinal > 1) {
        return false;
    }
    let sentence = |text: &str| text.trim_end().ends_with(['.', ';']);
    let titled = heading.section.title.as_deref().is_some_and(|title| !sentence(title));
    titled && sentence(&maker.joined(&paragraph.pieces))
}

/// The id of the section that an attached document is ("kèm theo").
const ATTACHED: &str = "KT";

/// A document that this one issues, as one section without a number.
pub(super) fn attached(maker: Maker<'_>, attached: Attached) -> Section {
    let title: Vec<Span> = attached.title.iter().map(|line| line.span).collect();
    let (mut inner, tail) = sections(maker, attached.body, false);
    let loose = inner.first().is_some_and(|first| first.number.is_empty());
    let paragraphs = if loose { inner.remove(0).blocks } else { Vec::new() };
    // The letterhead is the attached document's as well.
    let letterhead = attached.letterhead.iter().map(|line| Block {
        text: maker.text(line.inner).into_owned(),
        at: maker.source.at(line.span),
        ..Block::default()
    });
    let mut blocks: Vec<Block> = letterhead.chain(paragraphs).collect();
    for (index, block) in blocks.iter_mut().enumerate() {
        block.id = format!("#{}", index + 1);
    }
    let mut whole = Section {
        title: Some(maker.joined(&title)),
        blocks,
        sections: inner,
        at: maker.at(&title),
        ..Section::default()
    };
    let last = whole.sections.last_mut();
    let (id, blocks) = last.map_or(("", &mut whole.blocks), |last| (last.id.as_str(), &mut last.blocks));
    for paragraph in &tail {
        blocks.push(block(maker, format!("{id}#{}", blocks.len() + 1), paragraph));
    }
    put_under(&mut whole, ATTACHED);
    ATTACHED.clone_into(&mut whole.id);
    whole
}

/// Puts a part before the ids of all that stands in a section.
fn put_under(section: &mut Section, part: &str) {
    for block in &mut section.blocks {
        let joint = if block.id.starts_with('#') { "" } else { "." };
        block.id = format!("{part}{joint}{}", block.id);
    }
    for inner in &mut section.sections {
        inner.id = format!("{part}.{}", inner.id);
        put_under(inner, part);
    }
}

/// "Phần thứ nhất" with its title on the next line: the two as one heading.
fn title_below(
    maker: Maker<'_>,
    token: &NumberToken,
    heading: &Paragraph,
    next: Option<&Paragraph>,
) -> Option<Paragraph> {
    let next = next.filter(|next| next.lead == Lead::None)?;
    let alone = maker.joined(&heading.pieces).trim_end_matches([':', '.', ' ']).len() <= token.len;
    let text = maker.joined(&next.pieces);
    let titled = text.chars().count() <= MAX_TITLE && !text.ends_with(['.', ';', ':']);
    (alone && titled).then(|| {
        let pieces = heading.pieces.iter().chain(&next.pieces).copied().collect();
        Paragraph { pieces, ..heading.clone() }
    })
}

/// Decides between a Roman numeral and a capital letter where a number could be either ("C.", "D.", "I.").
fn settle(token: &NumberToken, stack: &[Open], rest: &[Paragraph]) -> NumberToken {
    let Some(letter) = token.as_letter() else { return token.clone() };
    let last =
        |style| stack.iter().rev().find(|open| open.token.style == style).map(|open| open.token.ordinal);
    let follows_letter = last(Style::Upper).is_some_and(|n| n + 1 == letter.ordinal);
    let follows_roman = match last(Style::Roman) {
        Some(n) => n + 1 == token.ordinal,
        None => token.ordinal == 1,
    };
    // No document counts to C, D or L in Roman numerals.
    if token.ordinal >= FIRST_LETTER && !follows_roman {
        return letter;
    }
    let next_is_roman_two = rest.iter().any(|p| matches!(&p.lead, Lead::Number(t) if t.label == "II"));
    if follows_letter && !(follows_roman && next_is_roman_two) { letter } else { token.clone() }
}

/// Closes all sections that the new number does not stand under.
fn close_to(stack: &mut Vec<Open>, roots: &mut Vec<Section>, token: &NumberToken) {
    let keep = depth_of(stack, token);
    while stack.len() > keep {
        close_last(stack, roots);
    }
}

/// How many of the open sections stay open.
fn depth_of(stack: &[Open], token: &NumberToken) -> usize {
    // "6.3" stands under "6" where that is open; "(6)" counts the points of a list.
    let listed = |open: &Open| matches!(open.token.style, Style::Paren | Style::ParenLetter);
    if let Some((parent, _)) = token.label.rsplit_once('.')
        && let Some(index) = stack.iter().rposition(|open| open.token.label == parent && !listed(open))
    {
        return index + 1;
    }
    if let Style::Worded(rank) = token.style {
        // Worded headings know their rank: a part closes chapters.
        let index = stack.iter().position(|open| match open.token.style {
            Style::Worded(other) => other >= rank,
            _ => true,
        });
        // An article under a chapter's Roman part keeps it; a part closes everything.
        return index.unwrap_or(stack.len());
    }
    stack.iter().rposition(|open| open.token.style == token.style).unwrap_or(stack.len())
}

fn close_last(stack: &mut Vec<Open>, roots: &mut Vec<Section>) {
    let Some(Open { section, .. }) = stack.pop() else { return };
    match stack.last_mut() {
        Some(parent) => parent.section.sections.push(section),
        None => roots.push(section),
    }
}

fn section(
    maker: Maker<'_>,
    ids: &mut Ids,
    stack: &[Open],
    token: &NumberToken,
    paragraph: &Paragraph,
) -> Section {
    let whole = maker.joined(&paragraph.pieces);
    // In the text as it is printed the number may be longer: "Phần  thứ nhất".
    let len = match lead(&whole, maker.grammar) {
        Lead::Number(own) if own.label == token.label => own.len,
        _ if whole.is_char_boundary(token.len) => token.len,
        // The number is inside of a tag.
        _ => 0,
    };
    let number = whole.get(..len).unwrap_or_default().trim().to_owned();
    let title = whole.get(len..).unwrap_or_default();
    let title = title.trim_start_matches([' ', ':', '.', '-', '–']).trim_end().to_owned();
    let id = match stack.last() {
        None => token.label.clone(),
        Some(parent) => {
            let own = token
                .label
                .strip_prefix(parent.token.label.as_str())
                .and_then(|rest| rest.strip_prefix('.'))
                .filter(|rest| !rest.is_empty() && token.label.contains('.'));
            match own {
                // "6.3" under "6": the section is II.6.3.
                Some(rest) => format!("{}.{rest}", parent.section.id),
                None => format!("{}.{}", parent.section.id, token.label),
            }
        }
    };
    let at = maker.at(&paragraph.pieces);
    Section {
        id: ids.claim(id),
        number,
        quantities: quantities_at(maker, &title, &at),
        references: references(maker, &paragraph.pieces, &title),
        title: (!title.is_empty()).then_some(title),
        blocks: Vec::new(),
        sections: Vec::new(),
        at,
    }
}

/// Index of the first closing paragraph: the unmarked paragraphs that end the last section.
fn closing_start(maker: Maker<'_>, body: &[Paragraph], has_closing: bool) -> usize {
    let plain = |paragraph: &Paragraph| {
        paragraph.lead == Lead::None
            && !paragraph.pieces.first().is_some_and(|span| maker.source.slice(*span).starts_with('('))
    };
    let run = body.len() - body.iter().rev().take_while(|paragraph| plain(paragraph)).count();
    let cue = |paragraph: &Paragraph| {
        let head: String = maker.joined(&paragraph.pieces).chars().take(40).collect();
        let head = fold(&head);
        maker.grammar.structure.closing.cues.iter().any(|cue| head.starts_with(cue.as_str()))
    };
    let first_cue = body.get(run..).unwrap_or_default().iter().position(cue).map(|i| run + i);
    // After list items the unmarked paragraphs stand apart; in a section of plain paragraphs only a cue tells.
    let after_items = run > 0
        && body.get(run - 1).is_some_and(|paragraph| !matches!(paragraph.lead, Lead::None | Lead::Number(_)));
    match (first_cue, after_items && has_closing) {
        (Some(_), true) | (None, true) => run,
        (Some(cue), false) => cue,
        (None, false) => body.len(),
    }
}
