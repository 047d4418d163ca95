//! The program `cthd`: reads its arguments, runs a command of the library, prints what it gives.
//!
//! Exit status: 0 done; 1 findings at or above `--fail-on`, or a coverage that is not whole; 2 the input or
//! the call could not be used.

mod cli;
#[cfg(feature = "serve")]
mod web;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(std::env::args_os().collect())
}
