//! Errors on the wire: problem details (RFC 9457).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use service::envelope::Refusal;
use service::{Class, Error};
use utoipa::ToSchema;

/// A problem, as RFC 9457 writes it, with a stable code and the places of what is wrong.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Address of the description of this kind of problem.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The kind of problem.
    pub(crate) title: String,
    /// HTTP status.
    pub(crate) status: u16,
    /// What is wrong and what to do next.
    pub(crate) detail: String,
    /// Stable code.
    pub(crate) code: String,
    /// Each thing that is wrong, with its place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) errors: Vec<Place>,
    /// After a wrong answer: so many more are taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attempts_left: Option<u8>,
    /// When it can be asked again (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) again_at: Option<String>,
    /// The header `Retry-After`: so many seconds.
    #[serde(skip)]
    pub(crate) retry_after_s: Option<u32>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct Place {
    /// JSON pointer (RFC 6901) into what was sent.
    pub(crate) pointer: String,
    /// What is wrong and what to do next.
    pub(crate) detail: String,
    /// Stable code.
    pub(crate) code: String,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("/docs#{code}"),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            code: code.to_owned(),
            errors: Vec::new(),
            attempts_left: None,
            again_at: None,
            retry_after_s: None,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let mut problem = Self::new(status(error.class()), error.code(), error.to_string());
        problem.errors = error
            .findings()
            .iter()
            .map(|it| Place {
                pointer: it.pointer.clone(),
                detail: it.sentence.clone(),
                code: it.code.to_owned(),
            })
            .collect();
        if let Class::TooOften { again_s } | Class::Busy { again_s } = error.class() {
            problem.retry_after_s = again_s;
        }
        match &error {
            Error::AnswerWrong { attempts_left } => problem.attempts_left = Some(*attempts_left),
            Error::Refused(Refusal::CodeTooSoon { at }) => problem.again_at = Some(at.to_string()),
            _ => {}
        }
        if let Error::Fault(fault) = &error {
            let reference = reference();
            tracing::error!(%reference, %fault, "a request failed");
            problem.detail = format!("{} Reference: {reference}.", problem.detail);
        }
        problem
    }
}

/// One match, so that a new class cannot be forgotten.
fn status(class: Class) -> StatusCode {
    match class {
        Class::Malformed => StatusCode::BAD_REQUEST,
        Class::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
        Class::NotAuthentic => StatusCode::UNAUTHORIZED,
        Class::Forbidden => StatusCode::FORBIDDEN,
        Class::NotFound => StatusCode::NOT_FOUND,
        Class::Conflict => StatusCode::CONFLICT,
        Class::Gone => StatusCode::GONE,
        Class::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Class::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
        Class::Busy { .. } => StatusCode::SERVICE_UNAVAILABLE,
        Class::Failed => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A number by which a line of the log can be found; it says nothing else.
fn reference() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("{:x}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}
