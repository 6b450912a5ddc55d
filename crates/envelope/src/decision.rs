//! What a decision consists of.

use crate::event::{Event, Recorded};
use crate::model::method::MethodKind;
use crate::state::Envelope;
use jiff::Timestamp;

/// What a command needs to know of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// The time, to the microsecond.
    pub now: Timestamp,
    /// The visit of the recipient that asks, from 1; `None` where it has not begun, or nobody visits.
    pub visit: Option<u16>,
    /// Codes that went by telephone for this tenant since the month began.
    pub telephone_used: u32,
}

impl Context {
    /// The time, and nothing else to know.
    pub fn at(now: Timestamp) -> Self {
        Self { now, visit: None, telephone_used: 0 }
    }
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
    /// Delete the documents of an envelope that its sender deleted, as far as nobody else keeps them.
    DeleteDocuments,
    /// Make the audit trail of an envelope that has ended.
    AuditTrail,
    /// Make a code, keep its digest, and send it.
    SendCode {
        /// Number of the recipient.
        recipient: u16,
        /// The visit in which it is good, from 1.
        visit: u16,
        /// By which way.
        method: MethodKind,
    },
    /// Remind a recipient whose turn it is.
    ReminderMail {
        /// Number of the recipient.
        recipient: u16,
    },
    /// Tell the sender that somebody did what was asked of them, or declined, and that it goes on.
    ActedMail {
        /// Number of the recipient.
        recipient: u16,
    },
    /// Tell the sender that too many wrong answers were given in a recipient's name.
    LockedMail {
        /// Number of the recipient.
        recipient: u16,
    },
    /// Tell the sender that a recipient wants somebody else to act in their place.
    DelegationMail {
        /// Number of the recipient.
        recipient: u16,
    },
    /// Tell the sender that it waits for a role that has no person yet.
    VacantRoleMail {
        /// Number of the recipient.
        recipient: u16,
    },
    /// Tell the sender that a recipient's mail came back.
    BouncedMail {
        /// Number of the recipient.
        recipient: u16,
    },
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
