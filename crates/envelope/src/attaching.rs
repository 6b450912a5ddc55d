//! Whether the finished documents lie in the last mail itself.

use crate::state::{Envelope, Shelf};

/// Whether the finished documents lie in the mail that says that all is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attaching {
    /// The sender did not ask for it, or the documents are gone.
    No,
    /// They do, where they are small enough.
    Yes,
    /// They do not: who proves who they are before they see a document does not find it in a mailbox that others may
    /// read. The link asks them.
    BehindProof,
}

impl Envelope {
    /// For a recipient, or for the sender where there is none.
    pub fn attaching_for(&self, recipient: Option<u16>) -> Attaching {
        if !self.draft.mails.attach_documents || self.shelf == Shelf::Deleted {
            return Attaching::No;
        }
        let person = recipient.and_then(|number| self.recipient(number));
        match person.is_some_and(|it| it.asked_methods().next().is_some()) {
            true => Attaching::BehindProof,
            false => Attaching::Yes,
        }
    }
}
