//! The room's configuration, bedside.toml: which room, who works there, how times are written, which protocol. All of it
//! is optional; what nobody knows is refused with its line and column.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::Deserialize;
use thiserror::Error;
use toml::Spanned;

use crate::export::pdf::Paper;
use crate::protocol::{Fault, FaultKind, Field, Form, Report, Section, Unique, Words, read_form, shipped, texts};
use crate::session::{Ladder, Rung, Zone};
use crate::words::{self, ClockStyle};
use crate::zones::{ZoneTrouble, load_zone};

/// The longest file that is read, bytes.
const MAX_BYTES: usize = 256 * 1024;

/// `clock`
const CLOCKS: Words<ClockStyle> = &[("24h", ClockStyle::H24), ("12h", ClockStyle::H12)];

/// `paper`
const PAPERS: Words<Paper> = &[("a4", Paper::A4), ("letter", Paper::Letter)];

/// What the room says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Config {
    /// The room's name.
    pub room: Option<String>,
    /// The workstation's name, as it stands in every entry.
    pub station: Option<String>,
    /// The zone in which times are read, by its IANA name: one that `load_zone` knows.
    pub time_zone: Option<String>,
    /// How clock times are written.
    pub clock: ClockStyle,
    /// The name of a shipped protocol, or a file; a relative path begins at the configuration's own folder.
    pub protocol: Option<PathBuf>,
    /// Who may sit here.
    pub sitters: Vec<Person>,
    /// Who may be called.
    pub clinicians: Vec<Clinician>,
    /// Whom to call, in this order: a clinician's id, or a name or place with its extension.
    pub ladder: Vec<String>,
    /// The clinic's number, for the card that the patient takes home.
    pub clinic_number: Option<String>,
    /// The paper of the printer, for the card.
    pub paper: Paper,
    /// The command that prints a file, with its arguments; the file is put behind them. Empty: there is none.
    pub print: Vec<String>,
    /// Whether the terminal's bell rings, once, when a high alarm is raised.
    pub bell: bool,
    /// The emergency number, in the site's own words: it stands at the end of the ladder.
    pub emergency: Option<String>,
    /// The number of the crisis line, for the card that the patient takes home.
    pub crisis_number: Option<String>,
}

/// Somebody who sits with patients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Short, of a-z, 0-9 and the hyphen.
    pub id: String,
    /// As it is shown and recorded.
    pub name: String,
}

/// Somebody who can be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clinician {
    /// Short, of a-z, 0-9 and the hyphen.
    pub id: String,
    /// As it is shown and recorded.
    pub name: String,
    /// The telephone extension.
    pub extension: Option<String>,
}

/// Why there is no configuration to work with.
#[derive(Debug, Error)]
pub enum ConfigTrouble {
    /// It was named and cannot be read.
    #[error("the configuration {} cannot be read ({fault}): name another with --config, or make this one readable", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        fault: io::Error,
    },
    /// It is wrong: one line a fault.
    #[error("{}", words::faults_of_config(&.path.display().to_string(), .faults))]
    Faults {
        /// The file.
        path: PathBuf,
        /// All that is wrong, in the order of the file.
        faults: Vec<Fault>,
    },
}

impl Config {
    /// The configuration of a file that somebody named; else of the platform's place (`$XDG_CONFIG_HOME/bedside`, else
    /// `~/.config/bedside`) if there is one; else the defaults.
    pub fn load(named: Option<&Path>) -> Result<Self, ConfigTrouble> {
        let Some(path) = named.map(Path::to_owned).or_else(default_path) else { return Ok(Self::default()) };
        let unreadable = |fault| ConfigTrouble::Unreadable { path: path.clone(), fault };
        let text = match read_text(&path, MAX_BYTES) {
            Ok(text) => text,
            Err(fault) if named.is_none() && is_absent(&fault) => return Ok(Self::default()),
            Err(fault) => return Err(unreadable(fault)),
        };
        let mut config = Self::parse(&text).map_err(|faults| ConfigTrouble::Faults { path: path.clone(), faults })?;
        config.protocol = config.protocol.map(|protocol| beside(&path, protocol));
        Ok(config)
    }

