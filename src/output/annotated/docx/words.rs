//! The words of a main part with where they stand in its XML. Paragraphs are counted as the reader of the format counts
//! them, so that a finding's place names one.

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use crate::output::report::Finding;
use crate::source::Source;
use crate::span::At;

/// Namespace of the elements, transitional and strict.
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// Deepest nesting of elements.
const NESTING: usize = 256;

/// How many characters before the words are compared, where a paragraph has them several times.
const CONTEXT: usize = 60;

/// A main part.
#[derive(Debug)]
pub(super) struct Main {
    /// The prefix of its elements: "w".
    pub(super) prefix: String,
    /// The namespace that the prefix stands for.
    pub(super) namespace: String,
    /// Its paragraphs in the order in which they are counted.
    paragraphs: Vec<Paragraph>,
    /// The runs that hold text.
    pub(super) runs: Vec<Run>,
}

/// A paragraph.
#[derive(Debug, Default)]
struct Paragraph {
    /// Where content may begin, after the paragraph's properties; nothing for one where a comment may not stand.
    start: Option<usize>,
    letters: Vec<Letter>,
}

/// A character of a paragraph.
#[derive(Debug, Clone, Copy)]
struct Letter {
    /// In small letters; a space for every kind of it.
    small: char,
    place: Place,
}

/// A stretch of the XML that stands for a character, and the run that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) run: usize,
}

/// A run, as far as cutting it needs.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    /// Where it begins and ends.
    pub(super) span: (usize, usize),
    /// Its properties, as they stand.
    pub(super) properties: String,
}

/// What a comment stands around.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Range {
    /// From a character to a character.
    Words(Place, Place),
    /// The start of a paragraph that has no words, or not these.
    Paragraph(usize),
}

/// The element that is open, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Where paragraphs stand.
    Blocks,
    /// A paragraph, by its index.
    Paragraph(usize),
    /// A run, by its index, in a paragraph.
    Run(usize, usize),
    /// Text of a run.
    Text(usize, usize),
    /// A drawing, outside its text boxes.
    Drawing,
    /// Alternatives, and whether one was taken.
    Alternatives { taken: bool, within: Within },
}

/// What surrounds alternatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Blocks,
    Paragraph(usize),
    Run(usize, usize),
    Drawing,
}

impl Main {
    /// Reads a main part; nothing where it is not of the format.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        let mut walk = Walk { text, main: None, open: Vec::new(), boxes: 0, deleted: 0, skip: 0 };
        loop {
            let start = usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event().ok()?;
            let end = usize::try_from(reader.buffer_position()).ok()?;
            match event {
                Event::Start(element) => walk.start(&element, start, end)?,
                Event::Empty(element) => {
                    walk.start(&element, start, end)?;
                    walk.end(local(element.name().as_ref()), start, end);
                }
                Event::End(element) => walk.end(local(element.name().as_ref()), start, end),
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => walk.letters(start, end),
                Event::Eof => break,
                _ => {}
            }
        }
        walk.main.filter(|main| !main.paragraphs.is_empty())
    }

    /// Where the words of a finding stand: in the paragraph of its place, at the occurrence with most of the words before it.
    pub(super) fn find(&self, finding: &Finding, source: &Source) -> Option<Range> {
        let at = &finding.at;
        let index = usize::try_from(at.paragraph?.checked_sub(1)?).ok()?;
        let paragraph = self.paragraphs.get(index)?;
        let start = paragraph.start?;
        let original = source.original();
        let words = squeezed(original.get(at.span.0 as usize..at.span.1 as usize)?.trim());
        let before = squeezed(before(original, at));
        let letters: Vec<char> = paragraph.letters.iter().map(|letter| letter.small).collect();
        let hit = occurrences(&letters, &words).max_by_key(|&hit| {
            let here = letters.get(..hit).unwrap_or_default();
            let common = here.iter().rev().zip(before.iter().rev()).take(CONTEXT);
            (common.take_while(|(a, b)| a == b).count(), std::cmp::Reverse(hit))
        });
        let ends = hit.and_then(|hit| {
            let last = hit + words.len() - 1;
            Some((paragraph.letters.get(hit)?.place, paragraph.letters.get(last)?.place))
        });
        Some(match (ends, paragraph.letters.first(), paragraph.letters.last()) {
            (Some((first, last)), _, _) => Range::Words(first, last),
            // The words are the reader's, as the number of a list is: the whole paragraph.
            (None, Some(first), Some(last)) => Range::Words(first.place, last.place),
            _ => Range::Paragraph(start),
        })
    }

    /// The start of the document, for what has no place in the main part.
    pub(super) fn first(&self) -> Option<Range> {
        self.paragraphs.iter().find_map(|paragraph| paragraph.start).map(Range::Paragraph)
    }
}

