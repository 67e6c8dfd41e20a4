//! What the list says of a session is what its entries say: thoughts of self-harm that stand, and the day after.

use bedside::journal::Journal;
use bedside::protocol::{OnlyIf, ScreeningKind, Sign};
use bedside::session::{
    CheckedBack, Event, GateAnswer, Leaving, Observation, Phq9Item9, Scores, Screened, Screening, Session,
};

use super::sample::Sample;

fn seen(sign: Sign) -> Event {
    Event::ObservationRecorded { observation: Observation::Seen(sign) }
}

fn scored(item9: u8) -> Event {
    let item9 = Phq9Item9::try_from(i64::from(item9)).ok();
    Event::ScoresRecorded { scores: Scores { phq9_item9: item9, ..Scores::default() } }
}

fn screened(answer: Screening) -> Event {
    let (item, about, by) = ("thoughts".into(), ScreeningKind::SelfHarm, "Dr Kim".into());
    Event::ScreeningAnswered(Box::new(Screened { item, about, answer, by, unchanged_since: None }))
}

fn asked(reached: bool, self_harm: bool) -> Event {
    let (say, answer, by) = ("How is it?".into(), "As it is".into(), "Jo Doe".into());
    Event::CheckedBack(Box::new(CheckedBack { say, answer, reached, by, note: None, self_harm }))
}

fn word(is_given: bool) -> Event {
    let answer = if is_given { GateAnswer::Met { name: Some("Dr Kim".into()) } } else { GateAnswer::NotMet };
    Event::GateAnswered { item: "self-harm-word".into(), answer, against: None, word_on: Some(OnlyIf::SelfHarm) }
}

fn left(check_back_at: Option<i64>) -> Event {
    Event::PatientLeft { how: Leaving::Discharged, deviations: Vec::new(), check_back_at }
}

fn withdrawn(about: u64) -> Event {
    Event::EntryWithdrawn { about, reason: "entered in error".into() }
}

fn amended(about: u64, event: Option<Event>) -> Event {
    Event::EntryAmended { about, observed_at: None, event: event.map(Box::new), reason: "misread".into() }
}

/// Entries after the opening (which is #1), whether self-harm stands after them, and when the day after is due.
#[rstest::rstest]
#[case::nothing(&[seen(Sign::ChestPain), scored(0), screened(Screening::No)], false, None)]
#[case::said(&[seen(Sign::SelfHarm)], true, None)]
#[case::item9(&[scored(1)], true, None)]
#[case::screened(&[screened(Screening::Yes)], true, None)]
#[case::on_the_day_after(&[left(Some(9)), asked(true, true)], true, None)]
#[case::the_word(&[scored(2), word(true)], false, None)]
#[case::no_word_yet(&[scored(2), word(false)], true, None)]
#[case::word_taken_back(&[scored(2), word(true), word(false)], true, None)]
#[case::again_after_the_word(&[scored(2), word(true), seen(Sign::SelfHarm)], true, None)]
#[case::in_error(&[seen(Sign::SelfHarm), withdrawn(2)], false, None)]
#[case::amended_away(&[scored(2), amended(2, Some(scored(0)))], false, None)]
#[case::amended_into(&[scored(0), amended(2, Some(scored(3)))], true, None)]
#[case::amended_after_the_word(&[scored(1), word(true), amended(2, Some(scored(3)))], true, None)]
#[case::moved_after_the_word(&[scored(1), word(true), amended(2, None)], true, None)]
#[case::due(&[left(Some(9))], false, Some(9))]
#[case::not_reached(&[left(Some(9)), asked(false, false)], false, Some(9))]
#[case::reached(&[left(Some(9)), asked(true, false)], false, None)]
#[case::taken_back(&[left(Some(9)), withdrawn(2)], false, None)]
#[case::entered_again(&[left(Some(9)), withdrawn(2), left(Some(12))], false, Some(12))]
#[case::asked_then_entered_again(&[left(Some(9)), asked(true, false), withdrawn(2), left(Some(12))], false, None)]
#[case::moved(&[left(Some(9)), amended(2, Some(left(Some(7))))], false, Some(7))]
#[case::moved_when_asked(&[left(Some(9)), asked(true, false), amended(2, Some(left(Some(7))))], false, None)]
#[case::transferred_after_all(&[left(Some(9)), amended(2, Some(left(None)))], false, None)]
#[case::home_after_all(&[left(None), amended(2, Some(left(Some(7))))], false, Some(7))]
#[case::taken_back_once_moved(&[left(Some(9)), amended(2, Some(left(Some(7)))), withdrawn(2)], false, None)]
fn the_list_says_what_the_entries_say(#[case] events: &[Event], #[case] stands: bool, #[case] due_at: Option<i64>) {
    let mut sample = Sample::opened(1, "1123-1", 0);
    for event in events {
        sample.add(event.clone());
    }
    let asked = Session::replay(sample.entries.clone()).expect("a session").state().asked.clone();
    assert_eq!((asked.self_harm.standing().is_some(), asked.check_back_open()), (stands, due_at), "the session");
    let mut journal = Journal::in_memory().expect("memory");
    journal.append(&sample.entries).expect("it is stored");
    let rows = journal.all_sessions().expect("a list");
    assert_eq!((rows[0].self_harm, rows[0].check_back_at), (stands, due_at), "the list");
}

/// Such a session is listed however long ago it was.
#[test]
fn what_stands_is_on_the_first_screen() {
    let mut journal = Journal::in_memory().expect("memory");
    let mut sample = Sample::opened(1, "1123-1", 0);
    sample.add(left(None));
    journal.append(&sample.entries).expect("it is stored");
    assert!(journal.recent_sessions(1_000_000).expect("a list").is_empty());
    let entry = sample.add(scored(2));
    journal.append(&[entry]).expect("it is stored");
    assert_eq!(journal.recent_sessions(1_000_000).expect("a list").len(), 1);
    let entry = sample.add(word(true));
    journal.append(&[entry]).expect("it is stored");
    assert!(journal.recent_sessions(1_000_000).expect("a list").is_empty());
}

/// Of very many the newest are listed, however often each speaks of it, and the others are counted.
#[test]
fn the_newest_of_very_many_are_listed_and_the_rest_counted() {
    let mut journal = Journal::in_memory().expect("memory");
    let sessions: Vec<Sample> = (1..=43)
        .map(|session| {
            let mut sample = Sample::opened(session, &format!("1123-{session}"), 0);
            for event in [scored(1), seen(Sign::SelfHarm), seen(Sign::SelfHarm), left(None)] {
                sample.add(event);
            }
            journal.append(&sample.entries).expect("it is stored");
            sample
        })
        .collect();
    let mut listed: Vec<_> = journal.recent_sessions(1_000_000).expect("a list").iter().map(|row| row.id).collect();
    listed.sort_unstable();
    let newest: Vec<_> = sessions[3..].iter().map(|sample| sample.session).collect();
    assert_eq!((listed, journal.waiting_for_word().expect("a count")), (newest, 43));
}
