//! Whatever a document holds, every output can be written, and nothing of it is markup.

use cthd::output::{export, html, workbook};
use proptest::prelude::*;

use crate::{made, page};

/// Lines that make tables, headings and sums, among words of every kind.
fn line() -> impl Strategy<Value = String> {
    let cell = prop_oneof![
        "[0-9]{1,3}[.,][0-9]{3}",
        "[IVX]{1,3}\\.?",
        "[<>&\"'/=+-]{1,6}[a-z]{0,4}",
        Just("Tổng cộng".to_owned()),
        Just("Năm 2026".to_owned()),
        Just("<b onclick=x>".to_owned()),
        Just(String::new()),
        "\\PC{0,12}",
    ];
    prop_oneof![
        proptest::collection::vec(cell, 1..7).prop_map(|cells| cells.join("\t")),
        Just("PHỤ LỤC 1".to_owned()),
        Just("STT\tTên dự án\tTổng số\tNăm 2026\tNăm 2027".to_owned()),
        Just("I. MỤC ĐÍCH".to_owned()),
        Just("\u{c}".to_owned()),
        "\\PC{0,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_output_is_written_for_any_document(lines in proptest::collection::vec(line(), 1..40)) {
        let text = format!("x{}", lines.join("\n"));
        let made = made(text.as_bytes());
        let page = page::page(&made);
        let tags = page::tags(&page);
        prop_assert!(tags.iter().all(|tag| tag.attributes.keys().all(|key| !key.starts_with("on"))));
        prop_assert_eq!(tags.iter().filter(|tag| tag.name == "script").count(), 1);
        prop_assert!(page.contains(html::SCRIPT));
        prop_assert!(workbook::write(&made.document, &made.reports[0], &made.catalogues[0]).is_ok());
        for table in export::tables(&made.document, &made.reports[0], &made.catalogues[0]) {
            prop_assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
            #[cfg(feature = "parquet")]
            prop_assert!(export::parquet::write(&table, Vec::new()).is_ok());
        }
    }
}
