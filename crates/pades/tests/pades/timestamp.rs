//! A document time stamp, made by `openssl ts`: its imprint is checked, its authority is not judged.

use std::path::Path;
use std::process::Command;

use pades::{Chain, DocumentVerdict, Indication, Integrity, Kind, Prepared, SubIndication};
use pdf::Object;
use pdf::form::Lock;
use testkit::Pdf;

use crate::kit::{Person, authority, judged, now, with_value};

const CONFIGURATION: &str = "\
[tsa]
default_tsa = one
[one]
serial = serial
default_policy = 1.2.3.4
digests = sha256
signer_digest = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
";

fn openssl(folder: &Path, line: &str) {
    let out = Command::new("openssl")
        .args(line.split_whitespace())
        .current_dir(folder)
        .output()
        .expect("installed");
    assert!(out.status.success(), "openssl {line}: {}", String::from_utf8_lossy(&out.stderr));
}

/// The token of an authority that nobody knows, over this SHA-256.
fn token(digest: &[u8; 32]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    std::fs::write(folder.join("ts.cnf"), CONFIGURATION).expect("written");
    std::fs::write(folder.join("serial"), "01\n").expect("written");
    openssl(
        folder,
        "req -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -days 9 -subj /CN=TSA -addext extendedKeyUsage=critical,timeStamping",
    );
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    openssl(folder, &format!("ts -query -digest {digest} -sha256 -cert -out query.tsq"));
    let keys = "-signer tsa.pem -inkey tsa.key";
    openssl(
        folder,
        &format!("ts -reply -config ts.cnf -queryfile query.tsq {keys} -token_out -out token.der"),
    );
    std::fs::read(folder.join("token.der")).expect("made")
}

/// A file with a person's signature and a document time stamp over it.
fn stamped() -> (Vec<u8>, pki::Certificate) {
    let authority = authority();
    let person = Person::new(&authority, "Zoe");
    let base = person.sign(&Pdf::one_page().bytes(), "Zoe");
    let mut act = person.act("Stamp", Lock::None);
    act.contents_bytes = 4096;
    act.signature_dictionary.set("Type", Object::name("DocTimeStamp"));
    act.signature_dictionary.set("SubFilter", Object::name("ETSI.RFC3161"));
    let document = pdf::Document::open(std::sync::Arc::new(base.clone())).expect("opened");
    let tail = pdf::form::act(&document, &act).expect("prepared");
    let unsigned = [base.as_slice(), &tail.bytes].concat();
    let digested = Prepared::new(tail).expect("has a gap").digest(&base).expect("read");
    (with_value(&unsigned, &token(digested.digest())), authority.certificate().clone())
}

#[test]
fn a_time_stamp_is_intact_dated_and_never_more_than_that() {
    let (bytes, root) = stamped();
    let report = judged(&bytes, std::slice::from_ref(&root), now());
    let stamp = report.signatures.last().expect("two signatures");
    assert_eq!((stamp.kind, &stamp.integrity), (Kind::Timestamp, &Integrity::Intact), "{report:#?}");
    assert!(matches!(stamp.chain, Chain::NotJudged(_)));
    assert_eq!(stamp.indication, Indication::Indeterminate);
    assert!(stamp.claimed_time.is_some());
    assert_eq!(stamp.not_judged, ["timestamp"]);
    assert_eq!(report.signatures[0].indication, Indication::TotalPassed);
    assert_eq!(report.verdict, DocumentVerdict::Indeterminate);
}

#[test]
fn a_time_stamp_of_other_bytes_is_broken() {
    let (mut bytes, root) = stamped();
    let key = b"(D:2026";
    let place = bytes.windows(key.len()).rposition(|window| window == key).expect("the stamp's own /M");
    bytes[place + key.len() - 1] = b'7';
    let report = judged(&bytes, &[root], now());
    let stamp = report.signatures.last().expect("two signatures");
    assert_eq!(stamp.sub_indication, Some(SubIndication::HashFailure), "{report:#?}");
    assert_eq!(report.verdict, DocumentVerdict::Invalid);
}
