//! A recipient declines.

use super::draft_findings::{STRAY_CONTROL, holds_stray_control};
use super::settle::after_act;
use super::turn;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::refusal::{Finding, Refusal};
use crate::state::Envelope;

/// A reason has so many characters at most.
pub const REASON_CHARACTERS_MAX: usize = 2000;

/// Declines, with a reason. Agreement to sign electronically is not needed to say no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decline {
    /// Number of the recipient.
    pub recipient: u16,
    /// In their words.
    pub reason: String,
}

impl Decline {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        turn::of(state, self.recipient, context)?;
        Refusal::unless_empty(reason_findings(&self.reason))?;
        let declined =
            Event::RecipientDeclined { recipient: self.recipient, reason: self.reason.trim().into() };
        Ok(after_act(Decision::of(declined), state, self.recipient, context))
    }
}

/// A reason says something, and not too much.
pub(crate) fn reason_findings(reason: &str) -> Vec<Finding> {
    let characters = reason.trim().chars().count();
    let (code, sentence) = match characters {
        0 => ("reason_missing", "Say in a few words why; the others read it."),
        1..=REASON_CHARACTERS_MAX if holds_stray_control(reason) => ("text_malformed", STRAY_CONTROL),
        1..=REASON_CHARACTERS_MAX => return Vec::new(),
        _ => ("text_too_long", "The reason is longer than 2000 characters; shorten it."),
    };
    vec![Finding::new("/reason", code, sentence)]
}
