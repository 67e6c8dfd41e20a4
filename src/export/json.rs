//! The record as JSON, for programs. The shape is kept: a field may be added, none changes its meaning or goes.
//!
//! | field | what |
//! |---|---|
//! | `format` | 1 |
//! | `id`, `number`, `rehearsal`, `room`, `zone` | the session; `zone` is the one that the times are written in |
//! | `patient` | `name`, `code`, `born`, `session_number`, `session_count`, `allergies`, `screening`, `ride`, `comfort_plan`, `history`, `weight_g`, `dose_ug`, `escort`, `dose_per_kg_ug`, `pump_set_by`, `pump_checked_by`, `last_weight_g` (of the last visit); `null` where not recorded; `comfort`: `touch`, `music`, `light` (`"yes"`, `"no"` or `{"as": ..}`), `words`, `intention`, `notes` (boolean); `null` where not asked |
//! | `sitter` | `id`, `name`: who sat last |
//! | `sitters` | who sat when: `id`, `name`, `from`, `to` (`null` while it lasts) |
//! | `nobody_signed_on` | when nobody was signed on: `from`, `to` (`null` while it lasts) |
//! | `protocol` | the one in force at the end: `name`, `version`, `fingerprint`, `approved_by`, `approved_on` |
//! | `protocols_accepted` | accepted after the opening: `name`, `version`, `fingerprint`, `by`, `at`, `entry` |
//! | `limits_set` | limits for this patient: `vital`, `limits`, `by`, `reason`, `at` |
//! | `alarms` | `high`, `medium`, `low`: `raised`, `answered`, `acknowledged`, `came_back`; `per_hour_of_infusion_tenths`, `median_to_acknowledge_ms` |
//! | `self_harm` | `mentions` (each `seq`, `at`, `how`: `said`, `screening`, `phq9_item9`, `day_after`; `phq9_item9`), `word` (the clinician's: `seq`, `at`, `answer`, `by`; or `null`), `stands` (came up, and no word since) |
//! | `screening` | each item: `id`, `say`, `kind`, `answer` (`yes`, `no`, `unknown`, `null` where not asked), `by`, `at`, `unchanged_since` (`session`, `number`, `by`); `said_for_another`: an answer that was taken over from an earlier visit before the patient was described as another, or `null` |
//! | `phase` | `preparation`, `infusion`, `recovery`, `left`, `closed`, `signed`; `left_how` in words |
//! | `signatures` | in order: `seq`, `at`, `by` (`id`, `name`, `role`), `meaning`, `covers` (SHA-256 of the entry `through`), `through`, `missing` (in words), `with_pin` |
//! | `unsigned_addenda` | how many entries were added since the last signature |
//! | `times` | `opened`, `started`, `ended`, `ready`, `left`: RFC 3339 with the zone's offset, or `null`; `ended_in_pause`; `elapsed_ms`, `infused_ms` (up to END, or to the last entry) |
//! | `guidance` | `baseline`, `no_driving_until`: RFC 3339, exact, `null` while there is no END; `clinician_sets_driving`, `after_sleep`; `lines`: the same in words |
//! | `calls` | each call to a clinician: `seq`, `called`, `rung`, `whom`, `answered`, `arrived`, `over`; `answered_after_ms`, `arrived_after_ms`; `null` where it did not happen: without `answered` and `arrived` nobody answered |
//! | `emergencies` | `seq`, `began`, `ended`, `lasted_ms`, `marks` (`seq`, `at`, `since_ms`, `mark`, `checklist`) |
//! | `owed` | reasons still owed: `about` (entry), `owed`, `text` |
//! | `gate` | `id`, `say`, `answer` (`met`, `not met`, `overridden`, `open`), `answer_text`, `at`, `by`, `asked_again` (what was answered holds no more: then it is `open`), `evidence` |
//! | `entries` | in the order observed: `seq`, `observed_at`, `recorded_at`, `t_plus_min`, `kind`, `text`, `status` (`stands`, `withdrawn`), `late`, `while_out` (while the sitter had stepped out), `while_locked` (while names were hidden until the sitter's PIN, which nobody had shown), `addendum` (made after the record was signed), `unconfirmed`, `amended_by`, `withdrawn_by`, `by`, `station` and `epoch` (the workstation, and its tenure: a take-over begins the next), `event` (as it stands after amendment; the opening's without the protocol's text), `event_as_written` where amended, `hash` |
//! | `gaps` | checks due while infusing that were neither made nor put off, by the time they were due: `check` (`vitals`, `look`), `from`, `to` (`null` while it is missing still), `text`; derived, no entries |
//! | `last_hash` | SHA-256 of the last entry's line, which ends the chain |

use serde_json::{Value, json};

