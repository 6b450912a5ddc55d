//! Where one more method goes in somebody's chain, or why it cannot.

use super::draft_methods::{allowed, chain, embedded};
use crate::model::draft::Draft;
use crate::model::method::{Method, MethodKind};
use crate::refusal::Finding;

/// The place, from 0, at which this method can be added to the chain of the recipient at `index`: at its end, else at its
/// front.
///
/// # Errors
/// What would be wrong with the chain wherever it stood. What was wrong before is not said again.
pub fn place_of_method(draft: &Draft, index: usize, kind: MethodKind) -> Result<usize, Finding> {
    let before = found(draft, index);
    let end = draft.recipients.get(index).map_or(0, |it| it.authentication.len());
    let new = |place| {
        let mut wanted = draft.clone();
        if let Some(recipient) = wanted.recipients.get_mut(index) {
            recipient.authentication.insert(place, bare(kind));
        }
        found(&wanted, index).into_iter().find(|it| before.iter().all(|known| known.code != it.code))
    };
    if new(end).is_none() {
        return Ok(end);
    }
    new(0).map_or(Ok(0), Err)
}

/// What is wrong with a chain as a whole: not with what is written in its methods.
fn found(draft: &Draft, index: usize) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(recipient) = draft.recipients.get(index) {
        let pointer = format!("/recipients/{index}/authentication");
        chain(&recipient.authentication, &pointer, &mut found);
        allowed(draft, recipient, &pointer, &mut found);
        embedded(draft, index, recipient, &mut found);
    }
    found
}

/// A method of which nothing more is said yet.
fn bare(kind: MethodKind) -> Method {
    match kind {
        MethodKind::EmailLink => Method::EmailLink,
        MethodKind::EmailCode => Method::EmailCode,
        MethodKind::SmsCode => Method::SmsCode,
        MethodKind::VoiceCode => Method::VoiceCode,
        MethodKind::Secret => Method::Secret { question: Default::default(), answer: None },
        MethodKind::Pin => Method::Pin { pin: None },
        MethodKind::Custom => Method::Custom { provider: String::new(), data: Default::default() },
        MethodKind::Host => Method::Host { client_user_id: None },
        MethodKind::Totp => Method::Totp,
        MethodKind::Passkey => Method::Passkey,
        MethodKind::Oidc => Method::Oidc { subject: None },
    }
}
