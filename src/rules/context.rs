//! What a rule is given: the document, the grammar, and the look-ups that several rules share.

use std::sync::OnceLock;

use super::arithmetic::Book;
use super::misreadings::Words;
use super::numbering::Fault;
use super::owners::body_tasks::BodyTask;
use super::references::Mention;
use super::references::titles::Alignment;
use crate::grammar::Grammar;
use crate::model::{Appendix, Block, Document, Item, Reference, Section};
use crate::span::At;
use crate::value::Quantity;

/// What a rule is given.
#[derive(Debug)]
pub struct Context<'a> {
    /// The model.
    pub document: &'a Document,
    /// What is known of the language of documents.
    pub grammar: &'a Grammar,
    /// The money of the document, worked out when the first arithmetic rule asks.
    pub(super) books: OnceLock<Vec<Book<'a>>>,
    /// The texts and what was found in their words, worked out when the first of two rules asks.
    pub(super) words: OnceLock<Words<'a>>,
    /// Which sections the groups of task appendices stand for, worked out when the first of two rules asks.
    pub(super) alignments: OnceLock<Vec<Alignment<'a>>>,
    /// Where siblings do not count up, worked out when the first rule of numbering asks.
    pub(super) faults: OnceLock<Vec<Fault<'a>>>,
    /// Where the text names an appendix, worked out when the first of two rules asks.
    pub(super) mentions: OnceLock<Vec<Mention<'a>>>,
    /// The tasks that running text states, worked out when the first of three rules asks.
    pub(super) body_tasks: OnceLock<Vec<BodyTask<'a>>>,
}

/// A piece of running text of the document with the place of the node that holds it.
#[derive(Debug, Clone, Copy)]
pub struct TextNode<'a> {
    /// The text, without markup.
    pub text: &'a str,
    /// The node's place; a finding narrows it with [`crate::finding::Finding::quoting`].
    pub at: &'a At,
}

/// A piece of the body with what it names: a block, or the title of a section, which may be a whole sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passage<'a> {
    /// The text, without markup.
    pub text: &'a str,
    /// Quantities in it.
    pub quantities: &'a [Quantity],
    /// Documents and appendices in it.
    pub references: &'a [Reference],
    /// The place of the node.
    pub at: &'a At,
    /// The nearest heading over it that names a year ("1. Đến năm 2027").
    pub dated: Option<&'a str>,
}

/// Longest heading that dates what stands under it; a longer one is a sentence.
const MAX_DATED: usize = 120;

impl<'a> Passage<'a> {
    fn of(block: &'a Block) -> Self {
        let Block { text, quantities, references, at, .. } = block;
        Self { text, quantities, references, at, dated: None }
    }

    /// The passages of sections and of those under them.
    fn under(sections: &'a [Section], dated: Option<&'a str>, out: &mut Vec<Self>) {
        for section in sections {
            let mut below = dated;
            if let Some(text) = &section.title {
                let Section { quantities, references, at, .. } = section;
                out.push(Passage { text, quantities, references, at, dated });
                let year =
                    |word: &str| word.len() == 4 && word.starts_with("20") && word.parse::<u32>().is_ok();
                if text.len() <= MAX_DATED && text.split(|c: char| !c.is_ascii_digit()).any(year) {
                    below = Some(text);
                }
            }
            out.extend(section.blocks.iter().map(|block| Passage { dated: below, ..Passage::of(block) }));
            Self::under(&section.sections, below, out);
        }
    }
}

impl<'a> Context<'a> {
    /// A context over a document.
    #[must_use]
    pub fn new(document: &'a Document, grammar: &'a Grammar) -> Self {
        Self {
            document,
            grammar,
            books: OnceLock::new(),
            words: OnceLock::new(),
            alignments: OnceLock::new(),
            faults: OnceLock::new(),
            mentions: OnceLock::new(),
            body_tasks: OnceLock::new(),
        }
    }

    /// All sections, depth first.
    #[must_use]
    pub fn sections(&self) -> Vec<&'a Section> {
        fn walk<'a>(sections: &'a [Section], out: &mut Vec<&'a Section>) {
            for section in sections {
                out.push(section);
                walk(&section.sections, out);
            }
        }
        let mut out = Vec::new();
        walk(&self.document.sections, &mut out);
        out
    }

    /// All blocks of the body: preamble, sections, closing, notes of appendices.
    #[must_use]
    pub fn blocks(&self) -> Vec<&'a Block> {
        let mut out: Vec<&Block> = self.document.header.preamble.iter().collect();
        for section in self.sections() {
            out.extend(&section.blocks);
        }
        if let Some(closing) = &self.document.closing {
            out.extend(&closing.paragraphs);
        }
        for appendix in &self.document.appendices {
            out.extend(&appendix.notes);
        }
        out
    }

    /// The blocks of the body and the titles of its sections, in order.
    pub(super) fn passages(&self) -> Vec<Passage<'a>> {
        let mut out: Vec<Passage<'_>> = self.document.header.preamble.iter().map(Passage::of).collect();
        Passage::under(&self.document.sections, None, &mut out);
        let closing = self.document.closing.iter().flat_map(|closing| &closing.paragraphs);
        let notes = self.document.appendices.iter().flat_map(|appendix| &appendix.notes);
        out.extend(closing.chain(notes).map(Passage::of));
        out
    }

    /// Every piece of running text: blocks, headings, captions, and the cells of all tables.
    #[must_use]
    pub fn texts(&self) -> Vec<TextNode<'a>> {
        let mut out = Vec::new();
        let header = &self.document.header;
        for text in [&header.title, &header.subtitle].into_iter().flatten() {
            out.push(TextNode { text, at: &header.at });
        }
        for block in self.blocks() {
            out.push(TextNode { text: &block.text, at: &block.at });
        }
        for section in self.sections() {
            if let Some(text) = &section.title {
                out.push(TextNode { text, at: &section.at });
            }
        }
        for appendix in &self.document.appendices {
            if let Some(text) = &appendix.title {
                out.push(TextNode { text, at: &appendix.at });
            }
            let Some(table) = &appendix.table else { continue };
            for cell in table.header.iter().chain(&table.rows).flat_map(|row| &row.cells) {
                if let (Some(text), true) = (&cell.raw, cell.from.is_none()) {
                    out.push(TextNode { text, at: &cell.at });
                }
            }
        }
        out
    }

    /// The appendices that hold targets.
    pub fn target_tables(&self) -> impl Iterator<Item = &'a Appendix> {
        let holds = |appendix: &&Appendix| appendix.items.iter().any(|item| matches!(item, Item::Target(_)));
        self.document.appendices.iter().filter(holds)
    }

    /// Items of an appendix that belong to a group directly.
    #[must_use]
    pub fn items_of(&self, appendix: &'a Appendix, group: &str) -> Vec<&'a Item> {
        appendix.items.iter().filter(|item| item.group() == Some(group)).collect()
    }
}
