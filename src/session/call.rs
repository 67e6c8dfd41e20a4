//! A call to a clinician as the record has it, and the ladder that says whom to call next. A person calls: the console
//! places no call.

use super::event::Event;
use super::time::At;
use super::timeline::Row;

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The entry.
    pub seq: u64,
    /// When it was made.
    pub called: At,
    /// The rung of the ladder, from 1; `None` where the room has no ladder.
    pub rung: Option<u32>,
    /// Who was called: name and extension, as the card showed them.
    pub whom: Option<String>,
    /// When it was answered.
    pub answered: Option<At>,
    /// When somebody was in the room.
    pub arrived: Option<At>,
    /// When it was over without anybody coming: settled on the telephone.
    pub over: Option<At>,
}

impl Call {
    /// Whether somebody is still awaited.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.arrived.is_none() && self.over.is_none()
    }
}

/// Takes the next row about a call: an answer and an arrival belong to the last one made.
pub(super) fn take(calls: &mut Vec<Call>, row: &Row<'_>) {
    let (seq, at) = (row.item.seq, row.item.at);
    if let Event::ClinicianCalled { rung, whom, .. } = row.event {
        let (rung, whom) = (*rung, whom.clone());
        calls.push(Call { seq, called: at, rung, whom, answered: None, arrived: None, over: None });
    }
    let Some(call) = calls.last_mut() else { return };
    match row.event {
        Event::ClinicianAnswered => call.answered = Some(at),
        Event::ClinicianArrived => call.arrived = Some(at),
        Event::CallOver => call.over = Some(at),
        _ => {}
    }
}

/// One rung of the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// A person or a place.
    pub name: String,
    /// The telephone extension.
    pub extension: Option<String>,
}

impl Rung {
    /// A rung as it is written in the configuration: `Front desk, 201`, where what follows the last comma is an extension
    /// if it holds a digit.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let text = text.trim();
        match text.rsplit_once(',') {
            Some((name, extension)) if extension.contains(|c: char| c.is_ascii_digit()) => {
                Self { name: name.trim().to_owned(), extension: Some(extension.trim().to_owned()) }
            }
            _ => Self { name: text.to_owned(), extension: None },
        }
    }

    /// `Dr B, 214`.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.extension {
            Some(extension) => format!("{}, {extension}", self.name),
            None => self.name.clone(),
        }
    }
}

/// Whom to call, in this order, and what the site says about its emergency number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ladder {
    /// The rungs, first to last.
    pub rungs: Vec<Rung>,
    /// The emergency number, in the site's own words.
    pub emergency: Option<String>,
}

/// What the next call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextCall<'a> {
    /// The rung's number, from 1, and the rung; `None` where the room has no ladder.
    pub rung: Option<(u32, &'a Rung)>,
    /// The ladder came to its end: this is its first rung again.
    pub from_the_top: bool,
}

impl Ladder {
    /// The call that comes after the last one: the next rung while somebody is awaited, the first one otherwise. No rung is
    /// ever skipped, and after the last comes the first.
    #[must_use]
    pub fn next(&self, last: Option<&Call>) -> NextCall<'_> {
        let open = last.filter(|call| call.is_open());
        let after = open.and_then(|call| usize::try_from(call.rung?).ok()).unwrap_or(0);
        let from_the_top = after > 0 && after >= self.rungs.len();
        let index = if from_the_top { 0 } else { after };
        let rung = self.rungs.get(index).map(|rung| (index as u32 + 1, rung));
        NextCall { rung, from_the_top }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(rung: Option<u32>, is_open: bool) -> Call {
        let at = At { session_ms: 0, utc_ms: 0 };
        let arrived = (!is_open).then_some(at);
        Call { seq: 2, called: at, rung, whom: None, answered: None, arrived, over: None }
    }

    #[rstest::rstest]
    #[case("Dr B, 214", "Dr B", Some("214"))]
    #[case(" Front desk, ext. 201 ", "Front desk", Some("ext. 201"))]
    #[case("Ruiz, Ana", "Ruiz, Ana", None)]
    #[case("911", "911", None)]
    fn a_rung_as_it_is_written(#[case] text: &str, #[case] name: &str, #[case] extension: Option<&str>) {
        let rung = Rung::of_text(text);
        assert_eq!((rung.name.as_str(), rung.extension.as_deref()), (name, extension));
    }

    #[rstest::rstest]
    #[case::first(None, Some(1), false)]
    #[case::second(Some(call(Some(1), true)), Some(2), false)]
    #[case::somebody_came(Some(call(Some(1), false)), Some(1), false)]
    #[case::end_of_the_ladder(Some(call(Some(2), true)), Some(1), true)]
    #[case::a_shorter_ladder_than_then(Some(call(Some(9), true)), Some(1), true)]
    #[case::called_without_a_ladder(Some(call(None, true)), Some(1), false)]
    fn the_next_rung(#[case] last: Option<Call>, #[case] rung: Option<u32>, #[case] from_the_top: bool) {
        let rungs = vec![Rung::of_text("Dr B, 214"), Rung::of_text("Front desk, 201")];
        let ladder = Ladder { rungs, emergency: None };
        let next = ladder.next(last.as_ref());
        assert_eq!((next.rung.map(|(number, _)| number), next.from_the_top), (rung, from_the_top));
        assert_eq!(Ladder::default().next(last.as_ref()).rung, None);
    }
}
