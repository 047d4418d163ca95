//! The proof that nothing is lost: every character of the source that is no space stands in exactly one
//! node of the model, or is set aside with a reason; and every node says what stands at its place.
//!
//! Comes in: the model and the source. Goes out: a [`Coverage`]. It walks the model alone and knows nothing
//! of how the model was made. Spans are sorted and swept once, so that the time grows with the document.
//!
//! What owns text (see `leaves`): blocks, section headings, the title, captions, the lines that say with
//! what an appendix is issued, cells with text of their own, recipients, the signature, unplaced text.
//! Items, groups, totals and references are readings of these and own nothing. Text that is set aside
//! belongs to nothing else, also where it stands inside a node.

mod altered;
mod leaves;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Aside, Document};
use crate::source::Source;
use crate::span::{At, Span};
use leaves::Leaf;

/// Name and version of the schema.
pub const SCHEMA: &str = "cthd-coverage/1";

/// Where every character of a source has gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Always `cthd-coverage/1`.
    pub schema: String,
    /// File name as given.
    pub source: String,
    /// Whether every character is accounted for once and every node says what stands at its place.
    pub whole: bool,
    /// Counts of characters, spaces left out.
    pub characters: Characters,
    /// Characters owned, by kind of node.
    pub owned: Vec<Owned>,
    /// Characters set aside, by reason.
    pub set_aside: Vec<SetAside>,
    /// Text that is nowhere in the model.
    pub missing: Vec<Missing>,
    /// Text that more than one node owns.
    pub doubly_owned: Vec<DoublyOwned>,
    /// Nodes whose text is not what stands at their place.
    pub altered: Vec<Altered>,
}

/// Counts of characters, spaces left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Characters {
    /// All characters of the source.
    pub total: usize,
    /// Owned by nodes of the model.
    pub owned: usize,
    /// Set aside.
    pub set_aside: usize,
    /// In the model as text without a place.
    pub unplaced: usize,
    /// Nowhere in the model.
    pub missing: usize,
    /// Owned more than once.
    pub doubly_owned: usize,
}

/// Characters owned by one kind of node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Owned {
    /// The kind of node.
    pub kind: Kind,
    /// How many characters.
    pub characters: usize,
}

/// Characters set aside for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SetAside {
    /// Why.
    pub reason: Aside,
    /// How many characters.
    pub characters: usize,
}

/// Text that is nowhere in the model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Missing {
    /// Where it stands.
    pub at: At,
    /// The text.
    pub text: String,
}

/// Text that more than one node owns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DoublyOwned {
    /// Where it stands.
    pub at: At,
    /// The text.
    pub text: String,
    /// The nodes.
    pub owners: Vec<String>,
}

/// A node whose text is not what stands at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Altered {
    /// The node.
    pub node: String,
    /// Where it stands.
    pub at: At,
    /// What stands there, without what is set aside.
    pub printed: String,
    /// What the node says.
    pub model: String,
}

/// A kind of node that owns text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Title and subtitle of the document.
    Title,
    /// Paragraphs, list items, notes.
    Block,
    /// Headings of sections.
    Heading,
    /// Label, title and unit line of an appendix.
    Caption,
    /// "(Ban hành kèm theo …)".
    IssuedWith,
    /// Cells of table headers.
    HeaderCell,
    /// Cells of rows.
    Cell,
    /// Recipients.
    Recipients,
    /// The signature.
    Signature,
    /// Text that the model has no place for.
    Unplaced,
    /// Text set aside.
    SetAside,
}

impl Coverage {
    /// Where every character of the source has gone in the model.
    #[must_use]
    pub fn of(source: &Source, document: &Document) -> Self {
        let leaves = leaves::of(document);
        let mut sweep = Sweep::new(source, &leaves);
        sweep.run();
        let Sweep { mut found, .. } = sweep;
        found.altered = altered::of(source, &leaves);
        found.whole = found.missing.is_empty() && found.doubly_owned.is_empty() && found.altered.is_empty();
        found
    }
}

/// A piece of a leaf in the original text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Piece {
    start: usize,
    end: usize,
    leaf: usize,
}

/// One pass over the text from border to border of the pieces.
struct Sweep<'a> {
    source: &'a Source,
    leaves: &'a [Leaf<'a>],
    pieces: Vec<Piece>,
    found: Coverage,
}

