//! `PUT /v1/envelopes/{envelope}/recipients/{recipient}/authentication`

use crate::App;
use crate::caller::Caller;
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::wire::envelope::EnvelopeAnswer;
use crate::v1::wire::method::WireMethod;
use crate::v1::wire::recipient::{WireArrival, WireEmbedding, to_arrival, to_chain};
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

/// How a recipient proves who they are from now on.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AuthenticationRequest {
    /// The methods, in their order.
    authentication: Vec<WireMethod>,
    /// How they come to their page; as before where it is left out.
    arrival: Option<WireArrival>,
    /// Signing inside your own pages; only with `arrival: embedded`.
    embedding: Option<WireEmbedding>,
}

/// Settle, after sending, how a recipient proves who they are. What they proved before counts no more.
#[utoipa::path(
    put, path = "/v1/envelopes/{envelope}/recipients/{recipient}/authentication", tag = "recipients",
    request_body = AuthenticationRequest,
    params(("envelope" = String, Path, description = "Id of the envelope"),
           ("recipient" = u16, Path, description = "Number of the recipient, from 1")),
    responses((status = 200, body = EnvelopeAnswer), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn authentication(
    State(app): State<App>,
    caller: Caller,
    Path((envelope, recipient)): Path<(String, u16)>,
    Json(request): Json<AuthenticationRequest>,
) -> Result<axum::Json<EnvelopeAnswer>, Problem> {
    let scope = caller.scope(envelope);
    let chain = to_chain(request.authentication);
    let arrival = request.arrival.map(|it| to_arrival(it, request.embedding));
    let view = app.service.set_authentication(&scope, &caller.actor, recipient, chain, arrival).await?;
    Ok(axum::Json(EnvelopeAnswer::from(&view)))
}
