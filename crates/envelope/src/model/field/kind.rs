//! What goes into a field, and who puts it there.

use serde::{Deserialize, Serialize};

/// What goes into a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// The recipient's signature.
    #[default]
    Signature,
    /// Their initials.
    Initials,
    /// A line of text.
    Text,
    /// The date of their act, filled by the server.
    DateSigned,
    /// A box to tick; those of one `group` are counted together.
    Checkbox,
    /// Text of several lines.
    MultilineText,
    /// Text with a box for each character.
    BoxedText,
    /// A number, written with a full stop and without separators of thousands.
    Number,
    /// An address of e-mail.
    Email,
    /// A date that the person enters, written as ISO 8601 has it.
    Date,
    /// One of the buttons of a `group`, of which one can be chosen.
    Radio,
    /// One of a list.
    Dropdown,
    /// A file that the recipient adds; a document of the envelope, never part of a signed PDF.
    Attachment,
    /// A picture that the recipient gives.
    Image,
    /// The stamp of the recipient's company, as a picture.
    Stamp,
    /// The recipient's name, filled by the server.
    RecipientName,
    /// The recipient's address, filled by the server.
    RecipientEmail,
    /// The recipient's company, in their words.
    Company,
    /// The recipient's title or function, in their words.
    JobTitle,
    /// The day on which the envelope was completed, filled by the server at the end.
    DateCompleted,
    /// Words of the sender to the recipient at this place of their page; never part of the document.
    Note,
    /// Words of the sender, part of the document.
    FreeText,
    /// A line of the sender through what stands in the document.
    Strikethrough,
    /// A button with which the recipient declines.
    DeclineButton,
    /// A button with which the recipient goes to the end of their part.
    ApproveButton,
}

/// Who puts a value into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilledBy {
    /// The recipient, by hand.
    Person,
    /// The recipient's act: what they adopted, or what the server knows.
    Act,
    /// The sender, before anybody is invited.
    Sender,
    /// The end of the envelope.
    Completion,
    /// Nobody: it is there for the eye or the finger alone.
    Nobody,
}

impl FieldKind {
    /// Every kind.
    pub const ALL: [Self; 25] = [
        Self::Signature,
        Self::Initials,
        Self::Text,
        Self::DateSigned,
        Self::Checkbox,
        Self::MultilineText,
        Self::BoxedText,
        Self::Number,
        Self::Email,
        Self::Date,
        Self::Radio,
        Self::Dropdown,
        Self::Attachment,
        Self::Image,
        Self::Stamp,
        Self::RecipientName,
        Self::RecipientEmail,
        Self::Company,
        Self::JobTitle,
        Self::DateCompleted,
        Self::Note,
        Self::FreeText,
        Self::Strikethrough,
        Self::DeclineButton,
        Self::ApproveButton,
    ];

    /// Who fills it.
    pub fn filled_by(self) -> FilledBy {
        match self {
            Self::Signature
            | Self::Initials
            | Self::DateSigned
            | Self::RecipientName
            | Self::RecipientEmail => FilledBy::Act,
            Self::FreeText | Self::Strikethrough => FilledBy::Sender,
            Self::DateCompleted => FilledBy::Completion,
            Self::Note | Self::DeclineButton | Self::ApproveButton => FilledBy::Nobody,
            _ => FilledBy::Person,
        }
    }

    /// Whether something of it becomes part of its document.
    pub fn stands_in_document(self) -> bool {
        !matches!(self, Self::Attachment | Self::Note | Self::DeclineButton | Self::ApproveButton)
    }

    /// Whether its value is words or figures that are drawn as text.
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::DateSigned
                | Self::MultilineText
                | Self::BoxedText
                | Self::Number
                | Self::Email
                | Self::Date
                | Self::Dropdown
                | Self::RecipientName
                | Self::RecipientEmail
                | Self::Company
                | Self::JobTitle
                | Self::DateCompleted
                | Self::FreeText
        )
    }

    /// Whether it is ticked or not.
    pub fn is_ticked(self) -> bool {
        matches!(self, Self::Checkbox | Self::Radio)
    }

    /// Whether its value is a picture.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Image | Self::Stamp)
    }

    /// Whether its value is a file that its recipient adds.
    pub fn takes_file(self) -> bool {
        self == Self::Attachment || self.is_picture()
    }

    /// Its usual width and height in points, where the sender says nothing. Those of a signature are ConsignO Cloud's.
    pub fn usual_size(self) -> (f64, f64) {
        match self {
            Self::Signature => (165.0, 37.0),
            Self::Initials => (60.0, 37.0),
            Self::Checkbox | Self::Radio => (14.0, 14.0),
            Self::MultilineText | Self::FreeText | Self::Note => (220.0, 60.0),
            Self::BoxedText => (180.0, 20.0),
            Self::Image | Self::Stamp => (120.0, 80.0),
            Self::Attachment => (140.0, 24.0),
            Self::Strikethrough => (150.0, 8.0),
            Self::DeclineButton | Self::ApproveButton => (110.0, 30.0),
            Self::DateSigned | Self::Date | Self::DateCompleted | Self::Number => (90.0, 20.0),
            _ => (150.0, 20.0),
        }
    }
}
