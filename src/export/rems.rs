//! The fields of the monitoring form of the esketamine programme (SPRAVATO REMS, outpatient), in the order of the public form, to be
//! copied into it. What the record holds is filled in; what it does not hold stays blank, with the reason: nothing is guessed, and
//! what the provider must judge is left to the provider.

use super::page::Page;
use crate::guidance::{Graded, Guidance, Taken};
use crate::protocol::{Protocol, Route, Scale, Vital};
use crate::session::{At, MINUTE_MS, Session, Zone};
use crate::words::{self, ClockStyle, rems as said};

/// The reading that the form asks for, minutes after the first device; one from so many before to so many after it counts.
const MARK_MIN: i64 = 40;
const EARLY_MIN: i64 = 3;
const LATE_MIN: i64 = 10;
/// Grades that say: awake, no dissociation.
const AWAKE: u8 = 5;
const NO_DISSOCIATION: u8 = 0;

/// The visit was not nasal: it has no such form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotNasal;

/// The fields. The same session gives the same bytes.
///
/// # Errors
/// A visit by another route.
pub fn rems(protocol: &Protocol, session: &Session, zone: &Zone, style: ClockStyle) -> Result<String, NotNasal> {
    if session.route() != Route::Nasal {
        return Err(NotNasal);
    }
    let now = session.state().left.unwrap_or_else(|| session.at(&session.last_entry().stamp()));
    let guidance = Guidance::of(protocol, session, zone, now);
    let mut form = Form { session, guidance: &guidance, zone, style, page: Page::default() };
    form.head();
    form.patient();
    form.provider();
    form.treatment();
    form.vitals();
    form.events();
    Ok(form.page.into_text())
}

struct Form<'a> {
    session: &'a Session,
    guidance: &'a Guidance,
    zone: &'a Zone,
    style: ClockStyle,
    page: Page,
}

