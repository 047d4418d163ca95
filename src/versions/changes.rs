//! The changes between two versions, by part and field.

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::columns::Names;
use super::fields::{self, Field, Said};
use super::matching::{Confidence, Evidence, Link, Pairing, Status};
use super::parts::{Kind, Node, Part, Parts};
use super::wording::{self, Words};
use crate::span::At;
use crate::text::{kebab, squeeze};

/// What changed of one part, or of parts that were split or merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// What the part is; where that changed, what it is in the new version.
    pub kind: Kind,
    /// What it was in the old version, where that is something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_kind: Option<Kind>,
    /// What became of it.
    pub status: Status,
    /// The parts of the old version: one, none for a new part, several where they were merged.
    pub old: Vec<PartRef>,
    /// The parts of the new version: one, none for a part that is gone, several where one was split.
    pub new: Vec<PartRef>,
    /// Whether the printed number is another.
    pub renumbered: bool,
    /// For a moved part, what it stands under now and stood under before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
    /// The fields that are others.
    pub fields: Vec<FieldChange>,
    /// The fields that say something and say the same in both versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unchanged: Vec<Field>,
    /// How sure it is that these are the same part; of a part in one version only, that it is.
    pub confidence: Confidence,
    /// How good the pair is, in thousandths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<u32>,
    /// Why they are held to be the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Whether the part may be in both versions: the other one is known to have lost rows there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub doubtful: bool,
}

/// A part as a change names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartRef {
    /// Its id in its version's model.
    pub id: String,
    /// The printed numbers that lead to it: "VI.4".
    pub label: Option<String>,
    /// Name, title or text.
    pub name: String,
    /// Id of the appendix.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appendix: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// Where a part stood and stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Moved {
    /// The part that it stood under; absent at the top.
    pub from: Option<PartRef>,
    /// The part that it stands under.
    pub to: Option<PartRef>,
    /// Whether that is the same part, so that only the order is another.
    pub within: bool,
}

/// One field that is another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldChange {
    /// Which field.
    pub field: Field,
    /// The words over the column, for amounts, values and cells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What the old version says.
    pub old: Option<String>,
    /// What the new version says.
    pub new: Option<String>,
    /// For a text in both versions, the words that are the same, left out and put in, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Words>,
}

/// Two versions with the links between them.
#[derive(Debug)]
pub(super) struct Compared<'a> {
    pub(super) old: &'a Parts<'a>,
    pub(super) new: &'a Parts<'a>,
    pub(super) pairing: &'a Pairing,
    /// For pairs of appendices, by their positions, the names of their columns.
    names: FxHashMap<(usize, usize), (Names, Names)>,
}

impl<'a> Compared<'a> {
    pub(super) fn new(old: &'a Parts<'a>, new: &'a Parts<'a>, pairing: &'a Pairing) -> Self {
        Self { old, new, pairing, names: FxHashMap::default() }
    }

    /// The names of the columns of two parts' tables.
    pub(super) fn names(&mut self, one: &Part<'_>, other: &Part<'_>) -> (Names, Names) {
        let (Some(old), Some(new)) = (one.appendix, other.appendix) else { return Default::default() };
        let appendix = |parts: &Parts<'a>, at: usize| match parts.get(at)?.node {
            Node::Appendix(appendix) => Some(appendix),
            _ => None,
        };
        let both = || Some(Names::both(appendix(self.old, old)?, appendix(self.new, new)?));
        self.names.entry((old, new)).or_insert_with(|| both().unwrap_or_default()).clone()
    }

    /// The changes in the order of the new version. Parts that are `skipped` are left out where they are in one version only.
    pub(super) fn changes(&mut self, skipped: impl Fn(&Part<'_>) -> bool) -> Vec<Change> {
        let links: Vec<Link> = self.pairing.links.clone();
        let (old, new) = (self.old, self.new);
        let left_out = |link: &Link| {
            let one = link.old.first().and_then(|at| old.get(*at));
            !link.is_pair() && one.or_else(|| new.get(*link.new.first()?)).is_some_and(&skipped)
        };
        links.iter().filter(|link| !left_out(link)).filter_map(|link| self.change(link)).collect()
    }

    fn change(&mut self, link: &Link) -> Option<Change> {
        let olds: Vec<&Part<'a>> = link.old.iter().filter_map(|at| self.old.get(*at)).collect();
        let news: Vec<&Part<'a>> = link.new.iter().filter_map(|at| self.new.get(*at)).collect();
        let (mut fields, mut unchanged, mut renumbered, mut moved) = (Vec::new(), Vec::new(), false, None);
        if let ([one], [other]) = (olds.as_slice(), news.as_slice()) {
            let (names, there) = self.names(one, other);
            (fields, unchanged) = compare(fields::of(one, &names), fields::of(other, &there));
            if let (Node::Appendix(_), Node::Appendix(_)) = (one.node, other.node) {
                fields.extend(columns(&names, &there));
            }
            renumbered = number(one) != number(other);
            moved = (link.status == Status::Moved).then(|| self.moved(one, other));
        }
        let nothing =
            link.status == Status::Same && fields.is_empty() && !renumbered && link.old_kind.is_none();
        (!nothing).then(|| Change {
            kind: link.kind,
            old_kind: link.old_kind,
            status: link.status,
            old: link.old.iter().filter_map(|at| PartRef::of(self.old, *at)).collect(),
            new: link.new.iter().filter_map(|at| PartRef::of(self.new, *at)).collect(),
            renumbered,
            moved,
            fields,
            unchanged,
            confidence: link.confidence,
            score: link.score,
            evidence: link.evidence.clone(),
            doubtful: link.doubtful,
        })
    }

    fn moved(&self, one: &Part<'_>, other: &Part<'_>) -> Moved {
        let within = match (one.parent, other.parent) {
            (None, None) => true,
            (Some(old), Some(new)) => {
                self.pairing.link_of_old(old).is_some_and(|link| link.new.contains(&new))
            }
            _ => false,
        };
        Moved {
            from: one.parent.and_then(|at| PartRef::of(self.old, at)),
            to: other.parent.and_then(|at| PartRef::of(self.new, at)),
            within,
        }
    }
}

