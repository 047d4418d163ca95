//! `cthd diff`: what differs between two versions.

use std::process::ExitCode;

use cthd::output::diff::{Diff, Version, page, text};
use cthd::output::json;
use cthd::output::report::Report;
use cthd::pipeline;

use super::args::{DiffArgs, DiffFormat};
use super::failure::Failure;
use super::settings::Settings;
use super::{FOUND, input, print};

pub(super) fn run(args: &DiffArgs, settings: &Settings<'_>) -> Result<ExitCode, Failure> {
    input::once(&[args.old.clone(), args.new.clone()])?;
    let mut versions = Vec::with_capacity(2);
    for path in [&args.old, &args.new] {
        let input::Parsed { source, document } = input::parse(path, &args.reading, settings)?;
        let audit = pipeline::check(&source, &document, &settings.grammar);
        let report = Report::new(&document.source, &audit, &source, settings.catalogue);
        versions.push((document, report));
    }
    let mut versions = versions.iter().map(|(document, report)| Version { document, report });
    let (Some(old), Some(new)) = (versions.next(), versions.next()) else { return Ok(ExitCode::SUCCESS) };
    let diff = Diff::new(old, new, args.why);
    match args.format {
        DiffFormat::Text => print::text(&text::render(&diff, settings.catalogue, settings.look, args.why))?,
        DiffFormat::Html => print::text(&page::render(&diff, settings.catalogue))?,
        DiffFormat::Json => print::with(|out| json::write(&diff, false, out))?,
    }
    let differs = args.exit_code && !diff.is_empty();
    Ok(if differs { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}
