//! Sending an envelope.

use crate::given::*;
use envelope::commands::send::{SendEnvelope, check};
use envelope::{
    Command, Context, Draft, Effect, Event, Expiry, FieldDraft, FieldKind, NewRevision, Outcome, Part,
    RecipientDraft, Refusal, RevisionKind, Role, Rules,
};

fn sent_event(draft: &Draft) -> Event {
    Event::EnvelopeSent { expires_at: time(EXPIRY), revisions: prepared(draft) }
}

fn invitations<const N: usize>(recipients: [u16; N]) -> Vec<Effect> {
    recipients.map(|recipient| Effect::InvitationMail { recipient }).into()
}

#[track_caller]
fn told(draft: Draft, pointer: &str, code: &'static str, sentence: &str) {
    given(created(draft.clone())).when(send(&draft)).then_told(pointer, code, sentence);
}

/// Seed: xodo-sign.txt:52
/// Seed: xodo-sign.txt:69
/// Seed: xodo-sign.txt:217
/// Seed: consigno-cloud.txt:65
/// Seed: consigno-cloud.txt:163
/// Seed: secured-signing.txt:113
/// Seed: xodo-sign.txt:122
#[test]
fn the_first_step_is_invited_and_the_end_is_set() {
    let draft = draft();
    given(created(draft.clone()))
        .when(send(&draft))
        .then([sent_event(&draft), step_opened(1, [1])], invitations([1]));
}

/// Seed: consigno-cloud.txt:163
/// Seed: consigno-cloud.txt:165
/// Seed: xodo-sign.txt:52
#[test]
fn all_recipients_of_the_first_step_are_invited_together() {
    let draft = parallel();
    given(created(draft.clone()))
        .when(send(&draft))
        .then([sent_event(&draft), step_opened(1, [1, 2])], invitations([1, 2]));
}

#[test]
fn the_first_step_is_the_lowest_one_whatever_the_order_of_the_list() {
    let draft = Draft { recipients: vec![signer("Ada", 7), signer("Ben", 3)], ..draft() };
    given(created(draft.clone()))
        .when(send(&draft))
        .then([sent_event(&draft), step_opened(3, [2])], invitations([2]));
}

/// Seed: xodo-sign.txt:176
#[test]
fn who_receives_copies_is_not_invited() {
    let mut draft = draft();
    draft.recipients.push(copy("Cleo"));
    given(created(draft.clone()))
        .when(send(&draft))
        .then([sent_event(&draft), step_opened(1, [1])], invitations([1]));
    let progress = given(sent(draft)).state().status.progress().cloned().expect("it was sent");
    assert_eq!(progress.parts, [Part::Invited, Part::Waiting, Part::Copy]);
}

#[test]
fn what_was_sent_holds_the_upload_and_the_blank_fields_as_revisions() {
    let progress = given(sent(draft())).state().status.progress().cloned().expect("it was sent");
    let history: Vec<_> = progress.documents[0].iter().map(|it| (it.kind, it.digest, it.length)).collect();
    assert_eq!(history, [(RevisionKind::Upload, digest(1), 1000), (RevisionKind::Prepare, blank(1), 1500)]);
    assert_eq!((progress.sent_at, progress.expires_at), (time(NOW), time(EXPIRY)));
    assert_eq!(progress.step_base, [2]);
}

#[test]
fn preparing_may_add_nothing_and_is_no_revision_then() {
    let draft = draft();
    let unchanged = vec![revision(1, digest(1), digest(1))];
    let command = Command::Send(SendEnvelope { version: 1, revisions: unchanged.clone() });
    let event = Event::EnvelopeSent { expires_at: time(EXPIRY), revisions: unchanged };
    let opened = step_opened(1, [1]);
    given(created(draft.clone())).when(command).then([event.clone(), opened.clone()], invitations([1]));
    let state = given(created(draft)).and([event, opened]).state();
    let progress = state.status.progress().expect("it was sent");
    assert_eq!((progress.documents[0].len(), progress.step_base.clone()), (1, vec![1]));
}

#[test]
fn what_was_prepared_from_an_older_draft_is_not_sent() {
    let revised = Event::DraftRevised { draft: Box::new(Draft { title: "Other".into(), ..draft() }) };
    let moved = given(created(draft())).and([revised]);
    moved.when(send(&draft())).then_refused(Refusal::DraftMoved);
    moved.when(Command::Send(SendEnvelope { version: 2, revisions: prepared(&draft()) })).then_allowed();
}

#[test]
fn every_document_has_to_be_prepared_in_its_order_and_on_what_was_uploaded() {
    let draft = two_documents();
    let right = prepared(&draft);
    let refused = |revisions: Vec<NewRevision>| {
        let command = Command::Send(SendEnvelope { version: 1, revisions });
        given(created(draft.clone())).when(command).then_refused(Refusal::HeadMoved);
    };
    refused(Vec::new());
    refused(right[..1].to_vec());
    refused(right.iter().rev().cloned().collect());
    refused(right.iter().cloned().chain([revision(3, digest(3), blank(3))]).collect());
    refused(vec![right[0].clone(), revision(2, digest(99), blank(2))]);
    given(created(draft.clone())).when(send(&draft)).then_allowed();
}

