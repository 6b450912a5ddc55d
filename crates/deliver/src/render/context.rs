//! What a mail can say.

/// What a mail can say. What is not known or has no place in this mail is left empty, and the mail reads well without.
/// All of it is text as people typed it: it is escaped and made one line where it has to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Name of the reader.
    pub name: String,
    /// Name of the sender of the documents.
    pub sender: String,
    /// The sender's address, for questions.
    pub sender_email: String,
    /// The tenant's name.
    pub organization: String,
    /// The title of what is to be signed.
    pub title: String,
    /// Titles of the documents; listed when there are several.
    pub documents: Vec<String>,
    /// Words between people, quoted line by line: the sender's message in an invitation, the reason given in a mail
    /// about a decline or a withdrawal. Where a mail has no place for it, it is left out.
    pub message: String,
    /// Name of the person it is about: who declined.
    pub person: String,
    /// Where the button leads, an `https` address of ours. Without one there is no button.
    pub link: String,
    /// A date or time in the reader's language and time zone, ready to be read: until when to sign, or until when the
    /// link works; in a mail about the end of time, when it was.
    pub until: String,
    /// The one-time code, in a mail that brings one.
    pub code: String,
    /// Subject of an invitation, where its sender wrote one.
    pub subject: String,
    /// What became of the wish to have the documents in the mail itself.
    pub attached: Attached,
    /// The envelope is a test, and the mail says so.
    pub test: bool,
}

/// Whether documents come with a mail; the mail says it in a sentence that no template takes away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Attached {
    /// Nobody wanted it, and nothing is said.
    #[default]
    Unwanted,
    /// They do.
    Here,
    /// They are too large for a mail; the link leads to them.
    TooLarge,
    /// Their reader proves who they are before they see them; the link asks.
    BehindProof,
}
