//! `POST /v1/webhooks`

use crate::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::problem::Problem;
use crate::v1::wire::webhook::{NewWebhookAnswer, WebhookRequest};
use axum::extract::State;
use axum::http::StatusCode;

/// Subscribe to events.
///
/// The answer holds the secret that bodies are signed with (Standard Webhooks); it is shown this once.
#[utoipa::path(
    post, path = "/v1/webhooks", tag = "webhooks", request_body = WebhookRequest,
    responses((status = 201, body = NewWebhookAnswer), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<WebhookRequest>,
) -> Result<(StatusCode, axum::Json<NewWebhookAnswer>), Problem> {
    let made = app.service.subscribe(&caller.holder(), request.into()).await?;
    Ok((StatusCode::CREATED, axum::Json(made.into())))
}
