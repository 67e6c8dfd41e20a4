//! What holds for every session that anybody could have: random keys, pauses, crashes, clock steps and sizes of the
//! terminal, through the real model, update and view.
//!
//! The seeds are fixed: a run is the same everywhere, and what it once found is kept below as a test of its own.

use std::collections::BTreeSet;

use bedside::console::form::Form;
use bedside::console::model::{Confirm, Overlay, Page};
use bedside::console::{Model, Msg};
use bedside::protocol::Priority;
use bedside::session::text::is_dropped;
use bedside::session::verify::Verifier;
use bedside::session::{Entry, Event, Session, chain};
use bedside::words;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use ratatui::buffer::Buffer;

use crate::sim::{AFTERNOON_MS, Sim, settings};

/// Whole words that the console never says about a patient.
const NEVER_SAID: [&str; 3] = ["cleared", "safe", "fit"];

/// What a person does at the keys: what is common, what is rare, and what is a slip.
const KEYS: &[&str] = &[
    "v124/78 74 98 14<enter>",
    "v138/86 80 98 14<enter>",
    "v184/101 92 97 16<enter>",
    "v168/104 120 93 22<enter>",
    "v84/50 38 90 7<enter>",
    "v? ? ? ?<enter>",
    "vx x<enter>",
    "v120/80<enter>",
    "v80/128<enter>",
    "v12080<enter>",
    "n0",
    "n1",
    "n2",
    "nv",
    "a0",
    "a1",
    "a10",
    "a5",
    "a7",
    "d3",
    "d0",
    "m5",
    "m3",
    "m2",
    "mr",
    "p1",
    "p8",
    "l",
    "ww",
    "wc",
    "wu",
    "wi",
    "os",
    "oh",
    "1",
    "2",
    "3",
    "9",
    "0",
    "k",
    "<tab>",
    "u",
    "uu",
    "b",
    "b1",
    "b2",
    "btwhy<enter>",
    "ss<enter>",
    "ss6<enter>",
    "ss<enter>",
    "sp<enter>",
    "sp3<enter>",
    "sr<enter>",
    "st60 ml/h<tab>30 ml/h<enter>",
    "st45 ml/h<enter>",
    "sx50<enter>",
    "sx90<enter>",
    "sn",
    "se<enter>",
    "se4<enter>",
    "y",
    "y<enter>",
    "n",
    "<enter>",
    "<esc>",
    "<esc><esc>",
    "!",
    "!1b",
    "!p",
    "!v84/50 120 88 6<enter>",
    "<esc>y",
    "c",
    "cc",
    "cr",
    "cx",
    "ca",
    "ch",
    "h",
    "f",
    "?",
    "<down>",
    "<down><down>",
    "<up>",
    "<pgdn>",
    "<pgup>",
    "x",
    "xm",
    "xmmmm",
    "xn",
    "xoDr Kim<tab>known<enter>",
    "xg",
    "xr",
    "xld",
    "xla",
    "xltCity<enter>",
    "xlcill<enter>",
    "e",
    "ea1<tab>wrong<enter>",
    "e<down>ew",
    "ewtwice<enter>",
    "e<down>et-3<tab>wrong<enter>",
    "e-4<enter>",
    "e-20<enter>",
    "e14:05<enter>",
    "e-9<enter>n2",
    "e-6<enter>v150/90 80 97<enter>",
    "tquiet<enter>",
    "t\"I float<enter>",
    "glorazepam<tab>1 mg<tab>Kim<tab>Kim<enter>",
    "i<tab>A1<tab><tab>2/6<tab>none known<tab><tab>Luis<tab><tab>72<tab>36<tab>-<enter>",
    "i<c-p>no<tab>yes<tab>dim<tab>breathe<tab>rest<tab>no<enter>",
    "i<c-p>hand only<c-s>",
    "i<c-p>",
    "i72<c-p>no, but a hand<c-s>",
    "i",
    "g",
    "t",
    "v",
    "q",
    "qy",
    "<c-c>",
    "<c-u>",
    "zs",
    "zb",
    "zrKim Lee<enter>",
    "zrKim Lee<enter>y",
    "i<c-l>s170<tab>60<tab>190<tab><tab>Dr Kim<tab>usual<enter>",
    "i<c-l>o88<tab>80<tab>Dr Kim<tab>usual<enter>",
    "i<c-l>h20<tab>300<c-s>",
    "i<c-n>Dr Kim<enter>",
    "nBen Okafor<tab>Kim Lee<enter>",
    "nAna Ruiz<tab>Jo Doe<enter>",
    "<bs>",
    "j",
    "j1",
    "j3",
    "lj2",
    "r",
];

