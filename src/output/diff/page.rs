//! The differences side by side, as one page of HTML in both languages: no request to anywhere, and a script that only
//! takes the language from a page around it.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::sentence::Sentences;
use super::{Diff, appendix, only_renumbered};
use crate::finding::Text;
use crate::output::html::hash;
use crate::output::report::Finding;
use crate::output::text::severity_name;
use crate::output::{Catalogue, place};
use crate::value::Number;
use crate::versions::matching::Status;
use crate::versions::parts::Kind;
use crate::versions::{Change, FieldChange, PartRef, TotalChange, Words, WordsOf};

/// The page's styles.
pub const STYLE: &str = include_str!("page.css");

/// The page's script; everything can be read without it.
pub const SCRIPT: &str = include_str!("page.js");

/// The differences as a page, given in each language; it opens in the first one.
#[must_use]
pub fn render(diffs: [&Diff; 2], catalogues: [&Catalogue; 2]) -> String {
    let [diff, _] = diffs;
    let [first, _] = catalogues;
    let tag = first.lang().tag();
    let files = Text::new("diff-files").with("old", file(&diff.old.name)).with("new", file(&diff.new.name));
    // Only its own style and script, which are named by their hashes.
    let policy = format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    html! {
        (DOCTYPE)
        html lang=(tag) data-lang=(tag) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content=(policy);
                title data-text=(catalogues[1].render(&files)) { (first.render(&files)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                fieldset.lang {
                    legend.hidden { (first.label("page-language")) }
                    @for (i, catalogue) in catalogues.iter().enumerate() {
                        @let tag = catalogue.lang().tag();
                        input type="radio" name="lang" id={ "lang-" (tag) } value=(tag) checked[i == 0];
                        label for={ "lang-" (tag) } lang=(tag) { (catalogue.label("page-this-language")) }
                    }
                }
                main {
                    @for (diff, catalogue) in diffs.into_iter().zip(catalogues) {
                        @let tag = catalogue.lang().tag();
                        @let page = Page { diff, catalogue, sentences: Sentences { catalogue } };
                        div.(tag) lang=(tag) { (page.whole(&files)) }
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
}

/// A file without the folders that it lies in.
fn file(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

struct Page<'a> {
    diff: &'a Diff,
    catalogue: &'a Catalogue,
    sentences: Sentences<'a>,
}

impl Page<'_> {
    fn whole(&self, files: &Text) -> Markup {
        html! {
            h1 { (self.say(files)) }
            p.summary { (self.say(&super::text::summary(self.diff))) }
            (self.header())
            (self.changes())
            (self.totals())
            (self.findings("diff-findings-new", "new", &self.diff.findings.new))
            (self.findings("diff-findings-resolved", "gone", &self.diff.findings.resolved))
            (self.gaps())
        }
    }

    fn header(&self) -> Markup {
        html! {
            @if !self.diff.header.is_empty() {
                h2 { (self.catalogue.label("diff-header")) }
                div.change { (self.fields(&self.diff.header, None)) }
            }
        }
    }

    fn changes(&self) -> Markup {
        let mut under: Option<Option<&str>> = None;
        html! {
            @for change in &self.diff.changes {
                @let of = appendix(change);
                @if under != Some(of) {
                    h2 {
                        @match of {
                            Some(id) => { (self.say(&Text::new("diff-appendix").with("id", id))) }
                            None => { (self.catalogue.label("diff-body")) }
                        }
                    }
                    ({ under = Some(of); "" })
                }
                (self.change(change))
            }
        }
    }

    fn change(&self, change: &Change) -> Markup {
        let status = if only_renumbered(change) { "renumbered" } else { status(change.status) };
        let pair = change.status == Status::Same || change.status == Status::Moved;
        let named = |parts: &[PartRef]| -> Vec<String> {
            let name = |part: &PartRef| {
                // A name that the fields below show, or that is nothing new, is cut; one that stands for itself is not.
                let width = if pair { None } else { Some(usize::MAX) };
                self.sentences.part_within(change.kind.name(), part, width)
            };
            parts.iter().map(name).collect()
        };
        let (olds, news) = (named(&change.old), named(&change.new));
        html! {
            article class={ "change " (status) } {
                div.what {
                    span.badge { (self.say(&Text::new("diff-badge").with("status", status))) }
                    @if pair { @for name in &news { strong { (name) } } }
                    @for note in self.sentences.notes(change) { span { (note) } }
                    @if let Some(why) = self.sentences.why(change.score, change.confidence, &change.evidence) {
                        span.why title=(why) { (self.sentences.confidence(change.confidence)) }
                    }
                }
                @if pair {
                    @if !change.fields.is_empty() { (self.fields(&change.fields, Some(change.kind))) }
                } @else {
                    table { tbody { tr {
                        td { @for name in &olds { div { @if change.status == Status::Gone { del { (name) } } @else { (name) } } } }
                        td { @for name in &news { div { @if change.status == Status::New { ins { (name) } } @else { (name) } } } }
                    } } }
                }
                @if super::text::is_unsure(change) { p.note { (self.catalogue.label("diff-unsure")) } }
                @if change.doubtful { p.note { (self.catalogue.label("diff-doubtful")) } }
            }
        }
    }

    fn fields(&self, fields: &[FieldChange], kind: Option<Kind>) -> Markup {
        html! {
            table {
                thead { tr {
                    td {}
                    th { (self.catalogue.label("diff-old")) }
                    th { (self.catalogue.label("diff-new-version")) }
                } }
                tbody {
                    @for field in fields {
                        tr {
                            th scope="row" { (self.say(&self.sentences.field_label(field, kind))) }
                            td { (value(field.old.as_deref(), &field.words, WordsOf::Old)) }
                            td { (value(field.new.as_deref(), &field.words, WordsOf::New)) }
                        }
                    }
                }
            }
        }
    }

    fn totals(&self) -> Markup {
        html! {
            @if !self.diff.totals.is_empty() {
                h2 { (self.catalogue.label("diff-totals")) }
                @for total in &self.diff.totals { (self.total(total)) }
            }
        }
    }

    fn total(&self, total: &TotalChange) -> Markup {
        html! {
            article.change {
                div.what { strong { (self.say(&super::text::total(total, self.catalogue))) } }
                table { tbody {
                    @for row in &total.rows {
                        @if let Some(part) = row.new.as_ref().or(row.old.as_ref()) {
                            tr {
                                td { (self.sentences.part(row.kind.name(), part)) }
                                td.num { (self.signed(row.difference)) }
                            }
                        }
                    }
                    @if !total.unexplained.is_zero() {
                        tr {
                            td.empty { (self.catalogue.label("diff-unexplained")) }
                            td.num { (self.signed(total.unexplained)) }
                        }
                    }
                } }
            }
        }
    }

    fn findings(&self, key: &'static str, class: &str, findings: &[Finding]) -> Markup {
        html! {
            @if !findings.is_empty() {
                h2 { (self.catalogue.label(key)) }
                @for finding in findings {
                    article class={ "change " (class) } {
                        div.what {
                            span.badge { (severity_name(finding.severity, self.catalogue)) " " (finding.code) }
                            span { (finding.message) }
                            span.why { (place::words(&finding.at, self.catalogue)) }
                        }
                    }
                }
            }
        }
    }

    fn gaps(&self) -> Markup {
        html! {
            @if !self.diff.not_compared.is_empty() {
                h2 { (self.catalogue.label("diff-not-compared")) }
                ul { @for gap in &self.diff.not_compared { li { (self.say(&super::text::gap_text(gap))) } } }
            }
        }
    }

    fn say(&self, text: &Text) -> String {
        self.catalogue.render(text)
    }

    fn signed(&self, number: Number) -> String {
        super::text::signed(number, self.catalogue)
    }
}

/// A value, or its words with those that the other version does not have marked.
fn value(whole: Option<&str>, words: &[Words], mine: WordsOf) -> Markup {
    html! {
        @if words.is_empty() {
            @match whole {
                Some(whole) => { (whole) }
                None => { span.empty { "–" } }
            }
        } @else {
            @for piece in words.iter().filter(|piece| piece.of == WordsOf::Both || piece.of == mine) {
                @match piece.of {
                    WordsOf::Both => { (piece.text) }
                    WordsOf::Old => { del { (piece.text) } }
                    WordsOf::New => { ins { (piece.text) } }
                }
                " "
            }
        }
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Same => "same",
        Status::Moved => "moved",
        Status::Split => "split",
        Status::Merged => "merged",
        Status::New => "new",
        Status::Gone => "gone",
    }
}
