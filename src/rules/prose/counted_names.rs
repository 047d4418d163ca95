//! Numbers of things that running text states inside or behind the name of a target ("Kết nạp 12.500 hội viên mới"), held to the
//! target's values (R008). Things that have no unit that the grammar knows are counted so; quantities with units are `statements`'.
//!
//! The whole name must stand in one clause, and nothing that says more behind it. A number that is any of the target's values holds.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::finding::{Audit, Finding, Text};
use crate::grammar::CountedWords;
use crate::model::{Item, Target};
use crate::rules::time::periods::years;
use crate::rules::{Context, Rule, shorten};
use crate::syntax::number::{self, Decimal};
use crate::text::fold;
use crate::value::{Number, Relation};

/// Targets whose names begin with one word, beyond which it tells nothing.
const ALIKE: usize = 64;
/// Fewest and most words of a name.
const NAME: Range<usize> = 3..24;

/// A word of a text.
pub(in crate::rules) struct Token {
    pub key: String,
    pub range: Range<usize>,
    /// Whether a mark behind it ends its clause.
    pub ends: bool,
    pub number: Option<Number>,
}

/// A target with the words of its name.
struct Named<'a> {
    target: &'a Target,
    name: Vec<String>,
    unit: Vec<String>,
}

/// A number that a text gives for a target.
struct Stated {
    number: Number,
    range: Range<usize>,
}

/// Reports numbers in running text that are none of their target's values.
pub(in crate::rules) fn against_targets(context: &Context<'_>, audit: &mut Audit, rule: &Rule) {
    let words = &context.grammar.statements.counted;
    let mut named: FxHashMap<String, Vec<Named<'_>>> = FxHashMap::default();
    for item in context.document.appendices.iter().flat_map(|appendix| &appendix.items) {
        let Item::Target(target) = item else { continue };
        if let Some(found) = Named::of(target, words)
            && let Some(first) = found.name.first().cloned()
        {
            named.entry(first).or_default().push(found);
        }
    }
    named.retain(|_, alike| alike.len() <= ALIKE);
    if named.is_empty() {
        return;
    }
    for passage in context.passages() {
        if context.grammar.statements.recurs(&fold(passage.text)) {
            continue;
        }
        let dated: Vec<i32> = [Some(passage.text), passage.dated]
            .into_iter()
            .flatten()
            .flat_map(|text| years(text, &context.grammar.captions.periods))
            .flat_map(|named| [named.from, named.to])
            .collect();
        let tokens = tokens(passage.text);
        for start in 0..tokens.len() {
            let Some(here) = tokens.get(start).and_then(|token| named.get(&token.key)) else { continue };
            for named in here {
                let Some(stated) = named.stated(&tokens, start, words) else { continue };
                if !named.covers(&dated) || of_another_time(&tokens, start, words) {
                    continue;
                }
                let values = named.target.values.iter().filter_map(|value| value.value.exact());
                let values: Vec<Number> = values.map(Number::normalized).collect();
                if values.contains(&stated.number) {
                    continue;
                }
                let over_all = named
                    .target
                    .values
                    .iter()
                    .find(|value| value.period.is_some_and(|period| period.from < period.to));
                let printed = over_all.or(named.target.values.last()).map(|value| &value.value);
                let raw = printed.and_then(|value| value.raw.as_deref()).unwrap_or_default();
                let unit = named.target.unit.as_ref().map_or("", |unit| unit.raw.as_str());
                let other = format!("{}: {raw} {unit}", shorten(&named.target.name));
                let shown = shorten(passage.text.get(stated.range.clone()).unwrap_or_default());
                let message = Text::new("r008-message").with("found", shown).with("other", other.as_str());
                let at = printed.map(|value| value.at.clone()).filter(|at| at.line > 0);
                let finding = Finding::new(rule.code, rule.severity, message, passage.at.clone())
                    .quoting(passage.text, stated.range)
                    .relate(
                        at.unwrap_or_else(|| named.target.at.clone()),
                        Text::new("r008-related").with("other", other),
                    );
                audit.findings.push(finding);
            }
        }
    }
}

