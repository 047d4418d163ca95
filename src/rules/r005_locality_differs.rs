//! R005: a caption or title of an appendix names another ward, district or province.

use std::collections::BTreeMap;

use super::references::places::{Place, place, places};
use super::{Context, Rule};
use crate::finding::{Audit, Code, Finding, Severity, Text};
use crate::model::Appendix;
use crate::span::At;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "R005", name: "locality-differs" },
    severity: Severity::Error,
    page: include_str!("../../docs/rules/R005-locality-differs.md"),
    check,
};

fn check(context: &Context<'_>, audit: &mut Audit) {
    let Some(own) = own(context) else { return };
    for appendix in &context.document.appendices {
        if let Some(issued) = &appendix.issued_with {
            report(context, &issued.raw, &issued.at, &own, audit);
        }
        if let Some(title) = &appendix.title {
            report(context, title, &appendix.at, &own, audit);
        }
    }
}

/// The document's own place: the header's, else the one that most captions name.
fn own(context: &Context<'_>) -> Option<Place> {
    let captions = &context.grammar.captions;
    let document = context.document;
    if let Some(locality) = &document.header.locality {
        return place(locality, captions);
    }
    let mut votes: BTreeMap<(usize, String), (usize, Option<Place>)> = BTreeMap::new();
    for appendix in &document.appendices {
        if let Some(place) = caption_place(context, appendix) {
            let vote = votes.entry((place.level, place.name.clone())).or_default();
            vote.0 += 1;
            vote.1 = Some(place);
        }
    }
    let all: usize = votes.values().map(|(count, _)| count).sum();
    let (count, place) = votes.into_values().max_by_key(|(count, _)| *count)?;
    place.filter(|_| count >= 2 && count * 3 >= all * 2)
}

fn caption_place(context: &Context<'_>, appendix: &Appendix) -> Option<Place> {
    let issued = appendix.issued_with.as_ref()?;
    places(&issued.raw, &context.grammar.captions).into_iter().next()
}

/// The places of the own level that are not the own place. A text that names the own place too speaks of
/// both on purpose.
fn report(context: &Context<'_>, text: &str, at: &At, own: &Place, audit: &mut Audit) {
    let named = places(text, &context.grammar.captions);
    if named.iter().any(|place| is_same(place, own)) {
        return;
    }
    let Some(other) = named.into_iter().find(|place| place.level == own.level) else {
        return;
    };
    let words = text.get(other.range.clone()).unwrap_or_default();
    let locality = context.document.header.locality.as_deref();
    let key = if locality.is_some() { "r005-message" } else { "r005-captions" };
    let message = Text::new(key).with("words", words).with("own", locality.unwrap_or(&own.name));
    let finding = Finding::new(RULE.code, RULE.severity, message, at.clone()).quoting(text, other.range);
    audit.findings.push(match locality {
        Some(locality) => finding.relate(context.document.header.at.clone(), Text::words(locality)),
        None => finding,
    });
}

/// One place, where a name may run on into the next words or stop short.
fn is_same(place: &Place, own: &Place) -> bool {
    let starts = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    place.level == own.level && (starts(&place.name, &own.name) || starts(&own.name, &place.name))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, at, document, quoted};
    use super::RULE;
    use crate::model::{AppendixKind, Document, IssuedWith};

    fn of(locality: Option<&str>, captions: &[(&str, &str)]) -> Document {
        let appendix = |((title, issued), line): (&(&str, &str), u32)| {
            let mut out = appendix(line, AppendixKind::Tasks, "PHỤ LỤC 1", title, &[]);
            out.issued_with =
                Some(IssuedWith { raw: (*issued).to_owned(), at: at(line + 1, 1), ..IssuedWith::default() });
            out
        };
        let mut out = document(vec![], captions.iter().zip([10, 20, 30]).map(appendix).collect());
        out.header.locality = locality.map(str::to_owned);
        out
    }

    #[test]
    fn another_wards_name_is_found() {
        let captions = [
            ("Nhiệm vụ của phường Hoa Ban", "của Đảng ủy phường Hoa Ban"),
            ("Dự án", "của Đảng ủy phường Hoa Sen"),
            ("Quy hoạch trên địa bàn xã Phước Lạc", "của Đảng ủy phường Hoa Ban, thành phố An Sơn"),
        ];
        let found = [(21, "phường Hoa Sen".to_owned()), (30, "xã Phước Lạc".to_owned())];
        assert_eq!(quoted(&RULE, &of(Some("phường Hoa Ban"), &captions)), found);
    }

    #[test]
    fn the_captions_decide_where_the_header_names_none() {
        let captions = [
            ("A", "của Đảng ủy xã Hoa Ban"),
            ("B", "của Đảng ủy xã Hoa Sen"),
            ("C", "của Đảng ủy xã Hoa Ban"),
        ];
        assert_eq!(quoted(&RULE, &of(None, &captions)), [(21, "xã Hoa Sen".to_owned())]);
    }

    #[test]
    fn places_of_other_levels_and_neighbours_are_fine() {
        let captions = [
            ("Đường nối phường Hoa Ban với phường Hoa Sen", "của Đảng ủy phường HOA BAN"),
            ("Dự án thuộc thẩm quyền của thành phố An Sơn", "của Đảng ủy phường Hoa Ban"),
        ];
        assert_eq!(quoted(&RULE, &of(Some("phường Hoa Ban"), &captions)), []);
    }
}
