//! The one table of keys. It drives dispatch, the footer, the help, the menus, `bedside keys` and the README's table.

use super::action::Action as A;
use super::available::{Available, Unavailable, always};
use super::input::Chord;
use super::model::Model;
use super::sheet::Sheet;
use crate::protocol::{MAX_MARKS, Scale, Sign, Vital};
use crate::session::{Change, Comfort, Screening};
use crate::words::{self, PUT_OFF_REASONS};

use super::available as when;

/// Where a key is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// The first screen.
    First,
    /// The session.
    Session,
    /// A grade of nausea, or vomiting.
    Nausea,
    /// A grade of anxiety.
    Anxiety,
    /// A grade of dissociation.
    Dissociation,
    /// A grade of sedation, or resting.
    Sedation,
    /// A grade of pain.
    Pain,
    /// Something seen or said.
    Seen,
    /// A comfort measure.
    Comfort,
    /// Why a check is put off.
    PutOff,
    /// The infusion.
    Pump,
    /// Leaving.
    Leave,
    /// Something to be read at the gate.
    Sheet,
    /// The card that the patient takes home.
    Card,
    /// The record.
    Record,
    /// The gate.
    Gate,
    /// The call card.
    Call,
    /// Stepping out and relief.
    Relief,
    /// The brief of a relief.
    Brief,
    /// Beside the form of identity and preparation.
    Identity,
    /// The screening.
    Screening,
    /// The series.
    Series,
    /// The vital sign whose limits change.
    Limits,
    /// An emergency.
    Emergency,
    /// The far view.
    Far,
    /// A reason that is owed.
    Reason,
    /// An unlikely value.
    AsRead,
    /// A session that another console holds.
    Held,
    /// A wall clock that looks wrong.
    WallClock,
    /// A question.
    Confirm,
    /// The keys.
    Help,
    /// A form: it takes keys as text.
    Form,
}

impl Context {
    /// Its title, over a menu and in the help.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::First => "First screen",
            Self::Session => "Session",
            Self::Nausea => "Nausea",
            Self::Anxiety => "Anxiety, 0 to 10",
            Self::Dissociation => "Dissociation, in your own judgement",
            Self::Sedation => "Sedation, MOAA/S",
            Self::Pain => "Pain, 0 to 10",
            Self::Seen => "Seen or said",
            Self::Comfort => "Comfort",
            Self::PutOff => "BP put off: why?",
            Self::Pump => "Infusion",
            Self::Leave => "The patient left",
            Self::Sheet => "What is missing; the times",
            Self::Card => "Card to take home",
            Self::Record => "Record",
            Self::Gate => "Discharge gate",
            Self::Call => "Call card",
            Self::Relief => "Stepping out, relief",
            Self::Brief => "Brief of a relief",
            Self::Identity => "Identity and preparation",
            Self::Screening => "Screening",
            Self::Series => "Earlier sessions",
            Self::Limits => "Limits for this patient: of what?",
            Self::Emergency => "Emergency",
            Self::Far => "Far view",
            Self::Reason => "A reason that is owed",
            Self::AsRead => "An unlikely value",
            Self::Held => "A session that another console holds",
            Self::WallClock => "The wall clock looks wrong",
            Self::Confirm => "A question",
            Self::Help => "Keys",
            Self::Form => "Form",
        }
    }
}

/// One key in one context.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Where.
    pub context: Context,
    /// Which keys.
    pub chords: &'static [Chord],
    /// What it means.
    pub action: A,
    /// A word or two, for the footer and menus; empty: not shown there.
    pub label: &'static str,
    /// A sentence, for the help.
    pub help: &'static str,
    /// Place in the footer: lower first; 0 is never in the footer.
    pub rank: u8,
    /// Whether it can be used now, and why not.
    pub available: Available,
}

const fn bind(
    context: Context,
    chords: &'static [Chord],
    action: A,
    label: &'static str,
    help: &'static str,
    rank: u8,
    available: Available,
) -> Binding {
    Binding { context, chords, action, label, help, rank, available }
}

macro_rules! key {
    ($c:literal) => {
        &[Chord::Char($c)]
    };
}

const DIGITS: [&[Chord]; 10] =
    [key!('0'), key!('1'), key!('2'), key!('3'), key!('4'), key!('5'), key!('6'), key!('7'), key!('8'), key!('9')];

/// The keys of an emergency's marks, in their order. None of them notes an observation elsewhere: a key that is pressed
/// out of habit must not make a fact of another kind.
const MARK_KEYS: [&[Chord]; MAX_MARKS] =
    [key!('b'), key!('e'), key!('f'), key!('h'), key!('i'), key!('j'), key!('r'), key!('x'), key!('z'), key!('9')];

const fn digit(context: Context, n: u8, label: &'static str, help: &'static str) -> Binding {
    bind(context, DIGITS[n as usize], A::Digit(n), label, help, n + 1, always)
}

