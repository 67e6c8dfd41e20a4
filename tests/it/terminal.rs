//! The real program in a pseudo-terminal: worked, killed, stopped, its window closed, its disk full.

mod endings;
mod floods;
mod holding;
mod kills;
mod mounts;
mod pins;
mod place;
mod refusals;
mod rules;
mod stops;
mod trouble;
mod window;
mod work;
