//! The part with the boxes that show a sheet's comments (ECMA-376-4, 19.4). Programs show no comment without its box.

use super::Cell;
use super::sheet::Layout;

pub(super) const TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// How many numbers of shapes a block has, and how many blocks are set apart for a sheet.
const BLOCK: u32 = 1024;
const BLOCKS: u32 = 64;

/// The width of a box, in points of the screen, and the height of a line in it.
const WIDTH: u32 = 320;
const LINE: u32 = 15;
/// How many letters such a line has.
const LETTERS: usize = 50;
/// Most and least lines of a box.
const MOST: usize = 26;
const LEAST: usize = 4;

const SHAPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">\
                     <v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

const NAMES: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
                     xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";

/// The boxes of a sheet.
#[derive(Debug)]
pub(super) struct Boxes {
    before: String,
    after: String,
    added: String,
    /// Whether each box has to name the namespaces itself.
    bare: bool,
    first: u32,
    count: u32,
    is_new: bool,
}

impl Boxes {
    /// No box yet.
    pub(super) fn new(sheet: usize) -> Self {
        let block = u32::try_from(sheet).unwrap_or(0).saturating_mul(BLOCKS).saturating_add(1);
        Self {
            before: format!("<xml {NAMES}>"),
            after: "</xml>".to_owned(),
            added: String::new(),
            bare: false,
            first: block.saturating_mul(BLOCK),
            count: 0,
            is_new: true,
        }
    }

    /// The boxes of a part; nothing where it does not end as such a part does.
    pub(super) fn of(text: String) -> Option<Self> {
        let (before, after) = text.rsplit_once("</xml>")?;
        let numbers = text.split("_x0000_s").skip(1).filter_map(|rest| {
            let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
            digits.parse::<u32>().ok()
        });
        let first = numbers.max().map_or(BLOCK, |last| last.saturating_add(1));
        let root = text.split('>').find(|piece| piece.contains("<xml")).unwrap_or_default();
        let bare = !["xmlns:v=", "xmlns:o=", "xmlns:x="].iter().all(|name| root.contains(name));
        let mut before = before.to_owned();
        if !text.contains("\"_x0000_t202\"") {
            let shape = if bare {
                SHAPE.replacen("<v:shapetype", &format!("<v:shapetype {NAMES}"), 1)
            } else {
                SHAPE.to_owned()
            };
            before.push_str(&shape);
        }
        let after = format!("</xml>{after}");
        Some(Self { before, after, added: String::new(), bare, first, count: 0, is_new: false })
    }

    /// Adds the box of a cell's comment, hidden until the cell is pointed at.
    pub(super) fn add(&mut self, (row, column): Cell, paragraphs: &[String], layout: &Layout) {
        let id = self.first.saturating_add(self.count);
        self.count += 1;
        let rows = |text: &String| text.chars().count() / LETTERS + 1;
        let lines = paragraphs.iter().map(rows).sum::<usize>().clamp(LEAST, MOST);
        let height = u32::try_from(lines).unwrap_or(0) * LINE + LINE;
        let (left, top) = (column.saturating_add(1), row.saturating_sub(1));
        let (right, right_at) = layout.right(left, WIDTH + LINE);
        let (bottom, bottom_at) = layout.bottom(top, height + LINE / 2);
        let names = if self.bare { NAMES } else { "" };
        self.added.push_str(&format!(
            "<v:shape {names} id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;margin-top:2pt;\
             width:{}pt;height:{}pt;z-index:{};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
             <v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
             <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
             <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
             <x:Anchor>{left}, {LINE}, {top}, {}, {right}, {right_at}, {bottom}, {bottom_at}</x:Anchor><x:AutoFill>False</x:AutoFill>\
             <x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>",
            WIDTH * 3 / 4,
            height * 3 / 4,
            self.count,
            LINE / 2,
        ));
    }

    /// The part.
    pub(super) fn written(&self) -> String {
        let Self { before, added, after, .. } = self;
        if !self.is_new {
            return format!("{before}{added}{after}");
        }
        let block = self.first / BLOCK;
        let blocks: Vec<String> = (0..=self.count / BLOCK).map(|i| (block + i).to_string()).collect();
        let blocks = blocks.join(",");
        format!(
            "{before}<o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{blocks}\"/></o:shapelayout>{SHAPE}{added}{after}"
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where its premise fails")]

    use super::*;

    #[test]
    fn boxes_that_there_are_stay_and_numbers_go_on() {
        let layout = Layout::of("<worksheet xmlns=\"m\"><sheetData/></worksheet>").unwrap();
        let mut boxes = Boxes::new(0);
        boxes.add((6, 1), &["một".to_owned()], &layout);
        let once = boxes.written();
        assert!(
            once.contains("id=\"_x0000_s1024\"") && once.contains("<x:Row>6</x:Row><x:Column>1</x:Column>")
        );
        let mut more = Boxes::of(once.clone()).unwrap();
        more.add((7, 1), &[], &layout);
        let twice = more.written();
        assert!(twice.contains("_x0000_s1024") && twice.contains("_x0000_s1025"));
        assert_eq!(twice.matches("<v:shapetype").count(), 1);
    }

    #[test]
    fn boxes_of_a_part_with_other_prefixes_name_their_namespaces() {
        let layout = Layout::of("<worksheet xmlns=\"m\"><sheetData/></worksheet>").unwrap();
        let mut boxes =
            Boxes::of("<xml xmlns:a=\"urn:schemas-microsoft-com:vml\"></xml>".to_owned()).unwrap();
        boxes.add((0, 0), &[], &layout);
        assert!(boxes.written().contains("<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\""));
        assert!(Boxes::of("<xml/>".to_owned()).is_none());
    }
}