impl PartRef {
    /// A part of a version by its position.
    #[must_use]
    pub fn of(parts: &Parts<'_>, at: usize) -> Option<Self> {
        let part = parts.get(at)?;
        let appendix = part.appendix.and_then(|at| parts.get(at)).map(|part| part.id.to_owned());
        Some(Self {
            id: part.id.to_owned(),
            label: label(parts, at),
            name: squeeze(&part.name),
            appendix,
            at: part.at.clone(),
        })
    }
}

/// The printed numbers that lead to a part, those of its groups or sections before its own.
fn label(parts: &Parts<'_>, at: usize) -> Option<String> {
    let part = parts.get(at)?;
    if part.kind == Kind::Appendix {
        return part.number.map(squeeze).or_else(|| Some(part.id.to_owned()));
    }
    if part.kind == Kind::Section || part.kind == Kind::Block {
        let section =
            if part.kind == Kind::Section { Some(part) } else { part.parent.and_then(|at| parts.get(at)) };
        return section.filter(|it| it.kind == Kind::Section).map(|it| it.id.to_owned());
    }
    let trim = |number: &str| squeeze(number).trim_end_matches(['.', ')', ':']).to_owned();
    let own = part.number.map(trim)?;
    let group = parts.above(at).filter_map(|above| parts.get(above)).find(|above| above.kind == Kind::Group);
    // Targets are numbered through all groups as a rule, groups among themselves, and a number may repeat that of its group.
    let through = part.kind == Kind::Target && !parts.numbers_restart(part.appendix);
    let own_alone = part.kind == Kind::Group || through;
    match group.and_then(|group| group.number).map(trim) {
        Some(group) if !own_alone && !own.starts_with(&format!("{group}.")) => Some(format!("{group}.{own}")),
        _ => Some(own),
    }
}

fn number(part: &Part<'_>) -> Option<String> {
    part.number.map(kebab).filter(|it| !it.is_empty())
}

/// Fields that differ, and fields that say something and do not.
pub(super) fn compare(olds: Vec<Said>, news: Vec<Said>) -> (Vec<FieldChange>, Vec<Field>) {
    let (mut changes, mut unchanged) = (Vec::new(), Vec::new());
    let mut left: Vec<Option<Said>> = news.into_iter().map(Some).collect();
    for one in olds {
        let same = |it: &Option<Said>| {
            it.as_ref().is_some_and(|it| it.field == one.field && it.column_key == one.column_key)
        };
        let other = left.iter_mut().find(|it| same(it)).and_then(Option::take);
        let key = other.as_ref().map_or("", |other| &other.key);
        if key != one.key {
            changes.push(FieldChange::of(Some(one), other));
        } else if !one.key.is_empty() && !unchanged.contains(&one.field) {
            unchanged.push(one.field);
        }
    }
    for other in left.into_iter().flatten().filter(|other| !other.key.is_empty()) {
        changes.push(FieldChange::of(None, Some(other)));
    }
    unchanged.retain(|field| !changes.iter().any(|change| change.field == *field));
    (changes, unchanged)
}

impl FieldChange {
    pub(super) fn of(old: Option<Said>, new: Option<Said>) -> Self {
        let field = old.as_ref().or(new.as_ref()).map_or(Field::Name, |it| it.field);
        let column = new.as_ref().and_then(|it| it.column.clone()).or_else(|| old.as_ref()?.column.clone());
        let (old, new) = (old.and_then(|it| it.words), new.and_then(|it| it.words));
        let words = match (&old, &new) {
            (Some(old), Some(new)) if field.is_text() => wording::compare(old, new),
            _ => Vec::new(),
        };
        Self { field, column, old, new, words }
    }
}

impl Field {
    /// Whether it is a text, of which single words change.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::Note
                | Self::Scope
                | Self::Size
                | Self::Product
                | Self::IssuedWith
                | Self::Title
                | Self::Subtitle
                | Self::Basis
        )
    }
}

/// Columns that are in one version only.
fn columns(old: &Names, new: &Names) -> Vec<FieldChange> {
    let has = |names: &Names, key: &str| names.all().any(|it| it.0 == key);
    let change = |old: Option<&str>, new: Option<&str>| FieldChange {
        field: Field::Column,
        column: None,
        old: old.map(str::to_owned),
        new: new.map(str::to_owned),
        words: Vec::new(),
    };
    let gone = old.all().filter(|it| !has(new, it.0)).map(|it| change(Some(it.1), None));
    let fresh = new.all().filter(|it| !has(old, it.0)).map(|it| change(None, Some(it.1)));
    gone.chain(fresh).collect()
}
