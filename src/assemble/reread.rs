//! Amounts that are read the other way: where only that closes their row's sum, or where the document's other tables are
//! written so.

use rustc_hash::FxHashSet;

use super::figures::CUSTOM;
use super::{Maker, stored};
use crate::model::{Amount, AmountRole, Appendix, Item, NumberFormat, Section};
use crate::syntax::number::{self, Decimal, Form};
use crate::syntax::quantity;
use crate::value::{Interval, Number, Quantity, Relation, Unit};

/// Reads an amount the other way ("7,000" as 7 rather than 7000) where only that closes its row's sum.
pub(super) fn by_sums(maker: Maker<'_>, appendix: &mut Appendix, decimals: &[Decimal]) {
    let columns: Vec<String> = appendix.columns.iter().map(|column| column.id.clone()).collect();
    for item in &mut appendix.items {
        match item {
            Item::Project(project) => reread(maker, &mut project.amounts, &columns, decimals),
            Item::Task(task) => reread(maker, &mut task.amounts, &columns, decimals),
            _ => {}
        }
    }
}

/// Reads the numbers of tables that leave the decimal mark open as the document's other tables write theirs.
pub(super) fn by_document(maker: Maker<'_>, appendices: &mut [Appendix]) {
    let formats = || {
        appendices
            .iter()
            .flat_map(|appendix| &appendix.columns)
            .filter_map(|column| column.number_format.as_ref())
    };
    let shown =
        |mark: &str| formats().filter(|format| format.decimal == mark && format.evidence != CUSTOM).count();
    if shown(".") <= shown(",") {
        return;
    }
    appendices.iter_mut().for_each(|appendix| with_dots(maker, appendix));
}

/// Reads the numbers of a table that leave the decimal mark open as running text states its total: "117,150" where the text says
/// "117.150 triệu đồng".
pub(super) fn by_text(maker: Maker<'_>, appendices: &mut [Appendix], sections: &mut [Section]) {
    let open = |word: &str, form: Form, mark: char| form == Form::Ambiguous && word.contains(mark);
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    // The same money: of one unit.
    let of = |unit: &Unit| Some((unit.base.clone()?, unit.factor));
    let mut said: FxHashSet<(String, (String, Number))> = FxHashSet::default();
    stated(sections, &mut |value| {
        let Some(unit) = value.unit.as_ref().and_then(of) else { return };
        let raw = value.raw.as_deref().unwrap_or_default();
        let words = shapes(raw).filter(|(word, form)| open(word, *form, '.'));
        said.extend(words.map(|(word, _)| (digits(word), unit.clone())));
    });
    let states = |appendix: &Appendix| {
        let unit = appendix.unit.as_ref().filter(|unit| !unit.inferred).and_then(of)?;
        let amounts = appendix.totals.iter().flat_map(|total| &total.amounts);
        let mut printed = amounts.filter_map(|amount| amount.value.raw.as_deref()).flat_map(shapes);
        let same = |word: &str| said.contains(&(digits(word), unit.clone()));
        Some(printed.any(|(word, form)| open(word, form, ',') && same(word)))
    };
    for appendix in appendices {
        if states(appendix) == Some(true) {
            with_dots(maker, appendix);
        }
    }
}

/// Takes the dot for the decimal mark of the columns that leave it open.
fn with_dots(maker: Maker<'_>, appendix: &mut Appendix) {
    let mut any = false;
    for column in &mut appendix.columns {
        if let Some(format) = column.number_format.as_mut().filter(|format| format.evidence == CUSTOM) {
            *format = NumberFormat { decimal: ".".to_owned(), evidence: "document".to_owned() };
            any = true;
        }
    }
    if any {
        quantities(appendix, &mut |value| other_mark(maker, value));
    }
}

/// Reads the numbers of running text that leave the mark open as the document's tables write theirs: "81,723 triệu đồng"
/// beside "81,723". A number that has a comma before other than three digits shows that the text does not; dots before
/// three digits part thousands there unless some number shows that they do not.
pub(super) fn running(appendices: &[Appendix], sections: &mut [Section]) {
    let formats = appendices.iter().flat_map(|appendix| &appendix.columns);
    let formats =
        formats.filter_map(|column| column.number_format.as_ref()).filter(|it| it.evidence != CUSTOM);
    let (mut commas, mut dots) = (0, 0);
    formats.for_each(|format| if format.decimal == "." { dots += 1 } else { commas += 1 });
    if dots == 0 || commas > 0 {
        return;
    }
    let (mut shows_comma, mut shows_dot) = (false, false);
    stated(sections, &mut |value| {
        let shows = |form| value.raw.as_deref().is_some_and(|raw| shapes(raw).any(|shape| shape.1 == form));
        shows_comma |= shows(Form::Comma);
        shows_dot |= shows(Form::Dot);
    });
    if !shows_comma {
        stated(sections, &mut |value| by_dot(value, shows_dot));
    }
}

/// The numbers of a quantity as printed, with their forms.
fn shapes(raw: &str) -> impl Iterator<Item = (&str, Form)> {
    let words = raw.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')));
    words.map(|word| word.trim_matches(['.', ','])).filter_map(|word| Some((word, number::shape(word)?.form)))
}

/// Visits the quantities of sections.
fn stated(sections: &mut [Section], visit: &mut impl FnMut(&mut Quantity)) {
    for section in sections {
        section.quantities.iter_mut().for_each(&mut *visit);
        section.blocks.iter_mut().flat_map(|block| &mut block.quantities).for_each(&mut *visit);
        stated(&mut section.sections, visit);
    }
}

