//! What was asked beside the infusion: the screening, scores, psychotherapy, the day after. A yes, an unknown and an item
//! that nobody answered are told as what they are; nothing here ever says that all is well.

use std::cmp::Ordering;

use super::clock::{ClockStyle, clock};
use super::record::printable;
use super::titles::Labels;
use crate::protocol::{CheckBack, Protocol, ScreeningItem, ScreeningKind};
use crate::session::{Asked, At, CheckedBack, Description, Refusal, Scores, Screened, Screening, ScreeningCount, Zone};

/// Columns of a line of answers.
const CHOICE: usize = 76;

/// An answer in one word.
#[must_use]
pub const fn screening_word(answer: Option<Screening>) -> &'static str {
    match answer {
        Some(Screening::Yes) => "YES",
        Some(Screening::No) => "no",
        Some(Screening::Unknown) => "UNKNOWN",
        None => "not asked",
    }
}

/// What an item is about, over a list of them.
#[must_use]
pub const fn screening_kind_name(kind: ScreeningKind) -> &'static str {
    match kind {
        ScreeningKind::Contraindication => "contraindication",
        ScreeningKind::Interaction => "interaction",
        ScreeningKind::SelfHarm => "suicide, self-harm",
    }
}

/// The answer with who decided: `no, Dr B`, `no, unchanged since 1116-1 (Dr B there), said by Dr C`.
#[must_use]
pub fn screened(screened: &Screened) -> String {
    let answer = match screened.answer {
        Screening::Yes => "yes",
        Screening::No => "no",
        Screening::Unknown => "unknown",
    };
    let said = match (&screened.unchanged_since, screened.about) {
        (Some(since), _) => {
            format!("{answer}, unchanged since {} ({} there), said by {}", since.number, since.by, screened.by)
        }
        (None, ScreeningKind::SelfHarm) => format!("{answer}, asked by {}", screened.by),
        (None, _) => format!("{answer}, {}", screened.by),
    };
    printable(&said)
}

/// As the record has it: `screening, liver: no, Dr B`.
pub(super) fn screening_answered(answered: &Screened) -> String {
    format!("screening, {}: {}", answered.item.replace('-', " "), screened(answered))
}

/// One item on the page of the record: `liver: no, Dr B, 13:52`.
#[must_use]
pub fn screening_line(item: &ScreeningItem, answer: Option<&(Screened, At)>, zone: &Zone, style: ClockStyle) -> String {
    match answer {
        Some((answer, at)) => format!("{}: {}, {}", item.say, screened(answer), clock(zone, at.utc_ms, style)),
        None => format!("{}: NOT ASKED", item.say),
    }
}

/// An answer that stands in an earlier visit of somebody else, since the patient is described as another.
#[must_use]
pub fn asked_for_another(answer: &Screened) -> String {
    format!("said for another identity, ask again ({})", screened(answer))
}

/// What was answered with yes or unknown, one by one: `Screening: yes: pregnancy; unknown: stimulants today.`
#[must_use]
pub fn screening_flagged(protocol: &Protocol, asked: &Asked) -> Option<String> {
    let said = |wanted: Screening, word: &str| {
        let items = protocol
            .screening
            .iter()
            .filter(|item| asked.screening.get(&item.id).is_some_and(|(screened, _)| screened.answer == wanted));
        let items: Vec<&str> = items.map(|item| item.say.as_str()).collect();
        (!items.is_empty()).then(|| format!("{word}: {}", items.join(", ")))
    };
    let parts: Vec<String> =
        [said(Screening::Yes, "YES"), said(Screening::Unknown, "unknown")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("Screening {}.", parts.join("; ")))
}

