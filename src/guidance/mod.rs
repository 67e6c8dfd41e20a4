//! PURE. What a session means now: checks due, prompts, alarms, discharge, elimination. `(protocol, session, now)` in,
//! data out; nothing here is remembered between two moments, and nothing clinical is a constant in code.

mod against;
mod alarms;
mod brief;
mod calling;
mod dealt;
pub mod discharge;
mod earlier;
pub mod elimination;
mod escalation;
mod finding;
mod gaps;
mod gate;
mod history;
mod latched;
mod missing;
mod moments;
mod only;
mod progress;
mod prompt;
mod put_off;
mod run;
mod schedule;
mod series;
mod staircase;
mod stands;
mod told;
mod when;
mod worse;

pub use alarms::{AlarmCount, Alarms};
pub use brief::{After, Brief, Happening, Helped};
pub use calling::{Awaited, OpenCall};
pub use discharge::AfterEnd;
pub use earlier::EarlierVisit;
pub use finding::{Finding, findings};
pub use gaps::{Gap, gaps};
pub use gate::{Evidence, GateItem};
pub use history::{Graded, Happened, History, Spoke, Taken};
pub use missing::{Missing, missing};
pub use moments::{Aid, Moment, What};
pub use progress::Progress;
pub use prompt::{Prompt, Prompts, Raise, Stands};
pub use put_off::NoPutOff;
pub use schedule::{Due, Schedule};
pub use series::{InSeries, Series, Warning};
pub use staircase::{Staircase, Step, shares};
pub use told::Told;
pub use when::{Given, Left, When, when};

use crate::protocol::Protocol;
pub use crate::session::Check;
use crate::session::{At, Command, Phase, Session, Zone};

/// Everything that the screen, the call card and the exports ask of a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Guidance {
    /// The moment.
    pub now: At,
    /// The running figures of the infusion.
    pub progress: Progress,
    /// Findings by subject.
    pub history: History,
    /// Checks due.
    pub schedule: Schedule,
    /// Until when the check that is due may be put off, session time, ms; or why not.
    pub put_off: Result<i64, NoPutOff>,
    /// Prompts and alarms.
    pub prompts: Prompts,
    /// The clock times after the end.
    pub after: Option<AfterEnd>,
    /// The half-life curve after the end.
    pub staircase: Option<Staircase>,
    /// The discharge gate.
    pub gate: Vec<GateItem>,
    /// The card whose times no longer hold, while that is not recorded: its version.
    pub card_to_supersede: Option<u32>,
    /// The patient has gone home with times that no longer hold.
    pub must_call_patient: bool,
}

impl Guidance {
    /// What the session means now.
    #[must_use]
    pub fn of(protocol: &Protocol, session: &Session, zone: &Zone, now: At) -> Self {
        let history = History::of(session);
        let progress = Progress::of(protocol, session, now);
        let after = discharge::after_end(protocol, session, zone);
        let over = matches!(session.state().phase, Phase::Left(_) | Phase::Closed);
        let holding = findings(protocol, session, &history, now);
        let case = prompt::Case { protocol, session, history: &history, now };
        let prompts = if over { stands::after_leaving(case, &holding) } else { prompt::prompts(case, &holding) };
        let schedule = schedule::schedule(protocol, session, &history, &progress, now);
        Self {
            now,
            progress,
            put_off: put_off::put_off(protocol, session, &history, &schedule, &prompts, now),
            schedule,
            prompts,
            staircase: after.as_ref().and_then(|after| staircase::staircase(protocol, session, after, now)),
            gate: gate::gate(protocol, session, &history, &progress, now),
            card_to_supersede: session
                .superseded_card(protocol)
                .filter(|card| card.marked.is_none())
                .map(|card| card.made.version),
            must_call_patient: session.must_call_patient(protocol),
            after,
            history,
        }
    }

    /// What the console itself must now record: prompts that appear, marks that passed, a card that no longer holds.
    #[must_use]
    pub fn own_commands(&self) -> Vec<Command> {
        let raised = self.prompts.to_raise.iter().map(|Raise { prompt, priority, from }| Command::RaisePrompt {
            prompt: prompt.clone(),
            priority: *priority,
            from: from.clone(),
        });
        let missed = self.schedule.to_miss.iter().map(|mark| Command::MissMark(*mark));
        let superseded = self.card_to_supersede.map(|version| Command::SupersedeCard { version });
        raised.chain(missed).chain(superseded).collect()
    }
}
