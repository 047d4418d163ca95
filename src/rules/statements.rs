//! Statements of figures: what is counted, how much, when. Collected from the body, from targets and from
//! tasks, and paired where they speak of one thing.

mod figures;
mod pairs;
mod windows;

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::context::Passage;
use super::rows::RowIndex;
use super::targets::quarters::is_part;
use super::time::periods::{Named, years};
use super::{Context, shorten};
use crate::model::{Appendix, ColumnRole, Item, Target, Task};
use crate::span::At;
use crate::text::{Words, fold, tail};
use crate::value::{Quantity, Relation, Unit};
pub(super) use windows::placed;
use windows::{Chain, brackets, chains, clause, dates_what_follows, sentence};

/// Where a statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// In the body.
    Body,
    /// A target and its value.
    Target,
    /// A task's name.
    Task,
}

/// A figure and what it is of.
#[derive(Debug, Clone)]
pub(super) struct Statement<'a> {
    /// Where it stands.
    pub kind: Kind,
    /// The place of the figure, or of the node that holds it.
    pub at: &'a At,
    /// The node's text and the figure's range, to narrow the place.
    pub within: Option<(&'a str, Range<usize>)>,
    /// The statement's words, for messages.
    pub shown: String,
    /// The figure.
    pub quantity: &'a Quantity,
    /// Its unit.
    unit: &'a Unit,
    /// The last year that the words or the column name.
    year: Option<i32>,
    /// Whether the value is the last or only one of a target.
    last: bool,
    /// Whether the value is one of each year.
    recurs: bool,
    /// Whether the words say that the value is that of all years together.
    over_all: bool,
    /// Whether the value is one of several of a target.
    of_several: bool,
    /// What is counted, by the figure's own clause, by the whole sentence, and by the clause with the unit where that names
    /// things ("850 giường bệnh"): numbers of words, sorted.
    subjects: [Vec<u32>; 3],
}

/// All statements of a document with the words that they use.
#[derive(Debug, Default)]
pub(super) struct Statements<'a> {
    /// The statements: body, then appendices in order.
    pub list: Vec<Statement<'a>>,
    numbers: FxHashMap<String, u32>,
    keys: Vec<String>,
    /// The last year of targets.
    end: Option<i32>,
}

/// A text with figures, and its words once they are asked for.
struct Running<'a> {
    text: &'a str,
    /// The heading over it that names a year.
    dated: Option<&'a str>,
    words: Option<Words>,
}

impl<'a> Running<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, dated: None, words: None }
    }

    fn words(&mut self) -> &Words {
        self.words.get_or_insert_with(|| Words::of(self.text))
    }
}

/// How many letters before a sentence may name its year.
const EARLIER: usize = 600;

impl<'a> Statements<'a> {
    /// The statements of a document.
    pub fn of(context: &Context<'a>) -> Self {
        let mut out = Self::default();
        for passage in context.passages() {
            out.passage(context, passage);
        }
        let mut rows = RowIndex::default();
        for appendix in &context.document.appendices {
            for item in &appendix.items {
                match item {
                    Item::Target(target) => out.target(context, appendix, target),
                    Item::Task(task) if !task.quantities.is_empty() => {
                        out.task(context, appendix, task, &mut rows)
                    }
                    _ => {}
                }
            }
        }
        out
    }

    fn passage(&mut self, context: &Context<'a>, passage: Passage<'a>) {
        let mut text = Running { dated: passage.dated, ..Running::of(passage.text) };
        let figures = placed(passage.text, passage.quantities);
        let chains = chains(passage.text, &figures, &context.grammar.statements);
        for ((range, quantity, before, after), chain) in figures.into_iter().zip(chains) {
            let exact = quantity.at.line > 0;
            let place = if exact { &quantity.at } else { passage.at };
            let within = (!exact).then(|| (passage.text, range.clone()));
            self.running(
                context,
                Kind::Body,
                &mut text,
                range,
                quantity,
                (before, after, chain),
                place,
                within,
            );
        }
    }

    fn task(
        &mut self,
        context: &Context<'a>,
        appendix: &'a Appendix,
        task: &'a Task,
        rows: &mut RowIndex<'a>,
    ) {
        let at = rows.cell(appendix, &task.id, ColumnRole::Name).map_or(&task.at, |cell| &cell.at);
        let mut text = Running::of(&task.name);
        let figures = placed(&task.name, &task.quantities);
        let chains = chains(&task.name, &figures, &context.grammar.statements);
        for ((range, quantity, before, after), chain) in figures.into_iter().zip(chains) {
            let within = Some((task.name.as_str(), range.clone()));
            self.running(context, Kind::Task, &mut text, range, quantity, (before, after, chain), at, within);
        }
    }

