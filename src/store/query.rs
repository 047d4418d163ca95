//! What the store knows: programmes, versions, items through their versions, kept files.

use serde::Serialize;

use super::database::{Database, Row, Value};
use super::packed::unpack;
use super::{Store, StoreError};
use crate::model::Document;
use crate::text::fold;

/// A programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Programme {
    /// Its id.
    pub id: String,
    /// The title of its first version.
    pub title: Option<String>,
    /// Whose it is.
    pub locality: Option<String>,
    /// First year of the term.
    pub term_from: Option<i64>,
    /// Last year of the term.
    pub term_to: Option<i64>,
    /// How many versions there are.
    pub versions: i64,
    /// When the last one came in.
    pub last_import: Option<String>,
}

/// A version in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Logged {
    /// Id of its programme.
    pub programme: String,
    /// Its number, from 1.
    pub number: i64,
    /// The file's name.
    pub name: String,
    /// The file's format.
    pub format: String,
    /// The document's number.
    pub document_number: Option<String>,
    /// The document's date.
    pub document_date: Option<String>,
    /// When it came in.
    pub imported_at: String,
    /// How many items it has.
    pub items: i64,
    /// How many say something else than in the version before.
    pub changed: i64,
    /// How many are new.
    pub added: i64,
    /// How many are gone.
    pub gone: i64,
}

/// An item as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its identity.
    pub uid: String,
    /// Id of its programme.
    pub programme: String,
    /// What it is.
    pub kind: String,
    /// The printed numbers that lead to it.
    pub label: Option<String>,
    /// Its name.
    pub name: String,
    /// Who leads.
    pub lead: Option<String>,
    /// The deadline as printed.
    pub deadline: Option<String>,
    /// The last day.
    pub due: Option<String>,
}

/// An item through its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct History {
    /// Its identity.
    pub uid: String,
    /// Id of its programme.
    pub programme: String,
    /// What it is.
    pub kind: String,
    /// The version that first has it.
    pub first_version: i64,
    /// The identity that it was split from.
    pub of_uid: Option<String>,
    /// What it was, the oldest first.
    pub states: Vec<StateRow>,
}

/// What an item was from one version until another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StateRow {
    /// The first version.
    pub since: i64,
    /// The first version that has it no more, or otherwise.
    pub until: Option<i64>,
    /// What it was.
    pub kind: String,
    /// Its id in the model.
    pub part: String,
    /// The identity of what it stood under.
    pub parent: Option<String>,
    /// The printed numbers that lead to it.
    pub label: Option<String>,
    /// Its name.
    pub name: String,
    /// Who leads.
    pub lead: Option<String>,
    /// Who helps.
    pub coordinators: Option<String>,
    /// The deadline as printed.
    pub deadline: Option<String>,
    /// The last day.
    pub due: Option<String>,
    /// The last day that was first given.
    pub original_due: Option<String>,
    /// The unit.
    pub unit: Option<String>,
    /// Where the money comes from.
    pub funding: Option<String>,
    /// What is to come of it.
    pub product: Option<String>,
    /// The project class.
    pub class: Option<String>,
    /// Where.
    pub location: Option<String>,
    /// The design size.
    pub size: Option<String>,
    /// The scope.
    pub scope: Option<String>,
    /// The note.
    pub note: Option<String>,
    /// Values and amounts.
    pub figures: Vec<FigureRow>,
}

/// A value or an amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureRow {
    /// The words over its column.
    pub column: Option<String>,
    /// As printed.
    pub raw: Option<String>,
}

