//! What each role does when its turn has come.

use crate::given::*;
use envelope::commands::approve::Approve;
use envelope::commands::finish_filling::FinishFilling;
use envelope::commands::record_fill::RecordFill;
use envelope::{
    ActKind, Command, Digest, Draft, Effect, Event, FieldKind, Finding, MailWishes, Part, RecipientDraft,
    Refusal, RevisionKind, Role,
};

fn robot(name: &str, step: u16) -> RecipientDraft {
    RecipientDraft { mandate: Some("Power".into()), ..in_role(Role::AutomaticSigner, name, step) }
}

/// What a robot intends, having been shown this.
fn by_mandate(recipient: u16, shown: Digest) -> Event {
    Event::SigningIntended {
        recipient,
        documents: vec![1],
        shown: [(1, shown)].into(),
        values: [].into(),
        signature: None,
        initials: None,
        meaning: None,
    }
}

fn first(role: Role) -> Given {
    going(people(vec![in_role(role, "Ben", 1), signer("Ada", 2)]))
}

fn filler() -> Draft {
    let mut draft = people(vec![in_role(Role::Filler, "Ben", 1), signer("Ada", 2)]);
    draft.fields.push(field("city", FieldKind::Text, 1));
    draft
}

fn city(value: &str) -> FinishFilling {
    FinishFilling { values: [("city".into(), value.to_owned())].into(), ..filling(1) }
}

fn record_fill(base: Digest) -> Command {
    Command::RecordFill(RecordFill { recipient: 1, revisions: vec![revision(1, base, digest(3001))] })
}

#[test]
fn an_approver_approves_and_a_viewer_has_read_at_once_and_without_a_mark() {
    let shown = || [(1, blank(1))].into();
    for (role, done, word, part) in [
        (
            Role::Approver,
            Event::RecipientApproved { recipient: 1, shown: shown() },
            "approved",
            Part::Approved { at: time(NOW) },
        ),
        (
            Role::Viewer,
            Event::RecipientViewed { recipient: 1, shown: shown() },
            "viewed",
            Part::Viewed { at: time(NOW) },
        ),
    ] {
        let ready = first(role).did(consent(1));
        ready
            .when(approve_on(1, blank(1)))
            .then([done, step_opened(2, [2])], [end_link(1), invite(2), acted(1)]);
        let over = ready.did(approve_on(1, blank(1)));
        assert_eq!((over.part(1), over.part(1).word()), (part, word));
        assert_eq!(over.head(), blank(1));
        over.when(approve_on(1, blank(1))).then_refused(Refusal::AlreadyActed);
    }
}

#[test]
fn who_approves_was_shown_every_document_as_it_is_and_has_consented() {
    let both = Draft {
        documents: vec![document(1), document(2)],
        ..people(vec![in_role(Role::Approver, "Ben", 1), signer("Ada", 2)])
    };
    let waiting = going(both);
    waiting.when(approve_on(1, blank(1))).then_refused(Refusal::ConsentMissing);
    let ready = waiting.did(consent(1));
    ready.when(approve_on(1, blank(1))).then_refused(Refusal::RevisionMoved { document: 2 });
    ready.when(approve_on(1, digest(1))).then_refused(Refusal::RevisionMoved { document: 1 });
    let shown = [(1, blank(1)), (2, blank(2))].into();
    ready.when(Command::Approve(Approve { recipient: 1, shown })).then_allowed();
}

