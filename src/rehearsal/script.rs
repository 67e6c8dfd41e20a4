//! A script as text: `assets/rehearsals/*.toml`.

use serde::Deserialize;

use crate::session::{MINUTE_MS, SECOND_MS, text};

/// The scripts that come with the program, by name.
pub const SHIPPED: &[(&str, &str)] = &[
    ("first-session", include_str!("../../assets/rehearsals/first-session.toml")),
    ("esketamine-visit", include_str!("../../assets/rehearsals/esketamine-visit.toml")),
];

/// The text of a shipped script.
#[must_use]
pub fn shipped(name: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// A scripted patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Its title.
    pub title: String,
    /// The protocol it is written for, by its shipped name.
    pub protocol: String,
    /// The patient's name: never that of a person.
    pub patient: String,
    /// The sitter's name: never that of a person.
    pub sitter: String,
    /// What happens, in file order.
    pub moments: Vec<Moment>,
}

/// What a moment counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The opening of the session.
    Opening,
    /// The start of the infusion.
    Start,
    /// The end of the infusion.
    End,
}

/// One moment of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// What it counts from.
    pub after: Anchor,
    /// How long after, ms.
    pub at_ms: i64,
    /// What is seen or heard from then on.
    pub shows: Option<String>,
    /// What the monitor reads from then on.
    pub monitor: Option<String>,
    /// What a scripted sitter presses.
    pub keys: Option<String>,
}

/// Why a script cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScriptFault {
    /// Not the shape of a script.
    #[error("the rehearsal cannot be read: {0}")]
    Shape(String),
    /// A time that is not minutes:seconds.
    #[error("moment {moment}: at = {at:?} is not a time; write minutes and seconds, such as \"18:30\"")]
    Time {
        /// Which moment, from 1.
        moment: usize,
        /// What stands there.
        at: String,
    },
    /// Keys that do not exist.
    #[error("moment {moment}: keys = {keys:?} names a key that does not exist")]
    Keys {
        /// Which moment, from 1.
        moment: usize,
        /// What stands there.
        keys: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScript {
    title: String,
    protocol: String,
    patient: String,
    sitter: String,
    moment: Vec<RawMoment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMoment {
    after: Anchor,
    at: String,
    shows: Option<String>,
    monitor: Option<String>,
    keys: Option<String>,
}

impl Script {
    /// Reads a script. `is_keys` says whether a text names keys that exist.
    pub fn load(source: &str, is_keys: impl Fn(&str) -> bool) -> Result<Self, ScriptFault> {
        let raw: RawScript = toml::from_str(source).map_err(|fault| ScriptFault::Shape(fault.to_string()))?;
        let moments = raw.moment.into_iter().enumerate().map(|(index, raw)| moment(index + 1, raw, &is_keys));
        Ok(Self {
            title: text::clean(&raw.title),
            protocol: text::clean(&raw.protocol),
            patient: text::clean(&raw.patient),
            sitter: text::clean(&raw.sitter),
            moments: moments.collect::<Result<_, _>>()?,
        })
    }
}

fn moment(moment: usize, raw: RawMoment, is_keys: impl Fn(&str) -> bool) -> Result<Moment, ScriptFault> {
    let at_ms = time_ms(&raw.at).ok_or(ScriptFault::Time { moment, at: raw.at })?;
    if let Some(keys) = raw.keys.as_ref().filter(|keys| !is_keys(keys)) {
        return Err(ScriptFault::Keys { moment, keys: keys.clone() });
    }
    let clean = |typed: Option<String>| typed.map(|typed| text::clean(&typed));
    Ok(Moment { after: raw.after, at_ms, shows: clean(raw.shows), monitor: clean(raw.monitor), keys: raw.keys })
}

/// `18:30`, minutes and seconds.
fn time_ms(at: &str) -> Option<i64> {
    let (minutes, seconds) = at.split_once(':')?;
    let minutes: i64 = minutes.parse().ok().filter(|minutes| (0..=1440).contains(minutes))?;
    let seconds: i64 = seconds.parse().ok().filter(|seconds| (0..60).contains(seconds))?;
    Some(minutes * MINUTE_MS + seconds * SECOND_MS)
}
