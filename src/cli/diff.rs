//! `cthd diff`: what differs between two versions.

use std::process::ExitCode;

use cthd::finding::Audit;
use cthd::output::diff::{Diff, Version, page, text};
use cthd::output::report::Report;
use cthd::output::{Catalogue, json};
use cthd::pipeline;

use super::args::{DiffArgs, DiffFormat};
use super::failure::Failure;
use super::input::Parsed;
use super::settings::Settings;
use super::{FOUND, input, print};

pub(super) fn run(args: &DiffArgs, settings: &Settings<'_>) -> Result<ExitCode, Failure> {
    input::once(&[args.old.clone(), args.new.clone()])?;
    let mut files = Vec::with_capacity(2);
    for path in [&args.old, &args.new] {
        let parsed = input::parse(path, &args.reading, settings)?;
        let audit = pipeline::check(&parsed.source, &parsed.document, &settings.grammar);
        files.push((parsed, audit));
    }
    let [(old, _), (new, _)] = files.as_slice() else { return Ok(ExitCode::SUCCESS) };
    let reports = |catalogue| {
        let report = |(it, audit): &(Parsed, Audit)| Report::new(&it.document, audit, &it.source, catalogue);
        files.iter().map(report).collect::<Vec<Report>>()
    };
    let said = reports(settings.catalogue);
    let [before, after] = said.as_slice() else { return Ok(ExitCode::SUCCESS) };
    let diff = Diff::new(
        Version { document: &old.document, report: before },
        Version { document: &new.document, report: after },
        args.why,
    );
    match args.format {
        DiffFormat::Text => print::text(&text::render(&diff, settings.catalogue, settings.look, args.why))?,
        DiffFormat::Html => {
            let second = Catalogue::new(settings.catalogue.lang().other());
            let said = reports(&second);
            let [before, after] = said.as_slice() else { return Ok(ExitCode::SUCCESS) };
            let other = diff.in_words_of(before, after);
            print::text(&page::render([&diff, &other], [settings.catalogue, &second]))?;
        }
        DiffFormat::Json => print::with(|out| json::write(&diff, false, out))?,
    }
    let differs = args.exit_code && !diff.is_empty();
    Ok(if differs { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}
