//! Keys of programs on the wire.

use serde::{Deserialize, Serialize};
use service::accounts::KnownApiKey;
use utoipa::ToSchema;

/// A key that is to be made.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApiKeyRequest {
    /// What it is for, in words of your own.
    pub(crate) label: String,
    /// For the real thing; for tests where it is left out.
    #[serde(default)]
    pub(crate) live: bool,
}

/// A key, without the key itself.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct ApiKeyAnswer {
    id: String,
    label: String,
    live: bool,
    /// It opens nothing any more.
    revoked: bool,
    created_at: String,
}

impl From<KnownApiKey> for ApiKeyAnswer {
    fn from(key: KnownApiKey) -> Self {
        Self {
            id: key.id,
            label: key.label,
            live: key.live,
            revoked: key.revoked,
            created_at: key.created_at.to_string(),
        }
    }
}

/// A key that was just made.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct NewApiKeyAnswer {
    pub(crate) id: String,
    /// The key itself, which is shown this once.
    pub(crate) api_key: String,
}

/// All keys, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct ApiKeyList {
    pub(crate) items: Vec<ApiKeyAnswer>,
}