impl<'a> Sweep<'a> {
    fn new(source: &'a Source, leaves: &'a [Leaf<'a>]) -> Self {
        let mut pieces = Vec::with_capacity(leaves.len());
        for (leaf, node) in leaves.iter().enumerate() {
            for at in node.places() {
                let start = border(source.original(), at.span.0 as usize);
                let end = border(source.original(), at.span.1 as usize);
                if start < end {
                    pieces.push(Piece { start, end, leaf });
                }
            }
        }
        pieces.sort_unstable();
        let found = Coverage {
            schema: SCHEMA.to_owned(),
            source: source.name.clone(),
            whole: false,
            characters: Characters::default(),
            owned: Vec::new(),
            set_aside: Vec::new(),
            missing: Vec::new(),
            doubly_owned: Vec::new(),
            altered: Vec::new(),
        };
        Self { source, leaves, pieces, found }
    }

    fn run(&mut self) {
        let length = self.source.original().len();
        let pieces = std::mem::take(&mut self.pieces);
        let mut borders: Vec<usize> = pieces.iter().flat_map(|piece| [piece.start, piece.end]).collect();
        borders.extend([0, length]);
        borders.sort_unstable();
        borders.dedup();
        let mut coming = pieces.into_iter().peekable();
        let mut open: Vec<Piece> = Vec::new();
        for (start, end) in borders.iter().copied().zip(borders.iter().copied().skip(1)) {
            open.retain(|piece| piece.end > start);
            while let Some(piece) = coming.next_if(|piece| piece.start <= start) {
                open.push(piece);
            }
            self.segment(start, end, &open);
        }
    }

    /// Accounts for the text between two borders.
    fn segment(&mut self, start: usize, end: usize, open: &[Piece]) {
        let text = self.source.original().get(start..end).unwrap_or_default();
        let characters = text.chars().filter(|c| !c.is_whitespace()).count();
        if characters == 0 {
            return;
        }
        self.found.characters.total += characters;
        // A character that the working text leaves out belongs to no other text that is set aside, and that to no node.
        let left_out = |piece: &Piece| {
            let left_out = |span: &Span| span.range() == (piece.start..piece.end);
            let at = self.source.invisible.partition_point(|span| (span.start as usize) < piece.start);
            self.source.invisible.get(at).is_some_and(left_out)
        };
        let rank = |piece: &Piece| match self.leaf(piece).map(|leaf| (leaf.kind, leaf.reason)) {
            Some((Kind::SetAside, Some(Aside::Invisible))) => 2,
            Some((Kind::SetAside, _)) if left_out(piece) => 2,
            Some((Kind::SetAside, _)) => 1,
            _ => 0,
        };
        let first = open.iter().map(rank).max().unwrap_or(0);
        let owners: Vec<&Piece> = open.iter().filter(|piece| rank(piece) == first).collect();
        match owners.as_slice() {
            [] => {
                self.found.characters.missing += characters;
                self.missing(start, end);
            }
            [piece] => self.owned(piece.leaf, characters),
            pieces => {
                self.found.characters.doubly_owned += characters;
                let owners =
                    pieces.iter().filter_map(|piece| self.leaf(piece)).map(ToString::to_string).collect();
                let at = self.source.at_original(Span::new(start, end));
                self.found.doubly_owned.push(DoublyOwned { at, text: text.to_owned(), owners });
            }
        }
    }

    fn leaf(&self, piece: &Piece) -> Option<&'a Leaf<'a>> {
        self.leaves.get(piece.leaf)
    }

    fn owned(&mut self, leaf: usize, characters: usize) {
        let Some(leaf) = self.leaves.get(leaf) else { return };
        let counts = &mut self.found.characters;
        match (leaf.kind, leaf.reason) {
            (Kind::SetAside, Some(reason)) => {
                counts.set_aside += characters;
                let list = &mut self.found.set_aside;
                match list.iter_mut().find(|it| it.reason == reason) {
                    Some(it) => it.characters += characters,
                    None => list.push(SetAside { reason, characters }),
                }
                list.sort_unstable_by_key(|it| it.reason);
            }
            (Kind::Unplaced, _) => counts.unplaced += characters,
            (kind, _) => {
                counts.owned += characters;
                let list = &mut self.found.owned;
                match list.iter_mut().find(|it| it.kind == kind) {
                    Some(it) => it.characters += characters,
                    None => list.push(Owned { kind, characters }),
                }
                list.sort_unstable_by_key(|it| it.kind);
            }
        }
    }

    /// Notes lost text, one entry for each line, what only spaces part as one.
    fn missing(&mut self, start: usize, end: usize) {
        let original = self.source.original();
        let mut from = start;
        for line in original.get(start..end).unwrap_or_default().split_inclusive('\n') {
            let begin = from + (line.len() - line.trim_start().len());
            let stop = from + line.trim_end().len();
            from += line.len();
            if begin >= stop {
                continue;
            }
            let mut span = Span::new(begin, stop);
            if let Some(last) = self.found.missing.last() {
                let gap = original.get(last.at.span.1 as usize..begin).unwrap_or("\n");
                if gap.chars().all(|c| c.is_whitespace() && c != '\n') {
                    span.start = last.at.span.0;
                    self.found.missing.pop();
                }
            }
            let text = original.get(span.range()).unwrap_or_default().to_owned();
            self.found.missing.push(Missing { at: self.source.at_original(span), text });
        }
    }
}

/// The last character border at or before a byte.
fn border(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests;
