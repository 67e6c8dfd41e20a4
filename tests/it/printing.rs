//! The card on its way: one is written at a time, the entry waits for no printer, and what the printer did is said.

use bedside::console::message::{CardAtPrinter, CardKept, CardOrder, NotPrinted};
use bedside::console::{Effect, Msg, input};
use bedside::session::Event;

use crate::sim::{Sim, minutes};

/// At the card of the gate, an hour after the start.
fn at_the_card() -> Sim {
    let mut sim = Sim::new();
    sim.open().press("v124/78 74 98 14<enter>ss<enter>").advance(minutes(40));
    sim.press("y<enter>").advance(minutes(1)).press("xc");
    sim
}

/// One key, and the cards that it orders. They are not made.
fn orders(sim: &mut Sim, msg: Msg) -> Vec<CardOrder> {
    let effects = sim.console_mut().effects_of(msg).into_iter();
    effects.filter_map(|effect| if let Effect::MakeCard(order) = effect { Some(*order) } else { None }).collect()
}

fn key(sim: &mut Sim, key: &str) -> Vec<CardOrder> {
    let key = input::keys(key).expect("a key")[0];
    orders(sim, Msg::Key(key))
}

fn kept(order: &CardOrder, is_printing: bool) -> Msg {
    let file = format!("cards/{}.pdf", order.stem);
    Msg::Card(Box::new(order.clone()), Ok(CardKept { file, is_printing }))
}

fn versions(sim: &Sim) -> Vec<(u32, bool)> {
    sim.session().state().cards.iter().map(|card| (card.made.version, card.made.printed)).collect()
}

#[test]
fn two_that_are_asked_for_at_once_are_made_one_after_the_other() {
    let mut sim = at_the_card();
    let first = key(&mut sim, "p");
    assert_eq!((first.len(), first[0].version), (1, 1));
    assert!(key(&mut sim, "p").is_empty());
    assert!(sim.screen().contains("another follows it"), "{}", sim.screen());
    assert!(versions(&sim).is_empty());
    // Meanwhile the end is amended: the second one has other times, another number, another file.
    sim.press("<esc><esc>et-3<tab>read late<enter><esc>");
    let second = orders(&mut sim, kept(&first[0], false));
    assert_eq!((second.len(), second[0].version), (1, 2));
    assert_ne!(second[0].times, first[0].times);
    assert_ne!(second[0].stem, first[0].stem);
    assert!(orders(&mut sim, kept(&second[0], false)).is_empty());
    assert_eq!(versions(&sim), [(1, false), (2, false)]);
    // One that is a copy has the number of what it copies.
    sim.press("xc");
    assert_eq!(key(&mut sim, "p")[0].version, 2);
}

#[test]
fn one_that_could_not_be_written_is_in_nobodys_way() {
    let mut sim = at_the_card();
    let first = key(&mut sim, "p");
    orders(&mut sim, Msg::Card(Box::new(first[0].clone()), Err("no space".into())));
    assert!(sim.screen().contains("The card was NOT written (no space)"), "{}", sim.screen());
    assert_eq!(key(&mut sim, "p")[0].version, 1);
}

#[test]
fn the_entry_waits_for_no_printer() {
    let mut sim = at_the_card();
    let order = key(&mut sim, "p").remove(0);
    sim.console_mut().send(kept(&order, true));
    assert_eq!(versions(&sim), [(1, false)], "recorded while it is printed");
    assert!(sim.screen().contains("goes to the printer"), "{}", sim.screen());
    let at = |printed| CardAtPrinter { session: order.session, version: 1, file: "cards/1.pdf".into(), printed };
    let entries = |sim: &Sim| sim.session().entries().len();
    let before = entries(&sim);
    sim.console_mut().send(Msg::CardPrinted(at(Err(NotPrinted::NoAnswer { after_s: 20 }))));
    let said = "The printer did not answer in 20 s: print card 1 from the file cards/1.pdf";
    assert!(sim.screen().contains(said), "{}", sim.screen());
    sim.console_mut().send(Msg::CardPrinted(at(Err(NotPrinted::Failed("lp: out of paper".into())))));
    assert!(sim.screen().contains("NOT printed (lp: out of paper)"), "{}", sim.screen());
    assert_eq!(entries(&sim), before);
    // Whoever was looking at the patient finds it, whatever else is said meanwhile, until a key is pressed.
    sim.advance(minutes(2));
    let elsewhere = CardOrder { session: uuid::Uuid::from_u128(7), ..order.clone() };
    sim.console_mut().send(kept(&elsewhere, true));
    assert!(!sim.screen().contains("NOT printed"), "{}", sim.screen());
    sim.advance(minutes(1));
    assert!(sim.screen().contains("NOT printed (lp: out of paper)"), "{}", sim.screen());
    sim.press("<esc>");
    assert!(!sim.screen().contains("NOT printed"), "{}", sim.screen());
    sim.console_mut().send(Msg::CardPrinted(at(Ok(()))));
    assert_eq!(versions(&sim), [(1, true)]);
    assert!(matches!(sim.session().last_entry().fields.event, Event::CardPrinted { version: 1 }));
    assert!(sim.screen().contains("Card 1 was sent to the printer"), "{}", sim.screen());
}
