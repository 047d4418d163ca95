//! Charts where looking beats reading: capital by year and field, targets by group, tasks by lead agency and by
//! deadline. Every chart is a table too, so that nothing is only seen.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{Page, second};
use crate::finding::Text;
use crate::model::{AmountRole, Appendix, AppendixKind, DeadlineKind, Item};
use crate::value::Number;

/// Bars of one chart; the rest is one more.
const BARS: usize = 12;

/// Fields of the chart of capital; the rest is one more.
const FIELDS: usize = 7;

/// Width and height of the chart of capital.
const WIDTH: i64 = 720;
const HEIGHT: i64 = 220;

/// A bar: its label and how long it is.
struct Bar {
    label: Markup,
    count: usize,
}

/// What an amount is for.
enum Field {
    /// A group's title.
    Named(String),
    /// The number of a group whose heading was lost.
    Untitled(String),
    /// Everything else.
    Rest,
}

/// Capital by year and field, in one unit.
struct Capital {
    years: Vec<i32>,
    /// Fields with an amount for each year.
    fields: Vec<(Field, Vec<Number>)>,
}

impl<'a> Page<'a> {
    /// All charts for which there is something to show.
    pub(super) fn all_charts(&self) -> Vec<Markup> {
        let mut charts: Vec<Markup> = Vec::new();
        for (i, appendix) in self.document.appendices.iter().enumerate() {
            if let Some(capital) = Capital::of(appendix) {
                charts.push(self.capital(i, appendix, &capital));
            }
        }
        let bars = [
            ("page-chart-targets", self.targets()),
            ("page-chart-leads", self.leads()),
            ("page-chart-deadlines", self.deadlines()),
        ];
        for (key, bars) in bars {
            if bars.len() > 1 {
                charts.push(self.bars(key, &bars));
            }
        }
        charts
    }

