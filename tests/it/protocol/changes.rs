//! What a person may get wrong, as changes to the standard protocol: what stands there, and what is put instead.

/// All of them.
pub(crate) fn changes() -> Vec<(&'static str, &'static str)> {
    let mut changes = changes_of_form();
    changes.extend(changes_of_values());
    changes.extend(changes_of_responses());
    changes.extend(changes_of_calling());
    changes.extend(changes_of_ladders());
    changes.extend(changes_of_conditions());
    changes
}

fn changes_of_calling() -> Vec<(&'static str, &'static str)> {
    vec![
        ("answer_min = 2", "answer_min = 0"),
        ("answer_min = 2\n", ""),
        ("arrive_min = \"default\"\n", ""),
        ("response = \"vomiting\"\n", "response = \"vomits\"\n"),
        ("response = \"vomiting\"\n", "response = \"nausea\"\n"),
        ("\"Please come. Is an antiemetic wanted?\"", "\"One two three four five six seven eight nine ten eleven\""),
        ("    \"Position\",\n", "    \"Position\",\n    \"Eight\",\n    \"Nine\",\n"),
        ("    \"CPR started\",\n", "    \"CPR started\",\n    \"CPR started\",\n"),
        ("marks = \"default\"\n", ""),
    ]
}

fn changes_of_form() -> Vec<(&'static str, &'static str)> {
    vec![
        ("format = 1", "format = 2"),
        ("format = 1\n", ""),
        ("format = 1", "format = \"1\""),
        ("version = \"2026.1\"", "version = \"2026.1"),
        ("version = \"2026.1\"", "version = \"\""),
        ("name = \"Standard IV", "name = \"\\u001b]0;Standard IV"),
        ("name = \"Standard IV", "name = \"Standard \\u202eIV"),
        ("name = \"Standard IV, 40 minutes\"", "name = \"\"\"two\nlines\"\"\""),
        ("duration_min = 40", "duration_min = 40.0"),
        ("duration_min = 40", "duration_minutes = 40"),
        ("duration_min = 40", "duration_min = 99999999999999999999"),
        ("duration_min = 40", "duration_min = 40\nduration_min = 41"),
        ("required = [\"blood_pressure\"", "required = [7"),
        ("[discharge]\n", "[discharges]\n"),
        ("when = { seen = \"seizure\" }", "when = \"seizure\""),
        ("on = \"\"", "on = 2026-11-23"),
        ("next_day_after_sleep = false", "next_day_after_sleep = \"no\""),
        ("next_day_after_sleep = false\n", ""),
    ]
}

fn changes_of_values() -> Vec<(&'static str, &'static str)> {
    vec![
        ("approved_by = \"\"", "approved_by = \"Dr. Ruiz\""),
        ("route = \"iv\"", "route = \"smoke\""),
        ("route = \"iv\"", "route = \"nasal\""),
        ("duration_min = 40", "duration_min = 481"),
        ("model = \"iv-constant-rate\"", "model = \"two-compartment\""),
        ("half_life_h = 2.2", "half_life_h = 0.0"),
        ("half_life_h = 2.2", "half_life_h = nan"),
        ("half_life_h = 2.2", "half_life_h = 101"),
        ("every_min = 10", "every_min = 0"),
        ("look_every_min = 5", "look_every_min = 61"),
        ("counts_early_min = 3", "counts_early_min = 10"),
        ("put_off_min = 5", "put_off_min = 10"),
        ("put_off_min = 5", "put_off_min = 0"),
        ("after_end_min = [15, 30]", "after_end_min = [30, 15]"),
        ("after_end_min = [15, 30]", "after_end_min = [15, 17]"),
        ("after_end_min = [15, 30]", "after_end_min = [2, 30]"),
        ("\"heart_rate\", \"spo2\"]", "\"heart_rate\", \"pulse\", \"heart_rate\"]"),
        ("call_at_least = 180", "call_at_least = 160"),
        ("call_at_most = 90", "call_at_most = 170"),
        ("call_at_least = 180", "call_at_least = 301"),
        ("bold_over_baseline_percent = 20", "bold_over_baseline_percent = 30"),
        (
            "notify_at_most = 93\ncall_at_most = 91\nclears_within = 0",
            "notify_at_most = 93\ncall_at_most = 91\nclears_within = 8",
        ),
        ("clears_within = 5", "clears_within = 21"),
        ("clears_within = 5\n", ""),
        ("baseline_h = 3", "baseline_h = 25"),
        ("no_driving_h = 12", "no_driving_h = 8"),
        ("no_driving_h = 12", "no_driving_h = 169"),
        ("half_life_h = \"clinic\"\n", ""),
        ("half_life_h = \"clinic\"", "half_life_h = \"internet\""),
        ("half_life_h = \"clinic\"", "half_life_h = 3"),
        ("half_life_h = \"clinic\"", "half_life_h = \"clinic\"\nhalf_live_h = \"clinic\""),
        ("[origin.before_start.systolic]", "[origin.before_begin.systolic]"),
    ]
}

