//! R007: caption, columns and programme name different periods.

use super::time::periods::{Named, Way, years};
use super::time::year_of_tasks;
use super::{Context, Rule, shorten};
use crate::finding::{Arg, Audit, Code, Finding, Severity, Text};
use crate::grammar::phrase::{holds, plain};
use crate::model::{Appendix, Column, ColumnRole, Document, Item};
use crate::span::At;
use crate::value::Period;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { code: "R007", name: "period-differs" },
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/R007-period-differs.md"),
    check,
};

/// A table by years has at least this many columns of one year.
const YEARLY: usize = 3;

/// What the programme as a whole names.
#[derive(Debug, Clone, Default)]
struct Programme {
    /// The period of title or, where it names none, of most captions.
    period: Option<(i32, i32)>,
    /// The term of office.
    term: Option<(i32, i32)>,
    /// The last year that the title looks ahead to.
    horizon: Option<i32>,
    /// Where the period is named.
    at: At,
    /// Whether the captions decided.
    by_captions: bool,
}

/// The period of a caption, or the programme's where the caption names none.
#[derive(Debug, Clone, Copy)]
struct Frame {
    from: i32,
    to: i32,
    /// The last year that columns may name.
    last: i32,
    of_caption: bool,
}

fn check(context: &Context<'_>, audit: &mut Audit) {
    let programme = programme(context);
    for appendix in &context.document.appendices {
        let title = appendix.title.as_deref().unwrap_or_default();
        let named = years(title, &context.grammar.captions.periods);
        if let Some(finding) = caption(context, appendix, title, &named, &programme) {
            audit.findings.push(finding);
            continue;
        }
        if let Some(finding) = twice(context, appendix) {
            audit.findings.push(finding);
            continue;
        }
        if let Some(frame) = frame(&named, &programme) {
            let found = columns(context, appendix, frame)
                .or_else(|| all_before(context, appendix, frame))
                .or_else(|| yearly(context, appendix, frame));
            audit.findings.extend(found);
        }
    }
    year_of_tasks::against_captions(context, audit, &RULE);
}

fn programme(context: &Context<'_>) -> Programme {
    let Document { header, appendices, .. } = context.document;
    let periods = &context.grammar.captions.periods;
    let texts = [&header.title, &header.subtitle].into_iter().flatten();
    let named: Vec<Named> = texts.flat_map(|text| years(text, periods)).collect();
    let first = |way: Way| named.iter().find(|named| named.way == way).map(|named| (named.from, named.to));
    let header_term = match header.term {
        Some(Period { from: Some(from), to: Some(to) }) => Some((from, to)),
        _ => None,
    };
    let mut out = Programme {
        period: first(Way::Range),
        term: first(Way::Term).or(header_term),
        horizon: named.iter().filter(|named| named.way == Way::Horizon).map(|named| named.to).max(),
        at: header.at.clone(),
        by_captions: false,
    };
    if out.period.is_some() {
        return out;
    }
    // Most captions decide, where at least two name one period.
    let ranges: Vec<(&At, (i32, i32))> = appendices
        .iter()
        .filter_map(|appendix| {
            let named = years(appendix.title.as_deref()?, periods);
            let first = named.iter().find(|named| named.way == Way::Range)?;
            Some((&appendix.at, (first.from, first.to)))
        })
        .collect();
    let count = |period: &(i32, i32)| ranges.iter().filter(|(_, other)| other == period).count();
    let mut best: Option<(usize, &At, (i32, i32))> = None;
    for (at, period) in ranges.iter().take(64) {
        let votes = count(period);
        if best.is_none_or(|(most, ..)| votes > most) {
            best = Some((votes, at, *period));
        }
    }
    if let Some((_, at, period)) = best.filter(|(votes, _, _)| *votes >= 2 && votes * 2 > ranges.len()) {
        out.period = Some(period);
        out.at = at.clone();
        out.by_captions = true;
    } else {
        out.period = out.term;
    }
    out
}

