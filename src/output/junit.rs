//! JUnit XML, for systems that run checks and know nothing but tests: one suite a file. A finding is a test that
//! failed, an accepted one a test that was skipped, a check that holds a test that passed.

use quick_junit::{NonSuccessKind, Report as Run, TestCase, TestCaseStatus, TestSuite};

use super::report::{Accepted, Finding, Report};
use super::{Catalogue, place};
use crate::finding::{Outcome, Severity};

/// The reports of several files as one run of tests.
#[must_use]
pub fn render(reports: &[&Report], catalogue: &Catalogue) -> String {
    let mut run = Run::new("cthd");
    for report in reports {
        let mut suite = TestSuite::new(report.source.name.as_str());
        for (finding, accepted) in report.all_findings() {
            suite.add_test_case(case(finding, accepted, report, catalogue));
        }
        for check in report.checks.iter().filter(|check| check.outcome == Outcome::Holds) {
            let name = format!("{} {}: {}", check.code, place::short(&check.at, catalogue), check.statement);
            let mut case = TestCase::new(name, TestCaseStatus::success());
            case.set_classname(class(&check.code, &check.name));
            suite.add_test_case(case);
        }
        run.add_test_suite(suite);
    }
    run.to_string().unwrap_or_default()
}

fn case(finding: &Finding, accepted: Option<&Accepted>, report: &Report, catalogue: &Catalogue) -> TestCase {
    let place = place::short(&finding.at, catalogue);
    let mut status = match (accepted, finding.severity) {
        (Some(_), _) => TestCaseStatus::skipped(),
        (None, Severity::Info) => TestCaseStatus::success(),
        (None, Severity::Error | Severity::Warning) => TestCaseStatus::non_success(NonSuccessKind::Failure),
    };
    let mut text = format!("{}:{place}: {}", report.source.name, finding.message);
    for more in [&finding.evidence, &finding.suggestion].into_iter().flatten() {
        text.push('\n');
        text.push_str(more);
    }
    if let Some(reason) = accepted.and_then(|accepted| accepted.reason.as_ref()) {
        status.set_message(reason.as_str());
    } else if finding.severity != Severity::Info {
        status.set_message(finding.message.as_str()).set_type(finding.severity.name());
    }
    status.set_description(text.as_str());
    let mut case = TestCase::new(format!("{} {place}", finding.code), status);
    case.set_classname(class(&finding.code, &finding.name));
    if finding.severity == Severity::Info {
        case.set_system_out(text);
    }
    case
}

fn class(code: &str, name: &str) -> String {
    format!("{code} {name}")
}
