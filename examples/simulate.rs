//! Plays many random sessions through the real console and checks what must hold in each:
//!
//! - a prompt that is due is raised within the same message, and never twice;
//! - the worst open prompt is on the screen, or was passed over with Tab;
//! - dealing with one prompt never mutes another;
//! - a prompt comes back only after it was dealt with, so that no chain runs on by itself;
//! - a step up follows from a prompt that was raised, is taken once, ends, and no subject takes two within the protocol's minutes;
//! - every entry belongs to its session, the record replays to the session that was lived, and the next patient begins without
//!   a prompt.
//!
//!     cargo run --release --example simulate -- --sessions 500 --seed 1

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::num::NonZero;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};

use bedside::clock::ManualClock;
use bedside::console::keymap::Context;
use bedside::console::{Settings, theme::Theme};
use bedside::guidance::Prompt;
use bedside::headless::Headless;
use bedside::journal::Journal;
use bedside::protocol::{Protocol, SHIPPED, Subject};
use bedside::session::{Event, PromptId, Scribe, Session, Stamp, Zone};
use clap::Parser;
use uuid::Uuid;

/// How long one tick of a simulated console is, ms.
const TICK_MS: i64 = 5_000;
/// 23 November 2026, 19:00 UTC.
const START_MS: i64 = 1_795_460_400_000;
/// Keys of a sitter in a session, the ordinary ones more often.
const KEYS: &[&str] = &[
    "l",
    "lj1",
    "j2",
    "oh",
    "i<c-p>no<c-s>",
    "i<c-p>hand only<tab>yes<c-s>",
    "+",
    "=",
    "-",
    "l",
    "l",
    "n0",
    "n1",
    "n2",
    "n3",
    "nv",
    "a0",
    "a2",
    "a5",
    "a7",
    "a9",
    "d1",
    "d3",
    "m5",
    "m4",
    "m3",
    "m1",
    "mr",
    "p3",
    "ww",
    "wr",
    "wu",
    "wc",
    "wb",
    "os",
    "oh",
    "u",
    "sp<enter>",
    "sr<enter>",
    "cc<esc>",
    "ccah",
    "!<esc>y",
    "!p1bv84/50 120 88 6<enter><esc>y",
    "gondan!m2<esc>y<esc>",
    "b1",
    "v124/78 74 98 14<enter>",
    "v138/86 82 98 14<enter>",
    "v164/101 92 97 16<enter>",
    "v186/112 118 95 22<enter>y",
    "v88/50 44 90 7<enter>y",
    "v? 72 98<enter>",
    "vx 72 98<enter>1",
    "v128/80 0 98 0<enter>y",
    "ta word<enter>",
    "zs",
    "zb",
    "zrSitter B<enter>",
    "y",
    "i<c-l>s170<tab><tab>190<tab><tab>Dr B<tab>usual<enter>",
];
/// Keys that answer a prompt, or pass it over.
const ANSWERS: &[&str] = &["1", "1", "2", "3", "0", "k", "k", "<tab>", "+", "=", "-"];

/// How many, and which.
#[derive(Parser)]
struct Asked {
    /// How many sessions
    #[arg(long, default_value_t = 500)]
    sessions: u64,
    /// The same number plays the same sessions
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What was played.
#[derive(Default)]
struct Tally {
    entries: u64,
    prompts: u64,
    up: u64,
    crashes: u64,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.entries += other.entries;
        self.prompts += other.prompts;
        self.up += other.up;
        self.crashes += other.crashes;
    }
}

