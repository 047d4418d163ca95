//! Gives a reader files that were changed at random, and holds what comes back to what the program promises: no panic,
//! bounded memory and time, and every character accounted for.
//!
//!     cthd-fuzz TARGET MINUTES [SEED]     changes the target's fixtures
//!     cthd-fuzz TARGET --file FILE …      runs files, such as those in `found/`
//!
//! A file that breaks a promise is kept in `found/TARGET-…`, and the program goes on. One that takes too long or all the
//! stack ends it: the file is then `found/TARGET-last`.

mod inputs;
mod mutate;
mod packed;
mod promises;
mod targets;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use inputs::Inputs;
use promises::Watched;
use targets::Target;

#[global_allocator]
static MEMORY: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(target) = arguments.first().and_then(|name| Target::named(name)) else {
        eprintln!("cthd-fuzz TARGET MINUTES [SEED] | TARGET --file FILE …; targets: {}", Target::names().join(" "));
        return ExitCode::from(2);
    };
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("found");
    std::fs::create_dir_all(&found).expect("the folder of what is found can be made");
    let watched = Watched::new(target, found);
    if arguments.get(1).is_some_and(|it| it == "--file") {
        let files = arguments.iter().skip(2).map(PathBuf::from);
        let broken = files.filter(|file| !watched.holds(&std::fs::read(file).expect("the file can be read"))).count();
        return ExitCode::from(u8::from(broken > 0));
    }
    let minutes: f64 = arguments.get(1).and_then(|it| it.parse().ok()).unwrap_or(1.0);
    let seed: u64 = arguments.get(2).and_then(|it| it.parse().ok()).unwrap_or_else(|| fastrand::u64(..));
    let mut inputs = Inputs::of(target, seed);
    let end = Instant::now() + Duration::from_secs_f64(minutes * 60.0);
    let (mut runs, mut broken) = (0_u64, 0_u64);
    while Instant::now() < end {
        let (name, input) = inputs.next();
        runs += 1;
        broken += u64::from(!watched.named(&name, &input));
    }
    println!("{} seed {seed}: {runs} files, {broken} broke a promise; {}", target.name(), watched.summary());
    ExitCode::from(u8::from(broken > 0))
}
