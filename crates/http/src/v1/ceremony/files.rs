//! The documents that a recipient reads.

use super::Guest;
use crate::App;
use crate::download;
use crate::json::{Path, Query};
use crate::picture::{self, Keep, PictureQuery, Wish};
use crate::problem::Problem;
use crate::v1::envelopes::TrailLanguage;
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

/// Look at a page of a document, after consent, or by a download link.
///
/// A PNG, drawn on demand: what is seen before the document itself is there.
#[utoipa::path(
    get, path = "/v1/ceremony/documents/{document}/pages/{page}", tag = "ceremony",
    params(("document" = u16, Path, description = "Number of the document, from 1"),
           ("page" = String, Path, description = "Number of the page, from 1, and `.png`", example = "1.png"),
           PictureQuery),
    responses((status = 200, content_type = "image/png"), (status = 409, body = Problem),
              (status = 410, body = Problem),
              (status = 422, body = Problem, description = "This page cannot be drawn"),
              (status = 503, body = Problem, description = "Too many are being drawn"))
)]
pub(super) async fn page(
    State(app): State<App>,
    Guest(visit): Guest,
    Path((document, page)): Path<(u16, String)>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = picture::number(&page)?;
    let drawn = app.service.ceremony_picture(&visit, document, page, wish.width).await?;
    Ok(picture::answer(drawn, &wish, Keep::Never))
}

/// Read the audit trail, by a download link.
#[utoipa::path(
    get, path = "/v1/ceremony/audit.pdf", tag = "ceremony",
    params(TrailLanguage),
    responses((status = 200, content_type = "application/pdf"), (status = 400, body = Problem),
              (status = 410, body = Problem),
              (status = 422, body = Problem, description = "The typefaces cannot write this language"))
)]
pub(super) async fn audit_trail(
    State(app): State<App>,
    Guest(visit): Guest,
    Query(asked): Query<TrailLanguage>,
) -> Result<Response, Problem> {
    Ok(download::trail(app.service.ceremony_audit_trail(&visit, asked.language.as_deref()).await?, true))
}

/// Download everything in one zip, by a download link.
///
/// The documents, the files that were added and are not another's in confidence, and the audit trail.
#[utoipa::path(
    get, path = "/v1/ceremony/documents.zip", tag = "ceremony",
    responses((status = 200, content_type = "application/zip"), (status = 403, body = Problem),
              (status = 410, body = Problem))
)]
pub(super) async fn zip(State(app): State<App>, Guest(visit): Guest) -> Result<Response, Problem> {
    Ok(download::zip(app.service.ceremony_zip(&visit).await?))
}
