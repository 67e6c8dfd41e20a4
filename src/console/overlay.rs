//! What lies over the screen: menus, forms and questions. A pending confirmation is kept as data.

use super::form::{Form, PinShown};
use super::held::Taking;
use super::keymap::Context;
use super::sheet::Sheet;
use crate::session::{Actor, Leaving, OwedReason, Stamp, WallDoubt};

/// What lies over the screen.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// One more key: a grade or a menu. With the time of the first key.
    Keys(Context, Stamp),
    /// A form.
    Form(Form),
    /// The keys, scrolled.
    Help(u16),
    /// What the next sitter reads before she signs on, what became of her PIN; shown since then (boot ms); scrolled.
    Brief(Actor, PinShown, i64, u16),
    /// The call card of this minute, scrolled.
    Call(u16),
    /// Something to be read, scrolled.
    Sheet(Sheet, u16),
    /// Pick a reason; asked since then (boot ms).
    Reason(OwedReason, i64),
    /// An unlikely value: as read?
    AsRead(u64),
    /// Why the session is only read, and what can be done.
    Held,
    /// The wall clock looks wrong: is it right? Asked since then (boot ms).
    WallClock(WallDoubt, i64),
    /// A question before something that is not taken back lightly, scrolled.
    Confirm(Confirm, u16),
}

/// What is asked before it is done: kept as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirm {
    /// Leave the console while the session goes on.
    LeaveConsole,
    /// The patient left.
    Leave(Leaving),
    /// Take back an observation that is not the last thing done.
    Undo(u64),
    /// The patient was told the clock times.
    GiveGuidance,
    /// An item of the gate is met, although the record does not say so.
    MetAgainst,
    /// The emergency is over.
    EndEmergency,
    /// Take the session over from another console.
    TakeOver(Taking),
    /// What was not saved here is on paper: show the session as it stands.
    ShowAsItIs,
    /// What was not saved here is on paper: to the first screen.
    LeaveUnsaved,
    /// The patient is ready to leave; asked then, which is its time.
    Ready(Stamp),
}
