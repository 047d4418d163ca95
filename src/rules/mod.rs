//! The audit: rules over the model. A rule sees the model and the grammar, never the source.
//!
//! One rule, one file: its identity, its page, its check, its tests. [`RULES`] is the catalogue, in the
//! order in which they run; a rule may read what rules before it have found (`A010` explains failed sums).

mod a001_row_total_mismatch;
mod a002_column_total_mismatch;
mod a003_group_total_mismatch;
mod a004_formula_mismatch;
mod a005_declared_count_mismatch;
mod a006_stated_share_mismatch;
mod a007_derived_ratio_mismatch;
mod a008_part_exceeds_whole;
mod a009_total_unverifiable;
mod a010_same_residual;
mod a011_identical_columns;
mod arithmetic;
mod context;

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
    &a001_row_total_mismatch::RULE,
    &a002_column_total_mismatch::RULE,
    &a003_group_total_mismatch::RULE,
    &a004_formula_mismatch::RULE,
    &a005_declared_count_mismatch::RULE,
    &a006_stated_share_mismatch::RULE,
    &a007_derived_ratio_mismatch::RULE,
    &a008_part_exceeds_whole::RULE,
    &a009_total_unverifiable::RULE,
    &a010_same_residual::RULE,
    &a011_identical_columns::RULE,
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
