//! The command line: arguments as typed (`args`), as resolved (`settings`), and one file for each command.
//!
//! Nothing is printed before everything that is to be read has been read, so that a failure leaves standard
//! output empty.

mod accepting;
mod args;
#[cfg(feature = "store")]
mod ask;
mod batch;
mod catalogue;
mod check;
mod coverage;
mod diff;
mod export;
mod failure;
mod generate;
mod help;
mod input;
mod parse;
mod print;
mod programs;
mod report;
#[cfg(feature = "serve")]
mod serve;
mod settings;
#[cfg(feature = "store")]
mod store;

use std::ffi::OsString;
use std::process::ExitCode;

#[cfg(feature = "serve")]
use args::Arguments;
use args::Command;
use failure::Failure;
#[cfg(feature = "serve")]
pub(crate) use failure::document_error;
#[cfg(feature = "serve")]
pub(crate) use report::rule as rule_text;
use settings::Settings;

/// The call was carried out and found something wrong.
const FOUND: u8 = 1;

/// The input or the call could not be used.
const UNUSABLE: u8 = 2;

/// Carries out the call.
pub(crate) fn run(typed: Vec<OsString>) -> ExitCode {
    let catalogue = settings::catalogue(&typed);
    let done = match help::parse(&typed, &catalogue) {
        #[cfg(feature = "serve")]
        Ok(Arguments { common, command: Some(Command::Serve(args)) }) => {
            serve::run(&args, &common, &catalogue)
        }
        Ok(args) => Settings::resolve(&args.common, &catalogue).and_then(|settings| {
            let done = carry_out(args.command, &settings);
            // The process ends: giving the grammar back piece by piece would only take time.
            std::mem::forget(settings);
            done
        }),
        Err(answer) => answer.print(),
    };
    done.unwrap_or_else(|failure| failure.report(&catalogue))
}

fn carry_out(command: Option<Command>, settings: &Settings<'_>) -> Result<ExitCode, Failure> {
    match command {
        None => print::text(&help::root(settings.catalogue)),
        Some(Command::Check(args)) => return check::run(args, settings),
        Some(Command::Diff(args)) => return diff::run(&args, settings),
        Some(Command::Batch(args)) => return batch::run(&args, settings),
        #[cfg(feature = "store")]
        Some(Command::Import(args)) => return store::import(&args, settings),
        #[cfg(feature = "store")]
        Some(Command::Log(args)) => store::log(&args, settings),
        #[cfg(feature = "store")]
        Some(Command::Show(args)) => store::show(&args, settings),
        #[cfg(feature = "store")]
        Some(Command::List(args)) => store::list(&args, settings),
        Some(Command::Coverage(args)) => return coverage::run(&args, settings),
        Some(Command::Export(args)) => export::run(&args, settings),
        Some(Command::Report(args)) => report::run(&args, settings),
        Some(Command::Parse(args)) => parse::run(args, settings),
        Some(Command::Rules(args)) => catalogue::rules(args, settings),
        Some(Command::Explain(args)) => catalogue::explain(&args, settings),
        Some(Command::Schema(args)) => catalogue::schema(args),
        Some(Command::Completions(args)) => generate::completions(&args, settings),
        // It has been carried out above.
        #[cfg(feature = "serve")]
        Some(Command::Serve(_)) => Ok(()),
        Some(Command::Man(args)) => generate::man(&args, settings),
    }
    .map(|()| ExitCode::SUCCESS)
}
