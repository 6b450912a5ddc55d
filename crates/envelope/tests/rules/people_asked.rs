//! Delegations, reminders, repeated invitations, and what the sender does with the whole envelope.

use crate::given::*;
use envelope::MethodKind::Pin;
use envelope::commands::answer_delegation::AnswerDelegation;
use envelope::commands::delegate::Delegate;
use envelope::commands::hand_over::{HandOverAsker, HandOverEnvelope};
use envelope::commands::replace_recipient::ReplaceRecipient;
use envelope::{
    Arrival, Command, Delegation, Draft, Effect, Event, Method, Outcome, Part, RecipientDraft, Refusal,
    Rules, Sender, Shelf,
};

fn delegable(delegation: Delegation, ada: RecipientDraft) -> Given {
    let rules = Rules { delegation, ..Rules::default() };
    going(under(rules, people(vec![ada, signer("Ben", 2)])))
}

const MAIL: Effect = Effect::DelegationMail { recipient: 1 };

#[test]
fn nobody_names_another_where_the_rules_refuse_it() {
    delegable(Delegation::Refused, signer("Ada", 1))
        .when(delegate(1))
        .then_refused(Refusal::DelegationNotAllowed);
    let free = delegable(Delegation::Free, signer("Ada", 1));
    free.when(delegate(2)).then_refused(Refusal::RecipientOutOfTurn);
    free.meant(1).when(delegate(1)).then_refused(Refusal::AlreadyActed);
}

#[test]
fn where_it_is_free_the_other_person_takes_the_place_at_once() {
    let free = delegable(Delegation::Free, signer("Ada", 1));
    free.when(delegate(1)).then([delegation_asked(1), replaced(1)], [end_link(1), invite(1)]);
    let taken = free.did(delegate(1));
    assert_eq!((taken.part(1), taken.person(1).delegation), (Part::Invited, None));
    assert_eq!(taken.state().draft.recipients[0].name.text(), "Dora");
    // Whose link the sender hands over gets no mail here either.
    let handed = delegable(Delegation::Free, RecipientDraft { arrival: Arrival::Handed, ..signer("Ada", 1) });
    handed.when(delegate(1)).then_done([end_link(1)]);
}

#[test]
fn who_took_the_place_and_whether_they_had_been_named_is_known_by_when_the_links_ended() {
    let (first, later) = ("2026-03-03T10:00:00Z", "2026-03-04T10:00:00Z");
    let free = delegable(Delegation::Free, signer("Ada", 1)).at(first).did(delegate(1));
    let taken = |given: &Given, at| {
        given.person(1).taken_over_at(time(at)).map(|it| (it.name.text().to_owned(), it.named_before))
    };
    assert_eq!(taken(&free, first), Some(("Dora".into(), true)));
    assert_eq!(taken(&free, later), None);
    // The next one is put there by the sender, and what was before is still known.
    let again = free.at(later).did(replace(1));
    assert_eq!(taken(&again, later), Some(("Dora".into(), false)));
    assert_eq!(taken(&again, first), Some(("Dora".into(), true)));
    // A corrected address is no other person.
    let corrected = delegable(Delegation::Free, signer("Ada", 1)).at(first).did(correct(1, "a@example.org"));
    assert_eq!(taken(&corrected, first), None);
}

#[test]
fn who_was_named_counts_only_where_it_is_they_who_take_the_place() {
    let asked = delegable(Delegation::WithConsent, signer("Ada", 1)).did(delegate(1));
    let named = |given: Given| given.person(1).takeovers[0].named_before;
    assert!(named(asked.clone().did(answer_delegation(1, true))));
    let other = |change: fn(&mut ReplaceRecipient)| {
        let mut it = replacing(1);
        change(&mut it);
        Command::Replace(it)
    };
    assert!(!named(asked.clone().did(other(|it| it.name = "Cleo".into()))));
    assert!(!named(asked.clone().did(other(|it| it.email = "cleo@example.org".into()))));
    assert!(!named(asked.did(answer_delegation(1, false)).did(replace(1))));
}

