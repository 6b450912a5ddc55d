//! `POST /v1/envelopes/{envelope}/send`

use crate::App;
use crate::drafter::Drafter;
use crate::json::Path;
use crate::problem::Problem;
use crate::v1::wire::envelope::EnvelopeAnswer;
use axum::Json;
use axum::extract::State;

/// Send a draft.
#[utoipa::path(
    post, path = "/v1/envelopes/{envelope}/send", tag = "envelopes",
    params(("envelope" = String, Path, description = "Id of the envelope")),
    responses((status = 200, body = EnvelopeAnswer), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn send(
    State(app): State<App>,
    drafter: Drafter,
    Path(envelope): Path<String>,
) -> Result<Json<EnvelopeAnswer>, Problem> {
    let view = app.service.send_envelope(&drafter.scope(envelope)?, drafter.actor()).await?;
    Ok(Json(EnvelopeAnswer::from(&view)))
}
