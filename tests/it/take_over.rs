//! Two consoles and one session: one has it, the other takes it over, and the chain goes on as one.

mod edges;
mod fence;

use std::collections::BTreeMap;

use bedside::clock::ManualClock;
use bedside::console::held::ReadOnly;
use bedside::headless::Headless;
use bedside::journal::{DataFolder, Holder, Journal};
use bedside::session::{Actor, Command, Entry, Event, Pin, Refusal, Role, Scribe, Session, chain};
use bedside::words::{self, ClockStyle};
use tempfile::TempDir;

use crate::sim::{AFTERNOON_MS, minutes, settings, stamp, zone};
use crate::visit::Visit;

/// A folder with an infusion that runs, at a console that has it.
struct Ward {
    _base: TempDir,
    folder: DataFolder,
}

impl Ward {
    fn new() -> Self {
        let base = tempfile::tempdir().unwrap();
        let folder = DataFolder::locate(Some(base.path())).unwrap();
        Self { _base: base, folder }
    }

    fn journal(&self) -> Journal {
        Journal::open(&self.folder).unwrap()
    }

    /// A console of its own, with a journal of its own, in this folder.
    fn console(&self, station: &str, utc_ms: i64, lock: Result<(), Option<Holder>>) -> Headless {
        let mut settings = settings();
        settings.sitters = vec![sitter("Sitter A"), sitter("Sitter B")];
        let clock = clock_at(utc_ms);
        let scribe = Scribe::new(station.into(), "0.1.0".into(), utc_ms.unsigned_abs() ^ station.len() as u64);
        Headless::beside(settings, scribe, clock, self.journal(), (80, 24), lock)
    }

    /// A session of Sitter A's, held at her console.
    fn infusing(&self) -> Headless {
        let mut console = self.console("ward-1", AFTERNOON_MS, Ok(()));
        console.press("nAna Ruiz<tab>1<enter>v124/78 74 98 14<enter>ss<enter>");
        console
    }

    /// A console that finds the session held.
    fn beside(&self, station: &str, utc_ms: i64) -> Headless {
        self.console(station, utc_ms, Err(Some(held_by("Sitter A", "ward-1"))))
    }

    fn stored(&self) -> Vec<Entry> {
        let journal = self.journal();
        let open = journal.open_sessions().unwrap().pop().unwrap();
        journal.load(open.id).unwrap()
    }
}

fn sitter(name: &str) -> Actor {
    Actor { id: name.to_lowercase().replace(' ', "-"), name: name.into(), role: Role::Sitter }
}

fn held_by(sitter: &str, host: &str) -> Holder {
    Holder { pid: 4711, host: host.into(), sitter: sitter.into(), since: AFTERNOON_MS, epoch: 1 }
}

/// So long after the machine's afternoon began: one boot, and a wall clock that was not set.
fn clock_at(utc_ms: i64) -> ManualClock {
    let zone = zone("America/New_York");
    let clock = ManualClock::new(stamp(AFTERNOON_MS, &zone), zone);
    clock.advance(utc_ms - AFTERNOON_MS);
    clock
}

fn epochs(entries: &[Entry]) -> Vec<u32> {
    entries.iter().map(|entry| entry.fields.epoch).collect()
}

fn is_lost(console: &Headless) -> bool {
    matches!(console.model().live().unwrap().read_only, Some(ReadOnly::Lost(_)))
}

#[test]
fn the_old_console_is_fenced_by_the_journal_and_keeps_what_it_had_on_its_screen() {
    let ward = Ward::new();
    let mut old = ward.infusing();
    old.set_lock(Err(Some(held_by("Sitter B", "ward-22"))));
    let before = ward.stored().len();
    let mut new = ward.beside("ward-22", AFTERNOON_MS + minutes(3));
    assert!(new.screen().contains("Sitter A holds it at ward-1 (process 4711)"), "{}", new.screen());
    new.press("t22<enter>y");
    assert!(new.screen().contains("Taken over from Sitter A"), "{}", new.screen());
    assert!(new.model().live().unwrap().read_only.is_none());

    // The old one was stopped, and has heard nothing: what it writes now comes too late.
    old.press("n2");
    assert!(is_lost(&old));
    let screen = old.screen();
    for said in [
        "NOT SAVED SINCE 14:00 - WRITE ON PAPER",
        "TAKEN OVER 14:03 by Sitter B at ward-22. Read only here.",
        "NO ALARM OR CHECK IS KEPT HERE",
        "2 entries are NOT SAVED (·) and will not be: WRITE ON PAPER, enter late there.",
        "nausea 2",
        "·",
    ] {
        assert!(screen.contains(said), "{said} in\n{screen}");
    }
    let unsaved = old.model().live().unwrap().unsaved();
    old.press("la3");
    old.advance(minutes(2));
    assert_eq!(old.model().live().unwrap().unsaved(), unsaved, "nothing is recorded here any more");
    new.press("l");
    let stored = ward.stored();
    chain::check(&stored).unwrap();
    assert_eq!(epochs(&stored)[..before], vec![1; before]);
    assert!(epochs(&stored)[before..].iter().all(|epoch| *epoch == 2), "{:?}", epochs(&stored));
    let Event::SessionTakenOver(taken) = &stored[before].fields.event else { panic!("{:?}", stored[before]) };
    assert_eq!((taken.by.name.as_str(), taken.from.name.as_str()), ("Sitter B", "Sitter A"));
    assert_eq!((taken.from_station.as_str(), stored[before].fields.station.as_str()), ("ward-1", "ward-22"));
    assert_eq!(stored[before].fields.actor.name, "Sitter B");
    let said: Vec<_> = stored.iter().map(|entry| words::event(&entry.fields.event)).collect();
    assert!(!said.iter().any(|said| said.contains("nausea")), "{said:?}");
}