    #[allow(clippy::too_many_arguments, reason = "one call for each of two kinds of running text")]
    fn running(
        &mut self,
        context: &Context<'a>,
        kind: Kind,
        running: &mut Running<'a>,
        range: Range<usize>,
        quantity: &'a Quantity,
        (before, after, chain): (Option<usize>, Option<usize>, Chain),
        at: &'a At,
        within: Option<(&'a str, Range<usize>)>,
    ) {
        let Some(unit) = quantity.unit.as_ref().filter(|_| is_comparable(quantity)) else { return };
        let text = running.text;
        // What is said of the first of several figures is said of all.
        let (start, before) = chain.first.unwrap_or((range.start, before));
        let figure = start..range.end;
        let sentence = sentence(text, &figure, (before, after));
        let words_of = &context.grammar.statements;
        let whole = text.get(sentence.clone()).unwrap_or_default();
        let folded = fold(whole);
        let for_each = words_of.is_for_each(text.get(sentence.start..start).unwrap_or_default());
        // "469 vụ, bằng 4,2% số tờ khai": the share of what follows is none of that.
        let behind = text.get(range.end..sentence.end).unwrap_or_default();
        let of_base = unit.base.as_deref() == Some("percent")
            && behind.trim_start().starts_with(char::is_alphabetic)
            && words_of.derived.compares(text.get(sentence.start..range.start).unwrap_or_default())
            && words_of.is_part_of(&fold(behind));
        if words_of.is_in_turn(&folded) || chain.outset || for_each || of_base {
            return;
        }
        let clause = clause(text, &sentence, &figure);
        let begin = sentence.start;
        let full = self.subject(context, running, sentence.clone(), &figure);
        let core = self.subject(context, running, clause.clone(), &figure);
        let name = unit_named(text.get(range.clone()).unwrap_or_default(), unit);
        let counted =
            name.map(|at| self.subject(context, running, clause.clone(), &(figure.start..range.start + at)));
        // "bằng 108% năm 2025" compares with another year.
        let named = |text: &str| {
            let years = years(text, &context.grammar.captions.periods);
            let own = |at: usize| !words_of.compares_with(&fold(text.get(..at).unwrap_or_default()));
            years.into_iter().rfind(|named| own(named.range.start)).map(|named| named.to)
        };
        // "kết nạp 350 đảng viên trong giai đoạn 2026-2030": what is counted over years is not that of one. Shares are.
        let share = unit.base.as_deref() == Some("percent");
        let ranged = years(text.get(clause.clone()).unwrap_or_default(), &context.grammar.captions.periods)
            .iter()
            .any(|named| named.from < named.to);
        // "… năm 2025 đạt 8.450 ha; sản lượng 41.200 tấn": the year is said once.
        let earlier = || {
            let before = tail(text.get(..begin)?, EARLIER);
            let periods = &context.grammar.captions.periods;
            let goes_on = |named: &Named| {
                !words_of.compares_with(&fold(before.get(..named.range.start).unwrap_or_default()))
                    && dates_what_follows(before, &named.range)
            };
            years(before, periods).into_iter().rfind(goes_on).map(|named| named.to)
        };
        // Of several figures each has its year right behind it.
        let own = (chain.first.is_some() || chain.goes_on).then(|| {
            let behind = text.get(range.end..after.unwrap_or(sentence.end).max(range.end))?;
            // "năm 2026 đạt 521 triệu đồng, năm 2027 đạt …": a year behind a comma is the next one's.
            named(behind.split(',').next()?)
        });
        // "312 năm 2026 và 420 vào cuối nhiệm kỳ": the year is the first one's.
        let others = chain.first.and_then(|(first, _)| text.get(first..range.start));
        let anothers = others.is_some_and(|others| named(others).is_some());
        let said = || named(whole).or_else(earlier).or_else(|| named(running.dated?));
        let year = own.flatten().or_else(|| if anothers { None } else { said() });
        self.list.push(Statement {
            kind,
            at,
            within,
            shown: shorten(text.get(clause).unwrap_or_default()),
            quantity,
            unit,
            year,
            last: false,
            recurs: words_of.recurs(&folded) || unit.per.is_some(),
            over_all: words_of.is_over_all(&folded) || ranged && !share,
            of_several: false,
            subjects: [core, full, counted.unwrap_or_default()],
        });
    }

    fn target(&mut self, context: &Context<'a>, appendix: &'a Appendix, target: &'a Target) {
        // What a quarter or a month holds is no statement of its year.
        let columns = appendix.columns.iter().filter(|column| column.role == ColumnRole::Value);
        let parts: Vec<bool> = columns.map(|column| is_part(column, &context.grammar.calendar)).collect();
        let values = target.values.iter().enumerate().filter(|(_, value)| is_comparable(&value.value));
        let Some(end) = values.clone().next_back().map(|(at, _)| at).filter(|_| !target.deferred) else {
            return;
        };
        let values = values.filter(|(at, _)| parts.get(*at) != Some(&true));
        let dated = values.clone().any(|(_, value)| value.period.is_some());
        let name = &target.name;
        let mut text = Running::of(name);
        let subject = self.subject(context, &mut text, 0..name.len(), &(name.len()..name.len()));
        let recurs = context.grammar.statements.recurs(&fold(name));
        for (at, value) in values {
            let Some(unit) = value.value.unit.as_ref().or(target.unit.as_ref()) else { continue };
            let year = value.period.and_then(|period| period.to);
            // "Đến cuối nhiệm kỳ" behind "Năm 2026" is of the last year.
            let closing = year.is_none() && at == end && dated;
            let term = context.document.header.term.filter(|_| closing).and_then(|term| term.to);
            self.end = self.end.max(year).max(term);
            let raw = value.value.raw.as_deref().unwrap_or_default();
            self.list.push(Statement {
                kind: Kind::Target,
                at: &value.value.at,
                within: None,
                shown: format!("{}: {raw} {}", shorten(name), unit.raw),
                quantity: &value.value,
                unit,
                year,
                last: at == end,
                recurs: recurs || unit.per.is_some(),
                over_all: value.period.is_some_and(|period| period.from < period.to),
                of_several: target.values.len() > 1,
                subjects: [subject.clone(), Vec::new(), Vec::new()],
            });
        }
    }

    /// The numbers of the words in a range that say what is counted. Words in brackets are left out, and
    /// so are those of the figure.
    fn subject(
        &mut self,
        context: &Context<'a>,
        running: &mut Running<'_>,
        within: Range<usize>,
        figure: &Range<usize>,
    ) -> Vec<u32> {
        let brackets = brackets(running.text.get(within.clone()).unwrap_or_default());
        let words = running.words();
        let counts = |at: &usize| {
            let start = words.range(*at).map_or(0, |range| range.start);
            !figure.contains(&start) && !brackets.iter().any(|range| range.contains(&(start - within.start)))
        };
        let grammar = &context.grammar.statements;
        let mut keys: Vec<&str> = Vec::new();
        for key in words.inside(&within).filter(counts).map(|at| words.key(at)) {
            match grammar.written_out(key) {
                Some(words) => keys.extend(words.iter().map(String::as_str)),
                None => keys.push(key),
            }
        }
        let content = grammar.content(&keys);
        let mut out: Vec<u32> =
            content.into_iter().filter_map(|at| keys.get(at)).map(|key| self.number(key)).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    fn number(&mut self, key: &str) -> u32 {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let number = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        self.numbers.insert(key.to_owned(), number);
        self.keys.push(key.to_owned());
        number
    }

    /// The words that two statements share, as they are printed in one of them.
    pub fn shared(&self, a: &Statement<'_>, b: &Statement<'_>, text: &str) -> String {
        let all = |statement: &Statement<'_>| -> Vec<u32> {
            statement.subjects.iter().flatten().copied().collect()
        };
        let (a, b) = (all(a), all(b));
        let shares =
            |key: &str| self.numbers.get(key).is_some_and(|number| a.contains(number) && b.contains(number));
        let words = Words::of(text);
        let shared = (0..words.len()).filter(|at| shares(words.key(*at)));
        shared.filter_map(|at| text.get(words.range(at)?)).collect::<Vec<_>>().join(" ")
    }
}

fn is_comparable(quantity: &Quantity) -> bool {
    quantity.relation != Relation::None
}

/// Where the unit begins in a figure, if it may name what is counted.
fn unit_named(figure: &str, unit: &Unit) -> Option<usize> {
    let is_name = unit.per.is_none() && unit.raw.chars().all(|c| c.is_alphabetic() || c == ' ');
    figure.find(unit.raw.as_str()).filter(|_| is_name && unit.base.as_deref() != Some("VND"))
}
