//! `POST /v1/envelopes/{envelope}/recipients/{recipient}/replace`

use crate::App;
use crate::caller::Caller;
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::asking::{Asked, ask};
use crate::v1::wire::envelope::EnvelopeAnswer;
use axum::extract::State;
use serde::Deserialize;
use service::envelope::Command;
use service::envelope::commands::replace_recipient::ReplaceRecipient;
use utoipa::ToSchema;

/// The person who takes the place.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplaceRequest {
    /// Name of the new person.
    #[serde(default)]
    name: String,
    /// Their address.
    #[serde(default)]
    email: String,
    /// Their telephone, in the international form.
    #[serde(default)]
    phone: String,
    /// Their language, where it is another one.
    language: Option<String>,
}

/// Put another person in a recipient's place, or name the person of a role.
#[utoipa::path(
    post, path = "/v1/envelopes/{envelope}/recipients/{recipient}/replace", tag = "recipients", request_body = ReplaceRequest,
    params(("envelope" = String, Path, description = "Id of the envelope"),
           ("recipient" = u16, Path, description = "Number of the recipient, from 1")),
    responses((status = 200, body = EnvelopeAnswer), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn replace(
    State(app): State<App>,
    caller: Caller,
    Path((envelope, recipient)): Path<(String, u16)>,
    Json(request): Json<ReplaceRequest>,
) -> Asked {
    let command = Command::Replace(ReplaceRecipient {
        recipient,
        name: request.name,
        email: request.email,
        phone: request.phone,
        language: request.language,
    });
    ask(&app, &caller, envelope, command).await
}
