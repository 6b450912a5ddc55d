//! Who comes in a recipient's name proves who they are before anything else.

use crate::given::*;
use envelope::MethodKind::{EmailCode, Pin, Secret, SmsCode, Totp};
use envelope::{Context, Effect, Event, Method, MethodKind, Personal, Refusal};

fn missing(method: MethodKind) -> Refusal {
    Refusal::AuthenticationMissing { method }
}

/// Ada proves herself in these ways; Ben, in the second step, does not.
fn proves(methods: impl IntoIterator<Item = Method>) -> Given {
    going(people(vec![proving("Ada", 1, methods), signer("Ben", 2)]))
}

/// A code by mail, then one by telephone.
fn two_codes() -> Given {
    proves([Method::EmailCode, Method::SmsCode])
}

fn code_out() -> Given {
    proves([Method::EmailCode]).did(begin(1, EmailCode)).visit(1)
}

fn send_code(recipient: u16, visit: u16, method: MethodKind) -> Effect {
    Effect::SendCode { recipient, visit, method }
}

/// Seed: signatureapi.txt:135
/// Seed: xodo-sign.txt:16
/// Seed: xodo-sign.txt:218
#[test]
fn every_act_waits_until_they_have_proved_who_they_are() {
    let given = proves([Method::SmsCode]);
    for command in [
        open(1),
        consent(1),
        fill(1, []),
        sign(1),
        decline(1),
        delegate(1),
        withdraw(1),
        approve_on(1, blank(1)),
        finish_filling(1),
    ] {
        given.when(command.clone()).then_refused(missing(SmsCode));
        given.clone().visit(1).when(command).then_refused(missing(SmsCode));
    }
}

/// Seed: xodo-sign.txt:231
#[test]
fn after_it_they_go_on_as_everybody_does() {
    let proved = code_out().did(answer(1, EmailCode));
    proved.when(open(1)).then([opened(1)], []);
    proved.clone().did(consent(1)).when(sign(1)).then_allowed();
    // Who has another link, or none of the visits, has proved nothing.
    proved.clone().no_visit().when(open(1)).then_refused(missing(EmailCode));
    proved.visit(2).when(open(1)).then_refused(missing(EmailCode));
}

/// Seed: xodo-sign.txt:79
#[test]
fn who_is_asked_for_nothing_needs_no_visit() {
    for methods in [vec![], vec![Method::EmailLink]] {
        let given = proves(methods);
        assert_eq!(given.state().asked_of(1, &given.context()), None);
        given.when(begin(1, EmailCode)).then_refused(Refusal::NothingAsked);
        given.when(answer(1, Pin)).then_refused(Refusal::NothingAsked);
        given.when(open(1)).then([opened(1)], []);
    }
}

/// Seed: xodo-sign.txt:221
/// Seed: xodo-sign.txt:225
#[test]
fn a_code_is_an_event_with_its_destination_masked_and_homework() {
    let given = proves([Method::SmsCode]);
    given.when(begin(1, SmsCode)).then([issued(1, 1, SmsCode)], [send_code(1, 1, SmsCode)]);
    let out = given.did(begin(1, SmsCode)).visit(1);
    out.when(answer(1, SmsCode)).then([passed(1, 1, SmsCode)], []);
    out.when(wrong(1, SmsCode)).then([failed(1, 1, SmsCode, 4)], []);
}

#[test]
fn what_was_learnt_by_an_answer_stands_in_its_event() {
    let detail = "subject-1".to_owned();
    let answer = envelope::commands::answer_challenge::AnswerChallenge {
        recipient: 1,
        method: Totp,
        right: true,
        detail: detail.clone(),
    };
    let passed =
        Event::ChallengePassed { recipient: 1, visit: 1, method: Totp, detail: Personal::from(detail) };
    proves([Method::Totp]).when(envelope::Command::AnswerChallenge(answer)).then([passed], []);
}

/// Seed: signatureapi.txt:135
/// Seed: consigno-cloud.txt:67
#[test]
fn a_chain_is_done_in_its_order() {
    let given = two_codes();
    given.when(begin(1, SmsCode)).then_refused(missing(EmailCode));
    let first = given.did(begin(1, EmailCode)).visit(1);
    first.when(answer(1, SmsCode)).then_refused(missing(EmailCode));
    let half = first.did(answer(1, EmailCode));
    half.when(open(1)).then_refused(missing(SmsCode));
    half.when(begin(1, EmailCode)).then_refused(missing(SmsCode));
    half.when(answer(1, SmsCode)).then_refused(Refusal::CodeExpired);
    let whole = half.at("2026-03-02T10:00:30Z").did(begin(1, SmsCode)).did(answer(1, SmsCode));
    whole.when(open(1)).then_allowed();
    assert_eq!(whole.state().asked_of(1, &whole.context()), None);
    assert_eq!(whole.state().methods_passed(1, Some(1)), [EmailCode, SmsCode]);
    assert_eq!(whole.state().methods_passed(1, None), []);
    assert_eq!(whole.state().methods_passed(9, Some(1)), []);
}

