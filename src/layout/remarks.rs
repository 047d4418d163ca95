//! Remarks right under a table that no caption has: "Ghi chú: …", and the list that goes on with it.

use super::flow::Lead;
use crate::grammar::Grammar;
use crate::text::fold;

/// Longest word before the colon of a remark, in bytes.
const MAX_WORD: usize = 24;

/// The remark that the lines so far have opened.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    open: Option<Open>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Sentence,
    /// It ends in a colon, and a list follows.
    List,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub under_table: bool,
    pub after_signature: bool,
}

impl Remarks {
    /// Whether a line is of a remark under a table. After the signature no section can have its list.
    pub fn take(&mut self, text: &str, lead: &Lead, place: Place, grammar: &Grammar) -> bool {
        let listed = match lead {
            Lead::None => false,
            Lead::Number(_) => place.after_signature,
            _ => place.after_signature || self.open == Some(Open::List),
        };
        let goes_on = self.open.is_some() && listed;
        let begins = place.under_table && begins(text, grammar);
        let list = text.ends_with(':') || goes_on && self.open == Some(Open::List);
        let open = if list { Open::List } else { Open::Sentence };
        self.open = (begins || goes_on).then_some(open);
        self.open.is_some()
    }
}

/// Whether a line begins as a remark does: "Ghi chú:".
fn begins(text: &str, grammar: &Grammar) -> bool {
    let word = text.split_once(':').map(|(word, _)| word).filter(|word| word.len() < MAX_WORD);
    word.is_some_and(|word| {
        grammar.structure.rows.notes.contains(&fold(word.trim_matches(['*', '_', '(', ' '])))
    })
}
