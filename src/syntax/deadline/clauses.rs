//! Puts the tokens of a deadline together.

use std::ops::Range;

use jiff::civil::Date;

use super::tokens::{Sep, Token};
use super::when::{Unit, When, Year, day_after, day_before};
use crate::grammar::DeadlineWord;
use crate::model::{DeadlineKind, DeadlineProblem};

/// What the words say, put together.
#[derive(Debug, Default)]
pub(super) struct Reading {
    times: Vec<Clause>,
    steps: Vec<Option<String>>,
    conditions: Vec<Range<usize>>,
    ongoing: bool,
    done: bool,
    approximate: bool,
    /// Whether a comma, a semicolon or "và" parts what is recurring or ongoing from what is not.
    parted: bool,
}

/// One statement of time.
#[derive(Debug, Clone, Copy)]
struct Clause {
    bound: Bound,
    first: When,
    /// The other end of a range.
    last: Option<When>,
}

/// What a word says of the time after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Within,
    Before,
    Until,
    After,
    Since,
}

/// First and last day, and what is wrong with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Days {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// What is wrong.
    pub problem: Option<DeadlineProblem>,
}

/// Kinds of token between which a separator can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Time,
    Step,
    Ongoing,
    Condition,
    Done,
}

impl Reading {
    /// `None` where the tokens do not go together.
    pub fn of(tokens: &[Token]) -> Option<Self> {
        let mut reading = Self::default();
        let mut bound = Bound::Within;
        let mut last_class = None;
        let mut seps: Vec<Sep> = Vec::new();
        let mut day_alone = false;
        for token in tokens {
            let class = match token {
                Token::Time(_) => Some(Class::Time),
                Token::Step(_) => Some(Class::Step),
                Token::Condition(_) => Some(Class::Condition),
                Token::Word(DeadlineWord::Ongoing) => Some(Class::Ongoing),
                Token::Word(DeadlineWord::Done) => Some(Class::Done),
                _ => None,
            };
            match token {
                Token::Time(time) => {
                    reading.time(*time, bound, &seps, last_class == Some(Class::Time))?;
                    bound = Bound::Within;
                }
                Token::Step(step) => reading.steps.push(step.clone()),
                Token::Condition(range) => reading.conditions.push(range.clone()),
                Token::Word(word) => match word {
                    DeadlineWord::Before => bound = Bound::Before,
                    DeadlineWord::Until => bound = Bound::Until,
                    DeadlineWord::After => bound = Bound::After,
                    DeadlineWord::Since => bound = Bound::Since,
                    DeadlineWord::Ongoing => reading.ongoing = true,
                    DeadlineWord::Done => reading.done = true,
                    DeadlineWord::Approximate => reading.approximate = true,
                    DeadlineWord::Onwards => reading.onwards(),
                    _ => {}
                },
                Token::DayOfMonth => {
                    day_alone = true;
                    bound = Bound::Within;
                }
                Token::Sep(sep) => seps.push(*sep),
                Token::Remark => {}
            }
            if let Some(class) = class {
                if let Some(last) = last_class.filter(|last| *last != class) {
                    let recurs = |class| matches!(class, Class::Step | Class::Ongoing);
                    let parts = seps.iter().any(|sep| *sep != Sep::Other);
                    reading.parted |= parts && (recurs(last) || recurs(class));
                }
                last_class = Some(class);
                seps.clear();
            }
        }
        let open = bound != Bound::Within && !reading.done;
        (!open && (!day_alone || !reading.steps.is_empty())).then_some(reading)
    }

    /// Adds a time: the other end of a range after "-" or "đến", or a clause of its own.
    fn time(&mut self, time: When, bound: Bound, seps: &[Sep], follows: bool) -> Option<()> {
        if follows
            && let Some(clause) = self.times.last_mut()
            && clause.last.is_none()
        {
            let to = bound == Bound::Until && !seps.contains(&Sep::And);
            if to || (bound == Bound::Within && seps.contains(&Sep::Dash)) {
                clause.last = Some(time);
                return Some(());
            }
            // Two times with nothing between them are not understood.
            if seps.is_empty() && bound == Bound::Within {
                return None;
            }
        }
        self.times.push(Clause { bound, first: time, last: None });
        Some(())
    }

    /// "trở đi": what was named last is only the beginning.
    fn onwards(&mut self) {
        if let Some(clause) = self.times.last_mut()
            && clause.last.is_none()
            && clause.bound == Bound::Within
        {
            clause.bound = Bound::Since;
        }
    }

    pub fn kind(&self) -> DeadlineKind {
        let times = !self.times.is_empty();
        let steps = !self.steps.is_empty();
        let conditions = !self.conditions.is_empty();
        match (self.done, self.ongoing, steps) {
            (true, _, _) => DeadlineKind::Done,
            (_, true, true) => DeadlineKind::Mixed,
            (_, true, _) | (_, _, true) if self.parted => DeadlineKind::Mixed,
            (_, true, _) => DeadlineKind::Ongoing,
            (_, _, true) => DeadlineKind::Recurring,
            _ if times => self.kind_of_times(),
            _ if conditions => DeadlineKind::OnEvent,
            _ => DeadlineKind::Unknown,
        }
    }

