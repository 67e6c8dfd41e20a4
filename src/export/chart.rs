//! The visit as anaesthetists draw it: pressures as carets, the heart rate as dots, over time; above them the infusion with its
//! pauses and what happened, each with a number; under them saturation, breaths, sedation. Black on white: nothing is told by colour.

use super::pdf::{Anchor, Figure, Mark};
use crate::guidance::{Gap, Guidance, Taken};
use crate::protocol::{ReadingKind, Scale, Vital};
use crate::session::{At, MINUTE_MS, Outcome, Session, Zone};
use crate::words::{self, ClockStyle, chart as said};

/// Height of the drawing and of its parts, points.
const HEIGHT: f32 = 330.0;
/// The rows of event numbers begin here; a row is so high, and there are so many.
const EVENTS_TOP: f32 = 10.0;
const EVENT_ROW: f32 = 9.0;
const EVENT_ROWS: usize = 4;
/// The band of the infusion.
const BAND_TOP: f32 = 44.0;
const BAND_BOTTOM: f32 = 54.0;
/// The plot.
const TOP: f32 = 62.0;
const BOTTOM: f32 = 254.0;
/// The rows of numbers under the plot, the base of their letters.
const ROWS: [f32; 4] = [284.0, 295.0, 306.0, 317.0];
/// The plot's left edge.
const LEFT: f32 = 44.0;
/// The least highest value of the scale.
const LEAST_MOST: u16 = 200;
/// Small letters, points.
const SMALL: f32 = 7.0;
/// Room that a number takes in a row, points.
const NUMBER: f32 = 13.0;

/// Something that happened, with its words; the chart shows its number.
pub(super) struct Happened {
    pub(super) at: At,
    pub(super) said: String,
}

/// What is drawn.
pub(super) struct Chart<'a> {
    pub(super) session: &'a Session,
    pub(super) guidance: &'a Guidance,
    pub(super) events: &'a [Happened],
    pub(super) gaps: &'a [Gap],
    pub(super) zone: &'a Zone,
    pub(super) style: ClockStyle,
}

/// From where to where it is drawn.
struct Axes {
    from_ms: i64,
    to_ms: i64,
    width: f32,
    most: u16,
}

impl Axes {
    fn x(&self, session_ms: i64) -> f32 {
        let share = (session_ms - self.from_ms) as f32 / (self.to_ms - self.from_ms) as f32;
        LEFT + share.clamp(0.0, 1.0) * (self.width - LEFT)
    }

    fn y(&self, value: u16) -> f32 {
        BOTTOM - f32::from(value.min(self.most)) / f32::from(self.most) * (BOTTOM - TOP)
    }

    /// Minutes between two marks of the time: so many that their letters have room.
    fn step_min(&self) -> i64 {
        let minutes = (self.to_ms - self.from_ms) / MINUTE_MS;
        let room = ((self.width - LEFT) / 44.0) as i64;
        [5, 10, 15, 30, 60, 120].into_iter().find(|step| minutes / step < room).unwrap_or(240)
    }
}