#[test]
fn where_the_sender_has_to_agree_they_are_asked() {
    let asked = delegable(Delegation::WithConsent, signer("Ada", 1));
    asked.when(delegate(1)).then([delegation_asked(1)], [MAIL]);
    for accept in [true, false] {
        asked.when(answer_delegation(1, accept)).then_refused(Refusal::NoDelegationAsked);
    }
    let waits = asked.did(delegate(1));
    let named = waits.person(1).delegation.expect("somebody is named");
    assert_eq!((named.name.text(), named.email.text()), ("Dora", "dora@example.org"));
    assert_eq!(named.reason.text(), "Holidays.");
    // Meanwhile they may act themselves.
    waits.when(consent(1)).then_allowed();
    waits.when(answer_delegation(1, true)).then([replaced(1)], [end_link(1), invite(1)]);
    waits.when(answer_delegation(1, false)).then([Event::DelegationRefused { recipient: 1 }], []);
    let refused = waits.clone().did(answer_delegation(1, false));
    assert_eq!(refused.person(1).delegation, None);
    refused.when(answer_delegation(1, true)).then_refused(Refusal::NoDelegationAsked);
    waits.meant(1).when(answer_delegation(1, true)).then_refused(Refusal::AlreadyActed);
}

#[test]
fn where_a_code_goes_by_telephone_the_sender_names_the_new_person_in_full() {
    for method in [Method::SmsCode, Method::VoiceCode] {
        let kind = method.kind();
        let given = delegable(Delegation::Free, proving("Ada", 1, [method]));
        let proved = given.did(begin(1, kind)).visit(1).did(answer(1, kind));
        proved.when(delegate(1)).then([delegation_asked(1)], [MAIL]);
        let waits = proved.did(delegate(1));
        let accept = Command::AnswerDelegation(AnswerDelegation { recipient: 1, accept: true });
        waits.when(accept).then_found([("/phone", "phone_missing")]);
        waits.when(answer_delegation(1, false)).then_allowed();
        let dora = envelope::commands::replace_recipient::ReplaceRecipient {
            phone: "+33612345679".into(),
            ..replacing(1)
        };
        waits.when(Command::Replace(dora)).then_allowed();
    }
}

#[test]
fn a_delegation_names_a_person_and_a_reason() {
    let free = delegable(Delegation::Free, signer("Ada", 1));
    let with = |change: fn(&mut Delegate)| {
        let mut it = delegating(1);
        change(&mut it);
        Command::Delegate(it)
    };
    free.when(with(|it| it.name = " ".into())).then_found([("/name", "name_missing")]);
    free.when(with(|it| it.email = "dora".into())).then_found([("/email", "email_malformed")]);
    free.when(with(|it| it.email = String::new())).then_found([("/email", "email_missing")]);
    free.when(with(|it| it.reason = " ".into())).then_found([("/reason", "reason_missing")]);
}

fn reminded<const N: usize>(recipients: [u16; N]) -> Event {
    Event::RecipientsReminded { recipients: recipients.into() }
}

fn reminder(recipient: u16) -> Effect {
    Effect::ReminderMail { recipient }
}

#[test]
fn a_recipient_is_reminded_an_hour_after_their_last_mail() {
    let given = going(draft());
    given.clone().at("2026-03-02T10:59:59Z").when(remind(1)).then_refused(Refusal::RemindedJustNow);
    let then = given.clone().at("2026-03-02T11:00:00Z");
    then.when(remind(1)).then([reminded([1])], [reminder(1)]);
    let twice = then.did(remind(1));
    assert_eq!(twice.person(1).reminded_at, Some(time("2026-03-02T11:00:00Z")));
    twice.clone().at("2026-03-02T11:59:59Z").when(remind(1)).then_refused(Refusal::RemindedJustNow);
    twice.at("2026-03-02T12:00:00Z").when(remind(1)).then_allowed();
    let later = given.at("2026-03-02T11:00:00Z");
    later.when(remind(2)).then_refused(Refusal::RecipientOutOfTurn);
    later.when(remind(9)).then_refused(Refusal::RecipientUnknown);
}

