//! Started where there is no terminal to work in: one sentence on the standard error, nothing on the standard output, and
//! exit code 2, for it is a matter of how the program was started.

use super::place::Place;
use super::window::{How, Window};

#[rstest::rstest]
#[case::input("\"$@\" </dev/null 2>\"$SAID\"", Some("xterm"), "standard input is not a terminal")]
#[case::output("\"$@\" >\"$OUT\" 2>\"$SAID\"", Some("xterm"), "standard output is not a terminal")]
#[case::unset("\"$@\" 2>\"$SAID\"", None, "TERM is not set")]
#[case::empty("\"$@\" 2>\"$SAID\"", Some(""), "TERM is not set")]
#[case::dumb("\"$@\" 2>\"$SAID\"", Some("dumb"), "TERM=dumb")]
fn no_terminal_is_refused_in_one_sentence(#[case] start: &str, #[case] term: Option<&str>, #[case] sentence: &str) {
    let place = Place::new();
    let (said, out) = (place.file("said"), place.file("out"));
    let mut env = vec![("SAID", said.display().to_string()), ("OUT", out.display().to_string())];
    env.extend(term.map(|term| ("TERM", term.to_owned())));
    let shell = format!("unset TERM_PROGRAM; {start}; echo \"ended $?\"; read -r closed");
    let window = Window::open_as(&place, &How { env, shell, ..How::default() });
    window.ends(2);
    let said = std::fs::read_to_string(said).unwrap();
    assert!(said.contains(sentence) && said.lines().count() == 1, "{said}");
    assert_eq!(window.raw().trim(), "ended 2", "nothing else on the terminal");
    assert_eq!(std::fs::read_to_string(out).unwrap_or_default(), "", "nothing on the standard output");
    assert!(!place.data().exists(), "nothing was made");
}

#[rstest::rstest]
#[case::card("card", "-o card.pdf")]
#[case::record("export", "-o record.pdf")]
fn no_pdf_is_written_to_a_terminal(#[case] command: &str, #[case] sentence: &str) {
    let place = Place::new();
    let said = place.file("said");
    let env = vec![("SAID", said.display().to_string())];
    let shell = format!("\"$@\" {command} last --format pdf 2>\"$SAID\"; echo \"ended $?\"; read -r closed");
    let window = Window::open_as(&place, &How { env, shell, ..How::default() });
    window.ends(2);
    let said = std::fs::read_to_string(said).unwrap();
    assert!(said.contains(sentence) && said.lines().count() == 1, "{said}");
    assert_eq!(window.raw().trim(), "ended 2", "nothing else on the terminal");
}
