//! One session and two consoles, as two processes: the second takes it over from the first, which is stopped, or alive.

use rustix::io::Errno;
use rustix::process::Signal;

use super::kills::behind_shim;
use super::place::Place;
use super::window::{How, Window};

/// A window at a workstation of its own.
fn at(place: &Place, station: &str) -> How {
    let file = place.file(&format!("{station}.toml"));
    std::fs::write(&file, format!("station = \"{station}\"\n")).unwrap();
    let mut how = How::default();
    how.env.push(("BEDSIDE_CONFIG", file.display().to_string()));
    how
}

/// Whether nobody is in the middle of writing the journal.
fn can_be_written(place: &Place) -> bool {
    let connection = rusqlite::Connection::open(place.data().join("journal.db")).unwrap();
    connection.busy_timeout(std::time::Duration::ZERO).unwrap();
    connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK").is_ok()
}

/// Takes the session over that another console holds.
fn take_over(window: &mut Window) {
    window.shows("ANOTHER CONSOLE HOLDS THIS SESSION").shows("Jo Doe holds it at");
    window.press("t").shows("TAKE OVER from Jo Doe");
    window.press("Kim Lee\t").shows("1 screen frozen");
    window.press("1").shows("screen frozen");
    window.press("\r").shows("Take the session over, as Kim Lee?");
    window.press("y").shows("Taken over from Jo Doe");
}

#[test]
fn a_stopped_console_that_goes_on_writes_nothing_any_more() {
    let place = Place::new();
    let mut old = Window::open_as(&place, &at(&place, "ward-1"));
    old.open_session();
    old.press("l").shows("#2 ");
    old.signal(Signal::STOP);
    old.until_it_is_so("the stop", || old.state() == Some('T'));
    // Pressed while it is stopped: the terminal keeps it.
    old.press("n3");

    let mut new = Window::open_as(&place, &at(&place, "ward-22"));
    take_over(&mut new);
    new.press("a4").shows("anxiety 4").shows("#4 ");

    old.signal(Signal::CONT);
    old.shows("by Kim Lee at ward-22").shows("NO ALARM OR CHECK IS KEPT HERE");
    // It follows what is recorded at the other one, and takes nothing.
    old.shows("anxiety 4");
    old.press("l").shows("was taken over at another console");
    new.press("qy").ends(0);
    old.press("q").shows("Sessions of today");
    old.press("q").ends(0);

    let record = place.record().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(record.contains("TAKEN OVER by Kim Lee from Jo Doe, console ward-1: screen frozen"), "{record}");
    assert_eq!((place.recorded("looked: resting"), place.recorded("anxiety 4"), place.recorded("nausea")), (1, 1, 0));
    let verified = place.run(&["verify", "last"]);
    assert_eq!(String::from_utf8_lossy(&verified.stdout).lines().count(), 1, "both copies are the same");
    let log = String::from_utf8(place.run(&["access"]).stdout).unwrap();
    assert!(log.contains("taken over (screen frozen)") && log.contains("Kim Lee, at ward-22"), "{log}");
}

#[test]
fn a_live_console_notices_by_itself_and_a_dead_one_needs_no_take_over() {
    let place = Place::new();
    let mut old = Window::open_as(&place, &at(&place, "ward-1"));
    old.open_session();
    let mut new = Window::open_as(&place, &at(&place, "ward-22"));
    take_over(&mut new);
    // No key is pressed there.
    old.shows("TAKEN OVER").shows("by Kim Lee at ward-22").shows("Read only here");
    new.press("l").shows("#3 ");
    new.signal(Signal::KILL);
    new.until_it_is_so("its end", || matches!(new.state(), None | Some('Z')));
    drop(new);
    // The old one does not come back by itself.
    old.press("l").shows("was taken over at another console");
    let mut next = Window::open_as(&place, &at(&place, "ward-333"));
    next.shows("Ana R.").shows("Console away").no_longer_shows("ANOTHER CONSOLE");
    next.press("l").shows("looked: resting");
    next.press("qy").ends(0);
    old.press("q").shows("Sessions of today");
    old.press("q").ends(0);
    assert_eq!(place.recorded("looked: resting"), 2);
}

