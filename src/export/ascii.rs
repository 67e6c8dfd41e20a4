//! Text for any printer: letters of Latin scripts without their marks, typographic signs as a typewriter has them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in ASCII alone; `None` where it has letters that have no such form (another script).
#[must_use]
pub(super) fn ascii(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            _ if c.is_ascii() => out.push(c),
            _ => out.push_str(typed(c)?),
        }
    }
    Some(out)
}

/// Letters and signs that are no letter with a mark, as they are typed without them.
const fn typed(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'ẞ' => "SS",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        'ø' => "o",
        'Ø' => "O",
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'þ' => "th",
        'Þ' => "Th",
        'ħ' => "h",
        'Ħ' => "H",
        'ı' => "i",
        '‘' | '’' | 'ʼ' | '′' => "'",
        '“' | '”' | '„' | '«' | '»' => "\"",
        '‐' | '‑' | '–' | '—' | '−' | '•' | '·' => "-",
        '×' => "x",
        '°' => " deg",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::ascii;

    #[rstest::rstest]
    #[case("Patient T1", Some("Patient T1"))]
    #[case("Zoe\u{308} Ångström", Some("Zoe Angstrom"))]
    #[case("Łukasz Groß", Some("Lukasz Gross"))]
    #[case("“tonight” – rest…", Some("\"tonight\" - rest..."))]
    #[case("王小明", None)]
    #[case("محمد", None)]
    #[case("Ольга", None)]
    fn folded(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(ascii(text).as_deref(), expected);
    }
}
