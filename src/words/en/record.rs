//! One line for each fact of the record: terse, with what marks it (late, amended, withdrawn, unconfirmed).

use super::clock::{ClockStyle, clock, day_and_clock, span, up_to_minute};
use super::comfort_plan::plan_sentence;
use super::names::{
    away_cause_name, comfort_name, deviation_sentence, grade, leaving_name, mark_name, owed_name, priority_mark,
    role_name,
};
use super::prompt::change_name;
use super::readings::readings;
use super::{evidence, limits_changed, pasts, sign_name, unreadable_entry};
use crate::session::text::is_dropped;
use crate::session::{
    Description, Deviation, Doubt, DrugGiven, Event, Observation, Opening, PromptId, Rate, Role, Row, Zone,
};

/// How clock times inside a line are written; `None` where the reader has no zone at hand.
pub(super) type Times<'a> = Option<(&'a Zone, ClockStyle)>;

/// A fact as one line. Clock times inside it need a zone: `row` gives them.
#[must_use]
pub fn event(event: &Event) -> String {
    printable(&line(event, None))
}

/// A fact as one line, its clock times too.
#[must_use]
pub fn event_at(event: &Event, zone: &Zone, style: ClockStyle) -> String {
    printable(&line(event, Some((zone, style))))
}

/// A row as it stands: what it says after amendment, and its marks. A withdrawn one begins with that, and so does an
/// addendum: a line cut short never reads as if it stood, or as if it had been signed.
#[must_use]
pub fn row(row: &Row<'_>, zone: &Zone, style: ClockStyle) -> String {
    let marks = row_marks(row, zone, style);
    let said = printable(&line(row.event, Some((zone, style))));
    let said = match row.item.withdrawn_by {
        Some(by) => format!("withdrawn by #{by}: {said}"),
        None => said,
    };
    let said = if row.item.is_addendum { format!("addendum: {said}") } else { said };
    if marks.is_empty() { said } else { format!("{said}  {marks}") }
}

/// `(unconfirmed)  late  amended by #14 (first written: nausea 3 severe, 14:05)`: what marks a row, besides its being
/// withdrawn. What was first written stays readable.
#[must_use]
pub fn row_marks(row: &Row<'_>, zone: &Zone, style: ClockStyle) -> String {
    let mut marks = Vec::new();
    if is_unconfirmed(row) {
        marks.push("(unconfirmed)".to_owned());
    }
    if row.item.is_late && row.by_person() {
        marks.push("late".to_owned());
    }
    if row.item.while_out {
        marks.push("while stepped out".to_owned());
    }
    if row.entry.fields.while_locked {
        marks.push("while locked, no PIN shown".to_owned());
    }
    if !row.item.amended_by.is_empty() {
        let by: Vec<String> = row.item.amended_by.iter().map(|seq| format!("#{seq}")).collect();
        marks.push(format!("amended by {} ({})", by.join(", "), first_written(row, zone, style)));
    }
    marks.join("  ")
}

/// The marks of a row of the vital signs table: `baseline`, `unconfirmed`, `late`, `amended`.
#[must_use]
pub fn vitals_marks(is_baseline: bool, unconfirmed: bool, row: Option<&Row<'_>>) -> String {
    let marks = [
        ("baseline", is_baseline),
        ("unconfirmed", unconfirmed),
        ("late", row.is_some_and(|row| row.item.is_late && row.by_person())),
        ("amended", row.is_some_and(|row| !row.item.amended_by.is_empty())),
    ];
    let marks: Vec<&str> = marks.into_iter().filter(|(_, holds)| *holds).map(|(mark, _)| mark).collect();
    marks.join(", ")
}

/// Who wrote an entry, where it was not the sitter: `[Dr Lee, clinician]`, `[console]`.
#[must_use]
pub fn by_other(name: &str, role: Role) -> String {
    match role {
        Role::Console => format!("[{}]", role_name(role)),
        Role::Sitter | Role::Clinician => format!("[{name}, {}]", role_name(role)),
    }
}

/// What an amended entry said first: its words, its time, whichever was changed.
fn first_written(row: &Row<'_>, zone: &Zone, style: ClockStyle) -> String {
    let fields = &row.entry.fields;
    let said = (fields.event != *row.event).then(|| printable(&line(&fields.event, Some((zone, style)))));
    let moved = fields.observed_at != row.item.at.utc_ms;
    let at = moved.then(|| clock(zone, fields.observed_at, style));
    let changed: Vec<String> = said.into_iter().chain(at).collect();
    if changed.is_empty() { "as first written".to_owned() } else { format!("first written: {}", changed.join(", ")) }
}

