//! A PIN as somebody typed it.

use std::fmt;

use thiserror::Error;

use super::text::is_dropped;

/// The shortest PIN, characters.
pub const MIN_CHARS: usize = 4;
/// The longest, characters.
pub const MAX_CHARS: usize = 64;

/// A PIN as somebody typed it. It is not printed, whatever prints what holds it.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

/// It cannot be somebody's PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a PIN has {MIN_CHARS} to {MAX_CHARS} characters, no blank at either end, and no !: choose another")]
pub struct NotAPin;

impl Pin {
    /// What was typed.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        Self(typed.to_owned())
    }

    /// Its bytes, to be hashed or compared.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Whether it can be somebody's PIN. `!` is the key of the emergency, in a form too.
    pub fn check(&self) -> Result<(), NotAPin> {
        let count = self.0.chars().count();
        let is_typed = self.0.chars().all(|c| !is_dropped(c) && c != '!') && self.0.trim() == self.0;
        if (MIN_CHARS..=MAX_CHARS).contains(&count) && is_typed { Ok(()) } else { Err(NotAPin) }
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_typed_at_the_console_is_no_pin() {
        for typed in ["", "123", " 1234", "1234 ", "12!34", "12\u{1b}34", &"1".repeat(65)] {
            Pin::new(typed).check().unwrap_err();
        }
        for typed in ["1234", "long and easy", "\u{fc}\u{df}\u{e9}\u{e8}"] {
            Pin::new(typed).check().unwrap();
        }
        assert_eq!(format!("{:?}", Pin::new("1234")), "Pin(..)");
    }
}
