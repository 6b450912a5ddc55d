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
    /// To an approver: please read and approve.
    InvitationApprove,
    /// To a viewer: please read.
    InvitationView,
    /// To a filler: please fill in.
    InvitationFill,
    /// To the host of an in-person signer: open it together.
    InvitationHost,
    /// To a recipient whose turn it is: a reminder.
    Reminder,
    /// To a recipient on their page: a one-time code.
    Code,
    /// To the sender: somebody did what was asked of them.
    ActedSender,
    /// To the sender: too many wrong answers in somebody's name.
    LockedSender,
    /// To the sender: somebody wants another person to act in their place.
    DelegationSender,
    /// To the sender: a role needs its person now.
    VacantRoleSender,
    /// To the sender: a mail to somebody came back.
    BouncedSender,
    /// To a user: the one-time link to the desk.
    SignIn,
    /// To a new user: a colleague invites them, with their first link to the desk.
    UserInvitation,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 25] = [
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
        Self::InvitationApprove,
        Self::InvitationView,
        Self::InvitationFill,
        Self::InvitationHost,
        Self::Reminder,
        Self::Code,
        Self::ActedSender,
        Self::LockedSender,
        Self::DelegationSender,
        Self::VacantRoleSender,
        Self::BouncedSender,
        Self::SignIn,
        Self::UserInvitation,
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
            Self::InvitationApprove => "invitation_approve",
            Self::InvitationView => "invitation_view",
            Self::InvitationFill => "invitation_fill",
            Self::InvitationHost => "invitation_host",
            Self::Reminder => "reminder",
            Self::Code => "code",
            Self::ActedSender => "acted_sender",
            Self::LockedSender => "locked_sender",
            Self::DelegationSender => "delegation_sender",
            Self::VacantRoleSender => "vacant_role_sender",
            Self::BouncedSender => "bounced_sender",
            Self::SignIn => "sign_in",
            Self::UserInvitation => "user_invitation",
        }
    }

    /// The mail of this key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    /// Whether its reader is about to see the documents, so that their titles help.
    pub(crate) fn lists_documents(self) -> bool {
        match self {
            Self::Invitation
            | Self::YourTurn
            | Self::Completed
            | Self::CompletedSender
            | Self::Copy
            | Self::DownloadLinkRenewed
            | Self::InvitationApprove
            | Self::InvitationView
            | Self::InvitationFill
            | Self::InvitationHost
            | Self::Reminder => true,
            Self::Declined
            | Self::DeclinedSender
            | Self::Cancelled
            | Self::CancelledSender
            | Self::Expired
            | Self::ExpiredSender
            | Self::Code
            | Self::ActedSender
            | Self::LockedSender
            | Self::DelegationSender
            | Self::VacantRoleSender
            | Self::BouncedSender
            | Self::SignIn
            | Self::UserInvitation => false,
        }
    }
}
