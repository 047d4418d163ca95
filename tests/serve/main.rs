//! The local server: the real program, spoken to over the loopback, and seen through a real browser.

#![cfg(feature = "serve")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

#[path = "../common/mod.rs"]
mod common;

mod bounds;
mod browser;
mod interface;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A server of its own for a test; it is stopped when the test ends.
struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn start() -> Self {
        Self::start_with(&[])
    }

    fn start_with(args: &[&str]) -> Self {
        Self::start_in(&std::env::temp_dir(), args)
    }

    /// Starts with a folder for what is written beside.
    fn start_in(folder: &std::path::Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cthd"))
            .args(["serve", "--port", "0", "--lang", "en"])
            .args(args)
            .env("TMPDIR", folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("it has an output"))
            .read_line(&mut line)
            .expect("it says where");
        let url = line.split(' ').find(|word| word.starts_with("http://")).expect(&line).to_owned();
        Self { child, url }
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
