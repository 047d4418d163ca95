//! One process for each upload that is worked on: the same program, told to answer one call. It is ended, with all that it
//! started, when the answer is there, when the time is over, and when the client has gone away.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::Stdio;

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};

use super::exchange::{Call, Reply, head, split};
use super::room::{Pieces, Room};

/// Most threads of such a process: there are as many processes as cores.
const THREADS: usize = 4;

/// Most bytes of an answer.
const ANSWER_LIMIT: u64 = 1 << 30;

/// How to start the program that answers a call.
#[derive(Debug)]
pub(crate) struct Worker {
    pub(crate) program: PathBuf,
    pub(crate) args: Vec<OsString>,
}

/// A process, and those that it started, with a folder for what they write. They end when this is dropped.
struct Group {
    child: Option<Child>,
    folder: Option<TempDir>,
}

impl Worker {
    /// Has a call answered; nothing where the process ended without an answer.
    pub(super) async fn answer(&self, call: &Call, files: &[Pieces]) -> io::Result<Option<(Reply, Pieces)>> {
        let mut command = Command::new(&self.program);
        command.args(&self.args).env("RAYON_NUM_THREADS", THREADS.to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        let folder = tempfile::Builder::new().prefix("cthd-").tempdir()?;
        command.env("TMPDIR", folder.path());
        let mut child = command.spawn()?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let group = Group { child: Some(child), folder: Some(folder) };
        let (Some(mut input), Some(output)) = (input, output) else { return Ok(None) };
        let head = head(call)?;
        let send = async {
            input.write_all(&head).await?;
            for piece in files.iter().flat_map(Pieces::iter) {
                input.write_all(piece).await?;
            }
            input.shutdown().await?;
            drop(input);
            Ok::<(), io::Error>(())
        };
        let mut answer = Room::default();
        let mut output = output.take(ANSWER_LIMIT);
        // A process that ends early reads no further; what it said before counts.
        let (_, read) = tokio::join!(send, answer.read(&mut output));
        read?;
        drop(group);
        let answer = answer.finish()?;
        let Some((reply, at)) = split::<Reply>(answer.start()) else { return Ok(None) };
        Ok(Some((reply, answer.after(at))))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let (Some(mut child), Some(folder)) = (self.child.take(), self.folder.take()) else { return };
        // The process has not been waited for, so that its number is still its own.
        #[cfg(unix)]
        let group = child.id().and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw);
        #[cfg(unix)]
        if let Some(group) = group {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = child.start_kill();
        // What it wrote goes when it writes no more.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                let _ = child.wait().await;
                drop(folder);
            });
        }
    }
}
