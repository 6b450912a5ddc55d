//! `DELETE /v1/contacts/{contact}`

use crate::App;
use crate::caller::Caller;
use crate::json::Path;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::StatusCode;

/// Take somebody out of the address book. Envelopes keep what they took from it.
#[utoipa::path(
    delete, path = "/v1/contacts/{contact}", tag = "contacts",
    params(("contact" = String, Path, description = "Id of the contact")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn delete(
    State(app): State<App>,
    caller: Caller,
    Path(contact): Path<String>,
) -> Result<StatusCode, Problem> {
    app.service.delete_contact(&caller.reader(), &contact).await?;
    Ok(StatusCode::NO_CONTENT)
}
