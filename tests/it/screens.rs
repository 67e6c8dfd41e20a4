//! scratch
use crate::sim::*;
#[test]
fn scratch() {
    let mut sim = Sim::new();
    println!("{}\n=====", sim.screen());
    sim.press("nAna Ruiz<tab>Jo Doe");
    println!("{}\n=====", sim.screen());
    sim.press("<enter>").advance(minutes(1));
    println!("{}\n=====", sim.screen());
    sim.press("v124/78 74 98 14<enter>").advance(minutes(2));
    sim.press("s");
    println!("{}\n=====", sim.screen());
    sim.press("s");
    println!("{}\n=====", sim.screen());
    sim.press("<enter>").advance(minutes(18));
    println!("{}\n=====", sim.screen());
    sim.press("n2").advance(1000);
    println!("{}\n=====", sim.screen());
    sim.press("1").advance(minutes(1));
    println!("{}\n=====", sim.screen());
    sim.press("v184/101 92 97 16<enter>");
    println!("{}\n=====", sim.screen());
    sim.press("y").advance(minutes(1));
    println!("{}\n=====", sim.screen());
    sim.press("c");
    println!("{}\n=====", sim.screen());
    sim.press("c<esc>").advance(minutes(20));
    println!("{}\n=====", sim.screen());
    sim.press("k");
    println!("{}\n=====", sim.screen());
    sim.press("kkkkk");
    println!("{}\n=====", sim.screen());
    sim.press("y<enter>").advance(minutes(20));
    println!("{}\n=====", sim.screen());
    sim.press("x");
    println!("{}\n=====", sim.screen());
    sim.press("<esc>e");
    println!("{}\n=====", sim.screen());
    sim.press("<esc>f");
    println!("{}\n=====", sim.screen());
    sim.press("<esc>?");
    println!("{}\n=====", sim.screen());
}
