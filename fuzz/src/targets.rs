//! What is given hostile input, and the fixtures that it begins with.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cthd::coverage::Coverage;
use cthd::grammar::Grammar;
use cthd::output::report::Suppressions;
use cthd::pipeline;
use cthd::read::{Format, How, Options, Picture, Programs, ReadError, Recognised};

/// A reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Text,
    Encodings,
    Html,
    Docx,
    Xlsx,
    Xlsb,
    Xls,
    Ods,
    Pdf,
    Picture,
    Protected,
    Settings,
    Grammars,
}

const ALL: [(&str, Target); 13] = [
    ("text", Target::Text),
    ("encodings", Target::Encodings),
    ("html", Target::Html),
    ("docx", Target::Docx),
    ("xlsx", Target::Xlsx),
    ("xlsb", Target::Xlsb),
    ("xls", Target::Xls),
    ("ods", Target::Ods),
    ("pdf", Target::Pdf),
    ("picture", Target::Picture),
    ("protected", Target::Protected),
    ("settings", Target::Settings),
    ("grammars", Target::Grammars),
];

/// The largest fixture that is changed, in bytes; larger ones only take longer.
const MAX_SEED: u64 = 250_000;

impl Target {
    pub fn named(name: &str) -> Option<Self> {
        ALL.iter().find(|(known, _)| *known == name).map(|(_, target)| *target)
    }

    pub fn names() -> Vec<&'static str> {
        ALL.iter().map(|(name, _)| *name).collect()
    }

    pub fn name(self) -> &'static str {
        ALL.iter().find(|(_, target)| *target == self).map_or("", |(name, _)| *name)
    }

    /// The name extensions of its fixtures, and the folders where they are.
    fn where_from(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Text | Self::Encodings => (&["txt", "md"], &["fixtures/programmes", "fixtures/rules", "fixtures/planted"]),
            Self::Html => (&["html"], &["fixtures"]),
            Self::Docx => (&["docx"], &["fixtures"]),
            Self::Xlsx => (&["xlsx"], &["fixtures"]),
            Self::Xlsb => (&["xlsb"], &["fixtures"]),
            Self::Xls => (&["xls"], &["fixtures"]),
            Self::Ods => (&["ods"], &["fixtures"]),
            Self::Pdf => (&["pdf"], &["fixtures"]),
            Self::Picture => (&["png", "tif", "jpg"], &["fixtures/scans", "docs/screenshots"]),
            Self::Protected => (&["docx", "xlsx"], &["fixtures/office"]),
            Self::Settings => (&["toml"], &["fixtures", "grammars"]),
            Self::Grammars => (&["toml", "txt"], &["grammars"]),
        }
    }

    /// The fixtures, each with its path in the repository.
    pub fn seeds(self) -> Vec<(String, Vec<u8>)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let (extensions, folders) = self.where_from();
        let mut paths = Vec::new();
        folders.iter().for_each(|folder| collect(&root.join(folder), extensions, &mut paths));
        paths.sort();
        let read = |path: PathBuf| {
            let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().into_owned();
            Some((name, std::fs::read(path).ok()?))
        };
        let mut seeds: Vec<(String, Vec<u8>)> = paths.into_iter().filter_map(read).collect();
        if self == Self::Protected {
            seeds.retain(|(name, _)| name.contains("secret"));
        }
        if self == Self::Settings {
            let accept = "[[accept]]\nrule = \"A001\"\nplace = \"3B/V/4\"\nreason = \"Phòng Tài chính đã xác nhận\"\n";
            seeds.insert(0, ("cthd.toml".to_owned(), accept.as_bytes().to_vec()));
        }
        seeds
    }

    /// Gives it a file. `name` is that of the fixture it was made from.
    ///
    /// Returns what is wrong, if anything is; an error of reading is right.
    pub fn run(self, name: &str, bytes: &[u8], grammar: &Grammar) -> Result<(), String> {
        match self {
            Self::Settings => {
                if let Ok(text) = std::str::from_utf8(bytes) {
                    let _ = Suppressions::parse(text);
                }
                Ok(())
            }
            Self::Grammars => {
                if let Ok(text) = std::str::from_utf8(bytes) {
                    let path = name.strip_prefix("grammars/").unwrap_or(name);
                    let replaced = Grammar::load(&|asked| (asked == path).then(|| text.to_owned()));
                    if let Ok(grammar) = replaced {
                        whole("grammar.txt", SMALL.as_bytes(), &Options::default(), &grammar)?;
                    }
                }
                Ok(())
            }
            _ => whole(name, bytes, &self.options(), grammar),
        }
    }

    fn options(self) -> Options {
        let format_hint = match self {
            Self::Html => Some(Format::Html),
            _ => None,
        };
        let programs: Option<Arc<dyn Programs>> = match self {
            Self::Picture | Self::Pdf => Some(Arc::new(Fake)),
            _ => None,
        };
        Options { password: Some("mat-khau".to_owned()), format_hint, programs }
    }
}

