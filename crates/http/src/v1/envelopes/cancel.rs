//! `POST /v1/envelopes/{envelope}/cancel`

use crate::App;
use crate::caller::Caller;
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::wire::ceremony::ReasonRequest;
use crate::v1::wire::envelope::EnvelopeAnswer;
use axum::extract::State;

/// Cancel an envelope.
#[utoipa::path(
    post, path = "/v1/envelopes/{envelope}/cancel", tag = "envelopes", request_body = ReasonRequest,
    params(("envelope" = String, Path, description = "Id of the envelope")),
    responses((status = 200, body = EnvelopeAnswer), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn cancel(
    State(app): State<App>,
    caller: Caller,
    Path(envelope): Path<String>,
    Json(request): Json<ReasonRequest>,
) -> Result<axum::Json<EnvelopeAnswer>, Problem> {
    let scope = caller.scope(envelope);
    let view = app.service.cancel_envelope(&scope, &caller.actor, &request.reason).await?;
    Ok(axum::Json(EnvelopeAnswer::from(&view)))
}
