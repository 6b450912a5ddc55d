//! An HTTP server that writes down what it is asked and answers as it is told to.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// What the recorder answers.
#[derive(Clone)]
pub enum Answer {
    /// Status, one header more, body.
    Whole(u16, &'static str, String),
    /// Nothing, with the connection open.
    Silence,
    /// Status 200 and a body that never ends.
    Endless,
    /// Status 200 and headers that never end.
    EndlessHead,
    /// Status 200, the beginning of a body, and no more of it.
    Unfinished,
}

impl Answer {
    pub fn json(status: u16, body: &str) -> Self {
        Self::Whole(status, "content-type: application/json", body.to_owned())
    }
}

#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub query: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    /// The fields of the form, in order.
    pub fn form(&self) -> Vec<(String, String)> {
        let mut fields: Vec<_> = url::form_urlencoded::parse(&self.body).into_owned().collect();
        fields.sort();
        fields
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Everything but the body and what names the client or its connection.
    pub fn head(&self) -> (String, String, String, Vec<(String, String)>) {
        let of_the_client = [
            "accept-charset",
            "accept-encoding",
            "connection",
            "content-length",
            "user-agent",
            "x-twilio-client",
        ];
        let mut headers: Vec<_> = self
            .headers
            .iter()
            .filter(|(name, _)| !of_the_client.contains(&name.as_str()))
            .cloned()
            .collect();
        headers.sort();
        (self.method.clone(), self.path.clone(), self.query.clone(), headers)
    }
}

#[derive(Default)]
struct Seen {
    requests: Mutex<Vec<Request>>,
    answers: Mutex<Vec<Answer>>,
    connections: AtomicUsize,
}

pub struct Recorder {
    pub port: u16,
    pub certificate_pem: String,
    certificate_file: tempfile::NamedTempFile,
    seen: Arc<Seen>,
    dropped: watch::Receiver<usize>,
}

impl Recorder {
    /// Encrypted or not; `answers` are given in order, and `200 {}` after them.
    pub async fn open(encrypted: bool, answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let acceptor = encrypted.then(|| TlsAcceptor::from(Arc::new(config)));
        let certificate_file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(certificate_file.path(), made.cert.pem()).unwrap();
        let answers = Mutex::new(answers.into_iter().rev().collect());
        let seen = Arc::new(Seen { answers, ..Seen::default() });
        let (drops, dropped) = watch::channel(0);
        let shared = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, acceptor, drops) = (Arc::clone(&shared), acceptor.clone(), drops.clone());
                seen.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    match acceptor {
                        Some(acceptor) => {
                            if let Ok(stream) = acceptor.accept(stream).await {
                                drop(talk(BufReader::new(stream), &seen).await);
                            }
                        }
                        None => drop(talk(BufReader::new(stream), &seen).await),
                    }
                    drops.send_modify(|it| *it += 1);
                });
            }
        });
        Self { port, certificate_pem: made.cert.pem(), certificate_file, seen, dropped }
    }

    pub fn certificate_file(&self) -> &Path {
        self.certificate_file.path()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.seen.requests.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// Comes back when the other side has dropped this many connections.
    pub async fn dropped(&self, count: usize) {
        self.dropped.clone().wait_for(|it| *it >= count).await.unwrap();
    }
}

/// One connection, until the other side drops it (RFC 9112, as far as clients here use it).
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: BufReader<S>,
    seen: &Seen,
) -> std::io::Result<()> {
    while let Some(request) = read(&mut stream).await? {
        seen.requests.lock().unwrap().push(request);
        let answer = seen.answers.lock().unwrap().pop();
        match answer.unwrap_or_else(|| Answer::json(200, "{}")) {
            Answer::Whole(status, header, body) => {
                let head =
                    format!("HTTP/1.1 {status} x\r\n{header}\r\ncontent-length: {}\r\n\r\n", body.len());
                stream.write_all((head + &body).as_bytes()).await?;
                stream.flush().await?;
            }
            Answer::Silence => wait_for_the_end(&mut stream).await?,
            Answer::Unfinished => {
                let head = "HTTP/1.1 200 x\r\ncontent-length: 10\r\n\r\nbegun";
                stream.write_all(head.as_bytes()).await?;
                stream.flush().await?;
                wait_for_the_end(&mut stream).await?;
            }
            Answer::EndlessHead => {
                stream.write_all(b"HTTP/1.1 200 x\r\n").await?;
                loop {
                    stream.write_all(b"x: y\r\n").await?;
                }
            }
            Answer::Endless => {
                stream.write_all(b"HTTP/1.1 200 x\r\nconnection: close\r\n\r\n").await?;
                loop {
                    stream.write_all(&[b'x'; 4096]).await?;
                }
            }
        }
    }
    Ok(())
}

/// Says no more until the other side has gone.
async fn wait_for_the_end<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> std::io::Result<()> {
    stream.read_u8().await.map(|_| ())
}

async fn read<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> std::io::Result<Option<Request>> {
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        return Ok(None);
    }
    let mut words = line.split(' ').map(str::to_owned);
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").map_or("0", |(_, value)| value);
    let mut body = vec![0; length.parse().unwrap()];
    stream.read_exact(&mut body).await?;
    Ok(Some(Request { method, path: path.to_owned(), query: query.to_owned(), headers, body }))
}
