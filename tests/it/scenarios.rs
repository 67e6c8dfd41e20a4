//! Whole sessions as data: each file of `tests/scenarios` is one visit, step by step, with what must be seen and recorded.
//!
//! A step does one thing (`press`, `slowly`, `advance`, `crash`, `reboot`, `sleep`, `step_wall`, `lock`), and then says what holds:
//! `see` and `not_see` are texts of the screen; `entry` and `no_entry` are kinds or texts of entries made in this very
//! step, `adds` is how many of them a person made, `by` who made
//! the last one; `count` gives kinds or texts with their number in the whole record.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use bedside::console::theme::Theme;
use bedside::console::{Msg, input};
use bedside::session::{Actor, Pin, Role, Row, Rung, Session, Zone, chain};
use bedside::words::{self, ClockStyle};
use serde::Deserialize;

use crate::sim::{AFTERNOON_MS, Sim, settings, shipped, zone};

/// One visit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    title: String,
    zone: Option<String>,
    /// Local time, as `2026-10-31 17:00`.
    start: Option<String>,
    protocol: Option<String>,
    size: Option<(u16, u16)>,
    clock: Option<String>,
    /// Names of the room's configuration.
    #[serde(default)]
    sitters: Vec<String>,
    #[serde(default)]
    clinicians: Vec<String>,
    /// PINs, by the person's name.
    #[serde(default)]
    pins: BTreeMap<String, String>,
    lock_after_min: Option<u32>,
    #[serde(default)]
    bell: bool,
    /// Whom to call, as the room's configuration writes it.
    #[serde(default)]
    ladder: Vec<String>,
    emergency: Option<String>,
    steps: Vec<Step>,
}

/// One thing that is done, and what holds afterwards.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_field_names, reason = "to step the wall clock is what the step does")]
struct Step {
    press: Option<String>,
    /// As `press`, with a second before each key.
    slowly: Option<String>,
    advance: Option<String>,
    crash: Option<String>,
    reboot: Option<String>,
    sleep: Option<String>,
    step_wall: Option<String>,
    lock: Option<String>,
    /// Edits of the shipped protocol, for the next start of the program.
    edit: Option<Vec<(String, String)>>,
    /// How often the bell has been rung.
    rings: Option<usize>,
    see: Texts,
    not_see: Texts,
    entry: Texts,
    no_entry: Texts,
    adds: Option<usize>,
    /// Who made the last entry of a person in this step.
    by: Option<String>,
    count: BTreeMap<String, usize>,
}

/// One text or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    Many(Vec<String>),
}

impl Default for Texts {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl Texts {
    fn each(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }
}

/// `10:00`, `1:30:00`, `-1:00:00`: hours, minutes and seconds as ms.
fn span_ms(text: &str) -> i64 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let parts: Vec<i64> = digits.split(':').map(|part| part.parse().expect("a number in a span of time")).collect();
    assert!((2..=3).contains(&parts.len()), "{text} is not minutes:seconds");
    sign * 1000 * parts.iter().fold(0, |sum, part| sum * 60 + part)
}

/// A local time as UTC ms.
fn local_ms(zone: &Zone, text: &str) -> i64 {
    let local =
        chrono::NaiveDateTime::parse_from_str(&format!("{text}:00"), "%Y-%m-%d %H:%M:%S").expect("a local time");
    let as_utc = local.and_utc().timestamp_millis();
    as_utc - i64::from(zone.offset_s(as_utc - i64::from(zone.offset_s(as_utc)) * 1000)) * 1000
}

impl Scenario {
    fn sim(&self) -> Sim {
        let mut settings = settings();
        if let Some(name) = &self.zone {
            settings.zone = zone(name);
        }
        if let Some(name) = &self.protocol {
            settings.protocol = shipped(name);
        }
        if self.clock.as_deref() == Some("12h") {
            settings.clock = ClockStyle::H12;
        }
        settings.sitters = self.sitters.iter().map(|name| actor(name, Role::Sitter)).collect();
        settings.clinicians = self.clinicians.iter().map(|name| actor(name, Role::Clinician)).collect();
        settings.bell = self.bell;
        settings.lock_after_min = self.lock_after_min;
        settings.pins = self.pins.keys().map(|name| id(name)).collect();
        settings.theme = Theme::Colour;
        settings.ladder.rungs = self.ladder.iter().map(|rung| Rung::of_text(rung)).collect();
        settings.ladder.emergency.clone_from(&self.emergency);
        let start = self.start.as_ref().map_or(AFTERNOON_MS, |start| local_ms(&settings.zone, start));
        let mut sim = Sim::starting(settings, self.size.unwrap_or((80, 24)), start);
        sim.set_pins(self.pins.iter().map(|(name, pin)| (id(name), Pin::new(pin))).collect());
        sim
    }
}

