//! Much at once: thousands of keys in one write, a window drawn to nothing and back.

use std::fmt::Write as _;

use super::place::Place;
use super::window::{How, Window};

#[test]
fn a_burst_of_five_thousand_keys_is_taken_whole() {
    let place = Place::new();
    let mut window = Window::open(&place);
    window.open_session();
    let notes: Vec<String> = (0..13).map(note).collect();
    let mut keys = String::new();
    for note in &notes {
        let _ = write!(keys, "t{note}\r");
    }
    assert!(keys.len() > 5_000);
    window.press(&keys).shows(&format!("#{} ", notes.len() + 1));
    let record = place.record().split_whitespace().collect::<Vec<_>>().join(" ");
    for note in &notes {
        assert!(record.contains(note.trim()), "{note} in\n{record}");
    }
}

/// Numbers in a row, so that a key that is lost or out of place shows.
fn note(n: u32) -> String {
    (0..80).fold(String::new(), |mut text, i| {
        let _ = write!(text, "{:04} ", n * 100 + i);
        text
    })
}

#[test]
fn a_window_may_be_drawn_to_nothing_and_back() {
    let place = Place::new();
    let mut window = Window::open(&place);
    window.open_session();
    window.resize(20, 5);
    window.shows("Make this window");
    window.press("l");
    for (columns, rows) in [(1, 1), (200, 60), (3, 40), (80, 24)] {
        window.resize(columns, rows);
    }
    window.resize(120, 36);
    window.shows("Ana R.").shows("looked: resting").shows("#2 ").shows("200 ·");
}

#[test]
fn a_tiny_terminal_shows_the_essentials_and_takes_keys() {
    let place = Place::new();
    let mut window = Window::open_as(&place, &How { size: (20, 5), ..How::default() });
    window.shows("Make this window");
    window.press("n");
    window.press("Ana Ruiz\tJo Doe\r").shows("PREPARATION");
    window.press("l").shows("0:0");
    window.press("q");
    window.press("y").ends(0);
    window.is_as_before();
    assert_eq!(place.recorded("looked: resting"), 1);
}
