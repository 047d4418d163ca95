//! `cthd serve`: the local server, and the processes in which it works on uploads.

use std::ffi::OsString;
use std::io::{self, Read};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use cthd::finding::Text;
use cthd::output::Catalogue;

use super::args::{Common, ServeArgs};
use super::failure::Failure;
use super::programs::{Installed, stay_in_this_group};
use super::settings::Settings;
use super::{UNUSABLE, print};
use crate::web::{self, Bounds, Tools, Worker};

/// Serves until the process is told to stop.
pub(super) fn run(args: &ServeArgs, common: &Common, catalogue: &Catalogue) -> Result<ExitCode, Failure> {
    if args.answer {
        return answer(common, catalogue);
    }
    // A grammar that cannot be used is said at once, not to every client.
    drop(Settings::resolve(common, catalogue)?);
    let address = SocketAddr::new(args.host, args.port);
    let failure = |error: io::Error| {
        let text = Text::new("error-serve").with("address", address.to_string());
        Failure(text.with("reason", error.to_string()))
    };
    let mut worker = Worker {
        program: std::env::current_exe().map_err(failure)?,
        args: vec![OsString::from("serve"), OsString::from("--answer")],
    };
    if let Some(folder) = &common.grammars {
        worker.args.extend([OsString::from("--grammars"), folder.clone().into_os_string()]);
    }
    let bounds = Bounds { time: Duration::from_secs(args.time_limit), memory: args.memory_limit << 20 };
    let ready = |address: SocketAddr| {
        let url = format!("http://{address}");
        let text = Text::new("web-ready").with("url", url);
        // Where nobody reads standard output the server serves all the same.
        let _ = print::text(&format!("{}\n", catalogue.render(&text)));
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(failure)?;
    runtime.block_on(web::serve(address, worker, bounds, ready)).map_err(failure)?;
    Ok(ExitCode::SUCCESS)
}

/// Answers the one call on standard input.
fn answer(common: &Common, catalogue: &Catalogue) -> Result<ExitCode, Failure> {
    stay_in_this_group();
    let mut call = Vec::new();
    io::stdin().lock().read_to_end(&mut call).map_err(|error| Failure::output(&error))?;
    let mut broken = None;
    let answer = web::answer(&call, || {
        let programs = Arc::new(Installed::new(catalogue));
        Settings::resolve(common, catalogue)
            .map(|settings| Tools::new(settings.grammar, programs))
            .map_err(|failure| broken = Some(failure))
            .ok()
    });
    if let Some(failure) = broken {
        return Err(failure);
    }
    let Some(answer) = answer else { return Ok(ExitCode::from(UNUSABLE)) };
    print::with(|out| out.write_all(&answer))?;
    Ok(ExitCode::SUCCESS)
}