/// Whether it holds an unlikely value that nobody has confirmed.
#[must_use]
pub fn is_unconfirmed(row: &Row<'_>) -> bool {
    !row.event.doubts().is_empty() && !row.item.confirmed
}

/// Text that moves no terminal: input was cleaned where it came in, a record from elsewhere may not have been.
pub(super) fn printable(text: &str) -> String {
    text.chars().filter(|c| !is_dropped(*c)).collect()
}

fn line(event: &Event, times: Times<'_>) -> String {
    match event {
        Event::SessionOpened(opening) => opened(opening),
        Event::PatientDescribed(description) => described(description),
        Event::VitalsRecorded { vitals, .. } => readings(vitals),
        Event::ObservationRecorded { observation } => observed(*observation),
        Event::ComfortPlanned(plan) => plan_sentence(plan),
        Event::ScreeningAnswered(screened) => super::asked::screening_answered(screened),
        Event::ScoresRecorded { scores } => format!("scores: {}", super::scores(scores)),
        Event::PsychotherapyNoted { date } => format!("psychotherapy session on {date}"),
        Event::CheckedBack(back) => super::asked::checked_back(back),
        Event::ComfortNoted { measure, deviations } => with_deviations(comfort_name(*measure), deviations),
        Event::DrugGiven(drug) => drug_given(drug),
        Event::NoteTaken { text, patients_words: true } => format!("patient's words: \"{text}\""),
        Event::NoteTaken { text, patients_words: false } => format!("note: {text}"),
        Event::ClinicianCalled { said, rung, whom } => super::calls::called(said, *rung, whom.as_deref()),
        Event::ClinicianAnswered => "clinician answered the call".to_owned(),
        Event::ClinicianArrived => "somebody came: in the room".to_owned(),
        Event::SitterSteppedOut => "sitter stepped out: nobody signed on".to_owned(),
        Event::SitterReturned => "sitter back".to_owned(),
        Event::SitterSignedOn { sitter, without_pin } => {
            let without = if *without_pin { ", without her PIN" } else { "" };
            format!("{} read the brief and signed on{without}", sitter.name)
        }
        Event::SessionTakenOver(taken) => super::take_over::taken_over_row(taken),
        Event::SessionSigned(signature) => super::signed_row(signature),
        Event::LimitsSet(set) => {
            format!("limits for this patient, by {}: {} - {}", set.by, limits_changed(set), set.reason)
        }
        Event::ProtocolAccepted { protocol, by } => {
            format!("{}, version {} accepted by {by}, from now on", protocol.name, protocol.version)
        }
        Event::CallOver => "call over: nobody needs to come".to_owned(),
        Event::EmergencyBegan => "EMERGENCY began".to_owned(),
        Event::EmergencyMarked { mark, checklist: true } => format!("emergency, checklist: {mark}"),
        Event::EmergencyMarked { mark, checklist: false } => format!("emergency: {mark}"),
        Event::EmergencyEnded => "emergency over, said by the sitter".to_owned(),
        Event::ConsoleLeft => "sitter left the console; the session goes on".to_owned(),
        Event::ConsoleReturned { cause, away_ms } => {
            format!("console away {}: not observed ({})", span(*away_ms), away_cause_name(*cause))
        }
        Event::WallClockJudged { is_right: true } => "the wall clock looked wrong: it is right".to_owned(),
        Event::WallClockJudged { is_right: false } => {
            "THE WALL CLOCK IS WRONG: times by it are not to be trusted".to_owned()
        }
        Event::ClockStepped { by_ms } => {
            let way = if *by_ms < 0 { "back" } else { "forward" };
            format!("wall clock was set {way} by {}", span(by_ms.saturating_abs()))
        }
        // Only in a damaged record, where it holds the place of a line.
        Event::Unknown { kind } if *kind == unreadable_entry() => kind.clone(),
        Event::Unknown { kind } => format!("entry of a newer version: {kind}"),
        _ => course(event).or_else(|| correction(event, times)).unwrap_or_else(|| answer(event, times)),
    }
}

