//! The recipient proves who they are.

use super::Guest;
use crate::App;
use crate::json::Json;
use crate::problem::Problem;
use crate::v1::wire::challenge::{AdmissionAnswer, AnswerRequest, BeginRequest, BegunAnswer, is_of_device};
use axum::extract::State;

/// Send the code that comes next, give what is needed to prove oneself with an app or a passkey, or say where to sign in.
#[utoipa::path(
    post, path = "/v1/ceremony/challenge", tag = "ceremony", request_body = BeginRequest,
    params(("X-Countersign-Visit" = Option<String>, Header, description = "Token of the visit, once it has begun")),
    responses((status = 200, body = BegunAnswer), (status = 409, body = Problem))
)]
pub(super) async fn begin(
    State(app): State<App>,
    Guest(visit): Guest,
    Json(request): Json<BeginRequest>,
) -> Result<axum::Json<BegunAnswer>, Problem> {
    if is_of_device(request.method) {
        let device = app.service.prepare_device(&visit, request.method).await?;
        let view = app.service.ceremony(&visit).await?;
        return Ok(axum::Json(BegunAnswer::of_device(&view, device)));
    }
    let begun = app.service.begin_challenge(&visit, request.method).await?;
    Ok(axum::Json(begun.into()))
}

/// Answer: a code, a PIN, the answer to a question, what a passkey says, or what an identity provider said.
#[utoipa::path(
    post, path = "/v1/ceremony/challenge/answer", tag = "ceremony", request_body = AnswerRequest,
    params(("X-Countersign-Visit" = Option<String>, Header, description = "Token of the visit, once it has begun")),
    responses((status = 200, body = AdmissionAnswer), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn answer(
    State(app): State<App>,
    Guest(visit): Guest,
    Json(request): Json<AnswerRequest>,
) -> Result<axum::Json<AdmissionAnswer>, Problem> {
    let admitted = app.service.answer_challenge(&visit, request.method, &request.answer).await?;
    Ok(axum::Json(AdmissionAnswer::new(admitted.visit, &admitted.ceremony)))
}
