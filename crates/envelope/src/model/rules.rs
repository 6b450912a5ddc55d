//! Rules that differ from sender to sender, as data.

use serde::{Deserialize, Serialize};

/// The part of the rules that an envelope carries with it. The tenant gives the default, a dialect sets
/// what its vendor's users expect, and [`crate::decide`] alone reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// A signer needs a signature field in at least one document. Where this is off, a signer without any
    /// field signs every document invisibly.
    pub place_required: bool,
    /// What a decline ends.
    pub decline_ends: DeclineEnds,
}

/// What ends when a recipient declines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineEnds {
    /// The whole envelope.
    Envelope,
    /// The part of this recipient; the others go on.
    Recipient,
}

impl Default for Rules {
    fn default() -> Self {
        Self { place_required: true, decline_ends: DeclineEnds::Envelope }
    }
}