fn main() -> ExitCode {
    let asked = Asked::parse();
    let Ok(protocols) = SHIPPED.iter().map(|(_, text)| Protocol::load(text)).collect::<Result<Vec<_>, _>>() else {
        return say("a shipped protocol does not load", 3);
    };
    let next = AtomicU64::new(0);
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let played: Vec<Result<Tally, Broken>> = std::thread::scope(|scope| {
        let working: Vec<_> = (0..workers).map(|_| scope.spawn(|| play(&asked, &protocols, &next))).collect();
        working.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err((u64::MAX, "a panic".into())))).collect()
    });
    let mut tally = Tally::default();
    let mut broken: Option<Broken> = None;
    for played in played {
        match played {
            Ok(played) => tally.add(&played),
            // The first session that does not hold, whichever worker was quicker.
            Err(found) => broken = Some(broken.map_or(found.clone(), |first| first.min(found))),
        }
    }
    if let Some((number, why)) = broken {
        return say(&format!("session {number} (seed {}) does not hold: {why}", asked.seed_of(number)), 1);
    }
    let Tally { entries, prompts, up, crashes } = tally;
    let n = asked.sessions;
    say(
        &format!(
            "{n} sessions, {entries} entries, {prompts} prompts, {up} steps up, {crashes} crashes: every one holds"
        ),
        0,
    )
}

/// A session that does not hold, by its number, and why.
type Broken = (u64, String);

/// Plays sessions until there are none left.
fn play(asked: &Asked, protocols: &[Protocol], next: &AtomicU64) -> Result<Tally, Broken> {
    let mut tally = Tally::default();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= asked.sessions {
            return Ok(tally);
        }
        let protocol = &protocols[number as usize % protocols.len()];
        Play::new(protocol, asked.seed_of(number)).run(&mut tally).map_err(|why| (number, why))?;
    }
}

impl Asked {
    /// Each session has its own seed, which is all that is needed to play it again.
    const fn seed_of(&self, number: u64) -> u64 {
        self.seed.wrapping_mul(1_000_003).wrapping_add(number)
    }
}

fn say(text: &str, code: u8) -> ExitCode {
    // A closed pipe has nobody to tell.
    let _ = writeln!(std::io::stdout(), "{text}");
    ExitCode::from(code)
}

/// One session being played.
struct Play {
    console: Option<Headless>,
    settings: Settings,
    random: fastrand::Rng,
    boots: u128,
}

impl Play {
    fn new(protocol: &Protocol, seed: u64) -> Self {
        let settings = Settings {
            bell: true,
            theme: Theme::Mono,
            rehearsal: true,
            tick_ms: TICK_MS,
            ..Settings::of(protocol.clone(), Zone::utc())
        };
        Self { console: None, settings, random: fastrand::Rng::with_seed(seed), boots: 1 }
    }

    fn begin(&mut self, clock: ManualClock, journal: Journal) {
        let scribe = Scribe::new("simulated".to_owned(), "0".to_owned(), self.random.u64(..));
        self.console = Some(Headless::new(self.settings.clone(), scribe, clock, journal, (80, 24)));
    }

    fn console(&mut self) -> Result<&mut Headless, String> {
        self.console.as_mut().ok_or_else(|| "the console is gone".to_owned())
    }

    fn run(&mut self, tally: &mut Tally) -> Result<(), String> {
        let stamp = Stamp { utc_ms: START_MS, utc_offset_min: 0, boot_id: Uuid::from_u128(self.boots), boot_ms: 0 };
        let journal = Journal::in_memory().map_err(|why| why.to_string())?;
        self.begin(ManualClock::new(stamp, Zone::utc()), journal);
        self.visit("Patient A", tally)?;
        // Now and then another patient comes into the same room.
        if self.random.u32(0..4) == 0 {
            self.press("<esc>qy")?;
            self.visit("Patient B", tally)?;
        }
        Ok(())
    }

    fn visit(&mut self, patient: &str, tally: &mut Tally) -> Result<(), String> {
        self.press(&format!("n{patient}<tab>Sitter A<enter>"))?;
        let is_fresh = self.console()?.model().live().is_some_and(|live| {
            live.session.opening().patient == patient
                && live.session.state().prompts.is_empty()
                && live.queue().len() == 0
        });
        if !is_fresh {
            return Err(format!("{patient} does not begin afresh"));
        }
        if self.random.bool() {
            self.press("v124/78 74 98 14<enter>")?;
        }
        self.press("ss<enter>")?;
        for step in 0..self.random.u32(35..60) {
            self.step(step, tally)?;
        }
        self.press("<esc><esc>se<enter>")?;
        self.wait_a_while()?;
        self.press("<esc><esc>xld")?;
        self.press("y")?;
        self.press("<esc><esc>xsSitter A<enter>")?;
        // Now and then something is added to the signed record, and signed again.
        if self.random.bool() {
            self.press("<esc><esc>tSitter B<enter>slept well<enter><esc>xsSitter B<enter>")?;
        }
        self.close(tally)
    }

