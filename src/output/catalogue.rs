//! The catalogue of sentences: a key and its arguments come in, a sentence in the reader's language goes
//! out.
//!
//! Sentences are Fluent messages in `messages/<language>/<family>.ftl`, embedded in the binary. Only the
//! files of the wanted language are read.

use std::borrow::Cow;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use unic_langid::LanguageIdentifier;

use super::place;
use crate::finding::{Arg, Text};
use crate::value::Number;

static MESSAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/output/messages");

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// The sentences of one language.
pub struct Catalogue {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The language of a locale such as "en_US.UTF-8"; Vietnamese for every locale that is not English.
    #[must_use]
    pub fn from_locale(locale: &str) -> Self {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("en") { Self::En } else { Self::Vi }
    }

    /// The language that a tag ("vi", "en") names.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// The other language.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }

    /// "vi", "en".
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// A day ("2026-06-30") in the notation of the language: Vietnamese writes 30/06/2026.
    #[must_use]
    pub fn day(self, day: &str) -> String {
        match (self, day.split('-').collect::<Vec<_>>().as_slice()) {
            (Self::Vi, [year, month, day]) => format!("{day}/{month}/{year}"),
            _ => day.to_owned(),
        }
    }

    /// A number in the notation of the language's readers.
    #[must_use]
    pub fn number(self, number: Number) -> String {
        match self {
            Self::Vi => number.vietnamese(),
            Self::En => number.english(),
        }
    }
}

impl Catalogue {
    /// The catalogue of a language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let locale: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match lang {
            Lang::Vi => |value, _| count(Lang::Vi, value),
            Lang::En => |value, _| count(Lang::En, value),
        }));
        for (_, text) in files(lang) {
            // A file with a mistake still gives its sound messages; a test reads every file strictly.
            let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { lang, bundle }
    }

    /// The catalogue's language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether there is a sentence for the key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The keys of the catalogue's sentences.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        let message = |line: &'static str| {
            let key = line.split_once(" =")?.0;
            key.starts_with(|c: char| c.is_ascii_lowercase()).then_some(key)
        };
        files(self.lang).flat_map(move |(_, text)| text.lines().filter_map(message))
    }

    /// The sentence. A key without a sentence gives the key in square brackets, an argument that the
    /// sentence wants and does not get gives its name in braces.
    #[must_use]
    pub fn render(&self, text: &Text) -> String {
        self.write(text, &mut Vec::new()).into_owned()
    }

    /// The sentence of a key that takes no arguments.
    #[must_use]
    pub fn label(&self, key: &str) -> String {
        match self.bundle.get_message(key).and_then(|message| message.value()) {
            Some(pattern) => self.bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned(),
            None => format!("[{key}]"),
        }
    }

    /// What a rule is called in the language, by its code; `name` where the catalogue has none.
    #[must_use]
    pub fn rule_name(&self, code: &str, name: &str) -> String {
        let key = format!("rule-{}", code.to_ascii_lowercase());
        if self.has(&key) { self.label(&key) } else { name.to_owned() }
    }

    /// The sentence, or what is missing from the catalogue or from the text.
    ///
    /// # Errors
    /// The keys without a sentence and the arguments that were not given, each in words.
    pub fn strict(&self, text: &Text) -> Result<String, Vec<String>> {
        let mut missing = Vec::new();
        let sentence = self.write(text, &mut missing);
        if missing.is_empty() { Ok(sentence.into_owned()) } else { Err(missing) }
    }

    fn write<'t>(&self, text: &'t Text, missing: &mut Vec<String>) -> Cow<'t, str> {
        // Words of the document need no look-up.
        if let ("words", [("words", Arg::Str(words))]) = (text.key, text.args.as_slice()) {
            return Cow::Borrowed(words);
        }
        let Some(pattern) = self.bundle.get_message(text.key).and_then(|message| message.value()) else {
            missing.push(format!("no message {}", text.key));
            return Cow::Owned(format!("[{}]", text.key));
        };
        let mut args = FluentArgs::with_capacity(text.args.len());
        for (name, arg) in &text.args {
            args.set(*name, self.value(arg, missing));
        }
        let mut errors: Vec<FluentError> = Vec::new();
        let sentence = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        missing.extend(errors.iter().map(|error| format!("{}: {error}", text.key)));
        Cow::Owned(sentence)
    }

    fn value<'t>(&self, arg: &'t Arg, missing: &mut Vec<String>) -> FluentValue<'t> {
        match arg {
            Arg::Count(count) => FluentValue::from(*count),
            _ => FluentValue::String(self.words(arg, missing)),
        }
    }

    fn words<'t>(&self, arg: &'t Arg, missing: &mut Vec<String>) -> Cow<'t, str> {
        match arg {
            Arg::Str(words) => Cow::Borrowed(words),
            Arg::Num(number) => Cow::Owned(self.lang.number(*number)),
            Arg::Count(count) => Cow::Owned(self.lang.number(Number::whole(*count))),
            Arg::Place(at) => Cow::Owned(place::words(at, self)),
            Arg::Text(text) => self.write(text, missing),
            Arg::List(items) => {
                let items: Vec<_> = items.iter().map(|item| self.words(item, missing)).collect();
                Cow::Owned(items.join(", "))
            }
        }
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue").field("lang", &self.lang).finish_non_exhaustive()
    }
}

