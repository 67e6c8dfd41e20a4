//! The visit on one page of 80 columns, to paste into any record system: who, when, what was measured, what happened, what was
//! given, what holds now. Every entry stands in the record (`text`); here stands what the next reader asks for.

use super::page::{Page, WIDTH};
use crate::guidance::{Alarms, Guidance, Taken, gaps};
use crate::protocol::{Protocol, ReadingKind, Scale};
use crate::session::{At, Event, Observation, Phase, Row, Session, Zone};
use crate::words::{self, ClockStyle, record_page, summary_page};

/// Two readings stand beside each other, each so wide.
const HALF: usize = WIDTH / 2 - 1;

/// The page. The same session gives the same bytes.
#[must_use]
pub fn summary(protocol: &Protocol, session: &Session, zone: &Zone, style: ClockStyle) -> String {
    let now = session.state().left.unwrap_or_else(|| session.at(&session.last_entry().stamp()));
    let guidance = Guidance::of(protocol, session, zone, now);
    let mut summary = Summary { protocol, session, guidance: &guidance, zone, style, page: Page::default() };
    summary.who();
    summary.times();
    summary.vitals();
    summary.grades();
    summary.course();
    summary.calls();
    summary.corrected();
    summary.gate();
    summary.after();
    summary.foot();
    summary.page.into_text()
}

struct Summary<'a> {
    protocol: &'a Protocol,
    session: &'a Session,
    guidance: &'a Guidance,
    zone: &'a Zone,
    style: ClockStyle,
    page: Page,
}

