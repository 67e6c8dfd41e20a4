//! The responses on the page: finding, words, steps, and the ladders by which one takes over from another.

use super::Page;
use super::finding::finding;
use crate::protocol::{Priority, Response, Step};

impl Page<'_> {
    /// Every response, in the order of the file.
    pub(super) fn responses(&mut self) {
        self.heading("RESPONSES (of several for one finding the most urgent speaks)");
        self.paragraph(
            "  ",
            "  ",
            "(touch): not offered to a patient who refused touch. (clinician): tells or calls the clinician. (comfort): noted \
             as a comfort measure too.",
        );
        self.paragraph(
            "  ",
            "  ",
            "An answer, an acknowledgement or a call deals with an alarm; until its next look it stays on the screen. One \
             about something that happened ends with any look after that, but a high one only with the word that it is \
             better (+), a clinician in the room, or a call that was settled. Thoughts of self-harm end with nothing but \
             the clinician's word, recorded at the gate, and stand after the patient has left.",
        );
        for response in &self.protocol.responses {
            let path = format!("response.{}", response.id);
            let finding = format!(
                "{}, {}: {}",
                priority_name(response.priority),
                response.id,
                finding(response, &self.protocol.drugs, &|key| self.mark(&format!("{path}.{key}")))
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

    /// Each chain of escalations from its lowest response up.
    pub(super) fn ladders(&mut self) {
        let responses = &self.protocol.responses;
        let is_reached = |id: &str| responses.iter().any(|r| r.escalate.as_ref().is_some_and(|e| e.to == id));
        let lowest: Vec<&Response> =
            responses.iter().filter(|response| response.escalate.is_some() && !is_reached(&response.id)).collect();
        if lowest.is_empty() {
            return;
        }
        self.heading("ESCALATION (when nobody answers, or when it does not help)");
        if let Some(alarms) = self.protocol.alarms {
            let mark = self.mark("alarms.escalate_every_min");
            self.line(&format!("  One condition escalates at most once in {} min{mark}.", alarms.escalate_every_min));
        }
        for response in lowest {
            self.ladder(response);
        }
    }

    fn ladder(&mut self, lowest: &Response) {
        self.line(&format!("  {} ({})", lowest.id, priority_name(lowest.priority)));
        let (mut here, mut indent) = (lowest, 4);
        // The check refuses a chain that comes back; a chain is never longer than the list.
        for _ in 0..self.protocol.responses.len() {
            let Some(escalate) = &here.escalate else { break };
            let Some((_, next)) = self.protocol.response(&escalate.to) else { break };
            let step = format!("{}: {} ({})", self.condition(here), next.id, priority_name(next.priority));
            self.paragraph(&format!("{}> ", " ".repeat(indent)), &" ".repeat(indent + 2), &step);
            (here, indent) = (next, indent + 2);
        }
    }

    fn condition(&self, response: &Response) -> String {
        let Some(escalate) = &response.escalate else { return String::new() };
        let mark = |key: &str| self.mark(&format!("response.{}.escalate.{key}", response.id));
        let mut when = Vec::new();
        when.extend(escalate.no_answer_min.map(|min| format!("no answer for {min} min{}", mark("no_answer_min"))));
        when.extend(
            escalate
                .no_improvement
                .map(|times| format!("no improvement, looked at {}{}", times_word(times), mark("no_improvement"))),
        );
        when.join(", or ")
    }
}

/// A step with what it does beside being recorded.
fn step_line(step: &Step) -> String {
    let also =
        [step.touch.then_some(" (touch)"), step.calls.then_some(" (clinician)"), step.comfort.map(|_| " (comfort)")];
    format!("{}{}", step.say, also.into_iter().flatten().collect::<String>())
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