#[test]
fn what_a_failing_disk_kept_waiting_is_never_written_after_a_take_over_and_stays_on_the_screen() {
    let place = Place::new();
    let armed = place.file("armed");
    let Some(shim) = behind_shim(&place, "journal.db", "sync", Errno::IO) else { return };
    let mut how = at(&place, "ward-1");
    how.env.extend(shim.env.into_iter().filter(|(name, _)| *name != "TERM"));
    let mut old = Window::open_as(&place, &how);
    old.open_session();
    std::fs::write(&armed, "").unwrap();
    old.press("n2").shows("NOT SAVED SINCE");
    // Between two attempts: in the middle of one it would keep the journal from everybody.
    loop {
        old.signal(Signal::STOP);
        old.until_it_is_so("the stop", || old.state() == Some('T'));
        if can_be_written(&place) {
            break;
        }
        old.signal(Signal::CONT);
    }
    // Its disk is well again, and the other console is there first.
    std::fs::remove_file(&armed).unwrap();
    let mut new = Window::open_as(&place, &at(&place, "ward-22"));
    take_over(&mut new);
    new.press("l").shows("looked: resting");
    old.signal(Signal::CONT);
    old.shows("TAKEN OVER").shows("and will not be: WRITE ON PAPER").shows("NOT SAVED SINCE").shows("nausea 2");
    old.press("q").shows("Is it on paper?");
    old.press("y").shows("Sessions of today");
    old.press("q").ends(3);
    old.shows("were not saved");
    new.press("qy").ends(0);
    assert_eq!((place.recorded("nausea"), place.recorded("looked: resting")), (0, 1));
}

#[test]
fn a_console_that_gets_no_lock_says_so_until_it_has_one_and_gives_way_to_whoever_went_on() {
    let place = Place::new();
    let mut old = Window::open_as(&place, &at(&place, "ward-1"));
    old.open_session();
    let mut new = Window::open_as(&place, &at(&place, "ward-22"));
    new.shows("ANOTHER CONSOLE HOLDS THIS SESSION");
    let locks = place.data().join("locks");
    let lock = std::fs::read_dir(&locks).unwrap().map(|entry| entry.unwrap().path());
    let lock = lock.into_iter().find(|path| path.file_name().unwrap().len() > 36).expect("the session's lock");
    // Where the new console makes its own.
    let in_the_way = lock.with_extension(format!("{}.part", new.pid().as_raw_nonzero()));
    std::fs::create_dir(&in_the_way).unwrap();
    take_over(&mut new);
    new.shows("NO LOCK: other consoles are not kept out");
    old.press("n2").shows("TAKEN OVER").shows("by Kim Lee at ward-22");
    std::fs::remove_dir(&in_the_way).unwrap();
    new.no_longer_shows("NO LOCK");
    new.press("l").shows("looked: resting");
    // The other way round: the old one is quicker, and goes on in the same tenure.
    old.press("q").shows("Is it on paper?");
    old.press("y").shows("Sessions of today");
    old.press("\r").shows("Kim Lee holds it at");
    old.press("\x1b");
    old.press("q").shows("Sessions of today");
    old.press("q").ends(3);
    new.signal(Signal::STOP);
    new.until_it_is_so("the stop", || new.state() == Some('T'));
    std::fs::remove_file(&lock).unwrap();
    let mut next = Window::open_as(&place, &at(&place, "ward-333"));
    next.shows("Ana R.").no_longer_shows("ANOTHER CONSOLE");
    next.press("a4").shows("anxiety 4").shows("#5");
    new.press("n3");
    new.signal(Signal::CONT);
    new.shows("TAKEN OVER").shows("Read only here");
    next.press("l").shows("looked: resting");
    next.press("qy").ends(0);
    new.press("q");
    if new.shows_soon("Is it on paper?") {
        new.press("y");
    }
    new.shows("Sessions of today");
    new.press("q");
    assert_eq!((place.recorded("nausea"), place.recorded("anxiety 4")), (0, 1));
    let verified = place.run(&["verify", "last"]);
    assert!(verified.status.success(), "{verified:?}");
}