#[test]
fn all_whose_turn_it_is_are_reminded_together() {
    let mut three = parallel();
    three.recipients.push(signer("Cleo", 2));
    three.fields.push(place("cleo", 3));
    let given = going(three).at("2026-03-02T11:00:00Z");
    given.when(remind(None)).then([reminded([1, 2])], [reminder(1), reminder(2)]);
    // Who had a mail a moment ago gets none, nor does who has acted.
    given.clone().did(remind(1)).when(remind(None)).then([reminded([2])], [reminder(2)]);
    given.clone().meant(1).when(remind(None)).then([reminded([2])], [reminder(2)]);
    given.did(remind(None)).when(remind(None)).then_refused(Refusal::RemindedJustNow);
    given_draft().when(remind(None)).then_refused(Refusal::NotSent);
    given_over().when(remind(None)).then_refused(Refusal::EnvelopeEnded(Outcome::Completed));
}

fn given_draft() -> Given {
    given(created(draft()))
}

fn given_over() -> Given {
    given(completed())
}

/// Seed: xodo-sign.txt:144
/// Seed: consigno-cloud.txt:76
/// Seed: consigno-cloud.txt:88
#[test]
fn who_gets_their_link_from_the_sender_gets_no_mail_from_here() {
    const SENTENCE: &str =
        "This recipient gets their link from you and no mail from here; hand it to them again.";
    let handed = RecipientDraft { arrival: Arrival::Handed, ..signer("Ada", 1) };
    let draft = people(vec![handed, signer("Ben", 1), embedded("Cleo", 1)]);
    given(created(draft.clone())).when(send(&draft)).then_done([invite(2)]);
    let given = going(draft).at("2026-03-03T10:00:00Z");
    for recipient in [1, 3] {
        for command in [remind(recipient), invite_again(recipient)] {
            given.when(command).then_told("/recipient", "recipient_not_mailed", SENTENCE);
        }
    }
    given.when(remind(None)).then([reminded([2])], [reminder(2)]);
}

#[test]
fn an_invitation_is_sent_again_to_those_whose_turn_it_is() {
    let repeated = Event::InvitationRepeated { recipient: 1 };
    going(draft()).when(invite_again(1)).then([repeated], [invite(1)]);
    going(draft()).when(invite_again(2)).then_refused(Refusal::RecipientOutOfTurn);
    going(draft()).meant(1).when(invite_again(1)).then_refused(Refusal::AlreadyActed);
}

fn hand_over(to: &Sender, asked_by: HandOverAsker) -> Command {
    Command::HandOver(HandOverEnvelope { to: to.clone(), asked_by })
}

#[test]
fn its_own_sender_hands_it_over_and_a_colleague_does_not() {
    let to = Sender { user: "usr_2".into(), name: "Hopper".into(), email: "hopper@example.org".into() };
    let own = HandOverAsker::User { user: sender().user };
    let colleague = HandOverAsker::User { user: to.user.clone() };
    for given in [given_draft(), going(draft()), given_over()] {
        given.when(hand_over(&to, colleague.clone())).then_refused(Refusal::EnvelopeOfAnotherSender);
        let same = hand_over(&sender(), colleague.clone());
        given.when(same).then_refused(Refusal::EnvelopeOfAnotherSender);
        // Whose it is decides, not whose it was.
        let handed = given.did(hand_over(&to, own.clone()));
        handed.when(hand_over(&sender(), own.clone())).then_refused(Refusal::EnvelopeOfAnotherSender);
        handed.when(hand_over(&sender(), colleague.clone())).then_allowed();
    }
}

#[test]
fn another_user_becomes_its_sender() {
    let to = Sender { user: "usr_2".into(), name: "Hopper".into(), email: "hopper@example.org".into() };
    let over = |to: &Sender| hand_over(to, HandOverAsker::ForTheTenant);
    for given in [given_draft(), going(draft()), given_over()] {
        given.when(over(&to)).then([Event::EnvelopeHandedOver { to: to.clone() }], []);
        given.when(over(&sender())).then_nothing();
        let handed = given.did(over(&to));
        assert_eq!(handed.state().sender, to);
        handed.when(over(&sender())).then_allowed();
    }
}

fn shelved(shelf: Shelf) -> Event {
    Event::EnvelopeShelved { shelf }
}

