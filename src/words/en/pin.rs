//! PINs and the idle lock.

/// The title of the form.
#[must_use]
pub fn title_pin(name: &str, unlocks: bool) -> String {
    if unlocks { format!("Names are hidden. The PIN of {name} shows them") } else { format!("PIN of {name}") }
}

/// Its field.
#[must_use]
pub const fn pin_label() -> &'static str {
    "PIN"
}

/// Under the field, where the PIN may be left out.
#[must_use]
pub const fn pin_may_be_left(is_relief: bool) -> &'static str {
    if is_relief {
        "Enter alone: on without it. Names stay hidden until it is given (h), and the record says so."
    } else {
        "Enter alone: recorded by the sitter, on the clinician's word."
    }
}

/// Under the field, while a session runs: whoever was to show it may not be who sits now.
#[must_use]
pub fn another_sits(name: &str) -> String {
    format!("{name} does not sit any more? Esc, then z, r: relief. Everything else goes on without the PIN.")
}

/// Nothing was typed.
#[must_use]
pub const fn pin_is_empty() -> &'static str {
    "The PIN is empty: type it, or Esc to go back."
}

/// It is being checked.
#[must_use]
pub const fn pin_checking() -> &'static str {
    "Checking ..."
}

/// It is wrong.
#[must_use]
pub fn pin_wrong(count: u32, wait_s: i64) -> String {
    let times = if count == 1 { String::new() } else { format!(", {count} times now") };
    format!("That PIN is not right{times}. Try again in {wait_s} s, or Esc to go back.")
}

/// The next try comes too soon.
#[must_use]
pub fn pin_wait(seconds: i64) -> String {
    format!("Wait {seconds} s more, then press Enter again.")
}

/// The strip, while names are hidden until a PIN is given.
#[must_use]
pub fn locked(name: Option<&str>) -> String {
    match name {
        Some(name) => format!("NAMES HIDDEN: h, then the PIN of {}", super::relief::clipped_name(name)),
        None => "NAMES HIDDEN: any key shows them".to_owned(),
    }
}

/// The strip of the first screen, while names are hidden.
#[must_use]
pub const fn locked_first(asks_pin: bool) -> &'static str {
    if asks_pin { "NAMES HIDDEN: h, your name, your PIN" } else { "NAMES HIDDEN: any key shows them" }
}

/// The form that shows the names again on the first screen.
#[must_use]
pub const fn title_sign_in() -> &'static str {
    "Names are hidden. Who are you? Your PIN shows them"
}

/// Its field.
#[must_use]
pub const fn sign_in_labels() -> &'static [(&'static str, &'static str)] {
    &[("Your name", "of somebody who has a PIN")]
}

/// Somebody without a PIN cannot show the names.
#[must_use]
pub fn has_no_pin(name: &str) -> String {
    format!("{name} has no PIN here: only somebody who has one can show the names.")
}

/// Something would show names while they are hidden.
#[must_use]
pub const fn names_are_hidden() -> &'static str {
    "Names are hidden: h asks the PIN that shows them. Everything else can be recorded."
}

/// The label of `h` while names are hidden until a PIN is given.
#[must_use]
pub const fn unlock_label() -> &'static str {
    "show names"
}

/// The PINs cannot be read.
#[must_use]
pub fn pins_unread(why: &str) -> String {
    format!("Nobody is asked for a PIN: {why}")
}

/// A PIN was set at the command line.
#[must_use]
pub fn pin_set(id: &str) -> String {
    format!("{id} has a PIN now; a console that is open asks for it from now on")
}

/// A PIN was taken away.
#[must_use]
pub fn pin_removed(id: &str, had: bool) -> String {
    if had { format!("{id} has no PIN any more") } else { format!("{id} had no PIN") }
}

/// The id is nobody's.
#[must_use]
pub fn pin_for_nobody(id: &str, known: &[String]) -> String {
    if known.is_empty() {
        format!("nobody has the id {id}: name sitters and clinicians in the configuration first")
    } else {
        format!("nobody has the id {id}: the configuration knows {}", known.join(", "))
    }
}

/// What is asked at the terminal.
#[must_use]
pub fn pin_prompt(id: &str, again: bool) -> String {
    if again { "The same again: ".to_owned() } else { format!("New PIN of {id} (it is not shown): ") }
}

/// The two were not the same.
#[must_use]
pub const fn pin_differs() -> &'static str {
    "the two are not the same: nothing was set"
}

/// There is no terminal to ask at.
#[must_use]
pub const fn pin_needs_a_terminal() -> &'static str {
    "there is no terminal to ask at: give the PIN on the standard input with --stdin"
}
