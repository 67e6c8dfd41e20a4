//! The rules of the house as tests: which room may know what, how files begin and how long they grow, what is never
//! written. A rule that is broken names the file and the line.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use bedside::console::Context;
use bedside::console::keymap::bindings;

/// What a room without clock, file, environment, screen, thread or chance may not name. Maps are ordered: the same session
/// gives the same bytes.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::thread",
    "std::net",
    "std::process",
    "std::io",
    "std::time",
    "tokio",
    "rusqlite",
    "crossterm",
    "ratatui",
    "rustix",
    "HashMap",
    "HashSet",
    "Utc::now",
    "Local::now",
    "Timestamp::now",
    "now_v7",
    "new_v4",
    "println!",
    "eprintln!",
    "print!",
];

/// What the console may not name: it reads no clock, opens no file, starts no thread.
const NOT_IN_CONSOLE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::thread",
    "std::net",
    "std::process",
    "std::io",
    "std::time",
    "tokio",
    "rusqlite",
    "rustix",
    "HashMap",
    "HashSet",
    "Utc::now",
    "Local::now",
    "Timestamp::now",
    "println!",
];

/// A room: what it may not name, and the rooms that it may use. The others are above it, or beside it.
struct Room {
    folder: &'static str,
    never: &'static [&'static str],
    uses: &'static [&'static str],
}

/// The dependency rule (design.md 3): protocol <- session <- guidance <- words <- { console, export }.
const ROOMS: &[Room] = &[
    Room { folder: "protocol", never: IMPURE, uses: &[] },
    Room { folder: "session", never: IMPURE, uses: &["protocol"] },
    Room { folder: "guidance", never: IMPURE, uses: &["protocol", "session"] },
    Room { folder: "words", never: IMPURE, uses: &["protocol", "session", "guidance"] },
    Room { folder: "export", never: IMPURE, uses: &["protocol", "session", "guidance", "words"] },
    Room { folder: "rehearsal", never: IMPURE, uses: &["protocol", "session"] },
    // What the console asks of the journal are the journal's questions and answers; its file stays out of sight.
    // The card that it shows is the one that is printed.
    Room {
        folder: "console",
        never: NOT_IN_CONSOLE,
        uses: &["protocol", "session", "guidance", "words", "export", "journal"],
    },
    // What is written to a disk outlasts a power cut in one way (`src/file.rs`, which knows no room).
    Room { folder: "journal", never: &["ratatui", "crossterm"], uses: &["session", "protocol", "file"] },
];

/// Names that one place has for itself: (name, who may write it).
const KEPT_FOR_ONE: &[(&str, &[&str])] = &[
    ("SystemTime", &["src/clock.rs"]),
    ("Instant::now", &["src/clock.rs"]),
    ("Utc::now", &[]),
    ("Local::now", &[]),
    ("Timestamp::now", &[]),
    ("clock_gettime", &["src/clock.rs"]),
    ("process::exit", &["src/main.rs"]),
    ("rusqlite", &["src/journal/", "src/cli/version.rs"]),
];

/// The longest file, lines. Tables may be longer.
const LINES: usize = 420;
/// Files that are tables, with their own limit.
const TABLES: &[(&str, usize)] = &[("src/console/keymap.rs", 820), ("src/session/event.rs", 700)];

/// Where the root of the project is.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file under a folder of the project, in order.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.expect("an entry of a folder").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && !["target", ".git"].contains(&name.as_str()) {
                folders.push(path);
            } else if path.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn rust_files(folder: &str) -> Vec<(String, String)> {
    let rust = files(folder).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|path| (shown(&path), fs::read_to_string(&path).expect("a readable file"))).collect()
}

/// All Rust of the project.
fn all_rust() -> Vec<(String, String)> {
    let found: Vec<_> = ["src", "tests", "benches"].into_iter().flat_map(rust_files).collect();
    // A test that reads nothing would hold for ever.
    assert!(found.len() > 100, "only {} files: are they somewhere else now?", found.len());
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).expect("a file of the project").to_string_lossy().replace('\\', "/")
}

