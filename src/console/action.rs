//! What a key means. Actions name the sitter's intent; `update` carries them out.

use super::keymap::Context;
use super::sheet::Sheet;
use crate::protocol::{Scale, Sign, Vital};
use crate::session::{Change, Comfort, Screening};

/// The meaning of a key in its context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Move the mark up.
    Up,
    /// Move the mark down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Take what is marked, or submit.
    Enter,
    /// Back to the session.
    Back,
    /// Leave the console, or the session that is over.
    Quit,
    /// Show the keys.
    Help,
    /// A new session.
    NewSession,
    /// A rehearsal.
    Rehearse,
    /// The vitals line.
    Vitals,
    /// Ask for a grade on a scale.
    Grade(Scale),
    /// A digit, in a context that wants one.
    Digit(u8),
    /// The patient vomited.
    Vomited,
    /// Resting, not roused.
    Resting,
    /// Looked: resting quietly.
    Looked,
    /// Open a menu of one more key.
    Menu(Context),
    /// Something seen or said.
    Seen(Sign),
    /// A comfort measure.
    Comfort(Comfort),
    /// Answer the prompt on top.
    Answer(u8),
    /// Acknowledge the top alarm.
    Acknowledge,
    /// Show the next prompt.
    NextPrompt,
    /// Looked again at what the prompt on top is about: how it is.
    LookAgain(Change),
    /// The call card.
    Call,
    /// The clinician was called.
    Called,
    /// The call was answered.
    CallAnswered,
    /// The clinician is here.
    CallArrived,
    /// The same rung was called again.
    CalledAgain,
    /// The call is over and nobody needs to come.
    CallOver,
    /// Begin an emergency.
    Emergency,
    /// An item of the emergency's checklist, from 0.
    Tick(u8),
    /// A mark of the emergency, from 0.
    Mark(u8),
    /// The pump was stopped, in an emergency.
    PumpStopped,
    /// Leave the emergency, after a question.
    LeaveEmergency,
    /// A drug was given.
    Drug,
    /// A note.
    Note,
    /// Take back the last observation or note.
    Undo,
    /// The record.
    Record,
    /// Amend the marked entry's time.
    AmendTime,
    /// Amend what the marked entry says.
    Amend,
    /// Withdraw the marked entry.
    Withdraw,
    /// Show what corrected entries said first, or no longer.
    Originals,
    /// Begin a late entry.
    Late,
    /// Give a reason that is owed.
    Because,
    /// Type a reason in own words.
    OwnWords,
    /// Start the pump (record it).
    Start,
    /// Pause.
    Pause,
    /// Resume.
    Resume,
    /// Change the rate.
    Rate,
    /// Change the planned time.
    Extend,
    /// End.
    End,
    /// The pump still runs past its plan.
    StillRunning,
    /// Identity and preparation.
    Identity,
    /// The comfort plan.
    ComfortPlan,
    /// The screening.
    Screening,
    /// An answer to the marked item of the screening.
    Screen(Screening),
    /// Nothing has changed in the marked item since the last visit.
    Unchanged,
    /// Who decides the answers that follow.
    Decider,
    /// The dose check.
    DoseCheck,
    /// Earlier sessions: the series.
    Series,
    /// Scores of this visit.
    Scores,
    /// A psychotherapy session.
    Psychotherapy,
    /// Ask how the patient is, on the day after.
    CheckBack,
    /// The discharge gate.
    Gate,
    /// The item is met.
    Met,
    /// The item is not met.
    NotMet,
    /// Let the item pass, by a named clinician.
    Override,
    /// The clock times were given.
    GiveGuidance,
    /// The patient is ready.
    Ready,
    /// Something to be read.
    Sheet(Sheet),
    /// Write and print the card.
    MakeCard,
    /// Discharged.
    Discharged,
    /// Left against advice.
    AgainstAdvice,
    /// Transferred.
    Transferred,
    /// Close without an infusion.
    CloseWithout,
    /// The far view.
    Far,
    /// Hide names.
    Hide,
    /// The sitter steps out.
    StepOut,
    /// The sitter is back.
    ComeBack,
    /// Another sitter takes over.
    Relieve,
    /// The next sitter has read the brief.
    SignOn,
    /// Limits of a vital sign for this patient.
    LimitsOf(Vital),
    /// Accept the room's protocol.
    AcceptProtocol,
    /// Why the session is only read, and what can be done.
    WhoHasIt,
    /// Take the session over from another console.
    TakeOver,
    /// Sign the record.
    Sign,
    /// Yes.
    Yes,
    /// No.
    No,
    /// Ctrl-C and Ctrl-Z: nothing, and it says so.
    Nothing,
    /// Make the program panic: a test of the terminal's restoration.
    #[cfg(feature = "fault-injection")]
    Panic,
}

impl Action {
    /// Whether it adds to a record that is signed.
    #[must_use]
    pub const fn adds(self) -> bool {
        matches!(
            self,
            Self::Note
                | Self::Amend
                | Self::AmendTime
                | Self::Withdraw
                | Self::Late
                | Self::Because
                | Self::Identity
                | Self::GiveGuidance
                | Self::MakeCard
                | Self::Seen(_)
                | Self::Answer(_)
                | Self::Acknowledge
                | Self::LookAgain(_)
                | Self::Called
                | Self::CalledAgain
                | Self::CallAnswered
                | Self::CallArrived
                | Self::CallOver
                | Self::Met
                | Self::NotMet
                | Self::Override
        )
    }

    /// Whether it is about the prompt that is drawn, whatever else is on the screen.
    #[must_use]
    pub const fn is_about_the_prompt(self) -> bool {
        matches!(self, Self::Answer(_) | Self::Acknowledge | Self::NextPrompt | Self::LookAgain(_))
    }
}
