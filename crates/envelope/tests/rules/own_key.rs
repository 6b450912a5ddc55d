//! Who may sign with a key of their own.

use crate::given::*;
use envelope::{Envelope, Role};

fn with_one(role: Role) -> Envelope {
    Envelope { test: false, ..given(sent(people(vec![in_role(role, "Ben", 1), signer("Ada", 2)]))).state() }
}

fn may(state: &Envelope, methods: &[&str]) -> bool {
    let methods: Vec<String> = methods.iter().map(|it| (*it).to_owned()).collect();
    state.signs_with_own_key(1, &methods)
}

#[test]
fn who_came_by_their_own_mail_may_and_who_came_by_what_the_sender_has_may_not() {
    let state = with_one(Role::Signer);
    assert!(may(&state, &["email_link"]));
    assert!(may(&state, &["handed_link", "pin", "email_code"]));
    for senders in ["handed_link", "host", "custom", "sms_code", "voice_code", "secret", "pin", "mandate"] {
        assert!(!may(&state, &[senders]), "{senders}");
    }
    assert!(!may(&state, &[]));
    assert!(!state.signs_with_own_key(9, &["email_link".to_owned()]), "nobody has this number");
}

#[test]
fn a_test_never_uses_it() {
    let state = Envelope { test: true, ..with_one(Role::Signer) };
    assert!(!may(&state, &["email_link"]));
}

#[test]
fn who_signs_in_person_is_not_who_read_the_mail() {
    let mut state = with_one(Role::Signer);
    for (role, expected) in [
        (Role::Signer, true),
        (Role::Witness, true),
        (Role::InPersonSigner, false),
        (Role::AutomaticSigner, false),
    ] {
        state.draft.recipients[0].role = role;
        assert_eq!(may(&state, &["email_link"]), expected, "{role:?}");
    }
}
