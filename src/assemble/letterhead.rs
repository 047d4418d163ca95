//! The letterhead: who issues, number, place and date. It has two columns, which a scan or a copy may have made one line:
//! "UBND XÃ TÂN LẬP CỘNG HÒA XÃ HỘI …", "Số: 15/KH-UBND Tân Lập, ngày …".

use super::Maker;
use super::header::{is_capitals, is_motto};
use crate::layout::Line;
use crate::model::{Header, PrintedValue};
use crate::span::Span;
use crate::syntax::deadline;
use crate::text::fold;

/// Longest line of one column with a number or the place of a date, in letters.
const COLUMN: usize = 40;
/// Longest line of two columns.
const BOTH: usize = 120;

/// Issuer, parent issuer, number, place and date from the lines above the title.
pub(super) fn letterhead(maker: Maker<'_>, lines: &[Line], texts: &[String], header: &mut Header) {
    let mut bodies = bodies(maker, lines, texts, header);
    // "SỞ GDĐT ĐỒNG THÁP - TRƯỜNG THPT LAI VUNG 1": who is above and who issues, on one line.
    if let [one] = bodies.as_slice()
        && let Some((above, own)) = one.rsplit_once(" - ")
        && is_body(maker, above)
        && is_body(maker, own)
    {
        bodies = vec![above, own];
    }
    name_bodies(maker, &bodies, header);
}

/// The lines of capitals that name who is above and who issues; number, place and date go into the header.
fn bodies<'t>(maker: Maker<'_>, lines: &[Line], texts: &'t [String], header: &mut Header) -> Vec<&'t str> {
    let mut bodies: Vec<&str> = Vec::new();
    let mut rest = lines.iter().zip(texts).peekable();
    while let Some((line, text)) = rest.next() {
        // "Số:" / "118/KH-UBND", "Thanh Giang, ngày 20" / "tháng 3 năm 2026": copied from a page, on two lines.
        if let Some((next, more)) = rest.peek().filter(|_| is_cut(maker, text)) {
            let joined = format!("{text} {more}");
            if number_and_date(maker, &[line.span, next.span], &joined, header) {
                rest.next();
                continue;
            }
        }
        let dated = number_and_date(maker, &[line.span], text, header);
        // "CỘNG HÒA XÃ HỘI CHỦ" / "NGHĨA VIỆT NAM", in a narrow column.
        let joined = rest.peek().filter(|_| !dated).map(|(_, more)| format!("{text} {more}"));
        let cut = joined.as_deref().map(|joined| before_motto(maker, joined));
        let cut = cut.filter(|body| body.len() < before_motto(maker, text).len());
        if cut.is_some() {
            rest.next();
        }
        let body = if dated { before_place(maker, text) } else { before_motto(maker, text) };
        let body = cut.map_or(body, |cut| text.get(..cut.len()).unwrap_or_default());
        if is_capitals(body) && body.len() > 3 && !is_draft(maker, body) {
            bodies.push(body);
        }
    }
    bodies
}

/// Which of the lines are one body, which is above, which issues.
fn name_bodies(maker: Maker<'_>, bodies: &[&str], header: &mut Header) {
    let level = |text: &str| {
        let folded = fold(text);
        maker
            .grammar
            .structure
            .localities
            .levels
            .iter()
            .any(|level| folded.starts_with(&format!("{} ", fold(level))))
    };
    match bodies {
        [] => {}
        // "BAN CHẤP HÀNH" alone is no body.
        [.., before, last] if maker.grammar.structure.letterhead.open.contains(&fold(before)) => {
            header.issuer = Some(format!("{before} {last}"));
            if let [parent, _, _] = bodies {
                header.parent_issuer = Some((*parent).to_owned());
            }
        }
        // Nor below what it is of.
        [.., before, last] if maker.grammar.structure.letterhead.open.contains(&fold(last)) => {
            header.issuer = Some(format!("{last} {before}"));
            if let [parent, _, _] = bodies {
                header.parent_issuer = Some((*parent).to_owned());
            }
        }
        [one] => header.issuer = Some((*one).to_owned()),
        // "ỦY BAN NHÂN DÂN" / "XÃ ĐÔNG THẠNH", "BỆNH VIỆN ĐA KHOA" / "KHU VỰC NINH HÒA".
        [.., before, last]
            if level(last) && !has_locality(maker, before)
                || is_body(maker, before) && !is_body(maker, last) =>
        {
            header.issuer = Some(format!("{before} {last}"));
            if let [parent, _, _] = bodies {
                header.parent_issuer = Some((*parent).to_owned());
            }
        }
        [.., before, last] => {
            header.parent_issuer = Some((*before).to_owned());
            header.issuer = Some((*last).to_owned());
        }
    }
}

