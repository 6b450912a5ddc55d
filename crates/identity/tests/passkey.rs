//! Passkey ceremonies with an authenticator in software.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod authenticator;

use authenticator::{Authenticator, encoded};
use identity::{Credential, PasskeyRefusal, Passkeys};
use proptest::prelude::*;
use serde_json::{Value, json};

const ORIGIN: &str = "https://sign.example.org";

fn passkeys() -> Passkeys {
    Passkeys::new("https://sign.example.org/office/", "Stone & Sons").unwrap()
}

fn device() -> Authenticator {
    Authenticator::new(ORIGIN, 1)
}

fn enrol(device: &mut Authenticator) -> Credential {
    let started = passkeys().begin_registration([7; 16], "ada@example.org", &[]).unwrap();
    passkeys().finish_registration(&started.state, &device.create(&started.options).to_string()).unwrap()
}

/// What comes of one proof by `device` that `alter` changed on its way.
fn prove(
    device: &mut Authenticator,
    credentials: &[Credential],
    alter: impl Fn(&mut Value),
) -> Result<Option<Credential>, PasskeyRefusal> {
    let started = passkeys().begin_authentication(credentials).unwrap();
    let mut answer = device.get(&started.options);
    alter(&mut answer);
    let outcome = passkeys().finish_authentication(&started.state, &answer.to_string(), credentials)?;
    assert_eq!(outcome.credential_id, encoded(&[1; 16]));
    Ok(outcome.updated)
}

fn unchanged(_: &mut Value) {}

#[test]
fn a_device_that_enrolled_proves_its_person_again_and_again() {
    let mut device = device();
    let mut credential = enrol(&mut device);
    assert_eq!(credential.id(), encoded(&[1; 16]));
    for _ in 0..3 {
        let stored = serde_json::to_string(&credential).unwrap();
        let credentials = [serde_json::from_str(&stored).unwrap()];
        let updated = prove(&mut device, &credentials, unchanged).unwrap().unwrap();
        assert_eq!(Some(updated.counter()), device.counter);
        assert!(updated.counter() > credential.counter());
        credential = updated;
    }
}

#[test]
fn a_device_that_counts_nothing_needs_nothing_stored_anew() {
    let mut device = device();
    device.counter = None;
    let credentials = [enrol(&mut device)];
    assert!(prove(&mut device, &credentials, unchanged).unwrap().is_none());
    assert!(prove(&mut device, &credentials, unchanged).unwrap().is_none());
}

#[test]
fn the_options_are_for_this_site_and_this_person() {
    let credential = enrol(&mut device());
    let started = passkeys().begin_registration([7; 16], "ada@example.org", &[credential]).unwrap();
    let options: Value = serde_json::from_str(&started.options).unwrap();
    let options = &options["publicKey"];
    assert_eq!(options["rp"], json!({ "name": "Stone & Sons", "id": "sign.example.org" }));
    assert_eq!(options["user"]["id"], encoded(&[7; 16]));
    assert_eq!(options["user"]["name"], "ada@example.org");
    assert_eq!(options["excludeCredentials"][0]["id"], encoded(&[1; 16]));
    let again = passkeys().begin_registration([7; 16], "ada@example.org", &[]).unwrap();
    let again: Value = serde_json::from_str(&again.options).unwrap();
    assert_ne!(again["publicKey"]["challenge"], options["challenge"]);
    let shown = format!("{started:?}");
    assert!(shown.contains("sign.example.org") && !shown.contains(&started.state));
}

#[test]
fn an_answer_from_another_site_is_refused() {
    let mut device = device();
    let credentials = [enrol(&mut device)];
    for origin in [
        "https://sign.example.com",
        "https://evil.sign.example.org",
        "https://example.org",
        "http://sign.example.org",
        "https://sign.example.org:8443",
    ] {
        origin.clone_into(&mut device.origin);
        assert_eq!(
            prove(&mut device, &credentials, unchanged).unwrap_err(),
            PasskeyRefusal::OtherSite,
            "{origin}"
        );
        let started = passkeys().begin_registration([7; 16], "ada", &[]).unwrap();
        let answer = Authenticator::new(origin, 2).create(&started.options).to_string();
        let refused = passkeys().finish_registration(&started.state, &answer).unwrap_err();
        assert_eq!(refused, PasskeyRefusal::OtherSite, "{origin}");
    }
}

