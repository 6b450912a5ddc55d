//! The mails there are.

/// The mails there are. What the same event means to the sender and to a recipient are two mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// To a recipient of the first step: please sign.
    Invitation,
    /// To a recipient of a later step: please sign, now it is your turn.
    YourTurn,
    /// To a recipient who signed: all have; a link to download.
    Completed,
    /// To the sender: all have signed; a link to the desk.
    CompletedSender,
    /// To a recipient: somebody declined, and that was the end.
    Declined,
    /// To the sender: somebody declined, with their reason.
    DeclinedSender,
    /// To a recipient: the sender withdrew it.
    Cancelled,
    /// To the sender: it is withdrawn.
    CancelledSender,
    /// To a recipient: the time is over.
    Expired,
    /// To the sender: the time is over.
    ExpiredSender,
    /// To a recipient who only gets a copy; a link to download.
    Copy,
    /// To somebody whose download link had ended and who asked for another.
    DownloadLinkRenewed,
    /// To a user: the one-time link to the desk.
    SignIn,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Invitation,
        Self::YourTurn,
        Self::Completed,
        Self::CompletedSender,
        Self::Declined,
        Self::DeclinedSender,
        Self::Cancelled,
        Self::CancelledSender,
        Self::Expired,
        Self::ExpiredSender,
        Self::Copy,
        Self::DownloadLinkRenewed,
        Self::SignIn,
    ];

    /// Its key in the catalogs; also a stable word for what a message is about.
    pub fn key(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::YourTurn => "your_turn",
            Self::Completed => "completed",
            Self::CompletedSender => "completed_sender",
            Self::Declined => "declined",
            Self::DeclinedSender => "declined_sender",
            Self::Cancelled => "cancelled",
            Self::CancelledSender => "cancelled_sender",
            Self::Expired => "expired",
            Self::ExpiredSender => "expired_sender",
            Self::Copy => "copy",
            Self::DownloadLinkRenewed => "download_link_renewed",
            Self::SignIn => "sign_in",
        }
    }

    /// Whether its reader is about to see the documents, so that their titles help.
    pub(crate) fn lists_documents(self) -> bool {
        match self {
            Self::Invitation
            | Self::YourTurn
            | Self::Completed
            | Self::CompletedSender
            | Self::Copy
            | Self::DownloadLinkRenewed => true,
            Self::Declined
            | Self::DeclinedSender
            | Self::Cancelled
            | Self::CancelledSender
            | Self::Expired
            | Self::ExpiredSender
            | Self::SignIn => false,
        }
    }
}
