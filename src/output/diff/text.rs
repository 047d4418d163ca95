//! The differences for a person: appendix by appendix, then totals, findings and what could not be compared.

use super::sentence::Sentences;
use super::{Diff, appendix, only_renumbered};
use crate::finding::Text;
use crate::output::text::{Look, severity_name};
use crate::output::{Catalogue, place};
use crate::value::Number;
use crate::versions::matching::{Confidence, Status};
use crate::versions::{Change, Field, NotCompared, Reason, RowDifference, Side, TotalChange};

/// Rows of a total that are shown.
const ROWS: usize = 12;

/// The differences as text. With `why` each change has its evidence.
#[must_use]
pub fn render(diff: &Diff, catalogue: &Catalogue, look: Look, why: bool) -> String {
    let mut writer =
        Writer { diff, catalogue, look, why, sentences: Sentences { catalogue }, out: String::new() };
    writer.all();
    writer.out
}

struct Writer<'a> {
    diff: &'a Diff,
    catalogue: &'a Catalogue,
    look: Look,
    why: bool,
    sentences: Sentences<'a>,
    out: String,
}

impl Writer<'_> {
    fn all(&mut self) {
        let diff = self.diff;
        self.line(
            0,
            &Text::new("diff-files").with("old", diff.old.name.as_str()).with("new", diff.new.name.as_str()),
        );
        if !diff.header.is_empty() {
            self.heading(&Text::new("diff-header"));
            for field in &diff.header {
                let sentence = self.sentences.field(field, None);
                self.plain(1, '~', &sentence);
            }
        }
        self.changes();
        self.totals();
        self.findings();
        self.gaps();
        self.pairs();
        self.summary();
    }

    fn changes(&mut self) {
        let mut under: Option<Option<&str>> = None;
        let mut changes = self.diff.changes.as_slice();
        while let Some((change, rest)) = changes.split_first() {
            let appendix = appendix(change);
            if under != Some(appendix) {
                under = Some(appendix);
                match appendix {
                    Some(id) => self.heading(&Text::new("diff-appendix").with("id", id)),
                    None => self.heading(&Text::new("diff-body")),
                }
            }
            let run = 1 + changes.iter().zip(rest).take_while(|(one, next)| goes_on(one, next)).count();
            if run > 2
                && let Some(last) = changes.get(run - 1)
            {
                self.run(change, last, run);
                changes = changes.get(run..).unwrap_or_default();
            } else {
                self.change(change);
                changes = rest;
            }
        }
    }

    fn change(&mut self, change: &Change) {
        let mark = match change.status {
            Status::New => '+',
            Status::Gone => '-',
            Status::Moved => '>',
            Status::Split | Status::Merged => '*',
            Status::Same => '~',
        };
        let sentence = self.sentences.change(change);
        self.plain(1, mark, &sentence);
        if change.doubtful {
            self.line(2, &Text::new("diff-doubtful"));
        }
        if is_unsure(change) {
            self.line(2, &Text::new("diff-unsure"));
        }
        if self.why
            && let Some(why) = self.sentences.why(change.score, change.confidence, &change.evidence)
        {
            self.plain(2, ' ', &why);
        }
    }

    /// Several parts one after the other whose numbers alone are others.
    fn run(&mut self, first: &Change, last: &Change, count: usize) {
        let label = |change: &Change, new: bool| {
            let part = if new { change.new.first() } else { change.old.first() };
            part.and_then(|part| part.label.clone()).unwrap_or_default()
        };
        let text = Text::new("diff-renumbered-run").with("kind", first.kind.name()).with("count", count);
        let text = text.with("first", label(first, false)).with("last", label(last, false));
        let text = text.with("new-first", label(first, true)).with("new-last", label(last, true));
        let sentence = self.catalogue.render(&text);
        self.plain(1, '~', &sentence);
    }

    fn totals(&mut self) {
        if self.diff.totals.is_empty() {
            return;
        }
        self.heading(&Text::new("diff-totals"));
        for total in &self.diff.totals {
            self.total(total);
        }
    }

    fn total(&mut self, total: &TotalChange) {
        let sentence = self.catalogue.render(&self::total(total, self.catalogue));
        self.plain(1, '~', &sentence);
        for row in total.rows.iter().take(ROWS) {
            self.row(row);
        }
        if total.rows.len() > ROWS {
            self.line(2, &Text::new("diff-total-more").with("count", total.rows.len() - ROWS));
        }
        if !total.unexplained.is_zero() {
            self.line(
                2,
                &Text::new("diff-total-unexplained").with("difference", self.signed(total.unexplained)),
            );
        }
    }

    fn row(&mut self, row: &RowDifference) {
        let key = match (&row.old, &row.new) {
            (None, _) => "diff-total-row-new",
            (_, None) => "diff-total-row-gone",
            _ => "diff-total-row",
        };
        let Some(part) = row.new.as_ref().or(row.old.as_ref()) else { return };
        let part = self.sentences.part(row.kind.name(), part);
        self.line(
            2,
            &Text { key, args: Vec::new() }
                .with("part", part)
                .with("difference", self.signed(row.difference)),
        );
    }

    fn signed(&self, number: Number) -> String {
        signed(number, self.catalogue)
    }

    fn findings(&mut self) {
        let diff = self.diff;
        for (key, mark, list) in [
            ("diff-findings-new", '+', &diff.findings.new),
            ("diff-findings-resolved", '-', &diff.findings.resolved),
        ] {
            if list.is_empty() {
                continue;
            }
            self.heading(&Text { key, args: Vec::new() });
            for finding in list {
                let severity = severity_name(finding.severity, self.catalogue);
                let at = place::words(&finding.at, self.catalogue);
                self.plain(1, mark, &format!("{severity}[{}] {at}: {}", finding.code, finding.message));
            }
        }
    }

    fn gaps(&mut self) {
        if self.diff.not_compared.is_empty() {
            return;
        }
        self.heading(&Text::new("diff-not-compared"));
        for gap in &self.diff.not_compared {
            let text = gap_text(gap);
            let sentence = self.catalogue.render(&text);
            self.plain(1, '?', &sentence);
        }
    }

    fn pairs(&mut self) {
        let Some(pairs) = self.diff.pairs.as_ref().filter(|_| self.why) else { return };
        self.heading(&Text::new("diff-pairs"));
        for pair in pairs {
            let why =
                self.sentences.why(Some(pair.score), pair.confidence, &pair.evidence).unwrap_or_default();
            let ids = format!("{} = {}", pair.old.join(" + "), pair.new.join(" + "));
            self.plain(1, '=', &format!("{ids}: {why}"));
        }
    }

    fn summary(&mut self) {
        self.out.push('\n');
        self.line(0, &summary(self.diff));
    }

    fn heading(&mut self, text: &Text) {
        self.out.push('\n');
        let sentence = self.catalogue.render(text);
        if self.look.colour {
            self.out.push_str(&format!("\u{1b}[1m{sentence}\u{1b}[0m\n"));
        } else {
            self.out.push_str(&sentence);
            self.out.push('\n');
        }
    }

    fn line(&mut self, depth: usize, text: &Text) {
        let sentence = self.catalogue.render(text);
        self.plain(depth, ' ', &sentence);
    }

    fn plain(&mut self, depth: usize, mark: char, sentence: &str) {
        let colour = match mark {
            '+' => "32",
            '-' => "31",
            '>' | '*' => "36",
            '~' => "33",
            _ => "",
        };
        match depth {
            0 => {}
            1 if self.look.colour && !colour.is_empty() => {
                self.out.push_str(&format!("\u{1b}[{colour}m{mark}\u{1b}[0m "));
            }
            1 => self.out.extend([mark, ' ']),
            _ => self.out.push_str("    "),
        }
        self.out.push_str(sentence);
        self.out.push('\n');
    }
}

