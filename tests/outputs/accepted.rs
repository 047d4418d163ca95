//! Accepted findings, as the ids of places name them.

use cthd::output::located::{CellPlace, Locator, Node};
use cthd::output::report::Suppressions;

use crate::{SMALL, documents, made};

#[test]
fn a_cell_is_found_by_its_words_and_by_its_blank() {
    for (name, bytes) in documents() {
        let document = made(&bytes).document;
        let locator = Locator::of(&document);
        for (index, appendix) in document.appendices.iter().enumerate() {
            let Some(table) = &appendix.table else { continue };
            for (row, printed) in table.rows.iter().enumerate() {
                for (column, cell) in printed.cells.iter().enumerate() {
                    // Cells that are lost have no place of their own.
                    if cell.raw.is_none()
                        && cell.at.span.0 == cell.at.span.1
                        && cell.origin != cthd::model::Origin::Blank
                    {
                        continue;
                    }
                    if cell.raw.is_none() {
                        continue;
                    }
                    let place = CellPlace { appendix: index, header: false, row, column };
                    assert_eq!(locator.cell(&cell.at), Some(place), "{name}: {cell:?}");
                }
            }
        }
    }
}

#[test]
fn places_have_the_ids_of_what_is_around_them() {
    let document = made(SMALL.as_bytes()).document;
    let locator = Locator::of(&document);
    let amount = &document.appendices[0].items[0].amounts()[0].value.at;
    assert_eq!(locator.ids(amount), ["1", "1/1", "1/r1", "1/r1#3"]);
    let blank = &document.appendices[0].items[2].amounts()[2].value.at;
    assert_eq!(locator.ids(blank), ["1", "1/3", "1/r3", "1/r3#5"]);
    let block = &document.sections[0].blocks[0];
    let mut at = block.at.clone();
    at.span = (at.span.0 + 4, at.span.0 + 6);
    assert_eq!(locator.node(&at), Some(Node::Block(&block.id)));
    assert_eq!(locator.ids(&at), ["I", "I#1"]);
    assert_eq!(locator.appendix(&document.appendices[0].at), Some(0));
}

#[test]
fn a_suppression_of_an_appendix_takes_its_findings_and_no_other() {
    let mut made = made(SMALL.as_bytes());
    let locator = Locator::of(&made.document);
    let [report, _] = &mut made.reports;
    let before = report.findings.len();
    let entries = "[[accept]]\nrule = 'A001'\nplace = '2'\nreason = 'x'\n[[accept]]\nrule = 'A001'\nplace = '1'\nreason = 'x'\n";
    report.suppress(&Suppressions::parse(entries).unwrap(), |at| locator.ids(at));
    assert_eq!((report.findings.len(), report.accepted.len()), (before - 1, 1));
    let unused: Vec<&str> = report.unused_suppressions.iter().map(|it| it.place.as_str()).collect();
    assert_eq!(unused, ["2"]);
}
