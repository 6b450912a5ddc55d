//! `POST /v1/envelopes/{envelope}/recipients/{recipient}/delegation`

use crate::App;
use crate::caller::Caller;
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::asking::{Asked, ask};
use crate::v1::wire::envelope::EnvelopeAnswer;
use axum::extract::State;
use serde::Deserialize;
use service::envelope::Command;
use service::envelope::commands::answer_delegation::AnswerDelegation;
use utoipa::ToSchema;

/// The sender's answer.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DelegationRequest {
    /// The other person takes the place.
    accept: bool,
}

/// Answer a recipient who wants somebody else to act in their place.
#[utoipa::path(
    post, path = "/v1/envelopes/{envelope}/recipients/{recipient}/delegation", tag = "recipients", request_body = DelegationRequest,
    params(("envelope" = String, Path, description = "Id of the envelope"),
           ("recipient" = u16, Path, description = "Number of the recipient, from 1")),
    responses((status = 200, body = EnvelopeAnswer), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn delegation(
    State(app): State<App>,
    caller: Caller,
    Path((envelope, recipient)): Path<(String, u16)>,
    Json(request): Json<DelegationRequest>,
) -> Asked {
    let command = Command::AnswerDelegation(AnswerDelegation { recipient, accept: request.accept });
    ask(&app, &caller, envelope, command).await
}
