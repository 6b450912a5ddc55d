//! Addresses that cannot be read: refused in the same words on every engine, and as problem details like all else.

use crate::problem::Problem;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses U+0000, which nobody means and PostgreSQL keeps in no text; and writes down as problem details that an
/// address does not take a method, which the router says without words.
pub(crate) async fn in_problem_details(request: Request, next: Next) -> Response {
    if request.uri().path_and_query().is_some_and(|it| it.as_str().contains("%00")) {
        let detail = "The address holds the character U+0000; leave it out and ask again.";
        return Problem::new(StatusCode::BAD_REQUEST, "address_malformed", detail).into_response();
    }
    let response = next.run(request).await;
    if response.status() != StatusCode::METHOD_NOT_ALLOWED {
        return response;
    }
    let allow = response.headers().get(header::ALLOW).cloned();
    let detail = "This address does not take this method; use one that the header Allow names.";
    let mut refused =
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail).into_response();
    refused.headers_mut().extend(allow.map(|allow| (header::ALLOW, allow)));
    refused
}
