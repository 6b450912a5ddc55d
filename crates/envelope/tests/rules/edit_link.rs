//! The address by which somebody without an account works on one draft.

use crate::given::*;
use envelope::commands::revise::ReviseDraft;
use envelope::edit_link::{EditLink, EditStanding, may_be_made, wish_findings};
use envelope::{
    Arrival, Command, Completion, Draft, Event, MailWishes, Method, Notice, Outcome, RecipientDraft, Refusal,
    Returns, Role, Rules, Shelf,
};

/// It holds for an hour from [`NOW`] on.
fn link() -> EditLink {
    EditLink { expires_at: time("2026-03-02T11:00:00Z"), ended: false }
}

fn taken_back() -> EditLink {
    EditLink { ended: true, ..link() }
}

fn shelved(shelf: Shelf) -> Event {
    Event::EnvelopeShelved { shelf }
}

fn thrown_away() -> Vec<Given> {
    let draft = given(created(draft()));
    vec![
        draft.clone().and([shelved(Shelf::Trash)]),
        draft.clone().and([shelved(Shelf::Deleted)]),
        draft.and([Event::EnvelopeCancelled {}]),
    ]
}

fn went_out() -> Vec<Given> {
    vec![
        given(sent(draft())),
        given(all_signed()),
        given(completed()),
        given(completed()).and([shelved(Shelf::Trash)]),
    ]
}

#[track_caller]
fn stands(given: &Given, link: EditLink, expected: EditStanding) {
    assert_eq!(link.standing(&given.state(), given.context().now), expected);
}

#[test]
fn it_holds_as_long_as_the_draft_is_one() {
    for shelf in [Shelf::Desk, Shelf::Archive] {
        stands(&given(created(draft())).and([shelved(shelf)]), link(), EditStanding::Open);
    }
    went_out().iter().for_each(|given| stands(given, link(), EditStanding::Sent));
    thrown_away().iter().for_each(|given| stands(given, link(), EditStanding::Discarded));
}

#[test]
fn it_holds_again_when_the_draft_is_taken_back() {
    let back = given(created(draft())).and([shelved(Shelf::Trash), shelved(Shelf::Desk)]);
    stands(&back, link(), EditStanding::Open);
}

#[test]
fn it_holds_until_its_time_is_over() {
    let draft = given(created(draft()));
    stands(&draft.clone().at("2026-03-02T10:59:59.999Z"), link(), EditStanding::Open);
    stands(&draft.at("2026-03-02T11:00:00Z"), link(), EditStanding::Expired);
}

#[test]
fn what_became_of_the_draft_is_told_after_its_time_too() {
    for given in went_out() {
        stands(&given.at("2026-03-03T11:00:00Z"), link(), EditStanding::Sent);
    }
    for given in thrown_away() {
        stands(&given.at("2026-03-03T11:00:00Z"), link(), EditStanding::Discarded);
    }
}

#[test]
fn to_whom_it_was_taken_from_nothing_is_told() {
    let all = went_out().into_iter().chain(thrown_away()).chain([given(created(draft()))]);
    for given in all {
        stands(&given, taken_back(), EditStanding::Ended);
        stands(&given.at("2026-03-03T11:00:00Z"), taken_back(), EditStanding::Ended);
    }
}

#[test]
fn nothing_is_done_by_one_that_does_not_hold() {
    assert_eq!(EditStanding::Open.open(), Ok(()));
    for (standing, word, refusal) in [
        (EditStanding::Sent, "sent", Refusal::AlreadySent),
        (EditStanding::Discarded, "discarded", Refusal::DraftDiscarded),
        (EditStanding::Ended, "ended", Refusal::EditLinkEnded),
        (EditStanding::Expired, "expired", Refusal::EditLinkExpired),
    ] {
        assert_eq!(standing.word(), word);
        assert!(refusal.to_string().ends_with('.') && !refusal.code().is_empty());
        assert_eq!(standing.open(), Err(refusal));
    }
    assert_eq!(EditStanding::Open.word(), "open");
}

