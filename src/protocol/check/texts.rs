//! What every text of a protocol may contain: it is drawn on a terminal, so nothing that a terminal would obey.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::protocol::fault::FaultKind;
use crate::protocol::report::Report;

/// The longest text of a protocol, characters.
pub const MAX_TEXT: usize = 500;

/// Checks every text in the file, whatever key it stands under.
pub(crate) fn texts(table: &DeTable<'_>, report: &mut Report) {
    in_table(table, "", report);
}

fn in_table(table: &DeTable<'_>, path: &str, report: &mut Report) {
    for (key, value) in table {
        // Origins are words of a vocabulary: `origins` refuses all others.
        if key.get_ref() != "origin" {
            let inner = if path.is_empty() { key.get_ref().to_string() } else { format!("{path}.{}", key.get_ref()) };
            in_value(value, &inner, report);
        }
    }
}

fn in_value(value: &Spanned<DeValue<'_>>, path: &str, report: &mut Report) {
    match value.get_ref() {
        DeValue::String(text) => text_at(text, value.span().start, path, report),
        DeValue::Array(items) => {
            for item in items {
                in_value(item, path, report);
            }
        }
        DeValue::Table(table) => in_table(table, path, report),
        _ => {}
    }
}

fn text_at(text: &str, at: usize, path: &str, report: &mut Report) {
    if let Some(character) = text.chars().find(|c| is_forbidden(*c)) {
        report.add(at, FaultKind::ForbiddenCharacter { key: path.to_owned(), character });
    }
    let found = text.chars().count();
    if found > MAX_TEXT {
        report.add(at, FaultKind::TextTooLong { key: path.to_owned(), found });
    }
    // An empty approval means that nobody has approved yet.
    if text.trim().is_empty() && !path.starts_with("approval.") {
        report.add(at, FaultKind::EmptyText { key: path.to_owned() });
    }
}

/// Whether a character would be obeyed or hidden instead of shown: control characters (with ESC and C1), direction
/// marks and overrides, line and paragraph separators, other invisible format characters. The joiners U+200C and U+200D
/// stay: scripts need them.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}
