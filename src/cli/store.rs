//! `cthd import`, `cthd log`, `cthd show`, `cthd list`: the store of versions.

use std::path::Path;
use std::process::ExitCode;

use cthd::finding::Text;
use cthd::output::report::Report;
use cthd::output::{Catalogue, json, text};
use cthd::pipeline;
use cthd::store::{Already, Half, History, Imported, Incoming, Kept, StateRow, Store, StoreError};
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
        if let Some(half) = imported.half {
            let half = if half == Half::Body { "body" } else { "appendices" };
            let text = Text::new("store-half").with("file", super::failure::shown(path)).with("half", half);
            print::text(&format!("{}\n", settings.catalogue.render(&text)))?;
        }
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
    let text = match imported.already {
        Some(Already::File) => Text::new("store-already"),
        Some(Already::Content) => Text::new("store-same"),
        None => Text::new("store-imported"),
    };
    let text = text.with("file", super::failure::shown(path)).with("programme", imported.programme.as_str());
    let text = text.with("version", imported.version.to_string());
    if imported.already.is_some() {
        return text;
    }
    let text = text.with("items", imported.items).with("changed", imported.changed);
    text.with("added", imported.added).with("gone", imported.gone)
}

/// The versions of one programme or of all.
pub(super) fn log(args: &LogArgs, settings: &Settings<'_>) -> Result<(), Failure> {
    let logged = existing(&args.store)?
        .log(args.programme.as_deref())
        .map_err(|it| failure(&args.store, None, &it))?;
    let count = |n: i64| n.to_string();
    let rows = logged.iter().map(|it| {
        [
            it.programme.clone(),
            count(it.number),
            moment(&it.imported_at, settings.catalogue),
            it.document_number.clone().unwrap_or_default(),
            day(it.document_date.as_ref(), settings.catalogue),
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
    let history = existing(&args.store)?.history(&args.uid).map_err(|it| failure(&args.store, None, &it))?;
    shown(args.format, &history, || told(&history, settings.catalogue))
}

/// The programmes; of one programme, or with words to look for, the items.
pub(super) fn list(args: &ListArgs, settings: &Settings<'_>) -> Result<(), Failure> {
    let mut store = existing(&args.store)?;
    let failed = |it: &StoreError| failure(&args.store, None, it);
    if args.programme.is_none() && args.find.is_none() && args.kind.is_none() {
        let programmes = store.programmes().map_err(|it| failed(&it))?;
        let year = |year: Option<i64>| year.map(|it| it.to_string()).unwrap_or_default();
        let rows = programmes.iter().map(|it| {
            [
                it.id.clone(),
                it.versions.to_string(),
                format!("{}-{}", year(it.term_from), year(it.term_to)).trim_matches('-').to_owned(),
                it.last_import.as_ref().map(|it| moment(it, settings.catalogue)).unwrap_or_default(),
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
            kind(&it.kind, settings.catalogue),
            it.label.clone().unwrap_or_default(),
            day(it.due.as_ref(), settings.catalogue),
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
    let mut store = existing(location)?;
    let failed = |it: &StoreError| failure(location, None, it);
    let ids: Vec<String> = match programme {
        Some(id) => vec![id.to_owned()],
        None => store.programmes().map_err(|it| failed(&it))?.into_iter().map(|it| it.id).collect(),
    };
    ids.iter().map(|id| store.file(id, version).map_err(|it| failed(&it))).collect()
}

/// Opens a store, a new one where there is none.
pub(super) fn open(location: &str) -> Result<Store, Failure> {
    Store::open(location).map_err(|error| failure(location, None, &error))
}

/// Opens a store that is to be there: a misspelt path makes no new one.
fn existing(location: &str) -> Result<Store, Failure> {
    if !cthd::store::is_address(location) && !Path::new(location).exists() {
        return Err(Failure(Text::new("error-store-missing").with("store", location)));
    }
    open(location)
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

/// A day in the reader's notation; nothing where there is none.
fn day(day: Option<&String>, catalogue: &Catalogue) -> String {
    day.map(|day| catalogue.lang().day(day)).unwrap_or_default()
}

/// When something came in, to the minute.
fn moment(at: &str, catalogue: &Catalogue) -> String {
    match at.split_once('T') {
        Some((day, time)) => {
            format!("{} {} UTC", catalogue.lang().day(day), time.get(..5).unwrap_or(time))
        }
        None => at.to_owned(),
    }
}

/// What an item is, in words.
fn kind(kind: &str, catalogue: &Catalogue) -> String {
    catalogue.render(&Text::new("store-kind").with("kind", kind))
}

/// An item's history for a person: of each state what is other than before.
fn told(history: &History, catalogue: &Catalogue) -> String {
    let mut out = String::new();
    let mut line = |text: &Text| {
        out.push_str(&catalogue.render(text));
        out.push('\n');
    };
    let title = Text::new("store-item").with("uid", history.uid.as_str());
    line(&title.with("kind", kind(&history.kind, catalogue)).with("programme", history.programme.as_str()));
    if let Some(of) = &history.of_uid {
        line(&Text::new("store-item-of").with("uid", of.as_str()));
    }
    let mut before = vec![Field { name: "kind", column: None, words: kind(&history.kind, catalogue) }];
    for state in &history.states {
        let fields = fields(state, catalogue);
        let text = match state.until.map(|until| until - 1) {
            None => Text::new("store-state-now"),
            Some(last) if last == state.since => Text::new("store-state-one"),
            Some(last) => Text::new("store-state").with("until", last.to_string()),
        };
        let label = state.label.as_ref().map(|it| Text::new("store-label").with("label", it.as_str()));
        let label = label.map(|it| catalogue.render(&it)).unwrap_or_default();
        line(&text.with("since", state.since.to_string()).with("label", label));
        let named = |field: &Field, words: &str| {
            let words = match &field.column {
                Some(column) => format!("{column}: {words}"),
                None => words.to_owned(),
            };
            Text::new("store-field").with("field", field.name).with("words", words)
        };
        for field in fields.iter().filter(|field| !before.contains(field)) {
            line(&named(field, &field.words));
        }
        let gone = before.iter().filter(|was| !fields.iter().any(|field| field.is_that_of(was)));
        for field in gone {
            line(&named(field, &catalogue.label("diff-nothing")));
        }
        before = fields;
    }
    out
}

/// One thing that an item says of itself.
#[derive(PartialEq)]
struct Field {
    name: &'static str,
    /// The words over the column, for a figure.
    column: Option<String>,
    words: String,
}

impl Field {
    fn is_that_of(&self, other: &Self) -> bool {
        self.name == other.name && self.column == other.column
    }
}

fn fields(state: &StateRow, catalogue: &Catalogue) -> Vec<Field> {
    let field = |name, words: &str| Field { name, column: None, words: words.to_owned() };
    let [due, first] =
        [&state.due, &state.original_due].map(|it| it.as_ref().map(|it| catalogue.lang().day(it)));
    let mut out = vec![field("kind", &kind(&state.kind, catalogue)), field("name", &state.name)];
    for (name, words) in [
        ("lead", &state.lead),
        ("coordinators", &state.coordinators),
        ("deadline", &state.deadline),
        ("due", &due),
        ("original_due", &first),
        ("unit", &state.unit),
        ("funding", &state.funding),
        ("product", &state.product),
        ("class", &state.class),
        ("location", &state.location),
        ("size", &state.size),
        ("scope", &state.scope),
        ("note", &state.note),
    ] {
        out.extend(words.as_ref().map(|words| field(name, words)));
    }
    // The lowest words over a column do where no other column has them.
    let lowest = |column: &str| column.rsplit(" – ").next().unwrap_or_default().to_owned();
    let all: Vec<&str> = state.figures.iter().filter_map(|it| it.column.as_deref()).collect();
    let alone = |column: &str| all.iter().filter(|it| lowest(it) == lowest(column)).count() == 1;
    for figure in &state.figures {
        if let Some(raw) = &figure.raw {
            let column = figure.column.clone().unwrap_or_default();
            let column = Some(if alone(&column) { lowest(&column) } else { column });
            out.push(Field { name: "figure", column, words: raw.clone() });
        }
    }
    out
}

/// The time, to the second.
fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}
