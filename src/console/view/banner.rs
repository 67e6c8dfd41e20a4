//! The banner: the alarm or prompt on top with its numbered responses; without one, what was dealt with, what is owed, and
//! after the end the clock times of the guidance.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};
use unicode_width::UnicodeWidthStr;

use super::super::input::Chord;
use super::super::model::{Live, Model, Overlay, Page};
use super::clip::clip;
use super::layout::{Regions, row};
use super::lines::within;
use super::offered::{FIRST_STEP, Offered, is_all, offered};
use crate::guidance::{Prompt, Stands};
use crate::protocol::{Priority, Response};
use crate::session::{Identity, PumpState, SECOND_MS};
use crate::words;

/// Rows of what a prompt says.
const SAID_ROWS: usize = 2;
/// Where the banner lies: beside the chart, and over its upper rows where something of a prompt or of the times would be cut.
fn place(model: &Model, live: &Live, regions: &Regions) -> Rect {
    let whole = Rect { width: regions.whole.width, ..regions.banner };
    let narrow = regions.banner;
    let fits = match live.drawn() {
        Some(prompt) => fits(model, live, prompt, narrow),
        None => wrapped_lines(&lines(model, live), narrow.width).len() <= usize::from(narrow.height),
    };
    if fits { narrow } else { whole }
}

/// Whether all that a prompt says and offers has room.
fn fits(model: &Model, live: &Live, prompt: &Prompt, area: Rect) -> bool {
    let Some(response) = live.protocol.responses.get(prompt.rule) else { return true };
    let said = wrapped(&said(model, live, prompt, response, area.width), area.width).len() <= said_rows(prompt);
    let plan = &live.session.state().comfort;
    let offered = offered(response, prompt, plan, area, counted_width(&count(live)));
    said && is_all(&offered, response, prompt, plan)
}

/// Draws the banner.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, regions: &Regions) {
    let area = place(model, live, regions);
    frame.render_widget(Clear, area);
    match live.drawn().filter(|_| !live.is_lost()) {
        Some(prompt) => draw_prompt(model, live, prompt, frame, area),
        None => draw_lines(model, frame, area, &lines(model, live)),
    }
}

/// What stands there while no prompt does.
fn lines(model: &Model, live: &Live) -> Vec<String> {
    if let Some(lines) = live.lost_banner(model) {
        lines
    } else if live.asks_whether_stopped() {
        words::pump_stopped_question(live.queue().len() > 0)
    } else {
        quiet_lines(model, live)
    }
}

fn wrapped_lines(lines: &[String], width: u16) -> Vec<String> {
    lines.iter().flat_map(|line| wrapped(line, width)).collect()
}

fn draw_lines(model: &Model, frame: &mut Frame<'_>, area: Rect, lines: &[String]) {
    let columns = area.width.saturating_sub(2);
    let lines = within(wrapped_lines(lines, area.width), usize::from(area.height), columns);
    for (index, line) in lines.iter().enumerate() {
        let style = if index == 0 { model.settings.theme.strong() } else { model.settings.theme.text() };
        frame.render_widget(Paragraph::new(Line::styled(format!(" {line}"), style)), row(area, index as u16));
    }
}

/// What is said of a prompt: what it asks for; once it was dealt with, what was done and when somebody should look again.
fn said(model: &Model, live: &Live, prompt: &Prompt, response: &Response, width: u16) -> String {
    let settings = &model.settings;
    let stands = (prompt.stands != Stands::No).then(|| words::stands_until_word().to_owned());
    let told: Vec<String> = if prompt.settled.is_some() {
        let done = words::done_and_look_again(prompt, &live.guidance, &settings.zone, settings.clock);
        // What it waits for before what was done: there may be one row.
        let done = if prompt.stands == Stands::No { done } else { done.into_iter().rev().collect() };
        stands.into_iter().chain(done).collect()
    } else if prompt.stands == Stands::AfterLeaving {
        vec![words::self_harm_after_leaving().to_owned()]
    } else if let Some(cleared) = words::cleared_since(prompt, &settings.zone, settings.clock) {
        vec![cleared]
    } else {
        std::iter::once(response.say.clone()).chain(stands).collect()
    };
    // What was done stands in the record as well: what it waits for, and until when, is never cut for it.
    let kept = if prompt.stands != Stands::No && prompt.settled.is_some() { 2 } else { told.len() };
    let whole = told.join(" ");
    let is_cut = wrapped(&whole, width).len() > said_rows(prompt);
    if is_cut { told.into_iter().take(kept).collect::<Vec<_>>().join(" ") } else { whole }
}

