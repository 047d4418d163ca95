//! The second reading: columns of figures and of list numbers are read again with only the letters that they can
//! have. Two programs' tables of letters err in different ways, so that where the readings agree they are right, and
//! where they do not the cell is unsure.

use rustc_hash::FxHashMap;

use super::Page;
use super::cells::Cut;
use crate::read::ReadError;
use crate::read::programs::{How, Letters, Picture, Programs, Recognised, Shape};

/// A cell whose readings differ is no surer than this, in percent.
const UNSURE: u8 = 49;
/// A list number that is read so surely is not read again.
const SURE_ORDINAL: u8 = 92;
/// Words less sure than this, in percent, are read again.
const HARDLY: u8 = 40;
/// Longest list number.
const ORDINAL: usize = 7;
/// Most rows of a header.
const HEADER: usize = 5;

/// What a cell is read again as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Figures,
    Ordinals,
    /// Nothing was read though there is ink.
    Unread,
    /// Words that were hardly read: perhaps more lines than one.
    Words,
}

pub(super) fn second_reading(
    cuts: &mut [Cut],
    pages: &[Page],
    programs: &dyn Programs,
) -> Result<(), ReadError> {
    let kinds = kinds(cuts);
    for (kind, letters) in [
        (Kind::Figures, Letters::Figures),
        (Kind::Ordinals, Letters::Ordinals),
        (Kind::Unread, Letters::Ordinals),
        (Kind::Words, Letters::Any),
    ] {
        let second = read_again(cuts, pages, &kinds, kind, letters, programs)?;
        for (index, words) in second {
            let Some(cut) = cuts.get_mut(index) else { continue };
            match kind {
                Kind::Figures => choose(cut, words, is_figure),
                Kind::Ordinals => choose_ordinal(cut, words),
                Kind::Unread => cut.words = words,
                Kind::Words if mean(&words) > mean(&cut.words) => cut.words = words,
                Kind::Words => {}
            }
        }
    }
    for cut in cuts.iter_mut() {
        if let Some(page) = pages.get(cut.page) {
            compare(cut, page);
        }
    }
    for cut in cuts.iter_mut().filter(|cut| cut.cell.is_some() && cut.words.is_empty()) {
        // What nobody can read is said, not dropped.
        cut.words.push(cut.whole("\u{FFFD}", 0));
    }
    Ok(())
}

/// "≥ 68" is read as ">68": the programs do not know the sign.
fn compare(cut: &mut Cut, page: &Page) {
    let sign = match cut.words.first().and_then(|word| word.text.chars().next()) {
        Some('>') => '≥',
        Some('<') => '≤',
        _ => return,
    };
    let has_figure = cut.text().chars().any(|c| c.is_ascii_digit());
    if cut.cell.is_some()
        && has_figure
        && cut.has_bar(page)
        && let Some(first) = cut.words.first_mut()
    {
        first.text = std::iter::once(sign).chain(first.text.chars().skip(1)).collect();
    }
}

/// The words that pieces of a kind give when they are read again, by the index of the piece.
fn read_again(
    cuts: &[Cut],
    pages: &[Page],
    kinds: &[Option<Kind>],
    kind: Kind,
    letters: Letters,
    programs: &dyn Programs,
) -> Result<Vec<(usize, Vec<Recognised>)>, ReadError> {
    let mut out = Vec::new();
    for shape in [Shape::Line, Shape::Block] {
        let of_kind = cuts.iter().zip(kinds).enumerate().filter(|(_, (cut, its))| {
            **its == Some(kind) && pages.get(cut.page).is_some_and(|page| cut.shape(page) == shape)
        });
        let chosen: Vec<(usize, &Cut)> = of_kind.map(|(index, (cut, _))| (index, cut)).collect();
        let pictures: Vec<Picture> = chosen.iter().map(|(_, cut)| cut.picture(pages)).collect();
        if pictures.is_empty() {
            continue;
        }
        let shape = if kind == Kind::Words { Shape::Block } else { shape };
        let words = programs.recognise(&pictures, How { shape, letters })?;
        out.extend(chosen.iter().zip(words).map(|((index, cut), words)| (*index, cut.placed(words))));
    }
    Ok(out)
}

