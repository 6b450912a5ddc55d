//! From events to state.

use crate::event::{Event, Recorded};
use crate::model::draft::{Draft, Sender};
use crate::model::revision::{NewRevision, Revision, RevisionKind};
use crate::model::rules::DeclineEnds;
use crate::part::{Part, Person};
use crate::post::Post;
use crate::state::{Delivery, Ending, Envelope, OpenStep, Outcome, Progress, Shelf, Status};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

mod acts;
mod identity;
mod people;
mod placed;

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
            post: Post::default(),
            shelf: Shelf::Desk,
        })
    }

    /// Applies one more event. Events say what happened, so nothing is refused here; one that does not
    /// belong where it stands (which [`crate::decide`] never makes) changes no status.
    pub fn apply(&mut self, recorded: &Recorded) {
        self.version += 1;
        self.updated_at = recorded.at;
        self.keep(&recorded.event);
        people::change(&mut self.draft, &recorded.event);
        placed::change(&mut self.draft, &recorded.event);
        self.forget_values(&recorded.event);
        match (&recorded.event, &mut self.status) {
            (Event::DraftRevised { draft }, Status::Draft) => self.draft = Draft::clone(draft),
            (Event::EnvelopeSent { expires_at, revisions }, Status::Draft) => {
                self.status = Status::InProgress(sent(&self.draft, recorded.at, *expires_at, revisions));
            }
            (Event::SealingIntended {}, Status::InProgress(progress)) => {
                self.status = Status::Finishing(progress.clone());
            }
            (Event::EnvelopeSealed { revisions, files, .. }, Status::Finishing(progress)) => {
                add(progress, revisions, RevisionKind::Seal);
                progress.sealed_files.extend(files.iter().map(|it| (it.field.clone(), it.clone())));
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
            (event @ Event::ExpiryExtended { .. }, Status::Ended(ending)) => {
                // An expired envelope lives again, as it was when its time came.
                if let (Outcome::Expired, Some(progress)) = (ending.outcome, &ending.progress) {
                    let mut progress = Progress { ending: None, ..progress.clone() };
                    progress.apply(event, recorded.at);
                    progress.invite_anew(recorded.at);
                    self.status = Status::InProgress(progress);
                    self.audit_trail = None;
                }
            }
            // Who reads the result proves who they are as well.
            (event, Status::Ended(Ending { progress: Some(progress), .. })) => {
                progress.apply_identity(event, recorded.at);
            }
            (event, Status::InProgress(progress)) => {
                if let (Event::RecipientDeclined { recipient, .. }, DeclineEnds::Envelope) =
                    (event, self.draft.rules.decline_ends)
                {
                    progress.ending = Some(Outcome::Declined { recipient: *recipient });
                }
                if let Event::MessageRefused { recipient: Some(recipient), message, .. }
                | Event::MessageBounced { recipient: Some(recipient), message, permanent: true, .. } =
                    event
                    && !self.post.is_outdated(message)
                {
                    progress.not_reached(*recipient, recorded.at);
                }
                progress.apply(event, recorded.at);
            }
            _ => {}
        }
    }

    /// What changes whatever its status: what its sender does with it, and what became of mails.
    fn keep(&mut self, event: &Event) {
        self.post.note(event, &self.draft);
        match event {
            Event::MessageSent { recipient: Some(recipient), .. } => {
                self.deliveries.insert(*recipient, Delivery::Accepted);
            }
            Event::MessageRefused { recipient: Some(recipient), message, .. }
            | Event::MessageBounced { recipient: Some(recipient), message, permanent: true, .. }
                // What went to an address of before says nothing about the one that stands.
                if !self.post.is_outdated(message) =>
            {
                self.deliveries.insert(*recipient, Delivery::Refused);
            }
            // Nothing has left for the new address yet.
            Event::RecipientCorrected { recipient, .. } | Event::RecipientReplaced { recipient, .. } => {
                self.deliveries.remove(recipient);
            }
            Event::EnvelopeShelved { shelf } => self.shelf = *shelf,
            Event::EnvelopeHandedOver { to } => self.sender = Sender::clone(to),
            _ => {}
        }
    }

    /// What the person before them filled is not what a new person says.
    fn forget_values(&mut self, event: &Event) {
        let Event::RecipientReplaced { recipient, .. } = event else { return };
        let fields = &self.draft.fields;
        if let Status::InProgress(progress) = &mut self.status {
            progress
                .values
                .retain(|id, _| !fields.iter().any(|field| field.id == *id && field.recipient == *recipient));
        }
    }

    fn end(&mut self, outcome: Outcome, at: Timestamp) {
        let progress = self.status.progress().cloned();
        self.status = Status::Ended(Ending { outcome, at, progress });
    }
}

/// The progress at the moment of sending.
fn sent(draft: &Draft, at: Timestamp, expires_at: Timestamp, revisions: &[NewRevision]) -> Progress {
    let part = |acts| if acts { Part::Waiting } else { Part::Copy };
    let mut progress = Progress {
        sent_at: at,
        expires_at,
        parts: draft.recipients.iter().map(|it| part(it.role.acts())).collect(),
        people: vec![Person::default(); draft.recipients.len()],
        step: None,
        documents: draft.documents.iter().map(|it| vec![it.facts.sent.clone()]).collect(),
        acts: Vec::new(),
        files: BTreeMap::new(),
        sealed_files: BTreeMap::new(),
        values: BTreeMap::new(),
        step_base: Vec::new(),
        laying_out: BTreeSet::new(),
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
        self.apply_identity(event, at);
        self.apply_people(event, at);
        self.apply_act(event, at);
        self.apply_placed(event);
        match event {
            Event::CancelRequested { reason } => {
                self.ending = Some(Outcome::Cancelled);
                self.cancel_reason = reason.clone();
            }
            Event::ExpiryReached {} => self.ending = Some(Outcome::Expired),
            Event::ExpiryExtended { expires_at } => {
                self.expires_at = *expires_at;
                // The open step gets its whole time once more.
                self.step = self.step.map(|open| OpenStep { at, ..open });
            }
            _ => {}
        }
    }

    /// Those whose turn it is are counted as invited now, so that no reminder of the time before is due.
    fn invite_anew(&mut self, at: Timestamp) {
        for (part, person) in self.parts.iter().zip(&mut self.people) {
            if part.may_act() {
                person.invited_at = Some(at);
            }
        }
    }

    fn set(&mut self, recipient: u16, part: Part) {
        if let Some(place) = usize::from(recipient).checked_sub(1).and_then(|at| self.parts.get_mut(at)) {
            *place = part;
        }
    }

    fn person_mut(&mut self, recipient: u16) -> Option<&mut Person> {
        self.people.get_mut(usize::from(recipient).checked_sub(1)?)
    }
}
