//! When recipients are reminded.

use super::is_default;
use serde::{Deserialize, Serialize};

/// When recipients who have not acted yet are reminded, in days and at an hour of their own time zone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reminders {
    /// The first one so many days after the invitation; never where it is 0.
    #[serde(default, skip_serializing_if = "is_default")]
    pub first_after_days: u16,
    /// And then every so many days; only once where it is 0.
    #[serde(default, skip_serializing_if = "is_default")]
    pub every_days: u16,
    /// So many days before it expires.
    #[serde(default, skip_serializing_if = "is_default")]
    pub before_expiry_days: Vec<u16>,
    /// The hour of the recipient's day, 0 to 23; 9 where nothing is said.
    #[serde(default, skip_serializing_if = "is_default")]
    pub hour: Option<u8>,
}

/// A limit of time for one step, counted from its opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StepLimit {
    /// The step.
    pub step: u16,
    /// It is over at the end of the day that is so many days later, in the envelope's time zone.
    pub days: u16,
}
