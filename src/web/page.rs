//! The page that files are dropped on, and the page that describes the interface.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse};
use cthd::finding::Text;
use cthd::output::Lang;
use maud::{DOCTYPE, Markup, html};

use super::openapi::OPERATIONS;
use super::{App, UPLOAD_LIMIT};

/// Downloads: what to ask for, the extension of the file, the key of the label.
const DOWNLOADS: [(&str, &str, &str); 5] = [
    ("annotate?", "", "web-annotated"),
    ("export?to=xlsx", ".xlsx", "web-xlsx"),
    ("export?to=csv", ".csv.zip", "web-csv"),
    ("report?", ".html", "web-html"),
    ("check?", ".json", "web-json"),
];

pub(super) async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("app.css"))
}

pub(super) async fn script() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("app.js"))
}

pub(super) async fn home(State(app): State<Arc<App>>) -> Html<String> {
    let page = Page { app: &app };
    let limit = Text::new("web-limits").with("size", UPLOAD_LIMIT >> 20);
    Html(page.shell(&html! {
        main {
            form.drop #drop data-limit=(UPLOAD_LIMIT) {
                h1 { (page.label("web-title")) }
                p.lead { (page.label("web-lead")) }
                label.choose for="file" { (page.label("web-choose")) }
                input #file type="file" name="file";
                p.hint { (page.text(&limit)) }
            }
            section.work #work hidden aria-live="polite" {
                p { span #name {} " " span #state {} }
                progress #progress max="100" {}
            }
            div.states hidden {
                span #state-sending { (page.label("web-sending")) }
                span #state-checking { (page.label("web-checking")) }
                span #state-failed { (page.label("web-failed")) }
                span #state-too-large { (page.text(&Text::new("web-too-large").with("limit", UPLOAD_LIMIT >> 20))) }
            }
            p.problem #problem role="alert" hidden {}
            section.result #result hidden {
                div.bar {
                    h1 #shown {}
                    div.downloads role="group" aria-label=(page.first("web-downloads")) data-aria-label=(page.second("web-downloads")) {
                        @for (path, extension, key) in DOWNLOADS {
                            button type="button" data-path=(path) data-extension=(extension) { (page.label(key)) }
                        }
                        button #compare type="button" { (page.label("web-compare")) }
                        input.unseen #second type="file" aria-label=(page.first("web-compare")) data-aria-label=(page.second("web-compare")) tabindex="-1";
                        button.again #again type="button" { (page.label("web-again")) }
                    }
                }
                iframe #report title=(page.first("page-title")) data-title=(page.second("page-title")) sandbox="allow-scripts" {}
            }
        }
        script src="/app.js" {}
    }))
}

pub(super) async fn interface(State(app): State<Arc<App>>) -> Html<String> {
    let page = Page { app: &app };
    Html(page.shell(&html! {
        main.text {
            h1 { (page.label("web-api")) }
            p { (page.label("web-api-lead")) " " a href="/openapi.json" { "/openapi.json" } }
            @for operation in OPERATIONS {
                section {
                    h2 { code { "POST " (operation.path) } }
                    p { (page.label(operation.key)) }
                    ul {
                        @if operation.path != "/api/diff" { li { code { "name" } } }
                        @for (name, values) in operation.parameters { li { code { (name) } ": " (values.join(", ")) } }
                    }
                }
            }
            h2 { (page.label("web-api-example")) }
            pre { code { "curl --data-binary @van-ban.docx 'http://localhost:8642/api/check?name=van-ban.docx'" } }
            p { a href="/schema/report.json" { "/schema/report.json" } " · " a href="/schema/document.json" { "/schema/document.json" } " · " a href="/healthz" { "/healthz" } }
        }
    }))
}

/// Writes a page in both languages, with a switch that needs no script.
struct Page<'a> {
    app: &'a App,
}

impl Page<'_> {
    fn label(&self, key: &str) -> Markup {
        let [vi, en] = Lang::ALL.map(|lang| self.app.catalogue(lang).label(key));
        Self::both(&vi, &en)
    }

    fn text(&self, text: &Text) -> Markup {
        let [vi, en] = Lang::ALL.map(|lang| self.app.catalogue(lang).render(text));
        Self::both(&vi, &en)
    }

    /// A label for an attribute, in the language that the page opens in.
    fn first(&self, key: &str) -> String {
        self.app.catalogue(Lang::Vi).label(key)
    }

    /// The same in the other language, which waits beside it.
    fn second(&self, key: &str) -> String {
        self.app.catalogue(Lang::En).label(key)
    }

    fn both(vi: &str, en: &str) -> Markup {
        if vi == en {
            return html! { (vi) };
        }
        html! { span.vi lang="vi" { (vi) } span.en lang="en" { (en) } }
    }

    fn shell(&self, content: &Markup) -> String {
        html! {
            (DOCTYPE)
            html lang="vi" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { "cthd" }
                    link rel="icon" href="data:,";
                    link rel="stylesheet" href="/app.css";
                }
                body {
                    header.top {
                        a.brand href="/" { "cthd" }
                        span.motto { (self.label("web-motto")) }
                        a.api href="/api" { "API" }
                        fieldset.lang {
                            legend.hidden { (self.label("page-language")) }
                            @for lang in Lang::ALL {
                                input type="radio" name="lang" id={ "lang-" (lang.tag()) } value=(lang.tag()) checked[lang == Lang::Vi];
                                label for={ "lang-" (lang.tag()) } lang=(lang.tag()) { (self.app.catalogue(lang).label("page-this-language")) }
                            }
                        }
                    }
                    (content)
                }
            }
        }
        .into_string()
    }
}
