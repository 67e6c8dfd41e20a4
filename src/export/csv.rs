//! The visit as a table, one row an observation or act, for a spreadsheet or a program. RFC 4180: commas, CRLF, quotes where
//! they are needed, UTF-8, a head. The columns are kept: one may be added at the end, none changes its meaning or goes.
//!
//! | column | what |
//! |---|---|
//! | `session`, `number`, `patient`, `code` | whose; the same in each row, so that tables can be put together |
//! | `entry` | the entry's number; unique within a session |
//! | `status` | `final`, `amended`, `withdrawn` (entered in error: leave it out of any reckoning), `unconfirmed` (an unlikely value that nobody has confirmed) |
//! | `observed_at`, `recorded_at` | RFC 3339 with the zone's offset; `observed_at` as amended |
//! | `t_plus_min` | whole minutes since the start; empty where there was none |
//! | `kind` | the entry's kind, as in the stored line |
//! | `systolic_mmHg` ... `temperature_Cel` | one line of vital signs; empty: not attempted, not taken or unobtainable |
//! | `not_read` | `blood_pressure: not_taken; heart_rate: unobtainable` |
//! | `nausea_0_3` ... `pain_0_10` | one grade |
//! | `weight_kg`, `dose_mg` | as described in preparation; the dose is the one ordered |
//! | `text` | the entry in words |
//! | `first_written`, `reason` | where amended: what it said at first; where amended, withdrawn or explained: why |
//! | `late`, `while_out`, `while_locked` | `yes`: recorded more than five minutes after; while the sitter had stepped out; while names were hidden until her PIN |
//! | `amended_by`, `withdrawn_by` | entries |
//! | `by`, `role` | who recorded it |
//! | `sha256` | of the stored line |
//!
//! Corrections, confirmations and reasons are columns of the row that they are about, and prompts that were raised and
//! acknowledged are left out: they observe nothing.

use std::fmt::Write;

use super::moment::rfc3339;
use crate::protocol::{ReadingKind, Scale, Vital};
use crate::session::text::clean_to;
use crate::session::{Event, Outcome, Row, Session, Vitals, Zone};
use crate::words::{self, ClockStyle};

/// The clock style of sentences in a table.
const STYLE: ClockStyle = ClockStyle::H24;

/// The columns, in order.
const HEAD: [&str; 35] = [
    "session",
    "number",
    "patient",
    "code",
    "entry",
    "status",
    "observed_at",
    "recorded_at",
    "t_plus_min",
    "kind",
    "systolic_mmHg",
    "diastolic_mmHg",
    "heart_rate_per_min",
    "spo2_percent",
    "respiratory_rate_per_min",
    "temperature_Cel",
    "not_read",
    "nausea_0_3",
    "anxiety_0_10",
    "dissociation_0_3",
    "sedation_moaas_5_0",
    "pain_0_10",
    "weight_kg",
    "dose_mg",
    "text",
    "first_written",
    "reason",
    "late",
    "while_out",
    "while_locked",
    "amended_by",
    "withdrawn_by",
    "by",
    "role",
    "sha256",
];

/// The table. The same session gives the same bytes.
#[must_use]
pub fn csv(session: &Session, zone: &Zone) -> Vec<u8> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let rows = session.rows().filter(|row| has_row(row.event)).map(|row| cells(&row, session, zone));
    let head = HEAD.map(str::to_owned);
    for record in std::iter::once(head).chain(rows) {
        // Into memory, every row as long as the head: neither can fail.
        table.write_record(&record).expect("a row of the table");
    }
    table.into_inner().expect("memory")
}

/// Whether an entry observes or does something itself.
const fn has_row(event: &Event) -> bool {
    !matches!(
        event,
        Event::ReasonGiven { .. }
            | Event::ValueConfirmed { .. }
            | Event::EntryAmended { .. }
            | Event::EntryWithdrawn { .. }
            | Event::PromptRaised { .. }
            | Event::PromptAcknowledged { .. }
    )
}

fn cells(row: &Row<'_>, session: &Session, zone: &Zone) -> [String; HEAD.len()] {
    let (item, fields, opening) = (row.item, &row.entry.fields, session.opening());
    let description = &session.state().description;
    let [systolic, diastolic, heart_rate, spo2, breaths, temperature, not_read] = readings(row.event);
    let [nausea, anxiety, dissociation, sedation, pain] = grades(row.event);
    let (weight, dose) = preparation(row.event);
    let t_plus = session.state().infusion.t_plus_min(item.at.session_ms);
    let amended: Vec<String> = item.amended_by.iter().map(u64::to_string).collect();
    let said = words::event_at(row.event, zone, STYLE);
    let first = if amended.is_empty() { String::new() } else { words::event_at(&fields.event, zone, STYLE) };
    let yes = |holds: bool| if holds { "yes".to_owned() } else { String::new() };
    [
        session.session_id().to_string(),
        text(&opening.number),
        text(&description.patient),
        text(description.code.as_deref().unwrap_or_default()),
        item.seq.to_string(),
        status(row).to_owned(),
        rfc3339(zone, item.at.utc_ms),
        rfc3339(zone, fields.recorded_at),
        t_plus.map(|minutes| minutes.to_string()).unwrap_or_default(),
        text(&row.event.kind()),
        systolic,
        diastolic,
        heart_rate,
        spo2,
        breaths,
        temperature,
        not_read,
        nausea,
        anxiety,
        dissociation,
        sedation,
        pain,
        weight,
        dose,
        text(&said),
        text(&first),
        text(&reasons(row, session)),
        yes(item.is_late && row.by_person()),
        yes(item.while_out),
        yes(fields.while_locked),
        amended.join(" "),
        item.withdrawn_by.map(|by| by.to_string()).unwrap_or_default(),
        text(&fields.actor.name),
        words::role_name(fields.actor.role).to_owned(),
        row.entry.hash.hex(),
    ]
}