fn by_dot(value: &mut Quantity, dots_too: bool) {
    let raw = value.raw.clone().unwrap_or_default();
    let mut open =
        shapes(&raw).filter(|(word, form)| *form == Form::Ambiguous && (dots_too || word.contains(',')));
    let (Some((printed, _)), None) = (open.next(), open.next()) else { return };
    let read = |decimal| number::read(printed, decimal);
    let (custom, other) = (read(Decimal::Comma), read(Decimal::Dot));
    let bounds = [&mut value.low, &mut value.high];
    for bound in bounds.into_iter().filter(|bound| bound.is_some() && **bound == custom) {
        *bound = other;
        value.evidence = Some("document".to_owned());
    }
}

/// Visits the numbers of a table.
fn quantities(appendix: &mut Appendix, visit: &mut impl FnMut(&mut Quantity)) {
    for item in &mut appendix.items {
        match item {
            Item::Target(target) => target.values.iter_mut().for_each(|value| visit(&mut value.value)),
            Item::Project(project) => project.amounts.iter_mut().for_each(|amount| visit(&mut amount.value)),
            Item::Task(task) => task.amounts.iter_mut().for_each(|amount| visit(&mut amount.value)),
            Item::Plan(_) => {}
        }
    }
    let groups = appendix.groups.iter_mut().filter_map(|group| group.amounts.as_mut()).flatten();
    let totals = appendix.totals.iter_mut().flat_map(|total| &mut total.amounts);
    groups.chain(totals).for_each(|amount| visit(&mut amount.value));
}

/// Reads a number that the custom takes for one with a decimal comma as one with a decimal dot.
fn other_mark(maker: Maker<'_>, value: &mut Quantity) {
    let Some(raw) = value.raw.clone() else { return };
    let held = stored::is_known(maker, &value.at);
    let broken = value.evidence.as_deref() == Some("broken");
    if held || value.evidence.is_some() && !broken {
        return;
    }
    let whole = number::broken(&raw).filter(|_| broken);
    let read = quantity::quantity(whole.as_ref().unwrap_or(&raw), Decimal::Dot, &maker.grammar.units);
    if (read.low, read.high) == (value.low, value.high) {
        return;
    }
    let evidence = if broken { "broken" } else { "document" };
    let at = std::mem::take(&mut value.at);
    *value = Quantity { raw: Some(raw), at, evidence: Some(evidence.to_owned()), ..read };
}

fn reread(maker: Maker<'_>, amounts: &mut [Amount], columns: &[String], decimals: &[Decimal]) {
    let Some(total) = amounts.iter().position(|amount| amount.role == AmountRole::Total) else { return };
    if closes(amounts, total) != Some(false) {
        return;
    }
    let mut found: Option<(usize, Number)> = None;
    for index in 0..amounts.len() {
        let Some(amount) = amounts.get(index) else { continue };
        let Some(raw) = amount.value.raw.as_deref() else { continue };
        let known = stored::is_known(maker, &amount.value.at);
        if known || number::shape(raw).is_none_or(|shape| shape.form != Form::Ambiguous) {
            continue;
        }
        let column = columns.iter().position(|id| *id == amount.column);
        let other = match column.and_then(|c| decimals.get(c)) {
            Some(Decimal::Dot) => Decimal::Comma,
            _ => Decimal::Dot,
        };
        let Some(value) = number::read(raw, other) else { continue };
        let mut trial = amounts.to_vec();
        if let Some(amount) = trial.get_mut(index) {
            set(&mut amount.value, value);
        }
        if closes_exactly(&trial, total) {
            if found.is_some() {
                return;
            }
            found = Some((index, value));
        }
    }
    if let Some((index, value)) = found
        && let Some(amount) = amounts.get_mut(index)
    {
        set(&mut amount.value, value);
        amount.value.evidence = Some("sum".to_owned());
    }
}

fn set(quantity: &mut Quantity, value: Number) {
    quantity.relation = Relation::Eq;
    quantity.low = Some(value);
    quantity.high = Some(value);
}

/// The parts after a total: all of them, those by source and those by year.
fn breakdowns(amounts: &[Amount], total: usize) -> [Vec<&Amount>; 3] {
    let parts = || {
        let after = amounts.iter().skip(total + 1).take_while(|amount| amount.role != AmountRole::Total);
        after.filter(|amount| amount.role != AmountRole::PriorPlan && amount.value.interval().is_some())
    };
    let of = |years: bool| parts().filter(|amount| (amount.role == AmountRole::Year) == years).collect();
    [parts().collect(), of(false), of(true)]
}

/// Whether the parts of one breakdown are the total within what rounding allows; `None` where that cannot be told.
fn closes(amounts: &[Amount], total: usize) -> Option<bool> {
    let whole = amounts.get(total)?.value.interval()?;
    let breakdowns = breakdowns(amounts, total);
    if breakdowns.iter().all(Vec::is_empty) {
        return None;
    }
    let sum =
        |parts: &Vec<&Amount>| parts.iter().filter_map(|amount| amount.value.interval()).sum::<Interval>();
    Some(breakdowns.iter().any(|parts| sum(parts).meets(whole)))
}

/// Whether the parts of one breakdown are the total to the last digit: rounding may not vouch for a number of another size.
fn closes_exactly(amounts: &[Amount], total: usize) -> bool {
    let exact = |amount: &Amount| amount.value.exact();
    let Some(whole) = amounts.get(total).and_then(exact) else { return false };
    breakdowns(amounts, total).iter().filter(|parts| !parts.is_empty()).any(|parts| {
        let sum = parts.iter().try_fold(Number::whole(0), |sum, amount| sum.checked_add(exact(amount)?));
        sum.is_some_and(|sum| sum.normalized() == whole.normalized())
    })
}
