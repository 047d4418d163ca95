//! Formulas and the values that they give.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
use super::super::formula::relative;
use super::*;

/// Sheets of rows of cells: "=…" is a formula without a value, digits a number, anything else text.
fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<Sheet> {
    let cell = |row: u32, column: u32, text: &str| {
        let mut out = Cell { row, column, ..Cell::default() };
        match text.strip_prefix('=') {
            Some(formula) => out.formula = Formula::Relative(relative(formula, (row, column)).into()),
            None => {
                out.text = text.to_owned();
                out.number = text.parse().ok();
            }
        }
        out
    };
    let sheet = |(name, rows): &(&str, &[&[&str]])| {
        let styles = Some(Default::default());
        let mut out = Sheet { name: (*name).to_owned(), styles, ..Sheet::default() };
        for (row, cells) in (0..).zip(*rows) {
            let filled = (0..).zip(*cells).filter(|(_, text)| !text.is_empty());
            out.cells.extend(filled.map(|(column, text)| cell(row, column, text)));
        }
        out
    };
    sheets.iter().map(sheet).collect()
}

/// What the cells of the first sheet's first row show.
fn first_row(sheets: &[(&str, &[&[&str]])], hidden: &[(u32, u32)]) -> Vec<String> {
    let mut sheets = book(sheets);
    sheets.first_mut().unwrap().hidden_rows = hidden.to_vec();
    fill(&mut sheets);
    let cells = &sheets.first().unwrap().cells;
    cells.iter().filter(|cell| cell.row == 0).map(|cell| cell.text.clone()).collect()
}

#[test]
fn sums_and_operations_are_exact() {
    let rows: &[&[&str]] = &[
        &[
            "=SUM(A2:B3)",
            "=A2*0.5+B3/(1+2)-10%",
            "=ROUND(A2/B3;1)",
            "=-A2+SUM(B2,B3,4)",
            "=A3&\"x\"",
            "=A2/C9",
        ],
        &["0.1", "0.2"],
        &["tổng", "3"],
    ];
    assert_eq!(first_row(&[("a", rows)], &[]), ["3.3", "0.95", "0", "7.1", "", ""]);
}

#[test]
fn formulas_over_formulas_and_other_sheets_have_values() {
    let first: &[&[&str]] =
        &[&["=A2+'Biểu 2'!B1", "=Sheet3!A1", "=C1", "=SUM(A1:C1)"], &["=SUM(A3:A4)"], &["1"], &["2"]];
    let sheets: &[(&str, &[&[&str]])] =
        &[("PL1", first), ("Biểu 2", &[&["x", "=A2*2"], &["20"]]), ("Sheet3", &[&["Dự án"]])];
    // A formula over itself, and what is over it, has none.
    assert_eq!(first_row(sheets, &[]), ["43", "Dự án", "", ""]);
}

#[test]
fn partial_sums_are_not_counted_twice_and_hidden_rows_only_by_some() {
    let rows: &[&[&str]] = &[
        &["=SUBTOTAL(109,A2:A5)", "=SUBTOTAL(9,A2:A5)", "=SUM(A2:A5)", "=SUBTOTAL(1,A2:A5)"],
        &["=SUBTOTAL(9,A3:A4)"],
        &["1"],
        &["2"],
        &["4"],
    ];
    assert_eq!(first_row(&[("a", rows)], &[(3, 3)]), ["5", "7", "10", ""]);
}

#[test]
fn zeros_of_programs_that_do_not_calculate_are_no_values() {
    let rows: &[&[&str]] = &[&["=A2+1", "=LEFT(A2)"], &["2"]];
    for (recalculate, expected) in [(true, ["3", "0"]), (false, ["0", "0"])] {
        let mut sheets = book(&[("a", rows)]);
        let sheet = sheets.first_mut().unwrap();
        sheet.recalculate = recalculate;
        for cell in sheet.cells.iter_mut().filter(|cell| cell.row == 0) {
            (cell.text, cell.number) = ("0".to_owned(), Some(Number::ZERO));
        }
        fill(&mut sheets);
        let cells = &sheets.first().unwrap().cells;
        let shown: Vec<&str> =
            cells.iter().filter(|cell| cell.row == 0).map(|cell| cell.text.as_str()).collect();
        assert_eq!(shown, expected);
    }
}

#[test]
fn deep_formulas_end() {
    let deep = format!("={}1{}", "(".repeat(4000), ")".repeat(4000));
    assert_eq!(first_row(&[("a", &[&[deep.as_str()]])], &[]), [""]);
}