/// Name and text of the language's files.
fn files(lang: Lang) -> impl Iterator<Item = (&'static str, &'static str)> {
    MESSAGES
        .get_dir(lang.tag())
        .into_iter()
        .flat_map(Dir::files)
        .filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?)))
}

/// Counts are written like every other number of the language.
fn count(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => number.as_string().parse().ok().map(|number| lang.number(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::panic,
        reason = "a test stops where its premise fails"
    )]

    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The messages of a language: key to its text as written. Panics on anything that Fluent does not
    /// take.
    fn messages(lang: Lang) -> BTreeMap<String, String> {
        let mut out = BTreeMap::new();
        for (path, text) in files(lang) {
            let resource = FluentResource::try_new(text.to_owned())
                .unwrap_or_else(|(_, errors)| panic!("{path}: {errors:?}"));
            drop(resource);
            let mut key = None;
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                if let Some((name, value)) = line.split_once('=').filter(|_| !line.starts_with([' ', '}'])) {
                    let name = name.trim().to_owned();
                    assert!(out.insert(name.clone(), value.to_owned()).is_none(), "{path}: {name} twice");
                    key = Some(name);
                } else if let Some(text) = key.as_ref().and_then(|key| out.get_mut(key)) {
                    text.push('\n');
                    text.push_str(line);
                }
            }
        }
        out
    }

    fn variables(text: &str) -> BTreeSet<&str> {
        let name = |rest: &'_ str| rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
        text.split('$').skip(1).map(|rest| rest.get(..name(rest).unwrap_or(rest.len())).unwrap()).collect()
    }

    #[test]
    fn both_languages_have_the_same_keys_and_variables() {
        let (vi, en) = (messages(Lang::Vi), messages(Lang::En));
        let keys = |map: &BTreeMap<String, String>| map.keys().cloned().collect::<BTreeSet<_>>();
        let only: Vec<_> = keys(&vi).symmetric_difference(&keys(&en)).cloned().collect();
        assert!(only.is_empty(), "in one language only: {only:?}");
        for (key, text) in &vi {
            assert_eq!(variables(text), variables(&en[key]), "variables of {key}");
        }
    }

    #[test]
    fn no_message_is_empty() {
        for lang in Lang::ALL {
            for (key, text) in messages(lang) {
                assert!(!text.trim().is_empty(), "{key} is empty in {}", lang.tag());
                assert!(Catalogue::new(lang).has(&key), "{key} is not a message in {}", lang.tag());
            }
        }
    }

    #[test]
    fn numbers_are_in_the_readers_notation() {
        let number: Number = "1984.0".parse().unwrap();
        let text = Text::new("words").with("words", vec![number]);
        assert_eq!(Catalogue::new(Lang::Vi).render(&text), "1.984,0");
        assert_eq!(Catalogue::new(Lang::En).render(&text), "1,984.0");
        let text = Text::new("words").with("words", 12_345_usize);
        assert_eq!(Catalogue::new(Lang::Vi).render(&text), "12.345");
    }

    #[test]
    fn nested_texts_and_lists_are_rendered() {
        let inner = Text::words("Đảng ủy");
        let text = Text::new("words").with("words", vec![Arg::Text(inner), Arg::from(2027), Arg::from("x")]);
        assert_eq!(Catalogue::new(Lang::Vi).render(&text), "Đảng ủy, 2027, x");
    }

    #[test]
    fn what_is_missing_is_shown_and_reported() {
        let catalogue = Catalogue::new(Lang::En);
        assert_eq!(catalogue.render(&Text::new("no-such-key")), "[no-such-key]");
        assert!(catalogue.strict(&Text::new("no-such-key")).is_err());
        assert!(catalogue.strict(&Text::new("words")).is_err());
    }

    #[test]
    fn the_language_follows_the_locale() {
        assert_eq!(Lang::from_locale("en_GB.UTF-8"), Lang::En);
        assert_eq!(Lang::from_locale("vi_VN"), Lang::Vi);
        assert_eq!(Lang::from_locale("C.UTF-8"), Lang::Vi);
    }
}