fn changes_of_responses() -> Vec<(&'static str, &'static str)> {
    vec![
        ("id = \"nausea-lasting\"", "id = \"nausea\""),
        ("id = \"nausea-lasting\"", "id = \"Nausea lasting\""),
        ("id = \"nausea-lasting\"", "id = \"\""),
        ("at_least = 1, at_most = 1 }", "at_least = 1, at_most = 4 }"),
        ("at_least = 4, at_most = 6 }", "at_least = 6, at_most = 4 }"),
        ("at_least = 1, for_min = 10", "for_min = 10"),
        ("observation = \"vomiting\" }", "observation = \"hiccup\" }"),
        ("self_harm_answer = 4\n", "self_harm_answer = 9\n"),
        ("observation = \"vomiting\" }", "observation = \"vomiting\", at_least = 1 }"),
        ("when = { seen = \"seizure\" }", "when = { seen = \"seizure\", observation = \"pain\" }"),
        ("when = { seen = \"seizure\" }", "when = { for_min = 3 }"),
        ("when = { seen = \"seizure\" }", "when = { seen = \"faint\" }"),
        ("when = { seen = \"seizure\" }", "when = { seen = \"restless\" }"),
        ("vital = \"any\", reaches = \"unobtainable\"", "vital = \"any\", reaches = \"call\""),
        ("when = { seen = \"seizure\" }", "when = { vital = \"any\", reaches = \"unobtainable\" }"),
        ("vital = \"spo2\", reaches = \"call\"", "vital = \"spo2\", reaches = \"unobtainable\""),
        ("vital = \"spo2\", reaches = \"call\"", "vital = \"spo2\""),
        ("vital = \"spo2\", reaches = \"call\"", "vital = \"temperature\", reaches = \"call\""),
        ("notify_at_least = 111\nnotify_at_most = 49", ""),
        ("priority = \"low\"", "priority = \"urgent\""),
        ("steps = [\"Spoken to calmly\", \"Line and position checked\"]", "steps = []"),
        ("steps = [\"Spoken to calmly\"", "steps = [\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\""),
        ("look_again_min = 10", "look_again_min = 0"),
        ("say = \"clinic\", look_again_min = \"default\" }", "look_again_min = \"default\" }"),
        ("for_min = \"published\", ", ""),
        ("shows = \"sedation\"", "shows = \"sedative\""),
        ("id = \"oriented\"", "id = \"responsive\""),
        ("say = \"Oriented: name, place, day\"", "say = \" \""),
    ]
}

fn changes_of_ladders() -> Vec<(&'static str, &'static str)> {
    vec![
        ("touch = true", "touch = \"yes\""),
        ("touch = true", "tuch = true"),
        ("{ say = \"Eye shades on\", comfort", "{ comfort"),
        ("comfort = \"shades_on\"", "comfort = \"blanket\""),
        ("steps = [\"Spoken to calmly\"", "steps = [7"),
        ("to = \"nausea\", no_improvement = 2", "to = \"nausia\", no_improvement = 2"),
        ("to = \"nausea\", no_improvement = 2", "to = \"nausea\""),
        ("to = \"nausea\", no_improvement = 2", "no_improvement = 2"),
        ("to = \"nausea\", no_improvement = 2", "to = \"nausea\", no_improvement = 0"),
        ("to = \"nausea-lasting\", no_improvement = 2", "to = \"nausea-mild\", no_improvement = 2"),
        ("to = \"nausea-lasting\", no_improvement = 2", "to = \"nausea\", no_improvement = 2"),
        ("look_again_min = 10\nescalate = { to = \"nausea\"", "escalate = { to = \"nausea\""),
        ("look_again_min = \"default\", escalate = \"default\" }", "look_again_min = \"default\" }"),
        (
            "look_again_min = \"default\", escalate = \"default\" }",
            "look_again_min = \"default\", escalate = { to = \"default\" } }",
        ),
        ("[alarms]\nescalate_every_min = 5\n[origin.alarms]\nescalate_every_min = \"default\"\n", ""),
        ("escalate_every_min = 5", "escalate_every_min = 61"),
        ("look_again_min = 1\n", "look_again_min = 1\nclears = { readings = 2 }\n"),
        ("escalate = { to = \"nausea\"", "clears = { at_most = 1 }\nescalate = { to = \"nausea\""),
        ("escalate = { to = \"nausea\"", "clears = { at_most = 4 }\nescalate = { to = \"nausea\""),
        ("escalate = { to = \"nausea\"", "clears = { }\nescalate = { to = \"nausea\""),
    ]
}

