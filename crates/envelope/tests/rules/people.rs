//! Another person in a recipient's place, another address, or nobody any more.

use crate::given::*;
use envelope::MethodKind::Pin;
use envelope::commands::correct_recipient::CorrectRecipient;
use envelope::commands::replace_recipient::ReplaceRecipient;
use envelope::{
    Arrival, Command, Completion, Effect, Embedding, Event, FieldKind, Method, Part, Placeholders,
    RecipientDraft, Refusal, Role, Rules, Visit,
};

fn two() -> Given {
    going(draft())
}

/// With Tenant, a role without a person in the second step.
fn with_vacancy(more: Vec<RecipientDraft>) -> Given {
    let rules = Rules { placeholders: Placeholders::Turn, ..Rules::default() };
    let mut recipients = vec![signer("Ada", 1)];
    recipients.extend(more);
    going(under(rules, people(recipients)))
}

fn vacant_mail(recipient: u16) -> Effect {
    Effect::VacantRoleMail { recipient }
}

fn corrected(recipient: u16, email: &str, phone: &str) -> Event {
    Event::RecipientCorrected { recipient, email: email.into(), phone: phone.into() }
}

#[test]
fn who_is_to_act_later_is_replaced_without_a_mail() {
    two().when(replace(2)).then([replaced(2)], []);
    let after = two().did(replace(2));
    assert_eq!(after.part(2), Part::Waiting);
    assert_eq!(after.person(2).invited_at, None);
    let place = after.state().draft.recipients[1].clone();
    assert_eq!((place.name.text(), place.email.text(), place.step), ("Dora", "dora@example.org", 2));
    assert_eq!((place.language.as_str(), place.phone.text()), ("en", ""));
}

#[test]
fn in_their_turn_the_new_person_gets_the_link_and_the_old_one_ends() {
    for before in [vec![], vec![opened(1)], vec![opened(1), consented(1)]] {
        let given = two().and(before).at("2026-03-03T10:00:00Z");
        given.when(replace(1)).then([replaced(1)], [end_link(1), invite(1)]);
        let after = given.did(replace(1));
        assert_eq!(after.part(1), Part::Invited);
        assert_eq!(after.person(1).invited_at, Some(time("2026-03-03T10:00:00Z")));
        assert_eq!(after.person(1).takeovers.len(), 1);
        assert_eq!(after.did(replace(1)).person(1).takeovers.len(), 2);
    }
}

#[test]
fn after_the_act_nobody_is_replaced() {
    let meant = two().meant(1);
    for command in [replace(1), correct(1, "x@example.org"), remove(1)] {
        meant.when(command.clone()).then_refused(Refusal::AlreadyActed);
        meant.clone().did(record_act(1, blank(1))).when(command).then_refused(Refusal::AlreadyActed);
    }
    for (given, refusal) in [
        (given(created(draft())), Refusal::NotSent),
        (given(all_signed()), Refusal::AlreadyFinishing),
        (given(completed()), Refusal::EnvelopeEnded(envelope::Outcome::Completed)),
        (two().meant(1).did(cancel()), Refusal::EnvelopeEnded(envelope::Outcome::Cancelled)),
    ] {
        for command in [replace(2), correct(2, "x@example.org"), remove(2), remind(2), invite_again(2)] {
            given.when(command).then_refused(refusal.clone());
        }
    }
    two().when(replace(9)).then_refused(Refusal::RecipientUnknown);
}

#[test]
fn what_the_person_before_filled_is_forgotten_and_what_others_filled_is_not() {
    let mut draft = parallel();
    draft.fields.extend([field("a", FieldKind::Text, 1), field("b", FieldKind::Text, 2)]);
    let given = going(draft).did(consent(1)).did(consent(2)).and([filled(1, "a", "x"), filled(2, "b", "y")]);
    assert_eq!(given.did(replace(1)).progress().values, personal([("b", "y")]));
}

#[test]
fn visits_and_locks_of_the_person_before_are_gone() {
    let given = going(people(vec![proving("Ada", 1, [pin()]), signer("Ben", 1)])).did(answer(1, Pin));
    given.clone().visit(1).when(open(1)).then_allowed();
    let mut locked = given;
    for _ in 0..5 {
        locked = locked.did(wrong(1, Pin));
    }
    let after = locked.and([delegation_asked(1)]).did(replace(1));
    let person = after.person(1);
    assert_eq!((person.lock, person.wrong_answers.len(), person.delegation), (None, 0, None));
    let missing = Refusal::AuthenticationMissing { method: Pin };
    after.clone().visit(1).when(open(1)).then_refused(missing);
    assert!(person.visits.iter().all(|it| *it == Visit::default()));
    // A new visit has a number that nobody had before.
    after.when(answer(1, Pin)).then([passed(1, 7, Pin)], []);
}

