//! Work on an upload, within bounds: memory, cores, time. A file on which the program panics costs its own request
//! and nothing else.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use tokio::sync::OwnedSemaphorePermit;

use super::problem::Problem;
use super::{App, REQUEST_TIME, UPLOAD_LIMIT};

/// Receives an upload and works on it.
pub(super) async fn on<T: Send + 'static>(
    app: Arc<App>,
    headers: HeaderMap,
    body: Body,
    work: impl FnOnce(&App, &[u8]) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    in_time(async {
        let (memory, upload) = receive(&app, &headers, body).await?;
        run(app, memory, move |app| work(app, &upload)).await
    })
    .await
}

/// Receives a form with two files, `old` and `new`, and works on them.
pub(super) async fn on_two<T: Send + 'static>(
    app: Arc<App>,
    headers: HeaderMap,
    body: Body,
    work: impl FnOnce(&App, [&Part; 2]) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    in_time(async {
        let kind = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
        let boundary = multer::parse_boundary(kind).map_err(|_| Problem::form())?;
        let (memory, upload) = receive(&app, &headers, body).await?;
        let mut form = multer::Multipart::new(Body::from(upload).into_data_stream(), boundary);
        let (mut old, mut new) = (None, None);
        while let Some(field) = form.next_field().await.map_err(|_| Problem::form())? {
            let place = match field.name() {
                Some("old") => &mut old,
                Some("new") => &mut new,
                _ => continue,
            };
            let name = field.file_name().unwrap_or_default().to_owned();
            *place = Some(Part { name, bytes: field.bytes().await.map_err(|_| Problem::form())? });
        }
        let (Some(old), Some(new)) = (old, new) else { return Err(Problem::form()) };
        run(app, memory, move |app| work(app, [&old, &new])).await
    })
    .await
}

/// A file of a form.
pub(super) struct Part {
    /// The name that the form gives it.
    pub(super) name: String,
    pub(super) bytes: Bytes,
}

async fn in_time<T>(done: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    tokio::time::timeout(REQUEST_TIME, done).await.unwrap_or_else(|_| Err(Problem::late()))
}

/// Works when a core is free, apart from the threads that talk to clients.
async fn run<T: Send + 'static>(
    app: Arc<App>,
    memory: OwnedSemaphorePermit,
    work: impl FnOnce(&App) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let core = Arc::clone(&app.cores).acquire_owned().await.map_err(|_| Problem::fault())?;
    // The permits go with the work: it goes on, and counts, when nobody waits for it any more.
    let done = tokio::task::spawn_blocking(move || {
        let done = catch_unwind(AssertUnwindSafe(|| work(&app)));
        drop((core, memory));
        done
    });
    match done.await {
        Ok(Ok(done)) => done,
        Ok(Err(_)) | Err(_) => Err(Problem::fault()),
    }
}

/// Waits for memory and receives an upload.
async fn receive(
    app: &App,
    headers: &HeaderMap,
    body: Body,
) -> Result<(OwnedSemaphorePermit, Bytes), Problem> {
    let length = headers.get(CONTENT_LENGTH).and_then(|it| it.to_str().ok()).and_then(|it| it.parse().ok());
    // What does not say how long it is may be as long as the longest.
    let length: usize = length.unwrap_or(UPLOAD_LIMIT);
    if length > UPLOAD_LIMIT {
        return Err(Problem::too_large(UPLOAD_LIMIT));
    }
    let kib = u32::try_from((length >> 10) + 1).unwrap_or(u32::MAX);
    let memory = Arc::clone(&app.memory).acquire_many_owned(kib).await.map_err(|_| Problem::fault())?;
    Ok((memory, whole(body, length).await?))
}

async fn whole(body: Body, length: usize) -> Result<Bytes, Problem> {
    axum::body::to_bytes(body, length).await.map_err(|error| {
        let mut source: Option<&dyn std::error::Error> = Some(&error);
        while let Some(inner) = source {
            if inner.is::<http_body_util::LengthLimitError>() {
                return Problem::too_large(UPLOAD_LIMIT);
            }
            source = inner.source();
        }
        Problem::broken()
    })
}