use super::moment::rfc3339;
use crate::guidance::{AlarmCount, Alarms, Gap, GateItem, Guidance, gaps};
use crate::protocol::Protocol;
use crate::session::{At, Call, CameUp, ComfortPlan, Emergency, Entry, Event, Phase, Row, Session, Zone};
use crate::words::{self, ClockStyle};

/// The clock style of sentences in JSON.
const STYLE: ClockStyle = ClockStyle::H24;

/// The whole record. The same session gives the same value, and its keys are sorted.
#[must_use]
pub fn json(protocol: &Protocol, session: &Session, zone: &Zone) -> Value {
    let now = session.state().left.unwrap_or_else(|| session.at(&session.last_entry().stamp()));
    let guidance = Guidance::of(protocol, session, zone, now);
    let opening = session.opening();
    let copy = session.protocol_copy();
    json!({
        "format": 1,
        "id": session.session_id().to_string(),
        "number": opening.number,
        "rehearsal": opening.rehearsal,
        "room": opening.room,
        "zone": zone.name(),
        "patient": patient(session),
        "sitter": { "id": session.sitter().id, "name": session.sitter().name },
        "protocol": {
            "name": copy.name,
            "version": copy.version,
            "fingerprint": copy.fingerprint,
            "approved_by": protocol.approval.as_ref().map(|approval| &approval.approved_by),
            "approved_on": protocol.approval.as_ref().map(|approval| &approval.on),
        },
        "sitters": sitters(session, zone),
        "nobody_signed_on": nobody_signed_on(session, zone),
        "protocols_accepted": accepted(session, zone),
        "limits_set": limits_set(session, zone),
        "signatures": signatures(session, zone),
        "unsigned_addenda": session.unsigned_addenda(),
        "alarms": alarms(session, &guidance),
        "screening": screening(protocol, session, zone),
        "self_harm": self_harm(session, zone),
        "phase": session.state().phase_id(),
        "left_how": match &session.state().phase {
            Phase::Left(how) => Some(words::leaving_name(how)),
            _ => None,
        },
        "times": times(session, &guidance, zone),
        "guidance": after(protocol, session, &guidance, zone),
        "calls": session.state().calls.iter().map(|call| self::call(call, zone)).collect::<Vec<_>>(),
        "emergencies": session.state().emergencies.iter().map(|e| emergency(e, zone)).collect::<Vec<_>>(),
        "owed": owed(session),
        "gate": guidance.gate.iter().map(|item| gate_item(item, &guidance, zone)).collect::<Vec<_>>(),
        "entries": session.rows().map(|row| entry(&row, session, zone)).collect::<Vec<_>>(),
        "gaps": gaps(protocol, session, &guidance.history, now).iter().map(|gap| missing(gap, zone)).collect::<Vec<_>>(),
        "last_hash": session.last_entry().hash.hex(),
    })
}

fn patient(session: &Session) -> Value {
    let d = &session.state().description;
    json!({
        "name": d.patient,
        "code": d.code,
        "born": d.born,
        "session_number": d.session_number,
        "session_count": d.session_count,
        "allergies": d.allergies,
        "screening": d.screening,
        "ride": d.ride,
        "comfort_plan": d.comfort_plan,
        "history": d.history,
        "weight_g": d.weight_g,
        "dose_ug": d.dose_ug,
        "escort": d.escort,
        "dose_per_kg_ug": d.dose_per_kg_ug,
        "pump_set_by": d.pump_set_by,
        "pump_checked_by": d.pump_checked_by,
        "last_weight_g": d.last_weight_g,
        "comfort": comfort(&session.state().comfort),
    })
}

/// The comfort plan; every answer is there, `null` where it was not asked.
fn comfort(plan: &ComfortPlan) -> Value {
    json!({
        "touch": plan.touch,
        "music": plan.music,
        "light": plan.light,
        "words": plan.words,
        "intention": plan.intention,
        "notes": plan.notes,
    })
}

fn sitters(session: &Session, zone: &Zone) -> Value {
    let left = session.state().left;
    let time = |at: Option<At>| at.map(|at| rfc3339(zone, at.utc_ms));
    let turns = session.state().watch.turns().iter();
    turns
        .map(|turn| {
            let to = turn.to.or(left);
            json!({ "id": turn.sitter.id, "name": turn.sitter.name, "from": time(Some(turn.from)), "to": time(to) })
        })
        .collect()
}

fn nobody_signed_on(session: &Session, zone: &Zone) -> Value {
    let left = session.state().left;
    let time = |at: Option<At>| at.map(|at| rfc3339(zone, at.utc_ms));
    let gaps = session.state().watch.gaps();
    gaps.map(|(_, gap)| json!({ "from": time(Some(gap.from)), "to": time(gap.to.or(left)) })).collect()
}

