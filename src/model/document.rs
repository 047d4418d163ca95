//! The document as a whole: source, header, closing, and what stands outside.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Appendix, Block, DatedValue, PrintedValue, Reference, Section};
use crate::span::At;
use crate::value::Period;

/// Name and version of the model's schema.
pub const SCHEMA: &str = "cthd/1";

/// A whole action programme.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// Always `cthd/1`.
    pub schema: String,
    /// The file that was read.
    pub source: SourceInfo,
    /// Letterhead, title and preamble.
    pub header: Header,
    /// The body.
    pub sections: Vec<Section>,
    /// The appendices in order.
    pub appendices: Vec<Appendix>,
    /// Closing paragraphs, recipients and signature.
    pub closing: Option<Closing>,
    /// Text that the model has no place for.
    pub unplaced: Vec<Unplaced>,
    /// Text that is not content: repeated headers, page numbers, markup …
    pub set_aside: Vec<SetAside>,
}

/// The file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct SourceInfo {
    /// File name as given, or "-" for standard input.
    pub name: String,
    /// Format, found by content: "text".
    pub format: String,
    /// Encoding: "UTF-8", "UTF-16LE", "windows-1258", "TCVN3"; "TCVN3 in UTF-8" for bytes of TCVN3 that were taken for letters
    /// and saved as UTF-8.
    pub encoding: String,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Number of pages, where the format shows it.
    pub pages: Option<u32>,
    /// How many times invalid bytes were replaced by U+FFFD while decoding.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub replaced: u32,
    /// The encoding from before Unicode that the text, or a part of it, was in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_encoding: Option<OldEncoding>,
    /// Letters of other alphabets that were read as the Vietnamese letters they look like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub foreign_letters: Vec<ForeignLetter>,
    /// Places of decomposed letters (combining marks), one a line at most; the model is composed (NFC).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decomposed: Vec<At>,
    /// What a user of the file must be told about it: hidden parts, tracked changes, pages without text …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
}

/// An encoding from before Unicode that a text was in; places are those of the decoded text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OldEncoding {
    /// What it is called: "TCVN3", "VNI", "VISCII", "VPS", "windows-1258".
    pub name: String,
    /// How many lines were read from it.
    pub lines: u32,
    /// Bytes that have no letter in it, in hexadecimal; U+FFFD stands for each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<String>,
    /// Letters of Vietnamese that it does not have.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lacking: String,
    /// The first line that was read from it.
    pub at: At,
}

/// What a user of the file must be told about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Notice {
    /// What it is.
    pub kind: NoticeKind,
    /// The name, number or text that it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Where it is, if at one place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

/// What can be noted about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// A sheet that is hidden; it was read.
    HiddenSheet,
    /// A sheet that is hidden and does not call itself an appendix; it was set aside.
    HiddenSheetApart,
    /// Rows that are hidden; they were read.
    HiddenRows,
    /// Rows that are hidden and that the totals over them leave out; they were set aside.
    HiddenRowsApart,
    /// Columns that are hidden; they were read.
    HiddenColumns,
    /// Text that is hidden; it was set aside.
    HiddenText,
    /// Text that is struck through; it was set aside.
    Struck,
    /// Insertions of tracked changes; they were read.
    Inserted,
    /// Deletions of tracked changes; they were set aside.
    Deleted,
    /// A number typed where the cells beside it hold formulas.
    TypedOver,
    /// A formula without a stored value.
    FormulaWithoutValue,
    /// Formulas without a stored value that were worked out.
    Calculated,
    /// A sum whose stored value is not what it gives.
    StaleValue,
    /// A cell whose formula gives an error.
    ErrorValue,
    /// A font that does not say which letters its glyphs are.
    NoLetters,
    /// A page without text.
    PageWithoutText,
    /// A page or piece that was recognised from its picture.
    Recognised,
    /// A part of the file that is damaged and was left out.
    Damaged,
    /// A table inside a cell, beside the cell's own words; it was set aside.
    NestedTable,
    /// A picture that was not read.
    Picture,
}

/// A letter of another alphabet that looks like a Vietnamese one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ForeignLetter {
    /// The letter as it stands: "Ð" (U+00D0).
    pub letter: String,
    /// What it was read as: "Đ".
    pub read_as: String,
    /// Where it stands.
    pub at: At,
}

/// Letterhead, title and preamble.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Header {
    /// Kind of document: "action_programme", "plan", "resolution", …; absent where not recognised.
    pub kind: Option<String>,
    /// Title: the kind of document as printed and, where it follows, whose it is.
    pub title: Option<String>,
    /// What the document carries out or is about.
    pub subtitle: Option<String>,
    /// Issuing body, as printed.
    pub issuer: Option<String>,
    /// The body above the issuer, from the letterhead.
    pub parent_issuer: Option<String>,
    /// The ward, district or province, such as "phường Kim Giang".
    pub locality: Option<String>,
    /// Place of signing, from the date line.
    pub place: Option<String>,
    /// Document number; the value is absent where its digits are blank.
    pub number: Option<PrintedValue>,
    /// Date of issue; the value is absent where its day is blank.
    pub date: Option<DatedValue>,
    /// The term ("nhiệm kỳ") or, where none is named, the period of the title.
    pub term: Option<Period>,
    /// Legal grounds, one for each "Căn cứ …": `raw` is the whole line, number and date are of the first
    /// document that it names.
    pub basis: Vec<Reference>,
    /// Opening paragraphs under the title, without the grounds.
    pub preamble: Vec<Block>,
    /// Lines of the letterhead as they stand: bodies, mottoes, number, place and date.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub letterhead: Vec<Block>,
    /// Where the title stands; line 0 where it is the title of a workbook's first table.
    pub at: At,
}

/// Closing paragraphs, recipients and signature.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Closing {
    /// Paragraphs after the last section.
    pub paragraphs: Vec<Block>,
    /// Recipients ("Nơi nhận"), without list marks.
    pub recipients: Vec<String>,
    /// Places of the recipients' heading and lines.
    pub recipients_at: Vec<At>,
    /// Who signed.
    pub signature: Option<Signature>,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Signature {
    /// On whose behalf, as printed: "T/M ĐẢNG ỦY".
    pub authority: Option<String>,
    /// Office: "BÍ THƯ".
    pub role: Option<String>,
    /// Name of the signatory.
    pub name: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// Text that the model has no place for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Unplaced {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub at: At,
}

/// Text that is not content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SetAside {
    /// Why it is not content.
    pub reason: Aside,
    /// The text itself.
    pub text: String,
    /// Where it stands.
    pub at: At,
}

/// Why a piece of text is not content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Aside {
    /// A table's header, printed again on the next page.
    RepeatedHeader,
    /// A row of column numbers or formulas under a header.
    FormulaIndex,
    /// A page number.
    PageNumber,
    /// A line that every page repeats.
    RunningHead,
    /// Emphasis marks and tags.
    Markup,
    /// Words at the start of a row's second half that its first half already has.
    RepeatedTail,
    /// Text that a tracked change deleted.
    Deleted,
    /// Text that is struck through.
    Struck,
    /// Text that is hidden, and not printed.
    Hidden,
    /// A table inside a cell, beside the cell's own words.
    Nested,
    /// Invisible characters: zero-width spaces, control codes.
    Invisible,
    /// A rule or ornament: "-----", "* * *".
    Ornament,
    /// A footnote or endnote.
    Footnote,
    /// A remark of an editor, not printed.
    Comment,
    /// Cells beside a table.
    Scratch,
    /// The name of a sheet, which is not printed.
    SheetName,
    /// What a signature's stamp says on a scanned page.
    Stamp,
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}
