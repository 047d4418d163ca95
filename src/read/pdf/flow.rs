//! Lines outside ruled tables as pieces: paragraphs, and columns that stand side by side without rules.

use super::beside::{columns, is_wide, rows};
use super::lines::Line;
use super::margins::{Frame, Margins, Mark};
use crate::grammar::Grammar;
use crate::source::Edges;

/// A piece of a page's flow.
#[derive(Debug)]
pub(super) enum Piece {
    Paragraph {
        lines: Vec<Line>,
        /// Whether more than the usual distance stands before it.
        gap_before: bool,
        edges: Edges,
    },
    /// Rows of cells of lines.
    Table(Vec<Vec<Vec<Line>>>),
}

/// No first line of a paragraph is moved in by so many sizes.
const FAR: f64 = 8.0;
/// Centred lines this near to each other, in usual distances, are one title.
const CENTRED: f64 = 1.75;

/// The pieces that lines make up, in order. The margins learn from paragraphs that surely begin where they do.
pub(super) fn pieces(lines: &[Line], frame: &Frame, margins: &mut Margins, grammar: &Grammar) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut above: Option<&Line> = None;
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or_default();
        let block = columns(rest, frame, grammar);
        if block.lines > 0 {
            let taken = rest.get(..block.lines).unwrap_or_default();
            above = taken.last();
            out.push(Piece::Table(rows(taken, &block.gutters, frame, grammar)));
            at += block.lines;
            continue;
        }
        // A long title fills its first lines and is centred in the last.
        let titled = is_centred(line, frame)
            || is_even(line, frame) && rest.get(1).is_some_and(|next| is_centred(next, frame));
        let together =
            |above: &Line| is_centred(above, frame) && titled || have_one_middle(above, line, frame);
        let gap_before = above.is_none_or(|above| {
            let usual = if together(above) { frame.gap.max(frame.leading * CENTRED) } else { frame.gap };
            line.base - above.base > usual
        });
        let count = paragraph(rest, frame);
        let taken = rest.get(..count).unwrap_or_default();
        if count > 1 && above.is_some_and(|above| gap_before || !frame.is_full(above)) {
            margins.begins(frame, line, mark(line));
        }
        above = taken.last();
        let edges = Edges {
            flush_start: may_go_on(line, frame),
            full_end: above.is_some_and(|last| frame.is_full(last)),
        };
        out.push(Piece::Paragraph { lines: taken.to_vec(), gap_before, edges });
        at += count;
    }
    out
}

/// Whether a line stands in the middle between the margins and fills neither side.
fn is_centred(line: &Line, frame: &Frame) -> bool {
    line.area.left - frame.left > line.size * 2.0 && is_even(line, frame)
}

/// Whether two lines that begin at different places, both right of the margin, have one middle: they are centred, wherever
/// the margins are.
fn have_one_middle(one: &Line, other: &Line, frame: &Frame) -> bool {
    let middle = |line: &Line| line.area.left.midpoint(line.area.right);
    let size = one.size.min(other.size);
    (middle(one) - middle(other)).abs() < 0.3 * size
        && (one.area.left - other.area.left).abs() > size
        && one.area.left.min(other.area.left) > frame.left + size
}

/// Whether a line is as far from one margin as from the other.
fn is_even(line: &Line, frame: &Frame) -> bool {
    let (left, right) = (line.area.left - frame.left, frame.right - line.area.right);
    (left - right).abs() < line.size
}

/// Whether a line stands where no first line does.
fn may_go_on(line: &Line, frame: &Frame) -> bool {
    let others_moved_in = match mark(line) {
        Mark::None => true,
        Mark::Dash => frame.moves_dashes_in,
        Mark::Number => frame.moves_numbers_in,
    };
    frame.is_flush(line) && !is_wide(line) && frame.moves_in && others_moved_in
}

/// How many lines from the first on are one paragraph.
fn paragraph(lines: &[Line], frame: &Frame) -> usize {
    let mut count = 1;
    while let (Some(last), Some(line)) = (lines.get(count - 1), lines.get(count)) {
        let first = lines.first().map_or(0.0, |line| line.area.left);
        if ends(lines.get(..count).unwrap_or_default(), first, last, line, frame) {
            break;
        }
        count += 1;
    }
    count
}

