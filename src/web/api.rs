//! The interface for programs: a file in, its report, model, page or tables out.

use std::io::{Cursor, Write};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use cthd::finding::Audit;
use cthd::model::Document;
use cthd::output::diff::{Diff, Version, page};
use cthd::output::report::Report;
use cthd::output::{Catalogue, Lang, export, html, json, sarif, workbook};
use cthd::pipeline;
use cthd::read::{Format, Options};
use cthd::source::Source;
use serde::Deserialize;

use super::problem::Problem;
use super::{App, work};
use crate::cli::rule_text;

/// The header that carries the password of a file, so that it is in no address.
const PASSWORD: &str = "x-cthd-password";

/// What a request asks for beside its file.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    name: Option<String>,
    lang: Option<String>,
    format: Option<String>,
    format_hint: Option<String>,
    to: Option<String>,
}

/// A file that has been read.
struct Made {
    source: Source,
    document: Document,
    audit: Audit,
}

/// Bytes of a media type.
type Answer = (&'static str, Vec<u8>);

const JSON: &str = "application/json; charset=utf-8";

pub(super) async fn check(
    State(app): State<Arc<App>>,
    asked: Query<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    answered(app, asked, headers, body, |app, asked, made| {
        let report = made.report(app, asked.lang()?);
        match asked.format.as_deref() {
            None | Some("json") => to_json(|out| json::write(&report, true, out)),
            Some("sarif") => {
                let lang = asked.lang()?;
                let files = [sarif::Checked { report: &report, source: &made.source }];
                let log = sarif::log(&files, app.catalogue(lang), |code| rule_text(code, lang));
                to_json(|out| json::write(&log, true, out))
            }
            Some(other) => Err(Problem::parameter("format", other)),
        }
    })
    .await
}

pub(super) async fn parse(
    State(app): State<Arc<App>>,
    asked: Query<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    answered(app, asked, headers, body, |_, _, made| to_json(|out| json::write(&made.document, true, out)))
        .await
}

pub(super) async fn report(
    State(app): State<Arc<App>>,
    asked: Query<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    answered(app, asked, headers, body, |app, asked, made| {
        let first = asked.lang()?;
        let second = if first == Lang::Vi { Lang::En } else { Lang::Vi };
        let reports = [first, second].map(|lang| made.report(app, lang));
        let [one, other] = &reports;
        let page = html::write(html::Input {
            document: &made.document,
            source: &made.source,
            reports: [one, other],
            catalogues: [app.catalogue(first), app.catalogue(second)],
            rule: &rule_text,
        });
        Ok(("text/html; charset=utf-8", page.into_bytes()))
    })
    .await
}

pub(super) async fn export(
    State(app): State<Arc<App>>,
    asked: Query<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    answered(app, asked, headers, body, |app, asked, made| {
        let lang = asked.lang()?;
        let report = made.report(app, lang);
        let catalogue = app.catalogue(lang);
        let tables = || export::tables(&made.document, &report, catalogue);
        match asked.to.as_deref() {
            Some("xlsx") => {
                let bytes =
                    workbook::write(&made.document, &report, catalogue).map_err(|_| Problem::fault())?;
                Ok(("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes))
            }
            Some("csv") => Ok(("application/zip", zipped(&tables()).map_err(|_| Problem::fault())?)),
            Some("ndjson") => {
                let mut out = Vec::new();
                let written = tables().iter().try_for_each(|table| export::write_lines(table, &mut out));
                written.map_err(|_| Problem::fault())?;
                Ok(("application/x-ndjson; charset=utf-8", out))
            }
            other => Err(Problem::parameter("to", other.unwrap_or_default())),
        }
    })
    .await
}

/// What differs between two versions.
pub(super) async fn diff(
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let lang = asked.lang().unwrap_or_default();
    let password = password(&headers);
    let done = work::on_two(Arc::clone(&app), headers, body, move |app, parts| {
        let lang = asked.lang()?;
        let catalogue = app.catalogue(lang);
        let [old, new] = parts.map(|part| {
            let asked = Asked { name: Some(part.name.clone()), ..Asked::default() };
            Made::of(app, &asked, password.clone(), &part.bytes)
        });
        let (old, new) = (old?, new?);
        let reports = [old.report(app, lang), new.report(app, lang)];
        let [before, after] = &reports;
        let diff = Diff::new(
            Version { document: &old.document, report: before },
            Version { document: &new.document, report: after },
            false,
        );
        match asked.format.as_deref() {
            None | Some("json") => to_json(|out| json::write(&diff, true, out)),
            Some("html") => Ok(("text/html; charset=utf-8", page::render(&diff, catalogue).into_bytes())),
            Some(other) => Err(Problem::parameter("format", other)),
        }
    });
    sent(done.await, app.catalogue(lang))
}

/// Reads the file of a request, makes the answer, and sends it.
async fn answered(
    app: Arc<App>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Body,
    make: impl FnOnce(&App, &Asked, &Made) -> Result<Answer, Problem> + Send + 'static,
) -> Response {
    let lang = asked.lang().unwrap_or_default();
    let password = password(&headers);
    let done = work::on(Arc::clone(&app), headers, body, move |app, bytes| {
        let made = Made::of(app, &asked, password, bytes)?;
        make(app, &asked, &made)
    });
    sent(done.await, app.catalogue(lang))
}

fn sent(done: Result<Answer, Problem>, catalogue: &Catalogue) -> Response {
    match done {
        Ok((kind, bytes)) => (StatusCode::OK, [(CONTENT_TYPE, kind)], bytes).into_response(),
        Err(problem) => problem.answer(catalogue),
    }
}

fn password(headers: &HeaderMap) -> Option<String> {
    headers.get(PASSWORD).and_then(|it| it.to_str().ok()).map(str::to_owned)
}

impl Asked {
    fn lang(&self) -> Result<Lang, Problem> {
        match self.lang.as_deref() {
            None => Ok(Lang::Vi),
            Some(tag) => Lang::from_tag(tag).ok_or_else(|| Problem::parameter("lang", tag)),
        }
    }

    /// The name that the answer calls the file by; it is shown and never opened.
    fn name(&self) -> String {
        /// Most characters of a name.
        const LIMIT: usize = 200;
        let name = self.name.as_deref().unwrap_or_default();
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name: String = name.chars().filter(|c| !c.is_control()).take(LIMIT).collect();
        if name.is_empty() { "-".to_owned() } else { name }
    }
}

impl Made {
    fn of(app: &App, asked: &Asked, password: Option<String>, bytes: &[u8]) -> Result<Self, Problem> {
        let name = asked.name();
        let format_hint = match asked.format_hint.as_deref() {
            None => None,
            Some(hint) => Some(Format::named(hint).ok_or_else(|| Problem::parameter("format_hint", hint))?),
        };
        let options = Options { password, format_hint, programs: Some(Arc::clone(&app.programs)) };
        let source = pipeline::read_with(&name, bytes, &options, &app.grammar)
            .map_err(|error| Problem::document(&name, &error))?;
        let document = pipeline::parse(&source, &app.grammar);
        let audit = pipeline::check(&source, &document, &app.grammar);
        Ok(Self { source, document, audit })
    }

    fn report(&self, app: &App, lang: Lang) -> Report {
        Report::new(&self.document.source, &self.audit, &self.source, app.catalogue(lang))
    }
}

fn to_json(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Result<Answer, Problem> {
    let mut out = Vec::new();
    write(&mut out).map_err(|_| Problem::fault())?;
    Ok((JSON, out))
}

/// The tables as CSV files in a ZIP package. Spreadsheets on Windows know UTF-8 by its byte-order mark.
fn zipped(tables: &[export::Table]) -> std::io::Result<Vec<u8>> {
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for table in tables {
        let options = zip::write::SimpleFileOptions::default();
        package.start_file(format!("{}.csv", table.name.name()), options).map_err(std::io::Error::other)?;
        package.write_all("\u{feff}".as_bytes())?;
        let mut csv = Vec::new();
        export::write_csv(table, &mut csv)?;
        package.write_all(&csv)?;
    }
    Ok(package.finish().map_err(std::io::Error::other)?.into_inner())
}
