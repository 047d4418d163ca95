//! What one request may take: a file that takes too long or too much costs its own request, and nothing of it stays.

#![cfg(target_os = "linux")]

use std::io::Write;
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use ureq::Agent;

use crate::{Server, common};

/// The seed many times over: work for much longer than a test waits.
fn long() -> Vec<u8> {
    common::read(&common::seeds()[0]).repeat(300)
}

fn status(server: &Server, body: &[u8]) -> u16 {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    agent.post(server.at("/api/check")).send(body).unwrap().status().as_u16()
}

/// The processes that the server has started.
fn children(server: &Server) -> Vec<String> {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", server.child.id())).unwrap();
    let of = |task: PathBuf| std::fs::read_to_string(task.join("children")).unwrap_or_default();
    let all: Vec<String> = tasks.flatten().map(|task| of(task.path())).collect();
    all.iter().flat_map(|it| it.split_whitespace()).map(str::to_owned).collect()
}

fn until(what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(30), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn work_that_takes_too_long_is_ended() {
    let server = Server::start_with(&["--time-limit", "2"]);
    assert_eq!(status(&server, &long()), 504);
    until("the work goes on", || children(&server).is_empty());
    assert_eq!(status(&server, &common::read(&common::path("docs/example.txt"))), 200);
}

#[test]
fn work_for_a_client_that_has_gone_is_ended() {
    let server = Server::start();
    let host = server.url.trim_start_matches("http://").to_owned();
    let body = long();
    let mut stream = TcpStream::connect(&host).unwrap();
    let head = format!("POST /api/check HTTP/1.1\r\nHost: {host}\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&body).unwrap();
    until("no work begins", || !children(&server).is_empty());
    drop(stream);
    until("the work goes on", || children(&server).is_empty());
}

#[test]
fn work_that_needs_too_much_memory_is_ended() {
    let server = Server::start_with(&["--memory-limit", "96"]);
    assert_eq!(status(&server, &long()), 500);
    assert_eq!(status(&server, &common::read(&common::path("docs/example.txt"))), 200);
}

#[test]
fn memory_comes_back_when_many_uploads_are_answered() {
    let server = Server::start();
    // No document: little work, much to receive.
    let body = vec![0_u8; 3 << 20];
    let resident = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", server.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("RssAnon:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()
    };
    assert_eq!(status(&server, &body), 415);
    let before = resident();
    std::thread::scope(|scope| {
        for _ in 0..24 {
            scope.spawn(|| assert_eq!(status(&server, &body), 415));
        }
    });
    until("memory stays", || resident() <= before + (4 << 10));
}

#[test]
fn what_work_writes_goes_with_it() {
    let folder = tempfile::TempDir::new().unwrap();
    let server = Server::start_in(folder.path(), &["--time-limit", "1"]);
    assert_eq!(status(&server, &long()), 504);
    assert_eq!(status(&server, &common::read(&common::path("docs/example.txt"))), 200);
    let left = || std::fs::read_dir(folder.path()).unwrap().count();
    until("files stay behind", || left() == 0);
}

#[test]
fn work_ends_with_the_server() {
    let mut server = Server::start();
    let host = server.url.trim_start_matches("http://").to_owned();
    let body = long();
    let mut stream = TcpStream::connect(&host).unwrap();
    let head = format!("POST /api/check HTTP/1.1\r\nHost: {host}\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&body).unwrap();
    until("no work begins", || !children(&server).is_empty());
    let work = children(&server);
    server.child.kill().unwrap();
    server.child.wait().unwrap();
    let runs = |pid: &String| {
        let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        !state.is_empty() && !state.contains(") Z ")
    };
    until("the work outlives the server", || !work.iter().any(runs));
}
