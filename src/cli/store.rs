//! `cthd import`, `cthd log`, `cthd show`, `cthd list`: the store of versions.

use std::path::Path;
use std::process::ExitCode;

use cthd::finding::Text;
use cthd::output::report::Report;
use cthd::output::{Catalogue, json, text};
use cthd::pipeline;
use cthd::store::{History, Imported, Incoming, Kept, StateRow, Store, StoreError};
use serde::Serialize;

use super::args::{ImportArgs, ListArgs, LogArgs, PlainFormat, ShowArgs};
use super::failure::Failure;
use super::settings::Settings;
use super::{ask, input, print};

/// Stores each file as a version of its programme.
pub(super) fn import(args: &ImportArgs, settings: &Settings<'_>) -> Result<ExitCode, Failure> {
    input::once(&args.files)?;
    let mut store = open(&args.store)?;
    for path in &args.files {
        let bytes = input::bytes(path)?;
        let parsed = input::parse_bytes(path, &bytes, &args.reading, settings)?;
        let mut imported = keep(&mut store, &parsed, &bytes, args.programme.as_deref(), settings);
        if let Err(error @ (StoreError::Unsure | StoreError::Several(_))) = &imported
            && let Some(programme) = asked(&mut store, path, error, settings)
        {
            imported = keep(&mut store, &parsed, &bytes, Some(&programme), settings);
        }
        let imported = imported.map_err(|error| failure(&args.store, Some(path), &error))?;
        print::text(&format!("{}\n", settings.catalogue.render(&sentence(path, &imported))))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The programme of a file that does not say it, where somebody can be asked.
fn asked(store: &mut Store, path: &Path, error: &StoreError, settings: &Settings<'_>) -> Option<String> {
    if input::is_standard(path) || !ask::can() {
        return None;
    }
    let candidates = match error {
        StoreError::Several(ids) => ids.clone(),
        _ => store.programmes().ok()?.into_iter().map(|it| it.id).collect(),
    };
    ask::programme(path, &candidates, settings.catalogue)
}

/// Stores a parsed file.
pub(super) fn keep(
    store: &mut Store,
    parsed: &input::Parsed,
    bytes: &[u8],
    programme: Option<&str>,
    settings: &Settings<'_>,
) -> Result<Imported, StoreError> {
    let audit = pipeline::check(&parsed.source, &parsed.document, &settings.grammar);
    let report = Report::new(&parsed.document, &audit, &parsed.source, settings.catalogue);
    let now = now();
    store.import(Incoming { document: &parsed.document, report: &report, bytes, programme, now: &now })
}

/// What became of a file, in words.
pub(super) fn sentence(path: &Path, imported: &Imported) -> Text {
    let text = if imported.already { Text::new("store-already") } else { Text::new("store-imported") };
    let text = text.with("file", super::failure::shown(path)).with("programme", imported.programme.as_str());
    let text = text.with("version", imported.version.to_string());
    if imported.already {
        return text;
    }
    let text = text.with("items", imported.items).with("changed", imported.changed);
    text.with("added", imported.added).with("gone", imported.gone)
}

/// The versions of one programme or of all.
pub(super) fn log(args: &LogArgs, settings: &Settings<'_>) -> Result<(), Failure> {
    let logged =
        open(&args.store)?.log(args.programme.as_deref()).map_err(|it| failure(&args.store, None, &it))?;
    let count = |n: i64| n.to_string();
    let rows = logged.iter().map(|it| {
        [
            it.programme.clone(),
            count(it.number),
            it.imported_at.clone(),
            it.document_number.clone().unwrap_or_default(),
            it.document_date.clone().unwrap_or_default(),
            count(it.items),
            format!("~{} +{} -{}", it.changed, it.added, it.gone),
            it.name.clone(),
        ]
    });
    let head = ["programme", "version", "imported", "number", "date", "items", "changes", "file"];
    shown(args.format, &logged, || table(settings.catalogue, head, rows))
}

/// An item through its versions.
pub(super) fn show(args: &ShowArgs, settings: &Settings<'_>) -> Result<(), Failure> {
    let history = open(&args.store)?.history(&args.uid).map_err(|it| failure(&args.store, None, &it))?;
    shown(args.format, &history, || told(&history, settings.catalogue))
}

/// The programmes; of one programme, or with words to look for, the items.
pub(super) fn list(args: &ListArgs, settings: &Settings<'_>) -> Result<(), Failure> {
    let mut store = open(&args.store)?;
    let failed = |it: &StoreError| failure(&args.store, None, it);
    if args.programme.is_none() && args.find.is_none() && args.kind.is_none() {
        let programmes = store.programmes().map_err(|it| failed(&it))?;
        let year = |year: Option<i64>| year.map(|it| it.to_string()).unwrap_or_default();
        let rows = programmes.iter().map(|it| {
            [
                it.id.clone(),
                it.versions.to_string(),
                format!("{}-{}", year(it.term_from), year(it.term_to)).trim_matches('-').to_owned(),
                it.last_import.clone().unwrap_or_default(),
                it.locality.clone().unwrap_or_default(),
            ]
        });
        let head = ["programme", "versions", "term", "imported", "locality"];
        return shown(args.format, &programmes, || table(settings.catalogue, head, rows));
    }
    let items = store.items(args.programme.as_deref(), args.kind.as_deref(), args.find.as_deref());
    let items = items.map_err(|it| failed(&it))?;
    let rows = items.iter().map(|it| {
        [
            it.uid.clone(),
            it.kind.clone(),
            it.label.clone().unwrap_or_default(),
            it.due.clone().unwrap_or_default(),
            it.name.clone(),
        ]
    });
    let head = ["uid", "kind", "label", "due", "name"];
    shown(args.format, &items, || table(settings.catalogue, head, rows))
}

/// The files that are now those of each programme, or one of them.
pub(super) fn files(
    location: &str,
    programme: Option<&str>,
    version: Option<i64>,
) -> Result<Vec<Kept>, Failure> {
    let mut store = open(location)?;
    let failed = |it: &StoreError| failure(location, None, it);
    let ids: Vec<String> = match programme {
        Some(id) => vec![id.to_owned()],
        None => store.programmes().map_err(|it| failed(&it))?.into_iter().map(|it| it.id).collect(),
    };
    ids.iter().map(|id| store.file(id, version).map_err(|it| failed(&it))).collect()
}

pub(super) fn open(location: &str) -> Result<Store, Failure> {
    Store::open(location).map_err(|error| failure(location, None, &error))
}

/// Why a store could not do what it was asked to.
pub(super) fn failure(location: &str, file: Option<&Path>, error: &StoreError) -> Failure {
    let name = file.map(super::failure::shown).unwrap_or_default();
    Failure(match error {
        StoreError::Unsure => Text::new("error-store-unsure").with("file", name),
        StoreError::Several(ids) => {
            Text::new("error-store-several").with("file", name).with("programmes", ids.join(", "))
        }
        StoreError::NoProgramme(id) => Text::new("error-store-programme").with("programme", id.as_str()),
        StoreError::NoVersion(id, version) => Text::new("error-store-version")
            .with("programme", id.as_str())
            .with("version", version.to_string()),
        StoreError::NoItem(uid) => Text::new("error-store-item").with("uid", uid.as_str()),
        StoreError::Encryption(mode) => Text::new("error-store-encryption").with("mode", mode.as_str()),
        StoreError::Certificates(file, reason) => {
            Text::new("error-store-certificates").with("file", file.as_str()).with("reason", reason.as_str())
        }
        StoreError::NotBuilt => Text::new("error-store-not-built"),
        StoreError::Database(said) => {
            Text::new("error-store").with("store", without_password(location)).with("reason", said.as_str())
        }
        other => Text::new("error-store")
            .with("store", without_password(location))
            .with("reason", other.to_string()),
    })
}

/// A location without the password of an address.
fn without_password(location: &str) -> String {
    match (location.split_once("://"), location.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => location.to_owned(),
    }
}

fn shown(format: PlainFormat, value: &impl Serialize, told: impl FnOnce() -> String) -> Result<(), Failure> {
    match format {
        PlainFormat::Json => print::with(|out| json::write(value, false, out)),
        PlainFormat::Text => print::text(&told()),
    }
}

fn table<const N: usize>(
    catalogue: &Catalogue,
    head: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let head = head.map(|column| catalogue.render(&Text::new("store-column").with("column", column)));
    text::table(std::iter::once(head).chain(rows))
}

/// An item's history for a person: of each state what is other than before.
fn told(history: &History, catalogue: &Catalogue) -> String {
    let mut out = String::new();
    let mut line = |text: &Text| {
        out.push_str(&catalogue.render(text));
        out.push('\n');
    };
    let title = Text::new("store-item").with("uid", history.uid.as_str()).with("kind", history.kind.as_str());
    line(&title.with("programme", history.programme.as_str()));
    if let Some(of) = &history.of_uid {
        line(&Text::new("store-item-of").with("uid", of.as_str()));
    }
    let mut before: Vec<(&str, String)> = Vec::new();
    for state in &history.states {
        let fields = fields(state);
        let text = match state.until.map(|until| until - 1) {
            None => Text::new("store-state-now"),
            Some(last) if last == state.since => Text::new("store-state-one"),
            Some(last) => Text::new("store-state").with("until", last.to_string()),
        };
        let label = state.label.clone().unwrap_or_default();
        line(&text.with("since", state.since.to_string()).with("label", label));
        for field in fields.iter().filter(|field| !before.contains(field)) {
            line(&Text::new("store-field").with("field", field.0).with("words", field.1.as_str()));
        }
        before = fields;
    }
    out
}

fn fields(state: &StateRow) -> Vec<(&'static str, String)> {
    let mut out = vec![("name", state.name.clone())];
    for (field, words) in [
        ("lead", &state.lead),
        ("coordinators", &state.coordinators),
        ("deadline", &state.deadline),
        ("due", &state.due),
        ("original_due", &state.original_due),
        ("unit", &state.unit),
        ("funding", &state.funding),
    ] {
        out.extend(words.clone().map(|words| (field, words)));
    }
    for figure in &state.figures {
        if let Some(raw) = &figure.raw {
            out.push(("figure", format!("{}: {raw}", figure.column.as_deref().unwrap_or_default())));
        }
    }
    out
}

/// The time, to the second.
fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}
