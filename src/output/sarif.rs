//! SARIF 2.1.0, for code-review tools: one run over all files, only the rules that fired.
//!
//! Columns count Unicode code points. Findings that a baseline accepts stay in, marked as suppressed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::report::{Accepted, AcceptedBy, Finding, Report};
use super::{Catalogue, place};
use crate::finding::Severity;
use crate::source::Source;
use crate::span::{At, Span};

/// One checked file.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    /// Its report.
    pub report: &'a Report,
    /// The text that the places refer to.
    pub source: &'a Source,
}

/// What is said of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleText {
    /// What the rule checks, in one sentence.
    pub summary: String,
    /// The rule's page in Markdown.
    pub page: String,
    /// Its severity before any lowering.
    pub severity: Severity,
}

/// A log, ready to be written as JSON.
#[derive(Debug, Serialize)]
pub struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: Vec<Run>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    language: String,
    artifacts: Vec<Artifact>,
    results: Vec<ResultItem>,
}

#[derive(Debug, Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Debug, Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
    default_configuration: Configuration,
}

#[derive(Debug, Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Debug, Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Debug, Serialize)]
struct Message {
    text: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    location: ArtifactLocation,
    #[serde(skip_serializing_if = "String::is_empty")]
    encoding: String,
    length: u64,
    hashes: BTreeMap<&'static str, String>,
}

#[derive(Debug, Serialize)]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultItem {
    rule_id: String,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression>,
}

#[derive(Debug, Serialize)]
struct Suppression {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

/// A place in a file that is not one of lines.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    name: String,
    fully_qualified_name: String,
    kind: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Message>,
}

/// The log of all checked files. `rule` gives what is said of a rule by its code.
#[must_use]
pub fn log(files: &[Checked<'_>], catalogue: &Catalogue, rule: impl Fn(&str) -> Option<RuleText>) -> Log {
    let findings = || {
        files.iter().enumerate().flat_map(|(i, file)| {
            let new = file.report.findings.iter().map(move |finding| (i, file, finding, None));
            let accepted = file.report.accepted.iter();
            new.chain(accepted.map(move |accepted| (i, file, &accepted.finding, Some(accepted))))
        })
    };
    let mut fired: BTreeMap<&str, &str> = BTreeMap::new();
    for (_, _, finding, _) in findings() {
        fired.insert(&finding.code, &finding.name);
    }
    let index: BTreeMap<&str, usize> = fired.keys().enumerate().map(|(i, code)| (*code, i)).collect();
    let results = findings()
        .map(|(i, file, finding, accepted)| {
            let rule_index = index.get(finding.code.as_str()).copied().unwrap_or_default();
            result(finding, rule_index, &Place { file, index: i, catalogue }, accepted)
        })
        .collect();
    let rules = fired.iter().map(|(code, name)| descriptor(code, name, rule(code))).collect();
    let driver = Driver { name: "cthd", version: env!("CARGO_PKG_VERSION"), rules };
    let run = Run {
        tool: Tool { driver },
        column_kind: "unicodeCodePoints",
        language: catalogue.lang().tag().to_owned(),
        artifacts: files.iter().map(artifact).collect(),
        results,
    };
    Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: vec![run] }
}

/// A file and its index among the artifacts.
struct Place<'a> {
    file: &'a Checked<'a>,
    index: usize,
    catalogue: &'a Catalogue,
}

impl Place<'_> {
    fn location(&self, at: &At, id: Option<usize>, label: Option<&str>, quote: Option<&str>) -> Location {
        let logical = place::symbolic(at).map(|(symbolic, kind)| LogicalLocation {
            name: place::words(at, self.catalogue),
            fully_qualified_name: symbolic,
            kind,
        });
        let region = (at.line > 0 && logical.is_none()).then(|| {
            let end = self.file.source.at_original(Span { start: at.span.1, end: at.span.1 });
            Region {
                start_line: at.line,
                start_column: at.column,
                end_line: end.line,
                end_column: end.column,
                snippet: quote.map(message),
            }
        });
        let artifact_location =
            ArtifactLocation { uri: uri(&self.file.report.source.name), index: Some(self.index) };
        // Without a region the quoted words are the location's message.
        let label = label.or(if logical.is_some() { quote } else { None });
        Location {
            id,
            physical_location: PhysicalLocation { artifact_location, region },
            logical_locations: logical.into_iter().collect(),
            message: label.map(message),
        }
    }
}

fn result(
    finding: &Finding,
    rule_index: usize,
    place: &Place<'_>,
    accepted: Option<&Accepted>,
) -> ResultItem {
    let mut text = finding.message.clone();
    for more in [&finding.evidence, &finding.suggestion].into_iter().flatten() {
        text.push('\n');
        text.push_str(more);
    }
    let related = finding.related.iter().enumerate();
    ResultItem {
        rule_id: finding.code.clone(),
        rule_index,
        level: level(finding.severity),
        message: Message { text },
        locations: vec![place.location(&finding.at, None, None, finding.quote.as_deref())],
        related_locations: related
            .map(|(i, related)| place.location(&related.at, Some(i), Some(&related.label), None))
            .collect(),
        partial_fingerprints: BTreeMap::from([("cthd/1", finding.fingerprint.clone())]),
        suppressions: accepted.map(suppression).into_iter().collect(),
    }
}