const fn answer(n: u8) -> Binding {
    bind(Context::Session, DIGITS[n as usize], A::Answer(n), "", "", 0, when::can_answer)
}

const fn tick(n: u8, help: &'static str) -> Binding {
    bind(Context::Emergency, DIGITS[n as usize], A::Tick(n - 1), "", help, 0, when::can_record)
}

const fn mark(n: u8, help: &'static str) -> Binding {
    bind(Context::Emergency, MARK_KEYS[n as usize], A::Mark(n), "", help, 0, when::can_record)
}

const fn back(context: Context) -> Binding {
    bind(context, &[Chord::Esc], A::Back, "back", "Back to the session.", 99, always)
}

/// The table: one row a key.
#[rustfmt::skip]
pub const KEYMAP: &[Binding] = &[
    // The first screen.
    bind(Context::First, &[Chord::Enter], A::Enter, "open", "Open the marked session.", 1, when::has_listed),
    bind(Context::First, key!('n'), A::NewSession, "new session", "Begin a session: asks for patient and sitter.", 2, when::no_running_session),
    bind(Context::First, key!('r'), A::Rehearse, "rehearse", "Play a scripted patient; nothing goes into the real record.", 3, when::can_rehearse),
    bind(Context::First, key!('b'), A::CheckBack, "day after", "Ask how the patient of the marked session is, on the day after.", 4, when::check_back_is_due),
    bind(Context::First, key!('h'), A::Hide, "show names", "Show the names again: your name, and your PIN.", 5, when::names_need_a_pin),
    bind(Context::First, &[Chord::Up], A::Up, "", "Mark the line above.", 0, always),
    bind(Context::First, &[Chord::Down], A::Down, "", "Mark the line below.", 0, always),
    bind(Context::First, key!('?'), A::Help, "keys", "Show the keys.", 8, always),
    bind(Context::First, key!('q'), A::Quit, "leave", "Leave.", 9, always),
    // The session.
    bind(Context::Session, key!('v'), A::Vitals, "vitals", "Vitals, one line: 128/80 72 98 14. x not taken, ? unobtainable.", 1, when::patient_here),
    bind(Context::Session, key!('n'), A::Grade(Scale::Nausea), "nausea", "Nausea 0-3; then v for vomiting.", 2, when::patient_here),
    bind(Context::Session, key!('a'), A::Grade(Scale::Anxiety), "anxiety", "Anxiety 0-9; 1 then 0 within 2 s is 10.", 3, when::patient_here),
    bind(Context::Session, key!('d'), A::Grade(Scale::Dissociation), "dissoc.", "Dissociation 0-3, in your own judgement.", 4, when::patient_here),
    bind(Context::Session, key!('m'), A::Grade(Scale::Sedation), "sedation", "Sedation, MOAA/S 5-0; r resting, not roused.", 5, when::patient_here),
    bind(Context::Session, key!('p'), A::Grade(Scale::Pain), "pain", "Pain 0-9; 1 then 0 within 2 s is 10.", 6, when::patient_here),
    bind(Context::Session, key!('l'), A::Looked, "looked", "Looked: resting quietly. The least disturbing check.", 7, when::patient_here),
    bind(Context::Session, key!('w'), A::Menu(Context::Seen), "seen", "Something seen or said: one more key.", 8, when::can_be_seen),
    bind(Context::Session, key!('o'), A::Menu(Context::Comfort), "comfort", "A comfort measure: one more key.", 9, when::patient_here),
    bind(Context::Session, key!('t'), A::Note, "note", "A note; begin with \" for the patient's own words.", 10, when::can_add),
    bind(Context::Session, key!('g'), A::Drug, "drug", "A drug was given: which, dose, by whom, on whose order.", 11, when::patient_here),
    bind(Context::Session, key!('s'), A::Menu(Context::Pump), "pump", "Start, pause, resume, rate, end: each is confirmed.", 12, when::can_record),
    bind(Context::Session, key!('c'), A::Call, "call", "The call card for the clinician. It places no call.", 13, when::can_answer),
    bind(Context::Session, key!('!'), A::Emergency, "emergency", "Emergency, from anywhere; in the middle of a text twice, or once and wait a second. What is being typed is kept.", 14, when::can_record),
    bind(Context::Session, key!('k'), A::Acknowledge, "ack", "Acknowledge the top alarm.", 0, when::something_to_acknowledge),
    bind(Context::Session, &[Chord::Tab], A::NextPrompt, "next", "The next prompt.", 0, when::several_prompts),
    bind(Context::Session, key!('+'), A::LookAgain(Change::Better), "better", "Looked again: better than when the prompt on top was dealt with.", 0, when::something_to_look_at),
    bind(Context::Session, key!('='), A::LookAgain(Change::Same), "same", "Looked again: the same. The next step comes.", 0, when::something_to_look_at),
    bind(Context::Session, key!('-'), A::LookAgain(Change::Worse), "worse", "Looked again: worse. The next step comes.", 0, when::something_to_look_at),
    bind(Context::Session, key!('y'), A::Yes, "stopped", "At the planned end: the pump was stopped.", 0, when::asked_whether_stopped),
    bind(Context::Session, key!('b'), A::Because, "why", "Give a reason that is owed; confirm an unlikely value.", 17, when::a_reason_is_owed),
    bind(Context::Session, key!('j'), A::Menu(Context::PutOff), "put off", "Put off the BP that is due, once, with a reason. Not a required one.", 17, when::can_put_off),
    bind(Context::Session, key!('u'), A::Undo, "undo", "Take back my last observation or note.", 18, when::can_record),
    bind(Context::Session, key!('e'), A::Record, "record", "The record: scroll, amend, withdraw; late entry.", 19, always),
    bind(Context::Session, key!('i'), A::Identity, "who", "Who, allergies, ride, dose; from there the screening, the comfort plan, the dose check.", 20, when::can_add),
    bind(Context::Session, key!('x'), A::Gate, "discharge", "Discharge: gate, guidance, leaving.", 21, always),
    bind(Context::Session, key!('f'), A::Far, "far", "The clock and the blood pressure in giant digits.", 22, always),
    bind(Context::Session, key!('h'), A::Hide, "hide", "Hide names; again: all but clock and alarms.", 23, always),
    bind(Context::Session, key!('z'), A::Menu(Context::Relief), "relief", "Step out, come back, relief: brief and sign on.", 24, when::can_record),
    bind(Context::Session, key!('?'), A::Help, "keys", "Show the keys.", 25, always),
    bind(Context::Session, key!('q'), A::Quit, "leave", "Leave the console; a running session goes on.", 26, always),
    bind(Context::Session, &[Chord::Enter], A::WhoHasIt, "take over", "A session that another console holds: who has it, and taking it over.", 27, when::another_has_it),
    bind(Context::Session, &[Chord::Esc], A::Back, "", "Back to the session from anywhere.", 0, always),
    bind(Context::Session, &[Chord::Char('1')], A::Answer(1), "", "1-9: answer the prompt on top with that response.", 0, when::can_answer),
    answer(2),
    answer(3),
    answer(4),
    answer(5),
    answer(6),
    answer(7),
    answer(8),
    answer(9),
    bind(Context::Session, &[Chord::Char('0')], A::Answer(0), "", "0: the prompt was declined or does not apply.", 0, when::can_answer),
    // Grades.
    digit(Context::Nausea, 0, "none", "None."),
    digit(Context::Nausea, 1, "mild", "Mild."),
    digit(Context::Nausea, 2, "moderate", "Moderate."),
    digit(Context::Nausea, 3, "severe", "Severe."),
    bind(Context::Nausea, key!('v'), A::Vomited, "vomiting", "The patient vomited.", 5, always),
    back(Context::Nausea),
    digit(Context::Anxiety, 0, "none", "None (10: type 1, then 0)."),
    digit(Context::Anxiety, 1, "mild", "1-3 mild."), digit(Context::Anxiety, 2, "mild", ""), digit(Context::Anxiety, 3, "mild", ""),
    digit(Context::Anxiety, 4, "moderate", "4-6 moderate."), digit(Context::Anxiety, 5, "moderate", ""), digit(Context::Anxiety, 6, "moderate", ""),
    digit(Context::Anxiety, 7, "strong", "7-10 strong."), digit(Context::Anxiety, 8, "strong", ""), digit(Context::Anxiety, 9, "strong (1, 0: ten)", ""),
    back(Context::Anxiety),
    digit(Context::Dissociation, 0, "none", "None."),
    digit(Context::Dissociation, 1, "slight", "Slight."),
    digit(Context::Dissociation, 2, "marked, answers", "Marked, but answers."),
    digit(Context::Dissociation, 3, "no contact", "No contact: check MOAA/S."),
    back(Context::Dissociation),
    digit(Context::Sedation, 5, "readily to name", "Responds readily to name."),
    digit(Context::Sedation, 4, "lethargic", "Lethargic response to name."),
    digit(Context::Sedation, 3, "loud name", "Only after the name is called loudly or repeatedly."),
    digit(Context::Sedation, 2, "prodding", "Only after mild prodding."),
    digit(Context::Sedation, 1, "squeeze", "Only after a painful squeeze."),
    digit(Context::Sedation, 0, "none", "No response."),
    bind(Context::Sedation, key!('r'), A::Resting, "resting, not roused", "Resting, regular breathing, not roused.", 8, always),
    back(Context::Sedation),
    digit(Context::Pain, 0, "none", "None (10: type 1, then 0)."),
    digit(Context::Pain, 1, "mild", "1-3 mild."), digit(Context::Pain, 2, "mild", ""), digit(Context::Pain, 3, "mild", ""),
    digit(Context::Pain, 4, "moderate", "4-6 moderate."), digit(Context::Pain, 5, "moderate", ""), digit(Context::Pain, 6, "moderate", ""),
    digit(Context::Pain, 7, "strong", "7-10 strong."), digit(Context::Pain, 8, "strong", ""), digit(Context::Pain, 9, "strong (1, 0: ten)", ""),
    back(Context::Pain),
    // Seen or said.
    bind(Context::Seen, key!('w'), A::Seen(Sign::Challenging), "weeping, challenging", "Weeping or a challenging experience.", 1, when::patient_here),
    bind(Context::Seen, key!('r'), A::Seen(Sign::Restless), "restless", "Restless.", 2, when::patient_here),
    bind(Context::Seen, key!('u'), A::Seen(Sign::GetsUp), "tries to get up", "Tries to get up.", 3, when::patient_here),
    bind(Context::Seen, key!('c'), A::Seen(Sign::ChestPain), "chest pain", "Chest pain.", 4, when::patient_here),
    bind(Context::Seen, key!('h'), A::Seen(Sign::SevereHeadache), "severe headache", "Severe headache.", 5, when::patient_here),
    bind(Context::Seen, key!('v'), A::Seen(Sign::VisualLoss), "visual loss", "Visual loss.", 6, when::patient_here),
    bind(Context::Seen, key!('b'), A::Seen(Sign::TroubleBreathing), "trouble breathing", "Trouble breathing.", 7, when::patient_here),
    bind(Context::Seen, key!('s'), A::Seen(Sign::RashOrSwelling), "rash or swelling", "Rash or swelling.", 8, when::patient_here),
    bind(Context::Seen, key!('z'), A::Seen(Sign::Seizure), "seizure", "Seizure.", 9, when::patient_here),
    bind(Context::Seen, key!('k'), A::Seen(Sign::SelfHarm), "thoughts of self-harm", "Thoughts of self-harm.", 10, always),
    bind(Context::Seen, key!('i'), A::Seen(Sign::IvSite), "IV site", "Something at the IV site.", 11, when::pump_here),
    bind(Context::Seen, key!('p'), A::Seen(Sign::PumpAlarm), "pump alarm", "The pump alarms.", 12, when::pump_here),
    bind(Context::Seen, key!('o'), A::Seen(Sign::OxygenGiven), "oxygen given", "Oxygen was given.", 13, when::patient_here),
    back(Context::Seen),
    // Comfort.
    bind(Context::Comfort, key!('s'), A::Comfort(Comfort::ShadesOn), "shades on", "Eye shades on.", 1, always),
    bind(Context::Comfort, key!('d'), A::Comfort(Comfort::ShadesOff), "shades off", "Eye shades off.", 2, always),
    bind(Context::Comfort, key!('m'), A::Comfort(Comfort::Music), "music", "Music changed.", 3, always),
    bind(Context::Comfort, key!('l'), A::Comfort(Comfort::Light), "light", "Light changed.", 4, always),
    bind(Context::Comfort, key!('p'), A::Comfort(Comfort::Position), "position", "Position changed.", 5, always),
    bind(Context::Comfort, key!('w'), A::Comfort(Comfort::Water), "water", "Water given.", 6, always),
    bind(Context::Comfort, key!('b'), A::Comfort(Comfort::Bathroom), "bathroom", "Helped to the bathroom.", 7, always),
    bind(Context::Comfort, key!('h'), A::Comfort(Comfort::HandHeld), "hand held", "A hand was held.", 8, always),
    back(Context::Comfort),
    // Putting off.
    digit(Context::PutOff, 1, PUT_OFF_REASONS[0], "1-6: that reason."),
    digit(Context::PutOff, 2, PUT_OFF_REASONS[1], ""),
    digit(Context::PutOff, 3, PUT_OFF_REASONS[2], ""),
    digit(Context::PutOff, 4, PUT_OFF_REASONS[3], ""),
    digit(Context::PutOff, 5, PUT_OFF_REASONS[4], ""),
    digit(Context::PutOff, 6, PUT_OFF_REASONS[5], ""),
    back(Context::PutOff),
    // The infusion.
    bind(Context::Pump, key!('s'), A::Start, "start", "The pump was started: now, or so many minutes ago.", 1, when::pump_waiting),
    bind(Context::Pump, key!('p'), A::Pause, "pause", "The pump was paused.", 2, when::pump_running),
    bind(Context::Pump, key!('r'), A::Resume, "resume", "The pump runs again.", 3, when::pump_paused),
    bind(Context::Pump, key!('t'), A::Rate, "rate", "The rate was changed, in the pump's own unit.", 4, when::pump_is_set),
    bind(Context::Pump, key!('x'), A::Extend, "planned time", "The planned infused time is now another.", 5, when::pump_is_set),
    bind(Context::Pump, key!('n'), A::StillRunning, "still runs", "At the planned end: the pump still runs.", 6, when::asked_whether_stopped),
    bind(Context::Pump, key!('e'), A::End, "end", "The pump was stopped for good.", 7, when::pump_on),
    back(Context::Pump),
    // The record.
    bind(Context::Record, &[Chord::Up], A::Up, "newer", "The entry above.", 1, always),
    bind(Context::Record, &[Chord::Down], A::Down, "older", "The entry below.", 2, always),
    bind(Context::Record, &[Chord::PageUp], A::PageUp, "", "Ten entries up.", 0, always),
    bind(Context::Record, &[Chord::PageDown], A::PageDown, "", "Ten entries down.", 0, always),
    bind(Context::Record, key!('a'), A::Amend, "amend", "Amend what the entry says, with a reason.", 3, when::can_add),
    bind(Context::Record, key!('t'), A::AmendTime, "time", "Amend when it was observed, with a reason.", 4, when::can_add),
    bind(Context::Record, key!('w'), A::Withdraw, "withdraw", "Withdraw the entry, with a reason.", 5, when::can_add),
    bind(Context::Record, key!('-'), A::Late, "late entry: -4 or 14:25", "A late entry: type -4 (minutes ago) or 14:25, Enter, then the ordinary key.", 6, when::can_add),
    bind(Context::Record, DIGITS[0], A::Late, "", "", 0, when::can_add),
    bind(Context::Record, DIGITS[1], A::Late, "", "", 0, when::can_add),
    bind(Context::Record, DIGITS[2], A::Late, "", "", 0, when::can_add),
    bind(Context::Record, key!('b'), A::Because, "why", "Give a reason that is owed; confirm an unlikely value.", 7, when::a_reason_is_owed),
    bind(Context::Record, key!('o'), A::Originals, "originals", "Show what corrected entries said first, struck through, with who, when and why; again: hide it.", 8, always),
    back(Context::Record),
    // The gate.
    bind(Context::Gate, &[Chord::Up], A::Up, "above", "The item above.", 1, always),
    bind(Context::Gate, &[Chord::Down], A::Down, "below", "The item below.", 2, always),
    bind(Context::Gate, key!('m'), A::Met, "met", "The marked item is met.", 3, when::gate_is_open),
    bind(Context::Gate, key!('n'), A::NotMet, "not met", "The marked item is not met.", 4, when::gate_is_open),
    bind(Context::Gate, key!('o'), A::Override, "override", "Let the item pass, by a named clinician with a reason.", 5, when::gate_is_open),
    bind(Context::Gate, key!('g'), A::GiveGuidance, "times given", "The patient was told the clock times: they are shown first.", 6, when::end_is_recorded),
    bind(Context::Gate, key!('r'), A::Ready, "ready", "The patient is ready to leave (leaving is another moment).", 7, when::infusion_was_started),
    bind(Context::Gate, key!('l'), A::Menu(Context::Leave), "left", "The patient left: how.", 8, when::patient_here),
    bind(Context::Gate, key!('w'), A::Sheet(Sheet::Missing), "what is missing", "What is missing, while everybody is still here.", 9, always),
    bind(Context::Gate, key!('t'), A::Sheet(Sheet::Times), "times", "The times for the patient, and the half-life for staff.", 10, always),
    bind(Context::Gate, key!('c'), A::Sheet(Sheet::Card), "card", "The card that the patient takes home: read it, then print it.", 11, when::end_was_recorded),
    bind(Context::Gate, key!('s'), A::Sign, "sign", "Sign the record: what is missing is shown first. Afterwards it takes addenda only.", 12, when::can_sign),
    back(Context::Gate),
    // Something to be read.
    bind(Context::Sheet, &[Chord::Up, Chord::PageUp], A::Up, "above", "Scroll up.", 1, always),
    bind(Context::Sheet, &[Chord::Down, Chord::PageDown, Chord::Char(' ')], A::Down, "below", "Scroll down.", 2, always),
    back(Context::Sheet),
    bind(Context::Card, key!('p'), A::MakeCard, "print it", "Write the card to a file, and give it to the room's printer where there is one.", 1, when::end_is_recorded),
    bind(Context::Card, &[Chord::Up, Chord::PageUp], A::Up, "above", "Scroll up.", 2, always),
    bind(Context::Card, &[Chord::Down, Chord::PageDown, Chord::Char(' ')], A::Down, "below", "Scroll down.", 3, always),
    back(Context::Card),
    // Leaving.
    bind(Context::Leave, key!('d'), A::Discharged, "discharged", "Discharged home.", 1, when::infusion_was_started),
    bind(Context::Leave, key!('a'), A::AgainstAdvice, "against advice", "Left against advice.", 2, when::infusion_was_started),
    bind(Context::Leave, key!('t'), A::Transferred, "transferred", "Transferred: where to.", 3, when::infusion_was_started),
    bind(Context::Leave, key!('c'), A::CloseWithout, "no infusion", "Closed without an infusion: why.", 4, when::infusion_was_not_started),
    back(Context::Leave),
    // The call card.
    bind(Context::Call, key!('c'), A::Called, "called", "The rung that the card shows was called. A person calls: the console places no call.", 1, when::can_answer),
    bind(Context::Call, key!('a'), A::CallAnswered, "answered", "The call was answered.", 2, when::call_is_unanswered),
    bind(Context::Call, key!('h'), A::CallArrived, "here", "Somebody is in the room.", 3, when::call_was_made),
    bind(Context::Call, key!('r'), A::CalledAgain, "again", "The same rung was called again.", 4, when::call_is_open),
    bind(Context::Call, key!('x'), A::CallOver, "settled", "The call is over: settled on the telephone, nobody needs to come.", 5, when::call_is_open),
    bind(Context::Call, &[Chord::Down, Chord::PageDown], A::Down, "", "The lines below; the last row says how many.", 0, when::there_is_more),
    bind(Context::Call, &[Chord::Up, Chord::PageUp], A::Up, "", "The lines above.", 0, when::there_is_more),
    back(Context::Call),
    // Relief.
    bind(Context::Relief, key!('s'), A::StepOut, "stepping out", "I step out: an absence clock runs until somebody comes.", 1, when::sitter_is_here),
    bind(Context::Relief, key!('b'), A::ComeBack, "back", "I am back.", 2, when::sitter_is_out),
    bind(Context::Relief, key!('r'), A::Relieve, "relief", "Another sitter takes over: reads the brief, then signs on.", 3, when::can_record),
    back(Context::Relief),
    bind(Context::Brief, key!('y'), A::SignOn, "I have read this: sign on", "The next sitter has read the brief and signs on.", 1, when::can_record),
    bind(Context::Brief, &[Chord::Down, Chord::PageDown], A::Down, "", "The lines below; the last row says how many.", 0, when::there_is_more),
    bind(Context::Brief, &[Chord::Up, Chord::PageUp], A::Up, "", "The lines above.", 0, when::there_is_more),
    bind(Context::Brief, &[Chord::Esc], A::Back, "not now", "Nobody signs on.", 99, always),
    // Beside the form of preparation.
    bind(Context::Identity, &[Chord::Ctrl('p')], A::ComfortPlan, "comfort plan", "What the patient agreed to and what helps: touch, music, light, words, intention, notes.", 1, when::can_record),
    bind(Context::Identity, &[Chord::Ctrl('l')], A::Menu(Context::Limits), "limits", "A named clinician sets other limits for this patient.", 1, when::patient_here),
    bind(Context::Identity, &[Chord::Ctrl('n')], A::AcceptProtocol, "newer protocol", "A named person accepts the room's protocol for the rest of the session.", 2, when::protocol_can_be_accepted),
    bind(Context::Identity, &[Chord::Ctrl('g')], A::Screening, "screening", "What speaks against it, item by item: yes, no or unknown, and who decided.", 3, when::has_screening),
    bind(Context::Identity, &[Chord::Ctrl('e')], A::Series, "earlier sessions", "The series: earlier sessions, scores, psychotherapy.", 5, when::can_add),
    bind(Context::Identity, &[Chord::Ctrl('d')], A::DoseCheck, "dose check", "Weight, dose and dose per kg as typed, against each other; a second name for the settings.", 4, when::can_add),
    // The screening. A yes, an unknown and what was not asked never block, and stand on the screen until the end.
    bind(Context::Screening, &[Chord::Up], A::Up, "above", "The item above.", 1, always),
    bind(Context::Screening, &[Chord::Down], A::Down, "below", "The item below.", 2, always),
    bind(Context::Screening, &[Chord::PageUp], A::PageUp, "", "Ten items up.", 0, always),
    bind(Context::Screening, &[Chord::PageDown], A::PageDown, "", "Ten items down.", 0, always),
    bind(Context::Screening, key!('y'), A::Screen(Screening::Yes), "yes", "The marked item applies.", 3, when::can_add),
    bind(Context::Screening, key!('n'), A::Screen(Screening::No), "no", "It does not.", 4, when::can_add),
    bind(Context::Screening, key!('u'), A::Screen(Screening::Unknown), "unknown", "Nobody knows.", 5, when::can_add),
    bind(Context::Screening, key!('s'), A::Unchanged, "unchanged since last time", "Nothing has changed since the last visit: its answer, shown below, stands.", 6, when::was_screened_before),
    bind(Context::Screening, key!('d'), A::Decider, "who decides", "Who decides the answers that follow.", 7, when::can_add),
    back(Context::Screening),
    // The series.
    bind(Context::Series, &[Chord::Up, Chord::PageUp], A::Up, "above", "The lines above.", 1, always),
    bind(Context::Series, &[Chord::Down, Chord::PageDown], A::Down, "below", "The lines below.", 2, always),
    bind(Context::Series, key!('s'), A::Scores, "scores", "Scores of this visit: PHQ-9 and its item 9, GAD-7, mood.", 3, when::can_add),
    bind(Context::Series, key!('p'), A::Psychotherapy, "psychotherapy", "A psychotherapy session, by its date.", 4, when::can_add),
    back(Context::Series),
    bind(Context::Limits, key!('s'), A::LimitsOf(Vital::Systolic), "systolic", "Systolic pressure.", 1, always),
    bind(Context::Limits, key!('d'), A::LimitsOf(Vital::Diastolic), "diastolic", "Diastolic pressure.", 2, always),
    bind(Context::Limits, key!('h'), A::LimitsOf(Vital::HeartRate), "heart rate", "Heart rate.", 3, always),
    bind(Context::Limits, key!('o'), A::LimitsOf(Vital::Spo2), "SpO2", "Oxygen saturation.", 4, always),
    bind(Context::Limits, key!('r'), A::LimitsOf(Vital::RespiratoryRate), "respiratory rate", "Respiratory rate.", 5, always),
    back(Context::Limits),
    // An emergency. The checklist and the marks are the protocol's, and stand on the screen.
    bind(Context::Emergency, key!('p'), A::PumpStopped, "pump stopped", "The pump was stopped: recorded as a pause.", 1, when::pump_running),
    bind(Context::Emergency, key!('c'), A::Call, "call", "The call card for the clinician. It places no call.", 2, when::can_record),
    bind(Context::Emergency, key!('v'), A::Vitals, "vitals", "Vitals, one line.", 3, when::patient_here),
    bind(Context::Emergency, key!('m'), A::Grade(Scale::Sedation), "sedation", "Sedation, MOAA/S 5-0.", 4, when::patient_here),
    bind(Context::Emergency, key!('l'), A::Looked, "looked", "Looked at the patient.", 5, when::patient_here),
    bind(Context::Emergency, key!('g'), A::Drug, "drug", "A drug was given: which, dose, by whom, on whose order.", 6, when::patient_here),
    bind(Context::Emergency, key!('t'), A::Note, "note", "A note.", 7, when::can_record),
    bind(Context::Emergency, key!('k'), A::Acknowledge, "ack", "Acknowledge the top alarm.", 8, when::something_to_acknowledge),
    bind(Context::Emergency, &[Chord::Tab], A::NextPrompt, "next", "The next prompt.", 9, when::several_prompts),
    bind(Context::Emergency, key!('u'), A::Undo, "undo", "Take back my last mark or observation.", 10, when::can_record),
    tick(1, "1-8: an item of the checklist, with its time."), tick(2, ""), tick(3, ""), tick(4, ""),
    tick(5, ""), tick(6, ""), tick(7, ""), tick(8, ""),
    mark(0, "A letter that stands beside a mark: it happened now."), mark(1, ""), mark(2, ""), mark(3, ""),
    mark(4, ""), mark(5, ""), mark(6, ""), mark(7, ""), mark(8, ""), mark(9, ""),
    bind(Context::Emergency, key!('?'), A::Help, "keys", "Show the keys.", 20, always),
    bind(Context::Emergency, &[Chord::Enter], A::WhoHasIt, "take over", "Who has the session, and taking it over.", 20, when::another_has_it),
    bind(Context::Emergency, key!('q'), A::Quit, "leave", "Leave a session that another console holds.", 21, when::only_read),
    bind(Context::Emergency, &[Chord::Esc, Chord::Char('!')], A::LeaveEmergency, "emergency over", "The emergency is over: asked once, and what was being typed is back.", 99, when::can_record),
    // The far view.
    bind(Context::Far, key!('f'), A::Back, "near", "Back to the session.", 1, always),
    back(Context::Far),
    // A reason.
    bind(Context::Reason, key!('t'), A::OwnWords, "own words", "Type the reason.", 20, always),
    digit(Context::Reason, 1, "", "1-8: that reason."),
    digit(Context::Reason, 2, "", ""),
    digit(Context::Reason, 3, "", ""),
    digit(Context::Reason, 4, "", ""),
    digit(Context::Reason, 5, "", ""),
    digit(Context::Reason, 6, "", ""),
    digit(Context::Reason, 7, "", ""),
    digit(Context::Reason, 8, "", ""),
    bind(Context::Reason, &[Chord::Esc], A::Back, "later", "Later: it stays owed, b asks again.", 99, always),
    // As read? It comes by itself: n stays nausea.
    bind(Context::AsRead, key!('y'), A::Yes, "as read", "The value stands as read.", 1, always),
    bind(Context::AsRead, key!('r'), A::No, "correct it", "Amend the value.", 2, always),
    bind(Context::AsRead, &[Chord::Esc], A::Back, "later", "Later: it stays unconfirmed; its alarm stands.", 99, always),
    // A session that another console holds.
    bind(Context::Held, key!('t'), A::TakeOver, "take over", "Take the session over: asks who you are and why, then once more.", 1, when::another_has_it),
    bind(Context::Held, &[Chord::Esc], A::Back, "look on", "Only look on.", 99, always),
    // The wall clock.
    bind(Context::WallClock, DIGITS[1], A::Yes, "it is right", "The wall clock is right as it stands.", 1, always),
    bind(Context::WallClock, DIGITS[2], A::No, "it is wrong", "The wall clock is wrong: it is recorded, and stands on the screen.", 2, always),
    bind(Context::WallClock, &[Chord::Esc], A::Back, "later", "Later: it is asked again at the next start.", 99, always),
    // A question.
    bind(Context::Confirm, &[Chord::Char('y'), Chord::Enter], A::Yes, "yes", "Yes.", 1, always),
    bind(Context::Confirm, &[Chord::Down, Chord::PageDown], A::Down, "", "The lines below; the last row says how many.", 0, when::there_is_more),
    bind(Context::Confirm, &[Chord::Up, Chord::PageUp], A::Up, "", "The lines above.", 0, when::there_is_more),
    bind(Context::Confirm, &[Chord::Esc, Chord::Char('n')], A::Back, "no", "No.", 99, always),
    // The keys.
    bind(Context::Help, &[Chord::Up, Chord::PageUp], A::Up, "back", "Scroll up.", 1, always),
    bind(Context::Help, &[Chord::Down, Chord::PageDown, Chord::Char(' ')], A::Down, "more", "Scroll down.", 2, always),
    back(Context::Help),
];

