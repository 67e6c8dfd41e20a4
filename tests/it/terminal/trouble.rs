//! A disk that takes no more, and a reader that has gone.

use std::io::Read;

use rustix::process::{Resource, Rlimit, prlimit};

use super::place::Place;
use super::window::Window;

#[test]
fn a_disk_that_takes_no_more_is_said_and_when_it_does_again_everything_is_saved() {
    let place = Place::new();
    let mut window = Window::open(&place);
    window.open_session();
    // No file may grow past this, as on a full disk; the limit's own signal must not end the program.
    let limit = |current| prlimit(Some(window.pid()), Resource::Fsize, Rlimit { current, maximum: None });
    limit(Some(1)).unwrap();
    window.press("ll").shows("NOT SAVED SINCE").shows("WRITE ON PAPER");
    assert_eq!(place.recorded("looked: resting"), 0);
    window.press("l").shows("NOT SAVED SINCE");
    let limit = |current| prlimit(Some(window.pid()), Resource::Fsize, Rlimit { current, maximum: None });
    limit(None).unwrap();
    window.shows("#4 ").no_longer_shows("NOT SAVED");
    assert_eq!(place.recorded("looked: resting"), 3);
}

#[test]
fn a_console_that_ends_with_unsaved_entries_says_which() {
    let place = Place::new();
    let mut window = Window::open(&place);
    window.open_session();
    prlimit(Some(window.pid()), Resource::Fsize, Rlimit { current: Some(1), maximum: None }).unwrap();
    window.press("ll").shows("NOT SAVED SINCE");
    window.signal(rustix::process::Signal::TERM);
    window.ends(3);
    window.is_as_before();
    window.shows("2 entries were not saved");
}

#[test]
fn show_into_a_closed_pipe_ends_quietly() {
    let place = Place::new();
    let mut window = Window::open(&place);
    window.open_session();
    for n in 2..40 {
        window.press("l").shows(&format!("#{n} "));
    }
    for args in [["show", "last"].as_slice(), &["show", "last", "--json"], &["keys"], &["man"]] {
        let mut child = place.command(args).spawn().unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""), "{args:?}");
    }
}