impl<'a> Named<'a> {
    /// A target that counts things without a known unit, and all of whose values are exact.
    fn of(target: &'a Target, words: &CountedWords) -> Option<Self> {
        let unit = target.unit.as_ref().filter(|unit| unit.base.is_none() && unit.per.is_none())?;
        let exact = target.values.iter().all(|value| {
            matches!(value.value.relation, Relation::Eq | Relation::None) && value.value.unit.is_none()
        });
        let any = target.values.iter().any(|value| value.value.exact().is_some());
        let mut folded = fold(&target.name);
        if let Some(rest) = words.leads.iter().find_map(|lead| folded.strip_prefix(&format!("{lead} "))) {
            folded = rest.to_owned();
        }
        let plain = |word: &str| word.chars().all(char::is_alphabetic);
        let name: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
        let unit = fold(&unit.raw).split_whitespace().map(str::to_owned).collect();
        let fits = exact && any && !target.deferred && NAME.contains(&name.len());
        (fits && name.iter().all(|word| plain(word))).then_some(Self { target, name, unit })
    }

    /// Whether the target's values are of all years that a text names.
    fn covers(&self, years: &[i32]) -> bool {
        let periods = || self.target.values.iter().filter_map(|value| value.period);
        let inside = |year: i32| {
            periods().any(|it| it.from.is_none_or(|from| from <= year) && it.to.is_none_or(|to| year <= to))
        };
        periods().next().is_none() || years.iter().all(|year| inside(*year))
    }

    /// The number that a text gives where the name begins at a token.
    fn stated(&self, tokens: &[Token], start: usize, words: &CountedWords) -> Option<Stated> {
        let mut inside: Option<(usize, Number)> = None;
        let mut at = start;
        for (nth, word) in self.name.iter().enumerate() {
            if nth > 0 && inside.is_none() && tokens.get(at)?.number.is_some() {
                inside = Some((at, tokens.get(at)?.number?));
                at += 1;
            }
            let token = tokens.get(at)?;
            if token.key != *word || token.ends && nth + 1 < self.name.len() {
                return None;
            }
            at += 1;
        }
        let bound = |number: usize| {
            let before = number.checked_sub(1).and_then(|before| tokens.get(before));
            before.is_some_and(|before| words.bounds.contains(&before.key))
        };
        let last = tokens.get(at - 1)?;
        if let Some((place, number)) = inside {
            let free = last.ends || tokens.get(at).is_none_or(|next| words.follows.contains(&next.key));
            let range = tokens.get(start)?.range.start..last.range.end;
            return (free && !bound(place)).then_some(Stated { number, range });
        }
        // "Số chi hội là 150 chi hội".
        if last.ends {
            return None;
        }
        if words.verbs.contains(&tokens.get(at)?.key) {
            at += 1;
        }
        let number = tokens.get(at)?.number?;
        let unit = tokens.get(at + 1..at + 1 + self.unit.len())?;
        let same = !unit.is_empty() && unit.iter().zip(&self.unit).all(|(token, word)| token.key == *word);
        let end = unit.last()?;
        let free = end.ends
            || tokens.get(at + 1 + self.unit.len()).is_none_or(|next| words.follows.contains(&next.key));
        let range = tokens.get(start)?.range.start..end.range.end;
        (same && free && !bound(at)).then_some(Stated { number, range })
    }
}

/// Whether words before a name, in its clause, say that the number is of another time or of one of several.
fn of_another_time(tokens: &[Token], start: usize, words: &CountedWords) -> bool {
    let before = tokens.get(..start).unwrap_or_default().iter().rev().take_while(|token| !token.ends);
    before.into_iter().any(|token| words.other_times.contains(&token.key))
}

/// The words of a text, which spaces part.
pub(in crate::rules) fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut from = 0;
    for piece in text.split(' ') {
        let start = from;
        from += piece.len() + 1;
        let marks = |c: char| !c.is_alphanumeric();
        let bare = piece.trim_matches(marks);
        if bare.is_empty() {
            if !piece.is_empty()
                && let Some(last) = out.last_mut()
            {
                let last: &mut Token = last;
                last.ends = true;
            }
            continue;
        }
        let lead = piece.len() - piece.trim_start_matches(marks).len();
        let ends = lead + bare.len() < piece.len();
        let number =
            bare.starts_with(|c: char| c.is_ascii_digit()).then(|| number::read(bare, Decimal::Comma));
        let number = number.flatten().map(Number::normalized);
        let range = start + lead..start + lead + bare.len();
        out.push(Token { key: fold(bare), range, ends, number });
    }
    out
}
