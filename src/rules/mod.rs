//! The audit: rules over the model. A rule sees the model and the grammar, never the source.
//!
//! One rule, one file: its identity, its page, its check, its tests. [`RULES`] is the catalogue, in the
//! order in which they run; a rule may read what rules before it have found (`A010` explains failed sums).

mod context;
mod n001_duplicate_number;
mod n002_gap_in_numbering;
mod n003_number_out_of_order;
mod n004_group_heading_missing;
mod numbering;
mod periods;
mod places;
mod quoted;
mod r001_appendix_missing;
mod r002_appendix_unreferred;
mod r003_section_without_tasks;
mod r004_title_differs;
mod r005_locality_differs;
mod r006_issue_details_differ;
mod r007_period_differs;
mod r008_statements_conflict;
mod references;
mod rows;
mod s001_text_lost;
mod s002_unbalanced_delimiter;
mod s003_ragged_row;
mod s004_issue_details_blank;
mod s005_text_unplaced;
mod s006_markup_residue;
mod statements;
mod structure;
#[cfg(test)]
mod testing;
mod titles;

use quoted::shorten;

pub use context::{Context, TextNode};

use crate::finding::{Audit, Code, Severity};
use crate::grammar::Grammar;
use crate::model::Document;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Code and name.
    pub code: Code,
    /// Severity, before any lowering.
    pub severity: Severity,
    /// The rule's page (`docs/rules/`): what it checks, why, an example, what it does not check; in
    /// Vietnamese and English.
    pub page: &'static str,
    /// Checks the document and adds to the audit.
    pub check: fn(&Context<'_>, &mut Audit),
}

/// All rules, in the order in which they run.
pub const RULES: &[&Rule] = &[
    &n001_duplicate_number::RULE,
    &n002_gap_in_numbering::RULE,
    &n003_number_out_of_order::RULE,
    &n004_group_heading_missing::RULE,
    &s001_text_lost::RULE,
    &s002_unbalanced_delimiter::RULE,
    &s003_ragged_row::RULE,
    &s004_issue_details_blank::RULE,
    &s005_text_unplaced::RULE,
    &s006_markup_residue::RULE,
    &r001_appendix_missing::RULE,
    &r002_appendix_unreferred::RULE,
    &r003_section_without_tasks::RULE,
    &r004_title_differs::RULE,
    &r005_locality_differs::RULE,
    &r006_issue_details_differ::RULE,
    &r007_period_differs::RULE,
    &r008_statements_conflict::RULE,
];

/// Audits a document: findings and checks sorted by place, then code.
#[must_use]
pub fn audit(document: &Document, grammar: &Grammar) -> Audit {
    let context = Context::new(document, grammar);
    let mut audit = Audit::default();
    for rule in RULES {
        (rule.check)(&context, &mut audit);
    }
    audit.findings.sort_by(|a, b| (a.at.span, a.code, &a.message).cmp(&(b.at.span, b.code, &b.message)));
    audit.checks.sort_by(|a, b| (a.at.span, a.code, &a.statement).cmp(&(b.at.span, b.code, &b.statement)));
    audit
}

/// The rule that a code or a name names.
#[must_use]
pub fn find(code_or_name: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code.code.eq_ignore_ascii_case(code_or_name) || rule.code.name == code_or_name)
}
