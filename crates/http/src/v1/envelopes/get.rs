//! `GET /v1/envelopes/{envelope}`

use crate::App;
use crate::drafter::Drafter;
use crate::json::Path;
use crate::problem::Problem;
use crate::v1::wire::envelope::EnvelopeAnswer;
use axum::Json;
use axum::extract::State;

/// Read an envelope.
#[utoipa::path(
    get, path = "/v1/envelopes/{envelope}", tag = "envelopes",
    params(("envelope" = String, Path, description = "Id of the envelope")),
    responses((status = 200, body = EnvelopeAnswer), (status = 404, body = Problem))
)]
pub(super) async fn get(
    State(app): State<App>,
    drafter: Drafter,
    Path(envelope): Path<String>,
) -> Result<Json<EnvelopeAnswer>, Problem> {
    let view = app.service.envelope(&drafter.scope(envelope)?).await?;
    Ok(Json(EnvelopeAnswer::from(&view)))
}
