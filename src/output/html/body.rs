//! The body of the document: its outline, its paragraphs with the findings on their words, its end.

use maud::{Markup, html};

use super::{Node, Page, anchor};
use crate::model::{Block, BlockKind, Section};

/// Levels of sections that the list of contents shows.
const OUTLINE: usize = 3;

impl<'a> Page<'a> {
    /// The outline as a list of links.
    pub(super) fn outline(&self) -> Markup {
        self.outline_of(&self.document.sections, 1)
    }

    fn outline_of(&self, sections: &[Section], level: usize) -> Markup {
        html! {
            @if !sections.is_empty() && level <= OUTLINE {
                ul {
                    @for section in sections {
                        li {
                            a href={ "#s-" (section.id) } { span.no { (section.number) } " " (short(section.title.as_deref().unwrap_or_default())) }
                            (self.outline_of(&section.sections, level + 1))
                        }
                    }
                }
            }
        }
    }

    /// The text of the document.
    pub(super) fn body(&self) -> Markup {
        let document = self.document;
        html! {
            section.body #body aria-labelledby="body-title" {
                h2 #body-title { (self.label("page-body")) }
                div.paper {
                    @for block in &document.header.preamble { (self.block(block, Node::Block(&block.id))) }
                    @for section in &document.sections { (self.section(section, 3)) }
                    @if let Some(closing) = &document.closing {
                        div.closing #closing {
                            @for block in &closing.paragraphs { (self.block(block, Node::Block(&block.id))) }
                            @if let Some(signature) = &closing.signature {
                                p.signature {
                                    @for part in [&signature.authority, &signature.role, &signature.name].into_iter().flatten() { span { (part) } }
                                }
                            }
                            @if !closing.recipients.is_empty() {
                                ul.recipients { @for recipient in &closing.recipients { li { (recipient) } } }
                            }
                            (self.tags(self.on(Node::Closing)))
                        }
                    }
                }
            }
        }
    }

    fn section(&self, section: &'a Section, level: usize) -> Markup {
        let title = section.title.as_deref().unwrap_or_default();
        let entries = self.on(Node::Heading(&section.id));
        let text = html! { span.no { (section.number) } " " (self.marked(title, &section.at, entries)) };
        let anchor = format!("s-{}", section.id);
        html! {
            @match level {
                3 => h3 id=(anchor) { (text) },
                4 => h4 id=(anchor) { (text) },
                5 => h5 id=(anchor) { (text) },
                _ => h6 id=(anchor) { (text) },
            }
            @for block in &section.blocks { (self.block(block, Node::Block(&block.id))) }
            @for inner in &section.sections { (self.section(inner, level + 1)) }
        }
    }

    pub(super) fn block(&self, block: &'a Block, node: Node<'a>) -> Markup {
        let class = match block.kind {
            BlockKind::Paragraph => "paragraph",
            BlockKind::Bullet => "bullet",
            BlockKind::SubBullet => "sub",
            BlockKind::Subheading => "subheading",
            BlockKind::Note => "remark",
        };
        let entries = self.on(node);
        html! {
            p.(class) id=(anchor(node)) {
                @if let Some(marker) = &block.marker { span.marker { (marker) } " " }
                (self.marked(&block.text, &block.at, entries))
            }
        }
    }

    /// The findings on a node.
    pub(super) fn on(&self, node: Node<'a>) -> &[usize] {
        self.by_block.get(&node).map(Vec::as_slice).unwrap_or_default()
    }
}

/// A title cut for the list of contents.
fn short(title: &str) -> String {
    const LIMIT: usize = 70;
    match title.char_indices().nth(LIMIT) {
        None => title.to_owned(),
        Some((end, _)) => {
            let start = title.get(..end).unwrap_or_default();
            let whole = start.rsplit_once(' ').map_or(start, |(words, _)| words);
            format!("{whole} …")
        }
    }
}
