//! What recipients do in their turn.

use super::add;
use crate::event::Event;
use crate::model::personal::Personal;
use crate::model::revision::RevisionKind;
use crate::part::{Act, ActKind, Part};
use crate::state::{OpenStep, Progress};
use jiff::Timestamp;

impl Progress {
    pub(super) fn apply_act(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::StepOpened { step, recipients } => {
                for recipient in recipients {
                    self.set(*recipient, Part::Invited);
                    if let Some(person) = self.person_mut(*recipient) {
                        person.invited_at = Some(at);
                    }
                }
                self.step = Some(OpenStep { step: *step, at });
                self.step_base = self.documents.iter().map(Vec::len).collect();
            }
            Event::RecipientOpened { recipient } => self.set(*recipient, Part::Opened),
            Event::ConsentGiven { recipient, .. } => self.set(*recipient, Part::Consented),
            Event::ConsentWithdrawn { recipient } => self.set(*recipient, Part::Opened),
            Event::FieldsFilled { values, .. } => self.values.extend(values.clone()),
            Event::FileAttached { field, file, .. } => {
                let digest = file.digest.known().map_or(Personal::Erased, |it| it.to_string().into());
                self.values.insert(field.clone(), digest);
                self.files.insert(field.clone(), file.clone());
            }
            Event::FileRemoved { field, .. } => {
                self.values.insert(field.clone(), Personal::default());
                self.files.remove(field);
            }
            Event::SigningIntended { recipient, documents, values, signature, initials, .. } => {
                self.values.extend(values.clone());
                self.begin(Act {
                    recipient: *recipient,
                    at,
                    documents: documents.clone(),
                    kind: ActKind::Sign,
                    signature: signature.clone(),
                    initials: initials.clone(),
                });
            }
            Event::FillingIntended { recipient, documents, values, .. } => {
                self.values.extend(values.clone());
                self.begin(Act {
                    recipient: *recipient,
                    at,
                    documents: documents.clone(),
                    kind: ActKind::Fill,
                    signature: None,
                    initials: None,
                });
            }
            Event::RecipientSigned { recipient, revisions, .. } => {
                self.done(*recipient, Part::Signed { at });
                add(self, revisions, RevisionKind::Act { recipient: *recipient });
            }
            Event::RecipientFilled { recipient, revisions } => {
                self.done(*recipient, Part::Filled { at });
                add(self, revisions, RevisionKind::Fill { recipient: *recipient });
            }
            Event::RecipientApproved { recipient, .. } => self.done(*recipient, Part::Approved { at }),
            Event::RecipientViewed { recipient, .. } => self.done(*recipient, Part::Viewed { at }),
            Event::RecipientDeclined { recipient, reason } => {
                self.set(*recipient, Part::Declined { at, reason: reason.clone() });
            }
            Event::RecipientsReleased { recipients } => {
                for recipient in recipients {
                    self.set(*recipient, Part::Released);
                }
            }
            Event::RecipientRemoved { recipient } => self.set(*recipient, Part::Removed { at }),
            _ => {}
        }
    }

    fn begin(&mut self, act: Act) {
        self.set(act.recipient, Part::Signing);
        self.acts.push(act);
    }

    fn done(&mut self, recipient: u16, part: Part) {
        self.acts.retain(|act| act.recipient != recipient);
        self.set(recipient, part);
    }
}