/// A kept file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Id of its programme.
    pub programme: String,
    /// Number of the version.
    pub version: i64,
    /// The file's name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Store {
    /// The programmes, by their ids.
    ///
    /// # Errors
    /// What the database says.
    pub fn programmes(&mut self) -> Result<Vec<Programme>, StoreError> {
        let sql = "SELECT p.id, p.title, p.locality, p.term_from, p.term_to, COUNT(v.number), MAX(v.imported_at) \
                   FROM programme p LEFT JOIN version v ON v.programme = p.id \
                   GROUP BY p.id, p.title, p.locality, p.term_from, p.term_to ORDER BY p.id";
        let rows = self.database.query(sql, &[])?;
        let read = |row: &Row| {
            let mut cells = Cells(row.iter());
            Programme {
                id: cells.text(),
                title: cells.maybe(),
                locality: cells.maybe(),
                term_from: cells.maybe_whole(),
                term_to: cells.maybe_whole(),
                versions: cells.whole(),
                last_import: cells.maybe(),
            }
        };
        Ok(rows.iter().map(read).collect())
    }

    /// The versions of a programme, or of all, the oldest first.
    ///
    /// # Errors
    /// What the database says; a programme that there is not.
    pub fn log(&mut self, programme: Option<&str>) -> Result<Vec<Logged>, StoreError> {
        let columns = "SELECT programme, number, name, format, document_number, document_date, imported_at, items, changed, \
                       added, gone FROM version";
        let rows = match programme {
            Some(id) => {
                self.known_programme(id)?;
                self.database
                    .query(&format!("{columns} WHERE programme = $1 ORDER BY number"), &[id.into()])?
            }
            None => self.database.query(&format!("{columns} ORDER BY programme, number"), &[])?,
        };
        let read = |row: &Row| {
            let mut cells = Cells(row.iter());
            Logged {
                programme: cells.text(),
                number: cells.whole(),
                name: cells.text(),
                format: cells.text(),
                document_number: cells.maybe(),
                document_date: cells.maybe(),
                imported_at: cells.text(),
                items: cells.whole(),
                changed: cells.whole(),
                added: cells.whole(),
                gone: cells.whole(),
            }
        };
        Ok(rows.iter().map(read).collect())
    }

    /// The items as they are now, in printed order: of a programme or of all, of a kind or of all, with words in their names.
    ///
    /// # Errors
    /// What the database says; a programme that there is not.
    pub fn items(
        &mut self,
        programme: Option<&str>,
        kind: Option<&str>,
        words: Option<&str>,
    ) -> Result<Vec<Entry>, StoreError> {
        let mut sql =
            "SELECT uid, programme, kind, label, name, lead, deadline, due FROM state WHERE until IS NULL"
                .to_owned();
        let mut values: Vec<Value> = Vec::new();
        if let Some(id) = programme {
            self.known_programme(id)?;
        }
        let escaped =
            words.map(|words| fold(words).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let pattern = escaped.map(|words| format!("%{words}%"));
        for (value, test) in [
            (programme.map(str::to_owned), "programme = "),
            (kind.map(str::to_owned), "kind = "),
            (pattern, "name_folded LIKE "),
        ] {
            if let Some(value) = value {
                values.push(value.into());
                sql.push_str(&format!(" AND {test}${}", values.len()));
            }
        }
        if words.is_some() {
            sql.push_str(" ESCAPE '\\'");
        }
        let rows = self.database.query(&format!("{sql} ORDER BY programme, position, uid"), &values)?;
        let read = |row: &Row| {
            let mut cells = Cells(row.iter());
            Entry {
                uid: cells.text(),
                programme: cells.text(),
                kind: cells.text(),
                label: cells.maybe(),
                name: cells.text(),
                lead: cells.maybe(),
                deadline: cells.maybe(),
                due: cells.maybe(),
            }
        };
        Ok(rows.iter().map(read).collect())
    }

    /// An item through its versions.
    ///
    /// # Errors
    /// What the database says; an item that there is not.
    pub fn history(&mut self, uid: &str) -> Result<History, StoreError> {
        let sql = "SELECT programme, kind, first_version, of_uid FROM item WHERE uid = $1";
        let rows = self.database.query(sql, &[uid.into()])?;
        let item = rows.first().ok_or_else(|| StoreError::NoItem(uid.to_owned()))?;
        let mut cells = Cells(item.iter());
        let mut history = History {
            uid: uid.to_owned(),
            programme: cells.text(),
            kind: cells.text(),
            first_version: cells.whole(),
            of_uid: cells.maybe(),
            states: Vec::new(),
        };
        let sql = "SELECT since, until, kind, part, parent, label, name, lead, coordinators, deadline, due, original_due, unit, \
                   funding, product, class, location, size, scope, note FROM state WHERE uid = $1 ORDER BY since";
        for row in self.database.query(sql, &[uid.into()])? {
            let mut cells = Cells(row.iter());
            history.states.push(StateRow {
                since: cells.whole(),
                until: cells.maybe_whole(),
                kind: cells.text(),
                part: cells.text(),
                parent: cells.maybe(),
                label: cells.maybe(),
                name: cells.text(),
                lead: cells.maybe(),
                coordinators: cells.maybe(),
                deadline: cells.maybe(),
                due: cells.maybe(),
                original_due: cells.maybe(),
                unit: cells.maybe(),
                funding: cells.maybe(),
                product: cells.maybe(),
                class: cells.maybe(),
                location: cells.maybe(),
                size: cells.maybe(),
                scope: cells.maybe(),
                note: cells.maybe(),
                figures: Vec::new(),
            });
        }
        let sql = "SELECT since, column_name, raw FROM figure WHERE uid = $1 ORDER BY since, position";
        for row in self.database.query(sql, &[uid.into()])? {
            let mut cells = Cells(row.iter());
            let since = cells.whole();
            let figure = FigureRow { column: cells.maybe(), raw: cells.maybe() };
            if let Some(state) = history.states.iter_mut().find(|state| state.since == since) {
                state.figures.push(figure);
            }
        }
        Ok(history)
    }

    /// The file of a version; of the last one where none is named.
    ///
    /// # Errors
    /// What the database says; a programme or version that there is not.
    pub fn file(&mut self, programme: &str, version: Option<i64>) -> Result<Kept, StoreError> {
        self.known_programme(programme)?;
        let sql = "SELECT number, name, file FROM version WHERE programme = $1 ORDER BY number DESC";
        let sql = match version {
            Some(_) => "SELECT number, name, file FROM version WHERE programme = $1 AND number = $2",
            None => &format!("{sql} LIMIT 1"),
        };
        let mut values: Vec<Value> = vec![programme.into()];
        values.extend(version.map(Value::from));
        let rows = self.database.query(sql, &values)?;
        let row =
            rows.first().ok_or_else(|| StoreError::NoVersion(programme.to_owned(), version.unwrap_or(0)))?;
        let mut cells = Cells(row.iter());
        let (number, name) = (cells.whole(), cells.text());
        let packed = row.get(2).and_then(Value::bytes).unwrap_or_default();
        let bytes = unpack(packed).map_err(|error| StoreError::Damaged(name.clone(), error.to_string()))?;
        Ok(Kept { programme: programme.to_owned(), version: number, name, bytes })
    }

    /// The hashes of all files that are kept and of those that say what one of them says, in hexadecimal.
    ///
    /// # Errors
    /// What the database says.
    pub fn hashes(&mut self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT sha256 FROM version UNION SELECT sha256 FROM same_file ORDER BY sha256";
        let rows = self.database.query(sql, &[])?;
        Ok(rows.iter().map(|row| Cells(row.iter()).text()).collect())
    }

    fn known_programme(&mut self, id: &str) -> Result<(), StoreError> {
        let rows = self.database.query("SELECT id FROM programme WHERE id = $1", &[id.into()])?;
        if rows.is_empty() { Err(StoreError::NoProgramme(id.to_owned())) } else { Ok(()) }
    }
}

