//! What a recipient does: consent, fill, finish, decline, ask for a new link.

use super::Guest;
use crate::App;
use crate::json::Json;
use crate::problem::Problem;
use crate::v1::wire::ceremony::{
    CeremonyAnswer, ConsentRequest, FinishAnswer, FinishRequest, PlacedFieldsRequest, ReasonRequest,
    StateAnswer, ValuesRequest, values as to_values,
};
use axum::extract::State;
use axum::http::StatusCode;

/// Begin the visit and agree to sign electronically.
#[utoipa::path(
    post, path = "/v1/ceremony/consent", tag = "ceremony", request_body = ConsentRequest,
    responses((status = 200, body = CeremonyAnswer), (status = 409, body = Problem))
)]
pub(super) async fn consent(
    State(app): State<App>,
    Guest(visit): Guest,
    Json(request): Json<ConsentRequest>,
) -> Result<axum::Json<CeremonyAnswer>, Problem> {
    let view = app.service.consent(&visit, &request.version).await?;
    Ok(axum::Json(CeremonyAnswer::from(&view)))
}

/// Take back the agreement to sign electronically; it can be given again.
#[utoipa::path(
    post, path = "/v1/ceremony/consent/withdraw", tag = "ceremony",
    responses((status = 200, body = CeremonyAnswer), (status = 409, body = Problem))
)]
pub(super) async fn withdraw_consent(
    State(app): State<App>,
    Guest(visit): Guest,
) -> Result<axum::Json<CeremonyAnswer>, Problem> {
    let view = app.service.withdraw_consent(&visit).await?;
    Ok(axum::Json(CeremonyAnswer::from(&view)))
}

/// Keep what was filled so far.
#[utoipa::path(
    put, path = "/v1/ceremony/values", tag = "ceremony", request_body = ValuesRequest,
    responses((status = 204), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn values(
    State(app): State<App>,
    Guest(visit): Guest,
    Json(request): Json<ValuesRequest>,
) -> Result<StatusCode, Problem> {
    app.service.fill(&visit, to_values(request.values)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Place one's own fields, where the sender left that to the signer (`placing` of the visit); all of them, in place of
/// what was placed before.
#[utoipa::path(
    put, path = "/v1/ceremony/fields", tag = "ceremony", request_body = PlacedFieldsRequest,
    responses((status = 204), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn fields(
    State(app): State<App>,
    Guest(visit): Guest,
    Json(request): Json<PlacedFieldsRequest>,
) -> Result<StatusCode, Problem> {
    app.service.place_fields(&visit, request.into_fields()?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Finish and sign. The act is durable when the answer comes.
#[utoipa::path(
    post, path = "/v1/ceremony/finish", tag = "ceremony", request_body = FinishRequest,
    responses((status = 200, body = FinishAnswer), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn finish(
    State(app): State<App>,
    Guest(visit): Guest,
    Json(request): Json<FinishRequest>,
) -> Result<axum::Json<FinishAnswer>, Problem> {
    let finished = app.service.finish(&visit, request.into_input()?).await?;
    Ok(axum::Json(FinishAnswer {
        state: if finished.signed { "signed" } else { "signing" },
        download: finished.download.map(|token| format!("/s/{token}")),
    }))
}

/// Decline, with a reason.
#[utoipa::path(
    post, path = "/v1/ceremony/decline", tag = "ceremony", request_body = ReasonRequest,
    responses((status = 200, body = StateAnswer), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn decline(
    State(app): State<App>,
    Guest(visit): Guest,
    Json(request): Json<ReasonRequest>,
) -> Result<axum::Json<StateAnswer>, Problem> {
    app.service.decline(&visit, &request.reason).await?;
    Ok(axum::Json(StateAnswer { state: "declined" }))
}

/// Ask for a new download link; it comes by mail.
///
/// At most one mail a minute is sent for one link.
#[utoipa::path(
    post, path = "/v1/ceremony/renew", tag = "ceremony",
    responses((status = 202), (status = 410, body = Problem))
)]
pub(super) async fn renew(State(app): State<App>, Guest(visit): Guest) -> Result<StatusCode, Problem> {
    app.service.renew_download_link(&visit).await?;
    Ok(StatusCode::ACCEPTED)
}
