//! `cthd parse`: the typed model of a file.

use std::io::{self, Write};

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
    let output = args.output.as_deref();
    if let Some(path) = output.filter(|path| input::same_file(&args.file, path)) {
        return Err(Failure(Text::new("error-same-file").with("file", shown(path))));
    }
    print::to(output, |out| write(&document, &args, out))
}

fn write(document: &Document, args: &ParseArgs, out: &mut dyn Write) -> io::Result<()> {
    match args.format {
        ParseFormat::Json => json::write(document, args.compact, out),
        ParseFormat::Ndjson => json::write_lines(document, out),
    }
}