#[test]
fn the_new_person_has_a_name_an_address_and_what_their_place_asks_for() {
    let with = |change: fn(&mut ReplaceRecipient)| {
        let mut it = replacing(1);
        change(&mut it);
        Command::Replace(it)
    };
    let given = two();
    given.when(with(|it| it.name = " ".into())).then_told(
        "/name",
        "name_missing",
        "Write the person's name as it shall stand in the document.",
    );
    given.when(with(|it| it.name = "x".repeat(201))).then_found([("/name", "text_too_long")]);
    given.when(with(|it| it.email = "x".into())).then_told(
        "/email",
        "email_malformed",
        "The e-mail address is not one; write it like name@example.org.",
    );
    given.when(with(|it| it.email = " ".into())).then_told(
        "/email",
        "email_missing",
        "The link is sent by e-mail; write the person's address.",
    );
    given.when(with(|it| it.phone = "06".into())).then_found([("/phone", "phone_malformed")]);
    given.when(with(|it| it.language = Some("xx".into()))).then_found([("/language", "language_unknown")]);
    let french = given.did(with(|it| {
        it.language = Some("fr".into());
        it.phone = " +33612345678 ".into();
    }));
    let place = french.state().draft.recipients[0].clone();
    assert_eq!((place.language.as_str(), place.phone.text()), ("fr", "+33612345678"));
    let by_telephone = going(people(vec![proving("Ada", 1, [Method::SmsCode])]));
    by_telephone.when(replace(1)).then_told(
        "/phone",
        "phone_missing",
        "A code is sent to this person's telephone; write its number like +33612345678.",
    );
    by_telephone.when(with(|it| it.phone = "+33612345678".into())).then_allowed();
}

#[test]
fn who_gets_no_mail_is_replaced_without_one() {
    for arrival in [Arrival::Handed, Arrival::Embedded(Embedding::default())] {
        let given = going(people(vec![RecipientDraft { arrival, ..signer("Ada", 1) }]));
        given.when(replace(1)).then([replaced(1)], [end_link(1)]);
        given.when(correct(1, "x@example.org")).then([corrected(1, "x@example.org", "")], [end_link(1)]);
        let without = ReplaceRecipient { email: String::new(), ..replacing(1) };
        given.when(Command::Replace(without)).then_allowed();
    }
}

/// Seed: consigno-cloud.txt:143
/// Seed: consigno-cloud.txt:145
#[test]
fn a_step_waits_for_its_role_without_a_person_and_opens_when_it_has_one() {
    let given = with_vacancy(vec![vacant("Tenant", 2), signer("Ben", 2)]);
    let meant = given.meant(1);
    let done = signed(1, blank(1));
    meant.when(record_act(1, blank(1))).then([done], [vacant_mail(2), acted(1)]);
    let waits = meant.did(record_act(1, blank(1)));
    assert_eq!(waits.part(3), Part::Waiting);
    waits.when(replace(2)).then([replaced(2), step_opened(2, [2, 3])], [invite(2), invite(3)]);
    assert_eq!(waits.did(replace(2)).state().draft.recipients[1].placeholder, None);
}

#[test]
fn a_first_step_can_wait_as_well_and_each_empty_role_is_told_in_its_turn() {
    let rules = Rules { placeholders: Placeholders::Turn, ..Rules::default() };
    let draft = under(rules, people(vec![vacant("Tenant", 1), vacant("Landlord", 1)]));
    let sent = Event::EnvelopeSent { expires_at: time(EXPIRY), revisions: prepared(&draft) };
    given(created(draft.clone())).when(send(&draft)).then([sent], [vacant_mail(1)]);
    let given = going(draft);
    given.when(replace(1)).then([replaced(1)], [vacant_mail(2)]);
    given.clone().did(replace(1)).when(replace(2)).then_done([invite(1), invite(2)]);
    // A role can also be taken out.
    given.did(replace(1)).when(remove(2)).then_done([end_link(2), invite(1)]);
}

