//! Why something was refused, and what to do instead: one sentence each.

use super::names::{pump_act_name, pump_state_name};
use super::no_put_off;
use super::readings::{pressure, reading};
use super::record::printable;
use super::{limit_name, limits_refused, vital_name};
use crate::guidance::NoPutOff;
use crate::protocol::{ReadingKind, Subject};
use crate::session::vitals_line::LineFault;
use crate::session::{
    BloodPressure, Check, Diastolic, Doubt, OutOfRange, PumpAct, PumpState, Quantity, Refusal, Reversed, Systolic,
    Vitals,
};

/// The longest piece of what was typed that a sentence repeats, characters.
const SHOWN: usize = 20;

/// Why a command was refused, and what to do.
#[must_use]
pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::PumpOrder { act, state } => pump_order(act, *state),
        Refusal::BeforeStart { act } => {
            format!("The {} would lie before the start: check the time.", pump_act_name(act))
        }
        Refusal::PatientHasLeft => {
            "The patient has left by then: take a note (t), or give the time at which it was seen.".to_owned()
        }
        Refusal::NotOver => "The visit is not over: record first how the patient left, then sign.".to_owned(),
        Refusal::SignedAlready => "Everything is signed already: add something first, then sign it.".to_owned(),
        Refusal::RecordSigned => super::record_is_signed().to_owned(),
        Refusal::ClosedWithoutInfusion => {
            "The session was closed without an infusion: withdraw that entry first (e), with a reason.".to_owned()
        }
        Refusal::EndAfterLeft => "The patient had left by then: check the time, or amend the leaving (e).".to_owned(),
        Refusal::LeftBeforeEnd => "That is before the recorded end: check the time, or amend the end (e).".to_owned(),
        Refusal::InTheFuture => "That time is still to come: give the time at which it happened.".to_owned(),
        Refusal::LongBeforeOpening => {
            "That is more than 4 h before this session was opened: check the time.".to_owned()
        }
        Refusal::NoSuchEntry { about } => format!("There is no entry #{about}: choose one from the record (e)."),
        Refusal::WithdrawnAlready { about } => format!("#{about} was withdrawn already: enter it anew, or late (e)."),
        Refusal::CannotChange { about } => format!("#{about} cannot be changed: take a note (t) instead."),
        Refusal::OtherKind => "That is another kind of entry: withdraw this one, then enter the other.".to_owned(),
        Refusal::NothingChanged => "Nothing was changed: change the time or the words, or press Esc.".to_owned(),
        Refusal::NoWords => "Nothing was typed: write a word or two, or press Esc.".to_owned(),
        Refusal::NotUnconfirmed { about } => format!("#{about} holds nothing that is still to be confirmed."),
        Refusal::NotOwed => "That reason is not owed, or was given already: nothing to do.".to_owned(),
        Refusal::RaisedAlready => "That prompt is on the screen already: answer that one.".to_owned(),
        Refusal::NotDealtWith => "Say first what was done (1 to 9) or acknowledge it (k): then look again.".to_owned(),
        Refusal::MeasureAgain { subject } => measure_again(*subject).to_owned(),
        Refusal::NotRaised => "That prompt is not on the screen: answer the one on top.".to_owned(),
        Refusal::NoSuchResponse { response } => {
            format!("This prompt has no answer {response}: press one of the numbers shown.")
        }
        Refusal::TouchRefused { response } => {
            format!(
                "Touch was refused in the comfort plan: {response} answers nothing. A hand held all the same: o, h."
            )
        }
        Refusal::NoCall => "No call is recorded: record the call first (c).".to_owned(),
        Refusal::CallIsOver => "That call is over already: c, then c, records another one.".to_owned(),
        Refusal::EmergencyBegan => "The emergency has begun already: it is on the screen.".to_owned(),
        Refusal::NoEmergency => "There is no emergency now: ! begins one.".to_owned(),
        Refusal::NoSuchGateItem | Refusal::NoSuchScreeningItem => {
            "The protocol has no such item: choose one from the list.".to_owned()
        }
        Refusal::NoScore | Refusal::NotedAlready | Refusal::NoCheckBack => super::asked::refused(refusal).to_owned(),
        Refusal::InfusionStarted => {
            "The start is recorded: record how it ended (s) and how the patient left (x).".to_owned()
        }
        Refusal::SteppedOutAlready => "Stepped out already: z, then b when you are back, r for relief.".to_owned(),
        Refusal::NotOut => "Nobody has stepped out: z, then s, when you do.".to_owned(),
        Refusal::SignedOnAlready => "That sitter is signed on already: give the name of the next one.".to_owned(),
        Refusal::BeforeLastTurn => "That is before the last change of who sits: check the time.".to_owned(),
        Refusal::SameLimits => "No limit differs from what stands: type another number, or press Esc.".to_owned(),
        Refusal::NoSuchLimit { vital, kind } => format!(
            "The protocol has no limit \"{}\" for {}, so nothing would answer it: leave it out.",
            limit_name(*kind),
            vital_name(*vital)
        ),
        Refusal::Limits { vital, fault } => limits_refused(*vital, fault),
        Refusal::ProtocolFaulty => "That protocol cannot be read: check its file, then start again.".to_owned(),
        Refusal::ProtocolInForce => "That protocol is in force already: nothing to accept.".to_owned(),
        Refusal::MissedAlready => "That missed check is recorded already: give its reason.".to_owned(),
        Refusal::NotPutOff { .. } | Refusal::PutOffAlready => no_put_off(not_put_off(refusal)).to_owned(),
        Refusal::ShorterThanInfused { infused_min } => {
            format!("{infused_min} min are infused already: type more than that, or record the end (s).")
        }
    }
}

