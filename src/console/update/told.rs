//! What the journal tells of its two copies: whole on the first screen, in one line where a session is.

use super::super::model::Model;
use crate::journal::Told;
use crate::session::twin::{Finding, What};
use crate::words;

/// More sessions than this that were put back are counted, not named.
const NAMED: usize = 3;

/// One message of the journal.
pub(super) fn told(model: &mut Model, told: &[Told]) {
    let lost =
        told.iter().filter(|told| matches!(told, Told::Found(Finding { what: What::OnlyTranscript { .. }, .. })));
    let many = Some(lost.count()).filter(|count| *count > NAMED);
    model.told.extend(many.map(words::sessions_put_back));
    let mut short = None;
    for told in told {
        let (whole, line) = match told {
            Told::Found(Finding { what: What::OnlyTranscript { .. }, .. }) if many.is_some() => continue,
            Told::Found(finding) => (words::healed(finding), words::healed_short(finding)),
            Told::NotHealed { session, why } => {
                let said = words::not_healed(&session.to_string(), &why.to_string());
                (said.clone(), said)
            }
            Told::SetAside { aside } => {
                let aside = aside.file_name().unwrap_or_default().to_string_lossy();
                let whole = words::journal_set_aside(&crate::session::text::clean(&aside));
                (whole, words::journal_set_aside_short().to_owned())
            }
            Told::Transcript(trouble) => (format!("{trouble}."), words::transcript_behind_short().to_owned()),
            Told::TranscriptsAgain => {
                model.say(words::transcripts_again());
                continue;
            }
        };
        model.told.push(whole);
        short = short.or(Some(line));
    }
    match short {
        Some(line) if model.live().is_some() => model.say(line),
        // It is said when a session is on the screen.
        Some(line) => model.told_short = Some(model.told_short.take().unwrap_or(line)),
        None => {}
    }
    model.changed = true;
}