/// The row under it is taken, where it can be told how it is.
const fn said_rows(prompt: &Prompt) -> usize {
    if prompt.settled.is_some() && prompt.can_be_told { 1 } else { SAID_ROWS }
}

fn draw_prompt(model: &Model, live: &Live, prompt: &Prompt, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.settings.theme;
    let Some(response) = live.protocol.responses.get(prompt.rule) else { return };
    let first = row(area, 0);
    let offered = responses(response, prompt, model, live, area, counted_width(&count(live)).min(first.width));
    let taken_from = offered.iter().filter(|(place, ..)| place.y == area.y).map(|(place, ..)| place.x).min();
    draw_headline(model, live, prompt, frame, first, taken_from);
    let said = wrapped(&said(model, live, prompt, response, area.width), area.width);
    for (index, said) in within(said, said_rows(prompt), area.width.saturating_sub(2)).iter().enumerate() {
        let line = Line::styled(format!(" {said}"), theme.text());
        frame.render_widget(Paragraph::new(line), row(area, 1 + index as u16));
    }
    if !has_steps(model, live) && live.read_only.is_none() {
        let line = Line::styled(format!(" {}", words::answer_from_the_session()), theme.text());
        frame.render_widget(Paragraph::new(line), row(area, FIRST_STEP));
    }
    for (place, key, label) in offered {
        frame.render_widget(Paragraph::new(label.line(key, theme)), place);
    }
}

/// The alarm or prompt on top as one line, as it stands in an emergency.
pub(super) fn draw_alarm(model: &Model, live: &Live, frame: &mut Frame<'_>, first: Rect) {
    if let Some(said) = live.no_alarms_here() {
        let line = Line::styled(format!(" {said}"), model.settings.theme.strong());
        frame.render_widget(Paragraph::new(line), first);
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
    let count = count(live);
    let right = counted_width(&count).min(first.width);
    let said_to = taken_from.map_or(first.right() - right, |x| x.saturating_sub(1)).max(first.x);
    let said_in = Rect { width: said_to - first.x, ..first };
    let mark = format!(" {}", words::priority_mark(prompt.priority));
    let room = said_in.width.saturating_sub(mark.width() as u16 + 1);
    let headline = if prompt.settled.is_some() {
        let (zone, style) = (&settings.zone, settings.clock);
        let [long, short] = words::settled_lines(prompt, &live.protocol, &live.session, &live.guidance, zone, style);
        // When to look again stands under it: what was found is not cut for it.
        if long.width() <= usize::from(room) { long } else { short }
    } else {
        words::headline(prompt, &live.protocol, &live.session, &live.guidance)
    };
    let style = if prompt.settled.is_some() { theme.strong() } else { theme.alarm(prompt.priority) };
    let line = Line::from(vec![
        Span::styled(mark, blinking(model, prompt, style)),
        Span::styled(clip(&headline, room), style),
    ]);
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

/// Whether a key about the prompt is printed.
pub(super) fn prints(model: &Model, regions: &Regions, chord: Chord) -> bool {
    printed(model, regions).iter().any(|(_, key, _)| *key == chord)
}

/// The keys of the prompt that is drawn, with their places.
fn printed(model: &Model, regions: &Regions) -> Vec<Offered> {
    let Some(live) =
        model.live().filter(|live| !live.is_lost() && !matches!(live.shown_page(), Page::Far | Page::Emergency))
    else {
        return Vec::new();
    };
    let found = live.drawn().and_then(|prompt| Some((prompt, live.protocol.responses.get(prompt.rule)?)));
    let Some((prompt, response)) = found else { return Vec::new() };
    responses(response, prompt, model, live, place(model, live, regions), counted_width(&count(live)))
}

/// The response under a click.
pub(super) fn hit(model: &Model, regions: &Regions, at: Position) -> Option<Chord> {
    printed(model, regions).into_iter().find(|(place, ..)| place.contains(at)).map(|(_, key, _)| key)
}
