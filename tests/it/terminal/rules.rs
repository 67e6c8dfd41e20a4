//! The room's protocol and its bell at the real console: a file that is gone or edited under a running session, and one
//! ring for a high alarm.

use super::place::Place;
use super::window::{How, Window};

const SHIPPED: &str = include_str!("../../../assets/protocols/standard-iv-40.toml");

/// A room with a protocol of its own.
fn room(place: &Place, config: &str) -> How {
    std::fs::write(place.file("ours.toml"), SHIPPED).unwrap();
    let config = format!("protocol = \"ours.toml\"\n{config}");
    std::fs::write(place.file("bedside.toml"), config).unwrap();
    let mut how = How::default();
    how.env.push(("BEDSIDE_CONFIG", place.file("bedside.toml").display().to_string()));
    how
}

#[test]
fn a_session_goes_on_by_its_own_copy_when_the_file_is_gone_or_edited() {
    let place = Place::new();
    let how = room(&place, "");
    let mut window = Window::open_as(&place, &how);
    window.open_session();
    window.press("q").shows("Leave the console?");
    window.press("y").ends(0);
    drop(window);

    // Gone: the session opens all the same, and no new one could begin.
    std::fs::remove_file(place.file("ours.toml")).unwrap();
    let mut window = Window::open_as(&place, &how);
    window.shows("Ana R.").shows("room's protocol cannot be read").shows("goes on by its own copy");
    window.press("xl").shows("no infusion");
    window.press("cno IV access\r").shows("CLOSED");
    window.press("\x1b").shows("#4 ");
    window.press("q").shows("-1  left").shows("room's protocol cannot be read");
    window.press("n").shows("start bedside again with one that can");
    window.press("q").ends(0);
    drop(window);

    // With nothing open there is nothing to open: it is an error, as ever.
    let window = Window::open_as(&place, &how);
    window.ends(3);
    drop(window);

    // Edited: said, and nothing changes.
    std::fs::write(place.file("ours.toml"), SHIPPED).unwrap();
    let mut window = Window::open_as(&place, &how);
    window.open_session();
    window.press("q").shows("Leave the console?");
    window.press("y").ends(0);
    drop(window);
    std::fs::write(place.file("ours.toml"), SHIPPED.replace("\"2026.1\"", "\"2026.2\"")).unwrap();
    let mut window = Window::open_as(&place, &how);
    window.shows("newer protocol 2026.2 (i, Ctrl-N)");
    window.press("i").shows("Ctrl-N");
    window.press("\x0e").shows("Accepted by");
    window.press("Dr B\r").shows("is in force from now on").no_longer_shows("(i, Ctrl-N)");
    let record = || place.record().split_whitespace().collect::<Vec<_>>().join(" ");
    window.until_it_is_so("the acceptance is on the disk", || record().contains("accepted by Dr B"));
}

#[test]
fn a_bell_rings_once_for_a_high_alarm_where_the_room_asked_for_it() {
    for (config, rings) in [("bell = true\n", 1), ("", 0)] {
        let place = Place::new();
        let how = room(&place, config);
        let mut window = Window::open_as(&place, &how);
        window.open_session();
        window.press("n2").shows("Nausea 2");
        window.press("wc").shows("Chest pain").shows("#4 ");
        // A second has passed, and been drawn.
        window.press("tlater\r").shows("note: later").shows("#6 ");
        assert_eq!(window.raw().matches('\x07').count(), rings, "{config:?}");
    }
}
