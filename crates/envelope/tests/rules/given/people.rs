//! Recipients of every kind, what they and the sender ask, and what happens by it, in few words.

use super::{Given, blank, consent, create, created, draft, given, place, record_act, send, sign_on, signer};
use envelope::commands::{
    answer_challenge::AnswerChallenge, answer_delegation::AnswerDelegation, approve::Approve,
    begin_challenge::BeginChallenge, correct_recipient::CorrectRecipient, delegate::Delegate,
    extend::ExtendEnvelope, finish_filling::FinishFilling, lift_lock::LiftLock, record_bounce::RecordBounce,
    remind::Remind, remove_recipient::RemoveRecipient, repeat_invitation::RepeatInvitation,
    replace_recipient::ReplaceRecipient, shelve::ShelveEnvelope, withdraw_consent::WithdrawConsent,
};
use envelope::{
    Arrival, Command, Digest, Draft, Effect, Embedding, Event, Expiry, Method, MethodKind, RecipientDraft,
    Role, Rules, Shelf,
};

/// The draft, sent by the rules themselves.
#[track_caller]
pub fn going(draft: Draft) -> Given {
    given(created(draft.clone())).did(send(&draft))
}

/// Such a draft can be made.
#[track_caller]
pub fn fine(draft: Draft) {
    given([]).when(create(draft)).then_allowed();
}

/// Already a draft cannot be like this.
#[track_caller]
pub fn told(draft: Draft, pointer: &str, code: &'static str, sentence: &str) {
    given([]).when(create(draft)).then_told(pointer, code, sentence);
}

/// A draft can be like this, and what is sent cannot.
#[track_caller]
pub fn not_sent(draft: Draft, pointer: &str, code: &'static str, sentence: &str) {
    fine(draft.clone());
    given(created(draft.clone())).when(send(&draft)).then_told(pointer, code, sentence);
}

/// These recipients, each with a place to sign where they sign, in one document.
pub fn people(recipients: Vec<RecipientDraft>) -> Draft {
    let signers = recipients.iter().zip(1..).filter(|(it, _)| it.role.signs());
    let fields = signers.map(|(_, number)| place(&format!("place-{number}"), number)).collect();
    Draft { recipients, fields, ..draft() }
}

/// The same under other rules.
pub fn under(rules: Rules, draft: Draft) -> Draft {
    Draft { rules, ..draft }
}

/// Somebody in this role.
pub fn in_role(role: Role, name: &str, step: u16) -> RecipientDraft {
    RecipientDraft { role, ..signer(name, step) }
}

/// Somebody whose act is not necessary.
pub fn optional(recipient: RecipientDraft) -> RecipientDraft {
    RecipientDraft { optional: true, ..recipient }
}

/// A role without a person.
pub fn vacant(name: &str, step: u16) -> RecipientDraft {
    let placeholder = Some(name.to_owned());
    RecipientDraft { placeholder, name: "".into(), email: "".into(), ..signer(name, step) }
}

/// A signer who proves in these ways who they are, with a telephone.
pub fn proving(name: &str, step: u16, methods: impl IntoIterator<Item = Method>) -> RecipientDraft {
    let authentication = methods.into_iter().collect();
    RecipientDraft { authentication, phone: "+33612345678".into(), ..signer(name, step) }
}

/// A signer inside the pages of the sender.
pub fn embedded(name: &str, step: u16) -> RecipientDraft {
    RecipientDraft { arrival: Arrival::Embedded(Embedding::default()), ..signer(name, step) }
}

/// A PIN that is kept.
pub fn pin() -> Method {
    Method::Pin { pin: Some("sec_1".into()) }
}

/// A question whose answer is kept.
pub fn secret() -> Method {
    Method::Secret { question: "First pet?".into(), answer: Some("sec_2".into()) }
}

/// Signed in by the sender's application.
pub fn custom() -> Method {
    Method::Custom { provider: "SuperApp".into(), data: envelope::Personal::default() }
}

/// A code is asked for.
pub fn begin(recipient: u16, method: MethodKind) -> Command {
    Command::BeginChallenge(BeginChallenge { recipient, method, destination: "•••• 78".into() })
}

/// What [`begin`] makes happen.
pub fn issued(recipient: u16, visit: u16, method: MethodKind) -> Event {
    Event::ChallengeIssued { recipient, visit, method, destination: "•••• 78".into() }
}

/// The right answer.
pub fn answer(recipient: u16, method: MethodKind) -> Command {
    Command::AnswerChallenge(AnswerChallenge { recipient, method, right: true, detail: String::new() })
}

/// What [`answer`] makes happen.
pub fn passed(recipient: u16, visit: u16, method: MethodKind) -> Event {
    Event::ChallengePassed { recipient, visit, method, detail: "".into() }
}

/// A wrong answer.
pub fn wrong(recipient: u16, method: MethodKind) -> Command {
    Command::AnswerChallenge(AnswerChallenge { recipient, method, right: false, detail: String::new() })
}

/// What [`wrong`] makes happen.
pub fn failed(recipient: u16, visit: u16, method: MethodKind, attempts_left: u8) -> Event {
    Event::ChallengeFailed { recipient, visit, method, attempts_left, detail: "".into() }
}

