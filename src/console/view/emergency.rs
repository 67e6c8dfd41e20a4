//! The emergency: a large clock, who and what they must not have, the last numbers with their ages, the pump, whom to
//! call, the site's checklist and marks. Nothing else, and nothing hidden. Who, strip, numbers, alarm and panel stand
//! where they stand in the session.

use ratatui::Frame;
use ratatui::layout::{Alignment, Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::super::input::Chord;
use super::super::keymap::{Context, bindings};
use super::super::model::{Live, Model};
use super::clip::clip;
use super::layout::{Regions, row};
use super::{giant, head, vitals};
use crate::protocol::{ReadingKind, Scale};
use crate::session::{Emergency, PumpState};
use crate::words;

/// Columns kept for the large clock.
const CLOCK: u16 = 40;
/// The checklist and two columns of marks.
const COLUMNS: u16 = 3;
/// Items in one column, on every screen: an item's place does not depend on the size of the screen.
const ROWS: usize = 8;

/// A time stands so near its item, on a wide screen too, columns.
const TIME_WITHIN: u16 = 32;
/// Columns of one item on a small screen.
const SMALL_CELL: usize = 20;

/// Draws the emergency.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, regions: &Regions) {
    let Some(emergency) = live.session.state().emergency() else { return };
    draw_head(model, live, emergency, frame, regions);
    draw_numbers(model, live, frame, regions);
    super::rules::draw_emergency(model, live, frame, Rect { width: regions.whole.width, ..regions.upper_rule });
    super::banner::draw_alarm(model, live, frame, row(Rect { width: regions.whole.width, ..regions.banner }, 0));
    draw_clock(model, live, emergency, frame, regions);
    if model.overlays.is_empty() {
        draw_lists(model, live, emergency, frame, lists_area(regions));
    }
}

fn draw_head(model: &Model, live: &Live, emergency: &Emergency, frame: &mut Frame<'_>, regions: &Regions) {
    let (theme, settings) = (model.settings.theme, &model.settings);
    let who = words::emergency_who(&live.session, &live.guidance, &settings.zone);
    let who = clip(&format!(" {who}"), regions.who.width);
    frame.render_widget(Paragraph::new(Line::styled(who, theme.strong())), regions.who);
    let (since, infusion) = words::emergency_head(emergency, &live.guidance.progress, &settings.zone, settings.clock);
    let line = Line::from(vec![
        Span::styled(format!(" {since}"), theme.strong()),
        Span::styled(format!("   {infusion}"), theme.text()),
    ]);
    frame.render_widget(Paragraph::new(line), regions.phase);
    let place = Rect { width: regions.phase.width.saturating_sub(1), ..regions.phase };
    let wall = Line::styled(head::clock(model), theme.strong());
    frame.render_widget(Paragraph::new(wall).alignment(Alignment::Right), place);
    head::strip(model, live, frame, regions.strip);
}

/// The last numbers, each with its own age: not all of them are of one line.
fn draw_numbers(model: &Model, live: &Live, frame: &mut Frame<'_>, regions: &Regions) {
    let theme = model.settings.theme;
    let (history, now_ms) = (&live.guidance.history, live.guidance.now.session_ms);
    let number = |kind| {
        let mut spans = vec![Span::raw(" ")];
        spans.extend(vitals::number(model, live, kind));
        let age = history.last_attempt(kind).map(|(_, taken)| words::number_age(now_ms - taken.at.session_ms));
        spans.push(Span::styled(format!(" {}  ", age.unwrap_or_default()), theme.text()));
        spans
    };
    let mut pressure = number(ReadingKind::BloodPressure);
    let beside = [words::change_from_baseline(history), words::emergency_baseline(history)];
    let beside = beside.into_iter().flatten().collect::<Vec<_>>().join("  ");
    pressure.push(Span::styled(beside, theme.text()));
    frame.render_widget(Paragraph::new(Line::from(pressure)), regions.vitals);
    let kinds = [ReadingKind::HeartRate, ReadingKind::Spo2, ReadingKind::RespiratoryRate];
    let mut rest: Vec<Span<'static>> = kinds.into_iter().flat_map(number).collect();
    let sedation = history.last_grade(Scale::Sedation);
    let age = sedation.map(|last| words::number_age(now_ms - last.at.session_ms)).unwrap_or_default();
    rest.push(Span::styled(format!(" {}", words::emergency_sedation(sedation.map(|last| last.grade))), theme.strong()));
    rest.push(Span::styled(format!(" {age}"), theme.text()));
    frame.render_widget(Paragraph::new(Line::from(rest)), regions.due);
}

