//! What X001 and X004 share: the document's texts, and what was found in their words.

use super::{Context, TextNode};
use crate::text::{Reading, read};

/// The texts and what was found in their words.
#[derive(Debug)]
pub(super) struct Words<'a> {
    pub(super) texts: Vec<TextNode<'a>>,
    pub(super) reading: Reading,
}

impl<'a> Context<'a> {
    /// The words of the document, read once.
    pub(super) fn words(&self) -> &Words<'a> {
        self.words.get_or_init(|| {
            let texts = self.texts();
            let strings: Vec<&str> = texts.iter().map(|node| node.text).collect();
            let reading = read(&strings, self.grammar.words.lexicon(), &self.grammar.syllables);
            Words { texts, reading }
        })
    }
}
