//! How often it may be tried to prove who one is, and once more at the moment of signing.

use crate::given::*;
use envelope::MethodKind::{EmailCode, Pin, Secret, SmsCode, VoiceCode};
use envelope::commands::sign::Sign;
use envelope::{
    Command, Effect, Event, Method, MethodKind, Part11, RecipientDraft, Refusal, Role, Rules, Telephone,
};

fn proves(methods: impl IntoIterator<Item = Method>) -> Given {
    going(people(vec![proving("Ada", 1, methods), signer("Ben", 2)]))
}

fn too_soon(at: &str) -> Refusal {
    Refusal::CodeTooSoon { at: time(at) }
}

fn next_code(given: &Given) -> Option<String> {
    given.state().asked_of(1, &given.context()).and_then(|it| it.next_code_at).map(|at| at.to_string())
}

#[test]
fn a_new_code_is_sent_after_thirty_seconds() {
    let out = proves([Method::EmailCode]).did(begin(1, EmailCode)).visit(1);
    let early = out.clone().at("2026-03-02T10:00:29.999999Z");
    early.when(begin(1, EmailCode)).then_refused(too_soon("2026-03-02T10:00:30Z"));
    // Another visit is no way around it.
    early.clone().no_visit().when(begin(1, EmailCode)).then_refused(too_soon("2026-03-02T10:00:30Z"));
    assert_eq!(next_code(&early).as_deref(), Some("2026-03-02T10:00:30Z"));
    let then = out.at("2026-03-02T10:00:30Z");
    then.when(begin(1, EmailCode)).then_allowed();
    assert_eq!(next_code(&then), None);
}

#[test]
fn five_codes_are_sent_within_an_hour() {
    let mut given = proves([Method::EmailCode]).did(begin(1, EmailCode)).visit(1);
    for minute in 1..5 {
        given = given.at(&format!("2026-03-02T10:0{minute}:00Z")).did(begin(1, EmailCode));
    }
    let sixth = given.clone().at("2026-03-02T10:59:59Z");
    sixth.when(begin(1, EmailCode)).then_refused(too_soon("2026-03-02T11:00:00Z"));
    given
        .clone()
        .at("2026-03-02T10:04:29Z")
        .when(begin(1, EmailCode))
        .then_refused(too_soon("2026-03-02T11:00:00Z"));
    // The first of them is an hour old; the second one is the next that has to be.
    let again = given.at("2026-03-02T11:00:00Z").did(begin(1, EmailCode));
    again.at("2026-03-02T11:00:31Z").when(begin(1, EmailCode)).then_refused(too_soon("2026-03-02T11:01:00Z"));
    let four =
        proves([Method::EmailCode]).and([1, 1, 1, 1].map(|visit| issued(1, visit, EmailCode))).visit(1);
    four.at("2026-03-02T10:00:30Z").when(begin(1, EmailCode)).then_allowed();
}

#[test]
fn the_fifth_wrong_answer_locks() {
    let mut given = proves([pin()]);
    for left in (1..5).rev() {
        given.when(wrong(1, Pin)).then([failed(1, 5 - u16::from(left), Pin, left)], []);
        given = given.did(wrong(1, Pin));
    }
    let locked = Event::RecipientLocked { recipient: 1, method: Pin };
    given.when(wrong(1, Pin)).then([failed(1, 5, Pin, 0), locked], [Effect::LockedMail { recipient: 1 }]);
    // Four were too few.
    given.when(answer(1, Pin)).then([passed(1, 5, Pin)], []);
    let shut = given.did(wrong(1, Pin));
    for command in [answer(1, Pin), wrong(1, Pin)] {
        shut.when(command.clone()).then_refused(Refusal::RecipientLocked);
        shut.clone().visit(1).when(command).then_refused(Refusal::RecipientLocked);
    }
    let asked = shut.state().asked_of(1, &shut.context()).map(|it| (it.locked, it.attempts_left));
    assert_eq!(asked, Some((true, 0)));
    assert_eq!(shut.person(1).lock.map(|it| (it.method, it.at)), Some((Pin, time(NOW))));
}

#[test]
fn a_lock_sends_no_codes_and_ends_the_one_that_is_out() {
    let mut given = proves([Method::EmailCode]).did(begin(1, EmailCode)).visit(1);
    for _ in 0..5 {
        given = given.did(wrong(1, EmailCode));
    }
    let later = given.at("2026-03-02T10:01:00Z");
    later.when(begin(1, EmailCode)).then_refused(Refusal::RecipientLocked);
    // Lifted, it is asked anew: also at once.
    let lifted = later.at("2026-03-02T10:00:01Z").did(unlock(1));
    lifted.when(answer(1, EmailCode)).then_refused(Refusal::CodeExpired);
    lifted.when(begin(1, EmailCode)).then_allowed();
}

