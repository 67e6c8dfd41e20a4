//! What can be wrong with a protocol file, or with the room's configuration, as data with a position. The sentences are in `words`.

use super::finding::{Reach, ReadingKind, Scale, Sign, Vital};

/// One thing that is wrong with a protocol file, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub what: FaultKind,
}

/// What is wrong. `key` is the path in the file (`infusion.duration_min`), `table` the table it stands in.
#[derive(Debug, Clone, PartialEq)]
pub enum FaultKind {
    /// The file is longer than `MAX_BYTES`; it was not read further.
    FileTooLong {
        /// Its length, bytes.
        bytes: usize,
    },
    /// The text is not TOML.
    Syntax {
        /// What the TOML reader said.
        message: String,
    },
    /// A key that no protocol has.
    UnknownKey {
        /// The key as written.
        key: String,
        /// The keys known at this place.
        known: Vec<String>,
    },
    /// A value of another type than its key wants.
    WrongType {
        /// The key.
        key: String,
        /// What stands there, in the reader's words.
        found: String,
        /// What belongs there.
        expected: Shape,
    },
    /// A value that could not be read for another reason.
    Unreadable {
        /// What the TOML reader said.
        message: String,
    },
    /// There are more faults of form; reading stopped.
    More,
    /// A key that must be there is not.
    MissingKey {
        /// The table it belongs to; empty for the top of the file.
        table: String,
        /// The key.
        key: &'static str,
    },
    /// `format` is not one that this program reads.
    UnknownFormat {
        /// The format given.
        found: i64,
    },
    /// A character that must not reach a terminal: control, escape, direction override.
    ForbiddenCharacter {
        /// The key.
        key: String,
        /// The character.
        character: char,
    },
    /// A text with nothing in it.
    EmptyText {
        /// The key.
        key: String,
    },
    /// A text longer than `MAX_TEXT` characters.
    TextTooLong {
        /// The key.
        key: String,
        /// Its length, characters.
        found: usize,
    },
    /// An id of other characters than a-z, 0-9 and the hyphen.
    BadId {
        /// The id.
        id: String,
    },
    /// The same name twice where it must be unique.
    Duplicate {
        /// The key.
        key: String,
        /// The value that stands twice.
        value: String,
        /// The line of the first.
        first_line: usize,
    },
    /// No step, or more than the nine number keys.
    StepCount {
        /// How many.
        found: usize,
    },
    /// More than can be pressed, or read out in time.
    TooMany {
        /// The key.
        key: String,
        /// How many.
        found: usize,
        /// How many at most.
        most: usize,
        /// Of what: `items`, `words`.
        what: &'static str,
    },
    /// A response is named that the protocol does not have.
    NoSuchResponse {
        /// The key.
        key: String,
        /// The id as written.
        id: String,
    },
    /// A word outside its vocabulary.
    UnknownWord {
        /// The key.
        key: String,
        /// The word as written.
        word: String,
        /// The words that are known.
        known: Vec<&'static str>,
    },
    /// A time zone that nobody knows (the room's configuration).
    UnknownZone {
        /// The name as written.
        name: String,
    },
    /// A whole number outside its range.
    OutOfRange {
        /// The key.
        key: String,
        /// The number given.
        found: i64,
        /// The least that is accepted.
        least: i64,
        /// The most that is accepted.
        most: i64,
    },
    /// A half-life that is not above 0 and at most 100 hours.
    HalfLife {
        /// The half-life given, hours.
        found: f64,
    },
    /// The half-life curve holds for an intravenous infusion only.
    CurveNeedsIv,
    /// Driving sooner than the rule of 12 hours.
    DrivingTooSoon {
        /// The hours given.
        found: i64,
    },
    /// A list that must rise and does not.
    NotAscending {
        /// The key.
        key: String,
        /// The number before.
        before: i64,
        /// The number that is not above it.
        found: i64,
    },
    /// A list with too few or too many names.
    WrongCount {
        /// The key.
        key: String,
        /// How many there are.
        found: usize,
        /// How many there must be.
        expected: usize,
    },
    /// The form of a time without one of its places.
    PlaceMissing {
        /// The key.
        key: String,
        /// The place, as it is written.
        place: &'static str,
    },
    /// Two numbers in the wrong order: `lower` must be below `upper`.
    NotBelow {
        /// The key that must be below.
        lower_key: String,
        /// Its value.
        lower: i64,
        /// The key that must be above.
        upper_key: String,
        /// Its value.
        upper: i64,
    },
    /// No value is so far inside the limits: an alarm would never end.
    NeverClears {
        /// The key.
        key: String,
        /// The distance given.
        clears_within: i64,
    },
    /// One half of the approval is filled in.
    HalfApproved {
        /// The key that is empty.
        empty: &'static str,
    },
    /// `when` names no finding, or several.
    WhenSubjects {
        /// Those of observation, seen and vital that are there.
        found: Vec<&'static str>,
    },
    /// A key in `when` that does not go with its finding.
    WhenKey {
        /// The key.
        key: &'static str,
        /// The finding.
        subject: String,
        /// The keys that go with it.
        allowed: &'static [&'static str],
    },
    /// A graded finding without a grade: it would hold always.
    NoGrade {
        /// The scale.
        scale: Scale,
    },
    /// `at_least` is above `at_most`: it would hold never.
    Reversed {
        /// The lowest value.
        at_least: i64,
        /// The highest value.
        at_most: i64,
    },
    /// `phase` names no phase: it would hold never.
    NoPhase,
    /// `since` names nothing that was done, or two things.
    SinceWhat,
    /// A response to a reach that no limit gives: it would speak never.
    NoSuchLimit {
        /// The reading.
        reading: ReadingKind,
        /// The reach.
        reach: Reach,
    },
    /// A limit that no response answers: it would be silent.
    NoResponse {
        /// The vital sign.
        vital: Vital,
        /// The reach.
        reach: Reach,
    },
    /// No high response to a reading that was tried and could not be obtained: it would be silent.
    NoUnobtainable,
    /// Two responses to exactly the same finding.
    SameFinding {
        /// The id of the first.
        first: String,
        /// The line of the first.
        first_line: usize,
    },
    /// `escalate` names neither of its conditions: it would happen never.
    EscalateNever,
    /// `escalate.to` names no response of this protocol.
    UnknownResponse {
        /// The id as written.
        id: String,
    },
    /// An escalation to a response that speaks more quietly.
    QuieterEscalation {
        /// The id of that response.
        id: String,
    },
    /// A chain of escalations that comes back to its beginning: it would have no end.
    EscalateCircle {
        /// The ids in order, the first again at the end.
        ids: Vec<String>,
    },
    /// "No improvement" where nobody is asked to look again.
    NobodyLooks,
    /// `clears` of a finding that has no grade.
    ClearsUngraded,
    /// `clears` that nothing could ever reach: the finding would never end.
    ClearsNever,
    /// `clears` at a value at which the finding holds: it would end and begin at once.
    ClearsInside,
    /// Two marks so close that a reading at the first counts for the second.
    MarksTooClose {
        /// The key.
        key: String,
        /// The mark before, minutes.
        before: i64,
        /// The mark, minutes.
        found: i64,
        /// A reading counts so many minutes early.
        early: i64,
    },
    /// Warning: another response holds whenever this one does, and is heard instead.
    NeverSpeaks {
        /// The id of that response.
        by: String,
        /// Its line.
        by_line: usize,
    },
    /// Warning: signs that can be recorded, and that no response answers.
    Unanswered {
        /// Which.
        signs: Vec<Sign>,
    },
    /// Warning: no response answers vomiting.
    VomitingUnanswered,
    /// Warning: thoughts of self-harm are answered, and no item of the gate asks for the clinician's word on them.
    NoWordAsked,
    /// Warning: a step whose words stand twice in one response.
    SameStep {
        /// The words.
        say: String,
    },
    /// Warning: more steps than the screen has room for.
    StepsTooWide,
    /// Warning: an alarm without a step that tells or calls the clinician.
    NobodyTold {
        /// The id of the response.
        id: String,
    },
    /// Warning: an escalation to a response about something else.
    OtherSubject {
        /// The id of that response.
        id: String,
    },
    /// A finding about a drug that the form does not offer.
    UnknownDrug {
        /// Its name.
        name: String,
    },
    /// Warning: a drug in `since` that the form does not offer.
    DrugNotOffered {
        /// Its name.
        name: String,
    },
    /// Warning: due again before it can be overdue.
    DueBeforeOverdue {
        /// The key.
        key: &'static str,
        /// The interval, minutes.
        found: i64,
        /// Overdue after so many minutes.
        overdue: u32,
    },
    /// Warning: an interval longer than the infusion.
    IntervalTooLong {
        /// The interval, minutes.
        found: i64,
        /// The planned duration, minutes.
        planned: u32,
    },
    /// Warning: later than the visit lasts by its own plan.
    LaterThanTheVisit {
        /// The key.
        key: &'static str,
        /// The number given, minutes.
        found: i64,
        /// How long the visit lasts, minutes.
        visit_min: u32,
    },
    /// A number or a wording without its origin.
    OriginMissing {
        /// The path that has none.
        key: String,
    },
    /// An origin for something that is not there.
    OriginUnused {
        /// The path.
        key: String,
    },
}

/// What kind of value a key wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// Text in quotes.
    Text,
    /// `true` or `false`.
    Flag,
    /// A list.
    List,
    /// A table.
    Table,
    /// Something else, in the reader's words.
    Other(String),
}
