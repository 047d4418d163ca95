//! `cthd coverage`: the proof that nothing is lost.

use std::process::ExitCode;

use cthd::coverage::Coverage;
use cthd::output::{coverage, json};

use super::args::{CoverageArgs, PlainFormat};
use super::failure::Failure;
use super::settings::Settings;
use super::{FOUND, input, print};

pub(super) fn run(args: &CoverageArgs, settings: &Settings<'_>) -> Result<ExitCode, Failure> {
    let input::Parsed { source, document } = input::parse(&args.file, &args.reading, settings)?;
    let found = Coverage::of(&source, &document);
    match args.format {
        PlainFormat::Text => print::text(&coverage::render(&found, settings.catalogue))?,
        PlainFormat::Json => print::with(|out| json::write(&found, false, out))?,
    }
    Ok(if found.whole { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}
