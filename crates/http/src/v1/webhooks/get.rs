//! `GET /v1/webhooks/{webhook}`

use crate::App;
use crate::caller::Caller;
use crate::json::Path;
use crate::problem::Problem;
use crate::v1::wire::webhook::WebhookAnswer;
use axum::Json;
use axum::extract::State;

/// Read a subscription; its secret is not shown again.
#[utoipa::path(
    get, path = "/v1/webhooks/{webhook}", tag = "webhooks",
    params(("webhook" = String, Path, description = "Id of the subscription")),
    responses((status = 200, body = WebhookAnswer), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(webhook): Path<String>,
) -> Result<Json<WebhookAnswer>, Problem> {
    let found = app.service.webhook(&caller.holder(), &webhook).await?;
    Ok(Json(WebhookAnswer::from(found)))
}
