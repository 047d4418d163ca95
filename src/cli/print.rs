//! The only place that writes to standard output and standard error.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::failure::Failure;

/// Writes text to standard output.
pub(super) fn text(text: &str) -> Result<(), Failure> {
    with(|out| out.write_all(text.as_bytes()))
}

/// Writes to standard output. A reader that has gone away (`| head`) is no failure.
pub(super) fn with(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::output(&error)),
    }
}

/// Writes to a file, or to standard output where none is named.
pub(super) fn to(
    output: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let Some(path) = output else { return with(write) };
    File::create(path)
        .and_then(|file| {
            let mut out = BufWriter::new(file);
            write(&mut out)?;
            out.flush()
        })
        .map_err(|error| Failure::file(path, &error))
}

/// Writes a line to standard error, beside the output. There is nowhere left to say so where that fails.
pub(super) fn beside(sentence: &str) {
    let _ = writeln!(io::stderr().lock(), "cthd: {sentence}");
}
