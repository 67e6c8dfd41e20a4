//! Keys as the keymap knows them: letters without case, for Caps Lock happens in the dark.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::session::text::is_dropped;

/// A key that can be bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chord {
    /// A character, lower case.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A character with Ctrl.
    Ctrl(char),
}

impl Chord {
    /// The chord of a key press; `None` for a release, or a key that is never bound.
    #[must_use]
    pub fn of(key: &KeyEvent) -> Option<Self> {
        if key.kind == KeyEventKind::Release {
            return None;
        }
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        Some(match key.code {
            // No key is bound to it, and the word that it does nothing would carry it to the terminal.
            KeyCode::Char(c) if is_dropped(c) => return None,
            KeyCode::Char(c) if control => Self::Ctrl(lower(c)),
            KeyCode::Char(c) => Self::Char(lower(c)),
            KeyCode::Enter => Self::Enter,
            KeyCode::Esc => Self::Esc,
            KeyCode::Tab => Self::Tab,
            KeyCode::Up => Self::Up,
            KeyCode::Down => Self::Down,
            KeyCode::PageUp => Self::PageUp,
            KeyCode::PageDown => Self::PageDown,
            _ => return None,
        })
    }

    /// As printed on the screen.
    #[must_use]
    pub fn shown(self) -> String {
        match self {
            Self::Char(' ') => "Space".into(),
            Self::Char(c) => c.to_string(),
            Self::Enter => "Enter".into(),
            Self::Esc => "Esc".into(),
            Self::Tab => "Tab".into(),
            Self::Up => "Up".into(),
            Self::Down => "Down".into(),
            Self::PageUp => "PgUp".into(),
            Self::PageDown => "PgDn".into(),
            Self::Ctrl(c) => format!("Ctrl-{}", c.to_uppercase()),
        }
    }
}

fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Keys as they are written in scripts and tests: `v 128/80 72 98<enter>`. A name in angle brackets is one key (`<enter>`,
/// `<esc>`, `<tab>`, `<up>`, `<down>`, `<pgup>`, `<pgdn>`, `<bs>`, `<space>`, `<c-x>`, `<lt>`); every other character is
/// itself. `None` where a name is unknown.
#[must_use]
pub fn keys(script: &str) -> Option<Vec<KeyEvent>> {
    let mut out = Vec::new();
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        if let Some(inner) = rest.strip_prefix('<') {
            let (name, after) = inner.split_once('>')?;
            out.push(named(name)?);
            rest = after;
        } else {
            out.push(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
            rest = &rest[c.len_utf8()..];
        }
    }
    Some(out)
}

fn named(name: &str) -> Option<KeyEvent> {
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "bs" => KeyCode::Backspace,
        "space" => KeyCode::Char(' '),
        "lt" => KeyCode::Char('<'),
        _ => {
            let control = name.strip_prefix("c-")?.chars().next()?;
            return Some(KeyEvent::new(KeyCode::Char(control), KeyModifiers::CONTROL));
        }
    };
    Some(KeyEvent::new(code, KeyModifiers::NONE))
}
