//! What a recipient's page shows.

use super::challenge::Challenge;
use super::consent_text::Consent;
use super::visit::{Visit, VisitKind};
use crate::documents::download::{self, Download, Which};
use crate::error::Error;
use crate::server::Service;
use crate::work::{Trail, TrailWish};
use envelope::{Envelope, MethodKind, Outcome, Part, Refusal, Shelf, Status};
use jiff::Timestamp;

/// A visit and the state of its envelope.
#[derive(Clone, Debug, PartialEq)]
pub struct CeremonyView {
    /// Number of the recipient.
    pub recipient: u16,
    /// What the page is to show.
    pub state: CeremonyState,
    /// How they are to prove who they are next, where something is left to prove.
    pub challenge: Option<Challenge>,
    /// The words to agree to, as they are in force.
    pub consent: Consent,
    /// Where the browser of somebody goes who sent it by an address for editing the draft and went on to sign; nothing
    /// for everybody else.
    pub initiator_returns: Option<String>,
    /// The envelope. Only what `state` allows may be shown of it.
    pub envelope: Envelope,
}

/// What the page is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CeremonyState {
    /// A question, and nothing of the documents: they have to prove who they are.
    Challenge,
    /// The text to agree to, and nothing of the documents.
    Consent,
    /// The documents, to be filled and signed.
    Ready,
    /// Others have to act first.
    Waiting,
    /// The act is on its way into the documents.
    Signing,
    /// The act is done.
    Signed,
    /// It is not needed any more: others did what was needed, or the sender took them out.
    NotNeeded,
    /// The recipient declined.
    Declined,
    /// It is over.
    Ended(Outcome),
    /// The finished documents.
    Download,
    /// A link for downloading has run out; it can be renewed.
    ExpiredLink,
    /// A link for the act has ended, and its holder gets no other one here: a new one went out, to another address or
    /// to another person.
    LinkEnded,
    /// The person whose link this was named somebody else, who took their place.
    Delegated {
        /// Since when.
        since: Timestamp,
    },
}

impl CeremonyState {
    /// The word of the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Challenge => "challenge",
            Self::Consent => "consent",
            Self::Ready => "ready",
            Self::Waiting => "waiting",
            Self::Signing => "signing",
            Self::Signed => "signed",
            Self::NotNeeded => "not_needed",
            Self::Declined => "declined",
            Self::Ended(_) => "ended",
            Self::Download => "download",
            Self::ExpiredLink => "expired_link",
            Self::LinkEnded => "link_ended",
            Self::Delegated { .. } => "delegated",
        }
    }
}

impl Service {
    /// Reads a visit. Nothing is written.
    pub async fn ceremony(&self, visit: &Visit) -> Result<CeremonyView, Error> {
        let envelope = self.load(&visit.scope).await?.envelope;
        let mut challenge = Challenge::of(&envelope, visit, &self.context_of(visit));
        if let Some(challenge) = challenge.as_mut().filter(|it| it.method == MethodKind::Oidc) {
            let provider = self.identity_provider_row(&visit.scope.tenant).await?;
            challenge.destination = provider.map(|it| it.name).unwrap_or_default();
        }
        let mut state = self.ceremony_state(visit, &envelope);
        if matches!(state, CeremonyState::Consent | CeremonyState::Ready | CeremonyState::Download)
            && challenge.as_ref().is_some_and(|it| !it.again)
        {
            state = CeremonyState::Challenge;
        }
        if !matches!(state, CeremonyState::Challenge | CeremonyState::Ready) {
            challenge = None;
        }
        let person = envelope.recipient(visit.recipient).ok_or(Refusal::RecipientUnknown)?;
        let consent = self.consent_in_force(&visit.scope.tenant, &person.language, person.role).await?;
        let initiator_returns = match visit.initiator {
            true => self.initiator_returns_to(&visit.scope).await?,
            false => None,
        };
        Ok(CeremonyView {
            recipient: visit.recipient,
            state,
            challenge,
            consent,
            initiator_returns,
            envelope,
        })
    }

