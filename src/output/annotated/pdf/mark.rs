//! The annotation of a finding, and how it is drawn (ISO 32000-1, 12.5.6 and 12.5.5): every viewer shows the same.

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary, text_string};

use super::frame::Frame;
use crate::finding::Severity;
use crate::output::annotated::AUTHOR;
use crate::output::report::Finding;

/// Left, top, right, bottom in hundredths of a point from the page's upper left corner.
pub(super) type Box4 = [i32; 4];

/// Printed, and fixed neither in size nor to the screen.
const PRINTED: i64 = 4;

/// Side of a sign at a page's corner, and its distance from there.
const SIGN: Box4 = [1800, 1800, 3600, 3600];

/// What a mark looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// Words, highlighted line by line.
    Words(Vec<Box4>),
    /// A border around many lines.
    Border(Box4),
    /// A sign at the page's corner.
    Sign,
}

/// What is marked.
pub(super) struct Mark<'a> {
    pub finding: &'a Finding,
    /// The name of the annotation, of which a page has no other.
    pub name: &'a str,
    pub content: &'a str,
    pub page: ObjectId,
    pub state: ObjectId,
}

/// The state of drawing under which colours darken what is below them.
pub(super) fn state() -> Object {
    Object::Dictionary(dictionary! { "Type" => "ExtGState", "BM" => "Multiply" })
}

/// Says which form draws an annotation.
pub(super) fn shown_as(annotation: &mut Dictionary, form: ObjectId) {
    annotation.set("AP", dictionary! { "N" => form });
}

impl Mark<'_> {
    /// The form that draws the mark, and the annotation. `is_free` says whether words have no colour yet; others get a
    /// line below them.
    pub(super) fn written(
        &self,
        shape: &Shape,
        frame: &Frame,
        is_free: impl FnMut(Box4) -> bool,
    ) -> (Object, Dictionary) {
        let (subtype, boxes) = match shape {
            Shape::Words(lines) => ("Highlight", lines.as_slice()),
            Shape::Border(area) => ("Square", std::slice::from_ref(area)),
            Shape::Sign => ("Text", std::slice::from_ref(&SIGN)),
        };
        let corners: Vec<Quad> = boxes.iter().map(|area| corners(*area, frame)).collect();
        let free: Vec<bool> = boxes.iter().copied().map(is_free).collect();
        let area = around(&corners);
        let colour = colour(self.finding.severity);
        let mut annotation = dictionary! {
            "Type" => "Annot",
            "Subtype" => subtype,
            "Rect" => reals(&area),
            "P" => self.page,
            "NM" => text_string(self.name),
            "T" => text_string(AUTHOR),
            "Subj" => text_string(&self.finding.code),
            "Contents" => text_string(self.content),
            "C" => reals(&colour),
            "F" => PRINTED,
        };
        match shape {
            Shape::Words(_) => {
                let points = corners.iter().flatten().flat_map(|(x, y)| [*x, *y]).collect::<Vec<_>>();
                annotation.set("QuadPoints", reals(&points));
            }
            Shape::Border(_) => annotation.set("BS", dictionary! { "W" => 1.5_f32 }),
            Shape::Sign => annotation.set("Name", "Note"),
        }
        let drawn = drawn(shape, corners.iter().zip(free), colour);
        (self.form(drawn, area), annotation)
    }

    fn form(&self, drawn: String, area: [f32; 4]) -> Object {
        let dictionary = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => reals(&area),
            "Resources" => dictionary! { "ExtGState" => dictionary! { "G" => self.state } },
            "Group" => dictionary! { "S" => "Transparency" },
        };
        Object::Stream(Stream::new(dictionary, drawn.into_bytes()))
    }
}

/// The corners of a box.
type Quad = [(f32, f32); 4];

/// How the boxes are painted.
fn drawn<'q>(shape: &Shape, quads: impl Iterator<Item = (&'q Quad, bool)>, [r, g, b]: [f32; 3]) -> String {
    let mut drawn = format!("/G gs {r} {g} {b} rg {r} {g} {b} RG 1.5 w\n");
    for (quad, free) in quads {
        let [_, _, (left, low), (right, end)] = *quad;
        if !free && matches!(shape, Shape::Words(_)) {
            drawn.push_str(&format!("{left} {low} m {right} {end} l S\n"));
            continue;
        }
        let [x, y, x2, y2] = around(std::slice::from_ref(quad));
        // A border stands inside its box.
        let (inset, paint) = if matches!(shape, Shape::Border(_)) { (0.75, "S") } else { (0.0, "f") };
        let (width, height) = (x2 - x - 2.0 * inset, y2 - y - 2.0 * inset);
        drawn.push_str(&format!("{} {} {width} {height} re {paint}\n", x + inset, y + inset));
    }
    drawn
}

/// The corners as readers expect them: upper left, upper right, lower left, lower right of the text as it is read.
fn corners([left, top, right, bottom]: Box4, frame: &Frame) -> Quad {
    [(left, top), (right, top), (left, bottom), (right, bottom)].map(|(x, y)| frame.point(x, y))
}

/// The box around points, in the page's own space.
fn around(corners: &[Quad]) -> [f32; 4] {
    let mut points = corners.iter().flatten();
    let (x, y) = points.next().copied().unwrap_or_default();
    points.fold([x, y, x, y], |[l, d, r, u], (x, y)| [l.min(*x), d.min(*y), r.max(*x), u.max(*y)])
}

fn colour(severity: Severity) -> [f32; 3] {
    match severity {
        Severity::Error => [1.0, 0.7, 0.64],
        Severity::Warning => [1.0, 0.87, 0.47],
        Severity::Info => [0.7, 0.85, 1.0],
    }
}

fn reals(numbers: &[f32]) -> Vec<Object> {
    numbers.iter().map(|number| Object::Real(*number)).collect()
}
