//! What would keep a draft from being sent, found without making an envelope of it.

use envelope::commands::create::CreateEnvelope;
use envelope::commands::send;
use envelope::{Command, Context, Draft, Envelope, Finding, Recorded, Refusal, Sender, decide};
use jiff::Timestamp;

/// Everything that would keep this draft from being sent now.
pub(crate) fn what_hinders(draft: Draft, sender: &Sender, test: bool, now: Timestamp) -> Vec<Finding> {
    let context = Context::at(now);
    let create = Command::Create(CreateEnvelope { sender: sender.clone(), test, draft });
    let made = decide(None, &create, &context).map(|made| {
        let recorded: Vec<Recorded> =
            made.events.into_iter().map(|event| Recorded { at: now, event }).collect();
        Envelope::fold(&recorded)
    });
    let refused = match made {
        Ok(Some(state)) => send::check(&state, &context).err(),
        Ok(None) => None,
        Err(refusal) => Some(refusal),
    };
    match refused {
        None => Vec::new(),
        Some(Refusal::Invalid(found)) => found,
        Some(other) => vec![Finding::new("", other.code(), other.to_string())],
    }
}