/// One thing that happens at the console.
#[derive(Debug, Clone)]
enum Deed {
    Press(&'static str),
    Key(char, bool),
    Typed(String),
    Pasted(String),
    Passes(i64),
    Sleeps(i64),
    Steps(i64),
    Crash(i64),
    Reboot(i64),
    Edited(&'static str),
    Resize(u16, u16),
    Click(u16, u16),
}

/// Text as it may come from a clipboard, a scanner or a cat on the keys: escape sequences, C1, bidi, wide and joined.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\u{1b}[2J".to_owned()),
        Just("\u{1b}]52;c;aGk=\u{7}".to_owned()),
        Just("\u{9b}31m".to_owned()),
        Just("\u{90}q\u{9c}".to_owned()),
        Just("\0\u{7f}\u{85}".to_owned()),
        Just("\u{202e}abc\u{2066}".to_owned()),
        Just("\u{200b}\u{feff}\u{2028}".to_owned()),
        Just("日本語 👩\u{200d}⚕\u{fe0f} e\u{301}".to_owned()),
        Just("=1+1".to_owned()),
        "[ -~]{0,8}",
        any::<String>(),
    ];
    proptest::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        40 => proptest::sample::select(KEYS).prop_map(Deed::Press),
        12 => (1i64..900).prop_map(|seconds| Deed::Passes(seconds * 1000)),
        6 => (1i64..5).prop_map(|seconds| Deed::Passes(seconds * 1000)),
        2 => (any::<char>(), any::<bool>()).prop_map(|(c, control)| Deed::Key(c, control)),
        2 => hostile().prop_map(Deed::Typed),
        2 => hostile().prop_map(Deed::Pasted),
        1 => (60i64..7200).prop_map(|seconds| Deed::Sleeps(seconds * 1000)),
        1 => (-7200i64..7200).prop_map(|seconds| Deed::Steps(seconds * 1000)),
        2 => (0i64..1200).prop_map(|seconds| Deed::Crash(seconds * 1000)),
        1 => (0i64..3600).prop_map(|seconds| Deed::Reboot(seconds * 1000)),
        1 => proptest::sample::select(&["7", "10", "12"][..]).prop_map(Deed::Edited),
        3 => (0u16..=200, 0u16..=60).prop_map(|(columns, rows)| Deed::Resize(columns, rows)),
        2 => prop_oneof![Just(Deed::Resize(80, 24)), Just(Deed::Resize(120, 36))],
        3 => (0u16..140, 0u16..40).prop_map(|(column, row)| Deed::Click(column, row)),
    ]
}