/// The counts in words.
pub(super) fn summary(diff: &Diff) -> Text {
    let it = diff.summary;
    if diff.is_empty() {
        let text = if diff.not_compared.is_empty() { "diff-none" } else { "diff-none-compared" };
        return Text { key: text, args: Vec::new() }.with("pairs", it.pairs);
    }
    let text = Text::new("diff-summary").with("pairs", it.pairs).with("changed", it.changed);
    let text = text.with("renumbered", it.renumbered).with("moved", it.moved).with("split", it.split);
    let text = text.with("merged", it.merged).with("new", it.new).with("gone", it.gone);
    text.with("findings-new", it.findings_new).with("findings-resolved", it.findings_resolved)
}

/// A changed total in words.
pub(super) fn total(total: &TotalChange, catalogue: &Catalogue) -> Text {
    let number = |number: Option<Number>| {
        number.map_or_else(|| catalogue.label("diff-nothing"), |it| catalogue.lang().number(it))
    };
    let text = Text::new("diff-total").with("appendix", total.appendix.as_str());
    let text = text.with("label", total.label.as_str()).with("column", total.column.as_str());
    let text = text.with("old", number(total.old)).with("new", number(total.new));
    text.with("difference", signed(total.difference, catalogue))
}

/// A number with its sign.
pub(super) fn signed(number: Number, catalogue: &Catalogue) -> String {
    let shown = catalogue.lang().number(number);
    if number.is_negative() { shown } else { format!("+{shown}") }
}