/// Seed: xodo-sign.txt:219
#[test]
fn what_is_not_sent_is_not_begun_and_its_first_answer_begins_the_visit() {
    let given = proves([pin()]);
    given.when(begin(1, Pin)).then_refused(missing(Pin));
    given.when(answer(1, Pin)).then([passed(1, 1, Pin)], []);
    given.when(wrong(1, Pin)).then([failed(1, 1, Pin, 4)], []);
    // A code is answered in the visit to which it was sent.
    code_out().no_visit().when(answer(1, EmailCode)).then_refused(Refusal::NothingAsked);
    code_out().visit(2).when(answer(1, EmailCode)).then_refused(Refusal::NothingAsked);
    code_out().visit(0).when(answer(1, EmailCode)).then_refused(Refusal::NothingAsked);
    given.visit(7).when(answer(1, Pin)).then_refused(Refusal::NothingAsked);
    let later = code_out().at("2026-03-02T10:00:30Z");
    later.clone().visit(7).when(begin(1, EmailCode)).then_refused(Refusal::NothingAsked);
    later.when(begin(1, EmailCode)).then([issued(1, 1, EmailCode)], [send_code(1, 1, EmailCode)]);
}

#[test]
fn a_code_is_good_for_ten_minutes() {
    let out = code_out();
    out.clone().at("2026-03-02T10:09:59Z").when(answer(1, EmailCode)).then_allowed();
    for answered in [answer(1, EmailCode), wrong(1, EmailCode)] {
        out.clone().at("2026-03-02T10:10:00Z").when(answered).then_refused(Refusal::CodeExpired);
    }
    let sent_at =
        |at: &str| out.state().asked_of(1, &out.clone().at(at).context()).and_then(|it| it.code_sent_at);
    assert_eq!(sent_at("2026-03-02T10:09:59Z"), Some(time(NOW)));
    assert_eq!(sent_at("2026-03-02T10:10:00Z"), None);
}

#[test]
fn a_code_is_good_once_and_for_its_own_visit_and_method() {
    let used = code_out().did(answer(1, EmailCode));
    used.when(answer(1, EmailCode)).then_refused(Refusal::NothingAsked);
    // The newest code is the one that counts, in whichever visit it was asked for.
    let newer = code_out().no_visit().at("2026-03-02T10:00:30Z").did(begin(1, EmailCode));
    newer.clone().visit(1).when(answer(1, EmailCode)).then_refused(Refusal::CodeExpired);
    newer.clone().visit(2).when(answer(1, EmailCode)).then([passed(1, 2, EmailCode)], []);
    let asked = |visit| {
        let context = Context { visit, ..newer.context() };
        newer.state().asked_of(1, &context).map(|it| it.code_sent_at)
    };
    assert_eq!(asked(Some(1)), Some(None));
    assert_eq!(asked(Some(2)), Some(Some(time("2026-03-02T10:00:30Z"))));
    // The code of one method answers no other one.
    let other = given_codes_of_both().no_visit().visit(2);
    other.when(answer(1, EmailCode)).then_refused(Refusal::CodeExpired);
}

/// The second visit waits for the first method; what is out is a code of the second one, for the first visit.
fn given_codes_of_both() -> Given {
    two_codes()
        .did(begin(1, EmailCode))
        .at("2026-03-02T10:00:30Z")
        .did(begin(1, EmailCode))
        .visit(2)
        .and([issued(1, 2, SmsCode)])
}

#[test]
fn the_page_learns_what_is_asked_and_how_often_it_may_be_tried() {
    let given = proves([secret(), pin()]).did(wrong(1, Secret)).visit(1);
    let state = given.state();
    let asked = state.asked_of(1, &given.context()).expect("something is asked");
    assert_eq!(
        (asked.method.kind(), asked.attempts_left, asked.locked, asked.again),
        (Secret, 4, false, false)
    );
    assert_eq!((asked.code_sent_at, asked.next_code_at), (None, None));
    let given = given.did(answer(1, Secret));
    let state = given.state();
    assert_eq!(state.asked_of(1, &given.context()).map(|it| it.method.kind()), Some(Pin));
    assert_eq!(state.asked_of(9, &given.context()), None);
}

