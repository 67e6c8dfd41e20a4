//! PURE. The visit as one FHIR R4 bundle, for any system that reads it.
//!
//! A `collection`, not a `document`: a document is signed prose by an author with a `Composition`; this is a set of facts, each with
//! its own author and time in its `Provenance`. The same session gives the same bytes: ids follow from those of the session and its
//! entries, and the order is that of the record.
//!
//! Nothing is invented: what was not recorded is left out; what was due and not read has its `dataAbsentReason`. An amended entry
//! has the status `amended` and its first words in a note; a withdrawn one is `entered-in-error`; an unlikely value that nobody has
//! confirmed is `preliminary`.

mod answers;
mod bundle;
mod case;
mod codes;
mod communications;
mod given;
mod issues;
mod observations;
mod people;
mod provenance;
mod vitals;

use serde_json::json;

use self::bundle::{Bundle, Id};
use self::case::Case;
use crate::protocol::Protocol;
use crate::session::{Session, Zone};

/// The bundle as JSON, indented, with a line feed at its end.
#[must_use]
pub fn fhir(protocol: &Protocol, session: &Session, zone: &Zone) -> Vec<u8> {
    let case = Case::of(protocol, session, zone);
    let mut bundle = Bundle::default();
    people::put(&case, &mut bundle);
    given::put(&case, &mut bundle);
    observations::put(&case, &mut bundle);
    answers::put(&case, &mut bundle);
    communications::put(&case, &mut bundle);
    issues::put(&case, &mut bundle);
    provenance::put(&case, &mut bundle);
    let about = json!({
        "meta": case.tags(),
        "identifier": { "system": codes::local_system("session"), "value": session.session_id().to_string() },
        "timestamp": case.time(session.last_entry().fields.recorded_at),
    });
    let bundle = bundle.into_json(Id::part(session.session_id(), "bundle"), about);
    // A value whose keys are text is JSON: writing it into memory cannot fail.
    let mut bytes = serde_json::to_vec_pretty(&bundle).expect("a value is JSON");
    bytes.push(b'\n');
    bytes
}
