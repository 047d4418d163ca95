//! The coverage of a source as text.

use super::columns::{Align, align, cut};
use super::{Catalogue, place};
use crate::coverage::{Coverage, Kind};
use crate::finding::Text;
use crate::model::Aside;
use crate::span::At;

/// Places that are listed of each kind of fault.
const LISTED: usize = 40;

/// Widest text of a listed place, in terminal cells.
const WIDTH: usize = 100;

/// The coverage as text.
#[must_use]
pub fn render(coverage: &Coverage, catalogue: &Catalogue) -> String {
    let characters = coverage.characters;
    let headline = if coverage.whole {
        Text::new("coverage-whole")
    } else {
        Text::new("coverage-not-whole")
            .with("missing", characters.missing)
            .with("doubled", characters.doubly_owned)
            .with("altered", coverage.altered.len())
    };
    let headline = headline.with("file", coverage.source.as_str()).with("total", characters.total);
    let mut out = vec![catalogue.render(&headline)];
    let count = |key, count: usize| catalogue.render(&Text::new(key).with("count", count));

    out.push(count("coverage-owned", characters.owned));
    let owned = coverage.owned.iter().map(|it| (kind_key(it.kind), it.characters));
    out.extend(counts(owned, catalogue));
    out.push(count("coverage-set-aside", characters.set_aside));
    let set_aside = coverage.set_aside.iter().map(|it| (aside_key(it.reason), it.characters));
    out.extend(counts(set_aside, catalogue));
    if characters.unplaced > 0 {
        out.push(count("coverage-unplaced", characters.unplaced));
    }

    let mut faults = |key, places: Vec<(&At, String)>| {
        if places.is_empty() {
            return;
        }
        out.push(catalogue.label(key));
        for (at, text) in places.iter().take(LISTED) {
            out.push(format!("  {}  {}", place::short(at, catalogue), cut(text, WIDTH)));
        }
        if places.len() > LISTED {
            out.push(format!("  {}", count("coverage-more", places.len() - LISTED)));
        }
    };
    faults("coverage-missing", coverage.missing.iter().map(|it| (&it.at, it.text.clone())).collect());
    let doubled = |owners: &[String], text: &str| format!("{}: {text}", owners.join(", "));
    let places = coverage.doubly_owned.iter().map(|it| (&it.at, doubled(&it.owners, &it.text)));
    faults("coverage-doubled", places.collect());
    let places = coverage.altered.iter().flat_map(|it| {
        [(&it.at, format!("{}: {}", it.node, it.printed)), (&it.at, format!("{}: {}", it.node, it.model))]
    });
    faults("coverage-altered", places.collect());
    out.push(String::new());
    out.join("\n")
}

fn counts(list: impl Iterator<Item = (&'static str, usize)>, catalogue: &Catalogue) -> Vec<String> {
    let rows: Vec<Vec<String>> = list
        .map(|(key, count)| {
            let count = catalogue.render(&Text::new("words").with("words", count));
            vec![catalogue.label(key), count]
        })
        .collect();
    align(&rows, &[Align::Left, Align::Right]).into_iter().map(|line| format!("  {line}")).collect()
}

fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Title => "kind-title",
        Kind::Block => "kind-block",
        Kind::Heading => "kind-heading",
        Kind::Caption => "kind-caption",
        Kind::IssuedWith => "kind-issued-with",
        Kind::HeaderCell => "kind-header-cell",
        Kind::Cell => "kind-cell",
        Kind::Recipients => "kind-recipients",
        Kind::Signature => "kind-signature",
        Kind::Unplaced => "kind-unplaced",
        Kind::SetAside => "kind-set-aside",
    }
}

fn aside_key(reason: Aside) -> &'static str {
    match reason {
        Aside::RepeatedHeader => "aside-repeated-header",
        Aside::FormulaIndex => "aside-formula-index",
        Aside::PageNumber => "aside-page-number",
        Aside::RunningHead => "aside-running-head",
        Aside::Markup => "aside-markup",
        Aside::Footnote => "aside-footnote",
        Aside::Comment => "aside-comment",
        Aside::Scratch => "aside-scratch",
        Aside::SheetName => "aside-sheet-name",
        Aside::Stamp => "aside-stamp",
        Aside::RepeatedTail => "aside-repeated-tail",
        Aside::Deleted => "aside-deleted",
        Aside::Struck => "aside-struck",
        Aside::Hidden => "aside-hidden",
        Aside::Nested => "aside-nested",
        Aside::Invisible => "aside-invisible",
        Aside::Ornament => "aside-ornament",
    }
}
