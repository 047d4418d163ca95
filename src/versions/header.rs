//! Header and closing as fields.

use super::changes::{FieldChange, compare};
use super::fields::{Field, Said, printed_key, said, text_key, years};
use crate::model::{Document, Header};

/// The fields of header and closing that are others.
pub(super) fn changes(old: &Document, new: &Document) -> Vec<FieldChange> {
    let mut changes = compare(fields(&old.header), fields(&new.header)).0;
    let basis = |document: &Document| document.header.basis.iter().map(|it| it.raw.clone()).collect();
    changes.extend(lists(Field::Basis, basis(old), basis(new)));
    let recipients =
        |document: &Document| document.closing.iter().flat_map(|it| it.recipients.clone()).collect();
    changes.extend(lists(Field::Recipient, recipients(old), recipients(new)));
    changes.extend(compare(signature(old), signature(new)).0);
    changes
}

fn fields(header: &Header) -> Vec<Said> {
    let text = |field, words: &Option<String>| {
        let words = words.as_deref();
        said(field, words, text_key(words.unwrap_or_default()))
    };
    let number = header.number.as_ref();
    let date = header.date.as_ref();
    let date_key = date.map(|it| it.value.clone().unwrap_or_else(|| text_key(&it.raw)));
    vec![
        text(Field::DocumentKind, &header.kind),
        text(Field::Title, &header.title),
        text(Field::Subtitle, &header.subtitle),
        text(Field::Issuer, &header.issuer),
        text(Field::ParentIssuer, &header.parent_issuer),
        text(Field::Locality, &header.locality),
        text(Field::SigningPlace, &header.place),
        said(
            Field::DocumentNumber,
            number.map(|it| it.value.as_deref().unwrap_or(&it.raw)),
            number.map(printed_key).unwrap_or_default(),
        ),
        said(Field::Date, date.map(|it| it.raw.as_str()), date_key.unwrap_or_default()),
        said(Field::Term, header.term.map(years).as_deref(), header.term.map(years).unwrap_or_default()),
    ]
}

fn signature(document: &Document) -> Vec<Said> {
    let signature = document.closing.as_ref().and_then(|it| it.signature.as_ref());
    let words = signature.map(|it| {
        [&it.authority, &it.role, &it.name]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    });
    vec![said(Field::Signature, words.as_deref(), text_key(words.as_deref().unwrap_or_default()))]
}

/// Entries of a list that are in one version only; an entry that changed in words stands as both.
fn lists(field: Field, old: Vec<String>, new: Vec<String>) -> Vec<FieldChange> {
    let only = |list: &[String], other: &[String]| -> Vec<String> {
        let keys: Vec<String> = other.iter().map(|it| text_key(it)).collect();
        list.iter().filter(|it| !keys.contains(&text_key(it))).cloned().collect()
    };
    let gone = only(&old, &new);
    let fresh = only(&new, &old);
    let entry = |words: &String| said(field, Some(words), text_key(words));
    gone.iter()
        .map(|it| FieldChange::of(Some(entry(it)), None))
        .chain(fresh.iter().map(|it| FieldChange::of(None, Some(entry(it)))))
        .collect()
}
