//! Records of every released form still open: `tests/golden/VERSION/*.jsonl` hold whole sessions, as that version stored
//! them. A released folder is never written again. What the form of the version in work is, is written anew with
//! `BEDSIDE_GOLDEN=write cargo test --test it golden`, for as long as it is not released.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use bedside::console::message::CardAtPrinter;
use bedside::console::model::Page;
use bedside::console::{Msg, Settings};
use bedside::journal::Journal;
use bedside::protocol::Protocol;
use bedside::session::{Entry, Event, Hash, Phase, Session, chain};
use bedside::words::{self, ClockStyle};

use crate::sim::{AFTERNOON_MS, Sim, minutes, settings, shipped, zone};

/// The form that is in work.
const IN_WORK: &str = "0.1.0";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn lines(file: &Path) -> Vec<Vec<u8>> {
    let bytes = fs::read(file).expect("a golden file");
    bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(<[u8]>::to_vec).collect()
}

/// Every golden file of every version.
fn files() -> Vec<PathBuf> {
    let versions = fs::read_dir(folder()).expect("the golden folder");
    let mut found: Vec<PathBuf> = versions
        .map(|version| version.expect("a version").path())
        .filter(|version| version.is_dir())
        .flat_map(|version| fs::read_dir(version).expect("a version's folder"))
        .map(|file| file.expect("a golden file").path())
        .collect();
    found.sort();
    found
}

/// A visit in which nearly everything happens.
fn whole_visit() -> Sim {
    let mut sim = Sim::with(Settings { protocol: shipped("standard-iv-40"), ..settings() }, (80, 24));
    sim.open().press("i<tab>A17<tab>1984-03-07<tab>3/6<tab>none known<tab>asked, all no<tab>Luis, by car");
    sim.press(
        "<tab>Maria<tab>72<tab>36<tab>-<c-p>hand only<tab>yes<tab>dim<tab>you are here, breathe<tab>letting go<tab>no<enter>",
    );
    sim.press("i<c-g>nDr Kim<enter>y").advance(1000);
    sim.press("u<esc>i<c-e>s14<tab>0<tab>9<tab>4<enter>p2026-11-20<enter><esc>");
    sim.press("i<c-d><tab><tab>0.5<tab>Dr Kim<tab>Kim Lee<enter>").advance(minutes(1));
    sim.edit_protocol(&[("version = \"2026.1\"".into(), "version = \"2026.2\"".into())]).crash(1000);
    sim.press("i<c-n>Dr Kim<enter>i<c-l>s170<tab>40<tab><tab><tab>Dr Kim<tab>usual for her<enter>");
    sim.press("zs").advance(minutes(1)).press("tlooked in<enter>zb").press("zrKim Lee<enter>").advance(1000).press("y");
    sim.press("v124/78 74 98 14 36.8<enter>").advance(minutes(16));
    // Late, without a fresh baseline: a deviation and two reasons.
    sim.press("ss6<enter>")
        .advance(1000)
        .press("2")
        .advance(1000)
        .press("1")
        .advance(minutes(4))
        .press("lj1")
        .advance(minutes(1));
    sim.press("v184/101 92 97 16<enter>y").advance(1000);
    sim.press("cc").advance(30_000).press("a").advance(minutes(1)).press("h").advance(1000).press("1").advance(1000);
    sim.press("ccx!1bpcc<esc><esc>ysr<enter>").advance(1000);
    sim.press("k").advance(minutes(2)).press("v148/90 x ?<enter>").advance(1000).press("1").advance(1000).press("1");
    sim.press("n2")
        .advance(1000)
        .press("k")
        .advance(1000)
        .press("0")
        .advance(1000)
        .press("1")
        .press("a1")
        .advance(500)
        .press("0");
    sim.press("d2p3mrm5osohww").press("nvu").press("tquiet<enter>t\"I float \u{2014} \u{65e5}\u{672c}<enter>");
    sim.press(
        "ea\"quieter<tab>better said<enter><esc>e<down>t-2<tab>heard before<enter><esc>e<down><down>wtwice<enter><esc>",
    );
    sim.press("a5").advance(1000).press("<tab><tab>").advance(1000).press("0").advance(1000).press("1");
    sim.press("gondansetron<tab>4 mg<tab>Dr Kim<tab>Dr Kim<enter>").advance(minutes(2));
    sim.press("sp<enter>").advance(minutes(3)).press("sr<enter>st60 ml/h<tab>30 ml/h<enter>sx45<enter>");
    sim.step_wall(-minutes(3)).sleep(minutes(2)).crash(minutes(1)).reboot(minutes(1)).advance(minutes(30));
    // Another console holds it meanwhile, and it is taken over from there.
    sim.lock("Kim Lee at ward-2").press("<enter>tJo Doe<tab>1<enter>y");
    sim.press("sn").advance(minutes(2)).press("qy").crash(minutes(1)).press("se1<enter>").advance(minutes(20));
    sim.press("b2").press("v130/80 76 98 14<enter>").advance(minutes(12)).press("v126/78 74 98 14<enter>");
    sim.press("xmymynoDr Kim<tab>usual for her<enter>mymymymymymy<down>mgycp");
    let at_printer = CardAtPrinter {
        session: sim.session().session_id(),
        version: 1,
        file: "cards/2026-1123-1-card-1.pdf".into(),
        printed: Ok(()),
    };
    sim.console_mut().send(Msg::CardPrinted(at_printer));
    sim.press("<esc>ryl").press("d").press("y").advance(1000).press("1<esc><esc>");
    // The end is amended after the patient has left: the card no longer holds.
    let end = sim.session().pump_acts().last().expect("an end").0;
    amend_time(&mut sim, end, "-34<tab>read wrongly<enter><esc>");
    sim.press("xsJo Doe<enter><esc>tDr Kim<enter>slept well, told on the telephone<enter>xsDr Kim<enter>");
    sim.press("<esc><esc>q").advance(minutes(24 * 60)).press("b1Kim Lee<tab>slept well<enter>");
    sim
}