    /// Reads and checks the text of a configuration.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the file.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let mut report = Report::new(text);
        if text.len() > MAX_BYTES {
            report.add(0, FaultKind::FileTooLong { bytes: text.len() });
            return Err(report.into_faults(text));
        }
        let Some(Form { table, raw }) = read_form::<Raw>(text, &mut report) else {
            return Err(report.into_faults(text));
        };
        texts(&table, &mut report);
        let config = assemble(&raw, &mut report);
        if report.is_empty() { Ok(config) } else { Err(report.into_faults(text)) }
    }

    /// Whom to call, as the call card shows them: an id of a clinician stands for the name and the extension.
    #[must_use]
    pub fn ladder(&self) -> Ladder {
        let rung = |text: &String| {
            let known = self.clinicians.iter().find(|clinician| clinician.id == *text);
            known.map_or_else(
                || Rung::of_text(text),
                |known| Rung { name: known.name.clone(), extension: known.extension.clone() },
            )
        };
        Ladder { rungs: self.ladder.iter().map(rung).collect(), emergency: self.emergency.clone() }
    }

    /// The zone in which times are read: the room's, else the system's.
    pub fn zone(&self) -> Result<Zone, ZoneTrouble> {
        load_zone(self.time_zone.as_deref())
    }
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    room: Field<String>,
    station: Field<String>,
    time_zone: Field<String>,
    clock: Field<String>,
    protocol: Field<String>,
    clinic_number: Field<String>,
    crisis_number: Field<String>,
    bell: Field<bool>,
    paper: Field<String>,
    #[serde(default)]
    print: Vec<String>,
    #[serde(default)]
    sitter: Vec<Spanned<RawPerson>>,
    #[serde(default)]
    clinician: Vec<Spanned<RawClinician>>,
    call: Field<RawCall>,
}

/// `[[sitter]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPerson {
    id: Field<String>,
    name: Field<String>,
}

/// `[[clinician]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClinician {
    id: Field<String>,
    name: Field<String>,
    extension: Field<String>,
}

/// `[call]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCall {
    #[serde(default)]
    ladder: Vec<String>,
    emergency: Field<String>,
}

fn assemble(raw: &Raw, report: &mut Report) -> Config {
    if let Some(zone) = &raw.time_zone
        && !zone.get_ref().trim().is_empty()
        && load_zone(Some(zone.get_ref())).is_err()
    {
        report.add(zone.span().start, FaultKind::UnknownZone { name: zone.get_ref().clone() });
    }
    let clock = Section::new("", 0, report).word_if("clock", raw.clock.as_ref(), CLOCKS);
    Config {
        room: text(raw.room.as_ref()),
        station: text(raw.station.as_ref()),
        time_zone: text(raw.time_zone.as_ref()),
        clock: clock.unwrap_or_default(),
        protocol: text(raw.protocol.as_ref()).map(PathBuf::from),
        sitters: sitters(&raw.sitter, report),
        clinicians: clinicians(&raw.clinician, report),
        ladder: raw.call.as_ref().map(|call| call.get_ref().ladder.clone()).unwrap_or_default(),
        clinic_number: text(raw.clinic_number.as_ref()),
        paper: Section::new("", 0, report).word_if("paper", raw.paper.as_ref(), PAPERS).unwrap_or_default(),
        print: raw.print.clone(),
        bell: raw.bell.as_ref().is_some_and(|bell| *bell.get_ref()),
        emergency: raw.call.as_ref().and_then(|call| text(call.get_ref().emergency.as_ref())),
        crisis_number: text(raw.crisis_number.as_ref()),
    }
}

fn text(field: Option<&Spanned<String>>) -> Option<String> {
    field.map(|text| text.get_ref().trim().to_owned())
}

fn sitters(raw: &[Spanned<RawPerson>], report: &mut Report) -> Vec<Person> {
    let mut ids = Unique::default();
    raw.iter()
        .map(|item| {
            let mut section = Section::new("sitter", item.span().start, report);
            let raw = item.get_ref();
            Person { id: ids.id(&mut section, raw.id.as_ref()), name: section.text("name", raw.name.as_ref()) }
        })
        .collect()
}

fn clinicians(raw: &[Spanned<RawClinician>], report: &mut Report) -> Vec<Clinician> {
    let mut ids = Unique::default();
    raw.iter()
        .map(|item| {
            let mut section = Section::new("clinician", item.span().start, report);
            let raw = item.get_ref();
            Clinician {
                id: ids.id(&mut section, raw.id.as_ref()),
                name: section.text("name", raw.name.as_ref()),
                extension: text(raw.extension.as_ref()),
            }
        })
        .collect()
}

/// The text of a file that a person wrote, if it has at most so many bytes; an endless one ends.
pub(crate) fn read_text(path: &Path, most: usize) -> io::Result<String> {
    let invalid = |what: String| io::Error::new(io::ErrorKind::InvalidData, what);
    let mut bytes = Vec::new();
    File::open(path)?.take(most as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > most {
        return Err(invalid(format!("it has more than {most} bytes")));
    }
    String::from_utf8(bytes).map_err(|_| invalid("it is not UTF-8 text".to_owned()))
}

fn is_absent(fault: &io::Error) -> bool {
    matches!(fault.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn default_path() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?.config_dir();
    // With an empty HOME the path would be relative to wherever the program was started.
    base.is_absolute().then(|| base.join("bedside").join("bedside.toml"))
}

/// A protocol's file as the configuration names it; the name of a shipped one stays a name.
fn beside(config: &Path, protocol: PathBuf) -> PathBuf {
    let is_shipped = protocol.to_str().is_some_and(|name| shipped(name).is_some());
    match config.parent() {
        Some(folder) if !is_shipped => folder.join(protocol),
        _ => protocol,
    }
}

#[cfg(test)]
mod tests;
