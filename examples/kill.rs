//! Kills the journal's writer at random moments, as the power button does, and looks what is there: everything that was
//! called durable, every chain whole, both copies the same.
//!
//!     cargo run --release --example kill -- --times 10000 --seed 1

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use bedside::clock::{Clock, SystemClock};
use bedside::journal::{DataFolder, Journal, Reply, Request, Writer};
use bedside::protocol::{Route, shipped};
use bedside::session::{
    Actor, Entry, Event, Leaving, Observation, Opening, ProtocolCopy, Scribe, Session, SessionId, Stamp, Zone,
};
use clap::Parser;

/// A session ends after so many entries, and the next begins.
const LONGEST: u64 = 300;

/// Kills the journal's writer at random moments.
#[derive(Parser)]
struct Args {
    /// How often
    #[arg(long, default_value_t = 200)]
    times: u32,
    /// The same number gives the same moments, as far as the machine does
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Work in this folder [default: a new one that is taken away again]
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Be the writer that is killed
    #[arg(long, hide = true)]
    child: bool,
}

fn main() -> anyhow::Result<ExitCode> {
    let args = Args::parse();
    if args.child {
        write_for_ever(&args.dir.context("a folder")?, args.seed)?;
        return Ok(ExitCode::SUCCESS);
    }
    let base = tempfile::tempdir()?;
    let dir = args.dir.clone().unwrap_or_else(|| base.path().join("data"));
    let clock = SystemClock::new(Zone::utc());
    let start = clock.now();
    let (mut random, mut promised, mut healed) = (fastrand::Rng::with_seed(args.seed), 0_u64, 0_usize);
    for n in 1..=args.times {
        let acknowledged = kill_once(&dir, &mut random)?;
        promised += acknowledged.len() as u64;
        healed += look(&dir, &acknowledged, &clock).with_context(|| format!("kill {n}, seed {}", args.seed))?;
        if n % 200 == 0 || n == args.times {
            let entries = verify_all(&dir)?;
            let minutes = clock.now().since_ms(&start) / 60_000;
            let mut out = std::io::stdout();
            writeln!(
                out,
                "{n} kills, {promised} entries acknowledged, none lost; {entries} entries in both copies, every chain holds; {healed} findings; {minutes} min"
            )?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Starts a writer, lets it work for a random while, and kills it. What it had called durable.
fn kill_once(dir: &Path, random: &mut fastrand::Rng) -> anyhow::Result<Vec<(SessionId, u64)>> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["--child", "--seed", &random.u64(..).to_string(), "--dir"])
        .arg(dir)
        .stdout(Stdio::piped())
        .spawn()?;
    let lines = lines_of(&mut child)?;
    let mut acknowledged = Vec::new();
    // A third while it starts, the others while it writes.
    let acks = if random.u8(..3) == 0 { 0 } else { random.usize(1..60) };
    while acknowledged.len() < acks {
        match lines.recv_timeout(Duration::from_secs(20)) {
            Ok(line) => acknowledged.push(read_ack(&line)?),
            Err(RecvTimeoutError::Timeout) => bail!("the writer hangs"),
            Err(RecvTimeoutError::Disconnected) => bail!("the writer ended by itself: {}", child.wait()?),
        }
    }
    // And a little longer: nothing is awaited, only time passes.
    let (_keep, nothing) = channel::<()>();
    let _ = nothing.recv_timeout(Duration::from_micros(random.u64(..8_000)));
    child.kill()?;
    child.wait()?;
    // What was said before it died was said.
    for line in lines {
        acknowledged.push(read_ack(&line)?);
    }
    Ok(acknowledged)
}

fn lines_of(child: &mut Child) -> anyhow::Result<Receiver<String>> {
    let output = child.stdout.take().context("its output")?;
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        let mut reader = BufReader::new(output);
        let mut line = String::new();
        while reader.by_ref().read_line(&mut line).is_ok_and(|count| count > 0) {
            // A line that was cut short by the kill was not said.
            if line.ends_with('\n') && sender.send(std::mem::take(&mut line)).is_err() {
                return;
            }
        }
    });
    Ok(lines)
}

fn read_ack(line: &str) -> anyhow::Result<(SessionId, u64)> {
    let (session, seq) = line.trim().split_once(' ').with_context(|| format!("what is {line:?}?"))?;
    Ok((session.parse()?, seq.parse()?))
}

