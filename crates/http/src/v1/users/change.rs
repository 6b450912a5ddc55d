//! `PATCH /v1/users/{user}`

use crate::App;
use crate::caller::Caller;
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::wire::user::{UserAnswer, UserPatch};
use axum::extract::State;

/// Change what a user may do, or switch them off or on; what is left out stays.
///
/// Who is switched off is signed out everywhere at once. Their envelopes go on, and can be handed over. Admins do this
/// at the desk; a key cannot.
#[utoipa::path(
    patch, path = "/v1/users/{user}", tag = "users", request_body = UserPatch,
    params(("user" = String, Path, description = "Id of the user")),
    responses((status = 200, body = UserAnswer), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn change(
    State(app): State<App>,
    caller: Caller,
    Path(user): Path<String>,
    Json(patch): Json<UserPatch>,
) -> Result<axum::Json<UserAnswer>, Problem> {
    let by = caller.admin(&app).await?;
    let changed = app.service.change_user(&caller.tenant, by, &user, patch.into()).await?;
    Ok(axum::Json(changed.into()))
}
