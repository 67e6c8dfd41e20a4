//! The banner: the alarm or prompt on top with its numbered responses; without one, what was dealt with, what is owed, and
//! after the end the clock times of the guidance.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::super::input::Chord;
use super::super::model::{Live, Model, Overlay, Page, Settings};
use super::layout::{Regions, row};
use super::step::Label;
use crate::guidance::{Prompt, Stands};
use crate::protocol::{Priority, Response, Step};
use crate::session::{Change, ComfortPlan, Identity, PumpState, SECOND_MS};
use crate::words;

/// Draws the banner.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, regions: &Regions) {
    let area = regions.banner;
    if let Some(lines) = live.lost_banner(model) {
        draw_lines(model, frame, area, &lines);
    } else if live.asks_whether_stopped() {
        let lines = words::pump_stopped_question(live.queue().len() > 0);
        draw_lines(model, frame, area, &lines);
    } else if let Some(prompt) = live.drawn() {
        draw_prompt(model, live, prompt, frame, area);
    } else {
        draw_lines(model, frame, area, &quiet_lines(model, live));
    }
}

fn draw_lines(model: &Model, frame: &mut Frame<'_>, area: Rect, lines: &[String]) {
    let width = usize::from(area.width).saturating_sub(2);
    let wrapped = lines.iter().flat_map(|line| textwrap::wrap(line, width));
    for (index, line) in wrapped.take(usize::from(area.height)).enumerate() {
        let style = if index == 0 { model.settings.theme.strong() } else { model.settings.theme.text() };
        frame.render_widget(Paragraph::new(Line::styled(format!(" {line}"), style)), row(area, index as u16));
    }
}

fn draw_prompt(model: &Model, live: &Live, prompt: &Prompt, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.settings.theme;
    let Some(response) = live.protocol.responses.get(prompt.rule) else { return };
    let settings = &model.settings;
    let first = row(area, 0);
    let offered = responses(response, prompt, model, live, area, counted_width(&count(live)).min(first.width));
    let taken_from = offered.iter().filter(|(place, ..)| place.y == area.y).map(|(place, ..)| place.x).min();
    draw_headline(model, live, prompt, frame, first, taken_from);
    let told = told(prompt, response, live, settings);
    let rows = if prompt.settled.is_some() && prompt.can_be_told { 1 } else { 2 };
    for (index, said) in wrapped(&told.join(" "), area.width).iter().take(rows).enumerate() {
        frame
            .render_widget(Paragraph::new(Line::styled(format!(" {said}"), theme.text())), row(area, 1 + index as u16));
    }
    if !has_steps(model, live) && live.read_only.is_none() {
        let line = Line::styled(format!(" {}", words::answer_from_the_session()), theme.text());
        frame.render_widget(Paragraph::new(line), row(area, 3));
    }
    for (place, key, label) in offered {
        frame.render_widget(Paragraph::new(label.line(key, theme)), place);
    }
}

/// What the prompt asks for; once it was dealt with, what was done and when somebody should look again.
fn told(prompt: &Prompt, response: &Response, live: &Live, settings: &Settings) -> Vec<String> {
    let stands = (prompt.stands != Stands::No).then(|| words::stands_until_word().to_owned());
    if prompt.settled.is_some() {
        let done = words::done_and_look_again(prompt, &live.guidance, &settings.zone, settings.clock);
        // What it waits for before what was done: there may be one row.
        let done = if prompt.stands == Stands::No { done } else { done.into_iter().rev().collect() };
        return stands.into_iter().chain(done).collect();
    }
    if prompt.stands == Stands::AfterLeaving {
        return vec![words::self_harm_after_leaving().to_owned()];
    }
    std::iter::once(response.say.clone()).chain(stands).collect()
}