/// The caption's period against the programme's.
fn caption(
    context: &Context<'_>,
    appendix: &Appendix,
    title: &str,
    named: &[Named],
    programme: &Programme,
) -> Option<Finding> {
    let (from, to) = programme.period?;
    let horizon = named.iter().filter(|named| named.way == Way::Horizon).map(|named| named.to).max();
    let last = [Some(to), programme.horizon, horizon, programme.term.map(|(_, to)| to)]
        .into_iter()
        .flatten()
        .max()?;
    let ranges: Vec<&Named> =
        named.iter().filter(|named| matches!(named.way, Way::Range | Way::Term)).collect();
    // The whole period a year early is no base year before it, unless the table has columns of that year.
    let early = |named: &Named| {
        let year = |column: &Column| column.years.as_ref().is_some_and(|years| years.contains(&named.from));
        from < to && (named.from, named.to) == (from - 1, to - 1) && !appendix.columns.iter().any(year)
    };
    let fits = |named: &Named| {
        let is_term = programme.term == Some((named.from, named.to));
        is_term
            || !early(named)
                && named.from >= from - 1
                && named.from <= to
                && named.to >= from
                && named.to <= last
    };
    // "Danh mục chuẩn bị đầu tư cho giai đoạn 2031 - 2035": what comes after the programme.
    let ahead = ranges.iter().all(|named| named.from > to)
        && context.grammar.captions.periods.of_others.iter().any(|words| holds(&plain(title), words));
    if ranges.is_empty() || ahead || ranges.iter().any(|named| fits(named)) {
        return None;
    }
    let first = ranges.first()?;
    let key = if programme.by_captions { "r007-captions" } else { "r007-caption" };
    let message =
        Text::new(key).with("found", period(first.from, first.to)).with("programme", period(from, to));
    Some(
        Finding::new(RULE.code, RULE.severity, message, appendix.at.clone())
            .quoting(title, first.range.clone())
            .relate(programme.at.clone(), Text::words(period(from, to))),
    )
}

fn period(from: i32, to: i32) -> String {
    if from == to { from.to_string() } else { format!("{from}–{to}") }
}

fn frame(named: &[Named], programme: &Programme) -> Option<Frame> {
    let own = named.iter().find(|named| named.way == Way::Range).map(|named| (named.from, named.to));
    let (from, to) = own.or(programme.period)?;
    let horizon = named.iter().filter(|named| named.way == Way::Horizon).map(|named| named.to).max();
    let last = [Some(to), horizon, programme.period.map(|(_, to)| to), programme.horizon];
    Some(Frame { from, to, last: last.into_iter().flatten().max().unwrap_or(to), of_caption: own.is_some() })
}

/// Header cells that name years which straddle the start of the period or lie after its end. Columns of
/// earlier years are what came before.
fn columns(context: &Context<'_>, appendix: &Appendix, frame: Frame) -> Option<Finding> {
    let table = appendix.table.as_ref()?;
    // Beside columns of the period those of the next one look ahead.
    let own = appendix.columns.iter().flat_map(|column| &column.path).any(|text| {
        let named = years(text, &context.grammar.captions.periods);
        named.iter().any(|named| named.to == frame.to && named.from >= frame.from)
    });
    // A school year that begins in the last year ends after it.
    let leaves = appendix.columns.iter().filter_map(|column| column.path.last());
    let school_years = leaves.filter(|leaf| {
        let named = years(leaf, &context.grammar.captions.periods);
        matches!(named.as_slice(), [only] if is_school_year(only))
    });
    let school = school_years.count() >= YEARLY;
    let mut out: Option<Finding> = None;
    for cell in table.header.iter().flat_map(|row| &row.cells).filter(|cell| cell.from.is_none()) {
        let Some(text) = cell.raw.as_deref().filter(|text| text.bytes().any(|byte| byte.is_ascii_digit()))
        else {
            continue;
        };
        let named = years(text, &context.grammar.captions.periods);
        let next = |named: &Named| named.from == frame.to + 1 && named.from < named.to;
        let school = school || context.grammar.captions.periods.is_school(text);
        let over = |named: &Named| school && is_school_year(named) && named.from <= frame.last;
        let odd = named.iter().find(|named| is_odd(named, frame) && !(own && next(named) || over(named)));
        let Some(odd) = odd else {
            continue;
        };
        if is_prior(appendix, &cell.at) {
            continue;
        }
        out = Some(match out {
            Some(finding) => finding.relate(cell.at.clone(), Text::words(shorten(text))),
            None => {
                let key = if frame.of_caption { "r007-column" } else { "r007-column-programme" };
                let message = Text::new(key)
                    .with("found", period(odd.from, odd.to))
                    .with("period", period(frame.from, frame.to))
                    .with("column", shorten(text));
                Finding::new(RULE.code, RULE.severity, message, cell.at.clone())
                    .quoting(text, odd.range.clone())
                    .relate(
                        appendix.at.clone(),
                        Text::words(appendix.title.as_deref().map(shorten).unwrap_or_default()),
                    )
            }
        });
    }
    out
}

