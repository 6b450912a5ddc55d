//! What left by mail, and what came back.

use crate::event::Event;
use crate::model::draft::Draft;
use std::collections::{BTreeMap, BTreeSet};

/// Which mails went to the people as they are now, and which did not arrive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Post {
    /// Message-IDs of what was taken over by a mail server for the address that a recipient still has.
    current: BTreeMap<String, u16>,
    /// Message-IDs of what went to an address, or to a person, of before.
    outdated: BTreeSet<String>,
    /// Message-IDs of what is known not to have arrived.
    returned: BTreeSet<String>,
}

impl Post {
    /// Whether a mail went to an address that is not the recipient's any more.
    pub fn is_outdated(&self, message: &str) -> bool {
        self.outdated.contains(message)
    }

    /// Whether it is known already that a mail did not arrive.
    pub fn has_returned(&self, message: &str) -> bool {
        self.returned.contains(message)
    }

    /// Takes note of an event; `draft` is as it was before.
    pub(crate) fn note(&mut self, event: &Event, draft: &Draft) {
        match event {
            Event::MessageSent { recipient: Some(recipient), message, .. } => {
                self.current.insert(message.clone(), *recipient);
            }
            Event::MessageRefused { message, .. }
            | Event::MessageBounced { message, permanent: true, .. } => {
                self.returned.insert(message.clone());
            }
            Event::RecipientReplaced { recipient, .. } => self.outdate(*recipient),
            Event::RecipientCorrected { recipient, email, .. } => {
                let index = usize::from(*recipient).checked_sub(1);
                let before = index.and_then(|index| draft.recipients.get(index));
                if before.is_some_and(|person| person.email != *email) {
                    self.outdate(*recipient);
                }
            }
            _ => {}
        }
    }

    fn outdate(&mut self, recipient: u16) {
        let (gone, kept) =
            std::mem::take(&mut self.current).into_iter().partition(|(_, to)| *to == recipient);
        let gone: BTreeMap<String, u16> = gone;
        self.outdated.extend(gone.into_keys());
        self.current = kept;
    }
}
