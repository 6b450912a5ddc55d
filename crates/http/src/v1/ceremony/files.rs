//! The documents that a recipient reads.

use super::Guest;
use crate::App;
use crate::download;
use crate::json::Path;
use crate::problem::Problem;
use axum::extract::State;
use axum::response::Response;

/// Read a document, after consent, or by a download link.
#[utoipa::path(
    get, path = "/v1/ceremony/documents/{document}", tag = "ceremony",
    params(("document" = u16, Path, description = "Number of the document, from 1")),
    responses((status = 200, content_type = "application/pdf"), (status = 409, body = Problem),
              (status = 410, body = Problem))
)]
pub(super) async fn document(
    State(app): State<App>,
    Guest(visit): Guest,
    Path(document): Path<u16>,
) -> Result<Response, Problem> {
    Ok(download::pdf(app.service.ceremony_document(&visit, document).await?, true))
}

/// Read the audit trail, by a download link.
#[utoipa::path(
    get, path = "/v1/ceremony/audit.pdf", tag = "ceremony",
    responses((status = 200, content_type = "application/pdf"), (status = 410, body = Problem))
)]
pub(super) async fn audit_trail(State(app): State<App>, Guest(visit): Guest) -> Result<Response, Problem> {
    Ok(download::pdf(app.service.ceremony_audit_trail(&visit).await?, true))
}
