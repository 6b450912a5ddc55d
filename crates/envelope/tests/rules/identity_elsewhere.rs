//! Sign-in at the tenant's identity provider: the recipient is led there and comes back.

use crate::given::*;
use envelope::MethodKind::{Oidc, SmsCode};
use envelope::{Effect, Method, Personal, RecipientDraft, Refusal};

const CHAIN: &str = "/recipients/0/authentication/0/subject";

fn by_address() -> Method {
    Method::Oidc { subject: None }
}

fn by_subject(subject: &str) -> Method {
    Method::Oidc { subject: Some(subject.into()) }
}

fn proves(methods: impl IntoIterator<Item = Method>) -> Given {
    going(people(vec![proving("Ada", 1, methods), signer("Ben", 2)]))
}

#[test]
fn a_sign_in_begins_before_it_is_answered_and_nothing_is_sent_for_it() {
    let given = proves([by_address()]);
    for command in [answer(1, Oidc), wrong(1, Oidc)] {
        given.when(command.clone()).then_refused(Refusal::NothingAsked);
        given.clone().visit(1).when(command).then_refused(Refusal::NothingAsked);
    }
    given.when(begin(1, Oidc)).then([issued(1, 1, Oidc)], []);
    let begun = given.did(begin(1, Oidc)).visit(1);
    begun.when(answer(1, Oidc)).then([passed(1, 1, Oidc)], []);
    begun.when(wrong(1, Oidc)).then([failed(1, 1, Oidc, 4)], []);
    let proved = begun.did(answer(1, Oidc));
    proved.when(open(1)).then_allowed();
    proved.when(answer(1, Oidc)).then_refused(Refusal::NothingAsked);
}

#[test]
fn who_is_not_back_within_ten_minutes_begins_anew() {
    let begun = proves([by_address()]).did(begin(1, Oidc)).visit(1);
    begun.clone().at("2026-03-02T10:09:59Z").when(answer(1, Oidc)).then_allowed();
    let late = begun.at("2026-03-02T10:10:00Z");
    late.when(answer(1, Oidc)).then_refused(Refusal::CodeExpired);
    late.did(begin(1, Oidc)).when(answer(1, Oidc)).then_allowed();
}

#[test]
fn somebody_elses_browser_cannot_bring_the_answer() {
    let begun = proves([by_address()]).did(begin(1, Oidc));
    begun.when(answer(1, Oidc)).then_refused(Refusal::NothingAsked);
    let two = begun.did(begin(1, Oidc)).visit(1);
    two.when(answer(1, Oidc)).then_refused(Refusal::CodeExpired);
    two.visit(2).when(answer(1, Oidc)).then_allowed();
}

#[test]
fn five_who_are_somebody_else_lock_the_page() {
    let mut given = proves([by_address()]).did(begin(1, Oidc)).visit(1);
    for _ in 0..4 {
        given = given.did(wrong(1, Oidc)).did(begin(1, Oidc));
    }
    given.when(wrong(1, Oidc)).then_done([Effect::LockedMail { recipient: 1 }]);
    let locked = given.did(wrong(1, Oidc));
    locked.when(begin(1, Oidc)).then_refused(Refusal::RecipientLocked);
    locked.did(unlock(1)).when(begin(1, Oidc)).then_allowed();
}

#[test]
fn it_begins_twenty_times_an_hour_and_keeps_no_code_waiting() {
    let mut given = proves([by_address(), Method::SmsCode]);
    given = given.did(begin(1, Oidc)).visit(1);
    for _ in 0..19 {
        given = given.did(begin(1, Oidc));
    }
    given.when(begin(1, Oidc)).then_refused(Refusal::CodeTooSoon { at: time("2026-03-02T11:00:00Z") });
    let asked = given.state().asked_of(1, &given.context()).map(|it| it.next_code_at);
    assert_eq!(asked, Some(Some(time("2026-03-02T11:00:00Z"))));
    given.clone().at("2026-03-02T11:00:00Z").when(begin(1, Oidc)).then_allowed();
    // The code that comes after it is another matter.
    given.did(answer(1, Oidc)).when(begin(1, SmsCode)).then_allowed();
}

#[test]
fn a_subject_is_as_long_as_a_provider_may_make_it() {
    let with = |subject: &str| people(vec![proving("Ada", 1, [by_subject(subject)])]);
    fine(with("4"));
    fine(with(&"é".repeat(255)));
    const SENTENCE: &str = "A subject at the identity provider has 1 to 255 characters; write it as the provider does, or \
                            leave it out.";
    for subject in ["", "  ", &"é".repeat(256)] {
        told(with(subject), CHAIN, "subject_malformed", SENTENCE);
    }
    given([]).when(create(with("a\u{7}"))).then_found([(CHAIN, "text_malformed")]);
}

#[test]
fn who_signs_in_by_their_address_has_one() {
    let nameless = |method| {
        let ada = RecipientDraft { email: "".into(), ..proving("Ada", 1, [method]) };
        people(vec![RecipientDraft { arrival: envelope::Arrival::Handed, ..ada }])
    };
    let sentence = "Recipient 1 has no e-mail address; the link is sent there.";
    not_sent(nameless(by_address()), "/recipients/0/email", "email_missing", sentence);
    going(nameless(by_subject("4711")));
}

#[test]
fn the_subject_goes_with_the_person_it_names() {
    let given = proves([by_subject("4711")]);
    let subject =
        |given: &Given| match given.state().recipient(1).map(|it| it.authentication.clone()).as_deref() {
            Some([Method::Oidc { subject }]) => subject.clone(),
            other => panic!("{other:?}"),
        };
    assert_eq!(subject(&given), Some(Personal::from("4711")));
    assert_eq!(subject(&given.did(replace(1))), None, "who comes now is known by their address");
}
