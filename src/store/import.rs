//! A version comes in. All in one transaction: a kill at any moment leaves the store as it was, or with the version.

use rustc_hash::{FxHashMap, FxHashSet};

use super::database::{Database, Value};
use super::identity::{Identities, match_key, programme_id};
use super::more::More;
use super::packed::pack;
use super::record::{Record, folded, name_key, same_content};
use super::{Store, StoreError, copies, findings, halves};
use crate::model::Document;
use crate::output::report::Report;
use crate::text::{kebab, squeeze};
use crate::versions::Extent;
use crate::versions::matching::pair;
use crate::versions::parts::Parts;

/// A version that is to be stored.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// Its model.
    pub document: &'a Document,
    /// The report of its audit.
    pub report: &'a Report,
    /// The bytes of its file.
    pub bytes: &'a [u8],
    /// The programme that it is a version of, by its id; a new one of that id where there is none. Absent where the document
    /// is to say so itself.
    pub programme: Option<&'a str>,
    /// When, ISO 8601.
    pub now: &'a str,
}

/// What became of an incoming version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Id of the programme.
    pub programme: String,
    /// Number of the version.
    pub version: i64,
    /// Whether the same file was there already, or one that says the same, and no version was stored.
    pub already: Option<Already>,
    /// How many items it has.
    pub items: usize,
    /// How many items say something else than in the version before.
    pub changed: usize,
    /// How many items are new.
    pub added: usize,
    /// How many items are gone.
    pub gone: usize,
    /// The half of the document that the file alone has, where the store keeps the other one as it was.
    pub half: Option<Half>,
}

/// A half of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// The body.
    Body,
    /// The appendices.
    Appendices,
}

/// Why a file is no further version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Already {
    /// The very file is known.
    File,
    /// The file says what the last version says: saved again, in another format or in another encoding.
    Content,
}

/// Fewest words of a name by which a part that was gone is known again.
const TELLING: usize = 3;

/// What the store knows of an item now.
pub(super) struct Known {
    part: (String, String),
    /// Whether it stands in an appendix.
    pub(super) in_appendix: bool,
    digest: String,
    position: i64,
    original_due: Option<String>,
}

impl Imported {
    /// Nothing of a programme yet.
    fn nothing(programme: String) -> Self {
        Self { programme, version: 0, already: None, items: 0, changed: 0, added: 0, gone: 0, half: None }
    }
}

impl Store {
    /// Stores a version.
    ///
    /// # Errors
    /// What the database says; a document that does not say which programme it is a version of.
    pub fn import(&mut self, incoming: Incoming<'_>) -> Result<Imported, StoreError> {
        let database = self.database.as_mut();
        database.begin()?;
        let done = Import { database, incoming }.run();
        let keep = done.as_ref().is_ok_and(|imported| imported.already != Some(Already::File));
        self.database.end(keep)?;
        done
    }
}

struct Import<'a> {
    database: &'a mut dyn Database,
    incoming: Incoming<'a>,
}

