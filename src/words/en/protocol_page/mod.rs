//! The protocol as a page of 80 columns that a clinician can read and sign.

mod course;
mod finding;
mod limits;
mod responses;

use textwrap::{Options, WordSplitter};

use super::finding_names::origin_mark;
use crate::protocol::Protocol;

/// Columns of the page.
const WIDTH: usize = 80;

/// The whole page. Each number and each sentence carries the mark of its origin.
#[must_use]
pub fn protocol_page(protocol: &Protocol) -> String {
    let mut page = Page { protocol, text: String::new() };
    page.head();
    page.course();
    page.limits("limits", "LIMITS FROM THE START ON");
    page.limits("before_start", "LIMITS BEFORE THE START");
    page.responses();
    page.ladders();
    page.drugs();
    page.calling();
    page.screening();
    page.discharge();
    page.series();
    page.check_back();
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
        let options = Options::new(WIDTH)
            .initial_indent(first)
            .subsequent_indent(rest)
            // An id is read as a whole.
            .word_splitter(WordSplitter::NoHyphenation);
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
        self.line(if protocol.infusion.route.has_pump() { "KETAMINE INFUSION PROTOCOL" } else { "TREATMENT PROTOCOL" });
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

    fn drugs(&mut self) {
        if self.protocol.drugs.is_empty() {
            return;
        }
        self.heading("DRUGS ON THE FORM (a sitter records, never orders)");
        for drug in &self.protocol.drugs {
            let sedating = if drug.sedating { "sedating: the clinician sets the driving time" } else { "not sedating" };
            self.paragraph("  ", "    ", &format!("{}: {sedating}", drug.name));
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

    fn screening(&mut self) {
        if self.protocol.screening.is_empty() {
            return;
        }
        self.heading("SCREENING (yes, no or unknown, and who decided; it never blocks)");
        for item in &self.protocol.screening {
            let mark = self.mark(&format!("screening.{}.say", item.id));
            let kind = super::screening_kind_name(item.kind);
            self.paragraph("  [ ] ", "      ", &format!("{}{mark} ({kind})", item.say));
        }
    }

    fn series(&mut self) {
        let Some(rules) = &self.protocol.series else { return };
        self.heading("THE SERIES (told where it is otherwise; it never blocks)");
        let mark = |key: &str| self.mark(&format!("series.{key}"));
        let expected = format!(
            "{} infusions{}, at most {} in 7 days{} and within {} weeks{}; {} psychotherapy sessions{}; the response can be \
             assessed after {}{}, by the clinician.",
            rules.infusions,
            mark("infusions"),
            rules.most_in_7_days,
            mark("most_in_7_days"),
            rules.most_weeks,
            mark("most_weeks"),
            rules.psychotherapy,
            mark("psychotherapy"),
            rules.assess_after,
            mark("assess_after")
        );
        let explained = mark("explained");
        self.paragraph("  ", "    ", &expected);
        for sentence in &rules.explained {
            self.paragraph("  - ", "    ", &format!("{sentence}{explained}"));
        }
    }

    fn check_back(&mut self) {
        let Some(rule) = &self.protocol.check_back else { return };
        self.heading("THE DAY AFTER");
        let due = format!("Due {} h{} after leaving: {}", rule.after_h, self.mark("check_back.after_h"), rule.say);
        self.paragraph("  ", "    ", &due);
        for answer in rule.answers.iter().chain([&rule.not_reached]) {
            self.paragraph("  - ", "    ", answer);
        }
    }

    fn discharge(&mut self) {
        self.heading("DISCHARGE GATE (each item answered by a person)");
        for item in &self.protocol.gate {
            let mark = self.mark(&format!("gate.{}.say", item.id));
            let only = if item.only_if.is_some() { " (only where such thoughts were spoken)" } else { "" };
            self.paragraph("  [ ] ", "      ", &format!("{}{mark}{only}", item.say));
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
        let protocol = self.protocol;
        self.heading("APPROVAL");
        let text = format!(
            "I have read {}, version {}, as it is printed above (SHA-256 {}), with the origin of every number, and approve it \
             for use here. What is marked [d] I have decided myself.",
            protocol.name,
            protocol.version,
            protocol.fingerprint.get(..16).unwrap_or_default()
        );
        self.paragraph("  ", "  ", &text);
        self.line("");
        self.line("");
        self.line("  Clinician (name) ___________________ Signature ________________ Date _________");
        self.line("");
        self.paragraph(
            "  ",
            "  ",
            "Then name and date are written under [approval] in the file. Until then the console says that it is not approved.",
        );
    }
}
