//! The keys that can be pressed now: every one of them, in the order of the table.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};

use super::super::action::Action;
use super::super::form::FormKind;
use super::super::input::Chord;
use super::super::keymap::{Context, bindings, label, shown};
use super::super::model::{Model, Overlay};
use super::layout::Regions;

/// One key with its place.
struct Item {
    area: Rect,
    key: String,
    label: &'static str,
    chord: Chord,
}

/// The contexts whose keys stand in the panel instead.
const fn in_panel(context: Context) -> bool {
    matches!(
        context,
        Context::Nausea
            | Context::Anxiety
            | Context::Dissociation
            | Context::Sedation
            | Context::Pain
            | Context::Seen
            | Context::Comfort
            | Context::PutOff
            | Context::Pump
            | Context::Leave
            | Context::Relief
            | Context::Limits
    )
}

/// The keys of the footer, laid out from left to right, row by row.
fn items(model: &Model, area: Rect) -> Vec<Item> {
    let context = model.context();
    let mut out = Vec::new();
    let (mut x, mut y) = (1, 0);
    if context == Context::Form {
        let Some(Overlay::Form(form)) = model.overlays.last() else { return out };
        let is_last = form.focus + 1 == form.fields.len() || form.is_doubted;
        let submits = match form.kind {
            FormKind::Relief => "show the brief",
            FormKind::Sign => "sign",
            FormKind::Pin { .. } | FormKind::Author(..) | FormKind::SignIn | FormKind::TakeOver => "go on",
            _ => "record",
        };
        let leaves = if form.waits.is_some() { "back" } else { "leave without recording" };
        let mut keys = vec![(Chord::Enter, if is_last { submits } else { "next" })];
        if form.fields.len() > 1 {
            keys.extend([(Chord::Tab, "next field"), (Chord::Ctrl('s'), submits)]);
        }
        if form.kind == FormKind::Identity {
            keys.extend(shown(model, Context::Identity).map(|binding| (binding.chords[0], binding.label)));
        }
        keys.push((Chord::Esc, leaves));
        keys.extend(emergency(model, context));
        for (chord, label) in keys {
            push(&mut out, area, (&mut x, &mut y), chord, label);
        }
        return out;
    }
    for binding in shown(model, context) {
        if in_panel(context) && binding.chords != [Chord::Esc] {
            continue;
        }
        push(&mut out, area, (&mut x, &mut y), binding.chords[0], label(model, binding));
    }
    if let Some((chord, label)) = emergency(model, context) {
        push(&mut out, area, (&mut x, &mut y), chord, label);
    }
    out
}

/// The key that begins an emergency stands in every footer of a session; the session's own has it among its keys.
fn emergency(model: &Model, context: Context) -> Option<(Chord, &'static str)> {
    let live = model.live().filter(|live| live.read_only.is_none() && live.session.state().emergency().is_none())?;
    let binding = bindings(Context::Session).find(|binding| binding.action == Action::Emergency)?;
    // In the middle of a text one press may be a character.
    let label = if super::super::update::takes_bang(model) { "twice: emergency" } else { binding.label };
    (context != Context::Session && !live.is_over()).then_some((binding.chords[0], label))
}

fn push(out: &mut Vec<Item>, area: Rect, at: (&mut u16, &mut u16), chord: Chord, label: &'static str) {
    let (x, y) = at;
    let key = chord.shown();
    let width = (key.chars().count() + 1 + label.chars().count()) as u16;
    if *x + width > area.width && *x > 1 {
        *x = 1;
        *y += 1;
    }
    if *y < area.height {
        let place = Rect { x: area.x + *x, y: area.y + *y, width: width.min(area.width - *x), height: 1 };
        out.push(Item { area: place, key, label, chord });
    }
    *x += width + 2;
}

/// Draws the keys.
pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, regions: &Regions) {
    let theme = model.settings.theme;
    frame.render_widget(Clear, regions.footer);
    for item in items(model, regions.footer) {
        let line = Line::from(vec![
            Span::styled(item.key, theme.key()),
            Span::raw(" "),
            Span::styled(item.label, theme.text()),
        ]);
        frame.render_widget(Paragraph::new(line), item.area);
    }
}

/// The key under a click.
pub(super) fn hit(model: &Model, regions: &Regions, at: Position) -> Option<Chord> {
    items(model, regions.footer).into_iter().find(|item| item.area.contains(at)).map(|item| item.chord)
}
