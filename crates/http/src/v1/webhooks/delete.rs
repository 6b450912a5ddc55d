//! `DELETE /v1/webhooks/{webhook}`

use crate::App;
use crate::caller::Caller;
use crate::json::Path;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::StatusCode;

/// Delete a subscription and its log.
#[utoipa::path(
    delete, path = "/v1/webhooks/{webhook}", tag = "webhooks",
    params(("webhook" = String, Path, description = "Id of the subscription")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn delete(
    State(app): State<App>,
    caller: Caller,
    Path(webhook): Path<String>,
) -> Result<StatusCode, Problem> {
    app.service.delete_webhook(&caller.holder(), &webhook).await?;
    Ok(StatusCode::NO_CONTENT)
}
