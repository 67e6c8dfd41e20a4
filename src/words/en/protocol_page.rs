//! The protocol as a page of 80 columns that a clinician can read and sign.

use textwrap::Options;

use super::finding_names::{origin_mark, reading_name, route_name, vital_name, vital_unit};
use super::names::comfort_name;
use super::protocol_finding::finding;
use crate::protocol::{Limits, Priority, Protocol, Response, Step, Vital};

/// Columns of the page.
const WIDTH: usize = 80;

/// The whole page. Each number and each sentence carries the mark of its origin.
#[must_use]
pub fn protocol_page(protocol: &Protocol) -> String {
    let mut page = Page { protocol, text: String::new() };
    page.head();
    page.course();
    page.limits("limits", "LIMITS ONCE THE INFUSION HAS STARTED");
    page.limits("before_start", "LIMITS BEFORE THE START");
    page.responses();
    page.drugs();
    page.calling();
    page.discharge();
    page.signature();
    page.text
}

struct Page<'p> {
    protocol: &'p Protocol,
    text: String,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A paragraph with its first indent and that of the rest.
    fn paragraph(&mut self, first: &str, rest: &str, text: &str) {
        let options = Options::new(WIDTH).initial_indent(first).subsequent_indent(rest);
        for line in textwrap::wrap(text, options) {
            self.line(&line);
        }
    }

    fn heading(&mut self, heading: &str) {
        self.line("");
        self.line(heading);
    }

    /// The origin of a path, as a mark after a blank; nothing where the file gives none.
    fn mark(&self, path: &str) -> String {
        self.protocol.origins.get(path).map(|origin| format!(" {}", origin_mark(*origin))).unwrap_or_default()
    }

    fn head(&mut self) {
        let protocol = self.protocol;
        self.line("KETAMINE INFUSION PROTOCOL");
        self.paragraph("", "", &protocol.name);
        self.paragraph("", "        ", &format!("Version {}", protocol.version));
        self.line(&format!("SHA-256 {}", protocol.fingerprint));
        match &protocol.approval {
            Some(approval) => {
                let text = format!("Approved by {}, {}", approval.approved_by, approval.on);
                self.paragraph("", "            ", &text);
            }
            None => self.line("NOT APPROVED BY A CLINICIAN"),
        }
        self.line("");
        self.paragraph(
            "",
            "",
            "Where each number and sentence comes from: [c] the clinic's own published protocol; [p] read in a public source; \
             [d] general practice, no source read, needs the clinician's approval.",
        );
    }

    fn course(&mut self) {
        let protocol = self.protocol;
        self.heading("INFUSION");
        let duration = format!("{} min{}", protocol.infusion.duration_min, self.mark("infusion.duration_min"));
        self.paragraph(
            "  ",
            "    ",
            &format!("Route: {}. Planned duration: {duration}.", route_name(protocol.infusion.route)),
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
        self.heading("CHECKS (reminders, never alarms)");
        let schedule = &protocol.schedule;
        let minutes =
            |page: &Self, key: &str, value: u32| format!("{value} min{}", page.mark(&format!("schedule.{key}")));
        let marks = schedule.after_end_min.iter().map(|mark| format!("END+{mark}")).collect::<Vec<_>>().join(", ");
        let marks = if marks.is_empty() {
            String::new()
        } else {
            format!(", {marks} min{}", self.mark("schedule.after_end_min"))
        };
        let required = schedule.required.iter().map(|kind| reading_name(*kind)).collect::<Vec<_>>().join(", ");
        let required = if required.is_empty() { "none".to_owned() } else { required };
        let lines = [
            format!(
                "Baseline: at most {} before the start.",
                minutes(self, "baseline_within_min", schedule.baseline_within_min)
            ),
            format!(
                "Vital signs while infusing: {} after the last blood pressure.",
                minutes(self, "every_min", schedule.every_min)
            ),
            format!(
                "Required: at END{marks}, and at discharge (at most {} old).",
                minutes(self, "discharge_within_min", schedule.discharge_within_min)
            ),
            format!("A required check needs: {required}{}.", self.mark("schedule.required")),
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
                "A look at the patient while infusing: every {}.",
                minutes(self, "look_every_min", schedule.look_every_min)
            ),
        ];
        for line in lines {
            self.paragraph("  ", "    ", &line);
        }
    }

    fn limits(&mut self, table: &str, heading: &str) {
        let limits = if table == "limits" { &self.protocol.limits } else { &self.protocol.before_start };
        if limits.is_empty() {
            return;
        }
        self.heading(heading);
        self.line(&format!("  {:<26}{:<13}{:<13}{:<13}{:<13}", "", "call at", "notify at", "notify at", "call at"));
        self.line(&format!("  {:<26}{:<13}{:<13}{:<13}{:<13}", "", "or below", "or below", "or above", "or above"));
        for (vital, row) in limits {
            self.limit_row(&format!("{table}.{}", path_of(*vital)), *vital, row);
        }
    }

    fn limit_row(&mut self, path: &str, vital: Vital, row: &Limits) {
        let cell = |page: &Self, key: &str, value: Option<u16>| {
            value.map_or_else(|| "-".to_owned(), |value| format!("{value}{}", page.mark(&format!("{path}.{key}"))))
        };
        let name = format!("{}, {}", vital_name(vital), vital_unit(vital));
        let line = format!(
            "  {name:<26}{:<13}{:<13}{:<13}{:<13}",
            cell(self, "call_at_most", row.call_at_most),
            cell(self, "notify_at_most", row.notify_at_most),
            cell(self, "notify_at_least", row.notify_at_least),
            cell(self, "call_at_least", row.call_at_least)
        );
        self.line(&line);
        let over = [
            ("notify_over_baseline_percent", "notify", row.notify_over_baseline_percent),
            ("bold_over_baseline_percent", "bold mark, no alarm,", row.bold_over_baseline_percent),
        ];
        let mut more: Vec<String> = Vec::new();
        for (key, what, percent) in over {
            let mark = self.mark(&format!("{path}.{key}"));
            more.extend(percent.map(|percent| format!("{what} at +{percent} %{mark} over baseline")));
        }
        let mark = self.mark(&format!("{path}.clears_within"));
        more.push(match row.clears_within {
            0 => format!("an alarm ends as soon as the value is back inside{mark}"),
            within => format!("an alarm ends {within} {}{mark} inside its limit", vital_unit(vital)),
        });
        self.paragraph("      ", "      ", &more.join("; "));
    }

    fn responses(&mut self) {
        self.heading("RESPONSES (of several for one finding the most urgent speaks)");
        if let Some(alarms) = self.protocol.alarms {
            let mark = self.mark("alarms.escalate_every_min");
            self.line(&format!("  One condition escalates at most once in {} min{mark}.", alarms.escalate_every_min));
        }
        for response in &self.protocol.responses {
            let path = format!("response.{}", response.id);
            let finding = format!(
                "{}: {}",
                priority_name(response.priority),
                finding(response, &|key| self.mark(&format!("{path}.{key}")))
            );
            self.paragraph("  ", "    ", &finding);
            self.paragraph("    ", "    ", &format!("\"{}\"{}", response.say, self.mark(&format!("{path}.say"))));
            if response.plan {
                self.line("      The patient's comfort plan stands over it.");
            }
            for (number, step) in (1..).zip(&response.steps) {
                self.paragraph(&format!("      {number} "), "        ", &step_line(step));
            }
            if let Some(minutes) = response.look_again_min {
                let mark = self.mark(&format!("{path}.look_again_min"));
                self.line(&format!("      Look again after {minutes} min{mark}."));
            }
            self.clears(response, &path);
            self.escalates(response, &path);
        }
    }

    fn clears(&mut self, response: &Response, path: &str) {
        let Some(clears) = response.clears else { return };
        let mark = |key: &str| self.mark(&format!("{path}.clears.{key}"));
        let mut words = Vec::new();
        words.extend(clears.at_most.map(|grade| format!("at {grade}{} or less", mark("at_most"))));
        words.extend(clears.at_least.map(|grade| format!("at {grade}{} or more", mark("at_least"))));
        words.extend(clears.readings.map(|count| format!("after {count}{} entries running", mark("readings"))));
        self.paragraph("      ", "      ", &format!("Ends {}.", words.join(", ")));
    }

    fn escalates(&mut self, response: &Response, path: &str) {
        let Some(escalate) = &response.escalate else { return };
        let mark = |key: &str| self.mark(&format!("{path}.escalate.{key}"));
        let mut when = Vec::new();
        when.extend(escalate.no_answer_min.map(|min| format!("nobody answers for {min} min{}", mark("no_answer_min"))));
        when.extend(escalate.no_improvement.map(|times| {
            format!("{} looked at again without improvement{}", times_word(times), mark("no_improvement"))
        }));
        self.paragraph("      ", "      ", &format!("When {}: becomes \"{}\".", when.join(", or "), escalate.to));
    }

    fn drugs(&mut self) {
        if self.protocol.drugs.is_empty() {
            return;
        }
        self.heading("DRUGS ON THE FORM (a sitter records, never orders)");
        for drug in &self.protocol.drugs {
            let sedating = if drug.sedating { "sedating: the clinician sets the driving time" } else { "not sedating" };
            let mark = self.mark(&format!("drug.{}.look_again_min", drug.name));
            let again = drug.look_again_min.map(|minutes| format!("; look again after {minutes} min{mark}"));
            let text = format!("{}: {sedating}{}", drug.name, again.unwrap_or_default());
            self.paragraph("  ", "    ", &text);
        }
    }

    fn calling(&mut self) {
        for (heading, lines) in super::protocol_calling::calling(self.protocol, |path| self.mark(path)) {
            self.heading(heading);
            for line in lines {
                self.paragraph("  ", "    ", &line);
            }
        }
    }

    fn discharge(&mut self) {
        self.heading("DISCHARGE GATE (each item answered by a person)");
        for item in &self.protocol.gate {
            let mark = self.mark(&format!("gate.{}.say", item.id));
            self.paragraph("  [ ] ", "      ", &format!("{}{mark}", item.say));
        }
        self.heading("DRIVING AND BASELINE");
        let rule = self.protocol.discharge;
        let driving =
            format!("No driving for {} h{} after the end.", rule.no_driving_h, self.mark("discharge.no_driving_h"));
        self.paragraph("  ", "    ", &driving);
        if rule.next_day_after_sleep {
            let text = format!("Nor before the next day, after sleep{}.", self.mark("discharge.next_day_after_sleep"));
            self.paragraph("  ", "    ", &text);
        }
        let baseline = format!(
            "Patients feel back at baseline about {} h{} after the end: how they feel, not what is left in the body.",
            rule.baseline_h,
            self.mark("discharge.baseline_h")
        );
        self.paragraph("  ", "    ", &baseline);
        if self.protocol.after_care.is_empty() {
            return;
        }
        self.heading("WHAT THE PATIENT IS TOLD");
        for (number, sentence) in (1..).zip(&self.protocol.after_care) {
            let mark = self.mark(&format!("after_care.{number}.say"));
            self.paragraph("  - ", "    ", &format!("{}{mark}", sentence.say));
        }
    }

    fn signature(&mut self) {
        self.line("");
        self.line("");
        self.line("Clinician (name) ____________________ Signature ________________ Date __________");
    }
}

/// The key of a vital sign in the file.
const fn path_of(vital: Vital) -> &'static str {
    match vital {
        Vital::Systolic => "systolic",
        Vital::Diastolic => "diastolic",
        Vital::HeartRate => "heart_rate",
        Vital::Spo2 => "spo2",
        Vital::RespiratoryRate => "respiratory_rate",
    }
}

/// A step with what it does beside being recorded.
fn step_line(step: &Step) -> String {
    let mut also = Vec::new();
    also.extend(step.touch.then(|| "touch: not offered where it was refused".to_owned()));
    also.extend(step.calls.then(|| "tells the clinician".to_owned()));
    also.extend(step.comfort.map(|measure| format!("recorded as comfort: {}", comfort_name(measure))));
    if also.is_empty() { step.say.clone() } else { format!("{} ({})", step.say, also.join("; ")) }
}

fn times_word(times: u32) -> String {
    match times {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        times => format!("{times} times"),
    }
}

const fn priority_name(priority: Priority) -> &'static str {
    match priority {
        Priority::Prompt => "Prompt",
        Priority::Low => "! Low",
        Priority::Medium => "!! Medium",
        Priority::High => "!!! High",
    }
}