impl Deed {
    fn is_done(&self, sim: &mut Sim) {
        let key = |c: char, control: bool| {
            let modifiers = if control { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
            Msg::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
        };
        match self {
            Self::Press(keys) => {
                sim.press(keys);
            }
            Self::Key(c, control) => sim.console_mut().send(key(*c, *control)),
            Self::Typed(text) => text.chars().for_each(|c| sim.console_mut().send(key(c, false))),
            Self::Pasted(text) => sim.console_mut().send(Msg::Paste(text.clone())),
            Self::Passes(ms) => {
                sim.advance(*ms);
            }
            Self::Sleeps(ms) => {
                sim.sleep(*ms);
            }
            Self::Steps(ms) => {
                sim.step_wall(*ms);
            }
            Self::Crash(ms) => {
                sim.crash(*ms);
            }
            Self::Reboot(ms) => {
                sim.reboot(*ms);
            }
            Self::Edited(every_min) => {
                let edit = ("every_min = 10".to_owned(), format!("every_min = {every_min}"));
                sim.edit_protocol(&[edit]).crash(1000);
            }
            Self::Resize(columns, rows) => {
                sim.resize(*columns, *rows);
            }
            Self::Click(column, row) => sim.console_mut().send(Msg::Click(*column, *row)),
        }
        // A console that was left is started again: the next day's work does not end the test.
        if sim.console().ended().is_some() {
            sim.crash(30_000);
        }
    }
}

fn rows(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area();
    let row = |y| (0..area.width).map(|x| buffer[(x, y)].symbol()).collect();
    (0..area.height).map(row).collect()
}

/// A console whose clock ticks in steps of ten seconds: what is due in between comes due at the next tick.
fn sim() -> Sim {
    let mut settings = settings();
    settings.tick_ms = 10_000;
    Sim::starting(settings, (80, 24), AFTERNOON_MS)
}

/// What holds of every screen.
fn screen_holds(sim: &Sim) -> Result<(), TestCaseError> {
    let rows = rows(&sim.console().buffer());
    let text = rows.join("\n");
    let control = text.chars().find(|c| *c != '\n' && is_dropped(*c));
    prop_assert!(control.is_none(), "{control:?} is on the screen");
    let said: BTreeSet<String> = text.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
    for word in NEVER_SAID {
        prop_assert!(!said.contains(word), "{word:?} is on the screen\n{text}");
    }
    prop_assert!(!text.to_lowercase().contains("all clear"), "{text}");
    call_card_holds(sim.console().model(), &text)?;
    alarm_is_seen(sim.console().model(), &rows)
}

/// The call card is read aloud in under 15 seconds, and all of it stands on its screen.
fn call_card_holds(model: &Model, text: &str) -> Result<(), TestCaseError> {
    let Some(card) = model.call_card() else { return Ok(()) };
    prop_assert!(
        card.spoken_words() <= words::MAX_SPOKEN_WORDS && card.spoken_ms() <= words::MAX_SPOKEN_MS,
        "{card:?}"
    );
    if !matches!(model.overlays.last(), Some(Overlay::Call(_))) || model.size.0 < 80 || model.size.1 < 24 {
        return Ok(());
    }
    prop_assert!(text.contains(words::PLACES_NO_CALL), "{text}");
    let shown: Vec<&str> = text.split_whitespace().collect();
    let (_, request) = card.spoken.last().expect("a card asks for something");
    let request: Vec<&str> = request.split_whitespace().collect();
    prop_assert!(shown.windows(request.len()).any(|some| some == request), "{request:?} is not seen\n{text}");
    Ok(())
}

/// An open high alarm is on the screen, or is counted among those that are behind the one that is.
fn alarm_is_seen(model: &Model, rows: &[String]) -> Result<(), TestCaseError> {
    let Some(live) = model.live() else { return Ok(()) };
    let high = live.guidance.prompts.open.iter().any(|prompt| prompt.priority == Priority::High);
    let covered = matches!(model.overlays.last(), Some(Overlay::Help(_)));
    if !high || covered || model.size.0 < 80 || model.size.1 < 24 {
        return Ok(());
    }
    let all = format!("of {}, Tab next", live.queue().len());
    // Its fixed place, but for the far view.
    let banner = if live.page == Page::Far { rows.join("\n") } else { rows[6].clone() };
    prop_assert!(banner.contains("!!!") || banner.contains(&all), "a high alarm is not seen\n{}", rows.join("\n"));
    Ok(())
}

/// What holds of every record: it is whole, gives the live session again, names no prompt twice, and carries no text that
/// moves a terminal.
fn record_holds(sim: &Sim) -> Result<(), TestCaseError> {
    let Some(live) = sim.console().model().live() else { return Ok(()) };
    prop_assert_eq!(live.unsaved(), 0);
    let stored = sim.console().journal().load(live.session.session_id()).expect("a stored session");
    prop_assert_eq!(chain::check(&stored), Ok(()));
    // Whatever the clocks did: an honest record is never called a fault.
    let mut verifier = Verifier::default();
    for entry in &stored {
        prop_assert_eq!(verifier.take(&entry.line).err(), None);
    }
    prop_assert_eq!(verifier.finish(), Ok(()));
    let mut raised = BTreeSet::new();
    for entry in &stored {
        if let Event::PromptRaised { prompt, .. } = &entry.fields.event {
            prop_assert!(raised.insert(prompt.clone()), "{prompt:?} was raised twice");
        }
        prop_assert!(is_plain(entry), "{}", String::from_utf8_lossy(&entry.line).escape_debug());
    }
    let replayed = Session::replay(stored);
    prop_assert_eq!(replayed.as_ref(), Ok(&live.session));
    Ok(())
}

/// Whether no text of an entry holds a character that was to be cleaned; the protocol's own text has line breaks.
fn is_plain(entry: &Entry) -> bool {
    fn texts(value: &serde_json::Value, key: &str) -> bool {
        match value {
            serde_json::Value::String(text) => {
                key == "text" && text.contains("format = 1") || !text.chars().any(is_dropped)
            }
            serde_json::Value::Array(values) => values.iter().all(|value| texts(value, key)),
            serde_json::Value::Object(fields) => fields.iter().all(|(key, value)| texts(value, key)),
            _ => true,
        }
    }
    serde_json::from_slice(&entry.line).is_ok_and(|value| texts(&value, ""))
}

fn config(cases: u32, seed: u64) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(seed), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(160, 1))]

    #[test]
    fn any_session_holds(deeds in proptest::collection::vec(deed(), 1..50)) {
        let mut sim = sim();
        sim.open();
        for deed in deeds {
            deed.is_done(&mut sim);
            screen_holds(&sim)?;
        }
        record_holds(&sim)?;
    }
}