#[test]
fn it_is_made_for_a_draft_alone() {
    assert_eq!(may_be_made(&given(created(draft())).state()), Ok(()));
    for given in went_out() {
        assert_eq!(may_be_made(&given.state()), Err(Refusal::AlreadySent));
    }
    for given in thrown_away() {
        assert_eq!(may_be_made(&given.state()), Err(Refusal::DraftDiscarded));
    }
}

#[test]
fn it_holds_from_an_hour_to_thirty_days_and_leads_back_to_a_web_address() {
    for hours in [1, 720] {
        assert_eq!(wish_findings(hours, Some("https://app.example.org/back?order=7")), []);
        assert_eq!(wish_findings(hours, None), []);
    }
    for hours in [0, 721] {
        let found = wish_findings(hours, None);
        let found: Vec<_> = found.iter().map(|it| (it.pointer.as_str(), it.code)).collect();
        assert_eq!(found, [("/expires_in_hours", "expiry_malformed")]);
    }
    for address in ["javascript:alert(1)", "//app.example.org", "https://", "https://a b", ""] {
        let found = wish_findings(1, Some(address));
        let found: Vec<_> = found.iter().map(|it| (it.pointer.as_str(), it.code)).collect();
        assert_eq!(found, [("/return_url", "address_malformed")], "{address}");
    }
}

/// Ada in the sender's pages first, Ben by mail after her.
fn led() -> Draft {
    Draft { recipients: vec![embedded("Ada", 1), signer("Ben", 2)], ..draft() }
}

#[track_caller]
fn signs_next(given: &Given, link: EditLink, email: &str) -> Option<u16> {
    link.signs_next(&given.state(), &given.context(), |it| it.email.text() == email)
}

const ADA: &str = "ada@example.org";
const BEN: &str = "ben@example.org";

#[test]
fn its_holder_goes_on_to_sign_where_it_is_their_turn() {
    assert_eq!(signs_next(&given(sent(led())), link(), ADA), Some(1));
    let mut handed = led();
    handed.recipients[0].arrival = Arrival::Handed;
    assert_eq!(signs_next(&given(sent(handed)), link(), ADA), Some(1));
}

#[test]
fn its_holder_signs_in_nobody_elses_place() {
    assert_eq!(signs_next(&given(sent(led())), link(), "eve@example.org"), None);
    assert_eq!(signs_next(&given(sent(led())), link(), BEN), None, "it is not their turn");
    assert_eq!(signs_next(&given(created(led())), link(), ADA), None, "it has not been sent");
}

#[test]
fn who_is_asked_by_mail_shows_by_it_that_the_address_is_theirs() {
    assert_eq!(signs_next(&given(sent(draft())), link(), ADA), None);
}

#[test]
fn nobody_goes_on_to_sign_by_one_that_does_not_hold() {
    let sent = given(sent(led()));
    assert_eq!(signs_next(&sent, taken_back(), ADA), None);
    assert_eq!(signs_next(&sent.clone().at("2026-03-02T10:59:59Z"), link(), ADA), Some(1));
    assert_eq!(signs_next(&sent.at("2026-03-02T11:00:00Z"), link(), ADA), None);
}

/// A draft as an application makes it, with all that its guest is to leave alone.
fn settled() -> Draft {
    let own = Returns { done: Some("https://app.example.org/own".into()), ..Returns::default() };
    let known = RecipientDraft {
        authentication: vec![Method::Host { client_user_id: Some("4711".into()) }],
        notice: Notice { returns: own, ..Notice::default() },
        ..embedded("Ada", 1)
    };
    let told = RecipientDraft { authentication: vec![custom()], ..signer("Ben", 2) };
    Draft {
        recipients: vec![known, told],
        frame_origins: vec!["https://app.example.org".into()],
        returns: Returns { done: Some("https://app.example.org/done".into()), ..Returns::default() },
        mails: MailWishes { sender_name: "App".into(), subject: "Sign".into(), ..MailWishes::default() },
        ..draft()
    }
}

fn guest_asks(change: impl FnOnce(&mut Draft)) -> Answer {
    let mut draft = settled();
    change(&mut draft);
    let command =
        |by_edit_link| Command::Revise(ReviseDraft { version: Some(1), draft: draft.clone(), by_edit_link });
    // Whatever it is: whoever has an account may.
    given(created(settled())).when(command(false)).then_allowed();
    given(created(settled())).when(command(true))
}

