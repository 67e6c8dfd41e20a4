//! `bedside show`: the record of a session.

use std::process::ExitCode;

use clap::Args;

use super::data::{self, Record};
use super::{Globals, out, trouble};
use crate::clock::load_zone;
use crate::config::Config;
use crate::export;
use crate::protocol::Protocol;
use crate::session::chain::Break;
use crate::session::{Session, SessionId};
use crate::words;

/// Which session to print.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// A session's number, the beginning of its id, or `last`
    id: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}