/// A column of the same year as another one under the same headers, among columns of other years.
fn twice(context: &Context<'_>, appendix: &Appendix) -> Option<Finding> {
    let periods = &context.grammar.captions.periods;
    let named = |column: &&Column| {
        let leaf = column.path.last().map(|leaf| years(leaf, periods)).unwrap_or_default();
        matches!(leaf.as_slice(), [only] if only.to - only.from <= 1)
    };
    let columns: Vec<&Column> = appendix.columns.iter().filter(named).collect();
    let same = |a: &Column, b: &Column| a.path == b.path && a.at != b.at;
    let again = |at: usize| {
        let column = columns.get(at)?;
        let first = columns.iter().take(at).find(|first| same(first, column))?;
        Some((*first, *column))
    };
    let pairs: Vec<(&Column, &Column)> = (0..columns.len()).filter_map(again).collect();
    // Where several are written twice something else tells them apart.
    let [(first, column)] = pairs[..] else { return None };
    if columns.len() <= YEARLY {
        return None;
    }
    let header = column.path.last().map(|leaf| shorten(leaf)).unwrap_or_default();
    let message = Text::new("r007-column-twice").with("column", header.as_str());
    let finding = Finding::new(RULE.code, RULE.severity, message, column.at.clone());
    Some(finding.relate(first.at.clone(), Text::words(header)))
}

/// A table all of whose columns of values name years before the period: a table of the last one.
fn all_before(context: &Context<'_>, appendix: &Appendix, frame: Frame) -> Option<Finding> {
    let mut first: Option<(&Column, Named)> = None;
    for column in &appendix.columns {
        match column.role {
            ColumnRole::PriorPlan => return None,
            ColumnRole::Value | ColumnRole::Total | ColumnRole::Component | ColumnRole::Year => {}
            _ => continue,
        }
        let named: Vec<Named> =
            column.path.iter().flat_map(|text| years(text, &context.grammar.captions.periods)).collect();
        let last = named.into_iter().max_by_key(|named| named.to)?;
        if last.to >= frame.from {
            return None;
        }
        first = first.or(Some((column, last)));
    }
    let (column, named) = first.filter(|(_, named)| named.way == Way::Range)?;
    let key = if frame.of_caption { "r007-column" } else { "r007-column-programme" };
    let message = Text::new(key)
        .with("found", period(named.from, named.to))
        .with("period", period(frame.from, frame.to))
        .with("column", column.path.last().map(|text| shorten(text)).unwrap_or_default());
    let title = appendix.title.as_deref().map(shorten).unwrap_or_default();
    let finding = Finding::new(RULE.code, RULE.severity, message, column.at.clone());
    Some(finding.relate(appendix.at.clone(), Text::words(title)))
}

/// Whether a range is of two years in a row, as school years are.
fn is_school_year(named: &Named) -> bool {
    named.way == Way::Range && named.to == named.from + 1
}

fn is_odd(named: &Named, frame: Frame) -> bool {
    let straddles = named.way == Way::Range && named.from < frame.from - 1 && named.to > frame.from;
    straddles || named.to > frame.last
}

/// Whether a header cell stands over a column of what came before.
fn is_prior(appendix: &Appendix, at: &At) -> bool {
    appendix.columns.iter().any(|column| column.role == ColumnRole::PriorPlan && column.at == *at)
}

/// Columns of one year with their years.
type Years<'a> = Vec<(i32, &'a Column)>;

