//! What a user of a file must be told about it, as sentences: hidden parts, tracked changes, pages without text.

use super::Catalogue;
use crate::finding::Text;
use crate::model::{Notice, NoticeKind};

/// The sentence of a notice, with its place where it has one.
#[must_use]
pub fn sentence(notice: &Notice, catalogue: &Catalogue) -> String {
    let text = Text::new(key(notice.kind)).with("detail", notice.detail.as_str());
    match &notice.at {
        Some(at) => catalogue.render(&Text::new("notice-at").with("place", at.clone()).with("notice", text)),
        None => catalogue.render(&text),
    }
}

fn key(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::HiddenSheet => "notice-hidden-sheet",
        NoticeKind::HiddenSheetApart => "notice-hidden-sheet-apart",
        NoticeKind::HiddenRowsApart => "notice-hidden-rows-apart",
        NoticeKind::HiddenRows => "notice-hidden-rows",
        NoticeKind::HiddenColumns => "notice-hidden-columns",
        NoticeKind::HiddenText => "notice-hidden-text",
        NoticeKind::Struck => "notice-struck",
        NoticeKind::Inserted => "notice-inserted",
        NoticeKind::Deleted => "notice-deleted",
        NoticeKind::TypedOver => "notice-typed-over",
        NoticeKind::FormulaWithoutValue => "notice-formula-without-value",
        NoticeKind::Calculated => "notice-calculated",
        NoticeKind::StaleValue => "notice-stale-value",
        NoticeKind::ErrorValue => "notice-error-value",
        NoticeKind::NoLetters => "notice-no-letters",
        NoticeKind::PageWithoutText => "notice-page-without-text",
        NoticeKind::Recognised => "notice-recognised",
        NoticeKind::Damaged => "notice-damaged",
        NoticeKind::NestedTable => "notice-nested-table",
        NoticeKind::Picture => "notice-picture",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Lang;
    use crate::span::At;

    #[test]
    fn each_kind_has_its_sentence_with_the_detail_and_the_place() {
        use NoticeKind::{
            Calculated, Damaged, Deleted, ErrorValue, FormulaWithoutValue, HiddenColumns, HiddenRows,
            HiddenRowsApart, HiddenSheet, HiddenSheetApart, HiddenText, Inserted, NestedTable, NoLetters,
            PageWithoutText, Picture, Recognised, StaleValue, Struck, TypedOver,
        };
        let kinds = [
            HiddenSheet,
            HiddenSheetApart,
            HiddenRowsApart,
            Calculated,
            HiddenRows,
            HiddenColumns,
            HiddenText,
            Struck,
            Inserted,
            Deleted,
            TypedOver,
            FormulaWithoutValue,
            StaleValue,
            ErrorValue,
            NoLetters,
            PageWithoutText,
            Recognised,
            Damaged,
            NestedTable,
            Picture,
        ];
        for lang in Lang::ALL {
            let catalogue = Catalogue::new(lang);
            for kind in kinds {
                let at = Some(At { page: Some(7), ..At::default() });
                let said = sentence(&Notice { kind, detail: "xyz".to_owned(), at }, &catalogue);
                assert!(said.contains("xyz") && said.contains('7') && !said.contains('['), "{said}");
            }
        }
    }
}
