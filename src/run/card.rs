//! The card is written on a thread of its own, and given to the printer once that is told: the loop waits for no disk, and no
//! entry waits for a printer.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use crate::console::Msg;
use crate::console::message::{CardAtPrinter, CardKept, CardOrder, NotPrinted};
use crate::console::settings::CardRoom;
use crate::file;
use crate::journal::DataFolder;

/// How long the printer's program may take: a queue answers at once, and a patient waits for the paper.
const PATIENCE: Duration = Duration::from_secs(20);

/// Begins to write a card; the answers come as messages: that it is there, and what became of it at the printer.
pub(super) fn make(order: Box<CardOrder>, folder: &DataFolder, room: CardRoom, answer: UnboundedSender<Msg>) {
    let folder = folder.clone();
    let refused = (order.clone(), answer.clone());
    let work = move || {
        let kept = keep(&order, &folder, &room);
        let (session, version) = (order.session, order.version);
        let file = kept.as_ref().ok().map(|kept| kept.file.clone()).filter(|_| !room.print.is_empty());
        // Without the loop nobody waits for it any more: the files are there.
        if answer.send(Msg::Card(order, kept)).is_err() {
            return;
        }
        if let Some(file) = file {
            let printed = print(&room.print, Path::new(&file), PATIENCE);
            // The same: the console may have ended meanwhile.
            let _ = answer.send(Msg::CardPrinted(CardAtPrinter { session, version, file, printed })).is_ok();
        }
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
    Ok(CardKept { file: best.display().to_string(), is_printing: !room.print.is_empty() })
}

fn write(path: PathBuf, bytes: &[u8]) -> Result<PathBuf, String> {
    file::write(&path, bytes, true).map_err(|trouble| trouble.to_string())?;
    Ok(path)
}

/// Gives a file to the room's printer, with the command that its configuration names. One that does not end is stopped, with
/// whatever it began.
fn print(command: &[String], path: &Path, patience: Duration) -> Result<(), NotPrinted> {
    let Some((program, arguments)) = command.split_first() else { return Ok(()) };
    let failed = |fault: &dyn std::fmt::Display| NotPrinted::Failed(format!("{program}: {fault}"));
    let child = Command::new(program)
        .args(arguments)
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()
        .map_err(|fault| failed(&fault))?;
    let group = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
    let (end, ended) = mpsc::channel();
    // Whoever waits may wait for ever, so that is not done here.
    let wait = move || end.send(child.wait_with_output()).is_ok();
    thread::Builder::new().name("printer".into()).spawn(wait).map_err(|fault| failed(&fault))?;
    match ended.recv_timeout(patience) {
        Ok(Ok(output)) => verdict(&output).map_err(|why| failed(&why)),
        Ok(Err(fault)) => Err(failed(&fault)),
        Err(_) => {
            // It has not been waited for, so the number is still its own.
            let _ = group.map(|group| rustix::process::kill_process_group(group, rustix::process::Signal::KILL));
            Err(NotPrinted::NoAnswer { after_s: patience.as_secs() })
        }
    }
}

/// The first thing that the program said, where it failed.
fn verdict(output: &Output) -> Result<(), String> {
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().find(|line| !line.trim().is_empty()).map(str::trim);
    Err(said.map_or_else(|| output.status.to_string(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(command: &[&str], patience: Duration) -> Result<(), NotPrinted> {
        let words: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
        print(&words, Path::new("/nowhere.pdf"), patience)
    }

    #[test]
    fn a_printer_that_is_not_there_or_fails_says_why() {
        assert_eq!(printed(&["true"], PATIENCE), Ok(()));
        let why = printed(&["sh", "-c", "echo out of paper >&2; exit 3"], PATIENCE);
        assert_eq!(why, Err(NotPrinted::Failed("sh: out of paper".into())));
        let Err(NotPrinted::Failed(why)) = printed(&["no-such-printer"], PATIENCE) else { panic!("it is not there") };
        assert!(why.starts_with("no-such-printer: "), "{why}");
    }

    /// Also one that left something behind which holds its output open, and one that is deaf to being asked to end.
    #[test]
    fn a_printer_that_hangs_is_not_waited_for() {
        let patience = Duration::from_millis(50);
        for command in ["sleep 1000", "sleep 1000 & wait", "trap '' TERM; while :; do sleep 1000; done"] {
            assert_eq!(
                printed(&["sh", "-c", command], patience),
                Err(NotPrinted::NoAnswer { after_s: 0 }),
                "{command}"
            );
        }
    }
}
