//! The program killed at any moment (SIGKILL: nothing is asked, nothing can be put in order), and its disk failing under
//! the real program. What the screen had called saved is there. (`cargo run --example kill` does so by the thousand.)

use rustix::io::Errno;
use rustix::process::Signal;

use super::place::Place;
use super::window::{ALONE, How, Window};
use crate::trouble::child::compiled;

/// How often the program is killed.
const KILLS: usize = 8;

/// The newest entry that the screen calls saved.
fn saved(screen: &str) -> usize {
    let marks = screen.split('#').skip(1);
    let numbers = marks.filter_map(|mark| {
        let digits: String = mark.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    });
    numbers.max().unwrap_or(0)
}

/// A window whose program meets faults on files with this in their path, while the file `armed` exists; none where there is
/// no C compiler.
pub(super) fn behind_shim(place: &Place, only: &str, op: &str, errno: Errno) -> Option<How> {
    let shim = compiled(&place.file(""))?;
    let mut how = How::default();
    how.env.extend([
        ("LD_PRELOAD", shim.display().to_string()),
        ("BEDSIDE_SHIM_ROOT", place.data().display().to_string()),
        ("BEDSIDE_SHIM_ONLY", only.to_owned()),
        ("BEDSIDE_SHIM_OP", op.to_owned()),
        ("BEDSIDE_SHIM_NTH", "1".to_owned()),
        ("BEDSIDE_SHIM_ERRNO", errno.raw_os_error().to_string()),
        ("BEDSIDE_SHIM_ARMED", place.file("armed").display().to_string()),
    ]);
    Some(how)
}

#[test]
fn what_the_screen_called_saved_outlasts_being_killed() {
    let place = Place::new();
    let mut random = fastrand::Rng::with_seed(11);
    let mut promised = 0;
    for round in 0..KILLS {
        let mut window = Window::open_as(&place, &How { shell: ALONE.to_owned(), ..How::default() });
        if round == 0 {
            window.open_session();
        } else {
            window.shows("Ana R.").shows("look");
        }
        for _ in 0..random.usize(1..12) {
            window.press(&"l".repeat(random.usize(1..6)));
            if random.bool() {
                window.shows_soon("no such text");
            }
        }
        window.signal(Signal::KILL);
        window.is_over();
        promised = promised.max(saved(&window.screen()));
        drop(window);
        // A reader needs no console to have put the folder in order.
        let verified = place.run(&["verify"]);
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
        let said = String::from_utf8(verified.stdout).unwrap();
        let held: usize = said.split(' ').nth(1).and_then(|count| count.parse().ok()).unwrap();
        assert!(held >= promised, "round {round}: {promised} were shown as saved, {held} are there");
    }
    assert!(promised > KILLS, "the screen showed {promised} saved entries");
}

#[test]
fn a_failing_disk_is_said_and_everything_is_saved_once_when_it_is_well_again() {
    let place = Place::new();
    let armed = place.file("armed");
    let Some(how) = behind_shim(&place, "journal.db", "sync", Errno::IO) else { return };
    let mut window = Window::open_as(&place, &how);
    window.open_session();
    std::fs::write(&armed, "").unwrap();
    window.press("ll").shows("NOT SAVED SINCE").shows("WRITE ON PAPER");
    window.press("l");
    std::fs::remove_file(&armed).unwrap();
    window.shows("#4 ").no_longer_shows("NOT SAVED");
    assert_eq!(place.recorded("looked: resting"), 3);
}

#[test]
fn a_transcript_that_cannot_be_written_is_said_once_and_the_session_goes_on() {
    let place = Place::new();
    let armed = place.file("armed");
    let Some(how) = behind_shim(&place, "/transcripts/", "write", Errno::NOSPC) else { return };
    let mut window = Window::open_as(&place, &how);
    window.open_session();
    std::fs::write(&armed, "").unwrap();
    window.press("l").shows("#2 ").shows("The transcript cannot be written now");
    window.press("l").shows("#3 ").no_longer_shows("NOT SAVED");
    std::fs::remove_file(&armed).unwrap();
    window.shows("The transcripts are in order again.");
    window.press("qy").ends(0);
    let verified = place.run(&["verify", "last"]);
    assert_eq!(String::from_utf8_lossy(&verified.stdout).lines().count(), 1, "both copies are the same");
}

#[test]
fn what_came_back_from_the_transcript_is_said_on_the_screen() {
    let place = Place::new();
    let mut window = Window::open(&place);
    window.open_session();
    window.press("lll").shows("#4 ");
    window.press("qy").ends(0);
    drop(window);
    // The newest row is taken out behind the triggers' back.
    let raw = rusqlite::Connection::open(place.data().join("journal.db")).unwrap();
    raw.execute_batch("DROP TRIGGER entry_never_goes; DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)")
        .unwrap();
    drop(raw);
    let window = Window::open(&place);
    window.shows("The journal had lost entry 5: put back from the transcript.");
    drop(window);
    assert!(place.recorded("left the console") >= 1);
}

#[test]
fn a_journal_that_cannot_be_read_is_set_aside_and_the_first_screen_says_so() {
    let place = Place::new();
    let mut window = Window::open(&place);
    window.open_session();
    window.press("xlcfever\r").shows("CLOSED WITHOUT AN INFUSION");
    window.signal(Signal::TERM);
    window.ends(0);
    drop(window);
    std::fs::write(place.data().join("journal.db"), "nothing that a database begins with").unwrap();
    let window = Window::open_as(&place, &How { size: (80, 24), ..How::default() });
    window.shows("The journal could not be read.").shows("filled from the transcripts").shows("Ana R.");
    drop(window);
    assert_eq!(place.recorded("fever"), 1);
}