fn actor(name: &str, role: Role) -> Actor {
    Actor { id: id(name), name: name.to_owned(), role }
}

fn id(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

impl Step {
    fn act(&self, sim: &mut Sim) {
        let span = |text: &Option<String>| text.as_deref().map(span_ms);
        if let Some(holder) = &self.lock {
            sim.lock(holder);
        }
        if let Some(ms) = span(&self.step_wall) {
            sim.step_wall(ms);
        }
        if let Some(ms) = span(&self.sleep) {
            sim.sleep(ms);
        }
        if let Some(edits) = &self.edit {
            sim.edit_protocol(edits);
        }
        if let Some(ms) = span(&self.crash) {
            sim.crash(ms);
        }
        if let Some(ms) = span(&self.reboot) {
            sim.reboot(ms);
        }
        if let Some(keys) = &self.press {
            sim.press(keys);
        }
        for key in self.slowly.iter().flat_map(|keys| input::keys(keys).expect("keys that exist")) {
            sim.advance(1000).console_mut().send(Msg::Key(key));
        }
        if let Some(ms) = span(&self.advance) {
            sim.advance(ms);
        }
    }

    /// What does not hold, in words.
    fn faults(&self, sim: &Sim, before: &Place) -> Vec<String> {
        let mut faults = Vec::new();
        let screen = sim.screen();
        for text in self.see.each().iter().filter(|text| !screen.contains(*text)) {
            faults.push(format!("not seen: {text:?}"));
        }
        for text in self.not_see.each().iter().filter(|text| screen.contains(*text)) {
            faults.push(format!("seen: {text:?}"));
        }
        let record = Record::of(sim);
        let added = record.after(before);
        for text in self.entry.each().iter().filter(|text| !added.iter().any(|line| line.is(text))) {
            faults.push(format!("not recorded: {text:?}"));
        }
        for text in self.no_entry.each().iter().filter(|text| added.iter().any(|line| line.is(text))) {
            faults.push(format!("recorded: {text:?}"));
        }
        if let Some(expected) = self.rings.filter(|expected| *expected != sim.console().rung()) {
            faults.push(format!("the bell was rung {} times, not {expected}", sim.console().rung()));
        }
        if let Some(name) = &self.by {
            let last = added.iter().filter(|line| line.by_person).max_by_key(|line| line.seq).map(|line| &line.by);
            if last != Some(name) {
                faults.push(format!("recorded by {last:?}, not by {name}"));
            }
        }
        if let Some(expected) = self.adds {
            let by_person = added.iter().filter(|line| line.by_person).count();
            if by_person != expected {
                faults.push(format!("a person recorded {by_person} entries, not {expected}"));
            }
        }
        for (text, expected) in &self.count {
            let found = record.lines.iter().filter(|line| line.is(text)).count();
            if found != *expected {
                faults.push(format!("{text:?} stands {found} times in the record, not {expected}"));
            }
        }
        faults
    }
}

/// How far a record had come.
#[derive(Default)]
struct Place {
    session: Option<uuid::Uuid>,
    entries: u64,
}

/// An entry as it is read.
struct Line {
    seq: u64,
    kind: String,
    said: String,
    by_person: bool,
    by: String,
}

impl Line {
    fn is(&self, text: &str) -> bool {
        self.kind == text || self.said.contains(text)
    }
}

/// The record on the screen; empty on the first screen.
struct Record {
    session: Option<uuid::Uuid>,
    lines: Vec<Line>,
}

impl Record {
    fn of(sim: &Sim) -> Self {
        let model = sim.console().model();
        let Some(live) = model.live() else { return Self { session: None, lines: Vec::new() } };
        let line = |row: Row<'_>| Line {
            seq: row.item.seq,
            kind: row.entry.fields.event.kind(),
            said: words::row(&row, &model.settings.zone, model.settings.clock),
            by_person: row.entry.fields.actor.role != Role::Console,
            by: row.entry.fields.actor.name.clone(),
        };
        Self { session: Some(live.session.session_id()), lines: live.session.rows().map(line).collect() }
    }

    fn place(&self) -> Place {
        Place { session: self.session, entries: self.lines.len() as u64 }
    }

    fn after(&self, before: &Place) -> Vec<&Line> {
        let from = if before.session == self.session { before.entries } else { 0 };
        self.lines.iter().filter(|line| line.seq > from).collect()
    }

    fn shown(&self) -> String {
        let mut by_seq: Vec<&Line> = self.lines.iter().collect();
        by_seq.sort_by_key(|line| line.seq);
        let lines = by_seq.iter().map(|line| format!("  #{} {}: {}\n", line.seq, line.kind, line.said));
        lines.collect::<Vec<_>>().concat()
    }
}

