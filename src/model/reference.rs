//! References to other documents and to parts of this one; funding; printed numbers and dates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::span::At;

/// A document or appendix that the text names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Reference {
    /// The printed text: "Nghị quyết số 57-NQ/TW".
    pub raw: String,
    /// What is named.
    pub kind: ReferenceKind,
    /// Document number or appendix label: "57-NQ/TW", "3A".
    pub number: Option<String>,
    /// Date, ISO 8601.
    pub date: Option<String>,
    /// Issuing body, where the text names it.
    pub issuer: Option<String>,
    /// Id of a part of this document, where it is one and is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// What a reference names.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ReferenceKind {
    /// Nghị quyết.
    Resolution,
    /// Quyết định.
    Decision,
    /// Chỉ thị.
    Directive,
    /// Kết luận.
    Conclusion,
    /// Quy định.
    Regulation,
    /// Kế hoạch.
    Plan,
    /// Chương trình.
    Programme,
    /// Luật.
    Law,
    /// Nghị định.
    Decree,
    /// Thông tư.
    Circular,
    /// An appendix of this document.
    Appendix,
    /// Anything else.
    #[default]
    Other,
}

/// "(Ban hành kèm theo Chương trình số … ngày … của …)".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct IssuedWith {
    /// The printed text, without its outer brackets.
    pub raw: String,
    /// Number of the document.
    pub number: Option<PrintedValue>,
    /// Date of the document.
    pub date: Option<DatedValue>,
    /// Issuing body.
    pub issuer: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// A printed value that may be blank in part.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct PrintedValue {
    /// As printed: "-CTr/ĐU".
    pub raw: String,
    /// The value; absent where the number itself is blank.
    pub value: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// A printed date that may be blank in part.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct DatedValue {
    /// As printed: "/3/2026".
    pub raw: String,
    /// ISO 8601; absent where a part is blank or the day does not exist.
    pub value: Option<String>,
    /// Year.
    pub year: Option<i32>,
    /// Month.
    pub month: Option<u32>,
    /// Day.
    pub day: Option<u32>,
    /// Where it stands.
    pub at: At,
}

/// Where the money comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Funding {
    /// The printed text.
    pub raw: String,
    /// Keys of the sources: "state_budget", "city_budget", "ward_budget", "socialised" …; the list is
    /// data in `grammars/funding.toml`. Empty where none is recognised.
    pub sources: Vec<String>,
    /// Where it stands.
    pub at: At,
}