/// Whether a paragraph that has `lines` ends before `line`. Where it is in doubt it does: what belongs together
/// is joined later by its words.
fn ends(lines: &[Line], first: f64, last: &Line, line: &Line, frame: &Frame) -> bool {
    let size = line.size.max(1.0);
    let step = line.base - last.base;
    if step > frame.gap && step > size * 1.15 || step <= 0.0 {
        return true;
    }
    if (line.size - last.size).abs() > 0.12 * size || is_wide(line) {
        return true;
    }
    // No first line is moved in so far: a title in the middle, and text under it.
    if lines.len() == 1
        && first > frame.left + size * FAR
        && frame.is_flush(line)
        && !have_one_middle(last, line, frame)
    {
        return true;
    }
    // "(Kèm theo Kế hoạch số …)" is whole, whatever stands under it.
    let in_brackets = || {
        let letters = || lines.iter().flat_map(|line| &line.words).flat_map(|word| word.text.chars());
        let count = |sign: char| letters().filter(|c| *c == sign).count();
        count('(') == count(')')
    };
    if last.ends_with(&[')'])
        && lines.first().is_some_and(|line| line.starts_with(|c| c == '('))
        && in_brackets()
    {
        return true;
    }
    if last.ends_with(&[')']) && line.starts_with(|c| c == '(')
        || !frame.wraps && last.ends_with(&['.', ';', ':']) && line.starts_with(|c| !c.is_lowercase())
    {
        return true;
    }
    // "Điều 3." after a sentence that ended.
    if last.ends_with(&['.', ';', ':']) && is_worded(line) {
        return true;
    }
    // A dash inside a sentence may come to stand first on a line.
    if is_marked(line) && !(may_go_on(line, frame) && frame.is_full(last)) {
        return true;
    }
    // The first word would have found room on the line above.
    let word = line.words.first().map_or(0.0, |word| word.area.width());
    let right = frame.right.max(lines.iter().map(|line| line.area.right).fold(0.0, f64::max));
    if last.area.right + size * 0.35 + word < right - size * 0.2 {
        return true;
    }
    let near = |a: f64, b: f64| (a - b).abs() <= size * 0.35;
    match lines {
        [only] => {
            let hanging =
                is_marked(only) && only.words.get(1).is_some_and(|word| near(line.area.left, word.area.left));
            let indented = first > frame.left + size * 0.6;
            // After a first line that is moved in, the second stands at the margin.
            !hanging
                && (line.area.left > first + size * 0.6
                    || indented && near(line.area.left, first) && !is_marked(only))
        }
        _ => !near(line.area.left, last.area.left),
    }
}

/// Whether a line begins with a word in a capital letter and a number with an end mark: "Điều 3.", "Chương II:".
fn is_worded(line: &Line) -> bool {
    let mut words = line.words.iter().map(|word| word.text.as_str());
    let (Some(word), Some(number)) = (words.next(), words.next()) else { return false };
    let bare = number.trim_end_matches(['.', ':']);
    word.starts_with(char::is_uppercase)
        && word.chars().all(char::is_alphabetic)
        && (1..=5).contains(&bare.len())
        && bare.len() < number.len()
        && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X'))
}

/// Whether a line begins with a list mark or a number that lists use.
pub(super) fn is_marked(line: &Line) -> bool {
    mark(line) != Mark::None
}

fn mark(line: &Line) -> Mark {
    let Some(word) = line.words.first().map(|word| word.text.as_str()) else { return Mark::None };
    let dash = |c: char| matches!(c, '-' | '–' | '+' | '•' | '*' | '\u{F0B7}' | '▪' | '◦');
    if word.chars().count() == 1 && word.chars().all(dash) {
        return Mark::Dash;
    }
    let trimmed = word.trim_start_matches('(');
    let number = trimmed.len() <= 8
        && trimmed.ends_with(['.', ')', '-', '–'])
        && trimmed
            .trim_end_matches(['.', ')', '-', '–'])
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | 'đ'))
        && trimmed.chars().next().is_some_and(|c| c.is_ascii_digit() || c.is_ascii_alphabetic() || c == 'đ')
        && (trimmed.len() <= 3 || trimmed.chars().all(|c| !c.is_ascii_lowercase()));
    if number { Mark::Number } else { Mark::None }
}