/// How the items stand, counted: `2 yes, 1 unknown, 11 not asked`; `None` where every item was answered with no.
#[must_use]
pub fn screening_counted(count: &ScreeningCount) -> Option<String> {
    let counted = |number: usize, what: &str| (number > 0).then(|| format!("{number} {what}"));
    let parts = [counted(count.yes, "yes"), counted(count.unknown, "unknown"), counted(count.unasked, "not asked")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// On the screen until the end: what of the preparation is to be known of. `None` where there is nothing. The longer one first,
/// then one for less room.
#[must_use]
pub fn preparation_marks(description: &Description, count: &ScreeningCount) -> Option<[String; 2]> {
    let named = |value: &Option<String>| value.as_ref().is_some_and(|value| !value.is_empty());
    let company = match (named(&description.ride), named(&description.escort)) {
        (true, true) => None,
        (false, true) => Some("no ride named"),
        (true, false) => Some("no escort named"),
        (false, false) => Some("no ride, no escort named"),
    };
    let company = company.map(str::to_owned);
    let short = (count.all() > 0).then(|| format!("screening: {} to note", count.all()));
    let long = screening_counted(count).map(|counted| format!("screening: {counted}"));
    let joined = |screening: Option<String>, company: Option<String>| {
        screening.into_iter().chain(company).collect::<Vec<_>>().join("; ")
    };
    (short.is_some() || company.is_some())
        .then(|| [joined(long, company.clone()), joined(short, company.map(|said| said.replace(" named", "")))])
}

/// The shorter one in still fewer words, beside the gate.
#[must_use]
pub fn fewer_marks(marks: &str) -> String {
    marks.replace(" to note", "")
}

/// What a start is missing besides: nobody named for the way home.
#[must_use]
pub fn company_warnings(description: &Description) -> Vec<String> {
    let marks = preparation_marks(description, &ScreeningCount::default());
    marks.map(|[company, _]| format!("Note: {company}. It stays on the screen.")).into_iter().collect()
}

/// The title over the screening: who decides the answers that follow.
#[must_use]
pub fn screening_title(decided_by: Option<&str>) -> String {
    let by = decided_by.map_or_else(|| "nobody named yet".to_owned(), |by| format!("decided by {by}"));
    printable(&format!("Screening   {by} (d)   the prescriber decides"))
}

/// The protocol in force asks nothing item by item.
#[must_use]
pub const fn no_screening() -> &'static str {
    "This protocol has no screening items: the field Screening of i takes a note."
}

/// The form that asks who decides.
#[must_use]
pub const fn decider_labels() -> Labels {
    &[("Decided by", "name")]
}

/// The form that asks who asked.
#[must_use]
pub const fn asker_labels() -> Labels {
    &[("Asked by", "name")]
}

/// An answer's key in the place of a name.
#[must_use]
pub const fn name_first() -> &'static str {
    "Type the name of who decides, then Enter; the keys of the answers follow after it."
}

/// Letters that are all keys of answers, in the place of a name.
#[must_use]
pub fn is_it_a_name(typed: &str) -> String {
    format!("{typed}: the name of who decides? Enter takes it; Backspace, then the name.")
}

/// Answers that come faster than an item is read.
#[must_use]
pub const fn one_answer_at_a_time() -> &'static str {
    "Not taken: answers come one at a time. Let go, read the marked item, then press the key again."
}

/// The title of the form that asks who decides.
#[must_use]
pub const fn title_decider(is_self_harm: bool) -> &'static str {
    if is_self_harm { "Thoughts of suicide or self-harm: by whom asked?" } else { "Screening: who decides?" }
}

/// The dose check.
#[must_use]
pub const fn dose_check_labels() -> Labels {
    &[
        ("Weight kg", "as read now"),
        ("Dose mg", "as ordered"),
        ("Dose mg/kg", "as ordered"),
        ("Prepared by", "who set the pump or drew up the dose"),
        ("Checked by", "another person"),
    ]
}

/// Its title.
#[must_use]
pub const fn title_dose_check() -> &'static str {
    "Dose check: what was typed is compared; nothing is worked out"
}

/// What is known of each of its fields, in their order.
#[must_use]
pub fn known_of_dose(description: &Description) -> [Option<String>; 5] {
    let thousandths = super::record::thousandths;
    let last = description.last_weight_g.filter(|_| description.weight_g.is_some());
    let last = last.map(|weight| format!(" (last visit {})", thousandths(weight.get()))).unwrap_or_default();
    [
        description.weight_g.map(|weight| format!("{}{last}", thousandths(weight.get()))),
        description.dose_ug.map(|dose| thousandths(dose.get())),
        description.dose_per_kg_ug.map(|dose| thousandths(dose.get())),
        description.pump_set_by.clone(),
        description.pump_checked_by.clone(),
    ]
}

/// A dose for each kilogram that cannot be read.
#[must_use]
pub const fn dose_per_kg_fault() -> &'static str {
    "Dose in mg for each kg, above 0 and at most 50, such as 0.5."
}

