//! A session at the real console: worked, killed, found again; seen from a second console; without colours.

use rustix::process::Signal;

use super::place::Place;
use super::window::{How, Window};

#[test]
fn a_session_is_found_again_after_kill_9_at_the_right_minute_with_all_its_entries() {
    let place = Place::new();
    let mut window = Window::open(&place);
    window.shows("No session today");
    window.open_session();
    window.press("v").shows("Vital");
    window.press("124/78 74 98 14\r").shows("#2 ").shows("124/78");
    // Started six minutes ago.
    window.press("s").shows("start");
    window.press("s").shows("ago");
    window.press("6\r").shows("INFUSION").shows("6:0").shows("own words");
    window.press("\x1b").shows("#3 ");
    window.press("n2").shows("Nausea 2").shows("not done");
    answer(&mut window, "1");
    window.press("l").shows("looked: resting").shows("#7 ");
    window.signal(Signal::KILL);
    window.shows("ended 137");
    drop(window);

    let window = Window::open(&place);
    window.shows("Ana R.").shows("INFUSION").shows("6:").shows("124/78").shows("#8 ");
    let record = place.record();
    for said in ["124/78", "infusion started", "nausea 2", "Eye shades on", "looked: resting", "console away"] {
        assert!(record.contains(said), "{said} in\n{record}");
    }
    assert_eq!(place.recorded("looked: resting"), 1, "{record}");
}

/// A digit answers once the prompt has been there long enough to be read.
fn answer(window: &mut Window, digit: &str) {
    for _ in 0..40 {
        window.press(digit);
        if window.shows_soon("#6 ") {
            return;
        }
    }
    panic!("no answer was taken:\n{}", window.screen());
}

#[test]
fn a_second_console_reads_says_who_holds_the_session_and_follows() {
    let place = Place::new();
    let mut first = Window::open(&place);
    first.open_session();
    let mut second = Window::open(&place);
    second.shows("Read only").shows("Jo Doe").shows(&format!("process {}", first.pid().as_raw_nonzero()));
    second.press("\x1b").no_longer_shows("ANOTHER CONSOLE HOLDS");
    first.press("l").shows("#2 ");
    second.shows("#2 ").shows("looked: resting");
    second.press("l").shows("Read only");
    first.press("l").shows("#3 ");
    second.shows("#3 ");
    assert_eq!(place.recorded("looked: resting"), 2);
}

#[test]
fn no_color_is_heeded() {
    let place = Place::new();
    for (asked, coloured) in [("1", false), ("", true)] {
        let mut how = How::default();
        how.env.push(("NO_COLOR", asked.to_owned()));
        let mut window = Window::open_as(&place, &how);
        window.shows("leave");
        window.press("?").shows("Enter");
        assert_eq!(has_colour(&window.raw()), coloured, "NO_COLOR={asked}");
    }
}

/// Whether any colour is set, other than the terminal's own.
fn has_colour(raw: &str) -> bool {
    let sequences = raw.split("\x1b[").skip(1).filter_map(|rest| rest.split_once('m'));
    let numbers = sequences.filter(|(inside, _)| inside.chars().all(|c| c.is_ascii_digit() || c == ';'));
    numbers
        .flat_map(|(inside, _)| inside.split(';'))
        .filter_map(|number| number.parse::<u8>().ok())
        .any(|number| matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107))
}
