//! From the text of a file to a checked `Protocol`, or to everything that is wrong with it.

use super::check;
use super::fault::{Fault, FaultKind};
use super::fingerprint::fingerprint;
use super::form::{self, Form};
use super::model::Protocol;
use super::origins;
use super::raw::RawProtocol;
use super::report::Report;

/// The longest file that is read, bytes.
pub const MAX_BYTES: usize = 256 * 1024;

impl Protocol {
    /// Reads and checks a protocol file.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the file. A file that is no TOML gives its syntax faults only.
    pub fn load(text: &str) -> Result<Self, Vec<Fault>> {
        Self::lint(text).map(|(protocol, _)| protocol)
    }

    /// Reads and checks a protocol file, and says what a clinician should know of it although it can be used.
    ///
    /// # Errors
    /// As `load`: then nothing is said beside the faults.
    pub fn lint(text: &str) -> Result<(Self, Vec<Fault>), Vec<Fault>> {
        let mut report = Report::new(text);
        if text.len() > MAX_BYTES {
            report.add(0, FaultKind::FileTooLong { bytes: text.len() });
            return Err(report.into_faults(text));
        }
        let Some(form) = form::read(text, &mut report) else {
            return Err(report.into_faults(text));
        };
        let protocol = assemble(&form, text, &mut report);
        if !report.is_empty() {
            return Err(report.into_faults(text));
        }
        check::warnings(&form.raw, &protocol, &mut report);
        Ok((protocol, report.into_warnings(text)))
    }
}

/// Checks every part. Where a part has a fault a stand-in takes its place, and `report` keeps the whole from being used.
fn assemble(form: &Form<'_, RawProtocol>, text: &str, report: &mut Report) -> Protocol {
    let Form { table, raw } = form;
    check::texts(table, report);
    let origins = origins::collect(table, report);
    let head = check::head(raw, report);
    let infusion = check::infusion(raw, report);
    let elimination = check::elimination(raw.elimination.as_ref(), infusion.route, report);
    let limits = check::limits("limits", raw.limits.as_ref(), report);
    let before_start = check::limits("before_start", raw.before_start.as_ref(), report);
    let drugs = check::drugs(&raw.drug, report);
    let responses = check::responses(&raw.response, &drugs, report);
    check::answered(raw, &responses, report);
    check::escalations(raw, &responses, report);
    check::sinces(raw, &responses, report);
    check::marks(raw, report);
    Protocol {
        name: head.name,
        version: head.version,
        approval: check::approval(raw.approval.as_ref(), report),
        infusion,
        elimination,
        schedule: check::schedule(raw, report),
        limits,
        before_start,
        alarms: check::alarms(raw, report),
        responses,
        drugs,
        call: check::call(raw, report),
        asks: check::asks(raw, report),
        emergency: check::emergency(raw, report),
        discharge: check::discharge(raw, report),
        screening: check::screening(&raw.screening, report),
        gate: check::gate(raw, report),
        after_care: check::after_care(&raw.after_care, report),
        card: check::card(raw.card.as_ref(), report),
        series: check::series(raw.series.as_ref(), report),
        check_back: check::check_back(raw.check_back.as_ref(), report),
        origins,
        text: text.to_owned(),
        fingerprint: fingerprint(text),
    }
}
