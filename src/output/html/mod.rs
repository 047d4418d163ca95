//! The report as one page of HTML: no request to anywhere, readable without scripts, in both languages by a switch.
//!
//! Comes in: the model, its source to quote from, the report in both languages. Goes out: the page. Every text of the
//! document goes through the template's escaping; styles and the script are fixed texts, so that the page's own
//! content security policy names them by their hashes and allows nothing else.

mod body;
mod charts;
mod checks;
mod findings;
mod marks;
mod summary;
mod tables;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};

use super::located::{CellPlace, Locator, Node};
use super::report::{Accepted, Check, Finding, Report};
use super::sarif::RuleText;
use super::{Catalogue, Lang, place};
use crate::finding::{Outcome, Severity, Text};
use crate::model::Document;
use crate::source::Source;
use crate::span::At;
use crate::value::Number;

/// The page's styles.
pub const STYLE: &str = include_str!("page.css");

/// The page's script; everything can be read without it.
pub const SCRIPT: &str = include_str!("page.js");

/// What is said of a rule in a language, by its code.
pub type RuleOf<'a> = &'a dyn Fn(&str, Lang) -> Option<RuleText>;

/// What a page is written from. The first report's language is the one that the page opens in.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The model.
    pub document: &'a Document,
    /// The text that places refer to.
    pub source: &'a Source,
    /// The report in two languages.
    pub reports: [&'a Report; 2],
    /// The catalogues of the two languages.
    pub catalogues: [&'a Catalogue; 2],
    /// What is said of a rule.
    pub rule: RuleOf<'a>,
}

/// A finding in both languages.
struct Entry<'a> {
    /// Its index in the page: "f12".
    index: usize,
    findings: [&'a Finding; 2],
    accepted: Option<&'a Accepted>,
    node: Option<Node<'a>>,
    appendix: Option<usize>,
}

/// The page being written.
struct Page<'a> {
    input: Input<'a>,
    document: &'a Document,
    locator: Locator<'a>,
    entries: Vec<Entry<'a>>,
    /// Findings by the block or heading that they stand in.
    by_block: FxHashMap<Node<'a>, Vec<usize>>,
    findings: Findings,
    /// Checks that do not hold, by rule and place.
    failed: FxHashMap<(&'a str, (u32, u32)), Vec<usize>>,
    /// Cells that are not drawn.
    hidden: FxHashSet<CellPlace>,
}

/// What stands on the cells of tables.
#[derive(Default)]
struct Findings {
    /// Findings by their cell.
    by_cell: FxHashMap<CellPlace, Vec<usize>>,
    /// Checks by the cell of their result.
    checks: FxHashMap<CellPlace, Vec<usize>>,
}

/// The value of the page's content security policy.
#[must_use]
pub fn policy() -> String {
    format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// What a content security policy names an inline style or script by.
#[must_use]
pub fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// Writes the page.
#[must_use]
pub fn write(input: Input<'_>) -> String {
    let page = Page::new(input);
    let title = page.document.header.title.as_deref().unwrap_or(&input.reports[0].source.name);
    let lang = input.catalogues[0].lang();
    let charts = page.all_charts();
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) data-lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(concat!("cthd ", env!("CARGO_PKG_VERSION")));
                title data-text=[page.second("page-title").map(|it| format!("{it} – {title}"))] { (page.first("page-title")) " – " (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#findings" { (page.label("page-skip")) }
                div.frame {
                    (page.contents(!charts.is_empty()))
                    main {
                        (page.head())
                        (page.summary())
                        (page.finding_list())
                        (page.charts(&charts))
                        (page.body())
                        (page.appendices())
                        (page.rules())
                        footer.foot {
                            (page.text(&Text::new("page-foot").with("version", env!("CARGO_PKG_VERSION"))))
                        }
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
}

impl<'a> Page<'a> {
    fn new(input: Input<'a>) -> Self {
        let locator = Locator::of(input.document);
        let [first, second] = input.reports.map(Report::all_findings);
        let entries: Vec<Entry<'a>> = first
            .into_iter()
            .zip(second)
            .enumerate()
            .map(|(index, ((one, accepted), (other, _)))| Entry {
                index,
                findings: [one, other],
                accepted,
                node: locator.node(&one.at),
                appendix: locator.appendix(&one.at),
            })
            .collect();
        let mut findings = Findings::default();
        let mut by_block: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for entry in &entries {
            match entry.node {
                Some(Node::Cell(cell) | Node::Row(cell)) => {
                    findings.by_cell.entry(cell).or_default().push(entry.index)
                }
                Some(node) => by_block.entry(node).or_default().push(entry.index),
                None => {}
            }
        }
        let mut failed: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for (i, check) in input.reports[0].checks.iter().enumerate() {
            if check.outcome != Outcome::Holds {
                failed.entry((check.code.as_str(), check.at.span)).or_default().push(i);
            }
            if let Some(cell) = locator.cell(&check.at) {
                findings.checks.entry(cell).or_default().push(i);
            }
        }
        let hidden = tables::hidden(input.document, &findings);
        Self { input, document: input.document, locator, entries, by_block, findings, failed, hidden }
    }

    /// A label in the page's first language, for attributes.
    fn first(&self, key: &str) -> String {
        self.input.catalogues[0].label(key)
    }

    /// The label in the second language, where it is another: an attribute `data-x` beside `x`, which the script puts in
    /// its place when the language is switched.
    fn second(&self, key: &str) -> Option<String> {
        second(self.input.catalogues.map(|it| it.label(key)))
    }

    /// A label in both languages.
    fn label(&self, key: &str) -> Markup {
        self.said(|it| it.label(key))
    }

    /// A sentence in both languages.
    fn text(&self, text: &Text) -> Markup {
        self.said(|it| it.render(text))
    }

    /// A number in both notations.
    fn number(&self, number: Number) -> Markup {
        self.said(|it| it.lang().number(number))
    }

    /// A place in words.
    fn place(&self, at: &At) -> Markup {
        self.said(|it| place::short(at, it))
    }

    /// What each catalogue gives.
    fn said(&self, text: impl Fn(&Catalogue) -> String) -> Markup {
        let [first, second] = self.input.catalogues.map(text);
        self.pair([&first, &second])
    }

    /// A text in both languages; one where they are the same.
    fn pair(&self, [first, second]: [&str; 2]) -> Markup {
        if first == second {
            return html! { (first) };
        }
        let [a, b] = self.input.catalogues.map(|catalogue| catalogue.lang().tag());
        html! { span.(a) lang=(a) { (first) } span.(b) lang=(b) { (second) } }
    }

    /// The check with an index in both languages.
    fn check(&self, index: usize) -> Option<[&'a Check; 2]> {
        let [first, second] = self.input.reports.map(|report| report.checks.get(index));
        Some([first?, second?])
    }

    /// The switch of the language: the page works without a script, so two radio buttons and a style.
    fn switch(&self) -> Markup {
        html! {
            fieldset.lang {
                legend.hidden { (self.label("page-language")) }
                @for (i, catalogue) in self.input.catalogues.iter().enumerate() {
                    @let tag = catalogue.lang().tag();
                    input type="radio" name="lang" id={ "lang-" (tag) } value=(tag) checked[i == 0];
                    label for={ "lang-" (tag) } lang=(tag) { (catalogue.label("page-this-language")) }
                }
            }
        }
    }

    /// The list of contents.
    fn contents(&self, has_charts: bool) -> Markup {
        html! {
            nav.contents aria-label=(self.first("page-contents")) data-aria-label=[self.second("page-contents")] {
                details open {
                    summary { (self.label("page-contents")) }
                    ul {
                        li { a href="#summary" { (self.label("page-summary")) } }
                        li { a href="#findings" { (self.label("page-findings")) } " " span.count { (self.entries.len()) } }
                        @if has_charts { li { a href="#charts" { (self.label("page-charts")) } } }
                        li {
                            a href="#body" { (self.label("page-body")) }
                            (self.outline())
                        }
                        li {
                            a href="#appendices" { (self.label("page-appendices")) }
                            ul {
                                @for (i, appendix) in self.document.appendices.iter().enumerate() {
                                    li {
                                        a href={ "#a" (i) } title=[appendix.title.as_deref()] { (self.appendix_name(i)) }
                                        (self.tally(self.entries.iter().filter(|it| it.appendix == Some(i))))
                                    }
                                }
                            }
                        }
                        @if !self.fired().is_empty() { li { a href="#rules" { (self.label("page-rules")) } } }
                    }
                }
            }
        }
    }

    /// How many findings of each severity, as small numbers.
    fn tally<'e>(&self, entries: impl Iterator<Item = &'e Entry<'a>> + Clone) -> Markup
    where
        'a: 'e,
    {
        html! {
            @for severity in [Severity::Error, Severity::Warning, Severity::Info] {
                @let own = |it: &&Entry<'_>| it.accepted.is_none() && it.findings[0].severity == severity;
                @let count = entries.clone().filter(own).count();
                @if count > 0 {
                    @let key = severity_key(severity);
                    " " span.count.(severity.name()) title=(self.first(key)) data-title=[self.second(key)] { (count) }
                }
            }
        }
    }

    /// What an appendix is called.
    fn appendix_name(&self, index: usize) -> Markup {
        let appendix = self.document.appendices.get(index);
        let label = appendix.and_then(|appendix| appendix.label.clone());
        match label {
            Some(label) => html! { (label) },
            None => {
                let id = appendix.map(|appendix| appendix.id.clone()).unwrap_or_default();
                self.text(&Text::new("page-table").with("id", id))
            }
        }
    }
}

/// The second of two texts, where it is another.
fn second([first, second]: [String; 2]) -> Option<String> {
    (first != second).then_some(second)
}

/// The key of a severity's name.
fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "severity-error",
        Severity::Warning => "severity-warning",
        Severity::Info => "severity-info",
    }
}

impl Page<'_> {
    /// The anchor of a node; of a cell that is not drawn it is that of its row.
    fn anchor(&self, node: Node<'_>) -> String {
        match node {
            Node::Cell(cell) if self.hidden.contains(&cell) => row_anchor(cell),
            node => anchor(node),
        }
    }
}

fn anchor(node: Node<'_>) -> String {
    match node {
        Node::Cell(cell) => cell_anchor(cell),
        Node::Row(cell) => row_anchor(cell),
        Node::Block(id) => block_anchor(id),
        Node::Note(appendix, id) => format!("a{appendix}-n{}", id.replace('#', ":")),
        Node::Heading(id) => format!("s-{id}"),
        Node::Caption(appendix) => format!("a{appendix}"),
        Node::Header => "head".to_owned(),
        Node::Closing => "closing".to_owned(),
    }
}

fn block_anchor(id: &str) -> String {
    format!("b-{}", id.replace('#', ":"))
}

fn row_anchor(cell: CellPlace) -> String {
    let part = if cell.header { "h" } else { "r" };
    format!("a{}-{part}{}", cell.appendix, cell.row)
}

fn cell_anchor(cell: CellPlace) -> String {
    format!("{}-{}", row_anchor(cell), cell.column)
}
