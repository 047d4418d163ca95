//! Deadlines with something beside the time: so many days, a remark in brackets.

use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{digit1, space0, space1};
use nom::combinator::{all_consuming, opt};
use nom::sequence::preceded;
use nom::{IResult, Parser};

use super::plain;
use crate::grammar::DeadlineWords;
use crate::model::{Deadline, DeadlineKind};
use crate::text::fold;

/// "Trong 45 ngày", "sau 15 ngày làm việc": so long after what comes before, which the cell does not date. "5 năm" alone may
/// be how long something lasts.
pub(super) fn span_of_time(raw: &str) -> Option<Deadline> {
    let key = fold(raw.trim_end_matches(['.', ';', ' ']));
    let found: IResult<&str, &str> = all_consuming(so_long).parse(&key);
    found.is_ok().then(|| Deadline {
        raw: raw.to_owned(),
        kind: DeadlineKind::OnEvent,
        condition: Some(raw.to_owned()),
        ..Deadline::default()
    })
}

fn so_long(input: &str) -> IResult<&str, &str> {
    let front =
        alt((tag("trong vong"), tag("trong"), tag("sau"), tag("khoang"), tag("khong qua"), tag("toi da")));
    let working = preceded(space1, tag("lam viec"));
    let unit = alt((tag("ngay"), tag("tuan"), tag("thang"), tag("nam")));
    let number = (digit1, opt((space0, tag("-"), space0, digit1)));
    (front, space1, number, space1, unit, opt(working)).map(|(_, _, _, _, unit, _)| unit).parse(input)
}

/// "Hằng năm (trước 31/12)", "2026 (khi có kinh phí)": what stands before the brackets, or else in them.
pub(super) fn remarked(raw: &str, words: &DeadlineWords) -> Option<Deadline> {
    let (front, rest) = raw.trim_end_matches(['.', ';', ' ']).split_once('(')?;
    let remark = rest.strip_suffix(')').filter(|remark| !remark.contains(['(', ')']))?.trim();
    let known = |text: &str| Some(plain(text, words)).filter(|one| one.kind != DeadlineKind::Unknown);
    let (said, beside) = match known(front) {
        Some(said) => (said, remark),
        None => (known(remark)?, front.trim()),
    };
    let condition = said.condition.clone().or_else(|| (!beside.is_empty()).then(|| beside.to_owned()));
    Some(Deadline { raw: raw.to_owned(), condition, ..said })
}
