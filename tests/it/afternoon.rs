//! One whole afternoon, scripted: a visit in which nearly every kind of entry occurs.

use bedside::protocol::Sign;
use bedside::session::{
    Actor, AwayCause, Comfort, Command, Description, DrugGiven, Event, GateAnswer, Leaving, MINUTE_MS, Observation,
    PromptId, PumpAct, Rate, Role, SECOND_MS, vitals_line,
};

use crate::visit::Visit;

pub(crate) fn doctor() -> Actor {
    Actor { id: "lee".into(), name: "Dr Lee".into(), role: Role::Clinician }
}

pub(crate) fn ana() -> Description {
    Description {
        patient: "Ana Ruiz".into(),
        code: Some("A-17".into()),
        born: Some("1980-02-03".into()),
        session_number: Some(3),
        session_count: Some(6),
        allergies: Some("penicillin".into()),
        ride: Some("Maria".into()),
        weight_g: Some(63_500.try_into().expect("a weight")),
        dose_ug: Some(32_000.try_into().expect("a dose")),
        ..Description::default()
    }
}

pub(crate) fn ondansetron() -> Command {
    Command::Drug(Box::new(DrugGiven {
        drug: "ondansetron".into(),
        dose: "4 mg".into(),
        given_by: "Dr Lee".into(),
        ordered_by: "Dr Lee".into(),
        sedating: false,
    }))
}

pub(crate) fn nausea(grade: i64) -> Observation {
    Observation::Nausea(grade.try_into().expect("a grade"))
}

pub(crate) fn anxiety(grade: i64) -> Observation {
    Observation::Anxiety(grade.try_into().expect("a grade"))
}

pub(crate) fn sedation(grade: i64) -> Observation {
    Observation::Sedation(grade.try_into().expect("a grade"))
}

/// The prompt on top.
pub(crate) fn top(visit: &Visit) -> PromptId {
    visit.guidance().prompts.open.first().expect("a prompt is open").id.clone()
}

/// The start, the prompts, the corrections: up to T+34, with everything that the sitter had to deal with.
pub(crate) fn infusing() -> Visit {
    let mut visit = Visit::open("Ana R");
    visit.does(&Command::Describe(Box::new(ana())));
    visit.vitals("124/78 72 98 14 36.8");
    visit.wait_min(5);
    visit.pump(PumpAct::Start);
    visit.does(&Command::Comfort(Comfort::ShadesOn));
    visit.wait_min(5);
    visit.sees(Observation::Looked);
    visit.wait_min(5);
    visit.vitals("132/84 78 97 13");
    visit.sees(sedation(4));
    visit.wait_min(2);
    let mistyped = visit.sees(nausea(3));
    let amended = Some(Box::new(Event::ObservationRecorded { observation: nausea(2) }));
    visit.does(&Command::Amend { about: mistyped, observed_at: None, event: amended, reason: "typed wrong".into() });
    visit.wait_ms(20 * SECOND_MS);
    let prompt = top(&visit);
    visit.does(&Command::Answer { prompt: prompt.clone(), response: 2 });
    visit.does(&Command::Answer { prompt, response: 3 });
    visit.by(doctor(), &ondansetron());
    let twice = visit.does(&Command::Note { text: "sick bag at hand".into(), patients_words: false });
    visit.does(&Command::Withdraw { about: twice, reason: "entered twice".into() });
    visit.wait_min(7);
    visit.vitals("164/101 88 97 x");
    visit.wait_ms(10 * SECOND_MS);
    let prompt = top(&visit);
    visit.does(&Command::Acknowledge(prompt));
    visit.does(&Command::Call { said: "BP 164/101 in Room 2".into(), rung: None, whom: None });
    visit.wait_min(1);
    visit.does(&Command::CallAnswered);
    visit.wait_min(2);
    visit.by(doctor(), &Command::CallArrived);
    visit.does(&Command::Pump(PumpAct::Rate { from: Some(rate(60_000)), to: rate(37_500) }));
    visit.wait_min(3);
    let doubted = visit.vitals("280/101");
    visit.does(&Command::Amend {
        about: doubted,
        observed_at: None,
        event: Some(Box::new(vitals_event("150/91"))),
        reason: "read wrong".into(),
    });
    visit.does(&Command::Note { text: "It is all light".into(), patients_words: true });
    visit.does(&Command::Pump(PumpAct::Pause));
    visit.wait_min(3);
    visit.does(&Command::Pump(PumpAct::Resume));
    visit.did(7 * MINUTE_MS, &Command::Observe(Observation::Seen(Sign::Challenging)));
    visit.wait_min(5);
    visit
}

fn rate(thousandths: u32) -> Rate {
    Rate { thousandths, unit: "ml/h".into() }
}

fn vitals_event(line: &str) -> Event {
    let vitals = vitals_line::parse(line).expect("a line");
    Event::VitalsRecorded { vitals, typed: line.into(), doubts: Vec::new() }
}

/// The whole visit, up to the patient's leaving.
pub(crate) fn whole() -> Visit {
    let mut visit = infusing();
    visit.does(&Command::ReturnConsole { cause: AwayCause::Suspended, away_ms: 190 * SECOND_MS });
    visit.does(&Command::StepClock { by_ms: -125 * SECOND_MS });
    visit.vitals("? 84 96 12");
    visit.wait_min(1);
    let prompt = top(&visit);
    visit.does(&Command::Answer { prompt, response: 0 });
    visit.vitals("148/88 80 97 13");
    visit.wait_min(4);
    visit.pump(PumpAct::End);
    visit.wait_min(16);
    visit.vitals("130/80 76 98 14");
    visit.sees(sedation(5));
    visit.sees(nausea(0));
    visit.sees(anxiety(1));
    visit.sees(Observation::Dissociation(0.try_into().expect("a grade")));
    visit.wait_min(30);
    visit.vitals("126/80 74 98 14");
    for item in ["responsive", "oriented", "dissociation", "blood-pressure", "breathing", "nausea", "anxiety"] {
        visit.does(&Command::AnswerGate { item: item.into(), answer: GateAnswer::Met { name: None }, against: None });
    }
    let maria = GateAnswer::Met { name: Some("Maria".into()) };
    visit.does(&Command::AnswerGate { item: "ride".into(), answer: maria, against: None });
    visit.does(&Command::AnswerGate { item: "fluids".into(), answer: GateAnswer::NotMet, against: None });
    let overridden = GateAnswer::Overridden { by: "Dr Lee".into(), reason: "walks with a stick".into() };
    visit.does(&Command::AnswerGate { item: "gait".into(), answer: overridden, against: None });
    let told = visit.guidance().after.map(|after| after.no_driving_until_utc_ms);
    visit.does(&Command::GiveGuidance { no_driving_until: told });
    visit.does(&Command::Ready);
    visit.wait_min(5);
    visit.does(&Command::Leave(Leaving::Discharged));
    let owed = visit.session.state().owed.first().copied().expect("a reason is owed");
    visit.does(&Command::GiveReason { about: owed.about, owed: owed.owed, reason: "resting undisturbed".into() });
    visit
}
