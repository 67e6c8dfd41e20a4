//! What all commands share: arguments, configuration, folders, the output, and what the program says of itself.

use std::fs;
use std::process::Stdio;

use super::*;

#[test]
fn the_version_is_short_or_whole() {
    let home = Home::new();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(home.run(["-V"]).fine(), format!("bedside {version}\n"));
    let run = home.run(["--version"]);
    let whole = run.fine();
    assert!(whole.starts_with(&format!("bedside {version}\nSQLite {}\ntime zones: ", rusqlite::version())), "{whole}");
    let words = whole.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in
        ["not a patient monitor", "no sensors", "cannot detect apnoea", "clinician's approval", "not medical advice"]
    {
        assert!(words.contains(said), "{said}");
    }
    let elsewhere = home.base.path().join("zones");
    fs::create_dir(&elsewhere).unwrap();
    home.file("zones/tzdata.zi", "# version 2031x\n");
    let run = Run::of(&home.bedside().env("TZDIR", &elsewhere).arg("--version").assert());
    assert!(run.fine().contains(&format!("time zones: {}, 2031x", elsewhere.display())), "{}", run.out);
}

#[test]
fn help_manual_and_completions_are_printed() {
    let home = Home::new();
    assert!(home.run(["--help"]).fine().contains("rehearse"));
    assert!(home.run(["help", "verify"]).fine().contains("last"));
    let page = home.run(["man"]);
    assert!(page.fine().starts_with(".ie") && page.out.contains("BEDSIDE_DATA_DIR"), "{}", page.out);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(home.run(["completions", shell]).fine().contains("bedside"), "{shell}");
    }
}

#[test]
fn what_cannot_be_meant_is_usage() {
    let home = Home::new();
    for arguments in [&["shwo", "last"][..], &["show"], &["completions", "cmd"], &["sessions", "--limit", "x"]] {
        let run = home.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
    }
    let run = home.run(["\x1b[2J\u{9b}2Jshow\u{202e}"]);
    assert_eq!(run.code, Some(2));
    assert!(is_plain(&run.err), "{:?}", run.err);
    for (arguments, says) in [
        (&["rehearse", "--speed", "0"][..], "add --auto"),
        (&["rehearse", "--start", "25:00"], "14:05"),
        (&["rehearse", "--speed=-1"], "--speed"),
    ] {
        let run = home.run(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert!(run.err.contains(says), "{}", run.err);
    }
}

#[test]
fn a_faulty_configuration_is_named_with_line_and_column() {
    let home = Home::new();
    let path = home.file("room.toml", "room = \"2\"\nclock = \"13h\"\n[[sitter]]\nid = \"J D\"\ncolour = 3\n");
    let run = home.run(["sessions", "--config", "room.toml"]);
    assert_eq!(run.code, Some(3));
    let lines: Vec<&str> = run.err.lines().collect();
    assert!(lines[0].starts_with("room.toml:2:9: clock is \"13h\": write one of"), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("room.toml:5:1: \"colour\" is not known here")), "{lines:?}");
    let run = Run::of(&home.bedside().env("BEDSIDE_CONFIG", &path).arg("sessions").assert());
    assert_eq!(run.code, Some(3), "by its variable too");
    fs::write(&path, "room = \"\x1b[2J2\"").unwrap();
    let run = home.run(["sessions", "--config", "room.toml"]);
    assert!(run.sentence(3).starts_with("room.toml:1:"), "{}", run.err);
    assert!(is_plain(&run.err));
}

#[test]
fn a_configuration_that_was_named_must_be_there_and_the_platforms_need_not() {
    let home = Home::new();
    assert!(home.run(["sessions", "--config", "none.toml"]).sentence(3).contains("none.toml cannot be read"));
    home.run(["sessions"]).fine();
    home.file("xdg/bedside/bedside.toml", "rooms = 2");
    let run = Run::of(&home.bedside().env("XDG_CONFIG_HOME", home.base.path().join("xdg")).arg("sessions").assert());
    assert!(run.sentence(3).contains("\"rooms\" is not known here"), "{}", run.err);
    home.file(".config/bedside/bedside.toml", "time_zone = \"Mars/Base\"");
    assert!(home.run(["sessions"]).sentence(3).contains("there is no time zone \"Mars/Base\""));
}

#[test]
fn without_a_home_the_data_folder_must_be_named() {
    let home = Home::new();
    let without = |arguments: &[&str]| {
        let mut command = home.bedside();
        // Without HOME the system is asked, which knows one for most users: a relative one stands for none.
        Run::of(&command.env("HOME", "nowhere").env_remove("BEDSIDE_DATA_DIR").args(arguments).assert())
    };
    for arguments in [&["sessions"][..], &["show", "last"], &["verify"]] {
        assert!(without(arguments).sentence(3).contains("give --data-dir"));
    }
    without(&["sessions", "--data-dir", "here"]).fine();
    assert!(!home.base.path().join("here").exists());
}

#[test]
fn a_data_folder_that_is_a_file_is_trouble() {
    let home = Home::new();
    home.file("data", "x");
    assert!(home.run(["sessions"]).sentence(3).contains("cannot be used"));
    let run = home.run(["sessions", "--data-dir", "/dev/null/\x1b[2J"]);
    assert!(is_plain(run.sentence(3)));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    let home = Home::new();
    home.save(&Visit::open("1123-1", "Ana R.", OPENED).left());
    for arguments in [
        &["show", "last"][..],
        &["sessions"],
        &["verify"],
        &["man"],
        &["--help"],
        &["--version"],
        &["completions", "zsh"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = std::process::Command::new(home.bedside().get_program());
        command.args(arguments).env("BEDSIDE_DATA_DIR", home.data()).env("HOME", home.base.path());
        let output = command.stdout(Stdio::from(writer)).stderr(Stdio::piped()).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_has_nowhere_to_go_is_trouble() {
    let home = Home::new();
    let mut command = std::process::Command::new(home.bedside().get_program());
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command.arg("man").stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("the output cannot be written ("));
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_read_and_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;

    let home = Home::new();
    home.save(&Visit::open("1123-1", "Ana R.", OPENED).left());
    let names = || -> Vec<_> { fs::read_dir(home.data()).unwrap().map(|file| file.unwrap().file_name()).collect() };
    let before = names();
    let allow = |mode: u32| fs::set_permissions(home.data(), fs::Permissions::from_mode(mode)).unwrap();
    allow(0o500);
    for arguments in [&["show", "last"][..], &["sessions"], &["verify"]] {
        home.run(arguments).fine();
    }
    assert_eq!(names(), before, "reading makes no file");
    if is_root() {
        println!("skipped in part: permissions do not hold for root");
        return;
    }
    allow(0o000);
    let run = home.run(["sessions"]);
    allow(0o700);
    assert!(run.sentence(3).contains("allow it for this user"), "{}", run.err);
}