impl Summary<'_> {
    fn clock(&self, at: At) -> String {
        words::clock(self.zone, at.utc_ms, self.style)
    }

    /// A clock time, with its day where that is not the day of the opening.
    fn moment(&self, utc_ms: i64) -> String {
        let opened = self.session.opening_entry().fields.recorded_at;
        if words::day(self.zone, utc_ms) == words::day(self.zone, opened) {
            words::clock(self.zone, utc_ms, self.style)
        } else {
            words::day_and_clock(self.zone, utc_ms, self.style)
        }
    }

    fn t_plus(&self, at: At) -> String {
        words::t_plus(self.session.state().infusion.t_plus_min(at.session_ms)).trim().to_owned()
    }

    /// The minute, or the clock where there was no start to count from.
    fn minute(&self, at: At) -> String {
        let minute = self.t_plus(at);
        if minute.is_empty() { self.clock(at) } else { minute }
    }

    fn who(&mut self) {
        let (session, state) = (self.session, self.session.state());
        let (opening, description) = (session.opening(), &state.description);
        if opening.rehearsal {
            self.page.line(words::REHEARSAL);
        }
        self.page.line(summary_page::title(session.route()));
        self.page.field(record_page::PATIENT, &record_page::patient_line(description));
        if opening.patient != description.patient {
            self.page.field("", &record_page::earlier_name(&opening.patient));
        }
        // Allergies stand first, and alone.
        let mut prepared = record_page::preparation_lines(description, &state.comfort).into_iter();
        if let Some((label, value)) = prepared.next() {
            self.page.field(label, &value);
        }
        let rest: Vec<String> = prepared.map(|(label, value)| format!("{}: {value}", label.to_lowercase())).collect();
        if !rest.is_empty() {
            self.page.field(summary_page::PREPARED, &rest.join("; "));
        }
        for (index, line) in words::self_harm_lines(&state.asked.self_harm, self.zone, self.style).iter().enumerate() {
            self.page.field(if index == 0 { record_page::SELF_HARM } else { "" }, line);
        }
        let line = record_page::session_line(&opening.number, description, session.route());
        let room = opening.room.as_ref().map(|room| format!(", {room}")).unwrap_or_default();
        self.page.field(record_page::SESSION, &format!("{line}{room}"));
        for (index, line) in words::watch_lines(session, |utc_ms| self.moment(utc_ms)).iter().enumerate() {
            self.page.field(if index == 0 { record_page::SITTER } else { "" }, line);
        }
        let copy = session.protocol_copy();
        let approval = record_page::approval_line(self.protocol);
        self.page.field(record_page::PROTOCOL, &summary_page::protocol_line(&copy.name, &copy.version, &approval));
        for (index, (at, set)) in state.limits_set.iter().enumerate() {
            let line = words::limits_set_line(set, &self.moment(at.utc_ms));
            self.page.field(if index == 0 { record_page::LIMITS } else { "" }, &line);
        }
    }

    fn times(&mut self) {
        let state = self.session.state();
        let moment = |at: At| self.moment(at.utc_ms);
        let missing = || record_page::NOT_RECORDED.to_owned();
        let opened = record_page::opened_line(self.zone, &self.session.opening_entry().stamp(), self.style);
        let started = state.infusion.started.map_or_else(missing, moment);
        let ended = state.infusion.ended.map(moment);
        let ended = ended.map_or_else(missing, |at| record_page::ended_line(&at, state.infusion.ended_in_pause));
        let how = match &state.phase {
            Phase::Left(how) => Some(how),
            _ => None,
        };
        let left = state.left.map(moment).map_or_else(missing, |at| record_page::left_line(&at, how));
        self.page.field(record_page::OPENED, &opened);
        self.page.field(record_page::STARTED, &summary_page::times_line(&started, &ended, &left));
        let progress = self.guidance.progress;
        if let Some(elapsed) = progress.elapsed_ms.filter(|_| progress.route.has_pump()) {
            self.page.field(record_page::INFUSED, &record_page::infused_line(progress.infused_ms, elapsed));
        }
    }

    /// The table in two halves, the left one first.
    fn vitals(&mut self) {
        self.page.line(record_page::VITALS);
        let taken = &self.guidance.history.vitals;
        if taken.is_empty() {
            self.page.line(record_page::NO_VITALS);
            return;
        }
        let rows = taken.len().div_ceil(2);
        let (left, right) = taken.split_at(rows);
        let head = self.reading(["", "", "BP", "HR", "SpO2", "RR"], "");
        let heads = if right.is_empty() { head } else { format!("{head:HALF$}  {head}") };
        // Its blanks are part of it.
        self.page.wrapped(&heads, "", "");
        for (index, taken) in left.iter().enumerate() {
            let left = self.taken(taken);
            let line = right.get(index).map_or(left.clone(), |right| format!("{left:HALF$}  {}", self.taken(right)));
            self.page.line(&line);
        }
        self.page.line(summary_page::VITALS_KEY);
    }

    fn taken(&self, taken: &Taken) -> String {
        let cell = |kind| words::reading_cell(&taken.vitals, kind);
        let (minute, clock) = (self.t_plus(taken.at), self.clock(taken.at));
        let [pressure, rate, spo2, breaths] = [
            cell(ReadingKind::BloodPressure),
            cell(ReadingKind::HeartRate),
            cell(ReadingKind::Spo2),
            cell(ReadingKind::RespiratoryRate),
        ];
        let is_baseline = self.guidance.history.baseline.is_some_and(|baseline| baseline.seq == taken.seq);
        let marks = summary_page::vitals_marks(is_baseline, taken.unconfirmed, self.session.row(taken.seq).as_ref());
        self.reading([&minute, &clock, &pressure, &rate, &spo2, &breaths], &marks)
    }

    fn reading(&self, [minute, clock, pressure, rate, spo2, breaths]: [&str; 6], marks: &str) -> String {
        let width = match self.style {
            ClockStyle::H12 => 8,
            ClockStyle::H24 => 5,
        };
        let line = format!("{minute:<5} {clock:>width$} {pressure:<7} {rate:<3} {spo2:<4} {breaths:<2} {marks}");
        line.trim_end().to_owned()
    }

    /// Each scale on a line of its own, and the temperatures.
    fn grades(&mut self) {
        let history = &self.guidance.history;
        let listed = |list: Vec<String>| list.join(", ");
        let mut lines = Vec::new();
        for scale in Scale::ALL {
            let Some(grades) = history.grades.get(&scale) else { continue };
            let grades = grades.iter().map(|graded| format!("{} {}", self.minute(graded.at), graded.grade));
            lines.push((summary_page::scale_label(scale), listed(grades.collect())));
        }
        let warm = history.vitals.iter().filter_map(|taken| {
            let value = taken.vitals.temperature.as_ref()?.value()?;
            Some(format!("{} {}", self.minute(taken.at), words::temperature(value)))
        });
        let warm: Vec<String> = warm.collect();
        if !warm.is_empty() {
            lines.push((words::reading_short(ReadingKind::Temperature), listed(warm)));
        }
        if lines.is_empty() {
            return;
        }
        self.page.line(summary_page::GRADES);
        for (label, line) in lines {
            self.page.field(label, &line);
        }
    }

    /// What happened and what was given, in order; what was due and not done stands between.
    fn course(&mut self) {
        self.page.line(summary_page::COURSE);
        let session = self.session;
        let mut gaps = gaps(self.protocol, session, &self.guidance.history, self.guidance.now).into_iter().peekable();
        for row in session.standing().filter(|row| is_course(row.event)) {
            while let Some(gap) = gaps.next_if(|gap| gap.from.session_ms < row.item.at.session_ms) {
                self.dated("", gap.from, &format!("-- {} --", words::gap(&gap, self.zone, self.style)));
            }
            let said = words::row(&row, self.zone, self.style);
            let reasons: Vec<&str> = self.reasons_for(row.item.seq).collect();
            let said = if reasons.is_empty() { said } else { format!("{said} ({})", reasons.join("; ")) };
            self.dated(&format!("#{}", row.item.seq), row.item.at, &said);
        }
        for gap in gaps {
            self.dated("", gap.from, &format!("-- {} --", words::gap(&gap, self.zone, self.style)));
        }
        let alarms = words::alarm_lines(&Alarms::of(session, self.guidance.now));
        if let Some(counted) = alarms.first() {
            self.page.field(record_page::ALARMS, counted);
        }
    }

    fn reasons_for(&self, seq: u64) -> impl Iterator<Item = &str> {
        self.session.standing().filter_map(move |row| match row.event {
            Event::ReasonGiven { about, reason, .. } if *about == seq => Some(reason.as_str()),
            _ => None,
        })
    }

    fn dated(&mut self, seq: &str, at: At, said: &str) {
        let width = match self.style {
            ClockStyle::H12 => 8,
            ClockStyle::H24 => 5,
        };
        let first = format!("{seq:<5} {:>width$} {:<6} ", self.clock(at), self.t_plus(at));
        self.page.wrapped(&first, &" ".repeat(first.len()), said);
    }

    fn calls(&mut self) {
        let calls = &self.session.state().calls;
        if calls.is_empty() {
            return;
        }
        self.page.line(record_page::CALLS);
        for (index, call) in calls.iter().enumerate() {
            let line = words::call_line(call, calls.get(index + 1), self.guidance.now);
            self.dated(&format!("#{}", call.seq), call.called, &line);
        }
    }

    /// What was amended or withdrawn, with its reason: nothing is erased.
    fn corrected(&mut self) {
        let session = self.session;
        let is_corrected = |row: &Row<'_>| !row.stands() || !row.item.amended_by.is_empty();
        let corrected: Vec<Row<'_>> = session.rows().filter(is_corrected).collect();
        if corrected.is_empty() {
            return;
        }
        self.page.line(summary_page::CORRECTED);
        for row in corrected {
            let by = row.item.withdrawn_by.or(row.item.amended_by.last().copied());
            let by = by.and_then(|seq| session.row(seq));
            let reason = by.and_then(|row| summary_page::reason_of(&row.entry.fields.event)).unwrap_or_default();
            let said = format!("{} - {reason}", words::row(&row, self.zone, self.style));
            self.dated(&format!("#{}", row.item.seq), row.item.at, said.trim_end_matches([' ', '-']));
        }
    }

    /// The answers of the gate by kind; who let an item pass, and why, stands in full.
    fn gate(&mut self) {
        let begun = self.guidance.gate.iter().any(|item| item.answer.is_some());
        if !begun && !matches!(self.session.state().phase, Phase::Recovery | Phase::Left(_)) {
            return;
        }
        self.page.line(record_page::GATE);
        for (label, items) in summary_page::gate_lines(&self.guidance.gate) {
            self.page.field(label, &items);
        }
    }

    fn after(&mut self) {
        self.page.line(record_page::after(self.session.route()));
        for line in words::after_lines(self.protocol, self.session, self.guidance, self.zone, self.style) {
            self.page.wrapped("", "  ", &line);
        }
        let owed = self.session.state().owed.len();
        if owed > 0 {
            self.page.line(&summary_page::owed(owed));
        }
    }

    fn foot(&mut self) {
        let (session, last) = (self.session, self.session.last_entry());
        self.page.line(&summary_page::foot(&session.session_id().to_string(), session.entries().len()));
        self.page.line(&last.hash.hex());
    }
}