    fn ceremony_state(&self, visit: &Visit, envelope: &Envelope) -> CeremonyState {
        if let VisitKind::Download { expired } = visit.kind {
            return if expired { CeremonyState::ExpiredLink } else { CeremonyState::Download };
        }
        let progress = envelope.status.progress();
        // What became of the place since is another person's.
        if let VisitKind::Sign { ended: Some(at) } = visit.kind
            && let Some(taken) = progress.and_then(|it| it.person(visit.recipient)?.taken_over_at(at))
        {
            return match taken.named_before {
                true => CeremonyState::Delegated { since: taken.at },
                false => CeremonyState::NotNeeded,
            };
        }
        match progress.and_then(|it| it.part(visit.recipient)) {
            Some(Part::Signing) => return CeremonyState::Signing,
            Some(Part::Declined { .. }) => return CeremonyState::Declined,
            Some(Part::Released | Part::Removed { .. }) => return CeremonyState::NotNeeded,
            Some(part) if part.done_at().is_some() => return CeremonyState::Signed,
            _ => {}
        }
        match &envelope.status {
            Status::Ended(ending) => return CeremonyState::Ended(ending.outcome),
            Status::Draft => return CeremonyState::Waiting,
            Status::InProgress(progress) | Status::Finishing(progress) => {
                if let Some(outcome) = progress.ending {
                    return CeremonyState::Ended(outcome);
                }
                if self.now() >= progress.expires_at {
                    return CeremonyState::Ended(Outcome::Expired);
                }
            }
        }
        if visit.is_over() {
            return CeremonyState::LinkEnded;
        }
        match progress.and_then(|it| it.part(visit.recipient)) {
            Some(Part::Invited | Part::Opened) => CeremonyState::Consent,
            Some(Part::Consented) => CeremonyState::Ready,
            _ => CeremonyState::Waiting,
        }
    }

    /// The bytes of a document, for a recipient who may see it now.
    pub async fn ceremony_document(&self, visit: &Visit, number: u16) -> Result<Download, Error> {
        let view = self.ceremony(visit).await?;
        if view.envelope.shelf == Shelf::Deleted {
            return Err(Refusal::EnvelopeDeleted.into());
        }
        match view.state {
            CeremonyState::Ready | CeremonyState::Download => {}
            CeremonyState::Consent => return Err(Refusal::ConsentMissing.into()),
            CeremonyState::Challenge => return Err(unproved(&view)),
            _ => return Err(Error::LinkEnded),
        }
        // Who does not see it is told the same as of one that does not exist.
        let digest = download::digest(&view.envelope, number, Which::Head)
            .filter(|_| view.envelope.draft.is_visible(number, visit.recipient))
            .ok_or(Error::NotFound { what: "document" })?;
        let title = view
            .envelope
            .draft
            .documents
            .get(usize::from(number).saturating_sub(1))
            .map_or("", |document| document.title.as_str());
        self.download(&visit.scope.tenant, digest, title).await
    }

    /// The audit trail, for the holder of a download link who may see the documents too: in the language that they
    /// ask for, else in their own where it can be written.
    pub async fn ceremony_audit_trail(&self, visit: &Visit, asked: Option<&str>) -> Result<Trail, Error> {
        let view = self.ceremony_finished(visit).await?;
        let own = view.envelope.recipient(visit.recipient).map_or("", |it| it.language.as_str());
        self.audit_trail(&visit.scope, asked.map_or(TrailWish::Rather(own), TrailWish::Asked)).await
    }

    /// The visit of the holder of a download link who may see the documents.
    pub(crate) async fn ceremony_finished(&self, visit: &Visit) -> Result<CeremonyView, Error> {
        let view = self.ceremony(visit).await?;
        match (view.state, visit.kind) {
            (CeremonyState::Download, _) => Ok(view),
            (CeremonyState::Challenge, VisitKind::Download { .. }) => Err(unproved(&view)),
            _ => Err(Error::LinkEnded),
        }
    }
}

/// They have to prove who they are first.
pub(super) fn unproved(view: &CeremonyView) -> Error {
    let method = view.challenge.as_ref().map_or(MethodKind::EmailLink, |it| it.method);
    Refusal::AuthenticationMissing { method }.into()
}
