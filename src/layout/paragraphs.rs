//! Paragraphs: lines joined where a line end or a page end cut a sentence.

use super::flow::{self, Lead, Line};
use super::markup::Markup;
use crate::grammar::Grammar;
use crate::source::Source;
use crate::span::Span;

/// A paragraph, list item or heading, whole again.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph {
    /// Its pieces in order; the first holds the mark or number.
    pub pieces: Vec<Span>,
    pub lead: Lead,
}

/// How much of the usual line length a line must have to count as full.
const FULL_LINE: (usize, usize) = (4, 5);
/// Shortest line with a number, in bytes, that is a sentence rather than a title.
const SENTENCE: usize = 80;
/// Shortest usual line length that tells of hard-wrapped text.
const MIN_WRAP: usize = 50;

/// Joins the lines of a body.
pub(crate) fn join(source: &Source, markup: &Markup, grammar: &Grammar, lines: &[Line]) -> Vec<Paragraph> {
    // A format that knows paragraphs has no hard-wrapped lines.
    let margins = if source.spots.is_empty() { Margins::of(source, lines) } else { Margins::default() };
    let mut out: Vec<Paragraph> = Vec::with_capacity(lines.len());
    let mut last_number: Option<(super::numbering::Style, u32)> = None;
    for line in lines {
        // "Điều 3." after a sentence that ended, and after article 2, begins, whatever the margins say.
        let begins = || {
            let next = matches!((&line.lead, last_number), (Lead::Number(token), Some((style, n))) if style == token.style && token.ordinal == n + 1);
            next && out.last().is_some_and(|previous| is_open(source, markup, grammar, previous) == Open::No)
        };
        let carried = line.goes_on && !begins();
        if let Some(previous) = out.last_mut().filter(|_| carried) {
            previous.pieces.push(line.span);
            continue;
        }
        let text = source.slice(line.inner);
        let mut lead = line.lead.clone();
        if let (Lead::Number(token), Some(previous)) = (&lead, out.last()) {
            // A wrapped line may begin with a number by chance: "… tổ dân phố số / 28. Các hộ …".
            let expected = token.ordinal == 1
                || last_number.is_none_or(|(style, n)| style != token.style || token.ordinal == n + 1);
            let cut = !line.gap_before && is_open(source, markup, grammar, previous) != Open::No;
            if cut && !expected {
                lead = Lead::None;
            }
        }
        // "… tại Phụ lục" / "III.": a number alone names nothing.
        let counts = |c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X' | '.' | ';' | ',');
        let bare = !source.spots.is_empty()
            && text.chars().all(counts)
            && matches!(lead, Lead::Number(_) | Lead::None);
        if let Some(previous) = out.last_mut().filter(|_| bare && !line.gap_before)
            && is_open(source, markup, grammar, previous) != Open::No
        {
            previous.pieces.push(line.span);
            continue;
        }
        if let Lead::Number(token) = &lead {
            last_number = Some((token.style, token.ordinal));
        }
        if lead == Lead::None
            && let Some(previous) = out.last_mut()
            && goes_on(source, markup, grammar, previous, line, text, margins)
        {
            previous.pieces.push(line.span);
            continue;
        }
        out.push(Paragraph { pieces: vec![line.span], lead });
    }
    out
}