#[test]
fn an_old_console_with_nothing_unsaved_follows_what_the_new_one_records() {
    let ward = Ward::new();
    let mut old = ward.infusing();
    let mut new = ward.beside("ward-22", AFTERNOON_MS + minutes(3));
    new.press("t22<enter>y");
    // Its lock says so at the next tick; what is half typed stays where it is.
    let session = old.model().live().unwrap().session.session_id();
    old.press("tdry mouth");
    old.send(bedside::console::Msg::LostTo(session, Some(Holder { epoch: 2, ..held_by("Sitter B", "ward-22") })));
    assert!(is_lost(&old));
    old.press("<enter>");
    let screen = old.screen();
    assert!(screen.contains("dry mouth") && screen.contains("was taken over at another console"), "{screen}");
    old.press("<esc>");
    new.press("a4");
    old.advance(1000);
    let screen = old.screen();
    assert!(screen.contains("anxiety 4") && screen.contains("TAKEN OVER 14:03 by Sitter B at ward-22"), "{screen}");
    assert!(!screen.contains("NOT SAVED"), "{screen}");
    // The lock that the new console lets go does not make this one the recorder again by itself.
    old.set_lock(Ok(()));
    old.advance(3000);
    assert!(is_lost(&old));
    // Taken back, with a name and a reason: the third tenure.
    old.press("<enter>t11<enter>y");
    assert!(old.model().live().unwrap().read_only.is_none(), "{}", old.screen());
    old.press("l");
    assert_eq!(ward.stored().last().unwrap().fields.epoch, 3);
    new.press("l");
    assert!(is_lost(&new));
    chain::check(&ward.stored()).unwrap();
}

#[test]
fn of_two_that_take_over_at_once_one_wins_and_the_other_is_told() {
    let ward = Ward::new();
    drop(ward.infusing());
    let mut one = ward.beside("ward-22", AFTERNOON_MS + minutes(3));
    let mut other = ward.beside("ward-333", AFTERNOON_MS + minutes(3));
    // Both have confirmed before either has heard of the other.
    one.press("t22<enter>");
    other.press("t11<enter>");
    one.press("y");
    other.press("y");
    assert!(one.model().live().unwrap().read_only.is_none());
    assert!(other.model().live().unwrap().read_only.is_some());
    assert!(
        other.screen().contains("Not taken over: Sitter B at ward-22 (14:03) has just taken it over"),
        "{}",
        other.screen()
    );
    let taken = ward.stored().iter().filter(|entry| entry.fields.event.kind() == "session_taken_over").count();
    assert_eq!(taken, 1);
}

#[test]
fn what_the_old_console_writes_while_it_is_taken_over_comes_before() {
    let ward = Ward::new();
    let mut old = ward.infusing();
    let mut new = ward.beside("ward-22", AFTERNOON_MS + minutes(3));
    new.press("t22<enter>");
    old.press("n2");
    new.press("y");
    let stored = ward.stored();
    let place = |kind: &str| stored.iter().position(|entry| entry.fields.event.kind() == kind).unwrap();
    assert!(place("observation_recorded") < place("session_taken_over"));
    assert!(new.screen().contains("nausea 2"), "{}", new.screen());
}

#[test]
fn a_wall_clock_that_was_set_while_the_old_console_stood_still_is_an_entry_of_the_same_moment() {
    let ward = Ward::new();
    drop(ward.infusing());
    let mut new = ward.beside("ward-22", AFTERNOON_MS);
    new.clock().advance(minutes(10));
    new.clock().step_wall(-minutes(60));
    new.press("t22<enter>y");
    let kinds: Vec<_> = ward.stored().iter().map(|entry| entry.fields.event.kind()).collect();
    assert!(kinds.windows(2).any(|two| two == ["session_taken_over", "clock_stepped"]), "{kinds:?}");
    let session = ward.stored()[0].fields.session;
    assert!(ward.journal().verify(&ward.folder, session).unwrap().holds());
}

