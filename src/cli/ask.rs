//! Asks on the terminal which programme a document is a version of, where it does not say so itself.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use cthd::finding::Text;
use cthd::output::Catalogue;

use super::failure::shown;

/// How often a wrong answer may be given.
const TRIES: usize = 3;

/// Whether somebody is there to ask.
pub(super) fn can() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// The programme that is chosen: one of the candidates by its number, or the id of any other. Nothing where nothing is
/// said.
pub(super) fn programme(file: &Path, candidates: &[String], catalogue: &Catalogue) -> Option<String> {
    chosen(&mut io::stdin().lock(), &mut io::stderr().lock(), file, candidates, catalogue).ok().flatten()
}

fn chosen(
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    file: &Path,
    candidates: &[String],
    catalogue: &Catalogue,
) -> io::Result<Option<String>> {
    writeln!(out, "{}", catalogue.render(&Text::new("ask-programme").with("file", shown(file))))?;
    for (number, candidate) in (1..).zip(candidates) {
        writeln!(out, "{number:>4}. {candidate}")?;
    }
    for _ in 0..TRIES {
        write!(out, "{} ", catalogue.label("ask-choice"))?;
        out.flush()?;
        let mut line = String::new();
        input.read_line(&mut line)?;
        let said = line.trim();
        match said.parse::<usize>() {
            _ if said.is_empty() => return Ok(None),
            Ok(number) => match number.checked_sub(1).and_then(|at| candidates.get(at)) {
                Some(candidate) => return Ok(Some(candidate.clone())),
                None => writeln!(out, "{}", catalogue.label("ask-no-such"))?,
            },
            Err(_) => return Ok(Some(said.to_owned())),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where its premise fails")]

    use cthd::output::Lang;

    use super::*;

    fn said(answer: &str) -> Option<String> {
        let candidates = ["phuong-a".to_owned(), "phuong-b".to_owned()];
        let mut out = Vec::new();
        let catalogue = Catalogue::new(Lang::Vi);
        let file = Path::new("a.xlsx");
        let chosen = chosen(&mut answer.as_bytes(), &mut out, file, &candidates, &catalogue).unwrap();
        let shown = String::from_utf8(out).unwrap();
        assert!(shown.contains("a.xlsx") && shown.contains("2. phuong-b"), "{shown}");
        chosen
    }

    #[test]
    fn a_number_chooses_and_a_name_names() {
        assert_eq!(said("2\n").as_deref(), Some("phuong-b"));
        assert_eq!(said("3\n1\n").as_deref(), Some("phuong-a"));
        assert_eq!(said("phuong-c\n").as_deref(), Some("phuong-c"));
        assert_eq!(said("\n"), None);
        assert_eq!(said(""), None);
        assert_eq!(said("7\n8\n9\n1\n"), None);
    }
}