/// The course of the visit.
fn course(event: &Event) -> Option<String> {
    Some(match event {
        Event::InfusionStarted { route, deviations } => with_deviations(super::started(*route), deviations),
        Event::InfusionPaused => "infusion paused".to_owned(),
        Event::InfusionResumed => "infusion resumed".to_owned(),
        Event::RateChanged { from: Some(from), rate: to } => format!("rate {} -> {}", rate(from), rate(to)),
        Event::RateChanged { from: None, rate: to } => format!("rate now {}", rate(to)),
        Event::InfusionExtended { planned_min, .. } => {
            format!("plan changed: {} min of infusion in all", planned_min.get())
        }
        Event::PumpStillRunning => "planned end reached: the pump still runs".to_owned(),
        Event::InfusionEnded { route, deviations } => with_deviations(super::ended(*route), deviations),
        Event::PatientReady => "patient ready to leave".to_owned(),
        Event::PatientLeft { how, deviations, .. } => {
            with_deviations(&format!("patient left: {}", leaving_name(how)), deviations)
        }
        Event::ClosedWithoutInfusion { reason } => format!("closed without an infusion: {reason}"),
        _ => return None,
    })
}

/// Corrections and reasons.
fn correction(event: &Event, times: Times<'_>) -> Option<String> {
    Some(match event {
        Event::ReasonGiven { about, owed, reason } => format!("reason for #{about} ({}): {reason}", owed_name(*owed)),
        Event::ValueConfirmed { about } => format!("confirmed #{about}: as read"),
        Event::EntryAmended { about, observed_at, event, reason } => {
            let time = observed_at.map(|utc_ms| match times {
                Some((zone, style)) => format!("at {}", clock(zone, utc_ms, style)),
                None => "time changed".to_owned(),
            });
            let said = event.as_deref().map(|event| line(event, times));
            let changes: Vec<String> = said.into_iter().chain(time).collect();
            format!("amended #{about}: {} - {reason}", changes.join(", "))
        }
        Event::EntryWithdrawn { about, reason } => format!("withdrawn #{about}: entered in error - {reason}"),
        _ => return None,
    })
}

/// Prompts, marks, the gate, guidance.
fn answer(event: &Event, times: Times<'_>) -> String {
    match event {
        Event::PromptRaised { prompt, priority, from } => {
            let again = if prompt.round == 0 { "prompt" } else { "prompt again" };
            let up = from.as_ref().map(|from| format!("one step up from {}: ", named(from))).unwrap_or_default();
            format!("{again}: {up}{} {}", named(prompt), priority_mark(*priority)).trim_end().to_owned()
        }
        Event::LookedAgain { prompt, change } => format!("looked again, {}: {}", change_name(*change), named(prompt)),
        Event::PromptAcknowledged { prompt } => format!("acknowledged: {}", named(prompt)),
        Event::PromptAnswered { prompt, response: 0, .. } => {
            format!("declined or not applicable: {}", named(prompt))
        }
        Event::PromptAnswered { prompt, text, .. } => format!("done for {}: {text}", named(prompt)),
        Event::CheckPutOff { until, reason, .. } => match times {
            Some((zone, style)) => format!("BP put off to {}: {reason}", clock(zone, *until, style)),
            None => format!("BP put off: {reason}"),
        },
        Event::MarkMissed { mark } => format!("missed: the reading at {}", mark_name(*mark)),
        Event::GateAnswered { item, answer, against, .. } => {
            let against = against.map(|against| format!(" - {}", evidence::met_against(against))).unwrap_or_default();
            format!("gate, {}: {}{against}", item.replace('-', " "), evidence::gate_answer(answer))
        }
        Event::GuidanceGiven { no_driving_until: Some(utc_ms) } => match times {
            Some((zone, style)) => {
                let until = day_and_clock(zone, up_to_minute(*utc_ms), style);
                format!("guidance given: no driving before {until}")
            }
            None => "guidance given, with the driving time".to_owned(),
        },
        Event::GuidanceGiven { no_driving_until: None } => {
            "guidance given: the clinician sets the driving time".to_owned()
        }
        Event::CardMade(made) => super::card::card_made(made, times),
        Event::CardPrinted { version } => format!("card {version} sent to the printer"),
        Event::CardSuperseded { version } => format!("card {version} superseded: its times no longer hold"),
        // Every other event is told in `line`, `course` or `correction`; a new one is named by its kind until it is.
        other => other.kind().replace('_', " "),
    }
}

