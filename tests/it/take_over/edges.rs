//! What may go wrong around a take-over: no lock, nobody who records, a journal that answers late or never, names.

use bedside::console::input::keys;
use bedside::console::{Effect, Msg};
use bedside::journal::{Holder, JournalError, Reply, Request};
use bedside::session::{Command, Pin, Role};
use bedside::words;

use super::{Ward, clock_at, held_by, is_lost, sitter};
use crate::sim::{AFTERNOON_MS, minutes, settings, zone};
use crate::visit::Visit;

/// Takes the session over at ward-22, as Sitter B.
fn taken_over(ward: &Ward) -> bedside::headless::Headless {
    let mut new = ward.beside("ward-22", AFTERNOON_MS + minutes(3));
    new.press("t22<enter>y");
    assert!(new.model().live().unwrap().read_only.is_none(), "{}", new.screen());
    new
}

/// The orders that keys give, not carried out: the journal has not answered yet.
fn ordered(console: &mut bedside::headless::Headless, pressed: &str) -> Vec<Effect> {
    keys(pressed).unwrap().into_iter().flat_map(|key| console.effects_of(Msg::Key(key))).collect()
}

/// The request to take over, with which the journal is asked once the tail has come.
fn asked(console: &mut bedside::headless::Headless, tail: Vec<Effect>) -> (Vec<Effect>, Request) {
    let tail = tail.into_iter().find_map(|effect| match effect {
        Effect::Journal(Request::Tail { session, after_seq }) => Some((session, after_seq)),
        _ => None,
    });
    let (session, after_seq) = tail.expect("what the other console has written comes first");
    let tailed = Reply::Tailed { session, after_seq, entries: Vec::new() };
    let effects = console.effects_of(Msg::Journal(tailed));
    let request = effects.iter().find_map(|effect| match effect {
        Effect::Journal(request @ Request::TakeOver { .. }) => Some(request.clone()),
        _ => None,
    });
    (effects.clone(), request.expect("the journal is asked"))
}

#[test]
fn a_console_whose_lock_is_missing_goes_by_whoever_found_the_session_free() {
    let ward = Ward::new();
    drop(ward.infusing());
    let mut new = taken_over(&ward);
    new.send(Msg::Unguarded(true));
    assert!(new.screen().contains("NO LOCK: other consoles are not kept out"), "{}", new.screen());
    // A third one finds no lock, and comes back in the same tenure.
    let mut third = ward.console("ward-333", AFTERNOON_MS + minutes(5), Ok(()));
    third.press("l");
    assert!(third.model().live().unwrap().read_only.is_none(), "{}", third.screen());
    new.set_lock(Err(Some(held_by("Sitter B", "ward-333"))));
    new.press("n2");
    assert!(is_lost(&new));
    let screen = new.screen();
    for said in ["TAKEN OVER 14:05 by another console at ward-333", "will not be: WRITE ON PAPER, enter late there"] {
        assert!(screen.contains(said), "{said} in\n{screen}");
    }
    assert!(!screen.contains("NO LOCK"), "{screen}");
    new.advance(5000);
    third.press("l");
    assert!(third.model().live().unwrap().unsaved() == 0 && third.model().live().unwrap().read_only.is_none());
    bedside::session::chain::check(&ward.stored()).unwrap();
}

#[test]
fn a_console_that_lost_the_session_keeps_its_lock_until_the_new_one_has_its_own() {
    let lost_with = |epoch: u32| {
        let ward = Ward::new();
        let mut old = ward.infusing();
        let session = old.model().live().unwrap().session.session_id();
        let by = bedside::session::Tenure {
            epoch,
            by: "Sitter B".into(),
            station: "ward-22".into(),
            since: AFTERNOON_MS + minutes(3),
        };
        let why = JournalError::TakenOver { session, seq: 9, by: Some(Box::new(by)) };
        old.effects_of(Msg::Journal(Reply::NotSaved { session, from_seq: 9, why }))
    };
    assert!(!lost_with(2).contains(&Effect::Unlock), "a third one would find the session free");
    assert!(lost_with(1).contains(&Effect::Unlock), "whoever went on is to have it");
}

#[test]
fn a_session_that_is_taken_from_a_console_while_it_opens_is_only_read_there() {
    let ward = Ward::new();
    drop(ward.infusing());
    let mut opening = ward.console("ward-22", AFTERNOON_MS + minutes(4), Err(None));
    opening.press("<esc>q");
    let session = ward.stored()[0].fields.session;
    let load = opening.effects_of(Msg::Key(keys("<enter>").unwrap().remove(0)));
    assert!(matches!(load[..], [Effect::Lock { .. }]), "{load:?}");
    opening.effects_of(Msg::Lock(session, Ok(())));
    opening.effects_of(Msg::LostTo(session, Some(held_by("Sitter B", "ward-333"))));
    opening.set_lock(Err(Some(held_by("Sitter B", "ward-333"))));
    opening.send(Msg::Journal(Reply::Loaded { session, entries: ward.stored() }));
    assert!(opening.screen().contains("Sitter B holds it at ward-333"), "{}", opening.screen());
}

