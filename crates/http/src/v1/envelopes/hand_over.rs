//! `POST /v1/envelopes/{envelope}/hand-over`

use crate::App;
use crate::caller::Caller;
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::asking::{Asked, ask};
use crate::v1::wire::envelope::EnvelopeAnswer;
use axum::extract::State;
use serde::Deserialize;
use service::envelope::Command;
use service::envelope::commands::hand_over::HandOverEnvelope;
use utoipa::ToSchema;

/// Who is its sender from now on.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandOverRequest {
    /// Address of the user.
    email: String,
}

/// Make another user of your organisation the sender of an envelope.
///
/// At the desk its own sender can, an admin and an owner; a program with a key can too.
#[utoipa::path(
    post, path = "/v1/envelopes/{envelope}/hand-over", tag = "envelopes", request_body = HandOverRequest,
    params(("envelope" = String, Path, description = "Id of the envelope")),
    responses((status = 200, body = EnvelopeAnswer), (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn hand_over(
    State(app): State<App>,
    caller: Caller,
    Path(envelope): Path<String>,
    Json(request): Json<HandOverRequest>,
) -> Asked {
    let to = app.service.sender_by_email(&caller.tenant, &request.email).await?;
    let asked_by = app.service.hand_over_asker(&caller.tenant, &caller.actor).await?;
    let command = Command::HandOver(HandOverEnvelope { to, asked_by });
    ask(&app, &caller, envelope, command).await
}