/// What each piece is to be read again as.
fn kinds(cuts: &[Cut]) -> Vec<Option<Kind>> {
    let mut columns: FxHashMap<(usize, usize, usize), Vec<(usize, String)>> = FxHashMap::default();
    for cut in cuts {
        if let Some((table, row, column, 1)) = cut.cell {
            columns.entry((cut.page, table, column)).or_default().push((row, cut.text()));
        }
    }
    columns.values_mut().for_each(|cells| cells.sort());
    let of_figures = |cut: &Cut, (table, _, column, _): (usize, usize, usize, usize)| {
        columns.get(&(cut.page, table, column)).is_some_and(|cells| is_of_figures(cells))
    };
    let kind = |cut: &Cut| {
        let cell = cut.cell?;
        let text = cut.text();
        if text.is_empty() {
            return Some(Kind::Unread);
        }
        if text == "-" {
            return None;
        }
        let short = cell.2 == 0 && cell.3 == 1 && text.chars().count() <= ORDINAL;
        if short && (cut.confidence() < SURE_ORDINAL || !is_ordinal(&text)) {
            return Some(Kind::Ordinals);
        }
        let figures = !short && (looks_like_figure(&text) && of_figures(cut, cell) || is_figure(&text));
        if figures {
            return Some(Kind::Figures);
        }
        (cut.confidence() < HARDLY).then_some(Kind::Words)
    };
    cuts.iter().map(kind).collect()
}

/// Whether most cells of a column, from its first figure on, are figures.
fn is_of_figures(cells: &[(usize, String)]) -> bool {
    let Some(first) = cells.iter().position(|(_, text)| looks_like_figure(text)) else { return false };
    let below = cells.get(first..).unwrap_or_default();
    let figures = below.iter().filter(|(_, text)| looks_like_figure(text)).count();
    first <= HEADER && figures * 5 >= below.len() * 3
}

/// Whether a text has digits, and no other letters than those that digits are taken for.
fn looks_like_figure(text: &str) -> bool {
    let taken = |c: char| "OoDQlI|iSsBZzgqTA".contains(c);
    let signs = |c: char| ".,-–—%/()<>≥≤~+:;'\"_‘’“”".contains(c);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| taken(*c)).count();
    let known = |c: char| c.is_ascii_digit() || c.is_whitespace() || taken(c) || signs(c);
    digits > 0 && digits >= letters && text.chars().all(known)
}

/// Whether a text is a number or a range of numbers as they are written.
fn is_figure(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_start_matches(['<', '>', '≥', '≤', '~', '-', '+']).trim_end_matches('%');
    !text.is_empty() && text.split(['-', '–', '/']).all(is_number)
}

fn is_number(text: &str) -> bool {
    let groups: Vec<&str> = text.split(['.', ',']).collect();
    if text.starts_with("00") {
        return false;
    }
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    if !groups.iter().all(digits) {
        return false;
    }
    match groups.as_slice() {
        [_] => true,
        [first, middle @ .., _] => {
            first.len() <= 3 && middle.iter().all(|group| group.len() == 3) || middle.is_empty()
        }
        [] => false,
    }
}

/// Whether a text is a number of a list.
fn is_ordinal(text: &str) -> bool {
    let body = text.trim_start_matches('(').trim_end_matches([')', '.', '/']);
    let roman = |part: &str| part.chars().all(|c| "IVXLC".contains(c));
    let digits = |part: &str| part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    // Letters that lists do not come to are numerals read wrongly: "H" for "II".
    let letter =
        |part: &str| part.chars().count() == 1 && part.chars().all(|c| "abcdđeghikmnABCDĐEGK".contains(c));
    let part = |part: &str| !part.is_empty() && (roman(part) || digits(part) || letter(part));
    matches!(text, "-" | "+" | "*" | "TT" | "STT") || body.split('.').all(part)
}

