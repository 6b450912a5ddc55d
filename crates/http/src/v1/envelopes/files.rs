//! What comes out: documents, `audit.pdf`, `evidence.json`, and all of it in one zip.

use crate::App;
use crate::caller::Caller;
use crate::download;
use crate::json::{Path, Query};
use crate::picture::{self, Keep, PictureQuery, Wish};
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use service::documents::download::Which;
use service::envelope::FieldId;
use service::envelopes::FileRevision;
use service::work::TrailWish;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Revision {
    /// `head` (the newest, where it is left out), `upload`, `sent` or `prepared`.
    revision: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct FileRevisionQuery {
    /// `head` (where it is left out): with the tenant's seal, once it is there. `upload`: as the recipient gave it.
    revision: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::v1) struct TrailLanguage {
    /// Language of the audit trail. Left out, it is the reader's: a recipient's own where it can be written, and for
    /// senders the record as it was issued, in the language of the envelope. In another language the same events are
    /// told and sealed anew, and the digest of the issued record is named.
    #[param(example = "de")]
    pub(in crate::v1) language: Option<String>,
}

/// Download a document.
#[utoipa::path(
    get, path = "/v1/envelopes/{envelope}/documents/{document}", tag = "files",
    params(("envelope" = String, Path, description = "Id of the envelope"),
           ("document" = u16, Path, description = "Number of the document, from 1"), Revision),
    responses((status = 200, content_type = "application/pdf"), (status = 404, body = Problem))
)]
pub(super) async fn document(
    State(app): State<App>,
    caller: Caller,
    Path((envelope, number)): Path<(String, u16)>,
    Query(revision): Query<Revision>,
) -> Result<Response, Problem> {
    let which = Which::from_word(revision.revision.as_deref().unwrap_or("head")).ok_or_else(|| {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "revision_unknown",
            "A revision is one of head, upload, sent, prepared; use one of these words.",
        )
    })?;
    Ok(download::pdf(app.service.document(&caller.scope(envelope), number, which).await?, false))
}

/// Look at a page of a document as it stands.
///
/// A PNG, drawn on demand. Which pages there are, and how large, the envelope says.
#[utoipa::path(
    get, path = "/v1/envelopes/{envelope}/documents/{document}/pages/{page}", tag = "files",
    params(("envelope" = String, Path, description = "Id of the envelope"),
           ("document" = u16, Path, description = "Number of the document, from 1"),
           ("page" = String, Path, description = "Number of the page, from 1, and `.png`", example = "1.png"),
           PictureQuery),
    responses((status = 200, content_type = "image/png"), (status = 404, body = Problem),
              (status = 422, body = Problem, description = "This page cannot be drawn"),
              (status = 503, body = Problem, description = "Too many are being drawn"))
)]
pub(super) async fn page(
    State(app): State<App>,
    caller: Caller,
    Path((envelope, number, page)): Path<(String, u16, String)>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = picture::number(&page)?;
    let drawn = app.service.document_picture(&caller.scope(envelope), number, page, wish.width).await?;
    Ok(picture::answer(drawn, &wish, Keep::WhileItStands))
}

/// Download the audit trail.
#[utoipa::path(
    get, path = "/v1/envelopes/{envelope}/audit.pdf", tag = "files",
    params(("envelope" = String, Path, description = "Id of the envelope"), TrailLanguage),
    responses((status = 200, content_type = "application/pdf"), (status = 400, body = Problem),
              (status = 404, body = Problem), (status = 409, body = Problem),
              (status = 422, body = Problem, description = "The typefaces cannot write this language"))
)]
pub(super) async fn audit_trail(
    State(app): State<App>,
    caller: Caller,
    Path(envelope): Path<String>,
    Query(asked): Query<TrailLanguage>,
) -> Result<Response, Problem> {
    let wish = asked.language.as_deref().map_or(TrailWish::AsIssued, TrailWish::Asked);
    Ok(download::trail(app.service.audit_trail(&caller.scope(envelope), wish).await?, false))
}

/// Download the evidence.
///
/// One canonical JSON file that can be checked without us.
#[utoipa::path(
    get, path = "/v1/envelopes/{envelope}/evidence.json", tag = "files",
    params(("envelope" = String, Path, description = "Id of the envelope")),
    responses((status = 200, content_type = "application/json"), (status = 404, body = Problem))
)]
pub(super) async fn evidence(
    State(app): State<App>,
    caller: Caller,
    Path(envelope): Path<String>,
) -> Result<Response, Problem> {
    let file = app.service.evidence_file(&caller.scope(envelope)).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"evidence.json\""),
    ];
    Ok((headers, file).into_response())
}

/// Download a file that a recipient added.
///
/// A PDF carries the tenant's seal as soon as the envelope is completed, where a seal can be put on it.
#[utoipa::path(
    get, path = "/v1/envelopes/{envelope}/files/{field}", tag = "files",
    params(("envelope" = String, Path, description = "Id of the envelope"),
           ("field" = String, Path, description = "Id of the field to which it was added"), FileRevisionQuery),
    responses((status = 200, content_type = "application/octet-stream"), (status = 404, body = Problem))
)]
pub(super) async fn attached(
    State(app): State<App>,
    caller: Caller,
    Path((envelope, field)): Path<(String, String)>,
    Query(revision): Query<FileRevisionQuery>,
) -> Result<Response, Problem> {
    let which = FileRevision::from_word(revision.revision.as_deref().unwrap_or("head")).ok_or_else(|| {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "revision_unknown",
            "A revision of a file is head or upload; use one of these words.",
        )
    })?;
    let file = app.service.attached_file(&caller.scope(envelope), &FieldId(field), which).await?;
    Ok(download::attached(file))
}

/// Download everything in one zip.
///
/// The documents as they stand, the files that recipients added, the audit trail where it has been issued, and the
/// evidence. It is made while it is read: its length is not known before.
#[utoipa::path(
    get, path = "/v1/envelopes/{envelope}/documents.zip", tag = "files",
    params(("envelope" = String, Path, description = "Id of the envelope")),
    responses((status = 200, content_type = "application/zip"), (status = 404, body = Problem),
              (status = 410, body = Problem))
)]
pub(super) async fn zip(
    State(app): State<App>,
    caller: Caller,
    Path(envelope): Path<String>,
) -> Result<Response, Problem> {
    Ok(download::zip(app.service.documents_zip(&caller.scope(envelope)).await?))
}