/// Makes stars that open nothing list marks, as Markdown has them: what a run-in head opens stands under it. Deeper stars
/// are marks of items inside items.
pub(crate) fn settle_stars(source: &Source, paragraphs: &mut [Paragraph]) {
    let is_star = |paragraph: &Paragraph| matches!(paragraph.lead, Lead::Star { .. });
    let stars: Vec<usize> =
        paragraphs.iter().enumerate().filter(|(_, paragraph)| is_star(paragraph)).map(|(at, _)| at).collect();
    let opens = |at: &&usize| {
        let next = paragraphs.get(**at + 1);
        next.is_some_and(|next| !is_star(next) && !matches!(next.lead, Lead::Number(_)))
    };
    let opening = stars.iter().filter(opens).count();
    let is_sentence = |at: usize| {
        let last = paragraphs.get(at).and_then(|paragraph| paragraph.pieces.last());
        last.is_some_and(|span| source.slice(*span).trim_end().ends_with(['.', ';']))
    };
    let lone = matches!(stars.as_slice(), [at] if !is_sentence(*at));
    if opening * 2 >= stars.len() || lone {
        return;
    }
    let mut outer = usize::MAX;
    for paragraph in paragraphs {
        let Lead::Star { len } = paragraph.lead else {
            if matches!(paragraph.lead, Lead::Number(_)) {
                outer = usize::MAX;
            }
            continue;
        };
        let indent = paragraph.pieces.first().map_or(0, |span| indent(source, *span));
        outer = outer.min(indent);
        paragraph.lead = if indent > outer + 1 { Lead::SubBullet { len } } else { Lead::Bullet { len } };
    }
}

/// How many spaces stand before a piece on its line.
fn indent(source: &Source, span: Span) -> usize {
    let before = source.text().get(..span.start as usize).unwrap_or_default();
    let inside = source.slice(span);
    let spaces = |text: &str| text.chars().rev().take_while(|c| *c == ' ').count();
    spaces(before) + (inside.len() - inside.trim_start().len())
}

/// Whether a line without a mark continues the paragraph before it.
fn goes_on(
    source: &Source,
    markup: &Markup,
    grammar: &Grammar,
    previous: &Paragraph,
    line: &Line,
    text: &str,
    margins: Margins,
) -> bool {
    // A long line of hard-wrapped text may end in a semicolon: "…, gồm: tuyên truyền 7 triệu đồng; mạng lưới 9 triệu đồng;".
    if let Some(last) = previous.pieces.last()
        && !line.gap_before
        && text.starts_with(char::is_lowercase)
        && matches!(line.lead, Lead::None)
    {
        let last = source.slice(*last).trim_end();
        if last.ends_with(';') && last.chars().count() >= LONG_LINE {
            return true;
        }
    }
    let open = is_open(source, markup, grammar, previous);
    let Some(first) = text.trim_start_matches(['“', '"', '*', '‘']).chars().next() else { return false };
    let small = first.is_lowercase()
        || first.is_ascii_digit()
        || matches!(first, ',' | ';' | '.' | ')' | '%' | '”' | '&')
        || flow::is_end_of_period(text);
    let bracket = first == '(';
    let capitals = !text.chars().any(char::is_lowercase);
    if (line.gap_before || capitals) && !small && is_ground(source, grammar, previous) {
        // "Căn cứ …," / "Ủy ban nhân dân … ban hành", "QUYẾT ĐỊNH:": the last ground ends in a comma by custom.
        return false;
    }
    match open {
        Open::Surely => true,
        Open::Maybe if small => true,
        _ if line.gap_before => false,
        // "…, gồm:" / "ngân sách tỉnh 5 tỷ đồng; ngân sách xã 2 tỷ đồng.": the whole list on one line.
        Open::No
            if first.is_lowercase()
                && text.contains("; ")
                && text.ends_with('.')
                && is_before_list(source, previous) =>
        {
            true
        }
        // Hard-wrapped text: a full line goes on with the next one.
        Open::No if !small && margins.first.is_some_and(|first| indent(source, line.span) >= first) => false,
        _ => {
            let wrap = margins.wrap;
            let last = previous.pieces.last().map_or(0, |span| source.slice(*span).chars().count());
            let full = wrap.is_some_and(|wrap| last * FULL_LINE.1 >= wrap * FULL_LINE.0);
            full || (wrap.is_some() && (small || bracket) && open != Open::No)
        }
    }
}

fn is_before_list(source: &Source, paragraph: &Paragraph) -> bool {
    paragraph.pieces.last().is_some_and(|span| source.slice(*span).trim_end().ends_with(':'))
}

