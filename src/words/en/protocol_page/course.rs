//! The course of a session on the page: route and duration, the half-life, and every check with its minutes.

use super::Page;
use crate::words::{reading_name, route_name};

impl Page<'_> {
    /// Infusion and checks.
    pub(super) fn course(&mut self) {
        let protocol = self.protocol;
        let has_pump = protocol.infusion.route.has_pump();
        self.heading(if has_pump { "INFUSION" } else { "ROUTE" });
        let duration = format!("{} min{}", protocol.infusion.duration_min, self.mark("infusion.duration_min"));
        let planned = if has_pump { "Planned duration" } else { "Planned from the first to the last" };
        self.paragraph(
            "  ",
            "    ",
            &format!("Route: {}. {planned}: {duration}.", route_name(protocol.infusion.route)),
        );
        let model = match protocol.elimination {
            Some(model) => format!(
                "Half-life: {} h{}. A simple model for an infusion at constant rates; not a measure of fitness.",
                model.half_life_h,
                self.mark("elimination.half_life_h")
            ),
            None => "No half-life model: no percentage and no staircase is shown.".to_owned(),
        };
        self.paragraph("  ", "    ", &model);
        self.checks();
    }

    fn checks(&mut self) {
        self.heading("CHECKS (reminders, never alarms)");
        let schedule = &self.protocol.schedule;
        let minutes =
            |page: &Self, key: &str, value: u32| format!("{value} min{}", page.mark(&format!("schedule.{key}")));
        let mut lines = vec![
            format!(
                "Baseline: at most {} before the start.",
                minutes(self, "baseline_within_min", schedule.baseline_within_min)
            ),
            format!(
                "Vital signs from the start to END: {} after the last blood pressure.",
                minutes(self, "every_min", schedule.every_min)
            ),
            self.required_marks(),
            self.required_readings(),
            format!("A reading counts up to {} early.", minutes(self, "counts_early_min", schedule.counts_early_min)),
            format!("Overdue: {} after it was due.", minutes(self, "overdue_after_min", schedule.overdue_after_min)),
            match schedule.put_off_min {
                Some(min) => format!(
                    "A check by interval may be put off once, by up to {}, with a reason; a required one may not.",
                    minutes(self, "put_off_min", min)
                ),
                None => "No check may be put off.".to_owned(),
            },
            format!(
                "A look at the patient from the start to END: every {}.",
                minutes(self, "look_every_min", schedule.look_every_min)
            ),
        ];
        lines.extend(schedule.look_after_end_min.map(|min| {
            format!("A look at the patient after END: every {}.", minutes(self, "look_after_end_min", min))
        }));
        lines.extend(
            schedule
                .observe_min
                .map(|min| format!("Nobody leaves sooner than {} after END.", minutes(self, "observe_min", min))),
        );
        for line in lines {
            self.paragraph("  ", "    ", &line);
        }
    }

    fn required_marks(&self) -> String {
        let schedule = &self.protocol.schedule;
        let listed = |from: &str, marks: &[u32], key: &str| {
            let marks = marks.iter().map(|mark| format!("{from}+{mark}")).collect::<Vec<_>>().join(", ");
            (!marks.is_empty()).then(|| format!("{marks} min{}", self.mark(&format!("schedule.{key}"))))
        };
        let marks = [
            listed("START", &schedule.at_min, "at_min"),
            schedule.at_end.then(|| "END".to_owned()),
            listed("END", &schedule.after_end_min, "after_end_min"),
        ];
        let within = format!("{} min{}", schedule.discharge_within_min, self.mark("schedule.discharge_within_min"));
        let marks: Vec<String> = marks.into_iter().flatten().collect();
        let marks = if marks.is_empty() { String::new() } else { format!("at {}, and ", marks.join(", ")) };
        format!("Required: {marks}at discharge (at most {within} old).")
    }

    fn required_readings(&self) -> String {
        let required = self.protocol.schedule.required.iter();
        let names = required.map(|kind| reading_name(*kind)).collect::<Vec<_>>().join(", ");
        let names = if names.is_empty() { "none".to_owned() } else { names };
        format!("A required check needs: {names}{}.", self.mark("schedule.required"))
    }
}