proptest! {
    #![proptest_config(config(64, 2))]

    // In the middle of an infusion with an alarm, where most sessions of the property above never come.
    #[test]
    fn any_session_holds_from_an_alarm_on(deeds in proptest::collection::vec(deed(), 1..40)) {
        let mut sim = sim();
        sim.open().press("v124/78 74 98 14<enter>ss<enter>").advance(600_000);
        sim.press("n2a7v184/112 92 97 16<enter>y").advance(60_000);
        for deed in deeds {
            deed.is_done(&mut sim);
            screen_holds(&sim)?;
        }
        record_holds(&sim)?;
    }

    // Whatever was done in one session, nothing of its text shows in the next.
    #[test]
    fn nothing_of_one_session_shows_in_another(
        first in proptest::collection::vec(deed(), 0..15),
        second in proptest::collection::vec(deed(), 1..20),
    ) {
        let mut sim = sim();
        sim.press("nXanthippe Zzyzx<tab>Quixote Sitter<enter>tquagmire<enter>");
        let id = sim.session().session_id();
        for deed in first {
            deed.is_done(&mut sim);
        }
        end_session(&mut sim);
        sim.resize(80, 24).press("nBen Okafor<tab>Kim Lee<enter>").resize(120, 36);
        for deed in second {
            deed.is_done(&mut sim);
            let other = sim.console().model().live().is_some_and(|live| live.session.session_id() != id);
            let text = sim.screen();
            for secret in ["Xanthippe", "Zzyzx", "Quixote", "quagmire"] {
                prop_assert!(!other || !text.contains(secret), "{secret} of the first session\n{text}");
            }
        }
    }
}

/// Leaves an emergency, whatever is open in it.
fn leave_emergency(sim: &mut Sim) {
    for _ in 0..3 {
        let model = sim.console().model();
        let lasts = model.live().is_some_and(|live| live.session.state().emergency().is_some());
        let is_asked = matches!(model.overlays.last(), Some(Overlay::Confirm(Confirm::EndEmergency, _)));
        if lasts {
            sim.press(if is_asked { "y" } else { "<esc>" });
        }
    }
}

/// Ends whatever session is on the screen, and goes to the first screen.
fn end_session(sim: &mut Sim) {
    if sim.console().model().live().is_none() {
        sim.press("<esc><esc>");
        return;
    }
    leave_emergency(sim);
    sim.press("<esc><esc><esc>");
    if !sim.console().model().live().is_some_and(bedside::console::model::Live::is_over) {
        sim.press("xlcno more<enter>xlay<esc><esc>");
    }
    sim.press("<esc><esc>q<esc>");
}

/// Every way to a form.
const FORMS: &[&str] = &[
    "v",
    "t",
    "g",
    "i",
    "ss",
    "sp",
    "se",
    "st",
    "sx",
    "e-",
    "ea",
    "et",
    "ew",
    "xo",
    "xlt",
    "xlc",
    "xmymymymymymymymymymymym",
];

/// The form that is open, as it can be seen.
fn open_form(sim: &Sim) -> Option<(Vec<String>, usize, Option<String>)> {
    let Some(Overlay::Form(Form { fields, focus, fault, .. })) = sim.console().model().overlays.last() else {
        return None;
    };
    Some((fields.iter().map(|field| field.input.value().to_owned()).collect(), *focus, fault.clone()))
}

/// A console before the start, in the infusion, after the end: each form can be opened in one of them.
fn with_forms(stage: usize) -> Sim {
    let mut sim = sim();
    sim.open().press("v124/78 74 98 14<enter>");
    if stage > 0 {
        sim.press("ss<enter>").advance(600_000);
        sim.press("l");
    }
    if stage > 1 {
        sim.press("se<enter>1").advance(60_000);
    }
    sim
}