#[test]
fn a_pin_is_asked_and_may_be_left_out_which_the_record_says() {
    let ward = Ward::new();
    drop(ward.infusing());
    let mut settings = settings();
    settings.sitters = vec![sitter("Sitter A"), sitter("Sitter B")];
    settings.pins = ["sitter-b".to_owned()].into();
    let clock = clock_at(AFTERNOON_MS + minutes(3));
    let scribe = Scribe::new("ward-22".into(), "0.1.0".into(), 5);
    let lock = Err(Some(held_by("Sitter A", "ward-1")));
    let mut new = Headless::beside(settings, scribe, clock, ward.journal(), (80, 24), lock);
    new.set_pins(BTreeMap::from([("sitter-b".to_owned(), Pin::new("4711"))]));
    new.press("t22<enter>");
    assert!(new.screen().contains("PIN of Sitter B"), "{}", new.screen());
    new.press("0000<enter>");
    assert!(new.screen().contains("not right"), "{}", new.screen());
    new.press("<enter>");
    assert!(new.screen().contains("Take the session over, as Sitter B?"), "{}", new.screen());
    new.press("y");
    assert!(new.screen().contains("NAMES HIDDEN: h, then the PIN of Sitter B"), "{}", new.screen());
    let stored = ward.stored();
    let said = words::event(&stored.last().unwrap().fields.event);
    assert!(said.contains("without the PIN"), "{said}");
}

#[test]
fn a_take_over_that_the_disk_does_not_take_changes_nothing() {
    let ward = Ward::new();
    drop(ward.infusing());
    let mut new = ward.beside("ward-22", AFTERNOON_MS + minutes(3));
    new.press("t22<enter>");
    // The journal is moved away under it.
    std::fs::rename(ward.folder.journal(), ward.folder.journal().with_extension("away")).unwrap();
    new.press("y");
    assert!(new.screen().contains("Not taken over, nothing was changed"), "{}", new.screen());
    assert!(new.model().live().unwrap().read_only.is_some());
}

#[test]
fn who_sat_when_is_told_by_the_record() {
    let ward = Ward::new();
    drop(ward.infusing());
    let mut new = ward.beside("ward-22", AFTERNOON_MS + minutes(3));
    new.press("t22<enter>y");
    let live = new.model().live().unwrap();
    let (session, protocol, zone) = (&live.session, &live.protocol, zone("America/New_York"));
    assert_eq!(session, &Session::replay(ward.stored()).unwrap());
    let page = bedside::export::text(protocol, session, &zone, ClockStyle::H24);
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Sitter A, 14:00 to 14:03 Sitter B, from 14:03",
        "TAKEN OVER by Sitter B from Sitter A, console ward-1: moved to another workstation",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    let bundle = bedside::export::fhir(protocol, session, &zone);
    let bundle = String::from_utf8(bundle).unwrap();
    assert!(bundle.contains("TAKEN OVER by Sitter B") && bundle.contains("moved to another workstation"));
    assert!(bundle.contains("Practitioner"));
}

#[test]
fn whoever_only_moves_to_another_workstation_sits_on_and_a_take_over_ends_an_absence() {
    let mut visit = Visit::open("Ana Ruiz");
    let take =
        |by: &Actor, reason: &str| Command::TakeOver { by: by.clone(), reason: reason.into(), without_pin: false };
    let june = visit.session.sitter().clone();
    visit.wait_min(5);
    let moved = visit.by(june.clone(), &take(&june, "moved to another workstation"));
    assert_eq!(visit.session.state().watch.turns().len(), 1);
    let said = words::event(visit.session.row(moved).unwrap().event);
    assert_eq!(said, "TAKEN OVER by June Doe from console room-2: moved to another workstation");
    visit.does(&Command::StepOut);
    visit.wait_min(3);
    let other = sitter("Sitter B");
    let taken = visit.by(other.clone(), &take(&other, "sitter called away"));
    let watch = &visit.session.state().watch;
    let sat: Vec<&str> = watch.turns().iter().map(|turn| turn.sitter.name.as_str()).collect();
    assert_eq!((sat, watch.gaps().count(), watch.out_since()), (vec!["June Doe", "Sitter B"], 1, None));
    let epoch = |seq: u64| visit.session.row(seq).unwrap().entry.fields.epoch;
    assert_eq!((epoch(1), epoch(moved), epoch(taken), visit.session.last_entry().fields.epoch), (1, 2, 3, 3));
    // It is nobody's to amend, and needs its reason.
    assert!(bedside::session::instead_of_changing(visit.session.row(taken).unwrap().event).is_some());
    assert_eq!(visit.attempt(0, &take(&other, " \u{200b}")), Err(Refusal::NoWords));
}
