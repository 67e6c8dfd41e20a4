//! The access log of a console: who is here, and what they looked at or printed.

use bedside::console::Msg;
use bedside::session::access::{AccessFields, Act};

use crate::scenarios::played;
use crate::sim::Sim;

/// What was logged, in order.
fn logged(sim: &Sim) -> Vec<AccessFields> {
    let (lines, broken) = sim.console().journal().accesses().expect("an access log");
    assert_eq!(broken, None);
    lines.into_iter().map(|line| line.fields).collect()
}

fn who(fields: &AccessFields) -> Option<&str> {
    fields.who.as_ref().map(|who| who.name.as_str())
}

#[test]
fn a_card_that_the_console_makes_is_logged_with_its_form() {
    let sim = played("142-the-card");
    let log = logged(&sim);
    let cards: Vec<_> = log.iter().filter(|line| matches!(line.act, Act::CardPrinted { .. })).collect();
    let made = sim.session().entries().iter().filter(|entry| entry.fields.event.kind() == "card_made").count();
    assert!(made > 0 && cards.len() == made, "{log:?}");
    for card in cards {
        assert_eq!(card.act, Act::CardPrinted { format: "pdf".into() });
        assert_eq!((card.session, who(card)), (Some(sim.session().session_id()), Some("Jo Doe")));
    }
}

#[test]
fn whoever_showed_a_pin_is_who_is_here_and_after_a_start_nobody_is() {
    let sim = played("163-the-lock-on-the-first-screen");
    let log = logged(&sim);
    let signed_in: Vec<_> = log.iter().filter(|line| line.act == Act::SignedIn).map(who).collect();
    assert_eq!(signed_in, [Some("Sitter A"), Some("Sitter B")]);
    // Opened anew while Sitter A was the last who is known; the lock after that is Sitter B's.
    let opened: Vec<_> = log.iter().filter(|line| line.act == Act::Opened).map(who).collect();
    assert_eq!(opened, [Some("Sitter A"), Some("Sitter A")]);
    assert_eq!(log.iter().rfind(|line| line.act == Act::Locked).map(who), Some(Some("Sitter B")));
    let sim = played("165-while-locked");
    let log = logged(&sim);
    assert_eq!(log.iter().rfind(|line| line.act == Act::Opened).map(who), Some(None), "{log:?}");
}

#[test]
fn a_take_over_is_logged_with_its_reason() {
    let log = logged(&played("162-take-over"));
    let taken = log.iter().find(|line| matches!(line.act, Act::TakenOver { .. })).expect("a take-over");
    assert_eq!(taken.act, Act::TakenOver { reason: "screen frozen".into() });
    assert_eq!(who(taken), Some("Sitter B"));
}

/// Keys, without what they order being carried out: the answer has not come yet.
fn press_and_wait(sim: &mut Sim, keys: &str) {
    for key in bedside::console::input::keys(keys).expect("keys that exist") {
        sim.console_mut().effects_of(Msg::Key(key));
    }
}

#[test]
fn what_is_typed_while_a_pin_is_checked_is_read_when_it_was_right_and_never_when_it_was_wrong() {
    let answered = |right: bool| {
        let mut sim = played("165-while-locked");
        let before = sim.session().entries().len();
        press_and_wait(&mut sim, "h4711<enter>d2");
        assert_eq!(sim.session().entries().len(), before, "not read yet");
        sim.console_mut().send(Msg::PinChecked("sitter-a".into(), Ok(right)));
        let said: Vec<String> = sim.session().entries()[before..].iter().map(|e| e.fields.event.kind()).collect();
        (said, sim.screen())
    };
    let (said, screen) = answered(true);
    assert!(
        said.contains(&"observation_recorded".to_owned()) && screen.contains("dissociation 2"),
        "{said:?}\n{screen}"
    );
    let (said, screen) = answered(false);
    assert!(said.is_empty() && screen.contains("not right"), "{said:?}\n{screen}");
    // Going back is heard at once, and forgets it.
    let mut sim = played("165-while-locked");
    let before = sim.session().entries().len();
    press_and_wait(&mut sim, "h4711<enter>d2<esc>");
    sim.console_mut().send(Msg::PinChecked("sitter-a".into(), Ok(true)));
    assert_eq!(sim.session().entries().len(), before);
    assert!(sim.screen().contains("NAMES HIDDEN"), "{}", sim.screen());
}
