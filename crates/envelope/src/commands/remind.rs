//! The sender reminds recipients now.

use super::sender::{in_turn, mailed, running};
use crate::decision::{Context, Decision, Effect};
use crate::event::Event;
use crate::part::Part;
use crate::refusal::Refusal;
use crate::state::{Envelope, Progress};
use jiff::SignedDuration;

/// A recipient is reminded by hand so long after their last mail at the earliest.
pub const REMINDER_PAUSE: SignedDuration = SignedDuration::from_hours(1);

/// Reminds one recipient, or everybody whose turn it is, by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remind {
    /// Number of the recipient; everybody whose turn it is where there is none.
    pub recipient: Option<u16>,
}

impl Remind {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let recipients: Vec<u16> = match self.recipient {
            Some(recipient) => {
                let progress = in_turn(state, recipient)?;
                mailed(state, recipient)?;
                if !may_be_reminded(progress, recipient, context) {
                    return Err(Refusal::RemindedJustNow);
                }
                vec![recipient]
            }
            None => {
                let progress = running(state)?;
                state
                    .recipient_numbers()
                    .filter(|it| progress.part(*it).is_some_and(Part::may_act) && mailed(state, *it).is_ok())
                    .filter(|it| may_be_reminded(progress, *it, context))
                    .collect()
            }
        };
        if recipients.is_empty() {
            return Err(Refusal::RemindedJustNow);
        }
        Ok(reminded(recipients))
    }
}

fn may_be_reminded(progress: &Progress, recipient: u16, context: &Context) -> bool {
    let person = progress.person(recipient);
    let last = person.and_then(|person| person.reminded_at.max(person.invited_at));
    last.is_none_or(|at| context.now.duration_since(at) >= REMINDER_PAUSE)
}

/// That they were reminded, and the mails.
pub(crate) fn reminded(recipients: Vec<u16>) -> Decision {
    let effects = recipients.iter().map(|recipient| Effect::ReminderMail { recipient: *recipient }).collect();
    Decision { events: vec![Event::RecipientsReminded { recipients }], effects }
}
