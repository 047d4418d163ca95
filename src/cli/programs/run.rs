//! One call of a program: in a folder of its own, with no standard input, and ended when it takes too long.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use cthd::read::{Bound, ReadError};
use tempfile::TempDir;

/// How often a running program is looked at.
const LOOK: Duration = Duration::from_millis(8);
/// Most of what a program says of its failure that is passed on.
const REASON: usize = 300;
/// Most bytes that a program may write.
const MAX_BYTES: u64 = 512 << 20;

/// Whether this process and all that it starts are one group, which is ended as a whole.
static GROUPED: AtomicBool = AtomicBool::new(false);

/// From now on programs stay in the group of this process, where whoever ends it ends them too.
#[cfg(feature = "serve")]
pub(in crate::cli) fn stay_in_this_group() {
    GROUPED.store(true, Ordering::Relaxed);
}

/// A folder for a program's files; it goes away with its contents.
pub(super) struct Folder {
    folder: TempDir,
    program: &'static str,
}

impl Folder {
    pub(super) fn new(program: &'static str) -> Result<Self, ReadError> {
        let folder = tempfile::Builder::new().prefix("cthd-").tempdir();
        Ok(Self { folder: folder.map_err(|error| failed(program, &error))?, program })
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, ReadError> {
        let path = self.path(name);
        fs::write(&path, bytes).map_err(|error| failed(self.program, &error))?;
        Ok(path)
    }

    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, ReadError> {
        let path = self.path(name);
        let size = fs::metadata(&path).map_err(|error| failed(self.program, &error))?.len();
        if size > MAX_BYTES {
            return Err(ReadError::Limit { bound: Bound::Unpacked, limit: MAX_BYTES });
        }
        fs::read(&path).map_err(|error| failed(self.program, &error))
    }
}

/// A call that is to be made.
pub(super) struct Call {
    command: Command,
    program: &'static str,
    format: &'static str,
    seconds: u64,
}

impl Call {
    /// A call of `program` to read a file of `format`, which may take so many seconds.
    pub(super) fn new(program: &'static str, format: &'static str, seconds: u64) -> Self {
        let mut command = Command::new(program);
        command.stdin(Stdio::null());
        #[cfg(unix)]
        if !GROUPED.load(Ordering::Relaxed) {
            std::os::unix::process::CommandExt::process_group(&mut command, 0);
        }
        Self { command, program, format, seconds }
    }

    pub(super) fn args(&mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) {
        self.command.args(args);
    }

    pub(super) fn env(&mut self, name: &str, value: &str) {
        self.command.env(name, value);
    }

    /// Runs the program to its end; what it says is in the files `out` and `said` of the folder.
    pub(super) fn run(mut self, folder: &Folder) -> Result<(), ReadError> {
        let open = |name: &str| File::create(folder.path(name)).map_err(|error| failed(self.program, &error));
        self.command.stdout(open("out")?).stderr(open("said")?).current_dir(folder.path(""));
        let started = self.command.spawn();
        let mut child = started.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => ReadError::NeedsProgram { format: self.format, program: self.program },
            _ => failed(self.program, &error),
        })?;
        let limit = Duration::from_secs(self.seconds);
        let Some(status) = wait(&mut child, limit).map_err(|error| failed(self.program, &error))? else {
            end(&mut child);
            return Err(ReadError::Limit { bound: Bound::Seconds, limit: self.seconds });
        };
        if status.success() {
            return Ok(());
        }
        let said = said(&folder.path("said"));
        let reason = if said.is_empty() { status.to_string() } else { said };
        Err(ReadError::ProgramFailed { program: self.program, reason })
    }
}

/// Waits until the program has ended; `None` where it takes too long.
fn wait(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() > limit {
            return Ok(None);
        }
        thread::sleep(LOOK);
    }
}

/// Ends a program and those that it started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    if GROUPED.load(Ordering::Relaxed) {
        // Its group is this one's.
    } else if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        // It may have ended by itself in between.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// The last line that says something.
fn said(path: &Path) -> String {
    let text = fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let last = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    last.trim().chars().take(REASON).collect()
}

fn failed(program: &'static str, error: &io::Error) -> ReadError {
    ReadError::ProgramFailed { program, reason: error.to_string() }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn call(script: &str, seconds: u64) -> Result<(), ReadError> {
        let folder = Folder::new("sh")?;
        let mut call = Call::new("sh", "picture", seconds);
        call.args(["-c", script]);
        call.run(&folder)
    }

    #[test]
    fn a_program_that_takes_too_long_is_ended_with_those_it_started() {
        let limit = ReadError::Limit { bound: Bound::Seconds, limit: 0 };
        assert_eq!(call("sleep 1000 & sleep 1000", 0), Err(limit));
    }

    #[test]
    fn what_a_program_says_of_its_failure_is_passed_on() {
        let failed = ReadError::ProgramFailed { program: "sh", reason: "no such page".to_owned() };
        assert_eq!(call("echo no such page >&2; exit 3", 60), Err(failed));
        assert_eq!(call("true", 60), Ok(()));
    }

    #[test]
    fn a_program_that_is_not_installed_is_named() {
        let Ok(folder) = Folder::new("cthd-no-such-program") else { return };
        let missing = ReadError::NeedsProgram { format: "rtf", program: "cthd-no-such-program" };
        assert_eq!(Call::new("cthd-no-such-program", "rtf", 1).run(&folder), Err(missing));
    }
}