/// What stands before a place on its line and, in a table, in its cell.
fn before<'t>(original: &'t str, at: &At) -> &'t str {
    let text = original.get(..at.span.0 as usize).unwrap_or_default();
    let start = text.rfind(['\n', '\t']).map_or(0, |at| at + 1);
    text.get(start..).unwrap_or_default()
}

/// The characters of a text in small letters, with one space for each run of them.
fn squeezed(text: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::new();
    text.chars().for_each(|c| push(c, &mut out, |it| *it == ' ', |small| small));
    out
}

/// Adds the small letters of a character; a space only where none stands before it.
fn push<T>(c: char, out: &mut Vec<T>, is_space: impl Fn(&T) -> bool, make: impl Fn(char) -> T) {
    if c.is_whitespace() || c == '\u{a0}' {
        if out.last().is_some_and(|last| !is_space(last)) {
            out.push(make(' '));
        }
        return;
    }
    // One character for one, so that places stay: those that become several are kept.
    let mut small = c.to_lowercase();
    let one = small.next().filter(|_| small.next().is_none());
    out.push(make(one.unwrap_or(c)));
}

fn occurrences<'a>(letters: &'a [char], words: &'a [char]) -> impl Iterator<Item = usize> + 'a {
    let hits = letters.windows(words.len().max(1)).enumerate();
    hits.filter(move |(_, window)| !words.is_empty() && *window == words).map(|(at, _)| at)
}

/// Walks over the elements as the reader of the format does.
struct Walk<'t> {
    text: &'t str,
    main: Option<Main>,
    open: Vec<Open>,
    /// How many text boxes are open: a comment may not stand in one.
    boxes: usize,
    /// How many deletions are open.
    deleted: usize,
    /// How deep in an element that is no content.
    skip: usize,
}

