//! `cthd serve`: the local server.

use std::net::SocketAddr;
use std::sync::Arc;

use cthd::finding::Text;

use super::args::ServeArgs;
use super::failure::Failure;
use super::print;
use super::programs::Installed;
use super::settings::Settings;
use crate::web;

pub(super) fn run(args: &ServeArgs, settings: Settings<'_>) -> Result<(), Failure> {
    let address = SocketAddr::new(args.host, args.port);
    let catalogue = settings.catalogue;
    let programs = Arc::new(Installed::new(catalogue));
    let ready = |address: SocketAddr| {
        let url = format!("http://{address}");
        let text = Text::new("web-ready").with("url", url);
        // Where nobody reads standard output the server serves all the same.
        let _ = print::text(&format!("{}\n", catalogue.render(&text)));
    };
    let failure = |error: std::io::Error| {
        Failure(
            Text::new("error-serve").with("address", address.to_string()).with("reason", error.to_string()),
        )
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(failure)?;
    let served = runtime.block_on(web::serve(address, settings.grammar, programs, ready));
    // Work that nobody waits for any more is not waited for.
    runtime.shutdown_background();
    served.map_err(failure)
}