fn accepted(session: &Session, zone: &Zone) -> Value {
    let all = session.state().accepted.iter();
    all.filter_map(|accepted| {
        let copy = session.accepted_copy(accepted)?;
        Some(json!({
            "name": copy.name,
            "version": copy.version,
            "fingerprint": copy.fingerprint,
            "by": accepted.by,
            "at": rfc3339(zone, accepted.at.utc_ms),
            "entry": accepted.seq,
        }))
    })
    .collect()
}

fn limits_set(session: &Session, zone: &Zone) -> Value {
    let all = session.state().limits_set.iter();
    all.map(|(at, set)| {
        json!({
            "vital": set.vital,
            "limits": set.limits,
            "by": set.by,
            "reason": set.reason,
            "at": rfc3339(zone, at.utc_ms),
        })
    })
    .collect()
}

fn signatures(session: &Session, zone: &Zone) -> Value {
    let all = session.signatures().iter();
    all.map(|signed| {
        let signature = &signed.signature;
        json!({
            "seq": signed.seq,
            "at": rfc3339(zone, signed.at.utc_ms),
            "by": signature.by,
            "meaning": signature.meaning,
            "covers": signature.covers,
            "through": signature.through,
            "missing": signature.missing,
            "with_pin": signature.with_pin,
        })
    })
    .collect()
}

fn alarms(session: &Session, guidance: &Guidance) -> Value {
    let alarms = Alarms::of(session, guidance.now);
    let counted = |count: &AlarmCount| {
        json!({
            "raised": count.raised,
            "answered": count.answered,
            "acknowledged": count.acknowledged,
            "called": count.called,
            "came_back": count.came_back,
        })
    };
    json!({
        "high": counted(&alarms.high),
        "medium": counted(&alarms.medium),
        "low": counted(&alarms.low),
        "per_hour_of_infusion_tenths": alarms.per_hour_tenths,
        "median_to_acknowledge_ms": alarms.median_to_acknowledge_ms,
    })
}

fn screening(protocol: &Protocol, session: &Session, zone: &Zone) -> Value {
    let answers = &session.state().asked.screening;
    let items = protocol.screening.iter().map(|item| {
        let answer = answers.get(&item.id);
        json!({
            "id": item.id,
            "say": item.say,
            "kind": item.kind,
            "answer": answer.map(|(screened, _)| screened.answer),
            "by": answer.map(|(screened, _)| &screened.by),
            "at": answer.map(|(_, at)| rfc3339(zone, at.utc_ms)),
            "unchanged_since": answer.and_then(|(screened, _)| screened.unchanged_since.as_ref()),
            "said_for_another": session.state().asked.of_another.get(&item.id).map(|(screened, _)| screened),
        })
    });
    items.collect()
}

fn self_harm(session: &Session, zone: &Zone) -> Value {
    let said = &session.state().asked.self_harm;
    let mentions = said.mentions.iter().map(|mention| {
        let (how, item9) = match mention.came_up {
            CameUp::Said => ("said", None),
            CameUp::Screened => ("screening", None),
            CameUp::Item9(value) => ("phq9_item9", Some(value)),
            CameUp::DayAfter => ("day_after", None),
        };
        json!({ "seq": mention.seq, "at": rfc3339(zone, mention.at.utc_ms), "how": how, "phq9_item9": item9 })
    });
    let word = said.word.as_ref().map(
        |word| json!({ "seq": word.seq, "at": rfc3339(zone, word.at.utc_ms), "answer": word.answer, "by": word.by }),
    );
    json!({
        "mentions": mentions.collect::<Vec<_>>(),
        "word": word,
        "stands": said.standing().is_some(),
    })
}

fn times(session: &Session, guidance: &Guidance, zone: &Zone) -> Value {
    let state = session.state();
    let time = |at: Option<At>| at.map(|at| rfc3339(zone, at.utc_ms));
    json!({
        "opened": rfc3339(zone, session.opening_entry().fields.recorded_at),
        "started": time(state.infusion.started),
        "ended": time(state.infusion.ended),
        "ended_in_pause": state.infusion.ended_in_pause,
        "ready": time(state.ready),
        "left": time(state.left),
        "elapsed_ms": guidance.progress.elapsed_ms,
        "infused_ms": guidance.progress.infused_ms,
    })
}

fn after(protocol: &Protocol, session: &Session, guidance: &Guidance, zone: &Zone) -> Value {
    let after = guidance.after;
    json!({
        "baseline": after.map(|after| rfc3339(zone, after.baseline_utc_ms)),
        "no_driving_until": after.map(|after| rfc3339(zone, after.no_driving_until_utc_ms)),
        "clinician_sets_driving": after.map(|after| after.clinician_sets_driving),
        "after_sleep": after.map(|after| after.after_sleep),
        "lines": words::after_lines(protocol, session, guidance, zone, STYLE),
    })
}

