//! What the console says to the sitter: short answers to a key, and what a form is told when it is refused.

use super::names::pump_act_name;
use super::{away_cause_name, fault_line, span};
use crate::protocol::{Fault, Route, Scale};
use crate::session::{Command, Deviation, Entry, Instead, PumpAct};

/// A form was left with text in it.
#[must_use]
pub const fn form_left() -> &'static str {
    "Left without recording anything."
}

/// Another form was asked for while something is typed in this one.
#[must_use]
pub const fn form_holds_text() -> &'static str {
    "Something is typed here: record it first (Ctrl-S), or Esc, then try again."
}

/// A key that means nothing here.
#[must_use]
pub fn no_such_key(key: &str) -> String {
    format!("{key} does nothing here. ? shows the keys.")
}

/// Ctrl-C and Ctrl-Z.
#[must_use]
pub const fn ctrl_does_nothing() -> &'static str {
    "Ctrl-C and Ctrl-Z do nothing here, so that a slip cannot end the session. q leaves."
}

/// Text was pasted while no form was open.
#[must_use]
pub const fn paste_needs_a_form() -> &'static str {
    "Pasted text was dropped: open a note with t first."
}

/// A digit with no prompt on the screen.
#[must_use]
pub const fn no_prompt_open() -> &'static str {
    "No prompt is open: a digit answers the prompt on the screen."
}

/// A digit just after the prompt on top changed.
#[must_use]
pub const fn prompt_just_changed() -> &'static str {
    "The prompt has just changed: read it, then press the digit again. Nothing was recorded."
}

/// A digit just after a question came up.
#[must_use]
pub const fn question_just_came() -> &'static str {
    "This question has just come up: read it, then press the digit again. Nothing was recorded."
}

/// A digit for a step that is not on the screen.
#[must_use]
pub const fn answer_not_drawn() -> &'static str {
    "That step is not drawn: make the terminal larger (80x24), read it, then press the digit. Nothing was recorded."
}

/// The prompt on the screen was dealt with.
#[must_use]
pub const fn acknowledged_already() -> &'static str {
    "It is acknowledged: it stands until it has cleared, and comes back if nobody looks again."
}

/// The same of one that no look ends.
#[must_use]
pub const fn acknowledged_and_stands() -> &'static str {
    "It is acknowledged: it stands until the clinician's word on it is recorded (x, m)."
}

/// The infusion menu after the end.
#[must_use]
pub const fn ended_already() -> &'static str {
    "The end is recorded. Where that is wrong: e, mark the end, t amends its time, w withdraws it."
}

/// Nothing to take back.
#[must_use]
pub const fn nothing_to_undo() -> &'static str {
    "There is no observation or note of yours to take back."
}

/// A second press of undo.
#[must_use]
pub fn undone_already(seq: u64, in_emergency: bool) -> String {
    // There e may be one of its marks.
    let older = if in_emergency {
        "An older entry is withdrawn in the record, after the emergency."
    } else {
        "To withdraw an older entry, press e."
    };
    format!("#{seq} was taken back already. {older}")
}

/// An entry was taken back.
#[must_use]
pub fn undone(seq: u64, text: &str) -> String {
    format!("Taken back: #{seq} {text}. It stays in the record as withdrawn.")
}

/// The reason of an undo.
#[must_use]
pub const fn undo_reason(at_once: bool) -> &'static str {
    if at_once { "taken back at once by the sitter" } else { "taken back by the sitter" }
}

/// The reason of a 1 that became a 10.
#[must_use]
pub const fn ten_reason() -> &'static str {
    "10 typed"
}

/// There is no end.
#[must_use]
pub const fn no_end_no_guidance() -> &'static str {
    "The end is not recorded: press s, then e. Times count from it."
}

/// A field that must not be empty.
#[must_use]
pub fn field_is_empty(label: &str) -> String {
    format!("{label} is empty: type it, or Esc to leave.")
}

/// A dose that is only a number.
#[must_use]
pub fn dose_without_unit(dose: &str) -> String {
    format!("{dose} of what? Write the dose with its unit, such as 4 mg.")
}

/// "So many minutes ago" cannot be read.
#[must_use]
pub const fn minutes_ago_fault() -> &'static str {
    "Minutes ago, 0 to 240, or a time of the last four hours such as 14:25; empty is now."
}

/// The time of a late entry cannot be read.
#[must_use]
pub const fn late_time_fault() -> &'static str {
    "Type -4 for four minutes ago, or a time such as 14:25 or 2:25pm."
}

/// "Infusion n of m" cannot be read.
#[must_use]
pub const fn session_of_fault() -> &'static str {
    "Type the number of this infusion, such as 3, or 3/6."
}

/// A date of birth cannot be read.
#[must_use]
pub const fn born_fault() -> &'static str {
    "Type the date of birth as year-month-day, such as 1984-03-07."
}

