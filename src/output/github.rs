//! Workflow commands of GitHub Actions: one line a finding, shown at the line of the file; in a file that is not one
//! of lines the place is said in the message.

use super::report::{Finding, Report};
use super::{Catalogue, place};
use crate::finding::Severity;
use crate::source::Source;
use crate::span::Span;

/// The findings as workflow commands.
#[must_use]
pub fn render(report: &Report, source: &Source, catalogue: &Catalogue) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        out.push_str(&command(finding, &report.source.name, source, catalogue));
        out.push('\n');
    }
    out
}

fn command(finding: &Finding, file: &str, source: &Source, catalogue: &Catalogue) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut place = format!("file={}", property(file));
    let in_lines = place::is_line(&finding.at);
    if finding.at.line > 0 && in_lines {
        let end = source.at_original(Span { start: finding.at.span.1, end: finding.at.span.1 });
        place.push_str(&format!(",line={},endLine={},col={}", finding.at.line, end.line, finding.at.column));
        // Columns are only taken on one line.
        if end.line == finding.at.line {
            place.push_str(&format!(",endColumn={}", end.column));
        }
    }
    let title = property(&format!("{} {}", finding.code, finding.name));
    let mut message = finding.message.clone();
    if !in_lines {
        message = format!("{}: {message}", place::words(&finding.at, catalogue));
    }
    for more in [&finding.evidence, &finding.suggestion].into_iter().flatten() {
        message.push('\n');
        message.push_str(more);
    }
    format!("::{command} {place},title={title}::{}", data(&message))
}

/// Escapes the text of a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{self, Audit, Code, Text};
    use crate::model::{Document, SourceInfo};
    use crate::output::Lang;
    use crate::source::{FileFacts, Spot};

    #[test]
    fn a_finding_is_one_escaped_line() {
        let source = Source::new(FileFacts::default(), "đạt 5%, hết\n".to_owned(), None);
        let code = Code { code: "A006", name: "stated-share-mismatch" };
        let at = source.at(Span::new(7, 9));
        let finding = finding::Finding::new(code, Severity::Info, Text::words("Ghi 5%, tính 6"), at)
            .because(Text::words("x"));
        let audit = Audit { findings: vec![finding], checks: Vec::new() };
        let source_info = SourceInfo { name: "a,b.txt".to_owned(), ..SourceInfo::default() };
        let document = Document { source: source_info, ..Document::default() };
        let catalogue = Catalogue::new(Lang::Vi);
        let report = Report::new(&document, &audit, &source, &catalogue);
        assert_eq!(
            render(&report, &source, &catalogue),
            "::notice file=a%2Cb.txt,line=1,endLine=1,col=5,endColumn=7,title=A006 stated-share-mismatch::\
             Ghi 5%25, tính 6%0Ax\n"
        );
    }
    #[test]
    fn a_place_that_is_no_line_is_in_the_message() {
        let mut source = Source::new(FileFacts::default(), "đạt 5%, hết\n".to_owned(), None);
        source.spots.mark(0, Spot::Page { page: 3, bbox: [0; 4], confidence: None });
        let code = Code { code: "A006", name: "stated-share-mismatch" };
        let at = source.at(Span::new(7, 9));
        let finding = finding::Finding::new(code, Severity::Error, Text::words("sai"), at);
        let audit = Audit { findings: vec![finding], checks: Vec::new() };
        let source_info = SourceInfo { name: "a.pdf".to_owned(), ..SourceInfo::default() };
        let document = Document { source: source_info, ..Document::default() };
        let catalogue = Catalogue::new(Lang::Vi);
        let report = Report::new(&document, &audit, &source, &catalogue);
        let line = "::error file=a.pdf,title=A006 stated-share-mismatch::trang 3: sai\n";
        assert_eq!(render(&report, &source, &catalogue), line);
    }
}
