//! Captions of appendices: "PHỤ LỤC 3A", "Phụ lục số 01: Danh mục …", "Biểu 2".

use super::numbering::roman;
use crate::grammar::Structure;

/// A caption inside a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caption {
    /// The label without leading zeros, as ids have it: "3A"; "" where there is none.
    pub id: String,
    /// Length in bytes of word and label.
    pub len: usize,
    /// Where the title begins, if one follows on the line.
    pub title: Option<usize>,
    /// Whether its words alone say so; else a table must follow.
    pub sure: bool,
}

/// Capitals of a title that is sure have more than so many letters.
const FEWEST_CAPITALS: usize = 8;
/// Most letters before the number of a form.
const MAX_CODE: usize = 4;
/// Longest line that may be a caption with its title.
const MAX_CAPTION: usize = 1200;

/// The caption that a line begins with. `glued` lists offsets at which markup ends the label, as in
/// "PHỤ LỤC 3A**Danh mục".
pub(crate) fn caption(text: &str, glued: &[usize], grammar: &Structure) -> Option<Caption> {
    if text.len() > MAX_CAPTION || !may_begin(text, grammar) {
        return None;
    }
    let after_word = caption_word(text, grammar)?;
    let rest = text.get(after_word..)?;
    let start = after_word + (rest.len() - rest.trim_start().len());
    let rest = text.get(start..)?;
    let label_len = label_length(rest);
    let uppercase = text.get(..after_word)?.chars().all(|c| !c.is_lowercase());
    if label_len == 0 {
        // "PHỤ LỤC" alone on its line.
        let alone = rest.trim().trim_matches([':', '.', '*']).is_empty();
        let caption = Caption { id: String::new(), len: after_word, title: None, sure: uppercase };
        return if alone { Some(caption) } else { titled(text, after_word) };
    }
    let label = rest.get(..label_len)?;
    let end = start + label_len + series_length(rest.get(label_len..)?);
    let tail = text.get(end..)?;
    let id = normalized(label);
    let after = tail.trim_start_matches(['.', ':', '-', '–', '—', '*', ' ', '\t', '\u{A0}', '\n']);
    let title = (!after.is_empty()).then(|| text.len() - after.len());
    let separated = tail.starts_with(['.', ':', '-', '–', '—'])
        || tail.trim_start().starts_with([':', '-', '–', '—', '.']);
    let is_title = match title {
        None => true,
        Some(at) => {
            let opens =
                after.chars().next().is_some_and(|c| c.is_uppercase() || matches!(c, '(' | '“' | '"'));
            opens
                && (separated
                    || glued.iter().any(|g| (end..=at).contains(g))
                    || (tail.starts_with(char::is_whitespace)
                        && (uppercase || !after.trim_end().ends_with(['.', ';', ',']))))
        }
    };
    // "PHỤ LỤC 1 MÔ HÌNH TỔ CHỨC": a title in capitals needs no table; one with dots and a page number is of a list.
    let capitals = after.chars().filter(|c| c.is_uppercase()).count() > FEWEST_CAPITALS
        && !after.chars().any(char::is_lowercase)
        && !after.contains("...");
    is_title.then_some(Caption { id, len: end, title, sure: title.is_none() || capitals })
}

/// Where the word and label of a caption end with which a text begins: "Biểu số 1 kèm theo …".
pub(crate) fn label_end(text: &str, grammar: &Structure) -> Option<usize> {
    let word = caption_word(text, grammar).filter(|_| may_begin(text, grammar))?;
    let rest = text.get(word..)?;
    let start = word + (rest.len() - rest.trim_start().len());
    let label = label_length(text.get(start..)?);
    (label > 0).then_some(start + label)
}

/// A caption without a label whose title follows a mark: "PHỤ LỤC: DANH MỤC CÔNG VIỆC".
fn titled(text: &str, after_word: usize) -> Option<Caption> {
    let rest = text.get(after_word..)?;
    let title = rest.trim_start_matches([':', '.', '-', '–', '—', '*', ' ']);
    let marked = rest.trim_start_matches(' ').starts_with([':', '.', '-', '–', '—']);
    let opens = title.chars().next().is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"'));
    let at = text.len() - title.len();
    (marked && opens).then(|| Caption { id: String::new(), len: after_word, title: Some(at), sure: false })
}

