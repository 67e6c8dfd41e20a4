//! A form of one or more single-line fields. Text is cleaned as it enters; what was typed stays when it is refused.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::{Input, InputRequest};

use super::action::Action;
use super::input::Chord;
use super::keymap::Context;
use crate::protocol::Vital;
use crate::session::{Actor, PumpAct, Stamp, text};

/// What a form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormKind {
    /// Patient and sitter of a new session.
    NewSession,
    /// The vitals line.
    Vitals,
    /// A drug given.
    Drug,
    /// A note.
    Note,
    /// Identity and preparation.
    Identity,
    /// The comfort plan.
    ComfortPlan,
    /// Who decides the answers of the screening; with the answer that waits for it.
    Decider(Option<Action>),
    /// The dose check.
    DoseCheck,
    /// Scores of this visit.
    Scores,
    /// The date of a psychotherapy session.
    Psychotherapy,
    /// What was said on the day after.
    CheckBack,
    /// An act on the pump: now, or so many minutes ago.
    Pump(PumpAct),
    /// Another rate.
    Rate,
    /// Another planned time.
    Extend,
    /// The reason that an entry owes, in own words.
    Reason {
        /// The entry.
        about: u64,
        /// What for.
        owed: crate::session::Owed,
    },
    /// Amend what an entry says.
    Amend {
        /// The entry.
        about: u64,
    },
    /// Amend when an entry was observed.
    AmendTime {
        /// The entry.
        about: u64,
    },
    /// Withdraw an entry.
    Withdraw {
        /// The entry.
        about: u64,
    },
    /// The time of a late entry.
    Late,
    /// A gate item that asks for a name.
    GateName {
        /// The item.
        item: String,
        /// It names who takes the patient home; otherwise a clinician.
        is_ride: bool,
    },
    /// A gate item let pass by a clinician.
    GateOverride {
        /// The item.
        item: String,
    },
    /// Where the patient was transferred to.
    Transferred,
    /// Why the session is closed without an infusion.
    CloseWithout,
    /// Who takes over.
    Relief,
    /// Limits of a vital sign for this patient.
    Limits(Vital),
    /// Who accepts the room's protocol for the rest of the session.
    AcceptProtocol,
    /// The PIN of a person; `waits` of the form holds what goes on with it.
    Pin {
        /// Whose.
        person: Actor,
        /// Whether it may be left out.
        may_be_left: bool,
    },
    /// Who takes a session over from another console, and why.
    TakeOver,
    /// Who is here, while names are hidden and no session is recorded.
    SignIn,
    /// Who signs the record.
    Sign,
    /// Who adds to a signed record; then the key that asked for it goes on.
    Author(Context, Action, Chord),
}

/// One line of input.
#[derive(Debug, Clone)]
pub struct Field {
    /// What it asks for.
    pub label: String,
    /// A word on how to fill it; or what is known already, which stays where nothing is typed.
    pub hint: String,
    /// What is typed.
    pub input: Input,
    /// What is typed is not shown.
    pub is_secret: bool,
}

/// What became of the PIN of whoever a form names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PinShown {
    /// Nobody has asked for it.
    #[default]
    NotAsked,
    /// It was left out, where that is allowed.
    Left,
    /// It was right.
    Right,
}

/// An open form.
#[derive(Debug, Clone)]
pub struct Form {
    /// What for.
    pub kind: FormKind,
    /// Its fields, at least one.
    pub fields: Vec<Field>,
    /// Which field has the cursor.
    pub focus: usize,
    /// When its first key was pressed: the time of the entry.
    pub first_key: Stamp,
    /// Why what was typed is refused.
    pub fault: Option<String>,
    /// What the next Enter puts into the first field: the two pressures the other way round, as the fault offers.
    pub offer: Option<String>,
    /// What was typed was doubted, and the next Enter takes it.
    pub is_doubted: bool,
    /// The PIN of whoever it names.
    pub pin: PinShown,
    /// The form that waits for the PIN that this one asks.
    pub waits: Option<Box<Form>>,
    /// Since when the PIN is being checked (boot ms).
    pub checking_since: Option<i64>,
    /// The last key was a `!` that may have been meant for an emergency.
    pub bang: Option<Bang>,
}

/// A `!` in the middle of a text: the text's, or the emergency key.
#[derive(Debug, Clone)]
pub struct Bang {
    /// When it was pressed: should it be the emergency key, that is when the emergency began.
    pub at: Stamp,
    /// The form without it.
    pub before: Box<Form>,
}

/// What a key did to a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormKey {
    /// It was taken.
    Taken,
    /// Submit.
    Submit,
    /// Leave without submitting.
    Cancel,
}

