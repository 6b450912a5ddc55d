//! A customer's program that is told of events, on the loopback: a good one, or one that is anything but.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// What came in.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrived {
    /// Names in small letters, and values.
    pub headers: Vec<(String, String)>,
    /// The body as it came.
    pub text: String,
}

impl Arrived {
    pub fn body(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub fn kind(&self) -> String {
        self.body()["type"].as_str().unwrap().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// What the package of Standard Webhooks says of it: `read` or `refused`.
    pub fn judged(&self, secret: &str) -> Value {
        let headers: serde_json::Map<String, Value> =
            self.headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        let body = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &self.text);
        ask(&json!({ "ask": "webhook_verify", "secret": secret, "headers": headers, "body": body }))
    }
}

/// Asks a vendor's package.
pub fn ask(question: &Value) -> Value {
    let python = std::env::var_os("COUNTERSIGN_PYTHON")
        .expect("COUNTERSIGN_PYTHON names a Python made by scripts/setup.sh test");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deliver/tests/outward/vendors.py");
    let mut command = Command::new(python);
    let mut child =
        command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Python is there");
    child.stdin.take().unwrap().write_all(question.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "vendors.py failed at {question}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// How a receiver answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    /// With a status and these words.
    Status(u16, &'static str),
    /// With a status, these words, and when to come again.
    Later(u16, &'static str, String),
    /// With a redirection.
    Elsewhere(String),
    /// Not at all, while the connection stays open.
    Nothing,
    /// With this status, and words without end.
    Endlessly(u16),
}

type Manner = dyn Fn(&Arrived, usize) -> Says + Send + Sync;

/// A receiver, open as long as the test runs.
pub struct Receiver {
    port: u16,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    most: Arc<AtomicUsize>,
}

/// Conversations that were never answered and are open.
#[derive(Default)]
struct Waiting {
    now: AtomicUsize,
    most: Arc<AtomicUsize>,
}

impl Receiver {
    /// One that takes everything.
    pub fn open() -> Self {
        Self::that(|_, _| Says::Status(200, "thanks"))
    }

    /// One that answers so; it is told how often the same `webhook-id` came before.
    pub fn that(says: impl Fn(&Arrived, usize) -> Says + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let (kept, says): (_, Arc<Manner>) = (Arc::clone(&arrived), Arc::new(says));
        let waiting = Arc::new(Waiting::default());
        let most = Arc::clone(&waiting.most);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, says, waiting) = (Arc::clone(&kept), Arc::clone(&says), Arc::clone(&waiting));
                // A conversation that breaks off is one with a server that was stopped, or that had enough.
                std::thread::spawn(move || talk(stream, &kept, &*says, &waiting));
            }
        });
        Self { port, arrived, most }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hooks", self.port)
    }

    /// The same by the name of this machine.
    pub fn url_by_name(&self) -> String {
        format!("http://localhost:{}/hooks", self.port)
    }

    /// Everything that came, oldest first.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }

    /// So many were left without an answer at the same time.
    pub fn most_at_once(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }

    pub fn kinds(&self) -> Vec<String> {
        self.arrived().iter().map(Arrived::kind).collect()
    }
}

fn talk(stream: TcpStream, kept: &Mutex<Vec<Arrived>>, says: &Manner, waiting: &Waiting) -> Option<()> {
    let mut writer = stream.try_clone().ok()?;
    let mut reader = BufReader::new(stream);
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.to_owned())),
            None if line.trim_end().is_empty() => break,
            // The first line; the method and the address are of no interest.
            None => {}
        }
    }
    let length = headers.iter().find(|(name, _)| name == "content-length")?.1.parse().ok()?;
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes).ok()?;
    let arrived = Arrived { headers, text: String::from_utf8(bytes).ok()? };
    let before = {
        let mut kept = kept.lock().ok()?;
        let id = arrived.header("webhook-id");
        let before = kept.iter().filter(|it| it.header("webhook-id") == id).count();
        kept.push(arrived.clone());
        before
    };
    match says(&arrived, before) {
        Says::Status(status, words) => {
            let length = words.len();
            write!(writer, "HTTP/1.1 {status} So\r\nContent-Length: {length}\r\n\r\n{words}").ok()
        }
        Says::Later(status, words, when) => {
            let length = words.len();
            let head =
                format!("HTTP/1.1 {status} So\r\nRetry-After: {when}\r\nContent-Length: {length}\r\n\r\n");
            write!(writer, "{head}{words}").ok()
        }
        Says::Elsewhere(url) => {
            write!(writer, "HTTP/1.1 302 Found\r\nLocation: {url}\r\nContent-Length: 0\r\n\r\n").ok()
        }
        Says::Nothing => {
            waiting.most.fetch_max(waiting.now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            let ended = reader.read_to_end(&mut Vec::new());
            waiting.now.fetch_sub(1, Ordering::SeqCst);
            ended.ok().map(drop)
        }
        Says::Endlessly(status) => {
            write!(writer, "HTTP/1.1 {status} So\r\nContent-Length: 10000000000\r\n\r\n").ok()?;
            loop {
                writer.write_all(&[b'x'; 65_536]).ok()?;
            }
        }
    }
}