/// Keys that mean the same wherever no binding says otherwise.
const EVERYWHERE: &[(Chord, A)] = &[
    (Chord::Ctrl('c'), A::Nothing),
    (Chord::Ctrl('z'), A::Nothing),
    (Chord::Char('?'), A::Help),
    (Chord::Char('!'), A::Emergency),
    #[cfg(feature = "fault-injection")]
    (Chord::Ctrl('x'), A::Panic),
];

/// The contexts in the order in which they are printed; forms take keys as text.
pub const CONTEXTS: [Context; 31] = [
    Context::Session,
    Context::Emergency,
    Context::Nausea,
    Context::Anxiety,
    Context::Dissociation,
    Context::Sedation,
    Context::Pain,
    Context::Seen,
    Context::Comfort,
    Context::PutOff,
    Context::Pump,
    Context::Record,
    Context::Gate,
    Context::Leave,
    Context::Sheet,
    Context::Card,
    Context::Call,
    Context::Relief,
    Context::Brief,
    Context::Identity,
    Context::Screening,
    Context::Series,
    Context::Limits,
    Context::Reason,
    Context::AsRead,
    Context::Held,
    Context::WallClock,
    Context::Confirm,
    Context::Far,
    Context::Help,
    Context::First,
];

/// What a key means, or that it cannot be used now.
#[must_use]
pub fn lookup(model: &Model, context: Context, chord: Chord) -> Option<Result<A, Unavailable>> {
    if let Some(binding) = bindings(context).find(|binding| binding.chords.contains(&chord)) {
        return Some((binding.available)(model).map(|()| binding.action));
    }
    EVERYWHERE.iter().find(|(key, _)| *key == chord).map(|(_, action)| Ok(*action))
}