/// The lines of a file with their numbers, comments left out.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| {
        let end = line.find("//").filter(|at| !line[..*at].ends_with(':')).unwrap_or(line.len());
        (index + 1, &line[..end])
    })
}

/// Whether a line names something: not as a part of a longer word.
fn names(line: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + name.len()..].chars().next();
        !(before.is_some_and(is_word) || name.ends_with(is_word) && after.is_some_and(is_word))
    })
}

fn none_of(broken: &[String], rule: &str) {
    assert!(broken.is_empty(), "{rule}\n  {}", broken.join("\n  "));
}

#[test]
fn pure_rooms_name_nothing_of_the_world() {
    let mut broken = Vec::new();
    for room in ROOMS {
        let read = rust_files(&format!("src/{}", room.folder));
        assert!(!read.is_empty(), "there is no room {}", room.folder);
        for (file, text) in &read {
            for (number, line) in code(text) {
                broken.extend(
                    room.never.iter().filter(|name| names(line, name)).map(|name| format!("{file}:{number}: {name}")),
                );
            }
        }
    }
    none_of(&broken, "a room names what it may not know:");
}

#[test]
fn rooms_use_only_the_rooms_under_them() {
    let all: BTreeSet<String> = fs::read_dir(root().join("src"))
        .expect("src")
        .map(|entry| entry.expect("an entry").path())
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    let mut broken = Vec::new();
    for room in ROOMS {
        for (file, text) in rust_files(&format!("src/{}", room.folder)) {
            for (number, line) in code(&text) {
                let used = line.match_indices("crate::").map(|(at, found)| &line[at + found.len()..]);
                for used in used {
                    let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    // A list in braces would hide what it names from this test, and from the reader.
                    let allowed = room.uses.contains(&name.as_str()) || name == room.folder;
                    if name.is_empty() || (all.contains(&name) && !allowed) {
                        broken.push(format!("{file}:{number}: crate::{used}"));
                    }
                }
            }
        }
    }
    none_of(&broken, "a room uses one that is not under it:");
}

#[test]
fn some_names_are_kept_for_one_place() {
    let mut broken = Vec::new();
    for (file, text) in &rust_files("src") {
        for (number, line) in code(text) {
            let wrong = KEPT_FOR_ONE
                .iter()
                .filter(|(name, places)| names(line, name) && !places.iter().any(|place| file.starts_with(place)));
            broken.extend(wrong.map(|(name, places)| format!("{file}:{number}: {name} belongs to {places:?}")));
        }
    }
    none_of(&broken, "clocks are read in clock.rs, the program ends in main.rs, SQL stays in the journal:");
}

#[test]
fn every_file_says_what_it_is_for() {
    let broken: Vec<String> =
        all_rust().into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(file, _)| file).collect();
    none_of(&broken, "a file begins with a line of `//!` that says what it is for:");
}

#[test]
fn files_stay_small() {
    let limit = |file: &str| TABLES.iter().find(|(table, _)| *table == file).map_or(LINES, |(_, lines)| *lines);
    let src = rust_files("src");
    let long = src.iter().filter(|(file, text)| text.lines().count() > limit(file));
    let broken: Vec<String> = long.map(|(file, text)| format!("{file}: {} lines", text.lines().count())).collect();
    none_of(&broken, "a file is one idea; a table may be longer, and then stands in TABLES:");
    for (table, _) in TABLES {
        assert!(src.iter().any(|(file, _)| file == table), "{table} is no more: take it out of TABLES");
    }
    let main = src.iter().find(|(file, _)| file == "src/main.rs").map(|(_, text)| text.lines().count());
    assert!(main.is_some_and(|lines| lines <= 40), "main.rs runs one subcommand, in 40 lines at most: {main:?}");
}

