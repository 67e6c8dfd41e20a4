//! An emergency as the record has it: when it began and ended, and what was marked meanwhile.

use super::event::Event;
use super::time::At;
use super::timeline::Row;

/// One emergency. Without an end it lasts, over a crash too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emergency {
    /// The entry that began it.
    pub seq: u64,
    /// When it began.
    pub began: At,
    /// When it was said to be over.
    pub ended: Option<At>,
    /// What was marked, in order.
    pub marks: Vec<EmergencyMark>,
}

/// Something marked in an emergency, with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmergencyMark {
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: At,
    /// Its words, as they stood on the screen.
    pub text: String,
    /// Whether it is an item of the checklist.
    pub checklist: bool,
}

impl Emergency {
    /// The last time that something was marked.
    #[must_use]
    pub fn marked(&self, text: &str, checklist: bool) -> Option<&EmergencyMark> {
        self.marks.iter().rev().find(|mark| mark.checklist == checklist && mark.text == text)
    }
}

/// Takes the next row about an emergency. One that is open is not begun again; without one nothing is marked or ended.
pub(super) fn take(emergencies: &mut Vec<Emergency>, row: &Row<'_>) {
    let (seq, at) = (row.item.seq, row.item.at);
    let open = emergencies.last_mut().filter(|emergency| emergency.ended.is_none());
    match (row.event, open) {
        (Event::EmergencyBegan, None) => {
            emergencies.push(Emergency { seq, began: at, ended: None, marks: Vec::new() });
        }
        (Event::EmergencyMarked { mark, checklist }, Some(emergency)) => {
            emergency.marks.push(EmergencyMark { seq, at, text: mark.clone(), checklist: *checklist });
        }
        (Event::EmergencyEnded, Some(emergency)) => emergency.ended = Some(at),
        _ => {}
    }
}
