//! The arguments as resolved: language, grammar, look, and which rules take part.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{self, IsTerminal};

use cthd::finding::{Audit, Code, Text};
use cthd::grammar::Grammar;
use cthd::output::text::{Extent, Look};
use cthd::output::{Catalogue, Lang};
use cthd::rules::{self, RULES, Rule};
use rapidfuzz::distance::damerau_levenshtein;

use super::args::{Colour, Common};
use super::failure::Failure;
use super::input;

/// Width of lines where standard output is no terminal.
const WIDTH: usize = 120;

/// What every command is given.
#[derive(Debug)]
pub(super) struct Settings<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) grammar: Grammar,
    pub(super) look: Look,
}

/// The rules that take part in an audit.
#[derive(Debug)]
pub(super) struct Selection {
    codes: BTreeSet<&'static str>,
}

/// The catalogue of the language that the call or the locale names. The call is searched before it is
/// parsed, since what is wrong with it is to be said in that language too.
pub(super) fn catalogue(typed: &[OsString]) -> Catalogue {
    let mut words = typed.iter().filter_map(|word| word.to_str()).peekable();
    let mut named = None;
    while let Some(word) = words.next() {
        let tag = match word.strip_prefix("--lang") {
            Some("") => words.peek().copied(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        named = tag.and_then(Lang::from_tag).or(named);
    }
    Catalogue::new(named.unwrap_or_else(locale))
}

/// The language of the locale: the first of the variables that is set and not empty.
fn locale() -> Lang {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter();
    let locale = variables.filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty());
    locale.map_or_else(Lang::default, |locale| Lang::from_locale(&locale))
}

impl<'a> Settings<'a> {
    /// Loads the grammar and looks at the terminal.
    pub(super) fn resolve(common: &Common, catalogue: &'a Catalogue) -> Result<Self, Failure> {
        let grammar = input::grammar(common.grammars.as_deref())?;
        let colour = match common.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
        };
        let width = match terminal_size::terminal_size() {
            Some((terminal_size::Width(width), _)) if io::stdout().is_terminal() => usize::from(width),
            _ => WIDTH,
        };
        Ok(Self { catalogue, grammar, look: Look { colour, width, extent: Extent::Whole } })
    }
}

impl Selection {
    /// The rules of `select` (all, where it is empty) without those of `ignore`. An entry is a code, a
    /// name, or the letter of a family.
    pub(super) fn resolve(select: &[String], ignore: &[String]) -> Result<Self, Failure> {
        let named = |entries: &[String]| -> Result<BTreeSet<&'static str>, Failure> {
            let mut codes = BTreeSet::new();
            for entry in entries.iter().map(|entry| entry.trim()).filter(|entry| !entry.is_empty()) {
                codes.extend(matching(entry)?);
            }
            Ok(codes)
        };
        let mut codes = named(select)?;
        if select.iter().all(|entry| entry.trim().is_empty()) {
            codes = RULES.iter().map(|rule| rule.code.code).collect();
        }
        for code in named(ignore)? {
            codes.remove(code);
        }
        Ok(Self { codes })
    }

    /// Whether the rule that a code or a name names takes part.
    pub(super) fn has(&self, entry: &str) -> bool {
        rule(entry.trim()).is_ok_and(|rule| self.codes.contains(rule.code.code))
    }

    /// Leaves in an audit what the selected rules gave.
    pub(super) fn retain(&self, audit: &mut Audit) {
        let selected = |code: Code| self.codes.contains(code.code);
        audit.findings.retain(|finding| selected(finding.code));
        audit.checks.retain(|check| selected(check.code));
    }
}

/// The codes that an entry names.
fn matching(entry: &str) -> Result<Vec<&'static str>, Failure> {
    let family = |rule: &&&Rule| entry.len() == 1 && rule.code.code.starts_with(&entry.to_ascii_uppercase());
    let codes: Vec<_> = RULES.iter().filter(family).map(|rule| rule.code.code).collect();
    if codes.is_empty() { rule(entry).map(|rule| vec![rule.code.code]) } else { Ok(codes) }
}

/// The rule that a code or a name names.
pub(super) fn rule(entry: &str) -> Result<&'static Rule, Failure> {
    let wanted = entry.to_lowercase().replace('_', "-");
    if let Some(rule) = rules::find(&wanted) {
        return Ok(rule);
    }
    let names = RULES.iter().flat_map(|rule| [rule.code.code, rule.code.name]);
    let distance = |name: &&str| damerau_levenshtein::distance(wanted.chars(), name.to_lowercase().chars());
    let nearest = names.min_by_key(distance).filter(|name| distance(name) <= wanted.chars().count() / 3 + 1);
    let text = match nearest {
        Some(nearest) => Text::new("error-rule-meant").with("nearest", nearest),
        None => Text::new("error-rule"),
    };
    Err(Failure(text.with("rule", entry)))
}