/// Marks an entry in the record and amends its time.
fn amend_time(sim: &mut Sim, seq: u64, typed: &str) {
    sim.press("e");
    while !matches!(sim.console().model().live().expect("live").page, Page::Record(Some(marked)) if marked == seq) {
        sim.press("<down>");
    }
    sim.press("t").press(typed);
}

/// A visit that ends before it begins.
fn closed_visit() -> Sim {
    // A wall clock months behind: the console asks.
    let mut sim = Sim::starting(settings(), (80, 24), AFTERNOON_MS - minutes(100 * 24 * 60));
    sim.advance(1000).press("1");
    sim.press("nBen Okafor<tab>Kim Lee<enter>wk")
        .advance(1000)
        .press("kxmDr Kim<enter><esc>a5")
        .advance(1000)
        .press("1")
        .advance(1000)
        .press("=")
        .advance(1000);
    sim.press("v168/102 90 98 14<enter>").advance(minutes(6));
    sim.press("i<c-p>no<c-s>oh").advance(1000).press("1xlcblood pressure<enter>");
    sim
}

fn stored(sim: &Sim) -> Vec<u8> {
    let journal = sim.console().journal();
    let lines = journal.lines(sim.session().session_id()).expect("a stored session");
    lines.into_iter().flat_map(|line| line.into_iter().chain([b'\n'])).collect()
}

/// The events of the source, by the words that name them in a stored line.
fn kinds() -> BTreeSet<String> {
    let source = include_str!("../../src/session/event.rs");
    let (_, body) = source.split_once("pub enum Event {\n").expect("the events");
    let (body, _) = body.split_once("\n}\n").expect("their end");
    let names = body.lines().filter_map(|line| {
        let line = line.strip_prefix("    ")?;
        line.starts_with(|c: char| c.is_ascii_uppercase())
            .then(|| line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned())
    });
    let snake = |name: String| {
        name.chars().enumerate().fold(String::new(), |mut out, (index, c)| {
            if index > 0 && c.is_ascii_uppercase() {
                out.push('_');
            }
            out.push(c.to_ascii_lowercase());
            out
        })
    };
    names.map(snake).filter(|kind| kind != "unknown").collect()
}

#[test]
fn the_form_in_work_has_every_kind_of_event() {
    let folder = folder().join(IN_WORK);
    // Only when asked: a test that wrote what it then reads could not fail.
    if std::env::var_os("BEDSIDE_GOLDEN").is_some_and(|order| order == "write") {
        fs::write(folder.join("whole-visit.jsonl"), stored(&whole_visit())).expect("a written file");
        fs::write(folder.join("closed-visit.jsonl"), stored(&closed_visit())).expect("a written file");
    }
    let read = ["whole-visit.jsonl", "closed-visit.jsonl"].iter().flat_map(|name| lines(&folder.join(name)));
    let found: BTreeSet<String> = read.map(|line| Entry::read(line).expect("an entry").fields.event.kind()).collect();
    let all = kinds();
    assert!(all.len() > 30, "the events were not found in the source: {all:?}");
    let missing: Vec<&String> = all.difference(&found).collect();
    assert!(
        missing.is_empty(),
        "no golden entry of {missing:?}: let the visit above make one, and write the files anew"
    );
}

