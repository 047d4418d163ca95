//! `structure.toml`: the parts of a document and the words that show where they begin.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::text::{fold, head};

/// So many bytes of a title tell its kind.
const LONGEST_KIND: usize = 80;

/// The parts of a document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Structure {
    /// Titles of sections, whole and folded, that set out means and not tasks.
    pub means: Vec<String>,
    /// Kinds of document by the words of their title.
    #[serde(rename = "kind")]
    pub kinds: Vec<DocumentKind>,
    /// Captions of appendices.
    pub captions: Captions,
    /// Letterhead.
    pub letterhead: Letterhead,
    /// Closing part.
    pub closing: ClosingWords,
    /// Places.
    pub localities: Localities,
    /// Page numbers.
    pub pages: Pages,
    /// Paragraphs that a page break cut.
    pub joins: Joins,
    /// Rows of tables.
    pub rows: RowWords,
}

/// A kind of document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentKind {
    /// How the title begins, folded.
    pub words: String,
    /// What the model calls it.
    pub kind: String,
    /// The same words with their diacritics and in small letters, where without them they may be others: "phương án" is no
    /// "PHƯỜNG AN KHÊ".
    #[serde(default)]
    pub spelled: Option<String>,
}

/// Captions of appendices.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Captions {
    /// Words of a caption, folded, longest first.
    pub words: Vec<String>,
    /// Words of the caption of a table inside a text, folded.
    pub tables: Vec<String>,
    /// Words of captions that other documents have as well, folded.
    pub shared: Vec<String>,
    /// Words before the label in the name of a sheet, folded, longest first.
    pub sheets: Vec<String>,
    /// Words between the caption word and the label.
    pub number: Vec<String>,
    /// How a heading in capitals over a table begins that has no label, folded.
    pub unlabelled: Vec<String>,
    /// How the line begins that says what the appendix was issued with.
    pub issued_with: Vec<String>,
}

/// Letterhead.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letterhead {
    /// Lines that name no issuer.
    pub mottoes: Vec<String>,
    /// Words that say that a document is a draft.
    pub drafts: Vec<String>,
    /// Words before the document's number, in small letters.
    pub number: Vec<String>,
    /// How a ground begins.
    pub grounds: Vec<String>,
    /// Names of committees that say nothing without the line below, folded.
    pub open: Vec<String>,
    /// Words that names of bodies begin with.
    pub bodies: Vec<String>,
    /// How lines begin, in small letters, that name a body at the top of a sheet.
    pub issuers: Vec<String>,
}

/// Closing part.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosingWords {
    /// How the list of recipients begins.
    pub recipients: Vec<String>,
    /// How a closing paragraph begins.
    pub cues: Vec<String>,
    /// How a signature's authority line begins.
    pub authority: Vec<String>,
    /// Offices of signatories.
    pub roles: Vec<String>,
    /// Bodies whose names hold an office.
    pub in_bodies: Vec<String>,
    /// Words before an office that make it a deputy's.
    pub deputies: Vec<String>,
    /// What stands in place of a signature by hand.
    pub signed: Vec<String>,
    /// Ranks and degrees before names, lower case, with diacritics.
    pub ranks: Vec<String>,
}

/// Places.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Localities {
    /// Words of a level before a place's name, with diacritics, lower case.
    pub levels: Vec<String>,
    /// Party committees that stand for their level.
    pub committees: BTreeMap<String, String>,
}

/// Page numbers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// Words before a page number.
    pub number: Vec<String>,
    /// Words between a page's number and how many there are.
    pub of: Vec<String>,
}

impl Pages {
    /// A page's number and how many there are, in folded text: "3/12" and, where a word of `number` stands before it
    /// (`named`), "3 tren 12".
    pub fn parts<'t>(&self, text: &'t str, named: bool) -> (&'t str, Option<&'t str>) {
        let worded = || self.of.iter().filter(|_| named).find_map(|word| text.split_once(word.as_str()));
        let parts = text.split_once('/').or_else(worded);
        parts.map_or((text, None), |(page, pages)| (page.trim(), Some(pages.trim())))
    }
}

/// Paragraphs that a page break cut.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Joins {
    /// Last words after which a sentence goes on.
    pub open_endings: Vec<String>,
    /// Last words behind which a name has to follow.
    pub before_names: Vec<String>,
    /// Words of several syllables that end in one of these and do not ask for more.
    pub whole_endings: Vec<String>,
}

impl Structure {
    /// The kind of document that a text is the title of. "DỰ THẢO" before it does not count.
    #[must_use]
    pub fn kind(&self, title: &str) -> Option<&DocumentKind> {
        let title = head(title, LONGEST_KIND);
        let (key, lower) = (fold(title), title.to_lowercase());
        let draft = self.letterhead.drafts.iter().find_map(|draft| {
            let rest = key.strip_prefix(draft.as_str())?.strip_prefix(' ')?;
            let words = draft.split(' ').count();
            let spelled = lower.split_whitespace().skip(words).collect::<Vec<_>>().join(" ");
            Some((rest.to_owned(), spelled))
        });
        let (key, lower) = draft.unwrap_or((key, lower));
        self.kinds.iter().find(|kind| {
            let spelled = kind.spelled.as_ref().is_none_or(|spelled| lower.starts_with(spelled.as_str()));
            spelled && key.starts_with(kind.words.as_str())
        })
    }
}

impl Joins {
    /// Whether a text ends in a word after which a sentence goes on, whatever comes next.
    #[must_use]
    pub fn are_open_after(&self, text: &str) -> bool {
        let word = text.rsplit([' ', '\u{A0}']).next().unwrap_or_default();
        let ends_in = |whole: &String| {
            text.strip_suffix(whole.as_str()).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
        };
        self.before_names.iter().any(ends_in)
            || self.open_endings.iter().any(|open| open == word) && !self.whole_endings.iter().any(ends_in)
    }
}

/// Rows of tables.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowWords {
    /// How a row begins that prints a total.
    pub totals: Vec<String>,
    /// First words of the name of a whole body, in a row without a number.
    pub wholes: Vec<String>,
    /// The same of a row without a number.
    pub unnumbered_totals: Vec<String>,
    /// Rows that only lead over to their parts.
    pub labels: Vec<String>,
    /// Words before the colon of a row that is a remark.
    pub notes: Vec<String>,
    /// Targets that leave the value to a higher level.
    pub deferred: Vec<String>,
    /// Words after a declared count.
    pub counts: Vec<String>,
    /// Cells that stand for what the row above says.
    pub ditto: Vec<String>,
    /// Marks in a cell that say that its column holds.
    pub ticks: Vec<String>,
    /// Marks in a cell that say that its column's agency leads.
    pub leads: Vec<String>,
    /// Marks in a cell that say that its column's agency coordinates.
    pub coordinates: Vec<String>,
}

impl RowWords {
    /// Whether a cell holds a mark and nothing else: its header says the rest.
    #[must_use]
    pub fn is_mark(&self, raw: &str) -> bool {
        [&self.ticks, &self.leads, &self.coordinates].iter().any(|marks| marks.iter().any(|mark| mark == raw))
    }
}
