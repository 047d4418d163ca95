//! `cthd export`: the model and the audit as flat tables or as a workbook.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use cthd::finding::Text;
use cthd::output::export::{self, Table, TableName};
use cthd::output::{annotated, workbook};

use super::accepting::Accepting;
use super::args::{ExportArgs, ExportFormat};
use super::failure::{Failure, shown};
use super::settings::Settings;
use super::{input, print};

/// The path that names standard output.
const STANDARD_OUTPUT: &str = "-";

pub(super) fn run(args: &ExportArgs, settings: &Settings<'_>) -> Result<(), Failure> {
    let output = args.output.as_deref().filter(|path| path.as_os_str() != STANDARD_OUTPUT);
    let whole = match args.to {
        ExportFormat::Annotated | ExportFormat::Xlsx => true,
        ExportFormat::Csv | ExportFormat::Parquet => args.table.is_none(),
        ExportFormat::Ndjson => false,
    };
    if output.is_none() && (whole || args.to == ExportFormat::Parquet) {
        return Err(Failure(Text::new("error-export-output")));
    }
    // Like standard input, a file that a store keeps has nothing beside it.
    let file = args.file.as_deref().unwrap_or(Path::new(input::STANDARD_INPUT));
    if let Some(path) = output.filter(|path| args.file.is_some() && input::same_file(file, path)) {
        return Err(Failure(Text::new("error-same-file").with("file", shown(path))));
    }
    let mut accepting = Accepting::resolve(args.baseline.as_deref())?;
    let bytes = bytes(file, args)?;
    let parsed = input::parse_bytes(Path::new(&bytes.name), &bytes.bytes, &args.reading, settings)?;
    let report = accepting.audit(file, &parsed, None, settings)?;
    if let (ExportFormat::Annotated, Some(output)) = (args.to, output) {
        let password = args.reading.password.as_deref();
        let bytes = &bytes.bytes;
        let input = annotated::Input { bytes, password, source: &parsed.source, report: &report };
        return annotate(output, &input, settings);
    }
    if args.to == ExportFormat::Xlsx {
        let bytes = workbook::write(&parsed.document, &report, settings.catalogue)
            .map_err(|error| broken(output, &error))?;
        return print::to(output, |out| out.write_all(&bytes));
    }
    let mut tables = export::tables(&parsed.document, &report, settings.catalogue);
    if let Some(wanted) = args.table.as_deref().and_then(TableName::named) {
        tables.retain(|table| table.name == wanted);
    }
    match (args.to, output) {
        (ExportFormat::Ndjson, _) => {
            print::to(output, |out| tables.iter().try_for_each(|table| export::write_lines(table, &mut *out)))
        }
        (format, Some(folder)) if whole => {
            fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
            tables.iter().try_for_each(|table| {
                let path = folder.join(format!("{}.{}", table.name.name(), extension(format)));
                print::to(Some(&path), |out| one(table, format, out))
            })
        }
        (format, output) => {
            print::to(output, |out| tables.iter().try_for_each(|table| one(table, format, out)))
        }
    }
}

/// The document of the call and its name: a file, or a version that a store keeps.
struct Given {
    name: String,
    bytes: Vec<u8>,
}

#[cfg_attr(
    not(feature = "store"),
    allow(unused_variables, reason = "only a store asks for more than the file")
)]
fn bytes(file: &Path, args: &ExportArgs) -> Result<Given, Failure> {
    #[cfg(feature = "store")]
    if let (Some(location), Some(programme)) = (&args.store, &args.programme) {
        let kept = super::store::files(location, Some(programme), args.at_version)?;
        let Some(kept) = kept.into_iter().next() else {
            return Err(Failure(Text::new("error-export-output")));
        };
        return Ok(Given { name: kept.name, bytes: kept.bytes });
    }
    Ok(Given { name: shown(file), bytes: input::bytes(file)? })
}

/// The document itself with the findings in it, under a name that says what it is.
fn annotate(output: &Path, input: &annotated::Input<'_>, settings: &Settings<'_>) -> Result<(), Failure> {
    let written = annotated::write(input, settings.catalogue);
    let extension = written.kind.extension();
    if output.extension().is_none_or(|own| !own.eq_ignore_ascii_case(extension)) {
        let text = match written.because {
            Some(because) => Text::new("error-annotated-page").with("because", because),
            None => Text::new("error-annotated-name"),
        };
        return Err(Failure(text.with("extension", extension)));
    }
    print::to(Some(output), |out| out.write_all(&written.bytes))
}

fn extension(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Annotated | ExportFormat::Xlsx => "xlsx",
        ExportFormat::Csv => "csv",
        ExportFormat::Ndjson => "ndjson",
        ExportFormat::Parquet => "parquet",
    }
}

fn one(table: &Table, format: ExportFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        ExportFormat::Parquet => parquet(table, out),
        _ => export::write_csv(table, out),
    }
}

#[cfg(feature = "parquet")]
fn parquet(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    export::parquet::write(table, &mut bytes)?;
    out.write_all(&bytes)
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &Table, _: &mut dyn Write) -> io::Result<()> {
    Err(io::Error::other("this program was built without Parquet"))
}

fn broken(output: Option<&Path>, error: &io::Error) -> Failure {
    Failure::file(output.unwrap_or(Path::new(STANDARD_OUTPUT)), error)
}
