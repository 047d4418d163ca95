//! Where a node stands, as a user of the file looks it up: line and column of a text file, page of a PDF, cell of a
//! sheet, paragraph or table cell of a text document. The one place where places are put into words.

use super::Catalogue;
use crate::finding::Text;
use crate::source::cell_position;
use crate::span::At;

/// What a place is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind<'a> {
    /// A line, since the file is one of lines.
    Line,
    Page(u32),
    /// Sheet and cell in A1 notation.
    Sheet(&'a str, &'a str),
    /// Table, and its row and column, all counted from 1.
    Table(u32, u32, u32),
    Paragraph(u32),
}

/// Whether a place is one of a file of lines, so that line and column mean something to its user.
#[must_use]
pub fn is_line(at: &At) -> bool {
    Kind::of(at) == Kind::Line
}

/// The place as it stands beside a quoted line: "12:34", "trang 3", "Biểu!B7", "bảng 2, hàng 7, cột 3".
#[must_use]
pub fn short(at: &At, catalogue: &Catalogue) -> String {
    match Kind::of(at) {
        Kind::Line => format!("{}:{}", at.line, at.column),
        _ => words(at, catalogue),
    }
}

/// The place as it stands in a sentence: "dòng 12", "trang 3".
#[must_use]
pub fn words(at: &At, catalogue: &Catalogue) -> String {
    let number = |n: u32| n.to_string();
    let text = match Kind::of(at) {
        Kind::Line => Text::new("place-line").with("line", number(at.line)),
        Kind::Page(page) => Text::new("place-page").with("page", number(page)),
        Kind::Sheet(sheet, cell) => Text::words(format!("{}!{cell}", quoted(sheet))),
        Kind::Table(table, row, column) => Text::new("place-table")
            .with("table", number(table))
            .with("row", number(row))
            .with("column", number(column)),
        Kind::Paragraph(paragraph) => Text::new("place-paragraph").with("paragraph", number(paragraph)),
    };
    match at.part.as_deref() {
        None | Some(MAIN_PART) => catalogue.render(&text),
        Some(part) => {
            let kind = part.trim_end_matches(|c: char| c.is_ascii_digit());
            catalogue.render(&Text::new("place-part").with("part", kind).with("place", text))
        }
    }
}

/// The place in a form that no language changes, and what it is: "page 3" as `("page/3", "page")`; nothing for a
/// file of lines.
#[must_use]
pub fn symbolic(at: &At) -> Option<(String, &'static str)> {
    let part = at.part.as_deref().unwrap_or(MAIN_PART);
    Some(match Kind::of(at) {
        Kind::Line => return None,
        Kind::Page(page) => (format!("page/{page}"), "page"),
        Kind::Sheet(sheet, cell) => (format!("{}!{cell}", quoted(sheet)), "cell"),
        Kind::Table(table, ..) => {
            let cell = at.cell.as_deref().unwrap_or_default();
            (format!("{part}/table/{table}/{cell}"), "cell")
        }
        Kind::Paragraph(paragraph) => (format!("{part}/paragraph/{paragraph}"), "paragraph"),
    })
}

/// The part of a text document that needs no mention.
const MAIN_PART: &str = "document";

impl<'a> Kind<'a> {
    fn of(at: &'a At) -> Self {
        if let (Some(sheet), Some(cell)) = (&at.sheet, &at.cell) {
            Self::Sheet(sheet, cell)
        } else if let Some(page) = at.page {
            Self::Page(page)
        } else if let (Some(table), Some((row, column))) =
            (at.table, at.cell.as_deref().and_then(cell_position))
        {
            Self::Table(table, row + 1, column + 1)
        } else if let Some(paragraph) = at.paragraph {
            Self::Paragraph(paragraph)
        } else {
            Self::Line
        }
    }
}

/// A sheet's name as formulas write it: in quotation marks unless it is one word.
fn quoted(sheet: &str) -> String {
    let plain = sheet.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.')
        && sheet.starts_with(char::is_alphabetic);
    if plain { sheet.to_owned() } else { format!("'{}'", sheet.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Lang;

    fn both(at: &At) -> [String; 2] {
        Lang::ALL.map(|lang| short(at, &Catalogue::new(lang)))
    }

    #[test]
    fn each_format_has_its_places() {
        let line = At { line: 12, column: 3, ..At::default() };
        assert_eq!(both(&line), ["12:3", "12:3"]);
        assert_eq!(words(&line, &Catalogue::new(Lang::Vi)), "dòng 12");
        let page = At { page: Some(3), ..line.clone() };
        assert_eq!(both(&page), ["trang 3", "page 3"]);
        let sheet = At { sheet: Some("Phụ lục 1".into()), cell: Some("B7".into()), ..line.clone() };
        assert_eq!(both(&sheet), ["'Phụ lục 1'!B7", "'Phụ lục 1'!B7"]);
        let part = |part: &str| At { part: Some(part.into()), paragraph: Some(9), ..line.clone() };
        assert_eq!(both(&part("document")), ["đoạn 9", "paragraph 9"]);
        assert_eq!(both(&part("footnotes")), ["đoạn 9 (chú thích cuối trang)", "paragraph 9 (footnotes)"]);
        assert_eq!(both(&part("header2")), ["đoạn 9 (đầu trang)", "paragraph 9 (page header)"]);
        let cell = At { table: Some(2), cell: Some("C7".into()), ..part("document") };
        assert_eq!(both(&cell), ["bảng 2, hàng 7, cột 3", "table 2, row 7, column 3"]);
    }

    #[test]
    fn symbolic_places_know_no_language() {
        assert_eq!(symbolic(&At { line: 1, ..At::default() }), None);
        assert_eq!(symbolic(&At { page: Some(3), ..At::default() }), Some(("page/3".to_owned(), "page")));
        let sheet = At { sheet: Some("Biểu".into()), cell: Some("B7".into()), ..At::default() };
        assert_eq!(symbolic(&sheet), Some(("Biểu!B7".to_owned(), "cell")));
        let at = At { part: Some("document".into()), paragraph: Some(4), ..At::default() };
        let cell = At { table: Some(2), cell: Some("C7".into()), ..at.clone() };
        assert_eq!(symbolic(&cell), Some(("document/table/2/C7".to_owned(), "cell")));
        assert_eq!(symbolic(&at), Some(("document/paragraph/4".to_owned(), "paragraph")));
    }
}
