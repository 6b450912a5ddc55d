//! A recipient's visit on the wire.

use super::WirePage;
use super::challenge::ChallengeAnswer;
use super::envelope::Person;
use crate::problem::{Place, Problem};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use service::ceremony::{AdoptedInk, Asked, CeremonyState, CeremonyView, FinishInput};
use service::envelope::{Delegation, Digest, Envelope, FieldId, FieldKind, Returns, Role};
use std::collections::BTreeMap;
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

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct CeremonyField {
    id: String,
    #[serde(rename = "type")]
    kind: FieldKind,
    document: u16,
    page: u32,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    required: bool,
    label: String,
    value: Option<String>,
}

impl From<&CeremonyView> for CeremonyAnswer {
    fn from(view: &CeremonyView) -> Self {
        let state = &view.envelope;
        let person = &state.draft.recipients[usize::from(view.recipient - 1)];
        // Whoever holds a link that went astray learns nothing by it but what is asked of them.
        let another = is_perhaps_anothers(view.state);
        let unproved = another || view.state == CeremonyState::Challenge;
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
            returns: person.notice.returns.or(&state.draft.returns),
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
            documents: readable.then(|| documents(state)),
            fields: (view.state == CeremonyState::Ready).then(|| fields(state, view.recipient)),
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

fn documents(state: &Envelope) -> Vec<CeremonyDocument> {
    let progress = state.status.progress();
    state
        .document_numbers()
        .zip(&state.draft.documents)
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

fn fields(state: &Envelope, recipient: u16) -> Vec<CeremonyField> {
    let values = state.status.progress().map(|progress| &progress.values);
    state
        .fields_of(recipient)
        .map(|field| CeremonyField {
            id: field.id.0.clone(),
            kind: field.kind,
            document: field.document,
            page: field.page,
            x: field.rect.x.get(),
            y: field.rect.y.get(),
            width: field.rect.width.get(),
            height: field.rect.height.get(),
            required: field.required,
            label: field.label.clone(),
            value: values.and_then(|it| it.get(&field.id)).and_then(|it| it.known().cloned()),
        })
        .collect()
}

/// What is said at the first button.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsentRequest {
    /// Version of the text that was shown.
    pub(crate) version: String,
}

/// Values by id of the field.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ValuesRequest {
    /// Text as it is; `true` or `false` for a box to tick.
    pub(crate) values: BTreeMap<String, String>,
}

/// A signature or initials.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum WireInk {
    /// A typed name.
    Typed {
        /// The name.
        text: String,
    },
    /// Strokes.
    Drawn {
        /// Width of the area drawn on.
        width: f64,
        /// Its height.
        height: f64,
        /// Points of each stroke, origin top left of the area.
        #[schema(value_type = Vec<Vec<Vec<f64>>>)]
        strokes: Vec<Vec<(f64, f64)>>,
    },
    /// A picture.
    Image {
        /// PNG or JPEG, base64.
        data: String,
    },
}

impl From<WireInk> for AdoptedInk {
    fn from(ink: WireInk) -> Self {
        match ink {
            WireInk::Typed { text } => Self::Typed { text },
            WireInk::Drawn { width, height, strokes } => Self::Drawn { width, height, strokes },
            WireInk::Image { data } => Self::Image { data },
        }
    }
}

/// The act of signing.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FinishRequest {
    /// The person said that they mean to sign.
    #[serde(default)]
    agreed: bool,
    signature: Option<WireInk>,
    initials: Option<WireInk>,
    /// Last values, by id of the field.
    #[serde(default)]
    values: BTreeMap<String, String>,
    /// The revision of each document that was shown, by its number.
    #[serde(default)]
    revisions: BTreeMap<String, String>,
    /// What the signature means, where the sender asks for that.
    meaning: Option<String>,
}

impl FinishRequest {
    /// As the use case takes it.
    pub(crate) fn into_input(self) -> Result<FinishInput, Problem> {
        let mut shown = BTreeMap::new();
        for (number, digest) in &self.revisions {
            let read = number.parse::<u16>().ok().zip(Digest::from_hex(digest));
            let Some((number, digest)) = read else {
                let detail = "A revision is given by the number of its document and its SHA-256; use what the page was given.";
                let mut problem =
                    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "revision_malformed", detail);
                problem.errors.push(Place {
                    pointer: format!("/revisions/{number}"),
                    code: "revision_malformed".to_owned(),
                    detail: detail.to_owned(),
                });
                return Err(problem);
            };
            shown.insert(number, digest);
        }
        Ok(FinishInput {
            agreed: self.agreed,
            signature: self.signature.map(AdoptedInk::from),
            initials: self.initials.map(AdoptedInk::from),
            values: values(self.values),
            shown,
            meaning: self.meaning,
        })
    }
}

/// Values as the rules name them.
pub(crate) fn values(values: BTreeMap<String, String>) -> BTreeMap<FieldId, String> {
    values.into_iter().map(|(id, value)| (FieldId(id), value)).collect()
}

/// How far the act has come.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct FinishAnswer {
    /// `signed`, or `signing` while it is on its way; it needs no further click.
    pub(crate) state: &'static str,
    /// Address of the finished documents, where everything is completed.
    pub(crate) download: Option<String>,
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReasonRequest {
    /// In the person's words.
    #[serde(default)]
    pub(crate) reason: String,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct StateAnswer {
    /// A state of the visit.
    pub(crate) state: &'static str,
}
