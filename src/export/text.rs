//! The record as text: what `bedside show` prints and what can be pasted into any record system. 80 columns.

use super::page::Page;
use crate::guidance::{Alarms, Gap, Guidance, Taken, gaps};
use crate::protocol::{Protocol, ReadingKind};
use crate::session::{At, Phase, Row, Session, Zone};
use crate::words::{self, ClockStyle, record_page};

/// Columns before what a corrected entry said first.
const ORIGINAL_INDENT: usize = 21;

/// The whole record. The same session gives the same bytes.
#[must_use]
pub fn text(protocol: &Protocol, session: &Session, zone: &Zone, style: ClockStyle) -> String {
    page(protocol, session, zone, style, false).into_text()
}

/// The whole record, with what corrected entries said first under each of them, struck through as `~~...~~`.
#[must_use]
pub fn text_with_originals(protocol: &Protocol, session: &Session, zone: &Zone, style: ClockStyle) -> String {
    page(protocol, session, zone, style, true).into_text()
}

/// The whole record, to be set in one form or another.
pub(super) fn page(protocol: &Protocol, session: &Session, zone: &Zone, style: ClockStyle, originals: bool) -> Page {
    let now = session.state().left.unwrap_or_else(|| session.at(&session.last_entry().stamp()));
    let guidance = Guidance::of(protocol, session, zone, now);
    let mut record = Record { protocol, session, guidance: &guidance, zone, style, originals, page: Page::default() };
    record.watermark();
    record.head();
    record.screening();
    record.times();
    record.after();
    record.vitals();
    record.calls();
    record.emergencies();
    record.entries();
    record.owed();
    record.gate();
    record.signatures();
    record.foot();
    record.page
}

struct Record<'a> {
    protocol: &'a Protocol,
    session: &'a Session,
    guidance: &'a Guidance,
    zone: &'a Zone,
    style: ClockStyle,
    originals: bool,
    page: Page,
}

