//! The local server: a page to drop a file on, and the same as an interface for other programs.
//!
//! Nothing is kept. A request carries its file, the answer is made from it in memory by a process of its own, and both are
//! gone when it is answered; the page in the browser holds the file and sends it again for a download. No name of an upload
//! becomes a path. What one client may use is bounded: size, number, time, memory.

mod answer;
mod api;
mod exchange;
mod guard;
mod openapi;
mod page;
mod problem;
mod process;
mod room;
mod work;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use cthd::output::{Catalogue, Lang};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

pub(crate) use self::answer::{Tools, answer};
pub(crate) use self::process::Worker;

/// Largest upload, in bytes.
const UPLOAD_LIMIT: usize = 64 << 20;

/// Bytes of uploads that are in memory at a time; what comes on top waits.
const MEMORY_LIMIT: usize = 512 << 20;

/// Connections at a time; further ones wait to be taken.
const CONNECTIONS: usize = 512;

/// How long the head of a request may take.
const HEADER_TIME: Duration = Duration::from_secs(10);

/// Bytes of a connection that are read ahead.
const READ_AHEAD: usize = 16 << 10;

/// How long requests that have begun may go on after the server is told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// How long to wait where no connection could be taken, for lack of file descriptors.
const PAUSE: Duration = Duration::from_millis(50);

/// What a request may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// How long it may take, from its first byte to its answer.
    pub(crate) time: Duration,
    /// Most bytes of memory that the work may use.
    pub(crate) memory: u64,
}

/// What every request shares.
struct App {
    catalogues: [Catalogue; 2],
    /// What answers.
    worker: Worker,
    bounds: Bounds,
    /// One permit for each file that is worked on.
    cores: Arc<Semaphore>,
    /// One permit for each KiB of uploads.
    memory: Arc<Semaphore>,
    /// Whether only this machine can reach the server.
    loopback: bool,
}

impl App {
    /// The state of a server.
    fn new(worker: Worker, bounds: Bounds, loopback: bool) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            worker,
            bounds,
            catalogues: Lang::ALL.map(Catalogue::new),
            cores: Arc::new(Semaphore::new(cores)),
            memory: Arc::new(Semaphore::new(MEMORY_LIMIT >> 10)),
            loopback,
        }
    }

    /// The catalogue of a language, Vietnamese where none is named.
    fn catalogue(&self, lang: Lang) -> &Catalogue {
        let [vi, en] = &self.catalogues;
        match lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }
}

/// Everything that the server answers.
fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(page::home))
        .route("/app.css", get(page::style))
        .route("/app.js", get(page::script))
        .route("/api", get(page::interface))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/openapi.json", get(openapi::document))
        .route("/schema/document.json", get(openapi::schema_of_document))
        .route("/schema/report.json", get(openapi::schema_of_report))
        .route("/schema/diff.json", get(openapi::schema_of_diff))
        .route("/api/check", post(api::check))
        .route("/api/parse", post(api::parse))
        .route("/api/report", post(api::report))
        .route("/api/diff", post(api::diff))
        .route("/api/export", post(api::export))
        .route("/api/annotate", post(api::annotate))
        .fallback(problem::not_found)
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&app), guard::guard))
        .with_state(app)
}

/// Listens, says where, and answers until the process is told to stop.
pub(crate) async fn serve(
    address: SocketAddr,
    worker: Worker,
    bounds: Bounds,
    ready: impl FnOnce(SocketAddr),
) -> std::io::Result<()> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    let router = router(Arc::new(App::new(worker, bounds, address.ip().is_loopback())));
    let mut stop = std::pin::pin!(stopped()?);
    ready(address);
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    loop {
        let taken = async {
            let permit = Arc::clone(&connections).acquire_owned().await;
            (permit, listener.accept().await)
        };
        let (permit, accepted) = tokio::select! {
            taken = taken => taken,
            () = &mut stop => break,
        };
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let service = TowerToHyperService::new(router.clone());
        let mut builder = hyper::server::conn::http1::Builder::new();
        builder.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_buf_size(READ_AHEAD);
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A client that goes away or does not speak HTTP is nobody's fault here.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
    Ok(())
}

/// Ends when the process is interrupted or told to terminate; it is heard from this call on.
fn stopped() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupted, mut terminated) =
            (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        Ok(async move {
            tokio::select! {
                _ = interrupted.recv() => {}
                _ = terminated.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}
