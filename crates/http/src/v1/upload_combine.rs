//! `POST /v1/uploads/combine`: several uploads become one.

use super::wire::upload::UploadAnswer;
use crate::App;
use crate::caller::Caller;
use crate::idempotency::{self, reply};
use crate::json;
use crate::problem::Problem;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::Deserialize;
use service::accounts::Taken;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A body has so many bytes at most: fifty ids and a name are far fewer.
const BODY_BYTES_MAX: usize = 64_000;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(combine)).layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// Uploads to make one of.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Combine {
    /// Their ids, in the order of their pages; 2 to 50.
    uploads: Vec<String>,
    /// What the new one is called.
    #[serde(default)]
    name: String,
}

/// Make one upload of several.
///
/// The new one is a PDF of all pages, in the order given. Form fields that have the same name in two of them get names of
/// their own. One that is signed or encrypted is refused.
#[utoipa::path(
    post, path = "/v1/uploads/combine", tag = "uploads", request_body = Combine,
    responses((status = 201, body = UploadAnswer), (status = 401, body = Problem),
              (status = 413, body = Problem), (status = 422, body = Problem))
)]
async fn combine(
    State(app): State<App>,
    caller: Caller,
    taken: Option<Extension<Taken>>,
    json::Json(asked): json::Json<Combine>,
) -> Result<(StatusCode, Json<UploadAnswer>), Problem> {
    let name = if asked.name.trim().is_empty() { "document.pdf" } else { asked.name.trim() };
    let reply = reply(taken, |upload| idempotency::text(&UploadAnswer::from(upload)));
    let (tenant, mode) = (caller.tenant.as_str(), caller.mode);
    let upload = app.service.combine_uploads(tenant, mode, &asked.uploads, name, reply.as_ref()).await?;
    Ok((StatusCode::CREATED, Json(UploadAnswer::from(&upload))))
}