impl Record<'_> {
    fn clock(&self, utc_ms: i64) -> String {
        words::clock(self.zone, utc_ms, self.style)
    }

    /// A clock time, with its day where that is not the day of the opening.
    fn moment(&self, utc_ms: i64) -> String {
        let opened = self.session.opening_entry().fields.recorded_at;
        if words::day(self.zone, utc_ms) == words::day(self.zone, opened) {
            self.clock(utc_ms)
        } else {
            words::day_and_clock(self.zone, utc_ms, self.style)
        }
    }

    /// Columns that a clock time takes.
    const fn clock_width(&self) -> usize {
        match self.style {
            ClockStyle::H12 => 8,
            ClockStyle::H24 => 5,
        }
    }

    fn t_plus(&self, session_ms: i64) -> String {
        words::t_plus(self.session.state().infusion.t_plus_min(session_ms))
    }

    fn watermark(&mut self) {
        if self.session.opening().rehearsal {
            self.page.line(words::REHEARSAL);
        }
    }

    fn head(&mut self) {
        let (opening, description) = (self.session.opening(), &self.session.state().description);
        let page = &mut self.page;
        page.line(record_page::title(self.session.route()));
        page.line("");
        page.field(record_page::PATIENT, &record_page::patient_line(description));
        if opening.patient != description.patient {
            page.field("", &record_page::earlier_name(&opening.patient));
        }
        for (label, value) in record_page::preparation_lines(description, &self.session.state().comfort) {
            page.field(label, &value);
        }
        page.field(record_page::ROOM, opening.room.as_deref().unwrap_or(record_page::NOT_RECORDED));
        self.sitters();
        let page = &mut self.page;
        page.field(
            record_page::SESSION,
            &record_page::session_line(&opening.number, description, opening.protocol.route),
        );
        page.field("", &self.session.session_id().to_string());
        self.rules();
        let alarms = Alarms::of(self.session, self.guidance.now);
        for (index, line) in words::alarm_lines(&alarms).iter().enumerate() {
            self.page.field(if index == 0 { record_page::ALARMS } else { "" }, line);
        }
    }

    /// Who sat when.
    fn sitters(&mut self) {
        let lines = words::watch_lines(self.session, |utc_ms| self.moment(utc_ms));
        for (index, line) in lines.iter().enumerate() {
            self.page.field(if index == 0 { record_page::SITTER } else { "" }, line);
        }
    }

    /// The protocol, those that were accepted after it, and the limits that were set for this patient.
    fn rules(&mut self) {
        let (copy, state) = (&self.session.opening().protocol, self.session.state());
        let line = record_page::protocol_line(&copy.name, &copy.version, &copy.fingerprint);
        self.page.field(record_page::PROTOCOL, &line);
        for accepted in &state.accepted {
            let Some(copy) = self.session.accepted_copy(accepted) else { continue };
            let line = words::accepted_line(copy, accepted.at.utc_ms, &accepted.by, self.zone, self.style);
            self.page.field("", &line);
        }
        self.page.field("", &record_page::approval_line(self.protocol));
        for (index, (at, set)) in state.limits_set.iter().enumerate() {
            let line = words::limits_set_line(set, &self.moment(at.utc_ms));
            self.page.field(if index == 0 { record_page::LIMITS } else { "" }, &line);
        }
    }

    /// Every item with its answer, those that nobody answered too.
    fn screening(&mut self) {
        let answers = &self.session.state().asked.screening;
        if self.protocol.screening.is_empty() {
            return self.self_harm();
        }
        self.page.heading(record_page::SCREENING);
        for item in &self.protocol.screening {
            let mut line = words::screening_line(item, answers.get(&item.id), self.zone, self.style);
            if let Some((answer, _)) = self.session.state().asked.of_another.get(&item.id) {
                line = format!("{line}; {}", words::asked_for_another(answer));
            }
            self.page.wrapped("", "  ", &line);
        }
        self.self_harm();
    }

    /// How thoughts of self-harm came up, beside what was asked of them.
    fn self_harm(&mut self) {
        for line in words::self_harm_lines(&self.session.state().asked.self_harm, self.zone, self.style) {
            self.page.wrapped("", "  ", &line);
        }
    }

    fn times(&mut self) {
        let state = self.session.state();
        let clock = |at: At| self.moment(at.utc_ms);
        let missing = || record_page::NOT_RECORDED.to_owned();
        let opened = record_page::opened_line(self.zone, &self.session.opening_entry().stamp(), self.style);
        let started = state.infusion.started.map_or_else(missing, clock);
        let ended = state.infusion.ended.map(clock);
        let ended = ended.map_or_else(missing, |at| record_page::ended_line(&at, state.infusion.ended_in_pause));
        let how = match &state.phase {
            Phase::Left(how) => Some(how),
            _ => None,
        };
        let left = state.left.map(clock).map_or_else(missing, |at| record_page::left_line(&at, how));
        let ready = state.ready.map(clock);
        let progress = self.guidance.progress;
        self.page.heading(record_page::TIMES);
        self.page.field(record_page::OPENED, &opened);
        self.page.field(record_page::STARTED, &started);
        self.page.field(record_page::ENDED, &ended);
        if let Some(ready) = ready {
            self.page.field(record_page::READY, &ready);
        }
        self.page.field(record_page::LEFT, &left);
        if let Some(elapsed) = progress.elapsed_ms {
            self.page.field(record_page::ELAPSED, &record_page::elapsed_line(elapsed, progress.pump));
            if progress.route.has_pump() {
                self.page.field(record_page::INFUSED, &record_page::infused_line(progress.infused_ms, elapsed));
            }
        }
    }

    fn after(&mut self) {
        self.page.heading(record_page::after(self.session.route()));
        for line in words::after_lines(self.protocol, self.session, self.guidance, self.zone, self.style) {
            self.page.wrapped("", "  ", &line);
        }
    }

    fn vitals(&mut self) {
        self.page.heading(record_page::VITALS);
        if self.guidance.history.vitals.is_empty() {
            self.page.line(record_page::NO_VITALS);
            return;
        }
        let heads: Vec<String> = ReadingKind::ALL.iter().map(|kind| words::reading_short(*kind).to_owned()).collect();
        self.table_line("", "", "", &heads, "");
        for taken in &self.guidance.history.vitals {
            let cells: Vec<String> =
                ReadingKind::ALL.iter().map(|kind| words::reading_cell(&taken.vitals, *kind)).collect();
            let (time, t_plus) = (self.clock(taken.at.utc_ms), self.t_plus(taken.at.session_ms));
            let marks = self.vitals_marks(taken);
            self.table_line(&format!("#{}", taken.seq), &time, &t_plus, &cells, &marks);
        }
        self.page.line(record_page::VITALS_KEY);
    }

    fn table_line(&mut self, seq: &str, time: &str, t_plus: &str, cells: &[String], marks: &str) {
        let width = self.clock_width();
        let columns = [9, 5, 6, 5, 6];
        let cells: Vec<String> = cells.iter().zip(columns).map(|(cell, columns)| format!("{cell:<columns$}")).collect();
        // The columns before the cells stand as an indent: in the head they are blank.
        let first = format!("{seq:<5} {time:>width$}  {t_plus:<6}{}", cells.concat());
        self.page.wrapped(&first, &" ".repeat(first.len()), marks);
    }

    fn vitals_marks(&self, taken: &Taken) -> String {
        let row = self.session.row(taken.seq);
        let is_baseline = self.guidance.history.baseline.is_some_and(|baseline| baseline.seq == taken.seq);
        words::vitals_marks(is_baseline, taken.unconfirmed, row.as_ref())
    }

    /// Each call with what became of it: a call that nobody answered is seen here.
    fn calls(&mut self) {
        let (session, until) = (self.session, self.guidance.now);
        let calls = &session.state().calls;
        if calls.is_empty() {
            return;
        }
        self.page.heading(record_page::CALLS);
        for (index, call) in calls.iter().enumerate() {
            let line = words::call_line(call, calls.get(index + 1), until);
            self.dated(call.seq, call.called, &line);
        }
    }

    /// Each emergency with how long it lasted, and its marks in order.
    fn emergencies(&mut self) {
        let session = self.session;
        if session.state().emergencies.is_empty() {
            return;
        }
        self.page.heading(record_page::EMERGENCY);
        for emergency in &session.state().emergencies {
            let line = words::emergency_line(emergency, self.zone, self.style);
            self.dated(emergency.seq, emergency.began, &line);
            for mark in &emergency.marks {
                let since_ms = mark.at.session_ms - emergency.began.session_ms;
                self.dated(mark.seq, mark.at, &words::emergency_mark_line(&mark.text, since_ms));
            }
        }
    }

    /// A line with its entry, its time and its minute before it.
    fn dated(&mut self, seq: u64, at: At, said: &str) {
        let width = self.clock_width();
        let (time, t_plus) = (self.clock(at.utc_ms), self.t_plus(at.session_ms));
        let first = format!("{:<5} {time:>width$}  {t_plus:<6}", format!("#{seq}"));
        self.page.wrapped(&first, &" ".repeat(first.len()), said);
    }

    fn entries(&mut self) {
        self.page.heading(record_page::ENTRIES);
        let session = self.session;
        let mut day = String::new();
        let mut gaps = gaps(self.protocol, session, &self.guidance.history, self.guidance.now).into_iter().peekable();
        for row in session.rows() {
            while let Some(gap) = gaps.next_if(|gap| gap.from.session_ms < row.item.at.session_ms) {
                self.gap(&gap);
            }
            let today = words::day(self.zone, row.item.at.utc_ms);
            if today != day {
                self.page.line(&today);
                day = today;
            }
            self.entry(&row);
        }
        for gap in gaps {
            self.gap(&gap);
        }
        let unknown = session.state().unknown_entries;
        if unknown > 0 {
            self.page.line(&record_page::unknown_line(unknown));
        }
    }

    /// What was due and not done: no entry, and so without a number.
    fn gap(&mut self, gap: &Gap) {
        let width = self.clock_width();
        let (time, t_plus) = (self.clock(gap.from.utc_ms), self.t_plus(gap.from.session_ms));
        let said = words::gap(gap, self.zone, self.style);
        self.page.wrapped(&format!("{:<5} {time:>width$}  {t_plus:<6}", ""), "", &format!("-- {said} --"));
    }

    fn entry(&mut self, row: &Row<'_>) {
        let mut said = words::row(row, self.zone, self.style);
        let actor = &row.entry.fields.actor;
        // With one sitter her entries need no name; with several each has its own.
        let only = &self.session.opening_entry().fields.actor;
        let several = self.session.state().watch.turns().iter().any(|turn| !turn.sitter.is_same_as(only));
        if several || !actor.is_same_as(only) {
            said.push_str("  ");
            said.push_str(&words::by_other(&actor.name, actor.role));
        }
        self.dated(row.item.seq, row.item.at, &said);
        if self.originals {
            let indent = " ".repeat(ORIGINAL_INDENT);
            for line in words::originals(row, self.session, self.zone, self.style) {
                let said = match line {
                    words::Original::Struck(said) => format!("~~{said}~~"),
                    words::Original::Why(said) => said,
                };
                self.page.wrapped(&indent, &indent, &said);
            }
        }
    }

    fn owed(&mut self) {
        let session = self.session;
        if session.state().owed.is_empty() {
            return;
        }
        self.page.heading(record_page::OWED);
        for reason in &session.state().owed {
            self.page.wrapped(
                &format!("{:<5} ", format!("#{}", reason.about)),
                "      ",
                &words::owed(reason, session),
            );
        }
    }

    fn gate(&mut self) {
        let begun = self.guidance.gate.iter().any(|item| item.answer.is_some());
        let phase = &self.session.state().phase;
        if !begun && !matches!(phase, Phase::Recovery | Phase::Left(_)) {
            return;
        }
        self.page.heading(record_page::GATE);
        let indent = " ".repeat(12);
        for item in &self.guidance.gate {
            let answer = item.answer.as_ref();
            let word = words::gate_item_word(item);
            self.page.wrapped(&format!("{word:12}"), &indent, &item.say);
            let shown = words::evidence(&item.evidence, self.zone, self.style, self.guidance.now);
            self.page.wrapped(&indent, &indent, &shown);
            if let Some((answer, at, by)) = answer {
                let said = words::gate_answered(answer, &self.clock(at.utc_ms), by);
                let against = item.answered_against.map(|against| format!("; {}", words::met_against(against)));
                let said = format!("{said}{}", against.unwrap_or_default());
                self.page.wrapped(&indent, &indent, &said);
            }
        }
    }

    /// Who signed what, and what nobody has signed yet.
    fn signatures(&mut self) {
        let session = self.session;
        if !session.is_signed() {
            return;
        }
        self.page.heading(record_page::SIGNATURES);
        for signed in session.signatures() {
            let line = words::signature_line(signed, &self.moment(signed.at.utc_ms));
            self.page.wrapped("", "  ", &line);
            for missing in &signed.signature.missing {
                self.page.wrapped("  ", "    ", &record_page::missing_then(missing));
            }
        }
        if let Some(open) = words::unsigned_addenda(session.unsigned_addenda()) {
            self.page.line(&open);
        }
    }

    fn foot(&mut self) {
        self.page.line("");
        self.watermark();
        let last = self.session.last_entry();
        for line in record_page::last_lines(self.session.entries().len(), &last.hash.hex()) {
            self.page.line(&line);
        }
    }
}
