//! `POST /v1/webhooks/{webhook}/rotate`

use crate::App;
use crate::caller::Caller;
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::wire::webhook::NewWebhookAnswer;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

/// How the secret is replaced.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RotateRequest {
    /// The secret before signs too for so many hours: 24 where it is left out, 720 at most. 0 where others know it.
    previous_valid_hours: Option<u32>,
}

/// Make a new secret, which is shown this once.
///
/// Until the one before it ends, each body carries a signature by either.
#[utoipa::path(
    post, path = "/v1/webhooks/{webhook}/rotate", tag = "webhooks", request_body = RotateRequest,
    params(("webhook" = String, Path, description = "Id of the subscription")),
    responses((status = 200, body = NewWebhookAnswer), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn rotate(
    State(app): State<App>,
    caller: Caller,
    Path(webhook): Path<String>,
    Json(request): Json<RotateRequest>,
) -> Result<axum::Json<NewWebhookAnswer>, Problem> {
    let hours = request.previous_valid_hours;
    let (webhook, secret) = app.service.rotate_webhook_secret(&caller.holder(), &webhook, hours).await?;
    Ok(axum::Json(NewWebhookAnswer::new(webhook, secret)))
}
