//! What is missing before the patient leaves and the record is closed, while everybody is still in the room: one list, for
//! the gate, for the question before leaving, and for signing.

use super::finding::findings;
use super::gate::{Evidence, GateItem};
use super::prompt::{Case, prompts};
use super::{Guidance, OpenCall};
use crate::protocol::{OnlyIf, Protocol};
use crate::session::{Event, OwedReason, PumpState, Session};

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// So many entries are only in memory.
    NotSaved(u64),
    /// Started, and no end is recorded.
    NoEnd,
    /// A prompt or an alarm that nobody has dealt with: an index into the protocol's responses.
    Open {
        /// The response.
        rule: usize,
    },
    /// Dealt with, and nobody has looked again.
    LookAgain {
        /// The response.
        rule: usize,
        /// When somebody should look, session time, ms.
        at_ms: i64,
    },
    /// A call to a clinician that nobody has answered for.
    CallOpen,
    /// An unlikely value that nobody has confirmed: the entry.
    Unconfirmed(u64),
    /// A drug whose order is not recorded: the entry.
    NoOrder(u64),
    /// A reason that is owed.
    Reason(OwedReason),
    /// Nobody is named who takes the patient home.
    NoRide,
    /// The patient was not told the clock times.
    NotTold,
    /// The patient was told other times than those that hold.
    ToldOther,
    /// The card that was made has other times than those that hold: its version.
    CardSuperseded(u32),
    /// Thoughts of self-harm came up, and the room has no crisis number for the card.
    NoCrisisNumber,
    /// An item of the gate that is neither met nor let pass: an index into the protocol's gate.
    GateItem(usize),
}

/// Everything that is missing now, the gravest first. `durable_through`: the last entry that is on the disk; `crisis`: the
/// number of the crisis line that the room puts on the card.
#[must_use]
pub fn missing(
    protocol: &Protocol,
    session: &Session,
    guidance: &Guidance,
    durable_through: u64,
    crisis: Option<&str>,
) -> Vec<Missing> {
    let state = session.state();
    let mut found = Vec::new();
    let unsaved = session.last_entry().seq().saturating_sub(durable_through);
    found.extend((unsaved > 0).then_some(Missing::NotSaved(unsaved)));
    let runs = matches!(state.infusion.state, PumpState::Running | PumpState::Paused);
    found.extend(runs.then_some(Missing::NoEnd));
    found.extend(unlooked(protocol, session, guidance));
    found.extend(OpenCall::of(protocol, session, guidance.now).map(|_| Missing::CallOpen));
    found.extend(state.unconfirmed.iter().map(|seq| Missing::Unconfirmed(*seq)));
    found.extend(without_order(session));
    found.extend(state.owed.iter().map(|owed| Missing::Reason(*owed)));
    if state.infusion.started.is_some() {
        found.extend(before_home(protocol, session, guidance));
    } else {
        // Whoever goes home without an infusion does not go home without the clinician's word.
        let waits = |item: &GateItem| matches!(item.evidence, Evidence::SelfHarm { .. }) && !item.is_settled();
        let open = guidance.gate.iter().enumerate().filter(|(_, item)| waits(item));
        found.extend(open.map(|(index, _)| Missing::GateItem(index)));
    }
    // Once the patient has gone the card has gone too.
    let is_wanted = protocol.card.is_some() && state.left.is_none() && state.asked.self_harm.came_up();
    found.extend((is_wanted && crisis.is_none()).then_some(Missing::NoCrisisNumber));
    found.sort_by_key(|missing| weight(missing, protocol, guidance));
    found
}

/// What nobody should walk out on comes first, whatever its place in the protocol: a clinician's word on self-harm, the
/// release, the way home, an alarm. Then what is lost when the patient is gone, then what can be done afterwards.
fn weight(missing: &Missing, protocol: &Protocol, guidance: &Guidance) -> u8 {
    match missing {
        Missing::GateItem(index) => match guidance.gate.get(*index) {
            Some(item) if is_self_harm_word(item, protocol) => 0,
            Some(item) if matches!(item.evidence, Evidence::Ride(_)) => 2,
            // A name that nothing in the record shows is a clinician's: the release.
            Some(item) if item.asks_name => 1,
            _ => 10,
        },
        Missing::NoCrisisNumber => 1,
        Missing::NoRide => 2,
        Missing::Open { rule } if protocol.responses.get(*rule).is_some_and(|rule| rule.priority.latches()) => 3,
        Missing::CallOpen => 4,
        Missing::NoEnd => 5,
        Missing::NotSaved(_) => 6,
        Missing::NotTold | Missing::ToldOther => 7,
        Missing::CardSuperseded(_) => 8,
        Missing::Open { .. } | Missing::LookAgain { .. } | Missing::Unconfirmed(_) | Missing::NoOrder(_) => 9,
        Missing::Reason(_) => 11,
    }
}

fn is_self_harm_word(item: &GateItem, protocol: &Protocol) -> bool {
    protocol.gate.iter().any(|known| known.id == item.id && known.only_if == Some(OnlyIf::SelfHarm))
}

/// Prompts that nobody has dealt with, and those that nobody has looked at again. Once the patient has left no prompt is
/// open any more: asked is how it was at that moment.
fn unlooked(protocol: &Protocol, session: &Session, guidance: &Guidance) -> Vec<Missing> {
    let then = session.state().left.unwrap_or(guidance.now);
    let history = &guidance.history;
    let prompts = prompts(Case { protocol, session, history, now: then }, &findings(protocol, session, history, then));
    let open = prompts.open.iter().map(|prompt| Missing::Open { rule: prompt.rule });
    let again = prompts.settled.iter().filter_map(|prompt| {
        let at_ms = prompt.look_again_ms?;
        Some(Missing::LookAgain { rule: prompt.rule, at_ms })
    });
    open.chain(again).collect()
}

/// A drug is given on somebody's order: words without a letter name nobody.
fn without_order(session: &Session) -> impl Iterator<Item = Missing> + '_ {
    session.standing().filter_map(|row| match row.event {
        Event::DrugGiven(drug) if !drug.ordered_by.chars().any(char::is_alphanumeric) => {
            Some(Missing::NoOrder(row.item.seq))
        }
        _ => None,
    })
}

/// What the way home asks for.
fn before_home(protocol: &Protocol, session: &Session, guidance: &Guidance) -> Vec<Missing> {
    let mut found = Vec::new();
    let is_open =
        |wanted: fn(&Evidence) -> bool| guidance.gate.iter().any(|item| wanted(&item.evidence) && !item.is_settled());
    let has_ride_item = guidance.gate.iter().any(|item| matches!(item.evidence, Evidence::Ride(_)));
    let ride_is_open = is_open(|evidence| matches!(evidence, Evidence::Ride(_))) || !has_ride_item;
    if session.state().description.ride.is_none() && ride_is_open {
        found.push(Missing::NoRide);
    }
    if session.state().guidance_given.is_none() {
        found.push(Missing::NotTold);
    } else if session.told_has_changed(protocol) {
        found.push(Missing::ToldOther);
    }
    found.extend(session.superseded_card(protocol).map(|card| Missing::CardSuperseded(card.made.version)));
    // Those two are told above, in their own words.
    let told = |evidence: &Evidence| match evidence {
        Evidence::Ride(name) => name.is_none(),
        Evidence::Guidance { .. } => true,
        _ => false,
    };
    let open = guidance.gate.iter().enumerate().filter(|(_, item)| !item.is_settled() && !told(&item.evidence));
    found.extend(open.map(|(index, _)| Missing::GateItem(index)));
    found
}