    fn kind_of_times(&self) -> DeadlineKind {
        let [clause] = self.times.as_slice() else {
            let years = |clause: &Clause| {
                clause.first.unit == Unit::Year && clause.last.is_none() && clause.bound == Bound::Within
            };
            return if self.times.iter().all(years) {
                DeadlineKind::Years
            } else if self.is_contiguous() {
                DeadlineKind::Range
            } else {
                DeadlineKind::Mixed
            };
        };
        let whole_years = |last: &When| clause.first.unit == Unit::Year && last.unit == Unit::Year;
        match (clause.bound, clause.last, clause.first.unit) {
            // "2026-2030", "Giai đoạn 2026 - 2028": several years, as "2027, 2028" are.
            (Bound::Within, Some(last), _) if whole_years(&last) => DeadlineKind::Years,
            (_, Some(_), _) | (Bound::Within, None, Unit::School(..)) => DeadlineKind::Range,
            (Bound::Before | Bound::Until, ..) => DeadlineKind::Before,
            (Bound::After | Bound::Since, ..) => DeadlineKind::After,
            (_, _, Unit::Day(..)) => DeadlineKind::Day,
            (_, _, Unit::Days(..)) => DeadlineKind::Range,
            (_, _, Unit::Month(_)) => DeadlineKind::Month,
            (_, _, Unit::Quarter(_)) => DeadlineKind::Quarter,
            (_, _, Unit::Part(..)) => DeadlineKind::Part,
            (_, _, Unit::Year) => DeadlineKind::Year,
        }
    }

    /// Whether each clause begins the day after the one before it ends ("Quý II, III/2026").
    fn is_contiguous(&self) -> bool {
        let days: Vec<Days> = self.clauses().map(Clause::days).collect();
        let pairs = days.iter().zip(days.iter().skip(1));
        let meets = |(a, b): (&Days, &Days)| a.to.and_then(day_after).is_some_and(|day| Some(day) == b.from);
        self.times.iter().all(|clause| clause.bound == Bound::Within) && pairs.into_iter().all(meets)
    }

    /// The clauses, with years that stand only once given to all times of a clause or list.
    fn clauses(&self) -> impl DoubleEndedIterator<Item = Clause> {
        let mut clauses = self.times.clone();
        let mut year: Option<Year> = None;
        for clause in clauses.iter_mut().rev() {
            for when in [clause.last.as_mut(), Some(&mut clause.first)].into_iter().flatten() {
                when.year = when.year.or(year);
                year = when.year;
            }
        }
        let mut year: Option<Year> = None;
        for clause in &mut clauses {
            for when in [Some(&mut clause.first), clause.last.as_mut()].into_iter().flatten() {
                when.year = when.year.or(year);
                year = when.year;
            }
        }
        clauses.into_iter()
    }

    /// From the first day of all clauses to the last; open where a clause is open.
    pub fn days(&self) -> Days {
        let all: Vec<Days> = self.clauses().map(Clause::days).collect();
        let mut days = match all.as_slice() {
            [] => Days::default(),
            [one] => *one,
            _ => Days {
                from: least(all.iter().map(|days| days.from)),
                to: greatest(all.iter().map(|days| days.to)),
                problem: all.iter().find_map(|days| days.problem),
            },
        };
        if days.problem.is_none() && days.from.zip(days.to).is_some_and(|(from, to)| to < from) {
            days.problem = Some(DeadlineProblem::Reversed);
        }
        days
    }

    pub fn approximate(&self) -> bool {
        let loose = |when: When| matches!(when.unit, Unit::Part(_, _, true) | Unit::School(..));
        let any = self.times.iter().any(|clause| loose(clause.first) || clause.last.is_some_and(loose));
        self.approximate || any
    }

    /// The first step that the words name.
    pub fn recurrence(&self) -> Option<String> {
        self.steps.iter().flatten().next().cloned()
    }

    /// From the first condition to the last.
    pub fn condition(&self) -> Option<Range<usize>> {
        let first = self.conditions.first()?;
        let last = self.conditions.last()?;
        Some(first.start..last.end)
    }
}

impl Clause {
    fn days(self) -> Days {
        let impossible = Some(DeadlineProblem::Impossible);
        let first = self.first.days();
        let last = self.last.map(When::days);
        let problem =
            if first.is_err() || last.is_some_and(|last| last.is_err()) { impossible } else { None };
        let first = first.ok().flatten();
        let (from, to) = match last {
            Some(last) => (first.map(|days| days.0), last.ok().flatten().map(|days| days.1)),
            None => match self.bound {
                Bound::Within => (first.map(|days| days.0), first.map(|days| days.1)),
                Bound::Before => (None, first.and_then(|days| day_before(days.0))),
                Bound::Until => (None, first.map(|days| days.1)),
                Bound::After => (first.and_then(|days| day_after(days.1)), None),
                Bound::Since => (first.map(|days| days.0), None),
            },
        };
        Days { from, to, problem }
    }
}

/// The least day; none where one of them is open.
fn least(days: impl Iterator<Item = Option<Date>>) -> Option<Date> {
    days.collect::<Option<Vec<_>>>()?.into_iter().min()
}

/// The greatest day; none where one of them is open.
fn greatest(days: impl Iterator<Item = Option<Date>>) -> Option<Date> {
    days.collect::<Option<Vec<_>>>()?.into_iter().max()
}
