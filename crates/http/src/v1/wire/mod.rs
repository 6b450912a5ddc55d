//! What goes over the wire, and the way to and from the rules' own words.

pub(crate) mod anchor;
pub(crate) mod api_key;
pub(crate) mod bulk;
pub(crate) mod ceremony;
pub(crate) mod challenge;
pub(crate) mod consent;
pub(crate) mod contact;
pub(crate) mod defaults;
pub(crate) mod draft;
pub(crate) mod envelope;
pub(crate) mod event;
pub(crate) mod field;
pub(crate) mod identity_provider;
pub(crate) mod mail;
pub(crate) mod method;
pub(crate) mod recipient;
mod tag_text;
pub(crate) mod tags;
pub(crate) mod template;
pub(crate) mod template_link;
pub(crate) mod template_xml;
pub(crate) mod upload;
pub(crate) mod user;
pub(crate) mod webhook;

use serde::{Deserialize, Serialize};
use service::envelope::PageSize;
use utoipa::ToSchema;

/// Size of a page as it is shown, in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct WirePage {
    /// Width.
    pub(crate) width: f64,
    /// Height.
    pub(crate) height: f64,
}

impl From<&PageSize> for WirePage {
    fn from(page: &PageSize) -> Self {
        Self { width: page.width.get(), height: page.height.get() }
    }
}

/// Microseconds as RFC 3339.
pub(crate) fn time(micros: i64) -> String {
    service::from_micros(micros).to_string()
}
