//! The interpreter of page content: which glyphs and which rules are drawn where (ISO 32000-1, 8 and 9).

use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use rustc_hash::FxHashMap;

use super::font::{Font, number};
use super::geometry::{Area, Matrix};
use super::marks::{Glyph, Marks, Picture};
use super::path::Path;
use crate::grammar::Encodings;
use crate::read::{Bound, ReadError};

/// Most glyphs and rules of a page.
pub const MAX_MARKS: usize = 400_000;
/// Most bytes that the content of a page and its forms may unpack to.
pub const MAX_CONTENT: usize = 64 << 20;
/// Deepest nesting of forms and of saved states.
const MAX_DEPTH: usize = 24;
const MAX_STATES: usize = 512;

/// Fonts that are read already, by object.
pub(super) type Fonts = FxHashMap<ObjectId, Rc<Font>>;

#[derive(Debug, Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    mode: i64,
    line_width: f64,
    /// What is drawn outside is not seen.
    clip: Option<Area>,
}

/// Interprets the content of one page.
pub(super) struct Interpreter<'a> {
    document: &'a Document,
    encodings: &'a Encodings,
    fonts: &'a mut Fonts,
    marks: Marks,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    path: Path,
    /// Whether the path clips what is drawn after it.
    clips: bool,
    /// Text that a marked-content sequence gives for what is drawn in it; the depth at which it began.
    instead: Option<(usize, Option<String>)>,
    marked: usize,
    unpacked: usize,
    /// The forms that are being drawn, outermost first.
    forms: Vec<&'a Stream>,
}

impl<'a> Interpreter<'a> {
    /// `page` maps the page's space to points from its upper left corner.
    pub fn new(document: &'a Document, encodings: &'a Encodings, fonts: &'a mut Fonts, page: Matrix) -> Self {
        let state = State {
            matrix: page,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            line_width: 1.0,
            clip: None,
        };
        Self {
            document,
            encodings,
            fonts,
            marks: Marks::default(),
            state,
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            path: Path::default(),
            clips: false,
            instead: None,
            marked: 0,
            unpacked: 0,
            forms: Vec::new(),
        }
    }

    /// What was drawn.
    pub fn finish(self) -> Marks {
        self.marks
    }

