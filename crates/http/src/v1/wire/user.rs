//! The people of an account on the wire.

use serde::{Deserialize, Serialize};
use service::accounts::{KnownUser, NewUser, UserChange, UserRole};
use utoipa::ToSchema;

/// What somebody may do at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WireUserRole {
    /// As an admin; programs send in their name.
    Owner,
    /// Sends, and looks after users and keys.
    Admin,
    /// Sends.
    Member,
}

impl From<WireUserRole> for UserRole {
    fn from(role: WireUserRole) -> Self {
        match role {
            WireUserRole::Owner => Self::Owner,
            WireUserRole::Admin => Self::Admin,
            WireUserRole::Member => Self::Member,
        }
    }
}

impl From<UserRole> for WireUserRole {
    fn from(role: UserRole) -> Self {
        match role {
            UserRole::Owner => Self::Owner,
            UserRole::Admin => Self::Admin,
            UserRole::Member => Self::Member,
        }
    }
}

/// Who is to work here too.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserRequest {
    /// Their address; the invitation goes there.
    email: String,
    /// Their name; what stands before the @ where it is left out.
    #[serde(default)]
    name: String,
    /// What they may do; `member` where it is left out.
    role: Option<WireUserRole>,
    /// Language of the invitation; `en` where it is left out.
    language: Option<String>,
}

impl From<UserRequest> for NewUser {
    fn from(it: UserRequest) -> Self {
        Self {
            email: it.email,
            name: it.name,
            role: it.role.map_or(UserRole::Member, Into::into),
            language: it.language.unwrap_or_else(|| "en".to_owned()),
        }
    }
}

/// What is to be different in a user.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserPatch {
    /// Their name.
    name: Option<String>,
    /// What they may do.
    role: Option<WireUserRole>,
    /// Whether they may sign in. Who is switched off is signed out everywhere at once.
    enabled: Option<bool>,
}

impl From<UserPatch> for UserChange {
    fn from(it: UserPatch) -> Self {
        Self { name: it.name, role: it.role.map(Into::into), enabled: it.enabled }
    }
}

/// A user.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct UserAnswer {
    id: String,
    email: String,
    name: String,
    role: WireUserRole,
    /// Whether they may sign in.
    enabled: bool,
}

impl From<KnownUser> for UserAnswer {
    fn from(it: KnownUser) -> Self {
        Self { id: it.id, email: it.email, name: it.name, role: it.role.into(), enabled: it.enabled }
    }
}

/// Everybody who works here.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct UserList {
    pub(crate) items: Vec<UserAnswer>,
}
