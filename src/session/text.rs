//! Cleans text where it enters the program: a terminal passes on escape sequences, so none may get past this door.

/// The longest text that is kept, characters.
pub const MAX_CHARS: usize = 500;

/// Text without control characters, escape sequences, bidi controls and other invisible formatting, cut at 500
/// characters. Line breaks and tabs become spaces. An escape sequence goes as a whole: its letters must not stay behind.
#[must_use]
pub fn clean(raw: &str) -> String {
    clean_to(raw, MAX_CHARS)
}

/// The same, cut at another length: for a whole line of output that quotes what somebody gave.
#[must_use]
pub fn clean_to(raw: &str, most: usize) -> String {
    let mut out = String::with_capacity(raw.len().min(most.saturating_mul(4)));
    let mut chars = raw.chars().peekable();
    let mut kept = 0;
    while let Some(c) = chars.next() {
        if kept == most {
            break;
        }
        match c {
            '\x1b' => skip_escape(&mut chars),
            '\u{9b}' => skip_csi(&mut chars),
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => skip_string(&mut chars),
            '\t' | '\n' | '\r' => {
                out.push(' ');
                kept += 1;
            }
            c if is_dropped(c) => {}
            c => {
                out.push(c);
                kept += 1;
            }
        }
    }
    out.trim().to_owned()
}

/// Whether a character may stand in text at all.
#[must_use]
pub fn is_dropped(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{180e}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn skip_escape(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match chars.peek() {
        Some('[') => {
            chars.next();
            skip_csi(chars);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            chars.next();
            skip_string(chars);
        }
        // Intermediates, then one final byte: `ESC ( B`.
        Some(' '..='/') => {
            while chars.next_if(|c| (' '..='/').contains(c)).is_some() {}
            chars.next_if(|c| ('0'..='~').contains(c));
        }
        Some('0'..='~') => {
            chars.next();
        }
        _ => {}
    }
}

/// Parameters and intermediates up to the final byte; anything else ends it, for it was no sequence.
fn skip_csi(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    while chars.next_if(|c| (' '..='?').contains(c)).is_some() {}
    chars.next_if(|c| ('@'..='~').contains(c));
}

/// A command string up to its terminator (BEL, ST); without one, to the end of the text.
fn skip_string(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    while let Some(c) = chars.next() {
        match c {
            '\x07' | '\u{9c}' => return,
            '\x1b' => {
                chars.next_if_eq(&'\\');
                return;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[rstest::rstest]
    #[case::plain("  Ana Ruiz ", "Ana Ruiz")]
    #[case::colour("a\x1b[31mred\x1b[0m", "ared")]
    #[case::clipboard("x\x1b]52;c;aGk=\x07y", "xy")]
    #[case::clipboard_c1("x\u{9d}52;c;aGk=\u{9c}y", "xy")]
    #[case::nul("a\0b", "ab")]
    #[case::bidi("a\u{202e}b\u{2066}c", "abc")]
    #[case::lines("one\ntwo\tthree", "one two three")]
    #[case::charset("\x1b(0lq", "lq")]
    #[case::lone_escape("a\x1b", "a")]
    #[case::arabic("محمد", "محمد")]
    #[case::joined_emoji("👩\u{200d}⚕", "👩\u{200d}⚕")]
    fn cleaned(#[case] raw: &str, #[case] expected: &str) {
        assert_eq!(clean(raw), expected);
    }

    proptest! {
        #[test]
        fn nothing_that_moves_a_terminal_is_left(raw in "\\PC*|(\x1b|\u{9b}|[\\x00-\\x1f]|[ -~]){0,80}") {
            let cleaned = clean(&raw);
            prop_assert!(!cleaned.chars().any(is_dropped));
            prop_assert!(cleaned.chars().count() <= MAX_CHARS);
            prop_assert_eq!(clean(&cleaned), cleaned);
        }
    }
}