fn call(call: &Call, zone: &Zone) -> Value {
    let time = |at: Option<At>| at.map(|at| rfc3339(zone, at.utc_ms));
    let after_ms = |at: Option<At>| at.map(|at| at.session_ms - call.called.session_ms);
    json!({
        "seq": call.seq,
        "called": rfc3339(zone, call.called.utc_ms),
        "rung": call.rung,
        "whom": call.whom,
        "answered": time(call.answered),
        "answered_after_ms": after_ms(call.answered),
        "arrived": time(call.arrived),
        "arrived_after_ms": after_ms(call.arrived),
        "over": time(call.over),
    })
}

fn emergency(emergency: &Emergency, zone: &Zone) -> Value {
    let since_ms = |at: At| at.session_ms - emergency.began.session_ms;
    let marks = emergency.marks.iter().map(|mark| {
        json!({
            "seq": mark.seq,
            "at": rfc3339(zone, mark.at.utc_ms),
            "since_ms": since_ms(mark.at),
            "mark": mark.text,
            "checklist": mark.checklist,
        })
    });
    json!({
        "seq": emergency.seq,
        "began": rfc3339(zone, emergency.began.utc_ms),
        "ended": emergency.ended.map(|at| rfc3339(zone, at.utc_ms)),
        "lasted_ms": emergency.ended.map(since_ms),
        "marks": marks.collect::<Vec<_>>(),
    })
}

fn owed(session: &Session) -> Value {
    let reasons = session.state().owed.iter();
    reasons
        .map(|reason| json!({ "about": reason.about, "owed": reason.owed, "text": words::owed(reason, session) }))
        .collect()
}

fn gate_item(item: &GateItem, guidance: &Guidance, zone: &Zone) -> Value {
    let answer = item.answer.as_ref();
    json!({
        "id": item.id,
        "say": item.say,
        "answer": words::gate_answer_word(item.holding()),
        "asked_again": item.is_asked_again(),
        "answer_text": answer.map(|(answer, _, _)| words::gate_answer(answer)),
        "at": answer.map(|(_, at, _)| rfc3339(zone, at.utc_ms)),
        "by": answer.map(|(_, _, by)| by),
        "evidence": words::evidence(&item.evidence, zone, STYLE, guidance.now),
    })
}

fn entry(row: &Row<'_>, session: &Session, zone: &Zone) -> Value {
    let (item, fields) = (row.item, &row.entry.fields);
    json!({
        "seq": item.seq,
        "observed_at": rfc3339(zone, item.at.utc_ms),
        "recorded_at": rfc3339(zone, fields.recorded_at),
        "t_plus_min": session.state().infusion.t_plus_min(item.at.session_ms),
        "kind": row.event.kind(),
        "text": words::row(row, zone, STYLE),
        "status": if row.stands() { "stands" } else { "withdrawn" },
        "late": item.is_late && row.by_person(),
        "while_out": item.while_out,
        "while_locked": fields.while_locked,
        "addendum": item.is_addendum,
        "unconfirmed": words::is_unconfirmed(row),
        "amended_by": item.amended_by,
        "withdrawn_by": item.withdrawn_by,
        "by": fields.actor,
        "station": fields.station,
        "epoch": fields.epoch,
        "event": event(row.event, row.entry),
        "event_as_written": (!item.amended_by.is_empty()).then(|| event(&fields.event, row.entry)),
        "hash": row.entry.hash.hex(),
    })
}

/// A check that was due and not made.
fn missing(gap: &Gap, zone: &Zone) -> Value {
    json!({
        "check": gap.check,
        "from": rfc3339(zone, gap.from.utc_ms),
        "to": gap.to.map(|to| rfc3339(zone, to.utc_ms)),
        "text": words::gap(gap, zone, STYLE),
    })
}

/// The event as data. One of a newer version is passed on as it stands in the stored line.
fn event(event: &Event, entry: &Entry) -> Value {
    match event {
        Event::Unknown { .. } => {
            let line = serde_json::from_slice::<Value>(&entry.line).unwrap_or_default();
            line.get("event").cloned().unwrap_or_default()
        }
        Event::SessionOpened(_) | Event::ProtocolAccepted { .. } => {
            let mut opened = serde_json::to_value(event).unwrap_or_default();
            // The protocol's whole text is in the journal; here its fingerprint stands for it.
            if let Some(copy) = opened.pointer_mut("/protocol").and_then(Value::as_object_mut) {
                copy.remove("text");
            }
            opened
        }
        known => serde_json::to_value(known).unwrap_or_default(),
    }
}
