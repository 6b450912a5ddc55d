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

/// What the mail server says to a receiver whom it was told of so many times before; "ok" where it is nothing.
type Says = dyn Fn(&str, usize) -> Option<&'static str> + Send + Sync;

/// A mail server on the loopback, open as long as the test runs.
pub struct Mailbox {
    port: u16,
    mails: Arc<Mutex<Vec<Mail>>>,
    named: Arc<Mutex<Vec<String>>>,
}

impl Mailbox {
    /// Opens one that takes everything.
    #[must_use]
    pub fn open() -> Mailbox {
        Mailbox::that_says(|_, _| None)
    }

    /// Opens one that answers to a receiver, named so many times before, with these words where there are any.
    #[must_use]
    pub fn that_says(says: impl Fn(&str, usize) -> Option<&'static str> + Send + Sync + 'static) -> Mailbox {
        let says: Arc<Says> = Arc::new(says);
        let named = Arc::new(Mutex::new(Vec::new()));
        let asked = Arc::clone(&named);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let mails = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&mails);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, says, asked) = (Arc::clone(&kept), Arc::clone(&says), Arc::clone(&asked));
                // A conversation that breaks off is one with a server that was stopped.
                std::thread::spawn(move || talk(stream, &kept, &asked, &*says));
            }
        });
        Mailbox { port, mails, named }
    }

    /// All mails, oldest first.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().expect("nobody fails while a mail is kept").clone()
    }

    /// How many times somebody wanted to mail to this address.
    #[must_use]
    pub fn tries(&self, to: &str) -> usize {
        times(&self.named.lock().expect("nobody fails while a name is kept"), to)
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
fn talk(stream: TcpStream, kept: &Mutex<Vec<Mail>>, asked: &Mutex<Vec<String>>, says: &Says) -> Option<()> {
    let mut writer = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream).lines();
    let mut to = String::new();
    writer.write_all(b"220 mailbox\r\n").ok()?;
    loop {
        let line = lines.next()?.ok()?;
        let answer = match line.split(' ').next().unwrap_or_default() {
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                let mut asked = asked.lock().ok()?;
                let before = times(&asked, &to);
                asked.push(to.clone());
                says(&to, before).unwrap_or("250 ok")
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

fn times(all: &[String], one: &str) -> usize {
    all.iter().filter(|it| *it == one).count()
}