#[test]
fn a_host_without_a_person_is_waited_for_and_a_host_can_be_replaced() {
    let guest = RecipientDraft { host: Some(3), ..in_role(Role::InPersonSigner, "Guest", 2) };
    let host = RecipientDraft { role: Role::Host, ..vacant("Notary", 1) };
    let given = with_vacancy(vec![guest, host]).meant(1);
    given.when(record_act(1, blank(1))).then_done([vacant_mail(3), acted(1)]);
    let waits = given.did(record_act(1, blank(1)));
    waits.when(replace(3)).then([replaced(3), step_opened(2, [2])], [invite(2)]);
    // The links of those whom they host went to the person before.
    let hosted = waits.did(replace(3));
    hosted.when(replace(3)).then([replaced(3)], [end_link(2), invite(2)]);
    let changed = corrected(3, "x@example.org", "");
    hosted.when(correct(3, "x@example.org")).then([changed], [end_link(2), invite(2)]);
    hosted.when(remove(3)).then_refused(Refusal::RecipientHasNoAct);
    assert_eq!(hosted.part(3), Part::Copy);
}

#[test]
fn who_receives_copies_can_be_another_person_too() {
    let mut draft = draft();
    draft.recipients.push(copy("Cleo"));
    let given = going(draft);
    given.when(replace(3)).then([replaced(3)], []);
    given.when(correct(3, "x@example.org")).then([corrected(3, "x@example.org", "")], []);
}

/// Seed: xodo-sign.txt:148
#[test]
fn a_bounce_is_told_and_a_corrected_address_gets_a_new_link() {
    let given = two();
    let bounced = |recipient, permanent| Event::MessageBounced {
        recipient,
        message: "m1@example.org".into(),
        permanent,
        status: "5.1.1".into(),
        destination: "a••@example.org".into(),
    };
    let told = Effect::BouncedMail { recipient: 1 };
    given.when(bounce(Some(1), true)).then([bounced(Some(1), true)], [told]);
    given.when(bounce(Some(1), false)).then([bounced(Some(1), false)], []);
    given.when(bounce(None, true)).then([bounced(None, true)], []);
    given.when(bounce(Some(3), true)).then_refused(Refusal::RecipientUnknown);
    given.when(bounce(Some(0), true)).then_refused(Refusal::RecipientUnknown);
    // After the end there is nobody to write to.
    envelope_over().when(bounce(Some(1), true)).then([bounced(Some(1), true)], []);
    assert_eq!(given.clone().did(bounce(Some(1), false)).person(1).bounced_at, None);
    let back = given.did(bounce(Some(1), true));
    assert_eq!(back.person(1).bounced_at, Some(time(NOW)));
    assert_eq!(back.clone().did(bounce(None, true)).person(2).bounced_at, None);
    back.when(correct(1, " x@example.org "))
        .then([corrected(1, "x@example.org", "")], [end_link(1), invite(1)]);
    let right = back.did(correct(1, "x@example.org"));
    assert_eq!(right.person(1).bounced_at, None);
    assert_eq!(right.state().draft.recipients[0].email.text(), "x@example.org");
    assert_eq!(right.state().draft.recipients[0].name.text(), "Ada");
}

#[test]
fn what_is_known_not_to_have_arrived_is_not_told_again() {
    let given = two();
    for first in [bounce(Some(1), true), record_refused_message(Some(1))] {
        given.clone().did(first).when(bounce(Some(1), true)).then_nothing();
    }
    // A delay is no end: the report of the end comes later.
    given.clone().did(bounce(Some(1), false)).when(bounce(Some(1), true)).then_allowed();
    given.clone().did(bounce(None, true)).when(bounce(None, true)).then_nothing();
    // The next mail to the same address is told of, and the sender has been told.
    let back = given.did(bounce(Some(1), true));
    let Command::RecordBounce(first) = bounce(Some(1), true) else { unreachable!("it is one") };
    let next = Command::RecordBounce(envelope::commands::record_bounce::RecordBounce {
        message: "m2@example.org".into(),
        ..first
    });
    let event = Event::MessageBounced {
        recipient: Some(1),
        message: "m2@example.org".into(),
        permanent: true,
        status: "5.1.1".into(),
        destination: "a••@example.org".into(),
    };
    back.when(next).then([event], []);
}

#[test]
fn what_comes_back_from_an_address_of_before_says_nothing_about_the_one_that_stands() {
    let event = Event::MessageBounced {
        recipient: Some(1),
        message: "m1@example.org".into(),
        permanent: true,
        status: "5.1.1".into(),
        destination: "".into(),
    };
    let mailed = two().did(record_message(Some(1)));
    for change in [correct(1, "x@example.org"), replace(1)] {
        let moved = mailed.clone().did(change);
        moved.when(bounce(Some(1), true)).then([event.clone()], []);
        let back = moved.did(bounce(Some(1), true));
        assert_eq!(back.person(1).bounced_at, None);
        assert_ne!(back.state().deliveries.get(&1), Some(&envelope::Delivery::Refused));
    }
    // Another telephone number is no other address; what the other one was sent is another matter.
    let phone =
        CorrectRecipient { recipient: 1, email: "ada@example.org".into(), phone: "+33612345678".into() };
    for change in [Command::Correct(phone), correct(2, "x@example.org")] {
        let back = mailed.clone().did(change).did(bounce(Some(1), true));
        assert!(back.person(1).bounced_at.is_some());
    }
}

