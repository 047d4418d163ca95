//! `cthd completions`, `cthd man`: what is made from the definitions of the commands.

use cthd::finding::Text;

use super::args::{CompletionsArgs, ManArgs};
use super::failure::Failure;
use super::settings::Settings;
use super::{help, print};

/// Prints a script that completes the commands in a shell.
pub(super) fn completions(args: &CompletionsArgs, settings: &Settings<'_>) -> Result<(), Failure> {
    let mut command = help::command(settings.catalogue);
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "cthd", &mut script);
    print::with(|out| out.write_all(&script))
}

/// Prints the manual page of the program or of a command, as roff.
pub(super) fn man(args: &ManArgs, settings: &Settings<'_>) -> Result<(), Failure> {
    let mut root = help::command(settings.catalogue);
    root.build();
    let command = match &args.of {
        None => root,
        Some(name) => match root.find_subcommand(name) {
            Some(command) => {
                command.clone().display_name(format!("cthd-{name}")).bin_name(format!("cthd {name}"))
            }
            None => return Err(Failure(Text::new("usage-command").with("command", name.as_str()))),
        },
    };
    let page = clap_mangen::Man::new(command).manual("cthd").date("");
    let mut roff = Vec::new();
    page.render(&mut roff).map_err(|error| Failure::output(&error))?;
    print::text(&help::manual(&String::from_utf8_lossy(&roff), settings.catalogue))
}
