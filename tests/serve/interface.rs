//! The interface for programs: documented answers, errors in words, bounds, and a server that lives on.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;
use ureq::Agent;

use crate::{Server, common};

/// What a request gave.
struct Answer {
    status: u16,
    kind: String,
    bytes: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&self.bytes)))
    }
}

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).build().into()
}

fn answer(response: ureq::http::Response<ureq::Body>) -> Answer {
    let status = response.status().as_u16();
    let kind =
        response.headers().get("content-type").map(|it| it.to_str().unwrap().to_owned()).unwrap_or_default();
    let bytes = response.into_body().with_config().limit(64 << 20).read_to_vec().unwrap();
    Answer { status, kind, bytes }
}

fn get(server: &Server, path: &str) -> Answer {
    answer(agent().get(server.at(path)).call().unwrap())
}

fn post(server: &Server, path: &str, bytes: &[u8]) -> Answer {
    answer(agent().post(server.at(path)).send(bytes).unwrap())
}

fn seed() -> Vec<u8> {
    common::read(&common::seeds()[0])
}

#[test]
fn a_document_is_checked_and_parsed_as_by_the_commands() {
    let server = Server::start();
    let report = post(&server, "/api/check?name=a.txt&lang=en", &seed());
    assert_eq!((report.status, report.kind.as_str()), (200, "application/json; charset=utf-8"));
    let run = common::run(&seed());
    assert_eq!(report.json()["findings"].as_array().unwrap().len(), run.audit.findings.len());
    assert_eq!(report.json()["source"]["name"], "a.txt");
    let model = post(&server, "/api/parse?name=input.txt", &seed()).json();
    assert_eq!(model, serde_json::to_value(&run.document).unwrap());
    let sarif = post(&server, "/api/check?format=sarif", &seed()).json();
    assert_eq!(sarif["version"], "2.1.0");
}

#[test]
fn the_page_and_the_tables_are_given_in_memory() {
    let server = Server::start();
    let page = post(&server, "/api/report?name=a.txt", &seed());
    let text = String::from_utf8(page.bytes).unwrap();
    assert!(page.kind.starts_with("text/html") && text.starts_with("<!DOCTYPE html>"));
    let workbook = post(&server, "/api/export?to=xlsx", &seed());
    assert_eq!((workbook.status, &workbook.bytes[..2]), (200, &b"PK"[..]));
    let mut package =
        zip::ZipArchive::new(std::io::Cursor::new(post(&server, "/api/export?to=csv", &seed()).bytes))
            .unwrap();
    let mut csv = String::new();
    package.by_name("projects.csv").unwrap().read_to_string(&mut csv).unwrap();
    assert!(csv.starts_with("\u{feff}id,appendix,"));
    let lines = post(&server, "/api/export?to=ndjson", &seed());
    assert!(
        lines
            .bytes
            .split(|it| *it == b'\n')
            .filter(|line| !line.is_empty())
            .all(|line| serde_json::from_slice::<Value>(line).is_ok())
    );
}

#[test]
fn a_document_comes_back_with_its_comments_as_a_file_of_its_kind() {
    let server = Server::start();
    let files = [
        ("seed-python-docx.docx", "wordprocessingml.document", &b"PK"[..]),
        ("seed-openpyxl.xlsx", "spreadsheetml.sheet", b"PK"),
        ("seed-reportlab.pdf", "application/pdf", b"%PDF-"),
        ("seed-page.html", "text/html", b"<!DOCTYPE html>"),
    ];
    for (name, kind, start) in files {
        let bytes = common::read(&common::path(&format!("fixtures/formats/{name}")));
        let found = post(&server, &format!("/api/annotate?lang=en&name={name}"), &bytes);
        assert_eq!(found.status, 200, "{name}");
        assert!(found.kind.contains(kind) && found.bytes.starts_with(start), "{name}: {}", found.kind);
    }
    let secret = common::read(&common::path("fixtures/office/secret.pdf"));
    let request = agent().post(server.at("/api/annotate?name=a.pdf")).header("x-cthd-password", "mat-khau");
    let found = answer(request.send(&secret[..]).unwrap());
    assert_eq!((found.status, found.kind.as_str()), (200, "application/pdf"));
}

#[test]
fn what_is_wrong_is_said_in_words_and_the_server_lives_on() {
    let server = Server::start();
    let zeros = vec![0_u8; 4096];
    let cases: [(&str, &[u8], u16, &str); 7] = [
        ("/api/check?lang=en", b"", 422, "empty"),
        ("/api/check?lang=en", &zeros, 415, "unsupported"),
        ("/api/check?lang=de", b"x", 400, "parameter"),
        ("/api/check?lang=en&format=xml", b"x", 400, "parameter"),
        ("/api/export?to=exe&lang=en", b"x", 400, "parameter"),
        ("/api/check?lang=en", b"%PDF-1.7\nnothing", 422, "unreadable"),
        ("/api/check?lang=en", b"PK\x03\x04 no package", 415, "unsupported"),
    ];
    for (path, bytes, status, code) in cases {
        let found = post(&server, path, bytes);
        let json = found.json();
        assert_eq!((found.status, json["error"]["code"].as_str().unwrap()), (status, code), "{path} {json}");
        assert!(!json["error"]["message"].as_str().unwrap().contains('['), "{json}");
    }
    assert_eq!(get(&server, "/nowhere").status, 404);
    assert_eq!(get(&server, "/api/check").status, 405);
    assert_eq!(get(&server, "/healthz").bytes, b"ok\n");
}

