//! `GET /v1/contacts/{contact}`

use crate::App;
use crate::caller::Caller;
use crate::json::Path;
use crate::problem::Problem;
use crate::v1::wire::contact::ContactAnswer;
use axum::Json;
use axum::extract::State;

/// Read a contact.
#[utoipa::path(
    get, path = "/v1/contacts/{contact}", tag = "contacts",
    params(("contact" = String, Path, description = "Id of the contact")),
    responses((status = 200, body = ContactAnswer), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(contact): Path<String>,
) -> Result<Json<ContactAnswer>, Problem> {
    Ok(Json(app.service.contact(&caller.reader(), &contact).await?.into()))
}
