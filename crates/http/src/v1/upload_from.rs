//! `POST /v1/uploads/from`: a file comes in within JSON, or is fetched.

use super::wire::upload::UploadAnswer;
use crate::App;
use crate::caller::Caller;
use crate::idempotency::{self, reply};
use crate::json;
use crate::problem::Problem;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use base64::Engine as _;
use serde::Deserialize;
use service::accounts::Taken;
use service::uploads::{FromAddress, Pdfa, Wishes};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A body has so many bytes at most; larger files are uploaded as they are.
const BODY_BYTES_MAX: usize = 30_000_000;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(upload_from)).layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// A file in another way than as the body itself. It has either `content` or `url`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UploadFrom {
    /// Its name.
    #[serde(default)]
    filename: String,
    /// The file in base64.
    content: Option<String>,
    /// Where it is fetched from: https, on a host that the operator allows.
    url: Option<String>,
    /// Values for a Word template: `{{key}}`, `{{a.b}}`, `{{if a}}…{{else}}…{{endif}}`, `{{for item in list}}…{{endfor}}`.
    #[schema(value_type = Option<Object>)]
    data: Option<serde_json::Map<String, serde_json::Value>>,
    /// Whether it becomes PDF/A before anything is signed.
    #[serde(default)]
    pdfa: Pdfa,
}

/// Upload a file in base64 or from an address, and fill a Word template.
#[utoipa::path(
    post, path = "/v1/uploads/from", tag = "uploads", request_body = UploadFrom,
    responses((status = 201, body = UploadAnswer), (status = 401, body = Problem),
              (status = 413, body = Problem), (status = 422, body = Problem))
)]
async fn upload_from(
    State(app): State<App>,
    caller: Caller,
    taken: Option<Extension<Taken>>,
    json::Json(asked): json::Json<UploadFrom>,
) -> Result<(StatusCode, Json<UploadAnswer>), Problem> {
    let wrong = |code, detail| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail);
    let received = match (&asked.content, asked.url) {
        (Some(content), None) => {
            let bytes = base64::engine::general_purpose::STANDARD.decode(content.trim()).map_err(|_| {
                wrong("content_malformed", "The content is no base64; encode the file and send it again.")
            })?;
            let mut received = app.service.receive(Some(bytes.len() as u64))?;
            received.take(&bytes)?;
            received
        }
        (None, Some(url)) => app.service.receive_from(&FromAddress { url }).await?,
        _ => {
            return Err(wrong(
                "source_missing",
                "Give either the content of the file or its url, and not both.",
            ));
        }
    };
    let file_name = if asked.filename.is_empty() { "document" } else { &asked.filename };
    let reply = reply(taken, |upload| idempotency::text(&UploadAnswer::from(upload)));
    let wishes = Wishes { pdfa: asked.pdfa, data: asked.data, draft: None };
    let upload =
        app.service.upload(&caller.tenant, caller.mode, file_name, received, wishes, reply.as_ref()).await?;
    Ok((StatusCode::CREATED, Json(UploadAnswer::from(&upload))))
}
