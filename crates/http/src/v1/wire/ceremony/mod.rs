//! A recipient's visit on the wire.

mod act;
mod field;
mod file;
mod placing;

pub(crate) use act::{
    ConsentRequest, FinishAnswer, FinishRequest, ReasonRequest, StateAnswer, ValuesRequest, values,
};
pub(crate) use file::{FileAnswer, FileOfField, of as files};
pub(crate) use placing::PlacedFieldsRequest;

use super::WirePage;
use super::challenge::ChallengeAnswer;
use super::envelope::Person;
use field::{CeremonyField, Known};
use placing::PlacingAnswer;
use serde::Serialize;
use service::ceremony::{Asked, CeremonyState, CeremonyView};
use service::envelope::{Delegation, Envelope, FieldGroup, Returns, Role};
use utoipa::ToSchema;

/// What a recipient's page shows.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct CeremonyAnswer {
    /// `challenge`, `consent`, `ready`, `waiting`, `signing`, `signed`, `not_needed`, `delegated`, `declined`, `ended`,
    /// `download`, `expired_link` or `link_ended`.
    state: &'static str,
    /// How they are to prove who they are; while it is there and not `again`, nothing of the documents is.
    challenge: Option<ChallengeAnswer>,
    /// What is asked of them: `sign`, `approve`, `view` or `fill`.
    act: &'static str,
    role: Role,
    /// What a signature can mean, where the sender asks for that.
    meanings: Vec<String>,
    /// Whether they may name somebody else.
    may_delegate: bool,
    /// Who took the place of the person whose link this was, where that person had named them.
    delegate: Option<DelegateAnswer>,
    /// Name of the person on whose device they sign.
    host: Option<String>,
    /// Where the browser goes when the visit is over.
    returns: Returns,
    /// They sent it themselves by an address for editing, and go back there with the words of that: `SIGNATURE_SUCCESS`,
    /// `SIGNATURE_CANCELLED` or `SIGNATURE_DECLINE`.
    initiator: bool,
    /// Origins that may show this page in a frame, and are told what happens in it.
    frame_origins: Vec<String>,
    title: String,
    message: String,
    test: bool,
    language: String,
    sender: Person,
    recipient: CeremonyRecipient,
    consent: Consent,
    /// `completed`, `declined`, `cancelled` or `expired`.
    ended_because: Option<&'static str>,
    expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    documents: Option<Vec<CeremonyDocument>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<CeremonyField>>,
    /// What they may place themselves; there where the sender left that to them.
    #[serde(skip_serializing_if = "Option::is_none")]
    placing: Option<PlacingAnswer>,
    /// Boxes and buttons of theirs that are counted together.
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<FieldGroup>>,
    /// What fields of others hold, as far as theirs are computed from it or depend on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<Vec<Known>>,
    /// The files that recipients added, with the finished documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<Vec<FileOfField>>,
    /// Whether the audit trail can be downloaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    audit: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct CeremonyRecipient {
    number: u16,
    name: String,
    email: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct DelegateAnswer {
    /// Empty where more than the link would have to be shown to read it.
    name: String,
    since: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct Consent {
    /// Given back when agreeing.
    version: String,
    /// Paragraphs.
    text: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct CeremonyDocument {
    number: u16,
    title: String,
    pages: Vec<WirePage>,
    /// SHA-256 of the revision that is shown; given back when finishing.
    revision: String,
}

impl From<&CeremonyView> for CeremonyAnswer {
    fn from(view: &CeremonyView) -> Self {
        let state = &view.envelope;
        let person = &state.draft.recipients[usize::from(view.recipient - 1)];
        // Whoever holds a link that went astray learns nothing by it but what is asked of them.
        let another = is_perhaps_anothers(view.state);
        let unproved = another || view.state == CeremonyState::Challenge;
        let ready = view.state == CeremonyState::Ready;
        let readable = matches!(view.state, CeremonyState::Ready | CeremonyState::Download);
        Self {
            state: view.state.word(),
            challenge: view.challenge.as_ref().map(ChallengeAnswer::from),
            act: Asked::of(person.role).word(),
            role: person.role,
            meanings: state.draft.rules.part_11.as_ref().map(|it| it.meanings.clone()).unwrap_or_default(),
            may_delegate: state.draft.rules.delegation != Delegation::Refused,
            delegate: delegate(view),
            host: person.host.and_then(|it| state.recipient(it)).map(|it| it.name.text().to_owned()),
            returns: match view.initiator_returns.clone() {
                Some(back) => Returns { done: Some(back), ..Returns::default() }.or(&Returns::default()),
                None => person.notice.returns.or(&state.draft.returns),
            },
            initiator: view.initiator_returns.is_some(),
            frame_origins: state.draft.frame_origins.clone(),
            title: state.draft.title.clone(),
            message: match person.notice.message.text() {
                _ if unproved => String::new(),
                "" => state.draft.message.text().to_owned(),
                own => own.to_owned(),
            },
            test: state.test,
            language: person.language.clone(),
            sender: Person {
                name: state.sender.name.text().to_owned(),
                email: state.sender.email.text().to_owned(),
            },
            recipient: CeremonyRecipient {
                number: view.recipient,
                name: if another { String::new() } else { person.name.text().to_owned() },
                email: if unproved { String::new() } else { person.email.text().to_owned() },
            },
            consent: Consent {
                version: view.consent.version.clone(),
                text: view.consent.text.paragraphs.clone(),
            },
            ended_because: match view.state {
                CeremonyState::Ended(outcome) => Some(outcome.word()),
                _ => None,
            },
            expires_at: state.status.progress().map(|it| it.expires_at.to_string()),
            documents: readable.then(|| documents(state, view.recipient)),
            fields: ready.then(|| field::of(state, view.recipient)),
            placing: ready.then(|| PlacingAnswer::of(state, view.recipient)).flatten(),
            groups: ready.then(|| field::groups(state, view.recipient)),
            known: ready.then(|| field::known(state, view.recipient)),
            files: (view.state == CeremonyState::Download).then(|| file::of(state, Some(view.recipient))),
            audit: (view.state == CeremonyState::Download).then_some(state.audit_trail.is_some()),
        }
    }
}

/// Whether another person may have taken the place since this link ended.
fn is_perhaps_anothers(state: CeremonyState) -> bool {
    matches!(
        state,
        CeremonyState::ExpiredLink
            | CeremonyState::LinkEnded
            | CeremonyState::Delegated { .. }
            | CeremonyState::NotNeeded
    )
}

/// Who took the place. Whoever holds a link that went astray does not read their name where a code, say, was asked for.
fn delegate(view: &CeremonyView) -> Option<DelegateAnswer> {
    let CeremonyState::Delegated { since } = view.state else { return None };
    let progress = view.envelope.status.progress()?;
    let taken = progress.person(view.recipient)?.taken_over_at(since)?;
    let proof = view.envelope.recipient(view.recipient).is_some_and(|it| it.asked_methods().next().is_some());
    let name = if proof { String::new() } else { taken.name.text().to_owned() };
    Some(DelegateAnswer { name, since: since.to_string() })
}

/// Those that they see, under the numbers that all of them have.
fn documents(state: &Envelope, recipient: u16) -> Vec<CeremonyDocument> {
    let progress = state.status.progress();
    let numbered = state.document_numbers().zip(&state.draft.documents);
    numbered
        .filter(|(number, _)| state.draft.is_visible(*number, recipient))
        .map(|(number, document)| CeremonyDocument {
            number,
            title: document.title.clone(),
            pages: document.facts.pages.iter().map(WirePage::from).collect(),
            revision: progress
                .and_then(|progress| progress.head(number))
                .map_or(document.facts.sent.digest, |head| head.digest)
                .to_string(),
        })
        .collect()
}