impl Import<'_> {
    fn run(&mut self) -> Result<Imported, StoreError> {
        let programme = self.programme()?;
        let mut imported = Imported::nothing(programme);
        let sha256 = &self.incoming.document.source.sha256;
        if let Some(version) = copies::version(self.database, &imported.programme, sha256)? {
            return Ok(Imported { version, already: Some(Already::File), ..imported });
        }
        let programme = imported.programme.clone();
        let sql = "SELECT COALESCE(MAX(number), 0) FROM version WHERE programme = $1";
        let last = self.database.query(sql, &[programme.as_str().into()])?;
        let last = last.first().and_then(|row| row.first()).and_then(Value::whole).unwrap_or(0);
        let version = last + 1;

        let new = Parts::of(self.incoming.document);
        let known = self.known(&programme)?;
        let mut identities = if last == 0 {
            Identities::first(&programme, version, &new)
        } else {
            let document = halves::last(self.database, &programme, last, &known)?;
            let old = Parts::of(&document);
            let pairing = pair(&old, &new);
            if copies::says_the_same((&document, &old), (self.incoming.document, &new), &pairing) {
                copies::note(self.database, &programme, last, &self.incoming)?;
                return Ok(Imported { version: last, already: Some(Already::Content), ..imported });
            }
            let parts = known.iter().map(|(uid, it)| (it.part.clone(), uid.clone())).collect();
            Identities::later(&programme, version, &old, &new, &pairing, &parts)
        };
        if last > 0 {
            self.revive(&programme, &new, &mut identities)?;
        }
        imported.version = version;
        imported.half = halves::alone(Extent::of(self.incoming.document), &known);
        imported.items = new.all().len();
        self.states(&new, &identities, &known, &mut imported)?;
        let extent = Extent::of(self.incoming.document);
        // A finding that stands in no part is one of the body.
        let may_close = |uid: Option<&str>| {
            halves::has(extent, uid.and_then(|uid| known.get(uid)).is_some_and(|it| it.in_appendix))
        };
        findings::store(self.database, self.incoming.report, (&new, &identities), &imported, &may_close)?;
        self.version(&imported)?;
        Ok(imported)
    }

    /// The programme that the version belongs to; a new one where none fits.
    fn programme(&mut self) -> Result<String, StoreError> {
        let document = self.incoming.document;
        let key = match_key(document);
        let (id, key) = match self.incoming.programme {
            Some(named) => {
                let sql = "SELECT id FROM programme WHERE id = $1";
                if !self.database.query(sql, &[named.into()])?.is_empty() {
                    return Ok(named.to_owned());
                }
                (kebab(named), key.unwrap_or_default())
            }
            None => {
                let key = key.ok_or(StoreError::Unsure)?;
                let rows = self.database.query(
                    "SELECT id FROM programme WHERE match_key = $1 ORDER BY id",
                    &[key.as_str().into()],
                )?;
                let ids: Vec<String> =
                    rows.iter().filter_map(|row| row.first()?.text()).map(str::to_owned).collect();
                match ids.as_slice() {
                    [id] => return Ok(id.clone()),
                    [] => (programme_id(document).ok_or(StoreError::Unsure)?, key),
                    _ => return Err(StoreError::Several(ids)),
                }
            }
        };
        let header = &document.header;
        let term = header.term.unwrap_or_default();
        let sql = "INSERT INTO programme (id, match_key, title, issuer, locality, term_from, term_to) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        self.database.execute(
            sql,
            &[
                id.as_str().into(),
                key.into(),
                header.title.clone().into(),
                header.issuer.clone().into(),
                header.locality.clone().into(),
                term.from.map(i64::from).into(),
                term.to.map(i64::from).into(),
            ],
        )?;
        Ok(id)
    }

    /// A part that an earlier version had under the same name, and that was gone, has its identity back.
    fn revive(
        &mut self,
        programme: &str,
        new: &Parts<'_>,
        identities: &mut Identities,
    ) -> Result<(), StoreError> {
        let sql = "SELECT DISTINCT s.uid FROM state s WHERE s.programme = $1 AND s.name_key = $2 AND s.kind = $3 AND NOT \
                   EXISTS (SELECT 1 FROM state n WHERE n.uid = s.uid AND n.until IS NULL)";
        let mut taken: FxHashSet<String> = FxHashSet::default();
        for (part, identity) in new.all().iter().zip(&mut identities.list) {
            let telling = part.name.split_whitespace().count() >= TELLING;
            if !identity.new || identity.of.is_some() || !telling {
                continue;
            }
            let values = [programme.into(), name_key(&squeeze(&part.name)).into(), part.kind.name().into()];
            let rows = self.database.query(sql, &values)?;
            if let [row] = rows.as_slice()
                && let Some(uid) = row.first().and_then(Value::text)
                && taken.insert(uid.to_owned())
            {
                uid.clone_into(&mut identity.uid);
                identity.new = false;
            }
        }
        Ok(())
    }

    /// The first deadline of an item that is gone.
    fn first_due(&mut self, uid: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT original_due FROM state WHERE uid = $1 ORDER BY since DESC LIMIT 1";
        let rows = self.database.query(sql, &[uid.into()])?;
        Ok(rows.first().and_then(|row| row.first()).and_then(Value::text).map(str::to_owned))
    }

    /// What the items of a programme are now, by their identities.
    fn known(&mut self, programme: &str) -> Result<FxHashMap<String, Known>, StoreError> {
        let sql = "SELECT uid, kind, part, digest, position, original_due, appendix FROM state WHERE programme = $1 AND until IS NULL";
        let rows = self.database.query(sql, &[programme.into()])?;
        let text = |value: Option<&Value>| value.and_then(Value::text).unwrap_or_default().to_owned();
        let known = rows.iter().map(|row| {
            let known = Known {
                part: (text(row.get(1)), text(row.get(2))),
                digest: text(row.get(3)),
                position: row.get(4).and_then(Value::whole).unwrap_or(0),
                original_due: row.get(5).and_then(Value::text).map(str::to_owned),
                in_appendix: row.get(6).is_some_and(|it| *it != Value::Null),
            };
            (text(row.first()), known)
        });
        Ok(known.collect())
    }

    fn states(
        &mut self,
        new: &Parts<'_>,
        identities: &Identities,
        known: &FxHashMap<String, Known>,
        imported: &mut Imported,
    ) -> Result<(), StoreError> {
        let extent = Extent::of(self.incoming.document);
        let mut here: FxHashSet<&str> = FxHashSet::default();
        for (at, identity) in identities.list.iter().enumerate() {
            let Some(mut record) = Record::of(new, at) else { continue };
            record.position = halves::position(extent, record.position);
            here.insert(&identity.uid);
            let parent = new.get(at).and_then(|part| part.parent).and_then(|at| identities.uid(at));
            let more = More::of(new, at);
            let digest = record.digest(parent, &more);
            let mut revived = None;
            match known.get(&identity.uid) {
                Some(it) if it.digest == digest => {
                    if it.position != record.position {
                        let sql = "UPDATE state SET position = $1 WHERE uid = $2 AND until IS NULL";
                        self.database
                            .execute(sql, &[record.position.into(), identity.uid.as_str().into()])?;
                    }
                    continue;
                }
                Some(it) => {
                    imported.changed += usize::from(!same_content(&it.digest, &digest));
                    self.close(&identity.uid, imported.version)?;
                }
                None if !identity.new => {
                    imported.added += 1;
                    revived = self.first_due(&identity.uid)?;
                }
                None => {
                    imported.added += 1;
                    let sql = "INSERT INTO item (uid, programme, kind, first_version, of_uid) VALUES ($1, $2, $3, $4, $5)";
                    self.database.execute(
                        sql,
                        &[
                            identity.uid.as_str().into(),
                            imported.programme.as_str().into(),
                            record.kind.into(),
                            imported.version.into(),
                            identity.of.clone().into(),
                        ],
                    )?;
                }
            }
            // The first deadline that was ever given is kept.
            let first = known.get(&identity.uid).and_then(|it| it.original_due.clone()).or(revived);
            let first = first.or(record.due.clone());
            let values = [parent.map(str::to_owned).into(), first.into(), digest.into()];
            self.state(&identity.uid, &record, &more, values, imported)?;
        }
        // What a version does not have as a whole is not gone from it.
        let is_gone = |(uid, it): &(&String, &Known)| {
            !here.contains(uid.as_str()) && halves::has(extent, it.in_appendix)
        };
        let mut gone: Vec<&String> = known.iter().filter(is_gone).map(|it| it.0).collect();
        gone.sort_unstable();
        for uid in gone {
            imported.gone += 1;
            self.close(uid, imported.version)?;
        }
        Ok(())
    }

    fn close(&mut self, uid: &str, version: i64) -> Result<(), StoreError> {
        let sql = "UPDATE state SET until = $1 WHERE uid = $2 AND until IS NULL";
        Ok(self.database.execute(sql, &[version.into(), uid.into()])?)
    }

    /// Stores what an item is from now on. Given beside its record: the part above, the first deadline, the digest.
    fn state(
        &mut self,
        uid: &str,
        record: &Record,
        more: &More,
        [parent, original_due, digest]: [Value; 3],
        imported: &Imported,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO state (uid, programme, since, kind, part, parent, appendix, position, number, label, name, \
                   name_folded, name_key, lead, lead_keys, coordinators, deadline, due_from, due, original_due, recurrence, unit, \
                   funding, location, note, digest, deadline_kind, product, class, size, scope) VALUES ($1, $2, $3, $4, $5, \
                   $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, \
                   $27, $28, $29, $30, $31)";
        let it = record.clone();
        let mut values: Vec<Value> = vec![
            uid.into(),
            imported.programme.as_str().into(),
            imported.version.into(),
            it.kind.into(),
            it.part.into(),
            parent,
            it.appendix.into(),
            it.position.into(),
            it.number.into(),
            it.label.into(),
            it.name.as_str().into(),
            folded(&it.name).into(),
            name_key(&it.name).into(),
            it.lead.into(),
            it.lead_keys.into(),
            it.coordinators.into(),
            it.deadline.into(),
            it.due_from.into(),
            it.due.into(),
            original_due,
            it.recurrence.into(),
            it.unit.into(),
            it.funding.into(),
            it.location.into(),
            it.note.into(),
            digest,
        ];
        values.extend(more.values());
        self.database.execute(sql, &values)?;
        let sql = "INSERT INTO figure (uid, since, position, column_name, role, year_from, year_to, raw, relation, low, high, \
                   unit, base, factor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
        for (position, figure) in (1_i64..).zip(&record.figures) {
            let mut values: Vec<Value> = vec![uid.into(), imported.version.into(), position.into()];
            values.extend(figure.values());
            values.extend(more.scale(&figure.value));
            self.database.execute(sql, &values)?;
        }
        Ok(())
    }

    fn version(&mut self, imported: &Imported) -> Result<(), StoreError> {
        let document = self.incoming.document;
        let damaged =
            |error: std::io::Error| StoreError::Damaged(document.source.name.clone(), error.to_string());
        let model = serde_json::to_vec(document)
            .map_err(|error| StoreError::Damaged(document.source.name.clone(), error.to_string()))?;
        let count = |n: usize| Value::Whole(i64::try_from(n).unwrap_or(i64::MAX));
        let number = document.header.number.as_ref().and_then(|it| it.value.clone());
        let date = document.header.date.as_ref().and_then(|it| it.value.clone());
        let sql = "INSERT INTO version (programme, number, name, format, sha256, document_number, document_date, imported_at, \
                   items, changed, added, gone, file, model) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
        let values = [
            imported.programme.as_str().into(),
            imported.version.into(),
            document.source.name.as_str().into(),
            document.source.format.as_str().into(),
            document.source.sha256.as_str().into(),
            number.into(),
            date.into(),
            self.incoming.now.into(),
            count(imported.items),
            count(imported.changed),
            count(imported.added),
            count(imported.gone),
            pack(self.incoming.bytes).map_err(damaged)?.into(),
            pack(&model).map_err(damaged)?.into(),
        ];
        Ok(self.database.execute(sql, &values)?)
    }
}