/// A form with files, as browsers send it.
fn form(files: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (field, name, bytes) in files {
        let head = format!(
            "--b0undary\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n"
        );
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(bytes);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"--b0undary--\r\n");
    out
}

#[test]
fn two_versions_are_compared() {
    let server = Server::start();
    let old = common::read_text(&common::path("docs/example.txt"));
    let new = old.replace("camera an ninh", "camera giám sát");
    let send = |path: &str, files: &[(&str, &str, &[u8])]| {
        let request =
            agent().post(server.at(path)).header("content-type", "multipart/form-data; boundary=b0undary");
        answer(request.send(&form(files)[..]).unwrap())
    };
    let both = [("old", "cũ.txt", old.as_bytes()), ("new", "mới.txt", new.as_bytes())];
    let diff = send("/api/diff", &both).json();
    assert_eq!((&diff["schema"], &diff["new"]["name"]), (&"cthd-diff/1".into(), &"mới.txt".into()));
    assert_eq!(diff["summary"]["changed"], 1);
    let schema = get(&server, "/schema/diff.json").json();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&diff));
    let page = String::from_utf8(send("/api/diff?format=html", &both).bytes).unwrap();
    assert!(page.contains("giám sát"));
    assert_eq!(send("/api/diff", &both[..1]).json()["error"]["code"], "form");
    assert_eq!(post(&server, "/api/diff", b"x").json()["error"]["code"], "form");
}

#[test]
fn names_of_uploads_are_labels_and_no_paths() {
    let server = Server::start();
    let report =
        post(&server, "/api/check?name=..%2F..%2Fetc%2Fpasswd%00%3Cb%3E.txt", "MỘT\n\nHai.\n".as_bytes());
    assert_eq!(report.json()["source"]["name"], "passwd<b>.txt");
}

/// A request written byte by byte; what comes back until the connection closes.
fn raw(server: &Server, request: &str) -> String {
    let address = server.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut out = Vec::new();
    let _ = stream.read_to_end(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}

#[test]
fn pages_of_other_places_are_refused() {
    let server = Server::start();
    let host = server.url.trim_start_matches("http://").to_owned();
    let request = |host: &str, origin: &str| {
        raw(&server, &format!("GET /healthz HTTP/1.1\r\nHost: {host}\r\n{origin}Connection: close\r\n\r\n"))
    };
    assert!(request(&host, "").starts_with("HTTP/1.1 200"));
    assert!(request(&host, &format!("Origin: http://{host}\r\n")).starts_with("HTTP/1.1 200"));
    assert!(request("rebound.example", "").starts_with("HTTP/1.1 403"));
    assert!(request(&host, "Origin: https://other.example\r\n").starts_with("HTTP/1.1 403"));
    assert!(request(&host, "Origin: null\r\n").starts_with("HTTP/1.1 403"));
}

#[test]
fn an_upload_that_says_it_is_too_large_is_refused_before_it_is_read() {
    let server = Server::start();
    let host = server.url.trim_start_matches("http://").to_owned();
    let length = 1_u64 << 40;
    let head = format!(
        "POST /api/check HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    let answer = raw(&server, &head);
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    let chunked = format!(
        "POST /api/check HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nabc"
    );
    // An upload that breaks off is dropped.
    let address = host.as_str();
    TcpStream::connect(address).unwrap().write_all(chunked.as_bytes()).unwrap();
    assert_eq!(get(&server, "/healthz").status, 200);
}

#[test]
fn every_answer_says_what_a_browser_may_do_with_it() {
    let server = Server::start();
    for path in ["/", "/app.js", "/app.css", "/api", "/healthz", "/nowhere"] {
        let response = agent().get(server.at(path)).call().unwrap();
        let header = |name: &str| {
            response.headers().get(name).map(|it| it.to_str().unwrap().to_owned()).unwrap_or_default()
        };
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("cache-control"), "no-store");
    }
}

#[test]
fn the_interface_describes_itself() {
    let server = Server::start();
    let description = get(&server, "/openapi.json").json();
    assert_eq!(description["openapi"], "3.1.0");
    for (path, item) in description["paths"].as_object().unwrap() {
        let method = item.as_object().unwrap().keys().next().unwrap();
        let found = if method == "get" { get(&server, path) } else { post(&server, path, b"") };
        assert_ne!(found.status, 404, "{path}");
    }
    let schema = get(&server, "/schema/report.json").json();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let report = post(&server, "/api/check", &seed()).json();
    assert!(validator.is_valid(&report));
    let page = String::from_utf8(get(&server, "/api").bytes).unwrap();
    assert!(page.contains("/api/export") && page.contains("openapi.json"));
}

#[test]
fn many_clients_at_a_time_lose_nothing() {
    let server = Server::start();
    let document = common::read(&common::path("docs/example.txt"));
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..24)
            .map(|_| scope.spawn(|| (0..4).all(|_| post(&server, "/api/check", &document).status == 200)))
            .collect();
        assert!(clients.into_iter().all(|client| client.join().unwrap()));
    });
}

#[cfg(unix)]
#[test]
fn it_stops_when_it_is_told_to() {
    let mut server = Server::start();
    let pid = server.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let status = server.child.wait().unwrap();
    assert_eq!(status.code(), Some(0));
}