/// The console at the end of a scenario, by the name of its file.
pub(crate) fn played(name: &str) -> Sim {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios").join(format!("{name}.toml"));
    play(&file).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Plays one file. What does not hold, with the screen and the record at that moment.
fn play(file: &Path) -> Result<Sim, String> {
    let text = std::fs::read_to_string(file).expect("a file of the folder");
    let scenario: Scenario = toml::from_str(&text).map_err(|fault| format!("{}: {fault}", file.display()))?;
    let mut sim = scenario.sim();
    for (index, step) in scenario.steps.iter().enumerate() {
        // A program that starts again has lost what it knew of the screen, not of the record.
        let before = Record::of(&sim).place();
        step.act(&mut sim);
        let mut faults = step.faults(&sim, &before);
        faults.extend(too_long_to_read(&sim));
        if !faults.is_empty() {
            return Err(told(file, &scenario, index, &faults, &sim));
        }
    }
    holds_together(&sim);
    Ok(sim)
}

/// The call card of this minute is read aloud in under 15 seconds, at 2.7 words a second, and never without the room.
fn too_long_to_read(sim: &Sim) -> Option<String> {
    let card = sim.console().model().call_card()?;
    let said = card.said();
    let is_short = card.spoken_words() <= words::MAX_SPOKEN_WORDS && card.spoken_ms() <= words::MAX_SPOKEN_MS;
    let holds = is_short && said.contains("Room 2");
    (!holds).then(|| format!("{} words are read aloud: {said}", card.spoken_words()))
}

fn told(file: &Path, scenario: &Scenario, index: usize, faults: &[String], sim: &Sim) -> String {
    let mut out = format!("{} ({}), step {}:\n", file.display(), scenario.title, index + 1);
    let _ = writeln!(out, "  {}\n{:?}", faults.join("\n  "), scenario.steps[index]);
    let _ = writeln!(out, "{}\n{}", sim.screen(), Record::of(sim).shown());
    out
}

/// What holds at the end of every visit: the stored record is whole, and gives the session that is on the screen.
fn holds_together(sim: &Sim) {
    let console = sim.console();
    let Some(live) = console.model().live() else { return };
    let stored = console.journal().load(live.session.session_id()).expect("a stored session");
    assert_eq!(chain::check(&stored), Ok(()));
    assert_eq!(Session::replay(stored).as_ref(), Ok(&live.session));
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let read = std::fs::read_dir(folder).expect("the folder of scenarios");
    let mut files: Vec<PathBuf> = read.map(|file| file.expect("a file of the folder").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

#[test]
fn every_visit_goes_as_it_is_written() {
    let files = files();
    assert!(files.len() >= 14, "only {} scenarios: has the folder been moved?", files.len());
    let failed: Vec<String> = files.iter().filter_map(|file| play(file).err()).collect();
    assert!(failed.is_empty(), "{} of {} fail\n\n{}", failed.len(), files.len(), failed.join("\n\n"));
}

#[test]
fn a_step_that_does_not_hold_is_noticed() {
    // The runner itself: each kind of claim, made falsely, is found out.
    let mut sim = Sim::new();
    let before = Record::of(&sim).place();
    let claims = [
        "see = \"no such text\"",
        "not_see = \"session 1123-1\"",
        "entry = \"infusion_started\"",
        "no_entry = \"session_opened\"",
        "adds = 0",
        "count = { session_opened = 2 }",
        "rings = 1",
        "by = \"Sitter A\"",
    ];
    sim.open();
    for claim in claims {
        let step: Step = toml::from_str(claim).expect("a step");
        assert_eq!(step.faults(&sim, &before).len(), 1, "{claim}");
    }
    let step: Step = toml::from_str("see = \"session 1123-1\"\nentry = \"session_opened\"\nadds = 1").expect("a step");
    assert_eq!(step.faults(&sim, &before), Vec::<String>::new());
}