const fn not_put_off(refusal: &Refusal) -> NoPutOff {
    match refusal {
        Refusal::NotPutOff { check: Check::Vitals } => NoPutOff::NotAllowed,
        Refusal::NotPutOff { .. } => NoPutOff::Required,
        _ => NoPutOff::Already,
    }
}

fn pump_order(act: &PumpAct, state: PumpState) -> String {
    let said = match (act, state) {
        (PumpAct::Start, PumpState::Running | PumpState::Paused) => {
            "The start is recorded already: amend it to change its time."
        }
        (PumpAct::Pause, PumpState::Paused) => "The infusion is paused already: resume it, or record the end (s).",
        (PumpAct::Resume, PumpState::Running) => "The infusion is running: there is no pause to resume from.",
        (PumpAct::End, PumpState::Running | PumpState::Paused) => "The end must come after the start: check the time.",
        (_, PumpState::Ended) => "The end is recorded before that time: amend the end if it is wrong.",
        (act, PumpState::Waiting) => {
            // Also said of a start that is withdrawn or moved from under what follows it.
            let act = pump_act_name(act);
            return format!("The {act} needs a start before it: record the start (s), or withdraw the {act} first.");
        }
        (act, state) => {
            let (act, state) = (pump_act_name(act), pump_state_name(state));
            return format!("The {act} cannot stand there: the infusion was {state} at that time. Check the time.");
        }
    };
    said.to_owned()
}

/// Why a line of vitals cannot be read, and what to type.
#[must_use]
pub fn line_fault(fault: &LineFault) -> String {
    match fault {
        LineFault::Empty => "Nothing was typed: type 120/80 72 98 14, x for not taken, ? for unobtainable.".to_owned(),
        LineFault::NotANumber { token } => {
            format!("{} is not a number: type digits, x for not taken, ? for unobtainable.", quoted(token))
        }
        LineFault::RunTogether { token } => match split(token) {
            Some(apart) => {
                format!("{} has no gap between systolic and diastolic: type {}.", shown(token), pressure(apart))
            }
            None => format!("{} has no gap between systolic and diastolic: type them as 120/80.", shown(token)),
        },
        LineFault::NoDiastolic { systolic } => {
            format!("{systolic} stands without its diastolic: type both, as 120/80, or x for not taken.")
        }
        LineFault::OutOfRange(fault) => out_of_range(fault),
        LineFault::Reversed(reversed) => reversed_sentence(*reversed),
        LineFault::Fahrenheit { token } => {
            format!("{} looks like Fahrenheit: type degrees Celsius, as 36.8.", shown(token))
        }
        LineFault::TooMany { token } => format!(
            "{} is one value too many: BP, heart rate, SpO2, respiratory rate, temperature is the order.",
            quoted(token)
        ),
    }
}

