//! `POST /v1/webhooks/{webhook}/deliveries/{delivery}/replay`

use crate::App;
use crate::caller::Caller;
use crate::json::Path;
use crate::problem::Problem;
use crate::v1::wire::webhook::DeliveryAnswer;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

/// Send a delivery again.
///
/// It is a new delivery of the same words under the same `webhook-id`, and leaves at once.
#[utoipa::path(
    post, path = "/v1/webhooks/{webhook}/deliveries/{delivery}/replay", tag = "webhooks",
    params(("webhook" = String, Path, description = "Id of the subscription"),
           ("delivery" = String, Path, description = "Id of the delivery")),
    responses((status = 202, body = DeliveryAnswer), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub(super) async fn replay(
    State(app): State<App>,
    caller: Caller,
    Path((webhook, delivery)): Path<(String, String)>,
) -> Result<(StatusCode, Json<DeliveryAnswer>), Problem> {
    let again = app.service.replay_webhook(&caller.holder(), &webhook, &delivery).await?;
    Ok((StatusCode::ACCEPTED, Json(DeliveryAnswer::from(again))))
}
