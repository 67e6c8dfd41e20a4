//! The wording of the card that the patient takes home: the clinic's own, so that it can be changed and translated.

use serde::Serialize;

/// What the card says beside the times, which the console works out, and the after-care sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardWords {
    /// Its title.
    pub title: String,
    /// Over the driving time.
    pub no_driving: String,
    /// Under it, where it falls into the night or sleep is asked for.
    pub after_sleep: String,
    /// In its place where a sedating drug was given; the time stands under it as the earliest.
    pub clinician_sets_driving: String,
    /// Over the time at which people feel as usual again.
    pub baseline: String,
    /// Under it: that it is how people feel, and no more.
    pub baseline_note: String,
    /// Over the after-care sentences.
    pub after_care: String,
    /// Over what is normal.
    pub normal_heading: String,
    /// What is normal tonight.
    pub normal: Vec<String>,
    /// Over whom to call.
    pub call_heading: String,
    /// When to call the clinic.
    pub call: Vec<String>,
    /// Before the clinic's number.
    pub clinic_number: String,
    /// Before the number of the crisis line.
    pub crisis: String,
    /// When the public emergency number is to be called.
    pub emergency: String,
    /// Where it replaces another: `{time}` is when that one was made. English where it is left out.
    pub replaces: Option<String>,
    /// The language of all of it, as in BCP 47, for a reader who hears the page. English where it is left out.
    pub language: Option<String>,
    /// Days, months and parts of the day, where they are not English.
    pub calendar: Option<Calendar>,
}

/// Names of days, months and parts of the day in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Calendar {
    /// From Monday.
    pub weekdays: [String; 7],
    /// From January.
    pub months: [String; 12],
    /// Midnight itself, the hour after it, morning, noon, afternoon, evening, night.
    pub parts: [String; 7],
    /// How they are put together: `{weekday} {day} {month}, {time} {part}`.
    pub form: String,
}