    fn step(&mut self, step: u32, tally: &mut Tally) -> Result<(), String> {
        self.wait_a_while()?;
        match self.random.u32(0..100) {
            0..55 => self.press_one_of(KEYS),
            55..85 => self.press_one_of(ANSWERS),
            85..88 => {
                let by_ms = self.random.i64(-4_000_000..4_000_000);
                self.console()?.clock().step_wall(by_ms);
                self.wait(TICK_MS)
            }
            88..92 => {
                tally.crashes += 1;
                self.crash()
            }
            // Silence; and never two steps at one moment.
            _ => self.wait(1_000 * i64::from(step % 7 + 1)),
        }
    }

    fn press_one_of(&mut self, keys: &[&str]) -> Result<(), String> {
        let keys = keys[self.random.usize(..keys.len())];
        self.press(keys)
    }

    fn wait_a_while(&mut self) -> Result<(), String> {
        let ms = 1_000 * self.random.i64(1..240);
        self.wait(ms)
    }

    fn wait(&mut self, ms: i64) -> Result<(), String> {
        self.console()?.advance(ms);
        self.check(&[])
    }

    fn crash(&mut self) -> Result<(), String> {
        let console = self.console.take().ok_or("the console is gone")?;
        let (clock, journal) = console.into_parts();
        if self.random.bool() {
            clock.advance(60_000);
        } else {
            self.boots += 1;
            clock.reboot(Uuid::from_u128(self.boots), 120_000);
        }
        self.begin(clock, journal);
        self.check(&[])
    }

    /// Presses keys; where they only dealt with a prompt, every other one must still be open.
    fn press(&mut self, keys: &str) -> Result<(), String> {
        let before = self.open();
        let top = self.console()?.model().live().and_then(|live| live.on_top().map(|prompt| prompt.id.clone()));
        let is_session = self.console()?.model().context() == Context::Session;
        self.console()?.press(keys);
        // In a menu or a form that an earlier key left open, a digit is something else.
        let only_answers = is_session && matches!(keys, "0" | "1" | "2" | "3" | "k" | "+" | "=" | "-");
        // The next step of the same thing may speak for it, louder.
        let about = |id: &PromptId| self.subject(id);
        let same = top.as_ref().and_then(about);
        let others: Vec<PromptId> = if only_answers {
            before.into_iter().filter(|id| Some(id) != top.as_ref() && about(id) != same).collect()
        } else {
            Vec::new()
        };
        self.check(&others).map_err(|why| format!("{why} (pressed {keys}, on top {top:?})"))
    }

    /// What a prompt is about.
    fn subject(&self, id: &PromptId) -> Option<Subject> {
        let found = self.settings.protocol.responses.iter().find(|response| response.id == id.rule);
        found.map(|response| response.when.subject())
    }

    fn open(&self) -> Vec<PromptId> {
        let live = self.console.as_ref().and_then(|console| console.model().live());
        live.map(|live| live.guidance.prompts.open.iter().map(|prompt| prompt.id.clone()).collect()).unwrap_or_default()
    }

    /// What must hold after every message.
    fn check(&mut self, must_be_open: &[PromptId]) -> Result<(), String> {
        let Some(live) = self.console()?.model().live() else { return Ok(()) };
        let prompts = &live.guidance.prompts;
        if let Some(raise) = prompts.to_raise.first() {
            return Err(format!("{raise:?} is due and was not raised"));
        }
        let worst = prompts.open.iter().map(|prompt| prompt.priority).max();
        let shown = live.on_top().filter(|prompt| prompt.settled.is_none()).map(|prompt: &Prompt| prompt.priority);
        if live.top.passed == 0 && worst != shown && worst.is_some() {
            return Err(format!("the worst prompt is {worst:?}, and {shown:?} is shown"));
        }
        let muted = must_be_open.iter().find(|id| !prompts.open.iter().any(|prompt| prompt.id == **id));
        muted.map_or(Ok(()), |id| Err(format!("{id:?} was muted by dealing with another")))
    }