/// Scores of a visit.
#[must_use]
pub const fn scores_labels() -> Labels {
    &[
        ("PHQ-9", "total, 0 to 27"),
        ("PHQ-9 item 9", "0 to 3; above 0 calls the clinician"),
        ("GAD-7", "total, 0 to 21"),
        ("Mood", "0 to 10"),
    ]
}

/// Their title.
#[must_use]
pub const fn title_scores() -> &'static str {
    "Scores of this visit: what was not asked stays empty"
}

/// A score that cannot be.
#[must_use]
pub fn score_fault(label: &str) -> String {
    format!("{label}: a whole number on its scale, or nothing where it was not asked.")
}

/// Item 9 is part of the total.
#[must_use]
pub const fn item9_above_total() -> &'static str {
    "PHQ-9 item 9 is part of the total and cannot be above it: check both."
}

/// A psychotherapy session.
#[must_use]
pub const fn psychotherapy_labels() -> Labels {
    &[("Date", "year-month-day, or: today")]
}

/// Its title.
#[must_use]
pub const fn title_psychotherapy() -> &'static str {
    "A psychotherapy session took place: when?"
}

/// A date that cannot be read, or is still to come.
#[must_use]
pub const fn psychotherapy_fault() -> &'static str {
    "Type the date of a session that took place, such as 2026-11-20, or: today."
}

/// What is asked on the day after.
#[must_use]
pub const fn check_back_labels() -> Labels {
    &[("Answer", "a digit"), ("Asked by", "your name"), ("Note", "what else was said; may stay empty")]
}

/// The answers with their digits.
#[must_use]
pub fn check_back_choice(rule: &CheckBack) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (index, answer) in rule.answers.iter().chain([&rule.not_reached]).enumerate() {
        let answer = format!("{} {answer}", index + 1);
        // An answer is read as a whole: one that has no room begins a line.
        match lines.last_mut().filter(|line| line.chars().count() + answer.chars().count() + 3 <= CHOICE) {
            Some(line) => line.extend(["   ", &answer]),
            None => lines.push(answer),
        }
    }
    lines
}

/// An answer that has no such digit.
#[must_use]
pub fn check_back_fault(count: usize) -> String {
    format!("Answer: a digit from 1 to {count}.")
}

/// On the first screen, beside a visit after which somebody is to be asked: from the day on which it is due. `None` before it,
/// and where nobody is to be asked.
#[must_use]
pub fn check_back_state(due_at: Option<i64>, zone: &Zone, now_utc_ms: i64) -> Option<&'static str> {
    let (due, today) = (zone.local(due_at?).date_naive(), zone.local(now_utc_ms).date_naive());
    match today.cmp(&due) {
        Ordering::Less => None,
        Ordering::Equal => Some("DAY AFTER: due"),
        Ordering::Greater => Some("DAY AFTER: late"),
    }
}

/// The day after, as the record has it.
pub(super) fn checked_back(back: &CheckedBack) -> String {
    let note = back.note.as_ref().map(|note| format!(" - {note}")).unwrap_or_default();
    format!("day after: {}, asked by {}{note}", back.answer, back.by)
}

/// Scores, those that were asked: `PHQ-9 14 (item 9: 1), GAD-7 9, mood 4 of 10`.
#[must_use]
pub fn scores(scores: &Scores) -> String {
    let item9 = scores.phq9_item9.map(|item| format!("item 9: {}", item.get()));
    let phq9 = match (scores.phq9, item9) {
        (Some(total), Some(item9)) => Some(format!("PHQ-9 {} ({item9})", total.get())),
        (Some(total), None) => Some(format!("PHQ-9 {}", total.get())),
        (None, item9) => item9.map(|item9| format!("PHQ-9 {item9}")),
    };
    let parts = [
        phq9,
        scores.gad7.map(|score| format!("GAD-7 {}", score.get())),
        scores.mood.map(|score| format!("mood {} of 10", score.get())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Why what was asked is not recorded.
pub(super) const fn refused(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NoScore => "No score was typed: type at least one, or press Esc.",
        Refusal::NotedAlready => "That date is noted already: nothing to do.",
        _ => "The day after is not due: the patient did not go home, or was asked already.",
    }
}
