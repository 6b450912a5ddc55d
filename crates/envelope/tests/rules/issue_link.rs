//! A link that is handed to the sender's side, who takes the person to their page.

use crate::given::*;
use envelope::commands::issue_link::{IssueLink, LinkAsker};
use envelope::{Arrival, Command, Event, Outcome, RecipientDraft, Refusal};

fn issued(recipient: u16) -> Event {
    Event::LinkIssued { recipient }
}

#[test]
fn whose_turn_it_is_can_be_taken_to_their_page_as_often_as_needed() {
    let asked = given(sent(draft()));
    for given in [
        asked.clone(),
        asked.clone().and([issued(1)]),
        asked.clone().and([opened(1)]),
        asked.and([opened(1), consented(1)]),
    ] {
        given.when(issue_link(1)).then([issued(1)], []);
    }
}

#[test]
fn a_link_that_was_handed_out_begins_no_visit() {
    let asked = given(sent(draft()));
    assert_eq!(asked.clone().and([issued(1)]).state().status, asked.state().status);
    asked.and([issued(1)]).when(open(1)).then([opened(1)], []);
}

#[test]
fn there_is_no_link_for_a_recipient_who_does_not_exist() {
    for given in [given(created(draft())), given(sent(draft())), given(all_signed()), given(completed())] {
        for number in [0, 3] {
            given.when(issue_link(number)).then_refused(Refusal::RecipientUnknown);
        }
    }
}

#[test]
fn there_is_no_link_before_it_was_sent() {
    given(created(draft())).when(issue_link(1)).then_refused(Refusal::NotSent);
}

#[test]
fn there_is_no_link_out_of_turn() {
    given(sent(draft())).when(issue_link(2)).then_refused(Refusal::RecipientOutOfTurn);
    given(sent(parallel())).when(issue_link(2)).then([issued(2)], []);
}

#[test]
fn there_is_no_link_to_sign_for_who_only_receives_copies() {
    let mut draft = draft();
    draft.recipients.push(copy("Cleo"));
    given(sent(draft)).when(issue_link(3)).then_refused(Refusal::RecipientHasNoAct);
}

#[test]
fn there_is_no_link_for_who_has_acted() {
    let signing = given(sent(draft())).and(went_to_sign(1, blank(1)));
    let signed = signing.clone().and([signed(1, blank(1)), step_opened(2, [2])]);
    let declined = given(sent(draft())).and([declined(1)]);
    for given in [signing, signed, declined, given(all_signed()), given(completed())] {
        given.when(issue_link(1)).then_refused(Refusal::AlreadyActed);
    }
}

/// A person who works for the tenant asks for a link.
fn asks(email: &str, recipient: u16) -> Command {
    let asked_by = LinkAsker::Person { email: email.into() };
    Command::IssueLink(IssueLink { recipient, asked_by })
}

#[test]
fn who_works_for_the_tenant_gets_their_own_link_and_nobody_elses() {
    let both = given(sent(parallel()));
    for own in ["ada@example.org", " Ada@Example.org "] {
        both.when(asks(own, 1)).then([issued(1)], []);
        both.when(asks(own, 2)).then_refused(Refusal::LinkOfAnotherPerson);
    }
    both.when(asks("bob@example.org", 1)).then_refused(Refusal::LinkOfAnotherPerson);
    both.when(asks("bob@example.org", 9)).then_refused(Refusal::RecipientUnknown);
    // The rules of everybody's turn hold for one's own link too.
    given(sent(draft())).when(asks("ben@example.org", 2)).then_refused(Refusal::RecipientOutOfTurn);
}

#[test]
fn of_whom_was_said_that_the_link_is_handed_over_anybody_at_the_desk_gets_the_link() {
    let handed = RecipientDraft { arrival: Arrival::Handed, email: "".into(), ..signer("Ada", 1) };
    let given = going(people(vec![handed, embedded("Ben", 1)]));
    given.when(asks("bob@example.org", 1)).then([issued(1)], []);
    given.when(asks("bob@example.org", 2)).then_refused(Refusal::LinkOfAnotherPerson);
}

#[test]
fn nobody_without_an_address_is_anybody() {
    let nobody = RecipientDraft { email: "".into(), ..embedded("Ada", 1) };
    let given = going(people(vec![nobody]));
    for email in ["", " "] {
        given.when(asks(email, 1)).then_refused(Refusal::LinkOfAnotherPerson);
    }
}

#[test]
fn there_is_no_link_after_the_end() {
    for (event, outcome) in [
        (Event::EnvelopeCancelled {}, Outcome::Cancelled),
        (Event::EnvelopeExpired {}, Outcome::Expired),
        (cancel_requested(), Outcome::Cancelled),
        (Event::ExpiryReached {}, Outcome::Expired),
    ] {
        given(sent(draft())).and([event]).when(issue_link(1)).then_refused(Refusal::EnvelopeEnded(outcome));
    }
}

#[test]
fn a_microsecond_before_its_end_there_is_a_link_and_at_its_end_there_is_none() {
    let asked = given(sent(draft()));
    asked.clone().at("2026-04-01T21:59:59.999999Z").when(issue_link(1)).then([issued(1)], []);
    asked.at(EXPIRY).when(issue_link(1)).then_refused(Refusal::EnvelopeEnded(Outcome::Expired));
}
