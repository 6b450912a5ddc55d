//! What the built-in authority issues, as `openssl` reads it.

use crate::openssl::OpenSsl;
use jiff::{SignedDuration, Timestamp};
use pki::{
    Authority, AuthorityError, Certificate, KeyPair, NewAuthority, Profile, Request, RevocationReason,
    Revoked, Signer, Subject,
};

const YEAR: i64 = 31_556_952;

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().expect("a time")
}

fn authority() -> Authority {
    let key = KeyPair::generate_p256().expect("made");
    let name = "Countersign Test CA".to_owned();
    Authority::create(NewAuthority { name, key, serial: [0x81; 16], now: now(), years: 25 }).expect("created")
}

fn subject(common_name: &str) -> Subject {
    Subject {
        common_name: common_name.into(),
        email: Some("zoe@example.org".into()),
        organization: Some("Acme".into()),
    }
}

fn request<'a>(subject: Subject, spki: &'a [u8], methods: &'a [String]) -> Request<'a> {
    Request {
        subject,
        spki,
        serial: [7; 16],
        not_before: now(),
        not_after: None,
        methods,
        profile: Profile::Act,
        public_url: "https://sign.example.org",
    }
}

fn issued(authority: &Authority, name: &str) -> Certificate {
    let key = KeyPair::generate_p256().expect("made");
    let spki = key.public_key_spki_der().expect("public half");
    authority.issue(request(subject(name), &spki, &["email_link".to_owned()])).expect("issued")
}

#[test]
fn the_authority_is_one_that_may_sign_certificates_and_lists_only() {
    let authority = authority();
    let openssl = OpenSsl::new();
    openssl.write("ca.pem", authority.certificate().to_pem());
    let text = openssl.must("x509 -in ca.pem -noout -text");
    for part in [
        "CN = Countersign Test CA",
        "X509v3 Basic Constraints: critical",
        "CA:TRUE, pathlen:0",
        "X509v3 Key Usage: critical",
        "Certificate Sign, CRL Sign",
        "ecdsa-with-SHA256",
        "Serial Number:",
    ] {
        assert!(text.contains(part), "{part} missing in {text}");
    }
    assert!(authority.certificate().not_after() > now() + SignedDuration::from_secs(24 * YEAR));
}

#[test]
fn an_act_certificate_verifies_against_the_authority_now_and_years_later() {
    let authority = authority();
    let openssl = OpenSsl::new();
    openssl.write("ca.pem", authority.certificate().to_pem());
    openssl.write("act.pem", issued(&authority, "Zoé Żółć").to_pem());
    for at in [now().as_second(), now().as_second() + 5 * YEAR] {
        openssl.must(&format!("verify -x509_strict -attime {at} -CAfile ca.pem act.pem"));
    }
}

#[test]
fn an_act_certificate_says_who_how_and_where_to_look() {
    let openssl = OpenSsl::new();
    openssl.write("act.pem", issued(&authority(), "Zoé Żółć").to_pem());
    let text = openssl.must("x509 -in act.pem -noout -text -nameopt utf8,sep_comma_plus");
    for part in [
        "CN=Zoé Żółć",
        "OU=Authenticated by email_link",
        "O=Acme",
        "Digital Signature, Non Repudiation",
        "1.3.6.1.5.5.7.3.36",
        "email:zoe@example.org",
        "URI:https://sign.example.org/pki/ca.crl",
        "CA Issuers - URI:https://sign.example.org/pki/ca.cer",
        "CA:FALSE",
        "X509v3 Authority Key Identifier",
        "X509v3 Subject Key Identifier",
    ] {
        assert!(text.contains(part), "{part} missing in {text}");
    }
}

#[test]
fn an_act_certificate_lives_as_long_as_the_authority() {
    let authority = authority();
    assert_eq!(issued(&authority, "Zoe").not_after(), authority.certificate().not_after());
}

#[test]
fn a_long_name_is_cut_and_an_empty_one_is_refused() {
    let authority = authority();
    let long = issued(&authority, &"Ж".repeat(200));
    assert_eq!(long.subject().chars().count(), 64);
    let spki = long.public_key().to_vec();
    let refused = authority.issue(request(subject("  "), &spki, &[]));
    assert_eq!(refused.err(), Some(AuthorityError::Name));
}

#[test]
fn an_address_outside_ascii_is_written_and_read_back() {
    let authority = authority();
    let key = KeyPair::generate_p256().expect("made");
    let spki = key.public_key_spki_der().expect("public half");
    let person =
        Subject { common_name: "Zoé".into(), email: Some("zoé@exämple.org".into()), organization: None };
    let certificate = authority.issue(request(person, &spki, &[])).expect("issued");
    assert_eq!(certificate.emails(), ["zoé@exämple.org"]);
}