/// Seed: consigno-cloud.txt:65
#[test]
fn what_a_filler_fills_goes_into_the_document_without_a_signature() {
    let ready = going(filler()).did(consent(1));
    let intent = Event::FillingIntended {
        recipient: 1,
        documents: vec![1],
        shown: [(1, blank(1))].into(),
        values: personal([("city", "Paris")]),
    };
    ready.when(Command::FinishFilling(city("Paris"))).then([intent], [end_link(1), carry_out(1)]);
    let meant = ready.did(Command::FinishFilling(city("Paris")));
    let progress = meant.progress();
    let act = progress.act(1).expect("it waits");
    assert_eq!((act.kind, act.documents.clone(), act.at), (ActKind::Fill, vec![1], time(NOW)));
    assert_eq!((act.signature.clone(), act.initials.clone()), (None, None));
    assert_eq!((progress.values.clone(), meant.part(1)), (personal([("city", "Paris")]), Part::Signing));
    // Its worker records a filling, not a signature.
    meant.when(record_act(1, blank(1))).then_refused(Refusal::NothingPending);
    meant.when(record_fill(digest(99))).then_refused(Refusal::HeadMoved);
    let revisions = vec![revision(1, blank(1), digest(3001))];
    let filled = Event::RecipientFilled { recipient: 1, revisions };
    meant.when(record_fill(blank(1))).then([filled, step_opened(2, [2])], [invite(2), acted(1)]);
    let over = meant.did(record_fill(blank(1)));
    over.when(record_fill(digest(3001))).then_refused(Refusal::NothingPending);
    assert_eq!(over.part(1), Part::Filled { at: time(NOW) });
    let head = over.progress().head(1).cloned().expect("there is a document");
    assert_eq!((head.kind, head.digest), (RevisionKind::Fill { recipient: 1 }, digest(3001)));
    assert!(over.progress().acts.is_empty());
    // The next one signs what was filled.
    over.did(consent(2))
        .when(sign_on(2, [(1, blank(1))]))
        .then_refused(Refusal::RevisionMoved { document: 1 });
}

#[test]
fn a_signature_is_not_recorded_as_a_filling() {
    let meant = going(people(vec![signer("Ada", 1)])).meant(1);
    meant.when(record_fill(blank(1))).then_refused(Refusal::NothingPending);
    given(created(draft())).when(record_fill(blank(1))).then_refused(Refusal::NothingPending);
}

#[test]
fn a_filler_fills_what_is_required_and_what_can_be_drawn() {
    let ready = going(filler()).did(consent(1));
    ready.when(finish_filling(1)).then_found([("/values/city", "field_required")]);
    ready.when(Command::FinishFilling(city("a\nb"))).then_found([("/values/city", "text_malformed")]);
    let undrawable = Finding::new("/values/city", "text_not_drawable", "Draw it.");
    let drawn = FinishFilling { drawing_findings: vec![undrawable.clone()], ..city("Paris") };
    ready.when(Command::FinishFilling(drawn)).then_refused(Refusal::Invalid(vec![undrawable]));
    let moved = FinishFilling { shown: [(1, digest(99))].into(), ..city("Paris") };
    ready.when(Command::FinishFilling(moved)).then_refused(Refusal::RevisionMoved { document: 1 });
    // What was filled before counts.
    ready.did(fill(1, [("city", "Paris")])).when(finish_filling(1)).then_allowed();
}

#[test]
fn a_filler_without_fields_is_done_at_once() {
    let ready = first(Role::Filler).did(consent(1));
    let filled = Event::RecipientFilled { recipient: 1, revisions: Vec::new() };
    ready.when(finish_filling(1)).then([filled, step_opened(2, [2])], [end_link(1), invite(2), acted(1)]);
}

#[test]
fn nobody_does_the_act_of_another_role() {
    for role in [Role::Filler, Role::Approver, Role::Viewer] {
        let ready = first(role).did(consent(1));
        ready.when(sign(1)).then_refused(Refusal::OtherAct);
        if role != Role::Filler {
            ready.when(finish_filling(1)).then_refused(Refusal::OtherAct);
        } else {
            ready.when(approve_on(1, blank(1))).then_refused(Refusal::OtherAct);
        }
    }
    let ready = first(Role::Signer).did(consent(1));
    ready.when(approve_on(1, blank(1))).then_refused(Refusal::OtherAct);
    ready.when(finish_filling(1)).then_refused(Refusal::OtherAct);
}

#[test]
fn in_person_signers_and_witnesses_sign_as_signers_do() {
    let guest = RecipientDraft { host: Some(3), ..in_role(Role::InPersonSigner, "Guest", 1) };
    let witness = RecipientDraft { witness_of: Some(1), ..in_role(Role::Witness, "Will", 2) };
    let going = going(people(vec![guest, witness, in_role(Role::Host, "Hal", 1)]));
    assert_eq!([1, 2, 3].map(|it| going.part(it)), [Part::Invited, Part::Waiting, Part::Copy]);
    for command in [open(3), sign(3), decline(3)] {
        going.when(command).then_refused(Refusal::RecipientHasNoAct);
    }
    let signed = going.signed(1);
    assert_eq!(signed.part(1).word(), "signed");
    // The host hears nothing of the end; the others do.
    let sealed = signed.signed(2);
    let head = sealed.head();
    let effects = [Effect::EndAllLinks, Effect::AuditTrail, outcome(1), outcome(2), outcome(None)];
    sealed.when(record_seal(head)).then_done(effects);
}

