//! The head of the page: what the document is, how many findings, what became of the checks.

use maud::{Markup, html};

use super::{Page, severity_key};
use crate::finding::{Severity, Text};
use crate::value::Number;

impl Page<'_> {
    /// What the document is.
    pub(super) fn head(&self) -> Markup {
        let header = &self.document.header;
        let source = &self.document.source;
        let facts = [
            ("page-issuer", header.issuer.clone()),
            (
                "page-number",
                header.number.as_ref().map(|it| it.value.clone().unwrap_or_else(|| it.raw.clone())),
            ),
            ("page-date", header.date.as_ref().map(|it| it.raw.clone())),
            ("page-term", header.term.and_then(|it| Some(format!("{}–{}", it.from?, it.to?)))),
        ];
        html! {
            header.head #head {
                (self.switch())
                p.kind { (self.label("page-title")) }
                h1 { (header.title.as_deref().unwrap_or(&source.name)) }
                @if let Some(subtitle) = &header.subtitle { p.subtitle { (subtitle) } }
                dl.facts {
                    @for (key, value) in facts {
                        @if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
                            div { dt { (self.label(key)) } dd { (value) } }
                        }
                    }
                    div { dt { (self.label("page-file")) } dd { (source.name) } }
                    div { dt { "SHA-256" } dd { code title=(source.sha256) { (source.sha256.get(..16).unwrap_or(&source.sha256)) "…" } } }
                }
                (self.tags(self.by_block.get(&super::Node::Header).map(Vec::as_slice).unwrap_or_default()))
            }
        }
    }

    /// Counts.
    pub(super) fn summary(&self) -> Markup {
        let summary = self.input.reports[0].summary;
        let tiles = [
            (Severity::Error, summary.errors),
            (Severity::Warning, summary.warnings),
            (Severity::Info, summary.infos),
        ];
        html! {
            section #summary aria-labelledby="summary-title" {
                h2 #summary-title { (self.label("page-summary")) }
                div.tiles {
                    @for (severity, count) in tiles {
                        a.tile.(severity.name()) href="#findings" data-severity=(severity.name()) {
                            strong { (self.number(Number::whole(i64::try_from(count).unwrap_or(i64::MAX)))) }
                            span { (self.label(severity_key(severity))) }
                        }
                    }
                    @if let Some(accepted) = summary.accepted.filter(|count| *count > 0) {
                        a.tile.accepted href="#findings" {
                            strong { (accepted) }
                            span { (self.label("page-accepted")) }
                        }
                    }
                }
                (self.check_bar())
                (self.inventory())
                (self.notices())
            }
        }
    }

    /// What became of the checks: a bar and its numbers.
    fn check_bar(&self) -> Markup {
        let counts = self.input.reports[0].summary.checks;
        let all = counts.holds + counts.fails + counts.unverifiable;
        let parts = [
            ("holds", "outcome-holds", counts.holds),
            ("fails", "outcome-fails", counts.fails),
            ("unverifiable", "outcome-unverifiable", counts.unverifiable),
        ];
        let mut at = 0;
        html! {
            div.checks {
                p {
                    (self.text(&Text::new("page-checks").with("count", all)))
                    @for (class, key, count) in parts {
                        " " span.outcome.(class) { strong { (count) } " " (self.label(key)) }
                    }
                }
                @if all > 0 {
                    svg.bar viewBox={ "0 0 " (all) " 1" } preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                        @for (class, _, count) in parts {
                            rect.(class) x=(at) y="0" width=(count) height="1" {}
                            @let () = at += count;
                        }
                    }
                }
            }
        }
    }

    /// What the document holds.
    fn inventory(&self) -> Markup {
        let mut counts = [0_usize; 4];
        for item in self.document.appendices.iter().flat_map(|appendix| &appendix.items) {
            let [targets, tasks, projects, plans] = &mut counts;
            *match item {
                crate::model::Item::Target(_) => targets,
                crate::model::Item::Task(_) => tasks,
                crate::model::Item::Project(_) => projects,
                crate::model::Item::Plan(_) => plans,
            } += 1;
        }
        let [targets, tasks, projects, plans] = counts;
        let text = Text::new("page-inventory")
            .with("appendices", self.document.appendices.len())
            .with("targets", targets)
            .with("tasks", tasks)
            .with("projects", projects)
            .with("plans", plans);
        html! { p.inventory { (self.text(&text)) } }
    }

    fn notices(&self) -> Markup {
        let [first, second] = self.input.reports;
        let unused = &first.unused_suppressions;
        html! {
            @if !first.source.notices.is_empty() {
                div.notice {
                    h3 { (self.label("page-notices")) }
                    ul {
                        @for (one, other) in first.source.notices.iter().zip(&second.source.notices) {
                            li { (self.pair([&one.message, &other.message])) }
                        }
                    }
                }
            }
            @if !unused.is_empty() {
                div.notice {
                    h3 { (self.label("page-unused")) }
                    ul { @for entry in unused { li { code { (entry.rule) } " " code { (entry.place) } " – " (entry.reason) } } }
                }
            }
        }
    }
}