#[test]
fn a_guest_changes_what_is_asked_of_whom() {
    guest_asks(|it| it.title = "Another".into()).then_allowed();
    guest_asks(|it| it.mails.subject = "Please sign".into()).then_allowed();
    guest_asks(|it| it.recipients.push(signer("Cleo", 3))).then_allowed();
    guest_asks(|it| it.recipients.reverse()).then_allowed();
    guest_asks(|it| it.recipients[0].name = "Ada L.".into()).then_allowed();
    guest_asks(|it| {
        it.recipients.truncate(1);
        it.fields.truncate(1);
    })
    .then_allowed();
    guest_asks(|it| it.recipients[1].authentication = vec![Method::EmailCode]).then_allowed();
}

#[test]
fn a_guest_leaves_what_the_application_settled() {
    let elsewhere = || Returns { done: Some("https://evil.example".into()), ..Returns::default() };
    guest_asks(|it| it.rules = Rules { completion: Completion::Required, ..it.rules.clone() })
        .then_found([("/rules", "not_by_edit_link")]);
    guest_asks(|it| it.frame_origins.push("https://evil.example".into()))
        .then_found([("/frame_origins", "not_by_edit_link")]);
    guest_asks(|it| it.returns = elsewhere()).then_found([("/returns", "not_by_edit_link")]);
    guest_asks(|it| it.mails.sender_name = "The bank".into()).then_found([("/mails", "not_by_edit_link")]);
    guest_asks(|it| it.recipients[1].notice.returns = elsewhere())
        .then_found([("/recipients/1/returns", "not_by_edit_link")]);
}

#[test]
fn a_guest_leads_another_recipient_to_an_address_that_the_application_gave() {
    let own = settled().recipients[0].notice.returns.clone();
    guest_asks(|it| it.recipients[1].notice.returns = own).then_allowed();
    guest_asks(|it| it.recipients[0].notice.returns = Returns::default()).then_allowed();
}

#[test]
fn a_guest_says_of_nobody_that_an_application_knows_them() {
    let at = "/recipients/0/authentication";
    guest_asks(|it| it.recipients[0].email = BEN.replace("ben", "eve").as_str().into())
        .then_found([(at, "not_by_edit_link")]);
    guest_asks(|it| it.recipients[0].authentication = vec![custom()]).then_found([(at, "not_by_edit_link")]);
    guest_asks(|it| it.recipients[1].arrival = embedded("Ben", 2).arrival)
        .then_found([("/recipients/1/authentication", "not_by_edit_link")]);
    guest_asks(|it| it.recipients.push(embedded("Cleo", 3)))
        .then_found([("/recipients/2/authentication", "not_by_edit_link")]);
}

#[test]
fn a_guest_has_nothing_signed_without_a_person() {
    let by = |mandate: &str| RecipientDraft {
        role: Role::AutomaticSigner,
        mandate: Some(mandate.into()),
        ..signer("Dan", 3)
    };
    guest_asks(|it| it.recipients.push(by("Power of attorney")))
        .then_found([("/recipients/2/authentication", "not_by_edit_link")]);
    let entitled = Draft { recipients: vec![signer("Ada", 1), by("Power of attorney")], ..draft() };
    let asks = |recipient| {
        let draft = Draft { recipients: vec![signer("Ada", 1), recipient], title: "New".into(), ..draft() };
        let command = Command::Revise(ReviseDraft { version: Some(1), draft, by_edit_link: true });
        given(created(entitled.clone())).when(command)
    };
    asks(by("Power of attorney")).then_allowed();
    asks(by("Whatever I like")).then_found([("/recipients/1/authentication", "not_by_edit_link")]);
}

#[test]
fn what_a_guest_may_not_change_later_is_still_refused_with_its_state() {
    let command = Command::Revise(ReviseDraft { version: None, draft: settled(), by_edit_link: true });
    given(sent(draft())).when(command.clone()).then_refused(Refusal::AlreadySent);
    let gone = given(created(draft())).and([Event::EnvelopeCancelled {}]);
    gone.when(command).then_refused(Refusal::EnvelopeEnded(Outcome::Cancelled));
}
