//! Changing a draft.

use crate::given::*;
use envelope::commands::revise::ReviseDraft;
use envelope::{Command, Draft, Event, Outcome, Refusal};

fn shorter() -> Draft {
    Draft { title: "Short lease".into(), ..draft() }
}

fn revised() -> Event {
    Event::DraftRevised { draft: Box::new(shorter()) }
}

#[test]
fn a_draft_is_replaced_whole() {
    given(created(draft())).when(revise(1, shorter())).then([revised()], []);
    let state = given(created(draft())).and([revised()]).state();
    assert_eq!((state.draft, state.version), (shorter(), 2));
}

#[test]
fn a_change_made_on_the_version_before_is_refused_and_one_on_this_version_passes() {
    let moved = given(created(draft())).and([revised()]);
    moved.when(revise(1, draft())).then_refused(Refusal::DraftMoved);
    moved.when(revise(3, draft())).then_refused(Refusal::DraftMoved);
    moved.when(revise(2, draft())).then_allowed();
}

#[test]
fn a_change_that_names_no_version_is_made_on_whatever_is_there() {
    let command = Command::Revise(ReviseDraft { version: None, draft: draft(), by_edit_link: false });
    let back = Event::DraftRevised { draft: Box::new(draft()) };
    given(created(draft())).and([revised()]).when(command).then([back], []);
}

#[test]
fn a_change_that_changes_nothing_is_no_event() {
    given(created(draft())).when(revise(1, draft())).then_nothing();
}

#[test]
fn what_is_wrong_in_a_change_is_refused_with_its_place() {
    let wrong = Draft { time_zone: "Mars/Olympus".into(), ..draft() };
    given(created(draft())).when(revise(1, wrong)).then_found([("/time_zone", "time_zone_unknown")]);
}

#[test]
fn what_was_sent_cannot_be_changed() {
    given(sent(draft())).when(revise(3, shorter())).then_refused(Refusal::AlreadySent);
    given(all_signed()).when(revise(3, shorter())).then_refused(Refusal::AlreadySent);
}

#[test]
fn what_has_ended_cannot_be_changed() {
    let gone = given(created(draft())).and([Event::EnvelopeCancelled {}]);
    gone.when(revise(2, shorter())).then_refused(Refusal::EnvelopeEnded(Outcome::Cancelled));
}
