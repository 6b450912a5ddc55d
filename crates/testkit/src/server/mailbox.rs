//! A mail server that keeps what it is given.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A mail as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The envelope's receiver.
    pub to: String,
    /// The Message-ID header.
    pub id: String,
    /// Head and body, as they went over the wire.
    pub text: String,
}

/// A mail server on the loopback, open as long as the test runs.
pub struct Mailbox {
    port: u16,
    mails: Arc<Mutex<Vec<Mail>>>,
}

impl Mailbox {
    /// Opens it.
    #[must_use]
    pub fn open() -> Mailbox {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let mails = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&mails);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                // A conversation that breaks off is one with a server that was stopped.
                std::thread::spawn(move || talk(stream, &kept));
            }
        });
        Mailbox { port, mails }
    }

    /// All mails, oldest first.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().expect("nobody fails while a mail is kept").clone()
    }

    /// What a server is told to use this mail server.
    #[must_use]
    pub fn settings(&self) -> Vec<(String, String)> {
        let port = self.port.to_string();
        [("HOST", "127.0.0.1"), ("PORT", &port), ("ENCRYPTION", "none"), ("FROM", "sign@example.org")]
            .map(|(key, value)| (format!("COUNTERSIGN_MAIL__{key}"), value.to_owned()))
            .to_vec()
    }
}

/// One conversation (RFC 5321).
fn talk(stream: TcpStream, kept: &Mutex<Vec<Mail>>) -> Option<()> {
    let mut writer = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream).lines();
    let mut to = String::new();
    writer.write_all(b"220 mailbox\r\n").ok()?;
    loop {
        let line = lines.next()?.ok()?;
        let answer = match line.split(' ').next().unwrap_or_default() {
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                "250 ok"
            }
            "DATA" => {
                writer.write_all(b"354 go on\r\n").ok()?;
                let mut text = String::new();
                loop {
                    let line = lines.next()?.ok()?;
                    if line == "." {
                        break;
                    }
                    text.push_str(&line);
                    text.push('\n');
                }
                let id = text.lines().find_map(|line| line.strip_prefix("Message-ID: "));
                let id = id.unwrap_or_default().to_owned();
                kept.lock().ok()?.push(Mail { to: to.clone(), id, text });
                "250 accepted"
            }
            "QUIT" => return None,
            _ => "250 ok",
        };
        writer.write_all(format!("{answer}\r\n").as_bytes()).ok()?;
    }
}