/// The alarm or prompt on top as one line, as it stands in an emergency.
pub(super) fn draw_alarm(model: &Model, live: &Live, frame: &mut Frame<'_>, first: Rect) {
    if live.is_lost() {
        frame.render_widget(
            Paragraph::new(Line::styled(format!(" {}", words::no_alarms_here()), model.settings.theme.strong())),
            first,
        );
    } else if let Some(prompt) = live.drawn() {
        draw_headline(model, live, prompt, frame, first, None);
    }
}

/// What was found, up to the column that something else takes. How many there are stands at the right, where a long
/// headline cannot push it off the screen.
fn draw_headline(
    model: &Model,
    live: &Live,
    prompt: &Prompt,
    frame: &mut Frame<'_>,
    first: Rect,
    taken_from: Option<u16>,
) {
    let theme = model.settings.theme;
    let settings = &model.settings;
    let headline = if prompt.settled.is_some() {
        words::settled_line(prompt, &live.protocol, &live.session, &live.guidance, &settings.zone, settings.clock)
    } else {
        words::headline(prompt, &live.protocol, &live.session, &live.guidance)
    };
    let style = if prompt.settled.is_some() { theme.strong() } else { theme.alarm(prompt.priority) };
    let mark = words::priority_mark(prompt.priority);
    let line = Line::from(vec![
        Span::styled(format!(" {mark}"), blinking(model, prompt, style)),
        Span::styled(headline, style),
    ]);
    let count = count(live);
    let right = counted_width(&count).min(first.width);
    let said_to = taken_from.map_or(first.right() - right, |x| x.saturating_sub(1)).max(first.x);
    let said_in = Rect { width: said_to - first.x, ..first };
    let counted_in = Rect { x: first.right() - right, width: right, ..first };
    frame.render_widget(Paragraph::new(line), said_in);
    frame.render_widget(Paragraph::new(Line::styled(count, theme.text())), counted_in);
}

/// How many prompts there are.
fn count(live: &Live) -> String {
    words::prompt_count(live.top.passed % live.queue().len().max(1), live.queue().len())
}

/// The columns that the count takes at the right of the first row.
fn counted_width(count: &str) -> u16 {
    if count.is_empty() { 0 } else { count.chars().count() as u16 + 1 }
}

/// The mark of an open high alarm blinks, once in two seconds: nothing else on the screen does.
fn blinking(model: &Model, prompt: &Prompt, style: Style) -> Style {
    let off = model.now.boot_ms.div_euclid(SECOND_MS) % 2 != 0;
    if prompt.priority == Priority::High && prompt.settled.is_none() && off {
        style.remove_modifier(Modifier::BOLD).add_modifier(Modifier::DIM)
    } else {
        style
    }
}

fn wrapped(text: &str, width: u16) -> Vec<String> {
    textwrap::wrap(text, usize::from(width).saturating_sub(2)).into_iter().map(String::from).collect()
}

/// What can be pressed about the prompt, with its places: its steps in the last two rows of the banner.
fn responses(
    response: &Response,
    prompt: &Prompt,
    model: &Model,
    live: &Live,
    area: Rect,
    counted: u16,
) -> Vec<Offered> {
    if !has_steps(model, live) {
        return Vec::new();
    }
    offered(response, prompt, &live.session.state().comfort, area, counted)
}

/// Whether a digit answers: not where the session is only read. In the record it begins a late entry, and over the brief it may be the end of a PIN: no number
/// is printed that could not be pressed.
fn has_steps(model: &Model, live: &Live) -> bool {
    live.read_only.is_none()
        && !matches!(live.page, Page::Record(_))
        && !matches!(model.overlays.last(), Some(Overlay::Brief(..)))
}

/// A key with its place.
type Offered = (Rect, Chord, Label);