proptest! {
    #![proptest_config(config(64, 3))]

    // In every form, at any moment of typing: the emergency begins at once or, in the middle of a text, with a second press;
    // and nothing that was typed is lost.
    #[test]
    fn an_emergency_keeps_what_is_being_typed(
        form in proptest::sample::select(FORMS),
        typed in "[a-z0-9/ ]{0,12}",
        tabs in 0usize..3,
        meanwhile in proptest::sample::select(&["", "1b", "v84/50 40 88 6<enter>", "tword<enter>", "c<esc>", "g", "m2k"][..]),
        crosses_time in any::<bool>(),
        stage in 0usize..3,
    ) {
        let mut sim = with_forms(stage);
        sim.press(form);
        prop_assume!(open_form(&sim).is_some());
        for c in typed.chars() {
            sim.press(&c.to_string());
        }
        for _ in 0..tabs {
            sim.press("<tab>");
        }
        let before = open_form(&sim);
        sim.press("!");
        if sim.screen().contains("EMERGENCY? ! again") {
            sim.press("!").advance(1000);
        }
        prop_assert!(sim.screen().contains("EMERGENCY since"), "{}", sim.screen());
        sim.press(meanwhile);
        if crosses_time {
            sim.advance(120_000);
        }
        sim.press("<esc>");
        leave_emergency(&mut sim);
        prop_assert_eq!(open_form(&sim), before);
        record_holds(&sim)?;
    }
}

#[test]
fn every_form_is_tried() {
    let opens = |form: &str, stage| {
        let mut sim = with_forms(stage);
        sim.press(form);
        open_form(&sim).is_some()
    };
    let closed: Vec<_> = FORMS.iter().filter(|form| !(0..3).any(|stage| opens(form, stage))).collect();
    assert!(closed.is_empty(), "{closed:?} open no form");
}

// What the properties once found.

#[test]
fn an_alarm_that_was_passed_over_is_seen_from_afar_and_at_the_gate() {
    for keys in ["n2v184/112 92 97 16<enter>y<tab>f", "n2v184/112 92 97 16<enter>y<tab>x"] {
        let mut sim = sim();
        sim.open().press("v124/78 74 98 14<enter>ss<enter>").advance(600_000);
        sim.press(keys);
        screen_holds(&sim).expect(keys);
        // The prompt behind it dealt with, and on top.
        sim.press("<esc><esc>").advance(1000).press("1").advance(1000).press("<tab>x");
        screen_holds(&sim).expect(keys);
    }
}

#[test]
fn an_alarm_is_seen_behind_a_question_over_the_far_view() {
    let mut sim = sim();
    // From afar a digit answers what is on the screen, and the reason is asked.
    sim.open().press("m3f").advance(181_000).press("0").advance(120_000);
    assert!(matches!(sim.console().model().overlays.last(), Some(Overlay::Reason(..))), "{}", sim.screen());
    screen_holds(&sim).expect("the alarm");
}

#[test]
fn a_question_over_the_far_view_does_not_cover_an_alarm() {
    let mut sim = sim();
    sim.open().press("m3").advance(160_000).press("v184/101 92 97 16<enter>").advance(21_000);
    sim.press("fv84/50 38 90 7<enter>");
    screen_holds(&sim).expect("an alarm behind a question");
    assert!(sim.screen().contains("!!!"), "{}", sim.screen());
}

#[test]
fn a_question_over_the_far_view_covers_no_alarm() {
    let mut sim = sim();
    sim.open().press("v168/104 120 93 22<enter>yf").advance(60_000);
    sim.press("0");
    assert!(sim.screen().contains("declined or not applicable: why?"), "{}", sim.screen());
    screen_holds(&sim).expect("the alarm");
}

#[test]
fn a_character_that_cannot_be_seen_is_no_key() {
    let mut sim = sim();
    for c in ['\u{202e}', '\u{2028}', '\u{200b}', '\u{9b}'] {
        sim.console_mut().send(Msg::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)));
        screen_holds(&sim).expect("no invisible character");
    }
}

#[test]
fn the_checks_find_what_they_look_for() {
    // The property above would hold for ever if its checks saw nothing: each is shown something that is wrong.
    let mut sim = sim();
    sim.open().press("v124/78 74 98 14<enter>ss<enter>v184/101<enter>y");
    let mut blank = rows(&sim.console().buffer());
    assert!(alarm_is_seen(sim.console().model(), &blank).is_ok());
    blank[6] = String::new();
    assert!(alarm_is_seen(sim.console().model(), &blank).is_err());
    sim.press("tit is all safe<enter>");
    assert!(screen_holds(&sim).is_err());
}
