//! A change as a sentence: "nhiệm vụ VI.4: thời hạn từ Quý IV/2027 thành Quý II/2027; cơ quan chủ trì không đổi".

use crate::finding::{Arg, Text};
use crate::output::Catalogue;
use crate::output::columns::cut;
use crate::versions::matching::{Confidence, Evidence, Feature, Status};
use crate::versions::parts::Kind;
use crate::versions::{Change, Field, FieldChange, Moved, PartRef, Words, WordsOf};

/// Widest name beside a number, in terminal cells.
const NAME: usize = 70;

/// The same where parts were split or merged: what tells the fragments apart often stands at the end.
const FRAGMENT: usize = 150;

/// Widest value of a field.
const VALUE: usize = 160;

/// How many words that stay are shown beside those that change.
const AROUND: usize = 4;

/// Fields of a task that are said to be the same where another of them changed.
const WATCHED: [Field; 2] = [Field::Lead, Field::Deadline];

/// Renders changes in one language.
pub(super) struct Sentences<'a> {
    pub(super) catalogue: &'a Catalogue,
}

impl Sentences<'_> {
    /// The whole sentence of a change.
    pub(super) fn change(&self, change: &Change) -> String {
        let kind = change.kind.name();
        let render = |text: Text| self.catalogue.render(&text);
        let old = || self.parts(kind, &change.old, NAME);
        let new = || self.parts(kind, &change.new, NAME);
        match change.status {
            Status::New => render(Text::new("diff-new").with("part", new())),
            Status::Gone => render(Text::new("diff-gone").with("part", old())),
            Status::Split | Status::Merged => {
                let key = if change.status == Status::Split { "diff-split" } else { "diff-merged" };
                let whole = |parts: &[PartRef]| self.parts(kind, parts, FRAGMENT);
                render(
                    Text { key, args: Vec::new() }
                        .with("old", whole(&change.old))
                        .with("new", whole(&change.new)),
                )
            }
            Status::Same | Status::Moved => {
                let mut said = self.notes(change);
                said.extend(change.fields.iter().map(|field| self.field(field, Some(change.kind))));
                said.extend(self.unchanged(change));
                render(Text::new("diff-changed").with("part", new()).with("changes", said.join("; ")))
            }
        }
    }

    /// What of a change is no field: what it was, where it moved, and its number.
    pub(super) fn notes(&self, change: &Change) -> Vec<String> {
        let was = change
            .old_kind
            .map(|kind| self.catalogue.render(&Text::new("diff-was").with("kind", kind.name())));
        let moved = change.moved.as_ref().map(|moved| self.moved(moved));
        was.into_iter().chain(moved).chain(change.renumbered.then(|| self.renumbered(change))).collect()
    }

    /// How sure a pair is, in words.
    pub(super) fn confidence(&self, confidence: Confidence) -> String {
        self.catalogue.render(&Text::new("diff-confidence").with("confidence", name_of(confidence)))
    }

    /// Why parts are held to be the same.
    pub(super) fn why(
        &self,
        score: Option<u32>,
        confidence: Confidence,
        evidence: &[Evidence],
    ) -> Option<String> {
        let score = score?;
        let pieces: Vec<String> = evidence
            .iter()
            .map(|it| {
                let text = Text::new("diff-evidence").with("feature", feature(it.feature));
                self.catalogue.render(&text.with("share", usize::try_from(it.agreement / 10).unwrap_or(0)))
            })
            .collect();
        let text =
            Text::new("diff-why").with("evidence", pieces.join(", ")).with("confidence", name_of(confidence));
        Some(self.catalogue.render(&text.with("score", usize::try_from(score / 10).unwrap_or(0))))
    }

    /// A part by its kind, number and name.
    pub(super) fn part(&self, kind: &str, part: &PartRef) -> String {
        self.part_within(kind, part, None)
    }

    /// A part whose name is cut to a width.
    pub(super) fn part_within(&self, kind: &str, part: &PartRef, width: Option<usize>) -> String {
        let name = cut(&part.name, width.unwrap_or(NAME));
        let text = match &part.label {
            Some(label) => Text::new("diff-part").with("label", label.as_str()),
            None => Text::new("diff-part-unnumbered"),
        };
        let key = if name.is_empty() { "diff-part-unnamed" } else { text.key };
        let mut text = Text { key, ..text };
        if key == "diff-part-unnamed" {
            text.args.retain(|it| it.0 != "label");
            text = text.with("label", part.label.as_deref().unwrap_or(&part.id));
        } else {
            text = text.with("name", name);
        }
        self.catalogue.render(&text.with("kind", kind))
    }

    fn parts(&self, kind: &str, parts: &[PartRef], width: usize) -> String {
        let all: Vec<String> = parts.iter().map(|part| self.part_within(kind, part, Some(width))).collect();
        all.join(" + ")
    }

    fn moved(&self, moved: &Moved) -> String {
        if moved.within {
            return self.catalogue.label("diff-moved-within");
        }
        let text = Text::new("diff-moved").with("from", self.holder(moved.from.as_ref()));
        self.catalogue.render(&text.with("to", self.holder(moved.to.as_ref())))
    }

    /// What a part stands under, by its number: a group or an appendix, or a section of the body.
    fn holder(&self, part: Option<&PartRef>) -> Arg {
        let Some(part) = part else { return Arg::Text(Text::new("diff-top")) };
        let kind = match part.appendix.as_deref() {
            Some(appendix) if appendix == part.id => {
                return Arg::Text(Text::new("diff-appendix").with("id", appendix));
            }
            Some(_) => "group",
            None => "section",
        };
        let label = part.label.as_deref().unwrap_or(&part.id);
        Arg::Text(Text::new("diff-part-unnamed").with("kind", kind).with("label", label))
    }

    fn renumbered(&self, change: &Change) -> String {
        let label = |parts: &[PartRef]| parts.first().and_then(|part| part.label.clone()).unwrap_or_default();
        let text =
            Text::new("diff-renumbered").with("old", label(&change.old)).with("new", label(&change.new));
        self.catalogue.render(&text)
    }

    /// One field of a part; of the header where there is no kind.
    pub(super) fn field(&self, change: &FieldChange, kind: Option<Kind>) -> String {
        let name = self.field_label(change, kind);
        let value = |words: &str| cut(words, VALUE);
        let text = match (&change.old, &change.new) {
            _ if !change.words.is_empty() => {
                Text::new("diff-field-words").with("words", self.words(&change.words))
            }
            (Some(old), Some(new)) => Text::new("diff-field").with("old", value(old)).with("new", value(new)),
            (None, Some(new)) => Text::new("diff-field-added").with("new", value(new)),
            (Some(old), None) => Text::new("diff-field-removed").with("old", value(old)),
            (None, None) => Text::new("diff-field-other"),
        };
        self.catalogue.render(&text.with("field", name))
    }

    /// What a field is called: its column's words, or its name.
    pub(super) fn field_label(&self, change: &FieldChange, kind: Option<Kind>) -> Text {
        match &change.column {
            Some(column) if !column.is_empty() => {
                let of = if change.field == Field::Value { "value" } else { "column" };
                Text::new("diff-column").with("field", of).with("column", cut(column, NAME))
            }
            _ => self.field_name(change.field, kind),
        }
    }

    /// Changed words in brackets between a few of those that stay: "[90% → 95%]".
    fn words(&self, words: &[Words]) -> String {
        let last = words.len().saturating_sub(1);
        let of = |at: usize, of: WordsOf| words.get(at).filter(|it| it.of == of).map(|it| it.text.as_str());
        let say = |text: Text| self.catalogue.render(&text);
        let mut shown = Vec::new();
        for (at, it) in words.iter().enumerate() {
            let next = of(at + 1, WordsOf::New);
            let before = at.checked_sub(1).and_then(|at| of(at, WordsOf::Old));
            shown.push(match (it.of, next, before) {
                (WordsOf::Both, ..) => around(&it.text, at == 0, at == last),
                (WordsOf::Old, Some(new), _) => {
                    say(Text::new("diff-words-other").with("old", it.text.as_str()).with("new", new))
                }
                (WordsOf::Old, None, _) => say(Text::new("diff-words-out").with("words", it.text.as_str())),
                // Said with the words that it replaces.
                (WordsOf::New, _, Some(_)) => continue,
                (WordsOf::New, _, None) => say(Text::new("diff-words-in").with("words", it.text.as_str())),
            });
        }
        shown.join(" ")
    }

    fn field_name(&self, field: Field, kind: Option<Kind>) -> Text {
        // A paragraph has no name: its text is it.
        if field == Field::Name && matches!(kind, Some(Kind::Block | Kind::Row)) {
            return Text::new("diff-field-name").with("field", "text");
        }
        let name = serde_json::to_value(field).ok();
        let name = name.as_ref().and_then(|it| it.as_str()).unwrap_or_default();
        Text::new("diff-field-name").with("field", name)
    }

    /// The lead agency, where only the deadline changed, and the reverse.
    fn unchanged(&self, change: &Change) -> Option<String> {
        let touched = change.fields.iter().any(|field| WATCHED.contains(&field.field));
        let same: Vec<Arg> = WATCHED
            .iter()
            .filter(|field| touched && change.unchanged.contains(field))
            .map(|field| Arg::Text(self.field_name(*field, Some(change.kind))))
            .collect();
        (!same.is_empty())
            .then(|| self.catalogue.render(&Text::new("diff-field-same").with("fields", Arg::List(same))))
    }
}

fn name_of(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    }
}

fn feature(feature: Feature) -> String {
    let name = serde_json::to_value(feature).ok();
    name.as_ref().and_then(|it| it.as_str()).unwrap_or_default().to_owned()
}

fn around(text: &str, first: bool, last: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let head = if first { 0 } else { AROUND };
    let tail = if last { 0 } else { AROUND };
    if words.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let start = words.iter().take(head);
    let end = words.iter().skip(words.len() - tail);
    start.chain(std::iter::once(&"…")).chain(end).copied().collect::<Vec<_>>().join(" ")
}