/// The keys of a context.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> + Clone {
    KEYMAP.iter().filter(move |binding| binding.context == context)
}

/// The keys of a context that can be used now, as the footer and menus show them.
pub fn shown(model: &Model, context: Context) -> impl Iterator<Item = &'static Binding> {
    let mut found: Vec<_> =
        bindings(context).filter(|b| b.rank > 0 && !b.label.is_empty() && (b.available)(model).is_ok()).collect();
    found.sort_by_key(|b| if context == Context::Sedation && b.rank < 7 { 7 - b.rank } else { b.rank });
    found.into_iter()
}

/// The title over a menu, in the words of the protocol's route.
#[must_use]
pub fn title(model: &Model, context: Context) -> &'static str {
    match model.live() {
        Some(live) if context == Context::Pump => words::pump_menu_title(live.protocol.infusion.route),
        _ => context.title(),
    }
}

/// What stands beside a key, in the words of the protocol's route.
#[must_use]
pub fn label(model: &Model, binding: &Binding) -> &'static str {
    match (model.live(), binding.action) {
        (Some(_), A::Hide) if model.is_locked => words::unlock_label(),
        (Some(live), A::Menu(Context::Pump)) => words::pump_menu_label(live.protocol.infusion.route),
        (Some(live), A::Start) => words::start_label(live.protocol.infusion.route),
        (Some(live), A::End) => words::end_label(live.protocol.infusion.route),
        _ => binding.label,
    }
}
