//! Whose acts complete it: everybody's, those of the required ones, the first of a step, the first of all.

use crate::given::*;
use envelope::Completion::{All, AnyOfDocument, AnyOfStep, Required};
use envelope::{
    Completion, DeclineEnds, Effect, Event, Outcome, Part, RecipientDraft, Refusal, Role, Rules, Status,
};

/// These people under this completion; who declines ends their own part only.
fn by(completion: Completion, recipients: Vec<RecipientDraft>) -> Given {
    let rules = Rules { completion, decline_ends: DeclineEnds::Recipient, ..Rules::default() };
    going(under(rules, people(recipients)))
}

/// Ada and Ben in the first step, Cleo and Dan in the second.
fn two_steps() -> Vec<RecipientDraft> {
    vec![signer("Ada", 1), signer("Ben", 1), signer("Cleo", 2), signer("Dan", 2)]
}

fn sealing() -> Event {
    Event::SealingIntended {}
}

fn words(given: &Given) -> Vec<&'static str> {
    given.progress().parts.iter().map(Part::word).collect()
}

fn is_sealing(given: &Given) -> bool {
    matches!(given.state().status, Status::Finishing(_))
}

fn witness(of: u16, step: u16) -> RecipientDraft {
    RecipientDraft { witness_of: Some(of), ..in_role(Role::Witness, "Will", step) }
}

/// Seed: xodo-sign.txt:54
/// Seed: xodo-sign.txt:116
/// Seed: consigno-cloud.txt:165
/// Seed: consigno-cloud.txt:169
#[test]
fn where_all_are_needed_each_of_a_step_is_waited_for() {
    let half = by(All, two_steps()).signed(1);
    assert_eq!(words(&half), ["signed", "invited", "waiting", "waiting"]);
    let second = half.signed(2);
    assert_eq!(words(&second), ["signed", "signed", "invited", "invited"]);
    let last = second.signed(3);
    assert!(!is_sealing(&last));
    assert!(is_sealing(&last.signed(4)));
    // Optional ones too.
    let optional = by(All, vec![signer("Ada", 1), optional(signer("Ben", 1))]).signed(1);
    assert!(!is_sealing(&optional));
}

/// Seed: xodo-sign.txt:54
#[test]
fn where_the_required_ones_are_needed_the_others_are_let_go_after_the_last_of_them() {
    let given = by(Required, vec![signer("Ada", 1), optional(signer("Ben", 1)), signer("Cleo", 2)]);
    let meant = given.meant(1);
    // An optional one holds nobody up, and may still act.
    let head = meant.head();
    let second = step_opened(2, [3]);
    meant.when(record_act(1, head)).then([signed(1, head), second], [invite(3), acted(1)]);
    let second = meant.did(record_act(1, head));
    assert_eq!(words(&second), ["signed", "invited", "invited"]);
    second.when(open(2)).then_allowed();
    let last = second.clone().meant(3);
    let head = last.head();
    last.when(record_act(3, head))
        .then([signed(3, head), released([2]), sealing()], [end_link(2), Effect::CarryOutSeal]);
    let over = last.did(record_act(3, head));
    over.when(open(2)).then_refused(Refusal::RecipientReleased);
    over.when(remind(2)).then_refused(Refusal::AlreadyFinishing);
    assert_eq!(words(&over), ["signed", "released", "signed"]);
    // The optional one in time changes nothing of that.
    let in_time = second.signed(2);
    assert!(!is_sealing(&in_time));
    assert!(is_sealing(&in_time.signed(3)));
}

#[test]
fn a_step_of_optional_recipients_alone_holds_nobody_up() {
    let three = vec![optional(signer("Ada", 1)), signer("Ben", 2), optional(signer("Cleo", 3))];
    let rules = Rules { completion: Required, ..Rules::default() };
    let draft = under(rules, people(three));
    let sent = Event::EnvelopeSent { expires_at: time(EXPIRY), revisions: prepared(&draft) };
    given(created(draft.clone()))
        .when(send(&draft))
        .then([sent, step_opened(1, [1]), step_opened(2, [2])], [invite(1), invite(2)]);
    // Who was never asked is let go as well.
    let over = going(draft).signed(2);
    assert_eq!(words(&over), ["released", "signed", "released"]);
    assert!(is_sealing(&over));
}

