//! An authority, people with keys, and documents that they sign.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use pades::{
    Options, Prepared, Report, SignatureInfo, Signed, contents_estimate, signature_dictionary, verify,
};
use pdf::form::{Act, Lock, SignatureField, act};
use pdf::{Document, Tail};
use pki::{Authority, Certificate, KeyPair, NewAuthority, Profile, Request, Subject};

pub fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().expect("a time")
}

pub fn five_years_on() -> Timestamp {
    now() + SignedDuration::from_secs(5 * 31_556_952)
}

pub fn authority() -> Authority {
    let key = KeyPair::generate_p256().expect("made");
    let name = "Countersign Test CA".to_owned();
    Authority::create(NewAuthority { name, key, serial: [9; 16], now: now(), years: 25 }).expect("created")
}

/// Somebody with a key and a certificate.
pub struct Person {
    pub name: String,
    pub key: KeyPair,
    pub certificate: Certificate,
    pub chain: Vec<Certificate>,
}

impl Person {
    pub fn new(authority: &Authority, name: &str) -> Self {
        Self::with_key(authority, name, KeyPair::generate_p256().expect("made"), Profile::Act)
    }

    pub fn with_key(authority: &Authority, name: &str, key: KeyPair, profile: Profile) -> Self {
        let subject =
            Subject { common_name: name.into(), email: Some("zoe@example.org".into()), organization: None };
        let spki = key.public_key_spki_der().expect("public half");
        let mut serial = [1; 16];
        for (place, byte) in serial.iter_mut().zip(pki::sha256(&spki)) {
            *place = byte | 1;
        }
        let request = Request {
            subject,
            spki: &spki,
            serial,
            not_before: now(),
            not_after: None,
            methods: &["email_link".to_owned()],
            profile,
            public_url: "https://sign.example.org",
        };
        let certificate = authority.issue(request).expect("issued");
        Self { name: name.into(), key, certificate, chain: vec![authority.certificate().clone()] }
    }

    pub fn info(&self) -> SignatureInfo {
        SignatureInfo {
            claimed_time: now(),
            name: Some(self.name.clone()),
            reason: Some("J’accepte le contrat".into()),
            event_head: Some([0xAB; 32]),
            ..SignatureInfo::default()
        }
    }

    pub fn act(&self, field: &str, lock: Lock) -> Act {
        Act {
            fills: Vec::new(),
            signature: SignatureField {
                name: field.into(),
                page: 1,
                rect: None,
                ink: None,
                caption: Vec::new(),
                lock,
            },
            signature_dictionary: signature_dictionary(&self.info()),
            contents_bytes: contents_estimate(&self.certificate, &self.chain),
            certify: None,
        }
    }

    /// The revision to sign.
    pub fn tail(&self, base: &[u8], field: &str, lock: Lock) -> Tail {
        let document = Document::open(Arc::new(base.to_vec())).expect("opened");
        act(&document, &self.act(field, lock)).expect("prepared")
    }

    pub fn sign_tail(&self, base: &[u8], tail: Tail) -> Signed {
        let digested = Prepared::new(tail).expect("has a gap").digest(&base.to_vec()).expect("read");
        digested.sign(&self.key, &self.certificate, &self.chain).expect("signed")
    }

    /// The whole file with this person's signature.
    pub fn sign_with(&self, base: &[u8], field: &str, lock: Lock) -> Vec<u8> {
        let signed = self.sign_tail(base, self.tail(base, field, lock));
        [base, &signed.tail_bytes].concat()
    }

    /// As `sign`, certifying the document.
    pub fn certify(&self, base: &[u8], field: &str, level: u8) -> Vec<u8> {
        let document = Document::open(Arc::new(base.to_vec())).expect("opened");
        let act = Act { certify: Some(level), ..self.act(field, Lock::None) };
        let tail = pdf::form::act(&document, &act).expect("prepared");
        [base, &self.sign_tail(base, tail).tail_bytes].concat()
    }

    pub fn sign(&self, base: &[u8], field: &str) -> Vec<u8> {
        self.sign_with(base, field, Lock::None)
    }
}

pub fn judged(bytes: &[u8], trust: &[Certificate], at: Timestamp) -> Report {
    let options = Options { trust: trust.to_vec(), at, require_revocation: false };
    verify(Arc::new(bytes.to_vec()), &options).expect("a PDF")
}

/// Where the hexadecimal digits of the last signature's value stand.
pub fn digits(signed: &[u8]) -> std::ops::Range<usize> {
    let key = b"/Contents <";
    let start = signed.windows(key.len()).rposition(|window| window == key).expect("signed") + key.len();
    let length = signed[start..].iter().position(|byte| *byte == b'>').expect("closed");
    start..start + length
}

/// The last signature's value, padding and all.
pub fn value(signed: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(&signed[digits(signed)]).expect("digits");
    let byte = |place: usize| u8::from_str_radix(&text[place * 2..place * 2 + 2], 16).expect("hexadecimal");
    (0..text.len() / 2).map(byte).collect()
}

/// The file with another value in the last signature's place; zeros behind it.
pub fn with_value(signed: &[u8], value: &[u8]) -> Vec<u8> {
    let mut out = signed.to_vec();
    let place = digits(signed);
    let text: String = value.iter().map(|byte| format!("{byte:02x}")).collect();
    let padded = format!("{text:0<width$}", width = place.len());
    out[place].copy_from_slice(padded.as_bytes());
    out
}