#[test]
fn whoever_has_the_same_initials_is_another_sitter() {
    let mut visit = Visit::open("Ana Ruiz");
    let person = |name: &str| bedside::session::Actor { id: "KL".into(), name: name.into(), role: Role::Sitter };
    let take =
        |name: &str| Command::TakeOver { by: person(name), reason: "sitter called away".into(), without_pin: false };
    visit.wait_min(5);
    visit.by(person("Kim Lee"), &take("Kim Lee"));
    visit.wait_min(5);
    let taken = visit.by(person("Karl Lang"), &take("Karl Lang"));
    assert_eq!(visit.session.sitter().name, "Karl Lang");
    let said = words::event(visit.session.row(taken).unwrap().event);
    assert!(said.contains("TAKEN OVER by Karl Lang from Kim Lee"), "{said}");
    visit.wait_min(5);
    let relief = Command::SignOn { sitter: person("Kim Lee"), without_pin: false };
    visit.does(&relief);
    assert_eq!(visit.session.sitter().name, "Kim Lee");
    let sat: Vec<_> = visit.session.state().watch.turns().iter().map(|turn| turn.sitter.name.as_str()).collect();
    assert_eq!(sat, ["June Doe", "Kim Lee", "Karl Lang", "Kim Lee"]);
}

#[test]
fn whoever_takes_over_a_visit_that_is_over_keeps_its_record_and_has_not_sat() {
    let mut visit = Visit::open("Ana Ruiz");
    visit.wait_min(30);
    visit.does(&Command::CloseWithoutInfusion { reason: "postponed".into() });
    visit.wait_min(60);
    let other = sitter("Sitter B");
    let take = Command::TakeOver { by: other.clone(), reason: "computer replaced".into(), without_pin: false };
    visit.by(other, &take);
    let session = &visit.session;
    assert_eq!((session.sitter().name.as_str(), session.keeper().name.as_str()), ("June Doe", "Sitter B"));
    let lines = words::watch_lines(session, |utc_ms| utc_ms.to_string());
    assert_eq!(lines, ["June Doe"]);
    let bundle = String::from_utf8(bedside::export::fhir(&visit.protocol, session, &zone("America/New_York"))).unwrap();
    let bundle: serde_json::Value = serde_json::from_str(&bundle).unwrap();
    let encounter = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    let encounter = encounter.into_iter().find(|resource| resource["resourceType"] == "Encounter").unwrap();
    let sat = encounter["participant"].as_array().unwrap();
    assert_eq!(sat.len(), 1, "{sat:?}");
    assert!(sat[0]["period"]["start"].as_str() < sat[0]["period"]["end"].as_str(), "{sat:?}");
    // The next one goes on from who kept it.
    visit.wait_min(1);
    let third = sitter("Sitter A");
    let take = Command::TakeOver { by: third.clone(), reason: "screen frozen".into(), without_pin: false };
    let taken = visit.by(third, &take);
    let said = words::event(visit.session.row(taken).unwrap().event);
    assert!(said.contains("by Sitter A from Sitter B"), "{said}");
}

#[test]
fn leaving_waits_for_the_answer_of_the_journal() {
    let ward = Ward::new();
    drop(ward.infusing());
    let mut new = ward.beside("ward-22", AFTERNOON_MS + minutes(3));
    let tail = ordered(&mut new, "t22<enter>y");
    let (_, request) = asked(&mut new, tail);
    assert!(ordered(&mut new, "q").is_empty());
    assert!(new.model().live().is_some() && new.screen().contains("Taking the session over"), "{}", new.screen());
    // The answer comes, and the session is recorded here.
    let Request::TakeOver { session, entries } = request else { unreachable!("it was asked for") };
    new.send(Msg::Journal(Reply::TookOver { session, entries }));
    assert!(new.model().live().unwrap().read_only.is_none());
    // One that never comes keeps nobody at the screen.
    let mut new = ward.beside("ward-22", AFTERNOON_MS + minutes(3));
    let tail = ordered(&mut new, "t22<enter>y");
    asked(&mut new, tail);
    new.effects_of(Msg::JournalLost);
    new.press("q");
    assert!(new.model().live().is_none(), "{}", new.screen());
}