#[test]
fn an_optional_act_on_its_way_is_finished_before_the_seal() {
    let two = by(Required, vec![signer("Ada", 1), optional(signer("Ben", 1))]);
    let both = two.did(consent(1)).did(consent(2)).did(sign(1)).did(sign(2));
    both.when(record_act(1, blank(1))).then([signed(1, blank(1))], [acted(1)]);
    let one = both.did(record_act(1, blank(1)));
    let base = signed_by(1, 1);
    one.when(record_act(2, base)).then([signed(2, base), sealing()], [Effect::CarryOutSeal]);
}

#[test]
fn when_the_last_required_one_declines_nothing_is_waited_for() {
    let two = by(Required, vec![signer("Ada", 1), optional(signer("Ben", 1))]);
    let ended = Event::EnvelopeDeclined { recipient: 1 };
    let effects =
        [end_link(1), end_link(2), Effect::EndAllLinks, Effect::AuditTrail, outcome(2), outcome(None)];
    two.when(decline(1)).then([declined(1), released([2]), ended], effects);
    // Where the optional one has signed, that is sealed.
    let signed = two.clone().signed(2).did(decline(1));
    assert!(is_sealing(&signed));
    // And a required one who is left is waited for.
    let three = by(Required, vec![signer("Ada", 1), optional(signer("Ben", 1)), signer("Cleo", 1)]);
    three.when(decline(1)).then([declined(1)], [end_link(1), acted(1)]);
    // An optional one who declines ends nothing.
    two.when(decline(2)).then([declined(2)], [end_link(2), acted(2)]);
}

#[test]
fn the_first_of_each_step_lets_the_others_of_that_step_go() {
    let meant = by(AnyOfStep, two_steps()).meant(2);
    meant.when(record_act(2, blank(1))).then(
        [signed(2, blank(1)), released([1]), step_opened(2, [3, 4])],
        [end_link(1), invite(3), invite(4), acted(2)],
    );
    let second = meant.did(record_act(2, blank(1)));
    assert_eq!(words(&second), ["released", "signed", "invited", "invited"]);
    let last = second.meant(3);
    let head = last.head();
    last.when(record_act(3, head))
        .then([signed(3, head), released([4]), sealing()], [end_link(4), Effect::CarryOutSeal]);
}

#[test]
fn of_a_step_in_which_nobody_is_left_the_next_one_follows() {
    let given = by(AnyOfStep, two_steps());
    given.when(decline(1)).then([declined(1)], [end_link(1), acted(1)]);
    given
        .did(decline(1))
        .when(decline(2))
        .then([declined(2), step_opened(2, [3, 4])], [end_link(2), invite(3), invite(4), acted(2)]);
}

#[test]
fn of_two_who_finish_at_once_in_a_step_of_any_both_are_in_the_document() {
    let given = by(AnyOfStep, vec![signer("Ada", 1), signer("Ben", 1), signer("Cleo", 1)]);
    let both = given.did(consent(1)).did(consent(2)).did(sign(1)).did(sign(2));
    both.when(record_act(1, blank(1))).then([signed(1, blank(1))], [acted(1)]);
    let one = both.did(record_act(1, blank(1)));
    // As long as an act is on its way nobody is let go.
    assert_eq!(words(&one), ["signed", "signing", "invited"]);
    let over = one.did(record_act(2, signed_by(1, 1)));
    assert_eq!(words(&over), ["signed", "signed", "released"]);
    assert!(is_sealing(&over));
}

#[test]
fn a_step_of_any_is_over_also_by_an_approval() {
    let given = by(AnyOfStep, vec![signer("Ada", 1), in_role(Role::Approver, "Ben", 1)]).did(consent(2));
    let approved = Event::RecipientApproved { recipient: 2, shown: [(1, blank(1))].into() };
    given
        .when(approve_on(2, blank(1)))
        .then([approved, released([1]), sealing()], [end_link(2), end_link(1), Effect::CarryOutSeal]);
}

#[test]
fn the_first_signature_of_all_completes_the_document_where_the_rules_say_so() {
    let meant = by(AnyOfDocument, two_steps()).meant(1);
    meant.when(record_act(1, blank(1))).then(
        [signed(1, blank(1)), released([2, 3, 4]), sealing()],
        [end_link(2), end_link(3), end_link(4), Effect::CarryOutSeal],
    );
    let given = by(AnyOfDocument, two_steps());
    given.when(decline(1)).then([declined(1)], [end_link(1), acted(1)]);
    let second = given.did(decline(1)).did(decline(2));
    assert_eq!(words(&second), ["declined", "declined", "invited", "invited"]);
    assert!(is_sealing(&second.signed(4)));
}

