//! Each stage can be stored, and taken up by somebody who has nothing but the stored value and the base.

use pades::{Digested, Error, Prepared, Signed, sign_while_copying};
use pdf::form::Lock;
use pki::{KeyPair, Signer};
use testkit::Pdf;

use crate::kit::{Person, authority, judged, now};

fn stored<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    let text = serde_json::to_string(value).expect("written");
    serde_json::from_str(&text).expect("read")
}

#[test]
fn every_stage_can_be_stored_and_taken_up() {
    let authority = authority();
    let (person, base) = (Person::new(&authority, "Zoe"), Pdf::contract().bytes());
    let prepared: Prepared =
        stored(&Prepared::new(person.tail(&base, "Zoe", Lock::None)).expect("has a gap"));
    let digested: Digested = stored(&prepared.digest(&base).expect("read"));
    let digested = digested.take_up(&base).expect("the same base");
    let signed = digested.sign(&person.key, &person.certificate, &person.chain).expect("signed");
    let signed: Signed = stored(&signed);
    let whole = [base.as_slice(), &signed.tail_bytes].concat();
    assert_eq!(signed.revision_digest, pki::sha256(&whole));
    assert_eq!(signed.revision_length, whole.len() as u64);
    let report = judged(&whole, &[authority.certificate().clone()], now());
    assert_eq!(report.verdict, pades::DocumentVerdict::Valid, "{report:#?}");
}

#[test]
fn a_stored_stage_needs_its_base_again_and_knows_another() {
    let person = Person::new(&authority(), "Zoe");
    let base = Pdf::one_page().bytes();
    let prepared = Prepared::new(person.tail(&base, "Zoe", Lock::None)).expect("has a gap");
    let digested: Digested = stored(&prepared.digest(&base).expect("read"));
    let early = digested.clone().sign(&person.key, &person.certificate, &[]);
    assert_eq!(early, Err(Error::BaseNotRead));
    let mut other = base.clone();
    *other.last_mut().expect("not empty") ^= 1;
    assert_eq!(digested.clone().take_up(&other).err(), Some(Error::BaseChanged));
    let found = base.len() as u64 + 1;
    other.push(b'\n');
    let expected = base.len() as u64;
    assert_eq!(digested.take_up(&other).err(), Some(Error::OtherBase { expected, found }));
}

#[test]
fn a_value_made_elsewhere_is_placed_if_it_fits() {
    let authority = authority();
    let (person, base) = (Person::new(&authority, "Zoe"), Pdf::one_page().bytes());
    let prepared = Prepared::new(person.tail(&base, "Zoe", Lock::None)).expect("has a gap");
    let digested = prepared.digest(&base).expect("read");
    let value = person.key.sign(&digested.to_be_signed(&person.certificate)).expect("signed");
    let place = |value: &[u8]| {
        digested.clone().complete(person.key.algorithm(), value, &person.certificate, &person.chain)
    };
    assert!(place(&value).is_ok());
    let foreign = KeyPair::generate_p256().expect("made").sign(b"something else").expect("signed");
    assert_eq!(place(&foreign), Err(Error::WrongValue));
}

#[test]
fn a_key_that_is_not_the_certificates_signs_nothing() {
    let person = Person::new(&authority(), "Zoe");
    let base = Pdf::one_page().bytes();
    let prepared = Prepared::new(person.tail(&base, "Zoe", Lock::None)).expect("has a gap");
    let other = KeyPair::generate_p256().expect("made");
    let signed = prepared.digest(&base).expect("read").sign(&other, &person.certificate, &[]);
    assert_eq!(signed, Err(Error::WrongValue));
}

#[test]
fn a_gap_that_is_too_small_is_told_and_the_estimate_never_is() {
    let authority = authority();
    for key in [KeyPair::generate_p256(), KeyPair::generate_rsa_2048()] {
        let person = Person::with_key(&authority, &"Ж".repeat(64), key.expect("made"), pki::Profile::Act);
        let base = Pdf::one_page().bytes();
        let document = pdf::Document::open(std::sync::Arc::new(base.clone())).expect("opened");
        let mut act = person.act("Zoe", Lock::None);
        let estimate = act.contents_bytes;
        let mut sign = |reserved| {
            act.contents_bytes = reserved;
            let tail = pdf::form::act(&document, &act).expect("prepared");
            let digested = Prepared::new(tail).expect("has a gap").digest(&base).expect("read");
            digested.sign(&person.key, &person.certificate, &person.chain)
        };
        assert!(sign(estimate).is_ok());
        assert!(matches!(sign(400), Err(Error::ContentsTooSmall { reserved: 400, .. })));
    }
}

#[test]
fn a_revision_without_a_gap_is_refused() {
    let person = Person::new(&authority(), "Zoe");
    let mut tail = person.tail(&Pdf::one_page().bytes(), "Zoe", Lock::None);
    tail.gap = None;
    assert_eq!(Prepared::new(tail).err(), Some(Error::NoGap));
}

#[test]
fn copying_and_signing_in_one_go_gives_a_valid_file() {
    let authority = authority();
    let person = Person::new(&authority, "Zoe");
    let base = Pdf::one_page().ballast(3_000_000).bytes();
    let prepared = Prepared::new(person.tail(&base, "Zoe", Lock::None)).expect("has a gap");
    let mut output = Vec::new();
    let signed =
        sign_while_copying(prepared, &base, &mut output, &person.key, &person.certificate, &person.chain)
            .expect("signed");
    assert!(output.starts_with(&base) && output.ends_with(&signed.tail_bytes));
    assert_eq!(signed.revision_digest, pki::sha256(&output));
    let report = judged(&output, &[authority.certificate().clone()], now());
    assert_eq!(report.verdict, pades::DocumentVerdict::Valid);
}
