//! Tags and text of a page in order. Of a tag's attributes only those are kept that are asked for, so that a tag with
//! millions of them takes no memory.

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// A tag, or the text between two.
pub(super) enum Token {
    Start(Tag),
    End(Vec<u8>),
    Text(String),
}

/// A start tag; its name is in small letters.
#[derive(Default)]
pub(super) struct Tag {
    pub name: Vec<u8>,
    /// The attributes that are known, with their values; the first of a name goes first.
    pub attributes: Vec<(&'static str, String)>,
}

/// The attributes that are known.
const KNOWN: [&str; 14] = [
    "align", "border", "colspan", "hidden", "id", "reversed", "rowspan", "span", "start", "style", "title",
    "type", "value", "width",
];

/// The tags and the text; the content of scripts and the like is one text.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut emitter = CallbackEmitter::new(Events::default());
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, emitter).map(|token| match token {
        Ok(token) => token,
        Err(never) => match never {},
    })
}

/// Makes tokens of what the tokenizer tells.
#[derive(Default)]
struct Events {
    tag: Tag,
    /// Whether the attribute whose value comes is kept.
    kept: bool,
}

impl Callback<Token, ()> for Events {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Token> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag { name: name.to_vec(), attributes: Vec::new() }
            }
            CallbackEvent::AttributeName { name } => {
                let known = KNOWN.iter().find(|known| known.as_bytes() == name);
                let new = known.filter(|known| self.tag.attributes.iter().all(|(own, _)| own != *known));
                self.kept = new.is_some();
                self.tag.attributes.extend(new.map(|known| (*known, String::new())));
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, own)) = self.tag.attributes.last_mut().filter(|_| self.kept) {
                    own.push_str(&String::from_utf8_lossy(value));
                }
            }
            CallbackEvent::CloseStartTag { .. } => return Some(Token::Start(std::mem::take(&mut self.tag))),
            CallbackEvent::EndTag { name } => return Some(Token::End(name.to_vec())),
            CallbackEvent::String { value } => {
                return Some(Token::Text(String::from_utf8_lossy(value).into_owned()));
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }
}
