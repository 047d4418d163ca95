//! The interface for programs: a file in, its report, model, page, tables or annotated copy out.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::exchange::{Asked, Call, Reply, Wanted};
use super::problem::Problem;
use super::room::Pieces;
use super::{App, work};

/// The header that carries the password of a file, so that it is in no address.
const PASSWORD: &str = "x-cthd-password";

/// Most characters of a name.
const NAME: usize = 200;

/// The handler of a request with one file.
macro_rules! of_one_file {
    ($name:ident, $wanted:expr) => {
        pub(super) async fn $name(
            State(app): State<Arc<App>>,
            Query(asked): Query<Asked>,
            headers: HeaderMap,
            body: Body,
        ) -> Response {
            one(app, $wanted, asked, headers, body).await
        }
    };
}

of_one_file!(check, Wanted::Check);
of_one_file!(parse, Wanted::Parse);
of_one_file!(report, Wanted::Report);
of_one_file!(export, Wanted::Export);
of_one_file!(annotate, Wanted::Annotate);

async fn one(app: Arc<App>, wanted: Wanted, asked: Asked, headers: HeaderMap, body: Body) -> Response {
    let lang = asked.lang().unwrap_or_default();
    let (name, password) = (label(asked.name.as_deref().unwrap_or_default()), password(&headers));
    let done = work::on(&app, &headers, body, |length| Call {
        wanted,
        asked,
        password,
        files: vec![(name, length)],
        memory: app.bounds.memory,
    });
    sent(done.await, &app, lang)
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
    let done = work::on_two(&app, &headers, body, |files| Call {
        wanted: Wanted::Diff,
        asked,
        password,
        files: files.map(|(name, length)| (label(name), length)).to_vec(),
        memory: app.bounds.memory,
    });
    sent(done.await, &app, lang)
}

fn sent(done: Result<(Reply, Pieces), Problem>, app: &App, lang: cthd::output::Lang) -> Response {
    let (reply, body) = match done {
        Ok(done) => done,
        Err(problem) => return problem.answer(app.catalogue(lang)),
    };
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = (status, [(CONTENT_TYPE, reply.kind)], Body::new(body)).into_response();
    let file = reply.file.and_then(|name| HeaderValue::from_str(&disposition(&name)).ok());
    if let Some(file) = file {
        answer.headers_mut().insert(CONTENT_DISPOSITION, file);
    }
    answer
}

fn password(headers: &HeaderMap) -> Option<String> {
    headers.get(PASSWORD).and_then(|it| it.to_str().ok()).map(str::to_owned)
}

/// The name that the answer calls a file by; it is shown and never opened.
fn label(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(NAME).collect();
    if name.is_empty() { "-".to_owned() } else { name }
}

/// The header that names a download (RFC 6266), with every byte but letters and digits as its number.
fn disposition(name: &str) -> String {
    let mut out = String::from("attachment; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
