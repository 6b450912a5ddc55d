//! `POST /v1/envelopes/{envelope}/recipients/{recipient}/correct`

use crate::App;
use crate::caller::Caller;
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::asking::{Asked, ask};
use crate::v1::wire::envelope::EnvelopeAnswer;
use axum::extract::State;
use serde::Deserialize;
use service::envelope::Command;
use service::envelope::commands::correct_recipient::CorrectRecipient;
use utoipa::ToSchema;

/// Where the same person is reached.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectRequest {
    /// Their address.
    #[serde(default)]
    email: String,
    /// Their telephone, in the international form.
    #[serde(default)]
    phone: String,
}

/// Correct where a recipient is reached.
#[utoipa::path(
    post, path = "/v1/envelopes/{envelope}/recipients/{recipient}/correct", tag = "recipients", request_body = CorrectRequest,
    params(("envelope" = String, Path, description = "Id of the envelope"),
           ("recipient" = u16, Path, description = "Number of the recipient, from 1")),
    responses((status = 200, body = EnvelopeAnswer), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn correct(
    State(app): State<App>,
    caller: Caller,
    Path((envelope, recipient)): Path<(String, u16)>,
    Json(request): Json<CorrectRequest>,
) -> Asked {
    let command =
        Command::Correct(CorrectRecipient { recipient, email: request.email, phone: request.phone });
    ask(&app, &caller, envelope, command).await
}
