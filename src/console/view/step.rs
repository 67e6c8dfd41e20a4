//! One numbered answer as this patient's comfort plan has it: touch is not offered where it was refused, and not taken for
//! agreed where it was not asked.

use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::super::input::Chord;
use super::super::theme::Theme;
use crate::protocol::Step;
use crate::session::{ComfortPlan, Wish};
use crate::words;

/// What stands beside a key.
pub(super) enum Label {
    /// The key does it.
    Open(String),
    /// It touches, and touch was refused: the key does nothing.
    Refused(String),
}

impl Label {
    /// A step of a response; `is_next`: it is the one that comes now.
    pub(super) fn of(step: &Step, plan: &ComfortPlan, is_next: bool) -> Self {
        let say = if is_next { words::next_step(&step.say) } else { step.say.clone() };
        match plan.touch {
            _ if !step.touch => Self::Open(say),
            Some(Wish::No) => Self::Refused(say),
            Some(Wish::Yes | Wish::As(_)) => Self::Open(say),
            None => Self::Open(format!("{say} {}", words::touch_not_asked())),
        }
    }

    /// Columns that it takes.
    pub(super) fn width(&self) -> usize {
        match self {
            Self::Open(said) => said.width(),
            Self::Refused(said) => said.width() + 1 + words::touch_refused().len(),
        }
    }

    /// With its key. A refused one is struck out, and told in words.
    pub(super) fn line(self, key: Chord, theme: Theme) -> Line<'static> {
        let key = key.shown();
        match self {
            Self::Open(said) => {
                Line::from(vec![Span::styled(key, theme.key()), Span::raw(" "), Span::styled(said, theme.text())])
            }
            Self::Refused(said) => Line::from(vec![
                Span::styled(key, theme.quiet()),
                Span::raw(" "),
                Span::styled(said, theme.quiet().add_modifier(Modifier::CROSSED_OUT)),
                Span::styled(format!(" {}", words::touch_refused()), theme.quiet()),
            ]),
        }
    }
}
