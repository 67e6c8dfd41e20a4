//! Disks that are full, go away, or may only be read: real ones, mounted in a namespace of the test's own. Where that
//! cannot be had, this is said and skipped; the checks before a landing insist on it.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::place::{BEDSIDE, Place};
use super::window::{How, Window};

/// Whether mounts can be made here.
fn can_mount() -> bool {
    let tried =
        Command::new("unshare").args(["-Urm", "sh", "-c", "mount -t tmpfs tmpfs /mnt && nsenter --version"]).output();
    if tried.is_ok_and(|output| output.status.success()) {
        return true;
    }
    assert!(std::env::var_os("CI").is_none(), "unshare -Urm, mount and nsenter are needed here");
    let _ = writeln!(std::io::stderr(), "SKIPPED: no namespace with mounts of its own can be had here (unshare -Urm)");
    false
}

/// Opens a window in a namespace of its own, after something was mounted there.
fn mounted(place: &Place, mount: &str) -> Window {
    fs::create_dir_all(place.data()).unwrap();
    let shell = format!("exec unshare -Urm sh -c '{mount} && \"$@\"; echo \"ended $?\"; read -r closed' sh \"$@\"");
    let env = vec![("TERM", "xterm-256color".to_owned()), ("DISK", place.file("disk").display().to_string())];
    Window::open_as(place, &How { env, shell, ..How::default() })
}

/// A path as the program in the window sees it.
fn inside(window: &Window, path: &Path) -> PathBuf {
    PathBuf::from(format!("/proc/{}/root{}", window.pid().as_raw_nonzero(), path.display()))
}

/// Runs a command in the window's namespace. Its output.
fn within(place: &Place, window: &Window, command: &[&str]) -> String {
    let pid = window.pid().as_raw_nonzero().to_string();
    let ran = Command::new("nsenter")
        .args(["--preserve-credentials", "-U", "-m", "-t", &pid])
        .args(command)
        .env("BEDSIDE_DATA_DIR", place.data())
        .output()
        .unwrap();
    assert!(ran.status.success(), "{command:?}: {ran:?}");
    String::from_utf8(ran.stdout).unwrap()
}

/// How many looks are recorded on a disk that only the window sees; the record must hold.
fn looks(place: &Place, window: &Window) -> usize {
    within(place, window, &[BEDSIDE, "verify"]);
    let shown = within(place, window, &[BEDSIDE, "show", "last"]);
    shown.lines().filter(|line| line.contains("looked: resting")).count()
}

#[test]
fn a_full_disk_is_said_and_what_waited_is_saved_when_there_is_room() {
    if !can_mount() {
        return;
    }
    let place = Place::new();
    let mut window = mounted(&place, "mount -t tmpfs -o size=1m tmpfs \"$BEDSIDE_DATA_DIR\"");
    window.open_session();
    let filler = inside(&window, &place.data().join("filler"));
    let mut file = OpenOptions::new().create(true).append(true).open(&filler).unwrap();
    while file.write_all(&[0; 512]).is_ok() {}
    drop(file);
    // The log has room of its own for some dozens.
    let mut pressed = 0;
    while pressed < 200 && !window.shows_soon("NOT SAVED SINCE") {
        window.press("llllllllll");
        pressed += 10;
    }
    window.shows("NOT SAVED SINCE").shows("WRITE ON PAPER");
    window.press("ll");
    fs::remove_file(&filler).unwrap();
    window.no_longer_shows("NOT SAVED").shows(&format!("#{} ", pressed + 3));
    assert_eq!(looks(&place, &window), pressed + 2);
}

#[test]
fn a_disk_that_goes_away_under_a_running_session_is_said_and_written_when_it_is_back() {
    if !can_mount() {
        return;
    }
    let place = Place::new();
    fs::create_dir(place.file("disk")).unwrap();
    let bind = "mount --bind \"$DISK\" \"$BEDSIDE_DATA_DIR\"";
    let mut window = mounted(&place, bind);
    window.open_session();
    let data = place.data().display().to_string();
    within(&place, &window, &["umount", "-l", &data]);
    window.press("ll").shows("NOT SAVED SINCE");
    assert!(
        fs::read_dir(place.data()).unwrap().all(|file| file.unwrap().file_name() != "journal.db"),
        "no new journal"
    );
    within(&place, &window, &["mount", "--bind", &place.file("disk").display().to_string(), &data]);
    window.shows("#3 ").no_longer_shows("NOT SAVED");
    assert_eq!(looks(&place, &window), 2);
}

#[test]
fn a_read_only_disk_is_said_in_one_sentence() {
    if !can_mount() {
        return;
    }
    let place = Place::new();
    fs::create_dir(place.file("disk")).unwrap();
    let mut window = mounted(&place, "mount --bind \"$DISK\" \"$BEDSIDE_DATA_DIR\"");
    window.open_session();
    window.press("qy").ends(0);
    drop(window);
    let window = mounted(
        &place,
        "mount --bind \"$DISK\" \"$BEDSIDE_DATA_DIR\" && mount -o remount,ro,bind \"$BEDSIDE_DATA_DIR\"",
    );
    window.ends(3);
    window.shows("may not be written: allow it for this user");
}

#[test]
fn a_journal_of_a_newer_version_is_left_alone_with_one_sentence() {
    let place = Place::new();
    fs::create_dir_all(place.data()).unwrap();
    drop(bedside::journal::Journal::open(&bedside::journal::DataFolder::locate(Some(&place.data())).unwrap()).unwrap());
    let raw = rusqlite::Connection::open(place.data().join("journal.db")).unwrap();
    raw.pragma_update(None, "user_version", 99).unwrap();
    drop(raw);
    let before = fs::read(place.data().join("journal.db")).unwrap();
    let window = Window::open(&place);
    window.ends(3);
    window.shows("was written by a newer bedside");
    assert_eq!(fs::read(place.data().join("journal.db")).unwrap(), before);
}
