//! `PUT /v1/identity-provider`

use super::may_change;
use crate::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::problem::Problem;
use crate::v1::wire::identity_provider::{IdentityProviderAnswer, IdentityProviderRequest};
use axum::extract::State;

/// Say which identity provider your organisation has, in place of the one before.
///
/// It is asked about itself at once. Needs a live key, or an admin at the desk.
#[utoipa::path(
    put, path = "/v1/identity-provider", tag = "identity provider", request_body = IdentityProviderRequest,
    responses((status = 200, body = IdentityProviderAnswer), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn set(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<IdentityProviderRequest>,
) -> Result<axum::Json<IdentityProviderAnswer>, Problem> {
    may_change(&app, &caller).await?;
    let set = app.service.set_identity_provider(&caller.tenant, request.into()).await?;
    Ok(axum::Json(set.into()))
}