/// The large clock, and beside it the pump and the call.
fn draw_clock(model: &Model, live: &Live, emergency: &Emergency, frame: &mut Frame<'_>, regions: &Regions) {
    let (theme, settings) = (model.settings.theme, &model.settings);
    let since_ms = live.guidance.now.session_ms - emergency.began.session_ms;
    let top = regions.banner.y + 1;
    let digits = giant::rows(&words::emergency_clock(since_ms));
    for (index, line) in digits.into_iter().enumerate() {
        let place = Rect { x: regions.whole.x + 1, y: top + index as u16, width: CLOCK - 1, height: 1 };
        frame.render_widget(Paragraph::new(Line::styled(line, theme.strong())), place);
    }
    let area = Rect { x: regions.whole.x + CLOCK, y: top, width: regions.whole.width - CLOCK, height: 5 };
    let progress = &live.guidance.progress;
    let reminds = progress.pump == PumpState::Running;
    let pump = words::emergency_pump(&live.session, progress, &settings.zone, settings.clock);
    let open = live.open_call();
    let calls = words::emergency_call(&live.session, open.as_ref(), &settings.ladder, &settings.zone, settings.clock);
    let number = words::emergency_number(&settings.ladder);
    let width = usize::from(area.width).saturating_sub(1);
    let wrap = |line: &str| textwrap::wrap(line, width).into_iter().map(String::from).collect::<Vec<_>>();
    // The number is dialled from here: it is never cut for what is said of the calls.
    let number: Vec<String> = number.iter().flat_map(|line| wrap(line)).collect();
    let room = usize::from(area.height).saturating_sub(number.len());
    let calls = calls.iter().map(|line| wrap(line));
    let above = within(std::iter::once(wrap(&pump)).chain(calls).collect(), room);
    for (index, line) in above.into_iter().chain(number).take(usize::from(area.height)).enumerate() {
        let style = if index == 0 && reminds { theme.strong() } else { theme.text() };
        let line = clip(&line, area.width);
        frame.render_widget(Paragraph::new(Line::styled(line, style)), row(area, index as u16));
    }
}

/// Wrapped sentences in so many rows, the pump first: the longest gives way first, and ends in a sign that it goes on. Where
/// there is no row for each, what became of a call is left out before whom to call: its card tells it.
fn within(mut sentences: Vec<Vec<String>>, rows: usize) -> Vec<String> {
    while sentences.len() > rows.max(2) {
        sentences.remove(1);
    }
    while sentences.iter().map(Vec::len).sum::<usize>() > rows {
        let Some(longest) = sentences.iter_mut().rev().max_by_key(|lines| lines.len()).filter(|lines| lines.len() > 1)
        else {
            break;
        };
        longest.pop();
        if let Some(last) = longest.last_mut().filter(|last| !last.ends_with('\u{2026}')) {
            last.push_str(" \u{2026}");
        }
    }
    sentences.into_iter().flatten().take(rows).collect()
}

/// Where the checklist and the marks lie: the whole width under the clock.
const fn lists_area(regions: &Regions) -> Rect {
    Rect { width: regions.whole.width, ..regions.record }
}

/// One item with its key.
struct Item<'a> {
    place: Rect,
    chord: Chord,
    text: &'a str,
    checklist: bool,
}

/// The checklist in the first column, the marks in the others.
fn items(live: &Live, area: Rect) -> Vec<Item<'_>> {
    let width = area.width.saturating_sub(2) / COLUMNS;
    let keys = |checklist: bool| {
        use super::super::action::Action;
        bindings(Context::Emergency).filter_map(move |binding| match binding.action {
            Action::Tick(_) if checklist => Some(binding.chords[0]),
            Action::Mark(_) if !checklist => Some(binding.chords[0]),
            _ => None,
        })
    };
    let place = |column: usize, index: usize| {
        let line = row(area, index as u16);
        Rect { x: line.x + 1 + column as u16 * width, width: width.min(line.width), ..line }
    };
    let plan = &live.protocol.emergency;
    let ticks = plan.checklist.iter().zip(keys(true)).enumerate();
    let ticks = ticks.map(|(index, (text, chord))| Item { place: place(0, index), chord, text, checklist: true });
    let marks = plan.marks.iter().zip(keys(false)).enumerate();
    let marks = marks.map(|(index, (text, chord))| Item {
        place: place(1 + index / ROWS, index % ROWS),
        chord,
        text,
        checklist: false,
    });
    ticks.chain(marks).filter(|item| item.place.height > 0).collect()
}