/// Seed: secured-signing.txt:112
#[test]
fn the_sender_can_be_the_one_who_signs() {
    let (name, email) = (sender().name, sender().email);
    let alone = going(people(vec![RecipientDraft { name, email, ..signer("Grace", 1) }]));
    assert_eq!(alone.signed(1).state().status.word(), "finishing");
}

#[test]
fn an_automatic_signer_signs_in_its_turn_without_anybody_asking() {
    let draft = people(vec![robot("Robot", 1), signer("Ada", 1)]);
    let sent = Event::EnvelopeSent { expires_at: time(EXPIRY), revisions: prepared(&draft) };
    given(created(draft.clone()))
        .when(send(&draft))
        .then([sent, step_opened(1, [1, 2]), by_mandate(1, blank(1))], [carry_out(1), invite(2)]);
    let going = going(draft);
    assert_eq!(going.part(1), Part::Signing);
    going.when(sign(1)).then_refused(Refusal::AlreadyActed);
    // Ada may sign on top of what she was shown before it.
    going.did(record_act(1, blank(1))).did(consent(2)).when(sign(2)).then_allowed();
}

#[test]
fn automatic_signers_in_a_row_follow_each_other() {
    let going = going(people(vec![signer("Ada", 1), robot("Robot", 2), robot("Other", 3)]));
    let meant = going.meant(1);
    meant.when(record_act(1, blank(1))).then(
        [signed(1, blank(1)), step_opened(2, [2]), by_mandate(2, signed_by(1, 1))],
        [carry_out(2), acted(1)],
    );
    let second = meant.did(record_act(1, blank(1)));
    second.when(record_act(2, signed_by(1, 1))).then(
        [signed(2, signed_by(1, 1)), step_opened(3, [3]), by_mandate(3, signed_by(2, 1))],
        [carry_out(3), acted(2)],
    );
    let third = second.did(record_act(2, signed_by(1, 1)));
    third
        .when(record_act(3, signed_by(2, 1)))
        .then([signed(3, signed_by(2, 1)), Event::SealingIntended {}], [Effect::CarryOutSeal]);
}

#[test]
fn what_an_automatic_signer_signs_bears_the_date_of_its_turn() {
    let mut draft = people(vec![robot("Robot", 1)]);
    draft.fields.push(field("date", FieldKind::DateSigned, 1));
    let events = given(created(draft.clone())).when(send(&draft)).events();
    let values = events.into_iter().find_map(|it| match it {
        Event::SigningIntended { values, .. } => Some(values),
        _ => None,
    });
    assert_eq!(values, Some(personal([("date", "2026-03-02")])));
}

/// Seed: consigno-cloud.txt:206
/// Seed: consigno-cloud.txt:208
/// Seed: consigno-cloud.txt:210
#[test]
fn the_sender_hears_of_each_act_and_of_the_end_unless_they_do_not_want_to() {
    let wishes = |to_sender| {
        let mails = MailWishes { to_sender, ..MailWishes::default() };
        going(Draft { mails, ..draft() })
    };
    let hears = |given: Given| {
        let meant = given.meant(1);
        let mails = |effect: &Effect| {
            matches!(effect, Effect::ActedMail { .. } | Effect::OutcomeMail { recipient: None })
        };
        let first = meant.when(record_act(1, blank(1))).effects();
        let sealing = meant.did(record_act(1, blank(1))).signed(2);
        let last = sealing.when(record_seal(signed_by(2, 1))).effects();
        first.into_iter().chain(last).filter(mails).collect::<Vec<_>>()
    };
    for to_sender in [None, Some(true)] {
        assert_eq!(hears(wishes(to_sender)), [acted(1), outcome(None)]);
    }
    assert_eq!(hears(wishes(Some(false))), []);
}
