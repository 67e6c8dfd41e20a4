//! The keys of a prompt with their places: its numbered steps and `k` in the last rows of the banner, how it is now on the
//! first or the third. A key is printed wherever it works: where there is little room, gaps and words become shorter.

use ratatui::layout::Rect;

use super::super::input::Chord;
use super::step::Label;
use crate::guidance::{Prompt, Stands};
use crate::protocol::{Priority, Response, Step};
use crate::session::{Change, ComfortPlan};
use crate::words;

/// The row of the first step.
pub(super) const FIRST_STEP: u16 = 3;
/// Columns of a key and the blank behind it.
const KEY: usize = 2;

/// A key with its place.
pub(super) type Offered = (Rect, Chord, Label);

/// Columns between steps, and the word beside `k`: the roomiest first.
fn spacings() -> [(u16, &'static str); 3] {
    [(3, words::acknowledge()), (2, words::acknowledge()), (2, words::acknowledge_short())]
}

/// What can be pressed about a prompt, with its places; `counted`: columns that the count takes on the first row.
pub(super) fn offered(
    response: &Response,
    prompt: &Prompt,
    plan: &ComfortPlan,
    area: Rect,
    counted: u16,
) -> Vec<Offered> {
    let spaced = |(gap, word): (u16, &str)| {
        let mut steps = steps(response, prompt, plan);
        if is_acknowledged(prompt) {
            steps.push((Chord::Char('k'), Label::Open(word.to_owned())));
        }
        let count = steps.len();
        let placed = placed(steps, area, FIRST_STEP, gap);
        let is_all = placed.len() == count && placed.iter().all(|(place, _, label)| is_whole(*place, label));
        (placed, is_all)
    };
    let mut out = Vec::new();
    for spacing in spacings() {
        let (placed, is_all) = spaced(spacing);
        out = placed;
        if is_all {
            out.extend(changes(prompt, area, counted));
            return out;
        }
    }
    // Steps that have no room cannot be pressed; that it was seen can always be said.
    out.retain(|(place, key, label)| is_whole(*place, label) && *key != Chord::Char('k'));
    out.extend(changes(prompt, area, counted));
    if is_acknowledged(prompt) {
        let taken = out.iter().filter(|(place, ..)| place.y == area.y).map(|(place, ..)| place.x).min();
        let right = taken.unwrap_or(area.right().saturating_sub(counted));
        let label = Label::Open(words::acknowledge_short().to_owned());
        let width = (label.width() + KEY) as u16;
        let x = right.saturating_sub(width + 1).max(area.x);
        out.push((Rect { x, width, height: 1, ..area }, Chord::Char('k'), label));
    }
    out
}

/// Whether `k` belongs to it.
fn is_acknowledged(prompt: &Prompt) -> bool {
    prompt.settled.is_none() && prompt.priority > Priority::Prompt
}

/// How many keys say how it is.
const fn changes_of(prompt: &Prompt) -> usize {
    if prompt.can_be_told { CHANGES.len() } else { 0 }
}

/// How it is: in the third row of a prompt that was dealt with; on the first, before the count, of one that came back.
fn changes(prompt: &Prompt, area: Rect, counted: u16) -> Vec<Offered> {
    if !prompt.can_be_told {
        return Vec::new();
    }
    let items: Vec<(Chord, Label)> = CHANGES
        .map(|(key, change)| (Chord::Char(key), Label::Open(words::change_name(change).to_owned())))
        .into_iter()
        .collect();
    if prompt.settled.is_some() {
        return placed(items, area, 2, 3);
    }
    let width = items.iter().map(|(_, label)| label.width() as u16 + 4).sum::<u16>();
    let left = area.right().saturating_sub(counted + width);
    placed(items, Rect { x: left.max(area.x), width: width.min(area.width), height: 1, ..area }, 0, 2)
}

/// The keys that say how it is.
const CHANGES: [(char, Change); 3] = [('+', Change::Better), ('=', Change::Same), ('-', Change::Worse)];

fn steps(response: &Response, prompt: &Prompt, plan: &ComfortPlan) -> Vec<(Chord, Label)> {
    let digit = |n: usize| Chord::Char(char::from_digit(n as u32, 10).unwrap_or('0'));
    // Once the patient has left only what can still be done is offered.
    let is_offered = |(_, step): &(usize, &Step)| prompt.stands != Stands::AfterLeaving || step.calls;
    let numbered = response.steps.iter().enumerate().filter(is_offered).map(|(index, step)| {
        let is_next = prompt.settled.is_none() && prompt.next_step == Some(index);
        (digit(index + 1), Label::of(step, plan, is_next))
    });
    numbered.chain([(Chord::Char('0'), Label::Open(words::not_done().to_owned()))]).collect()
}

/// Side by side from a row on, to the end of the banner.
fn placed(items: Vec<(Chord, Label)>, area: Rect, first_row: u16, gap: u16) -> Vec<Offered> {
    let (mut x, mut y) = (1, first_row);
    let mut out = Vec::new();
    for (key, label) in items {
        let width = (label.width() + KEY) as u16;
        if x + width > area.width && x > 1 {
            (x, y) = (1, y + 1);
        }
        if y < area.height {
            let place =
                Rect { x: area.x + x, y: area.y + y, width: width.min(area.width.saturating_sub(x)), height: 1 };
            out.push((place, key, label));
        }
        x += width + gap;
    }
    out
}

/// Whether every key of a prompt has its place, with its whole label.
pub(super) fn is_all(offered: &[Offered], response: &Response, prompt: &Prompt, plan: &ComfortPlan) -> bool {
    let wanted = steps(response, prompt, plan).len() + usize::from(is_acknowledged(prompt)) + changes_of(prompt);
    offered.len() == wanted && offered.iter().all(|(place, _, label)| is_whole(*place, label))
}

/// Whether a key and its label have their columns.
fn is_whole(place: Rect, label: &Label) -> bool {
    usize::from(place.width) >= label.width() + KEY
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Protocol, SHIPPED};
    use crate::session::{At, PromptId, Wish};

    fn prompt(rule: usize, response: &Response, next_step: Option<usize>, is_settled: bool) -> Prompt {
        let at = At { session_ms: 0, utc_ms: 0 };
        let id = PromptId { rule: response.id.clone(), cause: 1, round: 1 };
        let (priority, settled) = (response.priority, is_settled.then(|| (at, "SA".to_owned())));
        let can_be_told = response.when.subject().is_told();
        let (look_again_ms, done, latched_only) = (None, Vec::new(), false);
        let (found_by, raised, latest) = (rule, at, 1);
        Prompt {
            id,
            rule,
            found_by,
            priority,
            raised,
            latest,
            settled,
            dealt_before: None,
            look_again_ms,
            done,
            next_step,
            can_be_told,
            latched_only,
            stands: Stands::No,
        }
    }

    /// Each shipped response as it can stand in the banner: open with each step as the next, and dealt with.
    fn each(check: impl Fn(&str, &Response, &Prompt)) {
        for (_, text) in SHIPPED {
            let protocol = Protocol::load(text).expect("a shipped protocol");
            for (rule, response) in protocol.responses.iter().enumerate() {
                let nexts = (0..response.steps.len()).map(Some).chain([None]);
                for (next, is_settled) in nexts.flat_map(|next| [(next, false), (next, true)]) {
                    let name = format!("{}, {}, next {next:?}", protocol.name, response.id);
                    check(&name, response, &prompt(rule, response, next, is_settled));
                }
            }
        }
    }

    fn plans() -> impl Iterator<Item = ComfortPlan> {
        [None, Some(Wish::Yes), Some(Wish::No)].into_iter().map(|touch| ComfortPlan { touch, ..ComfortPlan::default() })
    }

    /// What a protocol says and offers is never cut on the smallest full screen, whatever became of the prompt.
    #[test]
    fn every_shipped_response_fits_its_place() {
        let area = Rect::new(0, 0, 80, super::super::layout::BANNER_ROWS);
        each(|name, response, prompt| {
            assert!(textwrap::wrap(&response.say, 78).len() <= 2, "{name}: {}", response.say);
            for plan in plans() {
                let shown = offered(response, prompt, &plan, area, 17);
                assert!(is_all(&shown, response, prompt, &plan), "{name}, {plan:?}: {} keys", shown.len());
            }
        });
    }

    /// Beside the chart, whatever its width: an alarm can always be acknowledged by what is printed, no
    /// key lies over another, and a key that has no room for its label is not printed.
    #[test]
    fn a_key_is_printed_whole_or_not_at_all() {
        each(|name, response, prompt| {
            for (columns, plan) in (60..=80).step_by(2).flat_map(|columns| plans().map(move |plan| (columns, plan))) {
                let area = Rect::new(0, 0, columns, super::super::layout::BANNER_ROWS);
                let shown = offered(response, prompt, &plan, area, 17);
                let has_k = shown.iter().any(|(_, key, _)| *key == Chord::Char('k'));
                assert_eq!(has_k, is_acknowledged(prompt), "{name}, {columns} columns");
                for (index, (place, _, label)) in shown.iter().enumerate() {
                    assert!(is_whole(*place, label) && place.right() <= columns, "{name}, {columns} columns");
                    let is_over = |(other, ..): &Offered| other.intersects(*place);
                    assert!(!shown[index + 1..].iter().any(is_over), "{name}, {columns} columns");
                }
            }
        });
    }
}