fn envelope_over() -> Given {
    given(completed())
}

#[test]
fn an_address_is_corrected_in_the_words_of_an_address_and_once() {
    let given = two();
    given.when(correct(1, "ada@example.org")).then_nothing();
    given.when(correct(1, "ada")).then_found([("/email", "email_malformed")]);
    given.when(correct(1, "")).then_found([("/email", "email_missing")]);
    given.when(correct(2, "x@example.org")).then([corrected(2, "x@example.org", "")], []);
    // The telephone alone leaves the link as it is.
    let phone =
        CorrectRecipient { recipient: 1, email: "ada@example.org".into(), phone: " +33612345678 ".into() };
    given.when(Command::Correct(phone.clone())).then([corrected(1, "ada@example.org", "+33612345678")], []);
    let known = given.did(Command::Correct(phone.clone()));
    assert_eq!(known.state().draft.recipients[0].phone.text(), "+33612345678");
    known.when(Command::Correct(phone)).then_nothing();
    // A code that went to the old address is none any more.
    let coded = going(people(vec![proving("Ada", 1, [Method::EmailCode])]));
    let out = coded.did(begin(1, envelope::MethodKind::EmailCode)).visit(1);
    let moved = out.did(correct(1, "x@example.org"));
    moved.when(answer(1, envelope::MethodKind::EmailCode)).then_refused(Refusal::CodeExpired);
}

/// Seed: xodo-sign.txt:147
#[test]
fn who_was_taken_out_is_not_waited_for() {
    let removed = Event::RecipientRemoved { recipient: 1 };
    two().when(remove(1)).then([removed, step_opened(2, [2])], [end_link(1), invite(2)]);
    let without = two().did(remove(1));
    assert_eq!(without.part(1), Part::Removed { at: time(NOW) });
    for command in [open(1), sign(1), decline(1), replace(1), remind(1)] {
        without.when(command).then_refused(Refusal::RecipientRemoved);
    }
    // In a step with others nothing follows yet, and who was to come later is simply not asked.
    going(parallel()).when(remove(1)).then_done([end_link(1)]);
    two().when(remove(2)).then_done([end_link(2)]);
}

#[test]
fn somebody_who_signs_is_left() {
    two().did(remove(1)).when(remove(2)).then_refused(Refusal::LastSigner);
    two().did(remove(2)).when(remove(1)).then_refused(Refusal::LastSigner);
    let with = |other| going(people(vec![signer("Ada", 1), other]));
    with(in_role(Role::Approver, "Ben", 1)).when(remove(1)).then_refused(Refusal::LastSigner);
    with(in_role(Role::Approver, "Ben", 1)).when(remove(2)).then_allowed();
    // Who has signed, or is about to, is left; who declined is not.
    going(parallel()).signed(1).when(remove(2)).then_allowed();
    going(parallel()).meant(1).when(remove(2)).then_allowed();
    let tolerant = Rules { decline_ends: envelope::DeclineEnds::Recipient, ..Rules::default() };
    going(under(tolerant, parallel())).did(decline(1)).when(remove(2)).then_refused(Refusal::LastSigner);
}

#[test]
fn where_the_required_ones_complete_it_a_required_signer_is_left() {
    let rules = Rules { completion: Completion::Required, ..Rules::default() };
    let ada_and = |other| going(under(rules.clone(), people(vec![signer("Ada", 1), other])));
    ada_and(optional(signer("Ben", 1))).when(remove(1)).then_refused(Refusal::LastSigner);
    ada_and(optional(signer("Ben", 1))).when(remove(2)).then_allowed();
    ada_and(signer("Ben", 1)).when(remove(1)).then_allowed();
    ada_and(optional(signer("Ben", 1))).signed(2).when(remove(1)).then_allowed();
    let all = going(people(vec![signer("Ada", 1), optional(signer("Ben", 1))]));
    all.when(remove(1)).then_allowed();
}

#[test]
fn who_is_leant_on_is_not_taken_out() {
    let witness = RecipientDraft { witness_of: Some(1), ..in_role(Role::Witness, "Will", 2) };
    let given = going(people(vec![signer("Ada", 1), signer("Ben", 1), witness]));
    given.when(remove(1)).then_refused(Refusal::RecipientNeeded);
    given.when(remove(2)).then_allowed();
    given.did(remove(3)).when(remove(1)).then_allowed();
}
