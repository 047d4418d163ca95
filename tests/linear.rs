//! Time grows with the document and no faster: four times the input takes about four times as long.

#![allow(clippy::float_arithmetic, reason = "a ratio of times is no sum of money")]

mod common;

use std::hint::black_box;
use std::time::{Duration, Instant};

use cthd::coverage::Coverage;

/// What four times the input may take, in times of the input's own time. A step that compares all with all
/// takes sixteen.
const MOST: f64 = 9.0;

/// The fastest of a few runs, so that another program on the machine does not count.
fn fastest(bytes: &[u8], step: impl Fn(&[u8])) -> Duration {
    let time = |_| {
        let start = Instant::now();
        step(bytes);
        start.elapsed()
    };
    (0..3).map(time).min().unwrap_or_default()
}

fn grows_with_the_input(name: &str, step: impl Fn(&[u8])) {
    for seed in common::seeds() {
        let bytes = common::read(&seed);
        let small = fastest(&bytes.repeat(3), &step);
        let large = fastest(&bytes.repeat(12), &step);
        let ratio = large.as_secs_f64() / small.as_secs_f64();
        println!("{name}: {small:?} and {large:?}, {ratio:.1} times");
        assert!(ratio < MOST, "{name}: four times the input takes {ratio:.1} times as long");
    }
}

/// One test, since two at a time would disturb each other.
#[test]
fn time_grows_with_the_document() {
    grows_with_the_input("parse", |bytes| drop(black_box(common::parse(bytes))));
    grows_with_the_input("check and coverage", |bytes| {
        let run = common::run(bytes);
        black_box(Coverage::of(&run.source, &run.document));
    });
}