fn offered(response: &Response, prompt: &Prompt, plan: &ComfortPlan, area: Rect, counted: u16) -> Vec<Offered> {
    let mut steps = steps(response, prompt, plan);
    if prompt.settled.is_none() && prompt.priority > Priority::Prompt {
        steps.push((Chord::Char('k'), Label::Open(words::acknowledge().to_owned())));
    }
    let mut out = placed(steps, area, 3, 3);
    out.extend(changes(prompt, area, counted));
    out
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
        let width = (label.width() + 2) as u16;
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

/// In preparation: what earlier visits say to ask beforehand, and where the whole of them stands.
fn before_start(model: &Model, live: &Live) -> impl Iterator<Item = String> {
    let earlier = &live.earlier;
    let series = earlier.series(&live.session, &live.protocol, &model.settings.zone);
    let tells_apart = earlier.asked_for.as_ref().is_some_and(Identity::tells_apart);
    let found = words::earlier_found(earlier.visits.len(), earlier.perhaps, earlier.unreadable, tells_apart);
    let failed = earlier.failed.as_ref().map(|_| words::earlier_failed().to_owned());
    failed.into_iter().chain(words::nausea_before(&series)).chain(found)
}

/// What stands in the banner when no prompt does.
fn quiet_lines(model: &Model, live: &Live) -> Vec<String> {
    let settings = &model.settings;
    let mut lines = Vec::new();
    if live.guidance.must_call_patient {
        lines.push(words::call_about_card().to_owned());
    }
    if live.guidance.after.is_some() {
        lines.extend(words::after_lines(&live.protocol, &live.session, &live.guidance, &settings.zone, settings.clock));
    } else if live.session.state().infusion.state == PumpState::Waiting {
        lines.push(words::before_start(&live.session));
        lines.extend(before_start(model, live));
    }
    if let Some(owed) = live.session.state().owed.last() {
        // After the times, which are never cut for it: the foot of the screen says b as well.
        lines.push(words::owed_line(owed, &live.session, live.session.state().owed.len()));
    }
    lines.extend(words::last_given(&live.protocol, &live.session, &live.guidance, &settings.zone, settings.clock));
    if let Some(seq) = live.session.state().unconfirmed.last() {
        lines.insert(0, words::unconfirmed_line(*seq));
    }
    lines
}

/// The response under a click.
pub(super) fn hit(model: &Model, regions: &Regions, at: Position) -> Option<Chord> {
    let live =
        model.live().filter(|live| !live.is_lost() && !matches!(live.shown_page(), Page::Far | Page::Emergency))?;
    let prompt = live.drawn()?;
    let response = live.protocol.responses.get(prompt.rule)?;
    responses(response, prompt, model, live, regions.banner, counted_width(&count(live)))
        .into_iter()
        .find(|(place, ..)| place.contains(at))
        .map(|(_, key, _)| key)
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
            look_again_ms,
            done,
            next_step,
            can_be_told,
            latched_only,
            stands: Stands::No,
        }
    }

    /// What a protocol says and offers is never cut on the smallest full screen, whatever became of the prompt.
    #[test]
    fn every_shipped_response_fits_its_place() {
        let area = Rect::new(0, 0, 80, super::super::layout::BANNER_ROWS);
        for (_, text) in SHIPPED {
            let protocol = Protocol::load(text).expect("a shipped protocol");
            for (rule, response) in protocol.responses.iter().enumerate() {
                let name = format!("{}, {}", protocol.name, response.id);
                assert!(wrapped(&response.say, area.width).len() <= 2, "{name}: {}", response.say);
                let nexts = (0..response.steps.len()).map(Some).chain([None]);
                for (next, is_settled) in nexts.flat_map(|next| [(next, false), (next, true)]) {
                    let prompt = prompt(rule, response, next, is_settled);
                    let changes = if prompt.can_be_told { 3 } else { 0 };
                    let acknowledge = usize::from(!is_settled && prompt.priority > Priority::Prompt);
                    for touch in [None, Some(Wish::Yes), Some(Wish::No)] {
                        let plan = ComfortPlan { touch, ..ComfortPlan::default() };
                        let shown = offered(response, &prompt, &plan, area, 17);
                        let expected = response.steps.len() + 1 + changes + acknowledge;
                        assert_eq!(shown.len(), expected, "{name}, next {next:?}, {plan:?}");
                    }
                }
            }
        }
    }
}
