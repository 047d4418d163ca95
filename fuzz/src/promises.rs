//! Runs a target on a file and notes what it breaks.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cthd::grammar::Grammar;

use crate::MEMORY;
use crate::targets::Target;

/// Most memory that reading a file may take, in bytes, above what was there before.
const MEMORY_LIMIT: usize = 256 << 20;
/// Longest that a file may take: the program is built for tests and runs beside others.
const TIME: Duration = Duration::from_secs(60);

/// A target with what was seen of it.
pub struct Watched {
    target: Target,
    found: PathBuf,
    grammar: Grammar,
    most: Cell<usize>,
    longest: Cell<Duration>,
    count: Cell<u64>,
    /// When the file that runs began, in milliseconds from the start; 0 where none runs.
    running: Arc<AtomicU64>,
    start: Instant,
}

impl Watched {
    pub fn new(target: Target, found: PathBuf) -> Self {
        std::panic::set_hook(Box::new(|_| {}));
        let running = Arc::new(AtomicU64::new(0));
        let start = Instant::now();
        let seen = Arc::clone(&running);
        std::thread::spawn(move || loop {
            std::thread::sleep(Duration::from_millis(500));
            let began = seen.load(Ordering::Relaxed);
            if began > 0 && start.elapsed().as_millis() as u64 > began + TIME.as_millis() as u64 {
                eprintln!("a file takes longer than {TIME:?}: found/{}-last", target.name());
                std::process::exit(3);
            }
        });
        let grammar = Grammar::embedded().expect("the embedded grammar loads");
        let zero = Cell::new(0);
        Self { target, found, grammar, most: zero, longest: Cell::default(), count: Cell::new(0), running, start }
    }

    /// Whether the target keeps its promises on a file.
    pub fn holds(&self, input: &[u8]) -> bool {
        self.named("file", input)
    }

    /// As [`Watched::holds`], for a file that was made from a fixture.
    pub fn named(&self, name: &str, input: &[u8]) -> bool {
        let _ = std::fs::write(self.found.join(format!("{}-last", self.target.name())), input);
        self.running.store(self.start.elapsed().as_millis() as u64 + 1, Ordering::Relaxed);
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let began = Instant::now();
        let run = catch_unwind(AssertUnwindSafe(|| self.target.run(name, input, &self.grammar)));
        let took = began.elapsed();
        self.running.store(0, Ordering::Relaxed);
        let memory = MEMORY.peak_usage().saturating_sub(before);
        self.most.set(self.most.get().max(memory));
        self.longest.set(self.longest.get().max(took));
        let wrong = match run {
            Err(panic) => Some(format!("panic: {}", said(&*panic))),
            Ok(Err(wrong)) => Some(wrong),
            Ok(Ok(())) if memory > MEMORY_LIMIT => Some(format!("{memory} bytes of memory")),
            Ok(Ok(())) if took > TIME / 2 => Some(format!("{took:?}")),
            Ok(Ok(())) => None,
        };
        let Some(wrong) = wrong else { return true };
        self.count.set(self.count.get() + 1);
        let file = self.found.join(format!("{}-{}", self.target.name(), self.count.get()));
        let _ = std::fs::write(&file, input);
        println!("{}: {wrong}", file.display());
        false
    }

    /// The most memory and time that a file took.
    pub fn summary(&self) -> String {
        format!("at most {} MB and {:.1} s for a file", self.most.get() >> 20, self.longest.get().as_secs_f64())
    }
}

fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|it| (*it).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}