    /// The whole record, once the patient has left.
    fn close(&mut self, tally: &mut Tally) -> Result<(), String> {
        let console = self.console()?;
        let Some(live) = console.model().live() else { return Err("the session is not on the screen".to_owned()) };
        let id = live.session.session_id();
        let stored = console.journal().load(id).map_err(|why| why.to_string())?;
        if stored.iter().any(|entry| entry.fields.session != id) {
            return Err("an entry belongs to another session".to_owned());
        }
        let replayed = Session::replay(stored).map_err(|why| why.to_string())?;
        if replayed != live.session {
            return Err("the record replays to another session".to_owned());
        }
        if !replayed.is_signed() || replayed.unsigned_addenda() > 0 {
            return Err("the record is not signed whole".to_owned());
        }
        let mut ladder = Ladders::default();
        let (mut raised, mut dealt_with) = (BTreeSet::new(), BTreeMap::<(String, u64), u32>::new());
        for entry in replayed.entries() {
            tally.entries += 1;
            match &entry.fields.event {
                Event::PromptRaised { prompt, from, .. } => {
                    tally.prompts += 1;
                    if let Some(from) = from {
                        tally.up += 1;
                        let at_ms = replayed.row(entry.seq()).map_or(0, |row| row.item.recorded.session_ms);
                        ladder.step(self, from, prompt, at_ms)?;
                    }
                    let rounds = dealt_with.get(&(prompt.rule.clone(), prompt.cause)).copied().unwrap_or(0);
                    if !raised.insert(prompt.clone()) || prompt.round > rounds {
                        return Err(format!("{prompt:?} was raised twice, or came back by itself"));
                    }
                }
                Event::PromptAcknowledged { prompt }
                | Event::PromptAnswered { prompt, .. }
                | Event::LookedAgain { prompt, .. } => {
                    *dealt_with.entry((prompt.rule.clone(), prompt.cause)).or_default() += 1;
                }
                // An alarm that says "call" is dealt with by the call.
                Event::ClinicianCalled { .. } => {
                    for prompt in &raised {
                        *dealt_with.entry((prompt.rule.clone(), prompt.cause)).or_default() += 1;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// The steps up of one session.
#[derive(Default)]
struct Ladders {
    /// From which prompt, to which.
    taken: BTreeMap<PromptId, PromptId>,
    /// When each subject last took one, session time, ms.
    last_ms: BTreeMap<Subject, i64>,
}

impl Ladders {
    fn step(&mut self, play: &Play, from: &PromptId, to: &PromptId, at_ms: i64) -> Result<(), String> {
        if self.taken.insert(from.clone(), to.clone()).is_some() {
            return Err(format!("{from:?} went up twice"));
        }
        let (mut last, mut steps) = (to, 0);
        while let Some(next) = self.taken.get(last) {
            (last, steps) = (next, steps + 1);
            if steps > play.settings.protocol.responses.len() {
                return Err(format!("the ladder of {from:?} has no end"));
            }
        }
        let wait_ms = play.settings.protocol.alarms.map_or(0, |alarms| i64::from(alarms.escalate_every_min) * 60_000);
        // By the finding at the foot of the ladder: its steps may be of another subject.
        let mut foot = from;
        while let Some((below, _)) = self.taken.iter().find(|(_, above)| *above == foot) {
            foot = below;
        }
        let Some(subject) = play.subject(foot) else { return Ok(()) };
        let before = self.last_ms.insert(subject, at_ms);
        if before.is_some_and(|before| at_ms - before < wait_ms) {
            return Err(format!("{subject:?} went up twice within the protocol's minutes"));
        }
        Ok(())
    }
}