#[test]
fn a_seal_has_no_methods_in_its_name() {
    let authority = authority();
    let key = KeyPair::generate_p256().expect("made");
    let spki = key.public_key_spki_der().expect("public half");
    let methods = ["email_link".to_owned()];
    let seal = Request { profile: Profile::Seal, ..request(subject("Acme"), &spki, &methods) };
    let certificate = authority.issue(seal).expect("issued");
    assert_eq!(certificate.subject_name(), "CN=Acme, O=Acme");
}

#[test]
fn nothing_is_issued_outside_the_authoritys_own_time_or_with_serial_zero() {
    let authority = authority();
    let spki = authority.certificate().public_key().to_vec();
    let with = |change: &dyn Fn(&mut Request<'_>)| {
        let mut asked = request(subject("Zoe"), &spki, &[]);
        change(&mut asked);
        authority.issue(asked).err()
    };
    let early = now() - SignedDuration::from_secs(1);
    assert_eq!(with(&|asked| asked.not_before = early), Some(AuthorityError::Dates));
    let late = authority.certificate().not_after() + SignedDuration::from_secs(1);
    assert_eq!(with(&|asked| asked.not_after = Some(late)), Some(AuthorityError::Dates));
    assert_eq!(with(&|asked| asked.serial = [0; 16]), Some(AuthorityError::SerialNumber));
    assert_eq!(with(&|_| ()), None);
}

#[test]
fn an_authority_is_taken_up_with_its_own_key_only() {
    let key = KeyPair::generate_p256().expect("made");
    let stored = key.to_pkcs8().expect("written");
    let name = "CA".to_owned();
    let new = NewAuthority { name, key, serial: [1; 16], now: now(), years: 20 };
    let certificate = Authority::create(new).expect("created").certificate().clone();
    assert!(Authority::open(&stored, certificate.der()).is_ok());
    let other = KeyPair::generate_p256().expect("made").to_pkcs8().expect("written");
    assert_eq!(
        Authority::open(&other, certificate.der()).err(),
        Some(AuthorityError::KeyIsNotTheCertificates)
    );
}

#[test]
fn the_list_is_version_two_numbered_dated_and_signed() {
    let authority = authority();
    let openssl = OpenSsl::new();
    let revoked = [
        Revoked { serial: vec![7; 16], at: now(), reason: Some(RevocationReason::KeyCompromise) },
        Revoked { serial: vec![0x80, 1], at: now(), reason: None },
    ];
    let next = now() + SignedDuration::from_hours(24 * 7);
    openssl.write("ca.pem", authority.certificate().to_pem());
    openssl.write("ca.crl", authority.crl(258, now(), next, &revoked).expect("signed"));
    let text = openssl.must("crl -inform DER -in ca.crl -noout -text -CAfile ca.pem");
    for part in [
        "verify OK",
        "Version 2 (0x1)",
        "X509v3 CRL Number",
        "258",
        "X509v3 Authority Key Identifier",
        "Next Update: Nov 29 10:00:00 2026 GMT",
        "Serial Number: 07070707070707070707070707070707",
        "Key Compromise",
        "Serial Number: 8001",
    ] {
        assert!(text.contains(part), "{part} missing in {text}");
    }
}

#[test]
fn a_revoked_certificate_fails_with_the_list_and_another_passes() {
    let authority = authority();
    let openssl = OpenSsl::new();
    let next = now() + SignedDuration::from_hours(1);
    let act = issued(&authority, "Zoe");
    openssl.write("ca.pem", authority.certificate().to_pem());
    openssl.write("act.pem", act.to_pem());
    let verify = format!(
        "verify -crl_check -attime {} -CAfile ca.pem -CRLfile crl.pem act.pem",
        now().as_second() + 60
    );
    let list = |revoked: &[Revoked]| {
        openssl.write("crl.der", authority.crl(1, now(), next, revoked).expect("signed"));
        openssl.must("crl -inform DER -in crl.der -out crl.pem");
        openssl.run(&verify).0
    };
    assert!(list(&[]));
    assert!(!list(&[Revoked { serial: act.serial().to_vec(), at: now(), reason: None }]));
}

#[test]
fn an_rsa_authority_issues_too() {
    let key = KeyPair::generate_rsa_2048().expect("made");
    let algorithm = key.algorithm();
    let new = NewAuthority { name: "RSA CA".into(), key, serial: [1; 16], now: now(), years: 20 };
    let authority = Authority::create(new).expect("created");
    assert_eq!(algorithm, pki::SignatureAlgorithm::RsaPkcs1Sha256);
    let openssl = OpenSsl::new();
    openssl.write("ca.pem", authority.certificate().to_pem());
    openssl.write("act.pem", issued(&authority, "Zoe").to_pem());
    openssl.must(&format!("verify -x509_strict -attime {} -CAfile ca.pem act.pem", now().as_second()));
}
