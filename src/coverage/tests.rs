#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where its premise fails")]

use super::*;
use crate::model::{self, Appendix, Block, Cell, Origin, Row, RowRole, Section, Table, Unplaced};
use crate::source::FileFacts;

const TEXT: &str = "I. MỤC ĐÍCH\n- Làm **ngay** việc\n1\t2\nTên\t5,0\n";

fn source() -> Source {
    Source::new(FileFacts::default(), TEXT.to_owned(), None)
}

fn at(source: &Source, words: &str) -> At {
    let start = source.original().find(words).unwrap();
    source.at(Span::new(start, start + words.len()))
}

fn aside(source: &Source, reason: Aside, start: usize, text: &str) -> model::SetAside {
    let at = source.at(Span::new(start, start + text.len()));
    model::SetAside { reason, text: text.to_owned(), at }
}

fn cell(source: &Source, text: &str) -> Cell {
    Cell { raw: Some(text.to_owned()), origin: Origin::Own, at: at(source, text), ..Cell::default() }
}

/// A model that holds all of [`TEXT`].
fn document(source: &Source) -> Document {
    let block = Block {
        id: "I#1".to_owned(),
        marker: Some("-".to_owned()),
        text: "Làm ngay việc".to_owned(),
        at: at(source, "- Làm **ngay** việc"),
        ..Block::default()
    };
    let section = Section {
        id: "I".to_owned(),
        number: "I.".to_owned(),
        title: Some("MỤC ĐÍCH".to_owned()),
        blocks: vec![block],
        at: at(source, "I. MỤC ĐÍCH"),
        ..Section::default()
    };
    let index = Row { role: RowRole::FormulaIndex, cells: vec![cell(source, "1")], ..Row::default() };
    let row = Row {
        id: "1/r1".to_owned(),
        cells: vec![cell(source, "Tên"), cell(source, "5,0")],
        ..Row::default()
    };
    let table = Table { header: Vec::new(), rows: vec![index, row] };
    let appendix = Appendix { table: Some(table), at: at(source, "1\t2\nTên\t5,0"), ..Appendix::default() };
    let stars = TEXT.find("**").unwrap();
    Document {
        sections: vec![section],
        appendices: vec![appendix],
        set_aside: vec![
            aside(source, Aside::Markup, stars, "**"),
            aside(source, Aside::Markup, TEXT.rfind("**").unwrap(), "**"),
            aside(source, Aside::FormulaIndex, TEXT.find("1\t2").unwrap(), "1\t2"),
        ],
        ..Document::default()
    }
}

#[test]
fn a_whole_model_accounts_for_every_character_once() {
    let source = source();
    let coverage = Coverage::of(&source, &document(&source));
    assert!(coverage.whole, "{coverage:#?}");
    let characters = Characters { total: 33, owned: 27, set_aside: 6, ..Characters::default() };
    assert_eq!(coverage.characters, characters);
    let kinds: Vec<_> = coverage.owned.iter().map(|it| (it.kind, it.characters)).collect();
    assert_eq!(kinds, [(Kind::Block, 12), (Kind::Heading, 9), (Kind::Cell, 6)]);
}

#[test]
fn lost_text_is_shown_with_its_place() {
    let source = source();
    let mut document = document(&source);
    document.sections[0].blocks.clear();
    document.set_aside.truncate(0);
    let coverage = Coverage::of(&source, &document);
    let missing: Vec<_> = coverage.missing.iter().map(|it| (it.at.line, it.text.as_str())).collect();
    assert_eq!(missing, [(2, "- Làm **ngay** việc"), (3, "2")]);
    assert!(!coverage.whole);
}

#[test]
fn text_in_two_nodes_is_shown_with_both() {
    let source = source();
    let mut document = document(&source);
    document.unplaced.push(Unplaced { text: "Tên".to_owned(), at: at(&source, "Tên") });
    let coverage = Coverage::of(&source, &document);
    assert_eq!(coverage.doubly_owned[0].owners, ["cell 1/r1:1", "unplaced"]);
    assert_eq!(coverage.doubly_owned[0].text, "Tên");
}

#[test]
fn a_node_that_says_something_else_is_altered() {
    let source = source();
    let mut document = document(&source);
    document.sections[0].blocks[0].text = "Làm ngay".to_owned();
    let coverage = Coverage::of(&source, &document);
    assert_eq!(coverage.altered[0].node, "block I#1");
    assert_eq!(coverage.altered[0].printed, "- Làm ngay việc");
    assert_eq!(coverage.altered.len(), 1);
}

#[test]
fn an_empty_model_has_lost_everything() {
    let coverage = Coverage::of(&source(), &Document::default());
    assert_eq!(coverage.characters.missing, coverage.characters.total);
    assert_eq!(coverage.missing.len(), 4);
}