#[test]
fn every_golden_record_still_opens() {
    let files = files();
    assert!(files.len() >= 2, "where are the golden files?");
    for file in files {
        let name = file.display();
        let entries = chain::check_lines(lines(&file)).unwrap_or_else(|at| panic!("{name}: {at}"));
        let unknown = entries.iter().find(|entry| matches!(entry.fields.event, Event::Unknown { .. }));
        assert_eq!(unknown, None, "{name}: a kind that was known is no more");
        let session = Session::replay(entries.clone()).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let kept = &session.opening().protocol;
        let protocol = Protocol::load(&kept.text).unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
        assert_eq!(protocol.fingerprint, kept.fingerprint, "{name}");
        assert!(matches!(session.state().phase, Phase::Left(_) | Phase::Closed), "{name}");
        // Each row has something to say, and none reads as if it were not understood.
        for row in session.rows() {
            let said = words::row(&row, &zone("America/New_York"), ClockStyle::H24);
            assert!(!said.trim().is_empty() && !said.contains("newer version"), "{name}: {said:?}");
        }
        let mut journal = Journal::in_memory().expect("memory");
        journal.append(&entries).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(journal.load(session.session_id()).expect("a session"), entries, "{name}");
    }
}

/// What an honest console recorded is never called a fault: clocks that were set, a sleep, a crash, a reboot.
#[test]
fn every_golden_record_is_verified() {
    for file in files() {
        let found = bedside::journal::verify_file(&file).expect("a golden file");
        assert_eq!(found.fault, None, "{}", file.display());
        assert_eq!(found.sessions.len(), 1);
    }
}

/// The stored form is frozen: what is read and written again gives the same bytes. A field that was renamed, added or
/// left out would show here, before anybody's record changes.
#[test]
fn a_golden_entry_written_again_is_the_same() {
    for line in files().iter().flat_map(|file| lines(file)) {
        let entry = Entry::read(line.clone()).expect("an entry");
        let again = Entry::seal(entry.fields);
        assert_eq!(String::from_utf8_lossy(&again.line), String::from_utf8_lossy(&line));
    }
}

/// A golden session that is still running, with one more entry of a kind that nobody knows yet.
fn with_an_unknown_entry() -> Vec<Entry> {
    let all = lines(&folder().join(IN_WORK).join("whole-visit.jsonl"));
    let mut running: Vec<Vec<u8>> = all.into_iter().take(12).collect();
    let last = running.last().expect("a line");
    let mut value: serde_json::Value = serde_json::from_slice(last).expect("JSON");
    value["prev_hash"] = Hash::of(last).hex().into();
    value["seq"] = (value["seq"].as_u64().expect("a number") + 1).into();
    value["id"] = "01900000-0000-7000-8000-000000000001".into();
    value["event"] = serde_json::json!({ "kind": "aura_scanned", "hue": 7, "nested": { "deep": [1, 2] } });
    running.push(serde_json::to_vec(&value).expect("JSON"));
    chain::check_lines(running).expect("a whole chain")
}

#[test]
fn an_entry_of_a_newer_version_is_kept_and_shown() {
    let entries = with_an_unknown_entry();
    let strange = entries.last().expect("an entry").clone();
    assert_eq!(strange.fields.event, Event::Unknown { kind: "aura_scanned".into() });
    let session = Session::replay(entries.clone()).expect("a session");
    assert_eq!(session.state().unknown_entries, 1);
    let mut journal = Journal::in_memory().expect("memory");
    journal.append(&entries).expect("a stored session");

    // The console opens it where it stands, shows the line, goes on, and its bytes are as they were.
    let now_ms = strange.fields.recorded_at + minutes(1);
    let mut sim = Sim::opening(settings(), (80, 24), now_ms.max(AFTERNOON_MS), journal);
    assert!(sim.screen().contains("entry of a newer version: aura_scanned"), "{}", sim.screen());
    sim.press("l");
    assert!(sim.screen().contains("looked: resting quietly"));
    let stored = sim.console().journal().load(session.session_id()).expect("a session");
    assert_eq!(stored[entries.len() - 1].line, strange.line);
    assert!(stored.len() > entries.len());
}
