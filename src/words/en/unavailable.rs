//! Why a key cannot be used now.

use crate::guidance::NoPutOff;

/// Why a key cannot be used now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unavailable {
    /// There is no session in the list.
    NothingListed,
    /// A session runs at this station.
    SessionRunning,
    /// Already a rehearsal.
    InRehearsal,
    /// Another console holds the session.
    ReadOnly,
    /// Another console has taken the session over.
    TakenOver,
    /// Names are hidden until somebody shows a PIN.
    NamesHidden,
    /// Names are not hidden.
    NamesShown,
    /// This console holds the session itself.
    HeldHere,
    /// The patient has left.
    PatientLeft,
    /// The infusion was started already.
    AlreadyStarted,
    /// The infusion was not started.
    NotStarted,
    /// The infusion does not run.
    NotRunning,
    /// The infusion is not paused.
    NotPaused,
    /// Without a pump: the start is not recorded, or the end is already.
    NotGiving,
    /// The protocol's route has no pump, no line.
    NoPump,
    /// The end is not recorded.
    NoEnd,
    /// The end is not recorded, and the visit is over.
    NoEndAfterwards,
    /// Nothing was given.
    NothingGiven,
    /// The planned end is not reached.
    NotAsked,
    /// No alarm or prompt is open.
    NothingToAcknowledge,
    /// What is on the screen was acknowledged, and still holds.
    AcknowledgedAlready,
    /// What is on the screen was acknowledged, and stands until a clinician's word is recorded.
    StandsUntilWord,
    /// There is no other prompt.
    OnePrompt,
    /// There is nothing to scroll to.
    AllIsSeen,
    /// No prompt is on the screen.
    NothingToLookAt,
    /// Nothing was done about the prompt yet.
    NothingDone,
    /// What the prompt is about is measured.
    MeasuredAgain,
    /// No reason is owed.
    NoReasonOwed,
    /// No call was made.
    NoCall,
    /// The check that is due cannot be put off.
    PutOff(NoPutOff),
    /// The sitter has stepped out already.
    SteppedOut,
    /// Nobody has stepped out.
    NobodyOut,
    /// The room has no other protocol.
    NoOtherProtocol,
    /// An alarm is open.
    AlarmOpen,
    /// The room's protocol cannot be read.
    NoProtocol,
    /// No earlier visit has an answer to the item.
    NotAskedBefore,
    /// Nobody is to be asked on the day after.
    NoCheckBack,
    /// The protocol has no screening items.
    NoScreening,
    /// The last call is over.
    CallOver,
    /// The call was answered already.
    CallAnswered,
    /// An emergency lasts.
    EmergencyLasts,
    /// The record is signed.
    Signed,
    /// The visit is not over.
    NotOver,
    /// Everything is signed already.
    SignedAlready,
    /// Entries are only in memory.
    NotSaved,
}

/// One sentence: why, and what to do.
#[must_use]
pub const fn unavailable(why: Unavailable) -> &'static str {
    match why {
        Unavailable::NothingListed => "No session is listed yet: n begins one.",
        Unavailable::SessionRunning => {
            "A session runs at this station: open it (Enter). It must be left or closed before a new one begins."
        }
        Unavailable::InRehearsal => "This is a rehearsal already.",
        Unavailable::ReadOnly => "Read only: another console holds this session. Enter takes it over.",
        Unavailable::TakenOver => super::taken_from_here(),
        Unavailable::NamesHidden => "Names are hidden: h shows them first, with a PIN.",
        Unavailable::NamesShown => "Names are not hidden.",
        Unavailable::HeldHere => "Enter does nothing here: this console has the session. ? shows the keys.",
        Unavailable::PatientLeft => "The patient has left: t takes a note, e makes a late entry or amends.",
        Unavailable::AlreadyStarted => "The start is recorded already: e amends its time.",
        Unavailable::NotStarted => "The start is not recorded: s, s, Enter records it.",
        Unavailable::NotRunning => "The infusion does not run.",
        Unavailable::NotGiving => "The first dose is not recorded yet, or the last one is already: e amends them.",
        Unavailable::NoPump => "There is no pump in this protocol: s records the first and the last dose.",
        Unavailable::NotPaused => "The infusion is not paused.",
        Unavailable::NoEnd => "The end is not recorded: s, then e. The times count from it.",
        Unavailable::NoEndAfterwards => {
            "The end is not recorded. As a late entry: e, its time such as -40, then s and e."
        }
        Unavailable::NothingGiven => "Nothing was given: there are no times to tell.",
        Unavailable::NotAsked => "The planned end is not reached: s, then e, records an end.",
        Unavailable::NothingToAcknowledge => "No alarm or prompt is open.",
        Unavailable::AcknowledgedAlready => super::acknowledged_already(),
        Unavailable::StandsUntilWord => super::acknowledged_and_stands(),
        Unavailable::OnePrompt => "There is no other prompt.",
        Unavailable::AllIsSeen => "All of it is on the screen.",
        Unavailable::NothingToLookAt => "There is nothing to look at again: no prompt is on the screen.",
        Unavailable::NothingDone => "Say first what was done (1 to 9) or acknowledge it (k): then look again.",
        Unavailable::MeasuredAgain => "Look again by taking it again: the number says better or worse.",
        Unavailable::NoReasonOwed => "No reason is owed.",
        Unavailable::PutOff(why) => super::no_put_off(why),
        Unavailable::SteppedOut => "Stepped out already: b when you are back, r for relief.",
        Unavailable::NobodyOut => "Nobody has stepped out.",
        Unavailable::NoOtherProtocol => "The room has no other protocol than this session.",
        Unavailable::AlarmOpen => {
            "An alarm is open: acknowledge it first (k). Another protocol must not take it off the screen."
        }
        Unavailable::NoProtocol => {
            "The room's protocol cannot be read: start bedside again with one that can, then begin."
        }
        Unavailable::NotAskedBefore => "No earlier session of this patient has an answer to it: ask, then y, n or u.",
        Unavailable::NoCheckBack => {
            "The patient of the marked session is not to be asked: still here, or asked already."
        }
        Unavailable::NoScreening => super::no_screening(),
        Unavailable::CallOver => "The last call is over: c records another.",
        Unavailable::CallAnswered => "That call was answered already: h records who is here.",
        Unavailable::EmergencyLasts => "An emergency lasts: Esc ends it first, after a question.",
        Unavailable::Signed => {
            "The record is signed: t adds a note, e amends or makes a late entry. Each is marked as an addendum."
        }
        Unavailable::NotOver => "The visit is not over: record first how the patient left (l), then sign.",
        Unavailable::SignedAlready => "Everything is signed already. What is added from now on can be signed again.",
        Unavailable::NotSaved => "Not everything is saved yet: sign when each line has its number.",
        Unavailable::NoCall => "No call is recorded yet: c records it.",
    }
}
