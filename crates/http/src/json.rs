//! JSON from strangers: what cannot be read gets a problem that says where.

use crate::problem::Problem;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

/// A body of so many bytes at most: an image of 5 MB in base64, and room.
pub(crate) const BODY_BYTES_MAX: usize = 16 << 20;

/// A JSON body.
pub(crate) struct Json<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state).await.map_err(|_| {
            Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "body_too_large",
                "The body is too large or was cut off; send less, or upload files at /v1/uploads.",
            )
        })?;
        let bytes = if bytes.is_empty() { Bytes::from_static(b"{}") } else { bytes };
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            // The parser's message names the place and the expected shape; it is shown to whoever sent it only.
            Problem::new(
                StatusCode::BAD_REQUEST,
                "json_malformed",
                format!("The body cannot be read: {error}. Correct it and send it again."),
            )
        })
    }
}
