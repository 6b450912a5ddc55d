//! What part a recipient has to play.

use serde::{Deserialize, Serialize};

/// The part a recipient has to play. What each leaves behind in the documents: a signature of their own
/// ([`Role::signs`]), values without one ([`Role::Filler`]), or an event alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Fills their fields and signs.
    #[default]
    Signer,
    /// Signs on the device of a host, who gets the link in their place and is present.
    InPersonSigner,
    /// Signs by mandate, by itself, as soon as its turn has come.
    AutomaticSigner,
    /// Signs that they saw another recipient act.
    Witness,
    /// Fills their fields, which the next signature covers; signs nothing.
    Filler,
    /// Agrees or declines; leaves no mark in the documents.
    Approver,
    /// Has to open the documents; leaves no mark in them.
    Viewer,
    /// Lends their device and their presence to in-person signers; has no act of their own.
    Host,
    /// Receives what comes out, and does nothing.
    Copy,
}

impl Role {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::Signer,
        Self::InPersonSigner,
        Self::AutomaticSigner,
        Self::Witness,
        Self::Filler,
        Self::Approver,
        Self::Viewer,
        Self::Host,
        Self::Copy,
    ];

    /// Whether their act is a signature in the documents.
    pub fn signs(self) -> bool {
        matches!(self, Self::Signer | Self::InPersonSigner | Self::AutomaticSigner | Self::Witness)
    }

    /// Whether they have a turn, in which something is asked of them.
    pub fn acts(self) -> bool {
        !matches!(self, Self::Host | Self::Copy)
    }

    /// Whether fields can be theirs.
    pub fn takes_fields(self) -> bool {
        self.signs() || self == Self::Filler
    }

    /// Whether a link is sent to them, rather than to their host or to nobody.
    pub fn is_invited(self) -> bool {
        self.acts() && !matches!(self, Self::InPersonSigner | Self::AutomaticSigner)
    }

    /// The word of the API, which events hold as well.
    pub fn word(self) -> &'static str {
        match self {
            Self::Signer => "signer",
            Self::InPersonSigner => "in_person_signer",
            Self::AutomaticSigner => "automatic_signer",
            Self::Witness => "witness",
            Self::Filler => "filler",
            Self::Approver => "approver",
            Self::Viewer => "viewer",
            Self::Host => "host",
            Self::Copy => "copy",
        }
    }
}