impl Chart<'_> {
    /// The drawing, so many points wide.
    pub(super) fn figure(&self, width: f32) -> Figure {
        let scale = self.scale(width);
        let mut marks = Vec::new();
        frame(&scale, &mut marks);
        self.time(&scale, &mut marks);
        self.band(&scale, &mut marks);
        self.readings(&scale, &mut marks);
        self.rows(&scale, &mut marks);
        self.gap_row(&scale, &mut marks);
        self.numbers(&scale, &mut marks);
        Figure { height_pt: HEIGHT, alt: self.alt(), marks }
    }

    fn vitals(&self) -> &[Taken] {
        &self.guidance.history.vitals
    }

    /// From the first reading or a little before the start to the last thing that happened.
    fn scale(&self, width: f32) -> Axes {
        let infusion = &self.session.state().infusion;
        let last = self.session.state().left.map_or(self.guidance.now.session_ms, |at| at.session_ms);
        let start = infusion.started.map(|at| at.session_ms - 5 * MINUTE_MS);
        let first = self.vitals().first().map(|taken| taken.at.session_ms);
        // A little before, so that nothing is drawn on the axis.
        let from_ms = first.into_iter().chain(start).min().unwrap_or(0) - 2 * MINUTE_MS;
        let events = self.events.iter().map(|event| event.at.session_ms);
        let to_ms = events.chain(self.vitals().iter().map(|taken| taken.at.session_ms)).fold(last, i64::max);
        let values = self.vitals().iter().flat_map(|taken| {
            [Vital::Systolic, Vital::HeartRate].map(|vital| taken.vitals.value(vital).unwrap_or_default())
        });
        let most = values.max().unwrap_or_default().max(LEAST_MOST).next_multiple_of(20);
        Axes { from_ms, to_ms: to_ms.max(from_ms + 15 * MINUTE_MS) + 2 * MINUTE_MS, width, most }
    }

    /// Minutes since the start, and the clock under them.
    fn time(&self, scale: &Axes, marks: &mut Vec<Mark>) {
        let zero = self.session.state().infusion.started.map_or(scale.from_ms, |at| at.session_ms);
        let has_start = self.session.state().infusion.started.is_some();
        let step_ms = scale.step_min() * MINUTE_MS;
        let mut at_ms = zero - (zero - scale.from_ms) / step_ms * step_ms;
        while at_ms <= scale.to_ms {
            let x = scale.x(at_ms);
            marks.push(line(&[(x, BOTTOM), (x, BOTTOM + 3.0)], 0.4, 0));
            if x + 12.0 <= scale.width {
                let minute = (at_ms - zero) / MINUTE_MS;
                let label = if has_start { words::t_plus(Some(minute)) } else { String::new() };
                let clock = words::clock(self.zone, self.session.wall_by_last_clock(at_ms), self.style);
                marks.push(letters((x, BOTTOM + 11.0), Anchor::Middle, label));
                marks.push(letters((x, BOTTOM + 19.0), Anchor::Middle, clock));
            }
            at_ms += step_ms;
        }
    }

    /// Where the pump ran, hatched; from START to END; a pause is white.
    fn band(&self, scale: &Axes, marks: &mut Vec<Mark>) {
        let infusion = &self.session.state().infusion;
        let Some(start) = infusion.started else { return };
        let end_ms = infusion.ended.map_or(self.guidance.now.session_ms, |at| at.session_ms);
        for segment in &infusion.segments {
            let (from, to) = (scale.x(segment.from_ms), scale.x(segment.to_ms.unwrap_or(end_ms)));
            marks.push(Mark::Area { from: (from, BAND_TOP), to: (to, BAND_BOTTOM), grey: 210 });
            let mut x = from + 3.0;
            while x < to {
                let foot = (x - (BAND_BOTTOM - BAND_TOP)).max(from);
                let y = BAND_TOP + (x - foot);
                marks.push(line(&[(x, BAND_TOP), (foot, y)], 0.4, 90));
                x += 3.0;
            }
        }
        let (left, right) = (scale.x(start.session_ms), scale.x(end_ms));
        let corners =
            [(left, BAND_TOP), (right, BAND_TOP), (right, BAND_BOTTOM), (left, BAND_BOTTOM), (left, BAND_TOP)];
        marks.push(line(&corners, 0.6, 0));
        for at in [Some(start), infusion.ended].into_iter().flatten() {
            let x = scale.x(at.session_ms);
            marks.push(Mark::Line {
                points: vec![(x, BAND_BOTTOM), (x, BOTTOM)],
                width_pt: 0.6,
                dashed: true,
                grey: 0,
            });
        }
    }

    fn readings(&self, scale: &Axes, marks: &mut Vec<Mark>) {
        for taken in self.vitals() {
            let x = scale.x(taken.at.session_ms);
            if let (Some(systolic), Some(diastolic)) =
                (taken.vitals.value(Vital::Systolic), taken.vitals.value(Vital::Diastolic))
            {
                let (high, low) = (scale.y(systolic), scale.y(diastolic));
                marks.push(line(&[(x - 3.2, high - 4.5), (x, high), (x + 3.2, high - 4.5)], 1.1, 0));
                marks.push(line(&[(x - 3.2, low + 4.5), (x, low), (x + 3.2, low + 4.5)], 1.1, 0));
                marks.push(line(&[(x, high), (x, low)], 0.4, 120));
            }
            if let Some(rate) = taken.vitals.value(Vital::HeartRate) {
                marks.push(Mark::Dot { at: (x, scale.y(rate)), radius_pt: 1.9 });
            }
            // Stands at the foot of the plot, where no value is.
            let missing = [(ReadingKind::BloodPressure, 0.0), (ReadingKind::HeartRate, 8.0)];
            for (kind, up) in missing {
                let sign = match taken.vitals.outcome(kind) {
                    Some(Outcome::NotTaken) => "x",
                    Some(Outcome::Unobtainable) => "?",
                    Some(Outcome::Read) | None => continue,
                };
                let sign = format!("{} {sign}", words::reading_short(kind));
                marks.push(letters((x, BOTTOM - 3.0 - up), Anchor::Middle, sign));
            }
        }
    }

    /// Numbers under the plot, as far as there is room between them; the table has them all.
    fn rows(&self, scale: &Axes, marks: &mut Vec<Mark>) {
        let rows = [(ReadingKind::Spo2, ROWS[0]), (ReadingKind::RespiratoryRate, ROWS[1])];
        for (kind, y) in rows {
            let cells = self.vitals().iter().filter(|taken| taken.vitals.outcome(kind).is_some());
            row(scale, y, cells.map(|taken| (taken.at, words::reading_cell(&taken.vitals, kind))), marks);
        }
        let grades = self.guidance.history.grades.get(&Scale::Sedation).map(Vec::as_slice).unwrap_or_default();
        row(scale, ROWS[2], grades.iter().map(|graded| (graded.at, graded.grade.to_string())), marks);
    }

    fn gap_row(&self, scale: &Axes, marks: &mut Vec<Mark>) {
        let y = ROWS[3] - 2.5;
        let looks = self.session.standing().filter(crate::session::Row::is_look);
        marks.extend(looks.map(|row| Mark::Dot { at: (scale.x(row.item.at.session_ms), y), radius_pt: 0.9 }));
        let away = self.session.state().watch.gaps().map(|(_, gap)| (gap.from, gap.to));
        let missed = self.gaps.iter().filter(|gap| gap.check == crate::session::Check::Look);
        for (from, to) in missed.map(|gap| (gap.from, gap.to)).chain(away) {
            let to_ms = to.map_or(self.guidance.now.session_ms, |to| to.session_ms);
            let points = vec![(scale.x(from.session_ms), y), (scale.x(to_ms), y)];
            marks.push(Mark::Line { points, width_pt: 1.6, dashed: true, grey: 0 });
        }
    }

    /// Each event's number, in the first row that has room for it.
    fn numbers(&self, scale: &Axes, marks: &mut Vec<Mark>) {
        let mut ends = [f32::MIN; EVENT_ROWS];
        for (index, event) in self.events.iter().enumerate() {
            let x = scale.x(event.at.session_ms);
            let free = ends.iter().position(|end| *end <= x - NUMBER / 2.0);
            let row = free.unwrap_or(index % EVENT_ROWS);
            ends[row] = x + NUMBER / 2.0;
            let y = EVENTS_TOP + row as f32 * EVENT_ROW;
            marks.push(Mark::Text {
                at: (x, y),
                anchor: Anchor::Middle,
                size_pt: SMALL,
                bold: true,
                text: (index + 1).to_string(),
            });
            marks.push(line(&[(x, BAND_BOTTOM), (x, TOP)], 0.4, 0));
        }
    }

    fn alt(&self) -> String {
        let range = |vital| {
            let values = || self.vitals().iter().filter_map(move |taken| taken.vitals.value(vital));
            Some((vital, values().min()?, values().max()?))
        };
        let ranges: Vec<_> = Vital::ALL.into_iter().filter_map(range).collect();
        said::alt(self.vitals().len(), &ranges, self.events.len())
    }
}