/// What was probably meant by digits run together: the split that gives a possible pressure.
fn split(token: &str) -> Option<BloodPressure> {
    let both = |at: usize| {
        let (systolic, diastolic) = (token.get(..at)?.parse().ok()?, token.get(at..)?.parse().ok()?);
        pair(systolic, diastolic)
    };
    both(3).or_else(|| both(2))
}

fn pair(systolic: i64, diastolic: i64) -> Option<BloodPressure> {
    let both = (Systolic::try_from(systolic).ok()?, Diastolic::try_from(diastolic).ok()?);
    BloodPressure::new(both.0, both.1).ok()
}

fn reversed_sentence(found: Reversed) -> String {
    let Reversed { systolic, diastolic } = found;
    let wrong = format!("Diastolic {diastolic} is not below systolic {systolic}");
    match pair(i64::from(diastolic), i64::from(systolic)) {
        Some(swapped) => format!("{wrong}: did you mean {}? Press Enter to swap.", pressure(swapped)),
        None => format!("{wrong}: type both again."),
    }
}

fn out_of_range(fault: &OutOfRange) -> String {
    let (name, unit, scale) = quantity(fault.quantity);
    let number = |value: i64| scaled(value, scale);
    let (value, min, max) = (number(fault.value), number(fault.min), number(fault.max));
    format!("{name} {value}{unit} cannot be: type a value from {min} to {max}{unit}.")
}

/// Name, unit with its blank, and how many of the stored unit make one of it.
const fn quantity(quantity: Quantity) -> (&'static str, &'static str, i64) {
    match quantity {
        Quantity::Systolic => ("Systolic", " mmHg", 1),
        Quantity::Diastolic => ("Diastolic", " mmHg", 1),
        Quantity::HeartRate => ("Heart rate", "/min", 1),
        Quantity::Spo2 => ("SpO2", " %", 1),
        Quantity::RespiratoryRate => ("Respiratory rate", "/min", 1),
        Quantity::TemperatureTenthsCel => ("Temperature", " C", 10),
        Quantity::WeightG => ("Weight", " kg", 1000),
        Quantity::DoseUg => ("Dose", " mg", 1000),
        Quantity::DosePerKgUg => ("Dose", " mg/kg", 1000),
        Quantity::Phq9 => ("PHQ-9", "", 1),
        Quantity::Phq9Item9 => ("PHQ-9 item 9", "", 1),
        Quantity::Gad7 => ("GAD-7", "", 1),
        Quantity::Mood => ("Mood", "", 1),
        Quantity::DurationMin => ("Duration", " min", 1),
        Quantity::Nausea => ("Nausea", "", 1),
        Quantity::Anxiety => ("Anxiety", "", 1),
        Quantity::Dissociation => ("Dissociation", "", 1),
        Quantity::Moaas => ("MOAA/S", "", 1),
        Quantity::Pain => ("Pain", "", 1),
    }
}

/// A stored number in the unit that is shown: 249 tenths are `24.9`.
fn scaled(value: i64, scale: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let (whole, rest) = (value.unsigned_abs() / scale.unsigned_abs(), value.unsigned_abs() % scale.unsigned_abs());
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let digits = scale.ilog10() as usize;
    let rest = format!("{rest:0digits$}");
    format!("{sign}{whole}.{}", rest.trim_end_matches('0'))
}

/// An unlikely value, asked about once: `BP 280/101: as read?`
#[must_use]
pub fn doubt(doubts: &[Doubt], vitals: &Vitals) -> String {
    let doubted = ReadingKind::ALL.iter().filter(|known| doubts.iter().any(|doubt| doubt.reading() == Some(**known)));
    let found: Vec<String> = doubted.filter_map(|kind| reading(vitals, *kind)).collect();
    if found.is_empty() { "As read?".to_owned() } else { format!("{}: as read?", found.join(", ")) }
}

/// How to look again at what has a value.
const fn measure_again(subject: Subject) -> &'static str {
    match subject {
        Subject::Scale(_) => "Looked at again by its grade: the number says better or worse.",
        _ => "Looked at again by another reading (v): the number says better or worse.",
    }
}

fn shown(token: &str) -> String {
    let token = printable(token);
    if token.chars().count() <= SHOWN {
        return token;
    }
    token.chars().take(SHOWN).chain("...".chars()).collect()
}

fn quoted(token: &str) -> String {
    format!("\"{}\"", shown(token))
}
