//! The process: started, asked to stop, killed, started again.

use super::client::{Api, Visit};
use super::http::request;
use super::{PATIENCE, wait_for};
use serde_json::Value;
use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// Name of the tenant that a server has from its start.
const TENANT: &str = "Example Inc.";
/// Its owner.
const OWNER: &str = "owner@example.org";

/// How a server is to be started.
#[derive(Clone)]
pub struct Setup {
    binary: PathBuf,
    folder: Arc<TempDir>,
    port: u16,
    dev: bool,
    place: Vec<String>,
    environment: Vec<(String, String)>,
}

impl Setup {
    /// This binary, over a new folder, in `--dev`.
    #[must_use]
    pub fn new(binary: &str) -> Setup {
        Setup {
            binary: binary.into(),
            folder: Arc::new(tempfile::tempdir().expect("the temporary folder can be written")),
            port: free_port(),
            dev: true,
            place: Vec::new(),
            environment: Vec::new(),
        }
    }

    /// Without `--dev`: what is sent goes out.
    #[must_use]
    pub fn in_earnest(mut self) -> Setup {
        self.dev = false;
        self
    }

    /// With this variable in its environment.
    #[must_use]
    pub fn with(mut self, key: &str, value: &str) -> Setup {
        self.environment.push((key.to_owned(), value.to_owned()));
        self
    }

    /// With all of these.
    #[must_use]
    pub fn with_all(mut self, environment: Vec<(String, String)>) -> Setup {
        self.environment.extend(environment);
        self
    }

    /// With this option wherever the server's place is named: `--database`, `--blobs`, `--master-key-file`.
    #[must_use]
    pub fn at(mut self, option: &str, value: &str) -> Setup {
        self.place.extend([option.to_owned(), value.to_owned()]);
        self
    }

    /// The folder of the test; the server's data are in `data` below it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A second process over the same database and blobs: another port, another folder of its own.
    #[must_use]
    pub fn beside(&self) -> Setup {
        let folder = Arc::new(tempfile::tempdir().expect("the temporary folder can be written"));
        Setup { port: free_port(), folder, ..self.clone() }
    }

    /// A command that was given where the server's things are.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Output {
        let data = self.folder().join("data");
        ended(self.bare_command(arguments).arg("--data").arg(data).args(&self.place))
    }

    /// A command that reads this from its standard input, given where the server's things are.
    #[must_use]
    pub fn command_reading(&self, arguments: &[&str], input: &[u8]) -> Output {
        let path = self.folder().join("input");
        std::fs::write(&path, input).expect("the temporary folder can be written");
        let data = self.folder().join("data");
        let mut command = self.bare_command(arguments);
        let mut limited = limited(command.arg("--data").arg(data).args(&self.place));
        limited.stdin(File::open(path).expect("it was written"));
        limited.output().expect("timeout and the binary are there")
    }

    fn bare_command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(arguments).env_remove("COUNTERSIGN_STOP_AT");
        command.envs(self.environment.iter().map(|(key, value)| (key, value)));
        command
    }

    /// Like `command`, and it has to succeed and to print JSON.
    #[must_use]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let output = self.command(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("--json prints JSON")
    }

    /// A test key of this tenant, made on the spot.
    #[must_use]
    pub fn tenant(&self, name: &str, owner: &str) -> String {
        let made = self.json(&["admin", "bootstrap", "--tenant", name, "--email", owner, "--json"]);
        made["api_key"].as_str().expect("a key is printed").to_owned()
    }

    /// A live key of the first tenant.
    #[must_use]
    pub fn live_key(&self) -> String {
        let made = self.json(&["admin", "api-key", "create", "--tenant", TENANT, "--live", "--json"]);
        made["api_key"].as_str().expect("a key is printed").to_owned()
    }

    /// Starts it, and waits until it is ready.
    #[must_use]
    pub fn start(self) -> Server {
        let key = self.tenant(TENANT, OWNER);
        let mut server = Server { setup: self, key, child: None };
        server.start();
        server
    }
}

/// What a command said that has to end by itself. One that does not is ended, with 124, so that a server that was to
/// refuse its start fails the test and does not hold it up.
#[must_use]
pub fn ended(command: &Command) -> Output {
    limited(command).output().expect("timeout and the binary are there")
}