impl Walk<'_> {
    fn start(&mut self, element: &BytesStart<'_>, start: usize, end: usize) -> Option<()> {
        let name = element.name();
        let name = local(name.as_ref());
        if self.main.is_none() {
            self.main = Some(Main::of(element)?);
            self.open.push(Open::Blocks);
            return Some(());
        }
        if self.open.len() > NESTING {
            return None;
        }
        let now = self.open.last().copied().unwrap_or(Open::Blocks);
        if self.skip > 0 || is_no_content(name) || self.is_other(name, now) {
            self.skip += 1;
            return Some(());
        }
        self.deleted += usize::from(matches!(name, "del" | "moveFrom"));
        let main = self.main.as_mut()?;
        let next = match (name, now) {
            ("AlternateContent", Open::Alternatives { .. }) => now,
            ("AlternateContent", now) => Open::Alternatives { taken: false, within: within(now) },
            (_, Open::Alternatives { within, .. }) => {
                if let Some(Open::Alternatives { taken, .. }) = self.open.last_mut() {
                    *taken = true;
                }
                open(within)
            }
            ("txbxContent", _) => {
                self.boxes += 1;
                Open::Blocks
            }
            ("p", Open::Blocks) => {
                let empty = self.text.get(..end).is_some_and(|text| text.ends_with("/>"));
                let start = (self.boxes == 0 && self.deleted == 0 && !empty).then_some(end);
                main.paragraphs.push(Paragraph { start, letters: Vec::new() });
                Open::Paragraph(main.paragraphs.len() - 1)
            }
            ("drawing" | "pict" | "object", Open::Paragraph(_) | Open::Run(..)) => Open::Drawing,
            ("r", Open::Paragraph(paragraph)) => {
                main.runs.push(Run { span: (start, start), properties: String::new() });
                Open::Run(main.runs.len() - 1, paragraph)
            }
            ("t", Open::Run(run, paragraph)) => Open::Text(run, paragraph),
            (_, now) => now,
        };
        self.open.push(next);
        Some(())
    }

    /// Whether an element is an alternative that is not read.
    fn is_other(&self, name: &str, now: Open) -> bool {
        match now {
            Open::Alternatives { taken, .. } => taken || !matches!(name, "Choice" | "Fallback"),
            _ => false,
        }
    }

    fn end(&mut self, name: &str, start: usize, end: usize) {
        if self.skip > 0 {
            self.skip -= 1;
            if self.skip == 0 {
                self.property_ends(name, end);
            }
            return;
        }
        let closed = self.open.pop();
        self.deleted -= usize::from(matches!(name, "del" | "moveFrom") && self.deleted > 0);
        self.boxes -= usize::from(name == "txbxContent" && self.boxes > 0);
        if let (Some(Open::Run(run, _)), "r") = (closed, name)
            && let Some(run) = self.main.as_mut().and_then(|main| main.runs.get_mut(run))
        {
            run.span.1 = end.max(start);
        }
    }

    /// Notes the properties of a paragraph or a run that have just ended.
    fn property_ends(&mut self, name: &str, end: usize) {
        let Some(main) = &mut self.main else { return };
        match (name, self.open.last()) {
            ("pPr", Some(Open::Paragraph(paragraph))) => {
                if let Some(paragraph) = main.paragraphs.get_mut(*paragraph).filter(|it| it.start.is_some()) {
                    paragraph.start = Some(end);
                }
            }
            ("rPr", Some(Open::Run(run, _))) => {
                let Some(run) = main.runs.get_mut(*run) else { return };
                let open = format!("<{}:rPr", main.prefix);
                let text = self.text.get(run.span.0..end).unwrap_or_default();
                let from = text.find(&open).unwrap_or(text.len());
                run.properties = text.get(from..).unwrap_or_default().to_owned();
            }
            _ => {}
        }
    }

    /// The characters of a stretch of text, each with where it stands.
    fn letters(&mut self, start: usize, end: usize) {
        let Some(Open::Text(run, paragraph)) = self.open.last().copied() else { return };
        if self.skip > 0 || self.deleted > 0 {
            return;
        }
        let Some(raw) = self.text.get(start..end) else { return };
        let Some(paragraph) = self.main.as_mut().and_then(|main| main.paragraphs.get_mut(paragraph)) else {
            return;
        };
        let mut add = |c: char, start: usize, end: usize| {
            let place = Place { start, end, run };
            push(c, &mut paragraph.letters, |it| it.small == ' ', |small| Letter { small, place });
        };
        if let Some(name) = raw.strip_prefix('&').and_then(|raw| raw.strip_suffix(';')) {
            let known = resolve_predefined_entity(name).and_then(|text| text.chars().next());
            let c = known.or_else(|| unescape(raw).ok().and_then(|text| text.chars().next()));
            add(c.unwrap_or('\u{fffd}'), start, end);
            return;
        }
        // The brackets of a CDATA section cannot be cut.
        if raw.starts_with("<![CDATA[") {
            return;
        }
        for (at, c) in raw.char_indices() {
            add(c, start + at, start + at + c.len_utf8());
        }
    }
}

impl Main {
    /// From the root element: the prefix under which it declares the namespace.
    fn of(root: &BytesStart<'_>) -> Option<Self> {
        let declared = root.attributes().with_checks(false).flatten().find_map(|attribute| {
            let prefix = attribute.key.as_ref().strip_prefix("xmlns:")?.to_owned();
            let value: &str = &attribute.value;
            NAMESPACES.contains(&value).then(|| (prefix, value.to_owned()))
        });
        let (prefix, namespace) = declared?;
        Some(Self { prefix, namespace, paragraphs: Vec::new(), runs: Vec::new() })
    }
}

fn within(now: Open) -> Within {
    match now {
        Open::Blocks | Open::Alternatives { .. } => Within::Blocks,
        Open::Paragraph(paragraph) => Within::Paragraph(paragraph),
        Open::Run(run, paragraph) | Open::Text(run, paragraph) => Within::Run(run, paragraph),
        Open::Drawing => Within::Drawing,
    }
}

fn open(within: Within) -> Open {
    match within {
        Within::Blocks => Open::Blocks,
        Within::Paragraph(paragraph) => Open::Paragraph(paragraph),
        Within::Run(run, paragraph) => Open::Run(run, paragraph),
        Within::Drawing => Open::Drawing,
    }
}

/// Whether an element holds no content: properties, instructions of fields.
fn is_no_content(name: &str) -> bool {
    name.ends_with("Pr")
        || matches!(
            name,
            "tblPrEx" | "tblGrid" | "instrText" | "delInstrText" | "delText" | "fldData" | "sym"
        )
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