/// Both a baseline and a file of suppressions are outside the document; the entry's reason tells them apart.
fn suppression(accepted: &Accepted) -> Suppression {
    let justification = match accepted.by {
        AcceptedBy::Baseline => None,
        AcceptedBy::Suppression => accepted.reason.clone(),
    };
    Suppression { kind: "external", justification }
}

fn descriptor(code: &str, name: &str, rule: Option<RuleText>) -> Descriptor {
    let severity = rule.as_ref().map_or(Severity::Warning, |rule| rule.severity);
    let (summary, page) = rule.map(|rule| (rule.summary, rule.page)).unzip();
    Descriptor {
        id: code.to_owned(),
        name: name.to_owned(),
        short_description: summary.map(|text| Message { text }),
        help: page.map(|page| Help { text: page.clone(), markdown: page }),
        default_configuration: Configuration { level: level(severity) },
    }
}

fn artifact(file: &Checked<'_>) -> Artifact {
    let source = &file.report.source;
    Artifact {
        location: ArtifactLocation { uri: uri(&source.name), index: None },
        encoding: source.encoding.clone(),
        length: source.bytes,
        hashes: BTreeMap::from([("sha-256", source.sha256.clone())]),
    }
}

fn message(text: &str) -> Message {
    Message { text: text.to_owned() }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A file name as a URI reference: everything outside the unreserved characters and "/" is escaped.
fn uri(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            b'\\' => out.push('/'),
            _ => {
                use std::fmt::Write;
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where its premise fails")]

    use super::*;
    use crate::finding::{self, Audit, Code, Text};
    use crate::model::{Document, SourceInfo};
    use crate::output::Lang;
    use crate::source::{FileFacts, Spot};

    fn written() -> serde_json::Value {
        written_of(Source::new(FileFacts::default(), "một\nxây thể trận mới\n".to_owned(), None))
    }

    fn written_of(source: Source) -> serde_json::Value {
        let code = Code { code: "X001", name: "suspected-misreading" };
        let start = source.original().find("thể trận").unwrap();
        let at = source.at(Span::new(start, start + "thể trận".len()));
        let finding = finding::Finding::new(code, Severity::Warning, Text::words("Nghi sai"), at.clone())
            .relate(at, Text::words("đây"));
        let audit = Audit { findings: vec![finding], checks: Vec::new() };
        let source_info = SourceInfo { name: "hồ sơ/a b.txt".to_owned(), ..SourceInfo::default() };
        let document = Document { source: source_info, ..Document::default() };
        let catalogue = Catalogue::new(Lang::Vi);
        let mut report = Report::new(&document, &audit, &source, &catalogue);
        let (by, reason) = (AcceptedBy::Suppression, Some("đã hỏi".to_owned()));
        report.accepted.extend(report.findings.iter().map(|it| Accepted {
            by,
            reason: reason.clone(),
            finding: it.clone(),
        }));
        let files = [Checked { report: &report, source: &source }];
        let rule = RuleText { summary: "S".to_owned(), page: "P".to_owned(), severity: Severity::Warning };
        serde_json::to_value(log(&files, &catalogue, |_| Some(rule.clone()))).unwrap()
    }

    #[test]
    fn regions_count_code_points() {
        let log = written();
        let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
        let numbers = ["startLine", "startColumn", "endLine", "endColumn"].map(|key| region[key].as_u64());
        assert_eq!(numbers, [Some(2), Some(5), Some(2), Some(13)]);
        assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    }

    #[test]
    fn a_place_that_is_no_line_is_a_logical_location() {
        let mut source = Source::new(FileFacts::default(), "một\nxây thể trận mới\n".to_owned(), None);
        let sheet = source.spots.name("Biểu 2");
        source.spots.mark(0, Spot::Sheet { sheet, row: 6, column: 1 });
        let log = written_of(source);
        let location = &log["runs"][0]["results"][0]["locations"][0];
        assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "'Biểu 2'!B7");
        assert_eq!(location["message"]["text"], "thể trận");
        assert!(location["physicalLocation"].get("region").is_none());
    }

    #[test]
    fn a_rule_is_described_once_and_accepted_findings_are_suppressed() {
        let log = written();
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"].as_array().unwrap().len(), 1);
        assert_eq!(run["results"][1]["suppressions"][0]["kind"], "external");
        assert_eq!(run["results"][1]["suppressions"][0]["justification"], "đã hỏi");
        assert!(run["results"][0].get("suppressions").is_none());
    }

    #[test]
    fn file_names_are_uri_references() {
        assert_eq!(written()["runs"][0]["artifacts"][0]["location"]["uri"], "h%E1%BB%93%20s%C6%A1/a%20b.txt");
    }
}