    /// Interprets content with its resources.
    ///
    /// # Errors
    /// More marks or bytes than the bounds allow.
    pub fn run(
        &mut self,
        content: &[u8],
        resources: &[&'a Dictionary],
        depth: usize,
    ) -> Result<(), ReadError> {
        self.unpacked += content.len();
        if self.unpacked > MAX_CONTENT {
            return Err(ReadError::Limit { bound: Bound::Unpacked, limit: MAX_CONTENT as u64 });
        }
        let states = self.saved.len();
        for operation in Content::decode_iter(content) {
            // What follows an operation that cannot be read is lost to every viewer as well.
            let Ok(operation) = operation else { break };
            self.operation(&operation, resources, depth)?;
            if self.marks.glyphs.len() + self.marks.rules.len() > MAX_MARKS {
                return Err(ReadError::Limit { bound: Bound::Glyphs, limit: MAX_MARKS as u64 });
            }
        }
        if let Some(state) = self.saved.get(states).cloned() {
            self.state = state;
        }
        self.saved.truncate(states);
        Ok(())
    }

    fn operation(
        &mut self,
        operation: &Operation,
        resources: &[&'a Dictionary],
        depth: usize,
    ) -> Result<(), ReadError> {
        let operands = operation.operands.as_slice();
        let numbers: Vec<f64> = operands.iter().filter_map(number).take(6).collect();
        match (operation.operator.as_str(), numbers.as_slice()) {
            ("q", _) if self.saved.len() < MAX_STATES => self.saved.push(self.state.clone()),
            ("Q", _) => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            ("cm", [a, b, c, d, e, f]) => {
                self.state.matrix = Matrix::new([*a, *b, *c, *d, *e, *f]).then(self.state.matrix);
            }
            ("w", [width]) => self.state.line_width = *width,
            ("Do", _) => self.object(operands, resources, depth)?,
            ("BI", _) => self.picture(None),
            ("BDC", _) => self.begin_marked(operands, resources),
            ("BMC", _) => self.marked += 1,
            ("EMC", _) => {
                if self.instead.as_ref().is_some_and(|(at, _)| *at == self.marked) {
                    self.instead = None;
                }
                self.marked = self.marked.saturating_sub(1);
            }
            (operator, numbers) => {
                if !self.path_operation(operator, numbers) {
                    self.text_operation(operator, numbers, operands, resources);
                }
            }
        }
        Ok(())
    }

    fn path_operation(&mut self, operator: &str, numbers: &[f64]) -> bool {
        let matrix = self.state.matrix;
        match (operator, numbers) {
            ("m", [x, y]) => self.path.begin(matrix.apply(*x, *y)),
            ("l", [x, y]) => self.path.line_to(matrix.apply(*x, *y)),
            ("c", [.., x, y]) | ("v" | "y", [.., x, y]) => self.path.curve_to(matrix.apply(*x, *y)),
            ("h", _) => self.path.close(),
            ("re", [x, y, w, h]) => {
                self.path.begin(matrix.apply(*x, *y));
                self.path.line_to(matrix.apply(x + w, *y));
                self.path.line_to(matrix.apply(x + w, y + h));
                self.path.line_to(matrix.apply(*x, y + h));
                self.path.close();
            }
            ("W" | "W*", _) => self.clips = true,
            ("S" | "s" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "n", _) => {
                if matches!(operator, "s" | "b" | "b*") {
                    self.path.close();
                }
                if std::mem::take(&mut self.clips)
                    && let Some(area) = self.path.area()
                {
                    self.state.clip = Some(self.state.clip.map_or(area, |clip| clip.shared(area)));
                }
                let scale = (matrix.a * matrix.d - matrix.b * matrix.c).abs().sqrt();
                let stroked = matches!(operator, "S" | "s" | "B" | "B*" | "b" | "b*");
                let filled = !matches!(operator, "S" | "s" | "n");
                let width = stroked.then_some(self.state.line_width * scale);
                self.path.draw(width, filled, &mut self.marks.rules);
            }
            _ => return false,
        }
        true
    }

    fn text_operation(
        &mut self,
        operator: &str,
        numbers: &[f64],
        operands: &[Object],
        resources: &[&'a Dictionary],
    ) {
        match (operator, numbers) {
            ("BT", _) => self.set_line(Matrix::IDENTITY),
            ("Tf", _) => {
                if let Some(name) = operands.first().and_then(|name| name.as_name().ok()) {
                    self.state.font = self.font(name, resources);
                }
                self.state.size = numbers.first().copied().unwrap_or_default();
            }
            ("Tc", [space]) => self.state.letter_space = *space,
            ("Tw", [space]) => self.state.word_space = *space,
            ("Tz", [percent]) => self.state.stretch = percent / 100.0,
            ("TL", [leading]) => self.state.leading = *leading,
            ("Ts", [rise]) => self.state.rise = *rise,
            ("Tr", [_]) => self.state.mode = operands.first().and_then(|o| o.as_i64().ok()).unwrap_or(0),
            ("Td", [x, y]) => self.move_line(*x, *y),
            ("TD", [x, y]) => {
                self.state.leading = -y;
                self.move_line(*x, *y);
            }
            ("Tm", [a, b, c, d, e, f]) => self.set_line(Matrix::new([*a, *b, *c, *d, *e, *f])),
            ("T*", _) => self.move_line(0.0, -self.state.leading),
            ("Tj", _) => self.show(operands.first()),
            ("'", _) => {
                self.move_line(0.0, -self.state.leading);
                self.show(operands.first());
            }
            ("\"", [words, letters, ..]) => {
                self.state.word_space = *words;
                self.state.letter_space = *letters;
                self.move_line(0.0, -self.state.leading);
                self.show(operands.last());
            }
            ("TJ", _) => {
                let Some(Object::Array(pieces)) = operands.first() else { return };
                for piece in pieces {
                    if let Some(back) = number(piece) {
                        let shift = -back / 1000.0 * self.state.size * self.state.stretch;
                        self.text = Matrix::shift(shift, 0.0).then(self.text);
                    } else {
                        self.show(Some(piece));
                    }
                }
            }
            _ => {}
        }
    }

    fn set_line(&mut self, matrix: Matrix) {
        self.text = matrix;
        self.line = matrix;
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.set_line(Matrix::shift(x, y).then(self.line));
    }

    fn show(&mut self, string: Option<&Object>) {
        let Some(string) = string.and_then(|object| object.as_str().ok()) else { return };
        let Some(font) = self.state.font.clone() else { return };
        let index = self.marks.font(&font.name);
        let state = &self.state;
        let unmarked = self.instead.is_none();
        let mut replacement = self.instead.as_mut().and_then(|(_, text)| text.take());
        for code in font.codes(string) {
            let space = if code.is_word_space { state.word_space } else { 0.0 };
            let drawn = code.width * state.size * state.stretch;
            let advance = drawn + (state.letter_space + space) * state.stretch;
            let place = Matrix::shift(0.0, state.rise).then(self.text).then(state.matrix);
            let letters = replacement.take().map_or_else(
                || if unmarked { code.letters.unwrap_or("\u{FFFD}").into() } else { "".into() },
                std::borrow::Cow::Owned,
            );
            if !letters.is_empty() {
                let start = self.marks.letters.len();
                self.marks.letters.push_str(&letters);
                let letters = (offset(start), offset(self.marks.letters.len()));
                // Letters that are spaced out belong together.
                let wide = drawn + state.letter_space.max(0.0) * state.stretch;
                let glyph = Glyph::placed(place, (wide, state.size), letters, state.mode == 3);
                let is_seen = |glyph: &Glyph| state.clip.is_none_or(|clip| clip.shows(glyph.middle()));
                self.marks.glyphs.extend(glyph.filter(is_seen).map(|glyph| Glyph { font: index, ..glyph }));
            }
            self.text = Matrix::shift(advance, 0.0).then(self.text);
        }
    }

    fn font(&mut self, name: &[u8], resources: &[&'a Dictionary]) -> Option<Rc<Font>> {
        let document = self.document;
        let entry = resources.iter().find_map(|resources| {
            resources.get_deref(b"Font", document).and_then(Object::as_dict).ok()?.get(name).ok()
        })?;
        let id = entry.as_reference().ok();
        if let Some(font) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(font));
        }
        let (_, object) = document.dereference(entry).ok()?;
        let mut font = Font::of(document, object.as_dict().ok()?);
        if self.encodings.of_font(&font.name).is_some() {
            font.keep_soft_hyphen();
        }
        let font = Rc::new(font);
        if font.mute && !self.marks.mute.contains(&font.name) {
            self.marks.mute.push(font.name.clone());
        }
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Some(font)
    }

    /// Draws a form or notes a picture.
    fn object(
        &mut self,
        operands: &[Object],
        resources: &[&'a Dictionary],
        depth: usize,
    ) -> Result<(), ReadError> {
        let document = self.document;
        let Some(name) = operands.first().and_then(|name| name.as_name().ok()) else { return Ok(()) };
        let entry = resources.iter().find_map(|resources| {
            resources.get_deref(b"XObject", document).and_then(Object::as_dict).ok()?.get(name).ok()
        });
        let id = entry.and_then(|entry| entry.as_reference().ok());
        let object = entry.and_then(|entry| document.dereference(entry).ok());
        let Some(stream) = object.and_then(|(_, object)| object.as_stream().ok()) else { return Ok(()) };
        match stream.dict.get_deref(b"Subtype", document).and_then(Object::as_name) {
            Ok(b"Image") => self.picture(id),
            // A form that draws itself ends there.
            Ok(b"Form")
                if depth < MAX_DEPTH && !self.forms.iter().any(|open| std::ptr::eq(*open, stream)) =>
            {
                self.forms.push(stream);
                self.form(stream, resources, depth)?;
                self.forms.pop();
            }
            _ => {}
        }
        Ok(())
    }

    fn picture(&mut self, id: Option<ObjectId>) {
        self.marks.pictures.push(Picture { id, matrix: self.state.matrix });
    }

    fn form(&mut self, stream: &'a Stream, outer: &[&'a Dictionary], depth: usize) -> Result<(), ReadError> {
        let left = MAX_CONTENT.saturating_sub(self.unpacked);
        let content = match stream.get_plain_content_with_limit(left) {
            Ok(content) => content,
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                return Err(ReadError::Limit { bound: Bound::Unpacked, limit: MAX_CONTENT as u64 });
            }
            Err(_) => return Ok(()),
        };
        let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        let resources: Vec<&'a Dictionary> = own.into_iter().chain(outer.iter().copied()).collect();
        let matrix = stream.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array).ok();
        let numbers: Vec<f64> = matrix.into_iter().flatten().filter_map(number).collect();
        let before = self.state.clone();
        let (text, line) = (self.text, self.line);
        if let Ok(matrix) = <[f64; 6]>::try_from(numbers) {
            self.state.matrix = Matrix::new(matrix).then(self.state.matrix);
        }
        self.run(&content, &resources, depth + 1)?;
        self.state = before;
        (self.text, self.line) = (text, line);
        Ok(())
    }

    /// A marked-content sequence may give the text that its glyphs stand for (ISO 32000-1, 14.9.4).
    fn begin_marked(&mut self, operands: &[Object], resources: &[&'a Dictionary]) {
        self.marked += 1;
        if self.instead.is_some() {
            return;
        }
        let document = self.document;
        let properties = match operands.get(1) {
            Some(Object::Dictionary(dictionary)) => Some(dictionary),
            Some(Object::Name(name)) => resources.iter().find_map(|resources| {
                let lists = resources.get_deref(b"Properties", document).and_then(Object::as_dict).ok()?;
                lists.get_deref(name, document).and_then(Object::as_dict).ok()
            }),
            _ => None,
        };
        let actual = properties.and_then(|properties| properties.get_deref(b"ActualText", document).ok());
        if let Some(text) = actual.and_then(|object| lopdf::decode_text_string(object).ok()) {
            self.instead = Some((self.marked, Some(text)));
        }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