#[test]
fn wrong_answers_are_counted_over_all_visits_and_methods() {
    let given = proves([secret(), pin()]);
    let given = given.did(wrong(1, Secret)).did(wrong(1, Secret)).did(answer(1, Secret)).visit(3);
    // The right answer cleared what was wrong before it.
    let given = given.did(wrong(1, Pin)).did(wrong(1, Pin)).did(wrong(1, Pin));
    given.when(wrong(1, Pin)).then([failed(1, 3, Pin, 1)], []);
    let other = given.no_visit();
    other.when(wrong(1, Secret)).then([failed(1, 4, Secret, 1)], []);
    let last = other.did(wrong(1, Secret));
    last.when(wrong(1, Secret)).then_done([Effect::LockedMail { recipient: 1 }]);
}

#[test]
fn who_knows_one_secret_of_two_does_not_guess_at_the_other_without_end() {
    let mut given = proves([secret(), pin()]);
    for visit in 1..=5 {
        given = given.no_visit().did(answer(1, Secret)).visit(visit).did(wrong(1, Pin));
    }
    given.no_visit().when(answer(1, Secret)).then_refused(Refusal::RecipientLocked);
}

#[test]
fn the_right_answer_to_the_same_question_starts_the_count_anew() {
    let given = proves([pin()]).did(wrong(1, Pin)).did(answer(1, Pin)).did(wrong(1, Pin));
    given.when(wrong(1, Pin)).then([failed(1, 4, Pin, 3)], []);
}

#[test]
fn the_sender_lifts_a_lock_and_only_a_lock() {
    proves([pin()]).when(unlock(1)).then_refused(Refusal::NotLocked);
    proves([pin()]).when(unlock(2)).then_refused(Refusal::RecipientOutOfTurn);
    let mut given = proves([pin()]);
    for _ in 0..5 {
        given = given.did(wrong(1, Pin));
    }
    given.when(unlock(1)).then([Event::RecipientUnlocked { recipient: 1 }], []);
    let lifted = given.did(unlock(1));
    lifted.when(unlock(1)).then_refused(Refusal::NotLocked);
    lifted.when(wrong(1, Pin)).then([failed(1, 6, Pin, 4)], []);
    lifted.when(answer(1, Pin)).then_allowed();
}

#[test]
fn a_lock_keeps_others_out_and_not_who_is_in_already() {
    let mut given = proves([pin()]).did(answer(1, Pin));
    for _ in 0..5 {
        given = given.did(wrong(1, Pin));
    }
    given.clone().visit(1).when(open(1)).then_allowed();
    given.visit(2).when(open(1)).then_refused(Refusal::AuthenticationMissing { method: Pin });
}

#[test]
fn codes_by_telephone_end_with_the_months_allowance() {
    for method in [Method::SmsCode, Method::VoiceCode] {
        let kind = method.kind();
        let allow = |most, overage| {
            let telephone = Telephone { monthly_allowance: most, overage, ..Telephone::default() };
            let ada = proving("Ada", 1, [method.clone()]);
            going(under(Rules { telephone, ..Rules::default() }, people(vec![ada])))
        };
        allow(Some(3), false).telephone_used(2).when(begin(1, kind)).then_allowed();
        let used = allow(Some(3), false).telephone_used(3);
        used.when(begin(1, kind)).then_refused(Refusal::TelephoneAllowanceUsed);
        allow(Some(3), true).telephone_used(3).when(begin(1, kind)).then_allowed();
        allow(None, false).telephone_used(1_000_000).when(begin(1, kind)).then_allowed();
    }
    let telephone = Telephone { monthly_allowance: Some(0), ..Telephone::default() };
    let by_mail = people(vec![proving("Ada", 1, [Method::EmailCode])]);
    let by_mail = going(under(Rules { telephone, ..Rules::default() }, by_mail));
    by_mail.telephone_used(9).when(begin(1, EmailCode)).then_allowed();
}