/// Let them try again.
pub fn unlock(recipient: u16) -> Command {
    Command::LiftLock(LiftLock { recipient })
}

/// Approve, or have read, what stands in the one document.
pub fn approve_on(recipient: u16, shown: Digest) -> Command {
    Command::Approve(Approve { recipient, shown: [(1, shown)].into() })
}

/// Finish filling, having been shown the one document with its blank fields.
pub fn finish_filling(recipient: u16) -> Command {
    Command::FinishFilling(filling(recipient))
}

/// What [`finish_filling`] asks, to be varied.
pub fn filling(recipient: u16) -> FinishFilling {
    let shown = [(1, blank(1))].into();
    FinishFilling { recipient, values: [].into(), shown, drawing_findings: Vec::new() }
}

/// Take the agreement back.
pub fn withdraw(recipient: u16) -> Command {
    Command::WithdrawConsent(WithdrawConsent { recipient })
}

/// Dora takes the place.
pub fn replace(recipient: u16) -> Command {
    Command::Replace(replacing(recipient))
}

/// What [`replace`] asks, to be varied.
pub fn replacing(recipient: u16) -> ReplaceRecipient {
    ReplaceRecipient {
        recipient,
        name: " Dora ".into(),
        email: " dora@example.org ".into(),
        phone: String::new(),
        language: None,
    }
}

/// What [`replace`] makes happen.
pub fn replaced(recipient: u16) -> Event {
    Event::RecipientReplaced {
        recipient,
        name: "Dora".into(),
        email: "dora@example.org".into(),
        phone: "".into(),
        language: None,
    }
}

/// Another address, and no telephone.
pub fn correct(recipient: u16, email: &str) -> Command {
    Command::Correct(CorrectRecipient { recipient, email: email.into(), phone: String::new() })
}

/// Take them out.
pub fn remove(recipient: u16) -> Command {
    Command::Remove(RemoveRecipient { recipient })
}

/// Ask that Dora act in one's place.
pub fn delegate(recipient: u16) -> Command {
    Command::Delegate(delegating(recipient))
}

/// What [`delegate`] asks, to be varied.
pub fn delegating(recipient: u16) -> Delegate {
    Delegate {
        recipient,
        name: " Dora ".into(),
        email: " dora@example.org ".into(),
        reason: " Holidays. ".into(),
    }
}

/// What [`delegate`] makes happen.
pub fn delegation_asked(recipient: u16) -> Event {
    Event::DelegationAsked {
        recipient,
        name: "Dora".into(),
        email: "dora@example.org".into(),
        reason: "Holidays.".into(),
    }
}

/// The sender agrees to that, or does not.
pub fn answer_delegation(recipient: u16, accept: bool) -> Command {
    Command::AnswerDelegation(AnswerDelegation { recipient, accept })
}

/// Remind one of them, or all.
pub fn remind(recipient: impl Into<Option<u16>>) -> Command {
    Command::Remind(Remind { recipient: recipient.into() })
}

/// Send the invitation again.
pub fn invite_again(recipient: u16) -> Command {
    Command::RepeatInvitation(RepeatInvitation { recipient })
}

/// Give it so many days from now.
pub fn extend(days: u16) -> Command {
    Command::Extend(ExtendEnvelope { expiry: Expiry::Days(days) })
}

/// Put it there.
pub fn shelve(shelf: Shelf) -> Command {
    Command::Shelve(ShelveEnvelope { shelf })
}

/// A mail came back for good, or for now.
pub fn bounce(recipient: Option<u16>, permanent: bool) -> Command {
    Command::RecordBounce(RecordBounce {
        recipient,
        message: "m1@example.org".into(),
        permanent,
        status: "5.1.1".into(),
        destination: "a••@example.org".into(),
    })
}

/// Their act is not needed any more.
pub fn released<const N: usize>(recipients: [u16; N]) -> Event {
    Event::RecipientsReleased { recipients: recipients.into() }
}

/// Their link ends.
pub fn end_link(recipient: u16) -> Effect {
    Effect::EndLink { recipient }
}

/// They get their link.
pub fn invite(recipient: u16) -> Effect {
    Effect::InvitationMail { recipient }
}

/// The sender hears that they acted.
pub fn acted(recipient: u16) -> Effect {
    Effect::ActedMail { recipient }
}

/// Their act is to be carried out.
pub fn carry_out(recipient: u16) -> Effect {
    Effect::CarryOutAct { recipient }
}

/// They hear of the end; the sender does where there is none.
pub fn outcome(recipient: impl Into<Option<u16>>) -> Effect {
    Effect::OutcomeMail { recipient: recipient.into() }
}

impl Given {
    /// The head of the one document.
    pub fn head(&self) -> Digest {
        self.progress().head(1).expect("there is one document").digest
    }

    /// They agree to sign, and sign what stands there; their act is on its way.
    #[track_caller]
    pub fn meant(self, recipient: u16) -> Self {
        let shown = [(1, self.head())];
        self.did(consent(recipient)).did(sign_on(recipient, shown))
    }

    /// The same, and the act is in the document.
    #[track_caller]
    pub fn signed(self, recipient: u16) -> Self {
        let given = self.meant(recipient);
        let head = given.head();
        given.did(record_act(recipient, head))
    }
}
