//! The list of findings with its filters, and what is said of the rules that fired.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{Entry, Page, severity_key};
use crate::finding::{Outcome, Severity, Text};
use crate::output::report::{AcceptedBy, Finding};
use crate::output::{Catalogue, Lang};

/// Related places that are listed.
const RELATED: usize = 12;

impl<'a> Page<'a> {
    /// The findings, one after the other as they stand in the document.
    pub(super) fn finding_list(&self) -> Markup {
        html! {
            section #findings aria-labelledby="findings-title" {
                h2 #findings-title { (self.label("page-findings")) }
                @if self.entries.is_empty() {
                    p.none { (self.label("page-no-findings")) }
                } @else {
                    (self.filters())
                    ol.findings { @for entry in self.by_severity() { (self.finding(entry)) } }
                }
            }
        }
    }

    /// The gravest first, as they stand in the document; accepted ones last.
    fn by_severity(&self) -> Vec<&Entry<'a>> {
        let mut entries: Vec<&Entry<'a>> = self.entries.iter().collect();
        entries.sort_by_key(|it| (it.accepted.is_some(), std::cmp::Reverse(it.findings[0].severity)));
        entries
    }

    fn filters(&self) -> Markup {
        let mut rules: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
        for entry in &self.entries {
            let [finding, _] = entry.findings;
            rules.entry(&finding.code).or_insert((&finding.name, 0)).1 += 1;
        }
        html! {
            form.filters hidden aria-label=(self.first("page-filter")) data-aria-label=[self.second("page-filter")] {
                fieldset {
                    legend { (self.label("page-severity")) }
                    @for severity in [Severity::Error, Severity::Warning, Severity::Info] {
                        label { input type="checkbox" name="severity" value=(severity.name()) checked; (self.label(severity_key(severity))) }
                    }
                }
                label {
                    span { (self.label("page-rule")) }
                    select name="rule" {
                        (self.option("", |it| it.label("page-all")))
                        @for (code, (name, count)) in &rules { (self.rule_option(code, name, *count)) }
                    }
                }
                label {
                    span { (self.label("page-where")) }
                    select name="part" {
                        (self.option("", |it| it.label("page-all")))
                        (self.option("body", |it| it.label("page-body")))
                        @for (i, appendix) in self.document.appendices.iter().enumerate() {
                            option value={ "a" (i) } { (appendix.label.as_deref().unwrap_or(&appendix.id)) }
                        }
                    }
                }
                p.shown role="status" { output { (self.entries.len()) } " / " (self.entries.len()) }
            }
        }
    }

    fn finding(&self, entry: &Entry<'a>) -> Markup {
        let [finding, _] = entry.findings;
        let part = entry.appendix.map_or_else(|| "body".to_owned(), |appendix| format!("a{appendix}"));
        let class = if entry.accepted.is_some() { "accepted" } else { finding.severity.name() };
        html! {
            li.finding.(class) #{ "f" (entry.index) } data-severity=(finding.severity.name()) data-rule=(finding.code) data-part=(part) {
                p.line {
                    span.badge.(class) { (self.label(severity_key(finding.severity))) }
                    " " a.code href={ "#rule-" (finding.code) } { (finding.code) }
                    " " (self.where_link(entry))
                }
                p.message { (self.of(entry, |it| Some(&it.message))) }
                @if let Some(quote) = finding.quote.as_deref().filter(|quote| !finding.message.contains(quote)) { p.quote { q { (quote) } } }
                @if finding.evidence.is_some() { p.more { b { (self.label("page-evidence")) } " " (self.of(entry, |it| it.evidence.as_ref())) } }
                @if finding.suggestion.is_some() { p.more { b { (self.label("page-suggestion")) } " " (self.of(entry, |it| it.suggestion.as_ref())) } }
                @if let Some(accepted) = entry.accepted {
                    p.more.accepted {
                        @let key = match accepted.by { AcceptedBy::Baseline => "accepted-baseline", AcceptedBy::Suppression => "accepted-suppression" };
                        (self.text(&Text::new(key).with("reason", accepted.reason.as_deref().unwrap_or_default())))
                    }
                }
                (self.calculations(finding))
                (self.related(entry))
            }
        }
    }

    /// The checks that a finding is about.
    fn calculations(&self, finding: &Finding) -> Markup {
        let own =
            self.failed.get(&(finding.code.as_str(), finding.at.span)).map(Vec::as_slice).unwrap_or_default();
        html! {
            @for check in own.iter().filter_map(|index| self.check(*index)) {
                details.calculation open[check[0].outcome == Outcome::Fails] {
                    summary { (self.label("page-calculation")) }
                    (self.operands(check))
                }
            }
        }
    }

    fn related(&self, entry: &Entry<'a>) -> Markup {
        let [first, second] = entry.findings;
        html! {
            @if !first.related.is_empty() {
                details.related {
                    summary { (self.text(&Text::new("page-related").with("count", first.related.len()))) }
                    ul {
                        @for (one, other) in first.related.iter().zip(&second.related).take(RELATED) {
                            li { (self.link(&one.at)) " " (self.pair([&one.label, &other.label])) }
                        }
                        @if first.related.len() > RELATED { li { "+ " (first.related.len() - RELATED) } }
                    }
                }
            }
        }
    }

    /// The place of a finding: appendix and place in the file, as a link to it.
    fn where_link(&self, entry: &Entry<'a>) -> Markup {
        let [finding, _] = entry.findings;
        let name = html! {
            @if let Some(appendix) = entry.appendix { (self.appendix_name(appendix)) ", " }
            (self.said(|it| crate::output::place::words(&finding.at, it)))
        };
        match entry.node {
            Some(node) => html! { a.where href={ "#" (self.anchor(node)) } { (name) } },
            None => html! { span.where { (name) } },
        }
    }

    fn of(&self, entry: &Entry<'a>, part: impl Fn(&'a Finding) -> Option<&'a String>) -> Markup {
        self.pair(entry.findings.map(|it| part(it).map(String::as_str).unwrap_or_default()))
    }

    /// A choice in both languages: the script writes that of the language that is chosen.
    fn option(&self, value: &str, text: impl Fn(&Catalogue) -> String) -> Markup {
        let [first, second] = self.input.catalogues.map(text);
        let one = self.input.catalogues[0].lang();
        let in_language = |lang: Lang| if lang == one { &first } else { &second };
        html! { option value=(value) data-vi=(in_language(Lang::Vi)) data-en=(in_language(Lang::En)) { (first) } }
    }

    fn rule_option(&self, code: &str, name: &str, count: usize) -> Markup {
        self.option(code, |it| format!("{code} {} ({count})", it.rule_name(code, name)))
    }

    /// Codes and names of the rules that found or checked something.
    pub(super) fn fired(&self) -> BTreeMap<&'a str, &'a str> {
        let findings =
            self.entries.iter().map(|it| (it.findings[0].code.as_str(), it.findings[0].name.as_str()));
        let checks = self.input.reports[0].checks.iter().map(|it| (it.code.as_str(), it.name.as_str()));
        findings.chain(checks).collect()
    }

    /// What these rules check.
    pub(super) fn rules(&self) -> Markup {
        let fired = self.fired();
        html! {
            @if !fired.is_empty() {
                section.rules #rules aria-labelledby="rules-title" {
                    h2 #rules-title { (self.label("page-rules")) }
                    dl {
                        @for (code, name) in &fired {
                            div #{ "rule-" (code) } {
                                dt { (code) " " span.name { (self.said(|it| it.rule_name(code, name))) } }
                                dd {
                                    (self.said(|it| (self.input.rule)(code, it.lang()).map(|rule| rule.summary).unwrap_or_default()))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
