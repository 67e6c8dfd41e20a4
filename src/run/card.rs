//! The card is written and printed on a thread of its own: the loop waits for no disk and for no printer.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use tokio::sync::mpsc::UnboundedSender;

use crate::console::Msg;
use crate::console::message::{CardKept, CardOrder};
use crate::console::settings::CardRoom;
use crate::file;
use crate::journal::DataFolder;

/// Begins to write a card; the answer comes as a message.
pub(super) fn make(order: Box<CardOrder>, folder: &DataFolder, room: CardRoom, answer: UnboundedSender<Msg>) {
    let folder = folder.clone();
    let refused = (order.clone(), answer.clone());
    let work = move || {
        let kept = keep(&order, &folder, &room);
        // Without the loop nobody waits for it any more: the files are there.
        answer.send(Msg::Card(order, kept)).is_ok()
    };
    if let Err(fault) = thread::Builder::new().name("card".into()).spawn(work) {
        let (order, answer) = refused;
        // The loop holds the other end of the channel for as long as it gives orders.
        let _ = answer.send(Msg::Card(order, Err(fault.to_string()))).is_ok();
    }
}

/// Both forms, as the last word on that version: a copy is the same, byte for byte.
fn keep(order: &CardOrder, folder: &DataFolder, room: &CardRoom) -> Result<CardKept, String> {
    folder.create_cards().map_err(|trouble| trouble.to_string())?;
    let path = |ending: &str| folder.cards().join(format!("{}.{ending}", order.stem));
    let text = write(path("txt"), order.card.text().as_bytes())?;
    // Wording in a script that the font cannot set has its text all the same.
    let best = match order.card.pdf(room.paper) {
        Ok(pdf) => write(path("pdf"), &pdf)?,
        Err(_) => text,
    };
    let printed = (!room.print.is_empty()).then(|| print(&room.print, &best));
    Ok(CardKept { file: best.display().to_string(), printed })
}

fn write(path: PathBuf, bytes: &[u8]) -> Result<PathBuf, String> {
    file::write(&path, bytes, true).map_err(|trouble| trouble.to_string())?;
    Ok(path)
}

/// Gives a file to the room's printer, with the command that its configuration names.
fn print(command: &[String], path: &Path) -> Result<(), String> {
    let Some((program, arguments)) = command.split_first() else { return Ok(()) };
    let output = Command::new(program)
        .args(arguments)
        .arg(path)
        .stdin(Stdio::null())
        .output()
        .map_err(|fault| format!("{program}: {fault}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().find(|line| !line.trim().is_empty()).map(str::trim);
    Err(format!("{program}: {}", said.map_or_else(|| output.status.to_string(), str::to_owned)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printer_that_is_not_there_or_fails_says_why() {
        let path = Path::new("/nowhere.pdf");
        let words = |command: &[&str]| command.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(print(&words(&["true"]), path), Ok(()));
        let why = print(&words(&["sh", "-c", "echo out of paper >&2; exit 3"]), path).unwrap_err();
        assert_eq!(why, "sh: out of paper");
        assert!(print(&words(&["no-such-printer"]), path).unwrap_err().starts_with("no-such-printer: "));
    }
}