#[test]
fn who_has_not_been_asked_or_has_acted_gets_no_code() {
    let draft = people(vec![signer("Ada", 1), proving("Ben", 2, [Method::EmailCode])]);
    going(draft.clone()).when(begin(2, EmailCode)).then_refused(Refusal::RecipientOutOfTurn);
    given(created(draft)).when(begin(2, EmailCode)).then_refused(Refusal::NotSent);
    code_out().when(begin(9, EmailCode)).then_refused(Refusal::RecipientUnknown);
    let done = code_out().did(answer(1, EmailCode)).meant(1);
    done.when(answer(1, EmailCode)).then_refused(Refusal::AlreadyActed);
    done.when(begin(1, EmailCode)).then_refused(Refusal::AlreadyActed);
}

#[test]
fn a_visit_holds_for_twelve_hours_after_its_last_proof() {
    let proved = code_out().did(answer(1, EmailCode));
    proved.clone().at("2026-03-02T21:59:59Z").when(open(1)).then_allowed();
    let late = proved.at("2026-03-02T22:00:00Z");
    late.when(open(1)).then_refused(missing(EmailCode));
    late.did(begin(1, EmailCode)).did(answer(1, EmailCode)).when(open(1)).then_allowed();
}

#[test]
fn a_visit_that_is_over_proves_the_whole_chain_anew() {
    let whole = proves([secret(), pin()]).did(answer(1, Secret)).visit(1).did(answer(1, Pin));
    whole.when(open(1)).then_allowed();
    let late = whole.at("2026-03-02T22:00:00Z").did(answer(1, Secret));
    late.when(open(1)).then_refused(missing(Pin));
    assert_eq!(late.person(1).visits[0].again_at, None);
    late.did(answer(1, Pin)).when(open(1)).then_allowed();
}

#[test]
fn a_second_visit_proves_itself_anew_beside_the_first() {
    let two = proves([pin()]).did(answer(1, Pin)).did(answer(1, Pin));
    assert_eq!(two.person(1).visits.len(), 2);
    let half =
        proves([secret(), pin()]).did(answer(1, Secret)).did(answer(1, Secret)).visit(2).did(answer(1, Pin));
    half.when(open(1)).then_allowed();
    half.visit(1).when(open(1)).then_refused(missing(Pin));
}

/// Seed: consigno-cloud.txt:199
#[test]
fn who_reads_the_result_proves_who_they_are_as_well() {
    let copy = envelope::RecipientDraft { authentication: vec![pin()], ..copy("Cleo") };
    let going = going(people(vec![proving("Ada", 1, [pin()]), copy]));
    going.when(answer(2, Pin)).then_refused(Refusal::RecipientHasNoAct);
    let sealing = going.did(answer(1, Pin)).visit(1).signed(1);
    sealing.when(answer(2, Pin)).then_refused(Refusal::RecipientHasNoAct);
    let head = sealing.head();
    let done = sealing.did(record_seal(head)).no_visit();
    for reader in [1, 2] {
        assert_eq!(done.state().asked_of(reader, &done.context()).map(|it| it.method.kind()), Some(Pin));
        let read = done.clone().did(answer(reader, Pin));
        let visit = read.person(reader).visits.len() as u16;
        let read = read.visit(visit);
        assert_eq!(read.state().asked_of(reader, &read.context()), None);
        // They read; they do not act any more.
        let over = if reader == 1 { Refusal::AlreadyActed } else { Refusal::RecipientHasNoAct };
        read.when(open(reader)).then_refused(over);
    }
    done.when(answer(9, Pin)).then_refused(Refusal::RecipientUnknown);
    let mut locked = done;
    for _ in 0..5 {
        locked = locked.did(wrong(2, Pin));
    }
    locked.when(answer(2, Pin)).then_refused(Refusal::RecipientLocked);
    locked.did(unlock(2)).when(answer(2, Pin)).then_allowed();
}

#[test]
fn who_declined_or_was_taken_out_does_not_read_the_result() {
    let rules = envelope::Rules { decline_ends: envelope::DeclineEnds::Recipient, ..Default::default() };
    let three = vec![proving("Ada", 1, [pin()]), proving("Ben", 1, [pin()]), signer("Cleo", 1)];
    let over = going(under(rules, people(three)))
        .did(answer(1, Pin))
        .visit(1)
        .did(decline(1))
        .did(remove(2))
        .no_visit()
        .signed(3);
    let head = over.head();
    let over = over.did(record_seal(head));
    over.when(answer(1, Pin)).then_refused(Refusal::AlreadyActed);
    over.when(answer(2, Pin)).then_refused(Refusal::RecipientRemoved);
    // Nobody reads what was never completed.
    let cancelled = proves([pin()]).did(cancel());
    let ended = Refusal::EnvelopeEnded(envelope::Outcome::Cancelled);
    cancelled.when(answer(1, Pin)).then_refused(ended);
}