fn is_ground(source: &Source, grammar: &Grammar, paragraph: &Paragraph) -> bool {
    let first = paragraph.pieces.first().map(|span| source.slice(*span)).unwrap_or_default();
    let head = crate::text::fold(crate::text::head(first, 16));
    grammar.structure.letterhead.grounds.iter().any(|word| head.starts_with(word.as_str()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Ends in a word or mark after which a sentence goes on.
    Surely,
    /// Ends without an end mark.
    Maybe,
    No,
}

fn is_open(source: &Source, markup: &Markup, grammar: &Grammar, paragraph: &Paragraph) -> Open {
    let Some(last) = paragraph.pieces.last() else { return Open::No };
    let span = markup.trim(source, *last);
    let text = source.slice(span);
    // Only the end matters.
    let tail_start = text.char_indices().rev().nth(40).map_or(0, |(i, _)| i);
    let tail = text.get(tail_start..).unwrap_or_default().trim_end();
    let Some(end) = tail.chars().next_back() else { return Open::No };
    if matches!(end, ',' | '-' | '–' | '(' | '“' | '&') {
        return Open::Surely;
    }
    if matches!(end, '.' | ';' | ':' | '!' | '?' | '…' | '/') {
        return Open::No;
    }
    // A short title may end in such a word; an article that is a sentence goes on.
    let heading = matches!(paragraph.lead, Lead::Number(_)) && text.len() < SENTENCE;
    if !heading && grammar.structure.joins.are_open_after(tail) { Open::Surely } else { Open::Maybe }
}

/// Fewest letters of a line that is full.
const LONG_LINE: usize = 90;

/// What the lines of a text without layout tell of its margins.
#[derive(Debug, Clone, Copy, Default)]
struct Margins {
    /// How long the lines of hard-wrapped text are.
    wrap: Option<usize>,
    /// How far first lines are moved in, where further lines are not.
    first: Option<usize>,
}

impl Margins {
    fn of(source: &Source, lines: &[Line]) -> Self {
        Self { wrap: wrap_width(source, lines), first: first_indent(source, lines) }
    }
}

/// Fewest first lines, and further ones, that tell how far paragraphs are moved in.
const MOVED: usize = 4;

/// How far the lines of numbers and list marks are moved in, where lines that begin in small letters are not.
fn first_indent(source: &Source, lines: &[Line]) -> Option<usize> {
    let of = |wanted: &dyn Fn(&Line) -> bool| -> Vec<usize> {
        let mut found: Vec<usize> =
            lines.iter().filter(|line| wanted(line)).map(|line| indent(source, line.span)).collect();
        found.sort_unstable();
        found
    };
    let small = |line: &Line| source.slice(line.inner).starts_with(char::is_lowercase);
    let first = of(&|line| matches!(line.lead, Lead::Number(_) | Lead::Bullet { .. }));
    let further = of(&|line| line.lead == Lead::None && !line.gap_before && small(line));
    if first.len() < MOVED || further.len() < MOVED {
        return None;
    }
    let (least, most) = (*first.first()?, *further.last()?);
    (least > most + 1).then_some(least)
}

/// The usual length in characters of lines that another line follows without a gap, where the text is
/// hard-wrapped.
fn wrap_width(source: &Source, lines: &[Line]) -> Option<usize> {
    let mut lengths: Vec<usize> = lines
        .iter()
        .zip(lines.get(1..).unwrap_or_default())
        .filter(|(_, next)| !next.gap_before && next.lead == Lead::None)
        .map(|(line, _)| source.slice(line.span).chars().count())
        .collect();
    if lengths.len() < 4 {
        return None;
    }
    let upper = lengths.len() * 9 / 10;
    let (_, width, _) = lengths.select_nth_unstable(upper);
    let width = *width;
    // Lines of wrapped text are alike in length: most are near the greatest.
    let near = lengths.iter().filter(|n| **n * 4 >= width * 3).count();
    (width >= MIN_WRAP && near * 2 >= lengths.len()).then_some(width)
}
