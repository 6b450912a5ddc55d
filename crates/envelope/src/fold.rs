//! From events to state.

use crate::event::{Event, Recorded};
use crate::model::draft::{Draft, Role};
use crate::model::revision::{NewRevision, Revision, RevisionKind};
use crate::model::rules::DeclineEnds;
use crate::state::{Act, Delivery, Ending, Envelope, Outcome, Part, Progress, Status};
use jiff::Timestamp;
use std::collections::BTreeMap;

impl Envelope {
    /// The state that these events make; `None` where they do not begin with the making of an envelope.
    pub fn fold<'e>(events: impl IntoIterator<Item = &'e Recorded>) -> Option<Self> {
        let mut events = events.into_iter();
        let mut envelope = Self::begin(events.next()?)?;
        for recorded in events {
            envelope.apply(recorded);
        }
        Some(envelope)
    }

    /// The state after the first event.
    pub fn begin(first: &Recorded) -> Option<Self> {
        let Event::EnvelopeCreated { sender, test, draft } = &first.event else { return None };
        Some(Self {
            sender: sender.clone(),
            test: *test,
            draft: Draft::clone(draft),
            created_at: first.at,
            updated_at: first.at,
            version: 1,
            status: Status::Draft,
            audit_trail: None,
            deliveries: BTreeMap::new(),
        })
    }

    /// Applies one more event. Events say what happened, so nothing is refused here; one that does not
    /// belong where it stands (which [`crate::decide`] never makes) changes no status.
    pub fn apply(&mut self, recorded: &Recorded) {
        self.version += 1;
        self.updated_at = recorded.at;
        match &recorded.event {
            Event::MessageSent { recipient: Some(recipient), .. } => {
                self.deliveries.insert(*recipient, Delivery::Accepted);
            }
            Event::MessageRefused { recipient: Some(recipient), .. } => {
                self.deliveries.insert(*recipient, Delivery::Refused);
            }
            _ => {}
        }
        match (&recorded.event, &mut self.status) {
            (Event::DraftRevised { draft }, Status::Draft) => self.draft = Draft::clone(draft),
            (Event::EnvelopeSent { expires_at, revisions }, Status::Draft) => {
                self.status = Status::InProgress(sent(&self.draft, recorded.at, *expires_at, revisions));
            }
            (Event::SealingIntended {}, Status::InProgress(progress)) => {
                self.status = Status::Finishing(progress.clone());
            }
            (Event::EnvelopeSealed { revisions, .. }, Status::Finishing(progress)) => {
                add(progress, revisions, RevisionKind::Seal);
            }
            (Event::EnvelopeCompleted {}, Status::Finishing(_)) => self.end(Outcome::Completed, recorded.at),
            (Event::EnvelopeDeclined { recipient }, Status::InProgress(_)) => {
                self.end(Outcome::Declined { recipient: *recipient }, recorded.at);
            }
            (Event::EnvelopeCancelled {}, Status::Draft | Status::InProgress(_)) => {
                self.end(Outcome::Cancelled, recorded.at);
            }
            (Event::EnvelopeExpired {}, Status::InProgress(_)) => self.end(Outcome::Expired, recorded.at),
            (Event::AuditTrailIssued { digest, .. }, Status::Ended(_)) => self.audit_trail = Some(*digest),
            (event, Status::InProgress(progress)) => {
                if let (Event::RecipientDeclined { recipient, .. }, DeclineEnds::Envelope) =
                    (event, self.draft.rules.decline_ends)
                {
                    progress.ending = Some(Outcome::Declined { recipient: *recipient });
                }
                progress.apply(event, recorded.at);
            }
            _ => {}
        }
    }

    fn end(&mut self, outcome: Outcome, at: Timestamp) {
        let progress = self.status.progress().cloned();
        self.status = Status::Ended(Ending { outcome, at, progress });
    }
}

/// The progress at the moment of sending.
fn sent(draft: &Draft, at: Timestamp, expires_at: Timestamp, revisions: &[NewRevision]) -> Progress {
    let part = |role| if role == Role::Copy { Part::Copy } else { Part::Waiting };
    let mut progress = Progress {
        sent_at: at,
        expires_at,
        parts: draft.recipients.iter().map(|it| part(it.role)).collect(),
        documents: draft.documents.iter().map(|it| vec![it.facts.sent.clone()]).collect(),
        acts: Vec::new(),
        values: BTreeMap::new(),
        step_base: Vec::new(),
        ending: None,
        cancel_reason: "".into(),
    };
    add(&mut progress, revisions, RevisionKind::Prepare);
    progress
}

/// Adds new revisions to the documents' histories; one that added nothing is none.
fn add(progress: &mut Progress, revisions: &[NewRevision], kind: RevisionKind) {
    for new in revisions.iter().filter(|new| new.digest != new.base) {
        let history = usize::from(new.document).checked_sub(1).and_then(|at| progress.documents.get_mut(at));
        if let Some(history) = history {
            history.push(Revision { kind, digest: new.digest, length: new.length });
        }
    }
}

impl Progress {
    fn apply(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::StepOpened { recipients, .. } => {
                for recipient in recipients {
                    self.set(*recipient, Part::Invited);
                }
                self.step_base = self.documents.iter().map(Vec::len).collect();
            }
            Event::RecipientOpened { recipient } => self.set(*recipient, Part::Opened),
            Event::ConsentGiven { recipient, .. } => self.set(*recipient, Part::Consented),
            Event::FieldsFilled { values, .. } => self.values.extend(values.clone()),
            Event::SigningIntended { recipient, documents, values, signature, initials, .. } => {
                self.values.extend(values.clone());
                self.set(*recipient, Part::Signing);
                self.acts.push(Act {
                    recipient: *recipient,
                    at,
                    documents: documents.clone(),
                    signature: signature.clone(),
                    initials: initials.clone(),
                });
            }
            Event::RecipientSigned { recipient, revisions, .. } => {
                self.acts.retain(|act| act.recipient != *recipient);
                self.set(*recipient, Part::Signed { at });
                add(self, revisions, RevisionKind::Act { recipient: *recipient });
            }
            Event::RecipientDeclined { recipient, reason } => {
                self.set(*recipient, Part::Declined { at, reason: reason.clone() });
            }
            Event::CancelRequested { reason } => {
                self.ending = Some(Outcome::Cancelled);
                self.cancel_reason = reason.clone();
            }
            Event::ExpiryReached {} => self.ending = Some(Outcome::Expired),
            _ => {}
        }
    }

    fn set(&mut self, recipient: u16, part: Part) {
        if let Some(place) = usize::from(recipient).checked_sub(1).and_then(|at| self.parts.get_mut(at)) {
            *place = part;
        }
    }
}
