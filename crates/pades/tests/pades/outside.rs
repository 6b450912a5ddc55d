//! Our signatures as pyHanko, pdfsig and qpdf see them.

use std::path::PathBuf;
use std::process::Command;

use pdf::form::Lock;
use pki::{Authority, KeyPair, Profile};
use serde_json::Value;
use testkit::{CrossReference, Pdf};

use crate::kit::{Person, authority, five_years_on, now};
use testkit::pyhanko;

/// A folder with a signed file and the authority that is trusted.
pub struct Case {
    _folder: tempfile::TempDir,
    file: PathBuf,
    root: PathBuf,
    /// Whether pyHanko reads the file strictly; it takes no hybrid file that way.
    strict: bool,
}

impl Case {
    pub fn new(authority: &Authority, bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (file, root) = (folder.path().join("signed.pdf"), folder.path().join("ca.pem"));
        std::fs::write(&file, bytes).expect("written");
        std::fs::write(&root, authority.certificate().to_pem()).expect("written");
        Self { _folder: folder, file, root, strict: true }
    }

    /// pyHanko accepts every signature, now and in five years.
    pub fn is_accepted(&self, signatures: usize) {
        for at in [now(), five_years_on()] {
            let Some(answer) = pyhanko::judge(&self.file, &[&self.root], Some(&at.to_string()), self.strict)
            else {
                return;
            };
            assert!(answer["signatures"].is_array(), "{answer}");
            let judged = answer["signatures"].as_array().expect("an array");
            assert_eq!(judged.len(), signatures, "{answer}");
            for one in judged {
                for key in ["intact", "valid", "trusted", "bottom_line"] {
                    assert_eq!(one[key], Value::Bool(true), "{key} at {at}: {one}");
                }
                assert_ne!(one["docmdp_ok"], Value::Bool(false), "{one}");
            }
        }
    }

    fn passes(&self, program: &str, arguments: &[&str]) -> String {
        let out = Command::new(program).args(arguments).arg(&self.file).output().expect("it is installed");
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        assert!(out.status.success(), "{program}: {text}");
        text
    }

    /// pdfsig finds as many valid signatures, and qpdf finds nothing wrong.
    pub fn is_sound(&self, signatures: usize) {
        let said = self.passes("pdfsig", &["-nocert"]);
        assert_eq!(said.matches("Signature Validation: Signature is Valid.").count(), signatures, "{said}");
        self.passes("qpdf", &["--check"]);
    }
}

#[test]
fn a_signature_with_each_kind_of_key_is_accepted_by_others() {
    let authority = authority();
    for key in [KeyPair::generate_p256(), KeyPair::generate_rsa_2048()] {
        let person = Person::with_key(&authority, "Zoé", key.expect("made"), Profile::Act);
        let case = Case::new(&authority, &person.sign(&Pdf::contract().bytes(), "Zoe"));
        case.is_accepted(1);
        case.is_sound(1);
    }
}

#[test]
fn every_kind_of_file_is_accepted_signed() {
    let authority = authority();
    for kind in [CrossReference::Table, CrossReference::Stream, CrossReference::Hybrid] {
        let base = Pdf::contract().cross_reference(kind).bytes();
        let mut case = Case::new(&authority, &Person::new(&authority, "Zoe").sign(&base, "Zoe"));
        case.strict = kind != CrossReference::Hybrid;
        case.is_accepted(1);
        case.is_sound(1);
    }
}

#[test]
fn two_signers_and_a_seal_that_locks_everything_are_all_accepted() {
    let authority = authority();
    let first = Person::new(&authority, "Ada").sign(&Pdf::contract().bytes(), "Ada");
    let second = Person::new(&authority, "Zoe").sign(&first, "Zoe");
    let seal = Person::with_key(&authority, "Acme", KeyPair::generate_p256().expect("made"), Profile::Seal);
    let case = Case::new(&authority, &seal.sign_with(&second, "Seal", Lock::All));
    case.is_accepted(3);
    case.is_sound(3);
}

#[test]
fn encrypted_files_without_a_password_are_accepted_signed() {
    let authority = authority();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (plain, locked) = (folder.path().join("plain.pdf"), folder.path().join("locked.pdf"));
    std::fs::write(&plain, Pdf::contract().bytes()).expect("written");
    for bits in [&["128", "--use-aes=y", "--"][..], &["256", "--"]] {
        let out = Command::new("qpdf")
            .args(["--encrypt", "", "owner"])
            .args(bits)
            .args([&plain, &locked])
            .output()
            .expect("qpdf is installed");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let base = std::fs::read(&locked).expect("written by qpdf");
        let first = Person::new(&authority, "Ada").sign(&base, "Ada");
        let both = Person::new(&authority, "Zoe").sign(&first, "Zoe");
        let case = Case::new(&authority, &both);
        case.is_accepted(2);
        case.is_sound(2);
        let report = crate::kit::judged(&both, &[authority.certificate().clone()], now());
        assert_eq!(report.verdict, pades::DocumentVerdict::Valid, "{report:#?}");
        assert_eq!(report.signatures[0].reason.as_deref(), Some("J’accepte le contrat"));
    }
}

#[test]
fn a_certified_document_takes_a_further_signature() {
    let authority = authority();
    let first = Person::new(&authority, "Ada").certify(&Pdf::contract().bytes(), "Ada", 2);
    let second = Person::new(&authority, "Zoe").sign(&first, "Zoe");
    let case = Case::new(&authority, &second);
    case.is_accepted(2);
    case.is_sound(2);
    let report = crate::kit::judged(&second, &[authority.certificate().clone()], now());
    assert_eq!(report.certification, Some(2));
    assert_eq!(report.signatures[0].certification, Some(2));
    assert_eq!(report.signatures[1].certification, None);
}

#[test]
fn openssl_reads_the_value_and_agrees() {
    let authority = authority();
    let person = Person::new(&authority, "Zoe");
    let base = Pdf::one_page().bytes();
    let tail = person.tail(&base, "Zoe", Lock::None);
    let gap = tail.gap.expect("a gap");
    let signed = [base.as_slice(), &person.sign_tail(&base, tail).tail_bytes].concat();
    let (start, end) = (usize::try_from(gap.start).expect("small"), usize::try_from(gap.end).expect("small"));
    let value = crate::kit::value(&signed);
    let (element, _) = pki::asn1::Tlv::first(&value).expect("DER");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("value.der"), element.raw).expect("written");
    std::fs::write(path("content"), [&signed[..start], &signed[end..]].concat()).expect("written");
    std::fs::write(path("ca.pem"), authority.certificate().to_pem()).expect("written");
    let at = now().as_second().to_string();
    let out = Command::new("openssl")
        .args([
            "cms",
            "-verify",
            "-cades",
            "-binary",
            "-inform",
            "DER",
            "-in",
            "value.der",
            "-content",
            "content",
        ])
        .args(["-CAfile", "ca.pem", "-purpose", "any", "-attime", &at, "-out", "out"])
        .current_dir(folder.path())
        .output()
        .expect("openssl is installed");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}
