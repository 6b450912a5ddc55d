//! What recipients agree to, as a tenant sets it, on the wire.

use serde::{Deserialize, Serialize};
use service::tenant_settings::{ConsentSetting, ConsentVersion};
use utoipa::ToSchema;

/// Words of one's own.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsentWords {
    /// The paragraphs, 1 to 20, without line breaks in them.
    #[serde(default)]
    pub(crate) text: Vec<String>,
}

/// What recipients agree to in one language.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct ConsentAnswer {
    language: &'static str,
    /// The version in force.
    version: String,
    /// Whether these are the tenant's own words. The built-in ones speak to approvers, readers and fillers in other
    /// words than to those who sign.
    own: bool,
    /// The words in force for those who sign; paragraphs.
    text: Vec<String>,
    /// The built-in words for those who sign; paragraphs.
    built_in: Vec<String>,
    /// The tenant's own versions, newest first; 50 at most.
    versions: Vec<ConsentVersionAnswer>,
}

/// One version of a tenant's own words.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct ConsentVersionAnswer {
    /// As it stands in events.
    version: String,
    /// Paragraphs; none where this version went back to the built-in words.
    text: Vec<String>,
    /// SHA-256 of the paragraphs in UTF-8, two line feeds between one and the next; it stands in events too.
    digest: String,
    /// Id of the user or the key.
    made_by: String,
    created_at: String,
}

impl From<ConsentSetting> for ConsentAnswer {
    fn from(it: ConsentSetting) -> Self {
        Self {
            language: it.language,
            version: it.in_force.version,
            own: it.own,
            text: it.in_force.text.paragraphs,
            built_in: it.built_in,
            versions: it.versions.into_iter().map(ConsentVersionAnswer::from).collect(),
        }
    }
}

impl From<ConsentVersion> for ConsentVersionAnswer {
    fn from(it: ConsentVersion) -> Self {
        Self {
            version: it.version,
            text: it.paragraphs,
            digest: it.digest.to_string(),
            made_by: it.made_by,
            created_at: it.created_at.to_string(),
        }
    }
}
