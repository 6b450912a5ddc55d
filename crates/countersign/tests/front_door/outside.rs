//! What lies around the server: certificates to speak TLS, the mail server, the public address.

use crate::given::setup;
use crate::judges::{Bench, said};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Output, Stdio};
use testkit::server::{Mailbox, ended, wait_for};

/// A process that is ended with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Fails only where it has ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port on which nobody listens.
fn silent_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// A bench with a certificate for the loopback, its key, and another key.
fn bench() -> Bench {
    let bench = Bench::new();
    for (key, certificate) in [("key.pem", "tls.pem"), ("other-key.pem", "other.pem")] {
        let line = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -days 30 \
            -addext subjectAltName=IP:127.0.0.1";
        let mut openssl = Command::new("openssl");
        openssl.args(line.split_whitespace()).args(["-keyout", key, "-out", certificate]);
        let output = openssl.current_dir(bench.path("")).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    bench
}

/// `serve` with these PEM files, over a folder of the bench.
fn serve(bench: &Bench, port: u16, certificate: &str, key: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    command
        .args(["serve", "--dev", "--listen", &format!("127.0.0.1:{port}"), "--data"])
        .arg(bench.path("data"));
    command.env("COUNTERSIGN_TLS__CERTIFICATE", bench.path(certificate));
    command.env("COUNTERSIGN_TLS__KEY", bench.path(key));
    command
}

#[test]
fn tls_is_spoken_with_the_certificate_of_a_file_and_nothing_else_is() {
    let bench = bench();
    let port = silent_port();
    let child = serve(&bench, port, "tls.pem", "key.pem").stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let _running = Running(child.unwrap());
    let ask = |scheme: &str, trust: &str| -> Output {
        let mut curl = Command::new("curl");
        curl.args(["-sS", "--fail", "--noproxy", "*", "--cacert"]).arg(bench.path(trust));
        curl.arg(format!("{scheme}://127.0.0.1:{port}/readyz")).output().unwrap()
    };
    wait_for("an answer over TLS", || ask("https", "tls.pem").status.success().then_some(()));
    assert!(!ask("https", "other.pem").status.success(), "it shows its certificate, and no other");
    assert!(!ask("http", "tls.pem").status.success(), "nothing is said in the clear");
}

#[test]
fn a_certificate_or_key_that_does_not_fit_is_refused_with_a_sentence() {
    let bench = bench();
    bench.lay("letter.pem", b"A letter.");
    for (certificate, key) in [
        ("tls.pem", "other-key.pem"),
        ("tls.pem", "letter.pem"),
        ("tls.pem", "nothing.pem"),
        ("nothing.pem", "key.pem"),
        ("letter.pem", "key.pem"),
    ] {
        let output = ended(&serve(&bench, 0, certificate, key));
        assert_eq!(output.status.code(), Some(2), "{certificate}, {key}: {}", said(&output));
        assert!(said(&output).contains("TLS certificate or key"), "{certificate}, {key}: {}", said(&output));
    }
}

#[test]
fn doctor_ends_with_0_where_all_works_1_where_something_does_not_and_2_where_it_cannot_look() {
    let mailbox = Mailbox::open();
    let server = setup().in_earnest().with_all(mailbox.settings()).start();
    let listen = format!("127.0.0.1:{}", server.port());
    let doctor = ["doctor", "--listen", &listen];

    let output = server.setup().command(&doctor);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let words = said(&output);
    for what in ["database", "blobs", "key", "mail", "public address"] {
        assert!(words.contains(&format!("works  {what} ")), "{what}: {words}");
    }
    assert!(mailbox.mails().is_empty(), "nothing is sent to find out");

    let dead = server.setup().clone().with("COUNTERSIGN_MAIL__PORT", &silent_port().to_string());
    let output = dead.command(&doctor);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(
        said(&output).contains("FAILS  mail") && said(&output).contains("works  database"),
        "{}",
        said(&output)
    );

    let bench = Bench::new();
    bench.lay("wrong.toml", b"listen = [");
    for name in ["wrong.toml", "nothing.toml"] {
        let path = bench.path(name);
        let output = server.setup().command(&["doctor", "--config", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", said(&output));
        assert!(output.stdout.is_empty() && said(&output).contains("configuration"), "{}", said(&output));
    }
}
