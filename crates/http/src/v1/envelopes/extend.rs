//! `POST /v1/envelopes/{envelope}/extend`

use crate::App;
use crate::caller::Caller;
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::asking::{Asked, ask};
use crate::v1::wire::draft::expiry;
use crate::v1::wire::envelope::EnvelopeAnswer;
use axum::extract::State;
use serde::Deserialize;
use service::envelope::Command;
use service::envelope::commands::extend::ExtendEnvelope;
use utoipa::ToSchema;

/// The new end.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtendRequest {
    /// Expires at the end of the day that is so many days from now.
    expires_in_days: Option<u16>,
    /// Expires at this instant (RFC 3339); instead of `expires_in_days`.
    expires_at: Option<String>,
}

/// Give an envelope more time; one that has expired lives again by it.
#[utoipa::path(
    post, path = "/v1/envelopes/{envelope}/extend", tag = "envelopes", request_body = ExtendRequest,
    params(("envelope" = String, Path, description = "Id of the envelope")),
    responses((status = 200, body = EnvelopeAnswer), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn extend(
    State(app): State<App>,
    caller: Caller,
    Path(envelope): Path<String>,
    Json(request): Json<ExtendRequest>,
) -> Asked {
    let command = Command::Extend(ExtendEnvelope {
        expiry: expiry(request.expires_in_days, request.expires_at.as_deref())?,
    });
    ask(&app, &caller, envelope, command).await
}
