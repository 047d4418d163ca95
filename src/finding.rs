//! Findings and checks: what the audit says, as data. Nothing here renders a sentence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::span::At;
use crate::value::Number;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably wrong.
    Warning,
    /// Wrong.
    Error,
}

/// A rule's identity: its code and its kebab-case name; both are accepted everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// "N001".
    pub code: &'static str,
    /// "duplicate-number".
    pub name: &'static str,
}

/// A sentence to be: the key of a message in the catalogue and its arguments. Output renders it in the
/// reader's language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text {
    /// Key in the message catalogue, such as `n001-message`.
    pub key: &'static str,
    /// Arguments by name.
    pub args: Vec<(&'static str, Arg)>,
}

/// An argument of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arg {
    /// Words of the document, given as they are.
    Str(String),
    /// A number, written in the notation of the reader's language.
    Num(Number),
    /// A count, also usable as a plural selector.
    Count(i64),
    /// A place, in the terms of its file's format.
    Place(Box<At>),
    /// A sentence inside the sentence.
    Text(Text),
    /// Items to be joined with commas.
    List(Vec<Arg>),
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which rule.
    pub code: Code,
    /// How grave, after any lowering for inferred operands.
    pub severity: Severity,
    /// What is wrong.
    pub message: Text,
    /// The exact place.
    pub at: At,
    /// Other places that matter.
    pub related: Vec<Related>,
    /// Why the rule holds this to be so.
    pub evidence: Option<Text>,
    /// What may have been meant.
    pub suggestion: Option<Text>,
    /// The exact words inside the node at `at`; the pipeline narrows the place to them.
    pub quote: Option<Quote>,
}

/// Words inside a node's text, told apart from the same words earlier in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words as the model has them.
    pub words: String,
    /// How many times the words occur in the node's text before.
    pub before: usize,
}

/// Another place that matters to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub at: At,
    /// What is there.
    pub label: Text,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The statement holds.
    Holds,
    /// The statement does not hold.
    Fails,
    /// It cannot be told; the check says why.
    Unverifiable,
}

/// One statement of the document that was checked, with everything that entered the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which rule.
    pub code: Code,
    /// How it ended.
    pub outcome: Outcome,
    /// The place of the printed result.
    pub at: At,
    /// What was checked.
    pub statement: Text,
    /// What entered.
    pub operands: Vec<Operand>,
    /// What the operands give.
    pub expected: Option<Number>,
    /// What is printed.
    pub actual: Option<Number>,
    /// actual - expected.
    pub difference: Option<Number>,
    /// Why it could not be told.
    pub reason: Option<Text>,
    /// The exact words inside the node at `at`; the pipeline narrows the place to them.
    pub quote: Option<Quote>,
}

/// One operand of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operand {
    /// What it is: a column's or a row's name.
    pub label: Text,
    /// Its value; absent where nothing is printed.
    pub value: Option<Number>,
    /// Where it stands.
    pub at: At,
    /// The exact words inside the node at `at`; the pipeline narrows the place to them.
    pub quote: Option<Quote>,
}

/// What the audit gives: findings and checks, sorted by place, then code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Audit {
    /// The findings.
    pub findings: Vec<Finding>,
    /// The checks.
    pub checks: Vec<Check>,
}

impl Text {
    /// A sentence without arguments.
    #[must_use]
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// Words of the document as they are (the catalogue's `words` message).
    #[must_use]
    pub fn words(words: impl Into<String>) -> Self {
        Self::new("words").with("words", words.into())
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.push((name, arg.into()));
        self
    }
}

impl Finding {
    /// A finding without related places, evidence or suggestion.
    #[must_use]
    pub fn new(code: Code, severity: Severity, message: Text, at: At) -> Self {
        Self {
            code,
            severity,
            message,
            at,
            related: Vec::new(),
            evidence: None,
            suggestion: None,
            quote: None,
        }
    }

    /// Adds a related place.
    #[must_use]
    pub fn relate(mut self, at: At, label: Text) -> Self {
        self.related.push(Related { at, label });
        self
    }

    /// Sets the evidence.
    #[must_use]
    pub fn because(mut self, evidence: Text) -> Self {
        self.evidence = Some(evidence);
        self
    }

