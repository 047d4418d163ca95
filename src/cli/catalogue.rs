//! `cthd rules`, `cthd explain`, `cthd schema`: what the program knows of itself.

use cthd::output::{Page, json, schema, text};
use cthd::rules::RULES;
use serde::Serialize;

use super::args::{ExplainArgs, PlainFormat, RulesArgs, SchemaArgs, SchemaOf};
use super::failure::Failure;
use super::print;
use super::settings::{self, Settings};

/// A rule as listed.
#[derive(Serialize)]
struct Listed {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    summary: String,
}

/// Lists the rules.
pub(super) fn rules(args: RulesArgs, settings: &Settings<'_>) -> Result<(), Failure> {
    let lang = settings.catalogue.lang();
    // The catalogue is in the order in which rules run; a reader looks for a code.
    let mut sorted = RULES.to_vec();
    sorted.sort_unstable_by_key(|rule| rule.code);
    let listed: Vec<_> = sorted
        .iter()
        .map(|rule| Listed {
            code: rule.code.code,
            name: rule.code.name,
            severity: rule.severity.name(),
            summary: Page::of(rule.page, lang).summary(),
        })
        .collect();
    match args.format {
        PlainFormat::Json => print::with(|out| json::write(&listed, false, out)),
        PlainFormat::Text => {
            let rows = sorted.iter().zip(&listed).map(|(rule, listed)| {
                let severity = text::severity_name(rule.severity, settings.catalogue);
                [listed.code.to_owned(), listed.name.to_owned(), severity, listed.summary.clone()]
            });
            print::text(&text::table(rows))
        }
    }
}

/// Prints the page of a rule.
pub(super) fn explain(args: &ExplainArgs, settings: &Settings<'_>) -> Result<(), Failure> {
    let rule = settings::rule(args.rule.trim())?;
    let page = Page::of(rule.page, settings.catalogue.lang());
    let severity = text::severity_name(rule.severity, settings.catalogue);
    print::text(&format!("# {} {} ({severity})\n\n{}\n", rule.code.code, rule.code.name, page.text))
}

/// Prints a JSON Schema.
pub(super) fn schema(args: SchemaArgs) -> Result<(), Failure> {
    print::text(&match args.of {
        SchemaOf::Document => schema::document(),
        SchemaOf::Report => schema::report(),
        SchemaOf::Diff => schema::diff(),
    })
}
