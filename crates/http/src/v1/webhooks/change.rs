//! `PATCH /v1/webhooks/{webhook}`

use crate::App;
use crate::caller::Caller;
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::wire::webhook::{WebhookAnswer, WebhookPatch};
use axum::extract::State;

/// Change a subscription, or switch it on or off; what is left out stays.
#[utoipa::path(
    patch, path = "/v1/webhooks/{webhook}", tag = "webhooks", request_body = WebhookPatch,
    params(("webhook" = String, Path, description = "Id of the subscription")),
    responses((status = 200, body = WebhookAnswer), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn change(
    State(app): State<App>,
    caller: Caller,
    Path(webhook): Path<String>,
    Json(patch): Json<WebhookPatch>,
) -> Result<axum::Json<WebhookAnswer>, Problem> {
    let changed = app.service.change_webhook(&caller.holder(), &webhook, patch.into()).await?;
    Ok(axum::Json(WebhookAnswer::from(changed)))
}
