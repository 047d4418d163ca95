//! Names of wards, districts and provinces in titles and captions.

use std::ops::Range;

use crate::grammar::CaptionWords;
use crate::text::{fold, word_ranges};

/// A place that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) struct Place {
    /// Its level: the position in the grammar's levels.
    pub level: usize,
    /// Its name as a fold key.
    pub name: String,
    /// Byte range of level word and name.
    pub range: Range<usize>,
}

/// A word of a text.
#[derive(Debug)]
struct Token {
    range: Range<usize>,
    folded: String,
    /// In small letters, with its diacritics: "nam" is no "năm".
    lower: String,
    capital: bool,
    /// Whether anything but a space stands between this word and the one before.
    apart: bool,
}

/// The longest name, in words.
const LONGEST: usize = 4;

/// The places that a text names, in order. Former names ("phường An Hòa cũ") are left out.
pub(in crate::rules) fn places(text: &str, captions: &CaptionWords) -> Vec<Place> {
    let tokens = tokens(text);
    let capitals = !text.chars().any(char::is_lowercase);
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((level, length)) = level_at(&tokens, at, captions) else {
            at += 1;
            continue;
        };
        let start = at + length;
        let count = if capitals {
            in_capitals(&tokens, at, start, captions)
        } else {
            capitalised(&tokens, start, captions)
        };
        at = start + count;
        let named = tokens.get(start..at).unwrap_or_default();
        let (Some(first), Some(last)) = (tokens.get(start - length), named.last()) else {
            continue;
        };
        if is_former(&tokens, at, captions) {
            continue;
        }
        let name = named.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ");
        out.push(Place { level, name, range: first.range.start..last.range.end });
    }
    out
}

/// The place that a text of nothing else names: a level's word, then the name.
pub(in crate::rules) fn place(text: &str, captions: &CaptionWords) -> Option<Place> {
    let tokens = tokens(text);
    let (level, length) = level_at(&tokens, 0, captions)?;
    let named = tokens.get(length..).filter(|named| !named.is_empty())?;
    let name = named.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ");
    Some(Place { level, name, range: 0..text.len() })
}

fn tokens(text: &str) -> Vec<Token> {
    let mut last = 0;
    let tokens = word_ranges(text).map(|range| {
        let between = text.get(last..range.start).unwrap_or_default();
        last = range.end;
        let printed = text.get(range.clone()).unwrap_or_default();
        Token {
            folded: fold(printed),
            lower: printed.to_lowercase(),
            capital: printed.starts_with(|c: char| c.is_uppercase()),
            apart: between.chars().any(|c| !c.is_whitespace()),
            range,
        }
    });
    tokens.collect()
}

/// The level whose words stand at `at`, and how many words.
fn level_at(tokens: &[Token], at: usize, captions: &CaptionWords) -> Option<(usize, usize)> {
    captions.levels.iter().enumerate().find_map(|(level, phrases)| {
        let phrase = phrases.iter().find(|phrase| stands_at(tokens, at, phrase))?;
        Some((level, phrase.split(' ').count()))
    })
}

fn stands_at(tokens: &[Token], at: usize, phrase: &str) -> bool {
    phrase.split(' ').enumerate().all(|(k, word)| {
        tokens.get(at + k).is_some_and(|token| token.folded == word && (k == 0 || !token.apart))
    })
}

/// How many capitalised words, or a number, follow a level's word.
fn capitalised(tokens: &[Token], start: usize, captions: &CaptionWords) -> usize {
    let follows = |token: &&Token| !token.apart;
    let Some(first) = tokens.get(start).filter(follows) else {
        return 0;
    };
    if first.folded.len() <= 2 && first.folded.bytes().all(|byte| byte.is_ascii_digit()) {
        return 1;
    }
    if captions.places.no_names.contains(&first.folded) {
        return 0;
    }
    let rest = tokens.get(start..).unwrap_or_default();
    rest.iter().take(LONGEST).take_while(|token| token.capital && !token.apart).count()
}

