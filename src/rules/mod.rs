//! The audit: rules over the model. A rule sees the model and the grammar, never the source.
//!
//! One rule, one file: its identity, its page, its check, its tests. [`RULES`] is the catalogue, in the
//! order of the report; a rule of arithmetic may read what those before it have found (`A010` explains failed sums).

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
mod d001_duplicate_target;
mod d002_duplicate_task;
mod d003_duplicate_project;
mod duplicates;
#[cfg(test)]
mod hand;
mod misreadings;
mod n001_duplicate_number;
mod n002_gap_in_numbering;
mod n003_number_out_of_order;
mod n004_group_heading_missing;
mod numbering;
mod o001_lead_missing;
mod o002_agency_name_variants;
mod o003_lead_also_coordinates;
mod owners;
mod printed;
mod prose;
mod quoted;
mod r001_appendix_missing;
mod r002_appendix_unreferred;
mod r003_section_without_tasks;
mod r004_title_differs;
mod r005_locality_differs;
mod r006_issue_details_differ;
mod r007_period_differs;
mod r008_statements_conflict;
mod readings;
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
mod t001_impossible_date;
mod t002_reversed_range;
mod t003_outside_programme;
mod t004_money_outside_window;
mod t005_deadline_missing;
mod targets;
#[cfg(test)]
mod testing;
mod time;
mod v001_value_missing;
mod v002_mixed_number_format;
mod v003_value_unreadable;
mod v004_unit_missing;
mod v005_unit_unfit;
mod v006_percentage_out_of_range;
mod v007_magnitude_outlier;
mod v008_scale_differs;
mod v009_number_broken;
mod values;
mod x001_suspected_misreading;
mod x002_foreign_letter;
mod x003_decomposed_text;
mod x004_mixed_tone_placement;
mod x005_legacy_encoding;
mod x006_uncertain_reading;

use quoted::shorten;

pub use context::{Context, TextNode};

use rayon::prelude::*;

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

/// All rules, in the order in which their findings are listed.
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
    &v001_value_missing::RULE,
    &v002_mixed_number_format::RULE,
    &v003_value_unreadable::RULE,
    &v004_unit_missing::RULE,
    &v005_unit_unfit::RULE,
    &v006_percentage_out_of_range::RULE,
    &v007_magnitude_outlier::RULE,
    &v008_scale_differs::RULE,
    &v009_number_broken::RULE,
    &t001_impossible_date::RULE,
    &t002_reversed_range::RULE,
    &t003_outside_programme::RULE,
    &t004_money_outside_window::RULE,
    &t005_deadline_missing::RULE,
    &o001_lead_missing::RULE,
    &o002_agency_name_variants::RULE,
    &o003_lead_also_coordinates::RULE,
    &d001_duplicate_target::RULE,
    &d002_duplicate_task::RULE,
    &d003_duplicate_project::RULE,
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
    &x001_suspected_misreading::RULE,
    &x002_foreign_letter::RULE,
    &x003_decomposed_text::RULE,
    &x004_mixed_tone_placement::RULE,
    &x005_legacy_encoding::RULE,
    &x006_uncertain_reading::RULE,
];

/// Audits a document: findings and checks sorted by place, then code.
#[must_use]
pub fn audit(document: &Document, grammar: &Grammar) -> Audit {
    let context = Context::new(document, grammar);
    let found: Vec<Audit> =
        RULES.par_chunk_by(reads_what_is_found).map(|rules| run(rules, &context)).collect();
    let mut audit = Audit::default();
    for mut found in found {
        audit.findings.append(&mut found.findings);
        audit.checks.append(&mut found.checks);
    }
    readings::propose(&context, &mut audit);
    audit.findings.sort_by(|a, b| (a.at.span, a.code, &a.message).cmp(&(b.at.span, b.code, &b.message)));
    audit.checks.sort_by(|a, b| (a.at.span, a.code, &a.statement).cmp(&(b.at.span, b.code, &b.statement)));
    audit
}

/// Lowers the severity of findings that rest on words which were recognised from a picture and are not sure, and says
/// so; the places of findings are final by now.
pub fn weigh(audit: &mut Audit) {
    audit.findings.iter_mut().for_each(readings::weigh);
}

/// Whether a rule may read what the rule before it has found: the rules of arithmetic do, and run one after
/// another; all others run by themselves.
fn reads_what_is_found(before: &&Rule, rule: &&Rule) -> bool {
    [before, rule].iter().all(|rule| rule.code.code.starts_with('A'))
}

fn run(rules: &[&Rule], context: &Context<'_>) -> Audit {
    let mut audit = Audit::default();
    for rule in rules {
        (rule.check)(context, &mut audit);
    }
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