/// A rule by its id, which is made of plain words.
fn named(prompt: &PromptId) -> String {
    prompt.rule.replace('-', " ")
}

fn with_deviations(said: &str, deviations: &[Deviation]) -> String {
    if deviations.is_empty() {
        return said.to_owned();
    }
    let found: Vec<&str> = deviations.iter().map(|deviation| deviation_sentence(*deviation)).collect();
    format!("{said} - {}", found.join("; "))
}

fn opened(opening: &Opening) -> String {
    let rehearsal = if opening.rehearsal { ", a rehearsal" } else { "" };
    let protocol = &opening.protocol;
    format!("session {} opened{rehearsal}: {}, version {}", opening.number, protocol.name, protocol.version)
}

/// What was asked in preparation. Not the name: whoever shows the row knows whose record it is, and names can be hidden.
fn described(description: &Description) -> String {
    let number = description.session_number.map(|number| match description.session_count {
        Some(count) => format!("session {number} of {count}"),
        None => format!("session {number}"),
    });
    let field = |name: &str, value: &Option<String>| {
        value.as_ref().filter(|v| !v.is_empty()).map(|value| format!("{name} {value}"))
    };
    let found = [
        field("code", &description.code),
        field("born", &description.born),
        number,
        field("allergies", &description.allergies),
        field("screening", &description.screening),
        field("ride", &description.ride),
        field("escort", &description.escort),
        field("comfort plan", &description.comfort_plan),
        description.history.as_deref().map(|history| format!("had before: {}", pasts(history))),
        description
            .weight_g
            .map(|weight| format!("weight {} kg{}", thousandths(weight.get()), against_last(description))),
        description.dose_ug.map(|dose| format!("dose {} mg", thousandths(dose.get()))),
        description.dose_per_kg_ug.map(|dose| format!("{} mg/kg", thousandths(dose.get()))),
        field("prepared by", &description.pump_set_by),
        field("checked by", &description.pump_checked_by),
    ];
    let found: Vec<String> = found.into_iter().flatten().collect();
    let prepared = (!found.is_empty()).then(|| format!("prepared: {}", found.join("; ")));
    let renamed =
        description.was_patient.as_ref().map(|was| format!("patient now: {}, was {was}", description.patient));
    let said: Vec<String> = renamed.into_iter().chain(prepared).collect();
    if said.is_empty() { "identity recorded".to_owned() } else { said.join("; ") }
}

fn observed(observation: Observation) -> String {
    if let Some((scale, value)) = observation.grade() {
        return grade(scale, value);
    }
    match observation {
        Observation::Vomiting => "vomiting".to_owned(),
        Observation::RestingNotRoused => "resting, regular breathing, not roused".to_owned(),
        Observation::Seen(sign) => sign_name(sign).to_owned(),
        // The graded ones are told above; what is left is a look.
        _ => "looked: resting quietly".to_owned(),
    }
}

fn drug_given(drug: &DrugGiven) -> String {
    let or = |value: &str, missing: &str| if value.is_empty() { missing.to_owned() } else { value.to_owned() };
    let dose = or(&drug.dose, "(dose not recorded)");
    let given_by = or(&drug.given_by, "(not recorded)");
    let ordered_by = or(&drug.ordered_by, "(not recorded)");
    let sedating = if drug.sedating { ", sedating or not known" } else { "" };
    format!("{} {dose}, given by {given_by}, ordered by {ordered_by}{sedating}", drug.drug)
}

/// A rate in the pump's own unit: `45 ml/h`, `37.5`.
pub(super) fn rate(rate: &Rate) -> String {
    format!("{} {}", thousandths(rate.thousandths), rate.unit).trim_end().to_owned()
}

/// Thousandths as a plain number: `37500` is `37.5`.
#[must_use]
pub fn thousandths(value: u32) -> String {
    let (whole, rest) = (value / 1000, value % 1000);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{}", format!("{rest:03}").trim_end_matches('0'))
}

/// What an unlikely weight was compared with: ` (72 at the last visit)`.
fn against_last(description: &Description) -> String {
    let is_doubted = description.doubts.iter().any(|doubt| matches!(doubt, Doubt::WeightChanged | Doubt::Pounds));
    let last = description.last_weight_g.filter(|_| is_doubted);
    last.map(|last| format!(" ({} at the last visit)", thousandths(last.get()))).unwrap_or_default()
}
