//! Capitals that an encoding has no bytes for: "TRìNH" is "TRÌNH" in a font that draws only capitals.

use std::borrow::Cow;
use std::ops::Range;

use super::fold;
use super::syllable::is_possible;
use super::words::runs;
use crate::grammar::{Encoding, Syllables};

/// What the letters of a word tell of its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// Capitals throughout.
    Capital,
    /// A small letter that has a capital.
    Small,
    /// Capitals or small letters: "Xã", "ở"; or nothing that tells of the words around: "UBND", "a".
    Either,
}

/// What parts cells.
const APART: [&str; 2] = ["\t", "    "];

/// A line with capitals for the small letters that have none in the encoding, where they stand in words of capitals.
/// A word that may be either follows the words before and after it.
pub(super) fn restored<'a>(line: &'a str, encoding: &Encoding, syllables: &Syllables) -> Cow<'a, str> {
    if line.chars().all(|c| !lacks_capital(c, encoding)) {
        return Cow::Borrowed(line);
    }
    if let Some(mark) = APART.iter().find(|mark| line.contains(**mark)) {
        // Each cell has its own case.
        let cells: Vec<Cow<'_, str>> =
            line.split(*mark).map(|cell| restored(cell, encoding, syllables)).collect();
        return Cow::Owned(cells.join(mark));
    }
    let words: Vec<(Range<usize>, Case)> = runs(line, char::is_alphabetic)
        .map(|range| (range.clone(), case(line.get(range).unwrap_or_default(), encoding, syllables)))
        .collect();
    let told: Vec<Case> = words.iter().map(|(_, case)| *case).collect();
    let sentences = sentences(line, &words);
    let mut out = String::with_capacity(line.len());
    let mut done = 0;
    for (index, (range, case)) in words.into_iter().enumerate() {
        out.push_str(line.get(done..range.start).unwrap_or_default());
        let word = line.get(range.clone()).unwrap_or_default();
        let number = done == 0 && is_number_word(word, line.get(range.end..).unwrap_or_default());
        if !number
            && (case == Case::Capital
                || (case == Case::Either && among_capitals(&told, sentence_of(&sentences, index), index)))
        {
            let capital =
                |c: char| c.to_uppercase().next().filter(|_| lacks_capital(c, encoding)).unwrap_or(c);
            out.extend(word.chars().map(capital));
        } else {
            out.push_str(word);
        }
        done = range.end;
    }
    out.push_str(line.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// Whether a line begins with "Số" and a number, as the line of a document's number does.
fn is_number_word(word: &str, after: &str) -> bool {
    let after = after.trim_start();
    fold(word) == "so" && after.starts_with(|c: char| c.is_ascii_digit() || matches!(c, ':' | '-' | '/'))
}

fn lacks_capital(c: char, encoding: &Encoding) -> bool {
    !c.is_ascii() && c.is_lowercase() && !c.to_uppercase().all(|capital| encoding.has(capital))
}

/// Two capitals, or a capital behind a letter that may be one, make a word of capitals.
fn case(word: &str, encoding: &Encoding, syllables: &Syllables) -> Case {
    let mut capitals = 0;
    let mut open = false;
    for c in word.chars() {
        if lacks_capital(c, encoding) {
            open = true;
        } else if c.is_lowercase() {
            return if word.chars().nth(1).is_some() { Case::Small } else { Case::Either };
        } else {
            capitals += 1;
            if open || capitals > 1 {
                capitals = 2;
            }
        }
    }
    let tells = open || is_possible(word, syllables);
    if capitals > 1 && tells { Case::Capital } else { Case::Either }
}

/// Where in a line's words a stop, a bar or a tag begins another part: "Phần II. MỤC TIÊU".
fn sentences(line: &str, words: &[(Range<usize>, Case)]) -> Vec<usize> {
    let stops = |pair: &[(Range<usize>, Case)]| match pair {
        [(before, _), (after, _)] => {
            let gap = line.get(before.end..after.start).unwrap_or_default();
            gap.starts_with(". ") || gap.contains(['|', '<', '>'])
        }
        _ => false,
    };
    let starts = words.windows(2).enumerate().filter(|(_, pair)| stops(pair)).map(|(at, _)| at + 1);
    std::iter::once(0).chain(starts).chain(std::iter::once(words.len())).collect()
}

/// The words of the part that a word is in.
fn sentence_of(borders: &[usize], index: usize) -> Range<usize> {
    let end = borders.partition_point(|border| *border <= index);
    let at = |i: usize| borders.get(i).copied();
    end.checked_sub(1).and_then(at).unwrap_or_default()..at(end).unwrap_or(index + 1)
}

/// Whether the nearest words that tell are capitals on both sides; at an end of their part of the line, all of it is.
fn among_capitals(told: &[Case], part: Range<usize>, index: usize) -> bool {
    let index = index - part.start;
    let told = told.get(part).unwrap_or_default();
    let (before, after) = told.split_at_checked(index).unwrap_or((told, &[]));
    let tells = |case: &&Case| **case != Case::Either;
    let (before, after) = (before.iter().rev().find(tells), after.iter().find(tells));
    match (before, after) {
        (Some(before), Some(after)) => *before == Case::Capital && *after == Case::Capital,
        (None, None) => false,
        _ => !told.contains(&Case::Small),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]

    use super::*;
    use crate::grammar::Grammar;

    #[test]
    fn words_of_capitals_are_capitals_throughout() {
        let Grammar { encodings, syllables, .. } = Grammar::embedded().unwrap();
        let tcvn3 = encodings.all.iter().find(|encoding| encoding.name == "TCVN3").unwrap();
        for (read, line) in [
            ("CHƯƠNG TRìNH HàNH ĐộNG", "CHƯƠNG TRÌNH HÀNH ĐỘNG"),
            ("CủA ĐảNG ủY Xã TÂN LậP", "CỦA ĐẢNG ỦY XÃ TÂN LẬP"),
            ("NHIệM Vụ Và GIảI PHáP", "NHIỆM VỤ VÀ GIẢI PHÁP"),
            ("ĐảNG Bộ Xã", "ĐẢNG BỘ XÃ"),
            ("Đảng ủy xã Tân Lập", "Đảng ủy xã Tân Lập"),
            ("Phần D. Tổ CHứC THựC HIệN", "Phần D. TỔ CHỨC THỰC HIỆN"),
            ("Phần thứ hai. MụC TIÊU, NHIệM Vụ", "Phần thứ hai. MỤC TIÊU, NHIỆM VỤ"),
            ("Số: 48/KH-UBND", "Số: 48/KH-UBND"),
            ("PHụ LụC Số 1a", "PHỤ LỤC SỐ 1a"),
            ("Chủ tịch UBND Xã", "Chủ tịch UBND Xã"),
            ("Xã Hà Mỹ", "Xã Hà Mỹ"),
            ("Bộ CHỉ HUY QUÂN Sự      Độc lập - Tự do", "BỘ CHỈ HUY QUÂN SỰ      Độc lập - Tự do"),
        ] {
            assert_eq!(restored(read, tcvn3, &syllables), line);
        }
        let viscii = encodings.all.iter().find(|encoding| encoding.name == "VISCII").unwrap();
        assert_eq!(
            restored("TRìNH", viscii, &syllables),
            "TRìNH",
            "where there are capitals, a small letter is meant"
        );
    }
}
