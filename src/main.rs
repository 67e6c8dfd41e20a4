//! Parses the command line and runs one subcommand.

use std::process::ExitCode;

use bedside::cli;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()) {
        Ok(cli) => cli::run(&cli).unwrap_or_else(|error| cli::report(&error)),
        Err(answered) => answered,
    }
}