/// A table by years that leaves out one year of its period.
fn yearly(context: &Context<'_>, appendix: &Appendix, frame: Frame) -> Option<Finding> {
    // A term of six years begins with the year before the plans.
    let from = if frame.to - frame.from == 5 { frame.from + 1 } else { frame.from };
    if !(from..from + 12).contains(&frame.to) {
        return None;
    }
    let mut groups: Vec<(&[String], Years<'_>)> = Vec::new();
    for column in &appendix.columns {
        if !matches!(
            column.role,
            ColumnRole::Value | ColumnRole::Year | ColumnRole::Component | ColumnRole::Other
        ) {
            continue;
        }
        let Some((last, above)) = column.path.split_last() else {
            continue;
        };
        let named = years(last, &context.grammar.captions.periods);
        let [only] = named.as_slice() else { continue };
        if only.from != only.to || !(from..=frame.to).contains(&only.from) {
            continue;
        }
        match groups.iter_mut().find(|(path, _)| *path == above) {
            Some((_, found)) => found.push((only.from, column)),
            None => groups.push((above, vec![(only.from, column)])),
        }
    }
    groups.into_iter().find_map(|(_, found)| {
        let missing: Vec<i32> =
            (from..=frame.to).filter(|year| !found.iter().any(|(other, _)| other == year)).collect();
        let [missing] = missing.as_slice() else {
            return None;
        };
        if found.len() < YEARLY || all_periods_leave_out(appendix, *missing) {
            return None;
        }
        let after = found.iter().find(|(year, _)| year > missing).or(found.last())?;
        let present: Vec<Arg> = found.iter().map(|(year, _)| Arg::from(*year)).collect();
        let message = Text::new("r007-year-missing")
            .with("year", *missing)
            .with("period", period(frame.from, frame.to))
            .with("years", Arg::List(present));
        Some(Finding::new(RULE.code, RULE.severity, message, after.1.at.clone()))
    })
}

/// Whether the projects of a table name the times at which they are built, and none is built in a year.
fn all_periods_leave_out(appendix: &Appendix, year: i32) -> bool {
    let period = |item: &Item| if let Item::Project(project) = item { project.period } else { None };
    let mut periods = appendix.items.iter().filter_map(period).peekable();
    let holds = |period: Period| {
        period.from.is_some_and(|from| from <= year) && period.to.is_some_and(|to| to >= year)
    };
    periods.peek().is_some() && !periods.any(holds)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{appendix, document, found, quoted};
    use super::RULE;
    use crate::model::{AppendixKind, Document};

    fn of(subtitle: &str, captions: &[(&str, &str)]) -> Document {
        let appendix = |((title, header), line): (&(&str, &str), u32)| {
            appendix(line, AppendixKind::Projects, "PHỤ LỤC 1", title, &[header])
        };
        let mut out = document(vec![], captions.iter().zip([10, 20, 30]).map(appendix).collect());
        out.header.subtitle = Some(subtitle.to_owned());
        out
    }

    #[test]
    fn a_caption_of_another_period_is_found() {
        let captions =
            [("Nhiệm vụ giai đoạn 2021 - 2025", "TT|Tên"), ("Dự án giai đoạn 2026 - 2030", "TT|Tên")];
        let document = of("về phát triển nông thôn giai đoạn 2026-2030", &captions);
        assert_eq!(quoted(&RULE, &document), [(10, "2021 - 2025".to_owned())]);
    }

    #[test]
    fn most_captions_decide_where_the_title_names_no_period() {
        let captions = [
            ("Nhiệm vụ giai đoạn 2026 - 2030", "TT|Tên"),
            ("Dự án giai đoạn 2016 - 2020", "TT|Tên"),
            ("Chỉ tiêu giai đoạn 2026 - 2030", "TT|Tên"),
        ];
        assert_eq!(found(&RULE, &of("nhiệm kỳ 2025-2030", &captions)), [(20, "r007-captions")]);
    }

    #[test]
    fn terms_horizons_and_parts_of_the_period_are_fine() {
        let captions = [
            ("Chỉ tiêu nhiệm kỳ 2025 - 2030", "TT|Tên|KHV năm 2025|2026|2027|2028|2029|2030"),
            ("Dự án giai đoạn 2025-2030, hướng tới năm 2035", "TT|Tên|Vốn 2021-2025|Giai đoạn 2026-2035"),
            ("Dự án giai đoạn 2026-2028", "TT|Tên|Năm 2026|Năm 2028"),
        ];
        let document =
            of("lần thứ I, nhiệm kỳ 2025-2030; giai đoạn 2026-2030, tầm nhìn đến năm 2045", &captions);
        assert_eq!(found(&RULE, &document), []);
    }

    #[test]
    fn columns_that_leave_the_period_are_found_once() {
        let captions = [(
            "Dự án giai đoạn 2026 - 2030, hướng tới năm 2035",
            "TT|Tên|Nhu cầu vốn giai đoạn 2021-2035|Thực hiện 2022-2025|Giai đoạn 2026-2040",
        )];
        let document = of("giai đoạn 2026-2030", &captions);
        assert_eq!(quoted(&RULE, &document), [(11, "2021-2035".to_owned())]);
    }

    #[test]
    fn a_table_of_the_last_period_is_found() {
        let captions = [
            ("Chỉ tiêu giai đoạn 2026 - 2030", "TT|Tên|ĐVT|2021-2025"),
            ("Chỉ tiêu giai đoạn 2026 - 2030", "TT|Tên|ĐVT|Thực hiện 2021-2025|Mục tiêu"),
        ];
        assert_eq!(found(&RULE, &of("giai đoạn 2026-2030", &captions)), [(11, "r007-column")]);
    }

    #[test]
    fn a_year_left_out_is_found() {
        let captions = [
            ("Chỉ tiêu giai đoạn 2026 - 2030", "TT|Tên|2026|2027|2029|2030"),
            ("Chỉ tiêu giai đoạn 2026 - 2030", "TT|Tên|Năm 2026|Năm 2030"),
        ];
        assert_eq!(found(&RULE, &of("giai đoạn 2026-2030", &captions)), [(11, "r007-year-missing")]);
    }
}