/// What could not be compared, in words.
pub(super) fn gap_text(gap: &NotCompared) -> Text {
    let key = match gap.reason {
        Reason::NoBody => "diff-gap-no-body",
        Reason::NoAppendices => "diff-gap-no-appendices",
        Reason::RowsLost => "diff-gap-rows-lost",
        Reason::Unread => "diff-gap-unread",
        Reason::Unplaced => "diff-gap-unplaced",
        Reason::UnitsDiffer => "diff-gap-units",
    };
    let side = match gap.side {
        Side::Old => "old",
        Side::New => "new",
    };
    // "3B/I": a group of an appendix.
    let (appendix, group) = gap.what.split_once('/').unwrap_or(("", &gap.what));
    let text = Text { key, args: Vec::new() }.with("side", side);
    let text = match gap.reason {
        Reason::RowsLost => text.with("appendix", appendix).with("group", group),
        _ => text.with("what", gap.what.as_str()),
    };
    match &gap.at {
        Some(at) => text.with("place", at.clone()),
        None => text.with("place", ""),
    }
}

/// Whether parts that are held to be the same may as well be two, and the name says so.
pub(super) fn is_unsure(change: &Change) -> bool {
    let renamed = change.fields.iter().any(|it| it.field == Field::Name);
    change.confidence == Confidence::Low
        && renamed
        && change.status != Status::New
        && change.status != Status::Gone
}

/// Whether a change goes on with a run of parts whose numbers alone are others.
fn goes_on(first: &Change, next: &Change) -> bool {
    let stem = |change: &Change, new: bool| {
        let part = if new { change.new.first() } else { change.old.first() };
        let label = part.and_then(|part| part.label.clone()).unwrap_or_default();
        label.rsplit_once('.').map(|it| it.0.to_owned())
    };
    only_renumbered(first)
        && only_renumbered(next)
        && first.kind == next.kind
        && appendix(first) == appendix(next)
        && stem(first, false) == stem(next, false)
        && stem(first, true) == stem(next, true)
        && [false, true].iter().all(|new| follows(first, next, *new))
}

/// Whether a part stands under the same part as another, with the next number where both are whole numbers.
fn follows(first: &Change, next: &Change, new: bool) -> bool {
    let of = |change: &Change| {
        let part = if new { change.new.first() } else { change.old.first() };
        let label = part.and_then(|part| part.label.as_deref()).unwrap_or_default();
        let last = label.rsplit('.').next().and_then(|last| last.parse::<u32>().ok());
        let under = part.and_then(|part| part.id.rsplit_once('/')).map(|(under, _)| under.to_owned());
        (under, last)
    };
    let ((under, one), (other_under, other)) = (of(first), of(next));
    under == other_under && one.zip(other).is_none_or(|(one, other)| one.checked_add(1) == Some(other))
}
