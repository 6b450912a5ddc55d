//! `GET /v1/ceremony`

use super::Guest;
use crate::App;
use crate::problem::Problem;
use crate::v1::wire::ceremony::CeremonyAnswer;
use axum::Json;
use axum::extract::State;

/// Read a visit. Nothing is written: mail scanners follow links too.
#[utoipa::path(
    get, path = "/v1/ceremony", tag = "ceremony",
    responses((status = 200, body = CeremonyAnswer), (status = 404, body = Problem))
)]
pub(super) async fn read(
    State(app): State<App>,
    Guest(visit): Guest,
) -> Result<Json<CeremonyAnswer>, Problem> {
    let view = app.service.ceremony(&visit).await?;
    Ok(Json(CeremonyAnswer::from(&view)))
}
