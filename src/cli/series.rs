//! `bedside series`: the visits of one patient, dates and gaps, scores, what is to be known of.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::{Globals, data, out, trouble};
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::export;
use crate::guidance::{EarlierVisit, Series};
use crate::journal::{Journal, JournalError, OfPatient};
use crate::protocol::Protocol;
use crate::session::{Identity, Likeness, Session};
use crate::words;

/// Whose series.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// A patient's code, or the name as it was typed
    patient: String,
    /// The date of birth, where several bear the name
    #[arg(long, value_name = "YYYY-MM-DD")]
    born: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// One patient of several who may be meant.
struct Candidate {
    who: Identity,
    sessions: usize,
}

pub(super) fn run(globals: &Globals, asked: &Asked) -> anyhow::Result<ExitCode> {
    let config = Config::load(globals.config.as_deref())?;
    let journal = data::journal_that_is_there(&data::folder(globals)?)?;
    let named = crate::session::text::clean(&asked.patient);
    let found = candidates(&journal, &named, asked.born.as_deref())?;
    let one = match found.as_slice() {
        [one] if one.who.tells_apart() => one,
        [] => return refuse(asked, &named, &words::no_such_patient(&named), &[]),
        several => {
            let lines: Vec<String> = several.iter().map(Candidate::line).collect();
            return refuse(asked, &named, &words::several_patients(&named, &lines), several);
        }
    };
    let OfPatient { sessions, perhaps, unreadable, .. } = journal.of_patient(&one.who, None, None)?;
    let sessions: Vec<Session> = sessions.into_iter().filter_map(|entries| Session::replay(entries).ok()).collect();
    let room = config.zone()?;
    let now_ms = SystemClock::new(room.clone()).now().utc_ms;
    let visit = |session: &Session| {
        let visit = EarlierVisit::of(session);
        EarlierVisit { clock_ahead: visit.opened_utc_ms > now_ms, ..visit }
    };
    let visits: Vec<EarlierVisit> = sessions.iter().map(visit).collect();
    let protocol = sessions.last().and_then(|last| Protocol::load(&last.protocol_copy().text).ok());
    let zone = sessions.last().map_or_else(|| room.clone(), |last| data::zone_of(last.opening(), &room));
    let rules = protocol.as_ref().and_then(|protocol| protocol.series.as_ref());
    let series = Series::of(&visits, None, rules, &zone);
    if asked.json {
        let mut value = export::series_json(&series, rules, &zone);
        value["patient"] = json!({ "name": one.who.patient, "code": one.who.code, "born": one.who.born });
        value["perhaps"] = json!(perhaps);
        value["unreadable"] = json!(unreadable);
        out::print_json(&value)?;
    } else {
        let head = words::candidate(&one.who.patient, one.who.code.as_deref(), one.who.born.as_deref(), sessions.len());
        let lines = words::series_lines(&series, protocol.as_ref(), perhaps, unreadable);
        let lines: Vec<String> = std::iter::once(head).chain(lines).flat_map(|line| wrapped(&line)).collect();
        out::print(&format!("{}\n", lines.join("\n")))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Lines of 80 columns.
fn wrapped(line: &str) -> Vec<String> {
    let options =
        textwrap::Options::new(80).subsequent_indent("    ").word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(line, options).into_iter().map(String::from).collect()
}

/// Nobody, or several: who may be meant stands in the answer, and nothing else of anybody.
fn refuse(asked: &Asked, named: &str, why: &str, several: &[Candidate]) -> anyhow::Result<ExitCode> {
    if asked.json {
        let candidates: Vec<Value> = several
            .iter()
            .map(|one| {
                json!({ "name": one.who.patient, "code": one.who.code, "born": one.who.born, "sessions": one.sessions })
            })
            .collect();
        out::print_json(&json!({ "format": 1, "asked": named, "candidates": candidates }))?;
    }
    out::complain(why.trim_end());
    Ok(trouble::does_not_hold())
}

impl Candidate {
    fn line(&self) -> String {
        words::candidate(&self.who.patient, self.who.code.as_deref(), self.who.born.as_deref(), self.sessions)
    }
}

/// Everybody who bears the name or the code: visits of the same patient together, those that nothing tells apart each under
/// its name alone.
fn candidates(journal: &Journal, named: &str, born: Option<&str>) -> Result<Vec<Candidate>, JournalError> {
    let asked = Identity { patient: named.to_owned(), code: Some(named.to_owned()), born: None };
    let mut found: Vec<Candidate> = Vec::new();
    for visit in journal.visits_like(&asked)? {
        // The table folds letters: the record has the name as it was typed.
        let Ok(entries) = journal.load(visit.session) else { continue };
        let Ok(session) = Session::replay(entries) else { continue };
        let who = Identity::of(&session.state().description);
        if born.is_some_and(|born| who.born.as_deref() != Some(born)) {
            continue;
        }
        let same = |other: &&mut Candidate| match who.likeness(&other.who) {
            Likeness::Same => true,
            Likeness::Perhaps => !who.tells_apart() && !other.who.tells_apart(),
            Likeness::Other => false,
        };
        match found.iter_mut().find(same) {
            Some(known) => {
                known.sessions += 1;
                known.who.code = known.who.code.take().or(who.code);
                known.who.born = known.who.born.take().or(who.born);
            }
            None => found.push(Candidate { who, sessions: 1 }),
        }
    }
    Ok(found)
}