fn status(row: &Row<'_>) -> &'static str {
    if !row.stands() {
        "withdrawn"
    } else if words::is_unconfirmed(row) {
        "unconfirmed"
    } else if !row.item.amended_by.is_empty() {
        "amended"
    } else {
        "final"
    }
}

/// The values of a line of vital signs, and what was not read.
fn readings(event: &Event) -> [String; 7] {
    let Event::VitalsRecorded { vitals, .. } = event else { return <[String; 7]>::default() };
    let value = |vital| vitals.value(vital).map(|value| value.to_string()).unwrap_or_default();
    let temperature = vitals.temperature.as_ref().and_then(crate::session::Reading::value);
    [
        value(Vital::Systolic),
        value(Vital::Diastolic),
        value(Vital::HeartRate),
        value(Vital::Spo2),
        value(Vital::RespiratoryRate),
        temperature.map(|tenths| format!("{}.{}", tenths.get() / 10, tenths.get() % 10)).unwrap_or_default(),
        not_read(vitals),
    ]
}

fn not_read(vitals: &Vitals) -> String {
    let mut out = String::new();
    for kind in ReadingKind::ALL {
        let why = match vitals.outcome(kind) {
            Some(Outcome::NotTaken) => "not_taken",
            Some(Outcome::Unobtainable) => "unobtainable",
            Some(Outcome::Read) | None => continue,
        };
        // Writing to a String cannot fail.
        let _ = write!(out, "{}{}: {why}", if out.is_empty() { "" } else { "; " }, kind.id());
    }
    out
}

/// The grade under its scale, in the order of `Scale::ALL`.
fn grades(event: &Event) -> [String; Scale::ALL.len()] {
    let graded = match event {
        Event::ObservationRecorded { observation } => observation.grade(),
        _ => None,
    };
    Scale::ALL
        .map(|scale| graded.filter(|(of, _)| *of == scale).map(|(_, grade)| grade.to_string()).unwrap_or_default())
}

fn preparation(event: &Event) -> (String, String) {
    let Event::PatientDescribed(described) = event else { return (String::new(), String::new()) };
    let weight = described.weight_g.map(|weight| words::thousandths(weight.get()));
    let dose = described.dose_ug.map(|dose| words::thousandths(dose.get()));
    (weight.unwrap_or_default(), dose.unwrap_or_default())
}

/// Every reason that somebody gave about an entry, in order.
fn reasons(row: &Row<'_>, session: &Session) -> String {
    let given = session.standing().filter_map(|other| match other.event {
        Event::ReasonGiven { about, reason, .. }
        | Event::EntryAmended { about, reason, .. }
        | Event::EntryWithdrawn { about, reason }
            if *about == row.item.seq =>
        {
            Some(reason.as_str())
        }
        _ => None,
    });
    given.collect::<Vec<_>>().join("; ")
}

/// Text that is no formula: a cell that a spreadsheet would work out gets an apostrophe before it. A number stays a number.
fn text(said: &str) -> String {
    let said = clean_to(said, usize::MAX);
    let begins = said.trim_start_matches(|c: char| c.is_whitespace() || c == '\'' || c == '"').chars().next();
    let is_formula = begins.is_some_and(|c| "=+-@\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(c));
    let is_number = said.parse::<f64>().is_ok_and(f64::is_finite) && !said.starts_with('+');
    if is_formula && !is_number { format!("'{said}") } else { said }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::text;

    #[rstest::rstest]
    #[case("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    #[case("\t=1+1", "'=1+1")]
    #[case("\r@SUM(A1)", "'@SUM(A1)")]
    #[case("+1 555 0100", "'+1 555 0100")]
    #[case("-5", "-5")]
    #[case("-5.5", "-5.5")]
    #[case("-2+3", "'-2+3")]
    #[case("-inf", "'-inf")]
    #[case("Ana = Ruiz", "Ana = Ruiz")]
    #[case("\u{202e}=1", "'=1")]
    #[case("\u{ff1d}1", "'\u{ff1d}1")]
    #[case("", "")]
    fn no_cell_is_a_formula(#[case] said: &str, #[case] cell: &str) {
        assert_eq!(text(said), cell);
    }

    proptest! {
        #[test]
        fn nothing_that_is_worked_out_begins_a_cell(said in "[=+@\\t\\r\\n '\"-]{0,4}\\PC*|[=+@-][0-9]{0,3}") {
            let cell = text(&said);
            let dangerous = cell.starts_with(['=', '+', '@', '\t', '\r', '\n', '-']);
            prop_assert!(!dangerous || cell.parse::<f64>().is_ok(), "{cell:?}");
            prop_assert!(!cell.chars().any(char::is_control));
        }
    }
}