/// Seed: xodo-sign.txt:100
/// Seed: xodo-sign.txt:101
/// Seed: xodo-sign.txt:102
/// Seed: consigno-cloud.txt:222
#[test]
fn it_is_put_away_thrown_away_and_deleted_and_its_evidence_stays() {
    let over = given_over();
    over.when(shelve(Shelf::Desk)).then_nothing();
    for shelf in [Shelf::Archive, Shelf::Trash] {
        over.when(shelve(shelf)).then([shelved(shelf)], []);
        let there = over.clone().did(shelve(shelf));
        assert_eq!(there.state().shelf, shelf);
        there.when(shelve(shelf)).then_nothing();
        there.when(shelve(Shelf::Desk)).then([shelved(Shelf::Desk)], []);
    }
    over.when(shelve(Shelf::Deleted)).then([shelved(Shelf::Deleted)], [Effect::DeleteDocuments]);
    let deleted = over.did(shelve(Shelf::Deleted));
    for shelf in [Shelf::Desk, Shelf::Archive, Shelf::Trash, Shelf::Deleted] {
        deleted.when(shelve(shelf)).then_refused(Refusal::EnvelopeDeleted);
    }
    assert_eq!(
        [Shelf::Desk, Shelf::Archive, Shelf::Trash, Shelf::Deleted].map(Shelf::word),
        ["desk", "archive", "trash", "deleted"]
    );
}

#[test]
fn what_runs_is_not_thrown_away() {
    for given in [going(draft()), given(all_signed())] {
        for shelf in [Shelf::Trash, Shelf::Deleted] {
            given.when(shelve(shelf)).then_refused(Refusal::StillRunning);
        }
        given.when(shelve(Shelf::Archive)).then_allowed();
    }
    given_draft().when(shelve(Shelf::Deleted)).then_allowed();
}

#[test]
fn what_was_deleted_is_neither_changed_nor_sent_nor_revived() {
    let deleted = given_draft().did(shelve(Shelf::Deleted));
    deleted
        .when(revise(2, Draft { title: "Other".into(), ..draft() }))
        .then_refused(Refusal::EnvelopeDeleted);
    deleted.when(send(&draft())).then_refused(Refusal::EnvelopeDeleted);
    let expired = going(draft()).at(EXPIRY).did(wake());
    expired.clone().did(shelve(Shelf::Deleted)).when(extend(5)).then_refused(Refusal::EnvelopeDeleted);
    expired.when(extend(5)).then_allowed();
}

#[test]
fn what_runs_does_not_lie_in_the_trash() {
    let thrown = given_draft().did(shelve(Shelf::Trash));
    let command = envelope::commands::send::SendEnvelope { version: 2, revisions: prepared(&draft()) };
    let sent = Event::EnvelopeSent { expires_at: time(EXPIRY), revisions: prepared(&draft()) };
    thrown.when(Command::Send(command)).then([sent, shelved(Shelf::Desk), step_opened(1, [1])], [invite(1)]);
    let expired = going(draft()).at(EXPIRY).did(wake()).did(shelve(Shelf::Trash));
    let end = Event::ExpiryExtended { expires_at: time("2026-04-07T22:00:00Z") };
    expired.when(extend(5)).then([end, shelved(Shelf::Desk)], [invite(1)]);
    let archived = going(draft()).did(shelve(Shelf::Archive)).did(extend(5));
    assert_eq!(archived.state().shelf, Shelf::Archive);
}

#[test]
fn consent_is_taken_back_and_given_again() {
    let agreed = going(draft()).did(consent(1));
    agreed.when(withdraw(1)).then([Event::ConsentWithdrawn { recipient: 1 }], []);
    let without = agreed.clone().did(withdraw(1));
    assert_eq!(without.part(1), Part::Opened);
    without.when(withdraw(1)).then_refused(Refusal::ConsentMissing);
    without.when(sign(1)).then_refused(Refusal::ConsentMissing);
    without.did(consent(1)).when(sign(1)).then_allowed();
    agreed.meant(1).when(withdraw(1)).then_refused(Refusal::AlreadyActed);
    // With a proof of their own it is theirs alone to take back.
    let proved = going(people(vec![proving("Ada", 1, [pin()])])).did(answer(1, Pin)).visit(1).did(consent(1));
    proved.no_visit().when(withdraw(1)).then_refused(Refusal::AuthenticationMissing { method: Pin });
}
