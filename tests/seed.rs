//! The real document in `seeds/`: its model and findings as read by hand (`fixtures/seed/`), and its counts.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod common;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use cthd::coverage::Coverage;
use cthd::model::{Appendix, AppendixKind, Aside, RowRole, Section};
use serde_json::Value;

static RUN: LazyLock<common::Run> =
    LazyLock::new(|| common::run(&common::read(&common::path("seeds/phuong-liet-2026.txt"))));

fn appendix(id: &str) -> &'static Appendix {
    let mut all = RUN.document.appendices.iter();
    all.find(|appendix| appendix.id == id).unwrap_or_else(|| panic!("no appendix {id}"))
}

fn rows(id: &str, role: RowRole) -> Vec<&'static str> {
    let table = appendix(id).table.as_ref().expect("a table");
    let rows = table.header.iter().chain(&table.rows).filter(|row| row.role == role);
    rows.map(|row| row.cells.iter().find_map(|cell| cell.raw.as_deref()).unwrap_or_default()).collect()
}

/// Sections in printed order, parents first.
fn sections(of: &'static [Section]) -> Vec<&'static Section> {
    of.iter().flat_map(|section| std::iter::once(section).chain(sections(&section.sections))).collect()
}

#[test]
fn the_model_is_what_a_reader_finds() {
    let path = common::path("fixtures/seed/expected.json");
    let expected: Value = serde_json::from_slice(&common::read(&path)).expect("the fixture is JSON");
    let found = serde_json::to_value(&RUN.document).expect("a model is JSON");
    let mut differences = Vec::new();
    common::compare("", &expected, &found, &mut differences);
    common::report(&differences, "the seed's model");
}

#[test]
fn the_findings_are_what_an_auditor_finds() {
    let expected = common::expected(&common::path("fixtures/seed/findings.txt"));
    let differences = common::differences(&expected, &common::found(&RUN.audit));
    common::report(&differences, "the seed's findings (+ found and not expected, - expected and not found)");
}

#[test]
fn every_heading_and_list_item_is_there() {
    let sections = sections(&RUN.document.sections);
    assert_eq!(sections.len(), 42, "numbered headings");
    let marked = |mark: &str| {
        let blocks = sections.iter().flat_map(|section| &section.blocks);
        blocks.filter(|block| block.marker.as_deref() == Some(mark)).count()
    };
    assert_eq!((marked("-"), marked("+")), (161, 12), "list items");
    let closing = RUN.document.closing.as_ref().expect("a closing part");
    assert_eq!(closing.recipients.len(), 11);
}

#[test]
fn every_row_is_there() {
    let counts = |id: &str| (appendix(id).items.len(), appendix(id).groups.len(), appendix(id).totals.len());
    assert_eq!(counts("1"), (43, 4, 0), "targets");
    assert_eq!(counts("2"), (20, 0, 0), "growth rates");
    assert_eq!(counts("3"), (81, 17, 0), "tasks");
    assert_eq!(counts("3A"), (2, 0, 1), "projects of the city");
    assert_eq!(counts("3B"), (35, 7, 3), "projects of the ward");
    assert_eq!(counts("3C"), (5, 0, 0), "plans");
    let numbered = appendix("1").items.iter().filter(|item| item.number().is_some()).count();
    assert_eq!(numbered, 35, "numbered targets");
    assert_eq!(rows("2", RowRole::Label), ["Trong đó:"]);
    assert_eq!(rows("3A", RowRole::Header).len(), 3);
    assert_eq!(rows("3B", RowRole::Header).len(), 2);
    let kinds: Vec<AppendixKind> = RUN.document.appendices.iter().map(|appendix| appendix.kind).collect();
    use AppendixKind::{Growth, Plans, Projects, Targets, Tasks};
    assert_eq!(kinds, [Targets, Growth, Tasks, Projects, Projects, Plans]);
}

/// Fourteen pages repeat a header of one row and eight, all of 3B, one of two rows with an index row below;
/// three rows repeat the ends of cells after the break ("Xã hội", "đơn vị", "nhà nước").
#[test]
fn what_is_no_content_is_set_aside_with_its_reason() {
    let mut reasons: BTreeMap<Aside, usize> = BTreeMap::new();
    for aside in &RUN.document.set_aside {
        *reasons.entry(aside.reason).or_default() += 1;
    }
    let found: Vec<Aside> = reasons.keys().copied().collect();
    use Aside::{FormulaIndex, Markup, RepeatedHeader, RepeatedTail};
    assert_eq!(found, [RepeatedHeader, FormulaIndex, Markup, RepeatedTail]);
    let tails = RUN.document.set_aside.iter().filter(|aside| aside.reason == RepeatedTail);
    let tails: Vec<(u32, &str)> = tails.map(|aside| (aside.at.line, aside.text.as_str())).collect();
    assert_eq!(tails, [(596, "Xã hội"), (596, "đơn vị"), (596, "nhà nước")]);
    let lines = |reason: Aside| {
        let all = RUN.document.set_aside.iter().filter(move |aside| aside.reason == reason);
        let mut lines: Vec<u32> = all.map(|aside| aside.at.line).collect();
        lines.dedup();
        lines
    };
    assert_eq!(
        lines(RepeatedHeader),
        [
            517, 540, 573, 595, 606, 619, 632, 644, 655, 666, 677, 686, 696, 706, 734, 735, 743, 744, 752,
            753, 761, 762, 770, 771, 779, 780, 788, 789, 797, 798
        ]
    );
    assert_eq!(lines(FormulaIndex), [728, 736, 745, 754, 763, 772, 781, 790, 799]);
}

#[test]
fn every_character_is_accounted_for() {
    let coverage = Coverage::of(&RUN.source, &RUN.document);
    assert!(coverage.whole);
    assert!(RUN.document.unplaced.is_empty());
}
