//! A mail server that keeps what it is given and answers as it is told to.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// A certificate of its own making.
pub struct Tls {
    acceptor: TlsAcceptor,
    pub certificate_pem: String,
    at_once: bool,
}

impl Tls {
    /// For this host name; encrypted from the first byte, or when asked.
    pub fn new(host: &str, at_once: bool) -> Self {
        let made = rcgen::generate_simple_self_signed([host.to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        Self { acceptor: TlsAcceptor::from(Arc::new(config)), certificate_pem: made.cert.pem(), at_once }
    }
}

#[derive(Default)]
struct Seen {
    mails: Mutex<Vec<String>>,
    answers: Mutex<Vec<String>>,
    connections: AtomicUsize,
    log_ins: AtomicUsize,
}

pub struct Sink {
    pub port: u16,
    seen: Arc<Seen>,
    task: JoinHandle<()>,
}

impl Sink {
    /// `answers` are given to the first messages in place of "accepted".
    pub async fn open(answers: &[&str], tls: Option<Tls>) -> Self {
        let listener = TcpListener::bind(("localhost", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let answers = Mutex::new(answers.iter().rev().map(|it| (*it).to_owned()).collect());
        let seen = Arc::new(Seen { answers, ..Seen::default() });
        let shared = Arc::clone(&seen);
        let tls = Arc::new(tls);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, tls) = (Arc::clone(&shared), Arc::clone(&tls));
                seen.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    match tls.as_ref() {
                        Some(tls) if tls.at_once => {
                            if let Ok(stream) = tls.acceptor.accept(stream).await {
                                talk(BufReader::new(stream), &seen, true, false).await;
                            }
                        }
                        Some(tls) => {
                            if let Some(stream) = talk(BufReader::new(stream), &seen, true, true).await
                                && let Ok(stream) = tls.acceptor.accept(stream.into_inner()).await
                            {
                                talk(BufReader::new(stream), &seen, false, false).await;
                            }
                        }
                        None => drop(talk(BufReader::new(stream), &seen, true, false).await),
                    }
                });
            }
        });
        Self { port, seen, task }
    }

    pub fn mails(&self) -> Vec<String> {
        self.seen.mails.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    pub fn log_ins(&self) -> usize {
        self.seen.log_ins.load(Ordering::SeqCst)
    }

    pub async fn close(self) {
        self.task.abort();
        drop(self.task.await);
    }
}

/// One conversation (RFC 5321). Gives the stream back when the client wants to encrypt it.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: BufReader<S>,
    seen: &Seen,
    greet: bool,
    offer_tls: bool,
) -> Option<BufReader<S>> {
    if greet {
        stream.write_all(b"220 sink\r\n").await.ok()?;
    }
    loop {
        stream.flush().await.ok()?;
        let line = line(&mut stream).await?;
        let answer = match line.split(' ').next().unwrap_or_default() {
            "EHLO" if offer_tls => "250-sink\r\n250 STARTTLS".to_owned(),
            "EHLO" => "250-sink\r\n250 AUTH PLAIN".to_owned(),
            "STARTTLS" => {
                stream.write_all(b"220 go ahead\r\n").await.ok()?;
                stream.flush().await.ok()?;
                return Some(stream);
            }
            "AUTH" => {
                seen.log_ins.fetch_add(1, Ordering::SeqCst);
                "235 welcome".to_owned()
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await.ok()?;
                stream.flush().await.ok()?;
                let mail = data(&mut stream).await?;
                seen.mails.lock().unwrap().push(mail);
                let answer = seen.answers.lock().unwrap().pop();
                if answer.as_deref() == Some("(silence)") {
                    std::future::pending::<()>().await;
                }
                answer.unwrap_or_else(|| "250 accepted".to_owned())
            }
            "QUIT" => return None,
            _ => "250 ok".to_owned(),
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
    }
}

async fn line<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Option<String> {
    let mut line = String::new();
    let count = stream.read_line(&mut line).await.ok()?;
    (count > 0).then(|| line.trim_end().to_owned())
}

async fn data<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Option<String> {
    let mut mail = String::new();
    loop {
        match line(stream).await?.as_str() {
            "." => return Some(mail),
            line => mail.push_str(&format!("{line}\n")),
        }
    }
}