    /// Narrows the place to a range of bytes of the node's text.
    #[must_use]
    pub fn quoting(mut self, text: &str, range: std::ops::Range<usize>) -> Self {
        self.quote = Quote::of(text, range);
        self
    }

    /// Sets the suggestion.
    #[must_use]
    pub fn suggest(mut self, suggestion: Text) -> Self {
        self.suggestion = Some(suggestion);
        self
    }
}

impl Check {
    /// A check with an outcome and no figures.
    #[must_use]
    pub fn new(code: Code, outcome: Outcome, at: At, statement: Text) -> Self {
        Self {
            code,
            outcome,
            at,
            statement,
            operands: Vec::new(),
            expected: None,
            actual: None,
            difference: None,
            reason: None,
            quote: None,
        }
    }

    /// Sets what entered.
    #[must_use]
    pub fn over(mut self, operands: impl IntoIterator<Item = Operand>) -> Self {
        self.operands = operands.into_iter().collect();
        self
    }

    /// Sets what the operands give, what is printed, and how far they are apart.
    #[must_use]
    pub fn comparing(
        mut self,
        expected: impl Into<Option<Number>>,
        actual: impl Into<Option<Number>>,
    ) -> Self {
        (self.expected, self.actual) = (expected.into(), actual.into());
        self.difference = self.actual.zip(self.expected).map(|(actual, expected)| actual - expected);
        self
    }

    /// Sets why it could not be told.
    #[must_use]
    pub fn because(mut self, reason: Text) -> Self {
        self.reason = Some(reason);
        self
    }
}

impl Operand {
    /// An operand at a place.
    #[must_use]
    pub fn new(label: Text, value: impl Into<Option<Number>>, at: At) -> Self {
        Self { label, value: value.into(), at, quote: None }
    }

    /// Narrows the place to a range of bytes of the node's text.
    #[must_use]
    pub fn quoting(mut self, text: &str, range: std::ops::Range<usize>) -> Self {
        self.quote = Quote::of(text, range);
        self
    }
}

impl Outcome {
    /// How a check ends that can be made.
    #[must_use]
    pub fn of(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Fails }
    }
}

impl Audit {
    /// The places of findings, checks and operands that quote words, with the words.
    pub fn quoted(&mut self) -> impl Iterator<Item = (&mut At, &Quote)> {
        let findings = self.findings.iter_mut().filter_map(|it| Some((&mut it.at, it.quote.as_ref()?)));
        let checks = self.checks.iter_mut().flat_map(|check| {
            let operands = check.operands.iter_mut().filter_map(|it| Some((&mut it.at, it.quote.as_ref()?)));
            check.quote.as_ref().map(|quote| (&mut check.at, quote)).into_iter().chain(operands)
        });
        findings.chain(checks)
    }
}

impl Quote {
    /// The words at a range of bytes of a node's text; `None` where the range is not one of the text.
    #[must_use]
    pub fn of(text: &str, range: std::ops::Range<usize>) -> Option<Self> {
        let words = text.get(range.clone()).filter(|words| !words.is_empty())?;
        let before = text.get(..range.start)?.matches(words).count();
        Some(Self { words: words.to_owned(), before })
    }
}

impl Severity {
    /// One step lower; info stays info.
    #[must_use]
    pub fn lowered(self) -> Self {
        match self {
            Self::Error => Self::Warning,
            Self::Warning | Self::Info => Self::Info,
        }
    }

    /// "error", "warning", "info".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::Str(value.to_owned())
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Self {
        Self::Str(value)
    }
}

impl From<Number> for Arg {
    fn from(value: Number) -> Self {
        Self::Num(value)
    }
}

impl From<usize> for Arg {
    fn from(value: usize) -> Self {
        Self::Count(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

/// A year or another number that is never grouped: written as plain digits.
impl From<i32> for Arg {
    fn from(value: i32) -> Self {
        Self::Str(value.to_string())
    }
}

impl From<At> for Arg {
    fn from(value: At) -> Self {
        Self::Place(Box::new(value))
    }
}

impl From<Text> for Arg {
    fn from(value: Text) -> Self {
        Self::Text(value)
    }
}

impl<T: Into<Arg>> From<Vec<T>> for Arg {
    fn from(value: Vec<T>) -> Self {
        Self::List(value.into_iter().map(Into::into).collect())
    }
}
