//! `GET /v1/users`

use crate::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::v1::wire::user::UserList;
use axum::Json;
use axum::extract::State;

/// List everybody who works here, by address; also those who may sign in no more.
#[utoipa::path(
    get, path = "/v1/users", tag = "users",
    responses((status = 200, body = UserList), (status = 401, body = Problem))
)]
pub(super) async fn list(State(app): State<App>, caller: Caller) -> Result<Json<UserList>, Problem> {
    let users = app.service.users(&caller.tenant).await?;
    Ok(Json(UserList { items: users.into_iter().map(Into::into).collect() }))
}