/// Takes the better of two readings, and keeps the other where they differ.
fn choose(cut: &mut Cut, second: Vec<Recognised>, is_good: fn(&str) -> bool) {
    let squeezed = |words: &[Recognised]| -> String {
        let letters = words.iter().flat_map(|word| word.text.chars());
        letters.map(|c| if matches!(c, '–' | '—') { '-' } else { c }).collect()
    };
    let least = |words: &[Recognised]| words.iter().map(|word| word.confidence).min().unwrap_or(0);
    let first = std::mem::take(&mut cut.words);
    let (one, other) = (squeezed(&first), squeezed(&second));
    let sure = least(&first).max(least(&second));
    if one == other {
        // Digits that only one of the readings parts are one number.
        let better = if second.len() < first.len() && is_number(&one) { second } else { first };
        cut.words = better.into_iter().map(|word| Recognised { confidence: sure, ..word }).collect();
        return;
    }
    let rank = |words: &[Recognised], text: &str| (!text.is_empty(), is_good(text), least(words));
    let (better, worse) =
        if rank(&second, &other) > rank(&first, &one) { (second, one) } else { (first, other) };
    let words = better.into_iter().map(|word| Recognised { confidence: word.confidence.min(UNSURE), ..word });
    cut.words = words.collect();
    if !worse.is_empty() {
        cut.readings.push(worse);
    }
}

/// How sure words are on average.
fn mean(words: &[Recognised]) -> usize {
    let sum: usize = words.iter().map(|word| usize::from(word.confidence)).sum();
    sum / words.len().max(1)
}

/// As [`choose`], but what surely is a list number is one.
fn choose_ordinal(cut: &mut Cut, second: Vec<Recognised>) {
    let text: String = second.iter().map(|word| word.text.as_str()).collect();
    if is_ordinal(&text) && !is_ordinal(&cut.text()) {
        cut.readings.push(cut.text());
        cut.words = second;
    } else {
        choose(cut, second, is_ordinal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_from_words() {
        for text in ["1.984,0", "61019.0", "7,000", "2026-2027", "≥ 68", "300.0", "12 500"] {
            assert!(is_figure(text), "{text}");
            assert!(looks_like_figure(text), "{text}");
        }
        for text in ["2.24.0,1", "Năm 2026", "2,718.", "1O0"] {
            assert!(!is_figure(text), "{text}");
        }
        assert!(looks_like_figure("1O0,5"));
        assert!(!looks_like_figure("8 năm"));
    }

    #[test]
    fn list_numbers_are_told_from_words() {
        for text in ["12", "IV", "XI.4", "a)", "1.2.3", "(1)", "-", "TT"] {
            assert!(is_ordinal(text), "{text}");
        }
        for text in ["lI", "1234", "Tổng", "|"] {
            assert!(!is_ordinal(text), "{text}");
        }
    }

    #[test]
    fn a_second_reading_that_differs_makes_a_cell_unsure_and_is_kept() {
        let word = |text: &str, confidence| Recognised {
            text: text.to_owned(),
            confidence,
            ..Recognised::default()
        };
        let cut = |words| Cut::for_tests(words);
        let mut same = cut(vec![word("2.240", 70), word(",0", 60)]);
        choose(&mut same, vec![word("2.240,0", 93)], is_figure);
        assert_eq!((same.text().as_str(), same.confidence()), ("2.240,0", 93));
        let mut other = cut(vec![word("7.240", 95)]);
        choose(&mut other, vec![word("1.240", 80)], is_figure);
        assert_eq!((other.text().as_str(), other.confidence()), ("7.240", UNSURE));
        assert_eq!(other.readings, ["1.240"]);
        let mut broken = cut(vec![word("7.24.0", 95)]);
        choose(&mut broken, vec![word("7.240", 60)], is_figure);
        assert_eq!(broken.text(), "7.240");
    }
}
