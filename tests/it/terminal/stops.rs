//! The program stopped and continued: Ctrl-Z's signal gives the terminal back; a stop that nobody announced is drawn over.

use rustix::process::Signal;

use super::place::Place;
use super::window::Window;

#[test]
fn sigtstp_gives_the_terminal_back_and_sigcont_takes_it_again() {
    let place = Place::new();
    let mut window = Window::open(&place);
    window.open_session();
    window.signal(Signal::TSTP);
    window.until_it_is_so("the stop", || window.state() == Some('T'));
    window.until_it_is_so("what was sent before", || window.raw().contains("\x1b[?1049l"));
    window.is_as_before();
    window.signal(Signal::CONT);
    window.shows("Ana R.").shows("PREPARATION");
    window.press("l").shows("looked: resting").shows("#2 ");
    window.press("q").shows("Leave the console?");
    window.press("y").ends(0);
    window.is_as_before();
}

#[test]
fn after_sigstop_the_whole_screen_is_drawn_anew_at_its_new_size() {
    let place = Place::new();
    let mut window = Window::open(&place);
    window.open_session();
    window.signal(Signal::STOP);
    window.until_it_is_so("the stop", || window.state() == Some('T'));
    // The shell would have set the terminal up for itself and written over the screen.
    window.resize(80, 24);
    window.signal(Signal::CONT);
    window.shows("Ana R.").shows("PREPARATION");
    window.press("l").shows("looked: resting");
}
