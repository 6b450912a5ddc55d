//! `sign`, `verify`, `inspect`: the answer is the exit status, for scripts.

use crate::judges::{Bench, countersign, pyhanko_accepts, said};
use std::process::{Command, Output};
use testkit::Pdf;

const PASSPHRASE: &str = "a passphrase that nobody guesses";

/// A bench with a contract, a key and the certificate that is its own root.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.lay("in.pdf", &Pdf::contract().bytes());
    bench.lay("pass", PASSPHRASE.as_bytes());
    for line in [
        "req -x509 -newkey rsa:2048 -nodes -keyout k.pem -subj /CN=Ada -days 30 -out ca.pem \
         -addext keyUsage=critical,digitalSignature,nonRepudiation,keyCertSign",
        "pkcs12 -export -inkey k.pem -in ca.pem -passout file:pass -out id.p12",
    ] {
        let mut openssl = Command::new("openssl");
        let output = openssl.args(line.split_whitespace()).current_dir(bench.path("")).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    bench
}

/// A command in the folder of the bench.
fn run(bench: &Bench, line: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    command.args(line.split_whitespace()).current_dir(bench.path(""));
    command.env("PASS", PASSPHRASE).output().unwrap()
}

fn assert_ends(bench: &Bench, line: &str, status: i32) -> String {
    let output = run(bench, line);
    assert_eq!(output.status.code(), Some(status), "{line}: {}", said(&output));
    said(&output)
}

const SIGN: &str = "sign in.pdf -o out.pdf --key id.p12 --passphrase-env PASS";

#[test]
fn a_signed_file_is_verified_with_the_root_and_named_as_not_judged_without_one() {
    let bench = bench();
    assert_ends(&bench, &format!("{SIGN} --page 4 --rect 72,240,180,48 --reason Agreed"), 0);
    pyhanko_accepts(&bench.path("out.pdf"), &bench.path("ca.pem"), 1);
    let words = assert_ends(&bench, "verify out.pdf --trust ca.pem", 0);
    assert!(words.contains("Ada") && words.contains("not judged: revocation"), "{words}");
    assert!(words.contains("Revocation and time stamps are not judged"), "{words}");
    assert_ends(&bench, "verify out.pdf", 0);
    assert_ends(&bench, "verify out.pdf --trust ca.pem --require revocation", 1);
    assert_ends(&bench, "verify out.pdf --trust ca.pem --require timestamp", 1);
    assert_ends(&bench, "verify out.pdf --trust ca.pem --at 2001-01-01T00:00:00Z", 1);
    assert_ends(&bench, "verify out.pdf --trust ca.pem --at yesterday", 2);
    assert_ends(&bench, "verify out.pdf --trust nothing.pem", 2);
    let json: serde_json::Value =
        serde_json::from_slice(&run(&bench, "verify out.pdf --trust ca.pem --json").stdout).unwrap();
    assert_eq!(json["signatures"].as_array().unwrap().len(), 1);
}

#[test]
fn what_is_not_good_is_a_no_and_what_cannot_be_read_is_wrong_use() {
    let bench = bench();
    let words = assert_ends(&bench, "verify in.pdf", 1);
    assert!(!words.contains("not judged"), "nothing was signed: {words}");
    assert_ends(&bench, SIGN, 0);
    let mut broken = std::fs::read(bench.path("out.pdf")).unwrap();
    let at = broken.windows(4).position(|window| window == b"(1. ").unwrap();
    broken[at + 1] = b'9';
    bench.lay("broken.pdf", &broken);
    let words = assert_ends(&bench, "verify broken.pdf --trust ca.pem", 1);
    assert!(!words.is_empty());
    bench.lay("other.pem", &std::fs::read(bench.path("ca.pem")).unwrap());
    let mut openssl = Command::new("openssl");
    let line = "req -x509 -newkey rsa:2048 -nodes -keyout o.pem -subj /CN=Other -days 30 -out other.pem";
    openssl.args(line.split(' ')).current_dir(bench.path("")).output().unwrap();
    assert_ends(&bench, "verify out.pdf --trust other.pem", 1);
    bench.lay("letter.pdf", b"A letter.");
    for line in ["verify letter.pdf", "verify nothing.pdf", "inspect letter.pdf", "verify", "frobnicate"] {
        assert_ends(&bench, line, 2);
    }
}

#[test]
fn a_file_is_signed_whole_or_not_at_all() {
    let bench = bench();
    for line in [
        "sign in.pdf -o out.pdf --key id.p12",
        "sign in.pdf -o out.pdf --key id.p12 --passphrase-env NOT_SET",
        "sign in.pdf -o out.pdf --key in.pdf",
        "sign in.pdf -o out.pdf",
        "sign nothing.pdf -o out.pdf --key id.p12 --passphrase-env PASS",
        "sign in.pdf -o nowhere/out.pdf --key id.p12 --passphrase-env PASS",
    ] {
        assert_ends(&bench, line, 2);
    }
    for more in ["--level b-t", "--page 9 --rect 1,1,50,50", "--page 1 --rect 1,1,50", "--certify 4"] {
        assert_ends(&bench, &format!("{SIGN} {more}"), 2);
    }
    assert!(!bench.path("out.pdf").exists());
    let left = std::fs::read_dir(bench.path("")).unwrap().count();
    assert_eq!(left, 5, "nothing is left lying about");
    assert_ends(&bench, &format!("{SIGN} --certify 1"), 0);
    let refused = assert_ends(&bench, "sign out.pdf -o more.pdf --key id.p12 --passphrase-env PASS", 2);
    assert!(refused.contains("certified"), "{refused}");
}

#[test]
fn inspect_says_what_a_file_is_made_of() {
    let bench = bench();
    assert_ends(&bench, SIGN, 0);
    let words = assert_ends(&bench, "inspect out.pdf", 0);
    assert!(words.contains("4 pages, 2 revisions") && words.contains("signature Signature1"), "{words}");
    let output = run(&bench, "inspect out.pdf --json");
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["pages"].as_array().unwrap().len(), 4);
    assert!(countersign(&["--help"]).status.success());
}