/// Whether words begin as names of bodies do.
fn is_body(maker: Maker<'_>, text: &str) -> bool {
    let folded = fold(text);
    let begins = |word: &String| folded.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' '));
    maker.grammar.structure.letterhead.bodies.iter().any(begins)
}

fn has_locality(maker: Maker<'_>, text: &str) -> bool {
    // "QUÂN SỰ" is no "quận".
    let lower = format!(" {} ", text.to_lowercase());
    maker.grammar.structure.localities.levels.iter().any(|level| lower.contains(&format!(" {level} ")))
}

/// Whether a line ends inside a number or a date: "Số:", "Hà Nội, ngày 20".
fn is_cut(maker: Maker<'_>, text: &str) -> bool {
    let folded = fold(text);
    let lower = text.to_lowercase();
    let word = lower.trim_end_matches([':', ' ']);
    let number = maker.grammar.structure.letterhead.number.iter().any(|number| number == word);
    let words: Vec<&str> = folded.split(' ').collect();
    let dated = matches!(words.as_slice(), [.., "ngay", day] if day.bytes().all(|b| b.is_ascii_digit()))
        || matches!(words.as_slice(), [.., before, "ngay"] if before.ends_with(','))
        || matches!(
            words.as_slice(),
            [.., "ngay", _, "thang"] | [.., "ngay", _, "thang", _] | [.., "ngay", _, "thang", _, "nam"]
        );
    number || dated && text.chars().count() <= 60
}

/// Reads a number or date line; tells whether the line was one.
pub(super) fn number_and_date(maker: Maker<'_>, line: &[Span], text: &str, header: &mut Header) -> bool {
    let mut found = false;
    if header.number.is_none()
        && let Some((start, end)) = number_in_line(maker, text)
    {
        header.number = Some(printed_number(
            text.get(start..end).unwrap_or_default(),
            maker.within(line, text, start..end),
        ));
        found = true;
    }
    if header.date.is_none()
        && let Some((place, at)) = date_line(maker, text)
        && let Some(mut date) = deadline::printed_date(text.get(at..).unwrap_or_default())
    {
        date.at = maker.within(line, text, at..text.len());
        header.date = Some(date);
        header.place = (!place.is_empty()).then(|| place.to_owned());
        found = true;
    }
    found
}

/// The place in "Tân Phú, ngày 5 tháng 3 năm 2026", and where the date begins. The other column may stand before it.
fn date_line<'t>(maker: Maker<'_>, text: &'t str) -> Option<(&'t str, usize)> {
    let at = text.find("ngày").or_else(|| text.find("Ngày"))?;
    let rest = text.get(at..)?;
    let before = text.get(..at)?;
    let is_date = rest.contains("tháng") && rest.contains("năm") && rest.chars().count() <= COLUMN;
    if !is_date || !(before.is_empty() || before.trim_end().ends_with(',')) || before.len() > BOTH {
        return None;
    }
    let own = place(maker, before);
    let place = own.unwrap_or(before);
    // A star under the body of the other column stands on the same line.
    let place = place.trim().trim_start_matches('*').trim_start().trim_end_matches(',').trim_end();
    (place.chars().count() <= COLUMN).then_some((place, at))
}