fn draw_lists(model: &Model, live: &Live, emergency: &Emergency, frame: &mut Frame<'_>, area: Rect) {
    let (theme, settings) = (model.settings.theme, &model.settings);
    let items = items(live, area);
    if items.is_empty() {
        let line = Line::styled(format!(" {}", words::no_emergency_plan()), theme.text());
        frame.render_widget(Paragraph::new(line), row(area, 0));
    }
    for item in items {
        let time = emergency
            .marked(item.text, item.checklist)
            .map(|mark| words::clock(&settings.zone, mark.at.utc_ms, settings.clock))
            .unwrap_or_default();
        // The times of a column stand under each other; one column is left before the next.
        let room = item.place.width.min(TIME_WITHIN).saturating_sub(time.width() as u16 + 4);
        let text = clip(item.text, room);
        let gap = " ".repeat(usize::from(room).saturating_sub(text.width()) + 1);
        let style = if time.is_empty() { theme.text() } else { theme.strong() };
        let line = Line::from(vec![
            Span::styled(item.chord.shown(), theme.key()),
            Span::raw(" "),
            Span::styled(text, theme.text()),
            Span::styled(format!("{gap}{time}"), style),
        ]);
        frame.render_widget(Paragraph::new(line), item.place);
    }
}

/// The item under a click.
pub(super) fn hit(model: &Model, regions: &Regions, at: Position) -> Option<Chord> {
    let live = model.live().filter(|live| live.session.state().emergency().is_some())?;
    items(live, lists_area(regions)).into_iter().find(|item| item.place.contains(at)).map(|item| item.chord)
}

/// The essentials, line by line, for a terminal below 80x24.
pub(super) fn small_lines(model: &Model, live: &Live, emergency: &Emergency) -> Vec<String> {
    let settings = &model.settings;
    let clock = |utc_ms| words::clock(&settings.zone, utc_ms, settings.clock);
    let open = live.open_call();
    let since_ms = live.guidance.now.session_ms - emergency.began.session_ms;
    let history = &live.guidance.history;
    let numbers = [ReadingKind::BloodPressure, ReadingKind::HeartRate, ReadingKind::Spo2, ReadingKind::RespiratoryRate];
    let numbers =
        numbers.map(|kind| format!("{} {}", words::reading_short(kind), words::last_reading(history, kind))).join("  ");
    let pump = words::emergency_pump(&live.session, &live.guidance.progress, &settings.zone, settings.clock);
    let mut out = vec![
        format!("EMERGENCY {}   {}", words::emergency_clock(since_ms), clock(model.now.utc_ms)),
        pump,
        words::emergency_allergies(&live.session),
        numbers,
    ];
    out.extend(words::emergency_call(&live.session, open.as_ref(), &settings.ladder, &settings.zone, settings.clock));
    out.extend(words::emergency_number(&settings.ladder));
    // Three in a line; what was done has a star, and its time stands in the record.
    let everywhere = Rect::new(0, 0, u16::MAX, ROWS as u16);
    let cells: Vec<String> = items(live, everywhere)
        .into_iter()
        .map(|item| {
            let done = if emergency.marked(item.text, item.checklist).is_some() { "*" } else { " " };
            format!(
                "{:<SMALL_CELL$}",
                clip(&format!("{}{done}{}", item.chord.shown(), item.text), SMALL_CELL as u16 - 1)
            )
        })
        .collect();
    out.extend(cells.chunks(3).map(|row| row.concat().trim_end().to_owned()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences are separated by `;`, their lines by `/`.
    fn sentences(all: &str) -> Vec<Vec<String>> {
        all.split(';').map(|lines| lines.split('/').map(str::to_owned).collect()).collect()
    }

    #[rstest::rstest]
    #[case::all_have_room("pump;called;next", 3, "pump/called/next")]
    #[case::the_longest_is_cut_with_a_sign("pump;called/on and/on;next", 3, "pump/called \u{2026}/next")]
    #[case::whom_to_call_stays("pump;called/on;next", 2, "pump/next")]
    #[case::the_pump_is_never_left_out("pump;next/on", 2, "pump/next \u{2026}")]
    fn kept(#[case] all: &str, #[case] rows: usize, #[case] expected: &str) {
        assert_eq!(within(sentences(all), rows).join("/"), expected);
    }
}