fn changes_of_conditions() -> Vec<(&'static str, &'static str)> {
    vec![
        ("phase = [\"preparation\"]", "phase = []"),
        ("phase = [\"preparation\"]", "phase = [\"before\"]"),
        ("phase = [\"preparation\"]", "phase = [\"recovery\", \"recovery\"]"),
        ("phase = [\"preparation\"]", "phase = \"preparation\""),
        ("history = \"nausea\"", "history = \"asthma\""),
        ("history = \"nausea\"", "history = \"nausea\", readings = 2"),
        ("history = \"nausea\", ", ""),
        ("since = { drug = \"ondansetron\", after_min = 45 }", "since = { after_min = 45 }"),
        (
            "since = { drug = \"ondansetron\", after_min = 45 }",
            "since = { drug = \"ondansetron\", response = \"nausea\", after_min = 45 }",
        ),
        ("since = { drug = \"ondansetron\", after_min = 45 }", "since = { response = \"nausia\", after_min = 45 }"),
        (
            "since = { drug = \"ondansetron\", after_min = 45 }",
            "since = { drug = \"ondansetron\", after_min = 45, within_min = 45 }",
        ),
        ("since = { drug = \"ondansetron\", after_min = 45 }", "since = { drug = \"ondansetron\", after_min = 481 }"),
        ("since = \"published\" }", "}"),
        ("vital = \"spo2\", reaches = \"call\"", "vital = \"spo2\", at_least = 101"),
        ("vital = \"spo2\", reaches = \"call\"", "vital = \"spo2\", at_least = 95, at_most = 90"),
        ("vital = \"spo2\", reaches = \"call\"", "vital = \"spo2\", reaches = \"call\", at_most = 91"),
        ("vital = \"spo2\", reaches = \"call\"", "vital = \"blood_pressure\", at_least = 180"),
        ("vital = \"spo2\", reaches = \"call\"", "vital = \"spo2\", under_baseline_percent = 100"),
        ("vital = \"spo2\", reaches = \"call\"", "vital = \"spo2\", reaches = \"call\", phase = [\"infusion\"]"),
        (
            "vital = \"any\", reaches = \"unobtainable\"",
            "vital = \"any\", reaches = \"unobtainable\", phase = [\"infusion\"]",
        ),
        ("observation = \"nausea\", at_least = 2 }", "observation = \"nausea\", over_baseline_percent = 20 }"),
        ("observation = \"nausea\", at_least = 2 }", "observation = \"nausea\", over_baseline = 4 }"),
    ]
}

/// What is no fault, and should be known.
pub(crate) fn changes_to_know_of() -> Vec<(&'static str, &'static str)> {
    vec![
        ("at_least = 4, at_most = 6 }", "at_least = 7, at_most = 8 }"),
        ("when = { seen = \"seizure\" }", "when = { seen = \"seizure\", phase = [\"infusion\"] }"),
        ("when = { observation = \"vomiting\" }", "when = { observation = \"vomiting\", phase = [\"infusion\"] }"),
        ("only_if = \"self_harm\"\n", ""),
        ("\"Site looked at\"", "\"Clinician told\""),
        (
            "\"Breathing together\"",
            "\"Breathing together, slowly, and counted aloud until it is calmer\", \"Something else that takes a whole row of the banner\"",
        ),
        ("\"Guided back\", \"Line checked\", { say = \"Clinician told\", calls = true }", "\"Guided back\""),
        ("to = \"heart-rate-call\"", "to = \"spo2-call\""),
        ("since = { drug = \"ondansetron\"", "since = { drug = \"ondansetrone\""),
        ("look_every_min = 5", "look_every_min = 3"),
        ("every_min = 10", "every_min = 45"),
        ("look_again_min = 1\n", "look_again_min = 120\n"),
        ("for_min = 10", "for_min = 120"),
    ]
}
