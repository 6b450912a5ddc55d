//! `PATCH /v1/contacts/{contact}`

use crate::App;
use crate::caller::Caller;
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::wire::contact::{ContactAnswer, ContactPatch};
use axum::extract::State;

/// Change a contact; what is left out stays. Envelopes keep what they took from it before.
#[utoipa::path(
    patch, path = "/v1/contacts/{contact}", tag = "contacts", request_body = ContactPatch,
    params(("contact" = String, Path, description = "Id of the contact")),
    responses((status = 200, body = ContactAnswer), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn change(
    State(app): State<App>,
    caller: Caller,
    Path(contact): Path<String>,
    Json(patch): Json<ContactPatch>,
) -> Result<axum::Json<ContactAnswer>, Problem> {
    let changed = app.service.change_contact(&caller.reader(), &contact, patch.into()).await?;
    Ok(axum::Json(changed.into()))
}
