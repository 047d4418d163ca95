//! The work on an upload, in a process of its own: a call comes in, its answer goes out. What it uses is bounded by the
//! process.

use std::io::{Cursor, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use cthd::finding::Audit;
use cthd::grammar::Grammar;
use cthd::model::Document;
use cthd::output::diff::{Diff, Version, page};
use cthd::output::report::Report;
use cthd::output::{Catalogue, Lang, annotated, export, html, json, sarif, workbook};
use cthd::pipeline;
use cthd::read::{Format, Options, Programs};
use cthd::source::Source;

use super::exchange::{Asked, Call, Reply, Wanted, head, split};
use super::problem::Problem;
use crate::cli::rule_text;

/// What the work needs beside the upload.
pub(crate) struct Tools {
    grammar: Grammar,
    /// What recognises pictures of text and reads formats of office programs.
    programs: Arc<dyn Programs>,
    catalogues: [Catalogue; 2],
}

/// A file that has been read.
struct Made {
    source: Source,
    document: Document,
    audit: Audit,
}

/// What is sent back: media type, bytes, and the name that a download should have.
struct Answer {
    kind: &'static str,
    bytes: Vec<u8>,
    file: Option<String>,
}

const JSON: &str = "application/json; charset=utf-8";

const HTML: &str = "text/html; charset=utf-8";

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Answers a call, given as the bytes that the server sends; nothing where they are no call, or there are no tools.
pub(crate) fn answer(bytes: &[u8], tools: impl FnOnce() -> Option<Tools>) -> Option<Vec<u8>> {
    let (call, start) = split::<Call>(bytes)?;
    bound(call.memory);
    let tools = tools()?;
    let mut files = Vec::with_capacity(call.files.len());
    let mut at = start;
    for (name, length) in &call.files {
        let end = at.checked_add(*length)?;
        files.push((name.as_str(), bytes.get(at..end)?));
        at = end;
    }
    let lang = call.asked.lang().unwrap_or_default();
    let done = catch_unwind(AssertUnwindSafe(|| tools.make(&call, &files)));
    let (reply, body) = match done.unwrap_or_else(|_| Err(Problem::fault())) {
        Ok(it) => (Reply { status: 200, kind: it.kind.to_owned(), file: it.file }, it.bytes),
        Err(problem) => {
            let (status, body) = problem.written(tools.catalogue(lang));
            (Reply { status, kind: JSON.to_owned(), file: None }, body)
        }
    };
    let mut out = head(&reply).ok()?;
    out.extend_from_slice(&body);
    Some(out)
}

/// Bounds the memory of this process and of those that it starts, and ends it with the server.
fn bound(memory: u64) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limit = Rlimit { current: Some(memory), maximum: Some(memory) };
        let _ = setrlimit(Resource::Data, limit);
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
    let _ = memory;
}

impl Tools {
    /// The tools of a process.
    pub(crate) fn new(grammar: Grammar, programs: Arc<dyn Programs>) -> Self {
        Self { grammar, programs, catalogues: Lang::ALL.map(Catalogue::new) }
    }