/// The place that stands after the other column of a letterhead: after the document's number, or a body in capitals.
fn place<'t>(maker: Maker<'_>, before: &'t str) -> Option<&'t str> {
    if let Some((_, end)) = number_in_line(maker, before) {
        return before.get(end..);
    }
    let body = capitals(before);
    is_capitals(body).then(|| before.get(body.len()..)).flatten()
}

/// The words in capitals that a line begins with, but for "TP." of a place's name.
fn capitals(text: &str) -> &str {
    let mut end = 0;
    for word in text.split_inclusive(' ') {
        let name = word.trim_end();
        if name.ends_with('.') || name.ends_with(',') || !name.chars().all(|c| !c.is_lowercase()) {
            break;
        }
        end += word.len();
    }
    text.get(..end).unwrap_or_default()
}

/// The body in capitals on a line with the place and date of the other column.
fn before_place<'t>(maker: Maker<'_>, text: &'t str) -> &'t str {
    let body = capitals(text).trim_end();
    if number_in_line(maker, text).is_some() { "" } else { body }
}

/// The words of a line before a motto: "CHÍNH PHỦ CỘNG HÒA XÃ HỘI …", where two columns became one line.
fn before_motto<'t>(maker: Maker<'_>, text: &'t str) -> &'t str {
    let words = text.match_indices(' ').map(|(at, _)| at + 1);
    let begins = |at: &usize| text.get(*at..).is_some_and(|rest| is_motto(maker, rest));
    let at = std::iter::once(0).chain(words).find(begins).unwrap_or(text.len());
    text.get(..at).unwrap_or_default().trim_end()
}

/// Whether a line only says that the document is a draft.
fn is_draft(maker: Maker<'_>, text: &str) -> bool {
    maker.grammar.structure.letterhead.drafts.contains(&fold(text.trim_matches(['(', ')', ' '])))
}

pub(super) fn is_number_line(maker: Maker<'_>, text: &str) -> bool {
    number_in_line(maker, text).is_some() || date_line(maker, text).is_some()
}

/// The range of the number in "Số: 05-CTr/ĐU".
fn number_in_line(maker: Maker<'_>, text: &str) -> Option<(usize, usize)> {
    let (word, _) = text.split_once([':', ' ', '\u{A0}'])?;
    if !maker.grammar.structure.letterhead.number.contains(&word.to_lowercase())
        || text.chars().count() > BOTH
    {
        return None;
    }
    let rest = text.get(word.len()..)?;
    let start =
        word.len() + (rest.len() - rest.trim_start_matches([':', ' ', '\u{A0}', '.', '…', '_']).len());
    let number = text.get(start..)?;
    // The motto may stand beside it.
    let mut words = number.match_indices(' ').map(|(at, _)| at);
    let motto = words.find(|at| number.get(at + 1..).is_some_and(|rest| is_motto(maker, rest.trim_start())));
    let number = number.get(..motto.unwrap_or(number.len()))?.trim_end();
    let comma = number.find([',', ';']).unwrap_or(number.len());
    // What has no place behind it is the number as a whole, spaces and all.
    let end = if comma < number.len() { sign_end(number.get(..comma)?) } else { comma };
    let number = number.get(..end)?;
    (number.contains(['/', '-']) && number.chars().count() <= BOTH / 2).then_some((start, start + end))
}

/// Where the sign of a number ends: "15/KH-UBND" of "15/KH-UBND Bà Rịa - Vũng Tàu", "/KH - UBND".
fn sign_end(number: &str) -> usize {
    let mut end = 0;
    let mut signed = false;
    let mut open = true;
    for word in number.split_inclusive(' ') {
        let name = word.trim_end();
        let letters = name.chars().any(char::is_uppercase);
        let mark = name.starts_with(['/', '-']) || name.ends_with(['/', '-']);
        if signed && !mark && !(open && letters) {
            break;
        }
        signed |= letters && name.contains(['/', '-']);
        open = name.ends_with(['/', '-']);
        end += word.len();
    }
    number.get(..end).map_or(number.len(), |number| number.trim_end().len())
}