/// The scale, its lines, and what the rows are called.
fn frame(scale: &Axes, marks: &mut Vec<Mark>) {
    for value in (0..=scale.most).step_by(20) {
        let y = scale.y(value);
        let is_edge = value == 0 || value == scale.most;
        let grey = if is_edge { 0 } else { 190 };
        marks.push(line(&[(LEFT, y), (scale.width, y)], 0.4, grey));
        marks.push(letters((LEFT - 4.0, y + 2.5), Anchor::Right, value.to_string()));
    }
    marks.push(line(&[(LEFT, TOP), (LEFT, BOTTOM)], 0.4, 0));
    marks.push(line(&[(scale.width, TOP), (scale.width, BOTTOM)], 0.4, 0));
    let labels = [
        (BAND_BOTTOM - 2.5, said::GIVEN),
        (ROWS[0], said::SPO2),
        (ROWS[1], said::BREATHS),
        (ROWS[2], said::SEDATION),
        (ROWS[3], said::GAPS),
    ];
    marks.extend(labels.map(|(y, label)| letters((0.0, y), Anchor::Left, label.to_owned())));
}

fn row(scale: &Axes, y: f32, cells: impl Iterator<Item = (At, String)>, marks: &mut Vec<Mark>) {
    let mut free = f32::MIN;
    for (at, text) in cells {
        let x = scale.x(at.session_ms);
        if x - NUMBER / 2.0 >= free {
            marks.push(letters((x, y), Anchor::Middle, text));
            free = x + NUMBER / 2.0;
        }
    }
}

fn line(points: &[(f32, f32)], width_pt: f32, grey: u8) -> Mark {
    Mark::Line { points: points.to_vec(), width_pt, dashed: false, grey }
}

fn letters(at: (f32, f32), anchor: Anchor, text: String) -> Mark {
    Mark::Text { at, anchor, size_pt: SMALL, bold: false, text }
}