/// Opens the journal as a console does and looks for what was acknowledged. How much had to be healed.
fn look(dir: &Path, acknowledged: &[(SessionId, u64)], clock: &SystemClock) -> anyhow::Result<usize> {
    let folder = DataFolder::locate(Some(dir))?;
    let mut journal = Journal::recover(&folder, clock.now().utc_ms)?;
    let told = journal.take_told();
    ensure!(told.is_empty(), "the two copies were not the same: {told:?}");
    let mut last = std::collections::BTreeMap::new();
    for (session, seq) in acknowledged {
        last.insert(*session, *seq);
    }
    for (session, seq) in last {
        let there = journal.load(session)?.len() as u64;
        ensure!(there >= seq, "{seq} entries of {session} were called durable, {there} are there");
    }
    Ok(told.len())
}

fn verify_all(dir: &Path) -> anyhow::Result<u64> {
    let folder = DataFolder::locate(Some(dir))?;
    let journal = Journal::open_read_only(&folder)?;
    let mut entries = 0;
    for head in journal.heads()? {
        let verified = journal.verify(&folder, head.id)?;
        ensure!(verified.holds(), "{}: {verified:?}", head.id);
        entries += verified.entries;
    }
    Ok(entries)
}

/// The writer: one to three entries at a time, the next as soon as they are durable.
fn write_for_ever(dir: &Path, seed: u64) -> anyhow::Result<()> {
    let folder = DataFolder::locate(Some(dir))?;
    let clock = SystemClock::new(Zone::utc());
    let journal = Journal::recover(&folder, clock.now().utc_ms)?;
    let running = journal.open_sessions()?.pop();
    let mut session = running.map(|row| Ok::<_, anyhow::Error>(Session::replay(journal.load(row.id)?)?)).transpose()?;
    let (sender, mut replies) = tokio::sync::mpsc::unbounded_channel();
    let writer = Writer::start(journal, sender)?;
    let (mut scribe, mut random) = (Scribe::new("station".into(), "0".into(), seed), fastrand::Rng::with_seed(seed));
    let mut out = std::io::stdout();
    loop {
        let entries = next(&mut scribe, &mut session, &mut random, &clock.now())?;
        let Some(last) = entries.last().map(|entry| (entry.fields.session, entry.seq())) else { bail!("no entries") };
        writer.send(Request::Append(entries))?;
        loop {
            match replies.blocking_recv() {
                Some(Reply::Durable { session, through }) if (session, through) == last => break,
                Some(Reply::Durable { .. } | Reply::Told(_)) => {}
                other => bail!("{other:?}"),
            }
        }
        writeln!(out, "{} {}", last.0, last.1)?;
        out.flush()?;
    }
}

fn next(
    scribe: &mut Scribe,
    session: &mut Option<Session>,
    random: &mut fastrand::Rng,
    now: &Stamp,
) -> anyhow::Result<Vec<Entry>> {
    let Some(running) = session else {
        let protocol = ProtocolCopy {
            name: "Standard".into(),
            version: "1".into(),
            fingerprint: String::new(),
            text: shipped("standard-iv-40").unwrap_or_default().into(),
            route: Route::Iv,
        };
        let (number, patient) = ("1123-1".into(), "Patient K1".into());
        let opening = Opening { number, patient, room: None, protocol, zone: None, rehearsal: false };
        let first = scribe.open(opening, Actor::console(), now);
        *session = Some(Session::replay([first.clone()])?);
        return Ok(vec![first]);
    };
    let mut entries = Vec::new();
    for _ in 0..random.usize(1..4) {
        let event = match random.u8(..3) {
            0 => Event::NoteTaken { text: "words ".repeat(random.usize(1..40)), patients_words: false },
            _ => Event::ObservationRecorded { observation: Observation::Looked },
        };
        let entry = scribe.write(running, event, Actor::console(), now.utc_ms, now);
        running.apply(entry.clone());
        entries.push(entry);
    }
    if running.last_entry().seq() > LONGEST {
        let left = Event::PatientLeft { how: Leaving::Discharged, deviations: Vec::new(), check_back_at: None };
        entries.push(scribe.write(running, left, Actor::console(), now.utc_ms, now));
        *session = None;
    }
    Ok(entries)
}
