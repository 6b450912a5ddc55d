//! `POST /v1/ceremony/delegate`

use super::Guest;
use crate::App;
use crate::json::Json;
use crate::problem::Problem;
use crate::v1::wire::ceremony::CeremonyAnswer;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

/// Somebody who is to act in the recipient's place.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DelegateRequest {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    /// Why, for the sender.
    #[serde(default)]
    reason: String,
}

/// Name somebody else to act in the recipient's place, where the sender allows it.
#[utoipa::path(
    post, path = "/v1/ceremony/delegate", tag = "ceremony", request_body = DelegateRequest,
    responses((status = 200, body = CeremonyAnswer), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn delegate(
    State(app): State<App>,
    Guest(visit): Guest,
    Json(request): Json<DelegateRequest>,
) -> Result<axum::Json<CeremonyAnswer>, Problem> {
    let view = app.service.delegate(&visit, request.name, request.email, request.reason).await?;
    Ok(axum::Json(CeremonyAnswer::from(&view)))
}