impl Field {
    /// An empty field.
    #[must_use]
    pub fn new(label: String, hint: &str) -> Self {
        Self { label, hint: hint.to_owned(), input: Input::default(), is_secret: false }
    }
}

impl Form {
    /// A form with empty fields: nothing is ever prefilled.
    #[must_use]
    pub fn new(kind: FormKind, labels: &[(&'static str, &'static str)], first_key: Stamp) -> Self {
        let field = |(label, hint): &(&'static str, &'static str)| Field::new((*label).to_owned(), hint);
        Self {
            kind,
            fields: labels.iter().map(field).collect(),
            focus: 0,
            first_key,
            fault: None,
            offer: None,
            is_doubted: false,
            pin: PinShown::NotAsked,
            waits: None,
            checking_since: None,
            bang: None,
        }
    }

    /// Puts what is known already beside the fields, never into them.
    pub fn hint(&mut self, hints: impl IntoIterator<Item = Option<String>>) {
        for (field, hint) in self.fields.iter_mut().zip(hints) {
            if let Some(hint) = hint {
                field.hint = hint;
            }
        }
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.iter().all(|field| field.input.value().is_empty())
    }

    /// The cleaned text of a field; empty where there is none.
    #[must_use]
    pub fn text(&self, index: usize) -> String {
        self.fields.get(index).map(|field| text::clean(field.input.value())).unwrap_or_default()
    }

    /// The cleaned text of a field, `None` where it is empty.
    #[must_use]
    pub fn optional(&self, index: usize) -> Option<String> {
        Some(self.text(index)).filter(|text| !text.is_empty())
    }

    /// A key.
    pub fn key(&mut self, key: &KeyEvent) -> FormKey {
        let last = self.focus + 1 >= self.fields.len();
        match key.code {
            KeyCode::Esc => return FormKey::Cancel,
            // What was doubted is taken as it stands, wherever the cursor was put.
            KeyCode::Enter if last || self.is_doubted => return FormKey::Submit,
            // From any field: a long form need not be walked to its end.
            KeyCode::Char('s') if key.modifiers.contains(KeyModifiers::CONTROL) => return FormKey::Submit,
            KeyCode::Backspace if self.fields[self.focus].input.value().is_empty() => {
                self.focus = self.focus.saturating_sub(1);
            }
            KeyCode::Enter | KeyCode::Tab | KeyCode::Down => self.focus = (self.focus + 1) % self.fields.len(),
            KeyCode::BackTab | KeyCode::Up => {
                self.focus = self.focus.checked_sub(1).unwrap_or(self.fields.len() - 1);
            }
            _ => self.edit(key),
        }
        FormKey::Taken
    }

    /// Pasted text goes into the field with the cursor.
    pub fn paste(&mut self, pasted: &str) {
        self.forget();
        self.bang = None;
        for c in text::clean(pasted).chars() {
            self.insert(c);
        }
    }

    fn edit(&mut self, key: &KeyEvent) {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let request = match key.code {
            KeyCode::Char(c) if control => match c {
                'a' => InputRequest::GoToStart,
                'e' => InputRequest::GoToEnd,
                'u' => InputRequest::DeleteLine,
                'w' => InputRequest::DeletePrevWord,
                'k' => InputRequest::DeleteTillEnd,
                _ => return,
            },
            KeyCode::Char(c) => {
                self.forget();
                self.insert(c);
                return;
            }
            KeyCode::Backspace => InputRequest::DeletePrevChar,
            KeyCode::Delete => InputRequest::DeleteNextChar,
            KeyCode::Left => InputRequest::GoToPrevChar,
            KeyCode::Right => InputRequest::GoToNextChar,
            KeyCode::Home => InputRequest::GoToStart,
            KeyCode::End => InputRequest::GoToEnd,
            _ => return,
        };
        self.forget();
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.input.handle(request);
        }
    }

    /// Editing answers the fault.
    fn forget(&mut self) {
        self.fault = None;
        self.offer = None;
        self.is_doubted = false;
        // Another name is another person.
        self.pin = PinShown::NotAsked;
    }

    fn insert(&mut self, c: char) {
        let Some(field) = self.fields.get_mut(self.focus) else { return };
        if !text::is_dropped(c) && field.input.value().chars().count() < text::MAX_CHARS {
            field.input.handle(InputRequest::InsertChar(c));
        }
    }

    /// Puts text into a field, as if typed: a choice by its digit, the swap of two pressures that the sitter accepted.
    pub fn retype(&mut self, index: usize, typed: &str) {
        self.forget();
        if let Some(field) = self.fields.get_mut(index) {
            field.input = Input::new(typed.to_owned());
        }
    }
}
