//! Work on an upload, within bounds: size, memory, cores, time. The work itself is another process (`process`), so that a
//! file on which it fails costs its own request and nothing else.

use std::sync::Arc;

use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http_body_util::{BodyExt, Limited};
use tokio::sync::OwnedSemaphorePermit;

use super::exchange::{Call, Reply};
use super::problem::Problem;
use super::room::{Pieces, Room};
use super::{App, UPLOAD_LIMIT};

/// Receives an upload and has it worked on.
pub(super) async fn on(
    app: &App,
    headers: &HeaderMap,
    body: Body,
    call: impl FnOnce(usize) -> Call,
) -> Result<(Reply, Pieces), Problem> {
    in_time(app, async {
        let (_memory, mut body) = admitted(app, headers, body).await?;
        let mut upload = Room::default();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| refused(&*error))?;
            upload
                .write(frame.data_ref().map(|it| &**it).unwrap_or_default())
                .map_err(|_| Problem::fault())?;
        }
        let upload = upload.finish().map_err(|_| Problem::fault())?;
        run(app, &call(upload.len()), &[upload]).await
    })
    .await
}

/// Receives a form with two files, `old` and `new`, and has them worked on.
pub(super) async fn on_two(
    app: &App,
    headers: &HeaderMap,
    body: Body,
    call: impl FnOnce([(&str, usize); 2]) -> Call,
) -> Result<(Reply, Pieces), Problem> {
    in_time(app, async {
        let kind = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
        let boundary = multer::parse_boundary(kind).map_err(|_| Problem::form())?;
        let (_memory, body) = admitted(app, headers, body).await?;
        let mut form = multer::Multipart::new(body.into_data_stream(), boundary);
        let (mut old, mut new) = (None, None);
        while let Some(mut field) = form.next_field().await.map_err(|error| unformed(&error))? {
            let place = match field.name() {
                Some("old") => &mut old,
                Some("new") => &mut new,
                _ => continue,
            };
            let name = field.file_name().unwrap_or_default().to_owned();
            let mut file = Room::default();
            while let Some(chunk) = field.chunk().await.map_err(|error| unformed(&error))? {
                file.write(&chunk).map_err(|_| Problem::fault())?;
            }
            *place = Some((name, file.finish().map_err(|_| Problem::fault())?));
        }
        let (Some(old), Some(new)) = (old, new) else { return Err(Problem::form()) };
        let call = call([(&old.0, old.1.len()), (&new.0, new.1.len())]);
        run(app, &call, &[old.1, new.1]).await
    })
    .await
}

/// What takes longer is dropped, and with it the process that works.
async fn in_time<T>(app: &App, done: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    tokio::time::timeout(app.bounds.time, done).await.unwrap_or_else(|_| Err(Problem::late()))
}

/// Has a call answered when a core is free.
async fn run(app: &App, call: &Call, files: &[Pieces]) -> Result<(Reply, Pieces), Problem> {
    let _core = Arc::clone(&app.cores).acquire_owned().await.map_err(|_| Problem::fault())?;
    let answer = app.worker.answer(call, files).await.map_err(|_| Problem::fault())?;
    answer.ok_or_else(Problem::fault)
}

/// Waits for memory; gives the body of an upload, which is no longer than what there is memory for.
async fn admitted(
    app: &App,
    headers: &HeaderMap,
    body: Body,
) -> Result<(OwnedSemaphorePermit, Limited<Body>), Problem> {
    let length = headers.get(CONTENT_LENGTH).and_then(|it| it.to_str().ok()).and_then(|it| it.parse().ok());
    // What does not say how long it is may be as long as the longest.
    let length: usize = length.unwrap_or(UPLOAD_LIMIT);
    if length > UPLOAD_LIMIT {
        return Err(Problem::too_large(UPLOAD_LIMIT));
    }
    let kib = u32::try_from((length >> 10) + 1).unwrap_or(u32::MAX);
    let memory = Arc::clone(&app.memory).acquire_many_owned(kib).await.map_err(|_| Problem::fault())?;
    Ok((memory, Limited::new(body, length)))
}

/// Why a body did not arrive.
fn refused(error: &(dyn std::error::Error + 'static)) -> Problem {
    let mut source = Some(error);
    while let Some(inner) = source {
        if inner.is::<http_body_util::LengthLimitError>() {
            return Problem::too_large(UPLOAD_LIMIT);
        }
        source = inner.source();
    }
    Problem::broken()
}

/// Why a form could not be read.
fn unformed(error: &multer::Error) -> Problem {
    match error {
        multer::Error::StreamReadFailed(error) => refused(&**error),
        _ => Problem::form(),
    }
}