#[test]
fn what_is_sent_has_a_title() {
    const SENTENCE: &str = "Give it a title; recipients read it in the mail.";
    for title in ["", "  "] {
        told(Draft { title: title.into(), ..draft() }, "/title", "title_missing", SENTENCE);
    }
}

#[test]
fn what_is_sent_has_a_document() {
    let nothing = Draft {
        documents: Vec::new(),
        fields: Vec::new(),
        rules: Rules { place_required: false, ..Rules::default() },
        ..draft()
    };
    told(nothing, "/documents", "document_missing", "Add at least one document.");
}

#[test]
fn what_is_sent_has_a_signer() {
    let copies = Draft { recipients: vec![copy("Ada")], fields: Vec::new(), ..draft() };
    told(copies, "/recipients", "signer_missing", "Add at least one person who signs.");
    let nobody = Draft { recipients: Vec::new(), fields: Vec::new(), ..draft() };
    told(nobody, "/recipients", "signer_missing", "Add at least one person who signs.");
    let one = Draft { recipients: vec![signer("Ada", 1)], fields: vec![place("ada", 1)], ..draft() };
    given(created(one.clone())).when(send(&one)).then_allowed();
}

#[test]
fn every_recipient_has_a_name_and_an_address() {
    let with = |name: &str, email: &str| {
        let ben = RecipientDraft { name: name.into(), email: email.into(), ..signer("Ben", 2) };
        Draft { recipients: vec![signer("Ada", 1), ben], ..draft() }
    };
    for name in ["", " "] {
        told(
            with(name, "ben@example.org"),
            "/recipients/1/name",
            "name_missing",
            "Recipient 2 has no name; write it as it shall stand in the document.",
        );
    }
    told(
        with("Ben", ""),
        "/recipients/1/email",
        "email_missing",
        "Recipient 2 has no e-mail address; the link is sent there.",
    );
}

#[test]
fn a_signer_without_a_place_to_sign_is_refused_unless_the_rules_allow_it() {
    let initials_only = vec![place("ada", 1), field("ben", FieldKind::Initials, 2)];
    for fields in [vec![place("ada", 1)], initials_only] {
        let draft = Draft { fields, ..draft() };
        told(
            draft.clone(),
            "/recipients/1",
            "place_missing",
            "Recipient 2 has no place to sign; put a signature field on a page.",
        );
        let flexible = Draft { rules: Rules { place_required: false, ..Rules::default() }, ..draft };
        given(created(flexible.clone())).when(send(&flexible)).then_allowed();
    }
}

#[test]
fn one_place_in_any_document_is_enough() {
    let fields = vec![place("ada", 1), FieldDraft { document: 2, ..place("ben", 2) }];
    let draft = Draft { fields, ..two_documents() };
    given(created(draft.clone())).when(send(&draft)).then_allowed();
}

#[test]
fn who_receives_copies_has_no_fields() {
    let mut draft = draft();
    draft.recipients.push(copy("Cleo"));
    given(created(draft.clone())).when(send(&draft)).then_allowed();
    draft.fields.push(place("cleo", 3));
    told(
        draft,
        "/recipients/2",
        "copy_with_fields",
        "Recipient 3 only receives a copy and has fields; remove them or let them sign.",
    );
}

#[test]
fn all_that_is_missing_is_said_at_once() {
    let unready = Draft {
        expiry: Expiry::At(time(NOW)),
        recipients: vec![RecipientDraft { name: "".into(), ..signer("Ada", 1) }],
        ..empty()
    };
    given(created(unready.clone())).when(send(&unready)).then_found([
        ("/title", "title_missing"),
        ("/documents", "document_missing"),
        ("/recipients/0/name", "name_missing"),
        ("/recipients/0", "place_missing"),
        ("/expires_at", "expiry_in_the_past"),
    ]);
}

#[test]
fn what_was_wrong_in_the_draft_is_found_again() {
    let wrong = Draft { language: "xx".into(), ..draft() };
    given(created(wrong.clone())).when(send(&wrong)).then_found([("/language", "language_unknown")]);
}

#[test]
fn a_draft_can_be_checked_before_anything_is_prepared() {
    let context = Context::at(time(NOW));
    assert_eq!(check(&given(created(draft())).state(), &context), Ok(time(EXPIRY)));
    assert_eq!(check(&given(sent(draft())).state(), &context), Err(Refusal::AlreadySent));
}

#[test]
fn it_is_sent_once() {
    let draft = draft();
    given(sent(draft.clone())).when(send(&draft)).then_refused(Refusal::AlreadySent);
    given(all_signed()).when(send(&draft)).then_refused(Refusal::AlreadySent);
    given(completed()).when(send(&draft)).then_refused(Refusal::EnvelopeEnded(Outcome::Completed));
    let gone = given(created(draft.clone())).and([Event::EnvelopeCancelled {}]);
    gone.when(send(&draft)).then_refused(Refusal::EnvelopeEnded(Outcome::Cancelled));
}

#[test]
fn the_role_alone_says_who_signs() {
    let mut draft = draft();
    draft.recipients.push(copy("Cleo"));
    let state = given(created(draft)).state();
    assert_eq!([1, 2, 3, 0, 4].map(|number| state.is_signer(number)), [true, true, false, false, false]);
    assert_eq!(state.draft.recipients[2].role, Role::Copy);
}