/// Whether a text's first letter is that of a caption's word; most lines end here.
pub(crate) fn may_begin(text: &str, grammar: &Structure) -> bool {
    let first = text.bytes().next().map(|byte| byte.to_ascii_lowercase());
    first.is_some() && grammar.captions.words.iter().any(|word| word.bytes().next() == first)
}

/// Length of the caption's word with what stands between it and the label ("số").
fn caption_word(text: &str, grammar: &Structure) -> Option<usize> {
    let words: Vec<(usize, &str)> = super::words(text).take(4).collect();
    for caption in &grammar.captions.words {
        let count = caption.split(' ').count();
        let matches = caption.split(' ').enumerate().all(|(i, part)| {
            words.get(i).is_some_and(|(_, word)| crate::text::fold(word.trim_end_matches([':', '*'])) == part)
        });
        if !matches {
            continue;
        }
        let (at, last) = words.get(count - 1)?;
        let mut end = at + last.trim_end_matches([':', '*']).len();
        if let Some((at, word)) = words.get(count)
            && grammar.captions.number.contains(&crate::text::fold(word.trim_end_matches([':', '.'])))
        {
            end = at + word.len();
        }
        return Some(end);
    }
    None
}

/// "3A", "01", "II", "1.2", "B", "01-A", "TL-01".
fn label_length(text: &str) -> usize {
    let token: usize = text
        .char_indices()
        .take_while(|(_, c)| {
            c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, '.' | '-' | 'a'..='e')
        })
        .map(|(_, c)| c.len_utf8())
        .sum();
    let label = text.get(..token).unwrap_or_default().trim_end_matches(['.', '-']);
    // A letter of a word that goes on ("Danh" after "Phụ lục") is no label.
    let next = text.get(label.len()..).and_then(|rest| rest.chars().next());
    let goes_on = next.is_some_and(char::is_alphabetic) && !label.starts_with(|c: char| c.is_ascii_digit());
    let digits = label.bytes().take_while(u8::is_ascii_digit).count();
    let after = label.get(digits..).unwrap_or_default();
    if goes_on || label.is_empty() || label.len() > 8 {
        0
    } else if digits > 0 {
        // "3ADanh mục": at most one capital belongs to the label.
        let glued = next.is_some_and(char::is_alphabetic);
        if digits > 3 {
            0
        } else if glued && after.len() == 1 {
            digits
        } else {
            label.len()
        }
    } else if roman(label).is_some()
        || lettered_roman(label)
        || is_coded(label)
        || label.split_once('.').is_some_and(|(head, part)| {
            roman(head).is_some() && part.len() == 1 && part.starts_with(|c: char| c.is_ascii_uppercase())
        })
        || label.chars().count() == 1 && label.starts_with(|c: char| c.is_ascii_uppercase())
    {
        label.len()
    } else {
        0
    }
}

/// "IA", "IIb": the letter parts what one Roman number counts.
fn lettered_roman(label: &str) -> bool {
    let Some((at, letter)) = label.char_indices().last() else { return false };
    let counted = label.get(..at).unwrap_or_default();
    matches!(letter, 'A'..='H' | 'a'..='e')
        && !counted.is_empty()
        && counted.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
        && roman(counted).is_some()
}