/// The model of a version.
pub(super) fn document(
    database: &mut dyn Database,
    programme: &str,
    version: i64,
) -> Result<Document, StoreError> {
    let sql = "SELECT model FROM version WHERE programme = $1 AND number = $2";
    let rows = database.query(sql, &[programme.into(), version.into()])?;
    let missing = || StoreError::NoVersion(programme.to_owned(), version);
    let packed = rows.first().and_then(|row| row.first()).and_then(Value::bytes).ok_or_else(missing)?;
    let damaged = |reason: String| StoreError::Damaged(programme.to_owned(), reason);
    let json = unpack(packed).map_err(|error| damaged(error.to_string()))?;
    serde_json::from_slice(&json).map_err(|error| damaged(error.to_string()))
}

/// The cells of a row, one after the other.
struct Cells<'a>(std::slice::Iter<'a, Value>);

impl Cells<'_> {
    fn maybe(&mut self) -> Option<String> {
        self.0.next().and_then(Value::text).map(str::to_owned)
    }

    fn text(&mut self) -> String {
        self.maybe().unwrap_or_default()
    }

    fn maybe_whole(&mut self) -> Option<i64> {
        self.0.next().and_then(Value::whole)
    }

    fn whole(&mut self) -> i64 {
        self.maybe_whole().unwrap_or(0)
    }
}
