//! A signing service of others that holds somebody's key (CSC API 2.0), on the loopback: one that answers, or one that
//! takes its time. `openssl` signs, so that our own arithmetic is not its judge.

use crate::judges::now;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pki::{Authority, Certificate, KeyPair, NewAuthority, Profile, Request, Subject};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// What it does when it is to sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Manner {
    /// Signs.
    Signs,
    /// Signs, once it is told another manner.
    TakesItsTime,
    /// Signs [`SLOW`] after it was asked, by the clock on the wall.
    IsSlow,
    /// Says that it cannot now.
    IsDown,
    /// Gives a signature over something else.
    SignsWrongly,
}

const TOKEN: &str = "token-of-this-server";
/// So long a slow one takes: more than a minute, for which a job is held without being held anew.
pub const SLOW: Duration = Duration::from_secs(62);
/// The PIN of the key.
pub const PIN: &str = "246810";

/// The service, open as long as the test runs.
pub struct KeyService {
    port: u16,
    inner: Arc<Inner>,
    /// The key's certificate.
    pub certificate: Certificate,
    /// Who issued it, PEM.
    pub root: String,
}

struct Inner {
    key: tempfile::NamedTempFile,
    chain: Vec<String>,
    manner: Mutex<Manner>,
    changed: Condvar,
    asked: Mutex<Vec<(String, Value)>>,
}

impl KeyService {
    /// One that holds the key of Ada Lovelace.
    pub fn open(manner: Manner) -> Self {
        let (key, now) = (KeyPair::generate_p256().unwrap(), now());
        let new = NewAuthority {
            name: "Outside CA".to_owned(),
            key: KeyPair::generate_p256().unwrap(),
            serial: [7; 16],
            now: now - jiff::SignedDuration::from_hours(1),
            years: 20,
        };
        let authority = Authority::create(new).unwrap();
        let subject = Subject {
            common_name: "Ada Lovelace".to_owned(),
            email: Some("ada@example.org".to_owned()),
            organization: None,
        };
        let issued = authority.issue(Request {
            subject,
            spki: &key.public_key_spki_der().unwrap(),
            serial: [8; 16],
            not_before: now - jiff::SignedDuration::from_hours(1),
            not_after: None,
            methods: &[],
            profile: Profile::Act,
            public_url: "https://ca.example.org",
        });
        let (certificate, root) = (issued.unwrap(), authority.certificate());
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&key.to_pkcs8().unwrap()).unwrap();
        let inner = Arc::new(Inner {
            key: file,
            chain: vec![STANDARD.encode(certificate.der()), STANDARD.encode(root.der())],
            manner: Mutex::new(manner),
            changed: Condvar::new(),
            asked: Mutex::new(Vec::new()),
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let service = Arc::clone(&inner);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let service = Arc::clone(&service);
                // A conversation that breaks off is one with a server that was stopped.
                std::thread::spawn(move || service.talk(stream));
            }
        });
        Self { port, inner, certificate, root: root.to_pem() }
    }

    /// The configuration of a server that asks this service, but for the PIN.
    pub fn configuration(&self) -> String {
        format!(
            "[signing]\nurl = \"http://127.0.0.1:{}/csc/v2\"\naccess_token = \"{TOKEN}\"\n\
             [[signing.credentials]]\ntenant = \"Example Inc.\"\nemail = \"ada@example.org\"\ncredential = \"ada-1\"\n",
            self.port
        )
    }

    /// From now on it does this, also with what waits.
    pub fn becomes(&self, manner: Manner) {
        *self.inner.manner.lock().unwrap() = manner;
        self.inner.changed.notify_all();
    }

    /// What came to this address, oldest first.
    pub fn asked(&self, path: &str) -> Vec<Value> {
        let asked = self.inner.asked.lock().unwrap();
        asked.iter().filter(|it| it.0.ends_with(path)).map(|it| it.1.clone()).collect()
    }
}

impl Inner {
    fn talk(&self, stream: TcpStream) -> Option<()> {
        let mut writer = stream.try_clone().ok()?;
        let mut reader = BufReader::new(stream);
        loop {
            let (path, known, body) = read(&mut reader)?;
            self.asked.lock().ok()?.push((path.clone(), body.clone()));
            let (status, answer) = if known { self.answer(&path, &body)? } else { (401, json!({})) };
            let text = answer.to_string();
            let length = text.len();
            write!(
                writer,
                "HTTP/1.1 {status} So\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{text}"
            )
            .ok()?;
        }
    }

    fn answer(&self, path: &str, body: &Value) -> Option<(u16, Value)> {
        assert_eq!(body["credentialID"], "ada-1");
        Some(match path {
            "/csc/v2/credentials/info" => (200, json!({"cert": {"certificates": self.chain}})),
            "/csc/v2/credentials/authorize" => {
                assert_eq!(body["authData"], json!([{"id": "PIN", "value": PIN}]));
                (200, json!({"SAD": format!("for {}", body["hashes"][0])}))
            }
            "/csc/v2/signatures/signHash" => {
                assert_eq!(
                    body["SAD"],
                    format!("for {}", body["hashes"][0]),
                    "it was authorized for this one"
                );
                assert_eq!(body["signAlgo"], "1.2.840.10045.4.3.2", "ecdsa-with-SHA256");
                let manner = self.manner.lock().ok()?;
                let waits = |manner: &mut Manner| *manner == Manner::TakesItsTime;
                let manner = *self.changed.wait_while(manner, waits).ok()?;
                match manner {
                    Manner::IsDown => return Some((503, json!({"error": "server_error"}))),
                    // The service is what is slow; nobody here waits for something to happen.
                    Manner::IsSlow => std::thread::sleep(SLOW),
                    _ => {}
                }
                let mut hash = STANDARD.decode(body["hashes"][0].as_str()?).ok()?;
                if manner == Manner::SignsWrongly {
                    hash[0] ^= 1;
                }
                (200, json!({"signatures": [STANDARD.encode(self.sign(&hash))]}))
            }
            _ => (404, json!({})),
        })
    }

    fn sign(&self, hash: &[u8]) -> Vec<u8> {
        let mut openssl = Command::new("openssl");
        let arguments = ["pkeyutl", "-sign", "-keyform", "DER", "-pkeyopt", "digest:sha256", "-inkey"];
        let mut child = openssl
            .args(arguments)
            .arg(self.key.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(hash).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        output.stdout
    }
}

/// A request: its path, whether it brought the right token, its body.
fn read(reader: &mut BufReader<TcpStream>) -> Option<(String, bool, Value)> {
    let (mut path, mut known, mut length) = (None, false, 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse().ok()?;
            }
            Some((name, value)) if name.eq_ignore_ascii_case("authorization") => {
                known = value == format!("Bearer {TOKEN}");
            }
            Some(_) => {}
            None if path.is_none() => path = Some(line.split(' ').nth(1)?.to_owned()),
            None => break,
        }
    }
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes).ok()?;
    Some((path?, known, serde_json::from_slice(&bytes).ok()?))
}
