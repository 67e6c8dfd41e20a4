//! The program's end: asked for, by a signal, by a closed window, by a panic. The terminal is as it was, and what was
//! pressed is in the journal.

use rustix::process::Signal;

use super::place::Place;
use super::window::{ALONE, How, Window};

#[test]
fn leaving_restores_the_terminal() {
    let place = Place::new();
    let mut window = Window::open(&place);
    window.open_session();
    window.press("q").shows("Leave the console?");
    window.press("y").ends(0);
    window.is_as_before();
    assert_eq!(place.recorded("left the console"), 1);
}

#[rstest::rstest]
#[case::int(Signal::INT)]
#[case::term(Signal::TERM)]
#[case::hup(Signal::HUP)]
fn a_signal_restores_the_terminal_and_loses_no_entry(#[case] signal: Signal) {
    let place = Place::new();
    let mut window = Window::open(&place);
    window.open_session();
    window.press("llll");
    window.signal(signal);
    window.ends(0);
    window.is_as_before();
    assert_eq!(place.recorded("looked: resting"), 4);
}

#[rstest::rstest]
#[case::as_usual(ALONE)]
#[case::with_sighup_ignored("trap '' HUP; exec \"$@\"")]
fn a_closed_window_ends_the_program(#[case] shell: &str) {
    let place = Place::new();
    let mut window = Window::open_as(&place, &How { shell: shell.to_owned(), ..How::default() });
    window.open_session();
    window.press("l").shows("#2 ");
    window.close();
    window.is_over();
    assert_eq!(place.recorded("looked: resting"), 1);
}

/// In a session of its own the program is told nothing when the window is closed: it must notice by itself.
#[test]
fn a_terminal_that_is_gone_without_a_signal_ends_the_program() {
    if !std::path::Path::new("/usr/bin/setsid").exists() {
        eprintln!("SKIPPED: there is no setsid here");
        return;
    }
    let place = Place::new();
    let shell = "exec 3<&0; setsid \"$@\" <&3 & wait".to_owned();
    let mut window = Window::open_as(&place, &How { shell, ..How::default() });
    window.open_session();
    window.press("l").shows("#2 ");
    window.close();
    window.until_it_is_so("the end", || matches!(window.state(), None | Some('Z')));
    assert_eq!(place.recorded("looked: resting"), 1);
}

#[cfg(feature = "fault-injection")]
#[test]
fn a_panic_restores_the_terminal_says_so_and_loses_no_entry() {
    let place = Place::new();
    let mut window = Window::open(&place);
    window.open_session();
    window.press("lll\x18").ends(101);
    window.is_as_before();
    window.shows("panicked").shows("asked to panic");
    assert_eq!(window.raw().matches("\x1b[?1049l").count(), 1, "given back once");
    assert_eq!(place.recorded("looked: resting"), 3);
}
