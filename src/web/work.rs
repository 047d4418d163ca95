//! Work on an upload, within bounds: memory, cores, time. A file on which the program panics costs its own request
//! and nothing else.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;

use super::problem::Problem;
use super::{App, REQUEST_TIME, UPLOAD_LIMIT};

/// Receives an upload and works on it.
pub(super) async fn on<T: Send + 'static>(
    app: Arc<App>,
    headers: HeaderMap,
    body: Body,
    work: impl FnOnce(&App, &[u8]) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::time::timeout(REQUEST_TIME, bounded(app, headers, body, work))
        .await
        .unwrap_or_else(|_| Err(Problem::late()))
}

async fn bounded<T: Send + 'static>(
    app: Arc<App>,
    headers: HeaderMap,
    body: Body,
    work: impl FnOnce(&App, &[u8]) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let length = headers.get(CONTENT_LENGTH).and_then(|it| it.to_str().ok()).and_then(|it| it.parse().ok());
    // What does not say how long it is may be as long as the longest.
    let length: usize = length.unwrap_or(UPLOAD_LIMIT);
    if length > UPLOAD_LIMIT {
        return Err(Problem::too_large(UPLOAD_LIMIT));
    }
    let kib = u32::try_from((length >> 10) + 1).unwrap_or(u32::MAX);
    let memory = Arc::clone(&app.memory).acquire_many_owned(kib).await.map_err(|_| Problem::fault())?;
    let upload = receive(body, length).await?;
    let core = Arc::clone(&app.cores).acquire_owned().await.map_err(|_| Problem::fault())?;
    // The permits go with the work: it goes on, and counts, when nobody waits for it any more.
    let done = tokio::task::spawn_blocking(move || {
        let done = catch_unwind(AssertUnwindSafe(|| work(&app, &upload)));
        drop((core, memory));
        done
    });
    match done.await {
        Ok(Ok(done)) => done,
        Ok(Err(_)) | Err(_) => Err(Problem::fault()),
    }
}

async fn receive(body: Body, length: usize) -> Result<Bytes, Problem> {
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
