//! Who a document and its parts are: the programme that it is a version of, and the identity of each part.

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use crate::model::Document;
use crate::text::{fold, kebab};
use crate::versions::matching::{Pairing, Status};
use crate::versions::parts::{Kind, Parts};

/// By what a programme is recognised: kind of document, locality (else issuer) and term. Nothing for a document that
/// does not say whose it is.
pub(super) fn match_key(document: &Document) -> Option<String> {
    let header = &document.header;
    let whose = header.locality.as_deref().or(header.issuer.as_deref()).map(kebab)?;
    // Appendices alone may name a locality in their captions; of what they are appendices they do not say.
    let kind = header.kind.as_deref()?;
    let year = |year: Option<i32>| year.map(|year| year.to_string()).unwrap_or_default();
    let term = header.term.unwrap_or_default();
    (!whose.is_empty()).then(|| format!("{kind} {whose} {}-{}", year(term.from), year(term.to)))
}

/// The id of a new programme: "phuong-hoa-binh-2025-2030".
pub(super) fn programme_id(document: &Document) -> Option<String> {
    let key = match_key(document)?;
    let (_, rest) = key.split_once(' ')?;
    Some(kebab(rest))
}

/// The identity of each part of a new version: that of the part which it was, else a new one.
#[derive(Debug)]
pub(super) struct Identities {
    /// By position: the identity, whether it is new, and the identity that it came from.
    pub(super) list: Vec<Identity>,
}

/// The identity of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) uid: String,
    pub(super) new: bool,
    /// For a fragment of a part that was split: the identity of that part.
    pub(super) of: Option<String>,
}

impl Identities {
    /// The identities of a first version.
    pub(super) fn first(programme: &str, version: i64, parts: &Parts<'_>) -> Self {
        let all = parts.all().iter();
        let fresh =
            |kind: Kind, id: &str| Identity { uid: uid(programme, version, kind, id), new: true, of: None };
        Self { list: all.map(|part| fresh(part.kind, part.id)).collect() }
    }

    /// The identities of a later version. `known` are those of the old version's parts by kind and id.
    pub(super) fn later(
        programme: &str,
        version: i64,
        old: &Parts<'_>,
        new: &Parts<'_>,
        pairing: &Pairing,
        known: &FxHashMap<(String, String), String>,
    ) -> Self {
        let mut out = Self::first(programme, version, new);
        let uid_of = |at: usize| {
            let part = old.get(at)?;
            known.get(&(part.kind.name().to_owned(), part.id.to_owned())).cloned()
        };
        for link in pairing.links.iter().filter(|link| link.is_pair()) {
            let Some(uid) = link.old.iter().find_map(|at| uid_of(*at)) else { continue };
            // Of several fragments the one of the same name goes on, else the one that says most; the others come from it.
            let name = link.old.first().and_then(|at| old.get(*at)).map(|part| fold(&part.name));
            let rank = |at: &usize| {
                let part = new.get(*at);
                let same = part.map(|part| fold(&part.name)) == name;
                (same, part.map_or(0, |part| part.name.len()), std::cmp::Reverse(*at))
            };
            let heir = link.new.iter().copied().max_by_key(rank);
            for at in &link.new {
                let Some(identity) = out.list.get_mut(*at) else { continue };
                if heir == Some(*at) {
                    *identity = Identity { uid: uid.clone(), new: false, of: None };
                } else if link.status == Status::Split {
                    identity.of = Some(uid.clone());
                }
            }
        }
        out
    }

    pub(super) fn uid(&self, at: usize) -> Option<&str> {
        self.list.get(at).map(|identity| identity.uid.as_str())
    }
}

/// An identity: two letters for what it is, and a hash of where it first was.
fn uid(programme: &str, version: i64, kind: Kind, id: &str) -> String {
    let prefix = match kind {
        Kind::Appendix => "pl",
        Kind::Section => "mu",
        Kind::Group => "nh",
        Kind::Target => "ct",
        Kind::Task => "nv",
        Kind::Project => "da",
        Kind::Plan => "qh",
        Kind::Row => "dg",
        Kind::Block => "do",
    };
    let mut hash = Sha256::new();
    hash.update(format!("{programme}\n{version}\n{}\n{id}", kind.name()));
    let digits: String = hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("{prefix}-{digits}")
}