/// A weight cannot be read.
#[must_use]
pub const fn weight_fault() -> &'static str {
    "Weight is in kg, from 20 to 350, such as 72.5. Pounds are not read."
}

/// A dose cannot be read.
#[must_use]
pub const fn dose_fault() -> &'static str {
    "Dose is in mg, above 0 and at most 1000, such as 36 or 36.5."
}

/// A duration cannot be read.
#[must_use]
pub const fn duration_fault() -> &'static str {
    "The planned time is in whole minutes, from 1 to 480."
}

/// A rate cannot be read.
#[must_use]
pub const fn rate_fault() -> &'static str {
    "Type the rate as the pump shows it, above 0, such as 60 or 60 mL/h."
}

/// A grade is not on its scale.
#[must_use]
pub fn grade_fault(scale: Scale) -> String {
    format!("Type a grade from 0 to {}.", scale.max())
}

/// The entry is not one that can be amended or withdrawn: why, and what is done instead. Once the visit is over the gate is not
/// answered, no limit is set and nothing begins again: what is right is then said in a note.
#[must_use]
pub fn cannot_change(seq: u64, instead: Instead, is_over: bool, is_signed: bool) -> String {
    let says = match instead {
        Instead::AnsweredAgain | Instead::SetAgain | Instead::HappensAgain if is_signed => {
            "it is not amended, and the record is signed: a note (Esc, t) says what is right, as an addendum"
        }
        Instead::AnsweredAgain | Instead::SetAgain | Instead::HappensAgain if is_over => {
            "it is not amended, and the visit is over: a note (Esc, t) says what is right"
        }
        Instead::GivenAnew => "it is not amended: give it anew (Esc, i); what was said first stays",
        Instead::AnsweredAgain => "it is not amended: answer the item again (Esc, x); both answers stay",
        Instead::ToldAgain => "it was told or printed: tell the times again (Esc, x, g)",
        Instead::SetAgain => "it was decided by a clinician: have it set again (Esc, i)",
        Instead::Noted => "it is not amended: a note (Esc, t) says what is wrong with it",
        Instead::CorrectedAgain => "it is a correction: correct the entry that it is about again",
        Instead::Added => "a signature cannot be taken back: add a note or a correction, and sign that",
        Instead::HappensAgain => "it cannot be taken back: record what is so now",
        Instead::Stands => "it is the console's own, and cannot be changed: a note (Esc, t) can say more",
    };
    format!("#{seq}: {says}.")
}

/// A digit without a reason beside it.
#[must_use]
pub const fn no_such_reason() -> &'static str {
    "No reason has that number: choose one that is shown, or t for own words."
}

/// The start is in the record.
#[must_use]
pub const fn recorded_start() -> &'static str {
    "The start is recorded."
}

/// The journal's writer has ended.
#[must_use]
pub const fn journal_lost() -> &'static str {
    "the journal's writer has stopped: start the program again"
}

/// The protocol that is kept with a session cannot be read.
#[must_use]
pub fn kept_protocol_faulty(faults: &[Fault]) -> String {
    let first = faults.first().map(fault_line).unwrap_or_default();
    format!("The protocol kept with this session cannot be read by this version ({first}): use the newer version.")
}

/// The console is back in a running session.
#[must_use]
pub fn came_back(command: &Command) -> String {
    match command {
        Command::ReturnConsole { cause, away_ms } => format!(
            "Back in the running session. Console away at most {} ({}): not observed.",
            span(*away_ms),
            away_cause_name(*cause)
        ),
        _ => String::new(),
    }
}

/// The sitter who opened a session, from its first entry.
#[must_use]
pub fn sitter_of(opening: Option<&Entry>) -> String {
    opening.map(|entry| entry.fields.actor.name.clone()).unwrap_or_default()
}

/// The time that "so many minutes ago" means.
#[must_use]
pub fn that_is(time: &str) -> String {
    format!("that is {time}")
}

/// What a start is missing, said before it is recorded. It can be recorded all the same.
#[must_use]
pub fn start_warnings(deviations: &[Deviation]) -> Vec<String> {
    let found = deviations.iter().map(|deviation| super::deviation_sentence(*deviation));
    found.map(|said| format!("Note: {said}. The reason is asked afterwards.")).collect()
}

/// The title of the form for an act on the pump.
#[must_use]
pub fn pump_title(act: &PumpAct, route: Route) -> String {
    let what = match act {
        PumpAct::Start => super::started(route),
        PumpAct::Pause => "infusion paused",
        PumpAct::Resume => "infusion running again",
        PumpAct::End if route.has_pump() => "infusion ended, pump stopped for good",
        PumpAct::End => super::ended(route),
        PumpAct::Rate { .. } => pump_act_name(act),
    };
    format!("NOT YET RECORDED: {what}? Enter records it")
}