    /// The part of the page with the charts.
    pub(super) fn charts(&self, charts: &[Markup]) -> Markup {
        html! {
            @if !charts.is_empty() {
                section.charts #charts aria-labelledby="charts-title" {
                    h2 #charts-title { (self.label("page-charts")) }
                    div.grid { @for chart in charts { (chart) } }
                }
            }
        }
    }

    /// Bars as a table: label, bar, count.
    fn bars(&self, key: &'static str, bars: &[Bar]) -> Markup {
        let most = bars.iter().map(|bar| bar.count).max().unwrap_or(1).max(1);
        html! {
            figure.chart {
                figcaption { (self.label(key)) }
                table.bars {
                    tbody {
                        @for bar in bars {
                            tr {
                                th scope="row" { (bar.label) }
                                td aria-hidden="true" {
                                    svg viewBox={ "0 0 " (most) " 1" } preserveAspectRatio="none" focusable="false" {
                                        rect width=(bar.count) height="1" {}
                                    }
                                }
                                td.num { (bar.count) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn targets(&self) -> Vec<Bar> {
        let mut bars = Vec::new();
        let kinds = [AppendixKind::Targets, AppendixKind::Growth];
        for appendix in self.document.appendices.iter().filter(|it| kinds.contains(&it.kind)) {
            let mut own: Vec<(Option<&str>, usize)> = Vec::new();
            for item in &appendix.items {
                // Items of a group stand together.
                match own.last_mut().filter(|(group, _)| *group == item.group()) {
                    Some((_, count)) => *count += 1,
                    None => own.push((item.group(), 1)),
                }
            }
            own.truncate(BARS);
            for (group, count) in own {
                let title = group.and_then(|id| appendix.groups.iter().find(|it| it.id == id)?.title.clone());
                let label = title.or_else(|| appendix.title.clone()).unwrap_or_else(|| appendix.id.clone());
                bars.push(Bar { label: html! { (label) }, count });
            }
        }
        bars
    }

    fn leads(&self) -> Vec<Bar> {
        let mut counts: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
        let mut without = 0;
        for task in self.tasks() {
            if task.lead.is_empty() {
                without += 1;
            }
            for agency in &task.lead {
                counts.entry(&agency.key).or_insert((&agency.name, 0)).1 += 1;
            }
        }
        let mut counts: Vec<_> = counts.into_values().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let rest: usize = counts.iter().skip(BARS).map(|(_, count)| count).sum();
        let mut bars: Vec<Bar> = counts
            .into_iter()
            .take(BARS)
            .map(|(name, count)| Bar { label: html! { (name) }, count })
            .collect();
        for (key, count) in [("page-chart-rest", rest), ("page-chart-without", without)] {
            if count > 0 {
                bars.push(Bar { label: self.label(key), count });
            }
        }
        bars
    }

    /// Tasks by the year of their last day; those without one by what they have.
    fn deadlines(&self) -> Vec<Bar> {
        let mut years: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut recurring, mut open, mut without) = (0, 0, 0);
        for task in self.tasks() {
            let Some(deadline) = &task.deadline else {
                without += 1;
                continue;
            };
            let year =
                deadline.to.as_deref().and_then(|day| day.get(..4)).filter(|_| deadline.problem.is_none());
            match (deadline.kind, year) {
                (DeadlineKind::Recurring | DeadlineKind::Ongoing, _) => recurring += 1,
                (_, Some(year)) => *years.entry(year).or_default() += 1,
                _ => open += 1,
            }
        }
        let mut bars: Vec<Bar> =
            years.into_iter().map(|(year, count)| Bar { label: html! { (year) }, count }).collect();
        let others = [
            ("page-chart-recurring", recurring),
            ("page-chart-open", open),
            ("page-chart-no-deadline", without),
        ];
        for (key, count) in others {
            if count > 0 {
                bars.push(Bar { label: self.label(key), count });
            }
        }
        bars
    }

    fn tasks(&self) -> impl Iterator<Item = &'a crate::model::Task> {
        self.document.appendices.iter().flat_map(|appendix| &appendix.items).filter_map(|item| match item {
            Item::Task(task) => Some(task.as_ref()),
            _ => None,
        })
    }

    /// Columns of years, stacked by field, and the same as a table.
    fn capital(&self, index: usize, appendix: &Appendix, capital: &Capital) -> Markup {
        let most = (0..capital.years.len()).map(|year| capital.of_year(year)).max().unwrap_or_default();
        let step = WIDTH / i64::try_from(capital.years.len()).unwrap_or(1).max(1);
        let unit = appendix.unit.as_ref().map(|unit| unit.raw.clone()).unwrap_or_default();
        let incomplete = appendix.groups.iter().any(|group| group.incomplete || group.inferred);
        let title = self.text(&Text::new("page-chart-capital").with("unit", unit.as_str()));
        html! {
            figure.chart.capital {
                figcaption { (title) " – " a href={ "#a" (index) } { (self.appendix_name(index)) } }
                @let said = self.summaries_of(capital);
                svg.columns role="img" aria-label=(said[0]) data-aria-label=[second(said.clone())] viewBox={ "0 0 " (WIDTH) " " (HEIGHT + 44) } {
                    line.axis x1="0" y1=(HEIGHT + 20) x2=(WIDTH) y2=(HEIGHT + 20) {}
                    @for (i, year) in capital.years.iter().enumerate() {
                        @let x = step * i64::try_from(i).unwrap_or(0);
                        @let mut y = HEIGHT + 20;
                        @for (field, (_, amounts)) in capital.fields.iter().enumerate() {
                            @let height = scaled(amounts.get(i).copied().unwrap_or_default(), most);
                            @let () = y -= height;
                            @if height > 0 { rect class={ "s" (field) } x=(x + step / 5) y=(y) width=(step * 3 / 5) height=(height) {} }
                        }
                        (self.number_at(capital.of_year(i), (x + step / 2, y - 7)))
                        text.year x=(x + step / 2) y=(HEIGHT + 39) { (year) }
                    }
                }
                ul.legend aria-hidden="true" {
                    @for (i, (name, _)) in capital.fields.iter().enumerate() {
                        li { svg viewBox="0 0 1 1" focusable="false" { rect class={ "s" (i) } width="1" height="1" {} } " " (self.field(name)) }
                    }
                }
                @if incomplete { p.caveat { (self.label("page-chart-incomplete")) } }
                details {
                    summary { (self.label("page-chart-data")) }
                    div.scroll tabindex="0" role="region" aria-label=(self.first("page-chart-data")) data-aria-label=[self.second("page-chart-data")] {
                        table.data {
                            thead { tr { th scope="col" { (self.label("page-chart-field")) } @for year in &capital.years { th.num scope="col" { (year) } } } }
                            tbody {
                                @for (name, amounts) in &capital.fields {
                                    tr { th scope="row" { (self.field(name)) } @for amount in amounts { td.num { (self.number(*amount)) } } }
                                }
                            }
                            tfoot { tr { th scope="row" { (self.label("page-chart-sum")) } @for i in 0..capital.years.len() { td.num { (self.number(capital.of_year(i))) } } } }
                        }
                    }
                }
            }
        }
    }

    fn field(&self, field: &Field) -> Markup {
        match field {
            Field::Named(title) => html! { (title) },
            Field::Untitled(number) => {
                self.text(&Text::new("page-chart-untitled").with("number", number.as_str()))
            }
            Field::Rest => self.label("page-chart-rest"),
        }
    }

    /// The number over a column, in both notations.
    fn number_at(&self, number: Number, (x, y): (i64, i64)) -> Markup {
        let [first, second] = self.input.catalogues.map(|it| (it.lang().tag(), it.lang().number(number)));
        html! {
            @if first.1 == second.1 {
                text.value x=(x) y=(y) { (first.1) }
            } @else {
                @for (tag, number) in [first, second] { text.value.(tag) x=(x) y=(y) { (number) } }
            }
        }
    }

    /// What the chart shows, in words, in both languages.
    fn summaries_of(&self, capital: &Capital) -> [String; 2] {
        self.input.catalogues.map(|catalogue| {
            let years = capital.years.iter().enumerate();
            let number = |i| catalogue.lang().number(capital.of_year(i));
            let parts: Vec<String> = years.map(|(i, year)| format!("{year}: {}", number(i))).collect();
            parts.join("; ")
        })
    }
}

impl Capital {
    /// The capital of an appendix, where at least two of its columns are plans of single years.
    fn of(appendix: &Appendix) -> Option<Self> {
        let mut years: Vec<i32> = Vec::new();
        let mut fields: Vec<(Option<&str>, BTreeMap<i32, Number>)> = Vec::new();
        for item in &appendix.items {
            let group = item.group();
            for amount in item.amounts().iter().filter(|amount| amount.role == AmountRole::Year) {
                let (Some(year), Some(value)) = (amount.year, amount.value.exact()) else { continue };
                if !years.contains(&year) {
                    years.push(year);
                }
                if fields.last().is_none_or(|(it, _)| *it != group) {
                    fields.push((group, BTreeMap::new()));
                }
                let sum = fields.last_mut()?.1.entry(year).or_default();
                *sum = *sum + value;
            }
        }
        years.sort_unstable();
        if years.len() < 2 {
            return None;
        }
        let title = |id: Option<&str>| {
            let group = appendix.groups.iter().find(|group| Some(group.id.as_str()) == id);
            match group {
                Some(group) => group
                    .title
                    .clone()
                    .map_or_else(|| Field::Untitled(group.number.clone().unwrap_or_default()), Field::Named),
                None => Field::Rest,
            }
        };
        let row = |field: &BTreeMap<i32, Number>| -> Vec<Number> {
            years.iter().map(|year| field.get(year).copied().unwrap_or_default()).collect()
        };
        let mut named: Vec<_> = fields.iter().map(|(id, field)| (title(*id), row(field))).collect();
        named.sort_by_key(|(_, amounts)| std::cmp::Reverse(amounts.iter().copied().sum::<Number>()));
        if named.len() > FIELDS {
            let rest = named.split_off(FIELDS);
            let sum = |i: usize| rest.iter().filter_map(|(_, amounts)| amounts.get(i).copied()).sum();
            named.push((Field::Rest, (0..years.len()).map(sum).collect()));
        }
        Some(Self { years, fields: named })
    }

    fn of_year(&self, index: usize) -> Number {
        self.fields.iter().filter_map(|(_, amounts)| amounts.get(index).copied()).sum()
    }
}

/// An amount as a height.
fn scaled(amount: Number, most: Number) -> i64 {
    let share = amount.checked_mul(Number::whole(HEIGHT)).and_then(|it| it.checked_div(most));
    share.and_then(|share| share.round(0).to_i64()).unwrap_or(0).clamp(0, HEIGHT)
}
