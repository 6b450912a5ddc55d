//! `POST /v1/contacts`

use crate::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::problem::Problem;
use crate::v1::wire::contact::{ContactAnswer, ContactRequest};
use axum::extract::State;
use axum::http::StatusCode;

/// Put somebody into the address book.
///
/// Test keys and live keys have an address book each.
#[utoipa::path(
    post, path = "/v1/contacts", tag = "contacts", request_body = ContactRequest,
    responses((status = 201, body = ContactAnswer), (status = 401, body = Problem),
              (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<ContactRequest>,
) -> Result<(StatusCode, axum::Json<ContactAnswer>), Problem> {
    let test = caller.test(request.test);
    let made = app.service.create_contact(&caller.tenant, test, request.into()).await?;
    Ok((StatusCode::CREATED, axum::Json(made.into())))
}