/// A document number; its value is absent where the digits before the sign are blank.
pub(super) fn printed_number(raw: &str, at: crate::span::At) -> PrintedValue {
    let raw = raw.trim();
    let digits = raw.trim_start_matches(['.', '…', '_', ' ']).starts_with(|c: char| c.is_ascii_digit());
    PrintedValue {
        raw: raw.to_owned(),
        value: digits.then(|| crate::text::squeeze(raw).replace(' ', "")),
        at,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use crate::grammar::Grammar;

    /// Issuer and parent issuer of a plan under these lines.
    fn issuers(lines: &str) -> (Option<String>, Option<String>) {
        let text = format!("{lines}\n\nKẾ HOẠCH\nphát triển văn hóa đọc\n\nI. NHIỆM VỤ\n- Mở tủ sách.\n");
        let grammar = Grammar::embedded().unwrap();
        let source = crate::read::read("test", text.as_bytes(), &Default::default(), &grammar).unwrap();
        let header = crate::pipeline::parse(&source, &grammar).header;
        (header.issuer, header.parent_issuer)
    }

    #[test]
    fn committees_of_the_youth_union_are_of_their_place() {
        let grammar = Grammar::embedded().unwrap();
        for (line, locality) in [
            ("BAN CHẤP HÀNH TỈNH ĐOÀN BÌNH LÂM", "tỉnh Bình Lâm"),
            ("BAN THƯỜNG VỤ THÀNH ĐOÀN HẢI AN", "thành phố Hải An"),
            ("BAN CHẤP HÀNH HUYỆN ĐOÀN TÂN SƠN", "huyện Tân Sơn"),
            ("BAN CHẤP HÀNH XÃ ĐOÀN ĐÔNG THẠNH", "xã Đông Thạnh"),
            ("ỦY BAN NHÂN DÂN PHƯỜNG ĐOÀN KẾT", "phường Đoàn Kết"),
            ("ỦY BAN NHÂN DÂN TỈNH QUẢNG NAM NĂM 2026", "tỉnh Quảng Nam"),
            ("ỦY BAN NHÂN DÂN XÃ HUA NẬM", "xã Hua Nậm"),
        ] {
            let text = format!("{line}\n\nKẾ HOẠCH\nphát triển văn hóa đọc\n\nI. NHIỆM VỤ\n- Mở tủ sách.\n");
            let source = crate::read::read("test", text.as_bytes(), &Default::default(), &grammar).unwrap();
            let header = crate::pipeline::parse(&source, &grammar).header;
            assert_eq!(header.locality.as_deref(), Some(locality), "{line}");
        }
    }

    #[test]
    fn a_body_on_two_lines_is_one() {
        for (lines, issuer, parent) in [
            ("ỦY BAN NHÂN DÂN\nXÃ ĐÔNG THẠNH", "ỦY BAN NHÂN DÂN XÃ ĐÔNG THẠNH", None),
            (
                "SỞ Y TẾ\nBỆNH VIỆN ĐA KHOA\nKHU VỰC NINH HÒA",
                "BỆNH VIỆN ĐA KHOA KHU VỰC NINH HÒA",
                Some("SỞ Y TẾ"),
            ),
            (
                "ĐẢNG BỘ TỈNH AN GIANG\nĐẢNG ỦY XÃ HÒN ĐẤT",
                "ĐẢNG ỦY XÃ HÒN ĐẤT",
                Some("ĐẢNG BỘ TỈNH AN GIANG"),
            ),
            (
                "ĐOÀN TNCS HỒ CHÍ MINH PHƯỜNG AN CỰU\nBAN CHẤP HÀNH",
                "BAN CHẤP HÀNH ĐOÀN TNCS HỒ CHÍ MINH PHƯỜNG AN CỰU",
                None,
            ),
            ("BAN CHẤP HÀNH\nĐẢNG BỘ XÃ HÒN ĐẤT", "BAN CHẤP HÀNH ĐẢNG BỘ XÃ HÒN ĐẤT", None),
        ] {
            assert_eq!(issuers(lines), (Some(issuer.to_owned()), parent.map(str::to_owned)), "{lines}");
        }
    }
}
