//! Where the world calls us back: mail servers and providers say what became of what we sent.
//!
//! Nobody who calls here has a key; each shows a secret or a signature of its own, and all of them may repeat
//! themselves. Bodies are bounded, and never logged.

mod mail;
mod telephone;

use crate::App;
use crate::problem::Problem;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(mail::routes()).merge(telephone::routes())
}

/// What became of a report.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(super) struct HookAnswer {
    /// For each thing that was reported: `recorded`; `known`, because it was recorded before or is of no matter any
    /// more; `not_final`, because it may yet arrive, or did; `unknown`, because nothing of that name left from here.
    results: Vec<&'static str>,
}

/// The headers that are text, with their names in small letters.
fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    headers.iter().filter_map(text).collect()
}

/// The body, up to the limit of its route.
async fn body(request: Request) -> Result<Bytes, Problem> {
    Bytes::from_request(request, &()).await.map_err(|_| {
        Problem::new(
            axum::http::StatusCode::PAYLOAD_TOO_LARGE,
            "body_too_large",
            "The report is too large or was cut off; send it without what is attached to it.",
        )
    })
}
