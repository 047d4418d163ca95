//! `cthd parse`: the typed model of a file.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use cthd::finding::Text;
use cthd::model::Document;
use cthd::output::{json, notice};

use super::args::{ParseArgs, ParseFormat};
use super::failure::{Failure, shown};
use super::settings::Settings;
use super::{input, print};

pub(super) fn run(args: ParseArgs, settings: &Settings<'_>) -> Result<(), Failure> {
    let input::Parsed { document, .. } = input::parse(&args.file, &args.reading, settings)?;
    for notice in &document.source.notices {
        let said = notice::sentence(notice, settings.catalogue);
        print::beside(&format!("{}: {said}", shown(&args.file)));
    }
    let Some(path) = &args.output else {
        return print::with(|out| write(&document, &args, out));
    };
    if same_file(&args.file, path) {
        return Err(Failure(Text::new("error-same-file").with("file", shown(path))));
    }
    File::create(path)
        .and_then(|file| {
            let mut out = BufWriter::new(file);
            write(&document, &args, &mut out)?;
            out.flush()
        })
        .map_err(|error| Failure::file(path, &error))
}

fn write(document: &Document, args: &ParseArgs, out: &mut dyn Write) -> io::Result<()> {
    match args.format {
        ParseFormat::Json => json::write(document, args.compact, out),
        ParseFormat::Ndjson => json::write_lines(document, out),
    }
}

/// Whether writing to `output` would destroy what was read.
fn same_file(input: &Path, output: &Path) -> bool {
    match (input.canonicalize(), output.canonicalize()) {
        (Ok(input), Ok(output)) => input == output,
        _ => false,
    }
}
