//! The body: numbered sections and their blocks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Reference;
use crate::span::At;
use crate::value::Quantity;

/// A numbered section.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// Path of the printed numbers: "II.6.3.a".
    pub id: String,
    /// The printed number: "a)"; left out where the heading has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// The heading without its number.
    pub title: Option<String>,
    /// Quantities named in the title, which may be a whole sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantities: Vec<Quantity>,
    /// Documents and appendices named in the title.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// Paragraphs and list items directly under the heading.
    pub blocks: Vec<Block>,
    /// Sections under this one.
    pub sections: Vec<Section>,
    /// Where the heading stands.
    pub at: At,
}

/// A paragraph or a list item.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// Section's id, "#", position: "II.1#3".
    pub id: String,
    /// What kind of block.
    pub kind: BlockKind,
    /// The list mark as printed: "-", "+".
    pub marker: Option<String>,
    /// The text without mark and markup; over a page break it is joined by one space.
    pub text: String,
    /// Quantities named in the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantities: Vec<Quantity>,
    /// Documents and appendices named in the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// Where it stands.
    pub at: At,
}

/// Kind of block.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A paragraph without a mark.
    #[default]
    Paragraph,
    /// A first-level list item ("-").
    Bullet,
    /// A second-level list item ("+").
    SubBullet,
    /// A run-in head without a number.
    Subheading,
    /// A remark in brackets on a line of its own.
    Note,
}
