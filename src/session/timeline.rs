//! The effective time line: entries by the time they were observed, after amendments and withdrawals.

use super::entry::Entry;
use super::event::{Event, Observation, Role};
use super::infusion::PumpAct;
use super::time::{At, MINUTE_MS};

/// An entry is late when it was recorded more than this after it was observed, ms (protocol-facts 8).
pub const LATE_AFTER_MS: i64 = 5 * MINUTE_MS;

/// An entry's place on the effective time line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of an entry, and any of them may hold with any other"
)]
pub struct Item {
    /// Its sequence number.
    pub seq: u64,
    /// When it was observed.
    pub at: At,
    /// When it was recorded.
    pub recorded: At,
    /// What it says after amendment; `None` as first written.
    amended: Option<Box<Event>>,
    /// The entries that amended it, in order.
    pub amended_by: Vec<u64>,
    /// The entry that withdrew it.
    pub withdrawn_by: Option<u64>,
    /// Whether an unlikely value was confirmed.
    pub confirmed: bool,
    /// Whether it was recorded late. An amendment that moves it gives its own reason.
    pub is_late: bool,
    /// Whether a person made it while the sitter was out.
    pub while_out: bool,
    /// Whether it was added after the record was signed.
    pub is_addendum: bool,
}

/// An item with what it says now.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Its place.
    pub item: &'a Item,
    /// The entry as stored.
    pub entry: &'a Entry,
    /// What it says after amendment.
    pub event: &'a Event,
    /// The first entry of its session.
    pub first: &'a Entry,
}

/// All items of a session.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// By (observed, seq).
    items: Vec<Item>,
    /// The sitter is out, as far as entries have come.
    is_out: bool,
    /// The record is signed, as far as entries have come.
    is_signed: bool,
}

impl Timeline {
    /// Puts one more entry in. `recorded` is its moment on the session's time line.
    pub fn add(&mut self, entry: &Entry, recorded: At) {
        match &entry.fields.event {
            Event::EntryAmended { about, observed_at, event, .. } => {
                self.amend(*about, entry.seq(), *observed_at, event.clone());
            }
            Event::EntryWithdrawn { about, .. } => {
                if let Some(item) = self.find_mut(*about) {
                    item.withdrawn_by = Some(entry.seq());
                }
            }
            Event::ValueConfirmed { about } => {
                if let Some(item) = self.find_mut(*about) {
                    item.confirmed = true;
                }
            }
            _ => {}
        }
        let at = observed(recorded, entry.fields.observed_at);
        let (amended, amended_by) = (None, Vec::new());
        let is_late = recorded.session_ms - at.session_ms > LATE_AFTER_MS;
        let (seq, withdrawn_by, confirmed) = (entry.seq(), None, false);
        let while_out = self.takes_note_of_absence(entry);
        let is_addendum = self.takes_note_of_signature(entry);
        self.place(Item {
            seq,
            at,
            recorded,
            amended,
            amended_by,
            withdrawn_by,
            confirmed,
            is_late,
            while_out,
            is_addendum,
        });
    }

    /// Whether the entry is an addendum: in the order of recording, after the first signature. A later signature is none.
    fn takes_note_of_signature(&mut self, entry: &Entry) -> bool {
        if matches!(entry.fields.event, Event::SessionSigned(_)) {
            self.is_signed = true;
            return false;
        }
        self.is_signed
    }

    /// Whether a person made the entry while the sitter was out: in the order of recording, for until she says so nobody
    /// knows that she is.
    fn takes_note_of_absence(&mut self, entry: &Entry) -> bool {
        let was_out = self.is_out;
        match &entry.fields.event {
            Event::SitterSteppedOut => self.is_out = true,
            Event::SitterReturned | Event::SitterSignedOn { .. } | Event::SessionTakenOver(_) => self.is_out = false,
            _ => return was_out && entry.fields.actor.role != Role::Console,
        }
        false
    }

    fn amend(&mut self, about: u64, by: u64, observed_at: Option<i64>, event: Option<Box<Event>>) {
        let Some(index) = self.items.iter().position(|item| item.seq == about) else { return };
        let mut item = self.items.remove(index);
        item.amended_by.push(by);
        if let Some(utc_ms) = observed_at {
            item.at = observed(item.recorded, utc_ms);
        }
        if event.is_some() {
            item.amended = event;
            // What stands now is another value: it is doubted, or not, by itself.
            item.confirmed = false;
        }
        self.place(item);
    }

    fn place(&mut self, item: Item) {
        let key = (item.at.session_ms, item.seq);
        // Nearly always the last: look from the end.
        let index = self.items.iter().rposition(|i| (i.at.session_ms, i.seq) < key).map_or(0, |i| i + 1);
        self.items.insert(index, item);
    }

    fn find_mut(&mut self, seq: u64) -> Option<&mut Item> {
        self.items.iter_mut().rfind(|item| item.seq == seq)
    }

    /// Every row, withdrawn ones too. `entries` are those that were added, by sequence number.
    pub fn rows<'a>(&'a self, entries: &'a [Entry]) -> impl DoubleEndedIterator<Item = Row<'a>> + Clone {
        self.items.iter().filter_map(move |item| {
            let entry = entries.get(usize::try_from(item.seq).ok()?.checked_sub(1)?)?;
            let event = item.amended.as_deref().unwrap_or(&entry.fields.event);
            Some(Row { item, entry, event, first: entries.first()? })
        })
    }
}

/// The observed moment of something recorded: the session's time line keeps the distance that the wall clock gave.
const fn observed(recorded: At, observed_utc_ms: i64) -> At {
    At {
        session_ms: recorded.session_ms.saturating_sub(recorded.utc_ms.saturating_sub(observed_utc_ms)),
        utc_ms: observed_utc_ms,
    }
}

impl Row<'_> {
    /// Whether it stands (was not withdrawn).
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.item.withdrawn_by.is_none()
    }

    /// Whether it means that somebody looked at the patient.
    #[must_use]
    pub const fn is_look(&self) -> bool {
        match self.event {
            Event::ObservationRecorded { observation: Observation::Seen(sign) } => sign.is_look(),
            Event::VitalsRecorded { .. } | Event::ObservationRecorded { .. } | Event::LookedAgain { .. } => true,
            _ => false,
        }
    }

    /// What it did to the pump, if anything.
    #[must_use]
    pub fn pump_act(&self) -> Option<PumpAct> {
        pump_act(self.event)
    }

    /// Whether a person wrote it (not the console).
    #[must_use]
    pub fn by_person(&self) -> bool {
        self.entry.fields.actor.role != Role::Console
    }
}

/// What an event did to the pump, if anything.
#[must_use]
pub fn pump_act(event: &Event) -> Option<PumpAct> {
    Some(match event {
        Event::InfusionStarted { .. } => PumpAct::Start,
        Event::InfusionPaused => PumpAct::Pause,
        Event::InfusionResumed => PumpAct::Resume,
        Event::RateChanged { from, rate } => PumpAct::Rate { from: from.clone(), to: rate.clone() },
        Event::InfusionEnded { .. } => PumpAct::End,
        _ => return None,
    })
}
