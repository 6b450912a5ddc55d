//! `GET /v1/identity-provider`

use crate::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::v1::wire::identity_provider::IdentityProviderAnswer;
use axum::Json;
use axum::extract::State;

/// Read which identity provider your organisation has; its secret is not shown.
#[utoipa::path(
    get, path = "/v1/identity-provider", tag = "identity provider",
    responses((status = 200, body = IdentityProviderAnswer), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn get(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<IdentityProviderAnswer>, Problem> {
    let found = app.service.identity_provider(&caller.tenant).await?;
    Ok(Json(found.into()))
}
