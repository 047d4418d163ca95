//! Help and the mistakes of a call, in the reader's language.
//!
//! The parser is clap's; its sentences are replaced by those of the catalogue, by the names of commands and
//! arguments: `help-check`, `help-check-format`.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::builder::Str;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches};
use cthd::finding::Text;
use cthd::output::Catalogue;

use super::args::Arguments;
use super::failure::Failure;
use super::print;

/// Options that say the same wherever they are; they have one help text.
const SHARED: [&str; 4] = ["help", "version", "password", "format-hint"];

/// Options of every command stand after a command's own.
const COMMON_ORDER: usize = 100;

/// What is printed instead of carrying out a command.
#[derive(Debug)]
pub(super) enum Answer {
    /// Help or the version, as asked for.
    Asked(String),
    /// What is wrong with the call.
    Mistaken(Failure),
}

impl Answer {
    /// Prints help; a mistake is left to the caller.
    pub(super) fn print(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Asked(text) => print::text(&text).map(|()| ExitCode::SUCCESS),
            Self::Mistaken(failure) => Err(failure),
        }
    }
}

/// Parses the call.
pub(super) fn parse(typed: &[OsString], catalogue: &Catalogue) -> Result<Arguments, Answer> {
    let parsed = command(catalogue)
        .try_get_matches_from(typed)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            Answer::Asked(in_words(&error.render().to_string(), catalogue))
        }
        _ => Answer::Mistaken(mistake(&error)),
    })
}

/// The help of the whole program.
pub(super) fn root(catalogue: &Catalogue) -> String {
    in_words(&command(catalogue).render_help().to_string(), catalogue)
}

/// The parser with its sentences in the reader's language.
pub(super) fn command(catalogue: &Catalogue) -> Command {
    let version = Arg::new("version").long("version").short('V').action(ArgAction::Version);
    let root = Arguments::command().arg(version);
    let names: Vec<String> = root.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let root = localised(root, "help", catalogue).help_template(template(catalogue, "help-commands", false));
    names.into_iter().fold(root, |root, name| {
        root.mut_subcommand(&name, |command| {
            let positionals = command.get_positionals().next().is_some();
            let heading = if positionals { "help-arguments" } else { "" };
            let key = format!("help-{name}");
            localised(command, &key, catalogue).help_template(template(catalogue, heading, true))
        })
    })
}

fn localised(command: Command, key: &str, catalogue: &Catalogue) -> Command {
    let help = Arg::new("help").long("help").short('h').action(ArgAction::Help);
    command
        .arg(help)
        .about(catalogue.label(key))
        .mut_args(|arg| {
            let id = arg.get_id().as_str().replace('_', "-");
            let shared = SHARED.contains(&id.as_str());
            let key = if shared { format!("help-{id}") } else { format!("{key}-{id}") };
            let last = arg.is_global_set() || shared;
            let arg = value_names(arg.help(catalogue.label(&key)), catalogue);
            if last { arg.display_order(COMMON_ORDER) } else { arg }
        })
        .disable_help_flag(true)
}

/// An argument with the words for its values in the reader's language: "FILE" is the message `value-file`.
fn value_names(arg: Arg, catalogue: &Catalogue) -> Arg {
    let names = arg.get_value_names().unwrap_or_default().iter();
    let names: Vec<Str> = names
        .map(|name| {
            let key = format!("value-{}", name.to_ascii_lowercase());
            // The parser keeps words of the program alone; it is made once in a process, and so are these.
            if catalogue.has(&key) { Str::from(&*catalogue.label(&key).leak()) } else { name.clone() }
        })
        .collect();
    if names.is_empty() { arg } else { arg.value_names(names) }
}

/// A help page or a sentence of the parser with the parser's own words in the reader's language.
fn in_words(text: &str, catalogue: &Catalogue) -> String {
    let words = [("[OPTIONS]", "help-any-options"), ("[COMMAND]", "help-any-command")];
    words.iter().fold(text.to_owned(), |text, (word, key)| text.replace(word, &catalogue.label(key)))
}

/// A manual page with its headings in the reader's language.
pub(super) fn manual(page: &str, catalogue: &Catalogue) -> String {
    let headings = ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "SUBCOMMANDS", "VERSION"];
    headings.iter().fold(page.to_owned(), |page, heading| {
        let own = catalogue.label(&format!("manual-{}", heading.to_ascii_lowercase()));
        page.replace(&format!(".SH {heading}\n"), &format!(".SH {own}\n"))
    })
}

/// The layout of a help page. `heading` is the key of the heading over commands or positional arguments.
fn template(catalogue: &Catalogue, heading: &str, of_command: bool) -> String {
    let usage = catalogue.label("help-usage");
    let options = catalogue.label("help-options");
    let list = match (heading, of_command) {
        ("", _) => String::new(),
        (heading, true) => format!("{}\n{{positionals}}\n\n", catalogue.label(heading)),
        (heading, false) => format!("{}\n{{subcommands}}\n\n", catalogue.label(heading)),
    };
    format!("{{about}}\n\n{usage} {{usage}}\n\n{list}{options}\n{{options}}\n")
}

/// What is wrong with a call.
fn mistake(error: &clap::Error) -> Failure {
    let context = |kind| error.get(kind).map(shown);
    let arg = context(ContextKind::InvalidArg).unwrap_or_default();
    let text = match error.kind() {
        ErrorKind::UnknownArgument => match context(ContextKind::SuggestedArg) {
            Some(meant) => Text::new("usage-argument-meant").with("meant", meant),
            None => Text::new("usage-argument"),
        },
        ErrorKind::InvalidSubcommand => {
            let name = context(ContextKind::InvalidSubcommand).unwrap_or_default();
            // The most alike comes last.
            let meant = error.get(ContextKind::SuggestedSubcommand).and_then(|value| match value {
                ContextValue::Strings(values) => values.last().cloned(),
                other => Some(other.to_string()),
            });
            let text = match meant {
                Some(meant) => Text::new("usage-command-meant").with("meant", meant),
                None => Text::new("usage-command"),
            };
            text.with("command", name)
        }
        ErrorKind::InvalidValue => {
            let valid = context(ContextKind::ValidValue).unwrap_or_default();
            match context(ContextKind::InvalidValue).filter(|value| !value.is_empty()) {
                Some(value) => Text::new("usage-value").with("value", value).with("valid", valid),
                None => Text::new("usage-no-value"),
            }
        }
        ErrorKind::ValueValidation => {
            let value = context(ContextKind::InvalidValue).unwrap_or_default();
            Text::new("usage-value-bad").with("value", value)
        }
        ErrorKind::MissingRequiredArgument => Text::new("usage-missing"),
        ErrorKind::ArgumentConflict => Text::new("usage-conflict"),
        _ => {
            let sentence = error.render().to_string();
            let sentence = sentence.lines().next().unwrap_or_default();
            return Failure(Text::words(sentence.trim_start_matches("error: ")));
        }
    };
    Failure(text.with("argument", arg))
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(values) => values.join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use cthd::output::Lang;

    use super::*;

    #[test]
    fn the_parser_is_sound() {
        command(&Catalogue::new(Lang::Vi)).debug_assert();
    }

    #[test]
    fn every_command_and_argument_is_explained() {
        for lang in Lang::ALL {
            let mut root = command(&Catalogue::new(lang));
            let mut pages = vec![root.render_help().to_string()];
            pages.extend(root.get_subcommands_mut().map(|command| command.render_help().to_string()));
            for page in pages {
                assert!(!page.contains("[help-"), "{page}");
            }
        }
    }
}
