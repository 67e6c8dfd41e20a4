//! Where a form of the record goes: to the standard output, or to a file that is written whole or not at all.

use std::io::{IsTerminal, stdout};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::out;
use super::trouble::Usage;
use crate::config::Config;
use crate::export::pdf::Paper;
use crate::file;
use crate::words;

/// The file, and the paper of a PDF.
#[derive(Debug, Args)]
pub(super) struct Destination {
    /// The paper of a PDF [default: the room's, else A4]
    #[arg(long, value_enum)]
    paper: Option<Sheet>,
    /// Write it to a file, which must not exist [default: the standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over an existing file
    #[arg(long, requires = "output")]
    force: bool,
}

/// The paper of a PDF.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Sheet {
    /// 210 x 297 mm
    A4,
    /// 8.5 x 11 in
    Letter,
}

impl Destination {
    /// The paper that was asked for, else the room's.
    pub(super) fn paper(&self, config: &Config) -> Paper {
        self.paper.map_or(config.paper, |sheet| match sheet {
            Sheet::A4 => Paper::A4,
            Sheet::Letter => Paper::Letter,
        })
    }

    /// A PDF is nothing that a terminal shows. `file`: a name to suggest.
    pub(super) fn check_pdf(&self, file: &str) -> Result<(), Usage> {
        if self.output.is_none() && stdout().is_terminal() {
            return Err(Usage(words::pdf_needs_a_file(file)));
        }
        Ok(())
    }

    /// To the file, or to the standard output. To a terminal goes only what moves none.
    pub(super) fn put(&self, bytes: &[u8]) -> anyhow::Result<()> {
        match &self.output {
            Some(path) => file::write(path, bytes, self.force)?,
            None if stdout().is_terminal() => out::print(&String::from_utf8_lossy(bytes))?,
            None => out::print_bytes(bytes)?,
        }
        Ok(())
    }
}
