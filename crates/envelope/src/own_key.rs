//! Who signs with a key of their own, where there is one.

use crate::model::role::Role;
use crate::state::Envelope;

/// What shows that somebody reads the mail of their address. A telephone, a question and a PIN are the sender's to
/// choose, and a link that was handed over is in the sender's hands.
const READS_THEIR_MAIL: [&str; 2] = ["email_link", "email_code"];

impl Envelope {
    /// Whether a recipient who has passed these methods may sign with a key of their own, which says outside of this
    /// envelope too that it was them: never in test mode, and only when they came themselves, by what the sender could
    /// not do in their name.
    pub fn signs_with_own_key(&self, recipient: u16, methods: &[String]) -> bool {
        let theirs = self.recipient(recipient).is_some_and(|it| {
            // Who signs in person reads the mail of their host, and nobody comes for an automatic signer.
            matches!(it.role, Role::Signer | Role::Witness)
        });
        theirs && !self.test && methods.iter().any(|it| READS_THEIR_MAIL.contains(&it.as_str()))
    }
}