#[test]
fn an_answer_to_another_challenge_is_refused() {
    let mut device = device();
    let credentials = [enrol(&mut device)];
    let (one, other) =
        (passkeys().begin_authentication(&credentials), passkeys().begin_authentication(&credentials));
    let answer = device.get(&one.unwrap().options).to_string();
    let refused = passkeys().finish_authentication(&other.unwrap().state, &answer, &credentials).unwrap_err();
    assert_eq!(refused, PasskeyRefusal::OtherChallenge);

    let begin = || passkeys().begin_registration([7; 16], "ada", &[]).unwrap();
    let answer = self::device().create(&begin().options).to_string();
    let refused = passkeys().finish_registration(&begin().state, &answer).unwrap_err();
    assert_eq!(refused, PasskeyRefusal::OtherChallenge);
}

#[test]
fn an_answer_that_is_sent_again_is_refused() {
    let mut device = device();
    let credentials = [enrol(&mut device)];
    let started = passkeys().begin_authentication(&credentials).unwrap();
    let answer = device.get(&started.options).to_string();
    let finish = |state: &str, credentials: &[Credential]| {
        passkeys().finish_authentication(state, &answer, credentials)
    };
    let used = [finish(&started.state, &credentials).unwrap().updated.unwrap()];
    // To a later challenge; and, where the state was kept, to its own.
    let later = passkeys().begin_authentication(&used).unwrap();
    assert_eq!(finish(&later.state, &used).unwrap_err(), PasskeyRefusal::OtherChallenge);
    assert_eq!(finish(&started.state, &used).unwrap_err(), PasskeyRefusal::Cloned);
}

#[test]
fn a_counter_that_goes_back_tells_of_a_copy() {
    let mut device = device();
    device.counter = Some(5);
    let credentials = [enrol(&mut device)];
    for (counter, outcome) in [(3, false), (5, false), (6, true)] {
        device.counter = Some(counter);
        let proved = prove(&mut device, &credentials, unchanged);
        assert_eq!(proved.is_ok(), outcome, "{counter}");
        assert!(outcome || matches!(proved, Err(PasskeyRefusal::Cloned)), "{counter}");
    }
}

#[test]
fn a_device_that_asks_nobody_is_refused() {
    let mut device = device();
    let credentials = [enrol(&mut device)];
    device.verifies = false;
    assert_eq!(prove(&mut device, &credentials, unchanged).unwrap_err(), PasskeyRefusal::NotVerified);
    let started = passkeys().begin_registration([7; 16], "ada", &[]).unwrap();
    let refused =
        passkeys().finish_registration(&started.state, &device.create(&started.options).to_string());
    assert_eq!(refused.unwrap_err(), PasskeyRefusal::NotVerified);
}

#[test]
fn a_signature_of_another_key_is_refused() {
    let mut owner = device();
    let credentials = [enrol(&mut owner)];
    // The same identifier, another key.
    let mut thief = device();
    thief.counter = Some(100);
    assert_eq!(prove(&mut thief, &credentials, unchanged).unwrap_err(), PasskeyRefusal::Invalid);
    let proved = prove(&mut owner, &credentials, |answer| answer["response"]["signature"] = json!("AAAA"));
    assert_eq!(proved.unwrap_err(), PasskeyRefusal::Invalid);
}

#[test]
fn a_passkey_of_nobody_or_of_somebody_else_is_refused() {
    assert_eq!(passkeys().begin_authentication(&[]).unwrap_err(), PasskeyRefusal::NoCredential);
    let credentials = [enrol(&mut device())];
    let mut other = Authenticator::new(ORIGIN, 2);
    enrol(&mut other);
    assert_eq!(prove(&mut other, &credentials, unchanged).unwrap_err(), PasskeyRefusal::UnknownCredential);
}