/// A document that every grammar is tried on.
const SMALL: &str = include_str!("../../fixtures/programmes/commune-numbered-forms/input.txt");

fn collect(folder: &Path, extensions: &[&str], out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let extension = path.extension().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() {
            collect(&path, extensions, out);
        } else if extensions.contains(&extension.as_str())
            && path.metadata().is_ok_and(|it| it.len() <= MAX_SEED)
            && path.file_name().is_some_and(|name| name != "findings.txt")
        {
            out.push(path);
        }
    }
}

/// The whole line: read, parsed, audited, written; every character accounted for.
fn whole(name: &str, bytes: &[u8], options: &Options, grammar: &Grammar) -> Result<(), String> {
    let Ok(source) = pipeline::read_with(name, bytes, options, grammar) else { return Ok(()) };
    let document = pipeline::parse(&source, grammar);
    let audit = pipeline::check(&source, &document, grammar);
    serde_json::to_vec(&document).map_err(|error| error.to_string())?;
    drop(audit);
    let coverage = Coverage::of(&source, &document);
    if coverage.whole {
        return Ok(());
    }
    Err(format!(
        "missing {:?}, twice {:?}, altered {:?}",
        coverage.missing.first(),
        coverage.doubly_owned.first(),
        coverage.altered.first()
    ))
}

/// A recogniser that sees words in every picture.
#[derive(Debug)]
struct Fake;

impl Programs for Fake {
    fn recognise(&self, pictures: &[Picture], _: How) -> Result<Vec<Vec<Recognised>>, ReadError> {
        let words = ["Nhiệm", "vụ", "1.234,5", "II", "|", "-", "Phòng"];
        let page = |picture: &Picture| {
            let count = picture.pixels.iter().step_by(997).filter(|pixel| **pixel < 100).count() % 40;
            let word = |at: usize| Recognised {
                text: words[at % words.len()].to_owned(),
                left: at * 31 % picture.width.max(1),
                top: at * 17 % picture.height.max(1),
                right: (at * 31 % picture.width.max(1)) + 20,
                bottom: (at * 17 % picture.height.max(1)) + 9,
                confidence: u8::try_from(at * 13 % 100).unwrap_or(0),
                line: u32::try_from(at / 3).unwrap_or(0),
            };
            (0..count).map(word).collect()
        };
        Ok(pictures.iter().map(page).collect())
    }

    fn draw(&self, _: &[u8], _: Option<&str>, page: u32, _: u32) -> Result<Vec<u8>, ReadError> {
        let mut out = b"P5 300 400 255\n".to_vec();
        out.extend((0..300 * 400_u32).map(|at| if (at + page) % 37 == 0 { 0 } else { 255 }));
        Ok(out)
    }

    fn convert(&self, _: &[u8], format: &'static str) -> Result<Vec<u8>, ReadError> {
        Err(ReadError::NeedsProgram { format, program: "soffice" })
    }

    fn progress(&self, _: u32, _: u32) {}
}
