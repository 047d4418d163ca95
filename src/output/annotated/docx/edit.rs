//! Marks in the XML of a main part. A run is cut where a comment begins or ends inside it; its halves keep its properties.

use std::collections::BTreeMap;

use super::words::{Main, Place, Range};

/// What is put in, by where.
#[derive(Debug, Default)]
pub(super) struct Edits {
    list: BTreeMap<usize, Put>,
}

/// What is put in at one place.
#[derive(Debug, Default)]
struct Put {
    /// Before and after the marks, where a run is cut.
    cut: Option<(String, String)>,
    /// Ends of comments, which stand before beginnings.
    ends: String,
    begins: String,
}

impl Edits {
    /// Puts a comment around words.
    pub(super) fn comment(&mut self, main: &Main, range: Range, id: u32) {
        let w = &main.prefix;
        let begin = format!("<{w}:commentRangeStart {w}:id=\"{id}\"/>");
        let end = format!(
            "<{w}:commentRangeEnd {w}:id=\"{id}\"/><{w}:r><{w}:commentReference {w}:id=\"{id}\"/></{w}:r>"
        );
        match range {
            Range::Paragraph(at) => {
                let put = self.list.entry(at).or_default();
                put.begins.push_str(&begin);
                put.begins.push_str(&end);
            }
            Range::Words(first, last) => {
                self.cut(main, first, first.start).begins.push_str(&begin);
                self.cut(main, last, last.end).ends.push_str(&end);
            }
        }
    }

    /// The marks at a place inside the text of a run, which is cut there.
    fn cut(&mut self, main: &Main, place: Place, at: usize) -> &mut Put {
        let put = self.list.entry(at).or_default();
        let w = &main.prefix;
        put.cut.get_or_insert_with(|| {
            let properties = main.runs.get(place.run).map_or("", |run| &run.properties);
            let before = format!("</{w}:t></{w}:r>");
            (before, format!("<{w}:r>{properties}<{w}:t xml:space=\"preserve\">"))
        });
        put
    }

    /// The text with the marks in it. Texts that were cut keep the spaces at their new ends.
    pub(super) fn applied(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 256 * self.list.len());
        let mut done = 0;
        for (at, put) in &self.list {
            let piece = text.get(done..*at).unwrap_or_default();
            if put.cut.is_some() {
                push_preserving(piece, &mut out)
            } else {
                out.push_str(piece)
            }
            let (before, after) = put.cut.as_ref().map_or(("", ""), |cut| (&cut.0, &cut.1));
            for piece in [before, &put.ends, &put.begins, after] {
                out.push_str(piece);
            }
            done = *at;
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }
}

/// Adds a piece whose last element is a text that is cut: its spaces are to be kept.
fn push_preserving(piece: &str, out: &mut String) {
    let tag = piece.rfind('<').and_then(|start| Some((start, start + piece.get(start..)?.find('>')?)));
    match tag {
        Some((start, end)) => {
            let name = piece.get(start..end).unwrap_or_default();
            out.push_str(piece.get(..end).unwrap_or_default());
            if !name.contains("xml:space") {
                out.push_str(" xml:space=\"preserve\"");
            }
            out.push_str(piece.get(end..).unwrap_or_default());
        }
        // The text goes on after a cut, which keeps its spaces.
        None => out.push_str(piece),
    }
}