#[test]
fn a_passkey_that_was_removed_meanwhile_does_not_count() {
    let mut device = device();
    let credentials = [enrol(&mut device)];
    let started = passkeys().begin_authentication(&credentials).unwrap();
    let answer = device.get(&started.options).to_string();
    let refused = passkeys().finish_authentication(&started.state, &answer, &[]).unwrap_err();
    assert_eq!(refused, PasskeyRefusal::UnknownCredential);
}

#[test]
fn a_device_is_enrolled_once() {
    let mut device = device();
    let credential = enrol(&mut device);
    let started = passkeys().begin_registration([7; 16], "ada", &[credential]).unwrap();
    let answer = device.create(&started.options).to_string();
    let refused = passkeys().finish_registration(&started.state, &answer).unwrap_err();
    assert_eq!(refused, PasskeyRefusal::AlreadyEnrolled);
}

#[test]
fn a_state_is_for_its_own_kind_of_ceremony() {
    let mut device = device();
    let credentials = [enrol(&mut device)];
    let registering = passkeys().begin_registration([7; 16], "ada", &[]).unwrap();
    let proving = passkeys().begin_authentication(&credentials).unwrap();
    let created = device.create(&registering.options).to_string();
    let got = device.get(&proving.options).to_string();
    let refused = passkeys().finish_registration(&proving.state, &created).unwrap_err();
    assert_eq!(refused, PasskeyRefusal::State);
    let refused = passkeys().finish_authentication(&registering.state, &got, &credentials).unwrap_err();
    assert_eq!(refused, PasskeyRefusal::State);
    assert_eq!(passkeys().finish_registration("", &created).unwrap_err(), PasskeyRefusal::State);
    assert_eq!(passkeys().finish_registration(&registering.state, "{}").unwrap_err(), PasskeyRefusal::Answer);
}

#[test]
fn passkeys_want_an_encrypted_address_with_a_name() {
    for good in ["https://sign.example.org", "https://sign.example.org:8443/x", "http://localhost:8480"] {
        assert!(Passkeys::new(good, "Stone").is_ok(), "{good}");
    }
    for bad in [
        "http://sign.example.org",
        "https://192.0.2.1",
        "https://[::1]:8480",
        "http://127.0.0.1:8480",
        "",
        "x",
    ] {
        let refused = Passkeys::new(bad, "Stone").unwrap_err();
        assert_eq!(refused, PasskeyRefusal::PublicUrl, "{bad}");
        assert!(refused.code().starts_with("passkey_") && refused.to_string().ends_with('.'));
    }
}

#[test]
fn localhost_with_its_port_is_a_site_of_its_own() {
    let passkeys = Passkeys::new("http://localhost:8480", "Stone").unwrap();
    let mut device = Authenticator::new("http://localhost:8480", 1);
    let started = passkeys.begin_registration([7; 16], "ada", &[]).unwrap();
    assert!(
        passkeys.finish_registration(&started.state, &device.create(&started.options).to_string()).is_ok()
    );
    device.origin = "http://localhost:8481".into();
    let refused = passkeys.finish_registration(&started.state, &device.create(&started.options).to_string());
    assert_eq!(refused.unwrap_err(), PasskeyRefusal::OtherSite);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn bytes_of_strangers_are_answered_and_break_nothing(object in any::<Vec<u8>>(), at in any::<usize>(), byte: u8) {
        let mut device = device();
        let credentials = [enrol(&mut device)];
        let registering = passkeys().begin_registration([7; 16], "ada", &[]).unwrap();
        let mut answer = device.create(&registering.options);
        answer["response"]["attestationObject"] = json!(encoded(&object));
        prop_assert!(passkeys().finish_registration(&registering.state, &answer.to_string()).is_err());
        let altered = prove(&mut device, &credentials, |answer| {
            let mut data = vec![0; 37];
            data[at % 37] = byte;
            answer["response"]["authenticatorData"] = json!(encoded(&data));
        });
        prop_assert!(altered.is_err());
    }
}