#[test]
fn files_are_named_for_what_they_hold() {
    let vague = ["utils", "util", "helpers", "helper", "common", "misc", "shared", "app"];
    let broken: Vec<String> = all_rust()
        .into_iter()
        .map(|(file, _)| file)
        .filter(|file| file.split('/').any(|part| vague.contains(&part.trim_end_matches(".rs"))))
        .collect();
    none_of(&broken, "a name that holds anything says nothing:");
}

#[test]
fn some_things_are_never_written() {
    // In two pieces, so that this file does not break its own rule.
    let never = [
        (concat!("allow", "("), "write #[expect(.., reason = \"..\")]"),
        (concat!("thread", "::sleep"), "timeouts are comparisons with now"),
        (concat!("todo", "!"), "finish it"),
        (concat!("unimplemented", "!"), "finish it"),
        (concat!("dbg", "!"), "take it out"),
        (concat!("#[", "ignore"), "a test that is not run is no test"),
    ];
    let mut broken = Vec::new();
    for (file, text) in &all_rust() {
        for (number, line) in code(text) {
            let is_attribute = line.trim_start().starts_with("#[") || line.trim_start().starts_with("#![");
            for (what, instead) in never {
                if names(line, what) && (is_attribute || !what.ends_with('(')) {
                    broken.push(format!("{file}:{number}: {what} {instead}"));
                }
            }
        }
    }
    none_of(&broken, "never written:");
}

#[test]
fn no_file_names_a_package_registry() {
    // What a build fetches is decided where it is built. In pieces, for this file is read too.
    let hosts = [
        concat!("crates", ".io"),
        concat!("pypi", ".org"),
        concat!("pythonhosted", ".org"),
        concat!("npmjs", "."),
        concat!("rubygems", ".org"),
        concat!("proxy.golang", ".org"),
        concat!("maven", ".org"),
        concat!("docker", ".io"),
        concat!("ghcr", ".io"),
        concat!("jfrog", "."),
        concat!("artifact", "ory"),
    ];
    // The lock file has cargo's own name of the public index in every package, whatever mirror was asked.
    let index = concat!("source = \"registry+https://github.com/rust-lang/crates", ".io-index\"");
    let mut broken = Vec::new();
    for path in files("") {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (index_of, line) in text.lines().enumerate().filter(|(_, line)| *line != index) {
            let found = hosts.iter().filter(|host| line.to_lowercase().contains(*host));
            broken.extend(found.map(|host| format!("{}:{}: {host}", shown(&path), index_of + 1)));
        }
    }
    none_of(&broken, "a registry's host stands in a file:");
}

/// The keys of a session as the README shows them.
fn key_table() -> String {
    let rows = bindings(Context::Session).filter(|binding| !binding.help.is_empty()).map(|binding| {
        let keys: Vec<String> = binding.chords.iter().map(|chord| format!("`{}`", chord.shown())).collect();
        format!("| {} | {} |\n", keys.join(" "), binding.help.replace('|', "\\|"))
    });
    let rows: String = rows.collect();
    format!("| key | does |\n|---|---|\n{rows}")
}

#[test]
fn the_readme_has_the_keys_of_the_table() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md stands beside Cargo.toml");
    let (begin, end) = ("<!-- keys -->\n", "<!-- /keys -->");
    let shown = readme.split_once(begin).and_then(|(_, rest)| rest.split_once(end)).map(|(table, _)| table);
    let expected = key_table();
    assert!(
        shown == Some(expected.as_str()),
        "README.md does not show the keys as they are. Between the two lines stands:\n\n{begin}{expected}{end}\n"
    );
}

#[test]
fn the_rules_find_what_they_look_for() {
    assert!(names("use std::fs;", "std::fs") && names("std::fs::read(x)", "std::fs"));
    assert!(!names("let my_tokio_like = 1;", "tokio") && !names("HashMapper", "HashMap"));
    assert_eq!(code("let a = 1; // std::fs\nb").map(|(_, line)| line).collect::<Vec<_>>(), ["let a = 1; ", "b"]);
    assert_eq!(code("\"https://x\" // c").map(|(_, line)| line).collect::<Vec<_>>(), ["\"https://x\" // c"]);
}
