//! The protocols that come with the program.

/// Name and text of each, as `--protocol NAME` and the room's configuration name them.
pub const SHIPPED: &[(&str, &str)] = &[
    ("standard-iv-40", include_str!("../../assets/protocols/standard-iv-40.toml")),
    ("pain-iv-60", include_str!("../../assets/protocols/pain-iv-60.toml")),
    ("intramuscular", include_str!("../../assets/protocols/intramuscular.toml")),
    ("esketamine-nasal", include_str!("../../assets/protocols/esketamine-nasal.toml")),
];

/// The text of the shipped protocol called `name`.
#[must_use]
pub fn shipped(name: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