    fn catalogue(&self, lang: Lang) -> &Catalogue {
        let [vi, en] = &self.catalogues;
        match lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    fn make(&self, call: &Call, files: &[(&str, &[u8])]) -> Result<Answer, Problem> {
        let Call { asked, wanted, .. } = call;
        let lang = asked.lang()?;
        let read = |name: &str, bytes| Made::of(self, call, name, bytes);
        match (wanted, files) {
            (Wanted::Diff, [old, new]) => {
                let (old, new) = (read(old.0, old.1)?, read(new.0, new.1)?);
                self.diff(asked, lang, &old, &new)
            }
            (_, [(name, bytes)]) => {
                let made = read(name, bytes)?;
                match wanted {
                    Wanted::Parse => to_json(|out| json::write(&made.document, true, out)),
                    Wanted::Report => Ok(self.report(lang, &made)),
                    Wanted::Export => self.export(asked, lang, &made),
                    Wanted::Annotate => Ok(self.annotate(call, (name, bytes), lang, &made)),
                    Wanted::Check | Wanted::Diff => self.check(asked, lang, &made),
                }
            }
            _ => Err(Problem::form()),
        }
    }

    fn check(&self, asked: &Asked, lang: Lang, made: &Made) -> Result<Answer, Problem> {
        let report = made.report(self, lang);
        match asked.format.as_deref() {
            None | Some("json") => to_json(|out| json::write(&report, true, out)),
            Some("sarif") => {
                let files = [sarif::Checked { report: &report, source: &made.source }];
                let log = sarif::log(&files, self.catalogue(lang), |code| rule_text(code, lang));
                to_json(|out| json::write(&log, true, out))
            }
            Some(other) => Err(Problem::parameter("format", other)),
        }
    }

    fn report(&self, first: Lang, made: &Made) -> Answer {
        let second = first.other();
        let reports = [first, second].map(|lang| made.report(self, lang));
        let [one, other] = &reports;
        let page = html::write(html::Input {
            document: &made.document,
            source: &made.source,
            reports: [one, other],
            catalogues: [self.catalogue(first), self.catalogue(second)],
            rule: &rule_text,
        });
        Answer::new(HTML, page.into_bytes())
    }

    fn export(&self, asked: &Asked, lang: Lang, made: &Made) -> Result<Answer, Problem> {
        let report = made.report(self, lang);
        let catalogue = self.catalogue(lang);
        let tables = || export::tables(&made.document, &report, catalogue);
        let fault = |_: std::io::Error| Problem::fault();
        Ok(match asked.to.as_deref() {
            Some("xlsx") => {
                Answer::new(XLSX, workbook::write(&made.document, &report, catalogue).map_err(fault)?)
            }
            Some("csv") => Answer::new("application/zip", zipped(&tables()).map_err(fault)?),
            Some("ndjson") => {
                let mut out = Vec::new();
                tables().iter().try_for_each(|table| export::write_lines(table, &mut out)).map_err(fault)?;
                Answer::new("application/x-ndjson; charset=utf-8", out)
            }
            other => return Err(Problem::parameter("to", other.unwrap_or_default())),
        })
    }

    /// The user's own document with the findings in it.
    fn annotate(&self, call: &Call, (name, bytes): (&str, &[u8]), lang: Lang, made: &Made) -> Answer {
        let report = made.report(self, lang);
        let password = call.password.as_deref();
        let file = annotated::Input { bytes, password, source: &made.source, report: &report };
        let written = annotated::write(&file, self.catalogue(lang));
        let file = annotated::file_name(name, written.kind, self.catalogue(lang));
        Answer { kind: written.kind.media_type(), bytes: written.bytes, file: Some(file) }
    }

    fn diff(&self, asked: &Asked, lang: Lang, old: &Made, new: &Made) -> Result<Answer, Problem> {
        let reports = |lang| [old, new].map(|made: &Made| made.report(self, lang));
        let [before, after] = reports(lang);
        let diff = Diff::new(
            Version { document: &old.document, report: &before },
            Version { document: &new.document, report: &after },
            false,
        );
        match asked.format.as_deref() {
            None | Some("json") => to_json(|out| json::write(&diff, true, out)),
            Some("html") => {
                let [before, after] = reports(lang.other());
                let other = diff.in_words_of(&before, &after);
                let catalogues = [lang, lang.other()].map(|lang| self.catalogue(lang));
                Ok(Answer::new(HTML, page::render([&diff, &other], catalogues).into_bytes()))
            }
            Some(other) => Err(Problem::parameter("format", other)),
        }
    }
}

impl Answer {
    fn new(kind: &'static str, bytes: Vec<u8>) -> Self {
        Self { kind, bytes, file: None }
    }
}

impl Asked {
    pub(super) fn lang(&self) -> Result<Lang, Problem> {
        match self.lang.as_deref() {
            None => Ok(Lang::Vi),
            Some(tag) => Lang::from_tag(tag).ok_or_else(|| Problem::parameter("lang", tag)),
        }
    }
}

impl Made {
    fn of(tools: &Tools, call: &Call, name: &str, bytes: &[u8]) -> Result<Self, Problem> {
        let format_hint = match call.asked.format_hint.as_deref() {
            None => None,
            Some(hint) => Some(Format::named(hint).ok_or_else(|| Problem::parameter("format_hint", hint))?),
        };
        let programs = Some(Arc::clone(&tools.programs));
        let options = Options { password: call.password.clone(), format_hint, programs };
        let source = pipeline::read_with(name, bytes, &options, &tools.grammar)
            .map_err(|error| Problem::document(name, &error))?;
        let document = pipeline::parse(&source, &tools.grammar);
        let audit = pipeline::check(&source, &document, &tools.grammar);
        Ok(Self { source, document, audit })
    }

    fn report(&self, tools: &Tools, lang: Lang) -> Report {
        Report::new(&self.document, &self.audit, &self.source, tools.catalogue(lang))
    }
}

fn to_json(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Result<Answer, Problem> {
    let mut out = Vec::new();
    write(&mut out).map_err(|_| Problem::fault())?;
    Ok(Answer::new(JSON, out))
}

/// The tables as CSV files in a ZIP package. Spreadsheets on Windows know UTF-8 by its byte-order mark.
fn zipped(tables: &[export::Table]) -> std::io::Result<Vec<u8>> {
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for table in tables {
        let options = zip::write::SimpleFileOptions::default();
        package.start_file(format!("{}.csv", table.name.name()), options).map_err(std::io::Error::other)?;
        package.write_all("\u{feff}".as_bytes())?;
        let mut csv = Vec::new();
        export::write_csv(table, &mut csv)?;
        package.write_all(&csv)?;
    }
    Ok(package.finish().map_err(std::io::Error::other)?.into_inner())
}
