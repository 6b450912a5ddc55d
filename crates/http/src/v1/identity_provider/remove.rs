//! `DELETE /v1/identity-provider`

use super::may_change;
use crate::App;
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::StatusCode;

/// Have no identity provider any more.
///
/// Who is still asked to sign in there cannot, until there is one again. Needs a live key, or an admin at the desk.
#[utoipa::path(
    delete, path = "/v1/identity-provider", tag = "identity provider",
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn remove(State(app): State<App>, caller: Caller) -> Result<StatusCode, Problem> {
    may_change(&app, &caller).await?;
    app.service.remove_identity_provider(&caller.tenant).await?;
    Ok(StatusCode::NO_CONTENT)
}
