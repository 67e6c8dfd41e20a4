//! Colours for a dark room, out of the sixteen that every terminal has; or none at all. Red, yellow and cyan mean alarms
//! and nothing else. Nothing is told by colour alone.

use ratatui::style::{Color, Modifier, Style};

use crate::protocol::Priority;

/// Whether colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Sixteen colours.
    Colour,
    /// None (`NO_COLOR`): bold, dim and underline only.
    Mono,
}

impl Theme {
    const fn coloured(self, color: Color) -> Style {
        match self {
            Self::Colour => Style::new().fg(color),
            Self::Mono => Style::new(),
        }
    }

    /// Ordinary text.
    #[must_use]
    pub const fn text(self) -> Style {
        self.coloured(Color::Gray)
    }

    /// What is there when it is looked for.
    #[must_use]
    pub const fn quiet(self) -> Style {
        self.coloured(Color::DarkGray)
    }

    /// What the eye should find first.
    #[must_use]
    pub const fn strong(self) -> Style {
        self.coloured(Color::White).add_modifier(Modifier::BOLD)
    }

    /// A key that can be pressed.
    #[must_use]
    pub const fn key(self) -> Style {
        self.coloured(Color::White).add_modifier(Modifier::BOLD)
    }

    /// The marked line.
    #[must_use]
    pub const fn marked(self) -> Style {
        self.coloured(Color::White).add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED)
    }

    /// The watermark of a rehearsal.
    #[must_use]
    pub const fn rehearsal(self) -> Style {
        self.coloured(Color::LightMagenta).add_modifier(Modifier::BOLD)
    }

    /// An alarm, by its priority.
    #[must_use]
    pub const fn alarm(self, priority: Priority) -> Style {
        match priority {
            Priority::High => self.coloured(Color::LightRed).add_modifier(Modifier::BOLD),
            Priority::Medium => self.coloured(Color::Yellow).add_modifier(Modifier::BOLD),
            Priority::Low => self.coloured(Color::Cyan).add_modifier(Modifier::BOLD),
            Priority::Prompt => self.strong(),
        }
    }
}