#[test]
fn a_take_over_is_asked_three_times_and_then_the_session_is_read_anew() {
    let ward = Ward::new();
    drop(ward.infusing());
    let mut new = ward.beside("ward-22", AFTERNOON_MS + minutes(3));
    let mut tail = ordered(&mut new, "t22<enter>y");
    let session = ward.stored()[0].fields.session;
    for _ in 0..3 {
        let (_, request) = asked(&mut new, tail);
        let Request::TakeOver { entries, .. } = request else { unreachable!("it was asked for") };
        let why = JournalError::Refused { session, seq: entries[0].seq(), reason: "it does not follow".into() };
        tail = new.effects_of(Msg::Journal(Reply::NotTakenOver { session, why }));
    }
    assert!(matches!(tail[..], [Effect::Lock { .. }]), "no fourth time: {tail:?}");
    new.send(Msg::Lock(session, Err(Some(held_by("Sitter A", "ward-1")))));
    let screen = new.screen();
    assert!(screen.contains("Not taken over, nothing was changed: the record changed each time"), "{screen}");
    assert!(new.model().live().unwrap().read_only.is_some());
}

#[test]
fn a_console_that_lost_the_session_says_when_nobody_has_it() {
    let ward = Ward::new();
    let mut old = ward.infusing();
    let mut new = taken_over(&ward);
    new.press("l");
    let session = old.model().live().unwrap().session.session_id();
    let holder = Holder { epoch: 2, ..held_by("Sitter B", "ward-22") };
    old.set_lock(Err(Some(holder.clone())));
    old.send(Msg::LostTo(session, Some(holder)));
    old.advance(1000);
    assert!(old.screen().contains("go by the other console"), "{}", old.screen());
    // That one ends.
    drop(new);
    old.set_lock(Ok(()));
    old.advance(1000);
    let screen = old.screen();
    assert!(screen.contains("NOBODY HAS IT NOW") && !screen.contains("go by the other console"), "{screen}");
    assert!(is_lost(&old), "it is taken back by nobody but a person");
    old.press("<enter>");
    assert!(old.screen().contains("NOBODY HAS IT NOW: that console has ended"), "{}", old.screen());
    old.press("t11<enter>y");
    assert!(old.model().live().unwrap().read_only.is_none(), "{}", old.screen());
    assert_eq!(ward.stored().last().unwrap().fields.epoch, 3);
}

#[test]
fn names_that_a_pin_hides_stay_hidden_when_the_session_is_lost() {
    let ward = Ward::new();
    drop(ward.infusing());
    let mut settings = settings();
    settings.sitters = vec![sitter("Sitter A"), sitter("Sitter B")];
    settings.pins = ["sitter-a".to_owned()].into();
    let scribe = bedside::session::Scribe::new("ward-1".into(), "0.1.0".into(), 5);
    let clock = clock_at(AFTERNOON_MS + minutes(3));
    let mut old = bedside::headless::Headless::beside(settings, scribe, clock, ward.journal(), (80, 24), Ok(()));
    old.set_pins([("sitter-a".to_owned(), Pin::new("4711"))].into());
    assert!(old.screen().contains("NAMES HIDDEN"), "{}", old.screen());
    let session = old.model().live().unwrap().session.session_id();
    old.set_lock(Err(Some(held_by("Sitter B", "ward-22"))));
    old.send(Msg::LostTo(session, Some(Holder { epoch: 2, ..held_by("Sitter B", "ward-22") })));
    for key in ["l", "<esc>", "<enter>", "<esc>", "e", "<esc>"] {
        old.press(key);
        assert!(!old.screen().contains("Ana"), "after {key}\n{}", old.screen());
    }
}

#[test]
fn a_journal_that_is_held_in_the_middle_of_writing_names_the_process_that_has_it() {
    let ward = Ward::new();
    drop(ward.infusing());
    let mut new = ward.beside("ward-22", AFTERNOON_MS + minutes(3));
    let tail = ordered(&mut new, "t22<enter>");
    drop(tail);
    let session = ward.stored()[0].fields.session;
    let tail = ordered(&mut new, "y");
    asked(&mut new, tail);
    let why = JournalError::Busy { place: "journal.db".into() };
    new.send(Msg::Journal(Reply::NotTakenOver { session, why }));
    let screen = new.screen().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(screen.contains("stopped console (process 4711 at ward-1)"), "{screen}");
}

#[test]
fn a_digit_that_fills_the_reason_answers_what_was_said_of_it() {
    let ward = Ward::new();
    drop(ward.infusing());
    let mut new = ward.beside("ward-22", AFTERNOON_MS + minutes(3));
    new.press("t2<enter>");
    assert!(new.screen().contains("empty"), "{}", new.screen());
    new.press("1");
    let screen = new.screen();
    assert!(screen.contains("screen frozen") && !screen.contains("is empty"), "{screen}");
}