fn limited(command: &Command) -> Command {
    let mut limited = Command::new("timeout");
    limited.arg(PATIENCE.as_secs().to_string()).arg(command.get_program()).args(command.get_args());
    for (key, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(key, value),
            None => limited.env_remove(key),
        };
    }
    limited
}

/// Below the range from which the system takes ports for those who connect.
fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let first = std::process::id().wrapping_mul(37);
    loop {
        let candidate = first.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % 8000 + 11000;
        let port = u16::try_from(candidate).expect("below 19000");
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
}

/// A server, running or stopped. It is killed when the test ends.
pub struct Server {
    setup: Setup,
    key: String,
    child: Option<Child>,
}

impl Server {
    /// How it was started.
    #[must_use]
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// Its port on the loopback.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.setup.port
    }

    /// Id of the process.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.child.as_ref().map_or(0, Child::id)
    }

    /// A program with the first tenant's test key.
    #[must_use]
    pub fn api(&self) -> Api {
        Api { port: self.setup.port, key: self.key.clone() }
    }

    /// A program with another key.
    #[must_use]
    pub fn api_with(&self, key: &str) -> Api {
        Api { port: self.setup.port, key: key.to_owned() }
    }

    /// A visit by the newest link that was mailed to this address.
    #[must_use]
    pub fn visit(&self, to: &str) -> Visit {
        let token = wait_for(&format!("a mail with a link to {to}"), || {
            self.outbox(to).iter().find_map(|mail| token(mail["text"].as_str()?))
        });
        Visit { port: self.setup.port, token }
    }

    /// What was mailed to this address, newest first.
    #[must_use]
    pub fn outbox(&self, to: &str) -> Vec<Value> {
        let path = format!("/dev/outbox.json?to={to}");
        let answer = request(self.port(), "GET", &path, &[], &[]).expect("the server answers");
        answer.json().as_array().cloned().unwrap_or_default()
    }

    /// A page or file that needs no key.
    pub fn get(&self, path: &str) -> super::Answer {
        request(self.port(), "GET", path, &[], &[]).expect("the server answers")
    }

    /// Everything that it has written to standard error since the beginning.
    #[must_use]
    pub fn log(&self) -> String {
        let bytes = std::fs::read(self.log_file()).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn log_file(&self) -> PathBuf {
        self.setup.folder().join("server.log")
    }

    /// Starts it again over what it left.
    pub fn start(&mut self) {
        self.start_with(&[]);
    }

    /// Starts it with further variables in its environment, this time alone.
    pub fn start_with(&mut self, environment: &[(&str, &str)]) {
        self.kill();
        let log = File::options().create(true).append(true).open(self.log_file()).expect("a log is made");
        let listen = format!("127.0.0.1:{}", self.setup.port);
        let mut command = self.setup.bare_command(&["serve", "--listen", &listen]);
        if self.setup.dev {
            command.arg("--dev");
        }
        command.arg("--data").arg(self.setup.folder().join("data")).args(&self.setup.place);
        command.envs(environment.iter().copied());
        // A pipe that nobody reads would fill, and what the start prints holds links and a key.
        command.stdout(std::process::Stdio::null()).stderr(log);
        self.child = Some(command.spawn().expect("the binary is there"));
        let port = self.setup.port;
        wait_for("the server to be ready", || {
            let ended = self.exit_status();
            assert!(ended.is_none(), "the server ended with {ended:?}:\n{}", self.log());
            request(port, "GET", "/readyz", &[], &[]).ok().filter(|answer| answer.status == 200)
        });
    }

    /// How it ended, if it has.
    pub fn exit_status(&mut self) -> Option<ExitStatus> {
        self.child.as_mut()?.try_wait().expect("a child can be asked")
    }

    /// `kill -9`, as a power cut.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // Fails only where it has ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Asks it to stop (SIGTERM), and waits until it has.
    pub fn stop(&mut self) -> ExitStatus {
        let process = self.process().to_string();
        let sent = Command::new("kill").args(["-TERM", &process]).status().expect("kill is there");
        assert!(sent.success(), "process {process} runs");
        let status = wait_for("the server to stop", || self.exit_status());
        self.child = None;
        status
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The token of the first link of a mail.
fn token(text: &str) -> Option<String> {
    let after = text.split("/s/").nth(1)?;
    Some(after.chars().take_while(|it| it.is_ascii_alphanumeric() || "-_".contains(*it)).collect())
}
