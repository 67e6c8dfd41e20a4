//! Signing from outside: what a signature covers, what comes after it, and that a replay knows the same.

use bedside::session::{Entry, Event, Hash, Session};

use super::sim::{Sim, minutes};

/// A visit that is over, on the session screen.
fn over() -> Sim {
    let mut sim = Sim::new();
    sim.open().press("v124/78 74 98 14<enter>ss<enter>").advance(minutes(40));
    sim.press("se<enter>").advance(minutes(31)).press("xlay<esc><esc>").advance(1000);
    sim
}

fn stored(sim: &Sim) -> Vec<Entry> {
    sim.console().journal().load(sim.session().session_id()).expect("a stored session")
}

#[test]
fn a_signature_covers_the_hash_of_the_last_entry_before() {
    let mut sim = over();
    sim.press("xsJo Doe<enter>").advance(1000);
    let entries = stored(&sim);
    let (signing, before) = entries.split_last().expect("entries");
    let before = before.last().expect("an entry before");
    let Event::SessionSigned(signature) = &signing.fields.event else { panic!("{:?}", signing.fields.event) };
    assert_eq!(signature.covers, Hash::of(&before.line).hex());
    assert_eq!(signature.covers, signing.fields.prev_hash);
    assert_eq!((signature.through, signature.by.name.as_str()), (before.seq(), "Jo Doe"));
    // Kept outside the entries too: a tail that is cut off with its signature is missed.
    let kept = sim.console().journal().signatures(sim.session().session_id()).expect("signatures");
    assert_eq!(kept, [(signing.seq(), signing.hash)]);
}

#[test]
fn nothing_that_is_only_in_memory_is_signed() {
    let mut sim = over();
    let waiting = sim.console().model().live().expect("a session").unsaved();
    assert_eq!(waiting, 0);
    // The reply that says so has not come: the entry stands as unsaved.
    let effects = {
        let console = sim.console_mut();
        console.press("<esc>t");
        let keys = bedside::console::input::keys("later").expect("keys");
        for key in keys {
            console.send(bedside::console::Msg::Key(key));
        }
        let enter = bedside::console::input::keys("<enter>").expect("a key").remove(0);
        console.effects_of(bedside::console::Msg::Key(enter))
    };
    assert_eq!(effects.len(), 1, "the append that is not carried out");
    sim.press("xs");
    assert!(sim.screen().contains("Not everything is saved yet"), "{}", sim.screen());
    assert!(!sim.session().is_signed());
}

#[test]
fn what_comes_after_is_an_addendum_in_the_live_session_and_in_its_replay() {
    let mut sim = over();
    sim.press("xsJo Doe<enter><esc>tDr Kim<enter>slept well<enter>").advance(1000);
    let addenda = |session: &Session| {
        session.rows().filter(|row| row.item.is_addendum).map(|row| row.item.seq).collect::<Vec<_>>()
    };
    let replayed = Session::replay(stored(&sim)).expect("a session");
    assert_eq!(&replayed, sim.session());
    let last = replayed.last_entry();
    assert_eq!(addenda(&replayed), [last.seq()]);
    assert_eq!(last.fields.actor.name, "Dr Kim", "whoever adds says so, whoever sat");
    assert_eq!((replayed.unsigned_addenda(), replayed.signatures().len()), (1, 1));
    assert_eq!(replayed.state().phase_id(), "signed");
    sim.press("xsDr Kim<enter>").advance(1000);
    assert_eq!((sim.session().unsigned_addenda(), sim.session().signatures().len()), (0, 2));
}