#[test]
fn each_method_says_of_itself_what_it_is() {
    let kinds = |wanted: fn(MethodKind) -> bool| -> Vec<&str> {
        MethodKind::ALL.into_iter().filter(|it| wanted(*it)).map(MethodKind::word).collect()
    };
    assert_eq!(kinds(MethodKind::is_arrival), ["email_link", "custom", "host"]);
    assert_eq!(kinds(MethodKind::sends_code), ["email_code", "sms_code", "voice_code"]);
    assert_eq!(kinds(MethodKind::is_begun), ["email_code", "sms_code", "voice_code", "oidc"]);
    assert_eq!(kinds(MethodKind::needs_phone), ["sms_code", "voice_code"]);
    assert_eq!([VoiceCode, SmsCode].map(MethodKind::word), ["voice_code", "sms_code"]);
}

/// Under Part 11, with these methods.
fn part_11(methods: impl IntoIterator<Item = Method>) -> Given {
    let part_11 = Some(Part11 { meanings: vec!["Author".into(), "Approved".into()] });
    let viewer = RecipientDraft { role: Role::Viewer, ..proving("Vera", 1, [pin()]) };
    going(under(Rules { part_11, ..Rules::default() }, people(vec![proving("Ada", 1, methods), viewer])))
}

fn meaning(meaning: Option<&str>) -> Command {
    Command::Sign(Sign { meaning: meaning.map(str::to_owned), ..signing(1) })
}

fn asked_again(given: &Given, recipient: u16) -> Option<MethodKind> {
    let state = given.state();
    state.asked_of(recipient, &given.context()).filter(|it| it.again).map(|it| it.method.kind())
}

#[test]
fn under_part_11_the_meaning_is_one_of_the_given_ones() {
    let ready = part_11([pin()]).did(answer(1, Pin)).visit(1).did(consent(1)).did(answer(1, Pin));
    const SENTENCE: &str = "Say what your signature means: choose one of the given meanings, then finish.";
    for wrong in [None, Some(""), Some("author"), Some("Witness")] {
        ready.when(meaning(wrong)).then_told("/meaning", "meaning_missing", SENTENCE);
    }
    let events = ready.when(meaning(Some("Approved"))).events();
    let said = events.iter().map(|it| match it {
        Event::SigningIntended { meaning, .. } => meaning.as_deref(),
        _ => None,
    });
    assert_eq!(said.collect::<Vec<_>>(), [Some("Approved")]);
    // Elsewhere nobody asks for one, and what a program sends all the same is not written down.
    let plain = proves([]).did(consent(1));
    assert_eq!(plain.when(meaning(Some("Approved"))).events(), plain.when(meaning(None)).events());
}

#[test]
fn under_part_11_a_second_proof_is_given_within_five_minutes_before() {
    let ready =
        part_11([secret(), pin()]).did(answer(1, Secret)).visit(1).did(answer(1, Pin)).did(consent(1));
    ready.when(meaning(Some("Author"))).then_refused(Refusal::AuthenticationOutdated);
    assert_eq!(asked_again(&ready, 1), Some(Pin));
    ready.when(answer(1, Secret)).then_refused(Refusal::AuthenticationMissing { method: Pin });
    let again = ready.did(answer(1, Pin));
    assert_eq!(asked_again(&again, 1), None);
    again.clone().at("2026-03-02T10:05:00Z").when(meaning(Some("Author"))).then_allowed();
    let late = again.clone().at("2026-03-02T10:05:00.000001Z");
    late.when(meaning(Some("Author"))).then_refused(Refusal::AuthenticationOutdated);
    assert_eq!(asked_again(&late, 1), Some(Pin));
    late.did(answer(1, Pin)).when(meaning(Some("Author"))).then_allowed();
    // Once it is done nobody is asked again.
    assert_eq!(asked_again(&again.did(meaning(Some("Author"))).at("2026-03-02T11:00:00Z"), 1), None);
}

#[test]
fn under_part_11_a_code_is_sent_for_the_second_proof_as_well() {
    let ready = part_11([Method::EmailCode]).did(begin(1, EmailCode)).visit(1).did(answer(1, EmailCode));
    let ready = ready.did(consent(1)).at("2026-03-02T10:01:00Z");
    ready.when(answer(1, EmailCode)).then_refused(Refusal::CodeExpired);
    ready.did(begin(1, EmailCode)).did(answer(1, EmailCode)).when(meaning(Some("Author"))).then_allowed();
}

#[test]
fn only_who_signs_under_part_11_is_asked_again() {
    let viewer = part_11([pin()]).did(answer(2, Pin)).visit(1).did(consent(2));
    assert_eq!(viewer.state().asked_of(2, &viewer.context()), None);
    viewer.when(approve_on(2, blank(1))).then_allowed();
    let plain = proves([pin()]).did(answer(1, Pin)).visit(1);
    assert_eq!(plain.state().asked_of(1, &plain.context()), None);
}