/// "TL-01", "B2": letters that say what the form is for, and its number.
pub(crate) fn is_coded(label: &str) -> bool {
    let letters = label.bytes().take_while(u8::is_ascii_uppercase).count();
    let number = label.get(letters..).unwrap_or_default();
    let number = number.strip_prefix(['-', '.']).unwrap_or(number);
    (1..=MAX_CODE).contains(&letters)
        && (1..=2).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// The label of an appendix that the name of a sheet gives: "PL 3A", "Phụ lục 01 - Chỉ tiêu".
pub(crate) fn label_of_name(name: &str, grammar: &Structure) -> Option<String> {
    let name = name.trim();
    grammar.captions.sheets.iter().find_map(|word| {
        let length = name.char_indices().nth(word.chars().count()).map_or(name.len(), |(at, _)| at);
        let (head, rest) = name.split_at_checked(length)?;
        if crate::text::fold(head) != *word {
            return None;
        }
        let rest = rest.trim_start_matches([' ', '.', '-', '_']);
        let label = rest.get(..label_length(rest)).filter(|label| !label.is_empty())?;
        let after = rest.get(label.len()..).and_then(|rest| rest.chars().next());
        after.is_none_or(|c| !c.is_alphanumeric()).then(|| label.to_owned())
    })
}

/// Length of the code of a series of forms after a label: "/ĐTC" in "Biểu số 01/ĐTC".
fn series_length(rest: &str) -> usize {
    let Some(code) = rest.strip_prefix('/') else { return 0 };
    let length = code.find(char::is_whitespace).unwrap_or(code.len());
    let code = code.get(..length).unwrap_or_default().trim_end_matches([':', '.', '-']);
    let is_code =
        !code.is_empty() && code.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-');
    if is_code { 1 + code.len() } else { 0 }
}

/// The label without leading zeros and end marks: "01" is "1", "03A" is "3A".
pub(crate) fn normalized(label: &str) -> String {
    let label = label.trim_start_matches('0');
    if label.is_empty() { "0".to_owned() } else { label.to_uppercase() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;
    use crate::grammar::Grammar;

    fn found(text: &str) -> Option<(String, Option<String>)> {
        let grammar = Grammar::embedded().unwrap();
        caption(text, &[], &grammar.structure)
            .map(|c| (c.id, c.title.map(|at| text.get(at..).unwrap().to_owned())))
    }

    #[test]
    fn captions_give_label_and_title() {
        assert_eq!(found("PHỤ LỤC 1"), Some(("1".into(), None)));
        assert_eq!(found("Phụ lục 3C"), Some(("3C".into(), None)));
        assert_eq!(found("Phụ lục số 01: Danh mục dự án"), Some(("1".into(), Some("Danh mục dự án".into()))));
        assert_eq!(
            found("PHỤ LỤC II. DANH MỤC NHIỆM VỤ"),
            Some(("II".into(), Some("DANH MỤC NHIỆM VỤ".into())))
        );
        assert_eq!(found("Biểu số 02 - Các chỉ tiêu"), Some(("2".into(), Some("Các chỉ tiêu".into()))));
        assert_eq!(found("PHỤ LỤC"), Some((String::new(), None)));
        assert_eq!(
            found("PHỤ LỤC: DANH MỤC CÔNG VIỆC"),
            Some((String::new(), Some("DANH MỤC CÔNG VIỆC".into())))
        );
        assert_eq!(found("Phụ lục"), Some((String::new(), None)));
        assert_eq!(found("Mẫu số 02"), Some(("2".into(), None)));
        assert_eq!(found("Phụ biểu 2.1"), Some(("2.1".into(), None)));
        assert_eq!(found("PHỤ LỤC SỐ 1a"), Some(("1A".into(), None)));
        assert_eq!(found("Biểu số 01/ĐTC-TH"), Some(("1".into(), None)));
        assert_eq!(found("PHỤ LỤC I.A"), Some(("I.A".into(), None)));
        assert_eq!(found("Mẫu TL-01"), Some(("TL-01".into(), None)));
        assert_eq!(found("DANH MỤC SỐ 01"), Some(("1".into(), None)));
        assert_eq!(found("Biểu KH02. Chỉ tiêu"), Some(("KH02".into(), Some("Chỉ tiêu".into()))));
        assert_eq!(found("Phụ lục IC"), Some(("IC".into(), None)));
        assert_eq!(found("PHỤ LỤC IIa: DANH MỤC"), Some(("IIA".into(), Some("DANH MỤC".into()))));
        assert_eq!(found("Bảng 1: Cơ cấu lao động"), Some(("1".into(), Some("Cơ cấu lao động".into()))));
    }

    #[test]
    fn names_of_sheets_give_labels() {
        let grammar = Grammar::embedded().unwrap();
        let label = |name| label_of_name(name, &grammar.structure);
        assert_eq!(label("PL3A").as_deref(), Some("3A"));
        assert_eq!(label("Phụ lục 01 - Chỉ tiêu").as_deref(), Some("01"));
        assert_eq!(label("Biểu_2").as_deref(), Some("2"));
        assert_eq!(label("Sheet1"), None);
        assert_eq!(label("Plan"), None);
    }

    #[test]
    fn sentences_about_appendices_are_no_captions() {
        for text in [
            "Phụ lục 01, 02 kèm theo",
            "Phụ lục kèm theo Chương trình này gồm ba bảng.",
            "Biểu dương các tập thể",
            "Bảng tin",
            "Mẫu 02 bộ hồ sơ nộp về phường.",
            "Phụ lục 1 kèm theo",
            "DANH MỤC 12 DỰ ÁN TRỌNG ĐIỂM",
            "Danh mục sản phẩm OCOP",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
