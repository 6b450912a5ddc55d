//! Rules that differ from sender to sender, as data.

use super::is_default;
use super::method::MethodKind;
use serde::{Deserialize, Serialize};

/// The part of the rules that an envelope carries with it. The tenant gives the default, a dialect sets
/// what its vendor's users expect, and [`crate::decide`] alone reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// A signer needs a signature field in at least one document. Where this is off, a signer without one may place
    /// their own fields in their visit, and signs a document in which they place nothing invisibly.
    pub place_required: bool,
    /// What a decline ends.
    pub decline_ends: DeclineEnds,
    /// Whose acts complete it.
    #[serde(skip_serializing_if = "is_default")]
    pub completion: Completion,
    /// Until when a role can be without a person.
    #[serde(skip_serializing_if = "is_default")]
    pub placeholders: Placeholders,
    /// Whether recipients may act inside the sender's own pages.
    #[serde(skip_serializing_if = "is_default")]
    pub embedded: EmbeddedSigning,
    /// Whether two methods or more need a link that the sender's program asks for itself.
    #[serde(skip_serializing_if = "is_default")]
    pub combined_methods: CombinedMethods,
    /// The link and so many methods more at least, counted together; 0 and 1 ask for nothing more than the link.
    #[serde(skip_serializing_if = "is_default")]
    pub factors_min: u8,
    /// The methods that may be used; all of them where nothing is said.
    #[serde(skip_serializing_if = "is_default")]
    pub methods_allowed: Option<Vec<MethodKind>>,
    /// What codes by telephone may cost.
    #[serde(skip_serializing_if = "is_default")]
    pub telephone: Telephone,
    /// Whether a recipient may name somebody else in their place.
    #[serde(skip_serializing_if = "is_default")]
    pub delegation: Delegation,
    /// The profile of 21 CFR Part 11; `None` where it does not apply.
    #[serde(skip_serializing_if = "is_default")]
    pub part_11: Option<Part11>,
}

/// What ends when a recipient declines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeclineEnds {
    /// The whole envelope.
    Envelope,
    /// The part of this recipient; the others go on.
    Recipient,
}

/// Whose acts complete an envelope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Completion {
    /// Everybody's.
    #[default]
    All,
    /// Those of recipients who are not optional; the optional ones may act until then.
    Required,
    /// In each step, the first one's; the others of that step are let go.
    AnyOfStep,
    /// The first one's of all; everybody else is let go.
    AnyOfDocument,
}

/// Until when a role can be without a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Placeholders {
    /// Until it is sent.
    #[default]
    Send,
    /// Until their turn has come; the envelope waits there.
    Turn,
}

/// Whether recipients may act inside the sender's own pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EmbeddedSigning {
    /// Yes, also several at once.
    #[default]
    Allowed,
    /// Yes, but alone in their step.
    AloneInStep,
    /// No.
    Refused,
}

/// Whether two methods or more can be combined when the server itself sends the link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CombinedMethods {
    /// Yes.
    #[default]
    Free,
    /// No: the sender's program asks for the link.
    ManualCeremony,
}

/// What codes by telephone may cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Telephone {
    /// No code goes by telephone at all.
    #[serde(skip_serializing_if = "is_default")]
    pub refused: bool,
    /// So many codes a month; as many as are needed where nothing is said.
    #[serde(skip_serializing_if = "is_default")]
    pub monthly_allowance: Option<u32>,
    /// More than the allowance is let through.
    #[serde(skip_serializing_if = "is_default")]
    pub overage: bool,
}

/// Whether a recipient may name somebody else in their place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Delegation {
    /// No.
    #[default]
    Refused,
    /// Yes, once the sender agrees.
    WithConsent,
    /// Yes.
    Free,
}

/// Signatures under 21 CFR Part 11: the signer chooses what the signature means, proves who they are again at the
/// moment of signing, and name, time and meaning are printed with it (11.50, 11.200).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Part11 {
    /// The meanings to choose from, at least one ("Author", "Reviewed", "Approved").
    pub meanings: Vec<String>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            place_required: true,
            decline_ends: DeclineEnds::Envelope,
            completion: Completion::All,
            placeholders: Placeholders::Send,
            embedded: EmbeddedSigning::Allowed,
            combined_methods: CombinedMethods::Free,
            factors_min: 0,
            methods_allowed: None,
            telephone: Telephone::default(),
            delegation: Delegation::Refused,
            part_11: None,
        }
    }
}
