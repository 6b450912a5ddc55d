//! What a decision consists of.

use crate::event::{Event, Recorded};
use crate::state::Envelope;
use jiff::Timestamp;

/// What a command needs to know of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// The time, to the microsecond.
    pub now: Timestamp,
}

/// Events to append, homework for the world, and when to ask again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "events that are not appended did not happen"]
pub struct Decision {
    /// What happened, in order.
    pub events: Vec<Event>,
    /// What is to be done in the world, once and harmless when done twice.
    pub effects: Vec<Effect>,
}

/// Homework for the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send a recipient their link.
    InvitationMail {
        /// Number of the recipient.
        recipient: u16,
    },
    /// End a recipient's link: their act is done.
    EndLink {
        /// Number of the recipient.
        recipient: u16,
    },
    /// End all links: the envelope is over.
    EndAllLinks,
    /// Put a recipient's act into the documents.
    CarryOutAct {
        /// Number of the recipient.
        recipient: u16,
    },
    /// Put the tenant's seal on the documents.
    CarryOutSeal,
    /// Expire the envelope then, unless it has ended.
    ExpireAt {
        /// When.
        at: Timestamp,
    },
    /// Make the audit trail of an envelope that has ended.
    AuditTrail,
    /// Tell a recipient, or the sender where there is none, how it ended.
    OutcomeMail {
        /// Number of the recipient.
        recipient: Option<u16>,
    },
}

impl Decision {
    pub(crate) fn of(event: Event) -> Self {
        Self { events: vec![event], effects: Vec::new() }
    }

    pub(crate) fn with(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }

    /// Adds what follows by itself from the state that the events so far lead to.
    pub(crate) fn then(
        mut self,
        state: &Envelope,
        context: &Context,
        follow: impl FnOnce(&Envelope) -> Self,
    ) -> Self {
        let mut next = state.clone();
        for event in &self.events {
            next.apply(&Recorded { at: context.now, event: event.clone() });
        }
        let more = follow(&next);
        self.events.extend(more.events);
        self.effects.extend(more.effects);
        self
    }
}