/// Whether an entry belongs to the course of the visit. Readings and grades have their tables, prompts are counted, calls and
/// the gate have their sections; corrections stand with what they correct.
pub(super) const fn is_course(event: &Event) -> bool {
    match event {
        Event::ObservationRecorded { observation } => {
            matches!(observation, Observation::Vomiting | Observation::Seen(_))
        }
        Event::SessionOpened(_)
        | Event::PatientDescribed(_)
        | Event::ComfortPlanned(_)
        | Event::VitalsRecorded { .. }
        | Event::ValueConfirmed { .. }
        | Event::EntryAmended { .. }
        | Event::EntryWithdrawn { .. }
        | Event::PromptRaised { .. }
        | Event::PromptAcknowledged { .. }
        | Event::PromptAnswered { .. }
        | Event::LookedAgain { .. }
        | Event::ClinicianCalled { .. }
        | Event::ClinicianAnswered
        | Event::ClinicianArrived
        | Event::CallOver
        | Event::GateAnswered { .. }
        | Event::LimitsSet(_)
        | Event::ReasonGiven { .. }
        | Event::ConsoleLeft => false,
        _ => true,
    }
}

/// Whether an entry is about a call.
pub(super) const fn is_call(event: &Event) -> bool {
    matches!(
        event,
        Event::ClinicianCalled { .. } | Event::ClinicianAnswered | Event::ClinicianArrived | Event::CallOver
    )
}
