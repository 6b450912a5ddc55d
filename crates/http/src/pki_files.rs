//! `/pki`: the certificate of the built-in authority and its list of revoked certificates.

use crate::App;
use crate::problem::Problem;
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/pki/ca.cer", get(certificate))
        .route("/pki/ca.pem", get(certificate_pem))
        .route("/pki/ca.crl", get(revocation_list))
}

/// How long a list may be kept by those who fetch it; it is good for a week.
const KEEP_LIST: &str = "public, max-age=3600";

async fn certificate(State(app): State<App>) -> Result<Response, Problem> {
    let authority = app.service.authority().await?;
    Ok(([(header::CONTENT_TYPE, "application/pkix-cert")], authority.certificate().der().to_vec())
        .into_response())
}

async fn certificate_pem(State(app): State<App>) -> Result<Response, Problem> {
    let authority = app.service.authority().await?;
    let kind = [(header::CONTENT_TYPE, "application/x-pem-file")];
    Ok((kind, authority.certificate().to_pem()).into_response())
}

async fn revocation_list(State(app): State<App>) -> Result<Response, Problem> {
    let list = app.service.certificate_revocation_list().await?;
    let headers = [(header::CONTENT_TYPE, "application/pkix-crl"), (header::CACHE_CONTROL, KEEP_LIST)];
    Ok((headers, list).into_response())
}
