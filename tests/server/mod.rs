//! A PostgreSQL server for a test: its own folder, its own port, ended with the test.

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A running server.
pub(crate) struct Server {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
    user: Option<&'static str>,
}

impl Server {
    /// Starts a server; nothing where its programs are not there.
    pub(crate) fn start() -> Option<Self> {
        let server = Self::made()?;
        server.begin("");
        Some(server)
    }

    /// Starts a server that takes encrypted connections alone.
    pub(crate) fn start_encrypted() -> Option<Self> {
        let server = Self::made()?;
        for name in ["server", "other"] {
            let file = |kind: &str| server.folder.path().join(format!("{name}.{kind}"));
            let made = Command::new("openssl")
                .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"])
                .args(["-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"])
                .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout"])
                .arg(file("key"))
                .arg("-out")
                .arg(file("crt"))
                .stderr(Stdio::null())
                .status();
            made.ok().filter(|it| it.success())?;
        }
        let (key, certificate) = (server.folder.path().join("server.key"), server.certificate());
        if let Some(user) = server.user {
            assert!(Command::new("chown").arg(user).arg(&key).status().is_ok_and(|it| it.success()));
        }
        let hosts = "hostssl all all 127.0.0.1/32 trust\n";
        std::fs::write(server.folder.path().join("data/pg_hba.conf"), hosts).ok()?;
        server.begin(&format!(" -c ssl=on -c ssl_cert_file={certificate} -c ssl_key_file={}", key.display()));
        Some(server)
    }

    /// Path of the server's certificate.
    pub(crate) fn certificate(&self) -> String {
        self.folder.path().join("server.crt").display().to_string()
    }

    /// Path of a certificate that has nothing to do with the server.
    pub(crate) fn other_certificate(&self) -> String {
        self.folder.path().join("other.crt").display().to_string()
    }

    /// A server that is made and does not run yet.
    fn made() -> Option<Self> {
        let programs = programs()?;
        let folder = TempDir::new().ok()?;
        let port = TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
        // The server does not run as root; Debian's package makes a user for it.
        let root = Command::new("id").arg("-u").output().is_ok_and(|it| it.stdout.starts_with(b"0\n"));
        let user = root.then_some("postgres");
        if let Some(user) = user {
            let given = Command::new("chown").arg(user).arg(folder.path()).status();
            assert!(given.is_ok_and(|it| it.success()), "the folder can be given to {user}");
        }
        let server = Self { folder, programs, port, user };
        server.run("initdb", &["-A", "trust", "-U", "cthd", "-E", "UTF8", "--locale", "C.UTF-8", "-D"], &[]);
        Some(server)
    }

    fn begin(&self, more: &str) {
        let port = self.port;
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off{more}"
        );
        self.run("pg_ctl", &["-w", "-s", "-l", "/dev/null", "-o", &options, "-D"], &["start"]);
    }

    /// The address of its database.
    pub(crate) fn address(&self) -> String {
        format!("postgres://cthd@127.0.0.1:{}/postgres", self.port)
    }

    fn run(&self, program: &str, before: &[&str], after: &[&str]) {
        let program = self.programs.join(program);
        let mut command = match self.user {
            Some(user) => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid", user, "--regid", user, "--clear-groups"]).arg(program);
                command
            }
            None => Command::new(program),
        };
        let data = self.folder.path().join("data");
        command.args(before).arg(data).args(after).stdin(Stdio::null()).stdout(Stdio::null());
        let output = command.current_dir("/tmp").output().expect("the program can be started");
        if !output.status.success() {
            let _ = std::io::stderr().write_all(&output.stderr);
        }
        assert!(output.status.success(), "{command:?}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.run("pg_ctl", &["-s", "-m", "immediate", "-D"], &["stop"]);
    }
}

/// The folder with the programs of the newest PostgreSQL.
fn programs() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("CTHD_POSTGRES") {
        return Some(folder.into());
    }
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin: &PathBuf| has(bin, "initdb") && has(bin, "pg_ctl"))
        .collect();
    found.sort();
    found.pop()
}

fn has(folder: &Path, program: &str) -> bool {
    folder.join(program).exists()
}