impl Form<'_> {
    /// A field with its value, or blank with the reason.
    fn field(&mut self, label: &str, value: Result<String, &str>) {
        let value = value.unwrap_or_else(said::blank);
        self.page.wrapped(&format!("{label:30}"), &" ".repeat(30), &value);
    }

    fn minute(&self, at: At) -> Option<i64> {
        self.session.state().infusion.t_plus_min(at.session_ms)
    }

    fn head(&mut self) {
        if self.session.opening().rehearsal {
            self.page.line(words::REHEARSAL);
        }
        self.page.line(said::TITLE);
        self.page.line(said::NOTE);
        let number = self.session.opening().number.clone();
        self.field(said::SESSION, Ok(format!("{number}, {}", self.session.session_id())));
    }

    fn patient(&mut self) {
        let description = self.session.state().description.clone();
        self.page.heading(said::PATIENT);
        self.field(said::NAME, Ok(description.patient));
        self.field(said::BORN, description.born.ok_or(said::NOT_ENTERED));
        self.field(said::SEX, Err(said::NOT_HELD));
        let first = description.session_number.map(|number| said::yes_no(number == 1).to_owned());
        self.field(said::FIRST, first.ok_or(said::NOT_ENTERED));
        self.field(said::ENROLLED, Err(said::NOT_HELD));
        for label in said::CONCOMITANT {
            self.field(label, Err(said::NOT_ASKED));
        }
        let screening = description.screening.filter(|text| !text.is_empty());
        self.field(said::SCREENING, screening.ok_or(said::NOT_ENTERED));
    }

    fn provider(&mut self) {
        self.page.heading(said::PROVIDER);
        let mut names: Vec<String> = Vec::new();
        for turn in self.session.state().watch.turns() {
            if !names.contains(&turn.sitter.name) {
                names.push(turn.sitter.name.clone());
            }
        }
        self.field(said::MONITORED_BY, Ok(names.join(", ")));
        self.field(said::CONTACT, Err(said::NOT_HELD));
        self.field(said::SETTING, Err(said::NOT_HELD));
    }

    fn treatment(&mut self) {
        let state = self.session.state();
        let (infusion, dose) = (&state.infusion, state.description.dose_ug);
        let started = infusion.started;
        let ready = state.ready;
        let left = state.left;
        let devices = [started, infusion.ended].map(|at| at.map(|at| words::clock(self.zone, at.utc_ms, self.style)));
        self.page.heading(said::TREATMENT);
        let date = started.map(|at| self.zone.local(at.utc_ms).format("%m/%d/%Y").to_string());
        self.field(said::DATE, date.ok_or(said::NO_START));
        self.field(said::DOSE, dose.map(|dose| said::dose(dose.get())).ok_or(said::NOT_ENTERED));
        self.field(said::LOT, Err(said::NOT_HELD));
        let [first, last] = devices;
        self.field(said::FIRST_DEVICE, first.ok_or(said::NO_START));
        self.field(said::LAST_DEVICE, last.ok_or(said::NO_END));
        let minutes = |to: Option<At>| to.and_then(|to| Some(said::minutes(self.minute(to)?)));
        let (total, ready) = (minutes(left), minutes(ready));
        self.field(said::TOTAL, total.ok_or(said::NOT_LEFT));
        self.field(said::READY, ready.ok_or(said::NOT_READY));
    }

    fn pressure(&self, taken: Option<&Taken>) -> Option<String> {
        let taken = taken?;
        let value = taken.vitals.blood_pressure.as_ref()?.value()?;
        let unconfirmed = if taken.unconfirmed { said::UNCONFIRMED } else { "" };
        let time = words::clock(self.zone, taken.at.utc_ms, self.style);
        let minute = words::t_plus(self.minute(taken.at));
        Some(format!("{} mmHg ({time}, {}){unconfirmed}", words::pressure(value), minute.trim()))
    }

    fn vitals(&mut self) {
        let history = &self.guidance.history;
        let read = || history.vitals.iter().filter(|taken| taken.vitals.value(Vital::Systolic).is_some());
        let minute = |taken: &Taken| self.minute(taken.at).unwrap_or_default();
        let at_mark = read()
            .filter(|taken| (MARK_MIN - EARLY_MIN..=MARK_MIN + LATE_MIN).contains(&minute(taken)))
            .min_by_key(|taken| (minute(taken) - MARK_MIN).abs());
        let start = history.started.map(|at| at.session_ms);
        let last = read()
            .next_back()
            .filter(|taken| start.is_some_and(|start| taken.at.session_ms > start + MARK_MIN * MINUTE_MS));
        let [before, at_mark, last] = [history.baseline.as_ref(), at_mark, last].map(|taken| self.pressure(taken));
        self.page.heading(said::VITALS);
        self.field(said::ACCEPTABLE_BEFORE, Err(said::TO_JUDGE));
        self.field(said::ACCEPTABLE_AFTER, Err(said::TO_JUDGE));
        self.field(said::BP_BEFORE, before.ok_or(said::NO_READING));
        self.field(said::BP_40, at_mark.ok_or(said::NO_READING_THEN));
        self.field(said::BP_AFTER, last.ok_or(said::NO_READING));
    }

    fn events(&mut self) {
        self.page.heading(said::EVENTS);
        let sedation = self.course(Scale::Sedation, |grade| grade < AWAKE);
        let dissociation = self.course(Scale::Dissociation, |grade| grade > NO_DISSOCIATION);
        self.field(said::SEDATION, sedation.ok_or(said::NO_GRADE));
        self.field(said::DISSOCIATION, dissociation.ok_or(said::NO_GRADE));
        self.field(said::BREATHING, Err(said::TO_JUDGE));
        let lowest = |vital| self.guidance.history.vitals.iter().filter_map(|taken| taken.vitals.value(vital)).min();
        let lowest = [Vital::RespiratoryRate, Vital::Spo2].map(|vital| (vital, lowest(vital)));
        self.field(said::LOWEST, said::lowest(&lowest).ok_or(said::NO_READING));
        self.field(said::SERIOUS, Err(said::TO_JUDGE));
        self.field(said::SIGNED, Err(said::BY_HAND));
    }

    /// Whether it was seen after the first device, from when to when, and how strong it was at most; `None` where nobody graded it.
    fn course(&self, scale: Scale, is_there: impl Fn(u8) -> bool) -> Option<String> {
        let start = self.session.state().infusion.started?.session_ms;
        let grades = self.guidance.history.grades.get(&scale).map(Vec::as_slice).unwrap_or_default();
        let grades: Vec<&Graded> = grades.iter().filter(|graded| graded.at.session_ms >= start).collect();
        let (first, last) = (grades.iter().find(|graded| is_there(graded.grade)), grades.last()?);
        let Some(first) = first else { return Some(said::not_seen(grades.len())) };
        let strongest = grades.iter().filter(|graded| is_there(graded.grade)).map(|graded| graded.grade);
        let strongest = if scale == Scale::Sedation { strongest.min() } else { strongest.max() }?;
        let gone = (!is_there(last.grade)).then(|| {
            let since = grades.iter().rposition(|graded| is_there(graded.grade)).unwrap_or_default();
            grades.get(since + 1).and_then(|graded| self.minute(graded.at))
        });
        Some(said::seen(self.minute(first.at)?, gone.flatten(), &words::grade(scale, strongest)))
    }
}