/// In a text all in capitals: two or three words between the words that stand around names.
fn in_capitals(tokens: &[Token], at: usize, start: usize, captions: &CaptionWords) -> usize {
    let places = &captions.places;
    let led = places.before_capitals.iter().any(|phrase| {
        let length = phrase.split(' ').count();
        at >= length
            && stands_at(tokens, at - length, phrase)
            && tokens.get(at).is_some_and(|token| !token.apart)
    });
    let names_none = tokens.get(start).is_some_and(|first| places.no_names.contains(&first.folded));
    if !led || names_none {
        return 0;
    }
    let closes = |token: &Token| {
        token.apart
            || places.after_capitals.contains(&token.lower)
            || token.folded.starts_with(|c: char| c.is_ascii_digit())
    };
    let rest = tokens.get(start..).unwrap_or_default();
    let count = rest.iter().take(LONGEST).take_while(|token| !closes(token)).count();
    let ends = rest.get(count).is_none_or(closes);
    if ends && (2..LONGEST).contains(&count) { count } else { 0 }
}

fn is_former(tokens: &[Token], at: usize, captions: &CaptionWords) -> bool {
    captions.places.former.iter().any(|phrase| stands_at(tokens, at, phrase))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed assumption fails the test")]

    use super::*;
    use crate::grammar::Grammar;

    fn of(text: &str) -> Vec<(usize, String)> {
        let grammar = Grammar::embedded().unwrap();
        places(text, &grammar.captions).into_iter().map(|place| (place.level, place.name)).collect()
    }

    #[test]
    fn names_are_the_capital_words_after_a_level() {
        let one = |level: usize, name: &str| vec![(level, name.to_owned())];
        assert_eq!(of("Danh mục dự án trên địa bàn phường Hoa Ban giai đoạn 2026 - 2030"), one(0, "hoa ban"));
        assert_eq!(of("của Tỉnh ủy An Sơn"), one(2, "an son"));
        assert_eq!(of("DANH MỤC DỰ ÁN TRÊN ĐỊA BÀN TỈNH HÀ NAM NĂM 2026"), one(2, "ha nam"));
        assert_eq!(of("(Kèm theo Chương trình số 05-CTr/ĐU của Đảng ủy xã Phước Lạc)"), one(0, "phuoc lac"));
        assert_eq!(
            of("Danh mục của phường 5, quận Hoa Ban"),
            vec![(0, "5".to_owned()), (1, "hoa ban".to_owned())]
        );
    }

    #[test]
    fn former_names_and_common_words_are_none() {
        assert_eq!(of("Nhà văn hóa (phường Hoa Ban cũ)"), []);
        assert_eq!(of("chỉ tiêu kinh tế - xã hội của xã đến năm 2030"), []);
        assert_eq!(of("Văn hóa - Xã Hội"), []);
        assert_eq!(of("DANH MỤC DỰ ÁN DO XÃ QUẢN LÝ GIAI ĐOẠN 2026 - 2030"), []);
        assert_eq!(of("DỰ ÁN TRÊN ĐỊA BÀN PHƯỜNG HOÀN THÀNH BÀN GIAO NĂM 2026"), []);
        assert_eq!(of("NHIỆM VỤ TRÊN ĐỊA BÀN XÃ GIAI ĐOẠN 2026-2030"), []);
    }

    #[test]
    fn names_in_capitals_need_known_words_around() {
        assert_eq!(
            of("CHỈ TIÊU CỦA ĐẢNG BỘ XÃ PHƯỚC LẠC GIAI ĐOẠN 2026-2030"),
            vec![(0, "phuoc lac".to_owned())]
        );
        assert_eq!(of("DỰ ÁN TRÊN ĐỊA BÀN HUYỆN AN SƠN"), vec![(1, "an son".to_owned())]);
    }
}
