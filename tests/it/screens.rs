//! What the sitter sees: each screen as text, and under it its styled runs (`row style: column"text"`), for colour and
//! weight carry meaning too. Plain text and the lines of the frame are left out of the runs.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::OnceLock;

use bedside::clock::{Clock, ManualClock};
use bedside::console::theme::Theme;
use bedside::console::{Effect, Model, Msg, PatientMoment, input, start, update, view};
use bedside::journal::{JournalError, Reply, Request};
use bedside::session::{Actor, Pin, Role, Rung, Scribe, Tenure};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::sim::{AFTERNOON_MS, Sim, minutes, settings, stamp};

const SMALL: (u16, u16) = (80, 24);
const MIDDLE: (u16, u16) = (100, 30);
const WIDE: (u16, u16) = (120, 36);

/// How a screen is reached.
type Play = fn(&mut Sim);
/// A screen: its name, its size, how it is reached.
type Screen = (&'static str, (u16, u16), Play);

/// Declares the screens: a test each, and all of them as a table.
macro_rules! screens {
    ($($name:ident $size:ident $play:expr;)+) => {
        /// Every screen below.
        const SCREENS: &[Screen] = &[$((stringify!($name), $size, $play),)+];
        $(
            #[test]
            fn $name() {
                insta::assert_snapshot!(shown(&drawn($size, Theme::Colour, $play)));
            }
        )+
    };
}

screens! {
    first_empty SMALL |_| {};
    first_empty_wide WIDE |_| {};
    first_with_list SMALL with_list;
    new_session_form SMALL |sim| { sim.press("nAna Ruiz<tab>Jo"); };
    preparation SMALL |sim| { sim.open().advance(minutes(1)); };
    emergency_or_text SMALL |sim| { infusing(sim); sim.press("tHe says stop!"); };
    drug_of_an_allergy SMALL |sim| { allergic(sim); };
    drug_of_an_allergy_wide WIDE |sim| { allergic(sim); };
    identity_form SMALL |sim| { sim.open().press("i<tab>A17<tab><tab>3/6"); };
    infusion_quiet SMALL infusing;
    infusion_quiet_wide WIDE infusing;
    prompt_open SMALL |sim| { infusing(sim); sim.press("a5"); };
    comfort_plan_form SMALL |sim| { sim.open().press("i<c-p>hand only<tab>yes<tab>"); };
    comfort_plan_refused SMALL |sim| { sim.open().press("i<c-p>no, but a hand<c-s>"); };
    plan_agreed SMALL |sim| { planned(sim, "hand only"); };
    plan_agreed_wide WIDE |sim| { planned(sim, "hand only"); };
    plan_touch_refused SMALL |sim| { planned(sim, "no"); };
    check_due SMALL |sim| { infusing(sim); sim.advance(minutes(4)).press("l").advance(minutes(6)); };
    check_due_looked SMALL |sim| { infusing(sim); sim.advance(minutes(10)).press("l"); };
    menu_put_off SMALL |sim| { infusing(sim); sim.advance(minutes(10)).press("lj"); };
    put_off SMALL |sim| { infusing(sim); sim.advance(minutes(10)).press("lj1").advance(minutes(1)); };
    put_off_look_due SMALL |sim| { infusing(sim); sim.advance(minutes(10)).press("j5"); };
    gaps SMALL gapped;
    gaps_wide WIDE gapped;
    high_alarm SMALL alarmed;
    high_alarm_wide WIDE alarmed;
    high_alarm_off_beat SMALL |sim| { alarmed(sim); sim.advance(1000); };
    settled SMALL |sim| { alarmed(sim); sim.advance(1000); sim.press("1").advance(20_000); };
    latched SMALL |sim| { alarmed(sim); sim.advance(minutes(1)); sim.press("n2v130/84 80 98 14<enter>"); };
    planned_end SMALL |sim| { infusing(sim); sim.press("v128/80 74 98<enter>").advance(minutes(31)); };
    paused SMALL |sim| { infusing(sim); sim.press("sp<enter>").advance(minutes(3)); };
    menu_nausea SMALL |sim| { infusing(sim); sim.press("n"); };
    menu_anxiety SMALL |sim| { infusing(sim); sim.press("a"); };
    menu_dissociation SMALL |sim| { infusing(sim); sim.press("d"); };
    menu_sedation SMALL |sim| { infusing(sim); sim.press("m"); };
    menu_pain SMALL |sim| { infusing(sim); sim.press("p"); };
    menu_seen SMALL |sim| { infusing(sim); sim.press("w"); };
    menu_comfort SMALL |sim| { infusing(sim); sim.press("o"); };
    menu_pump_waiting SMALL |sim| { sim.open().press("s"); };
    menu_pump_running SMALL |sim| { infusing(sim); sim.press("s"); };
    menu_leave SMALL |sim| { recovering(sim); sim.press("xl"); };
    start_form SMALL |sim| { sim.open().press("ss"); };
    drug_form SMALL |sim| { infusing(sim); sim.press("gondansetron"); };
    vitals_form SMALL |sim| { infusing(sim); sim.press("v"); };
    vitals_refused SMALL |sim| { infusing(sim); sim.press("v12080 72<enter>"); };
    vitals_refused_wide WIDE |sim| { infusing(sim); sim.press("v80/128 72<enter>"); };
    as_read SMALL |sim| { infusing(sim); sim.press("v184/101 92 97 16<enter>"); };
    reason_picker SMALL |sim| { infusing(sim); sim.press("vx 72 98<enter>"); };
    call_card SMALL |sim| { alarmed(sim); sim.press("c"); };
    call_card_wide WIDE |sim| { alarmed(sim); sim.press("c"); };
    call_answered SMALL |sim| { alarmed(sim); sim.press("cc").advance(40_000); sim.press("a"); };
    call_next_rung SMALL |sim| { alarmed(sim); sim.press("cc").advance(minutes(2)); };
    call_next_rung_wide WIDE |sim| { alarmed(sim); sim.press("cc").advance(minutes(2)); };
    call_running SMALL |sim| { alarmed(sim); sim.press("cc<esc>").advance(70_000); };
    emergency SMALL in_emergency;
    emergency_wide WIDE in_emergency;
    emergency_begun SMALL |sim| { alarmed(sim); sim.press("!"); };
    emergency_form SMALL |sim| { in_emergency(sim); sim.press("v84/5"); };
    emergency_call_card SMALL |sim| { in_emergency(sim); sim.press("c"); };
    emergency_leaving SMALL |sim| { alarmed(sim); sim.press("gondan!").advance(60_000); sim.press("<esc>"); };
    emergency_hidden SMALL |sim| { alarmed(sim); sim.press("hh!"); };
    emergency_small SMALL |sim| { in_emergency(sim); sim.resize(60, 15); };
    record_page SMALL recorded;
    record_page_wide WIDE recorded;
    originals SMALL |sim| { recorded(sim); sim.press("o"); };
    originals_wide WIDE |sim| { recorded(sim); sim.press("o"); };
    amend_form SMALL |sim| { recorded(sim); sim.press("<down><down>a"); };
    late_entry SMALL |sim| { infusing(sim); sim.press("e-4<enter>"); };
    gate SMALL |sim| { recovering(sim); sim.press("xmmnoDr Kim<tab>usual for her<enter>"); };
    gate_wide WIDE |sim| { recovering(sim); sim.press("xmmnoDr Kim<tab>usual for her<enter>"); };
    leaving_question SMALL |sim| { recovering(sim); sim.press("xld"); };
    leaving_question_read SMALL |sim| { recovering(sim); sim.press("xld<pgdn><pgdn>"); };
    leaving_question_middle MIDDLE |sim| { recovering(sim); sim.press("xld"); };
    gate_middle MIDDLE |sim| { recovering(sim); sim.press("xmmnoDr Kim<tab>usual for her<enter>"); };
    screening_middle MIDDLE |sim| { screened(sim); };
    recovery_middle MIDDLE recovering;
    nausea_middle MIDDLE |sim| { infusing(sim); sim.press("n2"); };
    vomiting_middle MIDDLE |sim| { infusing(sim); sim.press("nv"); };
    settled_middle MIDDLE |sim| { alarmed(sim); sim.advance(1000); sim.press("1"); };
    clock_question SMALL |sim| { infusing(sim); sim.reboot(365 * 24 * 3_600_000); };
    last_time SMALL before;
    last_time_middle MIDDLE before;
    last_time_series SMALL |sim| { before(sim); sim.press("i<c-e>"); };
    leaving_console SMALL |sim| { infusing(sim); sim.press("q"); };
    recovery SMALL recovering;
    recovery_wide WIDE recovering;
    after_leaving SMALL |sim| { recovering(sim); sim.press("xlay2<esc>"); };
    sign_form SMALL |sim| { left(sim); sim.press("xs"); };
    sign_form_wide WIDE |sim| { left(sim); sim.press("xs"); };
    record_signed SMALL signed;
    record_signed_wide WIDE signed;
    record_signed_gate SMALL |sim| { signed(sim); sim.press("x"); };
    addendum_by SMALL |sim| { signed(sim); sim.press("t"); };
    addenda SMALL |sim| { signed(sim); added(sim); sim.press("e"); };
    pin_form SMALL |sim| { with_pin(sim); sim.press("nBen Okafor<tab>1<enter>47"); };
    pin_of_clinician SMALL |sim| { with_pin(sim); limits_by_kim(sim); };
    pin_of_clinician_wide WIDE |sim| { with_pin(sim); limits_by_kim(sim); };
    locked SMALL |sim| { with_pin(sim); sim.press("nAna Ruiz<tab>1<enter>4711<enter>ss<enter>").crash(minutes(2)); };
    locked_first SMALL idle_on_the_list;
    locked_first_wide WIDE idle_on_the_list;
    sign_in SMALL |sim| { idle_on_the_list(sim); sim.press("h"); };
    chart_wide WIDE charted;
    far SMALL |sim| { infusing(sim); sim.press("f"); };
    far_alarm SMALL |sim| { alarmed(sim); sim.press("f"); };
    far_wide WIDE |sim| { infusing(sim); sim.press("f"); };
    help SMALL |sim| { infusing(sim); sim.press("?"); };
    help_scrolled SMALL |sim| { infusing(sim); sim.press("?<pgdn><pgdn><pgdn>"); };
    read_only SMALL |sim| { infusing(sim); sim.lock("Kim Lee at station-2").press("n"); };
    held SMALL held_elsewhere;
    held_wide WIDE held_elsewhere;
    take_over_form SMALL |sim| { held_elsewhere(sim); sim.press("tKim Lee<tab>"); };
    take_over_question SMALL |sim| { held_elsewhere(sim); sim.press("tKim Lee<tab>2<enter>"); };
    taken_from_here SMALL taken_away;
    taken_from_here_wide WIDE taken_away;
    taken_from_here_offer SMALL |sim| { taken_away(sim); sim.press("<enter>"); };
    taken_from_here_far SMALL |sim| { taken_away(sim); sim.press("f"); };
    nobody_has_it SMALL |sim| { taken_away(sim); sim.console_mut().set_lock(Ok(())); sim.advance(1000).press("<enter>"); };
    nobody_has_it_wide WIDE |sim| { taken_away(sim); sim.console_mut().set_lock(Ok(())); sim.advance(1000); };
    no_lock SMALL |sim| { infusing(sim); sim.console_mut().send(Msg::Unguarded(true)); };
    came_back SMALL |sim| { infusing(sim); sim.crash(minutes(3)); };
    hidden_names SMALL |sim| { alarmed(sim); sim.press("h"); };
    hidden_all SMALL |sim| { alarmed(sim); sim.press("hh"); };
    hidden_all_wide WIDE |sim| { alarmed(sim); sim.press("hh"); };
    menu_relief SMALL |sim| { infusing(sim); sim.press("z"); };
    stepped_out SMALL away;
    stepped_out_wide WIDE away;
    stepped_out_far SMALL |sim| { away(sim); sim.press("f"); };
    stepped_out_tiny SMALL |sim| { away(sim); sim.resize(60, 12); };
    relief_form SMALL |sim| { infusing(sim); sim.press("zr"); };
    brief SMALL briefed;
    brief_wide WIDE briefed;
    brief_at_the_beginning SMALL |sim| { sim.open().press("zrSitter B<enter>"); };
    limits_menu SMALL |sim| { infusing(sim); sim.press("i<c-l>"); };
    limits_form SMALL |sim| { infusing(sim); sim.press("i<c-l>s170<tab>60"); };
    limits_refused SMALL |sim| { infusing(sim); sim.press("i<c-l>s185<tab><tab><tab><tab>Dr B<tab>usual<enter>"); };
    limits_set SMALL limited;
    limits_set_wide WIDE limited;
    newer_protocol SMALL |sim| { infusing(sim); edited(sim); };
    accept_protocol SMALL |sim| { infusing(sim); edited(sim); sim.press("i<c-n>"); };
    too_small SMALL |sim| { alarmed(sim); sim.resize(60, 12); };
    tiny SMALL |sim| { alarmed(sim); sim.resize(20, 3); };
}

/// Ten minutes into an infusion, looked after.
fn infusing(sim: &mut Sim) {
    sim.open().press(
        "i<tab>A17<tab>1984-03-07<tab>3/6<tab>none known<tab><tab>Luis, by car<tab>Maria<tab>72<tab>36<tab>-<enter>",
    );
    sim.advance(minutes(1)).press("v124/78 74 98 14<enter>").advance(minutes(1)).press("ss<enter>");
    sim.advance(minutes(10)).press("v132/82 78 98 14<enter>l").advance(10_000);
}

/// A check put off and then forgotten, and one that was not taken.
fn gapped(sim: &mut Sim) {
    infusing(sim);
    sim.advance(minutes(10)).press("lj1").advance(minutes(12)).press("vx 80 98<enter>").advance(1000);
    sim.press("1").advance(minutes(14)).press("e");
}

/// Strong anxiety, with what was agreed about touch.
fn planned(sim: &mut Sim, touch: &str) {
    infusing(sim);
    sim.press(&format!("i<c-p>{touch}<tab>yes<tab>dim<tab>you are here, breathe<tab>letting go<tab>no<enter>a7"));
}

/// A pressure past the limit for a call, confirmed.
fn alarmed(sim: &mut Sim) {
    infusing(sim);
    sim.advance(minutes(9)).press("v184/101 92 97 16<enter>y").advance(minutes(1));
}

/// The sitter has been out for two minutes.
fn away(sim: &mut Sim) {
    infusing(sim);
    sim.press("zs").advance(minutes(2) + 10_000);
}

/// The next sitter reads the brief: nausea that went, a pressure that was called for.
fn briefed(sim: &mut Sim) {
    infusing(sim);
    sim.press("n2").advance(1000).press("1").advance(minutes(5)).press("n1");
    sim.advance(minutes(4)).press("v184/101 92 97 16<enter>y").advance(1000).press("cc").advance(40_000);
    sim.press("<esc>1").advance(minutes(1)).press("zrSitter B<enter>");
}

/// Limits of this patient, and a pressure past one of them.
fn limited(sim: &mut Sim) {
    infusing(sim);
    sim.press("i<c-l>s150<tab><tab><tab><tab>Dr B<tab>low usually<enter>").advance(minutes(4));
    sim.press("v152/82 78 98 14<enter>").advance(1000);
}

/// The room's protocol was edited, and the program started again.
fn edited(sim: &mut Sim) {
    sim.edit_protocol(&[("version = \"2026.1\"".into(), "version = \"2026.2\"".into())]).crash(20_000);
    sim.advance(10_000);
}

/// Two minutes into an emergency, with an alarm and a call.
fn in_emergency(sim: &mut Sim) {
    alarmed(sim);
    sim.press("!1pb").advance(20_000);
    sim.press("m2cc<esc>2fh").advance(100_000);
}

/// A drug that the recorded allergies name, at their end.
fn allergic(sim: &mut Sim) {
    infusing(sim);
    sim.press(
        "i<tab><tab><tab><tab>penicillin, latex, sulfonamides, iodinated contrast media, shellfish, ondansetron<c-s>",
    );
    sim.press("gondansetron<tab>4 mg<tab>Nurse C<tab>Dr B<enter>");
}

/// The protocol as it is shipped asks item by item.
fn screened(sim: &mut Sim) {
    sim.edit_protocol(&[]).crash(0);
    sim.open().press("i<c-g>nDr Kim<enter>y").advance(1000).press("u");
}

/// A second visit, at the minute at which the first was hard.
fn before(sim: &mut Sim) {
    sim.open().press("i<tab>A17<tab>1984-03-07<tab>1/6<c-s>v120/78 70 98 14<enter>ss<enter>");
    sim.advance(minutes(10)).press("n2").advance(2000);
    sim.press("1").advance(minutes(1)).press("n0a8").advance(2000);
    sim.press("1oh").advance(minutes(2)).press("a2ww").advance(minutes(27));
    sim.press("y<enter>xlay").advance(2000);
    sim.press("1<esc>q").reboot(72 * 3_600_000);
    sim.press("nAna Ruiz<tab>Jo Doe<enter>i<tab>A17<tab>1984-03-07<c-s>v122/78 70 98 14<enter>ss<enter>");
    sim.advance(minutes(9)).press("l");
}

/// Twenty minutes after the end.
fn recovering(sim: &mut Sim) {
    infusing(sim);
    sim.press("n1").advance(minutes(5)).press("1n0").advance(25 * 60_000 - 10_000);
    sim.press("y<enter>v136/84 78 98 14<enter>").advance(minutes(15));
    sim.press("v130/82 76 98 14<enter>m5").advance(minutes(5));
}

/// Twenty minutes after the end the patient left against advice; the reason is given.
fn left(sim: &mut Sim) {
    recovering(sim);
    sim.press("xlay2<esc>").advance(1000);
}

/// Another console holds the session.
fn held_elsewhere(sim: &mut Sim) {
    alarmed(sim);
    sim.lock("Kim Lee at ward-2").press("<enter>");
}

/// Another console has taken the session over, and the journal an entry less than this one.
fn taken_away(sim: &mut Sim) {
    alarmed(sim);
    sim.console_mut().set_lock(Err(None));
    let session = sim.session().session_id();
    let by = Tenure {
        epoch: 2,
        by: "Kim Lee".into(),
        station: "ward-2".into(),
        since: sim.session().last_recorded_utc_ms(),
    };
    let (from_seq, why) =
        (sim.session().last_entry().seq() + 1, JournalError::TakenOver { session, seq: 9, by: Some(Box::new(by)) });
    for key in input::keys("l").expect("a key") {
        sim.console_mut().effects_of(Msg::Key(key));
    }
    sim.console_mut().send(Msg::Journal(Reply::NotSaved { session, from_seq, why }));
}

/// The record is signed.
fn signed(sim: &mut Sim) {
    left(sim);
    sim.press("xsJo Doe<enter><esc>").advance(60_000);
}

/// Something was added to the signed record.
fn added(sim: &mut Sim) {
    sim.press("tDr Kim<enter>slept well, told on the telephone<enter>").advance(60_000);
    sim.press("e<down><down><down><down><down>wentered for another patient<enter><esc>").advance(1000);
}

/// Sitter A and Dr Kim have PINs.
fn with_pin(sim: &mut Sim) {
    let person = |id: &str, name: &str, role| Actor { id: id.into(), name: name.into(), role };
    let pins = ["sa", "kim"].map(|id| (id.to_owned(), Pin::new("4711"))).into();
    sim.people(vec![person("sa", "Sitter A", Role::Sitter)], vec![person("kim", "Dr Kim", Role::Clinician)], pins);
}

/// The first screen, after a while without a key.
fn idle_on_the_list(sim: &mut Sim) {
    with_pin(sim);
    sim.lock_after(5);
    sim.press("nAna Ruiz<tab>1<enter>4711<enter>xlcfever<enter><esc>").advance(1000).press("q");
    sim.advance(minutes(6));
}

/// Dr Kim sets a limit.
fn limits_by_kim(sim: &mut Sim) {
    sim.press("nAna Ruiz<tab>1<enter>4711<enter>i<c-l>s170<tab><tab><tab><tab>Dr Kim<tab>usual<enter>");
}

/// Rows of every make: late, amended, withdrawn, the console's own, the patient's words.
fn recorded(sim: &mut Sim) {
    infusing(sim);
    sim.press("tI am floating<enter>t\"I am floating<enter>p3").advance(minutes(1));
    sim.press("ea2<tab>typed wrong<enter><esc>d1ewanother patient<enter><esc>");
    sim.press("e14:04<enter>n2").press("1").advance(1000).press("1").advance(minutes(1)).press("e");
}

/// A visit with something to draw.
fn charted(sim: &mut Sim) {
    infusing(sim);
    sim.press("n2").advance(1000).press("1").advance(minutes(8));
    sim.press("v146/88 86 97 16<enter>gondansetron<tab>4 mg<tab>Dr Kim<tab>Dr Kim<enter>").advance(minutes(5));
    sim.press("sp<enter>").advance(minutes(3)).press("sr<enter>a4").advance(minutes(2));
    sim.press("v164/104 96 97 16<enter>")
        .advance(1000)
        .press("1")
        .advance(minutes(5))
        .press("n0v138/84 84 98 15<enter>");
}

/// A session that was closed, one that was left, and one that another console holds.
fn with_list(sim: &mut Sim) {
    sim.press("nBen Okafor<tab>Kim Lee<enter>xlcno IV access<enter><esc><esc>q").advance(minutes(5));
    recovering(sim);
    sim.press("xlay2<esc><esc>q").advance(minutes(5));
    sim.press("nCarla van den Berg-Oyelaran<tab>Jo Doe<enter>").lock("Kim Lee at station-2").press("q");
}

fn drawn(size: (u16, u16), theme: Theme, play: Play) -> Buffer {
    let mut settings = settings();
    settings.theme = theme;
    settings.ladder.rungs = ["Dr B, 214", "Front desk, 201"].map(Rung::of_text).to_vec();
    settings.ladder.emergency = Some("dial 9, then the public number".into());
    let mut sim = Sim::starting(settings, size, AFTERNOON_MS);
    play(&mut sim);
    sim.console().buffer()
}

/// A console in a rehearsal, with its scripted patient.
fn rehearsed(theme: Theme, keys: &str) -> Buffer {
    let mut settings = settings();
    settings.theme = theme;
    settings.rehearsal = true;
    let mut sim = Sim::starting(settings, SMALL, AFTERNOON_MS);
    infusing(&mut sim);
    let shows = "swallows, a hand on the stomach: \"I feel sick, and the room turns\"".into();
    let moment = PatientMoment { shows, monitor: "144/88 86 98 16".into() };
    sim.console_mut().send(Msg::Patient(moment));
    sim.press(keys);
    sim.console().buffer()
}

/// An emergency where the room's own number is a long sentence, and a call runs.
fn long_number(theme: Theme) -> Buffer {
    let mut settings = settings();
    settings.theme = theme;
    settings.ladder.rungs = ["Dr Barbara Baker-Okafor, on call, 214", "Front desk, 201"].map(Rung::of_text).to_vec();
    settings.ladder.emergency = Some("dial 9, then the public number; say Room 2, second floor, back entrance".into());
    let mut sim = Sim::starting(settings, SMALL, AFTERNOON_MS);
    infusing(&mut sim);
    sim.press("!cc<esc>").advance(minutes(4));
    sim.console().buffer()
}

/// A console whose disk is full from some entry on: what cannot be saved stays on the screen, and says so.
fn unsaved(theme: Theme) -> Buffer {
    let mut settings = settings();
    settings.theme = theme;
    let clock = ManualClock::new(stamp(AFTERNOON_MS, &settings.zone), settings.zone.clone());
    let mut model = Model::new(settings, Scribe::new("station-1".into(), "0.1.0".into(), 7), clock.now(), SMALL);
    let full_from = 3;
    let mut effects = start(&model);
    let keys = input::keys("nAna Ruiz<tab>Jo Doe<enter>v124/78 74 98 14<enter>ss<enter>ln1").expect("keys that exist");
    for msg in std::iter::once(Msg::Tick).chain(keys.into_iter().map(Msg::Key)) {
        clock.advance(2_000);
        effects.extend(update(&mut model, clock.now(), msg));
        while !effects.is_empty() {
            let replies: Vec<Msg> = effects.drain(..).filter_map(|effect| disk(effect, full_from)).collect();
            effects.extend(replies.into_iter().flat_map(|reply| update(&mut model, clock.now(), reply)));
        }
    }
    let mut terminal = Terminal::new(TestBackend::new(SMALL.0, SMALL.1)).expect("memory cannot fail");
    terminal.draw(|frame| view::draw(&model, frame)).expect("memory cannot fail");
    terminal.backend().buffer().clone()
}

/// What a disk answers that is full from entry `full_from` on.
fn disk(effect: Effect, full_from: u64) -> Option<Msg> {
    let reply = match effect {
        Effect::Journal(Request::List { since }) => Reply::Listed { since, rows: Vec::new(), waiting: 0 },
        Effect::Journal(Request::Number { .. }) => Reply::Numbered { number: "1123-1".into() },
        Effect::Journal(Request::Append(entries)) => {
            let (session, seq) = entries.last().map(|entry| (entry.fields.session, entry.seq()))?;
            let why = JournalError::Full { place: "/home/clinic/bedside/journal.db".into() };
            if seq < full_from {
                Reply::Durable { session, through: seq }
            } else {
                Reply::NotSaved { session, from_seq: full_from, why }
            }
        }
        Effect::Lock { session, .. } => return Some(Msg::Lock(session, Ok(()))),
        _ => return None,
    };
    Some(Msg::Journal(reply))
}

#[test]
fn rehearsal() {
    insta::assert_snapshot!(shown(&rehearsed(Theme::Colour, "")));
}

/// The monitor's row is not where the sentence stands that refuses what was typed.
#[test]
fn rehearsal_refused() {
    insta::assert_snapshot!(shown(&rehearsed(Theme::Colour, "v12080 72<enter>")));
}

#[test]
fn emergency_long_number() {
    insta::assert_snapshot!(shown(&long_number(Theme::Colour)));
}

#[test]
fn not_saved() {
    insta::assert_snapshot!(shown(&unsaved(Theme::Colour)));
}

#[test]
fn no_colour() {
    insta::assert_snapshot!(shown(&drawn(SMALL, Theme::Mono, alarmed)));
}

/// A stretch of one row in one style.
struct Run {
    row: u16,
    column: u16,
    style: String,
    color: Color,
    text: String,
}

fn style(cell: &Cell) -> String {
    let color = match cell.fg {
        Color::Reset | Color::Gray => String::new(),
        color => color.to_string(),
    };
    let back = if cell.bg == Color::Reset { String::new() } else { format!("on {}", cell.bg) };
    let names = [
        (Modifier::BOLD, "BOLD"),
        (Modifier::DIM, "DIM"),
        (Modifier::UNDERLINED, "UNDERLINED"),
        (Modifier::REVERSED, "REVERSED"),
        (Modifier::CROSSED_OUT, "CROSSED_OUT"),
        (Modifier::SLOW_BLINK, "BLINK"),
        (Modifier::RAPID_BLINK, "BLINK"),
    ];
    let modifiers = names.iter().filter(|(modifier, _)| cell.modifier.contains(*modifier)).map(|(_, name)| *name);
    [color, back]
        .into_iter()
        .chain(modifiers.map(str::to_owned))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The styled runs; blanks at their ends left out.
fn runs(buffer: &Buffer) -> Vec<Run> {
    let area = buffer.area();
    let mut found: Vec<Run> = Vec::new();
    for row in 0..area.height {
        let mut open = false;
        for column in 0..area.width {
            let cell = &buffer[(column, row)];
            let style = style(cell);
            match found.last_mut().filter(|run| open && run.style == style) {
                Some(run) => run.text.push_str(cell.symbol()),
                None => found.push(Run { row, column, style, color: cell.fg, text: cell.symbol().to_owned() }),
            }
            open = true;
        }
    }
    found.retain(|run| !run.style.is_empty() && !run.text.trim().is_empty());
    found
}

/// Whether a run only draws the frame, the chart's grid or a bar.
fn is_frame(run: &Run) -> bool {
    run.text.chars().all(|c| " \u{2500}\u{2502}\u{b7}\u{250a}\u{2588}\u{2228}\u{2227}\u{2022}".contains(c))
}

fn text(buffer: &Buffer) -> String {
    let area = buffer.area();
    let row = |y| (0..area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    (0..area.height).map(row).collect::<Vec<_>>().join("\n")
}

/// The text, and the styled runs in one line for each row and style.
fn shown(buffer: &Buffer) -> String {
    let mut out = text(buffer);
    out.push_str("\n----\n");
    let mut lines: BTreeMap<(u16, String), String> = BTreeMap::new();
    for run in runs(buffer).iter().filter(|run| !is_frame(run)) {
        let indent = run.text.len() - run.text.trim_start().len();
        let line = lines.entry((run.row, run.style.clone())).or_default();
        let _ = write!(line, " {}\"{}\"", run.column + indent as u16, run.text.trim());
    }
    for ((row, style), said) in lines {
        let _ = writeln!(out, "{row:>2} {style}:{said}");
    }
    out
}

/// A screen's name, and what is on it.
type Drawn = (&'static str, Buffer);

/// Every screen in colour: drawn once for all who look.
fn coloured() -> &'static [Drawn] {
    static SCREENS: OnceLock<Vec<Drawn>> = OnceLock::new();
    SCREENS.get_or_init(|| all(Theme::Colour))
}

/// Every screen in one theme.
fn all(theme: Theme) -> Vec<Drawn> {
    let mut all: Vec<_> = SCREENS.iter().map(|(name, size, play)| (*name, drawn(*size, theme, *play))).collect();
    all.push(("rehearsal", rehearsed(theme, "")));
    all.push(("rehearsal refused", rehearsed(theme, "v12080 72<enter>")));
    all.push(("emergency, long number", long_number(theme)));
    all.push(("not_saved", unsaved(theme)));
    all
}

#[test]
fn without_colour_nothing_is_lost() {
    for ((name, colour), (_, mono)) in coloured().iter().zip(all(Theme::Mono)) {
        assert_eq!(text(colour), text(&mono), "{name}");
        let coloured = mono.content().iter().find(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset);
        assert!(coloured.is_none(), "{name} is coloured: {coloured:?}");
    }
}

const fn is_alarm_colour(color: Color) -> bool {
    matches!(color, Color::Red | Color::LightRed | Color::Yellow | Color::LightYellow | Color::Cyan | Color::LightCyan)
}

#[test]
fn alarm_colours_are_for_alarms_and_trouble_and_never_speak_alone() {
    let mut seen = 0;
    for (name, buffer) in coloured() {
        for run in runs(buffer).iter().filter(|run| is_alarm_colour(run.color)) {
            // A mark or a word beside the colour: somebody who sees no red must see the alarm.
            let marked =
                ["! ", "!! ", "!!! ", "!", "NOT SAVED", "Read only"].iter().any(|mark| run.text.contains(mark));
            let follows_mark = runs(buffer).iter().any(|other| {
                other.row == run.row
                    && other.column < run.column
                    && is_alarm_colour(other.color)
                    && other.text.contains('!')
            });
            assert!(marked || follows_mark, "{name}, row {}: {:?} is told by colour alone", run.row, run.text);
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} runs in the colours of an alarm: are the alarms still drawn?");
}

#[test]
fn nothing_is_inverted_filled_or_left_to_the_terminal_to_blink() {
    for (name, buffer) in coloured() {
        let bright = buffer.content().iter().find(|cell| {
            cell.bg != Color::Reset
                || cell.modifier.intersects(Modifier::REVERSED | Modifier::SLOW_BLINK | Modifier::RAPID_BLINK)
        });
        assert!(bright.is_none(), "{name}: {bright:?}");
    }
}
