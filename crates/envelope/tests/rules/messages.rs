//! What became of messages.

use crate::given::*;
use envelope::{Delivery, Effect, Envelope, Event, Outcome, Refusal, Status};

fn accepted(recipient: Option<u16>) -> Event {
    Event::MessageSent { recipient, purpose: "invitation".into(), message: "m1@example.org".into() }
}

fn refused(recipient: Option<u16>) -> Event {
    Event::MessageRefused {
        recipient,
        purpose: "invitation".into(),
        message: "m1@example.org".into(),
        reply: Some("550 5.1.1".into()),
    }
}

#[test]
fn what_became_of_a_message_is_recorded_also_after_the_end() {
    for recipient in [None, Some(1), Some(2)] {
        for state in [given(sent(draft())), given(completed())] {
            state.when(record_message(recipient)).then([accepted(recipient)], []);
            let told = (recipient, matches!(state.state().status, Status::InProgress(_)));
            let told = if let (Some(recipient), true) = told {
                vec![Effect::BouncedMail { recipient }]
            } else {
                vec![]
            };
            state.when(record_refused_message(recipient)).then([refused(recipient)], told);
        }
    }
}

#[test]
fn the_sender_is_told_once_that_an_address_takes_no_mail() {
    let given = given(sent(draft())).did(record_refused_message(Some(1)));
    assert!(given.person(1).bounced_at.is_some());
    given.when(record_refused_message(Some(1))).then([refused(Some(1))], []);
}

#[test]
fn no_message_goes_to_a_recipient_who_does_not_exist() {
    for recipient in [Some(0), Some(3)] {
        for command in [record_message(recipient), record_refused_message(recipient)] {
            given(sent(draft())).when(command.clone()).then_refused(Refusal::RecipientUnknown);
            given(completed()).when(command).then_refused(Refusal::RecipientUnknown);
        }
    }
}

#[test]
fn the_last_message_to_each_says_whether_they_are_reached() {
    let asked = given(sent(parallel()));
    assert!(asked.state().deliveries.is_empty());
    let once = asked.and([refused(Some(1)), accepted(Some(2)), refused(None)]);
    assert_eq!(once.state().deliveries, [(1, Delivery::Refused), (2, Delivery::Accepted)].into());
    let again = once.and([accepted(Some(1))]);
    assert_eq!(again.state().deliveries, [(1, Delivery::Accepted), (2, Delivery::Accepted)].into());
}

#[test]
fn who_was_not_reached_can_still_act() {
    given(sent(draft())).and([refused(Some(1))]).when(open(1)).then([opened(1)], []);
}

#[test]
fn a_message_changes_no_status() {
    for message in [accepted(None), refused(None), refused(Some(1))] {
        for given in [given(sent(draft())), given(all_signed()), given(completed())] {
            let (before, after) = (given.state(), given.clone().and([message.clone()]));
            let parts = |state: &Envelope| state.status.progress().map(|it| it.parts.clone());
            assert_eq!(after.state().status.word(), before.status.word());
            assert_eq!(parts(&after.state()), parts(&before));
        }
    }
    let Status::Ended(ending) = given(completed()).state().status else { unreachable!("it is completed") };
    assert_eq!(ending.outcome, Outcome::Completed);
}

#[test]
fn of_a_corrected_address_nothing_is_known_before_a_mail_went_there() {
    let refused = given(sent(draft())).and([accepted(Some(2))]).did(record_refused_message(Some(1)));
    assert_eq!(refused.state().deliveries, [(1, Delivery::Refused), (2, Delivery::Accepted)].into());
    for change in [correct(1, "new@example.org"), replace(1)] {
        let changed = refused.clone().did(change);
        assert_eq!(changed.state().deliveries, [(2, Delivery::Accepted)].into());
    }
}

#[test]
fn what_became_of_a_mail_has_its_word() {
    assert_eq!([Delivery::Accepted, Delivery::Refused].map(Delivery::word), ["accepted", "refused"]);
}
