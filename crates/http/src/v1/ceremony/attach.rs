//! `/v1/ceremony/files/{field}`: a recipient adds a file, looks at it, and takes it away again.

use super::Guest;
use crate::App;
use crate::download;
use crate::json::{Path, Query};
use crate::problem::Problem;
use crate::v1::wire::ceremony::FileAnswer;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use service::envelope::FieldId;
use service::envelope::commands::attach_file::FILE_BYTES_MAX;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// One byte more than the rules allow is enough to let them say so themselves.
const BODY_BYTES_MAX: usize = FILE_BYTES_MAX as usize + 1;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(add)).layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Name {
    /// Name of the file on the device.
    #[serde(default)]
    filename: String,
}

/// Add a file to a field.
///
/// The body is the file itself, in place of the one that was there. What it is is told by its content.
#[utoipa::path(
    put, path = "/v1/ceremony/files/{field}", tag = "ceremony",
    params(("field" = String, Path, description = "Id of the field"), Name),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = FileAnswer), (status = 409, body = Problem), (status = 413, body = Problem),
              (status = 422, body = Problem))
)]
async fn add(
    State(app): State<App>,
    Guest(visit): Guest,
    Path(field): Path<String>,
    Query(name): Query<Name>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<FileAnswer>, Problem> {
    let body = body.map_err(|_| {
        let most = FILE_BYTES_MAX >> 20;
        let detail = format!("The file is larger than {most} MB or was cut off; add a smaller one.");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "file_too_large", detail)
    })?;
    let file = app.service.attach_file(&visit, FieldId(field), name.filename, body.into()).await?;
    FileAnswer::of(&file).map(Json).ok_or_else(|| service::Error::NotFound { what: "file" }.into())
}

/// Read a file that was added: one's own, or with the finished documents everybody's.
#[utoipa::path(
    get, path = "/v1/ceremony/files/{field}", tag = "ceremony",
    params(("field" = String, Path, description = "Id of the field")),
    responses((status = 200, content_type = "application/octet-stream"), (status = 404, body = Problem),
              (status = 410, body = Problem))
)]
pub(super) async fn file(
    State(app): State<App>,
    Guest(visit): Guest,
    Path(field): Path<String>,
) -> Result<Response, Problem> {
    Ok(download::attached(app.service.ceremony_file(&visit, &FieldId(field)).await?))
}

/// Take a file away again.
#[utoipa::path(
    delete, path = "/v1/ceremony/files/{field}", tag = "ceremony",
    params(("field" = String, Path, description = "Id of the field")),
    responses((status = 204), (status = 409, body = Problem))
)]
pub(super) async fn remove(
    State(app): State<App>,
    Guest(visit): Guest,
    Path(field): Path<String>,
) -> Result<StatusCode, Problem> {
    app.service.remove_file(&visit, FieldId(field)).await?;
    Ok(StatusCode::NO_CONTENT)
}