#[test]
fn who_has_only_read_it_does_not_complete_a_document() {
    let three = vec![in_role(Role::Viewer, "Vera", 1), in_role(Role::Approver, "Ben", 1), signer("Ada", 2)];
    let read = by(AnyOfDocument, three).did(consent(1)).did(approve_on(1, blank(1)));
    assert_eq!(words(&read), ["viewed", "invited", "waiting"]);
    let both = read.did(consent(2)).did(approve_on(2, blank(1)));
    assert_eq!(words(&both), ["viewed", "approved", "invited"]);
}

#[test]
fn what_was_approved_and_signed_by_nobody_is_not_sealed() {
    let two = vec![in_role(Role::Approver, "Ben", 1), signer("Ada", 2), in_role(Role::Approver, "Cleo", 2)];
    let approved = by(All, two).did(consent(1)).did(approve_on(1, blank(1))).did(decline(2));
    let last = approved.did(consent(3));
    let done = Event::RecipientApproved { recipient: 3, shown: [(1, blank(1))].into() };
    let ended = Event::EnvelopeDeclined { recipient: 2 };
    let effects =
        [end_link(3), Effect::EndAllLinks, Effect::AuditTrail, outcome(1), outcome(3), outcome(None)];
    last.when(approve_on(3, blank(1))).then([done, ended], effects);
}

#[test]
fn a_witness_of_an_act_that_will_not_come_is_let_go() {
    let three = || vec![signer("Ada", 1), signer("Ben", 1), witness(1, 2), signer("Dan", 3)];
    // Declined,
    by(All, three())
        .when(decline(1))
        .then([declined(1), released([3])], [end_link(1), end_link(3), acted(1)]);
    // released,
    let over = by(AnyOfStep, three()).signed(2);
    assert_eq!(words(&over), ["released", "signed", "released", "invited"]);
    // and while another act is on its way only after that.
    let waits = by(All, three()).meant(2).did(decline(1));
    assert_eq!(words(&waits), ["declined", "signing", "waiting", "waiting"]);
    let over = waits.did(record_act(2, blank(1)));
    assert_eq!(words(&over), ["declined", "signed", "released", "invited"]);
    // A witness of an act that was done is asked.
    let seen = by(All, three()).signed(1).signed(2);
    assert_eq!(words(&seen), ["signed", "signed", "invited", "waiting"]);
}

#[test]
fn a_witness_signs_after_the_act_that_they_saw() {
    let three = vec![optional(signer("Ada", 1)), signer("Ben", 1), witness(1, 2)];
    let given = by(Required, three).signed(2);
    assert_eq!(words(&given), ["invited", "signed", "invited"]);
    given.when(open(3)).then_refused(Refusal::RecipientOutOfTurn);
    let meant = given.clone().meant(1);
    meant.when(open(3)).then_refused(Refusal::RecipientOutOfTurn);
    let head = meant.head();
    meant.did(record_act(1, head)).when(open(3)).then_allowed();
    // Invited already, they are let go all the same; then nobody is left.
    let over = given.did(decline(1));
    assert_eq!(words(&over), ["declined", "signed", "released"]);
    assert!(is_sealing(&over));
}

#[test]
fn taking_somebody_out_completes_what_is_left() {
    let two = by(All, vec![signer("Ada", 1), signer("Ben", 1)]).signed(1);
    let removed = Event::RecipientRemoved { recipient: 2 };
    two.when(remove(2)).then([removed, sealing()], [end_link(2), Effect::CarryOutSeal]);
    let any = by(AnyOfStep, two_steps()).did(remove(1)).did(remove(2));
    assert_eq!(words(&any), ["removed", "removed", "invited", "invited"]);
}

#[test]
fn who_was_let_go_hears_of_the_end_and_who_was_taken_out_does_not() {
    let given = by(AnyOfDocument, two_steps()).did(remove(3)).signed(1);
    let head = given.head();
    let over = given.clone().did(record_seal(head));
    let outcome_of = match over.state().status {
        Status::Ended(ending) => Some(ending.outcome),
        _ => None,
    };
    assert_eq!(outcome_of, Some(Outcome::Completed));
    let effects =
        [Effect::EndAllLinks, Effect::AuditTrail, outcome(1), outcome(2), outcome(4), outcome(None)];
    given.when(record_seal(head)).then_done(effects);
}
