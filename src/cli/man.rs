//! `bedside man`: the manual page, for `man -l` or a package. One page with all commands: a page each would have to be
//! installed as well.

use std::process::ExitCode;

use clap::{Arg, Command, CommandFactory};
use clap_mangen::Man;

use super::{Cli, out};
use crate::words;

pub(super) fn run() -> anyhow::Result<ExitCode> {
    let mut command = Cli::command();
    // So that each subcommand knows its whole name and the options of all.
    command.build();
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    page.extend(b".PP\n");
    page.extend(plain(&words::statement().join("\n")).bytes());
    man.render_options_section(&mut page)?;
    page.extend(b".SH COMMANDS\n");
    page.extend(commands(&command).bytes());
    page.extend(b".SH \"EXIT STATUS\"\n");
    for (code, meaning) in words::EXIT_CODES {
        page.extend(item(&code.to_string(), meaning).bytes());
    }
    man.render_version_section(&mut page)?;
    out::print_bytes(&page)?;
    Ok(ExitCode::SUCCESS)
}

/// Every command that does something, with its own arguments.
fn commands(of: &Command) -> String {
    let mut text = String::new();
    for command in of.get_subcommands().filter(|command| command.get_name() != "help") {
        if command.has_subcommands() {
            text.push_str(&commands(command));
            continue;
        }
        let usage = command.clone().render_usage().to_string();
        let usage = usage.trim_start_matches("Usage:").trim();
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        text.push_str(&item(usage, &about));
        let own = |argument: &&Arg| !argument.is_global_set() && argument.get_id() != "help";
        for argument in command.get_arguments().filter(own) {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            text.extend([".RS\n", &item(&argument.to_string(), &help), ".RE\n"]);
        }
    }
    text
}

/// A name in bold, and below it what it does.
fn item(name: &str, says: &str) -> String {
    format!(".TP\n\\fB{}\\fR\n{}", escaped(name), plain(says))
}

/// Text that is no request to the formatter.
fn plain(text: &str) -> String {
    text.lines().map(|line| format!("\\&{}\n", escaped(line))).collect::<Vec<_>>().concat()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq")
}
