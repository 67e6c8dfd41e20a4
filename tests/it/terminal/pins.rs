//! PINs in a real terminal: typed without being shown, and to be found nowhere afterwards.

use super::place::Place;
use super::window::{How, Window};

const ROOM: &str = "[[sitter]]\nid = \"sa\"\nname = \"Sitter A\"\n";
const PIN: &str = "zebra-4711";

fn room(place: &Place) -> How {
    std::fs::write(place.file("bedside.toml"), ROOM).unwrap();
    let mut how = How::default();
    how.env.push(("BEDSIDE_CONFIG", place.file("bedside.toml").display().to_string()));
    how
}

/// Whether a text stands in any file of the data folder or of the home.
fn is_in_a_file(place: &Place, text: &str) -> bool {
    let mut folders = vec![place.file("")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read(&path).unwrap().windows(text.len()).any(|bytes| bytes == text.as_bytes()) {
                return true;
            }
        }
    }
    false
}

#[test]
fn a_pin_is_asked_twice_and_never_shown_at_the_terminal_or_the_console() {
    let place = Place::new();
    let how = How { args: vec!["pin", "sa"], ..room(&place) };
    let mut window = Window::open_as(&place, &how);
    window.shows("New PIN of sa");
    window.press(&format!("{PIN}\r")).shows("The same again");
    window.press(&format!("{PIN}\r")).shows("sa has a PIN now").ends(0);
    assert!(!window.raw().contains(PIN), "{}", window.raw());
    drop(window);

    let mut window = Window::open_as(&place, &room(&place));
    window.shows("new session");
    window.press("n").shows("Patient");
    window.press("Ana Ruiz\t1").shows("Sitter A");
    window.press("\r").shows("PIN of Sitter A");
    window.press("wrong-one\r").shows("That PIN is not right");
    window.press(&format!("\x15{PIN}")).shows(&"*".repeat(PIN.len()));
    // A wrong PIN makes the next one wait: Enter is pressed again until it is heard.
    while !window.press("\r").shows_soon("Ana R.") {}
    window.shows("#1 ");
    window.press("q").shows("Leave the console?");
    window.press("y").ends(0);
    assert!(!window.raw().contains(PIN) && !window.raw().contains("wrong-one"));
    window.is_as_before();
    drop(window);

    for typed in [PIN, "wrong-one"] {
        assert!(!is_in_a_file(&place, typed), "{typed} is in a file");
    }
    let log = String::from_utf8(place.run(&["access"]).stdout).unwrap();
    assert!(log.contains("WRONG PIN, Sitter A") && log.contains("signed in with PIN, Sitter A"), "{log}");
    assert!(log.contains("opened 1"), "{log}");
}

#[test]
fn two_that_differ_set_nothing_and_ctrl_c_leaves_the_terminal_as_it_was() {
    let place = Place::new();
    let how = How { args: vec!["pin", "sa"], ..room(&place) };
    let mut window = Window::open_as(&place, &how);
    window.shows("New PIN of sa");
    window.press("first-one\r").shows("The same again");
    window.press("other-one\r").shows("nothing was set").ends(2);
    drop(window);
    let mut window = Window::open_as(&place, &how);
    window.shows("New PIN of sa");
    window.press("\x03\r").shows("nothing was set").ends(2);
    window.press("is it shown?").shows("is it shown?");
    assert!(!place.data().join("pins.json").exists());
}

#[test]
fn a_pin_that_is_set_while_a_console_runs_is_asked_at_once_and_one_taken_away_is_not() {
    let place = Place::new();
    let how = room(&place);
    let mut window = Window::open_as(&place, &how);
    window.shows("new session");
    set(&place, &how, &["sa", "--stdin"]);
    window.press("n").shows("Patient");
    window.press("Ana Ruiz\t1").shows("Sitter A");
    window.press("\r").shows("PIN of Sitter A");
    window.press("\x1b").no_longer_shows("PIN of Sitter A");
    set(&place, &how, &["sa", "--remove"]);
    window.press("\r").shows("Ana R.").shows("#1 ");
    window.press("qy").ends(0);
    let log = String::from_utf8(place.run(&["access"]).stdout).unwrap();
    assert!(log.contains("PIN set, Sitter A") && log.contains(", Sitter A, at"), "{log}");
}

/// Runs `bedside pin` beside the window.
fn set(place: &Place, how: &How, args: &[&str]) {
    let mut command = place.command(&[&["pin"], args].concat());
    command.envs(how.env.iter().map(|(name, value)| (*name, value))).stdin(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    // One that reads nothing may have ended already.
    let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), format!("{PIN}\n").as_bytes());
    let ran = child.wait_with_output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
}

#[test]
fn whoever_opens_an_old_session_and_prints_its_card_is_logged_as_who_is_here() {
    let place = Place::new();
    let how = room(&place);
    let mut window = Window::open_as(&place, &how);
    window.shows("new session");
    window.press("n").shows("Patient");
    window.press("Ana Ruiz\t1").shows("Sitter A");
    window.press("\r").shows("#1 ");
    window.press("xlcfever\r").shows("CLOSED WITHOUT AN INFUSION");
    window.press("\x1b").shows("#2 ");
    window.press("q").shows("Sessions of today");
    window.press("\r").shows("CLOSED WITHOUT AN INFUSION");
    window.press("qq").ends(0);
    drop(window);
    // After the next start nobody has said who they are.
    let mut window = Window::open_as(&place, &how);
    window.shows("Ana R.");
    window.press("\r").shows("CLOSED WITHOUT AN INFUSION");
    window.press("qq").ends(0);
    let log = String::from_utf8(place.run(&["access"]).stdout).unwrap();
    let opened: Vec<&str> = log.lines().filter(|line| line.contains("opened 1")).collect();
    assert_eq!(opened.len(), 3, "{log}");
    assert!(opened[..2].iter().all(|line| line.contains(", Sitter A, at ")), "{log}");
    assert!(opened[2].contains(", nobody signed in, at "), "{log}");
}
